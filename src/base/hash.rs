//! A short name for a content. FNV-1a: the same on every machine and in every version, which std does not promise.

/// A hash on its way. Two contents of one name would only mean that a browser keeps an old file.
#[derive(Clone, Copy, Debug)]
pub struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Takes in a text, and that it ends here.
    pub fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The name: twelve hexadecimal digits.
    pub fn finish(self) -> String {
        format!("{:012x}", (self.0 >> 16) ^ (self.0 & 0xffff))
    }
}
