//! What every page carries: language, who signed in, where one can go.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use fluent_bundle::FluentValue;
use haechi_core::money::{Currency, Money, grouped};
use haechi_core::time::{Day, LocalTime, Moment};
use haechi_core::words::{Language, Words};

use super::guard::{Identity, LANGUAGE, cookie};
use super::look;
use super::theme::{self, Theme};
use crate::office::Office;
use crate::policy::{Action, Actor};
use crate::problem::Problem;
use crate::say::say;
use crate::slices::{self, people};

/// What a request says of how it wants to be answered.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) language: Language,
    pub(super) theme: Option<Theme>,
    /// The path and what stands behind `?`.
    pub(super) path: String,
}

impl Shown {
    pub(super) fn of(headers: &HeaderMap, uri: &Uri) -> Self {
        let language = cookie(headers, LANGUAGE).and_then(|tag| tag.parse().ok()).unwrap_or_default();
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Self { language, theme: theme::of(headers), path }
    }
}

/// A place in the menu.
pub(crate) struct Place {
    pub(crate) href: &'static str,
    pub(crate) name: String,
    pub(crate) is_here: bool,
}

/// Places that belong together, behind one word in the menu.
pub(crate) struct Group<'a> {
    pub(crate) name: String,
    pub(crate) places: Vec<&'a Place>,
}

impl Group<'_> {
    pub(crate) fn is_here(&self) -> bool {
        self.places.iter().any(|place| place.is_here)
    }
}

/// What the layout of a page needs.
pub(crate) struct Page {
    pub(crate) language: Language,
    /// The colours somebody chose; those of their system without.
    pub(crate) theme: Option<Theme>,
    /// Whether the installation is a government's and says so (`official` in office.toml).
    pub(crate) is_official: bool,
    /// Whether something that was sent has to be changed: the title says so.
    pub(crate) is_refused: bool,
    /// When it was made, for the head of a printed page.
    pub(crate) printed: String,
    /// Whose drafts the browser may keep; empty for nobody.
    pub(crate) who_key: String,
    pub(crate) government: String,
    pub(crate) who: Option<String>,
    pub(crate) roles: Vec<String>,
    /// Whether somebody else does it in their name.
    pub(crate) is_standing_in: bool,
    pub(crate) form_token: String,
    pub(crate) path: String,
    pub(crate) places: Vec<Place>,
    pub(crate) is_demo: bool,
    /// Whether nothing leaves the building (`trial` in office.toml).
    pub(crate) is_trial: bool,
    pub(crate) today: Day,
    zone_minutes: i32,
}

/// Addresses in the menu, before those that slices add: the name of each, and the action that shows it.
const MENU: &[(&str, &str, Option<Action>)] = &[
    ("/", "menu-home", None),
    ("/cases", "menu-cases", Some(Action::ReadCase)),
    ("/monitoring", "menu-monitoring", Some(Action::ReadMonitoring)),
    ("/statistics", "menu-statistics", Some(Action::ReadStatistics)),
    ("/inbox", "menu-inbox", Some(Action::ReadInbox)),
    ("/exclusions", "menu-exclusions", Some(Action::ReadExclusions)),
    ("/runs", "menu-runs", Some(Action::ReadRuns)),
    ("/people", "menu-people", Some(Action::ReadPeople)),
    ("/log", "menu-log", Some(Action::ReadLog)),
    ("/access", "menu-access", Some(Action::ReviewAccess)),
    ("/settings/retention", "retention", Some(Action::ReadRetention)),
    ("/outbox", "menu-outbox", Some(Action::ReadOutbox)),
    ("/settings", "menu-settings", Some(Action::ChangeSettings)),
    ("/system", "menu-system", Some(Action::ReadSystem)),
];

/// Places that lie behind a word where the row would be too long, each with the word. A place that is named nowhere here stands in the row.
const GROUPS: &[(&str, &[&str])] = &[
    ("menu-group-control", &["/exclusions", "/runs", "/scenarios", "/log", "/access", "/settings/retention"]),
    ("menu-group-office", &["/people", "/outbox", "/settings", "/system"]),
];

