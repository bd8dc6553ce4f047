//! Root causes: phrases in context. Where a phrase stands and how its sentence is meant decide, not the phrase.

mod code;
mod denial;
mod dismissed;
mod mention;
mod named;

use std::collections::BTreeMap;

use crate::base::span::Span;
use crate::extract::cause::dismissed::Doubts;
use crate::extract::cause::mention::{Finding, IN_TITLE, TITLE};
use crate::extract::resolution::TOLD;
use crate::extract::scope::{LONGEST_TITLE, Scope};
use crate::extract::timeline::Row;
use crate::model::cause::{Cause, CauseId, Naming, Role, Stance};
use crate::model::fact::{Fact, RuleId};
use crate::model::incident::Incident;
use crate::model::kind::Resolution;

/// What a document says about causes.
pub(super) struct Causes {
    /// Asserted, the surest first.
    pub asserted: Vec<Cause>,
    /// Every place that names one.
    pub namings: Vec<Naming>,
    /// Suspected and ruled out.
    pub dismissed: Vec<Fact<CauseId>>,
}

/// A cause counts when its places add up to this.
const ENOUGH: f32 = 0.5;
/// Where no cause is sure enough, the surest counts from here on.
const LIKELY: f32 = 0.3;
/// A careful reader files an incident under so many causes at most.
const MOST: usize = 5;
/// A cause that weighs less than this share of the surest one is a side remark.
const SHARE: f32 = 0.55;
/// A measure must be this sure to speak for a cause, and then adds so much.
const SURE_REMEDY: f32 = 0.6;
const REMEDY: f32 = 0.2;
/// What helps against much: it does not say what was wrong.
const RELIEF: [Resolution; 3] = [Resolution::Rollback, Resolution::Scaling, Resolution::Cleanup];
/// A further place adds this share of its own weight: what a report comes back to is what it is about.
const FURTHER: f32 = 0.25;
/// Further places add so much at most.
const MOST_FURTHER: f32 = 0.4;

/// So many further places are kept as evidence: every published line and page carries them.
const FURTHER_PLACES: usize = 1;

/// All that was found of one cause.
#[derive(Default)]
struct Tally {
    best: f32,
    sum: f32,
    place: Option<(Span, RuleId)>,
    more: Vec<Span>,
    contributing: f32,
    trigger: f32,
    /// Some phrase names it by itself; the others are words that it shares with much else.
    strong: bool,
}

/// Reads the causes of a document; of its incident is known when it was and what ended it.
pub(super) fn causes(scope: &Scope<'_>, rows: &[Row], incident: &Incident) -> Causes {
    let resolution = &incident.resolution;
    let year = incident.date.value().and_then(|date| date.year);
    let findings = mention::findings(scope, rows, year);
    let mut tallies: BTreeMap<u16, Tally> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.stance == Stance::Asserted) {
        tally(scope, finding, tallies.entry(finding.cause).or_default());
    }
    let titled = titled(scope, &findings);
    for naming in &titled {
        let Some(number) = scope.vocab.taxonomy.number(naming.cause.as_str()) else { continue };
        tallies.entry(number).or_default().add(naming.weight, true, naming.sentence, naming.rule);
    }
    for fact in resolution {
        remedied(scope, fact, &mut tallies);
    }
    let Doubts { dismissed, doubted } = dismissed::doubts(scope, &findings, &tallies_of(&tallies));
    tallies.retain(|cause, _| !doubted.contains(cause));
    if let Some((number, fact)) = presumed(scope, resolution, &tallies)
        && !doubted.contains(&number)
        && mention::unknown(scope, rows).is_none()
    {
        let tally = tallies.entry(number).or_default();
        if tally.place.is_none() {
            tally.add(ENOUGH, true, fact.evidence, RuleId("cause/remedy"));
        }
        tally.best = tally.best.max(ENOUGH);
        tally.sum = tally.sum.max(ENOUGH);
    }
    let namings = findings.iter().map(|finding| naming(scope, finding)).chain(titled).collect();
    Causes { asserted: decide(scope, tallies, &findings), namings, dismissed }
}

