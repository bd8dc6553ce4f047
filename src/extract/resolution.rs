//! What ended the incident: measures that were taken and that helped.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::shown::{Shown, named, shown};
use crate::extract::timeline::Row;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Resolution;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Event, Label, Meaning, SectionRole, Strength};
use crate::vocab::pattern::is_hangul;

/// A measure counts when the places that tell of it add up to this.
const ENOUGH: f32 = 0.5;
/// A vague phrase weighs so much less.
const VAGUE: f32 = 0.4;
/// Beside a measure that is told so surely, what lies further below is a side remark.
const SPREAD: f32 = 0.4;
/// Below this a phrase is no more than a word that a measure shares.
const HINT: f32 = 0.29;
/// How sure a measure is that the report shows as code.
const SHOWN: f32 = 0.7;
/// How sure a measure is that answers the question what ended it.
const ANSWERS: f32 = 0.85;
/// How sure one is that stands among the commands that were typed.
const TYPED: f32 = 0.55;
/// More than so many different measures are a list of everything that was tried.
const MOST: usize = 4;

/// What a phrase says was done, where, and how surely.
type Measure = (Resolution, Range<u32>, Strength);

/// The measures that ended it, the surest first.
pub(super) fn resolutions(scope: &Scope<'_>, rows: &[Row]) -> Vec<Fact<Resolution>> {
    let mut found: Vec<Fact<Resolution>> = Vec::new();
    let entries = Entries::new(scope, rows);
    let mut turned = None;
    for (at, (sentence, index)) in scope.sentences.iter().enumerate() {
        let index = *index as usize;
        let block = scope.lines[index].block;
        if says(scope, sentence, Meaning::Turns) {
            turned = Some(block);
        }
        let measures = measures(scope, sentence);
        if measures.is_empty() {
            continue;
        }
        let turned = turned == Some(block);
        let Some(weight) = weigh(scope, index, sentence, &entries, turned) else { continue };
        let asked = asked(scope, at);
        let kinds: Vec<Resolution> = measures.iter().map(|(kind, ..)| *kind).collect();
        let fails =
            fails_next(scope, at, &kinds) || asked == Some(false) || is_of_failures(scope, index);
        let weight = if asked == Some(true) { weight.max(ANSWERS) } else { weight };
        let weight = if fails { weight - FAILED } else { weight };
        for (kind, range, strength) in &measures {
            let (kind, strength) = (*kind, *strength);
            let vague = match strength {
                Strength::Strong => 0.0,
                // An entry of a timeline is short: "14:20 rollback" tells what was done.
                Strength::Plain if entries.at(&scope.lines[index]).is_some() => VAGUE / 2.0,
                Strength::Plain => VAGUE,
            };
            let certainty = weight
                - vague
                - denied(scope, sentence, range)
                - setback(scope, sentence, range, &measures);
            if certainty <= 0.0 {
                continue;
            }
            let place = scope.span(sentence.clone());
            add(&mut found, Fact::new(kind, place, RuleId("resolution/measure"), certainty));
        }
    }
    from_code(scope, &mut found);
    from_names(scope, &mut found);
    // Where nothing says it plainly, the surest of what was done is what ended it: a fix that nobody
    // describes, a measure in a tale without headings.
    if found.iter().all(|fact| fact.certainty < ENOUGH) {
        let best = found.iter().map(|fact| fact.certainty).fold(0.0, f32::max);
        for fact in found.iter_mut().filter(|fact| fact.certainty >= best.max(HINT)) {
            fact.certainty = ENOUGH;
        }
    }
    let best = found.iter().map(|fact| fact.certainty).fold(0.0, f32::max);
    found.retain(|fact| fact.certainty >= ENOUGH.max(best - SPREAD));
    found.sort_by(|a, b| {
        b.certainty.total_cmp(&a.certainty).then(a.evidence.start.cmp(&b.evidence.start))
    });
    found.truncate(MOST);
    found
}

