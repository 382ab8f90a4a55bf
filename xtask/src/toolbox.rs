//! The tools that the steps need, their pinned versions, and the environment in which they are found.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cache::Cache;
use crate::debian::{self, Package};
use crate::process::{cargo, has_version, on_path, run};
use crate::project::Project;
use crate::wasm_std::WasmStd;

const TRUNK: &str = "0.21.14"; // 0.22 wants a newer Rust than the project's own
const BINARYEN: &str = "132"; // wasm-opt; Debian's own is too old for what today's LLVM writes
const AXE_CORE: &str = "4.14.1";
const GECKODRIVER: &str = "0.37.1";

const NODE: Package = Package {
    what: "Node.js with npm, which brings wasm-opt and axe-core,",
    debian: &["nodejs", "npm"],
    macos: "brew install node",
};

pub struct Toolbox {
    pub cache: Cache,
    wasm_bindgen: String,
    path: Vec<PathBuf>,
    wasm_std: Option<WasmStd>,
}

impl Toolbox {
    pub fn new(project: &Project) -> Result<Self> {
        Ok(Self {
            cache: Cache::open()?,
            wasm_bindgen: project.wasm_bindgen_version()?,
            path: Vec::new(),
            wasm_std: None,
        })
    }

    /// A program that finds the tools asked for so far before any others of these names.
    pub fn command(&self, mut command: Command) -> Command {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let path = self.path.iter().cloned().chain(env::split_paths(&inherited));
        // Only a folder with a colon in its name cannot be joined, and then the tools are looked for as before.
        command.env("PATH", env::join_paths(path).unwrap_or(inherited));
        if let Some(wasm_std) = &self.wasm_std {
            command.envs(wasm_std.environment());
        }
        command
    }

    /// The standard library for wasm32.
    pub fn wasm_std(&mut self) -> Result<()> {
        if self.wasm_std.is_none() {
            self.wasm_std = Some(WasmStd::provide(&self.cache)?);
        }
        Ok(())
    }

    /// Cargo, with the tools asked for so far.
    pub fn cargo(&self) -> Command {
        self.command(cargo())
    }

    /// Clippy of the compiler that compiles for wasm32.
    pub fn wasm_clippy(&self) -> Command {
        self.command(self.wasm_std.as_ref().map_or_else(cargo, WasmStd::clippy))
    }

    /// Whether documentation can be made for wasm32.
    pub fn has_wasm_rustdoc(&self) -> bool {
        self.wasm_std.as_ref().is_some_and(WasmStd::has_rustdoc)
    }

    /// Trunk, which puts the page together.
    pub fn trunk(&mut self) -> Result<()> {
        self.provide_crate("trunk", "trunk", TRUNK, &["--locked"], "6 to 12 minutes")
    }

    /// wasm-bindgen and its test runner, which write the JavaScript around the wasm.
    pub fn wasm_bindgen(&mut self) -> Result<()> {
        // Not with the lock file that the crate ships: 0.2.130's does not resolve.
        let version = self.wasm_bindgen.clone();
        self.provide_crate("wasm-bindgen", "wasm-bindgen-cli", &version, &[], "2 to 4 minutes")
    }

    /// geckodriver, through which tests drive Firefox.
    pub fn geckodriver(&mut self) -> Result<()> {
        self.provide_crate("geckodriver", "geckodriver", GECKODRIVER, &["--locked"], "1 to 2 minutes")
    }

    /// wasm-opt, which makes the wasm smaller and faster.
    pub fn wasm_opt(&mut self) -> Result<()> {
        if has_version("wasm-opt", BINARYEN) {
            return Ok(());
        }
        if on_path("node").is_none() {
            debian::install(&NODE)?;
        }
        let folder =
            self.npm_package("binaryen", &format!("{BINARYEN}.0.0"), &format!("binaryen-{BINARYEN}")).context(
                "wasm-opt could not be installed: mend what npm says above, \
             or put wasm-opt of that version on PATH, and run this again",
            )?;
        self.path.push(folder.join("node_modules/.bin"));
        Ok(())
    }

    /// axe-core, which finds what keeps people out of a page: the script to run there.
    pub fn axe_core(&self) -> Result<PathBuf> {
        let folder = self
            .npm_package("axe-core", AXE_CORE, &format!("axe-core-{AXE_CORE}"))
            .context("axe-core could not be installed: mend what npm says above and run this again")?;
        Ok(folder.join("node_modules/axe-core/axe.min.js"))
    }

    /// The folder with an npm package, none of whose scripts is run.
    fn npm_package(&self, package: &str, version: &str, folder: &str) -> Result<PathBuf> {
        let npm_cache = self.cache.folder("npm");
        self.cache.folder_or(folder, |folder| {
            if on_path("npm").is_none() {
                debian::install(&NODE)?;
            }
            println!("xtask: installing {package} {version} from npm, a few seconds, once per user.");
            let mut npm = Command::new("npm");
            npm.args([
                "install",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier",
                "--ignore-scripts",
                "--loglevel=error",
            ]);
            npm.arg("--prefix").arg(folder).arg("--cache").arg(&npm_cache);
            run(npm.arg(format!("{package}@{version}")))
        })
    }

    fn provide_crate(&mut self, program: &str, package: &str, version: &str, flags: &[&str], time: &str) -> Result<()> {
        if has_version(program, version) {
            return Ok(());
        }
        let folder = self.cache.folder_or(&format!("{package}-{version}"), |folder| {
            if on_path("cargo-binstall").is_some() {
                println!("xtask: installing {package} {version} with cargo binstall, once per user.");
                let mut binstall = cargo();
                binstall.args(["binstall", "--no-confirm", "--root"]).arg(folder);
                match run(binstall.arg(format!("{package}@{version}"))) {
                    Ok(()) => return Ok(()),
                    Err(error) => eprintln!("xtask: {error:#} It is built from source instead."),
                }
            }
            println!("xtask: building {package} {version} from source, {time} on two cores, once per user.");
            run(&mut install_from_source(package, version, flags, folder)).with_context(|| {
                format!(
                    "{package} {version} could not be built: mend what Cargo says above, \
                     or put that version on PATH, and run this again"
                )
            })
        })?;
        self.path.push(folder.join("bin"));
        Ok(())
    }
}

fn install_from_source(package: &str, version: &str, flags: &[&str], root: &Path) -> Command {
    let mut install = cargo();
    // From a folder outside the checkout, whose configuration and build folder are not meant for tools.
    install.current_dir(root).env_remove("CARGO_TARGET_DIR");
    install.args(["install", package, "--version"]).arg(format!("={version}"));
    install.args(flags).arg("--root").arg(root);
    install
}
