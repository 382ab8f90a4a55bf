//! The files of the built page, by their names in its folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The page itself.
pub const PAGE: &str = "index.html";

/// Content by name, folders with `/`.
#[derive(Clone, Debug, Default)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// All files in a folder and in those below it.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut files = Self::default();
        files.read_below(folder, "")?;
        Ok(files)
    }

    fn read_below(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let told = || format!("{} cannot be read.", folder.display());
        for entry in fs::read_dir(folder).with_context(told)? {
            let path = entry.with_context(told)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).with_context(told)?;
            let name = format!("{prefix}{name}");
            if path.is_dir() {
                self.read_below(&path, &format!("{name}/"))?;
            } else {
                self.insert(name, fs::read(&path).with_context(|| format!("{} cannot be read.", path.display()))?);
            }
        }
        Ok(())
    }

    /// Writes one of them into the folder.
    pub fn write(&self, name: &str, folder: &Path) -> Result<()> {
        let path = folder.join(name);
        fs::write(&path, self.get(name)?).with_context(|| format!("{} cannot be written.", path.display()))
    }

    pub fn insert(&mut self, name: String, content: Vec<u8>) {
        self.0.insert(name, content);
    }

    /// Leaves only those whose names are wanted.
    pub fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.0.retain(|name, _| wanted(name));
    }

    /// Takes one out.
    pub fn take(&mut self, name: &str) -> Result<Vec<u8>> {
        self.0.remove(name).with_context(|| format!("the page has no {name}."))
    }

    pub fn get(&self, name: &str) -> Result<&[u8]> {
        self.0.get(name).map(Vec::as_slice).with_context(|| format!("the page has no {name}."))
    }

    /// One that is text.
    pub fn text(&self, name: &str) -> Result<&str> {
        std::str::from_utf8(self.get(name)?).with_context(|| format!("{name} is no UTF-8."))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, content)| (name.as_str(), content.as_slice()))
    }
}
