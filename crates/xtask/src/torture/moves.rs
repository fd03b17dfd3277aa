//! One trial: put a folder into a known state, start something, kill it, look, finish it, compare.

use std::path::Path;
use std::process::Child;
use std::time::Duration;

use anyhow::Result;

use super::folder::{self, Reference, View};

/// Random numbers that a seed decides (SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.throw().checked_rem(end).unwrap_or(0)
    }

    /// A moment before `end`.
    fn moment(&mut self, end: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(end.as_micros()).unwrap_or(u64::MAX)))
    }
}

/// How a trial went.
pub(super) struct Outcome {
    /// What was done, for the person who must do it again.
    pub(super) story: String,
    /// How many processes were killed while they ran.
    pub(super) killed: u32,
    /// How many had ended before.
    pub(super) ended_first: u32,
    pub(super) verdict: Verdict,
}

/// What was found after the kill.
pub(super) enum Verdict {
    /// Everything is as it must be.
    Well,
    /// The folder cannot be brought to the state it would have had.
    Lost(String),
    /// Something is there in part.
    Half(String),
}

/// One trial in a new `folder`.
///
/// # Errors
///
/// Only what is not haechi's fault: a disk that is full, a program that cannot be started.
pub(super) fn trial(reference: &Reference, folder: &Path, dice: &mut Dice) -> Result<Outcome> {
    let pair = reference.second_alone.is_some();
    match dice.below(if pair { 5 } else { 4 }) {
        0 | 1 => import(reference, folder, dice),
        2 | 3 => detect(reference, folder, dice),
        _ => two_imports(reference, folder, dice),
    }
}

/// One to three kills of the same import, then the import to its end.
fn import(reference: &Reference, folder: &Path, dice: &mut Dice) -> Result<Outcome> {
    let at = usize::try_from(dice.below(reference.loads().len() as u64))?;
    let (before, after) = (&reference.stages()[at], &reference.stages()[at + 1]);
    let load = &reference.loads()[at];
    folder::copy(&before.folder, folder)?;
    let mut outcome = Outcome::new(format!("import of {}", load.mapping));
    for _ in 0..=dice.below(3) {
        let child = reference.program.start_take(folder, load)?;
        outcome.kill(child, dice.moment(before.next_takes))?;
        if let Err(why) = stands(reference, folder, &[&before.view, &after.view]) {
            outcome.verdict = Verdict::Half(why);
            return Ok(outcome);
        }
    }
    if let Err(error) = reference.program.finish_take(folder, load) {
        outcome.verdict = Verdict::Lost(format!("the import does not work any more: {error:#}"));
        return Ok(outcome);
    }
    outcome.verdict = ended(reference, folder, at + 1);
    Ok(outcome)
}

/// One to three kills of a detection, then the detection to its end.
fn detect(reference: &Reference, folder: &Path, dice: &mut Dice) -> Result<Outcome> {
    let last = reference.loads().len();
    let stage = &reference.stages()[last];
    folder::copy(&stage.folder, folder)?;
    let out = folder.with_extension("jsonl");
    let mut outcome = Outcome::new("detection".to_owned());
    for _ in 0..=dice.below(3) {
        let child = reference.program.start_detect(folder, &out)?;
        outcome.kill(child, dice.moment(reference.detect_takes))?;
        if let Err(why) = stands(reference, folder, &[&stage.view]) {
            outcome.verdict = Verdict::Half(why);
            return Ok(outcome);
        }
        if out.is_file() && std::fs::read(&out)? != reference.findings {
            outcome.verdict = Verdict::Half("the killed detection left a part of its file".to_owned());
            return Ok(outcome);
        }
    }
    match reference.program.finish_detect(folder, &out) {
        Err(error) => outcome.verdict = Verdict::Lost(format!("detection does not work any more: {error:#}")),
        Ok(findings) if findings != reference.findings => {
            outcome.verdict = Verdict::Lost("the findings are not those of a folder that was never killed".to_owned());
        }
        Ok(_) => outcome.verdict = ended(reference, folder, last),
    }
    if out.is_file() {
        std::fs::remove_file(&out)?;
    }
    Ok(outcome)
}

/// Two imports at once into an empty folder, both killed, then both to their end. One may refuse to start beside the other.
fn two_imports(reference: &Reference, folder: &Path, dice: &mut Dice) -> Result<Outcome> {
    let (first, second) = (&reference.loads()[0], &reference.loads()[1]);
    folder::copy(&reference.stages()[0].folder, folder)?;
    let mut outcome = Outcome::new(format!("imports of {} and {} at once", first.mapping, second.mapping));
    let one = reference.program.start_take(folder, first)?;
    let other = reference.program.start_take(folder, second)?;
    let longest = reference.stages()[0].next_takes + reference.stages()[1].next_takes;
    outcome.kill(one, dice.moment(longest))?;
    outcome.kill(other, dice.moment(longest / 2))?;
    let mut possible: Vec<&View> = reference.stages()[..=2].iter().map(|stage| &stage.view).collect();
    possible.extend(&reference.second_alone);
    if let Err(why) = stands(reference, folder, &possible) {
        outcome.verdict = Verdict::Half(why);
        return Ok(outcome);
    }
    for load in [first, second] {
        if let Err(error) = reference.program.finish_take(folder, load) {
            outcome.verdict = Verdict::Lost(format!("an import does not work any more: {error:#}"));
            return Ok(outcome);
        }
    }
    outcome.verdict = ended(reference, folder, 2);
    Ok(outcome)
}

/// After a kill: the folder verifies and shows one of the `possible` views.
fn stands(reference: &Reference, folder: &Path, possible: &[&View]) -> Result<(), String> {
    reference.program.verify(folder).map_err(|error| format!("{error:#}"))?;
    let view = reference.program.view(folder).map_err(|error| format!("{error:#}"))?;
    if possible.contains(&&view) {
        Ok(())
    } else {
        Err("the view is neither the one before nor the one after".to_owned())
    }
}

/// At the end: the folder is the reference's after `loads` loads, and holds nothing more.
fn ended(reference: &Reference, folder: &Path, loads: usize) -> Verdict {
    let stage = &reference.stages()[loads];
    if let Err(why) = stands(reference, folder, &[&stage.view]) {
        return Verdict::Lost(why);
    }
    match folder::files(folder) {
        Ok(files) => {
            let over: Vec<&String> = files.difference(&stage.files).collect();
            match over.first() {
                None => Verdict::Well,
                Some(one) => Verdict::Half(format!("{} files are left over, such as {one}", over.len())),
            }
        }
        Err(error) => Verdict::Lost(format!("{error:#}")),
    }
}

impl Outcome {
    fn new(story: String) -> Self {
        Self { story, killed: 0, ended_first: 0, verdict: Verdict::Well }
    }

    /// Waits for the moment, then kills.
    fn kill(&mut self, mut child: Child, moment: Duration) -> Result<()> {
        std::thread::sleep(moment);
        self.story.push_str(&format!(", killed after {} ms", moment.as_millis()));
        if child.try_wait()?.is_some() {
            self.ended_first += 1;
        } else {
            child.kill()?;
            child.wait()?;
            self.killed += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_numbers() {
        let throws = |seed| {
            let mut dice = Dice::new(seed);
            [dice.below(100), dice.below(100), dice.below(100)]
        };
        assert_eq!(throws(7), throws(7));
        assert_ne!(throws(7), throws(8));
    }

    #[test]
    fn below_nothing_is_nothing() {
        assert_eq!(Dice::new(1).below(0), 0);
    }
}
