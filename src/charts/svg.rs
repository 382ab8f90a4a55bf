//! A chart as an SVG file, texts included.

use plotters::prelude::SVGBackend;

use super::{Anchor, Baseline, Chart, Colour, Label, Palette, Pen, Role, UNIT};

/// `chart` as SVG; `title` becomes the accessible name.
pub fn to_svg(chart: &dyn Chart, palette: &Palette, title: &str) -> String {
    document(chart, palette, title, &[], None)
}

/// The same with where it comes from, a line each, for who reads the file.
pub fn to_described_svg(chart: &dyn Chart, palette: &Palette, title: &str, source: &[String]) -> String {
    document(chart, palette, title, source, None)
}

/// The same as a figure by itself: with a heading, and with `title` and `source` as a caption.
pub fn to_captioned_svg(chart: &dyn Chart, palette: &Palette, heading: &str, title: &str, source: &[String]) -> String {
    document(chart, palette, title, source, Some(heading))
}

fn document(chart: &dyn Chart, palette: &Palette, title: &str, source: &[String], heading: Option<&str>) -> String {
    let (width, height) = chart.size();
    let mut shapes = String::new();
    {
        let size = ((width * UNIT) as u32, (height * UNIT) as u32);
        let pen = Pen::new(SVGBackend::with_string(&mut shapes, size));
        pen.rectangle((0.0, 0.0), (width, height), palette.paper)
            .and_then(|()| chart.draw(&pen, palette))
            .and_then(|()| pen.present())
            .expect("writing to a string does not fail");
    }
    // The backend's own head has the size in units; ours has it in pixels, a name, and room for the labels.
    let body = shapes.split_once('>').map_or("", |(_, body)| body);
    let body = body.rsplit_once("</svg>").map_or(body, |(body, _)| body).trim();
    let labels: String = chart.labels(&[]).iter().map(|label| text(label, palette)).collect();
    let description = match source {
        [] => String::new(),
        lines => format!("<desc>{}</desc>\n", escaped(&lines.join("\n"))),
    };
    let picture = format!("<g transform=\"scale({})\">\n{body}\n</g>\n{labels}", 1.0 / UNIT);
    let (width, height, picture) = match heading {
        None => (width, height, picture),
        Some(heading) => framed((width, height), &picture, &Words { heading, sentence: title, source }, palette),
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\">\n<title>{}</title>\n{description}{picture}</svg>\n",
        escaped(title)
    )
}

/// The words around a picture: its heading, a sentence below it, and in small print where all that comes from.
struct Words<'a> {
    heading: &'a str,
    sentence: &'a str,
    source: &'a [String],
}

/// The margin around a picture with words.
const MARGIN: f64 = 16.0;
/// What the heading takes.
const HEADING: f64 = 28.0;
/// What a line of the sentence and one of the small print takes, and how wide a character may be: texts are not measured, and a
/// reader's font is not known.
const SENTENCE: (f64, f64) = (20.0, 7.8);
const SMALL: (f64, f64) = (15.0, 6.6);

/// A picture of this size with its words around it: width, height, and what is drawn.
fn framed((width, height): (f64, f64), picture: &str, words: &Words, palette: &Palette) -> (f64, f64, String) {
    let rgb = |(r, g, b): Colour| format!("#{r:02x}{g:02x}{b:02x}");
    let (ink, soft) = (rgb(palette.ink), rgb(palette.soft));
    const SERIF: &str = "font-family=\"Charter, Georgia, serif\"";
    let heading = format!("{SERIF} font-size=\"17\" font-weight=\"bold\" fill=\"{ink}\"");
    let sentence = format!("{SERIF} font-size=\"15\" fill=\"{ink}\"");
    let small = format!("font-family=\"sans-serif\" font-size=\"11\" fill=\"{soft}\"");
    let line =
        |y: f64, look: &str, text: &str| format!("<text x=\"{MARGIN}\" y=\"{y}\" {look}>{}</text>\n", escaped(text));
    let mut drawn = line(MARGIN + 14.0, &heading, words.heading);
    let top = MARGIN + HEADING;
    drawn += &format!("<g transform=\"translate({MARGIN} {top})\">\n{picture}</g>\n");
    let mut y = top + height + 6.0;
    for part in wrapped(words.sentence, (width / SENTENCE.1) as usize) {
        y += SENTENCE.0;
        drawn += &line(y, &sentence, &part);
    }
    y += 6.0;
    for part in words.source.iter().flat_map(|text| wrapped(text, (width / SMALL.1) as usize)) {
        y += SMALL.0;
        drawn += &line(y, &small, &part);
    }
    let (width, height) = (width + 2.0 * MARGIN, y + MARGIN);
    let ground = format!("<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n", rgb(palette.paper));
    (width, height, ground + &drawn)
}

