//! Services and components named as affected: the values of their label, or else what the title and the parts on the impact
//! call a service.

use std::cell::{Cell, LazyCell};
use std::ops::Range;

use crate::extract::action::is_blank;
use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::timeline::table::{cells, column_labels};
use crate::model::fact::{Fact, RuleId};
use crate::vocab::meaning::{Cue, Event, Label, Leftover, Meaning, SectionRole, Share};
use crate::vocab::pattern::{is_hangul, is_letter, is_word};

/// A name has at most so many words and characters.
const MOST_WORDS: usize = 4;
const LONGEST: usize = 60;
const MOST: usize = 12;
/// A longer list is no list of names, in bytes.
const LONGEST_LIST: u32 = 1000;
/// The whole text is searched so often at most for words that stand together again.
const MOST_LOOKS: usize = 32;

/// The services that are named as affected, in order, each once.
pub(super) fn services(scope: &Scope<'_>) -> Vec<Fact<String>> {
    let (names, rule, certainty) = match labelled(scope) {
        names if names.is_empty() => (told(scope), RuleId("service/prose"), 0.6),
        names => (names, RuleId("service/label"), 0.9),
    };
    let mut found: Vec<Fact<String>> = Vec::new();
    for range in names {
        let name = clean(scope, scope.text(range.clone()));
        let known = |fact: &Fact<String>| fact.value.to_lowercase() == name.to_lowercase();
        if found.len() < MOST && !found.iter().any(known) {
            found.push(Fact::new(name, scope.span(range), rule, certainty));
        }
    }
    found
}

/// The names that labels give.
fn labelled(scope: &Scope<'_>) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    let mut columns = Columns::default();
    for (index, line) in scope.lines.iter().enumerate() {
        if line.roles.any(&[SectionRole::Actions, SectionRole::Timeline, SectionRole::Appendix]) {
            continue;
        }
        if let Some(cell) = columns.cell(scope, index) {
            // Its column says that it is a name.
            found.extend(names(scope, &cell).into_iter().filter(|name| is_proper(scope, name)));
            continue;
        }
        let Some((Label::Services, value)) = crate::extract::when::label_of(scope, index) else {
            continue;
        };
        if line.opens || matches!(line.kind, LineKind::Row(_, true)) {
            continue;
        }
        // What stands beside a name in a table tells of it.
        let cell = cells(scope, &value).into_iter().next();
        let names = cell.iter().flat_map(|cell| names(scope, cell));
        found.extend(
            names.filter(|name| is_name(scope, name) && !is_count(scope.text(name.clone()))),
        );
    }
    found
}

/// The column of a table that names services, where another one tells what this incident did to them.
#[derive(Default)]
struct Columns {
    table: Option<u32>,
    at: Option<usize>,
    impact: Option<usize>,
}

impl Columns {
    /// The cell of a row that names services; what the row says was spared suffered nothing.
    fn cell(&mut self, scope: &Scope<'_>, index: usize) -> Option<Range<u32>> {
        let line = &scope.lines[index];
        let LineKind::Row(table, is_head) = line.kind else { return None };
        if is_head {
            self.table = Some(table);
            self.at = Self::named(scope, index);
            self.impact = cells(scope, &line.text).iter().position(|it| names_impact(scope, it));
            return None;
        }
        let at = self.at.filter(|_| self.table == Some(table))?;
        let cells = cells(scope, &line.text);
        let cell = cells.get(at).cloned().filter(|cell| !cell.is_empty());
        let spared = Meaning::Share(Share::Spared);
        let is_no = |meaning| {
            let is =
                matches!(meaning, Meaning::Leftover(Leftover::Nothing) | Meaning::Answer(false));
            is.then_some(())
        };
        let impact = self.impact.filter(|&impact| impact != at).and_then(|at| cells.get(at));
        let has_none = impact.is_some_and(|it| {
            matches!(scope.text(it.clone()), "-" | "–" | "—") || scope.covering(it, is_no).is_some()
        });
        cell.filter(|_| {
            !has_none && scope.mentions(line.text.clone()).all(|said| said.meaning != spared)
        })
    }

