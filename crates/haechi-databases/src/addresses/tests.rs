use super::*;

fn parse(text: &str) -> Result<Addresses, Vec<Fault>> {
    Addresses::parse(Path::new("/data"), text, &|_| None)
}

fn tls(text: &str) -> Tls {
    parse(&format!("[database.finance]\n{text}")).unwrap().get("finance").unwrap().tls
}

fn refused(text: &str) -> (String, String) {
    let faults = parse(&format!("[database.finance]\n{text}")).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    (faults[0].code.to_owned(), faults[0].to_string())
}

#[test]
fn an_address_says_where_a_database_stands_and_nothing_secret() {
    let addresses = parse("[database.finance]\nurl = \"postgres://reader@10.1.2.3/ledger\"").unwrap();
    let address = addresses.get("finance").unwrap();
    assert_eq!(address.describe(), "PostgreSQL at 10.1.2.3:5432/ledger");
    assert_eq!(address.password_variable(), "HAECHI_DB_FINANCE_PASSWORD");
    assert_eq!(address.tls, Tls::VerifiedWithName);
    let addresses = parse("[database.permits]\nurl = \"sqlite:permits.db\"").unwrap();
    assert_eq!(addresses.get("permits").unwrap().describe(), "SQLite in /data/permits.db");
}

#[test]
fn a_password_in_an_address_is_refused_and_not_repeated() {
    for url in [
        "postgres://reader:hunter2@10.1.2.3/ledger",
        "postgres://reader@10.1.2.3/ledger?password=hunter2",
        "mysql://reader@10.1.2.3/ledger?%70assword=hunter2",
    ] {
        let (code, words) = refused(&format!("url = \"{url}\""));
        assert_eq!(code, "database-url-password");
        assert!(!words.contains("hunter2"), "{words}");
    }
    let (_, words) = refused("url = \"postgres://reader:hunter2@[bad/ledger\"");
    assert!(!words.contains("hunter2"), "{words}");
    let (_, words) = refused("url = \"sqlite:a.db\"\nread_timeout_seconds = \"postgres://reader:hunter2@x/y\"");
    assert!(!words.contains("hunter2"), "{words}");
}

#[test]
fn another_machine_is_read_over_a_verified_connection_or_not_at_all() {
    assert_eq!(tls("url = \"mysql://r@db.city.example/ledger\""), Tls::VerifiedWithName);
    assert_eq!(tls("url = \"mysql://r@db.city.example/ledger?ssl-mode=VERIFY_CA\""), Tls::Verified);
    for mode in ["disable", "prefer", "require"] {
        let (code, _) = refused(&format!("url = \"postgres://r@10.1.2.3/ledger?sslmode={mode}\""));
        assert_eq!(code, "database-tls-unverified");
    }
}

#[test]
fn the_administrator_can_switch_encryption_off_and_nothing_else_about_it() {
    assert_eq!(tls("url = \"postgres://r@10.1.2.3/ledger\"\ntls = \"off\""), Tls::Off);
    assert_eq!(tls("url = \"postgres://r@10.1.2.3/ledger?sslmode=require\"\ntls = \"off\""), Tls::Unverified);
    assert_eq!(refused("url = \"postgres://r@10.1.2.3/ledger\"\ntls = \"maybe\"").0, "database-tls");
}

#[test]
fn on_this_machine_encryption_is_taken_where_it_is_offered() {
    for url in [
        "postgres://r@127.0.0.1/ledger",
        "postgres://r@localhost/ledger",
        "postgres://r@[::1]/ledger",
        "postgres:///ledger?host=/run/postgresql&user=r",
        "mysql://r@127.0.0.1/ledger",
    ] {
        assert_eq!(tls(&format!("url = \"{url}\"")), Tls::WhereOffered, "{url}");
    }
    // A name that only begins like this machine's is another's.
    assert_eq!(tls("url = \"postgres://r@localhost.example/ledger\""), Tls::VerifiedWithName);
}

#[test]
fn what_is_not_understood_is_not_passed_over() {
    assert_eq!(refused("url = \"oracle://r@10.1.2.3/ledger\"").0, "database-url");
    assert_eq!(refused("url = \"postgres://r@10.1.2.3/ledger?options=-c%20x\"").0, "database-url");
    assert_eq!(refused("url = \"postgres://10.1.2.3/ledger\"").0, "database-url");
    assert_eq!(refused("url = \"sqlite:a.db\"\npassword = \"x\"").0, "toml-invalid");
    assert_eq!(refused("url = \"sqlite:a.db\"\ntime_zone = \"'; DROP\"").0, "database-time-zone");
}

#[test]
fn a_command_line_names_a_database_and_never_an_address() {
    let addresses = parse("[database.finance]\nurl = \"sqlite:a.db\"").unwrap();
    assert_eq!(addresses.get("postgres://r:hunter2@x/y").unwrap_err().code, "database-url-given");
    let unknown = addresses.get("ledger").unwrap_err();
    assert_eq!(unknown.code, "database-unknown");
    assert!(unknown.what.contains("finance"), "{unknown}");
}

#[cfg(unix)]
#[test]
fn a_password_file_that_others_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    std::fs::write(&path, "hunter2\n").unwrap();
    let secret = |mode: u32| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        password::of_file("finance", &path).map(|password| password.reveal().to_owned()).map_err(|fault| fault.what)
    };
    assert_eq!(secret(0o600).unwrap(), "hunter2");
    assert!(secret(0o640).unwrap_err().contains("read by others"));
    std::fs::write(&path, "\n").unwrap();
    assert!(secret(0o600).unwrap_err().contains("is empty"));
}

#[test]
fn the_environment_wins_over_the_file() {
    let text = "[database.finance]\nurl = \"postgres://r@127.0.0.1/ledger\"\npassword_file = \"/nowhere\"";
    let environment = |name: &str| (name == "HAECHI_DB_FINANCE_PASSWORD").then(|| "hunter2".to_owned());
    let addresses = Addresses::parse(Path::new("/data"), text, &environment).unwrap();
    let address = addresses.get("finance").unwrap();
    assert_eq!(address.secret().unwrap().unwrap().reveal(), "hunter2");
    assert!(!format!("{address:?}").contains("hunter2"));
    assert_eq!(parse(text).unwrap().get("finance").unwrap().secret().unwrap_err().code, "database-password-file");
}
