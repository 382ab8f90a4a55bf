//! The driver of Chromium, started once for all tests, and a fresh browser for each.

use std::env;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel, WebDriver};

/// Beyond those that `cargo xtask test` hands over: no window on a screen, and no request that leaves this machine.
const FLAGS: &[&str] = &[
    "headless",
    "window-size=1440,900",
    "disable-dev-shm-usage",
    "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
/// How long the driver may take to start, and to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running chromedriver; it ends when dropped.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts it on a free port.
    pub fn start() -> Result<Self> {
        // Free now; should another program take it in between, the driver says so and the run fails.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let child = Command::new(program)
            .arg(format!("--port={port}"))
            .args(["--log-level=SEVERE"])
            .stdout(Stdio::null())
            .spawn()
            .context("chromedriver could not be started; `cargo xtask test` installs it")?;
        let mut driver = Self { child, port };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = driver.child.try_wait()? {
                bail!("chromedriver ended at once ({status})");
            }
            if start.elapsed() > PATIENCE {
                bail!("chromedriver does not listen after {} s", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    /// A browser with an empty profile, and with these flags besides the usual ones.
    pub async fn browser(&self, flags: &[&str]) -> Result<WebDriver> {
        let mut capabilities = ChromeCapabilities::new();
        let given = env::var("CHROMIUM_FLAGS").unwrap_or_default();
        for flag in FLAGS.iter().chain(flags).copied().chain(given.split_whitespace()) {
            capabilities.add_arg(flag)?;
        }
        capabilities.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities).await.context(
            "Chromium could not be started with the flags that `cargo xtask test` hands over in CHROMIUM_FLAGS",
        )
    }

    /// Asks it to end, with all browsers that it started.
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
        // Whatever went wrong there, it is ended here.
        let _ = self.shut_down();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
