//! Why somebody could not sign in by the provider; and the words for it.

use std::path::PathBuf;

use super::super::SignInError;
use crate::problem::Problem;

/// Why somebody could not sign in by the provider.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OidcError {
    /// The government has no provider.
    #[error("no provider is set up")]
    NotSetUp,
    /// The client's secret cannot be read.
    #[error("the client's secret cannot be read from {path}: {why}")]
    Secret {
        /// Its file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The provider does not answer, or not as it should.
    #[error("the provider does not answer as it should: {0}")]
    Down(String),
    /// What comes back was not begun in this browser, too long ago, or came back before.
    #[error("nothing was begun that this could end")]
    Late,
    /// The provider, or the person at it, said no.
    #[error("the provider said no: {0}")]
    Refused(String),
    /// What the provider says of the person does not hold.
    #[error("the provider's answer does not hold: {0}")]
    Answer(String),
    /// The provider did not ask who it is anew.
    #[error("the provider did not ask anew")]
    Stale,
    /// Somebody else than the holder of the session.
    #[error("somebody else than the holder of the session")]
    Other,
    /// What the rule looks for is not said of the person.
    #[error("the provider says no `{0}`")]
    Unsaid(String),
    /// The provider has not verified the mail address.
    #[error("the mail address is not verified")]
    Unverified,
    /// Nobody of ours.
    #[error("nobody among our people fits")]
    Nobody,
    /// More than one of ours.
    #[error("more than one of our people fits")]
    Several,
    /// That person signs in with another account of the provider.
    #[error("that person is linked with another account")]
    Taken,
    /// The person has left.
    #[error("that person has left")]
    Left,
    /// As with accounts of the office's own.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// The database said no.
    #[error("links could not be read or written")]
    Database(#[from] sea_orm::DbErr),
}

impl OidcError {
    /// Whether an administrator can help.
    pub(crate) const fn is_for_administrators(&self) -> bool {
        matches!(self, Self::Unsaid(_) | Self::Unverified | Self::Nobody | Self::Several | Self::Taken | Self::Left)
    }
}

impl From<OidcError> for Problem {
    fn from(error: OidcError) -> Self {
        let inner = error.to_string();
        let ask = ("아래 관리자에게 물으십시오.", "Ask one of the administrators named below.");
        let mut problem = match error {
            OidcError::NotSetUp => return Self::hidden(),
            OidcError::SignIn(error) => return error.into(),
            OidcError::Database(error) => return error.into(),
            OidcError::Secret { .. } | OidcError::Down(_) => Self::new(
                503,
                "oidc.down",
                (
                    "통합로그인 서버가 답하지 않습니다. 해치의 문제가 아닐 수 있습니다.",
                    "The sign-in service of your government does not answer. It may be no fault of Haechi.",
                ),
                (
                    "잠시 후 다시 시도하십시오. 해치 비밀번호가 있으면 아래에서 로그인할 수 있습니다.",
                    "Try again shortly. If you have a password of Haechi, you can sign in with it below.",
                ),
            ),
            OidcError::Late => Self::new(
                410,
                "oidc.late",
                (
                    "로그인이 끝나지 않았습니다. 너무 오래 걸렸거나 다른 브라우저에서 시작한 로그인입니다.",
                    "The sign-in was not finished: it took too long, or was begun in another browser.",
                ),
                ("처음부터 다시 로그인하십시오.", "Sign in again from the beginning."),
            ),
            OidcError::Refused(_) => Self::new(
                401,
                "oidc.refused",
                (
                    "통합로그인에서 로그인하지 않고 돌아왔습니다.",
                    "You came back from the sign-in service without having signed in.",
                ),
                (
                    "다시 로그인하십시오. 통합로그인에서 거절되었다면 그쪽 담당자에게 물으십시오.",
                    "Sign in again. If you were refused there, ask who runs that service.",
                ),
            ),
            OidcError::Answer(_) => Self::new(
                401,
                "oidc.answer",
                (
                    "통합로그인의 답을 확인할 수 없어 받아들이지 않았습니다.",
                    "What the sign-in service answered could not be verified, so it was not taken.",
                ),
                (
                    "다시 로그인하십시오. 되풀이되면 관리자에게 이 화면의 오류 부호를 알려 주십시오.",
                    "Sign in again. If it happens again, tell your administrator the code on this page.",
                ),
            ),
            OidcError::Stale => Self::new(
                401,
                "oidc.stale",
                (
                    "통합로그인이 본인인지 다시 묻지 않고 돌려보냈습니다.",
                    "The sign-in service sent you back without asking again who you are.",
                ),
                ("로그아웃한 뒤 다시 로그인하십시오.", "Sign out, and sign in again."),
            ),
            OidcError::Other => Self::new(
                403,
                "oidc.other",
                (
                    "지금 로그인한 사람과 다른 사람의 계정입니다.",
                    "That is the account of somebody else than who is signed in here.",
                ),
                ("본인의 계정으로 다시 하십시오.", "Use your own account."),
            ),
            OidcError::Unsaid(_) => Self::new(
                403,
                "oidc.unsaid",
                (
                    "로그인은 되었으나, 통합로그인이 해치에 누구인지 알려 주는 항목을 보내지 않았습니다.",
                    "You signed in, but the sign-in service did not send what says who you are in Haechi.",
                ),
                ask,
            ),
            OidcError::Unverified => Self::new(
                403,
                "oidc.unverified",
                (
                    "로그인은 되었으나, 통합로그인이 메일 주소를 확인하지 않은 계정입니다.",
                    "You signed in, but the sign-in service has not verified the mail address of your account.",
                ),
                ask,
            ),
            OidcError::Nobody => Self::new(
                403,
                "oidc.nobody",
                (
                    "로그인은 되었으나, 해치의 인사 자료에 맞는 사람이 없습니다.",
                    "You signed in, but nobody in Haechi's personnel register fits your account.",
                ),
                ask,
            ),
            OidcError::Several => Self::new(
                403,
                "oidc.several",
                (
                    "로그인은 되었으나, 해치의 인사 자료에 맞는 사람이 둘 이상입니다.",
                    "You signed in, but more than one person in Haechi's personnel register fits your account.",
                ),
                ask,
            ),
            OidcError::Taken => Self::new(
                403,
                "oidc.taken",
                (
                    "로그인은 되었으나, 인사 자료의 그 사람은 이미 다른 계정으로 해치를 쓰고 있습니다.",
                    "You signed in, but the person your account fits already uses Haechi with another account.",
                ),
                ask,
            ),
            OidcError::Left => Self::new(
                403,
                "oidc.left",
                (
                    "로그인은 되었으나, 인사 자료에서 퇴직한 사람의 계정입니다.",
                    "You signed in, but the account is of somebody who has left according to the personnel register.",
                ),
                ask,
            ),
        };
        problem.inner = Some(inner);
        problem
    }
}
