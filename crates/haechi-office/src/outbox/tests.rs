//! Messages on both databases, as stories, with servers of the tests' own on this machine.

mod leaving;
mod pages;
mod servers;
mod several;
mod tls;
mod trial;
mod words;

use std::sync::atomic::{AtomicU32, Ordering};

use self::servers::{SmtpServer, TextServer};
use super::state::State;
use super::store::{self, message};
use super::{Channel, Delivered, Down, Letter, Template, deliver, put, way};
use crate::config::{self, Config};
use crate::testing::TestOffice;

/// Settings with these servers. No two are the same: on PostgreSQL the tests are one installation, and know together which server is closed.
fn config(mail: Option<&SmtpServer>, text: Option<&TextServer>) -> Config {
    static SENDERS: AtomicU32 = AtomicU32::new(0);
    let sender = SENDERS.fetch_add(1, Ordering::Relaxed);
    Config {
        public_url: "https://haechi.city.example".to_owned(),
        mail: mail.map_or_else(config::Mail::default, |server| config::Mail {
            host: Some("127.0.0.1".to_owned()),
            port: server.port,
            encryption: "none".to_owned(),
            ca: None,
            user: None,
            from: format!("해치 {sender} <haechi@city.example>"),
        }),
        gateway: text.map_or_else(config::Gateway::default, |server| config::Gateway {
            url: Some(format!("http://127.0.0.1:{}/messages?{sender}", server.port)),
            sender: "02-120-0000".to_owned(),
            ..config::Gateway::default()
        }),
        ..Config::default()
    }
}

/// Writes a message about `title` to somebody.
async fn write(office: &TestOffice, to: &str, template: Template, title: &str) {
    let due = "2026.12.01. 18:00".to_owned();
    let letter = Letter {
        to: office.person(to).await,
        template,
        values: vec![("title", title.to_owned()), ("due", due)],
        about: None,
        once: title.to_owned(),
    };
    let tx = office.office.db().write(office.tenant).await.unwrap();
    put(&office.office, &tx, &letter).await.unwrap();
    tx.commit().await.unwrap();
}

/// Gives somebody a mobile telephone.
async fn with_mobile(office: &TestOffice, who: &str, number: &str) {
    let mut records = office.records();
    for person in records.persons.iter_mut().filter(|person| person.employee_no == who) {
        person.mobile = Some(number.to_owned());
    }
    office.take_in(&records).await;
}

/// How a way out is closed, if it is.
async fn down(office: &TestOffice, channel: Channel) -> Option<Down> {
    way(&office.office, channel).await.unwrap().down()
}

async fn sent(office: &TestOffice) -> Delivered {
    deliver(&office.office, office.tenant).await.unwrap()
}

/// What is to leave or has left, the oldest first.
async fn leaving(office: &TestOffice) -> Vec<message::Model> {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    store::in_states(&tx, &State::ALL, 1_000).await.unwrap()
}

/// State, attempts and fault of the one message that leaves.
async fn only(office: &TestOffice) -> (String, i32, Option<String>) {
    let [row] = leaving(office).await.try_into().unwrap();
    (row.state, row.attempts, row.fault)
}

fn told(state: &str, attempts: i32, fault: Option<&str>) -> (String, i32, Option<String>) {
    (state.to_owned(), attempts, fault.map(str::to_owned))
}
