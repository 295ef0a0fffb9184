//! A line that tells a person at a terminal what long work is at. It is written to the standard error
//! after a second, and never when that goes to a file or a pipe. It looks at no clock, it only waits.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How long work is nobody's concern.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(200);
/// How many dots run after the words.
const N_DOTS: u32 = 3;

/// Does some work; tells what it is when it takes long.
pub(super) fn during<T>(step: &str, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (working, is_done) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || tell(step, &is_done, anstream::stderr()));
        let result = work();
        drop(working);
        result
    })
}

/// Writes the line over and over until the other end of the channel is gone, then takes it away.
/// What cannot be written there has nobody to be told to.
fn tell(step: &str, is_done: &Receiver<()>, mut out: impl Write) {
    let mut wait = PATIENCE;
    let mut shown = String::new();
    for n_ticks in 0.. {
        if is_done.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
            break;
        }
        shown = line(step, n_ticks);
        let _ = write!(out, "\r{shown}").and_then(|()| out.flush());
        wait = TICK;
    }
    if !shown.is_empty() {
        let _ = write!(out, "\r{:1$}\r", "", shown.chars().count()).and_then(|()| out.flush());
    }
}

/// `Kontroluji data ..  12 s`
fn line(step: &str, n_ticks: u32) -> String {
    let dots = ".".repeat((n_ticks % (N_DOTS + 1)) as usize);
    format!("{step} {dots:<0$} {1} s", N_DOTS as usize, (PATIENCE + TICK * n_ticks).as_secs())
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
        tell("Kontroluji data", &is_done, &mut terminal);
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
        tell("Kontroluji data", &is_done, &mut terminal);
        assert_eq!(terminal.1, b"");
    }

    #[test]
    fn the_line_says_what_and_how_long() {
        assert_eq!(
            [0, 3, 4, 57].map(|n_ticks| line("Kontroluji data", n_ticks)),
            [
                "Kontroluji data     1 s",
                "Kontroluji data ... 1 s",
                "Kontroluji data     1 s",
                "Kontroluji data .   12 s",
            ]
        );
    }
}
