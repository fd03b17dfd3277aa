//! The forms of proposals, and what is done with them.

use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::{Class, RetentionError, What as Wanted, decide, propose, withdraw};
use super::*;
use crate::problem::Problem;
use crate::web::ui::{Choice, Choices, Crumbs, DateField};
use crate::web::{Asked, Fields, Form, Path, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    let propose = Gate::May(Action::ProposeRetention);
    routes
        .get("/settings/retention/period", propose, period_form)
        .post("/settings/retention/period", propose, period_sent)
        .get("/settings/retention/destruction", propose, destruction_form)
        .post("/settings/retention/destruction", propose, destruction_sent)
        .post("/settings/retention/proposals/{id}/decide", Gate::May(Action::DecideRetention), decided)
        .post("/settings/retention/proposals/{id}/withdraw", Gate::May(Action::WithdrawRetention), withdrawn);
}

#[derive(Template)]
#[template(path = "retention_change.html")]
struct Change {
    page: Page,
    title: String,
    errors: Option<ErrorSummary>,
    crumbs: Crumbs,
    head: PageHead,
    now: SummaryList,
    form: Sheet,
}

fn class_of(text: &str) -> Result<Class, PageError> {
    Ok(Class::parse(text).ok_or_else(Problem::hidden)?)
}

fn crumbs(page: &Page, title: &str) -> Crumbs {
    Crumbs::new(page, [Link::to("/settings/retention", page.say("retention"))], title)
}

/// How a class stands, above a form about it.
fn now(page: &Page, one: &Standing) -> SummaryList {
    let period = match &one.period {
        Some(period) => period_words(page, period),
        None => Value::from(page.say("retention-kept")),
    };
    let list = SummaryList::new(page)
        .row(page.say("retention-class"), class_word(page, one.class.as_str()))
        .row(page.say("retention-period"), period);
    let Some((until, due)) = &one.due else { return list };
    list.row(page.say("retention-due"), page.count("retention-records", due.count))
        .row(page.say("retention-due-day"), page.day(until))
        .row_if(page.say("retention-oldest-day"), due.oldest.map(|day| page.day(&day)).unwrap_or_default())
        .row(page.say("retention-held-now"), page.count("retention-records", due.held))
}

/// The two things that a form proposes of a class.
#[derive(Clone, Copy)]
enum Of {
    Period,
    Destruction,
}

impl Of {
    const fn path(self) -> &'static str {
        match self {
            Self::Period => "/settings/retention/period",
            Self::Destruction => "/settings/retention/destruction",
        }
    }

    fn title(self, page: &Page, class: Class) -> String {
        let kind = match self {
            Self::Period => "retention-kind-period",
            Self::Destruction => "retention-kind-destruction",
        };
        format!("{}: {}", page.say(kind), class_word(page, class.as_str()))
    }

    /// What the form asks beside the reason, and its button.
    fn asks(self, page: &Page, form: Sheet, standing: &Standing) -> (Sheet, Button) {
        let class = standing.class;
        match self {
            Self::Period => {
                let hint = match class {
                    Class::Access => page.count("retention-access-least", class.least()),
                    _ => page.say("retention-years-hint"),
                };
                let is_new_year = standing.period.is_some_and(|period| period.from_new_year);
                let counted = [
                    Choice::new("day", page.say("retention-from-day")).chosen(!is_new_year),
                    Choice::new("new-year", page.say("retention-from-new-year")).chosen(is_new_year),
                ];
                let from = DateField::new(page, "from", page.say("retention-first-day"), &page.today);
                let form = form
                    .part(Field::number("years", page.say("retention-years-field")).hint(hint).optional(page))
                    .part(Choices::one("counted", page.say("retention-counted"), counted))
                    .part(from.day(page, Some(&page.today)));
                (form, Button::new(page.say("retention-propose")))
            }
            Self::Destruction => {
                let last = last_due(standing);
                let until =
                    DateField::new(page, "until", page.say("retention-until-field"), &last.unwrap_or(page.today))
                        .day(page, last.as_ref())
                        .hint(page.say("retention-until-hint"));
                (form.part(until), Button::danger(page.say("retention-propose-destruction")))
            }
        }
    }

    fn wanted(self, class: Class, form: &Fields) -> Result<Wanted, Problem> {
        Ok(match self {
            Self::Period => Wanted::Period {
                class,
                years: form.read("years")?,
                from_new_year: form.text("counted") == "new-year",
                first_day: form.day("from")?.ok_or(RetentionError::Day("from"))?,
            },
            Self::Destruction => {
                Wanted::Destruction { class, until: form.day("until")?.ok_or(RetentionError::Day("until"))? }
            }
        })
    }
}

async fn change_page(
    office: &Office,
    me: &Actor,
    page: Page,
    (of, class): (Of, Class),
    refused: Refused<'_>,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let standing = standing(office, &tx, class).await?.ok_or_else(Problem::hidden)?;
    let title = of.title(&page, class);
    let lead = match of {
        Of::Period => page.say("retention-period-lead"),
        Of::Destruction => page.say(&format!("retention-{}-goes", class.as_str())),
    };
    let mut errors = None;
    let (form, button) = of.asks(&page, Sheet::post(&page, of.path()).hidden("class", class.as_str()), &standing);
    let form = form
        .part(Field::area("reason", page.say("reason"), 3).hint(page.say("retention-reason-hint")))
        .button(button)
        .after(&page, refused, &mut errors);
    Html::of(&Change {
        crumbs: crumbs(&page, &title),
        errors,
        head: PageHead::new(&title).lead(lead),
        now: now(&page, &standing),
        form,
        title,
        page,
    })
}

async fn form_of(office: &Office, me: &Actor, page: Page, of: Of, asked: &Fields) -> Result<Html, PageError> {
    generally(me, Action::ProposeRetention)?;
    change_page(office, me, page, (of, class_of(asked.text("class"))?), None).await
}

async fn sent_of(office: &Office, me: &Actor, page: Page, of: Of, form: &Fields) -> Result<Response, PageError> {
    generally(me, Action::ProposeRetention)?;
    let class = class_of(form.text("class"))?;
    let tried: Result<(), Problem> = async {
        propose(office, me, of.wanted(class, form)?, form.text("reason")).await?;
        Ok(())
    }
    .await;
    let Err(problem) = tried else { return Ok(Redirect::to("/settings/retention").into_response()) };
    let problem = shown_again(problem)?;
    let view = change_page(office, me, page.refused(), (of, class), Some((form, &problem))).await?;
    Ok((problem.status(), view).into_response())
}

async fn period_form(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    form_of(&office, &me, page, Of::Period, &asked).await
}

async fn period_sent(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    sent_of(&office, &me, page, Of::Period, &form).await
}

async fn destruction_form(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Asked(asked): Asked,
) -> Result<Html, PageError> {
    form_of(&office, &me, page, Of::Destruction, &asked).await
}

async fn destruction_sent(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    sent_of(&office, &me, page, Of::Destruction, &form).await
}

async fn decided(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<RetentionProposalId>,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let tried = decide(&office, &me, id, form.text("do") == "approve", form.text("answer")).await;
    let Err(error) = tried else { return Ok(Redirect::to("/settings/retention").into_response()) };
    let problem = shown_again(error)?;
    let view = show(&office, &me, page.refused(), (Some(id), Some((&form, &problem)))).await?;
    Ok((problem.status(), view).into_response())
}

async fn withdrawn(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<RetentionProposalId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    withdraw(&office, &me, id).await?;
    Ok(Redirect::to("/settings/retention"))
}
