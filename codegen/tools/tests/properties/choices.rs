//! A row of numbers from which everything random is chosen.

/// Choices, one after the other. When the row is over, each further choice is the first, which is the simplest: so a
/// shorter row is a simpler model, and proptest finds the simplest one that fails.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    row: Vec<u32>,
    taken: usize,
    seed: u64,
}

impl Choices {
    /// The choices of a row.
    pub(crate) fn of_row(row: Vec<u32>) -> Self {
        Self { row, taken: 0, seed: 0 }
    }

    /// Choices without an end, the same for the same seed.
    pub(crate) fn of_seed(seed: u64) -> Self {
        Self { row: Vec::new(), taken: 0, seed: seed.wrapping_mul(2).wrapping_add(1) }
    }

    fn next(&mut self) -> u32 {
        if self.seed == 0 {
            let number = self.row.get(self.taken).copied().unwrap_or(0);
            self.taken += 1;
            return number;
        }
        // Splitmix64, which is good enough for choices and needs no crate.
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.seed ^ (self.seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed >> 32) as u32
    }

    /// A number below `limit`, or zero.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit.max(1)
    }

    /// Whether something is so, once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of several.
    ///
    /// # Panics
    /// When there is none.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
