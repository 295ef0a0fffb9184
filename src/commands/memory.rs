//! How much memory templates may take. Fuel bounds their steps, but one step can double a text, so
//! somebody looks at what the process takes while documents are rendered. Counting in the allocator
//! would slow down every command.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use memory_stats::memory_stats;

use crate::commands::{Outcome, unfinished};
use crate::load::limits::{RENDERING_KB_FOR_A_MEASURE, RENDERING_MB};

/// How often it is looked at: a text of a hundred megabytes is not written sooner.
const INTERVAL: Duration = Duration::from_millis(10);

/// As long as this lives, the process ends when it takes too much memory on top of what it had.
#[derive(Debug)]
pub struct Watch {
    /// Nothing is ever sent: that it is gone ends the watch.
    _alive: Sender<()>,
}

impl Watch {
    /// Begins to watch what the documents of so many measures take.
    pub fn begin(n_measures: usize) -> Self {
        let (alive, ended) = mpsc::channel();
        let before = taken();
        let most_mb = RENDERING_MB + RENDERING_KB_FOR_A_MEASURE * n_measures / 1024;
        thread::spawn(move || {
            while ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                let taken = taken().saturating_sub(before);
                if taken / (1024 * 1024) > most_mb {
                    let why = format!(
                        "plneni: šablony nebo texty období si vzaly víc než {most_mb} MB paměti; nejspíš v nich něco roste bez konce"
                    );
                    unfinished::end(&why, Outcome::CouldNotRun);
                }
            }
        });
        Self { _alive: alive }
    }
}

/// The bytes that the process takes; none on a system that does not say.
fn taken() -> usize {
    memory_stats().map_or(0, |stats| stats.physical_mem)
}
