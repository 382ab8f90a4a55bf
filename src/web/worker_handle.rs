//! A worker as the page sees it: started with the page's own compiled module, spoken to in messages of
//! [`crate::trials::messages`], terminated when dropped.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::dom::Listener;
use crate::session::event::FromWorker;
use crate::session::failure::{GARBLED, NO_START};
use crate::trials::messages::{Request, decode, encode};

#[wasm_bindgen]
extern "C" {
    // The address of the glue that holds this function; Trunk gives it a hashed name.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static GLUE: String;
}

/// A running worker.
pub struct WorkerHandle {
    worker: Worker,
    _message: Listener,
    _error: Listener,
}

impl WorkerHandle {
    /// Starts a worker; `deliver` gets what it says, first [`Ready`](crate::trials::messages::Reply::Ready).
    pub fn start(deliver: impl Fn(FromWorker) + Clone + 'static) -> Self {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options("worker.js", &options).expect("the page may start workers");
        let on_message = deliver.clone();
        let message = Listener::new(&worker, "message", move |event| {
            let data = event.unchecked_into::<MessageEvent>().data();
            let reply = data.dyn_into::<Uint8Array>().ok().and_then(|bytes| decode(&bytes.to_vec()));
            on_message(reply.map_or_else(|| FromWorker::Failed(GARBLED.to_owned()), FromWorker::Reply));
        });
        let error = Listener::new(&worker, "error", move |event| {
            let reason = event.dyn_into::<ErrorEvent>().map_or_else(|_| NO_START.to_owned(), |e| e.message());
            deliver(FromWorker::Failed(reason));
        });
        let boot = Object::new();
        let set = |key: &str, value: &JsValue| Reflect::set(&boot, &key.into(), value).expect("an object takes keys");
        set("module", &wasm_bindgen::module());
        set("glue", &GLUE.with(|glue| JsValue::from_str(glue)));
        worker.post_message(&boot).expect("a module can be cloned");
        Self { worker, _message: message, _error: error }
    }

    /// Sends a request.
    pub fn send(&self, request: &Request) {
        let bytes = Uint8Array::from(encode(request).as_slice());
        self.worker.post_message(&bytes).expect("bytes can be cloned");
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
