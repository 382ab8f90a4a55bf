//! Words in a PNG picture, for who looks into the file: a text chunk before its end, as the PNG specification has them (iTXt,
//! section 11.3.3.4).

use super::CHECK;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The last chunk: no content, its name and its check.
const END: &[u8] = b"\0\0\0\0IEND\xaeB`\x82";

/// The picture with these words as its description; as it was if it is no PNG.
pub fn with_words(picture: Vec<u8>, words: &str) -> Vec<u8> {
    let Some(body) = picture.strip_suffix(END).filter(|body| body.starts_with(SIGNATURE)) else { return picture };
    // Keyword, not compressed, no language, no translated keyword.
    let chunk = [b"iTXtDescription\0\0\0\0\0", words.as_bytes()].concat();
    let length = chunk.len() as u32 - 4;
    [body, &length.to_be_bytes(), &chunk, &CHECK.checksum(&chunk).to_be_bytes(), END].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn words_come_as_a_chunk_before_the_end_and_what_is_no_picture_stays() {
        let picture = [SIGNATURE, END].concat();
        let told = with_words(picture, "W(0) → W(t)");
        // python3: zlib.crc32(b"iTXtDescription\0\0\0\0\0" + "W(0) → W(t)".encode())
        let chunk = [&[0, 0, 0, 29][..], b"iTXtDescription\0\0\0\0\0", "W(0) → W(t)".as_bytes()].concat();
        assert_eq!(told[8..8 + chunk.len()], chunk);
        assert_eq!(told[8 + chunk.len()..told.len() - END.len()], 0x749b_5a2f_u32.to_be_bytes());
        assert!(told.ends_with(END));
        assert_eq!(with_words(b"GIF".to_vec(), "x"), b"GIF");
    }
}
