//! The life of a message that leaves the office, and nothing else.

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = MessageState)]
pub enum State {
    /// It waits for its time.
    Queued,
    /// Somebody took it until a moment and has not said what became of it.
    Sending,
    /// It leaves in another, with many.
    Joined,
    /// It was taken by the server. Whether it was read nobody can say.
    Delivered,
    /// It will not be tried again by itself.
    Failed,
    /// Somebody decided that it need not leave any more.
    GivenUp,
    /// It was written or waited in trial mode, and never leaves.
    Held,
}

impl State {
    /// Every state, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Queued, Self::Sending, Self::Joined, Self::Delivered, Self::Failed, Self::GivenUp, Self::Held];

    /// The word in the database and of the words (`message-queued`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Joined => "joined",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::GivenUp => "given-up",
            Self::Held => "held",
        }
    }

    /// Whether nothing more happens by itself.
    pub const fn is_end(self) -> bool {
        match self {
            Self::Delivered | Self::Failed | Self::GivenUp | Self::Held => true,
            Self::Queued | Self::Sending | Self::Joined => false,
        }
    }
}
