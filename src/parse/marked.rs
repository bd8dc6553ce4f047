//! Parts that are marked by a square or a circle: `■ Root cause` above its list. A mark that stands on two lines in a row,
//! or before a sentence, is a bullet and no such mark.

use std::collections::BTreeMap;

/// Signs that people put before the name of a part.
const MARKS: [char; 10] = ['■', '□', '●', '○', '◆', '◇', '▶', '▷', '◎', '▣'];
/// So many parts at least: one marked line may be anything.
const FEWEST: usize = 2;
/// The name of a part is at most so many characters.
const LONGEST: usize = 40;

/// The marks of parts that a text uses, from its lines.
pub(super) fn marks<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<char> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    let mut bullets: Vec<char> = Vec::new();
    let mut before = None;
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let marked = split(line);
        if let Some((mark, name)) = marked {
            *counts.entry(mark).or_default() += 1;
            if before == Some(mark) || !is_name(name) {
                bullets.push(mark);
            }
        }
        before = marked.map(|(mark, _)| mark);
    }
    // Behind the last one nothing follows, so that it names nothing.
    bullets.extend(before);
    let is_part = |(mark, count): &(char, usize)| *count >= FEWEST && !bullets.contains(mark);
    counts.into_iter().filter(is_part).map(|(mark, _)| mark).collect()
}

/// How many bytes of mark a line begins with, the space after it included, where it is one of these marks.
pub(super) fn mark(line: &str, marks: &[char]) -> Option<usize> {
    let (mark, name) = split(line)?;
    marks.contains(&mark).then_some(line.len() - name.len())
}

/// A mark at the margin, and what stands behind it.
fn split(line: &str) -> Option<(char, &str)> {
    let mark = line.chars().next().filter(|mark| MARKS.contains(mark))?;
    let name = line.get(mark.len_utf8()..)?.trim_start();
    (!name.is_empty()).then_some((mark, name))
}

fn is_name(name: &str) -> bool {
    let name = name.trim_end();
    name.chars().count() <= LONGEST
        && name.starts_with(|letter: char| letter.is_alphanumeric() || letter == '[')
        && !name.ends_with(['.', ',', ';', '!', '…'])
        // `■ Cause: a lost index` says it on the same line.
        && !name.trim_end_matches([':', '：']).contains([':', '：'])
}
