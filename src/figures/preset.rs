//! How large a figure is run.

/// From a look to the paper's own size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Seconds: whether everything works.
    Quick,
    /// Less than two minutes on two cores, and the claim shows.
    Laptop,
    /// The paper's sizes and trial numbers.
    Full,
}

impl Preset {
    /// All of them, from the smallest on.
    pub const ALL: [Self; 3] = [Self::Quick, Self::Laptop, Self::Full];

    /// Its word.
    pub fn key(self) -> &'static str {
        match self {
            Preset::Quick => "quick",
            Preset::Laptop => "laptop",
            Preset::Full => "full",
        }
    }

    /// The one of this word.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }
}
