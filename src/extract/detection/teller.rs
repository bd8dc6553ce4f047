//! Who or what a sentence says noticed: names beside verbs of noticing, less what is denied and what only bears such a name.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::{Detection, Lang};
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Event, Meaning, Strength};
use crate::vocab::pattern::is_hangul;

/// Whether a sentence says that somebody noticed: the name of a tool or of a person alone does not.
pub(super) fn notices(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    let mut verbs = Vec::new();
    let mut tools = Vec::new();
    let mut tellers = Vec::new();
    let mut alone = false;
    for mention in scope.mentions(sentence.clone()) {
        let range = mention.start..mention.end;
        let may_tell = matches!(
            mention.meaning,
            Meaning::Event(Event::Detects) | Meaning::Detection(..) | Meaning::Implied(_)
        );
        if !may_tell || is_other(scope, sentence, mention) {
            continue;
        }
        match mention.meaning {
            Meaning::Event(Event::Detects) => verbs.push(range),
            Meaning::Detection(Detection::Monitoring, Strength::Plain) => tools.push(range),
            Meaning::Detection(kind, Strength::Strong) | Meaning::Implied(kind) => {
                tellers.push((kind, range));
            }
            Meaning::Detection(..) => {
                alone |= is_verb(scope, mention);
            }
            _ => {}
        }
    }
    // "Alerts" and "Datadog" are names of tools also where verbs are written like them: a list of tools, or of
    // tables called after them, says of none that it noticed.
    let names_a_tool =
        |verb: &Range<u32>| tools.iter().any(|tool| verb.start < tool.end && tool.start < verb.end);
    let tells = !tools.is_empty() && verbs.iter().any(|verb| !names_a_tool(verb));
    tells
        || alone
        || tellers.iter().any(|(kind, teller)| {
            let says_both = scope.text(teller.clone()).contains(' ');
            says_both && (*kind == Detection::Monitoring || !verbs.is_empty())
                || verbs.iter().any(|verb| verb.end <= teller.start || verb.start >= teller.end)
        })
}

/// What a sentence names first as having noticed. A tool that somebody looked at is still the tool; a
/// person alone is an answer only where it is asked who noticed. Where nobody is named, those who write did.
pub(super) fn push(
    scope: &Scope<'_>,
    range: &Range<u32>,
    asks_who: bool,
    rule: RuleId,
    certainty: f32,
    found: &mut Vec<Fact<Detection>>,
) {
    let mut named = Vec::new();
    let mut implied = Vec::new();
    let mut unnamed = None;
    let mut teller = None;
    for mention in scope.mentions(range.clone()) {
        let (kind, strength) = match mention.meaning {
            Meaning::Detection(kind, strength) => (kind, Some(strength)),
            Meaning::Implied(kind) => (kind, None),
            _ => continue,
        };
        if is_other(scope, range, mention) {
            continue;
        }
        let place = (mention.start, std::cmp::Reverse(mention.end));
        let is_named = asks_who || strength == Some(Strength::Strong);
        if strength.is_none() {
            // "Noticed that" names nobody: who stands before it did.
            let by = teller.filter(|_| kind == Detection::Internal && is_verb(scope, mention));
            implied.push((place.0, place.1, by.unwrap_or(kind)));
        } else if is_named || kind == Detection::Monitoring {
            let by = teller.filter(|_| kind == Detection::Internal && is_verb(scope, mention));
            named.push((place.0, place.1, by.unwrap_or(kind), !is_named));
        } else if is_verb(scope, mention) {
            // Who is named before the verb noticed: "A reader who came back after a year noticed it".
            let words = mention.start..mention.end;
            unnamed = unnamed.or(Some((words, teller.unwrap_or(kind))));
        } else {
            teller = teller.or(Some(kind));
        }
    }
    // Beside a customer who told of it the mere name of a tool is no answer: "we were watching a dashboard when …".
    let is_told = named.iter().any(|&(start, end, kind, by_name)| {
        kind == Detection::Customer && !by_name && !is_denied(scope, range, &(start..end.0))
    });
    // The name that the sentence begins with tells who did what: "Grafana showed a spike, then customers called".
    // Korean begins with what somebody was doing ("모니터링을 하던 중 …") and ends with a verb for whoever it was.
    let leads = |start: u32| scope.lang == Lang::En && start.saturating_sub(range.start) <= LEAD;
    named.retain(|&(start, .., by_name)| !(by_name && is_told) || leads(start));
    let named: Vec<Named> =
        named.into_iter().map(|(start, end, kind, _)| (start, end, kind)).collect();
    let nobody = named.is_empty() && implied.is_empty();
    // Who is named noticed it, whatever else was going on: "during a drill, when the pager went off".
    let first = first_of(scope, range, named).or_else(|| first_of(scope, range, implied));
    let place = scope.span(range.clone());
    if let Some(kind) = first {
        found.push(Fact::new(kind, place, rule, certainty));
    } else if let Some((words, kind)) = unnamed.filter(|_| nobody)
        && !is_denied(scope, range, &words)
    {
        found.push(Fact::new(kind, place, rule, certainty - UNNAMED));
    }
}

/// A phrase that says what noticed: where it begins and ends, and what it says.
type Named = (u32, std::cmp::Reverse<u32>, Detection);

/// What is named first of those that a text does not deny. Of those that begin at one place the longest says most.
fn first_of(scope: &Scope<'_>, range: &Range<u32>, mut named: Vec<Named>) -> Option<Detection> {
    named.sort_unstable_by_key(|&(start, end, _)| (start, end));
    named.dedup_by_key(|&mut (start, ..)| start);
    let mut told =
        named.into_iter().filter(|&(start, end, _)| !is_denied(scope, range, &(start..end.0)));
    told.next().map(|(_, _, kind)| kind)
}

