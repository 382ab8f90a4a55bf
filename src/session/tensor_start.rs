//! The start from moments: the words beside its menu and its picture.

use super::run::Run;
use crate::language::tr;
use crate::notation::{grouped, number, significant};
use crate::spec::Start;
use crate::tensor::{NoStart, Recovered, RecoveredNeuron};
use crate::trials::{few_samples, inputs_sentence, no_start_on_data, no_start_sentence, tensor_out_of_reach};

/// Whether the page shows the picture of the start, with its words: it has the oracle's neurons in it.
pub fn is_shown(run: &Run) -> bool {
    run.spec.start == Start::Tensor && run.knows_oracle()
}

/// What was recovered of the neurons; none before that is known, or where there is no start from moments.
pub fn neurons(run: &Run) -> &[RecoveredNeuron] {
    match &run.moments {
        Some(Ok(recovered)) => &recovered.neurons,
        _ => &[],
    }
}

/// What stands beside the menu.
pub fn note(run: &Run) -> String {
    if run.own.is_some() && run.spec.start == Start::Tensor {
        return on_data(run);
    }
    if !is_shown(run) {
        return tr!("“Tensor” asks the moments of the sample alone (Lemma\u{a0}1), not λ.").to_owned();
    }
    match (tensor_out_of_reach(&run.spec, &run.supports), &run.moments) {
        (_, Some(Err(reason))) => no_start_sentence(&run.spec, reason),
        (Some(sentence), _) => sentence,
        (None, _) => tr!(
            "λ and the seed of the start set nothing here: training starts where the moments of the sample lead (Lemma\u{a0}1)."
        )
        .to_owned(),
    }
}

/// The same of a run on data of the reader's own that asks their moments.
fn on_data(run: &Run) -> String {
    if let Some(sentence) = none_on_data(run) {
        return sentence;
    }
    match run.began.and_then(|began| began.inputs) {
        None => tr!("The moments of the sample are being summed …").to_owned(),
        Some(inputs) if inputs.are_explained() => tr!(
            "Training starts where the moments of X and y lead (Lemma\u{a0}1). They suppose standard normal X: its mean and covariance \
             do not contradict that."
        )
        .to_owned(),
        Some(_) => tr!(
            "Training starts where the moments of X and y lead (Lemma\u{a0}1). They suppose standard normal X, which it is not: see Own \
             data."
        )
        .to_owned(),
    }
}

/// That the moments of the reader's own data give no start; none where they do, or were not asked yet.
fn none_on_data(run: &Run) -> Option<String> {
    match (&run.moments, run.began) {
        (Some(Err(reason)), Some(began)) => Some(no_start_on_data(&run.spec, &began, reason)),
        _ => None,
    }
}

/// What is known of a start from the moments of own data, in sentences: what its assumptions are worth here, and whether the
/// samples are enough. None where the moments were not asked.
pub fn told_of_data(run: &Run) -> Option<Vec<String>> {
    if run.own.is_none() || run.spec.start != Start::Tensor {
        return None;
    }
    let inputs = run.began.and_then(|began| began.inputs);
    let features = run.oracle.mask().used_features_with(run.mask()).len();
    let few = few_samples(run.spec.samples, features, run.spec.neurons);
    let from = none_on_data(run).unwrap_or_else(|| {
        tr!("Training starts where the moments of X and y lead (Lemma\u{a0}1), which suppose standard normal X.")
            .to_owned()
    });
    Some([Some(from), inputs.as_ref().map(inputs_sentence), few].into_iter().flatten().collect())
}

/// That there is no start from moments after all, where that was not known before the sample was drawn.
pub fn notice(run: &Run) -> Option<String> {
    if run.own.is_some() {
        return none_on_data(run);
    }
    match &run.moments {
        Some(Err(reason @ NoStart::FewDirections { .. })) => Some(no_start_sentence(&run.spec, reason)),
        _ => None,
    }
}

/// What stands below the picture.
pub fn caption(run: &Run) -> String {
    match (&run.moments, run.curve.first()) {
        (Some(Ok(recovered)), Some(began)) => measured(recovered, *began),
        (Some(Err(reason)), _) => none_on_data(run).unwrap_or_else(|| no_start_sentence(&run.spec, reason)),
        _ if is_shown(run) => tr!("The moments of the sample are being summed …").to_owned(),
        _ => String::new(),
    }
}

