//! Where the words of each set stand in a text: a list for each set, whose first place is the next one.

/// The places of all sets behind a word that moves from the end of a text to its beginning.
pub(super) struct Places {
    /// For each set the number of its first place. Few sets have any, so the places themselves stand elsewhere.
    firsts: Vec<u32>,
    /// The one at 0 ends every list.
    places: Vec<Place>,
}

/// Where a word of some set stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The number of the next place of its set.
    next: u32,
}

const END: Place = Place { start: u32::MAX, end: u32::MAX, next: 0 };

impl Places {
    /// No places of so many sets, with room for so many.
    pub(super) fn new(sets: usize, room: usize) -> Self {
        let mut places = Vec::with_capacity(room + 1);
        places.push(END);
        Self { firsts: vec![0; sets], places }
    }

    /// Puts a place before all others of these sets: it may not begin behind one of them.
    pub(super) fn add(&mut self, sets: &[u32], start: u32, end: u32) {
        let numbers = self.places.len() as u32..;
        let places = sets.iter().zip(numbers).map(|(&set, number)| {
            let next = std::mem::replace(&mut self.firsts[set as usize], number);
            Place { start, end, next }
        });
        self.places.extend(places);
    }

    /// The places of a set that begin at `from` or up to `reach` bytes behind it, in order.
    pub(super) fn within(&self, set: u32, from: u32, reach: u32) -> impl Iterator<Item = Place> {
        let to = last(from, reach);
        self.of(set)
            .skip_while(move |place| place.start < from)
            .take_while(move |place| place.start <= to)
    }

    /// Whether there is such a place.
    pub(super) fn has(&self, set: u32, from: u32, reach: u32) -> bool {
        // The first of all rules out most.
        self.places[self.firsts[set as usize] as usize].start <= last(from, reach)
            && self.within(set, from, reach).next().is_some()
    }

    fn of(&self, set: u32) -> impl Iterator<Item = Place> {
        let mut next = self.firsts[set as usize];
        std::iter::from_fn(move || {
            let place = self.places[next as usize];
            next = place.next;
            Some(place)
        })
    }
}

/// The last byte of a reach.
fn last(from: u32, reach: u32) -> u32 {
    from.saturating_add(reach).min(END.start - 1)
}
