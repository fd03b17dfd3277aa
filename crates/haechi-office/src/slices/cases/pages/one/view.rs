//! The page of one case: what is asked, until when, what the data say, what the rule is, what was done.

use askama::Template;
use haechi_core::finding::Evidence;

use super::super::super::actions::Details;
use super::super::super::{due, load, may_take_proof, store};
use super::super::{amount, is_late, lines, name, state_words, unit_name};
use super::forms::Forms;
use super::{Typed, Verbs};
use crate::access;
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy::{self, Action, Actor};
use crate::problem::Problem;
use crate::retention;
use crate::slices::alerts;
use crate::web::ui::{
    Column, Contents, Happening, Kind, Link, Notice, PageHead, Row as TableRow, SummaryList, Table, Tag, TaskList,
    Timeline, Value,
};
use crate::web::{Html, Page, PageError};

/// When a case is due, and how that was counted.
struct Due {
    at: String,
    is_late: bool,
    how: String,
    left_out: String,
    worked: String,
}

#[derive(Template)]
#[template(path = "cases/one.html")]
struct One {
    page: Page,
    title: String,
    head: PageHead,
    notices: Vec<Notice>,
    due: Option<Due>,
    key: SummaryList,
    contents: Contents,
    question: String,
    /// What it is about and what was counted, each value with what it is called.
    values: Vec<(String, String)>,
    evidence_words: String,
    evidence: Table,
    evidence_more: Option<String>,
    evidence_before: Option<Table>,
    is_evidence_open: bool,
    rule: SummaryList,
    asked: Vec<String>,
    forms: Forms,
    history: Timeline,
    steps: Option<Timeline>,
    files: Vec<(Link, String)>,
    linked: Option<TaskList>,
}

/// Rows that the page shows; the proof bundle has all.
const ROWS: usize = 100;
/// As many rows are seen at once.
const SEEN: usize = 12;

/// The page, with what was typed into a form of it where that was refused.
pub(super) async fn show(
    office: &Office,
    me: &Actor,
    id: CaseId,
    page: Page,
    mut typed: Typed,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let case = load(&tx, me, id).await?;
    let may = policy::authorize(me, Action::ReadCase, case)?;
    if may.is_destroyed() {
        // What was typed into a form of it goes nowhere any more.
        return match typed.problem {
            Some(problem) => Err(problem.into()),
            None => super::destroyed::show(&tx, me, page, &may).await,
        };
    }
    // Noted before it is shown: what cannot be noted is not shown.
    let tx = access::seen(office, tx, me, &may).await?;
    let sight = access::sight(office, &tx, me, &may).await?;
    let row = &may.row;
    let alert = alerts::one(&tx, row.alert).await?.ok_or_else(Problem::hidden)?;
    let rule = alerts::rule_words(&tx, &alert.scenario, &alert.scenario_digest).await?;
    let named = |values: &str| -> Vec<(String, String)> {
        let values = sight.values(values, &alert.personal);
        let there = values.into_iter().filter(|(_, value)| !value.is_null());
        there
            .map(|(name, value)| {
                let words = rule.columns.get(&name);
                let unit = words.and_then(|words| words.unit.as_deref());
                let value = page.value(&value, unit, alert.currency.as_deref());
                (words.map_or(name, |words| page.words(&words.title).to_owned()), value)
            })
            .collect()
    };
    let values = [named(&alert.subject), named(&alert.facts)].concat();
    let entries = store::entries(&tx, id).await?;
    let verbs = Verbs::of(me, &may);
    let (scope, recused) = (policy::scope(me), super::super::super::recused(&tx, me).await?);
    let linked = store::linked(&tx, &scope, &recused, row, 10).await?;
    let asked = entries.iter().rev().find(|entry| entry.event == "answered");
    let asked = asked.map(|entry| details(&page, row, &entry.details)).unwrap_or_default();
    let (evidence, all) = evidence(&page, Some(&alert.evidence));
    let evidence_before = alert.changed_at.and(alert.evidence_before.as_deref());
    let evidence_before = evidence_before.map(|rows| self::evidence(&page, Some(rows)).0);
    typed.name_fields();
    let forms = Forms::of(&page, me, &may, &verbs, (sight.may_reveal(), may_take_proof(me, &may)), &typed);
    let steps = store::steps(&tx, id).await?;
    let files = store::attachments(&tx, id).await?;
    let title = page.pick(&row.title_ko, &row.title_en);
    let late = is_late(row, office.now());
    let mut notices = notices(&page, row, &alert);
    notices.extend(retention::case_notice(&tx, me, &page, &may).await?);
    let view = One {
        head: head(me, &page, row, &title, &verbs, late),
        notices,
        due: due_of(&page, row, late),
        key: key(me, &page, row),
        contents: contents(&page, &verbs, &forms, !steps.is_empty()),
        question: sight.question(&alert, &page.pick(&alert.explanation_ko, &alert.explanation_en)),
        values,
        evidence_words: page.count("evidence", all),
        evidence,
        evidence_more: (all > ROWS).then(|| page.count("evidence-more", all - ROWS)),
        evidence_before,
        is_evidence_open: all <= SEEN,
        rule: SummaryList::new(&page)
            .row_if(page.say("case-matters"), rule.why.as_ref().map(|why| page.words(why)).unwrap_or_default())
            .row_if(page.say("case-remedy"), page.pick(&alert.remedy_ko, &alert.remedy_en))
            .row_if(
                page.say("case-basis"),
                if alert.basis == "to be confirmed" { page.say("basis-unconfirmed") } else { alert.basis.clone() },
            )
            .row(
                page.say("scenario"),
                Value::from(title.as_str()).soft(format!(
                    "{} · {}",
                    row.scenario,
                    page.what("scenario-version", alert.scenario_version)
                )),
            ),
        asked,
        forms,
        history: Timeline::new(entries.iter().map(|entry| happened(&page, row, entry))),
        steps: climbed(me, &page, &steps),
        files: files
            .into_iter()
            .map(|file| {
                let link = Link::to(format!("/cases/{id}/attachments/{}", file.id), file.name).file();
                (link, page.count("file-size", (file.bytes + 1023) / 1024))
            })
            .collect(),
        linked: (!linked.is_empty())
            .then(|| TaskList::new(lines(office, me, &page, &linked).iter().map(|line| line.task(&page)))),
        title,
        page,
    };
    Html::of(&view)
}

