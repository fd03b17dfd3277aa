//! What moved on the accounts that are told of.

use chrono::Days;
use haechi_core::time::Day;

use super::{Part, Subsidy, granted_on, part};
use crate::City;

/// A movement on a subsidy's account; balances follow from them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Movement {
    pub(crate) kind: &'static str,
    pub(crate) day: Day,
    pub(crate) minute: i64,
    pub(crate) paid: Paid,
    pub(crate) amount: i64,
    /// Which of the subsidy's accounts.
    pub(crate) account: u64,
    pub(crate) shows_balance: bool,
}

/// Who was paid, or who paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paid {
    Office,
    Bank,
    Recipient,
    /// A private person, by any number.
    Person(u64),
    /// A firm, by any number.
    Firm(u64),
}

/// The movements of a part about accounts, or none where money moves as it does elsewhere.
pub(crate) fn movements(city: &City, one: &Subsidy) -> Option<Vec<Movement>> {
    use Part::*;
    let (part, case, _) = part(city, one.index)?;
    let on = granted_on(city, part, case);
    let all = one.instalments.iter().map(|(_, amount)| amount).sum::<i64>();
    let grant = Movement {
        kind: "교부",
        day: on,
        minute: 680,
        paid: Paid::Office,
        amount: all,
        account: 0,
        shows_balance: true,
    };
    let out = |kind, days, paid, amount: i64| Movement {
        kind,
        day: on + Days::new(days),
        minute: 700,
        paid,
        amount: -amount,
        ..grant
    };
    let (one_firm, person) = (Paid::Firm(one.index), Paid::Person(one.index));
    let left = 100_000;
    Some(match part {
        Transferred => vec![
            grant,
            out("이체", 1, Paid::Recipient, 14_000_000),
            out("이체", 2, Paid::Recipient, all - 14_000_000 - left),
        ],
        PaidToPerson => vec![grant, out("집행", 3, person, all)],
        TwoFirms => vec![
            grant,
            out("집행", 2, one_firm, 15_000_000),
            out("집행", 7, Paid::Firm(one.index + 1), all - 15_000_000),
        ],
        GoneTheSameDay => vec![grant, out("기타", 0, Paid::Recipient, all - left)],
        PlannedPurchase => vec![grant, out("집행", 4, one_firm, all)],
        RunningInstalment | PaysBack => {
            vec![grant, out("집행", 1, person, 13_000_000), out("집행", 3, person, all - 13_000_000)]
        }
        ReturnedToOffice => vec![grant, out("반납", 3, Paid::Office, all)],
        OwnAccounts => {
            let moved = out("이체", 2, Paid::Recipient, all);
            vec![grant, moved, Movement { amount: all, account: 1, minute: 701, ..moved }]
        }
        EarlierThatDay => {
            let before = Movement { kind: "자부담", day: on - Days::new(9), paid: Paid::Recipient, ..grant };
            let earlier = Movement { minute: 570, ..out("집행", 0, person, all) };
            vec![before, earlier, grant]
        }
        EighthDay => vec![grant, out("집행", 5, person, 9_000_000), out("집행", 8, person, all - 9_000_000)],
        SomeLeft => {
            vec![
                grant,
                out("집행", 2, person, 11_000_000),
                out("이체", 5, Paid::Recipient, all / 100 * 98 - 11_000_000),
            ]
        }
        SmallGrant | NotDecided => vec![grant, out("이체", 2, Paid::Recipient, all)],
        NoBalance => {
            let hidden = Movement { shows_balance: false, ..grant };
            vec![hidden, Movement { shows_balance: false, ..out("이체", 2, Paid::Recipient, all) }]
        }
        _ => return None,
    })
}
