//! Serves the built page as a plain static host would, under a path of its own, and keeps a record of what was asked for.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use winning_ticket::trials::messages::{Request, encode};

/// Where the page lies on its host.
pub const FOLDER: &str = "/some/where/";

/// The name of the script that runs before those of the page, where a test has one.
const EARLY: &str = "early.js";

/// What the page's own policy says. A page's policy in a meta tag does not reach its workers; this header does, so that a
/// worker that asked another host for anything would complain in the console.
const WORKER_POLICY: &str = "Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'\r\n";

/// Appended to worker.js: a worker that is asked to train traps as wasm does.
fn trap() -> String {
    let kind = encode(&Request::Advance { run: 0, steps: 1, budget: 1.0 })[0];
    format!(
        "self.addEventListener('message', ({{ data }}) => {{
           if (data[0] === {kind}) throw new WebAssembly.RuntimeError('unreachable');
         }});"
    )
}

/// The running server. It ends with the process.
pub struct Server {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    dist: PathBuf,
    trapping: AtomicBool,
    away: AtomicBool,
    compressing: AtomicBool,
    missing: Mutex<Option<&'static str>>,
    held: Mutex<Option<&'static str>>,
    let_go: Condvar,
    early: Mutex<String>,
    changed: Mutex<BTreeMap<String, String>>,
    answered: Mutex<Vec<Answered>>,
}

/// One answered request.
#[derive(Clone, Debug)]
pub struct Answered {
    pub path: String,
    pub status: u16,
}

impl Server {
    /// Serves the folder `dist`.
    pub fn start(dist: PathBuf) -> Result<Self> {
        ensure!(dist.join("index.html").is_file(), "{} holds no page: `cargo xtask build` makes it.", dist.display());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port can be listened at")?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared { dist, ..Shared::default() });
        let of_threads = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&of_threads);
                // A browser that closes a connection early is not a failure of the server.
                thread::spawn(move || shared.answer(stream).ok());
            }
        });
        Ok(Self { port, shared })
    }

    /// The origin, without a slash at its end.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The address of the page.
    pub fn page(&self) -> String {
        format!("{}{FOLDER}", self.origin())
    }

    /// Whether workers that start from now on trap once they are asked to train.
    pub fn set_trapping(&self, trapping: bool) {
        self.shared.trapping.store(trapping, Ordering::SeqCst);
    }

    /// Whether what is asked for from now on is compressed as a static host does.
    pub fn set_compressing(&self, compressing: bool) {
        self.shared.compressing.store(compressing, Ordering::SeqCst);
    }

    /// Of which files the host has none: those whose names carry a hash and end like this.
    pub fn set_missing(&self, end: Option<&'static str>) {
        *self.shared.missing.lock().expect("no thread panics with it") = end;
    }

    /// Which files nobody gets before this is said anew: those whose names end like this.
    pub fn set_held(&self, end: Option<&'static str>) {
        *self.shared.held.lock().expect("no thread panics with it") = end;
        self.shared.let_go.notify_all();
    }

    /// Whether it cannot be reached.
    pub fn set_away(&self, away: bool) {
        self.shared.away.store(away, Ordering::SeqCst);
    }

    /// A file of the page as it was built.
    pub fn built(&self, name: &str) -> Result<String> {
        fs::read_to_string(self.shared.dist.join(name)).with_context(|| format!("{name} of the page"))
    }

    /// Which files are others than those that were built, by their names.
    pub fn set_changed(&self, changed: BTreeMap<String, String>) {
        *self.shared.changed.lock().expect("no thread panics with it") = changed;
    }

    /// Before all scripts of the page, from its next opening on, runs this one.
    pub fn set_early_script(&self, script: String) {
        *self.shared.early.lock().expect("no thread panics with it") = script;
    }

    /// What was asked for since the last call.
    pub fn take_answered(&self) -> Vec<Answered> {
        std::mem::take(&mut *self.shared.answered.lock().expect("no thread panics with the record"))
    }
}

