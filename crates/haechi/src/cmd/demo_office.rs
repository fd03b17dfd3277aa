//! The office of the demonstration: an invented government's people, its alerts, and an account for each role.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use haechi_core::records::{PersonRecord, PlaceRecord, PostRecord, Records, UnitRecord};
use haechi_core::time::SystemClock;
use haechi_core::words::Words;
use haechi_office::clock::MovedClock;
use haechi_office::demo;
use haechi_office::ids::{PersonId, TenantId};
use haechi_office::office::Office;
use haechi_office::policy::Role;
use haechi_office::sign_in::{self, SignInError};
use haechi_office::slices::people;

use super::office::{OfficeFolder, entry, person};
use crate::output;

/// The invented people who are in no export: number, name, unit, whether they head it, role.
const ADDED: [(&str, &str, &str, bool, Option<Role>); 5] = [
    ("D0001", "해시장", "9999000", true, None),
    ("D0002", "나내부", "9999104", false, Some(Role::IntegrityOfficer)),
    ("D0003", "도관리", "9999000", false, Some(Role::Administrator)),
    ("D0004", "옴부즈만", "", false, Some(Role::OutsideConfirmer)),
    ("D0005", "의회열람", "", false, Some(Role::Inspector)),
];

/// An account of the demonstration.
pub struct Account {
    /// What its owner is.
    pub what: String,
    /// Its log-in.
    pub login: String,
    /// Its owner's name.
    pub name: String,
}

/// What was made ready.
pub struct Ready {
    /// The office.
    pub office: Office,
    /// An account for each role.
    pub accounts: Vec<Account>,
    /// Their password, of this demonstration alone.
    pub password: String,
}

/// Completes the invented city's register: its hall, mayor, heads of bureaus, and who has roles in the office.
fn complete(records: &mut Records) {
    let from = records.as_of - haechi_core::time::Days::new(2_000);
    let hall = "9999000";
    for unit in records.units.iter_mut().filter(|unit| unit.parent.is_none()) {
        unit.parent = Some(hall.to_owned());
    }
    records.units.insert(
        0,
        UnitRecord {
            code: hall.to_owned(),
            name: Words::new("해치시", "Haechi City"),
            parent: None,
            from,
            to: None,
            successor: None,
            audits: false,
        },
    );
    let below_hall = |unit: &&UnitRecord| unit.parent.as_deref() == Some(hall);
    let bureaus: Vec<String> = records.units.iter().filter(below_hall).map(|unit| unit.code.clone()).collect();
    let heads = bureaus
        .into_iter()
        .enumerate()
        .map(|(at, code)| (format!("D01{at:02}"), format!("국장{}", at + 1), code, true));
    let added =
        ADDED.map(|(number, name, unit, heads, _)| (number.to_owned(), name.to_owned(), unit.to_owned(), heads));
    for (employee_no, name, unit, heads) in added.into_iter().chain(heads) {
        if !unit.is_empty() {
            records.places.push(PlaceRecord {
                employee_no: employee_no.clone(),
                unit,
                post: if heads { PostRecord::Head } else { PostRecord::Staff },
                duties: Vec::new(),
                from,
                to: None,
                acting: false,
            });
        }
        records.persons.push(PersonRecord { employee_no, name, mail: None, mobile: None, left_on: None });
    }
}

/// The file that keeps by how much the day was moved forward, in seconds.
const MOVED: &str = "demo-day";

/// Opens the demonstration's office, whose day can be moved forward.
async fn open(folder: &Path, listen: SocketAddr) -> anyhow::Result<Office> {
    std::fs::create_dir_all(folder).with_context(|| format!("Cannot make {}", folder.display()))?;
    let kept = folder.join(MOVED);
    let moved = std::fs::read_to_string(&kept).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    let clock = Arc::new(MovedClock::new(SystemClock, moved));
    let of_folder = OfficeFolder { office: folder.to_owned() };
    let office = of_folder.open(clock.clone(), Some(listen)).await?;
    let moved = clock.clone();
    let by = move || moved.moved();
    Ok(office.movable(by, move |seconds| {
        let all = clock.forward(seconds);
        std::fs::write(&kept, all.to_string()).ok();
    }))
}

