//! `haechi serve` and `haechi worker`

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use haechi_core::time::SystemClock;
use haechi_detect::error::EngineError;
use haechi_office::elsewhere::Elsewhere;
use haechi_office::health::logs::{self, Level};
use haechi_office::office::Office;
use haechi_office::{sign_in, timed, web};

use super::engine::{Desk, Engine};
use super::office::OfficeFolder;
use super::{Data, Resources};
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
        logs::begin(Level::INFO);
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        sign_in::ready(&office).map_err(|error| anyhow::anyhow!("`oidc` in office.toml: {error}"))?;
        let told = |address| output::line(format!("The office is at {address}. Ctrl-C ends it."));
        let serving = serve(office.clone(), told);
        match self.data.filter(|_| !self.no_worker) {
            Some(data) => {
                let engine = Engine { data: Data { data }.open()?, resources: self.resources };
                let every = Duration::from_secs(self.every.max(1) * 60);
                let desk = Desk::Here(office);
                tokio::select! {
                    served = serving => served?,
                    () = engine.work(&desk, every) => {}
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
        logs::begin(Level::INFO);
        let engine = Engine { data: self.data.open()?, resources: self.resources };
        let desk = Desk::There(Elsewhere::new(&self.office, token)?);
        if self.every > 0 {
            engine.work(&desk, Duration::from_secs(self.every * 60)).await;
        }
        let task = desk.begin(true).await?.ok_or_else(|| {
            EngineError::Asked("Another engine is at work for this government. Run again when it has ended.".to_owned())
        })?;
        output::line(engine.round(&desk, task).await?)?;
        Ok(Exit::Done)
    }
}
