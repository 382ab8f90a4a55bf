//! One binary, two shells: the command line natively, the page and its workers in WebAssembly.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    winning_ticket::cli::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {
    winning_ticket::web::start();
}
