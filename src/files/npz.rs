//! Several arrays in one file, as NumPy's `savez` writes them: a zip archive of .npy files, stored.

use super::{Array, CHECK};

/// The day that stands for none: 1 January 1980, so that equal runs give equal bytes.
const NO_DAY: u16 = (1 << 5) | 1;
/// Version 2.0 of the zip format: files, stored.
const VERSION: u16 = 20;

/// A zip archive that is being written. It holds less than 4 GB.
#[derive(Debug, Default)]
pub struct Archive {
    bytes: Vec<u8>,
    // the part of each file's entry that both of its places in the archive have, its name, and where it begins
    entries: Vec<(Vec<u8>, String, u32)>,
}

impl Archive {
    /// Adds an array under this name.
    pub fn add(&mut self, name: &str, array: &Array) {
        let (name, content) = (format!("{name}.npy"), array.bytes());
        let size = (content.len() as u32).to_le_bytes();
        let mut common = Vec::new();
        // Version, flags, method, time and day.
        [VERSION, 0, 0, 0, NO_DAY].iter().for_each(|field| common.extend(field.to_le_bytes()));
        common.extend(CHECK.checksum(&content).to_le_bytes());
        common.extend([size, size].concat());
        // The lengths of the name and of what follows it.
        [name.len() as u16, 0].iter().for_each(|length| common.extend(length.to_le_bytes()));
        let from = self.bytes.len() as u32;
        self.bytes.extend([b"PK\x03\x04", &common[..], name.as_bytes(), &content].concat());
        self.entries.push((common, name, from));
    }

    /// The archive.
    pub fn finish(mut self) -> Vec<u8> {
        let (from, count) = (self.bytes.len() as u32, (self.entries.len() as u16).to_le_bytes());
        for (common, name, begins) in self.entries {
            self.bytes.extend([b"PK\x01\x02", &VERSION.to_le_bytes()[..], &common].concat());
            // The length of a remark, the disk, and attributes: none.
            self.bytes.extend([0; 10]);
            self.bytes.extend(begins.to_le_bytes());
            self.bytes.extend(name.bytes());
        }
        let size = self.bytes.len() as u32 - from;
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend([count, count].concat());
        self.bytes.extend([size.to_le_bytes(), from.to_le_bytes()].concat());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}
