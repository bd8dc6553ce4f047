//! A short name or a number for a content. FNV-1a: the same on every machine and in every version, which std does not promise.

use std::collections::BTreeSet;

/// A hash on its way. Two contents of one name would only mean that a browser keeps an old file.
#[derive(Clone, Copy, Debug)]
pub struct Hash(u64);

/// Names are so long. Each letter costs a byte for every file of the search index before anything can be looked up.
const LENGTH: usize = 6;
/// What names are made of: no capitals, which some file systems do not tell apart.
const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Takes in some bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Takes in a text, and that it ends here.
    pub fn add(&mut self, text: &str) {
        self.write(text.as_bytes());
        self.write(&[0xff]);
    }

    /// All of it, as a number.
    pub fn number(self) -> u64 {
        self.0
    }

    /// The name: six small letters and digits.
    pub fn finish(self) -> String {
        let mut rest = self.0 ^ (self.0 >> 32);
        let mut letter = || {
            let letter = LETTERS[(rest % 36) as usize];
            rest /= 36;
            char::from(letter)
        };
        (0..LENGTH).map(|_| letter()).collect()
    }

    /// The name, or another one where that is taken: names are short, and a file may not take the place of another.
    pub fn finish_apart(mut self, taken: &mut BTreeSet<String>) -> String {
        while !taken.insert(self.finish()) {
            self.add("");
        }
        self.finish()
    }

    /// The name of a text.
    pub fn of(text: &str) -> String {
        let mut hash = Self::default();
        hash.add(text);
        hash.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Hash;

    #[test]
    fn what_is_alike_is_named_apart() {
        let hash = || {
            let mut hash = Hash::default();
            hash.add("a");
            hash
        };
        let mut taken = BTreeSet::new();
        let names: Vec<String> = (0..3).map(|_| hash().finish_apart(&mut taken)).collect();
        assert_eq!(names[0], Hash::of("a"));
        assert!(taken.len() == 3 && names.iter().all(|name| name.len() == 6), "{names:?}");
    }
}
