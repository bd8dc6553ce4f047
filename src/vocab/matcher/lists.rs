//! Many short lists in one: the things of each number, side by side in memory.

/// Lists by number.
pub(super) struct Lists<T> {
    /// Where each list begins; one more than there are lists.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Lists<T> {
    /// Lists 0 to `count - 1` of these pairs of a list and a thing, each list in the order of the pairs.
    pub(super) fn new(count: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        // Where a list ends stands one place behind, until filling it has moved that to where it begins.
        let mut starts = vec![0u32; count + 2];
        let mut first = None;
        pairs.clone().for_each(|(list, item)| {
            starts[list as usize + 2] += 1;
            first.get_or_insert(item);
        });
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut items = first.map_or_else(Vec::new, |first| vec![first; sum as usize]);
        pairs.for_each(|(list, item)| {
            let next = &mut starts[list as usize + 1];
            items[*next as usize] = item;
            *next += 1;
        });
        starts.pop();
        Self { starts, items }
    }

    /// A list.
    pub(super) fn of(&self, list: u32) -> &[T] {
        let list = list as usize;
        &self.items[self.starts[list] as usize..self.starts[list + 1] as usize]
    }
}
