//! The check of what is in a zip archive or a PNG picture: CRC-32 (PNG specification, annex D).

/// The polynomial, its lowest power at the highest bit.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// The CRC-32 of these bytes.
pub fn crc32(bytes: &[u8]) -> u32 {
    let shifted = |crc: u32, _| (crc >> 1) ^ if crc & 1 == 1 { POLYNOMIAL } else { 0 };
    // Made here, it is no part of the page that is loaded.
    let table: [u32; 256] = std::array::from_fn(|byte| (0..8).fold(byte as u32, shifted));
    !bytes.iter().fold(!0, |crc, byte| (crc >> 8) ^ table[usize::from(crc as u8 ^ byte)])
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_is_that_of_others() {
        // python3: zlib.crc32(b"123456789"), zlib.crc32(b""), zlib.crc32(bytes(range(256)))
        assert_eq!((crc32(b"123456789"), crc32(b"")), (0xcbf4_3926, 0));
        assert_eq!(crc32(&(0..=255).collect::<Vec<u8>>()), 0x2905_8c73);
    }
}
