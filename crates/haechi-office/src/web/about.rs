//! Pages about the office itself: help, accessibility, whose work is in it.

use askama::Template;

use super::look::{self, Notice};
use super::page::{Html, Page, PageError};
use super::routes::{Gate, Routes};
use super::ui::{Link, PageHead};

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/help", Gate::Open, help).get("/accessibility", Gate::Open, accessibility).get(
        "/about",
        Gate::Open,
        about,
    );
}

/// A heading and the paragraphs beneath.
struct Section {
    id: &'static str,
    title: String,
    lines: Vec<String>,
}

fn sections(page: &Page, words: &[&'static str]) -> Vec<Section> {
    let section = |word: &&'static str| Section {
        id: word.rsplit('-').next().unwrap_or(word),
        title: page.say(word),
        lines: page.say(&format!("{word}-text")).lines().map(str::to_owned).collect(),
    };
    words.iter().map(section).collect()
}

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    page: Page,
    head: PageHead,
    sections: Vec<Section>,
}

async fn help(page: Page) -> Result<Html, PageError> {
    let words = ["help-question", "help-answer", "help-due", "help-climb", "help-seen", "help-drafts", "help-ask"];
    let mut head = PageHead::new(page.say("help")).lead(page.say("help-lead"));
    if page.who.is_some() {
        head = head.link(Link::to("/guides", page.say("guides")));
    }
    let sections = sections(&page, &words);
    Html::of(&Help { head, sections, page })
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    page: Page,
    head: PageHead,
    sections: Vec<Section>,
}

async fn accessibility(page: Page) -> Result<Html, PageError> {
    let words = [
        "accessibility-aim",
        "accessibility-can",
        "accessibility-checked",
        "accessibility-limits",
        "accessibility-tell",
    ];
    let head = PageHead::new(page.say("accessibility")).lead(page.say("accessibility-lead"));
    let sections = sections(&page, &words);
    Html::of(&Accessibility { head, sections, page })
}

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    page: Page,
    head: PageHead,
    version: &'static str,
    is_built: bool,
    notices: Vec<Notice>,
}

async fn about(page: Page) -> Result<Html, PageError> {
    let head = PageHead::new(page.say("about")).lead(page.say("about-lead"));
    let version = env!("CARGO_PKG_VERSION");
    Html::of(&About { head, version, is_built: look::is_built(), notices: look::notices(), page })
}
