//! That somebody may not do something.

use super::Action;
use crate::problem::Problem;

/// Somebody may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// They may not even know that it exists.
    #[error("hidden")]
    Hidden,
    /// They may see it, but not do this.
    #[error("not theirs to do: {}", .0.as_str())]
    Forbidden(Action),
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Hidden => Self::hidden(),
            Denied::Forbidden(action) => {
                let mut problem = Self::new(
                    403,
                    "forbidden",
                    ("이 일을 할 권한이 없습니다.", "This is not yours to do."),
                    (
                        "권한 페이지에서 누가 권한을 주는지 보고 신청할 수 있습니다.",
                        "The page of roles says who grants them and takes a request.",
                    ),
                );
                problem.inner = Some(format!("denied {}", action.as_str()));
                problem
            }
        }
    }
}
