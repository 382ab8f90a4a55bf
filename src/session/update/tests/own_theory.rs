//! What theory says on data of the reader's own: a start from their moments, and the rate that their curvature predicts.

use super::SMALL;
use super::own_data::{file, file_of, offer, opened};
use super::page::Page;
use crate::session::event::Event;
use crate::session::order::Copying;
use crate::session::own_data::told;
use crate::session::tensor_start;
use crate::session::workers::TRAINER;
use crate::spec::{Spec, Start};
use crate::theory::{SampleCurvature, heavy_ball_rate};
use crate::trials::messages::Request;
use crate::trials::{Began, OwnData, digest};

#[test]
fn where_the_oracle_is_known_the_curvature_of_the_sample_predicts_the_rate_and_never_holds_up_the_run() {
    let mut page = opened(&[]);
    let predicted = |page: &Page| {
        let run = page.session.run();
        let trainer = OwnData::read(&file(&[])).expect("our own file").run(&run.spec, true).expect("a start").trainer;
        SampleCurvature::of(trainer.problem(), trainer.oracle())
            .ends()
            .map(|ends| heavy_ball_rate(run.spec.eta(), run.spec.momentum, ends))
    };
    let rate = page.session.error_chart().predicted_rate;
    assert!(rate.is_some_and(|rate| rate < 1.0) && rate == predicted(&page), "{rate:?}");
    assert!(told(page.session.run()).iter().any(|words| words.starts_with("Near W_star the error falls by ")));
    // Another momentum has another rate; the run does not wait for it.
    page.tell(Event::Field("beta", "0.5".to_owned()));
    let is_new = |request: &Request| matches!(request, Request::Start { spec, .. } if spec.momentum == 0.5);
    for _ in 0..100 {
        if !page.requests.iter().any(|(_, request)| is_new(request)) {
            page.pass(16.0);
        }
    }
    // The start is answered, the curvature takes long.
    page.answers = false;
    page.pass(100.0);
    assert!(matches!(page.requests.last(), Some((TRAINER, Request::Curvature { .. }))), "{:?}", page.requests.last());
    page.tell(Event::Steps(5));
    page.pass(100.0);
    let [.., (_, stop), (_, advance)] = &page.requests[..] else { panic!("two requests") };
    assert!(matches!((stop, advance), (Request::Stop, Request::Advance { steps: 5, .. })), "{stop:?} {advance:?}");
    let mut page = opened(&[]);
    page.tell(Event::Field("beta", "0.5".to_owned()));
    page.tell(Event::Steps(5));
    page.pass(2000.0);
    let other = page.session.error_chart().predicted_rate;
    assert!(page.step() == 5 && other == predicted(&page) && other != rate, "{other:?}");
    page.tell(Event::Reset);
    page.pass(500.0);
    assert_eq!((page.step(), page.session.error_chart().predicted_rate), (0, other), "it is known already");
    // Without W* nobody is asked.
    let page = opened(&["W_star"]);
    assert_eq!(page.asked(|request| matches!(request, Request::Curvature { .. })), 0);
}

/// A file of X (`samples` × `dimension`) and y, both multiplied by `scale`, of an oracle of two neurons on all features, with
/// W\* if that is wanted.
fn of_two_neurons([samples, dimension]: [usize; 2], scale: f64, with_oracle: bool) -> Vec<u8> {
    let spec = Spec { effective_width: dimension as f64, samples, dimension, neurons: 2, seed: 3, ..Spec::default() };
    let mut bytes = file_of(&spec, if with_oracle { &["M"] } else { &["M", "W_star"] });
    for (name, entries) in [("X", samples * dimension), ("y", samples)] {
        // An array as NumPy writes it: ten bytes of which the last two are the length of what follows, and that.
        let name = format!("{name}.npy").into_bytes();
        let at = bytes.windows(name.len()).position(|text| text == name).expect("it is there") + name.len();
        let head = usize::from(u16::from_le_bytes([bytes[at + 8], bytes[at + 9]]));
        for entry in bytes[at + 10 + head..][..8 * entries].as_chunks_mut::<8>().0 {
            *entry = (scale * f64::from_le_bytes(*entry)).to_le_bytes();
        }
    }
    bytes
}

/// The lab on such data, started from their moments.
fn from_moments(bytes: &[u8]) -> Page {
    let mut page = Page::open(&format!("{SMALL}&K=2"));
    page.pass(1000.0);
    offer(&mut page, bytes.to_vec());
    page.tell(Event::Field("start", "tensor".to_owned()));
    page.pass(1000.0);
    let (data, run) = (OwnData::read(bytes).expect("our own file"), page.session.run());
    let trainer = data.run(&run.spec, true).expect("a start").trainer;
    assert_eq!((run.spec.start, &run.digest), (Start::Tensor, &digest(trainer.mask(), trainer.weights())));
    page
}

#[test]
fn a_start_from_the_moments_of_own_data_says_what_its_assumptions_are_worth() {
    let mut page = from_moments(&of_two_neurons([4000, 10], 1.0, true));
    let run = page.session.run();
    let Some(Ok(recovered)) = &run.moments else { panic!("{:?}", run.moments) };
    assert!(recovered.error < 0.5 && run.curve[0] < 0.5, "{recovered:?}");
    assert!(tensor_start::is_shown(run) && tensor_start::caption(run).starts_with("Measured: "));
    assert!(tensor_start::note(run).ends_with("do not contradict that."), "{}", tensor_start::note(run));
    assert!(told(run).iter().any(|words| words.ends_with("of higher moments nothing is known.")), "{:?}", told(run));
    page.tell(Event::CopyCommand);
    let Some(Copying::Command(line)) = &page.copied else { panic!("{:?}", page.copied) };
    assert!(line.contains(" --start tensor "), "{line}");
    page.tell(Event::Field("start", "ball".to_owned()));
    page.pass(500.0);
    assert!(page.session.run().began.is_some_and(|began| began.inputs.is_none()));

    // Without W*, and with inputs that are not what the lemma supposes.
    let page = from_moments(&of_two_neurons([4000, 10], 2.0, false));
    let run = page.session.run();
    assert!(run.moments.is_none() && run.began.is_some_and(|began| began.from == Began::Moments), "{:?}", run.began);
    assert!(!tensor_start::is_shown(run) && page.notices.is_empty());
    assert!(tensor_start::note(run).ends_with("which it is not: see Own data."), "{}", tensor_start::note(run));
    let words = told(run).join(" ");
    assert!(words.contains("X is not standard normal") && !words.contains("far too small"), "{words}");
}

#[test]
fn where_the_moments_of_own_data_give_no_start_one_sentence_says_why() {
    let page = from_moments(&of_two_neurons([20, 24], 1.0, false));
    let sentence = "There is no tensor start: moments over 24 features need more samples than that, and there are 20. The run \
                    starts in a drawn direction, its outputs λ = 0.50 times as large as y.";
    assert_eq!(
        (&page.notices[..], tensor_start::note(page.session.run())),
        (&[sentence.to_owned()][..], sentence.to_owned())
    );
    assert!(told(page.session.run()).contains(&sentence.to_owned()));
    let page = from_moments(&of_two_neurons([20, 24], 1.0, true));
    assert!(page.notices[0].ends_with("The run starts in the ball, at λ = 0.50."), "{:?}", page.notices);
    let page = from_moments(&of_two_neurons([400, 10], 1e120, false));
    assert!(page.notices[0].contains("is not finite, as where numbers of X or y are too large"), "{:?}", page.notices);
}
