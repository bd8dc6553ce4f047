//! Phrases that name a cause, each with how its sentence is meant and how much its place weighs.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::extract::cause::denial::{answers_no, denied_within};
use crate::extract::cause::named::{By, Named, is_what_was_down, named};
use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::timeline::Row;
use crate::model::cause::{Role, Stance};
use crate::model::fact::RuleId;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Label, Meaning, SectionRole, Strength};
use crate::vocab::pattern::is_hangul;

/// A phrase that names a cause.
pub(super) struct Finding {
    pub(super) cause: u16,
    pub(super) sentence: Range<u32>,
    pub(super) words: Range<u32>,
    pub(super) stance: Stance,
    pub(super) weight: f32,
    pub(super) rule: RuleId,
    pub(super) role: Role,
    pub(super) strong: bool,
    /// Its sentence names what it came of.
    pub(super) result: bool,
    by_code: bool,
}

/// All phrases that name a cause, in an incident of a year.
pub(super) fn findings(scope: &Scope<'_>, rows: &[Row], year: Option<i16>) -> Vec<Finding> {
    let mut found = Vec::new();
    let structured = has_cause_section(scope);
    let unknown = unknown(scope, rows);
    for (sentence, index) in &scope.sentences {
        let index = *index as usize;
        let named = named(scope, sentence);
        if named.is_empty() {
            continue;
        }
        let cues = Cues::of(scope, sentence);
        let mut place = place(scope, index, sentence, cues, rows, structured);
        if !cues.has(Cue::Asserts) && unknown.is_some_and(|it| it.leaves(scope, index, &place)) {
            // What is told where nobody knows the cause are symptoms.
            (place.strong, place.plain) = (0.0, 0.0);
        }
        let is_past = cues.has(Cue::Recalls) && names_other_year(scope, sentence, year);
        for name in named {
            let result = is_result(scope, sentence, &name.range);
            let weight = weight(scope, sentence, &place, &name, result);
            let Named { cause, range, by } = name;
            let strong = by >= By::Code;
            let stance = match stance(scope, index, sentence, (cause, &range), cues) {
                Stance::Asserted if is_past => Stance::Aside,
                stance => stance,
            };
            let alone = !place.answers() && is_alone(scope, sentence, &range);
            if (weight <= 0.0 || alone) && stance == Stance::Asserted {
                continue;
            }
            // "`nginx.conf` was in order" rules out nothing: it is only a name.
            if by == By::Code && stance != Stance::Asserted {
                continue;
            }
            let by_code = by == By::Code;
            let role = role(scope, index, cues);
            let (sentence, words, rule) = (sentence.clone(), range, place.rule);
            found.push(Finding {
                cause,
                sentence,
                words,
                stance,
                weight,
                rule,
                role,
                strong,
                result,
                by_code,
            });
        }
    }
    leave_mere_names(scope, &mut found);
    found
}

/// What is not told where nobody knows the cause.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// The text says so: what it tells besides are symptoms, but not where it tells the cause.
    Said,
    /// It is the very answer to the question for the cause: behind the label of a line, or in a part.
    Answered { line: usize, part: Option<u32> },
}

impl Unknown {
    /// Whether what a line tells is left to be a symptom.
    fn leaves(self, scope: &Scope<'_>, index: usize, place: &Place) -> bool {
        let is_there = match self {
            Self::Said => false,
            // What the same part tells further on is newer.
            Self::Answered { line, part } => {
                line == index || index < line && part == Some(scope.lines[index].part)
            }
        };
        let tells = place.rule == TITLE || place.answers() && !is_there;
        !tells && place.rule.0 != CRITICISM
    }
}

/// Whether the text says that the cause is not known; an entry of a timeline says so of its moment.
pub(super) fn unknown(scope: &Scope<'_>, rows: &[Row]) -> Option<Unknown> {
    let mut said = None;
    for (sentence, index) in &scope.sentences {
        let line = &scope.lines[*index as usize];
        let is_entry = || rows.binary_search_by_key(&(*index as usize), |row| row.line).is_ok();
        let aside = [SectionRole::Timeline, SectionRole::Actions, SectionRole::Lessons];
        if line.roles.any(&aside) || is_entry() {
            continue;
        }
        if is_unanswered(scope, line, sentence) {
            let part = line.label.is_none().then_some(line.part);
            return Some(Unknown::Answered { line: *index as usize, part });
        }
        let is_said = |mention: &Mention| {
            mention.meaning == Meaning::Cue(Cue::Unknown)
                && !is_quoted(scope, sentence, &(mention.start..mention.end))
        };
        if scope.mentions(sentence.clone()).any(is_said) {
            let cues = Cues::of(scope, sentence);
            let doubts = cues.has(Cue::Suspects) || cues.has(Cue::Supposes);
            said = said.or((!doubts).then_some(Unknown::Said));
        }
    }
    said
}

