//! A Slurm of one node on this machine, beside any other: its own ports, its own keys, and nothing of it left behind.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{output, run, shown};

/// For a daemon to start, and for jobs to end that were cancelled.
const SOON: Duration = Duration::from_secs(60);
/// Between two looks at what is waited for.
const MOMENT: Duration = Duration::from_millis(50);

/// Its daemons, which end with it.
pub struct Cluster {
    configuration: PathBuf,
    daemons: Vec<(&'static str, Child)>,
    has_jobs: bool,
}

impl Cluster {
    /// Starts one whose node runs so many jobs side by side, however many cores this machine has; all its files are in
    /// `folder`.
    pub fn start(folder: &Path, jobs: usize) -> Result<Self> {
        let file = |name: &str| folder.join(name);
        let (key, socket, configuration) = (file("munge.key"), file("munge.socket"), file("slurm.conf"));
        let text = configure(folder, &socket, jobs)?;
        fs::write(&configuration, text).with_context(|| format!("{} cannot be written", configuration.display()))?;
        run(Command::new("mungekey").arg("--create").arg("--keyfile").arg(&key))?;

        let mut cluster = Self { configuration, daemons: Vec::new(), has_jobs: false };
        cluster.launch(folder, "munged", |munged| {
            munged.arg("--foreground").arg("--key-file").arg(key).arg("--socket").arg(&socket);
            munged.arg("--pid-file").arg(file("munge.pid")).arg("--seed-file").arg(file("munge.seed"));
        })?;
        cluster.wait("munged's socket", SOON, |_| Ok(socket.exists()))?;
        for name in ["slurmctld", "slurmd"] {
            cluster.launch(folder, name, |daemon| {
                daemon.arg("-D");
            })?;
        }
        cluster.wait("an idle node", SOON, |cluster| {
            let node = cluster.command("sinfo").args(["--noheader", "--format=%T"]).stderr(Stdio::null()).output()?;
            Ok(node.stdout == b"idle\n")
        })?;
        Ok(cluster)
    }

    /// Starts a daemon that also ends where this program is killed, and cannot end it.
    fn launch(&mut self, folder: &Path, daemon: &'static str, args: impl FnOnce(&mut Command)) -> Result<()> {
        let log = File::create(folder.join(format!("{daemon}.log")))?;
        let mut command = self.command("setpriv");
        command.args(["--pdeathsig", "TERM", daemon]);
        args(&mut command);
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child = command.spawn().with_context(|| format!("`{}` could not be started.", shown(&command)))?;
        self.daemons.push((daemon, child));
        Ok(())
    }

    /// A program that speaks to this cluster.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("SLURM_CONF", &self.configuration);
        command
    }

    /// What a script says that submits jobs.
    pub fn submit(&mut self, script: &mut Command) -> Result<String> {
        self.has_jobs = true;
        output(script)
    }

    /// Every job that it has had, those of arrays as `JOB_TASK`, and each one's state, such as `RUNNING`.
    pub fn states(&self) -> Result<Vec<(String, String)>> {
        let told = output(self.command("squeue").args(["--noheader", "--array", "--states=all", "--format=%i %T"]))?;
        let state = |line: &str| line.split_once(' ').map(|(job, state)| (job.to_owned(), state.to_owned()));
        told.lines().map(|line| state(line).with_context(|| format!("squeue says `{line}`."))).collect()
    }

    /// The state of one of them.
    pub fn state(&self, job: &str) -> Result<String> {
        let found = self.states()?.into_iter().find(|(name, _)| name == job);
        Ok(found.with_context(|| format!("Slurm does not know job {job}."))?.1)
    }

    /// Waits for what `is_there` looks for, as long as all daemons live.
    pub fn wait(&mut self, what: &str, patience: Duration, is_there: impl Fn(&Self) -> Result<bool>) -> Result<()> {
        let end = Instant::now() + patience;
        while !is_there(self)? {
            for (name, daemon) in &mut self.daemons {
                if let Some(status) = daemon.try_wait()? {
                    bail!("{name} ended ({status}) before there was {what}.");
                }
            }
            if Instant::now() > end {
                bail!("there was no sign of {what} for {} seconds.", patience.as_secs());
            }
            thread::sleep(MOMENT);
        }
        Ok(())
    }
}

impl Drop for Cluster {
    /// Jobs would outlive the daemons, so they go first.
    fn drop(&mut self) {
        if self.has_jobs {
            let cancelled = run(self.command("scancel").arg("--me")).and_then(|()| {
                self.wait("an end of all jobs", SOON, |cluster| {
                    Ok(output(cluster.command("squeue").arg("--noheader"))?.is_empty())
                })
            });
            if let Err(error) = cancelled {
                eprintln!("xtask: {error:#}");
            }
        }
        for (_, daemon) in self.daemons.iter_mut().rev() {
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
    }
}

/// Its slurm.conf.
fn configure(folder: &Path, socket: &Path, jobs: usize) -> Result<String> {
    let host = output(&mut Command::new("hostname"))?;
    let host = host.split('.').next().unwrap_or_default();
    let user = output(Command::new("id").arg("--user").arg("--name"))?;
    let ports = [TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?];
    let [controller, node] = [ports[0].local_addr()?.port(), ports[1].local_addr()?.port()];
    let (folder, socket) = (folder.display(), socket.display());
    // A killed job may start again after cred_expire; the scheduler looks after each interval.
    Ok(format!(
        "ClusterName=test\n\
         SlurmctldHost={host}(127.0.0.1)\n\
         SlurmctldPort={controller}\n\
         SlurmdPort={node}\n\
         SlurmUser={user}\n\
         SlurmdUser={user}\n\
         AuthType=auth/munge\n\
         AuthInfo=socket={socket},cred_expire=5\n\
         StateSaveLocation={folder}/state\n\
         SlurmdSpoolDir={folder}/spool\n\
         SlurmctldPidFile={folder}/slurmctld.pid\n\
         SlurmdPidFile={folder}/slurmd.pid\n\
         ProctrackType=proctrack/linuxproc\n\
         TaskPlugin=task/none\n\
         SelectType=select/cons_tres\n\
         SelectTypeParameters=CR_CPU\n\
         SlurmdParameters=config_overrides\n\
         SchedulerParameters=sched_interval=2,bf_interval=2\n\
         NodeName={host} NodeAddr=127.0.0.1 CPUs={jobs}\n\
         PartitionName=all Nodes=ALL Default=YES\n"
    ))
}
