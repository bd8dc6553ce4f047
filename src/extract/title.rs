//! The title: a heading or first line that names this incident, without "Postmortem:" and its kind.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::{LONGEST_TITLE, Scope};
use crate::extract::time::{Habits, TimeMention, scan};
use crate::extract::timeline::updates::{posted, tells_state};
use crate::model::fact::{Fact, RuleId};
use crate::vocab::meaning::{Boilerplate, Event, Label, Meaning, SectionRole};
use crate::vocab::pattern::{is_hangul, is_letter};
use crate::vocab::{Mention, Vocabulary};

/// Titles stand near the top.
const FIRST_LINES: usize = 14;

/// All lines that could be the title.
pub(super) fn titles(scope: &Scope<'_>) -> Vec<Fact<String>> {
    let mut found = Vec::new();
    let (mut headings, mut sections) = (0, 0);
    for (index, line) in scope.lines.iter().enumerate().take(FIRST_LINES * 3) {
        let near = index < FIRST_LINES;
        if let Some(label) = &line.label
            && label.meaning == Some(Label::Title)
            && near
            && !label.value.is_empty()
        {
            push(scope, label.value.clone(), RuleId("title/label"), 0.85, &mut found);
        }
        let text = line.text.clone();
        match line.kind {
            LineKind::Heading(level, guessed) => {
                if is_section(scope, index) {
                    sections += 1;
                } else if !tells_state(scope, index) {
                    let certainty = match (headings, guessed) {
                        (0, false) => 0.95,
                        (0, true) if index == 0 => 0.9,
                        // What stands among the parts of a report is another one.
                        _ if sections >= PARTS => FAR,
                        // In plain text the name of a part looks the same as a title.
                        (_, true) if near => 0.68 - headings as f32 * 0.02,
                        _ if level <= 2 && near => 0.8 - headings as f32 * 0.02,
                        _ if near => 0.4 - headings as f32 * 0.01,
                        _ => FAR,
                    };
                    let certainty = match is_number(scope.text(text.clone())) {
                        true => certainty.min(NUMBER),
                        false => certainty,
                    };
                    push(scope, text, RuleId("title/heading"), certainty.max(0.1), &mut found);
                }
                headings += 1;
            }
            LineKind::Text(true) if near && headings <= 1 => {
                if let Some(certainty) = first_line(scope, index) {
                    push(scope, text, RuleId("title/first-line"), certainty, &mut found);
                }
            }
            _ => {}
        }
    }
    // Only where nothing better is there: it looks at the lines once more.
    if !found.iter().any(|fact| fact.certainty > SENTENCE) {
        stand_ins(scope, &mut found);
    }
    found
}

/// The sentence that tells what happened, and a heading that says at least of which day the report is.
fn stand_ins(scope: &Scope<'_>, found: &mut Vec<Fact<String>>) {
    let sentence = told(scope);
    // "Incident report, 5 March": which one it is says more than why it was, and less than what happened.
    let tells_cause = |sentence: &Range<u32>| {
        let line = &scope.lines[scope.line_at(sentence.start)];
        let by_label = line.label.as_ref().is_some_and(|label| label.roles.any(&REASONS));
        by_label || line.roles.any(&REASONS)
    };
    if let Some(heading) = dated(scope) {
        let is_better = sentence.as_ref().is_none_or(tells_cause);
        let certainty = if is_better { SENTENCE + 0.01 } else { SENTENCE - 0.01 };
        add(scope, heading, RuleId("title/heading"), certainty, found);
    }
    if let Some(sentence) = sentence {
        push(scope, sentence, RuleId("title/sentence"), SENTENCE, found);
    }
}

/// Parts that tell why it was or what was done, and not what happened.
const REASONS: [SectionRole; 4] =
    [SectionRole::Cause, SectionRole::Trigger, SectionRole::Response, SectionRole::Resolution];

