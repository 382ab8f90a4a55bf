//! Whole runs as NumPy and JAX do them, by `benches/peers.py`.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::tables::{Peers, is_run};
use super::{Sizes, results_of};
use crate::process::{on_path, run};
use crate::project::Project;
use crate::toolbox::Toolbox;

/// How far a peer's last weights may lie from ours, relative to their norm. Rounding alone keeps them some 1e−12 apart.
const SAME: f64 = 1e-6;

/// The times of the peers that the Python at hand has; the runs that they repeat are those among `native`.
pub fn measure(project: &Project, tools: &Toolbox, native: &[Value], sizes: Sizes) -> Result<Peers> {
    let mut peers = Peers::new();
    let Some(python) = python() else {
        println!("xtask: without NumPy and JAX, as there is no Python on PATH; PYTHON may name one.");
        return Ok(peers);
    };
    let file = project.target.join("xtask/run.npz");
    for of in native.iter().filter(|result| is_run(result)) {
        let text = |key: &str| of[key].as_str().map(str::to_owned).with_context(|| format!("a run without its {key}"));
        let (name, link) = (text("name")?, text("link")?);
        let mut ours = tools.cargo();
        ours.args(["run", "--quiet"]).args((sizes == Sizes::Full).then_some("--release"));
        run(ours.args(["--", "run", "--link", &link, "--npz"]).arg(&file))?;
        let mut theirs = Command::new(&python);
        theirs.arg("benches/peers.py").arg(&file);
        theirs.arg(format!("--step-size={}", of["step_size"])).arg(format!("--momentum={}", of["momentum"]));
        for result in results_of(&mut theirs)? {
            let peer = result["name"].as_str().context("a peer without a name")?;
            let error = result["error"].as_f64().context("a peer that does not converge")?;
            ensure!(error < SAME, "{peer}'s run of {name} ends elsewhere: relative distance {error:e}");
            let time = result["value"].as_f64().context("a peer without a time")?;
            peers.entry(name.clone()).or_default().insert(peer.to_owned(), time);
        }
        if peers.is_empty() {
            println!("xtask: without NumPy and JAX, which {} has not; PYTHON may name another.", python.display());
            break;
        }
    }
    Ok(peers)
}

fn python() -> Option<OsString> {
    env::var_os("PYTHON").or_else(|| on_path("python3").map(Into::into))
}
