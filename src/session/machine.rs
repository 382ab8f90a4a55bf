//! The machine that the page runs on.

/// Bytes that the workers' problems may take all together, where the machine has not less to spare.
const MOST_MEMORY: f64 = 1e9;
/// Share of the machine's memory that they may take.
const SHARE_OF_MEMORY: f64 = 0.25;

/// What a browser tells of the machine.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// Its cores.
    pub cores: usize,
    /// Its memory, in 10⁹ bytes; none where the browser does not tell.
    pub gigabytes: Option<f64>,
}

impl Machine {
    /// Bytes that the workers' problems may take all together.
    pub fn memory(&self) -> u64 {
        self.gigabytes.map_or(MOST_MEMORY, |gigabytes| (SHARE_OF_MEMORY * gigabytes * 1e9).min(MOST_MEMORY)) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_small_machine_keeps_most_of_its_memory() {
        let memory = |gigabytes| Machine { cores: 2, gigabytes }.memory();
        assert_eq!((memory(None), memory(Some(8.0)), memory(Some(0.5))), (1_000_000_000, 1_000_000_000, 125_000_000));
    }
}
