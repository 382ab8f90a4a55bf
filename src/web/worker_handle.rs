//! A worker as the page sees it: started with the page's own compiled module, spoken to in messages of
//! [`crate::trials::messages`], terminated when dropped.

use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::dom::Listener;
use crate::session::event::FromWorker;
use crate::trials::messages::{Request, encode};

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
    /// Starts a worker, if the browser grants one; `deliver` gets what it says, first
    /// [`Ready`](crate::trials::messages::Reply::Ready).
    pub fn start(deliver: impl Fn(FromWorker) + Clone + 'static) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options("worker.js", &options).ok()?;
        let on_message = deliver.clone();
        let message = Listener::new(&worker, "message", move |event| {
            let data = event.unchecked_into::<MessageEvent>().data();
            let bytes = data.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
            on_message(FromWorker::said(bytes.as_deref()));
        });
        let error = Listener::new(&worker, "error", move |event| {
            deliver(FromWorker::failed(event.dyn_into::<ErrorEvent>().ok().map(|event| event.message())));
        });
        let boot = Object::new();
        let set = |key: &str, value: &JsValue| Reflect::set(&boot, &key.into(), value).expect("an object takes keys");
        set("module", &wasm_bindgen::module());
        set("glue", &GLUE.with(|glue| JsValue::from_str(glue)));
        set("spoken", &super::language::for_a_worker());
        worker.post_message(&boot).expect("a module can be cloned");
        Some(Self { worker, _message: message, _error: error })
    }

    /// Sends a request.
    pub fn send(&self, request: &Request) {
        let bytes = Uint8Array::from(encode(request).as_slice());
        self.worker.post_message(&bytes).expect("bytes can be cloned");
    }

    /// Sends a request with the bytes of a file, which go over to the worker.
    pub fn send_with(&self, request: &Request, file: Option<ArrayBuffer>) {
        let Some(file) = file else { return self.send(request) };
        let bytes = Uint8Array::from(encode(request).as_slice());
        let message = Array::of2(&bytes, &file);
        self.worker.post_message_with_transfer(&message, &Array::of1(&file)).expect("bytes can be sent");
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
