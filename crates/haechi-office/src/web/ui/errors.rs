use askama::Template;

use super::Link;
use crate::problem::Problem;
use crate::web::Page;

/// What is wrong with what was sent, before everything else on the page: it takes the focus and leads to each field.
///
/// A page that holds one is [`Page::refused`], so that its title says so too.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/error_summary.html")]
pub(crate) struct ErrorSummary {
    title: String,
    links: Vec<Link>,
    lines: Vec<String>,
}

impl ErrorSummary {
    /// What a refusal says; `href` leads to the field it is about.
    pub(crate) fn of(page: &Page, problem: &Problem, href: Option<String>) -> Self {
        let (happened, advice) = (page.words(&problem.happened).to_owned(), page.words(&problem.advice).to_owned());
        let title = page.say("ui-error-title");
        match href {
            Some(href) if problem.code.ends_with("missing") => {
                Self { title: happened, links: vec![Link::to(href, advice)], lines: Vec::new() }
            }
            Some(href) => Self { title, links: vec![Link::to(href, happened)], lines: said(advice) },
            None => Self { title: happened, links: Vec::new(), lines: said(advice) },
        }
    }

    /// Several at once, each with its field.
    pub(crate) fn all(page: &Page, links: impl IntoIterator<Item = Link>) -> Self {
        Self { title: page.say("ui-error-title"), links: links.into_iter().collect(), lines: Vec::new() }
    }
}

fn said(line: String) -> Vec<String> {
    if line.is_empty() { Vec::new() } else { vec![line] }
}
