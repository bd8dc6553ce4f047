//! What noticed the incident first: a tool, customers, or staff.

use std::ops::Range;

use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::timeline::Row;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Detection;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Event, Label, Meaning, SectionRole, Strength};
use crate::vocab::pattern::is_hangul;

/// Every sentence that says how it was noticed.
pub(super) fn detections(scope: &Scope<'_>, rows: &[Row]) -> Vec<Fact<Detection>> {
    let mut found = Vec::new();
    labelled(scope, &mut found);
    timeline(scope, rows, &mut found);
    prose(scope, rows, &mut found);
    found
}

/// `Detected by: …`, a section on detection.
fn labelled(scope: &Scope<'_>, found: &mut Vec<Fact<Detection>>) {
    for (index, line) in scope.lines.iter().enumerate() {
        if line.roles.any(&[SectionRole::Actions, SectionRole::Lessons]) {
            continue;
        }
        let by_label = line.label.as_ref().is_some_and(|label| {
            matches!(label.meaning, Some(Label::DetectedBy | Label::Detected))
                || label.roles.has(SectionRole::Detection)
        });
        let in_section = line.roles.has(SectionRole::Detection) && !line.opens;
        let asked = !by_label && !in_section && is_asked(scope, line);
        let certainty = if by_label {
            0.95
        } else if in_section {
            0.9
        } else {
            ASKED
        } - (index as f32) * 0.0005;
        let asks_who = asked
            || line.label.as_ref().is_some_and(|label| label.meaning == Some(Label::DetectedBy));
        let value = line.label.as_ref().filter(|label| asks_who && !label.value.is_empty());
        let mut answers = by_label || in_section || asked;
        for (sentence, _) in scope.sentences_of(index) {
            let question = scope.text(sentence.clone()).ends_with(['?', '？']);
            if question || !answers {
                answers |= question && asks(scope, sentence);
                continue;
            }
            // What the label is called is no answer to it.
            let start = value.map_or(sentence.start, |label| label.value.start.max(sentence.start));
            let answer = start..sentence.end.max(start);
            let known = found.len();
            push(scope, &answer, asks_who, RuleId("detection/label"), certainty, found);
            for fact in found.iter_mut().skip(known) {
                fact.evidence = scope.span(sentence.clone());
            }
        }
    }
}

/// How sure an answer is whose question is no usual heading: "Who saw it?".
const ASKED: f32 = 0.8;

/// Whether a line stands beside a label or below a heading that asks who noticed, in whatever words.
fn is_asked(scope: &Scope<'_>, line: &Line) -> bool {
    let label = line.label.as_ref().filter(|label| label.meaning.is_none());
    let heading = scope.parts[line.part as usize].heading.filter(|_| !line.opens);
    label.is_some_and(|label| asks(scope, &label.name))
        || heading.is_some_and(|heading| {
            scope.parts[line.part as usize].roles.is_empty()
                && scope.title_line != Some(heading)
                && asks(scope, &scope.lines[heading as usize].text)
        })
}

/// Whether a short text is about noticing and names nothing that did.
fn asks(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    let longest = if scope.text(range.clone()).ends_with(['?', '？']) { 2 } else { 1 };
    if range.len() > LONGEST_NAME * longest {
        return false;
    }
    let mut asks = false;
    for mention in scope.mentions(range.clone()) {
        match mention.meaning {
            Meaning::Event(Event::Detects) | Meaning::Label(Label::DetectedBy) => asks = true,
            Meaning::Detection(..) => return false,
            _ => {}
        }
    }
    asks
}

/// A label or a heading that asks something has so many bytes at most, a question twice as many.
const LONGEST_NAME: usize = 40;