/// As many places fit into the row.
const ROW: usize = 6;

impl Page {
    pub(super) async fn new(office: &Office, shown: &Shown, identity: Option<&Identity>) -> Result<Self, Problem> {
        let language = shown.language;
        let actor = identity.map(|identity| &identity.actor);
        let government = match actor {
            Some(actor) => {
                let tx = office.db().read(actor.tenant()).await?;
                people::government(&tx).await?.name.in_language(language).to_owned()
            }
            None => String::new(),
        };
        let here = shown.path.split(['?', '#']).next().unwrap_or("/");
        let is_within = |href: &str| here == href || (href != "/" && here.starts_with(&format!("{href}/")));
        let menu = || MENU.iter().chain(slices::ALL.iter().flat_map(|slice| slice.menu));
        // Of two places one of which lies within the other, it is the inner one.
        let inner = menu().map(|(href, ..)| *href).filter(|href| is_within(href)).max_by_key(|href| href.len());
        let is_here = |href: &str| inner == Some(href);
        let places = menu()
            .filter(|(_, _, action)| actor.is_some_and(|actor| action.is_none_or(|action| actor.may_ever(action))))
            .map(|(href, name, _)| Place { href, name: say(language, name, &[]), is_here: is_here(href) })
            .collect();
        Ok(Self {
            language,
            theme: shown.theme,
            is_official: office.config().official,
            is_refused: false,
            printed: office.local_now().format("%Y.%m.%d. %H:%M").to_string(),
            who_key: actor.and_then(Actor::hand).map(|id| id.to_string()).unwrap_or_default(),
            government,
            who: actor.map(|actor| actor.name().to_owned()),
            roles: actor.map(|actor| roles(actor, language)).unwrap_or_default(),
            is_standing_in: actor.is_some_and(|actor| actor.stand_in().is_some()),
            form_token: identity
                .and_then(|identity| identity.session.as_ref())
                .map(|session| session.secret.form_token())
                .unwrap_or_default(),
            path: shown.path.clone(),
            places,
            is_demo: office.config().demo,
            is_trial: office.config().trial,
            today: office.today(),
            zone_minutes: office.config().zone_minutes,
        })
    }

    /// The same page, which says that something sent to it has to be changed.
    pub(crate) fn refused(mut self) -> Self {
        self.is_refused = true;
        self
    }

