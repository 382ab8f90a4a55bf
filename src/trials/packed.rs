//! Plain data as bytes, in postcard's format: messages, kept trials, recorded figures, and what digests are taken of.

use postcard::ser_flavors::Flavor;
use serde::Serialize;

/// Where the bytes go. Postcard's own vector has its growth compiled into each field of each message.
struct Packing(Vec<u8>);

impl Flavor for Packing {
    type Output = Vec<u8>;

    #[inline(never)]
    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    #[inline(never)]
    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

/// This as bytes.
///
/// # Panics
/// If it is no plain data: a list whose length is not known before.
pub fn packed<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    postcard::serialize_with_flavor(value, Packing(Vec::new())).expect("plain data")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_bytes_are_postcards_own() {
        let value = ("words", Some(-0.5), vec![(300_u32, true), (0, false)], None::<u8>, -7_i64);
        assert_eq!(packed(&value), postcard::to_allocvec(&value).expect("plain data"));
        assert_eq!(postcard::from_bytes(&packed(&value)), Ok(value));
    }
}
