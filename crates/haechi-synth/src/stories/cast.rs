//! Who among the employees plays which part. The parts follow one another in the register, case by case.

use chrono::{Days, Months};
use haechi_core::time::Day;

use super::part_at;
use crate::City;
use crate::people::UNITS;

/// The first employee who plays a part: those before approve.
pub(crate) const FIRST: u64 = UNITS * 3;

parts! {
    /// What is told of an employee.
    pub(crate) enum Part {
        PaidAfterLeaving,
        PaidOnUnpaidLeave,
        PaidWhileSuspended,
        LeftMidMonth,
        SettledAfterLeaving,
        BackPay,
        LateOvertimePay,
        ParentalAllowance,
        PaidLeave,
        LeaveOfUnknownPay,
        HiredAgain,
        CameBackEarly,
        PaidMoreThanDue,
        PaidBeforeJoining,
        JoinedMidMonth,
        RoundedUp,
        OneMoreOneLess,
        NothingComputed,
        OldNumber,
        OvertimeOnLeave,
        OvertimeOnTrip,
        OvertimeInTripHours,
        OvertimeAfterHalfDay,
        OvertimeOnFirstDayOfTrip,
        OvertimeOnDayTrip,
        OvertimeOnCancelledLeave,
        RejectedOvertimeOnLeave,
        NightBeforeLeave,
        NothingRecognisedOnLeave,
        TenMinutesOfTrip,
        MonthAboveCap,
        DayAboveCap,
        JustAboveMonthCap,
        MonthAtCap,
        DayAtCap,
        EssentialService,
        RejectedAboveCap,
        ClaimedAboveCap,
        RoleKept,
        RoleWithdrawnLate,
        RoleKeptAfterLeaving,
        HandoverInTime,
        SecondPost,
        MovedAndBack,
        RoleGivenAfterMove,
        MovedWithinUnit,
        Seconded,
        BatchRole,
        ApproverAtDesk,
        ApprovedAtDesk,
        CounterDesk,
        TwoIdsAtDesk,
        BatchAtDesk,
        FailedAtDesk,
        LongAfterAtDesk,
        OtherSystemAtDesk,
    }
}

/// The part of the employee at `index`, and in which case of it.
pub(crate) fn part(city: &City, index: u64) -> Option<(Part, u64)> {
    part_at(city, Part::ALL, index.checked_sub(FIRST)?)
}

/// Where the employee who plays `part` in a case stands in the register.
pub(crate) fn index(part: Part, case: u64) -> u64 {
    FIRST + case * Part::ALL.len() as u64 + part as u64
}

/// When an employee with a part joined and left.
pub(crate) fn service(city: &City, part: Part, case: u64, joined_on: Day) -> (Day, Option<Day>) {
    let month = city.case_month(case);
    match part {
        Part::PaidAfterLeaving
        | Part::LeftMidMonth
        | Part::SettledAfterLeaving
        | Part::BackPay
        | Part::LateOvertimePay => (joined_on, Some(city.on(month, 15))),
        Part::RoleKeptAfterLeaving => (joined_on, Some(city.month_end(month))),
        Part::HiredAgain => (city.month(month), Some(city.first() - Months::new(3))),
        Part::PaidBeforeJoining => (city.month(month + 1), None),
        Part::JoinedMidMonth => (city.month(month) + Days::new(14), None),
        _ => (joined_on, None),
    }
}