/// `text` in lines of at most so many characters, broken at blanks, and within what has none, as links, where the line is full.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let (mut lines, most) = (vec![String::new()], most.max(1));
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        let used = lines.last().map_or(0, |line| line.chars().count());
        if used > 0 && used + 1 + word.len() <= most {
            lines.last_mut().expect("there is one").push(' ');
        } else if used > 0 {
            lines.push(String::new());
        }
        while word.len() > most {
            let rest = word.split_off(most);
            lines.last_mut().expect("there is one").extend(word);
            lines.push(String::new());
            word = rest;
        }
        lines.last_mut().expect("there is one").extend(word);
    }
    lines
}

fn text(label: &Label, palette: &Palette) -> String {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let drop = match label.baseline {
        Baseline::Top => 11.0,
        Baseline::Middle => 4.5,
        Baseline::Bottom => -3.0,
    };
    // The ground shines around the text, as on the page.
    const HALO: &str = "stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\" xml:space=\"preserve\"";
    const SANS: &str = "font-family=\"sans-serif\" font-size=\"13\"";
    const BOLD: &str = "font-family=\"sans-serif\" font-size=\"14\" font-weight=\"bold\"";
    const ITALIC: &str = "font-family=\"Charter, Georgia, serif\" font-size=\"13\" font-style=\"italic\"";
    let (colour, look): (Colour, &str) = match label.role {
        Role::Tick | Role::Ghost => (palette.soft, SANS),
        Role::Learner => (palette.learner, BOLD),
        Role::Dense => (palette.dense, BOLD),
        Role::Descent => (palette.descent, BOLD),
        Role::Oracle => (palette.ink, BOLD),
        Role::Note => (palette.soft, ITALIC),
        Role::Theory => (palette.ink, ITALIC),
        Role::Measured => (palette.success, ITALIC),
    };
    let (r, g, b) = colour;
    let (ground_r, ground_g, ground_b) = palette.paper;
    let mut text = String::new();
    let mut is_low = false;
    for (piece, lowered) in label.pieces() {
        let piece = escaped(piece);
        text += &match (lowered, is_low) {
            (true, _) => format!("<tspan dy=\"3\" font-size=\"10\">{piece}</tspan>"),
            (false, true) => format!("<tspan dy=\"-3\">{piece}</tspan>"),
            (false, false) => piece,
        };
        is_low = lowered;
    }
    format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" fill=\"#{r:02x}{g:02x}{b:02x}\" \
         stroke=\"#{ground_r:02x}{ground_g:02x}{ground_b:02x}\" {HALO} {look}>{}</text>\n",
        label.x,
        label.y + drop,
        text
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_caption_breaks_at_blanks_and_within_what_has_none() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("see https://x.org/#r=5&t=3 now", 9), ["see", "https://x", ".org/#r=5", "&t=3 now"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn a_captioned_picture_is_the_picture_with_its_words_below_and_tells_its_source() {
        struct Empty;
        impl Chart for Empty {
            fn draw(&self, _: &Pen, _: &Palette) -> crate::charts::Drawn {
                Ok(())
            }
            fn labels(&self, _: &[Label]) -> Vec<Label> {
                Vec::new()
            }
            fn size(&self) -> (f64, f64) {
                (200.0, 100.0)
            }
        }
        let source = ["#v=1&seed=1".to_owned(), "digest 0123456789abcdef".to_owned()];
        let (plain, described, captioned) = (
            to_svg(&Empty, &Palette::LIGHT, "a < b"),
            to_described_svg(&Empty, &Palette::LIGHT, "a < b", &source),
            to_captioned_svg(&Empty, &Palette::LIGHT, "Nothing", "a < b", &source),
        );
        assert!(plain.contains("height=\"100\"") && !plain.contains("<desc>"));
        assert!(
            described.contains("<desc>#v=1&amp;seed=1\ndigest 0123456789abcdef</desc>") && !described.contains("<text")
        );
        // 16 and 28 above, twice 6 between, 20 for the sentence, twice 15 for the source, 16 below and at each side.
        assert!(captioned.contains("height=\"222\" viewBox=\"0 0 232 222\""), "{captioned}");
        for words in
            [">Nothing</text>", ">a &lt; b</text>", ">#v=1&amp;seed=1</text>", ">digest 0123456789abcdef</text>"]
        {
            assert!(captioned.contains(words), "{words}");
        }
    }
}
