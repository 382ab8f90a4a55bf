//! Files that a worker makes of the runs that it keeps, at the moment at which they stand.

use super::own_data::Own;
use super::training::Training;
use crate::network::test_error_in_slices;
use crate::pause::Pause;
use crate::spec::Spec;
use crate::training::Trainer;
use crate::trials::messages::{Bytes, Reply, RunFile};
use crate::trials::{
    Beside, Forecast, Provenance, Report, RunRecord, TEST_SAMPLES, json_lines, run_arrays_in_slices, run_csv, start_of,
};

/// What a file is made of: copies, so that the runs go on whatever becomes of it.
pub struct Saving {
    run: u32,
    spec: Spec,
    trainer: Trainer,
    beside: Option<(Spec, Trainer)>,
    // of a run on data of the reader's own
    own: Option<Own>,
}

impl Saving {
    /// Of these two runs.
    pub fn of(training: &Training, beside: Option<&Training>) -> Self {
        let copied = |training: &Training| (training.spec().clone(), training.trainer().clone());
        let (spec, trainer) = copied(training);
        Self { run: training.run, spec, trainer, beside: beside.map(copied), own: training.own().cloned() }
    }

    /// The file.
    pub async fn file(
        self,
        wanted: RunFile,
        provenance: Provenance,
        forecast: Option<Box<Forecast>>,
        pause: &Pause,
    ) -> Reply {
        let bytes = match wanted {
            _ if let Some(own) = &self.own => own.file(wanted, &self.spec, &self.trainer, &provenance, pause).await,
            RunFile::Course => run_csv(&provenance, &[("relative_error", self.trainer.relative_error())]).into_bytes(),
            RunFile::Arrays => self.arrays(&provenance, pause).await,
            RunFile::Record => self.record(&provenance, forecast, pause).await,
        };
        Reply::Saved { run: self.run, bytes: Bytes(bytes) }
    }

    async fn arrays(&self, provenance: &Provenance, pause: &Pause) -> Vec<u8> {
        let beside = self.beside.as_ref().map(|(spec, trainer)| (trainer, start_of(spec, trainer)));
        let beside = beside.as_ref().map(|(trainer, start)| (*trainer, &start[..]));
        let start = start_of(&self.spec, &self.trainer);
        run_arrays_in_slices((&self.spec, &self.trainer, &start), beside, provenance, pause).await
    }

    async fn record(&self, provenance: &Provenance, forecast: Option<Box<Forecast>>, pause: &Pause) -> Vec<u8> {
        let Self { spec, trainer, .. } = self;
        let report = match forecast {
            Some(forecast) => Report::with(spec, *forecast, trainer),
            None => Report::of_in_slices(spec, trainer, pause).await,
        };
        let (problem, mask, weights) = (trainer.problem(), trainer.mask(), trainer.weights());
        let error = test_error_in_slices(spec, problem, mask, weights, TEST_SAMPLES, pause).await;
        let name = provenance.beside.as_ref().map_or("", |(name, _)| name.as_str());
        let beside = self.beside.as_ref().map(|(spec, trainer)| Beside::of(name, spec, trainer));
        let record = RunRecord::new(&report, error, provenance).with_beside(beside);
        json_lines(&record).expect("plain data")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pause::finish;
    use crate::spec::Twin;
    use crate::trials::messages::Request;
    use crate::trials::{Service, link_to, run_arrays};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn worked(service: &mut Service, request: Request) -> Reply {
        service.take(request);
        let mut said = Vec::new();
        while service.is_at_work() {
            said.extend(service.work());
        }
        said.pop().expect("an answer")
    }

    #[test]
    fn files_are_those_of_the_plain_run_at_that_moment_and_the_run_goes_on() {
        let spec = Spec { effective_width: 5.0, samples: 60, dimension: 20, neurons: 3, ..Spec::default() };
        let mut service = Service::new(|| 0.0);
        let slower = Twin::Momentum.of(&spec);
        for (run, spec, beside) in [(1, &spec, vec![]), (2, &slower, vec![1])] {
            worked(&mut service, Request::Start { run, spec: spec.clone(), beside, room: 1 << 20, data: None });
            worked(&mut service, Request::Advance { run, steps: 30, budget: 1e9 });
            worked(&mut service, Request::Seek { run, step: 12 });
        }
        let mut plain = Trainer::new(&spec);
        plain.advance(12);
        let link = link_to(&spec, None);
        let provenance = Provenance::of_trainer(&spec, link, "It falls.".to_owned(), &plain);
        let save = |wanted, beside, forecast, provenance: &Provenance| {
            let provenance = Box::new(provenance.clone());
            Request::Save { run: 1, beside, wanted, provenance, forecast }
        };
        let Reply::Saved { run: 1, bytes } = worked(&mut service, save(RunFile::Arrays, None, None, &provenance))
        else {
            panic!("no file")
        };
        assert!(bytes.0 == run_arrays(&spec, &plain, &start_of(&spec, &plain), &provenance), "other arrays");

        // With the one beside it, and whether the forecast is given or not.
        let provenance = Provenance { beside: Some(("GD".to_owned(), "0123".to_owned())), ..provenance };
        let forecast = Some(Box::new(Forecast::of(&spec, &plain)));
        let file = |reply| match reply {
            Reply::Saved { bytes, .. } => String::from_utf8(bytes.0).expect("JSON"),
            other => panic!("{other:?}"),
        };
        let given = file(worked(&mut service, save(RunFile::Record, Some(2), forecast, &provenance)));
        let found = file(worked(&mut service, save(RunFile::Record, Some(2), None, &provenance)));
        assert_eq!(given, found);
        let record: serde_json::Value = serde_json::from_str(&given).expect("JSON");
        let mut beside = Trainer::new(&slower);
        beside.advance(12);
        assert_eq!(record["digest"], provenance.digest.as_str());
        assert_eq!(record["beside"]["digest"], crate::trials::digest(beside.mask(), beside.weights()).as_str());
        assert_eq!((&record["steps"], &record["beside"]["name"]), (&12.into(), &"GD".into()));
        let weights = (plain.problem(), plain.mask(), plain.weights());
        let error = finish(test_error_in_slices(&spec, weights.0, weights.1, weights.2, TEST_SAMPLES, &Pause::never()));
        assert_eq!(record["test_error"].as_f64(), Some(error));

        let Reply::Trained { progress, .. } = worked(&mut service, Request::Advance { run: 1, steps: 1, budget: 1e9 })
        else {
            panic!("it does not go on")
        };
        plain.advance(1);
        assert_eq!((progress.from, progress.digest), (13, crate::trials::digest(plain.mask(), plain.weights())));
        // A run that is not kept has no file.
        service.take(Request::Save {
            run: 9,
            beside: None,
            wanted: RunFile::Arrays,
            provenance: Box::new(provenance),
            forecast: None,
        });
        assert!(!service.is_at_work());
    }
}
