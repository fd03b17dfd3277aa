//! The certificate of a destruction (파기확인서): a page to print.

use super::super::view::destruction;
use super::*;
use crate::web::Path;
use crate::web::ui::Crumbs;

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/settings/retention/certificates/{id}", Gate::May(Action::ReadRetention), show_certificate);
}

#[derive(Template)]
#[template(path = "certificate.html")]
struct Certificate {
    page: Page,
    title: String,
    crumbs: Crumbs,
    head: PageHead,
    about: SummaryList,
    is_ended: bool,
}

async fn show_certificate(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<RetentionProposalId>,
    page: Page,
) -> Result<Html, PageError> {
    generally(&me, Action::ReadRetention)?;
    let tx = office.db().read(me.tenant()).await?;
    let found = destruction(&tx, id).await?;
    let row = &found.row;
    let person = |id: Option<PersonId>| id.map(|id| name(&me, id)).unwrap_or_default();
    let moment = |at: Option<haechi_core::time::Moment>| at.map(|at| page.moment(&at)).unwrap_or_default();
    let mut about = SummaryList::new(&page)
        .row(page.say("certificate-number"), Value::default().code(row.id.to_string()))
        .row(page.say("retention-class"), class_word(&page, &row.class))
        .row(page.say("retention-due-day"), row.until.map(|until| page.day(&until)).unwrap_or_default())
        .row(page.say("reason"), row.reason.as_str())
        .row(
            page.say("retention-proposed"),
            Value::from(name(&me, row.proposed_by)).soft(page.moment(&row.proposed_at)),
        )
        .row(page.say("certificate-decided"), Value::from(person(row.decided_by)).soft(moment(row.decided_at)))
        .row(page.say("retention-answer"), row.answer.clone().unwrap_or_default())
        .row(page.say("certificate-destroyed"), page.count("retention-records", found.destroyed));
    if let Some(certificate) = &found.certificate {
        about = about
            .row(page.say("certificate-held"), page.count("retention-records", certificate.held))
            .row(page.say("certificate-ended"), page.moment(&certificate.ended_at))
            .row(
                page.say("certificate-digest"),
                Value::default().code(certificate.digest.as_str()).soft(page.say("certificate-digest-about")),
            );
    }
    let title = page.say("certificate");
    let is_ended = found.certificate.is_some();
    let (kind, word) = if is_ended { (Kind::Good, "retention-ended") } else { (Kind::Info, "retention-running") };
    Html::of(&Certificate {
        crumbs: Crumbs::new(&page, [Link::to("/settings/retention", page.say("retention"))], &title),
        head: PageHead::new(&title).caption(&page.government).tag(Tag::new(kind, page.say(word))).printable(&page),
        about,
        is_ended,
        title,
        page,
    })
}
