//! What a run says while it is at work. What time it is then, only who listens asks.

/// A stretch of a build: one begins where another ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Lexicons, taxonomy, templates.
    Words,
    /// Which files there are.
    Discover,
    /// Whether anything has changed since the last build.
    Look,
    /// Each document by itself: everything from its bytes to its facts.
    Read,
    /// All documents together.
    Index,
    /// What the search looks up.
    Search,
    /// Pages are made and written.
    Render,
    /// The new site takes the place of the old one.
    Finish,
}

/// What a thread does within a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Bytes to text.
    Decode,
    /// Secrets and personal data.
    Screen,
    /// Text to structure.
    Parse,
    /// Structure to facts.
    Extract,
    /// Facts to findings.
    Check,
    /// Facts to a page.
    Page,
    /// A page to a file.
    Write,
}

/// Something that a run says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A stage begins, of so many pieces of work; 0 where nobody knows.
    Begins(Stage, usize),
    /// This thread turns to a part.
    Turns(Part),
    /// This thread is done with a piece of work.
    Done,
}

/// Who listens.
#[derive(Clone, Copy, Default)]
pub struct Progress<'a>(Option<&'a (dyn Fn(Step) + Sync)>);

impl<'a> Progress<'a> {
    /// Tells everything to `tell`.
    pub fn to(tell: &'a (dyn Fn(Step) + Sync)) -> Self {
        Self(Some(tell))
    }

    /// A stage begins.
    pub fn begins(self, stage: Stage, pieces: usize) {
        self.tell(Step::Begins(stage, pieces));
    }

    /// This thread turns to a part.
    pub fn turns(self, part: Part) {
        self.tell(Step::Turns(part));
    }

    /// This thread is done with a piece of work.
    pub fn done(self) {
        self.tell(Step::Done);
    }

    fn tell(self, step: Step) {
        if let Some(tell) = self.0 {
            tell(step);
        }
    }
}