/// "Root cause: unknown."
fn is_unanswered(scope: &Scope<'_>, line: &Line, sentence: &Range<u32>) -> bool {
    let start = match &line.label {
        // What set it off may be unknown where the cause is not.
        Some(label) if label.roles.has(SectionRole::Trigger) => return false,
        Some(label) if label.meaning == Some(Label::Cause) => label.value.start.max(sentence.start),
        None if line.roles.has(SectionRole::Cause) && !line.opens => sentence.start,
        _ => return false,
    };
    let is = |meaning| (meaning == Meaning::Cue(Cue::Unanswered)).then_some(());
    start < sentence.end && scope.covering(&(start..sentence.end), is).is_some()
}

/// "In 2019 an outage …": a year that is not the one of the incident.
fn names_other_year(scope: &Scope<'_>, sentence: &Range<u32>, year: Option<i16>) -> bool {
    let words = scope.text(sentence.clone()).split(|letter: char| !letter.is_ascii_digit());
    let years = words.filter(|word| word.len() == 4).filter_map(|word| word.parse::<i16>().ok());
    let mut years = years.filter(|named| (FIRST_YEAR..LAST_YEAR).contains(named)).peekable();
    year.is_some_and(|year| years.peek().is_some() && years.all(|named| named != year))
}

/// Four digits of another number are no year.
const FIRST_YEAR: i16 = 1990;
const LAST_YEAR: i16 = 2100;

/// How much a phrase weighs in its sentence.
fn weight(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    place: &Place,
    name: &Named,
    result: bool,
) -> f32 {
    let weight = match name.by {
        By::Strong => place.strong,
        By::Code => place.code(),
        By::Plain => place.plain,
    };
    let was_down = || is_what_was_down(scope.vocab, name.cause, scope.mentions(name.range.clone()));
    if weight <= 0.0 || place.rule == TITLE && was_down() {
        return 0.0;
    }
    let outcome = scope.vocab.taxonomy.concepts()[name.cause as usize].outcome;
    let share = if result { outcome.unwrap_or(1.0).min(place.effect.unwrap_or(1.0)) } else { 1.0 };
    let weight =
        weight * share * if is_quoted(scope, sentence, &name.range) { QUOTED } else { 1.0 };
    let mended = name.by == By::Strong && is_mended(scope, sentence, &name.range);
    if mended { weight.max(MENDED) } else { weight }
}

/// What is quoted, an error message or what somebody said, weighs this share.
const QUOTED: f32 = 0.65;

/// What was mended weighs so much at least, wherever that is told.
const MENDED: f32 = 0.5;

/// "Users saw a "password is incorrect" error": words within quotation marks.
fn is_quoted(scope: &Scope<'_>, sentence: &Range<u32>, words: &Range<u32>) -> bool {
    let before = scope.text(sentence.start..words.start);
    before.matches('"').count() % 2 == 1 || before.rfind('“') > before.rfind('”')
}

/// "We reverted the faulty setting": what was undone or put right was wrong. The verb stands right before its object, a
/// Korean one behind it.
fn is_mended(scope: &Scope<'_>, sentence: &Range<u32>, words: &Range<u32>) -> bool {
    // What once was mended may be told as a lesson.
    let is_lesson = scope.lines[scope.line_at(sentence.start)].roles.has(SectionRole::Lessons);
    !is_lesson
        && scope.mentions(sentence.clone()).any(|mention| {
            let is_behind = scope.text(mention.start..mention.end).ends_with(is_hangul);
            let between = match is_behind {
                true => words.end..mention.start,
                false => mention.end..words.start,
            };
            mention.meaning == Meaning::Cue(Cue::Mends)
                && between.start <= between.end
                && between.end - between.start <= BESIDE
        })
}

/// Between a verb and its object stand so many bytes at most.
const BESIDE: u32 = 16;

