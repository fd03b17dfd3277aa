//! Stories: the real program, run as people run it, in folders that are gone afterwards.
//!
//! [`city`] runs commands and reads what they say, [`ledger`] invents exports, [`live_table`] puts exports into databases. Every other module tells one story. Those of
//! [`seoul`] and [`oxford`] need the real exports, which lie beside the repository, and say so where they are not there.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod as_another_user;
mod as_of;
mod city;
mod corrected;
mod demo;
mod ledger;
mod live;
mod live_table;
mod own_rules;
mod oxford;
mod report;
mod s3;
mod same_bytes;
mod seoul;
mod spreadsheet;
mod unjudged;
mod verify;
mod verify_bundle;
mod verify_log;
mod workbook;
