//! Servers that take messages and remember them, as well or ill as a test wants.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// How a mail server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Well,
    /// It hangs up at once.
    Dead,
    /// It does not take us as sender.
    RefusesSender,
    /// It knows no such recipient, and says which.
    RefusesRecipient,
    /// It wants the message later.
    Busy,
}

/// How a mail server speaks.
#[derive(Clone)]
pub(super) enum Speech {
    Plain,
    /// TLS from the first byte.
    Tls(TlsAcceptor),
    /// TLS once it is asked for, and nothing before.
    StartTls(TlsAcceptor),
}

/// A mail as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mail {
    pub(super) to: String,
    pub(super) raw: String,
}

impl Mail {
    /// The header lines, unfolded.
    pub(super) fn headers(&self) -> Vec<String> {
        let (head, _) = self.raw.split_once("\r\n\r\n").unwrap();
        head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
    }

    pub(super) fn header(&self, name: &str) -> String {
        let found =
            self.headers().into_iter().find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(": ")?.to_owned()));
        found.unwrap_or_else(|| panic!("no {name} in {}", self.raw))
    }

    /// The subject as it is read: encoded words decoded, the spaces between two of them left out.
    pub(super) fn subject(&self) -> String {
        let mut subject = String::new();
        let mut was_encoded = true;
        for word in self.header("Subject").split(' ') {
            let encoded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
            if !(was_encoded && encoded.is_some() || subject.is_empty()) {
                subject.push(' ');
            }
            match encoded {
                Some(encoded) => subject.push_str(&String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap()),
                None => subject.push_str(word),
            }
            was_encoded = encoded.is_some();
        }
        subject
    }

    /// The text as it is read.
    pub(super) fn body(&self) -> String {
        let (_, body) = self.raw.split_once("\r\n\r\n").unwrap();
        assert_eq!(self.header("Content-Transfer-Encoding"), "base64");
        let encoded: String = body.trim_end_matches("\r\n.\r\n").split_whitespace().collect();
        String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap()
    }
}

/// A mail server.
#[derive(Clone)]
pub(super) struct SmtpServer {
    pub(super) port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
    mood: Arc<Mutex<Mood>>,
    calls: Arc<Mutex<u32>>,
    left: Arc<Mutex<Option<u32>>>,
    said: Arc<Mutex<String>>,
    speech: Speech,
}

impl SmtpServer {
    pub(super) async fn start() -> Self {
        Self::speaking(Speech::Plain).await
    }

