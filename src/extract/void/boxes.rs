//! Boxes to tick: in a line (`[ ] SEV1 [x] SEV2`, `□ 1등급 ■ 2등급`) and before items.

use std::ops::Range;

use memchr::{memchr_iter, memchr3_iter};

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::void::{OTHERS, Void};
use crate::model::kind::Lang;
use crate::vocab::meaning::{Label, Meaning, SectionRole};
use crate::vocab::pattern::is_hangul;

/// A box.
struct Tick {
    /// Its bytes in the line.
    at: Range<usize>,
    is_ticked: bool,
    /// It is nothing else: `□` and `○` are bullets as well.
    is_sure: bool,
}

/// The boxes of a line; signs in code are none.
fn boxes(scope: &Scope<'_>, line: &Line) -> Vec<Tick> {
    let text = scope.line_text(line);
    let mut found = Vec::new();
    // Few lines hold one of the bytes that signs begin with.
    let signs = memchr3_iter(b'[', b'(', "☐".as_bytes()[0], text.as_bytes());
    for at in signs.chain(memchr_iter("🔲".as_bytes()[0], text.as_bytes())) {
        let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let (is_ticked, is_sure) = match letter {
            '☐' | '⬜' | '🔲' => (false, true),
            '☑' | '☒' | '🗹' | '🗷' => (true, true),
            '□' | '○' | '◯' => (false, false),
            '■' | '●' | '◉' | '✅' | '✔' => (true, false),
            '[' | '(' => {
                found.extend(bracket(text, at, scope.lang));
                continue;
            }
            _ => continue,
        };
        // A sign that asks for the coloured form belongs to it.
        let end = at + letter.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        let end = end + rest.len() - rest.trim_start_matches('\u{fe0f}').len();
        found.push(Tick { at: at..end, is_ticked, is_sure });
    }
    found.retain(|tick| scope.code_at(line.text.start + tick.at.start as u32).is_none());
    found.sort_unstable_by_key(|tick: &Tick| tick.at.start);
    cross(text, &mut found, scope.lang);
    found
}

/// `[ ]`, `[x]`, `(v)`: apart from the word before it. `(O)` and `(X)` of Korean need not be.
fn bracket(text: &str, at: usize, lang: Lang) -> Option<Tick> {
    let is_square = text.get(at..)?.starts_with('[');
    let inner = text.get(at + 1..)?;
    let close = inner.char_indices().take(3).find(|(_, letter)| matches!(letter, ']' | ')'))?.0;
    let (mark, end) = (inner.get(..close)?, at + close + 2);
    let behind = text.get(end..)?;
    let is_ticked = match mark.trim() {
        "" if !mark.is_empty() || is_square && behind.starts_with(' ') => false,
        "x" | "X" | "v" | "V" | "o" | "O" | "✓" | "✔" | "√" | "*" | "●" | "■" => true,
        _ => return None,
    };
    let is_answer = lang == Lang::Ko && !is_square && matches!(mark, "O" | "X");
    let is_apart = text
        .get(..at)?
        .chars()
        .next_back()
        .is_none_or(|before| !before.is_alphanumeric() || is_answer && is_hangul(before));
    (is_apart && !behind.starts_with(['(', ':'])).then_some(Tick {
        at: at..end,
        is_ticked,
        // `[]` is an empty list.
        is_sure: if mark.is_empty() { false } else { is_square || !is_ticked || is_answer },
    })
}

/// `(X)` is a tick only beside an empty `( )`. Beside `(O)`, and in Korean, it says no.
fn cross(text: &str, ticks: &mut Vec<Tick>, lang: Lang) {
    let says = |tick: &Tick, mark: &str| {
        let inner = text.get(tick.at.clone()).and_then(|text| text.strip_prefix('('));
        inner.is_some_and(|inner| inner.trim_end_matches(')').trim().eq_ignore_ascii_case(mark))
    };
    if ticks.iter().any(|tick| says(tick, "")) {
        return;
    }
    let answers = lang == Lang::Ko || ticks.iter().any(|tick| says(tick, "o"));
    ticks.retain(|tick| answers || !says(tick, "x"));
    ticks.iter_mut().filter(|tick| says(tick, "x")).for_each(|tick| tick.is_ticked = false);
}

