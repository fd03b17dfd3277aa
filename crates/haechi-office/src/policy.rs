//! The whole of who may do what. Nothing else in the office compares roles.
//!
//! Somebody's roles come from their places (who heads a unit is its manager, today, also as acting head) and from grants (the audit
//! office's work, administration). What they may do to a record depends also on how they stand to it.

mod denied;
mod role;
mod standing;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use haechi_core::time::Day;

use crate::audit::{Entry, Record, Via};
use crate::ids::{PersonId, TenantId};
use crate::slices::people::{Directory, Post};

pub use self::denied::Denied;
pub use self::role::Role;
pub use self::standing::{CaseFacts, stands};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// What can be done. The word is what the log says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name),* }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in the log.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

impl Action {
    /// Whether it is work on a case, which somebody may do in another's name.
    const fn is_of_cases(self) -> bool {
        use Action::*;
        matches!(
            self,
            ReadCase
                | AnswerCase
                | WaitCase
                | CommentCase
                | ClaimCase
                | HandOverCase
                | ApproveCase
                | ReturnCase
                | ConfirmCase
                | RejectCase
                | RevealPersonal
                | ReadMonitoring
                | ReadStatistics
                | MoveDay
        )
    }
}

actions! {
    /// See a case.
    ReadCase = "case.read",
    /// Correct, explain or ask for exclusion.
    AnswerCase = "case.answer",
    /// Say that one waits for somebody else, or that it came.
    WaitCase = "case.wait",
    /// Write beneath a case, add a file.
    CommentCase = "case.comment",
    /// Take what nobody answers for.
    ClaimCase = "case.claim",
    /// Give a case to somebody else.
    HandOverCase = "case.hand_over",
    /// Approve an answer.
    ApproveCase = "case.approve",
    /// Send an answer back.
    ReturnCase = "case.return",
    /// Confirm an approved answer.
    ConfirmCase = "case.confirm",
    /// Send an approved answer back.
    RejectCase = "case.reject",
    /// Open a closed case again.
    ReopenCase = "case.reopen",
    /// Let the handler see what was kept for the audit office.
    ReleaseCase = "case.release",
    /// See whose personal data it is, with a reason.
    RevealPersonal = "case.reveal",
    /// See exclusions.
    ReadExclusions = "exclusion.read",
    /// End or review an exclusion.
    ReviewExclusion = "exclusion.review",
    /// See runs and what could not be judged.
    ReadRuns = "run.read",
    /// Hand in a run.
    SubmitRun = "run.submit",
    /// Ask an engine to import and detect now.
    StartRun = "run.start",
    /// See units, people and places.
    ReadPeople = "people.read",
    /// Change units, people, places and absences.
    ChangePeople = "people.change",
    /// Give and end roles, decide requests.
    GrantRole = "role.grant",
    /// Ask for a role.
    RequestRole = "role.request",
    /// Declare that somebody, or oneself, keeps away from a record.
    Recuse = "recusal.declare",
    /// Name who stands in for oneself, and stand in for who named one.
    StandIn = "stand_in.name",
    /// See one's own messages.
    ReadInbox = "message.read",
    /// See what was sent and what failed.
    ReadOutbox = "outbox.read",
    /// See what the monitoring day says.
    ReadMonitoring = "monitoring.read",
    /// See what is counted of cases, each as far as they may see them.
    ReadStatistics = "statistics.read",
    /// Close a month, so that its sheet goes to every unit.
    CloseMonth = "month.close",
    /// See the log, its checkpoints and witnesses, and take them away.
    ReadLog = "log.read",
    /// See who saw whose personal data, and sign the month's review.
    ReviewAccess = "access.review",
    /// Deadlines, monitoring day, tokens, templates.
    ChangeSettings = "setting.change",
    /// See how the installation is: queues, backups, clocks, disk.
    ReadSystem = "system.read",
    /// Change one's own password, end one's own sessions, keep what is for oneself alone.
    OwnAccount = "account.own",
    /// Help others with their accounts: end their sessions, take their second factor or their link with the provider away.
    ManageAccount = "account.manage",
    /// Move an invented government's day forward.
    MoveDay = "demo.move_day",
    /// See scenarios, their parameters and what was proposed.
    ReadScenarios = "scenario.read",
    /// Propose that a scenario runs, or does not, or with another value.
    ProposeScenario = "scenario.propose",
    /// Approve or refuse what somebody else proposed.
    DecideScenario = "scenario.decide",
    /// Take back what one proposed.
    WithdrawScenario = "scenario.withdraw",
    /// See for how long what is kept, what has fallen due, holds and certificates of destruction.
    ReadRetention = "retention.read",
    /// Propose for how long something is kept, and that what has fallen due is destroyed.
    ProposeRetention = "retention.propose",
    /// Approve or refuse what somebody else proposed about retention or a hold.
    DecideRetention = "retention.decide",
    /// Take back what one proposed about retention or a hold.
    WithdrawRetention = "retention.withdraw",
    /// Keep something from being destroyed.
    SetHold = "hold.set",
    /// Propose that a hold is lifted.
    LiftHold = "hold.lift",
}

