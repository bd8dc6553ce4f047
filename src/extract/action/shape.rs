//! What the lists and parts of a document look like: which lines are measures by themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::action::detail::groups;
use crate::extract::action::is_blank;
use crate::extract::action::nest::{Nest, name, nests};
use crate::extract::action::plain::{PlainList, is_plain_measure, plain_lists};
use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Meaning, SectionRole};

/// The shape of a document.
pub(super) struct Shape {
    /// The plain lines of every part.
    plain: Vec<PlainList>,
    /// The parts whose headings are measures.
    headed: Vec<bool>,
    /// The parts that tell something of the measure above them.
    details: Vec<bool>,
    /// What every line is within its list.
    nests: Vec<Nest>,
    /// The lists that have a box without a tick.
    announced: BTreeSet<u32>,
    /// The lists below a line that says why something happened.
    explained: BTreeSet<u32>,
}

impl Shape {
    /// Looks at a document; the items of some lists are known to be answers.
    pub(super) fn new(scope: &Scope<'_>, choices: &BTreeSet<u32>) -> Self {
        let plain = plain_lists(scope);
        let details = details(scope);
        let headed = headed(scope, &plain, &details, &told(scope));
        Self {
            plain,
            headed,
            details,
            nests: nests(scope),
            announced: announced(scope).difference(choices).copied().collect(),
            explained: explained(scope),
        }
    }

    /// Whether any heading is a measure.
    pub(super) fn has_headed(&self) -> bool {
        self.headed.contains(&true)
    }

    /// Whether a line is a heading that is a measure.
    pub(super) fn is_headed(&self, line: &Line) -> bool {
        line.opens && self.headed[line.part as usize]
    }

    /// Whether a line is of a list that says outside the parts of measures what will be done.
    pub(super) fn is_announced(&self, line: &Line) -> bool {
        !line.roles.any(&TOLD)
            && line.item.is_some_and(|place| self.announced.contains(&place.list))
    }

    /// A line that is a measure by itself: an item without items of its own, or a line of a list without bullets.
    pub(super) fn is_leaf(&self, scope: &Scope<'_>, index: usize) -> bool {
        let line = &scope.lines[index];
        // A part that is quoted with its heading is the author's own.
        let heading = scope.parts[line.part as usize].heading;
        let is_quote = line.quoted && heading.is_none_or(|at| !scope.lines[at as usize].quoted);
        let part = line.part as usize;
        let is_reason = line.item.is_some_and(|place| self.explained.contains(&place.list));
        if is_quote
            || is_reason
            || self.headed[part]
            || self.details[part]
            || is_blank(scope, &line.text)
            || line.label.as_ref().is_some_and(|label| {
                label.roles.has(SectionRole::Actions) && is_blank(scope, &label.value)
            })
        {
            return false;
        }
        match (line.kind, &self.nests[index]) {
            (LineKind::Heading(..) | LineKind::Row(..), _) => false,
            (_, Nest::Above | Nest::Detail) => false,
            (_, Nest::Owns) => true,
            _ if line.opens => false,
            (LineKind::Item, _) => {
                let parent = line.item.is_some_and(|place| place.has_children);
                !parent && scope.line_text(line).chars().any(char::is_alphanumeric)
            }
            (LineKind::Text(_), Nest::Below) => true,
            (LineKind::Text(_), _) => is_plain_measure(scope, index, &self.plain[part]),
        }
    }
}

/// Parts that tell what happened: a box in them says whether it did.
const TOLD: [SectionRole; 8] = [
    SectionRole::Summary,
    SectionRole::Impact,
    SectionRole::Timeline,
    SectionRole::Detection,
    SectionRole::Cause,
    SectionRole::Trigger,
    SectionRole::Response,
    SectionRole::Appendix,
];

/// The lists that have a box without a tick.
fn announced(scope: &Scope<'_>) -> BTreeSet<u32> {
    let places = scope.lines.iter().filter_map(|line| line.item);
    places.filter(|place| place.task == Some(false)).map(|place| place.list).collect()
}

/// The lists below a line that says why something happened.
fn explained(scope: &Scope<'_>) -> BTreeSet<u32> {
    let pairs = scope.lines.windows(2).filter(|pair| pair[1].kind == LineKind::Item);
    let below = pairs.filter(|pair| explains(scope, &pair[0]));
    below.filter_map(|pair| Some(pair[1].item?.list)).collect()
}

