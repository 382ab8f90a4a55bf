//! One array of NumPy as a file: a head that tells its kind, order and shape, then its entries. The format is that of
//! NumPy's `numpy.lib.format`, version 1.0.

use super::Unreadable;

const MAGIC: &[u8] = b"\x93NUMPY";
/// Magic, version and the length of the head.
const BEFORE_HEAD: usize = 10;
/// Entries begin at a multiple of so many bytes.
const ALIGNED: usize = 64;

/// An array to be written.
#[derive(Clone, Copy, Debug)]
pub enum Array<'a> {
    /// Numbers in double precision. Matrices come column after column (Fortran order).
    Numbers {
        /// Lengths of its axes; none for a single number.
        shape: &'a [usize],
        /// Its entries.
        values: &'a [f64],
    },
    /// A single whole number.
    Whole(u64),
    /// A text.
    Text(&'a str),
}

impl Array<'_> {
    /// The file.
    ///
    /// # Panics
    /// If the shape does not hold as many entries as there are, or if a whole number exceeds 2⁶³ − 1.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Array::Numbers { shape, values } => {
                assert_eq!(shape.iter().product::<usize>(), values.len(), "an entry for each place of {shape:?}");
                let mut bytes = head("<f8", shape);
                bytes.reserve_exact(size_of_val(*values));
                values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
                bytes
            }
            Array::Whole(number) => {
                let number = i64::try_from(*number).expect("seeds and steps are smaller");
                [head("<i8", &[]), number.to_le_bytes().to_vec()].concat()
            }
            Array::Text(text) => {
                // NumPy has no texts of length 0.
                let mut characters: Vec<char> = text.chars().collect();
                characters.resize(characters.len().max(1), '\0');
                let mut bytes = head(&format!("<U{}", characters.len()), &[]);
                characters.into_iter().for_each(|character| bytes.extend(u32::from(character).to_le_bytes()));
                bytes
            }
        }
    }
}

fn head(kind: &str, shape: &[usize]) -> Vec<u8> {
    let axes: String = match shape {
        [length] => format!("{length},"),
        _ => shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
    };
    let is_fortran = if shape.len() > 1 { "True" } else { "False" };
    let mut words = format!("{{'descr': '{kind}', 'fortran_order': {is_fortran}, 'shape': ({axes}), }}");
    // A line's end stands last.
    let length = (BEFORE_HEAD + words.len() + 1).next_multiple_of(ALIGNED);
    words.extend(std::iter::repeat_n(' ', length - BEFORE_HEAD - words.len() - 1));
    words.push('\n');
    let mut bytes = [MAGIC, &[1, 0]].concat();
    bytes.extend((words.len() as u16).to_le_bytes());
    bytes.extend(words.bytes());
    bytes
}

/// An array of numbers that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberArray {
    /// Lengths of its axes.
    pub shape: Vec<usize>,
    /// Its entries in double precision; of a matrix column after column.
    pub values: Vec<f64>,
}

/// What the head of a file says.
pub(super) struct Head {
    kind: String,
    is_fortran: bool,
    shape: Vec<usize>,
    // bytes before the entries
    length: usize,
}

impl Head {
    /// Reads the head of `bytes`, whose entries need not all be there.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let damaged = || Unreadable::Damaged;
        let version = bytes.strip_prefix(MAGIC).and_then(|rest| rest.first()).ok_or_else(damaged)?;
        let at = |range: std::ops::Range<usize>| bytes.get(range).ok_or_else(damaged);
        let (from, words) = match version {
            1 => (10, usize::from(u16::from_le_bytes(at(8..10)?.try_into().expect("two")))),
            2 | 3 => (12, u32::from_le_bytes(at(8..12)?.try_into().expect("four")) as usize),
            _ => return Err(Unreadable::Damaged),
        };
        let length = from + words;
        let words = std::str::from_utf8(at(from..length)?).map_err(|_| Unreadable::Damaged)?;
        let after = |key: &str| words.split_once(&format!("'{key}':")).map(|(_, rest)| rest.trim_start());
        let kind = after("descr").and_then(|rest| {
            let quote = rest.chars().next().filter(|quote| ['\'', '"', '['].contains(quote))?;
            // A record has a list of kinds, which is none of numbers.
            if quote == '[' { Some("a record") } else { rest[1..].split_once(quote).map(|(kind, _)| kind) }
        });
        let shape = after("shape").and_then(|rest| rest.strip_prefix('(')?.split_once(')')).map(|(shape, _)| shape);
        let lengths = shape.ok_or_else(damaged)?.split(',').map(str::trim).filter(|axis| !axis.is_empty());
        let shape: Result<Vec<usize>, _> = lengths.map(str::parse).collect();
        Ok(Self {
            kind: kind.ok_or_else(damaged)?.to_owned(),
            is_fortran: after("fortran_order").ok_or_else(damaged)?.starts_with("True"),
            shape: shape.map_err(|_| Unreadable::Damaged)?,
            length,
        })
    }

    /// Lengths of the axes.
    pub(super) fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The entries of the whole file `bytes`, of which there may be no more than `most`.
    pub(super) fn numbers(self, bytes: &[u8], most: usize) -> Result<NumberArray, Unreadable> {
        let count = self.shape.iter().try_fold(1, |count: usize, axis| count.checked_mul(*axis));
        let count = count.filter(|count| *count <= most).ok_or_else(|| Unreadable::Huge(self.shape.clone()))?;
        let entries = bytes.get(self.length..).unwrap_or_default();
        let read = |width: usize, value: fn(&[u8]) -> f64| {
            let entries = entries.get(..count * width).ok_or(Unreadable::Damaged)?;
            Ok(entries.chunks_exact(width).map(value).collect::<Vec<f64>>())
        };
        /// A number of this type from its bytes, in either order.
        macro_rules! number {
            ($type:ty, $from:ident) => {
                read(size_of::<$type>(), |bytes| <$type>::$from(bytes.try_into().expect("as many")) as f64)
            };
        }
        let values = match self.kind.as_str() {
            "<f8" => number!(f64, from_le_bytes),
            ">f8" => number!(f64, from_be_bytes),
            "<f4" => number!(f32, from_le_bytes),
            ">f4" => number!(f32, from_be_bytes),
            "<i8" => number!(i64, from_le_bytes),
            "<i4" => number!(i32, from_le_bytes),
            "|i1" => number!(i8, from_le_bytes),
            "|u1" => number!(u8, from_le_bytes),
            "|b1" => read(1, |bytes| f64::from(u8::from(bytes[0] != 0))),
            kind => Err(Unreadable::Kind(kind.to_owned())),
        }?;
        let values = match self.shape[..] {
            [rows, columns] if !self.is_fortran => (0..columns)
                .flat_map(|column| (0..rows).map(move |row| row * columns + column))
                .map(|i| values[i])
                .collect(),
            _ => values,
        };
        Ok(NumberArray { shape: self.shape, values })
    }
}
