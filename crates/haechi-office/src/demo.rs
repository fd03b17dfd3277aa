//! What the demonstration needs of an office: who has the most to do, and a visitor who signs in and looks.

use crate::ids::{PersonId, TenantId};
use crate::office::Office;
use crate::slices::cases;

/// Why the visitor did not see what they should.
#[derive(Debug, thiserror::Error)]
pub enum VisitError {
    /// The office did not answer.
    #[error("the office did not answer: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// It answered something else.
    #[error("{0}")]
    Unexpected(String),
}

/// Who has open cases to answer, those with the most first.
///
/// # Errors
///
/// When the database does not answer.
pub async fn busiest(office: &Office, tenant: TenantId) -> Result<Vec<(PersonId, u64)>, sea_orm::DbErr> {
    let tx = office.db().read(tenant).await?;
    let mut all: Vec<(PersonId, u64)> = cases::handlers(&tx, office.now()).await?;
    all.sort_by_key(|one| std::cmp::Reverse(one.1));
    Ok(all)
}

/// Signs in at `address` as a browser does, without scripts, and returns the first page as text.
///
/// # Errors
///
/// When the office does not answer, or does not let the visitor in.
pub async fn visit(address: &str, login: &str, password: &str) -> Result<String, VisitError> {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("login", login), ("password", password), ("next", "/")])
        .finish();
    let answer = client
        .post(format!("{address}/sign-in"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await?;
    let cookies: Vec<&str> = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok()?.split(';').next())
        .collect();
    if answer.status().as_u16() != 303 || cookies.is_empty() {
        return Err(VisitError::Unexpected(format!("signing in was answered with {}", answer.status())));
    }
    let cookies = cookies.join("; ");
    let page = client.get(format!("{address}/")).header("cookie", cookies).send().await?;
    if !page.status().is_success() {
        return Err(VisitError::Unexpected(format!("the first page was answered with {}", page.status())));
    }
    Ok(page.text().await?)
}
