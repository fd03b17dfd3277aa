//! What a witness is sent: the size it signed last, the proof that the log goes on from there, and the new checkpoint.

use tlog_tiles::tlog::{Hash, TreeProof};

/// The longest proof: a tree does not have more levels.
const LONGEST: usize = 63;

/// A checkpoint that is shown to a witness.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// What the witness is thought to have signed last.
    pub(super) old: u64,
    /// Why the log of the checkpoint begins with that.
    pub(super) proof: TreeProof,
    /// The checkpoint, with its installation's signature.
    pub(super) checkpoint: String,
}

impl Shown {
    /// As it is sent.
    pub(super) fn text(&self) -> String {
        let mut text = format!("old {}\n", self.old);
        for hash in &self.proof {
            text.push_str(&format!("{hash}\n"));
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }

    /// What `text` says; none where it is not of this form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (head, checkpoint) = text.split_once("\n\n")?;
        let mut lines = head.lines();
        let old = lines.next()?.strip_prefix("old ")?;
        // A number has one way to be written.
        let number: u64 = old.parse().ok().filter(|number: &u64| number.to_string() == old)?;
        let proof: TreeProof = lines.map(|line| Hash::parse_hash(line).ok()).collect::<Option<_>>()?;
        let fits = proof.len() <= LONGEST && (number > 0 || proof.is_empty());
        fits.then(|| Self { old: number, proof, checkpoint: checkpoint.to_owned() })
    }

    /// Whose log it is: the checkpoint's first line.
    pub(super) fn origin(&self) -> &str {
        self.checkpoint.lines().next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_read_again_and_what_is_not_of_the_form_is_refused() {
        let shown = Shown {
            old: 20,
            proof: vec![Hash([7; 32]), Hash([9; 32])],
            checkpoint: "haechi.example/3110000\n30\nroot\n\n— haechi.example sig\n".to_owned(),
        };
        let text = shown.text();
        assert_eq!(Shown::parse(&text).unwrap(), shown);
        assert_eq!(shown.origin(), "haechi.example/3110000");
        for wrong in [
            text.replace("old 20", "old 020"),
            text.replace("old 20", "old 0"),
            text.replace("old 20", "older 20"),
            text.replacen("BwcH", "!", 1),
            "old 20\n".to_owned(),
            String::new(),
        ] {
            assert_eq!(Shown::parse(&wrong), None, "{wrong}");
        }
    }
}
