//! The look of the office, inside the program: style sheet, scripts, letters, icons, notices. Nothing is fetched from elsewhere.
//!
//! Each file has its digest in its address, so browsers keep it for good and a new program is seen at once.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// A file of the look.
struct File {
    name: &'static str,
    media: &'static str,
    digest: &'static str,
    plain: &'static [u8],
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/look.rs"));

/// Notices of others' work, in the order in which they are shown: what it is called, its licence, the file.
const NOTICES: [(&str, &str, &str); 3] = [
    ("KRDS (krds-uiux)", "krds.go.kr", "notices/krds.txt"),
    ("Pretendard GOV", "SIL Open Font License 1.1", "notices/pretendard-gov.txt"),
    ("htmx", "Zero-Clause BSD", "notices/htmx.txt"),
];

/// Whether the program was built with its look (`cargo x assets`); without it pages are plain, and whole.
pub const fn is_built() -> bool {
    IS_BUILT
}

fn file(name: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.name == name)
}

/// The address of a file; none where the program was built without it.
pub(super) fn address(name: &str) -> Option<String> {
    file(name).map(|file| format!("/assets/{}/{}", file.digest, file.name))
}

/// What stands in the head of every page: style sheets, then scripts, our own first, which tell htmx what to leave alone.
pub(super) fn links() -> &'static str {
    static LINKS: LazyLock<String> = LazyLock::new(|| {
        let icon = address("mark.svg").map(|at| format!("<link rel=\"icon\" href=\"{at}\" type=\"image/svg+xml\">\n"));
        let styles = ["letters.css", "office.css"].into_iter().filter_map(address);
        let styles = styles.map(|at| format!("<link rel=\"stylesheet\" href=\"{at}\">\n"));
        let htmx = address("htmx.min.js").map(|at| format!("<script src=\"{at}\" defer></script>\n"));
        let own = ["office.js", "drafts.js", "keys.js"].into_iter().filter_map(address);
        let own = own.map(|at| format!("<script src=\"{at}\" type=\"module\"></script>\n"));
        icon.into_iter().chain(styles).chain(own).chain(htmx).collect()
    });
    &LINKS
}

/// A notice of others' work.
pub(super) struct Notice {
    pub(super) name: &'static str,
    pub(super) licence: &'static str,
    pub(super) href: String,
}

/// The notices of what is in this program's look.
pub(super) fn notices() -> Vec<Notice> {
    let there =
        NOTICES.into_iter().filter_map(|(name, licence, file)| Some(Notice { name, licence, href: address(file)? }));
    there.collect()
}

/// `GET /assets/{digest}/{*name}`
pub(super) async fn serve(Path((digest, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(file) = file(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |encoding: &str| {
        accepted.split(',').any(|one| {
            let (name, weight) = one.trim().split_once(';').unwrap_or((one.trim(), ""));
            name == encoding && weight.trim() != "q=0"
        })
    };
    let (bytes, encoding) = match (file.brotli, file.gzip) {
        (Some(bytes), _) if takes("br") => (bytes, Some("br")),
        (_, Some(bytes)) if takes("gzip") => (bytes, Some("gzip")),
        _ => (file.plain, None),
    };
    // A page that was made by another version of the program gets what there is now, and does not keep it.
    let keep = if digest == file.digest { "public, max-age=31536000, immutable" } else { "no-store" };
    let mut response = bytes.into_response();
    let put = response.headers_mut();
    put.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
    put.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    put.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        put.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
