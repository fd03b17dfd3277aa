//! `haechi office statistics`

use std::sync::Arc;

use haechi_core::money::{Currency, Money, grouped};
use haechi_core::period::Period;
use haechi_core::time::SystemClock;
use haechi_core::words::Language;
use haechi_office::slices::statistics::{OfGovernment, of_governments};

use super::office::OfficeFolder;
use crate::exit::Exit;
use crate::output::{self, Format};

/// Figures of every government here: rates, times, money, and those of a year before
///
/// Counts the cases opened in the period. Late is what is open and past due now; what only the audit office sees is in no figure. Hours
/// are those that half of what was closed did not exceed. --format json has the year before whole, and money in the smallest unit of each
/// currency.
#[derive(Debug, clap::Args)]
pub struct Statistics {
    #[command(flatten)]
    folder: OfficeFolder,
    /// 2026, 2026-Q4, 2026-11 or 2026-01-01..2026-09-30; this year where it is not given
    #[arg(long)]
    period: Option<Period>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language of names: ko or en
    #[arg(long, default_value_t)]
    lang: Language,
}

impl Statistics {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        let period = match self.period {
            Some(period) => period,
            None => office.today().format("%Y").to_string().parse()?,
        };
        let all = of_governments(&office, &period).await?;
        if let Format::Json = self.format {
            output::json(&all)?;
            return Ok(Exit::Done);
        }
        let header = [
            "code",
            "government",
            "#opened",
            "#answered",
            "#approved",
            "#confirmed",
            "#late",
            "#excluded",
            "#hours",
            "#recovered",
            "#levied",
            "#prevented",
            "#opened a year before",
        ];
        output::table(&header, all.governments.iter().chain([&all.all]).map(|of| row(of, self.lang)))?;
        Ok(Exit::Done)
    }
}

fn row(OfGovernment { now, before }: &OfGovernment, language: Language) -> Vec<String> {
    let rate =
        |at: usize| now.rates[at].map_or_else(|| "–".to_owned(), |rate| format!("{}.{} %", rate / 10, rate % 10));
    // As the governments of a country count in one currency this is one amount, and it is none that is left out where it is not.
    let money = |at: usize| {
        let of = |(code, amounts): (&String, &[i64; 3])| match Currency::from_code(code) {
            Some(currency) => Money { amount: amounts[at], currency }.to_string(),
            None => format!("{} {code}", grouped(amounts[at])),
        };
        let all: Vec<String> = now.money.iter().filter(|(_, amounts)| amounts[at] != 0).map(of).collect();
        if all.is_empty() { "–".to_owned() } else { all.join(" + ") }
    };
    let name = if language == Language::Korean { &now.ko } else { &now.en };
    vec![
        now.of.clone(),
        name.clone(),
        now.opened.to_string(),
        rate(0),
        rate(1),
        rate(2),
        now.late.to_string(),
        now.excluded.to_string(),
        now.hours.map_or_else(|| "–".to_owned(), |hours| hours.to_string()),
        money(0),
        money(1),
        money(2),
        before.opened.to_string(),
    ]
}