    /// Which column it is: one of several incidents tells of others, too.
    fn named(scope: &Scope<'_>, head: usize) -> Option<usize> {
        let row = &scope.lines[head].text;
        let labels = column_labels(scope, row);
        let at = labels.iter().position(|label| *label == Some(Label::Services))?;
        let kind = |at: usize| scope.lines.get(at).map(|line| line.kind);
        let is_row = |at: usize| {
            kind(at).is_some_and(|kind| matches!((kind, scope.lines[head].kind), (LineKind::Row(row, false), LineKind::Row(table, true)) if row == table))
        };
        let is_single = !is_row(head + 2);
        let has_impact = cells(scope, row).iter().any(|cell| names_impact(scope, cell));
        let has_moment = labels
            .iter()
            .flatten()
            .any(|label| matches!(label, Label::Date | Label::Started | Label::Severity));
        (has_impact && !has_moment || is_single && has_moment).then_some(at)
    }
}

/// Whether the name of a column asks what an incident did.
fn names_impact(scope: &Scope<'_>, cell: &Range<u32>) -> bool {
    let tells = |meaning| (meaning == Meaning::Heading(SectionRole::Impact)).then_some(());
    scope.covering(cell, tells).is_some()
}

/// What the title and the sentences on the impact call a service: "the checkout service", `결제 서비스`. What they deny suffered
/// nothing.
fn told(scope: &Scope<'_>) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    let all = LazyCell::new(|| scope.document.view.text.to_lowercase());
    let looks = Cell::new(0);
    let recurs = |words: &str| {
        looks.set(looks.get() + 1);
        looks.get() <= MOST_LOOKS && all.matches(&words.to_lowercase()).nth(1).is_some()
    };
    for (index, line) in scope.lines.iter().enumerate() {
        let is_title = scope.is_title(index);
        let is_told = line.roles.any(&[SectionRole::Summary, SectionRole::Impact])
            && !line.roles.any(&[SectionRole::Cause, SectionRole::Actions, SectionRole::Timeline]);
        // Above the first part a sentence that says who suffered tells of the impact.
        let is_lead =
            line.roles.is_empty() && line.part <= 1 && matches!(line.kind, LineKind::Text(_));
        if !is_title && !is_told && !is_lead {
            continue;
        }
        for (sentence, _) in scope.sentences_of(index) {
            let names = in_sentence(scope, sentence, is_title, &recurs);
            let suffers = |name: &Range<u32>| {
                let clause = clause(scope, sentence, name);
                let said = || scope.mentions(clause.clone()).map(|said| said.meaning);
                let harms = || said().any(harms);
                !tells(scope, name) && !said().any(spares) && (is_title || is_told || harms())
            };
            // Each looks at its clause, which may be all of a long line.
            found.extend(names.into_iter().take(MOST_LOOKS).filter(suffers));
        }
    }
    found
}

/// Whether words say that something did not happen to what they speak of.
fn spares(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Cue(Cue::Negates) | Meaning::Share(Share::Spared))
}

/// Whether words say that somebody suffered.
fn harms(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Share(Share::Affected) | Meaning::Event(Event::Suffers))
}

/// The part of a sentence between commas that a name stands in.
fn clause(scope: &Scope<'_>, sentence: &Range<u32>, name: &Range<u32>) -> Range<u32> {
    let before = scope.text(sentence.start..name.start);
    let after = scope.text(name.end..sentence.end);
    let start = before.rfind([',', ';']).map_or(0, |at| at + 1);
    let end = after.find([',', ';']).unwrap_or(after.len());
    sentence.start + start as u32..name.end + end as u32
}

/// What a sentence calls a service. `recurs` says whether words stand in the document more than once.
fn in_sentence(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    is_title: bool,
    recurs: &dyn Fn(&str) -> bool,
) -> Vec<Range<u32>> {
    let text = scope.text(sentence.clone());
    if !scope.vocab.services.may_bear(text) {
        return Vec::new();
    }
    let words: Vec<(usize, &str)> = words(text).collect();
    let names = words.iter().enumerate().filter_map(|(index, &(at, word))| {
        let (start, _) = scope.vocab.services.bearer(word)?;
        let is_other = words.get(index + 1).is_some_and(|&(next, behind)| {
            let between = text.get(at + word.len()..next).unwrap_or_default();
            between.trim().is_empty() && scope.vocab.services.makes_compound(behind)
        });
        if is_other {
            return None;
        }
        if start > 0 {
            return bears(scope, word.get(..start)?).then_some(at..at + start);
        }
        // Only blanks stand between the words of a name.
        let mut first = index;
        while let Some(before) = first.checked_sub(1)
            && let (one, word) = words[before]
            && text.get(one + word.len()..words[first].0)?.trim().is_empty()
        {
            first = before;
            if index - first > MOST_WORDS || !bears(scope, word) {
                break;
            }
        }
        name(scope, &words[first..index], is_title, recurs)
    });
    names.map(|name| sentence.start + name.start as u32..sentence.start + name.end as u32).collect()
}

