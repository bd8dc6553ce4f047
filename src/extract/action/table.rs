//! Tables of action items: which column says what is to be done, and which rows do.

use std::ops::Range;

use crate::extract::action::detail::{blank, status};
use crate::extract::action::due;
use crate::extract::action::is_blank;
use crate::extract::action::pieces::is_nobody;
use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::timeline::table::{cells, column_labels};
use crate::model::action::{Action, Status};
use crate::parse::numbering::numbering;
use crate::vocab::Mention;
use crate::vocab::meaning::{Label, Meaning, SectionRole};
use crate::vocab::pattern::is_letter;

/// What the columns of a table hold.
pub(super) struct Columns {
    /// Which table.
    pub(super) table: u32,
    /// By their names.
    pub(super) labels: Vec<Option<Label>>,
    /// A column has a name that only measures have: "What we will do".
    is_named: bool,
}

/// The tables of a document, line by line.
#[derive(Default)]
pub(super) struct Tables {
    columns: Option<Columns>,
    /// Each row of the table is a measure, wherever it stands.
    pub(super) is_open: bool,
    /// The measures of the row are a list within a cell.
    is_list: bool,
}

impl Tables {
    /// Reads the names of the columns.
    pub(super) fn head(&mut self, scope: &Scope<'_>, line: &Line, table: u32, has_own: bool) {
        let read = Columns::read(scope, table, &line.text);
        self.is_open = !line.roles.has(SectionRole::Timeline) && read.tell_measures(has_own);
        self.columns = Some(read);
    }

    /// The measure of a row, or of one of the lines that it is broken into.
    pub(super) fn row(&mut self, scope: &Scope<'_>, index: usize, table: u32) -> Option<Action> {
        let line = &scope.lines[index];
        // A line that an author breaks within a cell is of the same row.
        let before = index.checked_sub(1).map(|before| scope.lines[before].block);
        if before == Some(line.block) {
            return self.is_list.then(|| goes_on(scope, line)).flatten();
        }
        self.is_list = false;
        let known = self.columns.as_ref().filter(|known| known.table == table);
        let is_row = !is_group(scope, line)
            && !names_detail(scope, line)
            && (line.roles.has(SectionRole::Actions)
                || self.is_open && says_more(scope, line, known));
        if !is_row {
            return None;
        }
        self.is_list =
            measure(scope, line, known).is_some_and(|text| listed(scope, &text).is_some());
        row(scope, line, known)
    }
}

/// A name has so many letters at least to be one of nothing but measures.
const LETTERS_OF_NAME: usize = 3;

/// What a measure has besides what is to be done.
pub(super) const DETAILS: [Label; 4] = [Label::Owner, Label::Due, Label::Status, Label::Priority];

impl Columns {
    /// Reads the row of names.
    pub(super) fn read(scope: &Scope<'_>, table: u32, names: &Range<u32>) -> Self {
        let mut labels = column_labels(scope, names);
        let mut is_named = false;
        for (cell, label) in cells(scope, names).into_iter().zip(&mut labels) {
            let measures =
                |meaning| (meaning == Meaning::Heading(SectionRole::Actions)).then_some(());
            let letters =
                scope.text(cell.clone()).chars().filter(|letter| is_letter(*letter)).count();
            if letters >= LETTERS_OF_NAME && scope.covering(&cell, measures).is_some() {
                *label = Some(Label::Action);
                is_named = true;
            }
        }
        Self { table, labels, is_named }
    }

    /// Whether they say that each row is a measure, wherever the table stands; in a document that has its measures
    /// elsewhere a name alone does not.
    pub(super) fn tell_measures(&self, has_own: bool) -> bool {
        let has_details = self.labels.iter().flatten().any(|label| DETAILS.contains(label));
        let has = |label| self.labels.contains(&Some(label));
        let is_promised = has(Label::Owner) && has(Label::Due);
        (has(Label::Action) && (has_details || self.is_named) || is_promised)
            && !has(Label::Time)
            && !has_own
    }
}

/// Whether the measure of a row is more than one word: a column of the same name may list things that have one.
fn says_more(scope: &Scope<'_>, line: &Line, known: Option<&Columns>) -> bool {
    let text = measure(scope, line, known).map_or("", |text| scope.text(text));
    text.split_whitespace().nth(1).is_some()
}

/// `| Owner | Kim |`: a row that names a detail tells something of a measure that stands elsewhere.
fn names_detail(scope: &Scope<'_>, line: &Line) -> bool {
    let labels = column_labels(scope, &line.text);
    labels.first().copied().flatten().is_some_and(|label| DETAILS.contains(&label))
}

/// A row whose only words are bold names the group of the rows below it.
fn is_group(scope: &Scope<'_>, line: &Line) -> bool {
    let cells = cells(scope, &line.text);
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return false };
    scope.strong_at(only.start).is_some_and(|strong| strong.end >= only.end)
}