/// The first heading, or the first line of a text without any, that names a kind of report and its day.
fn dated(scope: &Scope<'_>) -> Option<Range<u32>> {
    let is_heading = |line: &&Line| matches!(line.kind, LineKind::Heading(..));
    let first = scope.lines.iter().take(FIRST_LINES).find(is_heading).or(scope.lines.first())?;
    let text = scope.line_text(first);
    let mut times = scope.times(first.text.clone()).iter();
    let names_day = times.any(|time| time.first().is_some_and(|stamp| stamp.date.is_some()));
    let is_kind = scope
        .mentions(first.text.clone())
        .any(|said| said.meaning == Meaning::Boilerplate(Boilerplate::Document));
    let is_short = text.chars().count() <= LONGEST_TITLE
        && first.label.as_ref().is_none_or(|it| it.meaning.is_none_or(|it| it == Label::Title));
    (names_day && is_kind && is_short && clean(text, scope.vocab).is_empty())
        .then(|| first.text.clone())
}

/// Behind so many parts of a report no title follows.
const PARTS: usize = 3;
/// How sure a heading is far down, where it names a part of the report: less than the sentence that tells what happened.
const FAR: f32 = 0.1;
/// How sure a heading is that is nothing but a number: less than what says something near the top.
const NUMBER: f32 = 0.3;
/// How sure that sentence is, where nothing is written like a title.
const SENTENCE: f32 = 0.15;
/// So many lines of a text tell what happened.
const MOST_LINES: usize = 80;
/// A shorter sentence tells nothing.
const SHORTEST: usize = 20;
/// A longer one ends at a comma that stands at least so far in, both in letters.
const LONG: usize = 90;
const LEAST: usize = 40;

/// `PM-2024-007`: what others call the incident by, and nothing that it was.
fn is_number(title: &str) -> bool {
    title.split_whitespace().count() == 1
        && title.contains(['-', '#'])
        && title.ends_with(|letter: char| letter.is_ascii_digit())
}

/// Labels whose values tell what happened.
const TELLING: [SectionRole; 3] = [SectionRole::Impact, SectionRole::Summary, SectionRole::Cause];

/// The sentence that tells what happened: the first one that says that something began to fail, else the first.
fn told(scope: &Scope<'_>) -> Option<Range<u32>> {
    let lines = scope.lines.iter().enumerate().take(MOST_LINES);
    let pieces = lines.filter_map(|(index, line)| {
        let is_aside = line.roles.any(&[
            SectionRole::Timeline,
            SectionRole::Actions,
            SectionRole::Lessons,
            SectionRole::Appendix,
        ]);
        // "Duration: 2 hours" tells nothing; "Impact: nobody could pay" does.
        let value = match &line.label {
            None => line.text.clone(),
            Some(label) if label.roles.any(&TELLING) => label.value.clone(),
            Some(_) => return None,
        };
        // An entry of a timeline tells one moment of it.
        let times = scope.times(line.text.clone());
        let is_entry = times.first().is_some_and(|time| {
            time.start < line.text.start + 3
                && time.first().is_some_and(|stamp| stamp.clock.is_some())
        });
        let is_row = is_entry || matches!(line.kind, LineKind::Row(..));
        // "Problem: logins fail": so short a value tells it where it is asked for.
        let is_asked = line.label.as_ref().is_some_and(|it| it.roles.has(SectionRole::Summary));
        let least = if is_asked { SHORTEST / 2 } else { SHORTEST };
        (!is_aside && !is_row && !is_section(scope, index)).then_some((value, least))
    });
    let sentences: Vec<Range<u32>> = pieces
        .filter_map(|(piece, least)| {
            let first = scope.sentence_at(piece.start);
            let range = piece.start..first.end.min(piece.end);
            let long = scope.text(range.clone()).chars().count() >= least;
            long.then_some(range)
        })
        .collect();
    let fails = |range: &Range<u32>| Some((range.clone(), failure(scope, range)?));
    let first = || scope.sentences.iter().map(|(range, _)| range);
    let any = || first().find(|range| scope.text((*range).clone()).chars().count() >= SHORTEST);
    if let Some((sentence, failure)) = sentences.iter().find_map(fails) {
        return Some(clause(scope, &sentence, failure));
    }
    let sentence = sentences.first().or_else(any)?;
    Some(clause(scope, sentence, sentence.start))
}

