//! What the author says outside the text: front matter, or the overrides file. It wins over what was read.

mod keys;
mod overrides;
mod setting;
mod value;
mod wanted;

use crate::base::nearest::nearest;
use crate::diag::{Diagnostic, code};
use crate::extract::time::{Habits, scan};
use crate::model::fact::{Fact, Field, RuleId};
use crate::model::incident::Incident;
use crate::model::when::{Moment, PartialDate};
use crate::parse::front_matter::{Entry, FrontMatter, Value};
use crate::vocab::Vocabulary;

pub use keys::KEYS;
pub use overrides::Overrides;
pub use value::moment;

use keys::{IGNORED, OF_INCIDENT, POST};
use setting::{Outcome, Setting};

/// Keys with their values, as an author gave them.
#[derive(Clone, Debug)]
pub struct Given {
    /// In order.
    pub entries: Vec<Entry>,
}

impl From<&FrontMatter> for Given {
    fn from(front: &FrontMatter) -> Self {
        Self { entries: front.entries.clone() }
    }
}

impl Given {
    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The day that the author's title names.
    fn title_day(&self, vocab: &Vocabulary) -> Option<PartialDate> {
        let title = self.entry("title")?.value.text()?;
        let times = scan(&title, &vocab.clock, Habits::default());
        times.iter().find_map(|time| time.first()?.date.filter(|date| date.is_whole()))
    }

    /// Whether `date` is the day of publication: this is a blog post, or its title names another day.
    fn is_post(&self, vocab: &Vocabulary) -> bool {
        let has =
            |keys: &[&str]| self.entries.iter().any(|entry| keys.contains(&entry.key.as_str()));
        has(&POST) && !has(&OF_INCIDENT)
            || self.title_day(vocab).is_some_and(|title| Some(title) != self.written_day())
    }

    /// The day of the key `date`.
    fn written_day(&self) -> Option<PartialDate> {
        self.entry("date")?.value.text().as_deref().and_then(moment)?.date
    }

    /// The day on which a post was published.
    pub(super) fn posted_day(&self, vocab: &Vocabulary) -> Option<PartialDate> {
        let published = self.entry("published").and_then(|entry| {
            let times = scan(&entry.value.text()?, &vocab.clock, Habits::default());
            times.iter().find_map(|time| time.first()?.date)
        });
        let day = published.or_else(|| self.written_day().filter(|_| self.is_post(vocab)));
        day.filter(|day| day.is_whole())
    }

    /// The year of a date without one, by the first whole date that the author gives: a report is not
    /// written before what it tells.
    pub(super) fn year_of(&self, date: PartialDate, vocab: &Vocabulary) -> Option<i16> {
        let written = self.entries.iter().find_map(|entry| {
            let text = entry.value.text()?;
            let times = scan(&text, &vocab.clock, Habits::default());
            times.iter().find_map(|time| time.first()?.date.filter(|date| date.is_whole()))
        })?;
        let year = written.year?;
        let ahead = (date.month, date.day) > (written.month, written.day);
        Some(if ahead { year - 1 } else { year })
    }

    /// Days that the author gives, as readings beside those of the text: they complete what it says.
    pub(super) fn days(&self, vocab: &Vocabulary) -> Vec<Fact<PartialDate>> {
        let named = self
            .title_day(vocab)
            .zip(self.entry("title"))
            .map(|(day, entry)| Fact::new(day, entry.span, RuleId("time/front-title"), IN_TITLE));
        let written = self.written_day().filter(|_| !self.is_post(vocab));
        let written = written
            .zip(self.entry("date"))
            .map(|(day, entry)| Fact::new(day, entry.span, RuleId("time/front-date"), WRITTEN));
        named.into_iter().chain(written).collect()
    }
}

/// How sure the day of a title is.
const IN_TITLE: f32 = 0.93;
/// How sure `date` is of the day of the rows: the text leads, as it may be the day of publication.
const WRITTEN: f32 = 0.72;

