//! `cargo xtask pictures`: the pictures that are kept as files, made from the program itself. The tests compare them with
//! what it shows today, and those that do make them anew where they are told to.

use anyhow::{Context, Result};

use crate::process::run;
use crate::project::Project;
use crate::toolbox::Toolbox;
use crate::{browser, page};

/// The run that the page opens with, for readers without WebAssembly.
const STILL: &str = "www/still.svg";

/// Tells the tests that pictures are made anew instead of compared.
const REMAKE: &str = "WINNING_TICKET_PICTURE";

pub fn remake(project: &Project, tools: &mut Toolbox) -> Result<()> {
    run(tools.cargo().args(["run", "--release", "--", "run", "--svg", STILL])).context("no still picture")?;
    let tests = ["test", "--test", "pictures", "--test", "scenes"];
    run(tools.cargo().args(tests).env(REMAKE, "1")).context("no pictures of the charts and the scenes")?;
    page::build(project, tools, &page::Build::default())?;
    let mut command = browser::cargo_test_page(tools, browser::Engine::Chromium)?;
    command.args(["--", "the_picture_of_the_readme"]).env(REMAKE, "1");
    run(&mut command).context("no picture of the lab")
}