/// Where the words end that say that something began to fail.
fn failure(scope: &Scope<'_>, sentence: &Range<u32>) -> Option<u32> {
    let mut mentions = scope.mentions(sentence.clone());
    let begins = mentions.find(|mention| mention.meaning == Meaning::Event(Event::Starts))?;
    (!scope.text(sentence.clone()).ends_with('?')).then_some(begins.end)
}

/// A sentence without its full stop; a long one up to a comma behind the words that it is chosen for.
fn clause(scope: &Scope<'_>, sentence: &Range<u32>, behind: u32) -> Range<u32> {
    let text = scope.text(sentence.clone());
    let mut letters = text.char_indices().enumerate();
    let ends = |&(count, (at, letter)): &(usize, (usize, char))| {
        count >= LEAST && sentence.start + at as u32 >= behind && matches!(letter, ',' | ';')
    };
    let is_long = text.chars().count() > LONG;
    let end = letters.find(ends).filter(|_| is_long).map_or(text.len(), |(_, (at, _))| at);
    let kept = text.get(..end).unwrap_or(text).trim_end_matches('.');
    sentence.start..sentence.start + kept.len() as u32
}

/// How surely the first line of a paragraph is a title: short, one sentence, no label and no time.
fn first_line(scope: &Scope<'_>, index: usize) -> Option<f32> {
    let line = &scope.lines[index];
    let text = scope.line_text(line);
    let times = scope.times(line.text.clone());
    let timed = times.first().is_some_and(|time| time.start < line.text.start + 3)
        || posted(scope, line).is_some();
    let short = text.chars().count() <= LONGEST_TITLE && scope.sentences_of(index).len() <= 1;
    let label = line.label.as_ref();
    // "Incident analysis report: X" at the very top is no part of it.
    let is_document = |said: &Mention| said.meaning == Meaning::Boilerplate(Boilerplate::Document);
    let names_report = |name: &Range<u32>| scope.mentions(name.clone()).any(is_document);
    let labelled = label.is_some_and(|label| {
        (label.meaning.is_some() || !label.roles.is_empty())
            && (index > 0 || !names_report(&label.name))
    });
    // A bold line at the very top opens the whole text.
    let opens = line.opens && index > 0;
    let is_part = line.item.is_some() || line.quoted || opens || is_section(scope, index);
    if timed || !short || labelled || is_part {
        return None;
    }
    let ends = text.ends_with(['.', ':', ',']);
    // A full stop ends prose: a long sentence anywhere, a short one below a heading.
    let prose = ends && (text.split_whitespace().count() > 7 || scope.lines[0].opens && index > 0);
    let certainty = match scope.strong_at(line.text.start) {
        Some(_) => 0.7,
        None if prose => return Some(PROSE),
        None => 0.6,
    };
    Some(if index == 0 { certainty + 0.1 } else { certainty })
}

/// How sure a sentence of prose is as a title: less than anything that looks like one.
const PROSE: f32 = 0.12;

/// A heading that only says which part of a report begins.
fn is_section(scope: &Scope<'_>, index: usize) -> bool {
    let line = &scope.lines[index];
    if scope.title_line == Some(index as u32) {
        return false;
    }
    !scope
        .covering_all(&line.text, |meaning| match meaning {
            Meaning::Heading(_) | Meaning::Label(_) => Some(()),
            _ => None,
        })
        .is_empty()
}

fn push(
    scope: &Scope<'_>,
    range: Range<u32>,
    rule: RuleId,
    certainty: f32,
    found: &mut Vec<Fact<String>>,
) {
    let range = range.start + number_given(scope, &range)..range.end;
    let text = scope.text(range.clone());
    let kept = clean(text, scope.vocab);
    if kept.is_empty() {
        return;
    }
    let place = range.start + kept.start as u32..range.start + kept.end as u32;
    add(scope, place, rule, certainty, found);
}

