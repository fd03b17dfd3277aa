//! Rebuilds the crate when a data folder that it embeds changes.

fn main() {
    for folder in ["dictionary", "mappings", "scenarios", "calendar"] {
        println!("cargo:rerun-if-changed=../../{folder}");
    }
}
