//! The page: built by Trunk into dist/, which a service worker lets work without a network, or in one file; and served on
//! this machine.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

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

/// What is asked for besides the page itself.
#[derive(Debug, Default)]
pub struct Build {
    /// The file that is to hold all of it.
    pub single_file: Option<PathBuf>,
    /// The address under which the page is to be found.
    pub base: Option<String>,
}

/// The address of `--base`, as the page has it in an attribute.
pub fn read_base(text: &str) -> Result<String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let breaks_out = |c: char| c.is_whitespace() || "\"'<>&#?".contains(c);
    ensure!(
        host.is_some_and(|host| !host.is_empty() && !host.contains(breaks_out)),
        "--base is `{text}`, but must be the address of the page, such as https://example.org/lab/."
    );
    Ok(text.to_owned())
}

/// Writes that address into the page.
fn write_base(files: &mut Files, base: &str) -> Result<()> {
    const UNWRITTEN: &str = "<meta name=\"page-address\" content=\"\">";
    let page = files.text(PAGE)?;
    ensure!(page.matches(UNWRITTEN).count() == 1, "{PAGE} has not one {UNWRITTEN}.");
    let written = page.replace(UNWRITTEN, &format!("<meta name=\"page-address\" content=\"{base}\">"));
    files.insert(PAGE.to_owned(), written.into());
    Ok(())
}

/// Builds the page, and in one file as well where that is asked for.
pub fn build(project: &Project, tools: &mut Toolbox, asked: &Build) -> Result<()> {
    prepare_and(tools, compile)?;
    run(&mut trunk(project, tools, "build")).context("the page could not be built")?;
    let folder = project.root.join("dist");
    let source = |name: &str| {
        let path = project.root.join("www").join(name);
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read.", path.display()))
    };
    let mut files = Files::read(&folder)?;
    if let Some(base) = &asked.base {
        write_base(&mut files, base)?;
    }
    // First: what is read there is still the page alone.
    let single = asked.single_file.as_deref();
    let single = single
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_where_it_is_to_be() {
        let mut files = Files::default();
        files.insert(PAGE.to_owned(), include_bytes!("../../index.html").to_vec());
        let base = read_base("https://example.org/lab/").expect("an address");
        write_base(&mut files, &base).expect("the page has its place for it");
        let page = files.text(PAGE).expect("a text");
        assert!(page.contains("<meta name=\"page-address\" content=\"https://example.org/lab/\">"));
        assert!(write_base(&mut files, &base).is_err(), "twice");
        for bad in ["example.org", "https://", "ftp://x.org", "https://x.org/\"onload=", "https://x.org/#v=1"] {
            let told = read_base(bad).expect_err(bad).to_string();
            assert!(told.contains(bad) && told.contains("https://example.org/lab/"), "{told}");
        }
    }
}
