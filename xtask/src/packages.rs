//! Packages as cargo and npm install them into the cache: the very ones that were pinned.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::cache::Cache;
use crate::debian;
use crate::prebuilt::Release;
use crate::process::{cargo, has_version, on_path, run};
use crate::toolbox::NODE;

/// How Cargo builds tools: soon. What they do with this program takes them a second longer.
const SOON: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// A program in Rust. What it is built from is pinned by the lock file in its package.
pub struct Tool {
    pub program: &'static str,
    pub package: &'static str,
    pub version: String,
    /// What saves building it.
    pub release: Option<&'static Release>,
    /// For `cargo install`.
    pub flags: &'static [&'static str],
    /// How long it is built on two cores.
    pub time: &'static str,
}

impl Tool {
    /// The folder with the program; none where it is on PATH.
    pub fn provide(&self, cache: &Cache) -> Result<Option<PathBuf>> {
        let Self { program, package, version, .. } = self;
        if has_version(program, version) {
            return Ok(None);
        }
        let folder = cache.folder_or(&format!("{package}-{version}"), |folder| {
            let bin = folder.join("bin");
            if let Some(release) = self.release.filter(|release| release.version == version) {
                println!("xtask: fetching {package} {version}, a few seconds, once per user.");
                match release.fetch(&bin).and_then(|()| self.is_in(&bin)) {
                    Ok(()) => return Ok(()),
                    Err(error) => println!("xtask: {package} was not fetched: {error:#}"),
                }
                fs::remove_dir_all(&bin)?;
            }
            println!("xtask: building {package} {version} from source, {} on two cores, once per user.", self.time);
            let start = Instant::now();
            run(&mut self.install_from_source(folder)).and_then(|()| self.is_in(&bin)).with_context(|| {
                format!(
                    "{package} {version} could not be built: mend what Cargo says above, \
                     or put that version on PATH, and run this again"
                )
            })?;
            println!("xtask: {package} was built in {:.0} s.", start.elapsed().as_secs_f64());
            Ok(())
        })?;
        Ok(Some(folder.join("bin")))
    }

    /// That the program in the folder `bin` runs here.
    fn is_in(&self, bin: &Path) -> Result<()> {
        ensure!(has_version(bin.join(self.program), &self.version), "{} does not run here", self.program);
        Ok(())
    }

    fn install_from_source(&self, root: &Path) -> Command {
        let mut install = cargo();
        // From a folder outside the checkout, whose configuration and build folder are not meant for tools.
        install.current_dir(root).env_remove("CARGO_TARGET_DIR").envs(SOON.iter().copied());
        install.args(["install", self.package, "--locked", "--version"]).arg(format!("={}", self.version));
        install.args(self.flags).arg("--root").arg(root);
        install
    }
}

/// A package of npm's that needs no others.
pub struct NpmPackage {
    pub name: &'static str,
    pub version: &'static str,
    /// Of its archive, as npm writes it.
    pub integrity: &'static str,
}

impl NpmPackage {
    /// The folder that has it in `node_modules`. None of its scripts is run.
    pub fn provide(&self, cache: &Cache) -> Result<PathBuf> {
        let Self { name, version, .. } = self;
        cache.folder_or(&format!("{name}-{version}"), |folder| {
            if on_path("npm").is_none() {
                debian::install(&NODE)?;
            }
            println!("xtask: installing {name} {version} from npm, a few seconds, once per user.");
            let mut npm = Command::new("npm");
            npm.args(["install", "--no-audit", "--no-fund", "--no-update-notifier"]);
            npm.args(["--ignore-scripts", "--loglevel=error"]);
            npm.arg("--prefix").arg(folder).arg("--cache").arg(cache.folder("npm"));
            run(npm.arg(format!("{name}@{version}")))?;
            self.check(&fs::read_to_string(folder.join("package-lock.json"))?)
        })
    }

    /// That this package and no other is what npm verified and noted in its lock file.
    fn check(&self, lock: &str) -> Result<()> {
        let lock: Value = serde_json::from_str(lock)?;
        let packages = lock["packages"].as_object().context("npm's lock file names no packages")?;
        let own = format!("node_modules/{}", self.name);
        for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
            if *path != own || package["integrity"] != self.integrity {
                bail!("npm brought {path} with {}, which is not pinned", package["integrity"]);
            }
        }
        ensure!(packages.contains_key(&own), "npm brought no {}", self.name);
        Ok(())
    }
}

/// A package of npm's with all that it needs: the very ones of a lock file in this checkout.
pub struct NpmTree {
    pub name: &'static str,
    pub version: &'static str,
    pub manifest: &'static str,
    pub lock: &'static str,
    /// How long it takes.
    pub time: &'static str,
}

impl NpmTree {
    /// The folder that has it in `node_modules`. npm refuses what has not the digest of the lock file; no script is run.
    pub fn provide(&self, cache: &Cache) -> Result<PathBuf> {
        let Self { name, version, .. } = self;
        cache.folder_or(&format!("{name}-{version}"), |folder| {
            if on_path("npm").is_none() {
                debian::install(&NODE)?;
            }
            println!("xtask: installing {name} {version} from npm, {}, once per user.", self.time);
            fs::write(folder.join("package.json"), self.manifest)?;
            fs::write(folder.join("package-lock.json"), self.lock)?;
            let mut npm = Command::new("npm");
            npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--no-update-notifier"]);
            npm.args(["--ignore-scripts", "--loglevel=error", "--cache"]).arg(cache.folder("npm"));
            run(&mut npm)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::NpmPackage;

    #[test]
    fn only_the_pinned_package_is_taken_from_npm() {
        let package = NpmPackage { name: "a", version: "1.0.0", integrity: "sha512-x" };
        let lock = |packages: &str| format!("{{\"packages\": {{\"\": {{}}{packages}}}}}");
        package.check(&lock(r#", "node_modules/a": {"integrity": "sha512-x"}"#)).expect("the pinned one");
        for other in [
            "",
            r#", "node_modules/a": {"integrity": "sha512-y"}"#,
            r#", "node_modules/a": {"integrity": "sha512-x"}, "node_modules/b": {"integrity": "sha512-z"}"#,
        ] {
            assert!(package.check(&lock(other)).is_err(), "{other}");
        }
    }
}
