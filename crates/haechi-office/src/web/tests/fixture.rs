//! The office on a free port of this machine, for tools that try the API from outside.

use std::io::{Read as _, Write as _};

use serde_json::json;
use tokio::net::TcpListener;

use super::{sweep, token};
use crate::config::Config;
use crate::policy::Role;
use crate::slices::people;
use crate::testing::TestOffice;
use crate::web;

/// ```text
/// cargo test -p haechi-office --lib -- --ignored --nocapture --exact web::tests::fixture::serves
/// schemathesis run $URL/api/v1/openapi.json -H "Authorization: Bearer $TOKEN" -c all \
///     --exclude-checks positive_data_acceptance --exclude-operation-id post_runs --max-time 55
/// ```
///
/// Once for each of the tokens of people. What fits the schema may still be refused by a rule (a day that has passed, a revision that
/// is not said), so that check is left out; a run is JSON Lines, which the tool cannot make.
///
/// Prints a line of JSON (`url`, `tokens` by role, `ids` of records) and serves until its input ends. On PostgreSQL, which takes
/// less than SQLite; the clock stands still, so the share of a minute is made large.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "serves until its input ends"]
async fn serves() {
    let config = Config { requests_a_minute: 10_000_000, ..Config::default() };
    let [_, office] = TestOffice::both_with(config).await;
    let records = sweep::records(&office).await;
    for role in [Role::Administrator, Role::IntegrityOfficer] {
        people::grant_by_installation(&office.office, office.tenant, office.person("A2").await, role).await.unwrap();
    }
    let person = ["read", "write"];
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let said = json!({
        "url": format!("http://{}", listener.local_addr().unwrap()),
        "tokens": {
            "auditor": token(&office, Some("A2"), &person).await,
            "handler": token(&office, Some("Kim"), &person).await,
            "manager": token(&office, Some("H"), &person).await,
            "engine": token(&office, None, &["runs"]).await,
        },
        "ids": records.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
    });
    println!("{said}");
    std::io::stdout().flush().unwrap();
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    let served = axum::serve(listener, web::service(&office.office));
    served.with_graceful_shutdown(async { drop(ended.await) }).await.unwrap();
}
