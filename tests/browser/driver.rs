//! The driver of an engine, started once for all tests, and a fresh browser for each.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use thirtyfour::WebDriver;

use super::engine::Engine;

/// How long the driver may take to start, and to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running driver, with a screen where it needs one; both end when dropped.
pub struct Driver {
    pub engine: Engine,
    child: Child,
    port: u16,
    // held until the driver has ended
    _screen: Option<Screen>,
}

impl Driver {
    /// Starts it on a free port.
    pub fn start(engine: Engine) -> Result<Self> {
        // Free now; should another program take it in between, the driver says so and the run fails.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let screen = engine.needs_screen().then(Screen::start).transpose()?;
        let mut command = engine.driver(port);
        if let Some(screen) = &screen {
            command.env("DISPLAY", &screen.name);
        }
        // Firefox tells of itself there; what goes wrong is in the driver's answers.
        let stderr = if engine == Engine::Firefox { Stdio::null() } else { Stdio::inherit() };
        let child = command.stdout(Stdio::null()).stderr(stderr).spawn().with_context(|| {
            format!("the driver of {engine:?} could not be started; `cargo xtask test` installs it")
        })?;
        let mut driver = Self { engine, child, port, _screen: screen };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = driver.child.try_wait()? {
                bail!("the driver of {engine:?} ended at once ({status})");
            }
            if start.elapsed() > PATIENCE {
                bail!("the driver of {engine:?} does not listen after {} s", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    /// A browser with an empty profile, and with these flags of Chromium besides the usual ones.
    pub async fn browser(&self, flags: &[&str]) -> Result<WebDriver> {
        let capabilities = self.engine.capabilities(flags)?;
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities)
            .await
            .with_context(|| format!("{:?} could not be started as `cargo xtask test` starts it", self.engine))
    }

    /// Asks chromedriver to end, with all browsers that it started.
    fn shut_down(&mut self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        stream.read_to_end(&mut Vec::new())?;
        let start = Instant::now();
        while self.child.try_wait()?.is_none() && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Whatever went wrong there, it is ended here. The others have no browser left once each test has quit its own.
        if self.engine == Engine::Chromium {
            let _ = self.shut_down();
        }
        end(&mut self.child);
    }
}

/// A screen that nobody sees.
struct Screen {
    child: Child,
    name: String,
}

impl Screen {
    fn start() -> Result<Self> {
        // It would begin anew whenever its last browser has quit, and refuse the next one meanwhile.
        let mut child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb could not be started; `cargo xtask test` installs it")?;
        let mut number = String::new();
        // It says its number once it can be used.
        BufReader::new(child.stdout.take().context("Xvfb has no output")?).read_line(&mut number)?;
        if number.trim().is_empty() {
            end(&mut child);
            bail!("Xvfb ended without a screen");
        }
        Ok(Self { child, name: format!(":{}", number.trim()) })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}
