//! Measures that a sentence names.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::extract::scope::Scope;
use crate::model::kind::Resolution;
use crate::vocab::meaning::{Meaning, Strength};
use crate::vocab::pattern::is_hangul;

/// What a phrase says was done, where, and how surely.
pub(super) type Measure = (Resolution, Range<u32>, Strength);

/// Measures that a sentence names; of two that lie in one another the longer phrase counts, but for its verb.
pub(super) fn measures(scope: &Scope<'_>, sentence: &Range<u32>) -> Vec<Measure> {
    let mut found: Vec<Measure> = Vec::new();
    for mention in scope.mentions(sentence.clone()) {
        if let Meaning::Resolution(kind, strength) = mention.meaning {
            found.push((kind, mention.start..mention.end, strength));
        }
    }
    // They come in order of where they begin: how far those of each kind reach that begin no later.
    let mut farthest: BTreeMap<Resolution, u32> = BTreeMap::new();
    let mut kept = Vec::new();
    for same in found.chunk_by(|one, next| one.1.start == next.1.start) {
        for (kind, range, _) in same {
            let end = farthest.entry(*kind).or_default();
            *end = range.end.max(*end);
        }
        // Of two that end in one verb the nearer noun may be what it was done to.
        let lies_within = |(kind, range, _): &&Measure| {
            farthest.iter().any(|(other, &end)| other != kind && end > range.end)
        };
        kept.extend(same.iter().filter(|measure| !lies_within(measure)).cloned());
    }
    kept.retain(|(_, range, _)| !is_purpose(scope, sentence, range));
    keep_theirs(&mut kept);
    specific(scope, kept)
}

/// "The provider replaced the disk": what a supplier did to put it right was no measure of those who write.
fn keep_theirs(kept: &mut Vec<Measure>) {
    let theirs: Vec<_> = kept
        .iter()
        .filter(|(kind, ..)| *kind == Resolution::ProviderRecovery)
        .map(|(_, range, _)| range.clone())
        .collect();
    let is_theirs =
        |range: &Range<u32>| theirs.iter().any(|by| by.start < range.start && range.start < by.end);
    kept.retain(|(kind, range, _)| *kind == Resolution::ProviderRecovery || !is_theirs(range));
}

/// Measures without those that another of the sentence says better: "a fix was deployed: the index was added" tells what
/// the fix was, and in Korean the noun nearer to the verb is what it was done to (메모리 설정을 변경).
fn specific(scope: &Scope<'_>, mut kept: Vec<Measure>) -> Vec<Measure> {
    let mut nearest: BTreeMap<u32, u32> = BTreeMap::new();
    for (_, range, _) in &kept {
        let start = nearest.entry(range.end).or_default();
        *start = range.start.max(*start);
    }
    let is_told = kept
        .iter()
        .any(|(kind, _, strength)| *kind != Resolution::CodeFix && *strength == Strength::Strong);
    kept.retain(|(kind, range, strength)| {
        let near = nearest.get(&range.end).copied().unwrap_or_default().max(range.start);
        let is_farther = near > range.start
            && scope.text(range.clone()).contains(is_hangul)
            && !scope.text(range.start..near).contains([',', '/', '·']);
        let is_vague = *kind == Resolution::CodeFix && *strength == Strength::Plain;
        !(is_farther || is_vague && is_told)
    });
    kept
}

/// What a measure was to bring about stands within so many bytes of the words that say so.
const PURPOSE: u32 = 160;

/// "Tested to ensure that all traffic was routed": what a measure was to bring about.
fn is_purpose(scope: &Scope<'_>, sentence: &Range<u32>, measure: &Range<u32>) -> bool {
    let near = sentence.start.max(measure.start.saturating_sub(PURPOSE));
    scope.mentions(near..sentence.end).any(|mention| {
        // "To resolve the cache invalidation issue" names the trouble.
        let holds = mention.start <= measure.start && measure.end <= mention.end;
        let leads = mention.end <= measure.start
            && !scope.text(mention.end..measure.start).contains([',', ';', '.', ')']);
        mention.meaning == Meaning::Purpose && (holds || leads)
    })
}