/// How somebody stands to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// There is no record, or it is everybody's.
    General,
    /// They answer for it, or gave the answer that stands.
    Own,
    /// They approved it.
    Approved,
    /// They head the unit it lies in, or one above.
    Above,
    /// Nobody answers for it, and it may be their unit's.
    Desk,
    /// None of these.
    Elsewhere,
    /// None of these, and the audit office may not judge it: it is about the audit office or the head.
    ElsewhereOutside,
    /// Kept for the audit office until it releases it.
    Kept,
    /// Kept for the outside confirmer until they release it.
    KeptOutside,
    /// Recused, or it is about them and they are not to know yet.
    Barred,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 10] = [
        Self::General,
        Self::Own,
        Self::Approved,
        Self::Above,
        Self::Desk,
        Self::Elsewhere,
        Self::ElsewhereOutside,
        Self::Kept,
        Self::KeptOutside,
        Self::Barred,
    ];
}

/// Who acts: a person who signed in, or a program with a token.
#[derive(Clone)]
pub struct Actor {
    tenant: TenantId,
    person: Option<PersonId>,
    /// Whose hand it is, where somebody stands in for the person.
    stand_in: Option<PersonId>,
    name: String,
    via: Via,
    roles: BTreeSet<Role>,
    directory: Arc<Directory>,
    day: Day,
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Actor").field("person", &self.person).field("roles", &self.roles).finish_non_exhaustive()
    }
}

impl Actor {
    /// Somebody with the roles that were `granted`, and those of their places on `day`.
    pub fn person(
        tenant: TenantId,
        person: PersonId,
        granted: impl IntoIterator<Item = Role>,
        directory: Arc<Directory>,
        day: Day,
        via: Via,
    ) -> Self {
        let mut roles: BTreeSet<Role> = granted.into_iter().filter(|role| Role::GRANTED.contains(role)).collect();
        for (unit, post) in directory.places_of(person, day) {
            roles.insert(Role::Official);
            match post {
                Post::Coordinator => roles.insert(Role::Coordinator),
                Post::Head if directory.head(&unit, day).is_some_and(|head| head.id == person) => {
                    roles.insert(Role::Manager)
                }
                Post::Head | Post::Staff => true,
            };
        }
        let name = directory.person(person).map(|person| person.name.clone()).unwrap_or_default();
        Self { tenant, person: Some(person), stand_in: None, name, via, roles, directory, day }
    }

    /// `self`, with `by` doing it in their name: what both may, of the work on cases alone, and with what keeps either away.
    pub fn with_stand_in(self, by: &Self) -> Self {
        let roles = self.roles.intersection(&by.roles).copied().collect();
        Self { stand_in: by.person, roles, ..self }
    }

