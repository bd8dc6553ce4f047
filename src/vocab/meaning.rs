//! What a phrase of a lexicon can mean. Each file of `data/lexicon/LANG/` holds one sort of meaning.

use crate::model::action::{Status, Term, Theme};
use crate::model::kind::{Detection, Resolution, kinds};
use crate::model::timeline::EntryKind;

kinds! {
    /// What a part of a report is about.
    SectionRole {
        /// What happened, in short.
        Summary = "summary",
        /// Who and what suffered.
        Impact = "impact",
        /// What happened when.
        Timeline = "timeline",
        /// Why.
        Cause = "cause",
        /// What set it off.
        Trigger = "trigger",
        /// Suspicions that proved wrong.
        FalseLead = "false-lead",
        /// How it was noticed.
        Detection = "detection",
        /// What was done about it, step by step.
        Response = "response",
        /// What ended it.
        Resolution = "resolution",
        /// What is to be done.
        Actions = "actions",
        /// What was learnt.
        Lessons = "lessons",
        /// What went well; never a cause.
        Praise = "praise",
        /// What went badly; causes stand here too.
        Criticism = "criticism",
        /// References, logs, glossaries, contacts.
        Appendix = "appendix",
    }
}

kinds! {
    /// What the value after a label, or the cells below a table's heading, hold.
    Label {
        /// The day or moment of the incident.
        Date = "date",
        /// When it began.
        Started = "started",
        /// When it was noticed.
        Detected = "detected",
        /// When the impact was stopped or reduced.
        Mitigated = "mitigated",
        /// When it was over.
        Resolved = "resolved",
        /// How long; in practice often a range.
        Duration = "duration",
        /// When, without saying what: the time column of a timeline.
        Time = "time",
        /// Which zone the times are in.
        Zone = "zone",
        /// How bad.
        Severity = "severity",
        /// What was affected.
        Services = "services",
        /// What noticed it.
        DetectedBy = "detected-by",
        /// What ended it.
        ResolvedBy = "resolved-by",
        /// Why.
        Cause = "cause",
        /// The title of the incident.
        Title = "title",
        /// Something to be done.
        Action = "action",
        /// Who does it.
        Owner = "owner",
        /// By when.
        Due = "due",
        /// Whether it is done.
        Status = "status",
        /// How urgent.
        Priority = "priority",
        /// What an alert looks at: its rule and its threshold.
        Rule = "rule",
        /// The day of the report, which is not the day of the incident.
        Written = "written",
        /// When an update of a status page was posted.
        Posted = "posted",
        /// A ticket, a link, a number.
        Reference = "reference",
    }
}

kinds! {
    /// Words that decide whether a sentence asserts what it names.
    Cue {
        /// Says that this is the cause.
        Asserts = "asserts",
        /// Thought so, not known.
        Suspects = "suspects",
        /// Looked at and found not to be it.
        RulesOut = "rules-out",
        /// Not so.
        Negates = "negates",
        /// Something that is to be done or to be prevented.
        Plans = "plans",
        /// Something that is to be kept from happening.
        Prevents = "prevents",
        /// Something that could happen.
        Supposes = "supposes",
        /// Some other time or incident.
        Elsewhere = "elsewhere",
        /// Some other time, unless its day stands beside it: "last month".
        Ago = "ago",
        /// Tells of an incident: another one, where its year is another.
        Recalls = "recalls",
        /// Nobody knows the cause.
        Unknown = "unknown",
        /// The same as the whole answer to the question for the cause.
        Unanswered = "unanswered",
        /// Looked at and found not to be it, where the word is all that its bracket holds.
        Rejects = "rejects",
        /// Nothing was wrong with it: it was not full, had not expired. No more than the words beside it is denied.
        Sound = "sound",
        /// Not the fault of those who write, which says nothing of what it was.
        Disowns = "disowns",
        /// Names another incident beside this one: "unlike the outage of".
        Compares = "compares",
        /// Contributed, made worse.
        Contributes = "contributes",
        /// Set it off.
        Triggers = "triggers",
        /// Being looked at, without a verdict.
        Examines = "examines",
        /// What follows is the result of what stands before.
        LeadsTo = "leads-to",
        /// What stands before is the result of what follows.
        ComesFrom = "comes-from",
        /// What follows is set against what stands before.
        Contrasts = "contrasts",
        /// Tried, without saying that it helped.
        Attempts = "attempts",
        /// Found, the verdict.
        Finds = "finds",
        /// Undone or put right.
        Mends = "mends",
    }
}

impl Cue {
    /// Whether such words keep a title from asserting what it names.
    pub fn doubts(self) -> bool {
        matches!(
            self,
            Self::Suspects
                | Self::RulesOut
                | Self::Negates
                | Self::Plans
                | Self::Prevents
                | Self::Supposes
        )
    }
}

