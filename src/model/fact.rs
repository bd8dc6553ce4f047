//! A fact with the words that it was read from, and a field with all its readings.

use serde::{Deserialize, Serialize};

use crate::base::span::Span;

/// The rule that read a fact, such as `time/label`. `explain` shows it beside each reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub &'static str);

impl RuleId {
    /// The author said so in front matter.
    pub const FRONT_MATTER: Self = Self("front-matter");
    /// The author said so in the overrides file.
    pub const OVERRIDE: Self = Self("override");
    /// The name of the file, for want of anything better.
    pub const FILE_NAME: Self = Self("file-name");
    /// Computed from other facts.
    pub const COMPUTED: Self = Self("computed");

    /// All rules, so that a name that was written down can be read again.
    pub const ALL: [Self; 45] = [
        Self("actions"),
        Self("cause/aside"),
        Self("cause/criticism"),
        Self("cause/dismissed"),
        Self("cause/label"),
        Self("cause/lessons"),
        Self("cause/prose"),
        Self("cause/remedy"),
        Self("cause/response"),
        Self("cause/said"),
        Self("cause/section"),
        Self("cause/summary"),
        Self("cause/timeline"),
        Self("cause/title"),
        Self("computed"),
        Self("detection/label"),
        Self("detection/prose"),
        Self("detection/timeline"),
        Self("facts"),
        Self("file-name"),
        Self("front-matter"),
        Self("impact/percent"),
        Self("length/prose"),
        Self("override"),
        Self("resolution/code"),
        Self("resolution/fix"),
        Self("resolution/measure"),
        Self("service/label"),
        Self("service/prose"),
        Self("severity/code"),
        Self("severity/impact"),
        Self("severity/label"),
        Self("severity/prose"),
        Self("time/agreed"),
        Self("time/front-date"),
        Self("time/front-title"),
        Self("time/label"),
        Self("time/posted"),
        Self("time/prose"),
        Self("time/timeline"),
        Self("title/first-line"),
        Self("title/heading"),
        Self("title/label"),
        Self("title/sentence"),
        Self("zone/beside-time"),
    ];

    /// Whether the author said it outside the text.
    pub fn is_given(self) -> bool {
        self == Self::FRONT_MATTER || self == Self::OVERRIDE
    }
}

impl Serialize for RuleId {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        let known = Self::ALL.into_iter().find(|rule| rule.0 == name);
        known.ok_or_else(|| serde::de::Error::custom(name))
    }
}

/// A value, the words of the text that it was read from, and how sure the reading is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// What was read.
    pub value: T,
    /// The words it was read from.
    pub evidence: Span,
    /// What read it.
    pub rule: RuleId,
    /// From 0 to 1. An author's own word is 1.
    pub certainty: f32,
}

impl<T> Fact<T> {
    /// A reading.
    pub fn new(value: T, evidence: Span, rule: RuleId, certainty: f32) -> Self {
        Self { value, evidence, rule, certainty }
    }
}

/// All readings of one field, the best first. No reading means unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field<T> {
    readings: Vec<Fact<T>>,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self { readings: Vec::new() }
    }
}

impl<T> Field<T> {
    /// A field from its readings, most certain first; of equals the earlier one in the list leads.
    pub fn of(mut readings: Vec<Fact<T>>) -> Self {
        readings.sort_by(|a, b| b.certainty.total_cmp(&a.certainty));
        Self { readings }
    }

    /// The reading that won.
    pub fn best(&self) -> Option<&Fact<T>> {
        self.readings.first()
    }

    /// The value that won.
    pub fn value(&self) -> Option<&T> {
        self.best().map(|fact| &fact.value)
    }

    /// All readings, the winner first.
    pub fn readings(&self) -> &[Fact<T>] {
        &self.readings
    }

    /// Puts a reading before all others: the author's word, or a computed value.
    pub fn lead(&mut self, fact: Fact<T>) {
        self.readings.insert(0, fact);
    }

    /// Puts a reading right behind the winner.
    pub fn follow(&mut self, fact: Fact<T>) {
        self.readings.insert(self.readings.len().min(1), fact);
    }

    /// Completes every reading.
    pub fn update(&mut self, complete: impl Fn(&mut T)) {
        for fact in &mut self.readings {
            complete(&mut fact.value);
        }
    }

    /// Shows every place that it was read from.
    pub fn each_place(&mut self, see: &mut impl FnMut(&mut Span)) {
        for fact in &mut self.readings {
            see(&mut fact.evidence);
        }
    }

    /// Forgets all but the winner: a site needs no runners-up, and they cost memory.
    pub fn settle(&mut self) {
        self.readings.truncate(1);
        self.readings.shrink_to_fit();
    }
}
