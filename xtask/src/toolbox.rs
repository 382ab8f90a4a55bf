//! The tools that the steps need, their pinned versions, and the environment in which they are found.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result};

use crate::cache::Cache;
use crate::debian::{self, Package};
use crate::packages::{NpmPackage, NpmTree, Tool};
use crate::prebuilt;
use crate::process::{cargo, has_version, on_path};
use crate::project::Project;
use crate::wasm_std::WasmStd;

/// wasm-opt; Debian's own is too old for what today's LLVM writes.
const BINARYEN: NpmPackage = NpmPackage {
    name: "binaryen",
    version: "132.0.0",
    integrity: "sha512-4Usg7yEvwO3FMso3Oov6qkOOHSod1IEv+boKkh77kTljM+eNBouqCTbqWswGzbG+vDNO/b/v2C4gfEh1WgB9Lg==",
};
const AXE_CORE: NpmPackage = NpmPackage {
    name: "axe-core",
    version: "4.14.1",
    integrity: "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
};
/// Newer ones want a newer Node.js than Debian has.
const LIGHTHOUSE: NpmTree = NpmTree {
    name: "lighthouse",
    version: "12.8.2",
    manifest: include_str!("../lighthouse/package.json"),
    lock: include_str!("../lighthouse/package-lock.json"),
    time: "half a minute",
};
const GECKODRIVER: &str = "0.37.1";

pub const NODE: Package = Package {
    what: "Node.js with npm, which brings wasm-opt, axe-core and Lighthouse,",
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

    /// wasm-bindgen and its test runner, which write the JavaScript around the wasm.
    pub fn wasm_bindgen(&mut self) -> Result<()> {
        self.provide(&Tool {
            program: "wasm-bindgen",
            package: "wasm-bindgen-cli",
            version: self.wasm_bindgen.clone(),
            release: Some(&prebuilt::WASM_BINDGEN),
            flags: &[
                "--no-default-features",
                "--bin=wasm-bindgen",
                "--bin=wasm-bindgen-test-runner",
                // The tests' wasm has 16 MB: 2.5 s instead of 6.1 s each, for 15 s once.
                "--config=profile.release.package.walrus.opt-level=1",
                "--config=profile.release.package.wasmparser.opt-level=1",
                "--config=profile.release.package.wasm-encoder.opt-level=1",
                "--config=profile.release.package.wasm-bindgen-cli-support.opt-level=1",
            ],
            time: "1 to 2 minutes",
        })
    }

    /// geckodriver, through which tests drive Firefox.
    pub fn geckodriver(&mut self) -> Result<()> {
        self.provide(&Tool {
            program: "geckodriver",
            package: "geckodriver",
            version: GECKODRIVER.to_owned(),
            release: None,
            flags: &[],
            time: "a minute",
        })
    }

    /// Trunk, which puts the page together: the longest to build, so in a thread, beside other things.
    pub fn trunk(&self) -> JoinHandle<Result<Option<PathBuf>>> {
        let cache = self.cache.clone();
        thread::spawn(move || {
            let trunk = Tool {
                program: "trunk",
                package: "trunk",
                version: prebuilt::TRUNK.version.to_owned(),
                release: Some(&prebuilt::TRUNK),
                flags: &["--no-default-features", "--quiet"],
                time: "3 to 4 minutes",
            };
            trunk.provide(&cache)
        })
    }

    /// From now on programs are looked for in this folder, too.
    pub fn add(&mut self, folder: Option<PathBuf>) {
        self.path.extend(folder);
    }

    /// wasm-opt, which makes the wasm smaller and faster.
    pub fn wasm_opt(&mut self) -> Result<()> {
        if has_version("wasm-opt", BINARYEN.version.trim_end_matches(".0.0")) {
            return Ok(());
        }
        if on_path("node").is_none() {
            debian::install(&NODE)?;
        }
        let folder = BINARYEN.provide(&self.cache).context(
            "wasm-opt could not be installed: mend what npm says above, \
             or put wasm-opt of that version on PATH, and run this again",
        )?;
        self.add(Some(folder.join("node_modules/.bin")));
        Ok(())
    }

    /// axe-core, which finds what keeps people out of a page: the script to run there.
    pub fn axe_core(&self) -> Result<PathBuf> {
        let folder = AXE_CORE
            .provide(&self.cache)
            .context("axe-core could not be installed: mend what npm says above and run this again")?;
        Ok(folder.join("node_modules/axe-core/axe.min.js"))
    }

    /// Lighthouse, which marks a page as its hosts and readers meet it: the script to run with Node.js.
    pub fn lighthouse(&self) -> Result<PathBuf> {
        let folder = LIGHTHOUSE
            .provide(&self.cache)
            .context("Lighthouse could not be installed: mend what npm says above and run this again")?;
        Ok(folder.join("node_modules/lighthouse/cli/index.js"))
    }

    fn provide(&mut self, tool: &Tool) -> Result<()> {
        let folder = tool.provide(&self.cache)?;
        self.add(folder);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::LIGHTHOUSE;

    #[test]
    fn every_package_that_lighthouse_needs_has_its_digest() {
        let lock: Value = serde_json::from_str(LIGHTHOUSE.lock).expect("a lock file");
        let packages = lock["packages"].as_object().expect("packages");
        let all = packages.iter().filter(|(path, _)| !path.is_empty());
        assert!(
            all.clone().all(|(_, package)| package["integrity"].as_str().is_some_and(|it| it.starts_with("sha512-")))
        );
        assert!(all.count() > 100 && packages["node_modules/lighthouse"]["version"] == LIGHTHOUSE.version);
    }
}
