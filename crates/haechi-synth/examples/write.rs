//! Writes an invented government, or compares findings with its truth, without the engine.
//!
//! `write RESIDENTS MONTHS SEED DIR` or `score TRUTH FINDINGS`.

use std::path::Path;

use haechi_synth::{City, score, write};

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["write", residents, months, seed, out] => {
            let city = City::new(seed.parse()?, residents.parse()?, months.parse()?)?;
            let mut rows = 0;
            for written in write(&city, Path::new(out), |_| ())? {
                println!("{}\t{}\t{}", written.mapping, written.file.display(), written.rows);
                rows += written.rows;
            }
            eprintln!("{rows} rows");
        }
        ["score", truth, findings] => {
            for (scenario, mark) in score(Path::new(truth), Path::new(findings))? {
                println!(
                    "{scenario}: {} hits, {} misses, {} false alarms ({} of {} decoys), {} implied",
                    mark.hits,
                    mark.misses.len(),
                    mark.false_alarms.len(),
                    mark.decoys_flagged,
                    mark.decoys,
                    mark.implied
                );
                for miss in &mark.misses {
                    println!("  missed {miss}");
                }
                for alarm in &mark.false_alarms {
                    println!("  false alarm {alarm}");
                }
            }
        }
        _ => return Err("write RESIDENTS MONTHS SEED DIR, or score TRUTH FINDINGS".into()),
    }
    Ok(())
}