/// "DNS.": a word alone is a heading without its sign and asserts nothing of what it names.
fn is_alone(scope: &Scope<'_>, sentence: &Range<u32>, words: &Range<u32>) -> bool {
    let apart = [sentence.start..words.start, words.end..sentence.end];
    apart.into_iter().all(|rest| !scope.text(rest).chars().any(char::is_alphanumeric))
}

/// "A leak led to an overload", "an overload due to a leak": the overload is the result.
fn is_result(scope: &Scope<'_>, sentence: &Range<u32>, words: &Range<u32>) -> bool {
    let mut before: Option<(u32, Cue)> = None;
    let mut comes_from_after = false;
    for mention in scope.mentions(sentence.clone()) {
        let Meaning::Cue(cue @ (Cue::LeadsTo | Cue::ComesFrom)) = mention.meaning else { continue };
        if mention.end <= words.start && before.is_none_or(|(at, _)| mention.end > at) {
            before = Some((mention.end, cue));
        }
        comes_from_after |= cue == Cue::ComesFrom && mention.start >= words.end;
    }
    match before {
        Some((_, Cue::LeadsTo)) => true,
        Some(_) => false,
        None => comes_from_after,
    }
}

/// What a title names.
pub(super) const TITLE: RuleId = RuleId("cause/title");
/// How much that weighs: a title often names what was down.
pub(super) const IN_TITLE: f32 = 0.6;

/// A name in code weighs this share of what a phrase would.
const NAMED_IN_CODE: f32 = 0.7;

/// How much a place weighs for strong and for plain phrases.
struct Place {
    strong: f32,
    plain: f32,
    rule: RuleId,
    /// What is told as the result of something weighs this share, where effects are what is told.
    effect: Option<f32>,
}

impl Place {
    fn new(rule: &'static str, strong: f32, plain: f32) -> Self {
        Self { rule: RuleId(rule), strong, plain, effect: None }
    }

    /// How much a name in code weighs: where the text does not tell the cause it is only mentioned.
    fn code(&self) -> f32 {
        let tells = self.answers() || self.rule.0 == "cause/said";
        if tells { self.strong * NAMED_IN_CODE } else { 0.0 }
    }

    /// The question for the cause stands above: a word alone is an answer.
    fn answers(&self) -> bool {
        matches!(self.rule.0, "cause/label" | "cause/section" | "cause/title")
    }
}

/// Drops the names in code from paragraphs that tell the cause in words: "a full disk, as `backup.py` reported".
fn leave_mere_names(scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let line = |finding: &Finding| scope.line_at(finding.sentence.start);
    let is_told = |finding: &&Finding| {
        !finding.by_code && finding.strong && finding.stance == Stance::Asserted
    };
    let told: BTreeSet<usize> = found.iter().filter(is_told).map(line).collect();
    found.retain(|finding| !finding.by_code || !told.contains(&line(finding)));
}

/// Marks of what is as it should be.
const WELL: [char; 3] = ['✅', '✓', '✔'];

/// Whether some heading or label says that what follows is the cause.
fn has_cause_section(scope: &Scope<'_>) -> bool {
    scope.lines.iter().any(|line| {
        line.roles.has(SectionRole::Cause) && !line.opens
            || line.label.as_ref().is_some_and(|label| label.meaning == Some(Label::Cause))
    })
}

