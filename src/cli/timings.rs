//! Where the time of a build goes: the progress that a terminal shows, and the table of `--timings`. Nothing else asks
//! what time it is.
#![expect(clippy::disallowed_methods, reason = "measures")]

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::base::held::held;
use crate::base::progress::{Part, Stage, Step};
use crate::cli::print::Printer;

/// Whoever waits longer wants to know for what.
const PATIENCE: Duration = Duration::from_secs(1);

/// Listens to a build.
pub(super) struct Timings {
    names: BTreeMap<&'static str, String>,
    began: Instant,
    /// Nothing is shown before somebody had to wait.
    bar: ProgressBar,
    wants_parts: bool,
    is_quiet: bool,
    measured: Mutex<Measured>,
}

#[derive(Default)]
struct Measured {
    stage: Option<(Stage, Instant, Duration)>,
    /// How long each took, and how long all threads worked in it.
    stages: Vec<(Stage, Duration, Duration)>,
    parts: BTreeMap<Part, Duration>,
    /// What each thread is at, and how long it had worked when it turned to it.
    threads: HashMap<ThreadId, (Part, Duration)>,
    waits: bool,
}

impl Timings {
    /// Begins to measure; parts of stages only if they are to be printed.
    pub(super) fn new(printer: &Printer, wants_parts: bool, is_quiet: bool) -> Self {
        let keys = STAGES.iter().map(|(_, key)| *key).chain(PARTS.iter().map(|(_, key)| *key));
        let names =
            keys.chain(["timing_all", "timing_head"]).map(|key| (key, printer.say(key, &[])));
        Self {
            names: names.collect(),
            began: Instant::now(),
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            wants_parts,
            is_quiet,
            measured: Mutex::default(),
        }
    }

    /// Takes in what a build says.
    pub(super) fn hear(&self, step: Step) {
        match step {
            Step::Begins(stage, pieces) => {
                self.turn(Some(stage));
                self.show(stage, pieces);
            }
            Step::Turns(part) if self.wants_parts => self.turn_thread(Some(part)),
            Step::Turns(_) => {}
            Step::Done => {
                if self.wants_parts {
                    self.turn_thread(None);
                }
                self.bar.inc(1);
                self.wait();
            }
        }
    }

    /// Ends the stage before, and begins another.
    fn turn(&self, next: Option<Stage>) {
        let (now, worked) = (Instant::now(), worked(Who::Process));
        let mut measured = self.measured();
        if let Some((stage, since, had)) = measured.stage.take() {
            measured.stages.push((stage, now - since, worked.saturating_sub(had)));
        }
        measured.stage = next.map(|stage| (stage, now, worked));
    }

    fn turn_thread(&self, next: Option<Part>) {
        let worked = worked(Who::Thread);
        let mut measured = self.measured();
        let me = thread::current().id();
        if let Some((part, had)) = measured.threads.remove(&me) {
            *measured.parts.entry(part).or_default() += worked.saturating_sub(had);
        }
        if let Some(part) = next {
            measured.threads.insert(me, (part, worked));
        }
    }

    fn show(&self, stage: Stage, pieces: usize) {
        let template = if pieces == 0 {
            "{msg} {human_pos}"
        } else {
            "{msg} {human_pos}/{human_len} {wide_bar}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.set_position(0);
        self.bar.set_length(pieces as u64);
        self.bar.set_message(self.name(key(STAGES, stage)).to_owned());
        self.wait();
    }

    /// Shows how far it is, once it has taken long. Where nobody looks, that shows nothing.
    fn wait(&self) {
        if self.is_quiet || self.began.elapsed() < PATIENCE {
            return;
        }
        let mut measured = self.measured();
        if !measured.waits {
            measured.waits = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the progress off the terminal.
    pub(super) fn finish(&self) {
        self.turn(None);
        self.bar.finish_and_clear();
    }

    /// The table: seconds on the wall, seconds that all threads worked, of what. Parts have no time on the wall of
    /// their own, since threads are at different ones.
    pub(super) fn table(&self) -> String {
        let measured = self.measured();
        let mut table = format!("{}\n", self.name("timing_head"));
        for &(stage, wall, work) in &measured.stages {
            table += &line(Some(wall), work, self.name(key(STAGES, stage)), "");
            for (&part, &work) in
                measured.parts.iter().filter(|(part, _)| stage_of(**part) == stage)
            {
                table += &line(None, work, self.name(key(PARTS, part)), "  ");
            }
        }
        let all =
            line(Some(self.began.elapsed()), worked(Who::Process), self.name("timing_all"), "");
        table.trim_end().to_owned() + "\n" + all.trim_end()
    }

    fn name(&self, key: &'static str) -> &str {
        self.names.get(key).map_or(key, String::as_str)
    }

    fn measured(&self) -> MutexGuard<'_, Measured> {
        held(&self.measured)
    }
}

fn line(wall: Option<Duration>, work: Duration, name: &str, indent: &str) -> String {
    let wall = wall.map_or_else(String::new, |wall| format!("{:.3}", wall.as_secs_f64()));
    format!("{wall:>9} {:>9.3}  {indent}{name}\n", work.as_secs_f64())
}

/// What stages are called in `data/findings`.
const STAGES: &[(Stage, &str)] = &[
    (Stage::Words, "timing_words"),
    (Stage::Discover, "timing_discover"),
    (Stage::Look, "timing_look"),
    (Stage::Read, "timing_read"),
    (Stage::Index, "timing_index"),
    (Stage::Search, "timing_search"),
    (Stage::Render, "timing_render"),
    (Stage::Finish, "timing_finish"),
];

/// What parts are called.
const PARTS: &[(Part, &str)] = &[
    (Part::Decode, "timing_decode"),
    (Part::Screen, "timing_screen"),
    (Part::Parse, "timing_parse"),
    (Part::Extract, "timing_extract"),
    (Part::Check, "timing_check"),
    (Part::Page, "timing_page"),
    (Part::Write, "timing_write"),
];

fn key<T: PartialEq>(names: &[(T, &'static str)], wanted: T) -> &'static str {
    names.iter().find(|(this, _)| *this == wanted).map_or("", |(_, key)| key)
}

fn stage_of(part: Part) -> Stage {
    match part {
        Part::Page | Part::Write => Stage::Render,
        _ => Stage::Read,
    }
}

/// Whose work is measured.
enum Who {
    Process,
    Thread,
}

/// How long they have worked so far; nothing where the system does not say.
#[cfg(unix)]
fn worked(who: Who) -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let clock = match who {
        Who::Process => ClockId::ProcessCPUTime,
        Who::Thread => ClockId::ThreadCPUTime,
    };
    let now = clock_gettime(clock);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec as u32)
}

#[cfg(not(unix))]
fn worked(_: Who) -> Duration {
    Duration::ZERO
}
