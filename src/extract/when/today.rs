//! The day that a post names by that of its publication: "the site was down this morning".

use crate::extract::scope::Scope;
use crate::extract::when::words::says;
use crate::model::fact::{Fact, RuleId};
use crate::model::when::PartialDate;
use crate::vocab::meaning::Event;

/// A post says at its beginning what it is about.
const FIRST_LINES: usize = 12;
/// How sure such a day is: less than any that is written out.
const SURE: f32 = 0.5;

/// The day of the trouble that the first lines of a post tell of, as "today" or "yesterday".
pub(in crate::extract) fn told_on(
    scope: &Scope<'_>,
    posted: PartialDate,
) -> Option<Fact<PartialDate>> {
    (0..scope.lines.len().min(FIRST_LINES)).find_map(|index| {
        scope.sentences_of(index).iter().find_map(|(sentence, _)| {
            let days = scope.vocab.clock.told_day(&scope.text(sentence.clone()).to_lowercase())?;
            let day = says(scope, sentence, Event::Suffers).then(|| posted.plus_days(days))?;
            Some(Fact::new(day, scope.span(sentence.clone()), RuleId("time/front-date"), SURE))
        })
    })
}
