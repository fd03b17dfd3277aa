//! A virus scanner beside the office: clamd, in its own protocol (`INSTREAM`).
//!
//! A file is clean only where the scanner had all of it and said so in its own words. Whatever else it says, or does not, is no scan.

use std::path::PathBuf;
use std::time::Duration;

use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncSeekExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

use crate::config::Clamd;

/// The longest the scanner may take to answer the phone.
const CONNECT: Duration = Duration::from_secs(5);
/// The longest it may take over a file: somebody waits for the page.
const PATIENCE: Duration = Duration::from_secs(60);
/// How much is sent at once.
const PIECE: usize = 64 * 1024;
/// The longest answer that is listened to.
const ANSWER: u64 = 4 * 1024;

/// What the scanner said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It found nothing.
    Clean,
    /// It found this.
    Infected(String),
}

/// Why a file was not scanned.
#[derive(Debug, thiserror::Error)]
pub enum ScanFault {
    /// Nobody answers there, or the line broke.
    #[error("the scanner at {0} cannot be reached")]
    Unreachable(String, #[source] std::io::Error),
    /// It did not answer in time.
    #[error("the scanner at {0} did not answer in time")]
    Slow(String),
    /// It hung up without a word.
    #[error("the scanner at {0} hung up without an answer")]
    Silent(String),
    /// The file is larger than it takes (`StreamMaxLength` of clamd).
    #[error("the scanner at {0} takes no file of this size: raise `StreamMaxLength` in clamd.conf")]
    Large(String),
    /// It said something else.
    #[error("the scanner at {0} answered {1:?}")]
    Strange(String, String),
    /// Our own disk said no.
    #[error("the file could not be read for the scanner")]
    Disk(#[from] std::io::Error),
}

/// Where it listens.
#[derive(Clone, Debug)]
enum Address {
    /// `host:port`.
    Tcp(String),
    /// A socket file.
    Socket(PathBuf),
}

/// The scanner.
#[derive(Clone, Debug)]
pub(crate) struct Scanner {
    address: Address,
    words: String,
    patience: Duration,
}

impl Scanner {
    /// The scanner that `config` names; `None` where files are not scanned.
    ///
    /// # Errors
    ///
    /// What is wrong with its address.
    pub(crate) fn of(config: &Clamd) -> Result<Option<Self>, String> {
        let Some(words) = config.address.clone() else { return Ok(None) };
        let address = if words.starts_with('/') {
            Address::Socket(PathBuf::from(&words))
        } else {
            let (host, port) = words.rsplit_once(':').unwrap_or_default();
            if host.is_empty() || !port.parse::<u16>().is_ok_and(|port| port > 0) {
                return Err("`clamd.address` is neither `host:port` nor the path of a socket".to_owned());
            }
            let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
            let is_here = host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback());
            if !is_here && !config.allow_remote {
                return Err("`clamd.address` is another machine, and clamd speaks without encryption: who sits between reads every \
                     attachment. Run it on this machine, or write `allow_remote = true` where the network between is closed to others"
                    .to_owned());
            }
            Address::Tcp(words.clone())
        };
        Ok(Some(Self { address, words, patience: PATIENCE }))
    }

    /// The same, less patient.
    #[cfg(test)]
    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Has a file scanned from its beginning.
    ///
    /// # Errors
    ///
    /// When that was not done.
    pub(super) async fn scan(&self, file: std::fs::File) -> Result<Verdict, ScanFault> {
        let mut file = File::from_std(file);
        file.rewind().await?;
        let (said, is_whole) = timeout(self.patience, self.asked(file)).await.map_err(|_| self.slow())??;
        self.judged(&said, is_whole)
    }

    fn slow(&self) -> ScanFault {
        ScanFault::Slow(self.words.clone())
    }

    fn unreachable(&self, source: std::io::Error) -> ScanFault {
        ScanFault::Unreachable(self.words.clone(), source)
    }

    async fn asked(&self, file: File) -> Result<(Vec<u8>, bool), ScanFault> {
        let slow = |_| self.slow();
        match &self.address {
            Address::Tcp(address) => {
                let stream = timeout(CONNECT, TcpStream::connect(address)).await.map_err(slow)?;
                self.talk(stream.map_err(|error| self.unreachable(error))?, file).await
            }
            Address::Socket(path) => {
                let stream = timeout(CONNECT, UnixStream::connect(path)).await.map_err(slow)?;
                self.talk(stream.map_err(|error| self.unreachable(error))?, file).await
            }
        }
    }

    /// What it said, and whether it had all of the file by then. It speaks before where it takes no more; then the line breaks for who
    /// only writes, so both ends are looked after at once.
    async fn talk<S: AsyncRead + AsyncWrite>(&self, stream: S, file: File) -> Result<(Vec<u8>, bool), ScanFault> {
        let (reading, writing) = tokio::io::split(stream);
        let mut sending = std::pin::pin!(send(writing, file));
        let mut hearing = std::pin::pin!(hear(reading));
        let (said, sent) = tokio::select! {
            biased;
            sent = &mut sending => (hearing.await, Some(sent)),
            said = &mut hearing => (said, None),
        };
        let is_whole = matches!(sent, Some(Ok(())));
        match (said, sent) {
            (_, Some(Err(Broken::File(error)))) => Err(ScanFault::Disk(error)),
            (Ok(said), _) if !said.is_empty() => Ok((said, is_whole)),
            (_, Some(Err(Broken::Line(error)))) | (Err(error), _) => Err(self.unreachable(error)),
            (Ok(_), _) => Err(ScanFault::Silent(self.words.clone())),
        }
    }

    fn judged(&self, said: &[u8], is_whole: bool) -> Result<Verdict, ScanFault> {
        let said = String::from_utf8_lossy(said);
        let said = said.trim_end_matches(['\0', '\n']);
        if let Some(found) = said.strip_prefix("stream: ").and_then(|rest| rest.strip_suffix(" FOUND")) {
            return Ok(Verdict::Infected(shown(found)));
        }
        match said {
            "stream: OK" if is_whole => Ok(Verdict::Clean),
            "INSTREAM size limit exceeded. ERROR" => Err(ScanFault::Large(self.words.clone())),
            _ => Err(ScanFault::Strange(self.words.clone(), shown(said))),
        }
    }
}

/// A text of the scanner as people may be shown it.
fn shown(text: &str) -> String {
    text.chars().filter(|one| one.is_ascii_graphic() || *one == ' ').take(100).collect()
}

/// What broke while the file was sent.
enum Broken {
    File(std::io::Error),
    Line(std::io::Error),
}

/// Pieces, each preceded by its length in four bytes; an empty one ends the file.
async fn send(mut line: impl AsyncWrite + Unpin, mut file: File) -> Result<(), Broken> {
    line.write_all(b"zINSTREAM\0").await.map_err(Broken::Line)?;
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece).await.map_err(Broken::File)?;
        let length = u32::try_from(read).map_err(|error| Broken::File(std::io::Error::other(error)))?;
        line.write_all(&length.to_be_bytes()).await.map_err(Broken::Line)?;
        if read == 0 {
            return line.flush().await.map_err(Broken::Line);
        }
        line.write_all(piece.get(..read).unwrap_or_default()).await.map_err(Broken::Line)?;
    }
}

