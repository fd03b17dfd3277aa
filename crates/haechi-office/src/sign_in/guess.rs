//! Counting attempts: who guesses is made to wait, longer each time.

use haechi_core::time::Moment;

use super::SignInError;
use super::store;
use crate::db::Transaction;

/// Failures after which one waits.
const FREE: i32 = 5;
/// The longest one waits, in seconds.
const LONGEST: i64 = 15 * 60;

/// How long one still waits after so many failures.
fn wait(failures: Option<(i32, Moment)>, now: Moment) -> Option<i64> {
    let (count, last) = failures?;
    let over = u32::try_from(count - FREE).ok()?;
    let pause = (30_i64 << over.min(10)).min(LONGEST);
    let left = pause - (now - last).num_seconds();
    (left > 0).then_some(left)
}

/// Counts an attempt under `guard`, before it is judged: of a hundred that are made at once the sixth is refused. An attempt that was
/// right is taken back by [`store::forget_failures`].
///
/// # Errors
///
/// [`SignInError::Wait`] after too many.
pub(super) async fn count(tx: &Transaction, guard: &str, now: Moment) -> Result<(), SignInError> {
    tx.alone().await?;
    match wait(store::failures(tx, guard).await?, now) {
        Some(seconds) => Err(SignInError::Wait(seconds)),
        None => Ok(store::failed(tx, guard, now).await?),
    }
}