/// Whether words that could name who noticed are a part of the product, or one to whom something was sent.
fn is_other(scope: &Scope<'_>, range: &Range<u32>, named: &Mention) -> bool {
    let words = &(named.start..named.end);
    let by_customer = matches!(named.meaning, Meaning::Detection(Detection::Customer, _));
    let near = words.start.saturating_sub(NEARBY).max(range.start)
        ..words.end.saturating_add(NEARBY).min(range.end);
    scope.mentions(near).any(|mention| match mention.meaning {
        Meaning::Thing => mention.start < words.end && words.end <= mention.end,
        // "Team members" are no members, "an internal user" is no user.
        Meaning::Detection(Detection::Internal, _) if by_customer => {
            let mut ends = scope.mentions(mention.start + 1..words.end);
            ends.any(|name| name.end == words.end && mention.end == name.end && is_outsider(name))
        }
        Meaning::Recipient => {
            // The particle stands within the phrase, right behind the word for whom it is.
            let mut names = scope.mentions(words.start..words.end);
            names.any(|name| {
                name.start == words.start
                    && matches!(name.meaning, Meaning::Detection(_, Strength::Plain))
                    && (name.end..=name.end + PLURAL).contains(&mention.start)
            })
        }
        _ => false,
    })
}

/// Whether a phrase names who is served, and nothing more.
fn is_outsider(mention: &Mention) -> bool {
    mention.meaning == Meaning::Detection(Detection::Customer, Strength::Plain)
}

/// The name of a part of the product begins or ends so many bytes from the words in it at most.
const NEARBY: u32 = 64;

/// So many bytes stand at most before the name that a sentence begins with: a bullet, a time, "the".
const LEAD: u32 = 8;

/// The ending of the plural has so many bytes.
const PLURAL: u32 = 3;

/// Whoever noticed something is often not named; so much less sure is it who it was.
const UNNAMED: f32 = 0.3;

/// Whether these words are themselves a verb of noticing.
fn is_verb(scope: &Scope<'_>, words: &Mention) -> bool {
    scope.mentions(words.start..words.end).any(|mention| {
        mention.start == words.start && mention.meaning == Meaning::Event(Event::Detects)
    })
}

/// "No alert fired", "there is no certificate alerting", "monitoring did not see it", "알람은 울리지 않았다":
/// what did not notice.
pub(in crate::extract) fn is_denied(
    scope: &Scope<'_>,
    range: &Range<u32>,
    words: &Range<u32>,
) -> bool {
    let korean = scope.text(words.clone()).chars().any(is_hangul);
    let mut kinds = scope.mentions(words.clone());
    // Customers that tell of it late still tell of it.
    let by_customer = kinds.any(|kind| {
        kind.start == words.start
            && matches!(kind.meaning, Meaning::Detection(Detection::Customer, Strength::Strong))
    });
    scope.mentions(range.clone()).any(|mention| {
        if mention.meaning == Meaning::Sooner && korean {
            return mention.end > words.end && mention.start.saturating_sub(words.end) <= NEAR;
        }
        if mention.meaning == Meaning::Sooner {
            // "Before any alert": what is named next within a few words.
            let mut between = scope.mentions(mention.end..words.start);
            return mention.end <= words.start
                && words.start - mention.end <= QUALIFIED as u32
                && !between.any(is_noticer);
        }
        if mention.meaning == Meaning::Missed && !by_customer {
            // "Monitoring stayed green": what stands behind it up to the next who or what is about it. "The alert did not
            // fire" says it within.
            return mention.end > words.start && is_about(scope, words, mention.start);
        }
        if mention.meaning != Meaning::Cue(Cue::Negates) {
            return false;
        }
        if mention.start >= words.end {
            // "Alert: no heartbeat" says what it alerts of, and a bracket is about something else.
            let between = scope.text(words.end..mention.start);
            // "Users report they cannot log in" says what they tell of, "users noticed nothing" denies it. A phrase may
            // end within its last word.
            let ending = between.trim_start_matches(char::is_alphabetic);
            let is_open = between.matches('(').count() > between.matches(')').count();
            return !is_open
                && !between.contains([':', '：'])
                && (korean || !by_customer || ending.trim().is_empty())
                && between.len() as u32 <= if korean { NEAR } else { AUXILIARY };
        }
        !korean && mention.end <= words.start && {
            let between = scope.text(mention.end..words.start);
            between.len() <= QUALIFIED && !between.contains([',', '.', ';', ':', '('])
        }
    })
}

/// Whether what is said at a place is said of these words: nobody else is named between, and no other clause opens.
fn is_about(scope: &Scope<'_>, words: &Range<u32>, place: u32) -> bool {
    let between = words.end..place.max(words.end);
    !scope.text(between.clone()).contains([';', '.', '(', '→'])
        && !scope
            .mentions(between)
            .any(|mention| matches!(mention.meaning, Meaning::Detection(_, Strength::Strong)))
}

/// Whether a phrase names who or what may notice.
fn is_noticer(mention: &Mention) -> bool {
    matches!(mention.meaning, Meaning::Detection(..))
}

/// A Korean denial stands so many bytes after its word at most: a particle, one more word and its ending.
const NEAR: u32 = 18;
/// So many bytes hold the auxiliary verb between a word and its denial: "alerts should not".
const AUXILIARY: u32 = 8;
/// So many bytes hold what qualifies a denied word: "no certificate expiry alerts".
const QUALIFIED: usize = 24;
