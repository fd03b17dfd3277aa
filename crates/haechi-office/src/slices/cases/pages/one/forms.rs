//! The forms of one case: what this person may do with it now.

use super::super::super::store::Row;
use super::{Case, Typed, Verbs};
use crate::ids::CaseId;
use crate::policy::Actor;
use crate::web::Page;
use crate::web::ui::{Button, Choice, Choices, DateField, ErrorSummary, Field, Form, Look, More, Part, Select};

/// The forms, and what is wrong with the one that was sent.
pub(super) struct Forms {
    pub(super) errors: Option<ErrorSummary>,
    pub(super) answer: Option<Form>,
    pub(super) approve: Option<Form>,
    pub(super) confirm: Option<Form>,
    pub(super) send_back: Option<More>,
    pub(super) claim: Option<Form>,
    pub(super) resume: Option<Form>,
    /// What is done more rarely, each behind its words.
    pub(super) rarely: Vec<More>,
    pub(super) comment: Option<Form>,
    pub(super) file: Option<Form>,
    /// What was typed and no form has a place for any more, since the case moved on.
    pub(super) left: Form,
}

/// Puts forms together with what was typed into them.
struct Making<'a> {
    page: &'a Page,
    id: CaseId,
    revision: i32,
    typed: &'a Typed,
    errors: Option<ErrorSummary>,
    has_place: bool,
}

impl Making<'_> {
    /// A form that is sent to `path` of the case, with the revision that is seen.
    fn form(&self, path: &str) -> Form {
        Form::post(self.page, format!("/cases/{}/{path}", self.id)).hidden("revision", self.revision).quick()
    }

    /// The form of `verb` as it was sent, where it was this one that was refused.
    fn ready(&mut self, verb: &'static str, form: Form) -> Form {
        let form = form.prefix(verb);
        if self.typed.verb != verb {
            return form;
        }
        self.has_place = true;
        let Some(problem) = &self.typed.problem else { return form };
        let (form, errors) = form.refused(self.page, &self.typed.fields, problem);
        self.errors = Some(errors);
        form
    }

    /// The form of `verb` behind its words; open where it was refused.
    fn rare(&mut self, verb: &'static str, words: &str, about: &str, form: Form) -> More {
        let form = self.ready(verb, form);
        let more = More::act(self.page.say(words)).open(self.typed.verb == verb);
        let more = if about.is_empty() { more } else { more.text(self.page.say(about)) };
        more.form(form)
    }
}

impl Forms {
    pub(super) fn of(page: &Page, me: &Actor, case: &Case, verbs: &Verbs, sight: (bool, bool), typed: &Typed) -> Self {
        let (id, revision, errors) = (case.id(), case.revision(), None);
        let mut making = Making { page, id, revision, typed, errors, has_place: false };
        let make = &mut making;
        let answer = verbs.answer.then(|| {
            let form = answer(page, make.form("answer"));
            make.ready("answer", form)
        });
        let approve = verbs.approve.then(|| {
            let note = Field::area("text", page.say("judge-note"), 2).optional(page);
            let form = make.form("approval").part(note).button(Button::new(page.say("approve-do")));
            make.ready("approve", form)
        });
        let confirm = verbs.confirm.then(|| {
            let form = confirm(page, &case.row, make.form("confirmation"));
            make.ready("confirm", form)
        });
        let send_back = verbs.send_back.then(|| {
            let reason = Field::area("reason", page.say("send-back-reason"), 3);
            let form = make.form("return").part(reason).button(Button::second(page.say("send-back-do")));
            make.rare("send_back", "send-back", "", form)
        });
        let claim = verbs.claim.then(|| {
            let form = make.form("claim").part(page.say("claim-about")).button(Button::new(page.say("claim")));
            make.ready("claim", form)
        });
        let resume = verbs.resume.then(|| {
            let form = make.form("resume").button(Button::new(page.say("resume")));
            make.ready("resume", form)
        });
        let rarely = rarely(make, me, case, verbs, sight);
        let comment = verbs.comment.then(|| {
            let form = make.form("comments").part(Field::area("comment", page.say("comment"), 2));
            make.ready("comment", form.button(Button::second(page.say("comment-do"))))
        });
        let file = verbs.comment.then(|| {
            let field = Field::file("file", page.say("file-add")).hint(page.say("file-hint"));
            Form::post(page, format!("/cases/{id}/attachments")).part(field).button(Button::second(page.say("file-do")))
        });
        let mut left = Form::get(page, "");
        if !making.has_place {
            for name in ["text", "reason", "basis", "wait_for", "comment"] {
                let text = typed.fields.text(name);
                if !text.is_empty() {
                    left = left.part(Field::area(format!("left-{name}"), page.say("typed-left"), 4).value(text));
                }
            }
            let problem = typed.problem.as_ref();
            making.errors = problem.map(|problem| ErrorSummary::of(page, problem, None));
        }
        let errors = making.errors;
        Self { errors, answer, approve, confirm, send_back, claim, resume, rarely, comment, file, left }
    }
}

