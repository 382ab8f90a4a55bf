//! Arrays out of a file of somebody else's: an npz of `savez` or `savez_compressed`. Nothing is unpacked before its head
//! says how large it is, and nothing in it can panic.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::NumberArray;
use super::npy::Head;
use crate::language::tr;
use crate::pause::{Pause, finish};

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no zip archive.
    #[error("{}", tr!("is no npz file: NumPy's savez and savez_compressed write such files"))]
    NoArchive,
    /// It is cut off, or its parts contradict each other.
    #[error("{}", tr!("is damaged"))]
    Damaged,
    /// A zip archive that is packed in another way.
    #[error("{}", tr!("is packed in a way that NumPy does not use"))]
    Packing,
    /// The entries are no numbers.
    #[error("{}", tr!("has entries of NumPy's kind {kind}, but must have numbers", kind = .0))]
    Kind(String),
    /// An array with too many entries.
    #[error("{}", tr!("has the shape {shape}, which is too large", shape = format_args!("{:?}", .0)))]
    Huge(Vec<usize>),
}

/// An entry of the archive: its name, how it is packed, its packed and its whole size, and where it begins.
#[derive(Debug)]
struct Entry<'a> {
    name: &'a [u8],
    method: u16,
    packed: usize,
    size: usize,
    from: usize,
}

/// An npz file whose table of contents was read.
#[derive(Debug)]
pub struct Unpacked<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry<'a>>,
}

/// Bytes of the end of a zip archive without its remark, of an entry of its table of contents, and of what stands before a
/// file, names apart.
const END: usize = 22;
const LISTED: usize = 46;
const BEFORE: usize = 30;
/// A remark is shorter.
const LONGEST_REMARK: usize = 1 << 16;
/// The head of an array is shorter.
const LONGEST_HEAD: usize = 1 << 12;
/// Packed bytes that are inflated between two pauses; deflate makes at most some thousand times as many of them.
const PIECE: usize = 1 << 14;

impl<'a> Unpacked<'a> {
    /// Reads the table of contents.
    ///
    /// # Errors
    /// If there is none.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let last = bytes.len().checked_sub(END).ok_or(Unreadable::NoArchive)?;
        let first = last.saturating_sub(LONGEST_REMARK);
        let end =
            (first..=last).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06")).ok_or(Unreadable::NoArchive)?;
        let (count, mut at) = (half(bytes, end + 10)?, word(bytes, end + 16)?);
        let mut entries = Vec::new();
        for _ in 0..count {
            if !bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02")) {
                return Err(Unreadable::Damaged);
            }
            let name_end = at + LISTED + half(bytes, at + 28)?;
            entries.push(Entry {
                name: bytes.get(at + LISTED..name_end).ok_or(Unreadable::Damaged)?,
                method: half(bytes, at + 10)? as u16,
                packed: word(bytes, at + 20)?,
                size: word(bytes, at + 24)?,
                from: word(bytes, at + 42)?,
            });
            at = name_end + half(bytes, at + 30)? + half(bytes, at + 32)?;
        }
        Ok(Self { bytes, entries })
    }

    /// The names of its arrays.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let names = self.entries.iter().filter_map(|entry| entry.name.strip_suffix(b".npy"));
        names.map(|name| String::from_utf8_lossy(name).into_owned())
    }

    /// The shape of the array with this name; none if there is no such array.
    ///
    /// # Errors
    /// If its head cannot be read.
    pub fn shape(&self, name: &str) -> Result<Option<Vec<usize>>, Unreadable> {
        let Some(entry) = self.entry(name) else { return Ok(None) };
        Ok(Some(self.head(entry)?.shape().to_vec()))
    }

    /// The array of numbers with this name; none if there is no such array.
    ///
    /// # Errors
    /// If it has more than `most` entries, if they are no numbers, or if it cannot be read.
    pub fn numbers(&self, name: &str, most: usize) -> Result<Option<NumberArray>, Unreadable> {
        finish(self.numbers_in_slices(name, most, |_| {}, &Pause::never()))
    }

    /// The same with pauses; `tell` is told how many of the file's bytes were unpacked since it was told last.
    ///
    /// # Errors
    /// As [`Unpacked::numbers`].
    pub async fn numbers_in_slices(
        &self,
        name: &str,
        most: usize,
        tell: impl Fn(usize),
        pause: &Pause,
    ) -> Result<Option<NumberArray>, Unreadable> {
        let Some(entry) = self.entry(name) else { return Ok(None) };
        let head = self.head(entry)?;
        let widest = LONGEST_HEAD + most.saturating_mul(size_of::<f64>());
        if entry.size > widest {
            return Err(Unreadable::Huge(head.shape().to_vec()));
        }
        head.numbers(&self.content(entry, widest, tell, pause).await?, most).map(Some)
    }

    /// Bytes of the array with this name once it is unpacked, as the table of contents has them; 0 if there is no such array.
    pub fn size(&self, name: &str) -> usize {
        self.entry(name).map_or(0, |entry| entry.size)
    }

    fn head(&self, entry: &Entry<'_>) -> Result<Head, Unreadable> {
        Head::read(&finish(self.content(entry, LONGEST_HEAD, |_| {}, &Pause::never()))?)
    }

    fn entry(&self, name: &str) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.name.strip_suffix(b".npy") == Some(name.as_bytes()))
    }

    /// The first bytes of a file, `most` of them.
    async fn content(
        &self,
        entry: &Entry<'_>,
        most: usize,
        tell: impl Fn(usize),
        pause: &Pause,
    ) -> Result<Vec<u8>, Unreadable> {
        // The sizes that stand before a file can be those of another format; its table of contents has the right ones.
        let file = self.bytes.get(entry.from..).ok_or(Unreadable::Damaged)?;
        let from = BEFORE + half(file, 26)? + half(file, 28)?;
        let packed = file.get(from..).and_then(|rest| rest.get(..entry.packed)).ok_or(Unreadable::Damaged)?;
        let size = entry.size.min(most);
        match entry.method {
            0 => {
                let bytes = packed[..size.min(packed.len())].to_vec();
                tell(bytes.len());
                Ok(bytes)
            }
            8 => inflated(packed, size, tell, pause).await,
            _ => Err(Unreadable::Packing),
        }
    }
}