kinds! {
    /// Words that tell what the time beside them is the time of.
    Event {
        /// The impact begins.
        Starts = "starts",
        /// Somebody notices.
        Detects = "detects",
        /// The impact is less.
        Mitigates = "mitigates",
        /// All is well again.
        Resolves = "resolves",
        /// The last of it: a declaration, a review.
        Closes = "closes",
        /// How long it went on.
        Lasts = "lasts",
        /// Before the trouble: a release, a change, a launch.
        Precedes = "precedes",
        /// On every such day: hours of opening, schedules.
        Recurs = "recurs",
        /// Hours of every day that something may fall into; which they are may stand in brackets behind.
        Hours = "hours",
        /// The trouble is named as a whole, and that it began: "outage begins".
        Onset = "onset",
        /// How long something is kept or holds good, which is no length of an incident.
        Holds = "holds",
        /// Only meant to be then: a window of maintenance, what was expected.
        Plans = "plans",
        /// Something is not as it should be: no beginning by itself, but a sign of trouble in an entry of a timeline.
        Suffers = "suffers",
        /// As it was before: the end, where nothing suffers.
        Again = "again",
        /// It broke anew after it was over.
        Relapses = "relapses",
    }
}

kinds! {
    /// What a share of something is a share of.
    Share {
        /// Users, customers, requests: the share that suffered.
        Affected = "affected",
        /// A rate of failures, which is the share that suffered also while it changes.
        Rate = "rate",
        /// A change, which is a share of nothing.
        Change = "change",
        /// Something else: load, space, a target, an improvement.
        Other = "other",
        /// The word for the sign of a percentage.
        Sign = "sign",
        /// A word that is a share itself.
        Half = "half",
        /// Those who did not suffer.
        Spared = "spared",
        /// All others: what is told of them is not told of the share before.
        Rest = "rest",
        /// Stands beside what a share came down to in the end.
        Fallen = "fallen",
    }
}

kinds! {
    /// Words of a title that say nothing about an incident.
    Boilerplate {
        /// What kind of document it is.
        Document = "document",
        /// Words that no title can be made of alone.
        Generic = "generic",
    }
}

kinds! {
    /// How a sentence blames.
    Blame {
        /// Somebody is the cause.
        Person = "person",
        /// Somebody is like that.
        Character = "character",
        /// Somebody should have known.
        Hindsight = "hindsight",
        /// A mistake, where it is somebody's.
        Fault = "fault",
        /// What only people do, where somebody is named before it.
        Forgets = "forgets",
        /// What programs do as well, where it is known that a person is named before it.
        Errs = "errs",
        /// What follows is the cause, where it is known to be a person.
        Names = "names",
    }
}

kinds! {
    /// Words of a template that nobody filled in.
    Leftover {
        /// Wherever they stand.
        Always = "always",
        /// Where nothing else stands.
        Alone = "alone",
        /// What begins an example; where nothing else stands, as well.
        Example = "example",
        /// Where nothing else stands, as an answer: there is nothing.
        Nothing = "nothing",
        /// Where nothing else stands, as an owner: nobody yet.
        Nobody = "nobody",
    }
}

/// How surely a phrase names a cause, a measure, or what noticed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Only where the text is about the cause.
    Plain,
    /// Wherever it is asserted.
    Strong,
}

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// A heading of this kind of section.
    Heading(SectionRole),
    /// A label or table heading.
    Label(Label),
    /// A cause, by its number in the taxonomy.
    Cause(u16, Strength),
    /// Words near which that cause is not meant.
    Unless(u16),
    /// How the sentence is meant.
    Cue(Cue),
    /// What noticed it.
    Detection(Detection, Strength),
    /// What noticed it, by what was going on and not by name.
    Implied(Detection),
    /// What noticed nothing, or too late.
    Missed,
    /// Somebody was sooner than what is named next.
    Sooner,
    /// What is found is found besides, or by those who look for the cause.
    Further,
    /// The incident has not ended.
    GoesOn,
    /// The state that an update of a status page begins with.
    Posted,
    /// Yes or no, below the name of a column that asks.
    Answer(bool),
    /// A part of the product that is called after a report or an alert.
    Thing,
    /// What stands before it is to whom something was sent.
    Recipient,
    /// What ended it.
    Resolution(Resolution, Strength),
    /// A measure did not help, or not for long.
    Failed,
    /// A measure was only thought of.
    Undone,
    /// The text comes to what was done about it.
    Turns,
    /// What follows is what a measure was to bring about.
    Purpose,
    /// Something was made otherwise.
    Changes,
    /// What a moment is.
    Event(Event),
    /// What an entry of the timeline tells.
    Entry(EntryKind),
    /// What kind of measure.
    Theme(Theme),
    /// When a measure is to be done.
    Term(Term),
    /// Whether it is done.
    Status(Status),
    /// What a percentage is a share of.
    Share(Share),
    /// A level of severity.
    Severity,
    /// Words that give this incident the level among them.
    Graded,
    /// Words of a title that say nothing about this incident.
    Boilerplate(Boilerplate),
    /// The beginning of a line that introduces or closes a list.
    Remark,
    /// Words that number what stands behind a comma.
    Ordinal,
    /// Words that blame somebody.
    Blame(Blame),
    /// Words of a template that nobody filled in.
    Leftover(Leftover),
}
