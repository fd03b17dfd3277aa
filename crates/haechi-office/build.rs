//! Puts the look of the office into the program: what `cargo x assets` wrote to `web/office/dist`, or, where that is not there, our
//! own plain parts, so that nobody needs npm to build and test.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let web = manifest.join("../../web/office").canonicalize()?;
    let plain = manifest.join("assets/plain.css");
    for watched in [&web.join("dist"), &web.join("style"), &web.join("script"), &plain] {
        println!("cargo:rerun-if-changed={}", watched.display());
    }
    let dist = web.join("dist");
    let table = match fs::read_to_string(dist.join("files.txt")) {
        Ok(list) => built(&dist, &list)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => unbuilt(&web, &plain, &out)?,
        Err(error) => return Err(error),
    };
    fs::write(out.join("look.rs"), table)
}

/// One line of the table: name, media type, digest, its bytes, and the same compressed.
fn line(
    table: &mut String,
    name: &str,
    media: &str,
    digest: &str,
    file: &Path,
    compressed: [bool; 2],
) -> io::Result<()> {
    let bytes = |is_there: bool, ending: &str| {
        if is_there {
            format!("Some(include_bytes!({:?}))", format!("{}{ending}", file.display()))
        } else {
            "None".to_owned()
        }
    };
    writeln!(
        table,
        "    File {{ name: {name:?}, media: {media:?}, digest: {digest:?}, plain: include_bytes!({:?}), gzip: {}, brotli: {} }},",
        file.display().to_string(),
        bytes(compressed[0], ".gz"),
        bytes(compressed[1], ".br"),
    )
    .map_err(io::Error::other)
}

fn built(dist: &Path, list: &str) -> io::Result<String> {
    let mut table = "const IS_BUILT: bool = true;\nstatic FILES: &[File] = &[\n".to_owned();
    for entry in list.lines() {
        let parts: Vec<&str> = entry.split('\t').collect();
        let [name, media, digest, encodings] = parts.as_slice() else {
            return Err(io::Error::other(format!("web/office/dist/files.txt: `{entry}`; run `cargo x assets`")));
        };
        let has = |encoding: &str| encodings.split(',').any(|one| one == encoding);
        line(&mut table, name, media, digest, &dist.join(name), [has("gz"), has("br")])?;
    }
    Ok(format!("{table}];\n"))
}

/// The parts of the style sheet that are plain CSS, over colours of our own, and our own scripts.
fn unbuilt(web: &Path, plain: &Path, out: &Path) -> io::Result<String> {
    let mut style = fs::read_to_string(plain)?;
    for part in ["base", "layout", "form", "status", "list", "table", "case", "older", "print"] {
        style.push_str(&fs::read_to_string(web.join("style/parts").join(part).with_extension("css"))?);
    }
    let file = out.join("office.css");
    fs::write(&file, &style)?;
    let mut table = "const IS_BUILT: bool = false;\nstatic FILES: &[File] = &[\n".to_owned();
    line(&mut table, "office.css", "text/css; charset=utf-8", &digest(style.as_bytes()), &file, [false, false])?;
    let mark = web.join("mark.svg");
    line(&mut table, "mark.svg", "image/svg+xml", &digest(&fs::read(&mark)?), &mark, [false, false])?;
    let mut scripts: Vec<PathBuf> =
        fs::read_dir(web.join("script"))?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    scripts.retain(|path| path.extension().is_some_and(|ending| ending == "js"));
    scripts.sort();
    for script in scripts {
        let name = script.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let digest = digest(&fs::read(&script)?);
        line(&mut table, &name, "text/javascript; charset=utf-8", &digest, &script, [false, false])?;
    }
    Ok(format!("{table}];\n"))
}

/// FNV-1a: an address that changes with the bytes, no more.
fn digest(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