/// How much a sentence weighs by where it stands: its label first, then its part of the report.
fn place(
    scope: &Scope<'_>,
    index: usize,
    sentence: &Range<u32>,
    cues: Cues,
    rows: &[Row],
    structured: bool,
) -> Place {
    let line = &scope.lines[index];
    let asserts = cues.has(Cue::Asserts);
    let by_label = line.label.as_ref().is_some_and(|label| {
        label.value.start < sentence.end
            && (label.meaning == Some(Label::Cause)
                || label.roles.any(&[SectionRole::Cause, SectionRole::Trigger]))
    });
    if scope.is_title(index) {
        return Place::new(TITLE.0, IN_TITLE, 0.0);
    }
    let is_well = scope.line_text(line).starts_with(WELL);
    if is_well
        || line.roles.any(&[SectionRole::Actions, SectionRole::Praise, SectionRole::Appendix])
    {
        return Place::new("cause/aside", 0.0, 0.0);
    }
    if by_label {
        return Place::new("cause/label", 1.0, 0.52);
    }
    let says_cause = scope.says(sentence, Meaning::Label(Label::Cause));
    if matches!(line.kind, LineKind::Row(_, true)) && !says_cause {
        // The names of columns say what is asked, not what is so: "Data loss: none".
        return Place::new("cause/aside", 0.0, 0.0);
    }
    if line.roles.any(&[SectionRole::Cause, SectionRole::Trigger]) {
        let mixed = line.roles.any(&[SectionRole::Resolution, SectionRole::Response]);
        return match (mixed, asserts) {
            (_, true) => Place::new("cause/section", 0.95, 0.48),
            (false, false) => Place::new("cause/section", 0.84, 0.35),
            (true, false) => Place::new("cause/section", 0.55, 0.2),
        };
    }
    if asserts && says_cause {
        return Place::new("cause/said", 0.9, 0.48);
    }
    let in_row = rows.binary_search_by_key(&index, |row| row.line).is_ok();
    beside_the_cause(line, cues, in_row, structured)
}

/// What went badly.
const CRITICISM: &str = "cause/criticism";

/// What a summary tells as a result weighs this share.
const EFFECT: f32 = 0.4;

/// The parts of a report that are not about the cause, and texts without parts.
fn beside_the_cause(line: &Line, cues: Cues, in_row: bool, structured: bool) -> Place {
    let asserts = cues.has(Cue::Asserts);
    let by = |sure: bool, rule, asserted: (f32, f32), told: (f32, f32)| {
        let (strong, plain) = if sure { asserted } else { told };
        Place::new(rule, strong, plain)
    };
    if line.roles.has(SectionRole::Criticism) {
        return Place::new(CRITICISM, 0.75, 0.3);
    }
    if line.roles.has(SectionRole::Timeline) || in_row {
        let sure = asserts || cues.has(Cue::Finds);
        return by(sure, "cause/timeline", (0.45, 0.2), (0.25, 0.1));
    }
    if line.roles.has(SectionRole::Summary) {
        let told = if structured { 0.4 } else { 0.55 };
        let place = by(asserts, "cause/summary", (0.85, 0.35), (told, 0.15));
        // Where the causes have a part of their own, the summary tells of a cause what came of it.
        return Place { effect: structured.then_some(EFFECT), ..place };
    }
    if line.roles.has(SectionRole::Lessons) {
        return by(asserts, "cause/lessons", (0.55, 0.1), (0.4, 0.1));
    }
    if line.roles.any(&[
        SectionRole::Resolution,
        SectionRole::Response,
        SectionRole::Detection,
        SectionRole::Impact,
    ]) {
        return by(asserts, "cause/response", (0.5, 0.2), (0.3, 0.1));
    }
    let told = if structured { (0.38, 0.15) } else { (0.48, 0.2) };
    by(asserts, "cause/prose", (0.72, 0.3), told)
}

fn role(scope: &Scope<'_>, index: usize, cues: Cues) -> Role {
    let line = &scope.lines[index];
    if line.roles.has(SectionRole::Trigger) || cues.has(Cue::Triggers) && !cues.has(Cue::Asserts) {
        Role::Trigger
    } else if cues.has(Cue::Contributes)
        || line.roles.has(SectionRole::Criticism)
        || line.roles.has(SectionRole::Cause) && is_below_contributing(scope, line)
    {
        Role::Contributing
    } else {
        Role::Cause
    }
}

/// Whether the heading above names what contributed, and no other causes beside it.
fn is_below_contributing(scope: &Scope<'_>, line: &Line) -> bool {
    let heading = scope.parts[line.part as usize].heading;
    let Some(heading) = heading.and_then(|at| scope.lines.get(at as usize)) else { return false };
    let is = |mention: &&Mention| mention.meaning == Meaning::Cue(Cue::Contributes);
    let Some(first) = scope.mentions(heading.text.clone()).find(is) else { return false };
    scope.mentions(heading.text.clone()).all(|name| {
        name.meaning != Meaning::Heading(SectionRole::Cause)
            || name.end > first.start && name.start <= first.end + 1
    })
}