/// What it is, and the one sentence that says what is expected of this person.
fn head(me: &Actor, page: &Page, row: &store::Row, title: &str, verbs: &Verbs, late: bool) -> PageHead {
    let due = row.due_at.map(|due| page.moment(&due)).unwrap_or_default();
    let expected = match (verbs.answer, verbs.approve, verbs.confirm, verbs.claim, verbs.resume) {
        (true, ..) if late => page.say("case-expected-late"),
        (true, ..) => page.what("case-expected-answer", due),
        (_, true, ..) => page.what("case-expected-approve", due),
        (_, _, true, ..) => page.what("case-expected-confirm", due),
        (_, _, _, true, _) => page.say("case-expected-claim"),
        (.., true) => page.say("case-expected-resume"),
        _ => page.what("case-expected-nothing", state_words(page, row)),
    };
    let severity = if row.severity == "high" { Kind::Danger } else { Kind::Plain };
    let state = if row.state == "closed" { Kind::Good } else { Kind::Info };
    let mut head = PageHead::new(title)
        .caption(unit_name(me, page, row.unit.as_deref()))
        .tag(Tag::new(severity, page.say(&format!("severity-{}", row.severity))))
        .tag(Tag::new(state, state_words(page, row)));
    for (holds, word) in [(row.kept, "case-kept"), (row.outside, "case-outside"), (row.gone, "case-gone")] {
        if holds {
            head = head.tag(Tag::plain(page.say(word)));
        }
    }
    if me.may_ever(Action::SetHold) {
        head = head.link(Link::to(format!("/settings/retention/holds?case={}", row.id), page.say("hold-this-case")));
    }
    head.expected(expected).help(page, "help-answer-text").printable(page)
}

fn notices(page: &Page, row: &store::Row, alert: &alerts::Alert) -> Vec<Notice> {
    let mut notices = Vec::new();
    if row.kept {
        notices.push(Notice::new(Kind::Info, page.say("case-kept")).line(page.say("case-kept-about")));
    }
    if row.gone {
        let why = alert.gone_why.as_deref().map(|why| page.say(&format!("gone-{why}"))).unwrap_or_default();
        notices.push(Notice::new(Kind::Warn, page.say("case-gone-about")).line(why));
    }
    notices
}

fn due_of(page: &Page, row: &store::Row, late: bool) -> Option<Due> {
    let how = due::how(row);
    Some(Due {
        at: page.moment(&row.due_at?),
        is_late: late,
        how: match (&how.from, how.by.as_str()) {
            (Some(from), by) => {
                format!("{} {}", page.of("due-how", page.time(from), how.days), page.say(&format!("due-by-{by}")))
            }
            (None, "waiting") => page.say("due-by-waiting"),
            (None, _) => String::new(),
        },
        left_out: how
            .left_out
            .iter()
            .filter_map(|(day, holiday)| {
                let said = format!("{} {}", page.day(day), holiday.as_ref()?);
                Some(if how.own.contains(day) { page.what("due-own", said) } else { said })
            })
            .collect::<Vec<_>>()
            .join(", "),
        worked: how
            .worked
            .iter()
            .map(|(day, reason)| page.what("due-own", format!("{} {reason}", page.day(day))))
            .collect::<Vec<_>>()
            .join(", "),
    })
}

/// Who answers for it, how much it is about, when it happened.
fn key(me: &Actor, page: &Page, row: &store::Row) -> SummaryList {
    let handler = name(me, row.handler);
    let handler =
        if handler.is_empty() { Value::default().late(page.say("handler-none")) } else { Value::from(handler) };
    SummaryList::new(page)
        .tight()
        .row_if(page.say("case-amount"), Value::default().strong(amount(page, row)))
        .row(page.say("case-handler"), handler.soft(page.say(&format!("why-{}", row.routed_why))))
        .row_if(page.say("case-waits-for"), row.waits_for.clone().unwrap_or_default())
        .row_if(page.say("case-occurred"), row.occurred_on.map(|day| page.day(&day)).unwrap_or_default())
}

