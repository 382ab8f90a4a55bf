//! Data of the reader's own in a worker: the file is read here, and what learns from it is kept here.

use std::cell::RefCell;
use std::rc::Rc;

use crate::language::tr;
use crate::pause::Pause;
use crate::spec::Spec;
use crate::tensor::{NoStart, TensorStart};
use crate::training::Trainer;
use crate::trials::messages::{Reply, RunFile};
use crate::trials::{DataOutline, OwnData, OwnReport, OwnRun, OwnStart, Provenance, json_lines, own_arrays, own_csv};

/// Data that were read.
#[derive(Clone)]
pub struct Opened {
    /// Their number.
    pub number: u32,
    file: Rc<str>,
    data: Rc<OwnData>,
}

/// Reads the bytes of a file; the data stay with the others that are `opened`. `tell` is told what share of it is read.
pub async fn open(
    number: u32,
    file: String,
    bytes: Vec<u8>,
    opened: &RefCell<Vec<Opened>>,
    tell: impl Fn(f64),
    pause: &Pause,
) -> Reply {
    let outcome = OwnData::read_in_slices(&bytes, tell, pause).await.map(|data| {
        let outline = data.outline().clone();
        opened.borrow_mut().push(Opened { number, file: file.into(), data: Rc::new(data) });
        Box::new(outline)
    });
    Reply::Opened { data: number, outcome: outcome.map_err(|why| why.to_string()) }
}

/// The data with this number, if they are still there.
pub fn of_number(opened: &[Opened], number: u32) -> Option<Opened> {
    opened.iter().find(|opened| opened.number == number).cloned()
}

/// What a run has of the data that it learns from.
#[derive(Clone)]
pub struct Own {
    opened: Opened,
    start: Vec<f64>,
    began: OwnStart,
    moments: Option<Result<TensorStart, NoStart>>,
}

impl Own {
    /// With the run of `spec` at t = 0, whose mask is drawn where the file leaves it open.
    ///
    /// # Errors
    /// Why there is none, as a sentence without a full stop.
    pub async fn start(spec: &Spec, opened: Option<Opened>, pause: &Pause) -> Result<(Self, Trainer), String> {
        let opened = opened.ok_or(tr!("they are no longer there"))?;
        let run = opened.data.run_in_slices(spec, true, pause).await;
        let OwnRun { trainer, start, began, moments } = run.map_err(|why| why.to_string())?;
        Ok((Self { opened, start, began, moments }, trainer))
    }

    /// How it began.
    pub fn began(&self) -> OwnStart {
        self.began
    }

    /// What the moments gave for the start; none where they were not asked.
    pub fn moments(&self) -> Option<&Result<TensorStart, NoStart>> {
        self.moments.as_ref()
    }

    /// What is known of the data.
    pub fn outline(&self) -> &DataOutline {
        self.opened.data.outline()
    }

