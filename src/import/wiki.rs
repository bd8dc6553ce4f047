//! Jira's own markup, as Markdown: headings, lists, tables, code, emphasis, links.

/// A text as Markdown. What is not markup stays as it is.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::new();
    let mut code = false;
    let mut in_table = false;
    for line in text.lines() {
        let bare = line.trim();
        let is_fence = ["{code", "{noformat"].iter().any(|fence| {
            bare.starts_with(fence)
                && bare.ends_with('}')
                && !bare.get(1..).is_some_and(|rest| rest.contains('{'))
        });
        if is_fence {
            let language = bare.split_once(':').map_or("", |(_, rest)| rest.trim_end_matches('}'));
            let plain = language.chars().all(char::is_alphanumeric);
            out += "```";
            out += if !code && plain { language } else { "" };
            code = !code;
        } else if code {
            out += line;
        } else {
            let is_row = bare.starts_with('|') && bare.ends_with('|') && bare.len() > 1;
            out += &if is_row { row(bare, !in_table) } else { block(line) };
            in_table = is_row;
        }
        out.push('\n');
    }
    out
}

/// A line that is no code and no row.
fn block(line: &str) -> String {
    let bare = line.trim();
    let mut letters = bare.chars();
    if let (Some('h'), Some(level @ '1'..='6'), Some('.')) =
        (letters.next(), letters.next(), letters.next())
    {
        let level = level.to_digit(10).unwrap_or(2) as usize;
        return format!("{} {}", "#".repeat(level), words(letters.as_str().trim()));
    }
    if let Some(rest) = bare.strip_prefix("bq. ") {
        return format!("> {}", words(rest));
    }
    if bare == "----" {
        return "---".to_owned();
    }
    if let Some((signs, rest)) = bare.split_once(' ')
        && !signs.is_empty()
        && signs.chars().all(|sign| "*#-".contains(sign))
    {
        let sign = if signs.ends_with('#') { "1." } else { "-" };
        return format!("{}{sign} {}", "  ".repeat(signs.chars().count() - 1), words(rest));
    }
    words(line)
}

/// `||a||b||` is a row of headings, `|a|b|` one of cells. Markdown wants headings first.
fn row(line: &str, is_first: bool) -> String {
    let is_heading = line.starts_with("||");
    let sign = if is_heading { "||" } else { "|" };
    let cells: Vec<String> =
        line.trim_matches('|').split(sign).map(|cell| words(cell.trim())).collect();
    let rule = format!("|{}", " --- |".repeat(cells.len()));
    let row = format!("| {} |", cells.join(" | "));
    match (is_first, is_heading) {
        (true, true) => format!("{row}\n{rule}"),
        (true, false) => format!("|{}\n{rule}\n{row}", "  |".repeat(cells.len())),
        (false, _) => row,
    }
}

/// Emphasis, code, links and pictures inside a line.
fn words(text: &str) -> String {
    let text = between(text, "{{", "}}", |inside| format!("`{inside}`"));
    let text = between(&text, "[", "]", |inside| match inside.rsplit_once('|') {
        Some((name, url)) => format!("[{name}]({url})"),
        None if inside.contains("://") => format!("<{inside}>"),
        None => format!("[{inside}]"),
    });
    let text = between(&text, "!", "!", |inside| {
        let file = inside.split('|').next().unwrap_or(inside);
        if file.contains('.') && !file.contains(' ') {
            format!("![]({file})")
        } else {
            format!("!{inside}!")
        }
    });
    between(&text, "*", "*", |inside| {
        if inside.starts_with(' ') || inside.ends_with(' ') {
            format!("*{inside}*")
        } else {
            format!("**{inside}**")
        }
    })
}

/// Replaces what stands between two signs.
fn between(text: &str, open: &str, close: &str, new: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once(open) {
        let Some((inside, after)) = from.split_once(close).filter(|(inside, _)| !inside.is_empty())
        else {
            break;
        };
        out += before;
        out += &new(inside);
        rest = after;
    }
    out + rest
}