fn contents(page: &Page, verbs: &Verbs, forms: &Forms, has_steps: bool) -> Contents {
    let judges = verbs.approve || verbs.confirm || verbs.send_back;
    let act = [
        (forms.answer.is_some(), "answer", "answer"),
        (judges, "judge", if verbs.approve { "approve" } else { "confirm" }),
        (!forms.rarely.is_empty(), "more", "case-more"),
    ];
    let first = [("data", "case-data"), ("rule", "case-rule")].map(|(id, word)| (true, id, word));
    let last = [(true, "history", "history"), (has_steps, "steps", "steps"), (true, "files", "files")];
    let all = first.into_iter().chain(act).chain(last).filter(|(holds, ..)| *holds);
    Contents::new(page, all.map(|(_, id, word)| Link::to(format!("#{id}"), page.say(word))))
}

/// The rows that speak for it, and how many there are.
fn evidence(page: &Page, json: Option<&str>) -> (Table, usize) {
    let rows: Vec<Evidence> = json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let all = rows.len();
    let is_inside = rows.iter().any(|row| row.member.is_some() || row.sheet.is_some());
    let mut columns = vec![Column::new(page.say("evidence-table")), Column::new(page.say("evidence-file"))];
    if is_inside {
        columns.push(Column::new(page.say("evidence-sheet")));
    }
    columns.push(Column::number(page.say("evidence-line")));
    let row = |row: &Evidence| {
        let (file, line) = match &row.live {
            Some(live) => (live.to_string(), String::new()),
            None => (row.file.clone(), row.line.to_string()),
        };
        let mut cells: Vec<Value> = vec![row.table.to_string().into(), file.into()];
        if is_inside {
            let inside: Vec<&str> = [row.member.as_deref(), row.sheet.as_deref()].into_iter().flatten().collect();
            cells.push(inside.join(" · ").into());
        }
        cells.push(line.into());
        TableRow::new(cells)
    };
    (Table::new(page.say("evidence-caption"), columns).rows(rows.iter().take(ROWS).map(row)), all)
}

fn details(page: &Page, row: &store::Row, json: &str) -> Vec<String> {
    let details: Details = serde_json::from_str(json).unwrap_or_default();
    let currency = row.currency.as_deref().unwrap_or("KRW");
    let mut said = Vec::new();
    if let Some(outcome) = details.outcome {
        said.push(page.say(&format!("outcome-{outcome}")));
    }
    let money = [
        ("money-recovered", details.recovered),
        ("money-levied", details.levied),
        ("money-prevented", details.prevented),
    ];
    said.extend(money.into_iter().filter_map(|(word, amount)| Some(page.what(word, page.money(&amount?, currency)))));
    said.extend(details.basis.map(|basis| page.what("detail-basis", basis)));
    said.extend(details.until.map(|until| page.what("detail-until", page.day(&until))));
    said.extend(details.to.map(|to| page.what("detail-to", to)));
    said.extend(details.stand_in.map(|name| page.what("detail-stand-in", name)));
    said
}

fn happened(page: &Page, row: &store::Row, entry: &store::EntryRow) -> Happening {
    // Where nobody did it, the text is a word of ours.
    let text = match entry.event.as_str() {
        "opened" => page.say(&format!("why-{}", entry.text)),
        "gone" => page.say(&format!("gone-{}", entry.text)),
        "reopened" if entry.actor.is_none() => page.say(&format!("reopened-{}", entry.text)),
        "step" if entry.text.is_empty() => page.say("step-audit-office"),
        _ => entry.text.clone(),
    };
    let happening = Happening::new(page.say(&format!("event-{}", entry.event)), page.moment(&entry.at));
    let facts = details(page, row, &entry.details);
    match entry.actor {
        Some(_) => happening.by(&entry.actor_name).facts(facts).said(text),
        None => happening.by(page.say("haechi")).facts(facts.into_iter().chain([text]).filter(|text| !text.is_empty())),
    }
}

fn climbed(me: &Actor, page: &Page, steps: &[store::StepRow]) -> Option<Timeline> {
    let steps: Vec<Happening> = steps
        .iter()
        .filter(|step| step.status != "cancelled")
        .map(|step| {
            let at = page.moment(&step.fired_at.unwrap_or(step.planned_at));
            let is_planned = step.status == "planned";
            let told = match (is_planned, step.told) {
                (true, _) => String::new(),
                (false, Some(person)) => name(me, Some(person)),
                (false, None) => page.say("step-audit-office"),
            };
            Happening::new(page.say(&format!("step-{}", step.status)), at).by(told).planned(is_planned)
        })
        .collect();
    (!steps.is_empty()).then(|| Timeline::new(steps))
}