/// Adds a title as it stands there.
fn add(
    scope: &Scope<'_>,
    place: Range<u32>,
    rule: RuleId,
    certainty: f32,
    found: &mut Vec<Fact<String>>,
) {
    let title: String = scope.text(place.clone()).chars().take(LONGEST_TITLE * 2).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    found.push(Fact::new(title, scope.span(place), rule, certainty));
}

/// Keys by which front matter gives a report its number.
const NUMBERS: [&str; 6] = ["id", "number", "ticket", "incident", "key", "slug"];

/// `KB-053: X` where front matter says `id: KB-053`: how long the number is that is told beside the title already.
fn number_given(scope: &Scope<'_>, title: &Range<u32>) -> u32 {
    let text = scope.text(title.clone());
    let Some((head, _)) = text.split_once(':') else { return 0 };
    let is_number =
        |value: &str| value == head && value.contains(|sign: char| sign.is_ascii_digit());
    let entries = scope.document.front.iter().flat_map(|front| &front.entries);
    let mut numbers = entries.filter(|entry| NUMBERS.contains(&entry.key.as_str()));
    let is_given = numbers.any(|entry| entry.value.text().is_some_and(|value| is_number(&value)));
    if is_given { head.len() as u32 + 1 } else { 0 }
}

/// A title as it may stand alone: without signs at either end and without a first part that is not the
/// incident's name, as in `[Postmortem] X`, `System failure report: X`, `Incident on 2024-05-01 - X`.
/// Empty where nothing is left that names this incident.
pub(super) fn clean(title: &str, vocab: &Vocabulary) -> Range<usize> {
    // No more is shown of it, and every part of it is compared with every other.
    let end = title.char_indices().nth(LONGEST_TITLE * 2).map_or(title.len(), |(at, _)| at);
    let title = title.get(..end).unwrap_or_default();
    // 장 애 보 고 서: a heading whose letters stand apart is read as the word that they make.
    if is_spaced(title) {
        let word: String = title.split_whitespace().collect();
        let kept = clean(&word, vocab);
        return if kept.is_empty() { end..end } else { 0..end };
    }
    let mut mentions = vocab.find(title);
    mentions
        .retain(|mention| matches!(mention.meaning, Meaning::Boilerplate(_) | Meaning::Severity));
    let words =
        Words { text: title, mentions, times: scan(title, &vocab.clock, Habits::default()) };
    let mut range = words.trim(0..title.len());
    range.start += words.number(&range);
    while let Some(cut) = words.head(&range) {
        range = words.trim(cut..range.end);
    }
    if words.say_nothing(&range) { range.end..range.end } else { range }
}

/// Whether a title is nothing but syllables of Hangul with blanks between.
fn is_spaced(title: &str) -> bool {
    let mut words = title.split_whitespace();
    let is_syllable = |word: &str| word.chars().count() == 1 && word.chars().all(is_hangul);
    words.clone().nth(1).is_some() && words.all(is_syllable)
}

/// A part that names the kind of document has so many words at most.
const MOST_WORDS: usize = 4;

/// A title with the times in it and the phrases that could stand over any postmortem.
struct Words<'a> {
    text: &'a str,
    mentions: Vec<Mention>,
    times: Vec<TimeMention>,
}

