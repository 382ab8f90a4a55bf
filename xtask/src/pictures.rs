//! `cargo xtask pictures`: the pictures that are kept as files, made from the program itself. The tests compare them with
//! what it shows today, and those that do make them anew where they are told to.

use anyhow::{Context, Result};

use crate::process::run;
use crate::project::Project;
use crate::toolbox::Toolbox;
use crate::{browser, page};

/// Tells the tests that pictures are made anew instead of compared.
const REMAKE: &str = "WINNING_TICKET_PICTURE";

pub fn remake(project: &Project, tools: &mut Toolbox) -> Result<()> {
    let tests = ["test", "--test", "pictures", "--test", "scenes"];
    run(tools.cargo().args(tests).env(REMAKE, "1"))
        .context("no pictures of the charts, the scenes and the opening run")?;
    page::build(project, tools, &page::Build::default())?;
    let mut command = browser::cargo_test_page(tools, browser::Engine::Chromium)?;
    command.args(["--", "the_picture_of_the_readme"]).env(REMAKE, "1");
    run(&mut command).context("no picture of the lab")
}