/// Measures that the report shows as code.
fn from_code(scope: &Scope<'_>, found: &mut Vec<Fact<Resolution>>) {
    let told = found.iter().any(|fact| fact.certainty >= HINT);
    for (shown, block, line) in shown(scope).filter(|(_, _, line)| tells_the_fix(scope, line)) {
        let place = scope.span(line.text.clone());
        let rule = RuleId("resolution/code");
        match shown {
            Shown::Program => add(found, Fact::new(Resolution::CodeFix, place, rule, SHOWN)),
            Shown::Settings => {
                add(found, Fact::new(Resolution::ConfigurationFix, place, rule, SHOWN));
            }
            // Where words tell of a measure, the commands are its details.
            Shown::Commands if told => {}
            Shown::Commands => {
                for (kind, _, strength) in measures(scope, &block.text) {
                    if strength == Strength::Strong {
                        add(found, Fact::new(kind, place, rule, TYPED));
                    }
                }
            }
        }
    }
}

/// Where it is told how it was put right, a change of what code names is a change of a program or of settings:
/// "`fetch()` now waits".
fn from_names(scope: &Scope<'_>, found: &mut Vec<Fact<Resolution>>) {
    for (sentence, index) in &scope.sentences {
        let line = &scope.lines[*index as usize];
        if !tells_the_fix(scope, line) || !says(scope, sentence, Meaning::Changes) {
            continue;
        }
        for named in named(scope, sentence) {
            let kind = match named {
                Shown::Program => Resolution::CodeFix,
                Shown::Settings => Resolution::ConfigurationFix,
                Shown::Commands => continue,
            };
            let place = scope.span(sentence.clone());
            add(found, Fact::new(kind, place, RuleId("resolution/code"), TYPED));
        }
    }
}

/// Of one measure the surest place counts.
fn add(found: &mut Vec<Fact<Resolution>>, fact: Fact<Resolution>) {
    match found.iter_mut().find(|known| known.value == fact.value) {
        Some(known) if known.certainty < fact.certainty => *known = fact,
        Some(_) => {}
        None => found.push(fact),
    }
}

/// Whether a part tells how it was put right: what code it shows is what was changed.
fn tells_the_fix(scope: &Scope<'_>, line: &Line) -> bool {
    let roles = [line.roles, scope.parts[line.part as usize].roles];
    roles.iter().any(|roles| roles.has(SectionRole::Resolution))
        && !roles.iter().any(|roles| roles.any(&NOT_THE_FIX))
}

/// Parts that show code of something else.
const NOT_THE_FIX: [SectionRole; 4] =
    [SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix, SectionRole::FalseLead];

/// How much a sentence says about what ended the incident.
fn weigh(
    scope: &Scope<'_>,
    index: usize,
    sentence: &Range<u32>,
    entries: &Entries<'_>,
    turned: bool,
) -> Option<f32> {
    let line = &scope.lines[index];
    let cues = Cues::of(scope, sentence);
    if done_and_planned(scope, line) && !cues.has(Cue::Plans) {
        return Some(BESIDE_PLANS);
    }
    if line.roles.any(&[
        SectionRole::Actions,
        SectionRole::Lessons,
        SectionRole::Appendix,
        SectionRole::FalseLead,
    ]) || scope.text(sentence.clone()).ends_with(['?', '？'])
        || is_task(scope, sentence)
    {
        return None;
    }
    let planned = [Cue::Plans, Cue::Prevents, Cue::Supposes];
    let planned = planned.into_iter().any(|cue| cues.has(cue));
    let resolves = scope.mentions(sentence.clone()).any(|mention| {
        matches!(
            mention.meaning,
            Meaning::Event(Event::Resolves | Event::Mitigates)
                | Meaning::Label(Label::ResolvedBy)
                | Meaning::Turns
        )
    });
    let labelled = line.label.as_ref().is_some_and(|label| {
        label.meaning == Some(Label::ResolvedBy) || label.roles.has(SectionRole::Resolution)
    });
    let weight = if labelled {
        0.95
    } else if line.roles.has(SectionRole::Resolution) {
        let mixed = line.roles.has(SectionRole::Cause);
        if mixed && !resolves && !turned { 0.45 } else { 0.85 }
    } else if let Some(order) = entries.at(line) {
        let finds = cues.has(Cue::Finds) && !resolves;
        if finds { 0.3 } else { entries.weight(order, resolves) }
    } else if line.roles.has(SectionRole::Response) {
        if resolves { 0.6 } else { 0.4 }
    } else if line.roles.any(&BEFORE) {
        // These parts tell what was wrong; a measure in them is what broke it, or was already there.
        if resolves { 0.5 } else { 0.1 }
    } else if resolves {
        0.6
    } else {
        0.3
    };
    Some(if planned && !labelled { weight - 0.4 } else { weight })
}

/// How sure a measure is that stands in one part with those that are planned.
const BESIDE_PLANS: f32 = 0.55;

