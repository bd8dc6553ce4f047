//! Measures that a report shows or names as code.

use std::ops::Range;

use crate::extract::line::Line;
use crate::extract::resolution::add;
use crate::extract::resolution::measure::measures;
use crate::extract::resolution::weight::is_supposed;
use crate::extract::scope::Scope;
use crate::extract::shown::{Shown, named, shown};
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Resolution;
use crate::vocab::meaning::{Cue, Meaning, SectionRole, Strength};
use crate::vocab::pattern::is_hangul;

/// How sure a measure is that the report shows as code.
const SHOWN: f32 = 0.7;
/// A measure is surer than this where the text tells how it was put right.
const ELSEWHERE: f32 = 0.6;
/// How sure one is that stands among the commands that were typed.
const TYPED: f32 = 0.55;

/// Measures that the report shows as code.
pub(super) fn from_code(scope: &Scope<'_>, found: &mut Vec<Fact<Resolution>>) {
    let told = found.iter().any(|fact| fact.certainty > ELSEWHERE);
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
pub(super) fn from_names(scope: &Scope<'_>, found: &mut Vec<Fact<Resolution>>) {
    for (sentence, index) in &scope.sentences {
        let line = &scope.lines[*index as usize];
        let tells = tells_the_fix(scope, line) && scope.says(sentence, Meaning::Changes);
        if !tells || is_planned(scope, sentence) {
            continue;
        }
        for (named, _) in named(scope, sentence) {
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

/// "`queue.py` should be changed", "`queue.py`를 고칠 예정": what is only proposed. Elsewhere in the sentence English tells
/// what a change was for: "added so that".
pub(super) fn is_planned(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    let mut planned = None;
    scope.mentions(sentence.clone()).any(|mention| match mention.meaning {
        Meaning::Cue(Cue::Plans | Cue::Supposes) => {
            planned = planned.max(Some(mention.end));
            scope.text(mention.start..mention.end).contains(is_hangul)
        }
        Meaning::Changes => planned
            .and_then(|end| mention.start.checked_sub(end))
            .is_some_and(|gap| gap <= PROPOSED),
        _ => false,
    })
}

/// So many bytes stand between a plan and what is planned: "should *also be* changed".
const PROPOSED: u32 = 10;

/// Whether a part tells how it was put right: what code it shows is what was changed.
pub(super) fn tells_the_fix(scope: &Scope<'_>, line: &Line) -> bool {
    let roles = [line.roles, scope.parts[line.part as usize].roles];
    roles.iter().any(|roles| roles.has(SectionRole::Resolution))
        && !roles.iter().any(|roles| roles.any(&NOT_THE_FIX))
        && !is_supposed(scope, line)
}

/// Parts that show code of something else.
const NOT_THE_FIX: [SectionRole; 4] =
    [SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix, SectionRole::FalseLead];
