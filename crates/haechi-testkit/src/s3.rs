//! An S3 server over a temporary folder, with credentials of its own and the faults a test asks of it.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::header::IF_NONE_MATCH;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::SimpleAuth;
use s3s::dto::PutObjectInput;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Request, S3Result, s3_error};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::{Builder as RuntimeBuilder, Runtime};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The access key it knows.
pub const ACCESS_KEY_ID: &str = "haechi-tests";
/// The secret that goes with it.
pub const SECRET_ACCESS_KEY: &str = "a-secret-of-the-tests-alone";

/// A running server. It stops when dropped, and its objects are gone with it.
pub struct S3Server {
    objects: TempDir,
    address: SocketAddr,
    faults: Arc<Faults>,
    runtime: Option<Runtime>,
}

impl S3Server {
    /// Starts a server on a free port, with one bucket.
    ///
    /// # Errors
    ///
    /// When there is no temporary folder or no port to be had.
    pub fn start(bucket: &str) -> io::Result<Self> {
        let objects = tempfile::tempdir()?;
        std::fs::create_dir(objects.path().join(bucket))?;
        let mut server =
            Self { objects, address: SocketAddr::from(([127, 0, 0, 1], 0)), faults: Arc::default(), runtime: None };
        server.serve()?;
        Ok(server)
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The folder a bucket's objects lie in, for looking at and damaging them.
    pub fn bucket(&self, name: &str) -> PathBuf {
        self.objects.path().join(name)
    }

    /// How many multipart uploads were begun and neither completed nor aborted.
    ///
    /// # Errors
    ///
    /// When the temporary folder cannot be read.
    pub fn open_uploads(&self) -> io::Result<usize> {
        let mut open = 0;
        for entry in std::fs::read_dir(self.objects.path())? {
            open += usize::from(entry?.file_name().to_string_lossy().starts_with(".upload-"));
        }
        Ok(open)
    }

    /// Answers the next `requests` requests with 503 (`SlowDown`).
    pub fn be_busy_for(&self, requests: u64) {
        self.faults.busy.store(requests, Ordering::SeqCst);
    }

    /// Takes `If-None-Match` for nothing from now on, as some servers do.
    pub fn forget_conditions(&self) {
        self.faults.forgets_conditions.store(true, Ordering::SeqCst);
    }

    /// Answers the next request that does `operation` (`UploadPart`) with 503.
    pub fn be_busy_at(&self, operation: &str) {
        if let Ok(mut busy) = self.faults.busy_at.lock() {
            *busy = Some(operation.to_owned());
        }
    }

    /// Waits at the next request that does `operation`. The receiver hears when it came, and is given what lets it go on.
    pub fn linger_at(&self, operation: &str) -> Receiver<tokio::sync::oneshot::Sender<()>> {
        let (sender, receiver) = channel();
        if let Ok(mut linger) = self.faults.linger_at.lock() {
            *linger = Some((operation.to_owned(), sender));
        }
        receiver
    }

    /// Stops, without an answer, at the next request that does `operation` (`PutObject`) on a key that contains `key`.
    pub fn stop_at(&self, operation: &str, key: &str) {
        if let Ok(mut stop) = self.faults.stop_at.lock() {
            *stop = Some((operation.to_owned(), key.to_owned()));
        }
    }

    /// Answers the next request that does `operation` on a key that contains `key` never. The receiver hears when it came.
    pub fn hold_at(&self, operation: &str, key: &str) -> Receiver<()> {
        let (sender, receiver) = channel();
        if let Ok(mut hold) = self.faults.hold_at.lock() {
            *hold = Some((operation.to_owned(), key.to_owned(), sender));
        }
        receiver
    }

    /// How many requests did `operation`.
    pub fn requests(&self, operation: &str) -> usize {
        self.faults.seen.lock().map_or(0, |seen| seen.iter().filter(|name| *name == operation).count())
    }

    /// Stops it: connections end without an answer, new ones are refused.
    pub fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Until the port is free again.
            runtime.shutdown_timeout(Duration::from_secs(30));
        }
    }

    /// Starts it again on the same port over the same objects, without the faults.
    ///
    /// # Errors
    ///
    /// When the port was taken meanwhile.
    pub fn restart(&mut self) -> io::Result<()> {
        self.stop();
        self.faults = Arc::default();
        self.serve()
    }

    fn serve(&mut self) -> io::Result<()> {
        let files =
            s3s_fs::FileSystem::new(self.objects.path()).map_err(|error| io::Error::other(format!("{error:?}")))?;
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY_ID, SECRET_ACCESS_KEY));
        builder.set_access(Gate(Arc::clone(&self.faults)));
        let service = builder.build();
        let runtime = RuntimeBuilder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind(self.address))?;
        self.address = listener.local_addr()?;
        runtime.spawn(accept(listener, service, Arc::clone(&self.faults)));
        self.runtime = Some(runtime);
        Ok(())
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// An operation at which the next request waits, and who hears of it.
type Lingering = (String, Sender<tokio::sync::oneshot::Sender<()>>);