/// The first entries of the timeline that tell of somebody noticing, or name what does: "10:02 pager".
fn timeline(scope: &Scope<'_>, rows: &[Row], found: &mut Vec<Fact<Detection>>) {
    // "10:00 Detected. 10:10 An engineer found the full disk": the second knew of it already.
    let mut is_known = false;
    for (order, row) in rows.iter().take(6).filter(|row| !row.posted).enumerate() {
        // "Two readers opened a ticket": who noticed, without a word for noticing.
        let detects = |mention: &Mention| {
            matches!(
                mention.meaning,
                Meaning::Event(Event::Detects)
                    | Meaning::Detection(_, Strength::Strong)
                    | Meaning::Implied(_)
            )
        };
        let base = if answers(scope, &row.body) {
            0.9
        } else if scope.mentions(row.body.clone()).any(detects) {
            0.85
        } else {
            0.5
        };
        let certainty = base - order as f32 * 0.03;
        let before = found.len();
        push(scope, &row.body, false, RuleId("detection/timeline"), certainty, found);
        if is_known {
            drop_staff(found, before);
        }
        let detects = |mention: &Mention| mention.meaning == Meaning::Event(Event::Detects);
        is_known |= found.len() == before && scope.mentions(row.body.clone()).any(detects);
    }
}

/// Drops the readings from a place on that say that staff noticed.
fn drop_staff(found: &mut Vec<Fact<Detection>>, from: usize) {
    let kept = found.split_off(from).into_iter().filter(|fact| fact.value != Detection::Internal);
    found.extend(kept);
}

/// Sentences that say that somebody noticed, in the parts that tell what happened; those of a timeline
/// where they are no part of its entries.
fn prose(scope: &Scope<'_>, rows: &[Row], found: &mut Vec<Fact<Detection>>) {
    let mut entries = rows.iter().peekable();
    for (index, line) in scope.lines.iter().enumerate() {
        while entries.next_if(|row| row.body.end <= line.text.start).is_some() {}
        let entry = entries.peek().is_some_and(|row| row.body.start <= line.text.start);
        let reports = line.opens && is_report(scope, line);
        if line.opens && !reports || entry || line.roles.any(&ELSEWHERE) {
            continue;
        }
        let told = line.roles.is_empty() || line.roles.any(&TELLING);
        let place = if told {
            TOLD
        } else if line.roles.has(SectionRole::Praise) {
            PRAISED
        } else {
            ASIDE
        };
        for (sentence, _) in scope.sentences_of(index) {
            let tells = reports || notices(scope, sentence);
            if !tells || scope.text(sentence.clone()).ends_with(['?', '？']) {
                continue;
            }
            let cues = Cues::of(scope, sentence);
            if NOT_SO.iter().any(|&cue| cues.has(cue)) {
                continue;
            }
            let place = if answers(scope, sentence) { ANSWERED } else { place };
            let early = 0.1 * (1.0 - (index as f32 / scope.lines.len().max(1) as f32));
            let known = found.len();
            push(scope, sentence, false, RuleId("detection/prose"), place + early, found);
            if is_further(scope, sentence) {
                drop_staff(found, known);
            }
        }
    }
}

/// Whether what staff find in a sentence is the cause or one thing more: "we also noticed", "while looking into it".
/// They know of the incident already.
fn is_further(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    scope.mentions(sentence.clone()).any(|mention| mention.meaning == Meaning::Further)
}

/// Whether a heading says that somebody told of it: "The problem as reported by users", "An engineer noticed it". The
/// words "reported by users" do so without a verb beside them, what staff and tools do not.
fn is_report(scope: &Scope<'_>, heading: &Line) -> bool {
    let mut by_staff = false;
    for mention in scope.mentions(heading.text.clone()) {
        match mention.meaning {
            Meaning::Detection(Detection::Customer, Strength::Strong) => return true,
            Meaning::Detection(_, Strength::Strong) => by_staff = true,
            _ => {}
        }
    }
    by_staff && notices(scope, &heading.text)
}

/// Parts that tell what happened; what stands in a timeline beside its entries does too.
const TELLING: [SectionRole; 4] =
    [SectionRole::Summary, SectionRole::Impact, SectionRole::Response, SectionRole::Timeline];

/// How sure a sentence is that answers the very question, one in the parts that tell the story, and another.
const ANSWERED: f32 = 0.8;
const TOLD: f32 = 0.55;
const ASIDE: f32 = 0.5;
/// What went well may be that it was noticed at once.
const PRAISED: f32 = 0.35;