/// What is not ticked of the boxes of one line, and the signs of what is.
pub(super) fn in_line(scope: &Scope<'_>, line: &Line, void: &mut Void) {
    let text = scope.line_text(line);
    let ticks = boxes(scope, line);
    let Some(first) = ticks.first() else { return };
    let says =
        |range: Range<usize>| text.get(range).unwrap_or_default().contains(char::is_alphanumeric);
    let value =
        line.label.as_ref().map_or(0, |label| (label.value.start - line.text.start) as usize);
    let leads = says(value..first.at.start);
    let labelled = value > 0 && value <= first.at.start && !leads;
    let is_behind = leads && ticks.last().is_some_and(|last| !says(last.at.end..text.len()));
    let options: Vec<Range<usize>> =
        (0..ticks.len()).map(|one| option(text, &ticks, one, is_behind.then_some(value))).collect();
    let mixed = ticks.iter().any(|tick| tick.is_ticked) && ticks.iter().any(|tick| !tick.is_ticked);
    let several =
        ticks.len() > 1 && options.iter().filter(|option| says((*option).clone())).count() > 1;
    let are_names = || {
        let mut options = options.iter().map(|option| text.get(option.clone()));
        options.all(|option| is_name(option.unwrap_or_default()))
    };
    let is_choice = match ticks.iter().all(|tick| tick.is_sure) {
        // Among the words of a sentence it may be anything.
        true if leads => (several || is_behind) && are_names(),
        true => several || labelled && says(options[0].clone()),
        // Of levels there is one; other labels may have a list of bullets.
        false => {
            let asks_one = line.label.as_ref().and_then(|label| label.meaning);
            let asks_one = asks_one.is_some_and(|label| ONE.contains(&label));
            several && (mixed || labelled && asks_one) && are_names()
        }
    };
    let mut before: Option<u32> = None;
    let place = |range: Range<usize>| {
        line.text.start + range.start as u32..line.text.start + range.end as u32
    };
    if !is_choice {
        // "조치: ○ 서버 재시작 ○ 롤백": bullets part what they stand before.
        let bullets = ticks.iter().filter(|tick| labelled && several && !tick.is_sure);
        for at in bullets.map(|bullet| place(bullet.at.clone())) {
            void.parted.extend((at.start > place(first.at.clone()).start).then_some(at.start));
            void.gone.push(at);
        }
        return;
    }
    for (tick, option) in ticks.iter().zip(options) {
        if !tick.is_ticked {
            void.gone.push(place(option.start.min(tick.at.start)..option.end.max(tick.at.end)));
            continue;
        }
        let told = text.get(option.clone()).unwrap_or_default();
        let told = told.trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != ')').len();
        void.gone.extend([place(tick.at.clone()), place(option.start + told..option.end)]);
        let sign = line.text.start + tick.at.start as u32;
        void.parted.extend(before.replace(sign).map(|last| if is_behind { last } else { sign }));
    }
}

/// Whether a text is as short as the name of something.
fn is_name(text: &str) -> bool {
    let name = text.split(['(', '（']).next().unwrap_or(text);
    name.split_whitespace().count() <= MOST_WORDS
        && !text.contains([':', '：'])
        && !text.ends_with('.')
}

/// What a box of a line is beside: up to the next one or the end of its cell, or from the one before, where boxes stand behind.
fn option(text: &str, ticks: &[Tick], one: usize, behind: Option<usize>) -> Range<usize> {
    let at = &ticks[one].at;
    if let Some(value) = behind {
        let from = one.checked_sub(1).map_or(value, |before| ticks[before].at.end);
        let cell = text.get(from..at.start).and_then(|text| text.rfind('\t'));
        return cell.map_or(from, |tab| from + tab + 1)..at.start;
    }
    let to = ticks.get(one + 1).map_or(text.len(), |next| next.at.start);
    let cell = text.get(at.end..to).and_then(|text| text.find('\t'));
    at.end..cell.map_or(to, |tab| at.end + tab)
}

