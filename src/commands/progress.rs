//! A line that tells a person at a terminal what long work is at. It is written to the standard error
//! after a second, and never when that goes to a file or a pipe.

use std::io::{self, IsTerminal, Write};
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long a run is nobody's concern.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(200);
/// How many dots run after the words.
const N_DOTS: u128 = 3;

/// Does some work; tells what it is when the run as a whole has lasted long.
pub(super) fn during<T>(step: &str, work: impl FnOnce() -> T) -> T {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    let started = *STARTED;
    if !io::stderr().is_terminal() {
        return work();
    }
    let (working, is_done) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || tell(step, started, &is_done, anstream::stderr()));
        let result = work();
        drop(working);
        result
    })
}

/// Writes the line over and over until the other end of the channel is gone, then takes it away.
/// What cannot be written there has nobody to be told to.
fn tell(step: &str, started: Instant, is_done: &Receiver<()>, mut out: impl Write) {
    let mut wait = PATIENCE.saturating_sub(started.elapsed());
    let mut is_shown = false;
    while is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        let _ = write!(out, "\r{}", line(step, started.elapsed())).and_then(|()| out.flush());
        is_shown = true;
        wait = TICK;
    }
    if is_shown {
        let _ = write!(out, "\r{:1$}\r", "", line(step, started.elapsed()).chars().count()).and_then(|()| out.flush());
    }
}

/// `Kontroluji data ..   12 s`
fn line(step: &str, elapsed: Duration) -> String {
    let n_dots = usize::try_from(elapsed.as_millis() / TICK.as_millis() % (N_DOTS + 1)).unwrap_or(0);
    format!("{step} {:1$} {2} s", ".".repeat(n_dots), N_DOTS as usize, elapsed.as_secs())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Sender;

    use super::*;

    /// A terminal at which the work ends as soon as something is written.
    struct Terminal(Option<Sender<()>>, Vec<u8>);

    impl Write for &mut Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = None;
            self.1.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn long_work_is_told_and_the_line_taken_away() {
        let (working, is_done) = channel();
        let mut terminal = Terminal(Some(working), Vec::new());
        let started = Instant::now().checked_sub(PATIENCE).expect("the machine has been running for a second");
        tell("Kontroluji data", started, &is_done, &mut terminal);
        let written = String::from_utf8(terminal.1).expect("it is UTF-8");
        assert!(written.starts_with("\rKontroluji data "), "{written:?}");
        let (shown, erased) = written.trim_end_matches('\r').rsplit_once('\r').expect("the line is erased");
        assert_eq!(erased, " ".repeat(shown.trim_start_matches('\r').chars().count()));
    }

    #[test]
    fn short_work_says_nothing() {
        let (working, is_done) = channel();
        drop(working);
        let mut terminal = Terminal(None, Vec::new());
        tell("Kontroluji data", Instant::now(), &is_done, &mut terminal);
        assert_eq!(terminal.1, b"");
    }

    #[test]
    fn the_line_says_what_and_how_long() {
        assert_eq!(line("Kontroluji data", Duration::from_millis(12_450)), "Kontroluji data ..  12 s");
        assert_eq!(line("Kontroluji data", Duration::from_millis(800)), "Kontroluji data     0 s");
    }
}
