//! A canvas that plotters can draw on in units of a sixteenth of a pixel.

use crate::order::sorted_by;
use plotters::prelude::DrawingBackend;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// plotters-canvas takes the canvas's own size for that of the drawing and cuts off what lies beyond. Here the drawing is
/// as large as its units say; the canvas's transformation, set by the owner, scales it down.
///
/// Filled rectangles that follow each other are painted colour by colour: naming a colour to the browser costs more than a
/// rectangle, and the largest masks have 6000. None of them may lie over another. So are lines that follow each other and
/// are alike: the edges of the network, the dashes of a curve.
pub struct FineCanvas {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    // colour and place of the rectangles that are still to be painted
    rectangles: Vec<(Rgb, [f64; 4])>,
    // colour and width of the lines that are in the canvas's path and still to be painted
    lines: Option<(Rgb, u32)>,
}

impl FineCanvas {
    /// On `canvas`, whose transformation maps `size` units to all of it.
    pub fn new(canvas: &HtmlCanvasElement, size: (u32, u32)) -> Self {
        let context = canvas.get_context("2d").ok().flatten().expect("a canvas has a 2d context").unchecked_into();
        let canvas = CanvasBackend::with_canvas_object(canvas.clone()).expect("a canvas has a 2d context");
        Self { canvas, context, size, rectangles: Vec::new(), lines: None }
    }

    /// The canvas, once what was waiting is painted.
    fn painted(&mut self) -> &mut CanvasBackend {
        self.paint_lines();
        self.paint_rectangles();
        &mut self.canvas
    }

    fn paint_lines(&mut self) {
        if self.lines.take().is_some() {
            self.context.stroke();
        }
    }

    fn paint_rectangles(&mut self) {
        let number = |(red, green, blue): Rgb| f64::from(u32::from_be_bytes([0, red, green, blue]));
        let rectangles = sorted_by(std::mem::take(&mut self.rectangles), |(colour, _)| number(*colour));
        for group in rectangles.chunk_by(|a, b| a.0 == b.0) {
            self.context.set_fill_style_str(&css(group[0].0));
            for (_, [x, y, width, height]) in group {
                self.context.fill_rect(*x, *y, *width, *height);
            }
        }
    }
}

impl Drop for FineCanvas {
    fn drop(&mut self) {
        self.painted();
    }
}

type Rgb = (u8, u8, u8);

fn css((red, green, blue): Rgb) -> String {
    format!("rgb({red},{green},{blue})")
}

type Done = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

impl DrawingBackend for FineCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Done {
        self.painted().present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Done {
        self.painted().draw_pixel(point, colour)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.painted().draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Done {
        let colour = style.color();
        if !fill || colour.alpha != 1.0 {
            return self.painted().draw_rect(from, to, style, fill);
        }
        self.paint_lines();
        let place = [from.0, from.1, to.0 - from.0, to.1 - from.1].map(f64::from);
        self.rectangles.push((colour.rgb, place));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        let (colour, width) = (style.color(), style.stroke_width());
        if colour.alpha != 1.0 {
            return self.painted().draw_path(path, style);
        }
        if self.lines != Some((colour.rgb, width)) {
            self.painted();
            self.lines = Some((colour.rgb, width));
            self.context.set_stroke_style_str(&css(colour.rgb));
            self.context.set_line_width(f64::from(width));
            self.context.begin_path();
        }
        for (i, (x, y)) in path.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).enumerate() {
            if i == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        self.painted().draw_circle(centre, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.painted().fill_polygon(path, style)
    }
}