/// Whether a line above a list says why something happened, and nothing of what will be done.
fn explains(scope: &Scope<'_>, line: &Line) -> bool {
    let points = scope.line_text(line).ends_with([':', '：']);
    if line.item.is_some() || line.text.len() > LONGEST_REASON || !points {
        return false;
    }
    let cues = |cue| {
        let found = scope.mentions(line.text.clone());
        found.filter(move |mention| mention.meaning == Meaning::Cue(cue))
    };
    // Words that lead to a reason stand behind what it is of. "As a result of the outage:" opens what came of it.
    let is_behind = |said: &&Mention| said.start > line.text.start + SHORTEST_RESULT;
    // "Due to" names a reason; "after" and "introduced" need not.
    let is_reason = cues(Cue::Asserts).filter(is_behind).any(|said| {
        cues(Cue::ComesFrom).any(|from| (from.start, from.end) == (said.start, said.end))
    });
    is_reason
        && cues(Cue::Plans).next().is_none()
        && !scope.says(&line.text, Meaning::Heading(SectionRole::Actions))
}

/// What a reason is of is longer, in bytes: "As a" is not.
const SHORTEST_RESULT: u32 = 8;
/// A longer line tells more than what the list below it is, in bytes.
const LONGEST_REASON: usize = 240;

/// The parts that tell something of the measure above them: parts with the same name stand in several.
fn details(scope: &Scope<'_>) -> Vec<bool> {
    let name = |number: usize| {
        let part = &scope.parts[number];
        let above = &scope.parts[part.parent? as usize];
        let heading = &scope.lines[above.heading? as usize];
        let is_within = above.roles.has(SectionRole::Actions)
            && !above.own.has(SectionRole::Actions)
            && !groups(scope, &heading.text);
        let own = scope.line_text(&scope.lines[part.heading? as usize]);
        is_within.then(|| own.trim_end_matches([':', '：', ' ']).to_lowercase())
    };
    let mut counts: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for number in 0..scope.parts.len() {
        if let (Some(name), Some(parent)) = (name(number), scope.parts[number].parent) {
            counts.entry(name).or_default().insert(parent);
        }
    }
    let is_detail = |number: usize| name(number).is_some_and(|name| counts[&name].len() > 1);
    (0..scope.parts.len()).map(is_detail).collect()
}

/// The parts that have nothing but labelled items whose labels stand in several: "before: …", "after: …".
fn told(scope: &Scope<'_>) -> Vec<bool> {
    let mut parts: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let mut names: Vec<Vec<Option<String>>> = vec![Vec::new(); scope.parts.len()];
    for line in scope.lines.iter().filter(|line| line.item.is_some() || is_row(line)) {
        let name = name(scope, line).filter(|_| line.item.is_some());
        if let Some(name) = &name {
            parts.entry(name.clone()).or_default().insert(line.part);
        }
        names[line.part as usize].push(name);
    }
    let recurs = |name: &Option<String>| name.as_ref().is_some_and(|name| parts[name].len() > 1);
    names.iter().map(|names| !names.is_empty() && names.iter().all(recurs)).collect()
}

fn is_row(line: &Line) -> bool {
    matches!(line.kind, LineKind::Row(..))
}

/// The parts whose headings are measures: several below one heading of measures, with nothing but prose in them.
fn headed(scope: &Scope<'_>, lists: &[PlainList], details: &[bool], told: &[bool]) -> Vec<bool> {
    let mut is_parent = vec![false; scope.parts.len()];
    let mut has_details = vec![false; scope.parts.len()];
    for (part, is_detail) in scope.parts.iter().zip(details) {
        if let Some(parent) = part.parent {
            is_parent[parent as usize] |= !is_detail;
            has_details[parent as usize] |= is_detail;
        }
    }
    // Of each part, how many below it are such, and whether one is not.
    let mut below = vec![(0usize, false); scope.parts.len()];
    let names = |number: usize| {
        let part = &scope.parts[number];
        let parent = part.parent.filter(|&parent| {
            let above = &scope.parts[parent as usize];
            let inherits = part.own.is_empty()
                || part.roles == above.roles && !part.own.has(SectionRole::Actions);
            above.own.has(SectionRole::Actions) && inherits
        })?;
        let heading = &scope.lines[part.heading? as usize];
        let is_measure = !is_parent[number]
            && (told[number] || !lists[number].has_items)
            && (told[number] || has_details[number] || lists[number].lines > 0)
            && part.label.is_none()
            && !groups(scope, &heading.text);
        Some((parent as usize, is_measure))
    };
    for (parent, is_measure) in (0..scope.parts.len()).filter_map(names) {
        below[parent].0 += usize::from(is_measure);
        below[parent].1 |= !is_measure;
    }
    let all = |number: usize| {
        names(number)
            .is_some_and(|(parent, _)| below[parent].0 >= FEWEST_HEADED && !below[parent].1)
    };
    (0..scope.parts.len()).map(all).collect()
}

/// One heading alone below another is a part of it.
const FEWEST_HEADED: usize = 2;
