//! Lines: the units that people write postmortems in, with the label that they begin with.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::extract::section::Roles;
use crate::extract::timeline::table::cells;
use crate::parse::document::{Block, BlockKind, Place};
use crate::parse::numbering::{dotted, numbering};
use crate::vocab::meaning::{Label, Meaning, SectionRole};
use crate::vocab::pattern::is_word;

/// One line of prose, one item, one row or one heading.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its bytes in the visible text, white space trimmed.
    pub text: Range<u32>,
    /// What it is.
    pub kind: LineKind,
    /// The block that it is part of.
    pub block: u32,
    /// Quoted.
    pub quoted: bool,
    /// The list item that it stands in.
    pub item: Option<Place>,
    /// The label before its value, if it has one.
    pub label: Option<Labelled>,
    /// The part of the report.
    pub part: u32,
    /// What it is about: the part's roles, or those of its own label.
    pub roles: Roles,
    /// It opens a part.
    pub opens: bool,
    /// A number of a kind that Markdown does not know stands before its text.
    pub numbered: bool,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A marked heading, 1 to 6; guessed from plain text or not.
    Heading(u8, bool),
    /// The first line of an item.
    Item,
    /// A table row: its table, and whether it holds the names of the columns.
    Row(u32, bool),
    /// Any other line; the first of its block or not.
    Text(bool),
}

/// `Label: value`.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The label without its sign.
    pub name: Range<u32>,
    /// What follows; empty where the label stands alone.
    pub value: Range<u32>,
    /// What it means, where it is a known one.
    pub meaning: Option<Label>,
    /// The section that such a label opens.
    pub roles: Roles,
}

/// A label has at most so many letters and words.
const LONGEST_LABEL: usize = 60;
const MOST_WORDS: usize = 9;

/// A longer line, in bytes, is no prose: reading it would take the time of a thousand reports.
pub const LONGEST_LINE: usize = 64 * 1024;

/// The lines of all blocks, in order; code is left out, unless it is what a timeline is written in.
pub fn lines(scope: &Scope<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, block) in scope.document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Code && !is_timeline(scope, index) {
            continue;
        }
        split(scope, block, index as u32, &mut lines);
    }
    lines
}

/// Whether code stands below a heading of a timeline and most of its lines begin with a number.
fn is_timeline(scope: &Scope<'_>, index: usize) -> bool {
    let blocks = &scope.document.blocks;
    let Some(above) = index.checked_sub(1).map(|above| &blocks[above]) else { return false };
    let above_it = index.checked_sub(2).map(|above| &blocks[above]);
    let names = |block: &Block| {
        let is_timeline =
            |meaning| (meaning == Meaning::Heading(SectionRole::Timeline)).then_some(());
        block.kind != BlockKind::Code
            && block.text.len() <= LONGEST_HEADING
            && !scope.covered(&block.text, is_timeline).0.is_empty()
    };
    // A note or the day of the entries may stand between.
    if !names(above) && !above_it.is_some_and(names) {
        return false;
    }
    let text = scope.text(blocks[index].text.clone());
    let (mut lines, mut timed) = (0usize, 0usize);
    // What goes on with an entry stands further in.
    let indent = |line: &str| line.len() - line.trim_start().len();
    let lines_told = || text.lines().filter(|line| !line.trim().is_empty());
    let least = lines_told().map(indent).min().unwrap_or_default();
    for line in lines_told().filter(|line| indent(line) == least) {
        lines += 1;
        let body = line.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        timed += usize::from(body.starts_with(|sign: char| sign.is_ascii_digit()));
    }
    timed * 2 > lines
}

/// A heading above code has so many bytes at most.
const LONGEST_HEADING: usize = 120;