impl Words<'_> {
    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// How long the number is that puts a heading in order: `1. `, `2) `.
    fn number(&self, range: &Range<usize>) -> usize {
        let text = self.slice(range);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = text.get(digits..).unwrap_or_default();
        let body = [". ", ") ", " · "].iter().find_map(|sign| rest.strip_prefix(sign));
        let body = body.filter(|_| (1..=2).contains(&digits));
        let body = body.map(str::trim_start).filter(|body| body.starts_with(char::is_alphabetic));
        body.filter(|_| !self.in_time(range.start)).map_or(0, |body| text.len() - body.len())
    }

    /// Where the title goes on after a first part that is not its name.
    fn head(&self, range: &Range<usize>) -> Option<usize> {
        let text = self.slice(range);
        let mut quote = None;
        for (at, letter) in text.char_indices() {
            let after = at + letter.len_utf8();
            let rest = text.get(after..)?;
            // What stands between quotes is one name.
            quote = match quote {
                Some(close) => Some(close).filter(|&close| close != letter),
                None => closing(letter).filter(|&close| rest.contains(close)),
            };
            if quote.is_some() {
                continue;
            }
            let spaced = text.get(..at)?.ends_with(' ') && rest.starts_with(' ');
            let parts = match letter {
                // `2024-05-01, disk full`: the day on which it was.
                ',' => {
                    let head = range.start..range.start + at;
                    self.in_time(head.start) && !self.in_time(head.end) && !self.has_words(&head)
                }
                // That of `16:30` parts nothing.
                ':' => {
                    !self.in_time(range.start + at)
                        || !rest.starts_with(|next: char| next.is_ascii_digit())
                }
                '：' | '|' | '—' | '–' | ']' | '】' | ')' => true,
                '-' | '/' => spaced,
                _ => false,
            };
            if !parts || !rest.chars().any(char::is_alphanumeric) {
                continue;
            }
            let head = range.start..range.start + at;
            // `2024-05-01: X` is how some name their incidents; the date belongs to it.
            let sets_off = matches!(letter, ':' | '：' | '-' | '–' | '—');
            let is_date = sets_off && !self.has_words(&head) && self.in_time(range.start);
            let is_tag = matches!(letter, ']' | '】') && self.is_level(&head);
            let rest = range.start + after..range.end;
            let goes_on = || !self.say_nothing(&rest) && !self.only_counts(&rest);
            let is_kind = self.say_nothing(&head) || self.name_a_document(&head) && goes_on();
            if !is_date && !self.is_numbered(&head) && (is_tag || is_kind) {
                return Some(range.start + after);
            }
        }
        // `Post-mortem 2023-07-16 Disk errors`: nothing but boilerplate up to a date.
        let time = self.times.iter().find(|time| time.start as usize >= range.start)?;
        let head = range.start..time.end as usize;
        let rest = self.slice(&(head.end..range.end));
        // "the October outage of X": the day belongs to the phrase.
        let next = head.end + rest.len() - rest.trim_start().len();
        let goes_on = rest.trim_start().starts_with(char::is_alphabetic)
            && rest.split_whitespace().count() >= 2
            && !self.is_boilerplate(next);
        let is_day = time.first().is_some_and(|stamp| stamp.date.is_some());
        (is_day && goes_on && self.has_words(&head) && self.say_nothing(&head)).then_some(head.end)
    }

    /// `Issue #12`, `INCIDENT-004`: what others call this incident by. A bare number only puts files in order.
    fn is_numbered(&self, head: &Range<usize>) -> bool {
        let is_level = |at: usize| {
            self.mentions.iter().any(|mention| {
                mention.meaning == Meaning::Severity
                    && (mention.start as usize..mention.end as usize).contains(&at)
            })
        };
        let letters = self.slice(head).char_indices();
        let mut pairs = letters.clone().zip(letters.skip(1));
        self.has_words(head)
            && pairs.any(|((_, sign), (at, next))| {
                let at = head.start + at;
                matches!(sign, '#' | '-')
                    && next.is_ascii_digit()
                    && !self.in_time(at)
                    && !is_level(at)
            })
    }

    /// "Part 2", "Era 8,219": which of several it is, and no name.
    fn only_counts(&self, range: &Range<usize>) -> bool {
        let says = |word: &&str| word.contains(char::is_alphabetic);
        let (words, numbers): (Vec<&str>, Vec<&str>) =
            self.slice(range).split_whitespace().partition(says);
        words.len() == 1
            && numbers.iter().any(|word| word.contains(|sign: char| sign.is_ascii_digit()))
    }

    fn name_a_document(&self, head: &Range<usize>) -> bool {
        self.slice(head).split_whitespace().count() <= MOST_WORDS
            && self.mentions.iter().any(|mention| {
                mention.meaning == Meaning::Boilerplate(Boilerplate::Document)
                    && inside(mention, head)
            })
    }

    /// Nothing but a level of severity.
    fn is_level(&self, head: &Range<usize>) -> bool {
        let mut letters =
            self.slice(head).char_indices().filter(|(_, letter)| letter.is_alphanumeric());
        letters.all(|(at, _)| {
            self.mentions.iter().any(|mention| {
                mention.meaning == Meaning::Severity
                    && (mention.start as usize..mention.end as usize).contains(&(head.start + at))
            })
        })
    }

    /// Every word could stand over any postmortem.
    fn say_nothing(&self, range: &Range<usize>) -> bool {
        let known = |at: usize| self.is_boilerplate(at) || self.in_time(at);
        // One letter is a list mark or a drive, not a name.
        let letters = self.slice(range).char_indices().filter(|(_, letter)| is_letter(*letter));
        letters.clone().nth(1).is_none() || letters.clone().all(|(at, _)| known(range.start + at))
    }

    fn is_boilerplate(&self, at: usize) -> bool {
        self.mentions.iter().any(|mention| {
            matches!(mention.meaning, Meaning::Boilerplate(_))
                && (mention.start as usize..mention.end as usize).contains(&at)
        })
    }

    /// Letters outside dates.
    fn has_words(&self, range: &Range<usize>) -> bool {
        let letters = self.slice(range).char_indices();
        letters
            .filter(|(_, letter)| is_letter(*letter))
            .any(|(at, _)| !self.in_time(range.start + at))
    }

    fn in_time(&self, at: usize) -> bool {
        self.times.iter().any(|time| (time.start as usize..time.end as usize).contains(&at))
    }

    /// Without white space, emoji and signs at the ends; brackets, quotes and stops that close something stay.
    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let text = self.slice(&range);
        let body = text.trim_start_matches(|letter: char| {
            !letter.is_alphanumeric() && !matches!(letter, '"' | '“' | '\'' | '‘' | '`' | '(')
        });
        let mut start = range.start + text.len() - body.len();
        // A sign that closes or opens something within stays: `[Payments] X`, `<Timeout> in X`, `X *down*`.
        let lead = text.get(..text.len() - body.len()).and_then(|lead| lead.chars().next_back());
        let body = match lead.filter(|&lead| partner(lead).is_some_and(|end| body.contains(end))) {
            Some(lead) => {
                start -= lead.len_utf8();
                self.slice(&(start..range.end))
            }
            None => body,
        };
        let kept = body.trim_end_matches(|letter: char| {
            !letter.is_alphanumeric()
                && !matches!(letter, '"' | '”' | '\'' | '’' | ')' | '.' | '!' | '?' | ']' | '…')
        });
        let tail = body.get(kept.len()..).and_then(|tail| tail.chars().next());
        let closes = |end: &char| kept.contains(|letter| partner(letter) == Some(*end));
        let tail = tail.filter(closes).map_or(0, char::len_utf8);
        start..start + kept.len() + tail
    }
}

/// The sign that ends what a sign of a title begins.
fn partner(sign: char) -> Option<char> {
    match sign {
        '[' => Some(']'),
        '<' => Some('>'),
        '{' => Some('}'),
        '*' | '_' => Some(sign),
        _ => None,
    }
}

/// The quote that ends what a quote begins.
fn closing(quote: char) -> Option<char> {
    match quote {
        '"' => Some('"'),
        '“' => Some('”'),
        '「' => Some('」'),
        _ => None,
    }
}

fn inside(mention: &Mention, range: &Range<usize>) -> bool {
    range.start <= mention.start as usize && mention.end as usize <= range.end
}
