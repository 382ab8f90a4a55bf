//! The workers that run, as the crew orders it: nothing is decided here.

use js_sys::Reflect;

use super::Dispatch;
use super::dom::window;
use super::worker_handle::WorkerHandle;
use crate::session::crew::Order;
use crate::session::event::{Event, FromWorker};

/// Bytes that the workers' problems may take all together, where the browser does not say that the machine has less to
/// spare.
const MOST_MEMORY: f64 = 1e9;
/// Share of the machine's memory that they may take.
const SHARE_OF_MEMORY: f64 = 0.25;

/// All workers that run, by number.
pub struct Workers {
    handles: Vec<Option<WorkerHandle>>,
    dispatch: Dispatch,
}

impl Workers {
    /// None yet.
    pub fn new(dispatch: Dispatch) -> Self {
        Self { handles: Vec::new(), dispatch }
    }

    /// Does what the crew wants.
    pub fn carry_out(&mut self, order: Order) {
        match order {
            Order::End(number) => self.handles[number] = None,
            Order::Start(number) => {
                let dispatch = self.dispatch.clone();
                let deliver = move |word: FromWorker| dispatch(Event::FromWorker(number, word));
                if self.handles.len() <= number {
                    self.handles.resize_with(number + 1, || None);
                }
                self.handles[number] = Some(WorkerHandle::start(deliver));
            }
            Order::Send(number, request) => {
                if let Some(handle) = &self.handles[number] {
                    handle.send(&request);
                }
            }
        }
    }
}

/// The cores of the machine, as far as the browser tells.
pub fn cores() -> usize {
    window().navigator().hardware_concurrency() as usize
}

/// Bytes that the workers' problems may take all together.
pub fn memory() -> u64 {
    // Only some browsers tell: 0.25 to 8, in gigabytes.
    let told = Reflect::get(&window().navigator(), &"deviceMemory".into()).ok().and_then(|told| told.as_f64());
    told.map_or(MOST_MEMORY, |gigabytes| (SHARE_OF_MEMORY * gigabytes * 1e9).min(MOST_MEMORY)) as u64
}
