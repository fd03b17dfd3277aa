//! Mail over TLS, to a server whose certificate a city's own authority signed.

use std::path::{Path, PathBuf};

use haechi_testkit::authority::Authority;

use super::servers::{SmtpServer, Speech};
use super::{config, only, sent, told, write};
use crate::config::Config;
use crate::outbox::{Delivered, Passwords, Senders, SendersError, Template};
use crate::testing::TestOffice;

/// An authority, and a folder with its certificate in a file.
struct City {
    authority: Authority,
    folder: tempfile::TempDir,
}

impl City {
    fn new() -> Self {
        let (authority, folder) = (Authority::new("City CA").unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("ca.pem"), authority.pem()).unwrap();
        Self { authority, folder }
    }

    fn ca(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A server that shows a certificate for `name`, at once and when asked to, with the settings for each.
    async fn servers(&self, name: &str) -> [(SmtpServer, &'static str); 2] {
        let acceptor = || self.authority.server(&[name]).unwrap();
        [
            (SmtpServer::speaking(Speech::StartTls(acceptor())).await, "starttls"),
            (SmtpServer::speaking(Speech::Tls(acceptor())).await, "tls"),
        ]
    }
}

fn over(encryption: &str, server: &SmtpServer, ca: Option<PathBuf>) -> Config {
    let mut config = config(Some(server), None);
    config.mail.encryption = encryption.to_owned();
    config.mail.ca = ca;
    config
}

#[tokio::test]
async fn a_mail_leaves_over_tls_to_a_server_of_the_citys_own_authority() {
    let city = City::new();
    for (server, encryption) in city.servers("127.0.0.1").await {
        for office in TestOffice::both_with(over(encryption, &server, Some(city.ca()))).await {
            write(&office, "Kim", Template::Assigned, "식당").await;
            assert_eq!(
                sent(&office).await,
                Delivered { sent: 1, ..Delivered::default() },
                "{} {encryption}",
                office.kind
            );
            let [mail] = server.mails().try_into().unwrap();
            assert_eq!((mail.to.as_str(), mail.subject().as_str()), ("<kim@city.example>", "[확인 요청] 식당"));
        }
        let said = server.said();
        let before = said.split("(from here on in TLS)").next().unwrap();
        assert!(encryption == "tls" || !before.contains("MAIL") && before.contains("STARTTLS"), "{said}");
    }
}

#[tokio::test]
async fn the_password_is_said_in_tls_alone() {
    let city = City::new();
    for (server, encryption) in city.servers("127.0.0.1").await {
        let mut settings = over(encryption, &server, Some(city.ca()));
        settings.mail.user = Some("haechi".to_owned());
        let passwords = Passwords { mail: Some("secret".to_owned()), gateway: None };
        let senders = Senders::new(&settings, passwords).unwrap();
        assert!(senders.mail.as_ref().unwrap().connect().await.is_ok(), "{encryption}");
        let said = server.said();
        let within = said.split("(from here on in TLS)").last().unwrap();
        assert!(within.contains("AUTH PLAIN") && said.matches("AUTH").count() == 1, "{said}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_who_it_should_be_gets_no_mail_and_the_page_says_why() {
    let city = City::new();
    let expired = || city.authority.expired_server(&["127.0.0.1"]).unwrap();
    let mut servers = Vec::new();
    for (server, encryption) in city.servers("127.0.0.1").await {
        servers.push((server, encryption, None, "issuer", "발급한 기관을 알 수 없습니다"));
    }
    for (server, encryption) in city.servers("mail.other.example").await {
        servers.push((server, encryption, Some(city.ca()), "host-name", "설정한 서버 이름"));
    }
    let server = SmtpServer::speaking(Speech::StartTls(expired())).await;
    servers.push((server, "starttls", Some(city.ca()), "expired", "기한이 지났습니다"));
    servers.push((SmtpServer::start().await, "tls", Some(city.ca()), "tls", "TLS"));
    for (server, encryption, ca, fault, words) in servers {
        for office in TestOffice::both_with(over(encryption, &server, ca.clone())).await {
            write(&office, "Kim", Template::Assigned, "식당").await;
            let what = format!("{} {encryption} {fault}", office.kind);
            assert_eq!(sent(&office).await, Delivered { again: 1, ..Delivered::default() }, "{what}");
            assert_eq!(only(&office).await, told("queued", 1, Some(fault)), "{what}");
            let page = office.browser("S").await.get("/outbox").await.body;
            assert!(page.contains("막혀 있습니다") && page.contains(words), "{what}: {page}");
        }
        assert!(server.mails().is_empty() && !server.said().contains("MAIL"), "{encryption} {fault}");
    }
}

#[test]
fn a_certificate_that_cannot_be_read_is_said_at_the_start() {
    let city = City::new();
    let refused = |path: &Path| {
        let mut config = Config::default();
        config.mail.host = Some("mail.city.example".to_owned());
        config.mail.from = "haechi@city.example".to_owned();
        config.mail.ca = Some(path.to_owned());
        Senders::new(&config, Passwords::default()).err()
    };
    assert!(refused(&city.ca()).is_none());
    assert!(matches!(refused(Path::new("/nowhere/ca.pem")), Some(SendersError::Authority { .. })));
    let file = city.folder.path().join("other.pem");
    for text in ["", "not a certificate", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&file, text).unwrap();
        assert!(refused(&file).is_some(), "{text}");
    }
}

#[test]
fn the_certificate_lies_beside_the_settings_that_name_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.toml");
    std::fs::write(&file, "[mail]\nca = \"keys/ca.pem\"\n").unwrap();
    assert_eq!(Config::read(&file).unwrap().mail.ca, Some(folder.path().join("keys/ca.pem")));
    std::fs::write(&file, "[mail]\nca = \"/etc/ssl/city.pem\"\n").unwrap();
    assert_eq!(Config::read(&file).unwrap().mail.ca, Some(PathBuf::from("/etc/ssl/city.pem")));
}
