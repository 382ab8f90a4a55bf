//! Tools as their makers have built them, from the releases on GitHub, for machines that reach these.
//!
//! Each archive is pinned by its SHA-256. One that has another is not unpacked, and the tool is built from source.

use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow, ensure};
use sha2::{Digest, Sha256};

use crate::process::run;

/// Seconds after which a server that does not answer, and a download that does not end, are given up.
const PATIENCE: [&str; 2] = ["5", "60"];

/// What was released of a tool.
pub struct Release {
    pub version: &'static str,
    /// The archive's address, with `HOST` for the kind of machine.
    address: &'static str,
    /// How many folders of the archive the programs are in.
    depth: &'static str,
    /// The kinds of machine, and the SHA-256 of their archives.
    archives: &'static [(&'static str, &'static str)],
}

pub const TRUNK: Release = Release {
    version: "0.21.14", // 0.22 wants a newer Rust than the project's own
    address: "https://github.com/trunk-rs/trunk/releases/download/v0.21.14/trunk-HOST.tar.gz",
    depth: "0",
    archives: &[
        ("x86_64-unknown-linux-musl", "a67f4054b249fe9acc5fabc25de1aebf19783aca3ad6ff64bf34d7da44d0ea20"),
        ("aarch64-unknown-linux-musl", "e8e2a2bb423ce6702ab9f4f02f8c9ae99d790f0301f7634e986b2dd8706019cc"),
        ("x86_64-apple-darwin", "f1ba0e3bbe24e0ae219c6d22c33e24e2825c1608dd27c2556e323495110f1a95"),
        ("aarch64-apple-darwin", "764e299dd50d89442a4e96a236349f57961984b701e74d3dbdb39cd1c9f5101e"),
    ],
};

pub const WASM_BINDGEN: Release = Release {
    version: "0.2.127",
    address: "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/0.2.127/wasm-bindgen-0.2.127-HOST.tar.gz",
    depth: "1",
    archives: &[
        ("x86_64-unknown-linux-musl", "61d4a7dc85acfa0d2354ccc0b8361928c7e52a746d17f28ebaa795ed3dc1614a"),
        ("aarch64-unknown-linux-gnu", "1ce0ebd74e378d989651091f93c917bd7700996945d4c5ce37ec9507f149225c"),
        ("x86_64-apple-darwin", "81049c79f4e283e1725e6582a0528af1301a70ad23add1df1c4d042ec825263d"),
        ("aarch64-apple-darwin", "cd93e691eb5953ace5d8ffce52a20b024077a3dac3e2215b8224136b0efb7585"),
    ],
};

impl Release {
    /// Puts the programs into the folder `bin`.
    ///
    /// # Errors
    /// If there are none for this machine, or the archive cannot be had or is not the pinned one.
    pub fn fetch(&self, bin: &Path) -> Result<()> {
        let (host, pin) = self.archive().context("none was released for this kind of machine")?;
        fs::create_dir(bin)?;
        let archive = bin.join("archive");
        let mut curl = Command::new("curl");
        curl.args(["--fail", "--silent", "--location", "--proto", "=https"]);
        curl.args(["--connect-timeout", PATIENCE[0], "--max-time", PATIENCE[1], "--output"]);
        // What curl says of a machine without a way to GitHub is no news: the tool is built instead.
        run(curl.arg(&archive).arg(self.address.replace("HOST", host)))
            .map_err(|_| anyhow!("its release on GitHub cannot be downloaded."))?;
        check(&fs::read(&archive)?, pin)?;
        let mut tar = Command::new("tar");
        tar.args(["-xzf", "archive", "--strip-components", self.depth]);
        run(tar.current_dir(bin))?;
        fs::remove_file(archive)?;
        Ok(())
    }

    fn archive(&self) -> Option<(&str, &str)> {
        let system = match OS {
            "linux" => "unknown-linux",
            "macos" => "apple-darwin",
            _ => return None,
        };
        let machine = format!("{ARCH}-{system}");
        self.archives.iter().copied().find(|(host, _)| host.starts_with(&machine))
    }
}

fn check(archive: &[u8], pin: &str) -> Result<()> {
    let found = Sha256::digest(archive).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    ensure!(found == pin, "what was downloaded has the SHA-256 {found} instead of {pin}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{TRUNK, WASM_BINDGEN, check};
    use crate::project::Project;

    #[test]
    fn an_archive_that_is_not_the_pinned_one_is_refused() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        check(b"", empty).expect("the SHA-256 of nothing, FIPS 180-4");
        assert!(check(b"\n", empty).is_err());
    }

    #[test]
    fn the_pinned_wasm_bindgen_is_that_of_the_library() {
        let locked = Project::locate().and_then(|project| project.wasm_bindgen_version()).expect("a lock file");
        assert_eq!(WASM_BINDGEN.version, locked);
    }

    #[test]
    fn each_archive_has_a_pin_of_its_own() {
        let mut pins: Vec<&str> =
            [TRUNK, WASM_BINDGEN].iter().flat_map(|release| release.archives).map(|(_, pin)| *pin).collect();
        assert!(pins.iter().all(|pin| pin.len() == 64));
        pins.sort_unstable();
        pins.dedup();
        assert_eq!(pins.len(), 8);
    }
}
