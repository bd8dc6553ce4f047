//! A fix that the text does not describe: it was the remedy of what was wrong.

use std::ops::Range;

use crate::extract::resolution::ENOUGH;
use crate::extract::resolution::code::{is_planned, tells_the_fix};
use crate::extract::scope::Scope;
use crate::model::cause::Cause;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Resolution;
use crate::vocab::meaning::Meaning;

/// The rule of a measure of which the text says no more than that it was a fix.
pub(super) const VAGUE_FIX: RuleId = RuleId("resolution/fix");

/// What a fix may be: a defect of a program or of its settings is mended. Other causes go by other measures, which
/// a report names.
const MENDS: [Resolution; 2] = [Resolution::CodeFix, Resolution::ConfigurationFix];

/// "A fix was merged": it mended the surest cause that can be mended.
pub(in crate::extract) fn mended(
    scope: &Scope<'_>,
    causes: &[Cause],
    resolution: &mut Vec<Fact<Resolution>>,
) {
    let Some(remedy) = causes.iter().find_map(|cause| remedy(scope, cause)) else { return };
    if resolution.is_empty() {
        let place = scope.sentences.iter().find(|(sentence, line)| untold(scope, sentence, *line));
        resolution.extend(place.map(|(sentence, _)| {
            Fact::new(remedy, scope.span(sentence.clone()), VAGUE_FIX, ENOUGH)
        }));
    }
    let is_told = resolution.iter().any(|fact| fact.value == remedy && fact.rule != VAGUE_FIX);
    resolution.retain(|fact| !is_told || fact.rule != VAGUE_FIX);
    for fact in resolution.iter_mut().filter(|fact| fact.rule == VAGUE_FIX) {
        fact.value = remedy;
    }
}

/// Whether a sentence says that something was changed, where the text tells how it was put right.
fn untold(scope: &Scope<'_>, sentence: &Range<u32>, line: u32) -> bool {
    let line = &scope.lines[line as usize];
    !line.opens
        && tells_the_fix(scope, line)
        && scope.says(sentence, Meaning::Changes)
        && !is_planned(scope, sentence)
}

/// What mends a cause.
fn remedy(scope: &Scope<'_>, cause: &Cause) -> Option<Resolution> {
    let number = scope.vocab.taxonomy.number(cause.fact.value.as_str())?;
    let concept = scope.vocab.taxonomy.concepts().get(usize::from(number))?;
    let remedy = Resolution::parse(concept.remedy.as_ref()?.get_ref())?;
    MENDS.contains(&remedy).then_some(remedy)
}
