//! Values by seed, table and index: the same every time, in whatever order they are asked for.

/// The chance of one row of one table. It is SplitMix64 (Steele, Lea and Flood, 2014), begun at a place that follows from
/// seed, table and index.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The chance of row `index` of `table`.
    pub(crate) fn of(seed: u64, table: &str, index: u64) -> Self {
        // FNV-1a of the name, then two rounds of mixing.
        let name = table.bytes().fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        });
        Self(mix(mix(seed ^ name).wrapping_add(index)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `end`, which is above zero.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(end);
        (wide >> 64) as u64
    }

    /// A number from `from` to `to`, both included.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from).unwrap_or(0) + 1;
        from + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True `percent` times in a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `from`, which is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap_or(0)]
    }
}

fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_the_same_chance_whenever_it_is_asked() {
        let ask = |index| Chance::of(7, "employee", index).below(1_000_000);
        assert_eq!(ask(5), ask(5));
        assert_ne!(ask(5), ask(6));
        assert_ne!(ask(5), Chance::of(8, "employee", 5).below(1_000_000));
        assert_ne!(ask(5), Chance::of(7, "petition", 5).below(1_000_000));
    }
}
