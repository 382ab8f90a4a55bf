//! The workers that run, as the crew orders it: nothing is decided here.

use js_sys::Reflect;

use super::Dispatch;
use super::dom::window;
use super::own_data::Bytes;
use super::worker_handle::WorkerHandle;
use crate::session::Machine;
use crate::session::event::{Event, FromWorker};
use crate::session::workers::Order;
use crate::trials::messages::Request;

/// All workers that run, by number.
pub struct Workers {
    handles: Vec<Option<WorkerHandle>>,
    // of a file that the worker is to read which is asked to
    file: Bytes,
    dispatch: Dispatch,
}

impl Workers {
    /// None yet; the one that is asked to read a file gets the bytes of `file`.
    pub fn new(dispatch: Dispatch, file: Bytes) -> Self {
        Self { handles: Vec::new(), file, dispatch }
    }

    /// Does what the crew wants; what there is to tell of that at once, if anything.
    pub fn carry_out(&mut self, order: Order) -> Option<Event> {
        match order {
            Order::End(number) => self.handles[number] = None,
            Order::Start(number) => {
                let dispatch = self.dispatch.clone();
                let deliver = move |word: FromWorker| dispatch(Event::FromWorker(number, word));
                if self.handles.len() <= number {
                    self.handles.resize_with(number + 1, || None);
                }
                self.handles[number] = WorkerHandle::start(deliver);
                if self.handles[number].is_none() {
                    return Some(Event::FromWorker(number, FromWorker::failed(None)));
                }
            }
            Order::Send(number, request) => {
                if let Some(handle) = &self.handles[number] {
                    match *request {
                        Request::Open { .. } => handle.send_with(&request, self.file.borrow_mut().take()),
                        _ => handle.send(&request),
                    }
                }
            }
        }
        None
    }
}

/// The machine, as far as the browser tells.
pub fn machine() -> Machine {
    let navigator = window().navigator();
    // Only some browsers tell: 0.25 to 8, in gigabytes.
    let gigabytes = Reflect::get(&navigator, &"deviceMemory".into()).ok().and_then(|told| told.as_f64());
    Machine { cores: navigator.hardware_concurrency() as usize, gigabytes }
}
