//! What names a cause: phrases of the lexicons, and names in code.

use std::cmp::Reverse;
use std::ops::Range;

use crate::extract::cause::code;
use crate::extract::scope::Scope;
use crate::vocab::meaning::{Cue, Event, Meaning, Strength};
use crate::vocab::{Mention, Vocabulary};

/// What names a cause.
pub(super) struct Named {
    pub(super) cause: u16,
    pub(super) range: Range<u32>,
    pub(super) by: By,
}

/// How a cause is named, the surest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// By words that it shares with much else.
    Plain,
    /// By a name in code, which tells what was at fault and not that it was.
    Code,
    /// By a phrase of its own.
    Strong,
}

/// The causes that a sentence names, each once, with its surest phrase.
pub(super) fn named(scope: &Scope<'_>, sentence: &Range<u32>) -> Vec<Named> {
    let names = |mention: &Mention| matches!(mention.meaning, Meaning::Cause(..));
    let is_named = scope.mentions(sentence.clone()).any(names);
    let mut named = if is_named { by_words(scope, sentence) } else { Vec::new() };
    let by_code = code::spoken_for(scope, sentence);
    named.extend(by_code.map(|(cause, range)| Named { cause, range, by: By::Code }));
    each_once(named)
}

/// The causes that phrases of a sentence name.
fn by_words(scope: &Scope<'_>, sentence: &Range<u32>) -> Vec<Named> {
    let mentions = scope.mentions(sentence.clone()).filter(|mention| {
        !matches!(mention.meaning, Meaning::Cause(..))
            || !scope.in_path(mention.start)
                && !scope.in_program(mention.start)
                && !scope.in_bare_path(&(mention.start..mention.end))
    });
    let mentions: Vec<Mention> = mentions.copied().collect();
    let joins = |words: &Range<u32>| joins(scope.text(words.clone()));
    by_phrases(scope.vocab, &mentions, joins)
}

/// The causes that a title of its own names, each once: none where something in it denies or supposes.
pub(super) fn in_title(vocab: &Vocabulary, title: &str) -> Vec<Named> {
    let mentions = vocab.find(title);
    let in_title = |words: &Range<u32>| {
        joins(title.get(words.start as usize..words.end as usize).unwrap_or_default())
    };
    let mut named = by_phrases(vocab, &mentions, in_title);
    named.retain(|name| {
        let inside =
            |mention: &&Mention| mention.start >= name.range.start && mention.end <= name.range.end;
        name.by == By::Strong
            && !is_what_was_down(vocab, name.cause, mentions.iter().filter(inside))
            && !mentions.iter().any(|mention| {
                let inside = mention.start < name.range.end && mention.end > name.range.start;
                matches!(mention.meaning, Meaning::Cue(cue) if cue.doubts()) && !inside
            })
    });
    each_once(named)
}

/// "Gateway down": whether such words of a title tell what was down, not why.
pub(super) fn is_what_was_down<'m>(
    vocab: &Vocabulary,
    cause: u16,
    mut words: impl Iterator<Item = &'m Mention>,
) -> bool {
    vocab.taxonomy.concepts()[cause as usize].serves
        && words.any(|mention| mention.meaning == Meaning::Event(Event::Suffers))
}

/// Each cause with its surest phrase.
fn each_once(mut named: Vec<Named>) -> Vec<Named> {
    named.sort_by_key(|name| (name.cause, Reverse(name.by), name.range.start));
    named.dedup_by_key(|name| name.cause);
    named
}

/// The causes that phrases name; those that other phrases exclude are left out.
fn by_phrases(
    vocab: &Vocabulary,
    mentions: &[Mention],
    joins: impl Fn(&Range<u32>) -> bool,
) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let mut excluded: Vec<(u16, Range<u32>)> = Vec::new();
    for mention in mentions {
        let range = mention.start..mention.end;
        match mention.meaning {
            Meaning::Cause(cause, strength) => {
                let by = if strength == Strength::Strong { By::Strong } else { By::Plain };
                named.push(Named { cause, range, by });
            }
            Meaning::Unless(cause) => excluded.push((cause, range)),
            _ => {}
        }
    }
    let claims: Vec<(u16, Range<u32>)> =
        named.iter().flat_map(|name| claims(vocab, name)).collect();
    named.retain(|Named { cause, range, .. }| {
        if joins(range) || leaps(mentions, range) || is_claimed(&claims, *cause, range) {
            return false;
        }
        !excluded.iter().any(|(other, place)| {
            other == cause && place.start < range.end + 24 && range.start < place.end + 24
        })
    });
    named
}

/// What the words of a cause say for other causes as well, with where: "a configuration error" is no error
/// of the software that it stands in.
fn claims(vocab: &Vocabulary, name: &Named) -> impl Iterator<Item = (u16, Range<u32>)> {
    let taxonomy = &vocab.taxonomy;
    let concept = &taxonomy.concepts()[name.cause as usize];
    let range = (name.by == By::Strong).then(|| name.range.clone());
    concept
        .claims
        .iter()
        .filter_map(move |id| Some((taxonomy.number(id.get_ref())?, range.clone()?)))
}

/// Whether words begin within those of a cause that claims them; words that say more keep their own meaning.
fn is_claimed(claims: &[(u16, Range<u32>)], cause: u16, words: &Range<u32>) -> bool {
    claims.iter().any(|(claimed, by)| {
        *claimed == cause
            && words.start < by.end
            && (words.start > by.start || words.start == by.start && words.end <= by.end)
    })
}

/// "the CDN + a provider outage", "no index; the locks": a phrase whose words stand on both sides of a sign that sets two things
/// beside each other.
fn joins(words: &str) -> bool {
    // Two of them begin with this byte.
    memchr::memchr3(b'+', b';', 0xe2, words.as_bytes()).is_some()
        && [" + ", "; ", "→", " — "].iter().any(|sign| words.contains(sign))
}

/// "the gateway, causing payments to fail": a phrase whose words stand on both sides of what led to what.
fn leaps(mentions: &[Mention], words: &Range<u32>) -> bool {
    mentions.iter().any(|mention| {
        matches!(mention.meaning, Meaning::Cue(Cue::LeadsTo | Cue::ComesFrom))
            && mention.start > words.start
            && mention.end < words.end
    })
}
