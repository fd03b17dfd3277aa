//! Names of the office's records: UUIDs in the order of their making (version 7), a type for each kind.

/// Makes types of names. Those of the platform and of the first slices are below; a slice makes its own beside its types.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::sea_orm::DeriveValueType, ::serde::Serialize,
            ::serde::Deserialize, ::utoipa::ToSchema,
        )]
        #[serde(transparent)]
        pub struct $name(::sea_orm::prelude::Uuid);

        impl $name {
            /// A new one.
            #[expect(clippy::new_without_default, reason = "a default would be another one each time")]
            pub fn new() -> Self {
                Self(::sea_orm::prelude::Uuid::now_v7())
            }

            /// That of nobody: no record has it.
            pub const fn nobody() -> Self {
                Self(::sea_orm::prelude::Uuid::nil())
            }

            /// As the database keeps it.
            pub const fn uuid(self) -> ::sea_orm::prelude::Uuid {
                self.0
            }

            /// Its 128 bits.
            pub const fn as_u128(self) -> u128 {
                self.0.as_u128()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::uuid::Error;

            fn from_str(text: &str) -> Result<Self, ::uuid::Error> {
                text.parse().map(Self)
            }
        }

        // The database never makes a key of ours.
        impl ::sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, ::sea_orm::DbErr> {
                Err(::sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )* }
}

ids! {
    /// A government on this installation.
    TenantId,
    /// A person.
    PersonId,
    /// A place somebody has or had in a unit.
    AppointmentId,
    /// Days on which somebody is not there.
    AbsenceId,
    /// A role given to somebody.
    GrantId,
    /// Somebody named to stand in.
    StandInId,
    /// A request for a role.
    RoleRequestId,
    /// A person kept away from a record.
    RecusalId,
    /// A token of a program.
    TokenId,
    /// That somebody comes by a provider's account.
    LinkId,
    /// A run that was received.
    RunId,
    /// A finding that was received.
    AlertId,
    /// An alert's handling.
    CaseId,
    /// What happened to a case, one line of its history.
    EntryId,
    /// A step up the report line.
    StepId,
    /// A file with a case.
    AttachmentId,
    /// What is not asked again before a day.
    ExclusionId,
    /// A message to somebody.
    MessageId,
    /// A look at somebody's data.
    AccessId,
    /// Conditions of a list that somebody keeps.
    SavedViewId,
    /// An address that is told what was done.
    WebhookId,
    /// A proposal about retention: a period, a destruction, the lifting of a hold.
    RetentionProposalId,
    /// A legal hold.
    HoldId,
}
