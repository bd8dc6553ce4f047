//! Names that are each given once: where one is wished for again, it is numbered.

use std::collections::BTreeMap;

/// What has been given: each name, and the number to try next where it is wished for again. So a thousand wishes for
/// the same name do not count from two each time.
#[derive(Clone, Debug, Default)]
pub struct Names {
    given: BTreeMap<String, usize>,
}

impl Names {
    /// A name that nobody has: the wish itself, else `wish-2` and so on. An ending stands behind the number.
    pub fn name(&mut self, wish: &str, ending: &str) -> String {
        self.numbered(wish, ending, 2)
    }

    /// The same with another number for the second one that is wished for.
    pub fn numbered(&mut self, wish: &str, ending: &str, second: usize) -> String {
        let wished = format!("{wish}{ending}");
        let Some(&first) = self.given.get(&wished) else {
            self.given.insert(wished.clone(), second);
            return wished;
        };
        let mut number = first;
        loop {
            let name = format!("{wish}-{number}{ending}");
            number += 1;
            // Somebody may have wished for the numbered name itself.
            if !self.given.contains_key(&name) {
                self.given.insert(name.clone(), second);
                self.given.insert(wished, number);
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_is_given_once_whoever_wished_for_it_first() {
        let mut names = Names::default();
        let given = ["a", "a", "a-2", "a", "a-3", "b-2", "b", "b"].map(|wish| names.name(wish, ""));
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3", "a-3-2", "b-2", "b", "b-3"]);
        let files = ["a", "a"].map(|wish| names.name(wish, ".md"));
        assert_eq!(files, ["a.md", "a-2.md"]);
    }
}
