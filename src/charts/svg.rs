//! A chart as an SVG file, texts included.

use plotters::prelude::SVGBackend;

use super::{Anchor, Baseline, Chart, Colour, Label, Palette, Pen, Role, UNIT};

/// `chart` as SVG; `title` becomes the accessible name.
pub fn to_svg(chart: &impl Chart, palette: &Palette, title: &str) -> String {
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
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\">\n<title>{}</title>\n<g transform=\"scale({})\">\n{body}\n</g>\n{labels}</svg>\n",
        escaped(title),
        1.0 / UNIT
    )
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
