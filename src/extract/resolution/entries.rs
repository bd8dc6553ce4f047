//! The entries of a timeline, as far as they tell when it ended.

use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::timeline::Row;
use crate::vocab::meaning::{Event, Meaning, SectionRole};

/// The entries of a timeline, as far as they tell when it ended.
pub(super) struct Entries<'a> {
    rows: &'a [Row],
    /// The last that says that all was well.
    end: Option<usize>,
}

impl<'a> Entries<'a> {
    pub(super) fn new(scope: &Scope<'_>, rows: &'a [Row]) -> Self {
        let ends = |row: &Row| scope.says(&row.body, Meaning::Event(Event::Resolves));
        Self { rows, end: rows.iter().rposition(ends) }
    }

    /// Whether a line is part of a timeline, below a heading that says so or below none, and of which entry.
    pub(super) fn at(&self, line: &Line) -> Option<Option<usize>> {
        let after = self.rows.partition_point(|row| row.body.start < line.text.end);
        let order = after.checked_sub(1).filter(|&row| line.text.start < self.rows[row].body.end);
        let told = line.roles.has(SectionRole::Timeline);
        (told || line.roles.is_empty() && order.is_some()).then_some(order)
    }

    /// Late measures end an incident, above all the one right before its end; early ones are attempts.
    pub(super) fn weight(&self, order: Option<usize>, resolves: bool) -> f32 {
        let Some(order) = order else { return 0.3 };
        let last = self.end.map_or(self.rows.len(), |end| end + 1);
        let late = (order + 1) as f32 / last.max(1) as f32;
        if resolves || self.end.is_some_and(|end| end == order + 1) {
            0.6
        } else if late > 0.6 {
            0.52
        } else {
            0.3
        }
    }
}
