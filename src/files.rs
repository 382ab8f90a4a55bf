//! File formats as bytes in memory, the same for page and command line: zip archives and the arrays of NumPy in them, and
//! words inside a PNG picture. They know nothing of runs; what is saved of one is in `src/trials`.
//!
//! ```
//! use winning_ticket::files::{Archive, Array, NumberArray, Unpacked};
//!
//! let mut archive = Archive::default();
//! archive.add("y", &Array::Numbers { shape: &[3], values: &[0.5, -1.0, 2.0] });
//! let bytes = archive.finish();
//! let unpacked = Unpacked::open(&bytes).expect("an archive of ours");
//! let y = unpacked.numbers("y", 1_000).expect("numbers").expect("it is there");
//! assert_eq!((y.shape, y.values), (vec![3], vec![0.5, -1.0, 2.0]));
//! ```

mod npy;
mod npz;
mod png;
mod unpacked;

pub use npy::{Array, NumberArray};
pub use npz::Archive;
pub use png::with_words;
pub use unpacked::{Unpacked, Unreadable};

/// What checks the content of a zip archive (APPNOTE 4.4.7) and of a PNG picture (annex D): the same for both.
const CHECK: crc::Crc<u32> = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC);
