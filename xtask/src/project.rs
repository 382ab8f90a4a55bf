//! Where the checkout is, where Cargo builds, and which wasm-bindgen the lock file names.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

pub struct Project {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Project {
    pub fn locate() -> Result<Self> {
        // Asked when it runs: checkouts that share a build folder also share the xtask that was built first.
        let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = xtask.parent().context("xtask's folder has no parent.")?.to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => root.join(dir),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The command-line tool has to be of the very version of the library: the two speak an unstable format.
    pub fn wasm_bindgen_version(&self) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&path).with_context(|| format!("{} cannot be read.", path.display()))?;
        locked_version(&lock, "wasm-bindgen")
            .map(str::to_owned)
            .with_context(|| format!("{} names no version of wasm-bindgen.", path.display()))
    }
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_locked_version_is_that_of_the_package_itself() {
        let lock =
            "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.1\"\n";
        assert_eq!(locked_version(lock, "a"), Some("2.0.1"));
        assert_eq!(locked_version(lock, "b"), None);
    }
}