fn measured(recovered: &Recovered, began: f64) -> String {
    let strays = recovered.neurons.iter().enumerate().filter(|(j, neuron)| neuron.matched != *j).count();
    let told = tr!(
        "Measured: before masking the neurons, in their best order, have relative error {error}; on the mask training starts at \
         {start}.",
        error = significant(recovered.error, 2),
        start = significant(began, 2)
    );
    if strays == 0 {
        return told;
    }
    let (strays, all) = (grouped(strays), recovered.neurons.len());
    let strays = tr!(
        "{strays} of\u{a0}{all} stand where the oracle has another (→): the supports did not tell them apart.",
        strays,
        all
    );
    [told, strays].join(" ")
}

/// The picture for who cannot see it.
pub fn text(run: &Run) -> String {
    let neuron = |(j, recovered): (usize, &RecoveredNeuron)| {
        let (neuron, matched) = (j + 1, recovered.matched + 1);
        let degrees = format!("{:.0}", recovered.angle().to_degrees());
        let place = match matched == neuron {
            true => tr!("neuron {neuron}: {degrees} degrees from the oracle’s", neuron, degrees),
            false => {
                tr!("neuron {neuron}: {degrees} degrees from the oracle’s number {matched}", neuron, degrees, matched)
            }
        };
        let ratio = number((100.0 * recovered.ratio).round() / 100.0);
        let cosine = format!("{:.2}", recovered.cosine);
        tr!("{place}, cosine {cosine}, {ratio} times as long", place, cosine, ratio)
    };
    let told: Vec<String> = neurons(run).iter().enumerate().map(neuron).collect();
    if told.is_empty() { tr!("No recovered neurons.").to_owned() } else { format!("{}.", told.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Overlap, Spec};
    use crate::training::Trainer;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn tensor() -> Spec {
        let start = Start::Tensor;
        Spec { neurons: 3, dimension: 20, effective_width: 8.0, samples: 5000, start, ..Spec::default() }
    }

    /// Set up as the training worker does it.
    fn set_up(spec: &Spec) -> Run {
        let (mut run, trainer) = (Run::new(0, spec.clone()), Trainer::new(spec));
        run.curve = trainer.relative_error().to_vec();
        let compared = |found: &_| Recovered::of(found, &trainer.problem().oracle);
        run.moments = trainer.moments().map(|found| found.as_ref().map(compared).map_err(|why| *why));
        run
    }

    #[test]
    fn the_words_follow_what_is_known() {
        let before = Run::new(0, tensor());
        assert!(is_shown(&before) && neurons(&before).is_empty() && notice(&before).is_none());
        assert!(
            caption(&before).ends_with('…') && note(&before).starts_with("λ and the seed of the start set nothing")
        );
        let run = set_up(&tensor());
        assert_eq!(neurons(&run).len(), 3);
        let (caption, text) = (caption(&run), text(&run));
        assert!(caption.starts_with("Measured: before masking") && !caption.contains("stand where"), "{caption}");
        assert!(text.starts_with("neuron 1: ") && text.matches("cosine 0.9").count() == 3, "{text}");
        let ball = set_up(&Spec { start: Start::Ball, ..tensor() });
        assert!(!is_shown(&ball) && ball.moments.is_none() && super::caption(&ball).is_empty());
        assert!(note(&ball).contains("Lemma"));
    }

    #[test]
    fn where_there_is_no_start_every_place_says_the_same() {
        let spec = Spec { effective_width: 1.0, overlap: Overlap::Shared, ..tensor() };
        let run = set_up(&spec);
        let sentence = "There is no tensor start: 3 directions need as many features, and the supports have 1 together. The \
                        run starts in the ball, at λ = 0.50.";
        assert_eq!((note(&run).as_str(), caption(&run).as_str()), (sentence, sentence));
        assert_eq!(note(&Run::new(0, spec)), sentence, "known before the sample is drawn");
        assert_eq!((notice(&run), run.curve[0]), (None, run.spec.start_distance));
        let few = set_up(&Spec { samples: 40, neurons: 12, dimension: 13, effective_width: 8.0, ..tensor() });
        assert!(matches!(few.moments, Some(Err(NoStart::FewDirections { .. }))), "{:?}", few.moments);
        assert_eq!(notice(&few), Some(caption(&few)));
    }
}
