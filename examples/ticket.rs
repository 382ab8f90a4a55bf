//! Why a winning ticket wins, in numbers: on the same 500 samples, how soon do networks find their oracle that keep fewer
//! and fewer of their 100 inputs a neuron? `cargo run --release --example ticket`

use winning_ticket::network::effective_width;
use winning_ticket::spec::{FOUND, Spec};
use winning_ticket::theory::{Curvature, heavy_ball_rate};
use winning_ticket::training::Trainer;

fn main() {
    println!("   r̃  weights  rate predicted  steps to a relative error below {FOUND:e}");
    for asked in [100.0, 80.0, 60.0, 40.0, 20.0, 10.0] {
        let spec = Spec { effective_width: asked, samples: 500, max_steps: 20_000, ..Spec::default() };
        let mut trainer = Trainer::new(&spec);
        trainer.advance(spec.max_steps);

        let steps = trainer.relative_error().iter().position(|error| *error < FOUND);
        let steps = steps.map_or("not found".to_owned(), |steps| steps.to_string());
        // Theorem 2: each step leaves ν of the error, by the eigenvalues of the Hessian at the oracle.
        let ends = Curvature::at_oracle(trainer.problem(), trainer.oracle()).sample.ends();
        let rate = ends.map_or(1.0, |ends| heavy_ball_rate(spec.eta(), spec.momentum, ends));
        println!("{:5.1} {:8} {rate:15.4}  {steps}", effective_width(trainer.mask()), trainer.mask().weights());
    }
}