/// What was put right was wrong: a measure that ended the incident speaks for a cause that the text names
/// and that it is the remedy of. Beside a cause that is told it names none: much is changed to live with one.
fn remedied(scope: &Scope<'_>, fact: &Fact<Resolution>, tallies: &mut BTreeMap<u16, Tally>) {
    if fact.certainty < SURE_REMEDY {
        return;
    }
    for number in remedied_by(scope, fact) {
        let Some(tally) = tallies.get_mut(&number) else { continue };
        tally.best += REMEDY;
        tally.sum = tally.sum.max(tally.best);
    }
}

/// The causes that a measure is the remedy of.
fn remedied_by(scope: &Scope<'_>, fact: &Fact<Resolution>) -> impl Iterator<Item = u16> {
    let value = fact.value.as_str();
    let concepts = scope.vocab.taxonomy.concepts().iter().enumerate();
    concepts
        .filter(move |(_, concept)| {
            concept.remedy.as_ref().is_some_and(|kind| kind.get_ref() == value)
        })
        .map(|(number, _)| number as u16)
}

/// What the one sure remedy speaks for, where the text tells no cause: who only says that a setting was put right says
/// that it was wrong.
fn presumed<'f>(
    scope: &Scope<'_>,
    resolution: &'f [Fact<Resolution>],
    tallies: &BTreeMap<u16, Tally>,
) -> Option<(u16, &'f Fact<Resolution>)> {
    if tallies.values().any(|tally| score(tally) >= LIKELY) {
        return None;
    }
    let sure = resolution.iter().filter(|fact| {
        fact.rule == TOLD && fact.certainty >= ENOUGH && !RELIEF.contains(&fact.value)
    });
    let mut causes = sure.flat_map(|fact| remedied_by(scope, fact).map(move |cause| (cause, fact)));
    causes.next().filter(|_| causes.next().is_none())
}

fn naming(scope: &Scope<'_>, finding: &Finding) -> Naming {
    Naming {
        cause: scope.vocab.taxonomy.id(finding.cause),
        stance: finding.stance,
        weight: finding.weight,
        rule: finding.rule,
        sentence: scope.span(finding.sentence.clone()),
        words: scope.span(finding.words.clone()),
    }
}

/// What the title in the front matter names, where no title of the text names it.
fn titled(scope: &Scope<'_>, findings: &[Finding]) -> Vec<Naming> {
    let front = scope.document.front.as_ref();
    let Some(entry) =
        front.and_then(|front| front.entries.iter().find(|entry| entry.key == "title"))
    else {
        return Vec::new();
    };
    // No more is shown of it, and every name in it is compared with every other.
    let title = entry.value.text().unwrap_or_default();
    let title: String = title.chars().take(LONGEST_TITLE * 2).collect();
    if title.trim_end().ends_with(['?', '？']) {
        return Vec::new();
    }
    let is_told =
        |cause: u16| findings.iter().any(|finding| finding.cause == cause && finding.rule == TITLE);
    let namings =
        named::in_title(scope.vocab, &title).into_iter().filter(|name| !is_told(name.cause));
    namings
        .map(|name| Naming {
            cause: scope.vocab.taxonomy.id(name.cause),
            stance: Stance::Asserted,
            weight: IN_TITLE,
            rule: TITLE,
            sentence: entry.span,
            words: entry.span,
        })
        .collect()
}

impl Tally {
    /// A further place.
    fn add(&mut self, weight: f32, strong: bool, span: Span, rule: RuleId) {
        self.sum += weight;
        self.strong |= strong;
        if weight > self.best {
            self.best = weight;
            if let Some((before, _)) = self.place.replace((span, rule)) {
                self.more.push(before);
            }
        } else {
            self.more.push(span);
        }
    }
}