    /// Style sheets and scripts.
    pub(crate) fn look(&self) -> &'static str {
        look::links()
    }

    /// The group that a place lies in, where there are too many for one row.
    fn group_of(&self, place: &Place) -> Option<&'static str> {
        let group = GROUPS.iter().find(|(_, places)| places.contains(&place.href));
        group.filter(|_| self.places.len() > ROW).map(|(word, _)| *word)
    }

    /// The places that stand in the menu's row.
    pub(crate) fn row(&self) -> Vec<&Place> {
        self.places.iter().filter(|place| self.group_of(place).is_none()).collect()
    }

    /// The others, in their groups.
    pub(crate) fn groups(&self) -> Vec<Group<'_>> {
        let places = |word| self.places.iter().filter(|place| self.group_of(place) == Some(word)).collect();
        let groups = GROUPS.iter().map(|(word, _)| Group { name: self.say(word), places: places(*word) });
        groups.filter(|group| !group.places.is_empty()).collect()
    }

    /// The language this page is not in: its tag and what it calls itself.
    pub(crate) const fn other_language(&self) -> (&'static str, &'static str) {
        match self.language {
            Language::Korean => ("en", "English"),
            Language::English => ("ko", "한국어"),
        }
    }

    /// Where the page is in the other language.
    pub(crate) fn language_href(&self) -> String {
        self.with_back("/language", self.other_language().0)
    }

    fn with_back(&self, action: &str, to: &str) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("to", to)
            .append_pair("back", &self.path)
            .finish();
        format!("{action}?{query}")
    }

    /// The colours one may choose: address, name, whether it is these now.
    pub(crate) fn themes(&self) -> Vec<(String, String, bool)> {
        let own = (self.with_back("/theme", "system"), self.say("theme-system"), self.theme.is_none());
        let others = Theme::ALL.into_iter().map(|theme| {
            let word = theme.as_str();
            (self.with_back("/theme", word), self.say(&format!("theme-{word}")), self.theme == Some(theme))
        });
        std::iter::once(own).chain(others).collect()
    }

    /// What keys do: the keys, and what they do.
    pub(crate) fn keys(&self) -> Vec<(&'static [&'static str], String)> {
        const KEYS: [(&[&str], &str); 9] = [
            (&["?"], "key-help"),
            (&["/"], "key-search"),
            (&["g", "h"], "key-home"),
            (&["g", "c"], "key-cases"),
            (&["g", "i"], "key-inbox"),
            (&["j"], "key-next"),
            (&["k"], "key-before"),
            (&["x"], "key-pick"),
            (&["a"], "key-answer"),
        ];
        KEYS.into_iter().map(|(keys, word)| (keys, self.say(word))).collect()
    }

    /// A page in Korean of nobody, for tests of a part of one.
    #[cfg(test)]
    pub(crate) async fn for_tests(office: &Office) -> Self {
        let shown = Shown::of(&HeaderMap::new(), &Uri::from_static("/"));
        Self::new(office, &shown, None).await.unwrap()
    }

    /// The message `id`.
    pub(crate) fn say(&self, id: &str) -> String {
        say(self.language, id, &[])
    }

    /// The message `id` about `count`.
    pub(crate) fn count(&self, id: &str, count: impl ToString) -> String {
        let count: f64 = count.to_string().parse().unwrap_or(0.0);
        say(self.language, id, &[("count", FluentValue::from(count))])
    }

    /// The message `id` about `what`.
    pub(crate) fn what(&self, id: &str, what: impl ToString) -> String {
        say(self.language, id, &[("what", what.to_string().into())])
    }

    /// The message `id` about `what` and `of`.
    pub(crate) fn of(&self, id: &str, what: impl ToString, of: impl ToString) -> String {
        say(self.language, id, &[("what", what.to_string().into()), ("of", of.to_string().into())])
    }

    /// The text in the page's language.
    pub(crate) fn words<'a>(&self, words: &'a Words) -> &'a str {
        words.in_language(self.language)
    }

    /// `1,234`
    pub(crate) fn grouped(&self, number: u64) -> String {
        grouped(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// Of a text in both languages that of the page.
    pub(crate) fn pick(&self, ko: &str, en: &str) -> String {
        match self.language {
            Language::Korean => ko.to_owned(),
            Language::English => en.to_owned(),
        }
    }

    /// `2026.11.22.`
    pub(crate) fn day(&self, day: &Day) -> String {
        day.format("%Y.%m.%d.").to_string()
    }

    /// `2026.11.22. 18:00`
    pub(crate) fn time(&self, time: &LocalTime) -> String {
        time.format("%Y.%m.%d. %H:%M").to_string()
    }

    /// A moment on the wall's clock.
    pub(crate) fn moment(&self, moment: &Moment) -> String {
        self.time(&(moment.naive_utc() + chrono::TimeDelta::minutes(i64::from(self.zone_minutes))))
    }

    /// A value of a finding with what it is counted in. `currency` is the finding's.
    pub(crate) fn value(&self, value: &serde_json::Value, unit: Option<&str>, currency: Option<&str>) -> String {
        use serde_json::Value;
        match value {
            Value::Null => "–".to_owned(),
            Value::Bool(true) => self.say("value-yes"),
            Value::Bool(false) => self.say("value-no"),
            Value::Number(number) => match number.as_i64() {
                Some(number) => self.number(number, unit, currency),
                None => number.to_string(),
            },
            Value::String(text) => match (text.parse::<Day>(), text.parse::<LocalTime>()) {
                (Ok(day), _) => self.day(&day),
                (_, Ok(time)) => self.time(&time),
                _ => text.clone(),
            },
            Value::Array(values) => {
                values.iter().map(|one| self.value(one, unit, currency)).collect::<Vec<_>>().join(" · ")
            }
            Value::Object(_) => value.to_string(),
        }
    }

    fn number(&self, number: i64, unit: Option<&str>, currency: Option<&str>) -> String {
        let of = |code: &str| match Currency::from_code(code) {
            Some(_) => self.money(&number, code),
            None => grouped(number),
        };
        match unit {
            Some(unit @ ("count" | "people" | "days" | "hours" | "minutes")) => {
                say(self.language, &format!("value-{unit}"), &[("count", FluentValue::from(number))])
            }
            Some("percent") => format!("{}%", grouped(number)),
            Some("money") => currency.map_or_else(|| grouped(number), of),
            Some(code) => of(code),
            None => grouped(number),
        }
    }

    /// What an area of rules is called; its code where it has no name.
    pub(crate) fn area(&self, area: &str) -> String {
        let id = format!("area-{area}");
        let name = self.say(&id);
        if name == id { area.to_owned() } else { name }
    }

    /// A share of thousandths: `98.2 %`.
    pub(crate) fn share(&self, share: Option<u64>) -> String {
        share.map_or_else(|| "–".to_owned(), |share| format!("{}.{}%", share / 10, share % 10))
    }

    /// An amount with its currency.
    pub(crate) fn money(&self, amount: &i64, currency: &str) -> String {
        match (Currency::from_code(currency), self.language) {
            (Some(Currency::Krw), Language::English) => format!("₩{}", grouped(*amount)),
            (Some(currency), _) => Money { amount: *amount, currency }.to_string(),
            (None, _) => amount.to_string(),
        }
    }
}

fn roles(actor: &Actor, language: Language) -> Vec<String> {
    actor.roles().map(|role| say(language, &format!("role-{}", role.as_str()), &[])).collect()
}

impl FromRequestParts<Office> for Page {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Self, PageError> {
        let shown = parts.extensions.get::<Shown>().cloned().unwrap_or_else(|| Shown::of(&parts.headers, &parts.uri));
        Ok(Self::new(office, &shown, parts.extensions.get::<Identity>()).await?)
    }
}

/// A page that was rendered.
#[derive(Debug)]
pub(crate) struct Html(pub(crate) String);

impl Html {
    /// The page of a template.
    pub(crate) fn of(template: &impl Template) -> Result<Self, PageError> {
        Ok(Self(template.render()?))
    }
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        axum::response::Html(self.0).into_response()
    }
}

