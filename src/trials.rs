//! Experiments made of trials, each a pure function of a [`Spec`](crate::spec::Spec) and a number. A [`Plan`] says which
//! trials there are and in which order they are best run, a [`Ledger`] holds their results by number; who runs them, on how
//! many cores, in which order and in how many sittings, changes no bit.
//!
//! ```
//! use winning_ticket::spec::Spec;
//! use winning_ticket::trials::{Outcome, probe};
//!
//! // Probe 7 from a distance of 0.2 |W*|, with an oracle, data and a start of its own.
//! let spec = Spec { effective_width: 10.0, ..Spec::default() };
//! assert_eq!(probe(&spec, 7, 0.2).outcome, Outcome::Success);
//! assert_eq!(probe(&spec, 7, 0.2), probe(&spec, 7, 0.2));
//! ```

pub mod calibration_experiment;
mod digest;
mod ledger;
mod marks;
mod measured;
mod memory;
pub mod messages;
mod number_words;
mod own_data;
mod own_forecast;
mod own_report;
mod packed;
mod plan;
mod probe;
mod promise;
mod provenance;
mod radius;
mod region;
mod report;
mod round;
mod run_arrays;
mod run_csv;
mod run_record;
mod service;
mod stage;
mod status_sentence;
mod tensor_words;
mod ticket;
mod tried;

pub use digest::{digest, joint_digest};
pub use ledger::{Head, Ledger, Mismatch};
pub use marks::{Kind, Known, Mark, Marks, shown_width};
pub use measured::{Measure, Measured};
pub use memory::bytes_of_a_trial;
pub use number_words::{fall, quartile_words, reach_words, two_digits};
pub use own_data::{BadData, Began, DataOutline, OwnData, OwnRun, OwnStart, size_in_words, too_large};
pub use own_forecast::OwnForecast;
pub use own_report::{NOTHING_PROMISED, OwnRecord, OwnReport, OwnStanding, own_source};
pub use packed::packed;
pub use plan::{Plan, Trial};
pub use probe::{
    FARTHEST, Outcome, Probe, Probing, is_falling, probe, probe_distance, probe_in_slices, probe_spec, reach_of,
    reach_quartiles, target,
};
pub use promise::{Promise, promise_sentence};
pub use provenance::{Provenance, VERSION, link_to};
pub use radius::Radius;
pub use region::region_sentence;
pub use report::{Forecast, Report, out_of_reach};
pub use round::{LEVELS, Round};
pub use run_arrays::{own_arrays, run_arrays, run_arrays_in_slices, start_of};
pub use run_csv::{own_csv, run_csv};
pub use run_record::{Beside, Radii, RunRecord, json_lines};
pub use service::{Service, Turn};
pub use stage::{Stage, Staged, TEST_SAMPLES};
pub use status_sentence::{Course, FIRST_ORDER, Standing};
pub use tensor_words::{
    few_samples, inputs_sentence, no_start_on_data, no_start_sentence, samples_to_two_digits, tensor_out_of_reach,
};
pub use ticket::{SearchRecord, Ticket};
pub use tried::{CURVE_POINTS, Foretold, Tried, Wanted};
