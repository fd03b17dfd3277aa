//! Why somebody could not sign in, prove who they are, or change their account; and the words for it.

use haechi_core::words::Words;

use super::password::PasswordError;
use crate::audit;
use crate::problem::Problem;
use crate::seal::SealError;

/// Why somebody could not sign in, or an account not be changed.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown log-in or wrong password; nobody can tell which.
    #[error("unknown log-in or wrong password")]
    Wrong,
    /// A code that does not fit, or was used.
    #[error("wrong or used code")]
    Code,
    /// Too many failures; so many seconds to wait.
    #[error("too many failures, wait {0} seconds")]
    Wait(i64),
    /// The link is unknown, was used, or is too old.
    #[error("the link does not hold")]
    Link,
    /// Too long between two steps of signing in or of setting the second step up.
    #[error("too late, to be begun again")]
    Late,
    /// The government wants the second factor of this person.
    #[error("the second factor is wanted")]
    Wanted,
    /// The password is not taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// There is no such person, account or token.
    #[error("not there")]
    Gone,
    /// A scope that does not exist, or a time that has passed.
    #[error("a token for what is not to be had")]
    Scope,
    /// Something could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database said no.
    #[error("accounts could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Self::new(
                401,
                "sign_in.wrong",
                ("아이디 또는 비밀번호가 맞지 않습니다.", "The log-in or the password is not right."),
                (
                    "다시 입력해 주십시오. 잊으셨으면 관리자에게 일회용 링크를 요청하십시오.",
                    "Try again. If you forgot it, ask your administrator for a one-time link.",
                ),
            ),
            SignInError::Code => Self::new(
                401,
                "sign_in.code",
                ("인증 코드가 맞지 않거나 이미 쓰였습니다.", "The code is not right, or it was used."),
                (
                    "인증 앱에 새 코드가 나오면 다시 입력해 주십시오. 계속 맞지 않으면 휴대전화의 시각이 맞는지 보십시오.",
                    "Enter the next code of your app. If none fits, see whether the telephone's clock is right.",
                ),
            ),
            SignInError::Wait(seconds) => {
                let minutes = (seconds + 59) / 60;
                let mut problem = Self::new(
                    429,
                    "sign_in.wait",
                    ("여러 번 틀려 잠시 기다려야 합니다.", "Too many attempts failed."),
                    ("", ""),
                );
                problem.advice = Words::new(
                    format!("{minutes}분 뒤에 다시 시도하거나, 전에 로그인한 브라우저에서 로그인하십시오."),
                    format!("Wait {minutes} minutes, or sign in from a browser you used before."),
                );
                problem
            }
            SignInError::Link => Self::new(
                410,
                "sign_in.link",
                ("이 링크는 이미 쓰였거나 기한이 지났습니다.", "This link was used or is too old."),
                ("관리자에게 새 링크를 요청하십시오.", "Ask your administrator for a new one."),
            ),
            SignInError::Late => Self::new(
                410,
                "sign_in.late",
                ("시간이 지나 처음부터 다시 해야 합니다.", "Too much time has passed."),
                ("처음부터 다시 해 주십시오.", "Begin again."),
            ),
            SignInError::Wanted => Self::new(
                409,
                "second_factor.wanted",
                (
                    "기관이 2단계 인증을 쓰도록 정하여 없앨 수 없습니다.",
                    "Your government wants this second step, so it cannot be removed.",
                ),
                ("휴대전화를 바꾸려면 다시 등록하십시오.", "To change the telephone, set it up again."),
            ),
            SignInError::Password(PasswordError::Short) => Self::invalid(
                "password.short",
                ("비밀번호는 12자 이상이어야 합니다.", "A password has at least twelve characters."),
            ),
            SignInError::Password(PasswordError::Long) => Self::invalid(
                "password.long",
                ("비밀번호는 200자를 넘을 수 없습니다.", "A password has at most 200 characters."),
            ),
            SignInError::Password(PasswordError::Guessable) => Self::invalid(
                "password.guessable",
                (
                    "아이디가 들어 있거나 한 글자로만 된 비밀번호는 쓸 수 없습니다.",
                    "A password may not hold the log-in or be one character only.",
                ),
            ),
            SignInError::Password(PasswordError::Machine) => {
                Self::internal("password.machine", &PasswordError::Machine)
            }
            SignInError::Gone => Self::hidden(),
            SignInError::Scope => Self::invalid(
                "token.scope",
                ("토큰의 범위나 기한이 맞지 않습니다.", "The scope or the last day of the token does not fit."),
            ),
            SignInError::Seal(SealError::Key) => {
                let mut problem = Self::new(
                    503,
                    "second_factor.unreadable",
                    (
                        "2단계 인증을 확인할 수 없습니다. 해치의 열쇠가 등록할 때와 다릅니다.",
                        "The second step cannot be checked: Haechi's key is another one than when it was set up.",
                    ),
                    (
                        "복구 코드로 로그인하거나, 관리자에게 2단계 인증을 없애 달라고 하십시오.",
                        "Use a recovery code, or ask your administrator to remove the second step.",
                    ),
                );
                problem.inner = Some("a second factor was sealed with another key than keys/seal.key".to_owned());
                problem
            }
            SignInError::Seal(error) => Self::internal("seal", &error),
            SignInError::Database(error) => error.into(),
            SignInError::Log(error) => error.into(),
        }
    }
}
