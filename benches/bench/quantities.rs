//! The quantities: the kernel against the ceiling, a whole run against its slow way, set-up, what a lecture waits for,
//! and, natively, trials side by side.

use std::hint::black_box;

use serde_json::json;
use winning_ticket::link::Link;
use winning_ticket::network::{Problem, Risk, draw_learner};
use winning_ticket::pause::{Pause, finish};
use winning_ticket::spec::Spec;
use winning_ticket::training::{Agd, Trainer, ball_start};
use winning_ticket::trials::{Forecast, probe, probe_distance};

use crate::measure::{fastest, fastest_within, report, tell};
use crate::peak;
use crate::sizes::{Foreseen, Run, Sizes};

/// Measures and tells all of them.
pub fn measure_all(sizes: &Sizes) {
    kernels(sizes);
    figure(sizes);
    let [set_up] = fastest(sizes.rounds[0], [&mut || drop(black_box(Problem::draw(&sizes.set_up)))]);
    report(&format!("set-up, {}", words(&sizes.set_up)), set_up, "s", None);
    let [run] = fastest(sizes.rounds[0], [&mut || train(&sizes.default)]);
    report("the run that the page opens with", run, "s", None);
    probes(sizes);
    sizes.runs.iter().filter(|run| run.in_browser || cfg!(not(target_arch = "wasm32"))).for_each(whole_run);
    sizes.forecasts.iter().for_each(forecast);
    #[cfg(not(target_arch = "wasm32"))]
    bulk(sizes);
}

/// Risk and gradient by sums over the samples, in multiply-adds a second against the ceiling.
fn kernels(sizes: &Sizes) {
    let mut calls = sizes.kernels.each_ref().map(Kernel::new);
    let [a, b, c, d] = &mut calls;
    let times = fastest(
        sizes.rounds[0],
        [
            &mut || peak::multiply_adds(sizes.turns),
            &mut || a.evaluate(),
            &mut || b.evaluate(),
            &mut || c.evaluate(),
            &mut || d.evaluate(),
        ],
    );
    let ceiling = (sizes.turns * peak::A_TURN) as f64 / times[0];
    report("multiply-adds in registers only", ceiling, "multiply-adds/s", None);
    for ((kernel, spec), time) in calls.iter().zip(&sizes.kernels).zip(&times[1..]) {
        let throughput = kernel.multiply_adds() / time;
        let name = format!("multiply-adds of risk and gradient, {}", words(spec));
        report(&name, throughput, "multiply-adds/s", Some((throughput / ceiling, "registers only")));
    }
}

/// Evaluations of risk and gradient, one after the other as in training, as many as meet about 20 000 samples.
struct Kernel {
    problem: Problem,
    risk: Risk,
    gradient: Vec<f64>,
}

impl Kernel {
    fn new(spec: &Spec) -> Self {
        let problem = Problem::draw(spec);
        let risk = Risk::new(problem.oracle.mask(), &problem.data);
        Self { gradient: vec![0.0; problem.oracle.values().len()], risk, problem }
    }

    fn evaluate(&mut self) {
        let part = &self.problem.data.parts()[0];
        for _ in 0..self.times() {
            black_box(self.risk.with_gradient(part, black_box(self.problem.oracle.values()), &mut self.gradient));
        }
    }

    fn times(&self) -> usize {
        20_000 / self.problem.data.samples()
    }

    /// Each sample meets each weight twice: in its pre-activation and in the gradient.
    fn multiply_adds(&self) -> f64 {
        (2 * self.times() * self.problem.data.samples() * self.gradient.len()) as f64
    }
}

/// A whole run as it is trained, against the same steps by sums over the samples only; both with their set-up.
fn figure(sizes: &Sizes) {
    let spec = &sizes.figure;
    let [trained, summed] = fastest(sizes.rounds[1], [&mut || train(spec), &mut || train_by_sums(spec)]);
    let name = format!("{} steps, {}", spec.max_steps, words(spec));
    report(&name, trained, "s", Some((summed / trained, "speed by sums")));
    report(&format!("{name}, by sums"), summed, "s", None);
}

/// The run of `spec` to its end.
fn train(spec: &Spec) {
    train_with(spec, &Pause::never());
}

fn train_with(spec: &Spec, pause: &Pause) {
    let mut trainer = finish(Trainer::new_in_slices(spec, pause));
    finish(trainer.advance_in_slices(spec.max_steps, pause));
    black_box(trainer.weights());
}

