//! PostgreSQL and MariaDB, each with an empty database of its own in a temporary folder.
//!
//! A server that cannot be started ends the test with a sentence that says what to install. It is killed when its guard is
//! dropped, also by a panic, and with the thread that started it where the test itself is killed.

#![expect(clippy::panic, reason = "a test without its server has failed, and says why")]

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// The administrator of a server that tests start.
pub const ADMIN: &str = "admin";
/// Its password.
pub const ADMIN_PASSWORD: &str = "admin-password";
/// The database that is there from the beginning.
pub const DATABASE: &str = "finance";

/// Makes the two log-ins of an office, as the administrator: one owns its tables, the other serves.
pub const OFFICE_LOG_INS: &str = "CREATE ROLE haechi_owner LOGIN PASSWORD 'owner-password';
    CREATE ROLE haechi_app LOGIN PASSWORD 'app-password';
    GRANT CREATE, USAGE ON SCHEMA public TO haechi_owner;";

/// A PostgreSQL server. Log-ins need their password (SCRAM), TLS is not offered.
#[derive(Debug)]
pub struct Postgres {
    server: Server,
}

impl Postgres {
    /// Starts one and waits until it takes connections.
    pub fn start() -> Self {
        let missing = "PostgreSQL is not installed: `apt-get install postgresql` (Debian), then run the test again";
        let bin = newest_postgres().unwrap_or_else(|| panic!("{missing}"));
        let place = Place::new("postgres");
        let password = place.path("password");
        place.write(&password, ADMIN_PASSWORD);
        let data = place.path("data");
        place.finish(
            place.command(&bin.join("initdb")).args(["-U", ADMIN, "-A", "scram-sha-256", "-E", "UTF8"]).args([
                "--locale=C",
                "--no-sync",
                "--no-instructions",
                "-D",
                &text(&data),
                "--pwfile",
                &text(&password),
            ]),
        );
        let port = free_port();
        // Made by the server alone, before it listens.
        let mut single = place.command(&bin.join("postgres"));
        single.args(["--single", "-D", &text(&data), "postgres"]).stdin(Stdio::piped());
        place.feed(&mut single, &format!("CREATE DATABASE {DATABASE};\n"));
        let mut command = place.command(&bin.join("postgres"));
        command.args(["-D", &text(&data), "-p", &port.to_string(), "-k", &text(&place.path("."))]);
        command.args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=20"]);
        Self { server: place.start(command, port, "database system is ready to accept connections") }
    }

    /// `postgres://user@127.0.0.1:port/finance`, without a password.
    pub fn url(&self, user: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/{DATABASE}", self.server.port)
    }

    /// The same with the administrator's password, for the tests' own statements.
    pub fn admin_url(&self) -> String {
        format!("postgres://{ADMIN}:{ADMIN_PASSWORD}@127.0.0.1:{}/{DATABASE}", self.server.port)
    }

    /// The addresses of the log-ins that [`OFFICE_LOG_INS`] makes: the owner's, and of who serves.
    pub fn office_urls(&self) -> [String; 2] {
        ["owner", "app"].map(|who| {
            let user = format!("haechi_{who}");
            self.url(&user).replace(&format!("{user}@"), &format!("{user}:{who}-password@"))
        })
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        self.server.kill();
    }
}

/// A MariaDB server, which speaks for MySQL too. Log-ins need their password, TLS is not offered.
#[derive(Debug)]
pub struct MariaDb {
    server: Server,
}

impl MariaDb {
    /// Starts one and waits until it takes connections.
    pub fn start() -> Self {
        let missing =
            "MariaDB is not installed: `apt-get install mariadb-server-core` (Debian), then run the test again";
        let find = |name: &str| {
            let folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"];
            folders.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.is_file())
        };
        let (Some(server), Some(tables)) = (find("mariadbd"), system_tables()) else { panic!("{missing}") };
        let place = Place::new("nobody");
        let data = place.path("data");
        std::fs::create_dir(&data).unwrap_or_else(|error| panic!("cannot make {}: {error}", text(&data)));
        place.give(&data);
        // What `mariadb-install-db` does, which in Debian comes with programs of another package.
        let mut bootstrap = place.command(&server);
        let folders = [format!("--datadir={}", text(&data)), format!("--tmpdir={}", text(&place.path(".")))];
        // A power cut may take all of it, so it need not wait for the disk.
        let hasty = ["--innodb-flush-method=nosync", "--skip-innodb-doublewrite", "--innodb-log-file-size=8M"];
        bootstrap.args(["--no-defaults", "--bootstrap"]).args(&folders).args(hasty);
        let begin = "CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n";
        place.feed(&mut bootstrap, &format!("{begin}{tables}"));
        let init = place.path("init.sql");
        place.write(
            &init,
            &format!(
                "CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4;\n\
                 CREATE USER '{ADMIN}'@'%' IDENTIFIED BY '{ADMIN_PASSWORD}';\n\
                 GRANT ALL ON *.* TO '{ADMIN}'@'%' WITH GRANT OPTION;\n"
            ),
        );
        let port = free_port();
        let mut command = place.command(&server);
        command.arg("--no-defaults").args(&folders).args(hasty).args([
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--skip-ssl",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=32M",
            &format!("--port={port}"),
            &format!("--socket={}", text(&place.path("socket"))),
            &format!("--pid-file={}", text(&place.path("pid"))),
            &format!("--init-file={}", text(&init)),
        ]);
        Self { server: place.start(command, port, "ready for connections") }
    }

    /// `mysql://user@127.0.0.1:port/finance`, without a password.
    pub fn url(&self, user: &str) -> String {
        format!("mysql://{user}@127.0.0.1:{}/{DATABASE}", self.server.port)
    }

    /// The same with the administrator's password, for the tests' own statements.
    pub fn admin_url(&self) -> String {
        format!("mysql://{ADMIN}:{ADMIN_PASSWORD}@127.0.0.1:{}/{DATABASE}", self.server.port)
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        self.server.kill();
    }
}