/// The name that ends with the last of these words: as many as are written like a name, follow "the" or stand together again,
/// or else the last one. In small letters it is one only behind "the" and its kind, in titles anywhere.
fn name(
    scope: &Scope<'_>,
    words: &[(usize, &str)],
    is_title: bool,
    recurs: &dyn Fn(&str) -> bool,
) -> Option<Range<usize>> {
    let is_determiner = |&(_, word): &(usize, &str)| scope.vocab.services.is_determiner(word);
    let is_proper = |&(_, word): &(usize, &str)| word.starts_with(char::is_uppercase);
    let (&(at, last), _) = words.split_last()?;
    let end = at + last.len();
    let from = words.iter().rposition(|&(_, word)| !bears(scope, word)).map_or(0, |at| at + 1);
    let is_meant = from.checked_sub(1).is_some_and(|before| is_determiner(&words[before]));
    let names = words.get(from..).filter(|names| !names.is_empty())?;
    let whole = (0..names.len() - 1).find(|&first| {
        let together = || {
            let name: Vec<&str> = names[first..].iter().map(|&(_, word)| word).collect();
            recurs(&name.join(" "))
        };
        first == 0 && is_meant || names[first..].iter().all(is_proper) || together()
    });
    let first = whole.unwrap_or(names.len() - 1);
    let is_name = is_title
        || is_meant && (whole.is_some() || names.len() == 1)
        || last.ends_with(is_hangul)
        || is_proper(&names[first]) && from + first > 0;
    is_name.then_some(names[first].0..end)
}

/// Whether words tell what happened and so name nothing: "monitoring detected service errors".
fn tells(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    scope.mentions(range.clone()).any(|mention| matches!(mention.meaning, Meaning::Event(_)))
}

/// Whether a word may be the name of a service.
fn bears(scope: &Scope<'_>, word: &str) -> bool {
    let known = &scope.vocab.services;
    let is_korean = word.ends_with(is_hangul);
    word.chars().filter(|letter| is_letter(*letter)).count() >= 2
        && !known.is_general(word)
        && !(is_korean && known.leads_on(word))
}

/// Whether these words are the name of something: not only what kind of thing it is, and nothing that happened.
fn is_name(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    let happens = scope.mentions(range.clone()).any(|mention| {
        matches!(mention.meaning, Meaning::Event(Event::Starts) | Meaning::Cause(..))
    });
    !happens && is_proper(scope, range)
}

/// Whether a word of these says more than what kind of thing it is.
fn is_proper(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    words(scope.text(range.clone())).any(|(_, word)| !scope.vocab.services.is_general(word))
}

/// A value as names: divided by commas, slashes and words that join, each short enough to be one; the head of a longer
/// text.
fn names(scope: &Scope<'_>, value: &Range<u32>) -> Vec<Range<u32>> {
    let text = scope.text(value.clone());
    let head = head(scope, value);
    let whole = whole(text);
    let signs = text.match_indices([',', '·', ';', '/', '、']);
    let mut cuts: Vec<Range<usize>> =
        signs.map(|(at, sign)| at..at + sign.len()).chain(joints(scope, text)).collect();
    let inside = |cut: &Range<usize>| {
        let after = whole.partition_point(|piece| piece.start <= cut.start);
        after.checked_sub(1).is_some_and(|at| cut.start < whole[at].end)
    };
    cuts.retain(|cut| cut.end <= head && !inside(cut));
    cuts.sort_unstable_by_key(|cut| cut.start);
    let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.end));
    let ends = cuts.iter().map(|cut| cut.start).chain(std::iter::once(head));
    let names = starts.zip(ends).filter_map(|(from, to)| {
        let part = text.get(from..to)?;
        // What stands in brackets says of a name which part of it.
        let body = part.split('(').next().unwrap_or_default().trim();
        let short =
            body.split_whitespace().count() <= MOST_WORDS && body.chars().count() <= LONGEST;
        let start = value.start + (from + part.len() - part.trim_start().len()) as u32;
        let range = start..start + body.len() as u32;
        let is_said = short && !body.is_empty() && !body.contains("://");
        let is_spared = is_spared(scope, &range, to_next(text, value, &range));
        (is_said && !is_spared && !is_blank(scope, &range)).then_some(range)
    });
    if is_blank(scope, value) { Vec::new() } else { names.collect() }
}

/// Where what is said of a name ends: at the next name of its list.
fn to_next(text: &str, value: &Range<u32>, name: &Range<u32>) -> u32 {
    let behind = text.get((name.end - value.start) as usize..).unwrap_or_default();
    name.end + behind.find([',', ';', '/', '、']).unwrap_or(behind.len()) as u32
}

