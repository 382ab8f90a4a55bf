//! Inside a worker: messages in and out, and the clock. What it does, and when, is decided by [`Service`], which has native
//! tests.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use crate::trials::messages::{Reply, Request, encode};
use crate::trials::{Service, Turn};

/// Listens to the page.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    super::language::of_a_worker(&scope);
    let channel = MessageChannel::new().expect("a worker can talk to itself");
    let clock = scope.clone();
    let service = Service::new(move || clock.performance().map_or(0.0, |clock| clock.now()));
    let host = Host { scope: scope.clone(), again: channel.port1(), service };
    let host = Rc::new(RefCell::new(host));
    let asked = host.clone();
    listen(
        move |event| {
            let mut host = asked.borrow_mut();
            // With the bytes of a file come two.
            let bytes: Uint8Array = match event.data().dyn_into::<Array>() {
                Ok(both) => {
                    host.service.receive(Uint8Array::new(&both.get(1)).to_vec());
                    both.get(0).unchecked_into()
                }
                Err(alone) => alone.unchecked_into(),
            };
            if let Some(request) = Request::decode(&bytes.to_vec()) {
                let turn = host.service.hear(request);
                host.follow(&turn);
            }
        },
        |listener| scope.set_onmessage(Some(listener)),
    );
    listen(
        move |_| {
            let mut host = host.borrow_mut();
            let turn = host.service.come_back();
            host.follow(&turn);
        },
        |listener| channel.port2().set_onmessage(Some(listener)),
    );
    post(&scope, &Reply::Ready);
}

/// Lets `hear` hear of messages for as long as the worker lives.
fn listen(hear: impl FnMut(MessageEvent) + 'static, at: impl FnOnce(&js_sys::Function)) {
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(hear);
    at(listener.as_ref().unchecked_ref());
    listener.forget();
}

fn post(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    let bytes = Uint8Array::from(encode(reply).as_slice());
    let transfer = js_sys::Array::of1(&bytes.buffer());
    scope.post_message_with_transfer(&bytes, &transfer).expect("bytes can be sent");
}

/// The worker.
struct Host {
    scope: DedicatedWorkerGlobalScope,
    // a message sent here comes back after those that the page has sent by then, and without the delay of timers
    again: MessagePort,
    service: Service,
}

impl Host {
    fn follow(&self, turn: &Turn) {
        if let Some(reply) = &turn.say {
            post(&self.scope, reply);
        }
        if turn.come_back {
            self.again.post_message(&JsValue::NULL).expect("nothing can be sent");
        }
    }
}
