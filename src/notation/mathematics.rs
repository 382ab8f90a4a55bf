//! Which parts of a sentence are mathematics, so that a page can set them in italics.

/// How a part of a sentence is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As the words around it.
    Plain,
    /// A symbol, in italics.
    Symbol,
    /// The subscript of a symbol, in italics.
    Subscript,
}

/// The symbols of the paper that are one letter; no English or German word is one of these.
const SYMBOLS: &str = "NKTWRdrtcqwlEηβλσεδκρν";

/// The parts of `text` in order, the letters of its symbols apart; `_x` is a subscript and loses its underscore, but a word
/// of four letters or more is none: `W_star` is the name of an array.
pub fn mathematics(text: &str) -> Vec<(&str, Style)> {
    let mut parts = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    while at < text.len() {
        let word = &text[at..];
        let word = &word[..word.find(|c: char| !is_of_word(c)).unwrap_or(word.len())];
        if word.is_empty() {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        // The t of "don’t".
        let follows = text[..at].chars().next_back().is_some_and(|c| c == '’' || c == '\'');
        if let Some(symbol) = symbol(word).filter(|_| !follows) {
            parts.push((&text[plain_from..at], Style::Plain));
            let (letter, lowered) = lowered(symbol);
            parts.extend([(letter, Style::Symbol), (lowered, Style::Subscript)]);
            if symbol.len() < word.len() {
                parts.push((&word[symbol.len() + 1..], Style::Subscript));
            }
            plain_from = at + word.len();
        }
        at += word.len();
    }
    parts.push((&text[plain_from..], Style::Plain));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_accent(c)
}

/// Tilde and circumflex over the letter before.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{302}' | '\u{303}')
}

/// The subscripts that are letters of their own.
const LOWERED: [(char, &str); 6] = [('ⱼ', "j"), ('₀', "0"), ('₁', "1"), ('₂', "2"), ('₃', "3"), ('₄', "4")];

/// A symbol without the lowered letter at its end, and that letter at its usual height.
fn lowered(symbol: &str) -> (&str, &'static str) {
    let found = LOWERED.iter().find_map(|(letter, usual)| Some((symbol.strip_suffix(*letter)?, *usual)));
    found.unwrap_or((symbol, ""))
}

/// Letters of a subscript at most.
const LONGEST_SUBSCRIPT: usize = 3;

/// The symbol that a word is, without its subscript after an underscore; none if it is an ordinary word.
fn symbol(word: &str) -> Option<&str> {
    let (symbol, subscript) = word.split_once('_').unwrap_or((word, ""));
    if subscript.chars().count() > LONGEST_SUBSCRIPT {
        return None;
    }
    let mut letters = symbol.chars();
    let first = letters.next()?;
    let rest_fits = letters.all(|c| is_accent(c) || LOWERED.iter().any(|(letter, _)| *letter == c));
    (SYMBOLS.contains(first) && rest_fits).then_some(symbol)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn marked(text: &str) -> String {
        let wrap = |(part, style): (&str, Style)| match style {
            Style::Plain => part.to_string(),
            Style::Symbol => format!("<{part}>"),
            Style::Subscript => format!("_<{part}>"),
        };
        mathematics(text).into_iter().map(wrap).collect()
    }

    #[test]
    fn symbols_are_told_from_words_and_numbers() {
        let cases = [
            ("", ""),
            ("N = 500 < c(K) Σ rⱼ = 520", "<N> = 500 < <c>(<K>) Σ <r>_<j> = 520"),
            ("R_T is 0.4, R₁ less; see l_max", "<R>_<T> is 0.4, <R>_<1> less; see <l>_<max>"),
            ("from W* to W(0), r̃ and ε̂₁", "from <W>* to <W>(0), <r̃> and <ε̂>_<1>"),
            ("A step doesn’t take 5 s; I say so", "A step doesn’t take 5 s; I say so"),
            ("without W_star, by λ_min", "without W_star, by <λ>_<min>"),
            ("δ_jk and σ/E_y", "<δ>_<jk> and <σ>/<E>_<y>"),
            ("Known: None, 12 weights, 95 %", "Known: None, 12 weights, 95 %"),
        ];
        for (text, wanted) in cases {
            assert_eq!(marked(text), wanted);
        }
    }

    #[test]
    fn nothing_is_lost_but_underscores() {
        for text in ["d = 100 ≥ r̃", "é W_T, naïve Θ", "’t", "_", "r_", "K"] {
            let together: String = mathematics(text).into_iter().map(|(part, _)| part).collect();
            let subscripted = together.len() == text.len() || together == text.replace('_', "");
            assert!(subscripted, "{text}: {together}");
        }
    }
}
