//! Reading: a year of cases in every state, people who are signed in, and pages asked for at a steady rate.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use haechi_office::config::Config;
use haechi_office::db::Settings;
use haechi_office::ids::TenantId;
use haechi_office::policy::Role;
use haechi_office::slices::people;
use haechi_office::slices::statistics::of_governments;
use haechi_office::{sign_in, timed, web};
use hdrhistogram::Histogram;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use tower::ServiceExt as _;

use crate::government::{Chance, Trouble, open};
use crate::say;

/// Who of each government is signed in: the audit office's head, a team's, and two who answer for cases.
const SIGNED_IN: [&str; 4] = ["A", "H1", "K1", "K7"];
/// Seconds over which a page may take longer than the rest while the office and its database become warm.
const WARMING: u64 = 20;

/// The nth last digit of a finding's key, from 0 to 15, as SQL.
fn digit(settings: &Settings, at: u32) -> String {
    let (place, last) = match settings {
        Settings::Postgres { .. } => ("strpos", "right(finding_key, "),
        Settings::Sqlite { .. } => ("instr", "substr(finding_key, -"),
    };
    let one = match settings {
        Settings::Postgres { .. } => format!("left({last}{at}), 1)"),
        Settings::Sqlite { .. } => format!("{last}{at}, 1)"),
    };
    format!("({place}('0123456789abcdef', {one}) - 1)")
}

/// Makes a year of what came at once: of nine cases in ten the way is done, by what their keys say.
pub(crate) async fn spread(folder: &Path, settings: &Settings) -> Result<(), Trouble> {
    let (office, _) = open(folder, settings, 0, Config::default()).await?;
    let tenants: Vec<TenantId> = people::governments(&office).await?.iter().map(|row| row.tenant).collect();
    drop(office);
    let days = format!("(({} * 256 + {} * 16 + {}) % 320)", digit(settings, 1), digit(settings, 2), digit(settings, 3));
    let hours = format!("(1 + {} * 16 + {})", digit(settings, 4), digit(settings, 5));
    let is_closed = format!("{days} > 20 AND {} > 0", digit(settings, 6));
    let outcome = format!(
        "CASE WHEN {0} < 7 THEN 'corrected' WHEN {0} < 13 THEN 'explained' WHEN {0} < 15 THEN 'excluded' ELSE 'referred' END",
        digit(settings, 7)
    );
    let moved = |what: &str, sign: &str, number: &str, unit: &str| match settings {
        Settings::Postgres { .. } => format!("{what} {sign} {number} * interval '1 {unit}'"),
        Settings::Sqlite { .. } => {
            format!("strftime('%Y-%m-%dT%H:%M:%S+00:00', {what}, '{sign}' || {number} || ' {unit}s')")
        }
    };
    let opened = moved("opened_at", "-", &days, "day");
    let done = moved(&opened, "+", &hours, "hour");
    let if_closed = |then: &str, otherwise: &str| format!("CASE WHEN {is_closed} THEN {then} ELSE {otherwise} END");
    let columns = [
        ("opened_at", opened.clone()),
        ("scenario", format!("'card.rule-' || {}", digit(settings, 8))),
        ("state", if_closed("'closed'", "state")),
        ("outcome", if_closed(&outcome, "NULL")),
        ("answered_by", if_closed("handler", "NULL")),
        ("answered_at", if_closed(&done, "NULL")),
        ("approved_at", if_closed(&done, "NULL")),
        ("closed_at", if_closed(&done, "NULL")),
        ("due_at", if_closed("NULL", &moved(&opened, "+", "10", "day"))),
        ("recovered", format!("CASE WHEN {is_closed} AND {0} < 3 THEN 50000 * (1 + {0}) END", digit(settings, 7))),
    ];
    let columns = columns.map(|(column, value)| format!("{column} = {value}")).join(", ");
    let address = match settings {
        Settings::Postgres { owner, .. } => owner.clone(),
        Settings::Sqlite { file } => format!("sqlite://{}", file.display()),
    };
    let database = sea_orm::Database::connect(address).await?;
    say("begin")?;
    for tenant in tenants {
        let tx = database.begin().await?;
        let whose = match settings {
            Settings::Postgres { .. } => {
                tx.execute_unprepared(&format!("SELECT set_config('app.tenant', '{tenant}', true)")).await?;
                format!("'{tenant}'")
            }
            Settings::Sqlite { .. } => format!("X'{}'", tenant.to_string().replace('-', "")),
        };
        tx.execute_unprepared(&format!("UPDATE case_file SET {columns} WHERE tenant = {whose}")).await?;
        tx.commit().await?;
    }
    if let Settings::Postgres { .. } = settings {
        // As its own housekeeping would do overnight.
        database.execute_unprepared("VACUUM ANALYZE").await?;
    } else {
        database.execute_unprepared("ANALYZE").await?;
    }
    say("end 0")
}