/// What it says, up to its zero byte or the end of the line. What was said before a line broke counts.
async fn hear(line: impl AsyncRead + Unpin) -> std::io::Result<Vec<u8>> {
    let (mut line, mut said) = (line.take(ANSWER), Vec::new());
    loop {
        match line.read_buf(&mut said).await {
            Ok(0) => return Ok(said),
            Ok(_) if said.contains(&0) => return Ok(said),
            Ok(_) => {}
            Err(_) if !said.is_empty() => return Ok(said),
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::files::tests::clamd::{FakeClamd, Mood};

    fn scanner(address: &str) -> Result<Option<Scanner>, String> {
        Scanner::of(&Clamd { address: Some(address.to_owned()), allow_remote: false })
    }

    /// What the scanner at `address` says of `bytes`.
    async fn said(address: &str, bytes: &[u8]) -> Result<Verdict, ScanFault> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        scanner(address).unwrap().unwrap().with_patience(Duration::from_millis(300)).scan(file).await
    }

    #[test]
    fn an_address_is_of_this_machine_or_a_socket_or_another_by_order() {
        for here in ["127.0.0.1:3310", "localhost:3310", "[::1]:3310", "/run/clamav/clamd.ctl"] {
            assert!(scanner(here).unwrap().is_some(), "{here}");
        }
        for wrong in
            ["", "clamd", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:clamd", ":3310", "10.1.2.3:3310", "clamd.example:3310"]
        {
            assert!(scanner(wrong).is_err(), "{wrong}");
        }
        let ordered = Clamd { address: Some("10.1.2.3:3310".to_owned()), allow_remote: true };
        assert!(Scanner::of(&ordered).unwrap().is_some());
        assert!(Scanner::of(&Clamd::default()).unwrap().is_none());
    }

    #[tokio::test]
    async fn a_clean_file_is_one_of_which_the_scanner_had_every_byte_and_said_so() {
        let clamd = FakeClamd::start(Mood::Clean).await;
        let long = b"0123456789".repeat(100_000);
        for bytes in [b"".as_slice(), b"text", &long] {
            assert_eq!(said(&clamd.address(), bytes).await.unwrap(), Verdict::Clean);
            assert!(clamd.last() == bytes);
        }
        let hasty = FakeClamd::start(Mood::SaysAtOnce("stream: OK\0")).await;
        let at_once = said(&hasty.address(), &b"x".repeat(20_000_000)).await;
        assert!(matches!(at_once, Err(ScanFault::Strange(..))), "{at_once:?}");
    }

    #[tokio::test]
    async fn it_answers_on_a_socket_too() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("clamd.ctl");
        let clamd = FakeClamd::start_on_socket(Mood::Says("stream: Eicar-Test-Signature FOUND\0"), &socket);
        let found = said(socket.to_str().unwrap(), b"text").await.unwrap();
        assert_eq!(found, Verdict::Infected("Eicar-Test-Signature".to_owned()));
        assert_eq!(clamd.last(), b"text");
        assert!(matches!(said("/nowhere/clamd.ctl", b"text").await, Err(ScanFault::Unreachable(..))));
    }

    #[tokio::test]
    async fn whatever_else_it_says_or_does_not_is_no_scan() {
        for (mood, bytes) in [
            (Mood::Says(""), 10),
            (Mood::HangsUpAtOnce, 10),
            (Mood::HangsUpAtOnce, 20_000_000),
            (Mood::Says("stream: Can't allocate memory ERROR\0"), 10),
            (Mood::Says("UNKNOWN COMMAND\0"), 10),
            (Mood::Says("OK\0"), 10),
            (Mood::Says("stream: OKAY\0"), 10),
            (Mood::Says("HTTP/1.1 200 OK\r\n\r\n"), 10),
            (Mood::Says("\u{7}\u{1b}[2J\u{fffd}\0"), 10),
            (Mood::Floods, 10),
            (Mood::SaysNothing, 10),
            (Mood::TakesNothing, 20_000_000),
        ] {
            let clamd = FakeClamd::start(mood).await;
            let verdict = said(&clamd.address(), &vec![b'x'; bytes]).await;
            assert!(verdict.is_err(), "{mood:?}: {verdict:?}");
        }
        // Nobody listens on the port of `tcpmux`.
        assert!(matches!(said("127.0.0.1:1", b"text").await, Err(ScanFault::Unreachable(..))));
        let slow = FakeClamd::start(Mood::SaysNothing).await;
        assert!(matches!(said(&slow.address(), b"text").await, Err(ScanFault::Slow(_))));
        let strange = FakeClamd::start(Mood::Says("\u{1b}[2Jstrange\0")).await;
        let strange = said(&strange.address(), b"text").await.unwrap_err().to_string();
        assert!(strange.ends_with("answered \"[2Jstrange\""), "{strange}");
    }

    #[tokio::test]
    async fn a_file_beyond_its_limit_is_told_from_one_it_could_not_scan() {
        let clamd = FakeClamd::start(Mood::TakesUpTo(100_000)).await;
        assert_eq!(said(&clamd.address(), &vec![b'x'; 100_000]).await.unwrap(), Verdict::Clean);
        for beyond in [100_001, 20_000_000] {
            let large = said(&clamd.address(), &vec![b'x'; beyond]).await;
            assert!(matches!(large, Err(ScanFault::Large(_))), "{large:?}");
        }
    }
}
