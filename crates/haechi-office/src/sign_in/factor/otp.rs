//! Codes that an app makes of a secret and the time (RFC 6238), and how the secret gets into the app.

use haechi_core::time::Moment;
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Algorithm, Builder, Totp};

use super::super::SignInError;
use super::super::password::PasswordError;

/// Bytes of a secret: as long as the hash is, as RFC 4226 asks.
const SECRET: usize = 20;
/// Seconds for which a code holds. Apps ignore any other number, and other hashes than SHA-1.
const STEP: u64 = 30;
/// Digits of a code.
pub(super) const DIGITS: u8 = 6;

/// A secret that an app shares with the office.
pub(super) struct Otp(Totp);

impl Otp {
    /// A new one.
    pub(super) fn generate() -> Result<Self, SignInError> {
        let mut bytes = [0; SECRET];
        getrandom::fill(&mut bytes).map_err(|_| PasswordError::Machine)?;
        Self::of(&bytes)
    }

    /// That of the bytes of a secret.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, SignInError> {
        let made = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_skew(1)
            .with_step_duration(STEP)
            .with_secret(bytes.to_vec())
            .build();
        Ok(Self(made.map_err(|_| PasswordError::Machine)?))
    }

    /// The bytes of the secret.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.secret().as_bytes()
    }

    /// The step whose code it is: now, the one before or the one after, for clocks that differ a little.
    pub(super) fn step(&self, code: &str, now: Moment) -> Option<i64> {
        let now = u64::try_from(now.timestamp()).ok()?;
        self.0.check(code, now).and_then(|step| i64::try_from(step).ok())
    }

    /// The code at a moment, as the app shows it.
    #[cfg(test)]
    pub(super) fn code(&self, now: Moment) -> String {
        self.0.generate(u64::try_from(now.timestamp()).unwrap()).to_string()
    }

    /// The secret to be typed: `ABCD EFGH …`.
    pub(super) fn text(&self) -> String {
        let text = self.0.secret().to_base32();
        let letters: Vec<char> = text.chars().collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    /// The address that an app reads: whose account, with whom, and the secret.
    pub(super) fn address(&self, issuer: &str, account: &str) -> String {
        let encoded = |text: &str| -> String {
            // A colon would be taken for the end of the issuer, and a plus sign for itself.
            let text = text.replace(':', " ");
            url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
        };
        let secret = self.0.secret().to_base32();
        let issuer = encoded(issuer);
        format!(
            "otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}&digits={DIGITS}&period={STEP}",
            encoded(account)
        )
    }
}

/// A picture of an address, for an app to be shown: an SVG element, black on white whatever the page's colours.
pub(crate) fn picture(address: &str) -> String {
    // Only an address of thousands of characters has none; the secret as text is there too.
    let Ok(code) = QrCode::new(address) else { return String::new() };
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    drawn.find("<svg").and_then(|at| drawn.get(at..)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn the_codes_of_the_rfc() {
        let otp = Otp::of(b"12345678901234567890").unwrap();
        for (second, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            let at = Moment::from_timestamp(second, 0).unwrap();
            assert_eq!(otp.step(code, at), Some(second / 30));
            let step = chrono::TimeDelta::seconds(30);
            assert_eq!(otp.step(code, at - step), Some(second / 30), "a clock that is a little behind");
            assert_eq!(otp.step(code, at + step), Some(second / 30), "a clock that is a little ahead");
            assert_eq!(otp.step(code, at + step * 2), None, "too old");
        }
        let at = Moment::from_timestamp(59, 0).unwrap();
        for none in ["", "28708", "2870820", "+87082", "28708a", "２８７０８２"] {
            assert_eq!(otp.step(none, at), None, "{none}");
        }
    }

    #[test]
    fn an_app_reads_whose_account_it_is_and_the_picture_is_one_element() {
        let otp = Otp::of(b"12345678901234567890").unwrap();
        let address = otp.address("해치 해치시: 1", "S+1");
        assert_eq!(
            address,
            "otpauth://totp/%ED%95%B4%EC%B9%98%20%ED%95%B4%EC%B9%98%EC%8B%9C%20%201:S%2B1?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=%ED%95%B4%EC%B9%98%20%ED%95%B4%EC%B9%98%EC%8B%9C%20%201&digits=6&period=30"
        );
        assert_eq!(otp.text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let picture = picture(&address);
        assert!(picture.starts_with("<svg") && picture.ends_with("</svg>") && !picture.contains("style"), "{picture}");
    }
}
