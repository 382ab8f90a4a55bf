//! The per-user folder that keeps the tools: one subfolder a tool and version, so that old and new checkouts coexist.
//!
//! A subfolder is filled under another name and renamed when complete: an interrupted installation leaves nothing that
//! looks like a tool.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

#[derive(Clone)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// `$XDG_CACHE_HOME/winning-ticket`, or the same under `~/.cache`.
    pub fn open() -> Result<Self> {
        let base = env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(|| Some(env::home_dir()?.join(".cache")))
            .context("there is no home folder to keep tools in: set XDG_CACHE_HOME to a folder.")?;
        let root = base.join("winning-ticket");
        fs::create_dir_all(&root).with_context(|| {
            format!("{} cannot be created: set XDG_CACHE_HOME to a folder that can be written.", root.display())
        })?;
        Ok(Self { root })
    }

    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The folder of that name; where it is missing, `fill` makes its content in an empty folder first.
    pub fn folder_or(&self, name: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let folder = self.folder(name);
        if folder.is_dir() {
            return Ok(folder);
        }
        let _lock = self.lock(name)?;
        if folder.is_dir() {
            return Ok(folder); // another run was faster
        }
        let partial = self.folder(&format!("{name}.partial"));
        if partial.exists() {
            fs::remove_dir_all(&partial)
                .with_context(|| format!("{}, left by an interrupted run, cannot be removed.", partial.display()))?;
        }
        fs::create_dir(&partial).with_context(|| format!("{} cannot be created.", partial.display()))?;
        fill(&partial)?;
        fs::rename(&partial, &folder).with_context(|| format!("{} cannot be renamed.", partial.display()))?;
        Ok(folder)
    }

    /// Held while a tool is installed, so that two runs do not do the same work; freed when the file is closed.
    fn lock(&self, name: &str) -> Result<File> {
        let path = self.folder(&format!("{name}.lock"));
        let file = File::create(&path).with_context(|| format!("{} cannot be written.", path.display()))?;
        if file.try_lock().is_err() {
            println!("xtask: waiting for another cargo xtask that is installing {name}.");
            file.lock().map_err(|error| anyhow!("{} cannot be locked: {error}.", path.display()))?;
        }
        Ok(file)
    }
}