    /// The program that detects, under the name of its token.
    pub fn engine(tenant: TenantId, token: String, directory: Arc<Directory>, day: Day) -> Self {
        let roles = BTreeSet::from([Role::Engine]);
        Self { tenant, person: None, stand_in: None, name: token, via: Via::Api, roles, directory, day }
    }

    /// Whose data they may touch.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Who they are; none for a program.
    pub const fn id(&self) -> Option<PersonId> {
        self.person
    }

    /// Who stands in for them.
    pub const fn stand_in(&self) -> Option<PersonId> {
        self.stand_in
    }

    /// Who sees and does it with their own eyes and hands: who stands in, else they themselves.
    pub fn hand(&self) -> Option<PersonId> {
        self.stand_in.or(self.person)
    }

    /// Whether they, or who stands in for them, are this person.
    pub fn is_or_is_done_by(&self, person: Option<PersonId>) -> bool {
        self.is(person) || (self.stand_in.is_some() && self.stand_in == person)
    }

    /// Whether they are this person.
    pub fn is(&self, person: Option<PersonId>) -> bool {
        self.person.is_some() && self.person == person
    }

    /// What they are called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Their roles, to be shown.
    pub fn roles(&self) -> impl Iterator<Item = Role> + '_ {
        self.roles.iter().copied()
    }

    /// The government's people.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The day on which they act.
    pub const fn day(&self) -> Day {
        self.day
    }

    /// By which way they act.
    pub const fn via(&self) -> Via {
        self.via
    }

    /// Whether they may do this to something of this standing.
    pub fn may(&self, action: Action, standing: Standing) -> bool {
        // Who stands in does the work on cases, and neither reads another's messages nor changes anything of the office.
        (self.stand_in.is_none() || action.is_of_cases()) && allows(action, &self.roles, standing)
    }

    /// Whether there is any standing in which they may do it: what a menu shows, and what a route asks first.
    pub fn may_ever(&self, action: Action) -> bool {
        Standing::ALL.iter().any(|standing| self.may(action, *standing))
    }

    /// Whether they may hand `role` on by the way they act. Who administers makes tokens that do more than the one in hand and hold
    /// longer, so no token makes an administrator.
    pub fn hands_on(&self, role: Role) -> bool {
        self.via != Via::Api || role != Role::Administrator
    }

    /// An event of theirs.
    pub fn entry(&self, action: Action, kind: &str, id: impl fmt::Display) -> Entry {
        Entry {
            action: action.as_str().to_owned(),
            actor: self.person.map_or_else(|| format!("token:{}", self.name), |person| person.to_string()),
            true_actor: self.stand_in.map(|person| person.to_string()),
            via: self.via,
            record: Record { kind: kind.to_owned(), id: id.to_string() },
            before: None,
            after: None,
        }
    }
}

/// A record that somebody stands to in some way.
pub trait Subject {
    /// The action of seeing it.
    const READ: Action;

    /// How `actor` stands to it.
    fn standing(&self, actor: &Actor) -> Standing;
}

/// Nothing in particular: settings, lists, the government as a whole.
#[derive(Clone, Copy, Debug)]
pub struct General;

impl Subject for General {
    const READ: Action = Action::OwnAccount;

    fn standing(&self, _: &Actor) -> Standing {
        Standing::General
    }
}

/// A record and the permission to do one thing to it. Writing functions take it; only [`authorize`] makes it.
#[derive(Debug)]
pub struct Authorized<'a, T> {
    subject: T,
    action: Action,
    by: &'a Actor,
}

impl<T> Deref for Authorized<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.subject
    }
}

impl<'a, T> Authorized<'a, T> {
    /// What may be done.
    pub const fn action(&self) -> Action {
        self.action
    }