/// What a test asked to go wrong, and what was seen.
#[derive(Default)]
struct Faults {
    busy: AtomicU64,
    busy_at: Mutex<Option<String>>,
    linger_at: Mutex<Option<Lingering>>,
    forgets_conditions: AtomicBool,
    stop_at: Mutex<Option<(String, String)>>,
    hold_at: Mutex<Option<(String, String, Sender<()>)>>,
    stopped: Notify,
    seen: Mutex<Vec<String>>,
}

/// Takes connections until a fault stops it; then all of them end, answered or not.
async fn accept(listener: TcpListener, service: S3Service, faults: Arc<Faults>) {
    // The file system looks whether an object is there and then writes it; of two at once both would.
    let one_creates = Arc::new(tokio::sync::Mutex::new(()));
    let mut connections = JoinSet::new();
    loop {
        let stream = tokio::select! {
            () = faults.stopped.notified() => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => continue,
            },
        };
        let (service, one_creates) = (service.clone(), Arc::clone(&one_creates));
        let guarded = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let (service, one_creates) = (service.clone(), Arc::clone(&one_creates));
            async move {
                let _creates = match request.headers().contains_key(IF_NONE_MATCH) {
                    true => Some(one_creates.lock_owned().await),
                    false => None,
                };
                service.call(request.map(s3s::Body::from)).await
            }
        });
        connections.spawn(async move {
            Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), guarded).await.ok();
        });
    }
}

/// Stands between the signature check and the objects.
struct Gate(Arc<Faults>);

#[async_trait::async_trait]
impl S3Access for Gate {
    async fn check(&self, cx: &mut S3AccessContext<'_>) -> S3Result<()> {
        if cx.credentials().is_none() {
            return Err(s3_error!(AccessDenied, "Not signed"));
        }
        let operation = cx.s3_op().name();
        if let Ok(mut seen) = self.0.seen.lock() {
            seen.push(operation.to_owned());
        }
        if self.0.busy.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Err(s3_error!(SlowDown, "Please reduce your request rate"));
        }
        let is_busy = self.0.busy_at.lock().is_ok_and(|mut busy| busy.take_if(|at| at == operation).is_some());
        if is_busy {
            return Err(s3_error!(SlowDown, "Please reduce your request rate"));
        }
        let lingering = self.0.linger_at.lock().ok().and_then(|mut linger| linger.take_if(|(at, _)| at == operation));
        if let Some((_, came)) = lingering {
            let (go_on, goes_on) = tokio::sync::oneshot::channel();
            came.send(go_on).ok();
            goes_on.await.ok();
        }
        let key = cx.s3_path().as_object().map_or("", |(_, key)| key);
        let is_it = |at: &str, part: &str| at == operation && key.contains(part);
        let held = self.0.hold_at.lock().ok().and_then(|mut hold| hold.take_if(|(at, part, _)| is_it(at, part)));
        if let Some((_, _, came)) = held {
            came.send(()).ok();
            std::future::pending::<()>().await;
        }
        let stops = self.0.stop_at.lock().is_ok_and(|stop| stop.as_ref().is_some_and(|(at, part)| is_it(at, part)));
        if stops {
            self.0.stopped.notify_one();
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    async fn put_object(&self, request: &mut S3Request<PutObjectInput>) -> S3Result<()> {
        if self.0.forgets_conditions.load(Ordering::SeqCst) {
            request.input.if_none_match = None;
        }
        Ok(())
    }
}