/// How the sentence means the phrase: by the cues of its clause and of the clause that follows.
fn stance(
    scope: &Scope<'_>,
    index: usize,
    sentence: &Range<u32>,
    (cause, words): (u16, &Range<u32>),
    cues: Cues,
) -> Stance {
    let line = &scope.lines[index];
    if answers_no(scope, line, words) {
        return Stance::Aside;
    }
    if line.roles.has(SectionRole::FalseLead) {
        return if cues.has(Cue::Finds) && cues.has(Cue::Asserts) {
            Stance::Asserted
        } else {
            Stance::RuledOut
        };
    }
    let clauses = clauses(scope, sentence);
    let at = clauses.iter().position(|clause| words.start < clause.end).unwrap_or(0);
    let clause = &clauses[at];
    let near = Cues::around(scope, clause, words);
    // ", not a capacity problem" denies what follows, not what stands before it.
    let judges = |next: &&Range<u32>| !opens_with_denial(scope, next) && !judges_own(scope, next);
    let next = clauses.get(at + 1).filter(judges);
    let next = next.map(|next| Cues::around(scope, next, words)).unwrap_or_default();
    if near.has(Cue::RulesOut) && !denies_origin(scope, clause, words)
        || next.has(Cue::RulesOut) && !near.has(Cue::Finds) && !near.has(Cue::Asserts)
    {
        return Stance::RuledOut;
    }
    if near.has(Cue::Rejects) && rejected(scope, clause, words) {
        return Stance::RuledOut;
    }
    if near.has(Cue::Suspects) && !near.has(Cue::Finds) {
        return Stance::Suspected;
    }
    if negated(scope, clause, words) || denied_within(scope, cause, words) {
        return Stance::Aside;
    }
    let in_cause = line.roles.any(&[
        SectionRole::Cause,
        SectionRole::Summary,
        SectionRole::Criticism,
        SectionRole::Trigger,
    ]);
    if prevented(scope, clause, words)
        || near.has(Cue::Elsewhere)
        || !in_cause && (near.has(Cue::Plans) || near.has(Cue::Supposes))
    {
        return Stance::Aside;
    }
    // "Why did the pool run dry?" takes for given what it asks for; any other question only wonders.
    let asks = at + 1 == clauses.len() && scope.text(sentence.clone()).ends_with(['?', '？']);
    if line.roles.has(SectionRole::Actions) || asks && !line.roles.has(SectionRole::Cause) {
        return Stance::Aside;
    }
    Stance::Asserted
}

/// "DNS failure (excluded)": a verdict that fills the bracket behind what it is about.
fn rejected(scope: &Scope<'_>, clause: &Range<u32>, words: &Range<u32>) -> bool {
    scope.mentions(words.end..clause.end).any(|verdict| {
        let before = scope.text(words.end..verdict.start);
        let behind = scope.text(verdict.end..clause.end);
        verdict.meaning == Meaning::Cue(Cue::Rejects)
            && before.matches(['(', '[', '（']).count() == 1
            && before.trim_end().ends_with(['(', '[', '（'])
            && behind.trim_start().starts_with([')', ']', '）'])
    })
}

/// "The deadlock was not caused by the release": what is denied is where it came from, and not the deadlock itself.
fn denies_origin(scope: &Scope<'_>, clause: &Range<u32>, words: &Range<u32>) -> bool {
    let is = |mention: &Mention, cue| mention.meaning == Meaning::Cue(cue);
    let mut verdicts = scope
        .mentions(clause.clone())
        .filter(|verdict| is(verdict, Cue::RulesOut))
        .filter(|verdict| verdict.start < words.start || verdict.end > words.end);
    verdicts.all(|verdict| {
        let mut within = scope.mentions(verdict.start..verdict.end);
        verdict.start >= words.end
            && within.any(|from| is(from, Cue::ComesFrom) && from.end == verdict.end)
    })
}

/// "to prevent a deadlock", "데드락 방지": Korean says what is prevented before it, English after it. A prevention
/// that is itself named as lacking ("전파 방지 장치 부재") prevents no more than what stands right before it.
fn prevented(scope: &Scope<'_>, clause: &Range<u32>, words: &Range<u32>) -> bool {
    let preventions = |within: Range<u32>| {
        scope.mentions(within).filter(|it| it.meaning == Meaning::Cue(Cue::Prevents))
    };
    let is_hangul = |it: &Mention| scope.text(it.start..it.end).ends_with(is_hangul);
    let lacks = |it: &Mention| {
        scope.mentions(it.start.saturating_sub(LONGEST_LACK)..clause.end).any(|lack| {
            matches!(lack.meaning, Meaning::Cause(_, Strength::Strong))
                && lack.start <= it.end + 1
                && lack.end > it.end
        })
    };
    preventions(clause.start..words.start).any(|it| !is_hangul(it))
        || preventions(words.end..clause.end)
            .any(|it| is_hangul(it) && (it.start <= words.end + LONGEST_JOINT || !lacks(it)))
}

