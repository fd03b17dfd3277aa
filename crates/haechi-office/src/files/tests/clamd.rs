//! A scanner that behaves as well or ill as a test wants.

use std::path::Path;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixListener};

/// How a scanner is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mood {
    /// It finds nothing.
    Clean,
    /// It has all of a file, says this, and hangs up.
    Says(&'static str),
    /// It says this before it has anything, and listens on.
    SaysAtOnce(&'static str),
    /// It has all of a file, and says nothing.
    SaysNothing,
    /// It takes the call, and nothing else.
    TakesNothing,
    /// It hangs up with the first bytes.
    HangsUpAtOnce,
    /// It says more than anybody wants to hear.
    Floods,
    /// It takes so many bytes, and says so to who sends more.
    TakesUpTo(usize),
}

/// A scanner on 127.0.0.1 or a socket.
#[derive(Clone)]
pub(crate) struct FakeClamd {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    last: Arc<Mutex<Vec<u8>>>,
}

impl FakeClamd {
    pub(crate) async fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let this = Self { port, mood: Arc::new(Mutex::new(mood)), last: Arc::default() };
        let serving = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().serve(stream));
            }
        });
        this
    }

    pub(crate) fn start_on_socket(mood: Mood, path: &Path) -> Self {
        let listener = UnixListener::bind(path).unwrap();
        let this = Self { port: 0, mood: Arc::new(Mutex::new(mood)), last: Arc::default() };
        let serving = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().serve(stream));
            }
        });
        this
    }

    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The file it had last.
    pub(crate) fn last(&self) -> Vec<u8> {
        self.last.lock().unwrap().clone()
    }

    async fn serve(self, mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Option<()> {
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::TakesNothing => return std::future::pending().await,
            Mood::SaysAtOnce(text) => stream.write_all(text.as_bytes()).await.ok()?,
            _ => {}
        }
        let mut command = [0; 10];
        stream.read_exact(&mut command).await.ok()?;
        assert_eq!(&command, b"zINSTREAM\0");
        let mut file = Vec::new();
        loop {
            let length = usize::try_from(stream.read_u32().await.ok()?).unwrap();
            match mood {
                Mood::HangsUpAtOnce => return None,
                Mood::TakesUpTo(most) if file.len() + length > most => {
                    stream.write_all(b"INSTREAM size limit exceeded. ERROR\0").await.ok()?;
                    return None;
                }
                _ if length == 0 => break,
                _ => {}
            }
            let from = file.len();
            file.resize(from + length, 0);
            stream.read_exact(&mut file[from..]).await.ok()?;
        }
        *self.last.lock().unwrap() = file;
        match mood {
            Mood::Says(text) => stream.write_all(text.as_bytes()).await.ok(),
            Mood::SaysNothing | Mood::SaysAtOnce(_) => std::future::pending().await,
            Mood::Floods => loop {
                stream.write_all(&[b'x'; 1_024]).await.ok()?;
            },
            _ => stream.write_all(b"stream: OK\0").await.ok(),
        }
    }
}
