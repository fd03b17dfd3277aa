//! What lies in the binary: the dictionary, the mappings, the scenarios and the calendar.

use include_dir::{Dir, include_dir};

/// `dictionary/*.toml`
pub static DICTIONARY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../dictionary");
/// `mappings/NAME/`
pub static MAPPINGS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../mappings");
/// `scenarios/AREA/NAME/`
pub static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../scenarios");
/// `calendar/kr.csv`
pub static CALENDAR: &str = include_str!("../../../calendar/kr.csv");
