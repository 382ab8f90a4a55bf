//! The sentence about a worker that failed: what it says, and for how long it stands.

use crate::language::{message, tr};

/// Milliseconds for which the sentence stays once everything works again.
const READING: f64 = 10_000.0;

/// What is said of an error of the page's own, after which nothing goes on: a message, as the two reasons.
pub const OF_THE_PAGE: &str = message!("The page has stopped because of an error of its own; reload it to go on.");
/// Why a worker failed that said what cannot be read.
pub const GARBLED: &str = message!("a worker said something that is no message");
/// Why a worker failed that gave no reason.
pub const NO_START: &str = message!("it could not start");

/// What is said of a failure, if anything.
#[derive(Debug, Default)]
pub struct Failure {
    sentence: Option<String>,
    // until when it stands; none as long as nothing has worked again
    until: Option<f64>,
}

impl Failure {
    /// What is said.
    pub fn sentence(&self) -> Option<&str> {
        self.sentence.as_deref()
    }

    /// A worker stopped for this reason; `trains` says which, `replaced` whether another one takes over.
    pub fn of_worker(&mut self, trains: bool, reason: &str, replaced: bool) {
        let sentence = match (trains, replaced) {
            (true, true) => {
                tr!("The training worker stopped ({reason}); it is replaced, and its work starts anew.", reason)
            }
            (false, true) => tr!(
                "A worker for forecast and probes stopped ({reason}); it is replaced, and its work starts anew.",
                reason
            ),
            (true, false) => tr!(
                "The training worker stopped ({reason}); it failed too often, so this setting is given up; try another.",
                reason
            ),
            (false, false) => tr!(
                "A worker for forecast and probes stopped ({reason}); it failed too often and is not replaced at this \
                 setting.",
                reason
            ),
        };
        (self.sentence, self.until) = (Some(sentence), None);
    }

    /// Something works, again.
    pub fn works(&mut self, now: f64) {
        if self.sentence.is_some() && self.until.is_none() {
            self.until = Some(now + READING);
        }
    }

    /// Whether it has been said for long enough.
    pub fn has_passed(&self, now: f64) -> bool {
        self.until.is_some_and(|until| now >= until)
    }

    /// Whether it will pass without another word.
    pub fn passes(&self) -> bool {
        self.until.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn it_stands_until_everything_has_worked_again_for_a_while() {
        let mut failure = Failure::default();
        failure.works(0.0);
        assert!(!failure.passes());
        failure.of_worker(true, "out of memory", true);
        assert_eq!(
            failure.sentence(),
            Some("The training worker stopped (out of memory); it is replaced, and its work starts anew.")
        );
        assert!(!failure.passes() && !failure.has_passed(1e9));
        failure.works(1000.0);
        // Later successes do not prolong it.
        failure.works(9000.0);
        assert!(failure.passes() && !failure.has_passed(10_999.0) && failure.has_passed(11_000.0));
        failure.of_worker(false, "out of memory", false);
        assert!(failure.sentence().is_some_and(|sentence| sentence.ends_with("not replaced at this setting.")));
        failure.of_worker(true, "out of memory", false);
        assert!(!failure.has_passed(1e9));
        assert!(failure.sentence().is_some_and(|sentence| sentence.ends_with("given up; try another.")));
    }
}
