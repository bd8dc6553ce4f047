//! Whether a person is named beside words that blame. No list of names decides alone: what the document lists as people,
//! what stands before a name, and how the words are written do.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::Subject;
use crate::extract::scope::Scope;
use crate::vocab::pattern::is_hangul;
use crate::vocab::people::People;

/// A name has so many words at most.
const MOST_WORDS: usize = 3;
/// So many words may stand between a Korean name and what is said of the person.
const BETWEEN: usize = 1;

/// How sure it is that a name is that of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surety {
    /// The document or the name says so.
    Known,
    /// It looks like one, and like nothing else.
    Likely,
}

/// A name, and how sure it is that it is one.
pub(super) struct Name {
    /// Where it stands in the visible text.
    pub(super) range: Range<u32>,
    pub(super) surety: Surety,
    /// What is said next can only be said of people.
    pub(super) goes_on: bool,
}

/// The names of a document.
pub(super) struct Names<'a> {
    scope: &'a Scope<'a>,
    people: &'a People,
    /// Names that the document lists as those of people, in lower case.
    listed: BTreeSet<String>,
    /// Words of the names of services.
    things: BTreeSet<String>,
    /// Words that are written small somewhere.
    small: OnceCell<BTreeSet<String>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(subject: &Subject<'a>) -> Self {
        let scope = subject.scope;
        let people = &scope.vocab.people;
        let services = subject.incident.services.iter();
        let words = services.flat_map(|service| service.value.split_whitespace());
        let owners = subject.incident.actions.iter().filter_map(|action| action.owner.clone());
        let front = scope.document.front.iter().flat_map(|front| &front.entries);
        let named = front
            .filter(|entry| people.listings.contains(&entry.key.replace('_', " ")))
            .flat_map(|entry| entry.value.texts());
        let lines = scope.lines.iter().filter_map(|line| line.label.as_ref());
        let labelled = lines
            .filter(|label| {
                let name = scope.text(label.name.clone()).trim().to_lowercase();
                people.listings.contains(&name)
            })
            .map(|label| scope.text(label.value.clone()).to_owned());
        let mut names = Self {
            scope,
            people,
            listed: BTreeSet::new(),
            things: words.map(str::to_lowercase).collect(),
            small: OnceCell::new(),
        };
        owners.chain(named).chain(labelled).for_each(|text| names.list(&text));
        names
    }

    /// Adds the names of a list: `Kim Minsu (SRE), @jane`.
    fn list(&mut self, text: &str) {
        for part in text.split([',', ';', '/', '·', '&', '、', '(', '\t', '\n']) {
            let words: Vec<&str> = part.split_whitespace().take(MOST_WORDS).collect();
            let is_name = |word: &&str| word.starts_with('@') || is_written_like_a_name(word);
            if let Some(first) = words.first().filter(|word| word.chars().all(is_hangul)) {
                self.listed.insert((*first).to_owned());
            } else if !words.is_empty() && words.iter().all(is_name) {
                self.listed.insert(words.join(" ").trim_start_matches('@').to_lowercase());
            }
        }
    }

    /// The name right before a place. `owns`: it says whose something is (`Jane's mistake`).
    pub(super) fn before(&self, range: Range<u32>, owns: bool) -> Option<Name> {
        let text = self.scope.text(range.clone()).trim_end();
        // `Jane Roe (SRE) forgot`
        let text = text
            .strip_suffix(')')
            .and_then(|text| text.rsplit_once('('))
            .map_or(text, |split| split.0);
        let words = words(text);
        let (&(last_at, last), rest) = words.split_last()?;
        let at = |place: usize, surety| {
            let range = range.start + place as u32..range.end;
            Some(Name { range, surety, goes_on: false })
        };
        if last.ends_with(is_hangul) {
            let near = words.iter().rev().take(if owns { 1 } else { 1 + BETWEEN });
            let (place, surety) =
                near.filter_map(|(place, word)| Some((*place, self.korean(word)?))).next()?;
            return at(place, surety);
        }
        let bare = self.people.bare(last);
        if bare.is_some() != owns {
            return None;
        }
        let last = bare.unwrap_or(last);
        if last.starts_with('@') && last.len() > 1 {
            return at(last_at, Surety::Known);
        }
        if !is_written_like_a_name(last) {
            return None;
        }
        let more = rest.iter().rev().take(MOST_WORDS - 1);
        let more =
            more.take_while(|(_, word)| is_written_like_a_name(word) || is_initial(word)).count();
        let first = rest.len() - more;
        let mut name: Vec<&str> = rest[first..].iter().map(|(_, word)| *word).collect();
        name.push(last);
        let title = first.checked_sub(1).map(|place| words[place].1);
        let (skipped, surety) = self.judge(&name, title, first == 0)?;
        at(words[first + skipped].0, surety)
    }

    /// The name right after a place.
    pub(super) fn after(&self, range: Range<u32>) -> Option<Name> {
        let words = words(self.scope.text(range.clone()));
        let is_lead = |word: &str| {
            let word = word.to_lowercase();
            self.people.titles.contains(&word) || self.people.is_other(&word)
        };
        let first = words.iter().take(MOST_WORDS).take_while(|(_, word)| is_lead(word)).count();
        let title = first.checked_sub(1).map(|place| words[place].1);
        let mut name = Vec::new();
        let mut end = range.start;
        for (at, word) in words[first..].iter().take(MOST_WORDS) {
            let bare = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            let bare = self.people.bare(bare).unwrap_or(bare);
            if !(bare.starts_with('@') || is_written_like_a_name(bare) || is_initial(word)) {
                break;
            }
            name.push(bare);
            end = range.start + (at + bare.len()) as u32;
            if bare.len() < word.len() && !is_initial(word) {
                break;
            }
        }
        let next = words.get(first + name.len()).map(|(_, word)| word.to_lowercase());
        let goes_on = next.is_some_and(|word| self.people.clauses.contains(&word));
        let surety = match name.first()?.starts_with('@') {
            true => Surety::Known,
            false => self.judge(&name, title, false)?.1,
        };
        Some(Name { range: range.start..end, surety, goes_on })
    }

    /// How sure a name is, and how many of its first words are no part of it. `title` stands before it.
    fn judge(&self, name: &[&str], title: Option<&str>, is_first: bool) -> Option<(usize, Surety)> {
        let lower: Vec<String> = name.iter().map(|word| word.to_lowercase()).collect();
        let is_thing = |word: &String| self.people.is_other(word) || self.things.contains(word);
        for start in 0..name.len() {
            let rest = &lower[start..];
            let before = start
                .checked_sub(1)
                .map_or(title.map(str::to_lowercase), |at| Some(lower[at].clone()));
            let is_known = self.listed.contains(&rest.join(" ")) && rest.len() > 1
                || self.people.given.contains(&rest[0])
                || before.is_some_and(|word| self.people.titles.contains(&word));
            if is_known && !rest.iter().any(is_thing) {
                return Some((start, Surety::Known));
            }
        }
        if lower.iter().any(is_thing) {
            return None;
        }
        let small = self.small.get_or_init(|| self.words_written_small());
        let is_listed = self.listed.contains(&lower.join(" "));
        let is_name = name.len() > 1 || !is_first;
        let looks_like_one = is_name && !lower.iter().any(|word| small.contains(word));
        (is_listed || looks_like_one).then_some((0, Surety::Likely))
    }

    /// How sure a word of Hangul is a name.
    fn korean(&self, word: &str) -> Option<Surety> {
        let listed = |word: &str| self.listed.contains(word) && !self.people.is_other(word);
        let bare = self.people.bare(word);
        if listed(word) || bare.is_some_and(listed) {
            return Some(Surety::Known);
        }
        bare.is_some_and(|bare| self.people.is_korean_name(bare) && !self.things.contains(bare))
            .then_some(Surety::Known)
    }

    fn words_written_small(&self) -> BTreeSet<String> {
        let words = self.scope.document.view.text.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned).collect()
    }
}

