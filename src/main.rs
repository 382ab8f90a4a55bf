//! One binary, two shells: the command line natively, the page and its workers in WebAssembly.

fn main() {}
