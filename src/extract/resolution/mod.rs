//! What ended the incident: measures that were taken and that helped.

mod code;
mod entries;
mod measure;
mod mended;
mod verdict;
mod weight;

use crate::extract::resolution::code::{from_code, from_names};
use crate::extract::resolution::entries::Entries;
use crate::extract::resolution::measure::measures;
use crate::extract::resolution::mended::VAGUE_FIX;
pub(super) use crate::extract::resolution::mended::mended;
use crate::extract::resolution::verdict::{
    FAILED, asked, denied, fails_next, is_of_failures, setback,
};
use crate::extract::resolution::weight::{is_put_off, weigh};
use crate::extract::scope::Scope;
use crate::extract::timeline::Row;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Resolution;
use crate::vocab::meaning::{Meaning, Strength};

/// The rule of a measure that a phrase of its own tells.
pub(super) const TOLD: RuleId = RuleId("resolution/measure");

/// A measure counts when the places that tell of it add up to this.
const ENOUGH: f32 = 0.5;
/// A vague phrase weighs so much less.
const VAGUE: f32 = 0.35;
/// Beside a measure that is told so surely, what lies further below is a side remark.
const SPREAD: f32 = 0.4;
/// A measure that is only planned, supposed or of another time weighs so much less.
const ASIDE: f32 = 0.4;
/// Below this a phrase is no more than a word that a measure shares.
const HINT: f32 = 0.29;
/// How sure a measure is that answers the question what ended it.
const ANSWERS: f32 = 0.85;
/// More than so many different measures are a list of everything that was tried.
const MOST: usize = 4;

/// The measures that ended it, the surest first.
pub(super) fn resolutions(scope: &Scope<'_>, rows: &[Row]) -> Vec<Fact<Resolution>> {
    let mut found: Vec<Fact<Resolution>> = Vec::new();
    let entries = Entries::new(scope, rows);
    let mut turned = None;
    for (at, (sentence, index)) in scope.sentences.iter().enumerate() {
        let index = *index as usize;
        let block = scope.lines[index].block;
        if scope.says(sentence, Meaning::Turns) {
            turned = Some(block);
        }
        let measures = measures(scope, sentence);
        let turned = turned == Some(block);
        if measures.is_empty() {
            continue;
        }
        let Some((weight, labelled)) = weigh(scope, index, sentence, &entries, turned) else {
            continue;
        };
        let asked = asked(scope, at);
        let kinds: Vec<Resolution> = measures.iter().map(|(kind, ..)| *kind).collect();
        let fails =
            fails_next(scope, at, &kinds) || asked == Some(false) || is_of_failures(scope, index);
        let weight = if asked == Some(true) { weight.max(ANSWERS) } else { weight };
        let weight = if fails { weight - FAILED } else { weight };
        for measure in &measures {
            let &(kind, ref range, strength) = measure;
            let vague = vagueness(strength, entries.at(&scope.lines[index]).is_some());
            let aside = !labelled && is_put_off(scope, sentence, measure);
            let certainty = weight
                - vague
                - if aside { ASIDE } else { 0.0 }
                - denied(scope, sentence, range)
                - setback(scope, sentence, range, &measures);
            if certainty <= 0.0 {
                continue;
            }
            let place = scope.span(sentence.clone());
            let rule = match (kind, strength) {
                (Resolution::CodeFix, Strength::Plain) => VAGUE_FIX,
                _ => TOLD,
            };
            add(&mut found, Fact::new(kind, place, rule, certainty));
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

/// How much less sure a measure is by how plainly it is told.
fn vagueness(strength: Strength, is_entry: bool) -> f32 {
    match strength {
        Strength::Strong => 0.0,
        // An entry of a timeline is short: "14:20 rollback" tells what was done.
        Strength::Plain if is_entry => VAGUE / 2.0,
        Strength::Plain => VAGUE,
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
