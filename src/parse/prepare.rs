//! Puts a messy text in order, as edits, so that a Markdown parser reads what a person sees: conflict
//! markers, headings without a space, bullets of other kinds, a report inside a code fence, plain text.

use std::borrow::Cow;
use std::ops::Range;

use crate::base::source::Source;
use crate::diag::Diagnostic;
use crate::parse::bullet::{dotted_date, is_bullet, is_item, odd_bullet, run_on, wide_mark};
use crate::parse::front_matter::FrontMatter;
use crate::parse::indent::{CODE, Margin};
use crate::parse::lines::{Line, lines};
use crate::parse::markdown::DEEPEST;
use crate::parse::numbering::Nesting;
use crate::parse::remark::Remark;
use crate::parse::{conflict, fenced, generator, indent, marked, plain, rst};

/// The text that is parsed, and where its bytes stand in the source.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Markdown.
    pub text: String,
    /// (prepared, source), ascending: from there on both run in step.
    anchors: Vec<(u32, u32)>,
    /// Headings were guessed from the shape of plain text.
    pub guessed: bool,
}

impl Prepared {
    /// The source byte of a prepared byte; of one that an edit put there the first that it took out.
    pub fn source_of(&self, at: u32) -> u32 {
        match self.place(at) {
            Place::Kept(source) => source,
            Place::Edited(source, _) => source,
        }
    }

    fn place(&self, at: u32) -> Place {
        let after = self.anchors.partition_point(|&(prepared, _)| prepared <= at);
        let Some(&(prepared, source)) =
            after.checked_sub(1).and_then(|index| self.anchors.get(index))
        else {
            return Place::Kept(0);
        };
        // After the first, anchors come in pairs: where an edit begins and where it ends.
        match self.anchors.get(after) {
            Some(&(_, end)) if after % 2 == 0 => Place::Edited(source, end),
            _ => Place::Kept(source + (at - prepared)),
        }
    }

    /// The prepared range of a source range.
    pub fn range_of(&self, source: Range<u32>) -> Range<usize> {
        let start = self.prepared_of(source.start) as usize;
        let end = match source.end.checked_sub(1) {
            Some(last) if source.end > source.start => self.prepared_of(last) as usize + 1,
            _ => start,
        };
        start..end.max(start)
    }

    /// The prepared byte of a source byte; of one that an edit took out, the byte where it would stand.
    fn prepared_of(&self, at: u32) -> u32 {
        let after = self.anchors.partition_point(|&(_, source)| source <= at);
        let Some(&(prepared, source)) =
            after.checked_sub(1).and_then(|index| self.anchors.get(index))
        else {
            return 0;
        };
        let limit = self.anchors.get(after).map_or(self.text.len() as u32, |&(next, _)| next);
        (prepared + (at - source)).min(limit)
    }

    /// Whether a prepared range stands in the source byte for byte: no edit lies within it.
    pub fn is_kept(&self, range: &Range<usize>) -> bool {
        let before =
            |at: usize| self.anchors.partition_point(|&(prepared, _)| prepared as usize <= at);
        range.is_empty()
            || matches!(self.place(range.start as u32), Place::Kept(_))
                && before(range.start) == before(range.end - 1)
    }

    /// A prepared range, cut where edits begin and end.
    pub fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let first = self.anchors.partition_point(|&(at, _)| at as usize <= range.start);
        let cuts = self.anchors[first..].iter().map(|&(prepared, _)| prepared as usize);
        let within = cuts.take_while(move |&at| at < range.end);
        let ends = within.chain(std::iter::once(range.end));
        ends.scan(range.start, |start, end| Some(std::mem::replace(start, end)..end))
            .filter(|piece| !piece.is_empty())
    }

    /// The source range of a prepared range.
    pub fn source(&self, range: Range<usize>) -> Range<u32> {
        let start = self.source_of(range.start as u32);
        // The end of a range is the byte after its last one, which an edit may have moved.
        let end = match range.end.checked_sub(1) {
            Some(last) if range.end > range.start => match self.place(last as u32) {
                Place::Kept(source) => source + 1,
                Place::Edited(_, end) => end,
            },
            _ => start,
        };
        start..end.max(start)
    }
}

/// Where a prepared byte comes from.
enum Place {
    /// From this byte of the source.
    Kept(u32),
    /// From an edit of these bytes, which stands for all of them.
    Edited(u32, u32),
}

