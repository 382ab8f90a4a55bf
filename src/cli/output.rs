//! Where results go: standard output, or files that appear whole or not at all.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the one place of the program that writes files and streams"
)]

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Arg, ArgMatches};

use super::mistake::Mistake;

/// The flag `--name FILE` of an output.
pub fn arg(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("FILE").help(help).help_heading("Outputs (- is standard output)")
}

#[derive(PartialEq, Eq)]
enum Target {
    StandardOutput,
    File(PathBuf),
}

/// An output that was found writable.
pub struct Output {
    target: Target,
}

/// The outputs that were asked for, of the flags `names`, in their order.
///
/// # Errors
/// If one cannot be written, or two go to the same place. Nothing is created and no existing file is touched.
pub fn check<const N: usize>(flags: &ArgMatches, names: [&'static str; N]) -> Result<[Option<Output>; N], Mistake> {
    let mut outputs = [const { None }; N];
    for (i, flag) in names.into_iter().enumerate() {
        let Some(text) = flags.get_one::<String>(flag) else { continue };
        let target = Target::of(flag, text)?;
        let goes_there = |output: &Option<Output>| output.as_ref().is_some_and(|output| output.target == target);
        if let Some(first) = outputs.iter().position(goes_there) {
            let place = if target == Target::StandardOutput { "standard output".to_owned() } else { text.clone() };
            return Err(Mistake::SameTarget(names[first], flag, place));
        }
        outputs[i] = Some(Output { target });
    }
    Ok(outputs)
}

impl Target {
    /// What `text` after `--flag` means, if it can be written.
    fn of(flag: &'static str, text: &str) -> Result<Self, Mistake> {
        if text == "-" {
            return Ok(Self::StandardOutput);
        }
        let path = PathBuf::from(text);
        let unwritable = |error: io::Error| Mistake::Unwritable { flag, path: path.clone(), reason: error.to_string() };
        writable(&path).map(Self::File).map_err(unwritable)
    }
}

/// The file that `path` leads to, if it can be written; the same however it is spelled.
fn writable(path: &Path) -> io::Result<PathBuf> {
    // A link leads to the file to be replaced; what does not exist yet has a folder that does.
    let path = path.canonicalize().or_else(|_| in_its_folder(path))?;
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(found) if found.permissions().readonly() => return Err(ErrorKind::PermissionDenied.into()),
        // A device or a pipe: only writing can tell.
        Ok(found) if !found.is_file() => return Ok(path),
        _ => {}
    }
    let trial = beside(&path)?;
    File::create_new(&trial)?;
    fs::remove_file(&trial)?;
    Ok(path)
}

/// `path` with its folder in the one spelling of [`Path::canonicalize`].
fn in_its_folder(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
    // The parent of a bare name is empty, which is no folder to the operating system.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(folder.canonicalize()?.join(name))
}

/// A name in the same folder for the new content, until that is complete.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
    Ok(path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id())))
}

impl Output {
    /// Whether this is standard output.
    pub fn is_standard(&self) -> bool {
        matches!(self.target, Target::StandardOutput)
    }

    /// Where it goes, if that is not standard output.
    pub fn path(&self) -> Option<&Path> {
        match &self.target {
            Target::StandardOutput => None,
            Target::File(path) => Some(path),
        }
    }

    /// The file whose name is that of this one and `suffix`; none for standard output.
    pub fn with_suffix(&self, suffix: &str) -> Option<Self> {
        let mut path = self.path()?.as_os_str().to_owned();
        path.push(suffix);
        Some(Self { target: Target::File(path.into()) })
    }

    /// Writes `bytes`: an existing file keeps its content until all of them are on the disk.
    pub fn write(&self, bytes: &[u8]) -> anyhow::Result<()> {
        match &self.target {
            Target::StandardOutput => print(bytes),
            Target::File(path) => replace(path, bytes).with_context(|| format!("{} was not written", path.display())),
        }
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let found = fs::metadata(path);
    if found.as_ref().is_ok_and(|found| !found.is_file()) {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    let part = beside(path)?;
    let written = (|| {
        let mut file = File::create_new(&part)?;
        if let Ok(found) = found {
            file.set_permissions(found.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    })();
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = fs::remove_file(&part);
    }
    written
}

/// Writes to standard output. That its reader left early is no failure.
pub fn print(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("standard output"),
        _ => Ok(()),
    }
}

/// Writes a line to standard error; where that is closed, nobody can be told.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