fn split(scope: &Scope<'_>, block: &Block, index: u32, lines: &mut Vec<Line>) {
    let text = scope.text(block.text.clone());
    let (mut first, mut read) = (true, false);
    let mut at = block.text.start;
    for piece in text.split('\n') {
        let start = at + (piece.len() - piece.trim_start_matches(' ').len()) as u32;
        let end = (at + piece.trim_end().len() as u32).max(start);
        at += piece.len() as u32 + 1;
        if start == end && !(first && block.kind == BlockKind::Item) {
            continue;
        }
        if piece.len() > LONGEST_LINE
            || is_machine(piece) && !matches!(block.kind, BlockKind::Heading { .. })
        {
            continue;
        }
        let kind = match block.kind {
            BlockKind::Heading { level, guessed } => LineKind::Heading(level, guessed),
            BlockKind::Row { table, head } => LineKind::Row(table, head),
            BlockKind::Item if first => LineKind::Item,
            _ => LineKind::Text(first),
        };
        first = false;
        let pairs = pairs(scope, &(start..end), kind, index);
        let kind = match kind {
            LineKind::Row(table, _) if !pairs.is_empty() => LineKind::Row(table, false),
            kind => kind,
        };
        for pair in pairs {
            let label = label(scope, &pair, kind);
            lines.push(Line { label, ..Line::of(pair, kind, block, index) });
            read = true;
        }
        if std::mem::take(&mut read) {
            continue;
        }
        let mark = numbering_of(scope.text(start..end), kind, block.item.is_some());
        let text = start + mark..end;
        let label = label(scope, &text, kind);
        let numbered = mark > 0 || is_counted(scope, start..end);
        lines.push(Line { label, numbered, ..Line::of(text, kind, block, index) });
    }
}

impl Line {
    /// A line of a block, of which nothing else is known yet.
    fn of(text: Range<u32>, kind: LineKind, block: &Block, index: u32) -> Self {
        Self {
            text,
            kind,
            block: index,
            quoted: block.quotes > 0,
            item: block.item,
            label: None,
            part: 0,
            roles: Roles::NONE,
            opens: false,
            numbered: false,
        }
    }
}

/// The parts of a row that holds names of facts with a value behind each: `Start | 10:02 | End | 11:10`, or the first row of a table
/// of such rows, which names no columns. None for any other row.
fn pairs(scope: &Scope<'_>, row: &Range<u32>, kind: LineKind, block: u32) -> Vec<Range<u32>> {
    let LineKind::Row(table, is_head) = kind else { return Vec::new() };
    let cells = cells(scope, row);
    let label = |cell: &Range<u32>| {
        scope.covering(cell, |meaning| match meaning {
            Meaning::Label(label) => Some(label),
            _ => None,
        })
    };
    let names = |cell: &Range<u32>| {
        let is_heading = |meaning| matches!(meaning, Meaning::Heading(_)).then_some(());
        label(cell).is_some() || scope.covering(cell, is_heading).is_some()
    };
    let is_pair = |pair: &[Range<u32>]| match pair {
        [name, value] if !name.is_empty() => label(name).is_some() && !names(value),
        [name, value] => value.is_empty() && name.is_empty(),
        _ => false,
    };
    if !cells.len().is_multiple_of(2) || !cells.chunks(2).all(is_pair) {
        return Vec::new();
    }
    let is_number =
        |cell: &Range<u32>| scope.text(cell.clone()).contains(|sign: char| sign.is_ascii_digit());
    let is_told = match cells.as_slice() {
        // The names of columns look the same: those of facts stand below each other.
        [name, _] => {
            let below = scope.document.blocks.get(block as usize + 1);
            let below = below.filter(
                |below| matches!(below.kind, BlockKind::Row { table: other, .. } if other == table),
            );
            let first = below.and_then(|below| self::cells(scope, &below.text).into_iter().next());
            let is_fact = label(name).is_some_and(|label| FACTS.contains(&label));
            is_head && is_fact && first.is_some_and(|first| label(&first).is_some())
        }
        _ => !is_head || cells.iter().skip(1).step_by(2).any(is_number),
    };
    if !is_told {
        return Vec::new();
    }
    let filled = cells.chunks(2).filter(|pair| !pair[0].is_empty());
    filled.map(|pair| pair[0].start..pair[1].end).collect()
}

/// What the first row of a table of facts tells.
const FACTS: [Label; 9] = [
    Label::Title,
    Label::Date,
    Label::Started,
    Label::Detected,
    Label::Resolved,
    Label::Duration,
    Label::Severity,
    Label::Services,
    Label::Cause,
];

