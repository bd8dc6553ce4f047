//! Texts as a tree of their bytes: those that begin at one place of a longer text are found on one way down.

/// Sorted texts, each known by its number among them.
pub(super) struct Trie {
    /// The root and all others; those that go on from one node stand side by side in order of their bytes, and a chain stands
    /// in a row.
    nodes: Vec<Node>,
    /// The byte that leads to each node.
    bytes: Vec<u8>,
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
    /// How many these are.
    count: u32,
}

/// No text.
const NONE: u32 = u32::MAX;

impl Trie {
    /// A tree of these texts, which are sorted and differ.
    pub(super) fn new(texts: &[&str]) -> Self {
        let empty = Node { text: NONE, next: 0, count: 0 };
        let (mut nodes, mut bytes) = (vec![empty], vec![0]);
        // Nodes that are not filled yet: which texts go through each, and how long the way to it is.
        let mut open = vec![(0, 0..texts.len(), 0)];
        while let Some((node, mut through, depth)) = open.pop() {
            if texts.get(through.start).is_some_and(|text| text.len() == depth) {
                nodes[node] = Node { text: through.start as u32, ..empty };
                through.start += 1;
            }
            let next = nodes.len();
            let byte = |text: &str| text.as_bytes()[depth];
            for same in texts[through.clone()].chunk_by(|one, other| byte(one) == byte(other)) {
                let rest = through.start + same.len();
                open.push((nodes.len(), through.start..rest, depth + 1));
                nodes.push(empty);
                bytes.push(byte(same[0]));
                through.start = rest;
            }
            let count = (nodes.len() - next) as u32;
            nodes[node] = Node { next: next as u32, count, ..nodes[node] };
        }
        let mut firsts = [0; 256];
        for node in 1..=nodes[0].count {
            firsts[usize::from(bytes[node as usize])] = node;
        }
        Self { nodes, bytes, firsts }
    }

    /// Hands over the texts that `bytes` begin with, shortest first, each with its length.
    pub(super) fn beginnings(&self, bytes: &[u8], mut found: impl FnMut(u32, usize)) {
        let mut at = bytes.first().map_or(0, |byte| self.firsts[usize::from(*byte)]);
        let mut length = 1;
        while at != 0 {
            let node = self.nodes[at as usize];
            if node.text != NONE {
                found(node.text, length);
            }
            at = bytes.get(length).map_or(0, |byte| self.step(node, *byte));
            length += 1;
        }
    }

    /// The node that a byte leads to; 0 where it leads to none.
    fn step(&self, from: Node, byte: u8) -> u32 {
        let next = from.next as usize;
        let bytes = &self.bytes[next..next + from.count as usize];
        bytes.binary_search(&byte).map_or(0, |place| (next + place) as u32)
    }
}
