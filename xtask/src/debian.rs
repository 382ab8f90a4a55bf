//! What Debian's package manager can install, where this user may use it.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{on_path, output, run};

/// Whether packages can be installed here without asking anybody.
fn can_install() -> bool {
    on_path("apt-get").is_some() && is_root()
}

pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|user| user == "0")
}

/// Something that only the system's package manager brings.
pub struct Package {
    pub what: &'static str,
    pub debian: &'static [&'static str],
    /// The command that brings it on macOS.
    pub macos: &'static str,
}

/// Installs it, or fails with the command that would.
pub fn install(package: &Package) -> Result<()> {
    let Package { what, debian, macos } = package;
    let names = debian.join(" ");
    if !can_install() {
        let command = if cfg!(target_os = "macos") {
            format!("`{macos}` installs it")
        } else {
            format!("on Debian `sudo apt-get install --no-install-recommends {names}` installs it")
        };
        bail!("{what} is missing: {command}. Then run this again.");
    }
    println!("xtask: installing {what} from Debian ({names}), up to a few minutes, once per machine.");
    // A fresh container often has no package index. Whether a stale one will do is for the installation to say.
    if let Err(error) = run(&mut apt(&["update", "--quiet"])) {
        eprintln!("xtask: {error:#}");
    }
    run(apt(&["install", "--quiet", "--yes", "--no-install-recommends"]).args(*debian))
        .with_context(|| format!("{what} could not be installed: mend what apt-get says above and run this again"))
}

/// Waits for another apt, which may be at work right after the boot, and never asks questions.
fn apt(args: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command.args(["-o", "DPkg::Lock::Timeout=300"]).args(args);
    command
}