/// How many bytes of numbering stand before what a line says. A heading keeps its number.
fn numbering_of(line: &str, kind: LineKind, in_item: bool) -> u32 {
    let mark = match kind {
        LineKind::Text(_) => numbering(line).or_else(|| dotted(line).filter(|_| in_item)),
        LineKind::Item => numbering(line),
        LineKind::Heading(..) | LineKind::Row(..) => None,
    };
    mark.map_or(0, |mark| mark as u32)
}

/// "Second, …": a word counts what the line says.
fn is_counted(scope: &Scope<'_>, line: Range<u32>) -> bool {
    let head = line.start..line.end.min(line.start + LONGEST_ORDINAL);
    let mut leading = scope.mentions(head).take_while(|mention| mention.start == line.start);
    leading.any(|mention| {
        mention.meaning == Meaning::Ordinal
            && scope.text(mention.end..line.end).starts_with([',', '，'])
    })
}

/// A word that counts has so many bytes at most.
const LONGEST_ORDINAL: u32 = 32;

/// A line of a log, a trace or a program that stands among the prose: more than a fifth of it is signs
/// that prose does not use.
fn is_machine(line: &str) -> bool {
    let bytes = line.as_bytes();
    if memchr::memchr3(b'=', b'{', b';', bytes).is_none() && memchr::memchr(b'<', bytes).is_none() {
        return false;
    }
    let (mut signs, mut letters) = (0usize, 0usize);
    for letter in line.chars() {
        match letter {
            '{' | '}' | '=' | ';' | '<' | '>' | '$' | '\\' | '_' | '|' | '&' | '@' | '^' | '"'
            | '“' | '”' | '(' | ')' | '[' | ']' | '/' => signs += 1,
            letter if is_word(letter) => letters += 1,
            _ => {}
        }
    }
    signs >= 6 && signs * 5 > letters + signs
}

/// The label that a line begins with.
fn label(scope: &Scope<'_>, line: &Range<u32>, kind: LineKind) -> Option<Labelled> {
    let text = scope.text(line.clone());
    match kind {
        LineKind::Heading(..) => heading_label(scope, line, text),
        LineKind::Row(_, true) => None,
        LineKind::Row(_, false) => row_label(scope, line, text),
        _ => colon_label(scope, line, text)
            .or_else(|| bold_label(scope, line))
            .or_else(|| dash_label(scope, line, text))
            .or_else(|| leader_label(scope, line, text))
            .or_else(|| digit_label(scope, line, text)),
    }
}

/// `## Date: 3 May`: a heading that is a field, where its label is a known one that asks when, or why and a sentence answers.
fn heading_label(scope: &Scope<'_>, line: &Range<u32>, text: &str) -> Option<Labelled> {
    let label = colon_label(scope, line, text)?;
    let asks_when = matches!(
        label.meaning,
        Some(
            Label::Date
                | Label::Time
                | Label::Started
                | Label::Detected
                | Label::Resolved
                | Label::Duration
        )
    );
    let asks_why =
        label.meaning == Some(Label::Cause) && scope.text(label.value.clone()).ends_with('.');
    (asks_why || asks_when && label.roles.is_empty() && !label.value.is_empty()).then_some(label)
}

/// `Label: value`, the sign bold or not.
fn colon_label(scope: &Scope<'_>, line: &Range<u32>, text: &str) -> Option<Labelled> {
    // The wide colon begins with this byte, as do other wide signs.
    let (at, sign) = memchr::memchr2_iter(b':', 0xef, text.as_bytes()).find_map(|at| {
        let sign = text.get(at..)?.chars().next()?;
        matches!(sign, ':' | '：').then_some((at, sign))
    })?;
    let name = text.get(..at).filter(|name| name.chars().count() < LONGEST_LABEL + 2)?;
    let after = text.get(at + sign.len_utf8()..)?;
    // `10:15` is a time, `http://` an address, `std::fs` code.
    let before_digit = name.ends_with(|letter: char| letter.is_ascii_digit());
    if before_digit && after.trim_start().starts_with(|letter: char| letter.is_ascii_digit())
        || after.starts_with(['/', ':', '\\']) && !after.starts_with(": ")
    {
        return None;
    }
    // `Severity:: SEV2`, as note-taking tools write fields.
    let further = after.len() - after.trim_start_matches(':').len();
    made(scope, line, name, at + sign.len_utf8() + further)
}

