//! Markdown events of a prepared text, as authors of postmortems mean them.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, OffsetIter, Options, Parser, Tag, TagEnd};

use crate::parse::markdown::heading;
use crate::parse::numbering::numbering;
use crate::parse::prepare::HAIR_SPACE;

/// The Markdown that documents are read as. Subscript is asked for only to tell `~` from `~~`: in a
/// postmortem `14:00~15:00` is a range.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_GFM
}

/// The events of a prepared text, with their bytes in it.
pub fn events(text: &str) -> Events<'_> {
    Events {
        inner: Parser::new_ext(text, options()).into_offset_iter(),
        text,
        wrapped: false,
        name: 0..0,
    }
}

/// Markdown events as we mean them: a single `~` is itself, and a line break is kept unless the
/// paragraph is prose that was wrapped at a margin.
pub struct Events<'a> {
    inner: OffsetIter<'a>,
    text: &'a str,
    wrapped: bool,
    /// Where the name of the last heading stands.
    name: Range<usize>,
}

impl<'a> Events<'a> {
    /// A heading with the name that its author gives it.
    fn heading(&mut self, mut tag: Tag<'a>, range: &Range<usize>) -> Event<'a> {
        let found = heading::name(self.text.get(range.clone()).unwrap_or_default());
        if let (Tag::Heading { id, .. }, Some((place, name))) = (&mut tag, found) {
            *id = Some(CowStr::Borrowed(name));
            self.name = range.start + place.start..range.start + place.end;
        }
        Event::Start(tag)
    }

    /// What an event of text says beside the name of a heading.
    fn unnamed(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if range.start >= self.name.end || range.end <= self.name.start {
            return Some(range.clone());
        }
        let kept = self.text.get(range.start..self.name.start)?.trim_end();
        (!kept.is_empty()).then(|| range.start..range.start + kept.len())
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.inner.next()?;
        if matches!(event, Event::Text(_)) {
            let kept = self.unnamed(&range);
            if kept.as_ref() != Some(&range) {
                let kept = kept.unwrap_or(range.start..range.start);
                let text = self.text.get(kept.clone()).unwrap_or_default();
                return Some((Event::Text(CowStr::Borrowed(text)), kept));
            }
        }
        let event = match event {
            Event::Start(tag @ Tag::Heading { .. }) => self.heading(tag, &range),
            Event::Start(Tag::Subscript) | Event::End(TagEnd::Subscript) => {
                Event::Text(CowStr::Borrowed("~"))
            }
            Event::Start(Tag::Paragraph | Tag::Item) => {
                self.wrapped = is_wrapped(self.text.get(range.clone()).unwrap_or_default());
                event
            }
            Event::SoftBreak if !self.wrapped => Event::HardBreak,
            Event::Text(text) if text.contains(HAIR_SPACE) => {
                Event::Text(CowStr::from(text.replace(HAIR_SPACE, "")))
            }
            event => event,
        };
        Some((event, range))
    }
}

/// Whether a paragraph is wrapped shows in so many lines.
const LOOKED_AT: usize = 12;

/// Prose wrapped at a margin has lines of much the same width, and none begins like an entry of a list.
fn is_wrapped(paragraph: &str) -> bool {
    let breaks_itself = has_break_within(paragraph);
    let begins_with_clock = |line: &&str| {
        let after = line.trim_start().trim_start_matches(|digit: char| digit.is_ascii_digit());
        after.len() < line.trim_start().len()
            && after
                .strip_prefix(':')
                .is_some_and(|rest| rest.starts_with(|d: char| d.is_ascii_digit()))
    };
    if !breaks_itself
        && paragraph.lines().take(LOOKED_AT).filter(begins_with_clock).nth(1).is_some()
    {
        return false;
    }
    let (mut narrowest, mut ended, mut begun, mut entries) = (usize::MAX, 0usize, 0usize, 0usize);
    let mut lines = paragraph.lines().map(str::trim).take_while(|line| !line.is_empty()).peekable();
    let mut count = 0;
    while let Some(line) = lines.next() {
        count += 1;
        entries += usize::from(count > 1 && begins_entry(line));
        if let Some(next) = lines.peek() {
            ended += usize::from(line.ends_with(['.', '!', '?', ':', ';', '。']));
            begun += usize::from(next.starts_with(char::is_uppercase));
            let width: usize =
                line.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
            narrowest = narrowest.min(width);
            if width > 140 {
                return false;
            }
        }
        if count == LOOKED_AT {
            break;
        }
    }
    // Lines that each end like a sentence, or each begin like one or like an entry, are lines of their own; a
    // single line may begin with a number by chance.
    let prose = ended * 3 < count && begun * 2 < count && entries * 2 < count;
    count > 1 && narrowest >= 50 && (breaks_itself || prose)
}

/// `10:05 …`, `- …`, `Status: …`, `**Status:** …`: what a line of a list begins with.
fn begins_entry(line: &str) -> bool {
    let bare = line.trim_start_matches("**");
    let is_label = |(at, letter): (usize, char)| {
        letter == ':' && bare.get(at + 1..).is_some_and(|rest| rest.starts_with([' ', '*']))
    };
    bare.starts_with(|letter: char| letter.is_ascii_digit())
        || bare.starts_with(['-', '*', '[', '|', '#'])
        || numbering(line).is_some()
        || bare.char_indices().take(32).any(is_label)
}

/// Whether an author sets `<br>` within lines: where the lines themselves end means nothing then.
fn has_break_within(paragraph: &str) -> bool {
    paragraph.match_indices("<br").any(|(at, tag)| {
        let rest = paragraph.get(at + tag.len()..).unwrap_or_default();
        let behind = rest.trim_start_matches([' ', '/']).strip_prefix('>').unwrap_or("\n");
        behind.trim_start_matches([' ', '\t', '\r']).starts_with(|next| next != '\n')
    })
}

/// The visible text of a line of Markdown, such as a title in front matter.
pub fn plain_text(markup: &str) -> String {
    let mut text = String::new();
    for (event, _) in events(markup) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