/// Whether a part is about what was done and what is to be done, by a heading that does not put it all off: "Fix and
/// improvements".
fn done_and_planned(scope: &Scope<'_>, line: &Line) -> bool {
    let both = [SectionRole::Resolution, SectionRole::Actions];
    if line.label.is_some() || !both.into_iter().all(|role| line.roles.has(role)) {
        return false;
    }
    let mut part = &scope.parts[line.part as usize];
    while let Some(above) = part.parent.filter(|_| !part.own.has(SectionRole::Actions)) {
        part = &scope.parts[above as usize];
    }
    !part.heading.is_some_and(|heading| puts_off(scope, &scope.lines[heading as usize].text))
}

/// Whether a heading says when: "Long-term fixes", "향후 개선". A single word for measures does not.
fn puts_off(scope: &Scope<'_>, heading: &Range<u32>) -> bool {
    let words: Vec<u32> = scope
        .mentions(heading.clone())
        .filter(|mention| mention.meaning == Meaning::Heading(SectionRole::Actions))
        .filter(|mention| !scope.text(mention.start..mention.end).contains(' '))
        .map(|mention| mention.start)
        .collect();
    scope.mentions(heading.clone()).any(|mention| match mention.meaning {
        Meaning::Term(_) => true,
        Meaning::Cue(Cue::Plans) => !words.contains(&mention.start),
        _ => false,
    })
}

/// Parts about the time before anything was done.
const BEFORE: [SectionRole; 5] = [
    SectionRole::Cause,
    SectionRole::Trigger,
    SectionRole::Impact,
    SectionRole::Detection,
    SectionRole::Criticism,
];

/// The entries of a timeline, as far as they tell when it ended.
struct Entries<'a> {
    rows: &'a [Row],
    /// The last that says that all was well.
    end: Option<usize>,
}

impl<'a> Entries<'a> {
    fn new(scope: &Scope<'_>, rows: &'a [Row]) -> Self {
        let ends = |row: &Row| says(scope, &row.body, Meaning::Event(Event::Resolves));
        Self { rows, end: rows.iter().rposition(ends) }
    }

    /// Whether a line is part of a timeline, below a heading that says so or below none, and of which entry.
    fn at(&self, line: &Line) -> Option<Option<usize>> {
        let after = self.rows.partition_point(|row| row.body.start < line.text.end);
        let order = after.checked_sub(1).filter(|&row| line.text.start < self.rows[row].body.end);
        let told = line.roles.has(SectionRole::Timeline);
        (told || line.roles.is_empty() && order.is_some()).then_some(order)
    }

    /// Late measures end an incident, above all the one right before its end; early ones are attempts.
    fn weight(&self, order: Option<usize>, resolves: bool) -> f32 {
        let Some(order) = order else { return 0.3 };
        let late = (order + 1) as f32 / self.rows.len().max(1) as f32;
        if resolves || self.end.is_some_and(|end| end == order + 1) {
            0.6
        } else if late > 0.6 {
            0.52
        } else {
            0.3
        }
    }
}

/// Measures that a sentence names; of two that lie in one another the longer phrase counts, but for its verb.
fn measures(scope: &Scope<'_>, sentence: &Range<u32>) -> Vec<Measure> {
    let mut found: Vec<Measure> = Vec::new();
    for mention in scope.mentions(sentence.clone()) {
        if let Meaning::Resolution(kind, strength) = mention.meaning {
            found.push((kind, mention.start..mention.end, strength));
        }
    }
    // They come in order of where they begin: how far those of each kind reach that begin no later.
    let mut farthest: BTreeMap<Resolution, u32> = BTreeMap::new();
    let mut kept = Vec::new();
    for same in found.chunk_by(|one, next| one.1.start == next.1.start) {
        for (kind, range, _) in same {
            let end = farthest.entry(*kind).or_default();
            *end = range.end.max(*end);
        }
        // Of two that end in one verb the nearer noun may be what it was done to.
        let lies_within = |(kind, range, _): &&Measure| {
            farthest.iter().any(|(other, &end)| other != kind && end > range.end)
        };
        kept.extend(same.iter().filter(|measure| !lies_within(measure)).cloned());
    }
    kept.retain(|(_, range, _)| !is_purpose(scope, sentence, range));
    specific(scope, kept)
}

