//! Which scenario each story of subsidies is told for.

use super::Part;
use crate::Kind;

pub(super) const EMPTIED: &str = "subsidy.emptied-at-once";
pub(super) const TWICE: &str = "subsidy.same-purpose-twice";
pub(super) const SETTLED: &str = "subsidy.settlement-overdue";
const GONE: &str = "subsidy.recipient-deceased-or-closed";

/// Which scenario a part is told for, what is to become of it, and the story in a few words.
pub(super) fn what(part: Part) -> (&'static str, Kind, &'static str) {
    use Kind::{Decoy, Planted};
    use Part::*;
    match part {
        Transferred => (EMPTIED, Planted, "transferred away in two days"),
        PaidToPerson => (EMPTIED, Planted, "all paid to a private person"),
        TwoFirms => (EMPTIED, Planted, "two firms paid within seven days"),
        GoneTheSameDay => (EMPTIED, Planted, "gone the same day"),
        PlannedPurchase => (EMPTIED, Decoy, "one planned purchase"),
        RunningInstalment => (EMPTIED, Decoy, "an instalment for running costs"),
        PaysBack => (EMPTIED, Decoy, "granted after the project ended"),
        ReturnedToOffice => (EMPTIED, Decoy, "returned to the office"),
        OwnAccounts => (EMPTIED, Decoy, "moved to the subsidy's other account"),
        EarlierThatDay => (EMPTIED, Decoy, "emptied that day before the grant came"),
        EighthDay => (EMPTIED, Decoy, "emptied on the eighth day"),
        SomeLeft => (EMPTIED, Decoy, "two per cent left"),
        NoBalance => (EMPTIED, Decoy, "the bank gives no balance"),
        SmallGrant => (EMPTIED, Decoy, "below the floor"),
        NotDecided => (EMPTIED, Decoy, "no decision in the table"),
        SameRecipient => (TWICE, Planted, "one recipient number"),
        SameBusiness => (TWICE, Planted, "one business number"),
        SamePerson => (TWICE, Planted, "one private person"),
        ThreeGrants => (TWICE, Planted, "three grants for one purpose"),
        Matched => (TWICE, Decoy, "funded together"),
        OneAfterOther => (TWICE, Decoy, "one after the other"),
        ShortOverlap => (TWICE, Decoy, "thirty common days"),
        CancelledTwin => (TWICE, Decoy, "the later decision was cancelled"),
        AbolishedTwin => (TWICE, Decoy, "the earlier project was abolished"),
        SameRepresentative => (TWICE, Decoy, "two bodies of one representative"),
        SmallTwin => (TWICE, Decoy, "below the floor"),
        NoPurposeCode => (TWICE, Decoy, "no purpose code"),
        OtherPurpose => (TWICE, Decoy, "another purpose"),
        NeverReported => (SETTLED, Planted, "never reported"),
        ReportedLate => (SETTLED, Planted, "reported on the thirty-first day"),
        LateAfterExtension => (SETTLED, Planted, "late after an extension"),
        AbolishedUnreported => (SETTLED, Planted, "abolished and not reported"),
        WithinGrace => (SETTLED, Decoy, "reported on the thirtieth day"),
        Extended => (SETTLED, Decoy, "extended"),
        CancelledUnreported => (SETTLED, Decoy, "the decision was cancelled"),
        DueLately => (SETTLED, Decoy, "due lately"),
        NoDueDay => (SETTLED, Decoy, "no due day"),
        Deceased => (GONE, Planted, "died before the payment"),
        DeceasedUnknown => (GONE, Planted, "died before, known after"),
        Closed => (GONE, Planted, "closed before the payment"),
        Suspended => (GONE, Planted, "suspended"),
        Abroad => (GONE, Planted, "abroad for ninety days"),
        DiedThatDay => (GONE, Decoy, "died on the day of payment"),
        ShortStay => (GONE, Decoy, "abroad for eighty-nine days"),
        CameBack => (GONE, Decoy, "came back that day"),
        RepresentativeDied => (GONE, Decoy, "the representative died"),
        Reopened => (GONE, Decoy, "closed once, open again"),
        SuspensionEnded => (GONE, Decoy, "the suspension had ended"),
        OwnShopClosed => (GONE, Decoy, "a private recipient's own shop closed"),
        ClosedAfter => (GONE, Decoy, "closed on the day of payment"),
    }
}