/// The first `size` bytes of what was deflated.
async fn inflated(packed: &[u8], size: usize, tell: impl Fn(usize), pause: &Pause) -> Result<Vec<u8>, Unreadable> {
    let (mut bytes, mut inflater, mut at) = (vec![0; size], Box::<DecompressorOxide>::default(), 0);
    let mut pieces = packed.chunks(PIECE).peekable();
    while let Some(piece) = pieces.next() {
        let more = if pieces.peek().is_some() { inflate_flags::TINFL_FLAG_HAS_MORE_INPUT } else { 0 };
        let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | more;
        let (status, _, written) = decompress(&mut inflater, piece, &mut bytes, at, flags);
        at += written;
        tell(written);
        match status {
            TINFLStatus::NeedsMoreInput => pause.after(written as u64).await,
            TINFLStatus::Done if at == size => return Ok(bytes),
            // There is more than was asked for.
            TINFLStatus::HasMoreOutput => return Ok(bytes),
            _ => return Err(Unreadable::Damaged),
        }
    }
    Err(Unreadable::Damaged)
}

fn half(bytes: &[u8], at: usize) -> Result<usize, Unreadable> {
    let bytes = bytes.get(at..at + 2).ok_or(Unreadable::Damaged)?;
    Ok(usize::from(u16::from_le_bytes(bytes.try_into().expect("two"))))
}