/// `**Label** value`.
fn bold_label(scope: &Scope<'_>, line: &Range<u32>) -> Option<Labelled> {
    let strong = scope.strong_at(line.start)?;
    if strong.end >= line.end {
        return None;
    }
    let name = scope.text(line.start..strong.end);
    let rest = scope.text(strong.end..line.end);
    let sign = rest.len() - rest.trim_start_matches([' ', '-', '–', '—', '|', ':']).len();
    made(scope, line, name, name.len() + sign)
}

/// `Label - value`, where the label is a known one.
fn dash_label(scope: &Scope<'_>, line: &Range<u32>, text: &str) -> Option<Labelled> {
    // Few lines hold a dash of any kind; the long ones begin with this byte.
    memchr::memchr2(b'-', 0xe2, text.as_bytes())?;
    let (at, sign) =
        [" - ", " – ", " — ", "- "].into_iter().find_map(|sign| Some((text.find(sign)?, sign)))?;
    let label = made(scope, line, text.get(..at)?, at + sign.len())?;
    (label.meaning.is_some() || !label.roles.is_empty()).then_some(label)
}

/// `Noticed by ...... the night watch`, where the label is a known one.
fn leader_label(scope: &Scope<'_>, line: &Range<u32>, text: &str) -> Option<Labelled> {
    let at = text.find("....")?;
    let value = text.get(at..)?.trim_start_matches('.').trim_start();
    let label = made(scope, line, text.get(..at)?, text.len() - value.len())?;
    (label.meaning.is_some() || !label.roles.is_empty()).then_some(label)
}

/// `Resolved 2023-02-01 10:30`: a known label right before a number.
fn digit_label(scope: &Scope<'_>, line: &Range<u32>, text: &str) -> Option<Labelled> {
    // No letter takes more than four bytes.
    let at = text.bytes().take(LONGEST_LABEL * 4).position(|byte| byte.is_ascii_digit())?;
    let name = text.get(..at).filter(|name| name.chars().count() < LONGEST_LABEL)?;
    // The number of `SEV-1` is a part of the word.
    let word = name.strip_suffix('-').unwrap_or(name);
    if word.ends_with(|before: char| before.is_ascii_alphanumeric()) {
        return None;
    }
    let label = made(scope, line, name.trim_end(), at)?;
    label.meaning.is_some().then_some(label)
}

/// A row of two filled cells whose first is a known label.
fn row_label(scope: &Scope<'_>, line: &Range<u32>, text: &str) -> Option<Labelled> {
    let (name, value) = text.split_once('\t')?;
    let single = value.split('\t').filter(|cell| !cell.trim().is_empty()).count() <= 1;
    let label = made(scope, line, name, name.len() + 1)?;
    (single && (label.meaning.is_some() || !label.roles.is_empty())).then_some(label)
}

/// A label from the name and the place where the value begins.
fn made(scope: &Scope<'_>, line: &Range<u32>, name: &str, value: usize) -> Option<Labelled> {
    let name = name.trim_end();
    let letters = name.chars().filter(|letter| is_word(*letter)).count();
    if letters == 0
        || name.chars().count() > LONGEST_LABEL
        || name.split_whitespace().count() > MOST_WORDS
    {
        return None;
    }
    let name = line.start..line.start + name.len() as u32;
    let mut start = line.start + value as u32;
    let rest = scope.text(start..line.end);
    start += (rest.len() - rest.trim_start_matches([' ', '*', '\t']).len()) as u32;
    let meaning = scope.covering(&name, |meaning| match meaning {
        Meaning::Label(label) => Some(label),
        _ => None,
    });
    let mut roles = Roles::NONE;
    for role in scope.covering_all(&name, |meaning| match meaning {
        Meaning::Heading(role) => Some(role),
        _ => None,
    }) {
        roles.add(role);
    }
    // "Timeline (2 May)" is not by when something is due.
    let meaning = meaning.filter(|_| !roles.has(SectionRole::Timeline));
    Some(Labelled { name, value: start.min(line.end)..line.end, meaning, roles })
}