    /// Who may.
    pub const fn by(&self) -> &'a Actor {
        self.by
    }

    /// The event of it.
    pub fn entry(&self, kind: &str, id: impl fmt::Display) -> Entry {
        self.by.entry(self.action, kind, id)
    }

    /// The record alone.
    pub fn into_inner(self) -> T {
        self.subject
    }
}

/// `subject`, once `actor` may do `action` to it.
///
/// # Errors
///
/// [`Denied::Hidden`] (a 404) when they may not even know it exists, [`Denied::Forbidden`] (a 403) when they may see it but not do
/// this.
pub fn authorize<T: Subject>(actor: &Actor, action: Action, subject: T) -> Result<Authorized<'_, T>, Denied> {
    let standing = subject.standing(actor);
    if actor.may(action, standing) {
        return Ok(Authorized { subject, action, by: actor });
    }
    Err(if actor.may(T::READ, standing) { Denied::Forbidden(action) } else { Denied::Hidden })
}

/// Permission to do something that is about no record.
///
/// # Errors
///
/// [`Denied::Forbidden`].
pub fn generally(actor: &Actor, action: Action) -> Result<Authorized<'_, General>, Denied> {
    authorize(actor, action, General)
}

/// Whether who does it must have proved within the last minutes who they are: what shows personal data, and administration.
pub(crate) const fn wants_proof(action: Action) -> bool {
    use Action::*;
    matches!(
        action,
        RevealPersonal
            | ChangePeople
            | GrantRole
            | ChangeSettings
            | ManageAccount
            | DecideScenario
            | ProposeRetention
            | DecideRetention
            | SetHold
            | LiftHold
    )
}

/// Whether somebody shows a second factor when they sign in with a password of the office's own, where the government asks it `from` (the
/// setting `second-factor`): 0 nobody, 1 administrators, 2 also those who see others' cases, 3 everybody.
pub(crate) fn wants_second_factor(actor: &Actor, from: u32) -> bool {
    let is = |role| actor.roles.contains(&role);
    let sees_others = is(Role::Auditor) || is(Role::IntegrityOfficer) || is(Role::OutsideConfirmer);
    match from {
        0 => false,
        1 => is(Role::Administrator),
        2 => is(Role::Administrator) || sees_others,
        _ => true,
    }
}

/// Which cases a list may show somebody. Only [`scope`] makes it.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Their own, and those they approved.
    pub(crate) person: Option<PersonId>,
    /// Who stands in for them: what is about who does, they do not see either.
    pub(crate) stand_in: Option<PersonId>,
    /// The units they head, and all below.
    pub(crate) below: BTreeSet<String>,
    /// The units whose unowned cases they may claim.
    pub(crate) desk: BTreeSet<String>,
    /// Unowned cases of no unit.
    pub(crate) unmapped: bool,
    /// All that is open to the audit office's eyes.
    pub(crate) elsewhere: bool,
    /// All that is about the audit office or the head.
    pub(crate) elsewhere_outside: bool,
    /// What is kept for the audit office.
    pub(crate) kept: bool,
    /// What is kept for the outside confirmer.
    pub(crate) kept_outside: bool,
}

/// Which cases `actor` may see in lists, counts and searches.
pub fn scope(actor: &Actor) -> Scope {
    let read = |standing| actor.may(Action::ReadCase, standing);
    let (directory, day) = (actor.directory(), actor.day());
    let mut below = BTreeSet::new();
    let mut desk = BTreeSet::new();
    if let Some(person) = actor.id() {
        for (unit, post) in directory.places_of(person, day) {
            if post == Post::Head && directory.head(&unit, day).is_some_and(|head| head.id == person) {
                below.extend(directory.below(&unit, day));
            }
            desk.insert(unit);
        }
    }
    let unmapped = read(Standing::Desk) && keeps_a_desk(actor);
    Scope {
        person: actor.id(),
        stand_in: actor.stand_in(),
        below,
        desk,
        unmapped,
        elsewhere: read(Standing::Elsewhere),
        elsewhere_outside: read(Standing::ElsewhereOutside),
        kept: read(Standing::Kept),
        kept_outside: read(Standing::KeptOutside),
    }
}