/// Measures without those that another of the sentence says better: "a fix was deployed: the index was added" tells what
/// the fix was, and in Korean the noun nearer to the verb is what it was done to (메모리 설정을 변경).
fn specific(scope: &Scope<'_>, mut kept: Vec<Measure>) -> Vec<Measure> {
    let mut nearest: BTreeMap<u32, u32> = BTreeMap::new();
    for (_, range, _) in &kept {
        let start = nearest.entry(range.end).or_default();
        *start = range.start.max(*start);
    }
    let is_told = kept
        .iter()
        .any(|(kind, _, strength)| *kind != Resolution::CodeFix && *strength == Strength::Strong);
    kept.retain(|(kind, range, strength)| {
        let near = nearest.get(&range.end).copied().unwrap_or_default().max(range.start);
        let is_farther = near > range.start
            && scope.text(range.clone()).contains(is_hangul)
            && !scope.text(range.start..near).contains([',', '/', '·']);
        let is_vague = *kind == Resolution::CodeFix && *strength == Strength::Plain;
        !is_farther && !(is_vague && is_told)
    });
    kept
}

/// "Tested to ensure that all traffic was routed": what a measure was to bring about.
fn is_purpose(scope: &Scope<'_>, sentence: &Range<u32>, measure: &Range<u32>) -> bool {
    scope.mentions(sentence.start..measure.start).any(|mention| {
        mention.meaning == Meaning::Purpose
            && !scope.text(mention.end..measure.start).contains([',', ';', '.', ')'])
    })
}

/// "We restarted it. That changed nothing.": the next sentence says of what was done that it did not help.
fn fails_next(scope: &Scope<'_>, at: usize, kinds: &[Resolution]) -> bool {
    let Some((next, line)) = scope.sentences.get(at + 1) else { return false };
    let here = &scope.lines[scope.sentences[at].1 as usize];
    let there = &scope.lines[*line as usize];
    here.part == there.part
        && !there.opens
        && next.len() <= SHORT_VERDICT
        && measures(scope, next).iter().all(|(kind, ..)| kinds.contains(kind))
        && says(scope, next, Meaning::Failed)
        && !ENDS.into_iter().any(|end| says(scope, next, Meaning::Event(end)))
}

/// What is said of the end beside other things: "below 1 % for five minutes, closed".
const ENDS: [Event; 2] = [Event::Resolves, Event::Closes];

/// Whether a sentence answers what ended it, or what did not: "What did not work? Restarting it."
fn asked(scope: &Scope<'_>, at: usize) -> Option<bool> {
    let (question, line) = scope.sentences.get(at.checked_sub(1)?)?;
    let here = &scope.lines[scope.sentences[at].1 as usize];
    if !scope.text(question.clone()).ends_with(['?', '？'])
        || scope.lines[*line as usize].part != here.part
    {
        return None;
    }
    if says(scope, question, Meaning::Failed) {
        return Some(false);
    }
    let resolves = says(scope, question, Meaning::Heading(SectionRole::Resolution))
        || says(scope, question, Meaning::Label(Label::ResolvedBy));
    resolves.then_some(true)
}

/// Whether a line stands below a label or a heading for what did not help.
fn is_of_failures(scope: &Scope<'_>, index: usize) -> bool {
    let line = &scope.lines[index];
    let named = line.label.as_ref().is_some_and(|label| says(scope, &label.name, Meaning::Failed));
    let heading = scope.parts[line.part as usize].heading.filter(|_| !line.opens);
    named
        || heading.is_some_and(|heading| {
            let heading = &scope.lines[heading as usize].text;
            heading.len() <= SHORT_VERDICT && says(scope, heading, Meaning::Failed)
        })
}

/// "To do: a bigger disk" in the midst of a tale.
fn is_task(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    scope.mentions(sentence.clone()).take_while(|mention| mention.start == sentence.start).any(
        |mention| {
            mention.meaning == Meaning::Heading(SectionRole::Actions)
                && scope.text(mention.end..sentence.end).starts_with([':', '：'])
        },
    )
}

fn says(scope: &Scope<'_>, range: &Range<u32>, meaning: Meaning) -> bool {
    scope.mentions(range.clone()).any(|mention| mention.meaning == meaning)
}

