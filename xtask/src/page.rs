//! The page: built by Trunk into dist/, which a service worker lets work without a network, or in one file; and served on
//! this machine.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::built::{Files, PAGE};
use crate::offline;
use crate::process::{hand_over, run};
use crate::project::Project;
use crate::single_file;
use crate::toolbox::Toolbox;

/// What builds the page.
pub fn prepare(tools: &mut Toolbox) -> Result<()> {
    prepare_and(tools, |_| Ok(()))
}

/// What builds the page, and, where that takes long, `meanwhile`.
fn prepare_and(tools: &mut Toolbox, meanwhile: impl FnOnce(&Toolbox) -> Result<()>) -> Result<()> {
    tools.wasm_std()?;
    let trunk = tools.trunk();
    let others = tools.wasm_bindgen().and_then(|()| tools.wasm_opt());
    let others = others.and_then(|()| if trunk.is_finished() { Ok(()) } else { meanwhile(tools) });
    if !trunk.is_finished() {
        println!("xtask: waiting for Trunk, which is still being built.");
    }
    // Also where the others failed: what has begun is not begun again.
    let trunk = trunk.join().expect("a mistake is a result");
    others?;
    tools.add(trunk?);
    Ok(())
}

/// The program as Trunk has it compiled, so that Trunk finds it done.
fn compile(tools: &Toolbox) -> Result<()> {
    run(tools.cargo().args(["build", "--target=wasm32-unknown-unknown", "--release", "--bin", "winning-ticket"]))
}

/// Builds the page, and in one file as well where that is asked for.
pub fn build(project: &Project, tools: &mut Toolbox, single_file: Option<&Path>) -> Result<()> {
    prepare_and(tools, compile)?;
    run(&mut trunk(project, tools, "build")).context("the page could not be built")?;
    let folder = project.root.join("dist");
    let source = |name: &str| {
        let path = project.root.join("www").join(name);
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read.", path.display()))
    };
    let mut files = Files::read(&folder)?;
    // First: what is read there is still the page alone.
    let single = single_file
        .map(|path| Ok::<_, anyhow::Error>((path, single_file::make(files.clone(), &source("single-file.js")?)?)));
    let single = single.transpose().context("the page could not be put into one file")?;
    offline::add(&mut files, &source(offline::SCRIPT)?, &source(offline::WORKER)?)?;
    [PAGE, offline::SCRIPT, offline::WORKER].iter().try_for_each(|name| files.write(name, &folder))?;
    if let Some((path, page)) = single {
        fs::write(path, &page).with_context(|| format!("{} cannot be written.", path.display()))?;
        println!("xtask: {} has {:.2} MB and needs no other file.", path.display(), page.len() as f64 / 1e6);
    }
    Ok(())
}

/// Where the single file is unless somebody says otherwise: beside the page, which does not know of it.
pub fn single_file() -> PathBuf {
    Path::new("dist").join("winning-ticket.html")
}

pub fn serve(project: &Project, tools: &mut Toolbox, port: u16) -> Result<()> {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).err();
    if let Some(error) = taken {
        return Err(error).with_context(|| format!("port {port} cannot be used, try --port {}", port.wrapping_add(1)));
    }
    prepare_and(tools, compile)?;
    println!("xtask: building the page; it will be at http://127.0.0.1:{port}/ until Ctrl+C ends this.");
    let mut serve = trunk(project, tools, "serve");
    hand_over(serve.args(["--address", "127.0.0.1", "--port"]).arg(port.to_string()))
        .context("the page could not be served")
}

fn trunk(project: &Project, tools: &Toolbox, command: &str) -> Command {
    let mut trunk = tools.command(Command::new("trunk"));
    trunk.current_dir(&project.root).args([command, "--release", "--skip-version-check"]);
    // Trunk takes the common NO_COLOR for a switch of its own and stops at any value but `true` and `false`.
    trunk.env_remove("NO_COLOR");
    trunk
}
