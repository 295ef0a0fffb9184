//! How a run ends before its time, by Ctrl-C or because it must not go on: nothing stays that is half.
//! What is prepared on the disk is known here to the whole process, since whoever ends it is another
//! thread; [`super::output`] says what it prepares and holds the lock while files take their places.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;
use std::{fs, process, thread};

use crate::commands::{Outcome, warn};

/// What would be left behind if the process ended now.
#[derive(Debug)]
pub struct Unfinished {
    /// Files under temporary names.
    pub files: Vec<PathBuf>,
    /// Folders that the run made, the outer ones first.
    pub folders: Vec<PathBuf>,
    /// The lock of the data folder, while this run has it.
    pub lock: Option<PathBuf>,
    /// Whether something took its place already.
    pub is_written: bool,
}

static UNFINISHED: Mutex<Unfinished> =
    Mutex::new(Unfinished { files: Vec::new(), folders: Vec::new(), lock: None, is_written: false });

/// The process does not end before its time while this is held.
pub fn lock() -> MutexGuard<'static, Unfinished> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on Ctrl-C, a closed terminal and a request to end are heeded.
pub fn heed_interruption() {
    // Where that cannot be had, the system ends the process as it always did.
    let _ = ctrlc::set_handler(|| end("Přerušeno", Outcome::Interrupted));
}

/// Takes away what is prepared and ends the process; waits for files that are taking their places.
/// `why` is what is said before it, without its full stop.
#[allow(clippy::disallowed_methods, reason = "what this run prepared is taken away")]
pub fn end(why: &str, outcome: Outcome) -> ! {
    // Never released: nothing more is prepared.
    let unfinished = lock();
    for file in unfinished.files.iter().chain(&unfinished.lock) {
        let _ = fs::remove_file(file);
    }
    for folder in unfinished.folders.iter().rev() {
        // Refused where something lies in it.
        let _ = fs::remove_dir(folder);
    }
    let state = if unfinished.is_written { "Soubory už ale byly zapsány celé." } else { "Nic se nezapsalo." };
    tell(format!("{why}. {state}"));
    process::exit(outcome as i32)
}

/// Says it, unless whoever should read it keeps the stream full.
fn tell(text: String) {
    let (said, is_said) = mpsc::channel();
    thread::spawn(move || {
        warn(&text);
        let _ = said.send(());
    });
    let _ = is_said.recv_timeout(Duration::from_secs(1));
}
