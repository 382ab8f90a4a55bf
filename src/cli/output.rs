//! Where results go: standard output, or files that appear whole or not at all.

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
    for (i, second) in names.iter().enumerate() {
        let Some(text) = flags.get_one::<String>(second) else { continue };
        if let Some(first) = names[..i].iter().find(|first| flags.get_one::<String>(first) == Some(text)) {
            let place = if text == "-" { "standard output".to_owned() } else { text.clone() };
            return Err(Mistake::SameTarget(first, second, place));
        }
    }
    let mut outputs = [const { None }; N];
    for (output, flag) in outputs.iter_mut().zip(names) {
        let Some(text) = flags.get_one::<String>(flag) else { continue };
        let target = if text == "-" {
            Target::StandardOutput
        } else {
            let path = PathBuf::from(text);
            Target::File(writable(&path).map_err(|reason| Mistake::Unwritable {
                flag,
                path,
                reason: reason.to_string(),
            })?)
        };
        *output = Some(Output { target });
    }
    Ok(outputs)
}

/// The file that `path` leads to, if it can be written.
fn writable(path: &Path) -> io::Result<PathBuf> {
    // A link leads to the file to be replaced; what does not exist yet stays as it is.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
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