fn word(bytes: &[u8], at: usize) -> Result<usize, Unreadable> {
    let bytes = bytes.get(at..at + 4).ok_or(Unreadable::Damaged)?;
    Ok(u32::from_le_bytes(bytes.try_into().expect("four")) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Archive, Array};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// How NumPy wrote them stands in tests/numpy/README.md.
    const STORED: &[u8] = include_bytes!("../../tests/numpy/stored.npz");
    const COMPRESSED: &[u8] = include_bytes!("../../tests/numpy/compressed.npz");

    fn array(shape: &[usize], values: &[f64]) -> NumberArray {
        NumberArray { shape: shape.to_vec(), values: values.to_vec() }
    }

    #[test]
    fn what_numpy_writes_is_read_in_each_kind_and_order() {
        for bytes in [STORED, COMPRESSED] {
            let file = Unpacked::open(bytes).expect("an archive");
            let numbers = |name| file.numbers(name, 100);
            let x = array(&[3, 2], &[1.5, 0.25, -1.0, -2.0, 4.0, 3.0]);
            for name in ["X", "fortran", "big"] {
                assert_eq!(numbers(name), Ok(Some(x.clone())), "{name}");
            }
            assert_eq!(numbers("y"), Ok(Some(array(&[3], &[1.5, 0.25, -1.0]))));
            assert_eq!(numbers("M"), Ok(Some(array(&[3, 2], &[1.0, 1.0, 0.0, 0.0, 1.0, 1.0]))));
            assert_eq!(numbers("whole"), Ok(Some(array(&[2, 3], &[0.0, 3.0, 1.0, 4.0, 2.0, 5.0]))));
            assert_eq!(numbers("one"), Ok(Some(array(&[], &[2.5]))));
            assert_eq!(numbers("none"), Ok(None));
            assert_eq!(numbers("words"), Err(Unreadable::Kind("<U2".to_owned())));
            assert_eq!(file.shape("X"), Ok(Some(vec![3, 2])));
            assert_eq!(file.names().count(), 8);
        }
    }

    #[test]
    fn a_file_in_slices_is_the_file_and_each_of_its_bytes_is_told_once() {
        use std::cell::Cell;
        use std::rc::Rc;
        // Longer than several pieces, and not so regular that it would be packed into one.
        let packed: Vec<u8> =
            (0..200_000_u64).map(|i| ((i * i).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8 & 63).collect();
        let deflated = miniz_oxide::deflate::compress_to_vec(&packed, 6);
        assert!(deflated.len() > 3 * PIECE, "{}", deflated.len());
        let asked = Rc::new(Cell::new(0));
        let counts = asked.clone();
        let pause = Pause::when(1, move || {
            counts.set(counts.get() + 1);
            true
        });
        let told = Cell::new(0);
        let inflate = |size| finish(inflated(&deflated, size, |bytes| told.set(told.get() + bytes), &pause));
        assert!(inflate(packed.len()).is_ok_and(|bytes| bytes == packed));
        assert!(asked.get() >= 3 && told.get() == packed.len(), "{} pauses, {} bytes", asked.get(), told.get());
        assert!(inflate(1000).is_ok_and(|bytes| bytes == packed[..1000]));
        assert_eq!(inflate(packed.len() + 1), Err(Unreadable::Damaged));
        let cut = &deflated[..deflated.len() - PIECE];
        assert_eq!(finish(inflated(cut, packed.len(), |_| {}, &pause)), Err(Unreadable::Damaged));
    }

    #[test]
    fn what_is_too_large_is_not_unpacked() {
        // A head that asks for 8 TB, and a file whose table of contents does.
        let mut archive = Archive::default();
        archive.add("X", &Array::Numbers { shape: &[10], values: &[0.0; 10] });
        let bytes = archive.finish();
        let refused = |bytes: &[u8]| Unpacked::open(bytes).and_then(|file| file.numbers("X", 100));
        assert!(refused(&bytes).is_ok());
        let mut told: Vec<u8> = bytes.clone();
        let at = told.windows(5).position(|text| text == b"(10,)").expect("the shape");
        told.splice(at..at + 9, *b"(999999,)");
        assert_eq!(refused(&told), Err(Unreadable::Huge(vec![999_999])));
        let mut told = bytes.clone();
        let listed = told.windows(4).position(|text| text == b"PK\x01\x02").expect("the table of contents");
        told[listed + 24..listed + 28].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(refused(&told), Err(Unreadable::Huge(vec![10])));
        assert_eq!(Unpacked::open(&bytes).expect("ours").numbers("X", 9), Err(Unreadable::Huge(vec![10])));
    }

    #[test]
    fn a_file_that_is_cut_off_or_changed_anywhere_is_refused_or_read_and_never_panics() {
        for bytes in [STORED, COMPRESSED] {
            let (mut refused, mut read) = (0, 0);
            let mut look = |bytes: &[u8]| match Unpacked::open(bytes) {
                Ok(file) => {
                    for name in ["X", "y", "M", "whole", "words"] {
                        match file.numbers(name, 100) {
                            Ok(_) => read += 1,
                            Err(_) => refused += 1,
                        }
                    }
                }
                Err(_) => refused += 1,
            };
            for length in 0..bytes.len() {
                look(&bytes[..length]);
            }
            for place in 0..bytes.len() {
                for value in [0, 0x7f, 0xff, bytes[place] ^ 1] {
                    let mut changed = bytes.to_vec();
                    changed[place] = value;
                    look(&changed);
                }
            }
            assert!(refused > bytes.len() && read > bytes.len(), "{refused} refused, {read} read");
        }
        assert_eq!(Unpacked::open(b"").err(), Some(Unreadable::NoArchive));
        assert_eq!(Unpacked::open(&[0; 1000]).err(), Some(Unreadable::NoArchive));
    }
}