/// What stands behind the sign of a list or a number, where a text begins with one.
fn listed(scope: &Scope<'_>, text: &Range<u32>) -> Option<Range<u32>> {
    let words = scope.text(text.clone());
    let number = words.bytes().take_while(u8::is_ascii_digit).count();
    let signs: &[char] =
        if number > 0 { &['.', ')'] } else { &['-', '*', '•', '·', '◦', '▪'] };
    let body = words.get(number..)?.strip_prefix(signs).filter(|rest| rest.starts_with(' '));
    let body = body.map(str::trim_start).or_else(|| words.get(numbering(words)?..))?;
    (number <= 2 && !body.is_empty()).then_some(text.end - body.len() as u32..text.end)
}

/// Further measures of a row: its cell holds a list, an item a line.
fn goes_on(scope: &Scope<'_>, line: &Line) -> Option<Action> {
    let first = cells(scope, &line.text).into_iter().next()?;
    let text = listed(scope, &first)?;
    (!is_blank(scope, &text)).then(|| blank(scope, text))
}

/// Columns that hold the measure: by their own name, else the one that says how something is mended, or what it is called.
const MEASURES: [Label; 3] = [Label::Action, Label::ResolvedBy, Label::Title];

/// The cell of a row that names the measure, else the longest of those that tell nothing else.
fn measure(scope: &Scope<'_>, line: &Line, known: Option<&Columns>) -> Option<Range<u32>> {
    let cells = cells(scope, &line.text);
    let label = |at: usize| known.and_then(|known| known.labels.get(at).copied().flatten());
    let named = MEASURES.iter().find_map(|wanted| {
        let at = (0..cells.len()).find(|&at| label(at) == Some(*wanted))?;
        cells.get(at).filter(|cell| scope.text((*cell).clone()).chars().count() >= 4)
    });
    let is_free = |at: usize, cell: &Range<u32>| {
        let told =
            label(at).is_some_and(|label| DETAILS.contains(&label) || label == Label::Reference);
        let text = scope.text(cell.clone());
        let is_address = text.contains("://") && !text.contains(' ');
        let is_day = matches!(scope.times(cell.clone()), [time] if time.start == cell.start && time.end == cell.end);
        !told && !is_address && !is_day && text.contains(char::is_alphabetic)
    };
    let longest = |free: bool| {
        let wanted = cells.iter().enumerate().filter(|(at, cell)| !free || is_free(*at, cell));
        wanted.map(|(_, cell)| cell).max_by_key(|cell| cell.end - cell.start)
    };
    let text = named.or_else(|| longest(true)).or_else(|| longest(false))?.clone();
    (!text.is_empty()).then_some(text)
}

/// A row: the cell that names the measure, with what the others tell.
fn row(scope: &Scope<'_>, line: &Line, known: Option<&Columns>) -> Option<Action> {
    let cells = cells(scope, &line.text);
    let labels = known.map_or(&[][..], |known| &known.labels);
    let of = |wanted: Label| {
        // "When" beside an owner asks until when.
        let is_day = |label: &Option<Label>| matches!(label, Some(Label::Date | Label::Time));
        let has_owner = wanted == Label::Due && labels.contains(&Some(Label::Owner));
        let at = labels.iter().position(|label| *label == Some(wanted));
        let at = at.or_else(|| labels.iter().position(is_day).filter(|_| has_owner))?;
        cells.get(at).cloned().filter(|cell| !cell.is_empty())
    };
    let text = measure(scope, line, known)?;
    let text = listed(scope, &text).unwrap_or(text);
    if is_blank(scope, &text) {
        return None;
    }
    let mut action = filled(scope, blank(scope, text), of);
    action.span = scope.span(line.text.clone());
    if action.status.is_none() {
        let answer = |meaning| match meaning {
            Meaning::Answer(yes) => Some(if yes { Status::Done } else { Status::Open }),
            _ => None,
        };
        action.status = of(Label::Status).and_then(|cell| scope.covering(&cell, answer));
    }
    action.status = action.status.or_else(|| status(scope, &line.text));
    Some(action)
}

/// Before the first word of a cell stand so many bytes of a sign at most.
const SIGN: u32 = 1;

/// An action with what its other cells tell.
fn filled(
    scope: &Scope<'_>,
    mut action: Action,
    of: impl Fn(Label) -> Option<Range<u32>>,
) -> Action {
    let named = of(Label::Owner).filter(|cell| !is_nobody(scope, cell));
    action.owner = named.map(|cell| scope.text(cell).to_owned());
    action.due = of(Label::Due).and_then(|cell| due::of_cell(scope, &cell));
    action.status = of(Label::Status).and_then(|cell| {
        let leads = |said: &&Mention| said.start <= cell.start + SIGN;
        let mut led = scope.mentions(cell.clone()).filter(leads);
        status(scope, &cell).or_else(|| {
            led.find_map(|said| match said.meaning {
                Meaning::Status(status) => Some(status),
                _ => None,
            })
        })
    });
    action
}