/// "It was first detected through support tickets": words that a label would use, and then who or what.
fn answers(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    let asked = scope
        .mentions(sentence.clone())
        .find(|mention| mention.meaning == Meaning::Label(Label::DetectedBy));
    asked.is_some_and(|asked| {
        let mut behind = scope.mentions(asked.end..sentence.end);
        behind.any(|mention| {
            matches!(
                mention.meaning,
                Meaning::Detection(_, Strength::Strong)
                    | Meaning::Detection(Detection::Monitoring, _)
            )
        })
    })
}

/// Parts that are not about how this incident was noticed.
const ELSEWHERE: [SectionRole; 3] =
    [SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix];

/// Sentences of what will be, could have been or was not.
const NOT_SO: [Cue; 4] = [Cue::Plans, Cue::Prevents, Cue::Supposes, Cue::Elsewhere];

/// Whether a sentence says that somebody noticed: the name of a tool or of a person alone does not.
fn notices(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
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
fn push(
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
            named.push((place.0, place.1, by.unwrap_or(kind)));
        } else if is_verb(scope, mention) {
            // Who is named before the verb noticed: "A reader who came back after a year noticed it".
            let words = mention.start..mention.end;
            unnamed = unnamed.or(Some((words, teller.unwrap_or(kind))));
        } else {
            teller = teller.or(Some(kind));
        }
    }
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
    scope.in_path(words.start)
        || is_identifier(scope, words)
        || scope.mentions(near).any(|mention| match mention.meaning {
            Meaning::Thing => mention.start < words.end && words.end <= mention.end,
            // "Team members" are no members.
            Meaning::Detection(Detection::Internal, Strength::Plain) if by_customer => {
                let mut ends = scope.mentions(mention.start + 1..words.end);
                ends.any(|name| {
                    name.end == words.end && mention.end == name.end && is_outsider(name)
                })
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

/// The ending of the plural has so many bytes.
const PLURAL: u32 = 3;

/// Whether words are a part of a longer name in code: `device_alerts` is a table.
fn is_identifier(scope: &Scope<'_>, words: &Range<u32>) -> bool {
    let before = scope.text(words.start.saturating_sub(1)..words.start);
    let behind = scope.text(words.end..words.end + 1);
    before == "_" || behind == "_"
}

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
fn is_denied(scope: &Scope<'_>, range: &Range<u32>, words: &Range<u32>) -> bool {
    let korean = scope.text(words.clone()).chars().any(is_hangul);
    let mut kinds = scope.mentions(words.clone());
    // Customers that tell of it late still tell of it.
    let by_customer = kinds.any(|kind| {
        kind.start == words.start
            && matches!(kind.meaning, Meaning::Detection(Detection::Customer, Strength::Strong))
    });
    let is_tool = scope.mentions(words.clone()).any(names_tool);
    scope.mentions(range.clone()).any(|mention| {
        if mention.meaning == Meaning::Sooner {
            // "Before any alert": what is named next within a few words.
            let mut between = scope.mentions(mention.end..words.start);
            return mention.end <= words.start
                && words.start - mention.end <= QUALIFIED as u32
                && !between.any(|other| is_noticer(other) && !(is_tool && names_tool(other)));
        }
        if mention.meaning == Meaning::Missed && !by_customer {
            // "Monitoring stayed green": what stands behind it up to the next who or what is about it.
            return mention.end > words.end && is_about(scope, words, mention.start);
        }
        if mention.meaning != Meaning::Cue(Cue::Negates) {
            return false;
        }
        if mention.start >= words.end {
            return mention.start - words.end <= if korean { NEAR } else { AUXILIARY };
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

/// Whether a phrase names a tool.
fn names_tool(mention: &Mention) -> bool {
    matches!(mention.meaning, Meaning::Detection(Detection::Monitoring, _))
}

/// A Korean denial stands so many bytes after its word at most: a particle, one more word and its ending.
const NEAR: u32 = 18;
/// So many bytes hold the auxiliary verb between a word and its denial: "alerts should not".
const AUXILIARY: u32 = 8;
/// So many bytes hold what qualifies a denied word: "no certificate expiry alerts".
const QUALIFIED: usize = 24;