/// How much less sure a measure is by what is said of it: tried, without effect, not what it was. It is said of the
/// measure before it, and of those that are named in one breath with that; in English, where no other clause has
/// begun, also of the one behind.
fn setback(scope: &Scope<'_>, sentence: &Range<u32>, measure: &Range<u32>, all: &[Measure]) -> f32 {
    let resolves = says(scope, sentence, Meaning::Event(Event::Resolves));
    let mut most = 0.0_f32;
    for mention in scope.mentions(sentence.clone()) {
        let weight = match mention.meaning {
            Meaning::Failed | Meaning::Undone => FAILED,
            Meaning::Cue(Cue::RulesOut) => RULED_OUT,
            Meaning::Cue(Cue::Attempts) if !resolves => TRIED,
            Meaning::Cue(Cue::Prevents) if is_kept_off(scope, mention, measure) => FAILED,
            _ => continue,
        };
        let is_about = if mention.start >= measure.end {
            // "It helped, but others were discussed": what was only thought of stands in its own clause.
            let other = mention.meaning == Meaning::Undone
                && parted(scope, &(measure.end..mention.start), true);
            adjoins(all, measure.end, mention.start) && !other
        } else if mention.end <= measure.start {
            // In Korean only an adverb stands before: "again and again".
            let gap = measure.start - mention.end;
            (gap <= ADVERB || !scope.text(mention.start..mention.end).contains(is_hangul))
                && !all
                    .iter()
                    .any(|(_, other, _)| mention.end <= other.start && other.end <= measure.start)
                && !parted(scope, &(mention.end..measure.start), weight < RULED_OUT)
        } else {
            true
        };
        if is_about {
            most = most.max(weight);
        }
    }
    most
}

/// "To prevent restarts", "롤백 방지": the measure itself is what is not to be.
fn is_kept_off(scope: &Scope<'_>, words: &Mention, measure: &Range<u32>) -> bool {
    let gap = if scope.text(words.start..words.end).contains(is_hangul) {
        words.start.checked_sub(measure.end)
    } else {
        measure.start.checked_sub(words.end)
    };
    gap.is_some_and(|gap| gap <= 1)
}

/// Whether between two places no measure stands but those that are named in one breath with what ends at the first:
/// "clearing the cache and restarting it".
fn adjoins(all: &[Measure], mut from: u32, to: u32) -> bool {
    let mut between: Vec<_> = all
        .iter()
        .map(|(_, range, _)| range)
        .filter(|range| from <= range.start && range.end <= to)
        .collect();
    between.sort_unstable_by_key(|range| range.start);
    between.into_iter().all(|range| {
        let joined = range.start.saturating_sub(from) <= JOINED;
        from = from.max(range.end);
        joined
    })
}

/// So many bytes stand between measures that are named in one breath.
const JOINED: u32 = 12;

/// Whether another clause begins in a range; a comma may begin one or not.
fn parted(scope: &Scope<'_>, range: &Range<u32>, by_comma: bool) -> bool {
    scope
        .text(range.clone())
        .contains(|letter| matches!(letter, ';' | '→') || by_comma && letter == ',')
        || says(scope, range, Meaning::Cue(Cue::Contrasts))
}

/// A measure of which it is said that it did not help, that it was not it, or only that it was tried.
const FAILED: f32 = 0.5;
const RULED_OUT: f32 = 0.6;
const TRIED: f32 = 0.3;
/// So many bytes stand between an adverb and what it is about.
const ADVERB: u32 = 1;
/// A verdict on what was done is short, in bytes.
const SHORT_VERDICT: usize = 90;

/// "did not restart", "재시작하지 않았다": a measure that is denied, in English before it, in Korean behind it.
fn denied(scope: &Scope<'_>, sentence: &Range<u32>, measure: &Range<u32>) -> f32 {
    let is_denied = scope.mentions(sentence.clone()).any(|mention| {
        let is_korean = || scope.text(mention.start..mention.end).contains(is_hangul);
        let before = mention.end <= measure.start
            && measure.start - mention.end < DENIED_BEFORE
            && !scope.text(mention.end..measure.start).contains([',', ';', ')', '→']);
        let behind = mention.start >= measure.end && mention.start - measure.end < DENIED_BEHIND;
        mention.meaning == Meaning::Cue(Cue::Negates)
            && (before && !is_korean() || behind && is_korean())
    });
    if is_denied { 0.5 } else { 0.0 }
}

/// An English denial stands within so many bytes before what it denies.
const DENIED_BEFORE: u32 = 16;
/// A Korean one within so many behind it: an ending, a particle and a verb.
const DENIED_BEHIND: u32 = 24;
