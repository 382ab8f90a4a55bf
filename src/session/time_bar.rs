//! The time bar: it lies on the axis of the error chart, its thumb under the end of the curve, and goes as far as the run has
//! ever come.

use super::run::Run;
use crate::charts::relative_error::Axes;
use crate::language::tr;
use crate::notation::grouped;

/// The bar as it is to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeBar {
    /// Left end, width and height above the lower edge of the chart, in its pixels.
    pub place: (f64, f64, f64),
    /// The iteration at its right end.
    pub most: usize,
    /// The iteration at its thumb: where the run stands, or is to go.
    pub at: usize,
    /// The share of it that the run has passed.
    pub passed: f64,
    /// The share of it before the thumb.
    pub share: f64,
    /// What it says to who cannot see it.
    pub text: String,
}

impl TimeBar {
    /// Of `run`, which is to go `to` an iteration, on these axes in a picture of this size; none before it is set up.
    pub fn of(run: &Run, to: Option<usize>, axes: &Axes, size: (f64, f64)) -> Option<Self> {
        let step = run.step()?;
        let (last, most) = (run.last_step(), axes.last_iteration());
        let at = to.filter(|to| *to <= last).unwrap_or(step);
        let (left, right, bottom) = axes.foot();
        let share = |step: usize| step as f64 / most as f64;
        let text = match last > at {
            true => tr!("iteration {step} of {last}", step = grouped(at), last = grouped(last)),
            false => tr!("iteration {step}", step = grouped(at)),
        };
        Some(Self {
            place: (left, right - left, size.1 - bottom),
            most,
            at,
            passed: share(last),
            share: share(at),
            text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::view::View;
    use crate::spec::Spec;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_thumb_is_where_the_run_stands_or_is_to_go_within_what_it_has_passed() {
        let mut run = Run::new(0, Spec { effective_width: 5.0, ..Spec::default() });
        let view = View::default();
        let bar = |run: &Run, to| TimeBar::of(run, to, &view.error(run, None, &[]).axes(), (600.0, 400.0));
        assert_eq!(bar(&run, None), None);
        (run.curve, run.at) = (vec![0.5; 301], 120);
        let shown = bar(&run, None).expect("it is set up");
        assert_eq!((shown.at, shown.text.as_str()), (120, "iteration 120 of 300"));
        assert!(shown.most >= 300 && shown.share < shown.passed && shown.passed <= 1.0, "{shown:?}");
        let at = |to| bar(&run, Some(to)).map(|bar| bar.at);
        assert_eq!((at(7), at(300), at(301)), (Some(7), Some(300), Some(120)));
        run.at = 300;
        assert_eq!(bar(&run, None).map(|bar| bar.text), Some("iteration 300".to_owned()));
    }
}