    /// A file of the run that `trainer` trains, as the command line writes it.
    pub async fn file(
        &self,
        wanted: RunFile,
        spec: &Spec,
        trainer: &Trainer,
        provenance: &Provenance,
        pause: &Pause,
    ) -> Vec<u8> {
        let outline = self.outline();
        match wanted {
            RunFile::Arrays => own_arrays(&self.opened.data, trainer, &self.start, provenance),
            RunFile::Course => own_csv(outline, trainer, provenance).into_bytes(),
            RunFile::Record => {
                let report = OwnReport::of_in_slices(outline, spec, trainer, self.began, pause).await;
                let record = report.record(outline, spec, Some(&self.opened.file), provenance);
                json_lines(&record).expect("plain data")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trials::messages::Request;
    use crate::trials::{OwnStanding, Service, digest, own_source, run_arrays, start_of};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn spec() -> Spec {
        Spec { effective_width: 5.0, samples: 60, dimension: 20, neurons: 3, ..Spec::default() }
    }

    fn npz() -> Vec<u8> {
        let (spec, trainer) = (spec(), Trainer::new(&spec()));
        let provenance = Provenance::of_trainer(&spec, String::new(), String::new(), &trainer);
        run_arrays(&spec, &trainer, &start_of(&spec, &trainer), &provenance)
    }

    fn worked(service: &mut Service, request: Request) -> Reply {
        service.take(request);
        let mut said = Vec::new();
        while service.is_at_work() {
            said.extend(service.work());
        }
        said.pop().expect("an answer")
    }

    fn start(run: u32, data: Option<u32>) -> Request {
        Request::Start { run, spec: spec(), beside: Vec::new(), room: 1 << 20, data }
    }

    #[test]
    fn a_run_on_a_file_is_the_plain_one_and_its_files_are_those_of_the_command_line() {
        let mut service = Service::new(|| 0.0);
        service.receive(npz());
        let open = Request::Open { data: 4, file: "own.npz".to_owned() };
        let Reply::Opened { data: 4, outcome: Ok(outline) } = worked(&mut service, open) else { panic!("not read") };
        let data = OwnData::read(&npz()).expect("our own file");
        assert_eq!(&*outline, data.outline());
        let OwnRun { mut trainer, start: w0, began, .. } = data.run(&spec(), true).expect("a start");
        trainer.advance(12);
        worked(&mut service, start(1, Some(4)));
        worked(&mut service, Request::Advance { run: 1, steps: 30, budget: 1e9 });
        let Reply::Trained { progress, .. } = worked(&mut service, Request::Seek { run: 1, step: 12 }) else {
            panic!("not trained")
        };
        assert_eq!(progress.digest, digest(trainer.mask(), trainer.weights()));
        assert_eq!(progress.loss, Some([trainer.risk()[0], trainer.risk()[12]]));

        let status = OwnStanding::of(&outline, &trainer).sentence();
        let provenance = Provenance::of_trainer(&spec(), own_source(&outline), status, &trainer);
        let report = OwnReport::of(&outline, &spec(), &trainer, began);
        let record = json_lines(&report.record(&outline, &spec(), Some("own.npz"), &provenance)).expect("plain data");
        for (wanted, plain) in [
            (RunFile::Record, record),
            (RunFile::Arrays, own_arrays(&data, &trainer, &w0, &provenance)),
            (RunFile::Course, own_csv(&outline, &trainer, &provenance).into_bytes()),
        ] {
            let provenance = Box::new(provenance.clone());
            let save = Request::Save { run: 1, beside: None, wanted, provenance, forecast: None };
            let Reply::Saved { bytes, .. } = worked(&mut service, save) else { panic!("no file") };
            assert!(bytes.0 == plain, "another {wanted:?}");
        }
    }

    #[test]
    fn a_file_is_read_in_slices_that_tell_how_far_it_is_and_who_no_longer_wants_it_is_heard() {
        let spec = Spec { samples: 400, dimension: 60, ..spec() };
        let trainer = Trainer::new(&spec);
        let provenance = Provenance::of_trainer(&spec, String::new(), String::new(), &trainer);
        let large = run_arrays(&spec, &trainer, &start_of(&spec, &trainer), &provenance);
        let time = std::cell::Cell::new(0.0);
        let mut service = Service::new(move || time.replace(time.get() + 3.0));
        let open = |data| Request::Open { data, file: "own.npz".to_owned() };
        service.receive(large.clone());
        service.take(open(1));
        let mut said = Vec::new();
        while service.is_at_work() {
            said.extend(service.work());
        }
        let shares: Vec<f64> = said
            .iter()
            .filter_map(|reply| match reply {
                Reply::Reading { data: 1, share } => Some(*share),
                _ => None,
            })
            .collect();
        assert!(shares.len() >= 2 && shares.is_sorted() && shares[0] > 0.0, "{shares:?}");
        assert!(shares[shares.len() - 1] <= 1.0, "{shares:?}");
        assert!(matches!(said.last(), Some(Reply::Opened { data: 1, outcome: Ok(_) })));
        service.receive(large);
        service.take(open(2));
        assert!(!matches!(service.work(), Some(Reply::Opened { .. })) && service.is_at_work());
        service.take(Request::Stop);
        assert!(!service.is_at_work() && service.work().is_none());
        assert!(matches!(worked(&mut service, start(1, Some(2))), Reply::NotStarted { run: 1, .. }));
    }

    #[test]
    fn data_go_when_a_run_begins_that_is_not_on_them_and_bad_files_are_told() {
        let mut service = Service::new(|| 0.0);
        let open = |data| Request::Open { data, file: "own.npz".to_owned() };
        service.receive(npz());
        worked(&mut service, open(1));
        service.receive(b"no archive".to_vec());
        let Reply::Opened { data: 2, outcome: Err(why) } = worked(&mut service, open(2)) else { panic!("taken") };
        assert!(why.starts_with("the file is no npz file"), "{why}");
        // The bytes are used once, and the data before are still there.
        assert!(matches!(worked(&mut service, open(3)), Reply::Opened { data: 3, outcome: Err(_) }));
        assert!(matches!(worked(&mut service, start(1, Some(1))), Reply::Trained { run: 1, .. }));
        worked(&mut service, start(2, None));
        assert!(matches!(worked(&mut service, start(3, Some(1))), Reply::NotStarted { run: 3, .. }));
    }
}
