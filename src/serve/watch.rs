//! Tells which files have changed, in bursts: an editor that saves by writing beside and renaming makes several
//! changes of one.
#![expect(clippy::disallowed_methods, reason = "asks what there is to watch")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use notify::{Config, Event, EventKind, PollWatcher, RecursiveMode, Watcher};

use crate::diag::code;
use crate::diag::failure::Failure;

/// A burst has ended when nothing has changed for so long.
const QUIET: Duration = Duration::from_millis(4);
/// By now a new folder is watched.
const SETTLED: Duration = Duration::from_millis(150);
/// A burst that does not end is cut.
const LONGEST: usize = 2000;
/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_millis(500);

/// Watches folders.
pub(super) struct Watch {
    watcher: Box<dyn Watcher>,
    events: Receiver<notify::Result<Event>>,
    sender: Sender<notify::Result<Event>>,
    followed: BTreeSet<(PathBuf, bool)>,
    /// Folders that have just come: what was put into them before they were watched is not told.
    fresh: Vec<PathBuf>,
    polls: bool,
}

impl Watch {
    pub(super) fn new() -> Result<Self, Failure> {
        let (sender, events) = mpsc::channel();
        let watcher: Box<dyn Watcher> = match notify::recommended_watcher(sender.clone()) {
            Ok(watcher) => Box::new(watcher),
            Err(_) => poll(sender.clone())?,
        };
        Ok(Self {
            watcher,
            events,
            sender,
            followed: BTreeSet::new(),
            fresh: Vec::new(),
            polls: false,
        })
    }

    /// Watches these folders, and all below them where that is said. Those that are not there are left out; the
    /// folder above tells when they come.
    pub(super) fn follow(&mut self, places: &[(PathBuf, bool)]) {
        for (path, below) in places {
            let Ok(path) = path.canonicalize() else {
                self.followed.retain(|(followed, _)| followed != path);
                continue;
            };
            if self.followed.contains(&(path.clone(), *below)) {
                continue;
            }
            let mode = if *below { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            let mut watched = self.watcher.watch(&path, mode);
            if watched.is_err() && !self.polls {
                // The system has a limit on watches: large folders are looked at instead.
                if let Ok(watcher) = poll(self.sender.clone()) {
                    self.watcher = watcher;
                    self.polls = true;
                    self.followed.clear();
                    watched = self.watcher.watch(&path, mode);
                }
            }
            if watched.is_ok() {
                self.followed.insert((path, *below));
            }
        }
    }

    /// Waits for a change, and returns the files of the burst that it began.
    pub(super) fn next(&mut self) -> Result<Vec<PathBuf>, Failure> {
        let gone = || Failure::new(&code::CANNOT_READ).arg("path", ".").arg("why", "notify");
        let mut changed = BTreeSet::new();
        while changed.is_empty() {
            if self.fresh.is_empty() {
                self.note(self.events.recv().map_err(|_| gone())?, &mut changed);
                continue;
            }
            match self.events.recv_timeout(SETTLED) {
                Ok(event) => self.note(event, &mut changed),
                Err(RecvTimeoutError::Timeout) => return Ok(std::mem::take(&mut self.fresh)),
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            }
        }
        while changed.len() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(event) => self.note(event, &mut changed),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            }
        }
        self.fresh.extend(changed.iter().filter(|path| path.is_dir()).cloned());
        // A folder that was taken away and came back is no longer watched.
        self.followed.retain(|(path, _)| !changed.contains(path));
        Ok(changed.into_iter().collect())
    }

    /// Adds the files of an event. Reading is no change, and what editors put beside a file while they save it
    /// is none of ours. Where the system lost count, anything may have changed.
    fn note(&self, event: notify::Result<Event>, changed: &mut BTreeSet<PathBuf>) {
        let Ok(event) = event else { return };
        if event.need_rescan() {
            changed.extend(self.followed.iter().map(|(path, _)| path.clone()));
        } else if !matches!(event.kind, EventKind::Access(_)) {
            changed.extend(event.paths.into_iter().filter(|path| !is_scratch(path)));
        }
    }
}

fn poll(sender: Sender<notify::Result<Event>>) -> Result<Box<dyn Watcher>, Failure> {
    let config = Config::default().with_poll_interval(POLL);
    let watcher = PollWatcher::new(sender, config)
        .map_err(|error| Failure::new(&code::CANNOT_READ).arg("path", ".").arg("why", error))?;
    Ok(Box::new(watcher))
}

fn is_scratch(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with('.') || name.ends_with('~') || name == "4913" || name.starts_with('#')
}

#[cfg(test)]
mod tests {
    use notify::event::Flag;

    use super::*;

    #[test]
    fn what_the_system_lost_count_of_is_looked_at_anew() {
        let mut watch = Watch::new().unwrap();
        let folder = PathBuf::from("/no/such/folder");
        watch.followed.insert((folder.clone(), true));
        watch.sender.send(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))).unwrap();
        assert_eq!(watch.next().unwrap(), [folder]);
    }
}
