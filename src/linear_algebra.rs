//! Linear algebra of symmetric matrices, as far as the program's speed and its bits hang on it: products and Cholesky's
//! decomposition in tiles, eigenvalues, dense and by Lanczos' method. Every sum has a fixed order that does not depend on the
//! machine.
//!
//! ```
//! use winning_ticket::linear_algebra::Symmetric;
//!
//! // Two blocks of 3 and of 2 rows, the entries i + l.
//! let matrix = Symmetric::from_fn(&[3, 2], |i, l| (i + l) as f64);
//! assert_eq!(matrix.multiply(&[1.0, 0.0, 0.0, 0.0, 2.0]), [8.0, 11.0, 14.0, 17.0, 20.0]);
//! ```

mod cholesky;
mod eigenvalues;
mod jacobi;
mod lanczos;
pub mod lanes;
mod lowest;
mod spectrum;
mod symmetric;
pub mod vectors;

pub use cholesky::Cholesky;
pub use eigenvalues::eigenvalues;
pub use jacobi::{Square, diagonalise, eigenvectors, least_squares};
pub use lanczos::{MOST_PRODUCTS, NotSettled, Wanted, lanczos};
pub use lowest::{Ritz, cycle, lowest};
pub use spectrum::{DENSE_SIZE, Extremes, Spectrum};
pub use symmetric::{Blocks, Products, Symmetric, Tile, add_products};
