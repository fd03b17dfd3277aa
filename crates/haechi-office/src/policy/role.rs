//! What somebody can be. What that allows is said in the table of `policy.rs` alone.

/// What somebody is, today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Has a place in a unit.
    Official,
    /// Keeps a unit's papers (서무).
    Coordinator,
    /// Heads a unit, or acts for its head.
    Manager,
    /// Works for the audit office: confirms.
    Auditor,
    /// Runs internal control: people, runs, data, the monitoring day.
    IntegrityOfficer,
    /// Confirms what is about the audit office or the head of the government (an ombudsman, another body).
    OutsideConfirmer,
    /// Looks, and changes nothing (a council, the ministry).
    Inspector,
    /// Runs the installation: people, grants, settings. Sees no case.
    Administrator,
    /// The program that detects.
    Engine,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::Official,
        Self::Coordinator,
        Self::Manager,
        Self::Auditor,
        Self::IntegrityOfficer,
        Self::OutsideConfirmer,
        Self::Inspector,
        Self::Administrator,
        Self::Engine,
    ];

    /// Those that are given by a grant. The others come with a place.
    pub const GRANTED: [Self; 5] =
        [Self::Auditor, Self::IntegrityOfficer, Self::OutsideConfirmer, Self::Inspector, Self::Administrator];

    /// The word in the database, the API and the messages (`role-auditor`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Coordinator => "coordinator",
            Self::Manager => "manager",
            Self::Auditor => "auditor",
            Self::IntegrityOfficer => "integrity-officer",
            Self::OutsideConfirmer => "outside-confirmer",
            Self::Inspector => "inspector",
            Self::Administrator => "administrator",
            Self::Engine => "engine",
        }
    }

    /// The role whose word `text` is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}
