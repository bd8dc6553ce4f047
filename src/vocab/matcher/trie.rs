//! Texts as a tree of their bytes: those that begin at one place of a longer text are found on one way down.

/// Sorted texts, each known by its number among them.
pub(super) struct Trie {
    /// The root and all others. Those that go on from one node stand side by side, with room for each byte between the first and
    /// the last of them: a step is one look.
    nodes: Vec<Node>,
    /// The place of each byte among those that occur, from 1; 0 for all others. Capital letters stand where small ones do.
    ranks: [u8; 256],
    /// Where the root goes on for each byte; 0 where it does not.
    firsts: [u32; 256],
}

/// The beginning of a text, or all of it.
#[derive(Clone, Copy)]
struct Node {
    /// The text that ends here.
    text: u32,
    /// The first of the nodes that go on from here.
    next: u32,
    /// The rank of the byte that leads to it.
    low: u8,
    /// How many ranks there is room for.
    span: u8,
}

/// No text.
const NONE: u32 = u32::MAX;
const EMPTY: Node = Node { text: NONE, next: 0, low: 0, span: 0 };

impl Trie {
    /// A tree of these texts, which are sorted and differ.
    pub(super) fn new(texts: &[&str]) -> Self {
        let ranks = ranks(texts);
        let mut nodes = vec![EMPTY];
        let rank = |text: &str, depth: usize| ranks[usize::from(text.as_bytes()[depth])];
        // Nodes that are not filled yet: which texts go through each, and how long the way to it is.
        let mut open = vec![(0, 0..texts.len(), 0)];
        while let Some((node, mut through, depth)) = open.pop() {
            if texts.get(through.start).is_some_and(|text| text.len() == depth) {
                nodes[node].text = through.start as u32;
                through.start += 1;
            }
            let Some((first, last)) =
                texts[through.clone()].first().zip(texts[through.clone()].last())
            else {
                continue;
            };
            let (low, next) = (rank(first, depth), nodes.len());
            let span = rank(last, depth) - low + 1;
            nodes[node] = Node { next: next as u32, low, span, ..nodes[node] };
            nodes.resize(next + usize::from(span), EMPTY);
            let is_same = |one: &&str, other: &&str| rank(one, depth) == rank(other, depth);
            for same in texts[through.clone()].chunk_by(is_same) {
                let rest = through.start + same.len();
                let place = next + usize::from(rank(same[0], depth) - low);
                open.push((place, through.start..rest, depth + 1));
                through.start = rest;
            }
        }
        let root = nodes[0];
        let firsts = std::array::from_fn(|byte| step(root, ranks[byte]));
        Self { nodes, ranks, firsts }
    }

    /// Whether a text may begin with this byte.
    pub(super) fn has_first(&self, byte: u8) -> bool {
        self.firsts[usize::from(byte)] != 0
    }

    /// Hands over the texts that `bytes` begin with, small letters or capital ones, shortest first, each with its length.
    pub(super) fn beginnings(&self, bytes: &[u8], mut found: impl FnMut(u32, usize)) {
        let mut at = bytes.first().map_or(0, |byte| self.firsts[usize::from(*byte)]);
        let mut length = 1;
        while at != 0 {
            let node = self.nodes[at as usize];
            if node.text != NONE {
                found(node.text, length);
            }
            at = bytes.get(length).map_or(0, |byte| step(node, self.ranks[usize::from(*byte)]));
            length += 1;
        }
    }
}

/// The ranks of all bytes.
fn ranks(texts: &[&str]) -> [u8; 256] {
    let mut ranks = [0; 256];
    for byte in texts.iter().flat_map(|text| text.bytes()) {
        ranks[usize::from(byte)] = 1;
    }
    let mut last = 0;
    for rank in ranks.iter_mut().filter(|rank| **rank > 0) {
        last += 1;
        *rank = last;
    }
    for capital in b'A'..=b'Z' {
        ranks[usize::from(capital)] = ranks[usize::from(capital.to_ascii_lowercase())];
    }
    ranks
}

/// The node that a byte of this rank leads to, which may be an empty one; 0 where there is no room for any.
fn step(from: Node, rank: u8) -> u32 {
    // No byte of a rank below the lowest comes so far round.
    let place = rank.wrapping_sub(from.low);
    if place < from.span { from.next + u32::from(place) } else { 0 }
}
