//! Money: an integer in the smallest unit of a named currency. Never a float, never summed across currencies.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Currency {
    /// Won; no smaller unit.
    #[serde(rename = "KRW")]
    Krw,
    /// Pounds; counted in pence.
    #[serde(rename = "GBP")]
    Gbp,
    /// Euro; counted in cents.
    #[serde(rename = "EUR")]
    Eur,
    /// US dollars; counted in cents.
    #[serde(rename = "USD")]
    Usd,
}

impl Currency {
    /// Every currency, for tables and tests.
    pub const ALL: [Self; 4] = [Self::Krw, Self::Gbp, Self::Eur, Self::Usd];

    /// The ISO 4217 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Krw => "KRW",
            Self::Gbp => "GBP",
            Self::Eur => "EUR",
            Self::Usd => "USD",
        }
    }

    /// Decimal places of the smallest unit: 0 for won, 2 for pence.
    pub const fn decimals(self) -> u32 {
        match self {
            Self::Krw => 0,
            Self::Gbp | Self::Eur | Self::Usd => 2,
        }
    }

    /// The currency with this ISO 4217 code, if it is one Haechi counts in.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code() == code)
    }
}

/// An amount in the smallest unit of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Won, pence, cents.
    pub amount: i64,
    /// Of which currency.
    pub currency: Currency,
}

/// `1,234,567` for an integer, `-1,234` below zero.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl fmt::Display for Money {
    /// `1,234,000원`, `£1,234.50`, `€…`, `$…`: the way each is written in official papers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let symbol = match self.currency {
            Currency::Krw => return write!(f, "{}원", grouped(self.amount)),
            Currency::Gbp => "£",
            Currency::Eur => "€",
            Currency::Usd => "$",
        };
        let sign = if self.amount < 0 { "-" } else { "" };
        let (whole, part) = (self.amount.unsigned_abs() / 100, self.amount.unsigned_abs() % 100);
        let whole = i64::try_from(whole).unwrap_or(i64::MAX);
        write!(f, "{sign}{symbol}{}.{part:02}", grouped(whole))
    }
}