fn tally(scope: &Scope<'_>, finding: &Finding, tally: &mut Tally) {
    let span = scope.span(finding.sentence.clone());
    tally.add(finding.weight, finding.strong, span, finding.rule);
    match finding.role {
        Role::Contributing => tally.contributing = tally.contributing.max(finding.weight),
        Role::Trigger => tally.trigger = tally.trigger.max(finding.weight),
        Role::Cause => {}
    }
}

fn tallies_of(tallies: &BTreeMap<u16, Tally>) -> BTreeMap<u16, f32> {
    tallies.iter().map(|(&cause, tally)| (cause, score(tally))).collect()
}

/// The best place, and a little for each further one where some phrase names the cause by itself: words
/// that it shares with much else come back whatever the report is about.
fn score(tally: &Tally) -> f32 {
    let most = if tally.strong { MOST_FURTHER } else { 0.0 };
    (tally.best + ((tally.sum - tally.best) * FURTHER).min(most)).min(1.0)
}

/// The causes that are sure enough; a more special one stands for the general ones that it is a case of.
fn decide(scope: &Scope<'_>, tallies: BTreeMap<u16, Tally>, findings: &[Finding]) -> Vec<Cause> {
    let scores = tallies_of(&tallies);
    let top = scores.values().copied().fold(0.0, f32::max);
    let enough = if (LIKELY..ENOUGH).contains(&top) { top } else { ENOUGH };
    let needless = |cause: u16| {
        let id = &scope.vocab.taxonomy.concepts()[cause as usize].id;
        scores.iter().any(|(&other, &weight)| {
            let concept = &scope.vocab.taxonomy.concepts()[other as usize];
            concept.over.iter().any(|other| other.get_ref() == id)
                && weight + 0.1 >= scores[&cause]
                && (weight >= ENOUGH)
                && !stands_alone(cause, other, findings)
        })
    };
    let mut chosen: Vec<(f32, f32, Cause)> = tallies
        .into_iter()
        .filter(|(cause, _)| {
            scores[cause] >= enough && scores[cause] >= top * SHARE && !needless(*cause)
        })
        .filter_map(|(cause, tally)| {
            let (place, rule) = tally.place?;
            let certainty = scores[&cause];
            let role = if tally.trigger >= tally.best {
                Role::Trigger
            } else if tally.contributing >= tally.best {
                Role::Contributing
            } else {
                Role::Cause
            };
            let fact = Fact::new(scope.vocab.taxonomy.id(cause), place, rule, certainty);
            let mut more = tally.more;
            more.sort();
            more.dedup();
            more.retain(|span| *span != place);
            more.truncate(FURTHER_PLACES);
            Some((certainty, tally.sum, Cause { fact, role, more }))
        })
        .collect();
    // Of causes that are equally sure the report is about the one that it comes back to.
    chosen.sort_by(|a, b| {
        let by_weight = b.0.total_cmp(&a.0).then_with(|| b.1.total_cmp(&a.1));
        by_weight.then_with(|| a.2.fact.value.cmp(&b.2.fact.value))
    });
    chosen.truncate(MOST);
    chosen.into_iter().map(|(.., cause)| cause).collect()
}

/// A general cause that is named in a sentence of its own is a cause of its own.
fn stands_alone(general: u16, special: u16, findings: &[Finding]) -> bool {
    let of = |cause: u16| {
        findings
            .iter()
            .filter(move |finding| finding.cause == cause && finding.stance == Stance::Asserted)
    };

    // "The deadlock came of a race": what another cause is the result of is not the same as that.
    let is_told_with = |finding: &Finding, other: &Finding| {
        other.sentence == finding.sentence && (finding.result || !other.result)
    };
    of(general)
        .filter(|finding| finding.weight >= 0.85 && finding.strong)
        .any(|finding| !of(special).any(|other| is_told_with(finding, other)))
}