/// A replacement of some bytes of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// What is replaced; empty to insert.
    pub(super) range: Range<usize>,
    /// By what.
    pub(super) with: Cow<'static, str>,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, with: impl Into<Cow<'static, str>>) -> Self {
        Self { range, with: with.into() }
    }

    pub(super) fn insert(at: usize, with: impl Into<Cow<'static, str>>) -> Self {
        Self::new(at..at, with)
    }
}

/// The text of a source, put in order.
pub fn prepare(
    source: &Source,
    front: Option<&FrontMatter>,
    remarks: &[Remark],
    findings: &mut Vec<Diagnostic>,
) -> Prepared {
    let text = &*source.text;
    let body = front.map_or(0, |front| front.span.end as usize);
    let mut edits: Vec<Edit> = Vec::new();
    if body > 0 {
        edits.push(Edit::new(0..body, ""));
    }
    let dropped = conflict::dropped(source, findings);
    let is_dropped = |range: &Range<usize>| {
        let after = dropped.partition_point(|gone| gone.start <= range.start);
        after.checked_sub(1).is_some_and(|index| range.start < dropped[index].end)
    };
    let mut lines = lines(text, body);
    lines.retain(|line| !is_dropped(&line.range));
    // A remark alone on its line takes the line with it.
    let is_remark = |line: &Line| {
        let after =
            remarks.partition_point(|remark| (remark.range.start as usize) < line.range.start);
        remarks.get(after).is_some_and(|remark| {
            remark.alone && line.range.contains(&(remark.range.start as usize))
        })
    };
    lines.retain(|line| !is_remark(line));
    edits.extend(
        remarks
            .iter()
            .map(|remark| Edit::new(remark.range.start as usize..remark.range.end as usize, "")),
    );
    edits.extend(dropped.iter().map(|gone| Edit::new(gone.clone(), "\n")));
    edits.extend(
        lines.iter().filter_map(|line| line.closes.map(|(at, with)| Edit::insert(at, with))),
    );
    let is_rst = source.path.extension() == "rst";
    if !is_rst {
        generator::edits(text, &mut lines, &mut edits);
    }
    if fenced::report(text, &mut lines, &mut edits) {
        lines.retain(|line| !line.range.is_empty());
    }
    fenced::parts(text, &mut lines, &mut edits);
    let guessed = !is_rst && !is_markdown(text, &lines);
    if is_rst {
        rst::edits(text, &lines, &mut edits);
    } else if guessed {
        plain::edits(text, &lines, &mut edits);
    } else {
        indent::tell_apart(text, &mut lines);
        tidy(text, &lines, &mut edits);
    }
    apply(text, edits, guessed)
}

/// Carries out the edits, the earlier ones first; of two that overlap the first counts.
fn apply(text: &str, mut edits: Vec<Edit>, guessed: bool) -> Prepared {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len() + edits.len() * 2);
    let mut anchors = vec![(0, 0)];
    let mut at = 0;
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        out.push_str(text.get(at..edit.range.start).unwrap_or_default());
        anchors.push((out.len() as u32, edit.range.start as u32));
        out.push_str(&edit.with);
        anchors.push((out.len() as u32, edit.range.end as u32));
        at = edit.range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Prepared { text: out, anchors, guessed }
}

/// Whether a text uses Markdown: a heading, a bold word, a fence, a table, a link or a quote.
fn is_markdown(text: &str, lines: &[Line]) -> bool {
    let prose =
        || lines.iter().filter(|line| !line.code).filter_map(|line| text.get(line.range.clone()));
    lines.iter().any(|line| line.code)
        || text.contains("**")
        || text.contains("](")
        || prose().any(|line| {
            let line = line.trim_start();
            heading_mark(line).is_some()
                || line.starts_with('|')
                || line.starts_with("> ")
                || line.starts_with("- [ ] ")
                || line.starts_with('<') && line.trim_end().ends_with('>')
        })
}

/// The `#` marks of a heading, with or without the space that Markdown wants after them.
pub(super) fn heading_mark(line: &str) -> Option<usize> {
    let marks = line.bytes().take_while(|&byte| byte == b'#').count();
    if !(1..=6).contains(&marks) {
        return None;
    }
    let rest = line.get(marks..)?;
    let first = rest.chars().next()?;
    let is_title = first == ' ' || first == '*' || first.is_alphabetic() || !first.is_ascii();
    // Several words that begin so are tags.
    let tags = marks == 1
        && first != ' '
        && line.split(' ').filter(|word| word.starts_with('#')).count() > 1;
    (is_title && !tags).then_some(marks)
}

