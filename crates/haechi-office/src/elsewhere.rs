//! The office from where an engine is that runs on another machine: what it is asked, told and handed by HTTP with a token.

use std::path::Path;
use std::time::Duration;

use haechi_core::decided::Decided;
use reqwest::Method;

use crate::ids::RunId;
use crate::slices::runs::tasks::{Step, TaskId};

/// Why an office did not answer as it should.
#[derive(Debug, thiserror::Error)]
pub enum ElsewhereError {
    /// An address that would show the token and the run to who listens.
    #[error("`{0}` is neither https nor this machine")]
    Unsafe(String),
    /// The file cannot be read.
    #[error("the run cannot be read")]
    Read(#[from] std::io::Error),
    /// The office cannot be reached.
    #[error("the office cannot be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// The office said no.
    #[error("the office answered {status}: {answer}")]
    Refused {
        /// The status.
        status: u16,
        /// What it said.
        answer: String,
    },
    /// The office answered with something else than this version expects.
    #[error("the office answered what this version does not understand: {0}")]
    Strange(#[from] serde_json::Error),
    /// What was decided came in another format.
    #[error("the office tells what was decided in format {0}, and this version reads {own}", own = haechi_core::decided::FORMAT)]
    Format(u32),
}

/// Seconds a small question may take. Handing in may take as long as it takes.
const SHORT: Duration = Duration::from_secs(30);

/// An office elsewhere.
#[derive(Clone)]
pub struct Elsewhere {
    address: String,
    token: String,
    client: reqwest::Client,
}

// The token is not to be printed with whatever holds this.
impl std::fmt::Debug for Elsewhere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Elsewhere").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Elsewhere {
    /// The office at `address`, with the token of an engine.
    ///
    /// # Errors
    ///
    /// An address without TLS that is not this machine's.
    pub fn new(address: &str, token: String) -> Result<Self, ElsewhereError> {
        let parsed = url::Url::parse(address).map_err(|_| ElsewhereError::Unsafe(address.to_owned()))?;
        let is_here = matches!(parsed.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if parsed.scheme() != "https" && !is_here {
            return Err(ElsewhereError::Unsafe(address.to_owned()));
        }
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { address: address.trim_end_matches('/').to_owned(), token, client })
    }

    async fn told(&self, asked: reqwest::RequestBuilder) -> Result<String, ElsewhereError> {
        // The token stands in a header, and no error repeats headers.
        let answer = asked.bearer_auth(&self.token).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        if status.is_success() {
            Ok(text)
        } else {
            Err(ElsewhereError::Refused { status: status.as_u16(), answer: text })
        }
    }

    fn ask(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}/api/v1/{path}", self.address)).timeout(SHORT)
    }

    async fn send(&self, path: &str, body: &serde_json::Value) -> Result<String, ElsewhereError> {
        let asked = self.ask(Method::POST, path).header("content-type", "application/json").body(body.to_string());
        self.told(asked).await
    }

    /// What was decided about scenarios.
    ///
    /// # Errors
    ///
    /// An office that cannot be reached, says no, or is of another version.
    pub async fn decided(&self) -> Result<Decided, ElsewhereError> {
        let decided: Decided = serde_json::from_str(&self.told(self.ask(Method::GET, "engine/decided")).await?)?;
        // Run without what was decided, scenarios would ask with values nobody approved.
        if decided.format != haechi_core::decided::FORMAT {
            return Err(ElsewhereError::Format(decided.format));
        }
        Ok(decided)
    }

    /// Whether there is something to do now; `due` where it is time by the engine's clock.
    ///
    /// # Errors
    ///
    /// As [`Self::decided`].
    pub async fn begin(&self, due: bool) -> Result<Option<TaskId>, ElsewhereError> {
        #[derive(serde::Deserialize)]
        struct Begun {
            task: Option<TaskId>,
        }
        let begun = self.send("engine/tasks/begin", &serde_json::json!({ "due": due })).await?;
        Ok(serde_json::from_str::<Begun>(&begun)?.task)
    }

    /// Says how far it is.
    ///
    /// # Errors
    ///
    /// As [`Self::decided`].
    pub async fn progress(&self, task: TaskId, step: &Step) -> Result<(), ElsewhereError> {
        let step = serde_json::to_value(step)?;
        self.send(&format!("engine/tasks/{task}/progress"), &step).await.map(drop)
    }

    /// Says that it ended.
    ///
    /// # Errors
    ///
    /// As [`Self::decided`].
    pub async fn end(
        &self,
        task: TaskId,
        failed: bool,
        run: Option<RunId>,
        message: &str,
    ) -> Result<(), ElsewhereError> {
        let ended = serde_json::json!({ "failed": failed, "run": run, "message": message });
        self.send(&format!("engine/tasks/{task}/end"), &ended).await.map(drop)
    }

    /// Hands the run in `file` in, and returns what the office answered.
    ///
    /// # Errors
    ///
    /// A file that cannot be read; an office that cannot be reached or says no.
    pub async fn hand_over(&self, file: &Path) -> Result<String, ElsewhereError> {
        let file = tokio::fs::File::open(file).await?;
        let asked = self.client.post(format!("{}/api/v1/runs", self.address));
        self.told(asked.header("content-type", "application/x-ndjson").body(reqwest::Body::from(file))).await
    }
}
