//! Linear algebra of dense symmetric matrices, as far as the program's speed and its bits hang on it: every sum has a
//! fixed order, and no order depends on the machine.
//!
//! ```
//! use winning_ticket::linear_algebra::Symmetric;
//!
//! // Two blocks of 3 and of 2 rows, the entries i + l.
//! let matrix = Symmetric::from_fn(&[3, 2], |i, l| (i + l) as f64);
//! assert_eq!(matrix.multiply(&[1.0, 0.0, 0.0, 0.0, 2.0]), [8.0, 11.0, 14.0, 17.0, 20.0]);
//! ```

mod cholesky;
pub mod lanes;
mod symmetric;

pub use cholesky::Cholesky;
pub use symmetric::{Blocks, Products, Symmetric, Tile, add_products};
