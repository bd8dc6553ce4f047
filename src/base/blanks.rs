//! Texts with blanks: `{name}` is what somebody says of that name, `{n?one|several}` depends on whether it is 1.

/// `text` with its blanks filled, in one pass: what fills a blank may look like one. `fill` writes the value of a name, and
/// says whether there is one; what stands between braces and has none stays.
pub fn fill(text: &str, fill: impl Fn(&str, &mut String) -> bool) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let blank = after.split_once('}').filter(|(blank, _)| put(blank, &mut filled, &fill));
        rest = blank.map_or_else(
            || {
                filled.push('{');
                after
            },
            |(_, tail)| tail,
        );
    }
    filled.push_str(rest);
    filled
}

/// Writes what a blank stands for, if there is such a thing.
fn put(blank: &str, filled: &mut String, fill: &impl Fn(&str, &mut String) -> bool) -> bool {
    let Some((name, forms)) = blank.split_once('?') else { return fill(blank, filled) };
    let mut number = String::new();
    let is_known = fill(name, &mut number);
    if is_known {
        let (one, several) = forms.split_once('|').unwrap_or((forms, forms));
        filled.push_str(if number == "1" { one } else { several });
    }
    is_known
}

/// Writes the value of a name in a list of blanks, as [`fill`] asks for it.
pub fn of<'a, V: std::fmt::Display + ?Sized>(
    blanks: &'a [(&'a str, &'a V)],
) -> impl Fn(&str, &mut String) -> bool + 'a {
    use std::fmt::Write;
    move |name, text| {
        let value = blanks.iter().find(|(blank, _)| *blank == name);
        value.is_some_and(|(_, value)| write!(text, "{value}").is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_once() {
        for (text, expected) in [
            ("{a} and {b}", "{b} and 1"),
            ("{b} {b?house|houses}, {c} {c?house|houses}", "1 house, 2 houses"),
            ("{} {d} { {d?x|y} {", "{} {d} { {d?x|y} {"),
            ("{{a}}", "{{b}}"),
            ("", ""),
        ] {
            let blanks = [("a", "{b}"), ("b", "1"), ("c", "2")];
            assert_eq!(fill(text, of(&blanks)), expected, "{text}");
        }
    }
}
