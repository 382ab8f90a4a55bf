//! What the page must not do unseen: complain in the console, ask another origin for anything, miss a file of its own.

use anyhow::{Result, ensure};
use serde_json::Value;

use super::engine::Engine;
use super::page::Page;

/// Keeps the complaints where the console cannot be read.
pub const RECORDER: &str = include_str!("complaints.js");

impl Page<'_> {
    /// Fails unless the console's warnings and errors so far all hold this word, and forgets them.
    pub fn assert_complaints_only_of(&self, word: &str) -> Result<()> {
        let others: Vec<String> =
            self.take_complaints()?.into_iter().filter(|complaint| !complaint.contains(word)).collect();
        ensure!(others.is_empty(), "besides {word} the console holds\n  {}", others.join("\n  "));
        Ok(())
    }

    /// Fails if the console holds a warning or worse, if the page asked for anything that is not its own, or for
    /// something of its own that is missing.
    pub fn assert_quiet(&self) -> Result<()> {
        let complaints = self.take_complaints()?;
        ensure!(complaints.is_empty(), "the console holds\n  {}", complaints.join("\n  "));
        let own = self.server.origin();
        for address in self.take_requests()? {
            let foreign =
                address.split_once(':').is_some_and(|(scheme, _)| !matches!(scheme, "data" | "blob" | "about"));
            ensure!(!foreign || address.starts_with(&own), "the page asked another origin: {address}");
        }
        for answered in self.server.take_answered() {
            ensure!(answered.status == 200, "{} is missing ({})", answered.path, answered.status);
        }
        Ok(())
    }

    /// Keeps what the page that is about to be left has to complain of; in Chromium the browser keeps it.
    pub fn hear(&self) -> Result<()> {
        if self.engine() == Engine::Chromium {
            return Ok(());
        }
        let (complaints, requests): (Vec<String>, Vec<String>) =
            self.script("return window.takeComplaints?.() ?? [[], []]", &[])?;
        let mut heard = self.heard.borrow_mut();
        heard.complaints.extend(complaints);
        heard.requests.extend(requests);
        Ok(())
    }

    /// Messages of the console that are warnings or worse, since the last call.
    pub fn take_complaints(&self) -> Result<Vec<String>> {
        if self.engine() != Engine::Chromium {
            self.hear()?;
            return Ok(std::mem::take(&mut self.heard.borrow_mut().complaints));
        }
        let entries = self.log("browser")?;
        let loud = entries.into_iter().filter(|entry| matches!(entry.level.as_str(), "WARNING" | "SEVERE"));
        Ok(loud.map(|entry| entry.message).collect())
    }

    /// The addresses of what was asked for since the last call.
    pub fn take_requests(&self) -> Result<Vec<String>> {
        if self.engine() != Engine::Chromium {
            return Ok(std::mem::take(&mut self.heard.borrow_mut().requests));
        }
        let mut addresses = Vec::new();
        for entry in self.log("performance")? {
            let message: Value = serde_json::from_str(&entry.message)?;
            let message = &message["message"];
            if message["method"] == "Network.requestWillBeSent" {
                addresses.push(message["params"]["request"]["url"].as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(addresses)
    }
}

/// What was heard of a page so far.
#[derive(Debug, Default)]
pub struct Heard {
    complaints: Vec<String>,
    requests: Vec<String>,
}
