//! The command line on ARM64: compiled for it by the toolchain's own linker and run by an emulator.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::debian::{self, Package};
use crate::process::{on_path, output, run};
use crate::project::Project;
use crate::toolbox::Toolbox;

/// Linked statically, so that neither a C compiler nor libraries of that processor are needed.
const TARGET: &str = "aarch64-unknown-linux-musl";
const EMULATOR: &str = "qemu-aarch64";

const QEMU: Package = Package {
    what: "QEMU, which runs programs of other processors,",
    debian: &["qemu-user"],
    macos: "brew install qemu",
};

/// `cargo test` of the command line with the program compiled for ARM64.
pub fn cargo_test(project: &Project, tools: &Toolbox) -> Result<Command> {
    if on_path(EMULATOR).is_none() {
        debian::install(&QEMU)?;
    }
    let rustc = |what: &[&str]| output(Command::new("rustc").args(["--print"]).args(what));
    if !Path::new(&rustc(&["target-libdir", "--target", TARGET])?).is_dir() {
        println!("xtask: adding the standard library for {TARGET} with rustup, a few seconds, once per toolchain.");
        run(Command::new("rustup").args(["target", "add", TARGET]))?;
    }
    let linker = format!("{}/lib/rustlib/{}/bin/rust-lld", rustc(&["sysroot"])?, rustc(&["host-tuple"])?);
    let mut build = tools.cargo();
    build.env("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_LINKER", linker);
    build.env("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUSTFLAGS", "-Clink-self-contained=yes");
    run(build.args(["build", "--target", TARGET, "--bin", "winning-ticket"]))?;

    let mut command = tools.cargo();
    let program = project.target.join(TARGET).join("debug/winning-ticket");
    let words = env::join_paths([EMULATOR.as_ref(), program.as_os_str()]).context("a colon in the checkout's path")?;
    command.env("WINNING_TICKET_PROGRAM", words).args(["test", "--package", "winning-ticket", "--test", "cli"]);
    Ok(command)
}
