//! Two labels of severity that differ.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::model::fact::RuleId;

/// How sure a reading must be: a label's value is, a word in passing is not.
const SURE: f32 = 0.9;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if let [first, second, ..] = subject.incident.severity.readings()
        && first.certainty >= SURE
        && second.certainty >= SURE
        // Who corrects the text from outside of it knows that it says something else.
        && first.rule != RuleId::OVERRIDE
        && !first.value.eq_ignore_ascii_case(&second.value)
    {
        let finding = Diagnostic::new(&code::SEVERITY_TWICE, second.evidence).also(first.evidence);
        findings.push(finding.arg("first", &first.value).arg("second", &second.value));
    }
}
