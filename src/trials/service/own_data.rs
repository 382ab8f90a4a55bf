//! Data of the reader's own in a worker: the file is read here, and what learns from it is kept here.

use std::cell::RefCell;
use std::rc::Rc;

use crate::pause::Pause;
use crate::spec::Spec;
use crate::training::Trainer;
use crate::trials::messages::{Reply, RunFile};
use crate::trials::{Began, DataOutline, OwnData, OwnReport, OwnRun, Provenance, json_lines, own_arrays, own_csv};

/// Data that were read.
#[derive(Clone)]
pub struct Opened {
    /// Their number.
    pub number: u32,
    file: Rc<str>,
    data: Rc<OwnData>,
}

/// Reads the bytes of a file; the data stay with the others that are `opened`.
pub fn open(number: u32, file: String, bytes: Vec<u8>, opened: &RefCell<Vec<Opened>>) -> Reply {
    let outcome = OwnData::read(&bytes).map(|data| {
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
    began: Began,
}

impl Own {
    /// With the run of `spec` at t = 0, whose mask is drawn where the file leaves it open.
    ///
    /// # Errors
    /// Why there is none, as a sentence without a full stop.
    pub async fn start(spec: &Spec, opened: Option<Opened>, pause: &Pause) -> Result<(Self, Trainer), String> {
        let opened = opened.ok_or("they are no longer there")?;
        let run = opened.data.run_in_slices(spec, true, pause).await;
        let OwnRun { trainer, start, began, .. } = run.map_err(|why| why.to_string())?;
        Ok((Self { opened, start, began }, trainer))
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