/// The three answers, each with what it needs beside its reason.
fn answer(page: &Page, form: Form) -> Form {
    let money = |name: &str, word: &str| Field::number(name, page.say(word)).unit(page.say("won")).optional(page);
    let corrected = Choice::new("corrected", page.say("answer-corrected"))
        .hint(page.say("answer-corrected-hint"))
        .reveals(Part::more(
            page.say("answer-money"),
            [
                money("recovered", "answer-recovered").into(),
                money("levied", "answer-levied").into(),
                money("prevented", "answer-prevented").into(),
            ],
        ));
    let explained = Choice::new("explained", page.say("answer-explained")).hint(page.say("answer-explained-hint"));
    let excluded = Choice::new("excluded", page.say("answer-excluded"))
        .hint(page.say("answer-excluded-hint"))
        .reveals(Field::text("basis", page.say("answer-basis")).hint(page.say("answer-basis-hint")))
        .reveals(
            DateField::new(page, "until", page.say("answer-until"), &page.today).hint(page.say("answer-until-hint")),
        );
    let which = Choices::one("outcome", page.say("answer-which"), [corrected, explained, excluded]).look(Look::Cards);
    let text = Field::area("text", page.say("answer-text"), 5).hint(page.say("answer-text-hint"));
    form.part(which).part(text).button(Button::new(page.say("answer-send")))
}

fn confirm(page: &Page, row: &Row, form: Form) -> Form {
    let which = Choices::one(
        "outcome",
        page.say("confirm-which"),
        [
            Choice::new("answer", page.say("confirm-answer")).chosen(true),
            Choice::new("referred", page.say("confirm-refer")).hint(page.say("confirm-refer-hint")),
        ],
    );
    let form = if row.severity == "high" { form.part(page.say("confirm-two")) } else { form };
    let note = Field::area("text", page.say("judge-note"), 2).hint(page.say("judge-note-hint"));
    form.part(which).part(note).button(Button::new(page.say("confirm-do")))
}

fn rarely(
    make: &mut Making<'_>,
    me: &Actor,
    case: &Case,
    verbs: &Verbs,
    (may_reveal, may_prove): (bool, bool),
) -> Vec<More> {
    let (page, id) = (make.page, make.id);
    let reason = |lines| Field::area("reason", page.say("reason"), lines);
    let mut rarely = Vec::new();
    if verbs.wait {
        let form = make
            .form("wait")
            .part(Field::text("wait_for", page.say("wait-for")))
            .part(
                DateField::new(page, "wait_until", page.say("wait-until"), &page.today)
                    .hint(page.say("wait-until-hint")),
            )
            .button(Button::second(page.say("wait-do")));
        rarely.push(make.rare("wait", "wait", "", form));
    }
    if verbs.hand_over {
        let nobody = (String::new(), page.say("hand-over-choose"));
        let form = make
            .form("handler")
            .part(Select::new("to", page.say("hand-over-to"), std::iter::once(nobody).chain(colleagues(me, case))))
            .part(Field::text("employee_no", page.say("hand-over-number")).short().optional(page))
            .part(reason(2))
            .button(Button::second(page.say("hand-over-do")));
        rarely.push(make.rare("hand_over", "hand-over", "", form));
    }
    if verbs.release {
        let form = make.form("release").part(reason(2)).button(Button::danger(page.say("release-do")));
        rarely.push(make.rare("release", "release", "release-about", form));
    }
    if verbs.reopen {
        let form = make.form("reopening").part(reason(2)).button(Button::second(page.say("reopen-do")));
        rarely.push(make.rare("reopen", "reopen", "", form));
    }
    // These two answer with another page or a file, and are about the person who asks.
    let ask = |path: &str, hint: &str| {
        let reason = Field::text("reason", page.say("reason")).hint(page.say(hint));
        Form::post(page, format!("/cases/{id}/{path}")).part(reason)
    };
    if may_reveal {
        let form = ask("reveal", "case-reveal-hint").button(Button::second(page.say("case-reveal"))).prefix("reveal");
        rarely.push(More::act(page.say("case-reveal")).form(form));
    }
    if may_prove {
        let form = ask("proof", "case-proof-hint").button(Button::second(page.say("case-proof"))).prefix("proof");
        rarely.push(More::act(page.say("case-proof")).form(form));
    }
    if verbs.recuse {
        let reason = Field::text("reason", page.say("reason"));
        let form = Form::post(page, format!("/cases/{id}/recusal")).part(reason);
        let form = form.button(Button::danger(page.say("recuse-do"))).prefix("recuse");
        rarely.push(More::act(page.say("recuse")).text(page.say("recuse-about")).form(form));
    }
    rarely
}

/// Who could take the case: those of its unit, or, for who may give it anywhere, of the whole government's desks.
fn colleagues(me: &Actor, case: &Case) -> Vec<(String, String)> {
    let (directory, day) = (me.directory(), me.day());
    let units: Vec<String> = match &case.row.unit {
        Some(unit) => vec![unit.clone()],
        None => directory.units_on(day).map(|unit| unit.code.clone()).collect(),
    };
    let mut found: Vec<(String, String)> = units
        .iter()
        .flat_map(|unit| directory.places(unit, day))
        .filter(|place| Some(place.person) != case.row.handler && directory.is_there(place.person, day))
        .filter_map(|place| directory.person(place.person))
        .map(|person| (person.id.to_string(), format!("{} ({})", person.name, person.employee_no)))
        .collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found.dedup();
    found
}