/// Gives some people of each government a password and signs them in, by the page as anybody; their cookies lie in `sessions.txt`.
pub(crate) async fn people_in(folder: &Path, settings: &Settings) -> Result<(), Trouble> {
    let (office, _) = open(folder, settings, 0, Config::default()).await?;
    let password = sign_in::passphrase()?;
    let service = web::service(&office);
    let mut lines = String::new();
    say("begin")?;
    for row in people::governments(&office).await? {
        let tx = office.db().read(row.tenant).await?;
        let directory = people::directory(&office, &tx).await?;
        drop(tx);
        for number in SIGNED_IN {
            let Some(person) = directory.with_employee_no(number) else { continue };
            if number == "A" {
                people::grant_by_installation(&office, row.tenant, person.id, Role::Auditor).await?;
            }
            let login = sign_in::set_password(&office, row.tenant, person.id, &password).await?;
            let form = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs([
                    ("government", row.code.as_str()),
                    ("login", &login),
                    ("password", &password),
                    ("next", "/"),
                ])
                .finish();
            let request = Request::post("/sign-in").header("content-type", "application/x-www-form-urlencoded");
            let answer = service.clone().oneshot(request.body(Body::from(form))?).await?;
            if answer.status().as_u16() != 303 {
                return Err(format!("{login} was not let in: {}", answer.status()).into());
            }
            let cookies = answer.headers().get_all("set-cookie").iter();
            let cookies: Vec<&str> = cookies.filter_map(|value| value.to_str().ok()?.split(';').next()).collect();
            lines.push_str(&format!("{number}\t{}\n", cookies.join("; ")));
        }
    }
    std::fs::write(folder.join("sessions.txt"), &lines)?;
    say(&format!("end {}", lines.lines().count()))
}

/// Who is signed in: employee number and cookies.
fn sessions(folder: &Path) -> Result<Vec<(String, String)>, Trouble> {
    let text = std::fs::read_to_string(folder.join("sessions.txt"))?;
    Ok(text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(who, all)| (who.to_owned(), all.to_owned()))
        .collect())
}

/// The office as it serves: pages, and what happens by time. Prints its address, and ends when its input does.
pub(crate) async fn serve(folder: &Path, settings: &Settings) -> Result<(), Trouble> {
    let (office, clock) = open(folder, settings, 0, Config::default()).await?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    say(&format!("http://{}", listener.local_addr()?))?;
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            clock.forward(1);
        }
    });
    tokio::spawn(timed::run(office.clone()));
    let ended = tokio::task::spawn_blocking(|| std::io::Read::read_to_end(&mut std::io::stdin(), &mut Vec::new()));
    Ok(web::serve(listener, &office, async move { drop(ended.await) }).await?)
}

/// A year's statistics: of every government, or the page of the first one's audit office.
pub(crate) async fn statistics(folder: &Path, settings: &Settings, of: &str) -> Result<(), Trouble> {
    let (office, _) = open(folder, settings, 0, Config::default()).await?;
    let there = sessions(folder)?;
    let auditor = there.iter().find(|(who, _)| who == "A").ok_or("nobody is signed in")?;
    let service = web::service(&office);
    say("begin")?;
    if of == "all" {
        let all = of_governments(&office, &"2026".parse()?).await?;
        return say(&format!("end {}", all.all.now.opened));
    }
    let request = Request::get("/statistics?period=2026").header("cookie", &auditor.1).body(Body::empty())?;
    let answer = service.oneshot(request).await?;
    let status = answer.status();
    let length = axum::body::to_bytes(answer.into_body(), usize::MAX).await?.len();
    say(&format!("end {length}"))?;
    if status.is_success() { Ok(()) } else { Err(format!("the page was answered with {status}").into()) }
}

/// The kinds of pages, a quarter each.
const PAGES: [&str; 4] = ["first-page", "list", "case", "statistics"];

struct Asked {
    /// Microseconds that pages of each kind took.
    times: Vec<Histogram<u64>>,
    errors: u64,
    first_error: Option<String>,
}