impl Shared {
    fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        let Some(first) = lines.next().transpose()? else { return Ok(()) };
        for line in lines {
            if line?.is_empty() {
                break;
            }
        }
        if self.away.load(Ordering::SeqCst) {
            return Ok(());
        }
        let path = first.split(' ').nth(1).unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default();
        let (status, mime, mut body) = self.find(path);
        self.answered
            .lock()
            .expect("no thread panics with the record")
            .push(Answered { path: path.to_owned(), status });
        let held = self.held.lock().expect("no thread panics with it");
        let is_held = |held: &mut Option<&str>| held.is_some_and(|end| path.ends_with(end));
        drop(self.let_go.wait_while(held, is_held).expect("no thread panics with it"));
        let is_worker = path.ends_with("/worker.js");
        if is_worker && self.trapping.load(Ordering::SeqCst) {
            body.extend_from_slice(trap().as_bytes());
        }
        let reason = if status == 200 { "OK" } else { "Not Found" };
        let policy = if is_worker { WORKER_POLICY } else { "" };
        let encoding = if self.compressing.load(Ordering::SeqCst) {
            body = gzip(body).map_err(io::Error::other)?;
            "Content-Encoding: gzip\r\n"
        } else {
            ""
        };
        write!(
            stream,
            "HTTP/1.1 {status} {reason}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\n{policy}{encoding}Connection: close\r\n\r\n",
            body.len()
        )?;
        stream.write_all(&body)
    }

    /// Status, type and content of the file at `path`.
    fn find(&self, path: &str) -> (u16, &'static str, Vec<u8>) {
        let name = path.strip_prefix(FOLDER).map(|name| if name.is_empty() { "index.html" } else { name });
        let early = self.early.lock().expect("no thread panics with it");
        if name == Some(EARLY) {
            return (200, "text/javascript; charset=utf-8", early.clone().into_bytes());
        }
        // Nothing outside of dist/ is the page's.
        let missing = *self.missing.lock().expect("no thread panics with it");
        let gone = |name: &str| missing.is_some_and(|end| name.contains('-') && name.ends_with(end));
        let file = name
            .filter(|name| !name.split('/').any(|part| part.is_empty() || part == "..") && !gone(name))
            .map(|name| self.dist.join(name));
        let changed = name.and_then(|name| self.changed.lock().expect("no thread panics with it").get(name).cloned());
        let content = |file: &PathBuf| changed.map(String::into_bytes).or_else(|| fs::read(file).ok());
        match file.and_then(|file| content(&file).map(|content| (mime(&file), content))) {
            Some((mime, content)) if name == Some("index.html") => {
                let mut page = String::from_utf8_lossy(&content).into_owned();
                if !early.is_empty() {
                    // After the policy, which so holds for it too.
                    page = page.replacen("<title>", &format!("<script src=\"{EARLY}\"></script><title>"), 1);
                }
                // A page that is not as it was built cannot be kept: the service worker knows its files by their digests.
                if !early.is_empty() || missing.is_some() || self.trapping.load(Ordering::SeqCst) {
                    page = without_offline(&page);
                }
                (200, mime, page.into_bytes())
            }
            Some((mime, content)) => (200, mime, content),
            None => (404, "text/plain", b"not found".to_vec()),
        }
    }
}

/// The page without the script that has it kept for use without a network.
fn without_offline(page: &str) -> String {
    let parts = page.split_once("<script type=\"module\" src=\"./offline.js");
    let parts = parts.and_then(|(before, rest)| Some((before, rest.split_once("</script>")?.1)));
    parts.map_or_else(|| page.to_owned(), |(before, after)| format!("{before}{after}"))
}

/// What `gzip -9` makes of these bytes.
pub fn gzip(content: Vec<u8>) -> Result<Vec<u8>> {
    let command = Command::new("gzip").args(["-9", "-n", "-c"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut gzip = command.context("gzip cannot be started")?;
    let mut input = gzip.stdin.take().context("gzip reads")?;
    // By a thread of its own: gzip writes before it has read all.
    let writing = thread::spawn(move || input.write_all(&content));
    let output = gzip.wait_with_output()?;
    writing.join().expect("writing does not panic")?;
    ensure!(output.status.success(), "gzip failed");
    Ok(output.stdout)
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
