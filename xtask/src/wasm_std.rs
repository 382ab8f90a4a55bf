//! The standard library for wasm32-unknown-unknown, with and without rustup's server.
//!
//! Where that server can be reached, `rustup target add` brings it. On closed networks Debian has all that is needed:
//! a compiler with the library's source, from which the library is built into the cache. That compiler then compiles
//! everything for wasm32, told by `--sysroot` where the library is, and links with the LLD of the rustup toolchain.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cache::Cache;
use crate::debian::{self, Package};
use crate::process::{cargo, on_path, output, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's second Rust, kept current for the browsers that it builds.
const COMPILER: Package = Package {
    what: "a Rust compiler with the library's source",
    debian: &["rustc-web", "cargo-web", "rust-web-src", "libstd-rust-web-dev", "rust-web-clippy"],
    macos: "rustup target add wasm32-unknown-unknown",
};
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const CARGO_CLIPPY: &str = "/usr/bin/cargo-clippy";
const SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// Who compiles for wasm32.
pub enum WasmStd {
    /// The toolchain that runs this xtask.
    Toolchain,
    /// Debian's compiler, with the library in one folder and a linker.
    Debian { sysroot: PathBuf, linker: PathBuf },
}

impl WasmStd {
    pub fn provide(cache: &Cache) -> Result<Self> {
        if toolchain_has_it()? {
            return Ok(Self::Toolchain);
        }
        if let Some(sysroot) = debian_sysroot(cache).filter(|sysroot| sysroot.is_dir()) {
            return Self::debian(sysroot);
        }
        if on_path("rustup").is_some() {
            println!("xtask: adding the standard library for wasm32 with rustup, a few seconds, once per toolchain.");
            // One attempt: where the server cannot be reached there is another way.
            match run(Command::new("rustup")
                .args(["target", "add", TARGET])
                .env("RUSTUP_MAX_RETRIES", "0")
                .env("RUST_BACKTRACE", "0"))
            {
                Ok(()) => return Ok(Self::Toolchain),
                Err(error) => eprintln!("xtask: {error:#}"),
            }
        }
        if debian_sysroot(cache).is_none() {
            debian::install(&COMPILER).context(
                "the standard library for wasm32 is missing. Where rustup's server can be reached, \
                 `rustup target add wasm32-unknown-unknown` adds it. Elsewhere it can be built",
            )?;
        }
        let sysroot = debian_sysroot(cache).context("Debian's Rust compiler is too old to build the library.")?;
        let name = sysroot.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self::debian(cache.folder_or(&name, build)?)
    }

    fn debian(sysroot: PathBuf) -> Result<Self> {
        let toolchain = PathBuf::from(output(Command::new("rustc").args(["--print", "sysroot"]))?);
        let host = output(Command::new("rustc").args(["--print", "host-tuple"]))?;
        let linker = toolchain.join("lib/rustlib").join(host).join("bin/rust-lld");
        if !linker.is_file() {
            bail!("{} is missing: reinstall this Rust toolchain with rustup, which brings it.", linker.display());
        }
        Ok(Self::Debian { sysroot, linker })
    }

    /// What makes Cargo and the programs that call it compile for wasm32.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        match self {
            Self::Toolchain => Vec::new(),
            Self::Debian { sysroot, linker } => {
                let mut flag = OsString::from("--sysroot=");
                flag.push(sysroot);
                vec![
                    ("RUSTC", RUSTC.into()),
                    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flag),
                    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
                ]
            }
        }
    }

    /// Clippy reads the library as its own compiler wrote it, so it has to be of the same toolchain.
    pub fn clippy(&self) -> Command {
        match self {
            Self::Toolchain => cargo(),
            Self::Debian { .. } => Command::new(CARGO_CLIPPY),
        }
    }

    /// Whether rustdoc is of the toolchain that compiles, whose library it reads; from Debian's only compiler and Clippy
    /// are used.
    pub fn has_rustdoc(&self) -> bool {
        matches!(self, Self::Toolchain)
    }
}

fn toolchain_has_it() -> Result<bool> {
    let folder = output(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(fs::read_dir(folder)
        .is_ok_and(|files| files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))))
}

/// Where the library that Debian's compiler can read belongs; none without that compiler or with one that is too old.
fn debian_sysroot(cache: &Cache) -> Option<PathBuf> {
    if ![RUSTC, CARGO, CARGO_CLIPPY, SOURCE].iter().all(|path| Path::new(path).exists()) {
        return None;
    }
    let version = output(Command::new(RUSTC).arg("--version")).ok()?;
    let release = version.split_whitespace().nth(1)?;
    let recent = minor(release)? >= minor(env!("CARGO_PKG_RUST_VERSION"))?;
    recent.then(|| cache.folder(&format!("wasm32-std-debian-{release}")))
}

/// The 95 of 1.95.0.
fn minor(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}

/// Builds the library into an empty folder laid out as a sysroot.
fn build(folder: &Path) -> Result<()> {
    println!("xtask: building the standard library for wasm32, about a minute, once per user.");
    let scratch = folder.join("scratch");
    fs::create_dir_all(scratch.join("src"))?;
    fs::write(scratch.join("Cargo.toml"), "[package]\nname = \"scratch\"\nedition = \"2024\"\n\n[workspace]\n")?;
    fs::write(scratch.join("src/lib.rs"), "#![no_std]\n")?;

    let mut command = Command::new(CARGO);
    command.current_dir(&scratch).env("RUSTC", RUSTC).env("CARGO_TARGET_DIR", scratch.join("target"));
    // `-Z` options on a stable compiler; and bitcode, without which link-time optimisation has nothing to read.
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes");
    command.args(["build", "--release", "--target", TARGET, "-Z", "build-std=std,panic_abort,proc_macro,test"]);
    run(&mut command).context("the standard library for wasm32 could not be built")?;

    let library = folder.join("lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&library)?;
    for file in fs::read_dir(scratch.join("target").join(TARGET).join("release/deps"))? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libscratch-") {
            fs::copy(file.path(), library.join(name))?;
        }
    }
    fs::remove_dir_all(scratch).context("the scratch folder of the build cannot be removed")
}
