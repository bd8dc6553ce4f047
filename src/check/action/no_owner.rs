//! Action items that name nobody.

use crate::base::span::Span;
use crate::check::Subject;
use crate::check::action::open;
use crate::diag::{Diagnostic, code};
use crate::extract::scope::Scope;
use crate::vocab::meaning::{Label, Leftover, Meaning};

/// Looks for it; one finding for all of them, at the first.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    let end = scope.document.view.len();
    // `(owner: platform team)` inside an item names somebody, too.
    let named: Vec<Span> = scope
        .mentions(0..end)
        .filter(|mention| mention.meaning == Meaning::Label(Label::Owner))
        .filter(|mention| !names_nobody(scope, mention.end))
        .map(|mention| scope.span(mention.start..mention.end))
        .collect();
    let has_name = |item: Span| {
        let from = named.partition_point(|span| span.start < item.start);
        named.get(from).is_some_and(|span| item.contains(*span))
    };
    let mut without = open(&subject.incident.actions).filter(|action| {
        action.owner.is_none() && !action.text.contains('@') && !has_name(action.span)
    });
    let Some(first) = without.next() else { return };
    let count = 1 + without.count();
    let all = open(&subject.incident.actions).count();
    findings.push(Diagnostic::new(&code::NO_OWNER, first.span).arg("count", count).arg("all", all));
}

/// Whether what stands right behind a label says that there is nobody yet: `owner: TBD`.
fn names_nobody(scope: &Scope<'_>, label: u32) -> bool {
    let is_none = |meaning| {
        matches!(meaning, Meaning::Leftover(Leftover::Alone | Leftover::Nothing | Leftover::Nobody))
    };
    let mut near = scope.mentions(label..label.saturating_add(NEAR));
    near.any(|said| said.start <= label + 3 && is_none(said.meaning))
}

/// Within so many bytes behind a label stands what it is the name of.
const NEAR: u32 = 40;
