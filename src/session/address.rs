//! The address bar always holds what is shown: replaced while a slider moves, one history entry per settled change, so
//! that Back undoes it.

use super::driving::without_driver;

/// Milliseconds without a change after which a change counts as settled, and the next one is another.
const SERIES: f64 = 400.0;
/// Milliseconds between two changes of the address: browsers take offence at many a second.
const SPACING: f64 = 300.0;

/// What the address is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// The fragment, without its `#`.
    pub fragment: String,
    /// Whether it makes a history entry of its own; else it replaces the present one.
    pub entry: bool,
}

/// Keeps the fragment in step.
#[derive(Debug)]
pub struct Address {
    written: String,
    written_at: f64,
    wanted: Option<String>,
    // whether what is wanted makes a history entry of its own
    entry: bool,
    changed_at: f64,
}

impl Default for Address {
    /// Before anything was read or written.
    fn default() -> Self {
        let long_ago = f64::NEG_INFINITY;
        Self { written: String::new(), written_at: long_ago, wanted: None, entry: false, changed_at: long_ago }
    }
}

impl Address {
    /// The browser has this fragment now: what was written, or what the reader made of it.
    pub fn read(&mut self, fragment: String) {
        self.written = fragment;
    }

    /// Another Spec is shown, as `fragment` says: the first of a series of changes makes a history entry, which the others
    /// replace.
    pub fn change(&mut self, fragment: String, now: f64) {
        self.entry |= now - self.changed_at >= SERIES;
        self.changed_at = now;
        self.wanted = Some(fragment);
    }

    /// Another Spec is shown that the reader did not ask for here: no entry of its own, for Back would lead through a deck's
    /// frames before it led through its slides.
    pub fn change_in_place(&mut self, fragment: String) {
        (self.wanted, self.entry) = (Some(fragment), false);
    }

    /// Another moment of the same run is shown: no entry of its own.
    pub fn move_on(&mut self, fragment: String) {
        if self.wanted.is_some() || fragment != self.written {
            self.wanted = Some(fragment);
        }
    }

    /// What to write at once so that the address holds `fragment`, which says the same as the one it replaces.
    pub fn mend(&mut self, fragment: String) -> Option<Write> {
        (self.wanted, self.entry) = (None, false);
        self.differs(fragment, false)
    }

    /// Whether something is still to be written.
    pub fn is_pending(&self) -> bool {
        self.wanted.is_some()
    }

    /// What to write now; nothing if the last time was just before, or if the address holds it already.
    pub fn settle(&mut self, now: f64) -> Option<Write> {
        if now - self.written_at < SPACING {
            return None;
        }
        let fragment = self.wanted.take()?;
        self.written_at = now;
        let entry = std::mem::take(&mut self.entry);
        self.differs(fragment, entry)
    }

    fn differs(&self, fragment: String, entry: bool) -> Option<Write> {
        (fragment != self.written).then_some(Write { fragment, entry })
    }

    /// The browser has taken it. One that refuses (a page opened from a file, too many changes) keeps the old address.
    pub fn wrote(&mut self, write: Write) {
        self.written = write.fragment;
    }
}

/// The page's address with this fragment, given the one that it has `here`, for whomever it is sent to.
pub fn with_fragment(here: &str, fragment: &str) -> String {
    let here = without_driver(here);
    let page = here.split_once('#').map_or(here.as_str(), |(page, _)| page);
    format!("{page}#{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn settled(address: &mut Address, now: f64) -> Option<(String, bool)> {
        let write = address.settle(now)?;
        address.wrote(write.clone());
        Some((write.fragment, write.entry))
    }

    #[test]
    fn a_drag_makes_one_entry_and_is_not_written_at_each_of_its_settings() {
        let mut address = Address::default();
        let mut written = Vec::new();
        for frame in 0..60 {
            let now = 1000.0 + 16.0 * f64::from(frame);
            address.change(format!("r={frame}"), now);
            written.extend(settled(&mut address, now));
        }
        written.extend(settled(&mut address, 2500.0));
        let entries: Vec<bool> = written.iter().map(|(_, entry)| *entry).collect();
        assert_eq!(entries, [true, false, false, false, false], "{written:?}");
        assert_eq!(written.last().map(|(fragment, _)| fragment.as_str()), Some("r=59"));
        assert!(!address.is_pending());
        // What comes after a rest can be undone by itself.
        address.change("r=7".to_owned(), 3000.0);
        assert_eq!(settled(&mut address, 3000.0), Some(("r=7".to_owned(), true)));
    }

    #[test]
    fn a_moment_replaces_the_entry_of_its_run() {
        let mut address = Address::default();
        address.read("r=5".to_owned());
        address.move_on("r=5".to_owned());
        assert!(!address.is_pending());
        address.move_on("r=5&t=3".to_owned());
        assert_eq!(settled(&mut address, 1000.0), Some(("r=5&t=3".to_owned(), false)));
        // A change that still waits keeps its entry when a moment of it is shown.
        address.change("r=6".to_owned(), 1100.0);
        assert_eq!(settled(&mut address, 1100.0), None);
        address.move_on("r=6&t=1".to_owned());
        assert_eq!(settled(&mut address, 1300.0), Some(("r=6&t=1".to_owned(), true)));
    }

    #[test]
    fn what_a_browser_refused_is_tried_again_and_what_it_holds_is_not_written() {
        let mut address = Address::default();
        assert!(address.mend("v=1".to_owned()).is_some(), "refused: nobody says that it was written");
        let write = address.mend("v=1".to_owned()).expect("still to be written");
        address.wrote(write);
        assert_eq!(address.mend("v=1".to_owned()), None);
    }

    #[test]
    fn another_fragment_takes_the_place_of_the_present_one() {
        for here in ["https://x.org/lab/", "https://x.org/lab/#", "https://x.org/lab/#r=5#6"] {
            assert_eq!(with_fragment(here, "r=7"), "https://x.org/lab/#r=7");
        }
    }
}
