//! Canvases: their size in device pixels, the colours of the theme, and the labels of a chart as HTML above it.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};

use super::dom::{by_id, create, document, set_attribute, set_style, set_text, window};
use super::fine_canvas::FineCanvas;
use crate::charts::{Anchor, Baseline, Chart, Colour, Label, Palette, Pen, Role, UNIT, parse_rgb};
use crate::session::sizes::{canvas_size, chart_size, least_stroke, magnified, shows_anything, text_size, zoom};

/// A canvas with the layer of its labels.
pub struct Stage {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    layer: HtmlElement,
    shown: Vec<Label>,
    size: (f64, f64),
    // CSS pixels in a pixel of the chart
    zoom: f64,
    // of lines, in pixels of the chart
    least_stroke: f64,
    pixels_a_css: f64,
}

impl Stage {
    /// Of the canvas `<name>-canvas` and the layer `<name>-labels`.
    pub fn new(name: &str) -> Self {
        let canvas: HtmlCanvasElement = by_id(&format!("{name}-canvas"));
        let context = canvas.get_context("2d").ok().flatten().expect("a canvas has a 2d context").unchecked_into();
        let layer = by_id(&format!("{name}-labels"));
        Self {
            canvas,
            context,
            layer,
            shown: Vec::new(),
            size: (0.0, 0.0),
            zoom: 1.0,
            least_stroke: 0.0,
            pixels_a_css: 1.0,
        }
    }

    /// The canvas.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// Width and height for a chart.
    pub fn size(&self) -> (f64, f64) {
        self.size
    }

    /// CSS pixels in a pixel of the chart.
    pub fn zoom(&self) -> f64 {
        self.zoom
    }

    /// Follows the size of the element, of the text, and the resolution of the screen, or takes a finer one.
    pub fn measure(&mut self, least_pixels_a_css: f64) {
        let css = (f64::from(self.canvas.client_width()), f64::from(self.canvas.client_height()));
        self.pixels_a_css = window().device_pixel_ratio().max(least_pixels_a_css);
        self.zoom = zoom(text_size(&root_style("font-size"))) * magnified(&root_style("--magnified"));
        self.least_stroke = least_stroke(&root_style("--least-stroke")) / self.zoom;
        self.size = chart_size(css, self.zoom);
        let (width, height) = canvas_size(css, self.pixels_a_css);
        // Setting the size clears the canvas, so it is set only where it changes.
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        self.shown.clear();
    }

    /// Draws `chart` anew.
    pub fn paint(&mut self, chart: &dyn Chart, palette: &Palette) {
        if !shows_anything(self.size) {
            return self.show_labels(Vec::new());
        }
        let (width, height) = self.size;
        let scale = self.pixels_a_css * self.zoom / UNIT;
        self.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).expect("finite numbers");
        self.context.clear_rect(0.0, 0.0, width * UNIT, height * UNIT);
        self.context.set_line_join("round");
        let pen = Pen::thick(
            FineCanvas::new(&self.canvas, ((width * UNIT) as u32, (height * UNIT) as u32)),
            self.least_stroke,
        );
        chart.draw(&pen, palette).expect("a canvas can be drawn on");
        self.show_labels(chart.labels(&self.shown));
    }

    /// Shows these labels, reusing the elements of those shown before.
    fn show_labels(&mut self, labels: Vec<Label>) {
        for (i, label) in labels.iter().enumerate() {
            if self.shown.get(i) == Some(label) {
                continue;
            }
            let span: HtmlElement = match self.layer.children().item(i as u32) {
                Some(span) => span.unchecked_into(),
                None => {
                    let span: HtmlElement = create("span", "");
                    self.layer.append_child(&span).expect("a layer takes spans");
                    span
                }
            };
            typeset(&span, label);
            set_attribute(&span, "class", class_of(label.role));
            set_attribute(&span, "data-anchor", anchor_of(label.anchor));
            set_attribute(&span, "data-baseline", baseline_of(label.baseline));
            set_style(&span, "left", &format!("{:.1}px", label.x * self.zoom));
            set_style(&span, "top", &format!("{:.1}px", label.y * self.zoom));
        }
        while self.layer.child_element_count() as usize > labels.len() {
            self.layer.last_element_child().expect("there is one too many").remove();
        }
        self.shown = labels;
    }
}

/// Writes the text of a label, its subscripts lowered.
fn typeset(span: &HtmlElement, label: &Label) {
    let pieces = label.pieces();
    if pieces.iter().all(|(_, lowered)| !lowered) {
        set_text(span, &label.text);
        return;
    }
    set_text(span, "");
    for (piece, lowered) in pieces {
        let part: HtmlElement = create(if lowered { "sub" } else { "span" }, "");
        set_text(&part, piece);
        span.append_child(&part).expect("a label takes its parts");
    }
}

fn class_of(role: Role) -> &'static str {
    match role {
        Role::Tick => "label tick",
        Role::Learner => "label end learner",
        Role::Dense => "label end dense",
        Role::Descent => "label end gd",
        Role::Oracle => "label end ink",
        Role::Note => "label note",
        Role::Theory => "label note ink",
        Role::Measured => "label note success",
        Role::Ghost => "label ghost",
    }
}

fn anchor_of(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}

fn baseline_of(baseline: Baseline) -> &'static str {
    match baseline {
        Baseline::Top => "top",
        Baseline::Middle => "middle",
        Baseline::Bottom => "bottom",
    }
}

/// A property of the root element's style as it applies now.
pub fn root_style(property: &str) -> String {
    let root = document().document_element().expect("a document has a root");
    let style = window().get_computed_style(&root).ok().flatten().expect("the root has a style");
    style.get_property_value(property).unwrap_or_default()
}

/// The colours of the present theme, from the style sheet's custom properties; among them a reader's own system colours,
/// which only an element that uses them knows.
pub fn read_palette() -> Palette {
    let probe: HtmlElement = create("span", "visually-hidden");
    set_style(&probe, "forced-color-adjust", "none");
    let body = document().body().expect("a document has a body");
    body.append_child(&probe).expect("a body takes children");
    let style = window().get_computed_style(&probe).ok().flatten().expect("an element has a style");
    let read = |name: &str, otherwise: Colour| {
        set_style(&probe, "color", &format!("var({name})"));
        parse_rgb(&style.get_property_value("color").unwrap_or_default()).unwrap_or(otherwise)
    };
    let default = Palette::LIGHT;
    let palette = Palette {
        paper: read("--paper", default.paper),
        ink: read("--ink", default.ink),
        soft: read("--soft", default.soft),
        learner: read("--learner", default.learner),
        dense: read("--dense", default.dense),
        descent: read("--gd", default.descent),
        success: read("--success", default.success),
        failure: read("--failure", default.failure),
        track: read("--track", default.track),
    };
    probe.remove();
    palette
}