/// Words with their places, without what opens a bracket or a quote.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split([' ', '\t', '\n']) {
        let word = piece.trim_start_matches(['(', '[', '"', '“', '‘', '*', '_', ':', '—', '–']);
        if !word.is_empty() {
            words.push((at + piece.len() - word.len(), word));
        }
        at += piece.len() + 1;
    }
    words
}

/// `J.`
fn is_initial(word: &str) -> bool {
    word.strip_suffix('.')
        .is_some_and(|letter| letter.chars().count() == 1 && letter.starts_with(char::is_uppercase))
}

/// `Jane`, `O'Neill`, `McCoy`, `Jean-Luc`; not `PagerDuty` and not `DNS`.
fn is_written_like_a_name(word: &str) -> bool {
    let mut before = None;
    let is_like = word.chars().enumerate().all(|(place, letter)| {
        let follows = before.replace(letter);
        match place {
            0 => letter.is_uppercase(),
            _ if letter.is_lowercase() => true,
            _ if letter.is_uppercase() => {
                matches!(follows, Some('\'' | '’' | '-')) || word.starts_with("Mc") && place == 2
            }
            _ => matches!(letter, '\'' | '’' | '-'),
        }
    });
    is_like && word.chars().nth(1).is_some() && word.ends_with(char::is_lowercase)
}
