//! What stands in a text and is none of its facts: boxes that nobody ticked, words that were struck out, what a template
//! shows for an example.

mod boxes;
pub mod template;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::span::Span;
use crate::extract::scope::Scope;
use crate::model::action::Action;
use crate::parse::document::{BlockKind, Document};
use crate::vocab::meaning::SectionRole;

/// What of a document is not to be read.
#[derive(Default)]
pub(super) struct Void {
    /// Lists that offer a choice: none of their items is to be done.
    pub(super) choices: BTreeSet<u32>,
    /// What a template shows for an example.
    examples: Vec<Range<u32>>,
    /// What is left out.
    gone: Vec<Range<u32>>,
    /// Where something that is left out parts two answers.
    parted: Vec<u32>,
}

impl Void {
    /// Looks at a document.
    pub(super) fn of(scope: &Scope<'_>) -> Self {
        let mut void = Self::default();
        // A measure that is struck out is done, and no word of it is taken back.
        let is_taken_back = |struck: &&Range<u32>| {
            !scope.lines[scope.line_at(struck.start)].roles.has(SectionRole::Actions)
        };
        if !scope.lines.is_empty() {
            void.gone.extend(scope.document.view.struck.iter().filter(is_taken_back).cloned());
        }
        void.examples = template::examples(scope);
        void.gone.extend(void.examples.iter().cloned());
        boxes::in_lists(scope, &mut void);
        for line in &scope.lines {
            if line.item.is_none_or(|place| place.task.is_none()) && !line.roles.any(&OTHERS) {
                boxes::in_line(scope, line, &mut void);
            }
        }
        void
    }

    /// Leaves out the actions that are only examples.
    pub(super) fn without_examples(&self, scope: &Scope<'_>, actions: &mut Vec<Action>) {
        let mut examples: Vec<Span> =
            self.examples.iter().map(|example| scope.span(example.clone())).collect();
        examples.sort_unstable_by_key(|example| example.start);
        actions.retain(|action| {
            let after = examples.partition_point(|example| example.start <= action.span.start);
            let before = after.checked_sub(1).map(|before| examples[before]);
            before.is_none_or(|example| example.end <= action.span.start)
        });
    }

    /// The document without it, if there is any: blanks in its place, so that all else stands where it stood.
    pub(super) fn left(&self, document: &Document) -> Option<Document> {
        if self.gone.is_empty() {
            return None;
        }
        let mut document = document.clone();
        // Spaces may have gone behind what was struck out.
        let is_whole = |range: &&Range<u32>| {
            document.view.text.get(range.start as usize..range.end as usize).is_some()
        };
        let mut gone: Vec<&Range<u32>> = self.gone.iter().filter(is_whole).collect();
        let mut bytes = std::mem::take(&mut document.view.text).into_bytes();
        gone.sort_unstable_by_key(|range| (range.start, range.end));
        let mut done = 0;
        for range in gone {
            // Many may reach to the end of one line.
            let gone = bytes.get_mut(done.max(range.start) as usize..range.end.max(done) as usize);
            done = range.end.max(done);
            let gone = gone.into_iter().flatten().filter(|byte| !matches!(byte, b'\n' | b'\t'));
            gone.for_each(|byte| *byte = b' ');
        }
        for at in &self.parted {
            bytes.get_mut(*at as usize).into_iter().for_each(|byte| *byte = b',');
        }
        document.view.text = String::from_utf8(bytes).unwrap_or_default();
        for block in &mut document.blocks {
            if let Some(place) = &mut block.item {
                place.task = place.task.filter(|_| !self.choices.contains(&place.list));
            }
            let is_empty = document.view.slice(block.text.clone()).trim().is_empty();
            // An item of which nothing is left is none.
            if is_empty && !block.text.is_empty() && block.kind == BlockKind::Item {
                block.kind = BlockKind::Paragraph;
            }
        }
        Some(document)
    }
}

/// Parts in which a box says what is done, or stands for something else.
const OTHERS: [SectionRole; 3] =
    [SectionRole::Actions, SectionRole::Timeline, SectionRole::Appendix];