/// An option that is offered: what it says, where its sign stands in the text, whether it was ticked.
struct Offer {
    text: Range<u32>,
    sign: Option<Range<u32>>,
    is_ticked: bool,
    /// The list or the paragraph, and which kind of them.
    group: (bool, u32),
}

/// The items without a tick, and those of lists that offer a choice.
pub(super) fn in_lists(scope: &Scope<'_>, void: &mut Void) {
    let mut at = 0;
    while at < scope.lines.len() {
        let from = at;
        let mut offers: Vec<Offer> = Vec::new();
        while let Some(offer) = scope.lines.get(at).and_then(|line| offer(scope, line))
            && offers.last().is_none_or(|last| last.group == offer.group)
        {
            offers.push(offer);
            at += 1;
        }
        let Some(first) = offers.first() else {
            at += 1;
            continue;
        };
        let is_choice = is_choice(scope, from, &offers);
        if is_choice && first.group.0 {
            void.choices.insert(first.group.1);
        }
        for offer in offers.iter().filter(|offer| is_choice || offer.sign.is_none()) {
            void.gone.extend(offer.sign.clone());
            void.gone.extend((!offer.is_ticked).then(|| offer.text.clone()));
        }
    }
}

/// What a line offers: an item with a box, or a line that begins with one.
fn offer(scope: &Scope<'_>, line: &Line) -> Option<Offer> {
    if line.roles.any(&OTHERS) || matches!(line.kind, LineKind::Heading(..) | LineKind::Row(..)) {
        return None;
    }
    let list = line.item.map(|place| (true, place.list));
    let group = list.unwrap_or((false, line.block));
    if let Some(is_ticked) = line.item.and_then(|place| place.task) {
        return Some(Offer { text: line.text.clone(), sign: None, is_ticked, group });
    }
    let mut ticks = boxes(scope, line).into_iter();
    let first =
        ticks.next().filter(|tick| tick.at.start == 0 && tick.is_sure && ticks.next().is_none())?;
    let text = line.text.start + first.at.end as u32..line.text.end;
    let sign = Some(line.text.start..text.start);
    Some(Offer { text, sign, is_ticked: first.is_ticked, group })
}

/// Whether what is offered from a line on are answers and no tasks: names, below a question or known as answers.
fn is_choice(scope: &Scope<'_>, from: usize, offers: &[Offer]) -> bool {
    let is_short = |offer: &Offer| is_name(scope.text(offer.text.clone()));
    if offers.len() < 2 || !offers.iter().all(is_short) {
        return false;
    }
    let part = &scope.parts[scope.lines[from].part as usize];
    let above = from.checked_sub(1).and_then(|above| scope.lines[above].label.as_ref());
    let label = above.filter(|label| label.value.is_empty()).and_then(|label| label.meaning);
    let asked = part.roles.any(&ASKED)
        || [part.label, label].iter().flatten().any(|label| LABELS.contains(label));
    let is_answer = |offer: &&Offer| {
        let of = |meaning| {
            matches!(
                meaning,
                Meaning::Severity
                    | Meaning::Cause(..)
                    | Meaning::Detection(..)
                    | Meaning::Resolution(..)
            )
            .then_some(())
        };
        scope.covering(&offer.text, of).is_some()
    };
    asked || offers.iter().filter(is_answer).count() * 2 >= offers.len()
}

/// A name has so many words at most.
const MOST_WORDS: usize = 5;
/// Parts that answer a question.
const ASKED: [SectionRole; 3] = [SectionRole::Cause, SectionRole::Trigger, SectionRole::Detection];
/// Labels whose answer is one of those that there are.
const ONE: [Label; 3] = [Label::Severity, Label::Priority, Label::Status];
/// Labels that ask one.
const LABELS: [Label; 8] = [
    Label::Severity,
    Label::Priority,
    Label::Services,
    Label::Cause,
    Label::Detected,
    Label::DetectedBy,
    Label::ResolvedBy,
    Label::Status,
];