/// Asks the office, in a process of its own, for pages at a steady rate: each is due at its moment whatever came of those before, and
/// what it took counts from then. Prints `figure PAGE P50 P99 MAX COUNT` (microseconds), `errors N`, `memory KIB` ten times.
pub(crate) async fn read(folder: &Path, words: &[String], seconds: u64, rate: u64) -> Result<(), Trouble> {
    let mut child = std::process::Command::new(std::env::current_exe()?)
        .arg("serve")
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let out = child.stdout.take().ok_or("no output")?;
    let address = BufReader::new(out).lines().next().ok_or("it did not start")??;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let mut people = Vec::new();
    for (who, cookies) in sessions(folder)? {
        let list = client.get(format!("{address}/cases?closed=yes")).header("cookie", &cookies).send().await?;
        let text = list.error_for_status()?.text().await?;
        people.push((who, cookies, case_paths(&text)));
    }
    // Up to a minute, three digits.
    let histogram = || Histogram::<u64>::new_with_bounds(1, 60_000_000, 3);
    let times = PAGES.iter().map(|_| histogram()).collect::<Result<_, _>>()?;
    let asked = Arc::new(Mutex::new(Asked { times, errors: 0, first_error: None }));
    let mut chance = Chance(rate);
    let mut tasks = tokio::task::JoinSet::new();
    // Ticks that were missed come at once afterwards: what is late is asked for all the same.
    let mut ticks = tokio::time::interval(Duration::from_micros(1_000_000 / rate));
    let memory = || memory(child.id());
    say("begin")?;
    for at in 0..(WARMING + seconds) * rate {
        let due = ticks.tick().await;
        let is_warm = at >= WARMING * rate;
        if is_warm && (at - WARMING * rate).is_multiple_of((seconds * rate / 10).max(1)) {
            say(&format!("memory {}", memory()?))?;
        }
        let whole = people.len() as u64;
        let (_, cookies, cases) = &people[usize::try_from(chance.below(whole))?];
        let page = usize::try_from(chance.below(PAGES.len() as u64))?;
        let path = match PAGES[page] {
            "first-page" => "/".to_owned(),
            "list" => LISTS[usize::try_from(chance.below(LISTS.len() as u64))?].to_owned(),
            "case" => cases.get(usize::try_from(chance.below(cases.len().max(1) as u64))?).ok_or("no case")?.clone(),
            page => format!("/{page}"),
        };
        let request = client.get(format!("{address}{path}")).header("cookie", cookies);
        let asked = is_warm.then(|| asked.clone());
        tasks.spawn(async move {
            let got = async { request.send().await?.error_for_status()?.bytes().await }.await;
            let took = u64::try_from(due.elapsed().as_micros()).unwrap_or(u64::MAX);
            let Some(asked) = asked else { return };
            let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
            match got {
                Ok(body) if !body.is_empty() => asked.times[page].saturating_record(took),
                got => {
                    asked.errors += 1;
                    asked.first_error.get_or_insert(format!("{path}: {got:?}"));
                }
            }
        });
        while tasks.try_join_next().is_some() {}
    }
    while tasks.join_next().await.is_some() {}
    say(&format!("memory {}", memory()?))?;
    drop(child.stdin.take());
    child.wait()?;
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    let mut all = histogram()?;
    for (page, times) in PAGES.into_iter().zip(&asked.times) {
        figure(page, times)?;
        all.add(times)?;
    }
    figure("all", &all)?;
    if let Some(error) = &asked.first_error {
        eprintln!("the first error: {error}");
    }
    say(&format!("errors {}", asked.errors))?;
    say(&format!("end {}", all.len()))
}

/// Lists as people ask for them.
const LISTS: [&str; 4] =
    ["/cases", "/cases?late=yes", "/cases?closed=yes&order=newest", "/cases?state=with_handler&severity=medium"];

fn figure(page: &str, times: &Histogram<u64>) -> Result<(), Trouble> {
    let at = |quantile| times.value_at_quantile(quantile);
    say(&format!("figure {page} {} {} {} {}", at(0.5), at(0.99), times.max(), times.len()))
}

/// The cases that a page leads to.
fn case_paths(html: &str) -> Vec<String> {
    let links = html.split("href=\"/cases/").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|id| id.len() == 36).map(|id| format!("/cases/{id}")).collect()
}

/// How much memory a process holds, in KiB.
fn memory(process: u32) -> Result<u64, Trouble> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no memory")?;
    Ok(held.trim().trim_end_matches(" kB").parse()?)
}