/// What a government publishes of itself: sums over everything that is not kept.
pub(crate) fn published() -> Scope {
    Scope {
        person: None,
        stand_in: None,
        below: BTreeSet::new(),
        desk: BTreeSet::new(),
        unmapped: false,
        elsewhere: true,
        elsewhere_outside: true,
        kept: false,
        kept_outside: false,
    }
}

/// Who may look at unowned cases of no unit: anybody who answers for a unit's papers.
fn keeps_a_desk(Actor { roles, .. }: &Actor) -> bool {
    roles.contains(&Role::Manager) || roles.contains(&Role::Coordinator)
}

/// The table. A new action does not compile until someone has decided it.
fn allows(action: Action, roles: &BTreeSet<Role>, standing: Standing) -> bool {
    use Action::*;
    use Role::*;
    use Standing::*;
    let is = |role| roles.contains(&role);
    let person = !is(Engine);
    if standing == Barred {
        return false;
    }
    match action {
        ReadCase => match standing {
            Own | Approved | Above | Desk => person,
            Elsewhere => is(Auditor) || is(IntegrityOfficer) || is(Inspector),
            ElsewhereOutside | KeptOutside => is(OutsideConfirmer),
            Kept => is(Auditor),
            General | Barred => false,
        },
        AnswerCase | WaitCase => person && standing == Own,
        CommentCase => match standing {
            Own | Approved | Above => person,
            Elsewhere => is(Auditor) || is(IntegrityOfficer),
            ElsewhereOutside | KeptOutside => is(OutsideConfirmer),
            Kept => is(Auditor),
            General | Desk | Barred => false,
        },
        ClaimCase => match standing {
            Desk => person,
            Above => is(Manager),
            KeptOutside => is(OutsideConfirmer),
            Kept => is(Auditor),
            General | Own | Approved | Elsewhere | ElsewhereOutside | Barred => false,
        },
        HandOverCase => match standing {
            Own | Above => person,
            Desk => is(Manager) || is(Coordinator),
            Elsewhere => is(Auditor) || is(IntegrityOfficer),
            ElsewhereOutside | KeptOutside => is(OutsideConfirmer),
            Kept => is(Auditor),
            General | Approved | Barred => false,
        },
        // Nobody judges their own, whatever else they are; nor twice.
        ApproveCase | ReturnCase => person && standing == Above,
        ConfirmCase | RejectCase | ReopenCase => match standing {
            Elsewhere | Kept => is(Auditor),
            ElsewhereOutside | KeptOutside => is(OutsideConfirmer),
            General | Own | Approved | Above | Desk | Barred => false,
        },
        ReleaseCase => match standing {
            Own | Kept => is(Auditor) || (standing == Own && is(OutsideConfirmer)),
            KeptOutside => is(OutsideConfirmer),
            General | Approved | Above | Desk | Elsewhere | ElsewhereOutside | Barred => false,
        },
        RevealPersonal => match standing {
            Own | Above | Approved => person,
            Elsewhere | Kept => is(Auditor),
            ElsewhereOutside | KeptOutside => is(OutsideConfirmer),
            General | Desk | Barred => false,
        },
        ReadExclusions => is(Auditor) || is(IntegrityOfficer) || is(Inspector),
        ReviewExclusion => is(Auditor),
        ReadRuns => is(Auditor) || is(IntegrityOfficer) || is(Inspector) || is(Administrator),
        SubmitRun => is(Engine),
        StartRun => is(Administrator) || is(IntegrityOfficer),
        ReadPeople => is(Administrator) || is(IntegrityOfficer) || is(Auditor),
        ChangePeople => is(Administrator) || is(IntegrityOfficer),
        GrantRole => is(Administrator) && standing != Own,
        RequestRole | ReadInbox | OwnAccount => person,
        StandIn => is(Official),
        Recuse => is(Auditor) || is(IntegrityOfficer) || person && standing == Own,
        ReadOutbox => is(Administrator) || is(IntegrityOfficer),
        ReadMonitoring => is(Official) || is(Auditor) || is(IntegrityOfficer) || is(Inspector),
        ReadStatistics => is(Official) || is(Auditor) || is(IntegrityOfficer) || is(Inspector) || is(OutsideConfirmer),
        CloseMonth => is(IntegrityOfficer),
        ReadLog => is(Auditor) || is(Administrator) || is(Inspector) || is(IntegrityOfficer),
        ReviewAccess => is(Auditor) || is(IntegrityOfficer),
        ChangeSettings | ReadSystem => is(Administrator),
        ManageAccount => is(Administrator) && standing != Own,
        MoveDay => person,
        ReadScenarios => is(Auditor) || is(IntegrityOfficer) || is(Inspector) || is(Administrator),
        ProposeScenario => is(Auditor) || is(IntegrityOfficer) || is(Administrator),
        // Four eyes: nobody decides what they proposed.
        DecideScenario => standing != Own && (is(Auditor) || is(IntegrityOfficer) || is(Administrator)),
        WithdrawScenario => standing == Own && (is(Auditor) || is(IntegrityOfficer) || is(Administrator)),
        ReadRetention => is(Auditor) || is(IntegrityOfficer) || is(Inspector) || is(Administrator),
        ProposeRetention => is(Auditor) || is(IntegrityOfficer) || is(Administrator),
        // Four eyes again: what is destroyed, or may be once more, takes two.
        DecideRetention => standing != Own && (is(Auditor) || is(IntegrityOfficer) || is(Administrator)),
        WithdrawRetention => standing == Own && (is(Auditor) || is(IntegrityOfficer) || is(Administrator)),
        SetHold | LiftHold => is(Auditor) || is(IntegrityOfficer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows are actions, columns standings; a letter a role that may alone.
    #[test]
    fn the_whole_policy() {
        let letter = |role: Role| match role {
            Role::Official => 'o',
            Role::Coordinator => 'c',
            Role::Manager => 'm',
            Role::Auditor => 'A',
            Role::IntegrityOfficer => 'I',
            Role::OutsideConfirmer => 'X',
            Role::Inspector => 'i',
            Role::Administrator => 'S',
            Role::Engine => 'E',
        };
        let mut rows = vec![
            "o official, c coordinator, m manager, A auditor, I integrity officer, X outside confirmer, i inspector, S administrator, E engine"
                .to_owned(),
        ];
        for action in Action::ALL {
            let cells = Standing::ALL.map(|standing| {
                let may: String = Role::ALL
                    .into_iter()
                    .filter(|role| allows(*action, &BTreeSet::from([*role]), standing))
                    .map(letter)
                    .collect();
                format!("{standing:?} {}", if may.is_empty() { "-" } else { &may })
            });
            rows.push(format!("{}: {}", action.as_str(), cells.join(", ")));
        }
        insta::assert_snapshot!("policy", rows.join("\n"));
    }

    #[test]
    fn no_set_of_roles_lets_anybody_judge_their_own() {
        let all: BTreeSet<Role> = Role::ALL.into_iter().filter(|role| *role != Role::Engine).collect();
        for action in
            [Action::ApproveCase, Action::ReturnCase, Action::ConfirmCase, Action::RejectCase, Action::ReopenCase]
        {
            for standing in [Standing::Own, Standing::Barred] {
                assert!(!allows(action, &all, standing), "{action:?} {standing:?}");
            }
        }
        assert!(!allows(Action::ConfirmCase, &all, Standing::Approved), "who approved does not confirm");
        for action in Action::ALL {
            assert!(!allows(*action, &all, Standing::Barred), "{action:?}");
        }
    }
}
