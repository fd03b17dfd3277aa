//! `haechi serve` and `haechi worker`

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use haechi_core::time::SystemClock;
use haechi_detect::error::EngineError;
use haechi_detect::run::{RunOptions, detect};
use haechi_detect::store::DataFolder;
use haechi_office::office::Office;
use haechi_office::policy::Actor;
use haechi_office::slices::people;
use haechi_office::{ingest, sign_in, timed, web};

use super::office::{OfficeFolder, tenant};
use super::{Data, Resources, catalogue, government, journaled, parameters};
use crate::exit::Exit;
use crate::output;

/// Serve the office: pages, API and what falls due by time
///
/// Listens on 127.0.0.1 unless `office.toml` in its folder says otherwise; TLS is a proxy's. With --data an engine runs beside it
/// and hands its runs in; without, `haechi worker` does so from where the exports are.
#[derive(Debug, clap::Args)]
pub struct Serve {
    #[command(flatten)]
    folder: OfficeFolder,
    /// The data folder of the engine that runs beside the office
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    data: Option<PathBuf>,
    /// No engine beside the office, though a data folder is named
    #[arg(long)]
    no_worker: bool,
    /// Minutes between two runs of the engine
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    every: u64,
    #[command(flatten)]
    resources: Resources,
}

impl Serve {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        sign_in::ready(&office).map_err(|error| anyhow::anyhow!("`oidc` in office.toml: {error}"))?;
        let told = |address| output::line(format!("The office is at {address}. Ctrl-C ends it."));
        let serving = serve(office.clone(), told);
        match self.data.filter(|_| !self.no_worker) {
            Some(data) => {
                let engine = Engine { data: Data { data }.open()?, resources: self.resources };
                let every = Duration::from_secs(self.every.max(1) * 60);
                tokio::select! {
                    served = serving => served?,
                    () = beside(office, engine, every) => {}
                }
            }
            None => serving.await?,
        }
        Ok(Exit::Done)
    }
}

/// Serves an office until Ctrl-C or SIGTERM; `told` gets its address once it listens.
pub async fn serve(office: Office, told: impl FnOnce(String) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let listen = office.config().listen;
    let listener = tokio::net::TcpListener::bind(listen).await.with_context(|| format!("Cannot listen on {listen}"))?;
    let address = listener.local_addr()?;
    let timed = tokio::spawn(timed::run(office.clone()));
    told(format!("http://{address}"))?;
    if !web::is_built() {
        eprintln!(
            "This program was built without its look (`cargo x assets` makes it): pages are plain, and do the same."
        );
    }
    let served = web::serve(listener, &office, ended()).await;
    timed.abort();
    Ok(served?)
}

/// Ctrl-C, or what a service manager sends.
async fn ended() {
    let term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    match term {
        Ok(mut term) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
        }
        Err(_) => {
            tokio::signal::ctrl_c().await.ok();
        }
    }
}

/// An engine and what it may use.
struct Engine {
    data: DataFolder,
    resources: Resources,
}

impl Engine {
    /// Runs every scenario and writes the run as it is handed in.
    async fn run(&self, file: &std::path::Path) -> anyhow::Result<()> {
        let code = government(&self.data, None).await?;
        let options = RunOptions {
            as_of: None,
            only: Vec::new(),
            limits: self.resources.limits(&self.data)?,
            time_limit: Duration::from_secs(600),
            parameters: parameters(&self.data)?,
        };
        let ran = detect(&self.data, &code, &catalogue(&self.data)?, &options).await.map_err(anyhow::Error::from);
        let ran = journaled(&self.data, "worker", &[], ran)?;
        write(file, &ran)
    }
}

/// Writes a run as the office takes it: its report, then its findings, a line each.
pub fn write(file: &std::path::Path, ran: &haechi_detect::run::Ran) -> anyhow::Result<()> {
    let mut text = serde_json::to_vec(&ran.report)?;
    text.push(b'\n');
    text.extend_from_slice(ran.findings.bytes());
    std::fs::write(file, text).with_context(|| format!("Cannot write {}", file.display()))
}

/// Hands a run in that lies in `file`, as the engine of the office itself.
pub async fn hand_in(office: &Office, file: &std::path::Path) -> anyhow::Result<ingest::Received> {
    let tenant = tenant(office, None).await?;
    let tx = office.db().read(tenant).await?;
    let directory = people::directory(office, &tx).await?;
    drop(tx);
    let engine = Actor::engine(tenant, "engine".to_owned(), directory, office.today());
    Ok(ingest::receive(office, &engine, file).await?)
}

/// The engine beside the office, run after run. What goes wrong is said and tried again.
async fn beside(office: Office, engine: Engine, every: Duration) {
    let file = engine.data.root().join("tmp").join("office-run.jsonl");
    loop {
        let tried = async {
            engine.run(&file).await?;
            hand_in(&office, &file).await
        };
        match tried.await {
            Ok(received) => {
                let told = format!(
                    "A run was taken in: {} new, {} seen, {} gone.",
                    received.new, received.seen, received.gone
                );
                output::line(told).ok();
            }
            Err(error) => eprintln!("The engine's run was not taken in: {error:#}"),
        }
        tokio::time::sleep(every).await;
    }
}

/// Run the engine where the exports are, and hand its runs to an office
#[derive(Debug, clap::Args)]
pub struct Worker {
    #[command(flatten)]
    data: Data,
    /// The office's address: https, or this machine
    #[arg(long, value_name = "URL")]
    office: String,
    /// Minutes between two runs; 0 runs once
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    every: u64,
    #[command(flatten)]
    resources: Resources,
}

/// The token with which runs are handed in.
const TOKEN: &str = "HAECHI_TOKEN";

impl Worker {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let token = std::env::var(TOKEN).map_err(|_| {
            EngineError::Asked(format!("{TOKEN} is not set. `haechi office token` makes one; it is given by the environment, never on the command line."))
        })?;
        let engine = Engine { data: self.data.open()?, resources: self.resources };
        let file = engine.data.root().join("tmp").join("worker-run.jsonl");
        loop {
            engine.run(&file).await?;
            let answer = ingest::hand_over(&self.office, &token, &file).await;
            match answer {
                Ok(answer) => output::line(format!("Handed in: {answer}"))?,
                Err(error) if self.every == 0 => return Err(error.into()),
                // The run lies in the data folder; the next round hands in what is true then.
                Err(error) => eprintln!("The office did not take the run: {error}"),
            }
            if self.every == 0 {
                return Ok(Exit::Done);
            }
            tokio::time::sleep(Duration::from_secs(self.every * 60)).await;
        }
    }
}
