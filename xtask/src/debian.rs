//! What Debian's package manager can install, where this user may use it.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{on_path, output, run};

/// Whether packages can be installed here without asking anybody.
pub fn can_install() -> bool {
    on_path("apt-get").is_some() && output(Command::new("id").arg("-u")).is_ok_and(|user| user == "0")
}

/// Installs packages, or fails with the command that would.
pub fn install(packages: &[&str], purpose: &str) -> Result<()> {
    let names = packages.join(" ");
    if !can_install() {
        bail!(
            "{purpose} is missing. On Debian it comes with `sudo apt-get install --no-install-recommends {names}`; \
             on another system install it by that system's means. Then run this command again."
        );
    }
    println!("xtask: installing {purpose} from Debian ({names}), up to a few minutes, once per machine.");
    // A fresh container often has no package index. Whether a stale one will do is for the installation to say.
    if let Err(error) = run(&mut apt(&["update", "--quiet"])) {
        eprintln!("xtask: {error:#}");
    }
    run(apt(&["install", "--quiet", "--yes", "--no-install-recommends"]).args(packages))
        .with_context(|| format!("{purpose} could not be installed: mend what apt-get says above and run this again"))
}

/// Waits for another apt, which may be at work right after the boot, and never asks questions.
fn apt(args: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command.args(["-o", "DPkg::Lock::Timeout=300"]).args(args);
    command
}