/// A running server and its folder.
#[derive(Debug)]
struct Server {
    child: Child,
    port: u16,
    _folder: TempDir,
}

impl Server {
    fn kill(&mut self) {
        // Gone already is as good.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A temporary folder and the user who works in it: the servers refuse to run as root.
struct Place {
    folder: TempDir,
    user: Option<User>,
}

struct User {
    uid: u32,
    gid: u32,
}

impl Place {
    /// Where the tests run as root the folder belongs to `user`, or to `nobody` where there is no such user.
    fn new(user: &str) -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        let is_root = id("-u", None) == Some(0);
        let owner = is_root.then(|| {
            let known = |name: &str| Some(User { uid: id("-u", Some(name))?, gid: id("-g", Some(name))? });
            let found = known(user).or_else(|| known("nobody"));
            found.unwrap_or_else(|| panic!("neither a user `{user}` nor `nobody` is there to run the server as"))
        });
        let place = Self { folder, user: owner };
        place.give(place.folder.path());
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn give(&self, path: &Path) {
        if let Some(User { uid, gid }) = self.user {
            chown(path, Some(uid), Some(gid))
                .unwrap_or_else(|error| panic!("cannot give {} away: {error}", text(path)));
        }
    }

    fn write(&self, path: &Path, content: &str) {
        std::fs::write(path, content).unwrap_or_else(|error| panic!("cannot write {}: {error}", text(path)));
        self.give(path);
    }

    /// A program run as the folder's user. It is killed with the thread that starts it.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]);
        if let Some(User { uid, gid }) = self.user {
            command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]);
        }
        command.arg(program).current_dir(self.folder.path());
        command.env_clear().envs([("PATH", "/usr/bin:/bin:/usr/sbin:/sbin"), ("LC_ALL", "C")]);
        command.stdin(Stdio::null());
        command
    }

    /// Runs a program to its end.
    fn finish(&self, command: &mut Command) {
        let output = command.output().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        if !output.status.success() {
            let [said, complained] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
            panic!("{command:?} failed:\n{said}{complained}");
        }
    }

    /// Runs a program to its end with `input` on its standard input.
    fn feed(&self, command: &mut Command, input: &str) {
        let path = self.path("input");
        self.write(&path, input);
        let file = std::fs::File::open(&path).unwrap_or_else(|error| panic!("cannot read {}: {error}", text(&path)));
        self.finish(command.stdin(file));
    }

    /// Starts a server, which says `ready` on its standard error when it takes connections.
    fn start(self, mut command: Command, port: u16, ready: &str) -> Server {
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let Some(stderr) = child.stderr.take() else { panic!("no way to hear {command:?}") };
        let server = Server { child, port, _folder: self.folder };
        let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
        let mut said = String::new();
        while let Some(line) = lines.next() {
            if line.contains(ready) {
                // Read on to the end, so that the server never waits for somebody to listen.
                std::thread::spawn(move || lines.for_each(drop));
                return server;
            }
            said.push_str(&line);
            said.push('\n');
        }
        panic!("the server ended before it was ready:\n{said}");
    }
}

/// What `id` says of a user, or of ourselves.
fn id(what: &str, user: Option<&str>) -> Option<u32> {
    let output = Command::new("id").arg(what).args(user).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// A port nobody listened on a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address.unwrap_or_else(|error| panic!("no free port on 127.0.0.1: {error}")).port()
}

/// The statements that make a new MariaDB's own tables.
fn system_tables() -> Option<String> {
    let folders = [("/usr/share/mysql", "mysql"), ("/usr/share/mariadb", "mariadb"), ("/usr/share/mariadb", "mysql")];
    folders.iter().find_map(|(folder, prefix)| {
        let files = ["system_tables", "performance_tables", "system_tables_data"];
        let texts = files.map(|name| std::fs::read_to_string(format!("{folder}/{prefix}_{name}.sql")).ok());
        texts.into_iter().collect::<Option<String>>()
    })
}

/// The folder of the newest PostgreSQL's programs: Debian keeps them out of the path.
fn newest_postgres() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let newest = versions.max_by_key(|entry| entry.file_name().to_string_lossy().parse::<u32>().unwrap_or(0));
    let debian = newest.map(|entry| entry.path().join("bin"));
    debian.into_iter().chain(["/usr/bin".into(), "/usr/local/bin".into()]).find(|bin| bin.join("initdb").is_file())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
