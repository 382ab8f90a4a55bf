//! What is measured, at full size and at the smallest.

use winning_ticket::spec::{Overlap, Spec, StepSize};

/// A whole run, as the peers of `benches/peers.py` do it too.
pub struct Run {
    pub spec: Spec,
    /// How many times faster than the fastest peer it is to be natively: on one thread, and on all cores where that is more.
    pub goals: (f64, Option<f64>),
    /// Whether it is run in the browser, too.
    pub in_browser: bool,
}

/// What is known of a problem before it is trained.
pub struct Foreseen {
    pub spec: Spec,
    /// Seconds that it may take.
    pub goal: f64,
}

/// The sizes of all quantities.
pub struct Sizes {
    /// The kernel's samples, neurons and features, narrow and full: r̃/d = 0.1 and 1; then with samples that fit a cache,
    /// which tells arithmetic from memory.
    pub kernels: [Spec; 4],
    /// A whole run as of Figure 3.
    pub figure: Spec,
    /// Whole runs beside those of others.
    pub runs: Vec<Run>,
    /// Forecasts.
    pub forecasts: Vec<Foreseen>,
    /// The largest problem a lecture draws.
    pub set_up: Spec,
    /// The run that the page opens with.
    pub default: Spec,
    /// Probes of the default problem.
    pub probes: u32,
    /// Turns of the loop that finds the ceiling.
    pub turns: usize,
    /// Rounds of what takes less than a second, and of what takes several.
    pub rounds: [usize; 2],
}

impl Sizes {
    /// Those that the README tells of.
    pub fn full() -> Self {
        let paper = Spec { samples: 5000, neurons: 10, dimension: 300, ..Spec::default() };
        let kernel = |samples, effective_width| Spec { samples, effective_width, ..paper.clone() };
        Self {
            kernels: [kernel(5000, 30.0), kernel(5000, 300.0), kernel(320, 30.0), kernel(320, 300.0)],
            figure: Spec {
                effective_width: 30.0,
                step_size: StepSize::Fixed(0.5),
                momentum: 0.2,
                start_distance: 0.2,
                max_steps: 4000,
                ..paper.clone()
            },
            runs: runs(),
            forecasts: forecasts(),
            set_up: Spec { dimension: 500, effective_width: 50.0, ..paper },
            default: Spec::default(),
            probes: 40,
            turns: 400_000,
            rounds: [20, 3],
        }
    }

    /// In a blink, also in a test build; long enough that a browser's coarse clock sees them.
    pub fn smoke() -> Self {
        let small =
            Spec { samples: 5000, neurons: 2, dimension: 10, effective_width: 4.0, max_steps: 200, ..Spec::default() };
        Self {
            kernels: [4.0, 10.0, 5.0, 6.0].map(|effective_width| Spec { effective_width, ..small.clone() }),
            figure: Spec { max_steps: 20, ..small.clone() },
            runs: vec![Run {
                spec: Spec { max_steps: 20, ..small.clone() },
                goals: (1.0, Some(1.0)),
                in_browser: true,
            }],
            forecasts: vec![Foreseen { spec: small.clone(), goal: 1.0 }],
            set_up: small.clone(),
            default: small,
            probes: 2,
            turns: 10_000,
            rounds: [1, 1],
        }
    }
}

/// From narrow masks to wide ones, whose activations change at almost every step.
fn runs() -> Vec<Run> {
    let spec = |samples, dimension, neurons, effective_width, max_steps| Spec {
        samples,
        dimension,
        neurons,
        effective_width,
        max_steps,
        start_distance: 0.5,
        momentum: 0.9,
        overlap: Overlap::Random,
        ..Spec::default()
    };
    let wide = |effective_width, max_steps| spec(5000, 500, 10, effective_width, max_steps);
    let figure = Spec { step_size: StepSize::Fixed(0.5), momentum: 0.2, ..spec(5000, 300, 10, 30.0, 4000) };
    let run = |spec, one_thread, all_cores| Run { spec, goals: (one_thread, all_cores), in_browser: false };
    let both = |spec, one_thread, all_cores| Run { in_browser: true, ..run(spec, one_thread, all_cores) };
    vec![
        both(figure, 15.0, None),
        both(wide(50.0, 1100), 8.0, None),
        both(wide(100.0, 1568), 6.0, None),
        both(wide(200.0, 3000), 2.0, Some(3.0)),
        run(wide(250.0, 3000), 1.5, Some(2.2)),
        run(wide(330.0, 2000), 1.0, Some(1.6)),
        run(spec(500, 100, 5, 40.0, 1676), 3.0, None),
    ]
}

fn forecasts() -> Vec<Foreseen> {
    let of = |samples, neurons, effective_width, goal| {
        let spec =
            Spec { samples, dimension: 500, neurons, effective_width, overlap: Overlap::Random, ..Spec::default() };
        Foreseen { spec, goal }
    };
    vec![of(5000, 10, 100.0, 0.3), of(5000, 10, 200.0, 0.7), of(5000, 10, 250.0, 1.0), of(10_000, 12, 500.0, 10.0)]
}
