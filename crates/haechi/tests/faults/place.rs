//! A data folder, exports beside it, and the program run on them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A data folder in a temporary place, with room for exports beside it.
pub struct Place {
    root: tempfile::TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// It ended with `code`.
    pub fn with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// What it printed, to either stream, holds all of these.
    pub fn saying(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.out.contains(word) || self.err.contains(word),
                "it does not say `{word}`\nstdout:\n{}\nstderr:\n{}",
                self.out,
                self.err
            );
        }
        self
    }
}

impl Place {
    /// A new data folder with the mappings of `OWN_MAPPINGS`.
    pub fn new() -> Self {
        let place = Self::bare();
        place.haechi(&["init", &place.data().to_string_lossy()]).with(0);
        for (name, text) in OWN_MAPPINGS {
            place.write(&format!("data/mappings/{name}/mapping.toml"), text);
        }
        place
    }

    /// A temporary place without a data folder.
    pub fn bare() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    /// A data folder with January and February 2017 in view.
    pub fn with_payments() -> Self {
        let place = Self::new();
        let file = place.write("before.csv", PAYMENTS);
        place.take("own-payments", &[&file]).with(0);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, not yet started, its data folder set by the environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_haechi"));
        command.args(args).env("HAECHI_DATA", self.data()).current_dir(self.root.path()).stdin(Stdio::null());
        command
    }

    pub fn haechi(&self, args: &[&str]) -> Ended {
        Ended::of(self.command(args).output().unwrap())
    }

    pub fn take(&self, mapping: &str, files: &[&Path]) -> Ended {
        Ended::of(self.take_command(mapping, files).output().unwrap())
    }

    pub fn take_command(&self, mapping: &str, files: &[&Path]) -> Command {
        let mut command = self.command(&["snapshot", "take", "--mapping", mapping]);
        command.args(files);
        command
    }

    /// `haechi snapshot list --format json`, byte for byte.
    pub fn view(&self) -> String {
        self.haechi(&["snapshot", "list", "--format", "json"]).with(0).out
    }

    /// Every file below `store/` and `tmp/`, with its content.
    pub fn kept(&self) -> BTreeMap<String, Vec<u8>> {
        let mut kept = BTreeMap::new();
        for folder in ["store", "tmp"] {
            read_all(&self.data(), &self.data().join(folder), &mut kept);
        }
        kept
    }

    /// Runs a command that must be refused with `code`; the view before stays, and nothing is left in the store.
    pub fn refuses(&self, command: &mut Command, code: i32) -> Ended {
        let (view, kept) = (self.view(), self.kept());
        let ended = Ended::of(command.output().unwrap()).with(code);
        assert_eq!(self.view(), view, "the view changed");
        let after = self.kept();
        let new: Vec<&String> = after.keys().filter(|file| !kept.contains_key(*file)).collect();
        assert_eq!(new, Vec::<&String>::new(), "files are left over");
        assert_eq!(after, kept, "the store changed");
        ended
    }

    /// As [`Self::refuses`], for a `snapshot take`.
    pub fn refuses_to_take(&self, mapping: &str, files: &[&Path], code: i32) -> Ended {
        self.refuses(&mut self.take_command(mapping, files), code)
    }

    /// An own scenario from its two rule files.
    pub fn scenario(&self, name: &str, toml: &str, sql: &str) {
        let folder = format!("data/scenarios/{}", name.replace('.', "/"));
        self.write(&format!("{folder}/scenario.toml"), toml.replace("ID", name));
        self.write(&format!("{folder}/query.sql"), sql);
    }
}

/// Every file below `folder`, named from `root`.
pub fn read_all(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

/// Payments of two months of 2017.
pub const PAYMENTS: &str = "\
지급번호,부서,거래처,적요,지급일,금액
1,D10,V7,사무용품 구입,2017-01-10,120000
2,D10,V7,사무용품 구입,2017-01-10,120000
3,D10,V8,차량 정비,2017-02-03,450000
";

/// The mappings every test's data folder has.
pub const OWN_MAPPINGS: [(&str, &str); 6] = [
    ("own-payments", OWN_PAYMENTS),
    ("own-quarters", OWN_QUARTERS),
    ("own-departments", OWN_DEPARTMENTS),
    ("own-employees", OWN_EMPLOYEES),
    ("own-vendor-accounts", OWN_VENDOR_ACCOUNTS),
    ("own-cards", OWN_CARDS),
];

const OWN_PAYMENTS: &str = r#"
format = 1
name = "own-payments"
table = "payment"
currency = "KRW"
files = ["*"]
max_reject_rate = "25%"
title = { ko = "지출", en = "Payments" }
government = { code = "9999999", ko = "해치시", en = "Haechi City" }
load = { mode = "period", period = { date = "지급일", every = "month" } }
[columns]
payment_no = { header = "지급번호" }
unit_code = { header = "부서" }
vendor_no = { header = "거래처" }
purpose = { header = "적요" }
paid_on = { header = "지급일" }
amount = { header = "금액" }
"#;

const OWN_QUARTERS: &str = r#"
format = 1
name = "own-quarters"
table = "payment"
currency = "KRW"
files = ["*"]
title = { ko = "지출", en = "Payments" }
government = { code = "9999999", ko = "해치시", en = "Haechi City" }
load = { mode = "period", period = { option = true } }
[columns]
payment_no = { header = "지급번호" }
unit_code = { header = "부서" }
vendor_no = { header = "거래처" }
paid_on = { header = "지급일" }
amount = { header = "금액" }
"#;

const OWN_DEPARTMENTS: &str = r#"
format = 1
name = "own-departments"
table = "department"
files = ["*"]
title = { ko = "부서", en = "Departments" }
government = { code = "9999999", ko = "해치시", en = "Haechi City" }
load = { mode = "full" }
[columns]
unit_code = { header = "부서코드" }
unit_name = { header = "부서명" }
"#;

const OWN_EMPLOYEES: &str = r#"
format = 1
name = "own-employees"
table = "employee"
files = ["*"]
max_reject_rate = "90%"
title = { ko = "직원", en = "Employees" }
government = { code = "9999999", ko = "해치시", en = "Haechi City" }
load = { mode = "full" }
[columns]
employee_no = { header = "직원번호" }
name = { header = "성명" }
position = { header = "직위" }
resident_no = { header = "주민등록번호" }
account_no = { header = "급여계좌" }
joined_on = { header = "임용일" }
"#;

const OWN_VENDOR_ACCOUNTS: &str = r#"
format = 1
name = "own-vendor-accounts"
table = "vendor_account"
files = ["*"]
max_reject_rate = "90%"
title = { ko = "거래처 계좌", en = "Vendor accounts" }
government = { code = "9999999", ko = "해치시", en = "Haechi City" }
load = { mode = "full" }
[columns]
vendor_no = { header = "거래처" }
account_no = { header = "계좌번호" }
valid_from = { header = "시작일" }
"#;

const OWN_CARDS: &str = r#"
format = 1
name = "own-cards"
table = "card"
files = ["*"]
max_reject_rate = "90%"
title = { ko = "카드", en = "Cards" }
government = { code = "9999999", ko = "해치시", en = "Haechi City" }
load = { mode = "full" }
[columns]
card_no = { header = "카드번호" }
unit_code = { header = "부서" }
holder_no = { header = "사용자" }
kind = { header = "구분" }
"#;