/// Makes the office ready: government, people, the run, accounts. What is there already stays.
pub async fn ready(folder: &Path, listen: SocketAddr, mut records: Records, run: &Path) -> anyhow::Result<Ready> {
    let office = open(folder, listen).await?;
    complete(&mut records);
    let there = people::governments(&office).await?;
    let tenant = match there.first() {
        Some(row) => row.tenant,
        None => {
            let name = Words::new("해치시(가상)", "Haechi City (invented)");
            people::found(&office, records.government.as_str(), &name, haechi_office::audit::Via::Cli).await?
        }
    };
    let changes = people::take_in(&office, tenant, entry("people.take_in"), &records).await?;
    let is_new = there.is_empty();
    output::line(format!(
        "        {} units and {} officials from the personnel exports",
        records.units.len(),
        records.persons.len()
    ))?;
    if is_new {
        for (number, _, _, _, role) in ADDED {
            if let Some(role) = role {
                people::grant_by_installation(&office, tenant, person(&office, tenant, number).await?, role).await?;
            }
        }
        for auditor in auditors(&records).iter().take(3) {
            people::grant_by_installation(&office, tenant, person(&office, tenant, auditor).await?, Role::Auditor)
                .await?;
        }
    } else if !changes.is_empty() {
        output::line("        the officials changed since the last demonstration")?;
    }
    let received = super::engine::hand_in(&office, run).await?;
    output::line(format!(
        "        {} new alerts, {} seen again, {} gone{}",
        received.new,
        received.seen,
        received.gone,
        if received.again { " (this run was taken in before)" } else { "" }
    ))?;
    accounts(office, tenant, &records).await
}

/// The numbers of the audit office's people, its head first.
fn auditors(records: &Records) -> Vec<String> {
    let audit = records.units.iter().find(|unit| unit.audits).map(|unit| unit.code.clone()).unwrap_or_default();
    let mut places: Vec<&PlaceRecord> = records.places.iter().filter(|place| place.unit == audit).collect();
    places.sort_by_key(|place| (place.post, place.employee_no.clone()));
    places.into_iter().map(|place| place.employee_no.clone()).collect()
}

async fn accounts(office: Office, tenant: TenantId, records: &Records) -> anyhow::Result<Ready> {
    let busy = demo::busiest(&office, tenant).await?;
    let tx = office.db().read(tenant).await?;
    let directory = people::directory(&office, &tx).await?;
    drop(tx);
    let today = office.today();
    let audit = auditors(records);
    // The official with the most to answer, who is no auditor and whose head is somebody else.
    let clerk = busy.iter().find_map(|(person, _)| {
        let unit = directory.unit_of(*person, today)?;
        let head = directory.report_line(*person, &unit, today).into_iter().next()?;
        let number = &directory.person(*person)?.employee_no;
        let is_ordinary = number.starts_with(|one: char| one.is_ascii_digit()) && !audit.contains(number);
        is_ordinary.then_some((*person, head))
    });
    let Some((clerk, manager)) = clerk else { bail!("The run brought nobody anything to answer.") };
    let mut wanted: Vec<(String, PersonId)> =
        vec![("담당자 clerk".to_owned(), clerk), ("부서장 manager".to_owned(), manager)];
    for (at, number) in auditors(records).iter().take(3).enumerate() {
        wanted.push((format!("감사자 auditor {}", at + 1), person(&office, tenant, number).await?));
    }
    for (number, what) in [
        ("D0002", "내부통제 담당 integrity officer"),
        ("D0001", "시장 mayor"),
        ("D0004", "외부 확인자 outside confirmer"),
        ("D0005", "열람자 inspector"),
        ("D0003", "관리자 administrator"),
    ] {
        wanted.push((what.to_owned(), person(&office, tenant, number).await?));
    }
    let password = sign_in::passphrase()?;
    let mut accounts = Vec::new();
    for (what, person) in wanted {
        let login = sign_in::set_password(&office, tenant, person, &password).await?;
        // The password that is told is enough, also where somebody tried a second step before.
        match sign_in::reset_factor_by_installation(&office, tenant, person).await {
            Ok(()) | Err(SignInError::Gone) => {}
            Err(error) => return Err(error.into()),
        }
        let name = directory.person(person).map(|person| person.name.clone()).unwrap_or_default();
        accounts.push(Account { what, login, name });
    }
    Ok(Ready { office, accounts, password })
}