/// Small slips of Markdown, line by line.
fn tidy(text: &str, lines: &[Line], edits: &mut Vec<Edit>) {
    let prose = lines.iter().filter(|line| !line.code);
    let marks = marked::marks(prose.map(|line| line.of(text)));
    let mut margin = Margin::default();
    let mut nesting = Nesting::default();
    for line in lines {
        let words = line.of(text);
        let body = words.trim_start();
        if line.code || body.is_empty() {
            continue;
        }
        let start = line.range.end - body.len();
        let depth = margin.depth_of(words, line.habit);
        let indent = if margin.is_set() { depth } else { words.len() - body.len() };
        if margin.is_set() {
            edits.push(Edit::new(line.range.start..start, " ".repeat(depth)));
        }
        let more = nesting.wants(indent, body, is_item(body));
        if more > 0 {
            edits.push(Edit::insert(line.range.start, " ".repeat(more)));
        }
        if let Some(deep) = deep_quotes(body) {
            edits.push(Edit::new(start + deep.start..start + deep.end, ""));
        }
        if let Some(dot) = dotted_date(body) {
            edits.push(Edit::insert(start + dot, "\\"));
        }
        if depth < CODE
            && let Some(marks) = heading_mark(body)
            && !body.get(marks..).unwrap_or_default().starts_with(' ')
        {
            edits.push(Edit::insert(start + marks, " "));
        } else if let Some(mark) = marked::mark(words, &marks) {
            edits.push(Edit::new(start..start + mark, "### "));
        } else if let Some((mark, with)) = slip_of_bullet(body) {
            edits.push(Edit::new(start + mark.start..start + mark.end, with));
        } else if let Some(mark) = odd_bullet(body) {
            edits.push(Edit::new(start..start + mark, "- "));
            edits.extend(run_on(body).into_iter().map(|further| {
                let line = format!("\n{}- ", " ".repeat(indent + more));
                Edit::new(start + further.start..start + further.end, line)
            }));
        }
        if words.contains("**") {
            loosen_bold(words, line.range.start, edits);
        }
    }
}

/// A bullet that Markdown would not take for one, or for one of another list, and what it should be.
fn slip_of_bullet(body: &str) -> Option<(Range<usize>, &'static str)> {
    if body.starts_with(BOLD_BULLET) {
        return Some((0..BOLD_BULLET.len(), "- **"));
    }
    wide_mark(body).map(|wide| (wide, " ")).or_else(|| is_bullet(body).then_some((0..1, "-")))
}

/// `**- a**`: the bullet within the bold words that it stands before.
const BOLD_BULLET: &str = "**- ";

/// `>>> a`: the marks beyond the deepest quote that a person could follow. To Markdown each is a part of its own, with what it takes to keep.
fn deep_quotes(body: &str) -> Option<Range<usize>> {
    if !body.starts_with('>') {
        return None;
    }
    let end = body.find(|letter| !matches!(letter, '>' | ' ')).unwrap_or(body.len());
    let (first, _) = body.get(..end)?.match_indices('>').nth(DEEPEST)?;
    Some(first..end)
}

/// `**"데드락"**이`: a bold end between a mark and a letter is none to Markdown. A hair space after it
/// makes it one; the visible text leaves it out.
fn loosen_bold(words: &str, start: usize, edits: &mut Vec<Edit>) {
    let mut opened = false;
    for (at, _) in words.match_indices("**") {
        let before = words.get(..at).and_then(|text| text.chars().next_back());
        let after = words.get(at + 2..).and_then(|text| text.chars().next());
        if opened
            && before.is_some_and(|letter| !letter.is_alphanumeric() && !letter.is_whitespace())
            && after.is_some_and(|letter| letter.is_alphanumeric() && !letter.is_ascii())
        {
            edits.push(Edit::insert(start + at + 2, HAIR_SPACE));
        }
        opened = !opened;
    }
}

/// Inserted where Markdown needs a space that nobody wrote.
pub(super) const HAIR_SPACE: &str = "\u{200a}";