/// "Search: not affected", "Login (no impact)": what is said of a name, right behind it, is that nothing happened to it.
fn is_spared(scope: &Scope<'_>, name: &Range<u32>, end: u32) -> bool {
    let spared = Meaning::Share(Share::Spared);
    let mut behind = scope.mentions(name.end..end);
    let is_sign = |at: u32| !scope.text(name.end..at).contains(char::is_alphanumeric);
    scope.mentions(name.clone()).any(|said| said.meaning == spared)
        || behind.any(|said| said.meaning == spared && is_sign(said.start))
}

/// Where a list of names ends: what stands behind a colon or a full stop is said of them, and what a dash sets off that is denied.
fn head(scope: &Scope<'_>, value: &Range<u32>) -> usize {
    let text = scope.text(value.clone());
    let denied = |at: usize| {
        let rest = value.start + at as u32..value.end.min(value.start + LONGEST_LIST);
        scope.mentions(rest).any(|said| spares(said.meaning))
    };
    let mut signs = text.match_indices([':', '：', '.', '—', '–', '-']);
    let ends = |&(at, sign): &(usize, &str)| {
        let rest = text.get(at + sign.len()..).unwrap_or_default();
        let is_apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
        match sign {
            ":" => !rest.starts_with("//"),
            "：" => true,
            "." => is_apart,
            _ => is_apart && text.get(..at).is_some_and(|head| head.ends_with(' ')) && denied(at),
        }
    };
    signs.find(ends).map_or(text.len(), |(at, _)| at)
}

/// What is not divided: what stands in brackets, up to the end where nothing closes them, and addresses.
fn whole(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let is_address = word.contains("://") || word.contains('.') && word.contains('/');
        if open.is_none() && is_address {
            found.push(at..at + word.trim_end_matches([' ', ',', ';']).len());
        }
        for (place, sign) in word.match_indices(['(', ')']) {
            match (sign, open) {
                ("(", None) => open = Some(at + place),
                (")", Some(start)) => {
                    found.push(start..at + place);
                    open = None;
                }
                _ => {}
            }
        }
        at += word.len();
    }
    found.extend(open.map(|start| start..text.len()));
    found.sort_unstable_by_key(|piece| piece.start);
    found
}

/// The words that join two names.
fn joints(scope: &Scope<'_>, text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let joins = scope.vocab.services.joins.iter().map(|join| format!(" {join} "));
    joins
        .flat_map(|join| {
            let found = lower.match_indices(&join).map(|(at, _)| at..at + join.len());
            found.collect::<Vec<_>>()
        })
        .collect()
}

/// "중복 판매 214석", "18": a number of something is what suffered, and no name.
fn is_count(name: &str) -> bool {
    let counts = |word: &str| {
        let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ',');
        unit.len() < word.len()
            && (unit.starts_with(|letter: char| !letter.is_ascii()) || unit == "%")
    };
    let leads = name
        .split_whitespace()
        .next()
        .is_some_and(|word| word.chars().all(|letter| letter.is_ascii_digit()));
    leads || name.split_whitespace().any(counts)
}

/// A name without what says that it is a service and which of them: "the search service" is `search`.
fn clean(scope: &Scope<'_>, name: &str) -> String {
    let edge = |letter: char| !letter.is_alphanumeric() && letter != ')';
    let whole = name.trim_matches(edge);
    let first = words(whole).find(|(_, word)| !scope.vocab.services.is_determiner(word));
    let name = first.and_then(|(at, _)| whole.get(at..)).unwrap_or(whole);
    let last = words(name).last();
    let bearer = last.and_then(|(at, word)| {
        let (start, end) = scope.vocab.services.bearer(word)?;
        (end == word.len()).then_some(at + start)
    });
    let bare = bearer.and_then(|at| name.get(..at)).map_or("", |name| name.trim_matches(edge));
    let is_bare = words(bare).any(|(_, word)| !scope.vocab.services.is_general(word));
    if is_bare { bare } else { name }.to_owned()
}

/// Words with the bytes where they begin, marks at their edges aside.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_mark = |letter: char| !is_word(letter);
    let mut next = 0;
    text.split_inclusive(char::is_whitespace).filter_map(move |piece| {
        let at = next + piece.len() - piece.trim_start_matches(is_mark).len();
        next += piece.len();
        let word = piece.trim_matches(is_mark);
        (!word.is_empty()).then_some((at, word))
    })
}