/// A form that was not done for a reason its own page can say: what was typed is shown there once more.
///
/// # Errors
///
/// Every other refusal, which is a page of its own.
pub(crate) fn shown_again(problem: impl Into<Problem>) -> Result<Problem, PageError> {
    let problem = problem.into();
    if matches!(problem.status, 409 | 422) { Ok(problem) } else { Err(problem.into()) }
}

/// What a page refuses with; the guard before the route makes a page of it.
#[derive(Debug)]
pub(crate) struct PageError(pub(crate) Problem);

impl<E: Into<Problem>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.0.status().into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Refused<'a> {
    page: Page,
    happened: &'a str,
    advice: &'a str,
    code: &'a str,
    is_role: bool,
}

/// The page of a refusal.
pub(super) async fn refused(
    office: &Office,
    shown: &Shown,
    identity: Option<&Identity>,
    problem: &Problem,
) -> Response {
    problem.tell_log();
    let Ok(page) = Page::new(office, shown, identity).await else { return problem.status().into_response() };
    let refused = Refused {
        happened: problem.happened.in_language(shown.language),
        advice: problem.advice.in_language(shown.language),
        code: problem.code,
        is_role: problem.status == 403 && identity.is_some(),
        page: page.refused(),
    };
    match refused.render() {
        Ok(html) => (problem.status(), axum::response::Html(html)).into_response(),
        Err(_) => problem.status().into_response(),
    }
}