    /// One that speaks TLS, at once or when asked to.
    pub(super) async fn speaking(speech: Speech) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let this = Self {
            port: listener.local_addr().unwrap().port(),
            mails: Arc::default(),
            mood: Arc::new(Mutex::new(Mood::Well)),
            calls: Arc::default(),
            left: Arc::default(),
            said: Arc::default(),
            speech,
        };
        let serving = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *serving.calls.lock().unwrap() += 1;
                if serving.mood() != Mood::Dead {
                    tokio::spawn(serving.clone().serve(stream));
                }
            }
        });
        this
    }

    fn mood(&self) -> Mood {
        *self.mood.lock().unwrap()
    }

    pub(super) fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// It takes so many mails more, and is dead.
    pub(super) fn dies_after(&self, mails: u32) {
        *self.left.lock().unwrap() = Some(mails);
    }

    /// How often it was called.
    pub(super) fn calls(&self) -> u32 {
        *self.calls.lock().unwrap()
    }

    /// All that was said to it, mails left out.
    pub(super) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    fn took_one(&self) {
        let mut left = self.left.lock().unwrap();
        *left = left.map(|left| left - 1);
        if *left == Some(0) {
            *left = None;
            self.is(Mood::Dead);
        }
    }

    /// What came since it was asked last.
    pub(super) fn mails(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.mails.lock().unwrap())
    }

    async fn serve(self, stream: TcpStream) -> Option<()> {
        match self.speech.clone() {
            Speech::Plain => self.talk(stream, "220 sink\r\n", "250 ok\r\n").await,
            Speech::Tls(tls) => {
                let stream = tls.accept(stream).await.ok()?;
                self.talk(stream, "220 sink\r\n", "250-sink\r\n250 AUTH PLAIN\r\n").await
            }
            Speech::StartTls(tls) => {
                let mut stream = BufReader::new(stream);
                stream.write_all(b"220 sink\r\n").await.ok()?;
                let mut line = String::new();
                while !line.starts_with("STARTTLS") {
                    line.clear();
                    if stream.read_line(&mut line).await.ok()? == 0 {
                        return None;
                    }
                    self.said.lock().unwrap().push_str(&line);
                    let answer = match line.split([' ', '\r']).next()? {
                        "EHLO" => "250-sink\r\n250 STARTTLS\r\n",
                        "STARTTLS" => "220 go on\r\n",
                        _ => "530 TLS first\r\n",
                    };
                    stream.write_all(answer.as_bytes()).await.ok()?;
                }
                let stream = tls.accept(stream.into_inner()).await.ok()?;
                self.said.lock().unwrap().push_str("(from here on in TLS)\n");
                self.talk(stream, "", "250-sink\r\n250 AUTH PLAIN\r\n").await
            }
        }
    }

    async fn talk(self, stream: impl AsyncRead + AsyncWrite + Unpin, greeting: &str, hello: &str) -> Option<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(greeting.as_bytes()).await.ok()?;
        stream.flush().await.ok()?;
        let mut to = String::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            self.said.lock().unwrap().push_str(&line);
            if self.mood() == Mood::Dead {
                return None;
            }
            let answer = match (line.split([' ', ':', '\r']).next()?, self.mood()) {
                ("MAIL", Mood::RefusesSender) => "550 5.7.1 <haechi@city.example> may not send\r\n".to_owned(),
                ("RCPT", Mood::RefusesRecipient) => format!("550 5.1.1 {} unknown\r\n", line.trim()),
                ("RCPT", Mood::Busy) => format!("451 4.2.1 {} later\r\n", line.trim()),
                ("RCPT", _) => {
                    to = line.trim().trim_start_matches("RCPT TO:").to_owned();
                    "250 ok\r\n".to_owned()
                }
                ("DATA", _) => {
                    stream.write_all(b"354 go on\r\n").await.ok()?;
                    stream.flush().await.ok()?;
                    let mut raw = String::new();
                    while !raw.ends_with("\r\n.\r\n") {
                        if stream.read_line(&mut raw).await.ok()? == 0 {
                            return None;
                        }
                    }
                    self.mails.lock().unwrap().push(Mail { to: std::mem::take(&mut to), raw });
                    self.took_one();
                    "250 taken\r\n".to_owned()
                }
                ("QUIT", _) => "221 bye\r\n".to_owned(),
                ("EHLO", _) => hello.to_owned(),
                ("AUTH", _) => "235 ok\r\n".to_owned(),
                _ => "250 ok\r\n".to_owned(),
            };
            stream.write_all(answer.as_bytes()).await.ok()?;
            stream.flush().await.ok()?;
        }
    }
}

/// A text as the gateway was sent it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Posted {
    pub(super) key: String,
    pub(super) token: Option<String>,
    pub(super) body: serde_json::Value,
}

/// A gateway for text messages.
#[derive(Clone)]
pub(super) struct TextServer {
    pub(super) port: u16,
    texts: Arc<Mutex<Vec<Posted>>>,
    answer: Arc<Mutex<StatusCode>>,
}

impl TextServer {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let this = Self {
            port: listener.local_addr().unwrap().port(),
            texts: Arc::default(),
            answer: Arc::new(Mutex::new(StatusCode::ACCEPTED)),
        };
        let router = Router::new().route("/messages", post(Self::take)).with_state(this.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        this
    }

    async fn take(State(this): State<Self>, headers: HeaderMap, body: Bytes) -> StatusCode {
        let answer = *this.answer.lock().unwrap();
        if answer.is_success() {
            let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            this.texts.lock().unwrap().push(Posted {
                key: header("idempotency-key").unwrap(),
                token: header("authorization"),
                body: serde_json::from_slice(&body).unwrap(),
            });
        }
        answer
    }

    pub(super) fn answers(&self, status: u16) {
        *self.answer.lock().unwrap() = StatusCode::from_u16(status).unwrap();
    }

    /// What came since it was asked last.
    pub(super) fn texts(&self) -> Vec<Posted> {
        std::mem::take(&mut *self.texts.lock().unwrap())
    }
}
