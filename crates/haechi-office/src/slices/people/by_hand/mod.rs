//! Units, people, places and absences as they are kept by hand: what no personnel register knows (an outside confirmer, a unit made
//! overnight), and everything where there is no register at all.
//!
//! What is added here survives the import of a register; where a register names the same code or number, the register is right from
//! its day on. Nothing is changed before today: what was routed and counted by the directory of a day that has passed stays as it was.

mod api;
mod pages;
mod persons;
mod store;
#[cfg(test)]
mod tests;
mod units;

use std::sync::Arc;

use haechi_core::time::Day;
use haechi_core::words::Words;

use super::directory::Directory;
use crate::audit::{self, Entry, Record};
use crate::db::Transaction;
use crate::office::Office;
use crate::policy::{Authorized, General};
use crate::problem::Problem;

pub(super) use self::api::document;
pub(super) use self::pages::unit_address;

pub(super) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// The most characters of a code, a number or a name.
const LONGEST: usize = 80;

/// Why the directory was not changed by hand.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ByHandError {
    /// There is no such unit, person, place or absence, or it is over.
    #[error("no such unit, person, place or absence")]
    Gone,
    /// Something that is needed is empty, too long, or cannot be read.
    #[error("`{0}` does not fit")]
    Unfit(&'static str),
    /// One of this code or number is there.
    #[error("`{0}` is there already")]
    There(&'static str),
    /// A day before today.
    #[error("nothing is changed before today")]
    Past(&'static str),
    /// Days the wrong way round.
    #[error("the last day is before the first")]
    Reversed(&'static str),
    /// A later change is planned already.
    #[error("a change is planned from {0} on")]
    Planned(Day),
    /// No unit of that code on that day.
    #[error("`{0}` names no unit of that day")]
    NoUnit(&'static str),
    /// The unit would stand above itself.
    #[error("the unit would stand above itself")]
    Circle,
    /// Units stand below it, and nobody takes them over.
    #[error("{0} units stand below it")]
    Below(usize),
    /// Somebody who is not here on that day.
    #[error("this person is not here on that day")]
    Left,
    /// Nobody lets themselves go: somebody has to stay who can undo it.
    #[error("nobody lets themselves leave")]
    Oneself,
    /// The database said no.
    #[error("people could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<ByHandError> for Problem {
    fn from(error: ByHandError) -> Self {
        match error {
            ByHandError::Gone => Self::hidden(),
            ByHandError::Unfit(field) => {
                let said = match field {
                    "code" => (
                        "부서 코드는 빈칸 없이 80자까지 적습니다.",
                        "A unit's code has no gaps and at most 80 characters.",
                    ),
                    "employee_no" => (
                        "직원번호는 빈칸 없이 80자까지 적습니다.",
                        "An employee number has no gaps and at most 80 characters.",
                    ),
                    "mail" => ("메일 주소를 읽을 수 없습니다.", "The mail address cannot be read."),
                    "mobile" => (
                        "휴대전화 번호는 숫자와 ‘-’로 적습니다. 예: 010-1234-5678",
                        "Write the mobile number in digits and dashes, as in 010-1234-5678.",
                    ),
                    "duties" => (
                        "업무는 card, contract처럼 짧은 영문 낱말을 쉼표로 나누어 적습니다.",
                        "Duties are short words, as card or contract, with commas between.",
                    ),
                    "post" => ("그런 자리는 없습니다.", "There is no such post."),
                    _ => ("이름을 80자까지 적어 주십시오.", "Write a name of at most 80 characters."),
                };
                Self::invalid("people.unfit", said).at(field)
            }
            ByHandError::There(field) => {
                let said = match field {
                    "code" => ("그 코드를 가진 부서가 이미 있습니다.", "A unit of this code is there already."),
                    "employee_no" => {
                        ("그 직원번호를 가진 사람이 이미 있습니다.", "Somebody of this number is there already.")
                    }
                    _ => ("이 사람은 그 부서에서 이미 같은 자리를 맡고 있습니다.", "They have this place already."),
                };
                Self::invalid("people.there", said).at(field)
            }
            ByHandError::Past(field) => Self::invalid(
                "people.past",
                ("지난 날짜로는 바꿀 수 없습니다.", "Nothing is changed from a day that has passed."),
            )
            .at(field),
            ByHandError::Reversed(field) => Self::invalid(
                "people.days",
                ("끝나는 날이 시작하는 날보다 빠릅니다.", "The last day is before the first."),
            )
            .at(field),
            ByHandError::Planned(day) => {
                let day = day.format("%Y.%m.%d.");
                let mut problem = Self::invalid(
                    "people.planned",
                    ("그 뒤에 시작하는 내용이 이미 있습니다.", "Something that begins later is planned already."),
                );
                problem.happened = Words::new(
                    format!("{day}부터 시작하는 내용이 이미 있습니다. 그다음 날 이후로 정하십시오."),
                    format!("Something begins on {day} already. Choose a day after it."),
                );
                problem.at("from")
            }
            ByHandError::NoUnit(field) => {
                Self::invalid("people.no_unit", ("그날 그런 부서가 없습니다.", "There is no such unit on that day."))
                    .at(field)
            }
            ByHandError::Circle => Self::invalid(
                "people.circle",
                (
                    "부서가 자기 자신의 위에 놓이게 됩니다. 다른 상위 부서를 고르십시오.",
                    "The unit would stand above itself. Choose another unit above.",
                ),
            )
            .at("parent"),
            ByHandError::Below(count) => {
                let mut problem = Self::invalid("people.below", ("아래에 부서가 있습니다.", "Units stand below it."));
                problem.happened = Words::new(
                    format!("아래에 부서 {count}개가 있습니다. 먼저 옮기거나, 이어받을 부서를 고르십시오."),
                    format!("Units stand below it ({count}). Move them first, or name the unit that takes over."),
                );
                problem.at("successor")
            }
            ByHandError::Left => Self::invalid(
                "people.left",
                ("그날에는 이 사람이 근무하지 않습니다.", "This person is not here on that day."),
            )
            .at("from"),
            ByHandError::Oneself => Self::invalid(
                "people.oneself",
                (
                    "자기 자신을 떠나게 할 수는 없습니다. 다른 관리자가 해야 합니다.",
                    "Nobody lets themselves leave; another administrator does it.",
                ),
            ),
            ByHandError::Database(error) => error.into(),
            ByHandError::Log(error) => error.into(),
        }
    }
}

/// A change that was begun: one after another with whoever else changes the same government's people.
struct Change<'a> {
    office: &'a Office,
    may: &'a Authorized<'a, General>,
    tx: Transaction,
    directory: Arc<Directory>,
    today: Day,
}

impl<'a> Change<'a> {
    async fn begin(office: &'a Office, may: &'a Authorized<'a, General>) -> Result<Self, ByHandError> {
        let tx = office.db().write(may.by().tenant()).await?;
        tx.alone().await?;
        let directory = super::directory(office, &tx).await?;
        Ok(Self { office, may, tx, directory, today: office.today() })
    }

    /// A day from which something holds: not one that has passed.
    fn not_past(&self, day: Day, field: &'static str) -> Result<(), ByHandError> {
        if day < self.today { Err(ByHandError::Past(field)) } else { Ok(()) }
    }

    /// A unit that is there on `day`.
    fn unit(&self, code: &str, day: Day, field: &'static str) -> Result<(), ByHandError> {
        let is_there = self.directory.units_on(day).any(|unit| unit.code == code);
        if is_there { Ok(()) } else { Err(ByHandError::NoUnit(field)) }
    }

    /// Notes it in the log and that people changed, and lets it hold. Open cases follow with the next round of timed work.
    async fn done(
        self,
        action: &str,
        kind: &str,
        id: impl ToString,
        [before, after]: [Option<String>; 2],
    ) -> Result<(), ByHandError> {
        super::store::people_changed(&self.tx).await?;
        let entry = self.may.entry(kind, "");
        let record = Record { kind: kind.to_owned(), id: id.to_string() };
        let entry = Entry { action: action.to_owned(), record, before, after, ..entry };
        audit::append(&self.tx, self.office.clock(), &entry).await?;
        self.tx.commit().await?;
        Ok(())
    }
}

/// What people write of a code or a number: no gaps, not too long.
fn code<'a>(text: &'a str, field: &'static str) -> Result<&'a str, ByHandError> {
    let text = text.trim();
    let is_fit = !text.is_empty()
        && text.chars().count() <= LONGEST
        && !text.contains(|one: char| one.is_whitespace() || one.is_control());
    if is_fit { Ok(text) } else { Err(ByHandError::Unfit(field)) }
}

/// A name.
fn name<'a>(text: &'a str, field: &'static str) -> Result<&'a str, ByHandError> {
    let text = text.trim();
    let is_fit = !text.is_empty() && text.chars().count() <= LONGEST && !text.contains(char::is_control);
    if is_fit { Ok(text) } else { Err(ByHandError::Unfit(field)) }
}