/// A particle and a space, in bytes.
const LONGEST_JOINT: u32 = 4;

/// The name of a lack begins so many bytes at most before the word in it that speaks of prevention.
const LONGEST_LACK: u32 = 60;

fn opens_with_denial(scope: &Scope<'_>, clause: &Range<u32>) -> bool {
    scope.mentions(clause.clone()).any(|mention| {
        mention.meaning == Meaning::Cue(Cue::Negates) && mention.start == clause.start
    })
}

/// "; it had nothing to do with the deploy": the verdict of a clause is about the cause that it names itself, right behind.
fn judges_own(scope: &Scope<'_>, clause: &Range<u32>) -> bool {
    scope.mentions(clause.clone()).any(|verdict| {
        let behind = verdict.end..(verdict.end + BESIDE).min(clause.end);
        verdict.meaning == Meaning::Cue(Cue::RulesOut)
            && !scope.text(verdict.start..verdict.end).ends_with(is_hangul)
            && scope.mentions(behind.start..clause.end).any(|name| {
                matches!(name.meaning, Meaning::Cause(_, Strength::Strong))
                    && name.start < behind.end
            })
    })
}

/// A sentence in clauses: a contrast or a verdict opens a new one, and so does ", not"; a Korean verdict
/// stands after what it is about and closes its clause.
fn clauses(scope: &Scope<'_>, sentence: &Range<u32>) -> Vec<Range<u32>> {
    let mut cuts: Vec<u32> = Vec::new();
    for mention in scope.mentions(sentence.clone()) {
        let Meaning::Cue(cue) = mention.meaning else { continue };
        let inside = mention.start > sentence.start + 2;
        let before = scope.text(sentence.start..mention.start);
        let after = scope.text(mention.start..mention.end).ends_with(is_hangul);
        match cue {
            // "We thought that it was" is one thought.
            Cue::Contrasts if inside && !is_thought(scope, sentence, mention) => {
                cuts.push(mention.start)
            }
            Cue::Negates if inside && before.ends_with(", ") => cuts.push(mention.start),
            Cue::RulesOut if after => {
                // Of verdicts that overlap, as 아닌 and 아닌 것으로, the last one closes it.
                cuts.retain(|cut| *cut <= mention.start || *cut >= mention.end);
                cuts.push(mention.end);
            }
            _ => {}
        }
    }
    let text = scope.text(sentence.clone());
    // The arrow begins with this byte.
    if memchr::memchr2(b';', 0xe2, text.as_bytes()).is_some() {
        cuts.extend(text.match_indices([';', '→']).map(|(at, _)| sentence.start + at as u32));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut clauses = Vec::with_capacity(cuts.len() + 1);
    let mut start = sentence.start;
    for cut in cuts {
        clauses.push(start..cut);
        start = cut;
    }
    clauses.push(start..sentence.end);
    clauses
}

/// Whether words stand within some that suspect.
fn is_thought(scope: &Scope<'_>, sentence: &Range<u32>, words: &Mention) -> bool {
    scope.mentions(sentence.start..words.end).any(|mention| {
        mention.meaning == Meaning::Cue(Cue::Suspects)
            && mention.start < words.start
            && words.end <= mention.end
    })
}

/// "no deadlock", "without packet loss": a denial within a few words before the phrase. Phrases that
/// begin with the denial themselves ("no alert for …") name a lack and are not denied.
fn negated(scope: &Scope<'_>, clause: &Range<u32>, range: &Range<u32>) -> bool {
    // "… does not fail, and nothing compares": it says itself what is not.
    if opens_with_denial(scope, range) {
        return false;
    }
    scope.mentions(clause.start..range.start).any(|mention| {
        // A Korean denial stands after what it denies: before the phrase it belongs to something else.
        mention.meaning == Meaning::Cue(Cue::Negates)
            && range.start - mention.end <= 12
            && !scope.text(mention.start..mention.end).ends_with(is_hangul)
    })
}
