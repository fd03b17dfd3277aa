//! What becomes of an alert: its handler answers, the manager approves, the audit office confirms.
//!
//! ```text
//! unowned ──► with handler ⇄ waiting
//!                │  ▲
//!         answer ▼  │ return
//!            with manager ──approve──► with audit ──confirm──► closed ──reopen──► with handler
//!                                          └──────return──────► with handler
//! ```
//!
//! The roles and their three words (조치·소명, 승인, 확인) are those of the field: the handler corrects or explains, the manager
//! approves, the audit office confirms.

pub mod escalation;
pub mod state;