/// The steps of the run of `spec`, each by sums over the samples.
fn train_by_sums(spec: &Spec) {
    let problem = Problem::draw(spec);
    let start = ball_start(spec, &draw_learner(spec, &problem.oracle));
    let mut risk = Risk::new(problem.oracle.mask(), &problem.data);
    let mut gradient = vec![0.0; start.len()];
    let mut agd = Agd::new(start, spec.eta(), spec.momentum);
    for _ in 0..spec.max_steps {
        risk.with_gradient(&problem.data.parts()[0], agd.weights(), &mut gradient);
        assert!(agd.step(&gradient), "these runs converge");
    }
    black_box(agd.weights());
}

fn one_probe(spec: &Spec, index: u32) {
    black_box(probe(spec, index, probe_distance(index)));
}

/// Probes of the default problem, one after the other and, natively, on all cores.
fn probes(sizes: &Sizes) {
    let name = format!("{} probes, one at a time", sizes.probes);
    let mut one_by_one = || (0..sizes.probes).for_each(|index| one_probe(&sizes.default, index));
    #[cfg(target_arch = "wasm32")]
    {
        // Here a program has one thread; the page's pool runs one such program a core.
        let [time] = fastest(sizes.rounds[1], [&mut one_by_one]);
        report(&name, time, "s", None);
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        use rayon::prelude::*;
        let cores = rayon::current_num_threads();
        let mut together =
            || (0..sizes.probes).into_par_iter().with_max_len(1).for_each(|index| one_probe(&sizes.default, index));
        let [alone, together] = fastest(sizes.rounds[1], [&mut one_by_one, &mut together]);
        report(&name, alone, "s", None);
        let name = format!("{} probes on {cores} cores", sizes.probes);
        report(&name, together, "s", Some((alone / together, "speed one at a time")));
    }
}

/// A whole run with its set-up, and what others need to do the same.
fn whole_run(run: &Run) {
    let spec = &run.spec;
    let one_thread = fastest_within(10.0, || train(spec));
    #[cfg(not(target_arch = "wasm32"))]
    let all_cores = Some(fastest_within(10.0, || rayon::scope(|_| train_with(spec, &Pause::never().on_all_cores()))));
    #[cfg(target_arch = "wasm32")]
    let all_cores: Option<f64> = None;
    tell(&json!({
        "name": format!("{}, {} steps", words(spec), spec.max_steps),
        "value": one_thread,
        "all_cores": all_cores,
        "unit": "s",
        "goals": run.goals,
        "link": format!("#{}", Link::from(spec.clone()).fragment()),
        "step_size": spec.eta(),
        "momentum": spec.momentum,
    }));
}

/// What is said of a problem before it is trained; the problem is drawn for it.
fn forecast(foreseen: &Foreseen) {
    let Foreseen { spec, goal } = foreseen;
    let time = fastest_within(10.0, || drop(black_box(Forecast::draw(spec))));
    report(&format!("forecast, {}", words(spec)), time, "s", Some((time / goal, &format!("the goal, {goal} s"))));
}

/// Ten times as many, as the command line runs them, on one core and on all.
#[cfg(not(target_arch = "wasm32"))]
fn bulk(sizes: &Sizes) {
    use rayon::ThreadPoolBuilder;
    use rayon::prelude::*;
    let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
    // The default of the builder: one a core.
    let pools = [pool(1), pool(0)];
    let trials = 10 * sizes.probes;
    let run = |pool: &rayon::ThreadPool| {
        pool.install(|| (0..trials).par_bridge().for_each(|index| one_probe(&sizes.default, index)));
    };
    let times = fastest(sizes.rounds[1], [&mut || run(&pools[0]), &mut || run(&pools[1])]);
    let [one, all] = times.map(|time| f64::from(trials) / time);
    let cores = pools[1].current_num_threads();
    report("probes in bulk, one core", one, "trials/s", None);
    let efficiency = all / one / cores as f64;
    report(
        &format!("probes in bulk, {cores} cores"),
        all,
        "trials/s",
        Some((efficiency, "as many times one core; goal 0.95")),
    );
}

fn words(spec: &Spec) -> String {
    format!("N = {}, d = {}, K = {}, r = {}", spec.samples, spec.dimension, spec.neurons, spec.effective_width)
}
