//! `recorded/slurm.sh` on a real Slurm of one node: an array of which a task is killed half way, and the merge that waits.

mod cluster;

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::{env, fs, process};

use anyhow::{Context, Result, bail, ensure};

use crate::debian::{self, Package};
use crate::process::{on_path, output, run};
use crate::project::Project;
use crate::toolbox::Toolbox;
use cluster::Cluster;

const SLURM: Package = Package {
    what: "Slurm, in which an array job is run,",
    debian: &["slurmctld", "slurmd", "slurm-client", "munge"],
    macos: "",
};

/// As many trials as this preset makes of each cell whatever comes out: four equal shares, of some seconds each.
const FIGURE: &str = "5";
const PRESET: &str = "laptop";
const TRIALS: &str = "20";
const DATE: &str = "2026-11-27";
const SHARDS: usize = 4;

/// The share that is killed, once its file has so many lines of 201.
const KILLED: usize = 1;
const LINES: usize = 80;

/// What takes longer than this does not come.
const PATIENCE: Duration = Duration::from_secs(300);

/// Runs a figure as an array job and by one command, and compares.
pub fn test(project: &Project, tools: &Toolbox) -> Result<()> {
    if ["slurmctld", "slurmd", "sbatch", "munged"].iter().any(|program| on_path(program).is_none()) {
        debian::install(&SLURM)?;
    }
    run(tools.cargo().args(["build", "--bin", "winning-ticket"]))?;
    // Not in the build folder: the path of a socket has room for a hundred characters.
    let folder = env::temp_dir().join(format!("winning-ticket-slurm-{}", process::id()));
    fs::create_dir(&folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    array_job(&folder, &project.target.join("debug/winning-ticket"))
        .with_context(|| format!("the array job failed, and the logs are in {}", folder.display()))?;
    fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))
}

fn array_job(folder: &Path, program: &Path) -> Result<()> {
    let mut cluster = Cluster::start(folder, SHARDS)?;
    let shares = folder.join("shares");
    let mut script = cluster.command("recorded/slurm.sh");
    script.env("FIGURE", FIGURE).env("PRESET", PRESET).env("TRIALS", TRIALS).env("DATE", DATE);
    script.env("SHARDS", SHARDS.to_string()).env("FOLDER", &shares).env("PROGRAM", program);
    let told = cluster.submit(&mut script)?;
    println!("xtask: {told}");
    let words: Vec<&str> = told.split_whitespace().collect();
    let jobs: Vec<&str> =
        words.windows(2).filter(|pair| pair[0].eq_ignore_ascii_case("job")).map(|pair| pair[1]).collect();
    let [array, merge] = jobs[..] else { bail!("the script does not say which two jobs it submitted.") };

    let part = shares.join(format!("part-{KILLED}"));
    let task = format!("{array}_{KILLED}");
    cluster.wait("a share with some trials", PATIENCE, |_| Ok(whole_lines(&part).len() >= LINES))?;
    run(cluster.command("scontrol").args(["requeue", &task]))?;
    cluster.wait("an end of the killed task", PATIENCE, |cluster| Ok(cluster.state(&task)? == "PENDING"))?;
    let left = whole_lines(&part);
    ensure!(cluster.state(merge)? == "PENDING", "the merge did not wait for the killed task.");

    // The killed task has to wait a little before it may run again.
    let single = folder.join("single.json");
    let mut command = Command::new(program);
    command.args(["figure", FIGURE, "--preset", PRESET, "--trials", TRIALS, "--date", DATE, "--out"]);
    output(command.arg(&single))?;
    cluster.wait("the merge", PATIENCE, |cluster| match cluster.state(merge)?.as_str() {
        "COMPLETED" => Ok(true),
        "PENDING" | "RUNNING" | "COMPLETING" => Ok(false),
        state => bail!("the merge is {state}: {:?}", cluster.states()?),
    })?;

    let done = whole_lines(&part);
    println!("xtask: the killed task had {} lines of {} when it was killed.", left.len(), done.len());
    ensure!(left.len() < done.len() && done.starts_with(&left), "the killed task did not go on where it was.");
    let merged = shares.join(format!("fig0{FIGURE}.json"));
    ensure!(fs::read(merged)? == fs::read(single)?, "the merged figure differs from that of the single run.");
    Ok(())
}

/// The lines of a share that are complete; none while there is no file.
fn whole_lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::to_owned).collect()
}
