//! A table as an office system exports it.

use encoding_rs::EUC_KR;

/// A table being written: titles first, then header and rows. Lines end in CR LF.
#[derive(Debug, Default)]
pub(super) struct Sheet(String);

impl Sheet {
    /// A sheet that begins with a title of its own line.
    pub(super) fn titled(title: &str) -> Self {
        let mut sheet = Self::default();
        sheet.line(&[title]);
        sheet
    }

    /// Writes one line; cells that need it are quoted.
    pub(super) fn line<T: AsRef<str>>(&mut self, cells: &[T]) {
        for (at, cell) in cells.iter().map(AsRef::as_ref).enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            if cell.contains(['"', ',', '\n', '\r']) {
                self.0.push('"');
                self.0.push_str(&cell.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(cell);
            }
        }
        self.0.push_str("\r\n");
    }

    /// As Windows code page 949.
    pub(super) fn cp949(self) -> Vec<u8> {
        EUC_KR.encode(&self.0).0.into_owned()
    }

    /// As UTF-8 with a byte order mark.
    pub(super) fn utf8_with_mark(self) -> Vec<u8> {
        format!("\u{feff}{}", self.0).into_bytes()
    }
}

/// `1,234,000`; negative amounts as `△1,000`.
pub(super) fn won(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut out = String::from(if amount < 0 { "△" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
