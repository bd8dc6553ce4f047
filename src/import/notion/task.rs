//! Boxes of Notion: the people and the day that are mentioned behind one say who is to do it and by when.

use crate::diag::catalog::Catalog;

/// What begins a box, ticked or not.
const BOXES: [&str; 3] = ["- [ ] ", "- [x] ", "- [X] "];
/// A name has so many words at most; more are the rest of a sentence.
const MOST_WORDS: usize = 3;

/// A text whose boxes say what the mentions at their ends mean.
pub(super) fn read(text: &str, words: &Catalog) -> String {
    let [owner, due] = ["import_assignee", "import_duedate"].map(|name| words.say(name, &[]));
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let is_box = BOXES.iter().any(|sign| line.trim_start().starts_with(sign));
        match mentions(line).filter(|_| is_box) {
            Some((task, said)) => {
                let said: Vec<String> = said
                    .iter()
                    .map(|text| format!("{}: {text}", if is_day(text) { &due } else { &owner }))
                    .collect();
                out += &format!("{task} ({})", said.join(", "));
            }
            None => out += line,
        }
        out.push('\n');
    }
    out
}

/// The mentions that end a line, and what stands before them. The first stands behind words.
fn mentions(line: &str) -> Option<(&str, Vec<&str>)> {
    let mut task = line.trim_end();
    let mut said = Vec::new();
    while let Some((before, mention)) = task.rsplit_once(" @") {
        if !is_day(mention) && !is_name(mention) {
            break;
        }
        said.push(mention.trim());
        task = before.trim_end();
    }
    said.reverse();
    let has_words = BOXES.iter().all(|sign| task.trim() != sign.trim());
    (!said.is_empty() && has_words).then_some((task, said))
}

/// `March 12, 2024`: a year and a day, in whichever order and language.
fn is_day(mention: &str) -> bool {
    let numbers: Vec<&str> = mention
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    numbers.iter().any(|number| number.len() == 4) && numbers.len() > 1
}

fn is_name(mention: &str) -> bool {
    let words = || mention.split_whitespace();
    words().count() <= MOST_WORDS
        && words().all(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(|letter| letter.is_alphabetic() && !letter.is_lowercase())
                && letters.all(|letter| letter.is_alphabetic() || "-'.".contains(letter))
        })
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn only_what_ends_a_line_is_a_mention() {
        for (line, wanted) in [
            (
                "- [x]  Add lock order @Mina Kim @March 12, 2024",
                Some(vec!["Mina Kim", "March 12, 2024"]),
            ),
            ("- [ ]  Ask @Jisu to raise the limit", None),
            ("- [ ]  Write to ops@example.com", None),
            ("- [ ] @Mina", None),
        ] {
            assert_eq!(mentions(line).map(|(_, said)| said), wanted, "{line}");
        }
    }
}
