//! Code fences around what is no code: a whole report, or all that stands below a heading.

use crate::parse::lines::Line;
use crate::parse::prepare::{Edit, heading_mark};

/// A whole report inside one code fence: the fence goes.
pub(super) fn report(text: &str, lines: &mut [Line], edits: &mut Vec<Edit>) -> bool {
    let coded: Vec<usize> = (0..lines.len()).filter(|&index| lines[index].code).collect();
    let (Some(&first), Some(&last)) = (coded.first(), coded.last()) else { return false };
    let length = |from: usize, to: usize| -> usize {
        lines[from..to].iter().map(|line| line.range.len()).sum()
    };
    let is_block = coded.len() == last - first + 1 && last > first;
    let language = lines[first].of(text).trim().trim_start_matches(['`', '~']).to_lowercase();
    let plain = matches!(language.as_str(), "" | "md" | "markdown" | "text" | "txt");
    let fences =
        lines[first..=last].iter().filter(|line| line.of(text).trim_start().starts_with("```"));
    // Where the parts of a report stand beside it, it is a log of whatever length.
    let headings = |coded: bool| {
        let holds = |line: &&Line| line.code == coded && heading_mark(line.of(text)).is_some();
        lines.iter().filter(holds).count()
    };
    if !is_block
        || !plain
        || headings(false) > 1 && headings(true) == 0
        || fences.count() > 2
        || length(first, last) * 10 < length(0, lines.len()) * 8
    {
        return false;
    }
    for index in [first, last] {
        if lines[index].of(text).trim_start().starts_with(['`', '~']) {
            edits.push(Edit::new(lines[index].range.clone(), ""));
            lines[index].range = 0..0;
        }
    }
    for line in lines.iter_mut() {
        line.code = false;
    }
    true
}

/// Fences that say that they hold Markdown, each around all that stands below a heading, as templates of reports have
/// them: the fences go. One that holds headings of its own shows a document.
pub(super) fn parts(text: &str, lines: &mut [Line], edits: &mut Vec<Edit>) {
    let is_heading = |line: &Line| !line.code && heading_mark(line.of(text)).is_some();
    let mut is_below = false;
    let mut index = 0;
    while index < lines.len() {
        let end = index + lines[index..].iter().take_while(|line| line.code).count();
        if end == index {
            is_below =
                is_heading(&lines[index]) || is_below && lines[index].of(text).trim().is_empty();
            index += 1;
            continue;
        }
        let mut after = lines[end..].iter().skip_while(|line| line.of(text).trim().is_empty());
        let is_all = is_below && after.next().is_none_or(is_heading);
        let opening = lines[index].of(text).trim_end().trim_start_matches(['`', '~']);
        let says = opening.eq_ignore_ascii_case("md") || opening.eq_ignore_ascii_case("markdown");
        let inside = index + 1..end - 1;
        let is_fence = |line: &Line| line.of(text).trim_start().starts_with("```");
        let shows = |line: &Line| heading_mark(line.of(text)).is_some() || is_fence(line);
        let is_closed = inside.start < inside.end && is_fence(&lines[end - 1]);
        if is_all && says && is_closed && !lines[inside.clone()].iter().any(shows) {
            for fence in [index, end - 1] {
                edits.push(Edit::new(lines[fence].range.clone(), ""));
            }
            lines[inside].iter_mut().for_each(|line| line.code = false);
        }
        is_below = false;
        index = end;
    }
}