/// The day of publication completes a date without a year; an incident in the text is hardly older than that.
fn published(entry: &Entry, incident: &mut Incident) {
    let Some(year) =
        entry.value.text().as_deref().and_then(moment).and_then(|moment| moment.date?.year)
    else {
        return;
    };
    let complete = |date: PartialDate| date.with_year(Some(year));
    incident.date.update(|date| *date = complete(*date));
    for field in [
        &mut incident.started_at,
        &mut incident.detected_at,
        &mut incident.mitigated_at,
        &mut incident.resolved_at,
    ] {
        field.update(|moment| moment.date = moment.date.map(complete));
    }
}

/// Puts what was given before what was read. A value of the wrong kind costs that value only.
pub fn apply(
    given: &Given,
    rule: RuleId,
    vocab: &Vocabulary,
    incident: &mut Incident,
    findings: &mut Vec<Diagnostic>,
) {
    let is_post = given.is_post(vocab);
    // A status page says in its front matter whether it is over, and some say when.
    let is_over = given.entry("resolved").map(|entry| &entry.value);
    let is_state = given.entry(keys::STATE).is_some() || matches!(is_over, Some(Value::Bool(_)));
    // Moments are set to the clock that is given.
    let mut entries: Vec<&Entry> = given.entries.iter().collect();
    entries.sort_by_key(|entry| !matches!(entry.key.as_str(), "time_zone" | "timezone"));
    for entry in entries {
        if is_post && entry.key == "date" {
            published(entry, incident);
            continue;
        }
        if IGNORED.contains(&entry.key.as_str()) {
            continue;
        }
        let mut setting = Setting { entry, rule, is_state, vocab, incident, findings };
        match setting.set() {
            Outcome::Set => {}
            Outcome::Wrong => findings.push(wanted::wrong(entry)),
            Outcome::Unknown => {
                // What is like no key of ours is hardly a mistyped one: other tools read the file, too.
                let finding = match nearest(&entry.key, KEYS.iter().copied()) {
                    Some(key) => Diagnostic::new(&code::UNKNOWN_KEY, entry.span).nearest(Some(key)),
                    None => Diagnostic::new(&code::FOREIGN_KEY, entry.span),
                };
                findings.push(finding.arg("key", &entry.key));
            }
        }
    }
}

/// Settles what was given with what was read: the day on which it is said to have begun is the day of the incident, unless that was
/// given as well, and a time of day without a day is one of the day that was read for it, else of that on which it began.
pub fn complete(incident: &mut Incident) {
    let began = incident.started_at.best().filter(|start| start.rule.is_given());
    let is_told = incident.date.best().is_some_and(|date| {
        date.rule == RuleId::OVERRIDE
            || date.rule.is_given() && began.is_some_and(|start| start.rule != RuleId::OVERRIDE)
    });
    let began = began.and_then(|start| Some((start.value.date?, start.evidence, start.rule)));
    if let Some((day, evidence, rule)) = began.filter(|_| !is_told) {
        incident.date.lead(Fact::new(day, evidence, rule, 1.0));
    }
    let day = incident.date.value().copied();
    dated(&mut incident.started_at, None, day);
    let start = incident.started_at.value().copied();
    let day = start.and_then(|start| start.date).or(day);
    for field in [&mut incident.detected_at, &mut incident.mitigated_at, &mut incident.resolved_at]
    {
        dated(field, start, day);
    }
}

/// Gives a given time of day its day: the next one where it would lie before the start.
fn dated(field: &mut Field<Moment>, start: Option<Moment>, day: Option<PartialDate>) {
    let given = field.best().filter(|fact| fact.rule.is_given()).map(|fact| fact.value);
    let Some(at) = given.filter(|at| at.date.is_none()) else { return };
    let read = field.readings().iter().find_map(|fact| fact.value.date);
    let mut whole = Moment { date: read.or(day), ..at };
    if start.and_then(|start| whole.precedes(start)) == Some(true) {
        whole.date = whole.date.map(|date| date.plus_days(1));
    }
    field.update(|moment| {
        if *moment == at {
            *moment = whole;
        }
    });
}
