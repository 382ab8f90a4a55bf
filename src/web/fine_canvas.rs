//! A canvas that plotters can draw on in units of a sixteenth of a pixel.

use plotters::prelude::DrawingBackend;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// plotters-canvas takes the canvas's own size for that of the drawing and cuts off what lies beyond. Here the drawing is
/// as large as its units say; the canvas's transformation, set by the owner, scales it down.
///
/// Filled rectangles that follow each other are painted colour by colour: naming a colour to the browser costs more than a
/// rectangle, and the largest masks have 6000. None of them may lie over another.
pub struct FineCanvas {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    // colour and place of the rectangles that are still to be painted
    waiting: Vec<((u8, u8, u8), [f64; 4])>,
}

impl FineCanvas {
    /// On `canvas`, whose transformation maps `size` units to all of it.
    pub fn new(canvas: &HtmlCanvasElement, size: (u32, u32)) -> Self {
        let context = canvas.get_context("2d").ok().flatten().expect("a canvas has a 2d context").unchecked_into();
        let canvas = CanvasBackend::with_canvas_object(canvas.clone()).expect("a canvas has a 2d context");
        Self { canvas, context, size, waiting: Vec::new() }
    }

    /// The canvas, once what was waiting is painted.
    fn painted(&mut self) -> &mut CanvasBackend {
        self.waiting.sort_by_key(|(colour, _)| *colour);
        for group in self.waiting.chunk_by(|a, b| a.0 == b.0) {
            let (red, green, blue) = group[0].0;
            self.context.set_fill_style_str(&format!("rgb({red},{green},{blue})"));
            for (_, [x, y, width, height]) in group {
                self.context.fill_rect(*x, *y, *width, *height);
            }
        }
        self.waiting.clear();
        &mut self.canvas
    }
}

impl Drop for FineCanvas {
    fn drop(&mut self) {
        self.painted();
    }
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
        let place = [from.0, from.1, to.0 - from.0, to.1 - from.1].map(f64::from);
        self.waiting.push((colour.rgb, place));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.painted().draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        self.painted().draw_circle(centre, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.painted().fill_polygon(path, style)
    }
}
