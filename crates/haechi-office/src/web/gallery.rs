//! Every component in every state, on one page: for who makes pages, and for who judges them. Of a demonstration, and for administrators.

use askama::Template;
use axum::extract::State;
use haechi_core::time::Day;
use haechi_core::words::Words;

use super::extract::{Asked, Fields, Me};
use super::page::{Html, Page, PageError};
use super::routes::{Gate, Routes};
use super::ui::{
    Button, CheckAnswers, Chips, Choice, Choices, Codes, Column, Contents, Crumbs, DateField, Empty, ErrorSummary,
    Field, Filters, Form, Happening, Kind, Link, Look, More, Notice, Order, PageHead, Paging, Panel, Part, Progress,
    QrCode, Row, Select, Stat, Stats, SummaryList, Table, Tabs, Tag, Task, TaskList, Timeline, Trend, Value,
};
use crate::office::Office;
use crate::policy::Action;
use crate::problem::Problem;

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/gallery", Gate::Signed, gallery);
}

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    page: Page,
    crumbs: Crumbs,
    head: PageHead,
    contents: Contents,
    errors: ErrorSummary,
    several: ErrorSummary,
    tags: Vec<Tag>,
    notices: Vec<Notice>,
    tasks: TaskList,
    summary: SummaryList,
    tight: SummaryList,
    check: CheckAnswers,
    plain: Form,
    refused: Form,
    choices: Form,
    filters: Filters,
    chips: Chips,
    table: Table,
    picking: Table,
    nothing: Table,
    pagings: Vec<Paging>,
    stats: Stats,
    timeline: Timeline,
    tabs: Tabs,
    empty: Empty,
    panel: Panel,
    progress: Vec<Progress>,
    qr: QrCode,
    codes: Codes,
    way_on: Link,
    more: Vec<More>,
}

async fn gallery(State(office): State<Office>, Me(me): Me, page: Page, Asked(_): Asked) -> Result<Html, PageError> {
    if !office.config().demo && !me.may_ever(Action::ChangeSettings) {
        return Err(Problem::hidden().into());
    }
    let say = |ko: &str, en: &str| page.pick(ko, en);
    let today = office.today();
    let problem = Problem::invalid("gallery", ("기한이 오늘보다 앞섭니다.", "The day lies before today.")).at("until");
    let asked = Fields::of(vec![
        ("who".to_owned(), "회계과".to_owned()),
        ("until".to_owned(), "2020.1.1".to_owned()),
        ("how".to_owned(), "mail".to_owned()),
    ]);
    let (refused, errors) = form(&page, &today).prefix("refused").refused(&page, &asked, &problem);
    let parts = ["tags", "errors", "tasks", "summary", "forms", "filters", "tables", "stats", "timeline", "states"];
    let view = Gallery {
        crumbs: Crumbs::new(&page, [Link::to("/settings", page.say("menu-settings"))], page.say("gallery")),
        head: PageHead::new(page.say("gallery"))
            .caption(say("양식과 표, 알림", "Forms, tables, notices"))
            .tag(Tag::new(Kind::Info, say("시연", "Demonstration")))
            .expected(say(
                "오늘은 확인을 기다리는 사안 3건에 답해 주십시오.",
                "Please answer 3 cases that wait for you today.",
            ))
            .lead(say(
                "화면을 이루는 조각과 그 상태를 모두 모았습니다.",
                "Every piece that pages are made of, in every state.",
            ))
            .link(Link::to("/", page.say("menu-home")))
            .help(&page, "help-answer-text"),
        contents: Contents::new(
            &page,
            parts.map(|part| Link::to(format!("#{part}"), page.say(&format!("gallery-{part}")))),
        ),
        errors,
        several: ErrorSummary::all(
            &page,
            [
                Link::to("#plain-who", say("맡을 사람을 적어 주십시오.", "Say who takes it.")),
                Link::to("#plain-until", say("기한을 적어 주십시오.", "Say until when.")),
            ],
        ),
        tags: vec![
            Tag::plain(say("가벼움", "Minor")),
            Tag::new(Kind::Info, say("감사부서만 봄", "Audit office only")),
            Tag::new(Kind::Good, say("조치", "Corrected")),
            Tag::new(Kind::Warn, say("오늘까지", "Due today")),
            Tag::new(Kind::Danger, say("기한 지남", "Overdue")),
        ],
        notices: vec![
            Notice::new(Kind::Info, say("오늘은 점검의 날입니다.", "Today is the monitoring day."))
                .line(Link::to("/monitoring", say("부서별로 남은 것 보기", "See what is left by unit"))),
            Notice::new(Kind::Good, "").line(say("설정을 바꿨습니다.", "The setting was changed.")).said(),
            Notice::new(Kind::Warn, say("마지막 점검에서 나타나지 않았습니다.", "The last run did not find it again."))
                .line(say("누군가 결정할 때까지 사안은 남습니다.", "The case stays until somebody decides.")),
            Notice::new(Kind::Danger, say("메일 서버가 답하지 않습니다.", "The mail server does not answer."))
                .line(say("10분 뒤 다시 시도합니다.", "It is tried again in 10 minutes.")),
        ],
        tasks: tasks(&page),
        summary: SummaryList::new(&page)
            .row(say("담당", "Handler"), Value::from(say("김담당", "Kim")).soft(say("회계과", "Accounting")))
            .row(say("금액", "Amount"), Value::default().strong(say("1,200,000원", "₩1,200,000")))
            .changeable(
                say("기한", "Due"),
                "2026.12.03. 18:00",
                Link::to("#summary", say("바꾸기", "Change")).of(say("기한", "the due day")),
            )
            .row(say("근거", "Basis"), ""),
        tight: SummaryList::new(&page).tight().row(say("담당", "Handler"), say("김담당", "Kim")).row(
            say("상태", "State"),
            Value::default().tag(Tag::new(Kind::Warn, say("승인 대기", "With the manager"))),
        ),
        check: CheckAnswers::new(
            SummaryList::new(&page)
                .changeable(
                    say("답변", "Answer"),
                    say("조치", "Corrected"),
                    Link::to("#forms", say("바꾸기", "Change")).of(say("답변", "the answer")),
                )
                .changeable(
                    say("환수", "Recovered"),
                    say("1,200,000원", "₩1,200,000"),
                    Link::to("#forms", say("바꾸기", "Change")).of(say("환수 금액", "the amount recovered")),
                ),
            say("보내면 부서장에게 갑니다.", "Once sent, it goes to your manager."),
            Form::get(&page, "/gallery").button(Button::new(say("답변 보내기", "Send the answer"))),
        ),
        plain: form(&page, &today).prefix("plain"),
        refused,
        choices: choices(&page, &today),
        filters: filters(&page),
        chips: Chips::new(
            &page,
            [say("상태: 담당자 답변 대기", "State: with the handler"), say("기한 지남", "Overdue")]
                .map(|text| (text, "/gallery".to_owned())),
            "/gallery",
            "",
        ),
        table: table(&page).captioned().rows(rows(&page)),
        picking: table(&page)
            .picks("case", page.say("case-choose"))
            .rows(rows(&page).into_iter().map(|row| row.pick("1", say("나누어 결제 고르기", "Choose split payment")))),
        nothing: table(&page).or(Empty::new(say("해당하는 사안이 없습니다.", "There is no such case."))),
        pagings: vec![
            Paging::new(&page, 1, 9, |at| format!("/gallery?page={at}")),
            Paging::new(&page, 5, 9, |at| format!("/gallery?page={at}"))
                .called(say("가운데 쪽", "A page in the middle")),
            Paging::new(&page, 2, 2, |at| format!("/gallery?page={at}")).called(say("마지막 쪽", "The last page")),
        ],
        stats: stats(&page),
        timeline: timeline(&page),
        tabs: Tabs::new(page.say("menu-settings"))
            .tab("/gallery", say("기한", "Deadlines"), true)
            .tab("/settings/tokens", page.say("tokens"), false)
            .tab("/settings/webhooks", page.say("webhooks"), false),
        empty: Empty::new(say("받은 알림이 없습니다.", "There are no messages."))
            .text(say(
                "사안이 생기면 여기와 메일로 알려 드립니다.",
                "You are told here and by mail when there is a case.",
            ))
            .link(Link::to("/", page.say("to-home"))),
        panel: Panel::new(&page, say("답변을 보냈습니다", "The answer was sent"))
            .number(say("사안 번호", "Case number"), "2026-0312")
            .next(say(
                "부서장이 근무일 3일 안에 승인하거나 돌려보냅니다.",
                "Your manager approves it or returns it within 3 working days.",
            )),
        progress: vec![
            Progress::new(
                "import",
                say("자료 가져오기", "Importing"),
                say("12,000행 중 8,400행", "8,400 of 12,000 rows"),
                8_400,
                Some(12_000),
            ),
            Progress::new(
                "detect",
                say("점검", "Detecting"),
                say("시나리오를 하나씩 돌리는 중", "Running one scenario after another"),
                0,
                None,
            ),
        ],
        qr: QrCode::new(
            page.say("second-factor-picture"),
            crate::sign_in::picture("https://haechi.example"),
            page.say("second-factor-typed"),
            "HAEC HIHA ECHI",
        ),
        codes: Codes::new(["haec-hi22", "haec-hi33", "haec-hi44"].map(str::to_owned).to_vec()),
        way_on: Link::to("/", page.say("to-home")).button(),
        more: vec![
            More::new(say("어떻게 세었습니까", "How is it counted?"))
                .text(page.say("help-due-text"))
                .value(Link::to("/help#due", page.say("help-due"))),
            More::act(say("다른 사람에게 넘김", "Hand over")).form(
                Form::get(&page, "/gallery")
                    .part(Field::text("number", say("직원번호", "Staff number")).short())
                    .button(Button::second(say("넘기기", "Hand over"))),
            ),
            More::act(say("회피", "Recuse"))
                .text(say("그 뒤로는 이 사안이 보이지 않습니다.", "You will not see this case any more.")),
        ],
        page: page.refused(),
    };
    Html::of(&view)
}

fn form(page: &Page, today: &Day) -> Form {
    let say = |ko: &str, en: &str| page.pick(ko, en);
    let how = [("", say("고르십시오", "Choose")), ("mail", say("메일", "Mail")), ("sms", say("문자", "SMS"))];
    Form::get(page, "/gallery")
        .part(
            Field::text("who", say("맡을 사람", "Who takes it"))
                .hint(say("이름이나 직원번호", "A name or a staff number")),
        )
        .part(DateField::new(page, "until", say("언제까지", "Until when"), today))
        .part(Field::number("amount", say("금액", "Amount")).unit(say("원", "won")).optional(page))
        .part(
            Select::new(
                "how",
                say("알리는 방법", "How to tell them"),
                how.map(|(value, name)| (value.to_owned(), name)),
            )
            .hint(say("고르지 않으면 받은 알림에만 남습니다.", "Without a choice it stays in their inbox.")),
        )
        .part(Field::area("text", say("무엇을 했습니까", "What was done"), 3))
        .part(Field::password("secret", page.say("password"), "off"))
        .part(Field::code("code", page.say("code")))
        .part(Field::login("login", page.say("login")).value("20240017").fixed())
        .part(Field::file("file", page.say("file-add")).hint(page.say("file-hint")))
        .part(Part::more(say("더 적을 것", "More"), [Field::text("more", say("메모", "Note")).optional(page).into()]))
        .button(Button::new(say("맡기기", "Give it to them")))
        .button(Button::second(say("미리 보기", "Preview")))
        .button(Button::danger(say("지우기", "Delete")))
        .button(Button::plain(say("그만두기", "Cancel")))
}

fn choices(page: &Page, today: &Day) -> Form {
    let say = |ko: &str, en: &str| page.pick(ko, en);
    let answer = Choices::one(
        "answer",
        page.say("answer-which"),
        [
            Choice::new("corrected", say("조치", "Corrected"))
                .hint(say("고쳤거나 돌려받았습니다", "It was put right or paid back"))
                .reveals(Field::number("recovered", page.say("answer-recovered")).unit(say("원", "won"))),
            Choice::new("explained", say("소명", "Explained"))
                .hint(say("문제가 없는 까닭이 있습니다", "It is in order, for a reason"))
                .chosen(true)
                .reveals(Field::area("why", say("까닭", "The reason"), 3)),
            Choice::new("excluded", say("제외", "Excluded"))
                .hint(say("정한 날까지 다시 묻지 않기를 신청합니다", "Do not ask again before a day"))
                .reveals(DateField::new(page, "until2", page.say("answer-until"), today)),
        ],
    )
    .look(Look::Cards)
    .hint(page.say("answer-about"));
    let which = Choices::one(
        "which",
        say("어느 것을", "Which"),
        [
            Choice::new("a", say("고른 것만", "Those picked")).chosen(true),
            Choice::new("b", say("찾은 것 모두", "All that were found")),
        ],
    )
    .look(Look::Row);
    let many = Choices::many(
        "kinds",
        say("받을 알림", "What to be told of"),
        [Choice::new("due", say("기한", "Due days")).chosen(true), Choice::new("step", say("상향보고", "Escalations"))],
    )
    .error(say("하나는 골라 주십시오.", "Choose at least one."));
    let level = Select::new("level", say("중요도", "Severity"), [(String::new(), say("고르십시오", "Choose"))]);
    let level = level.error(say("중요도를 골라 주십시오.", "Choose the severity."));
    let day = DateField::new(page, "day", say("기준일", "As of"), today)
        .error(say("날짜를 읽을 수 없습니다.", "The day cannot be read."));
    let form = Form::get(page, "/gallery").narrow().part(answer).part(which).part(many).part(level).part(day);
    form.button(Button::new(page.say("answer-send")))
}

fn filters(page: &Page) -> Filters {
    let say = |ko: &str, en: &str| page.pick(ko, en);
    let all = [("", say("모든 부서", "All units")), ("a", say("회계과", "Accounting"))]
        .map(|(value, name)| (value.to_owned(), name));
    Filters::new(page, "/gallery")
        .part(Field::search("q", page.say("filter-text")))
        .part(Select::new("unit", page.say("case-where"), all.clone()))
        .part(Select::new("order", page.say("filter-order"), all))
        .check(
            Choices::many("late", page.say("filter-only"), [Choice::new("yes", page.say("case-late")).chosen(true)])
                .look(Look::Row),
        )
}

fn table(page: &Page) -> Table {
    let say = |ko: &str, en: &str| page.pick(ko, en);
    Table::new(
        say("사안", "Cases"),
        [
            Column::new(page.say("case-what")),
            Column::new(page.say("case-where")),
            Column::number(page.say("case-amount")).sort("/gallery?order=amount", Order::Down),
            Column::day(page.say("case-due")).sort("/gallery?order=due", Order::Not),
            Column::new(page.say("action")).unseen(),
        ],
    )
}

fn rows(page: &Page) -> Vec<Row> {
    let say = |ko: &str, en: &str| page.pick(ko, en);
    let row = |title: Words, unit: Words, amount: &str, due: &str, is_late: bool| {
        let due = if is_late { Value::default().late(page.say("case-late")).line(due) } else { Value::from(due) };
        Row::new([
            Value::from(Link::to("#tables", page.words(&title)))
                .tag_if(is_late, Kind::Danger, page.say("severity-high"))
                .soft("2026.11.02. · card.split-payment"),
            Value::from(page.words(&unit)).soft(say("김담당", "Kim")),
            amount.into(),
            due,
            Value::default().form(
                Form::inline(page, "/gallery").button(Button::plain(say("끝내기", "End")).of(page.words(&title))),
            ),
        ])
    };
    vec![
        row(
            Words::new("한 곳에서 나누어 결제", "Split payments at one place"),
            Words::new("회계과", "Accounting"),
            "1,200,000",
            "2026.11.23. 18:00",
            true,
        ),
        row(
            Words::new("쉬는 날의 업무추진비", "Expenses on a day off"),
            Words::new("행정국 총무과", "General affairs"),
            "85,000",
            "2026.12.03. 18:00",
            false,
        ),
    ]
}

fn tasks(page: &Page) -> TaskList {
    let say = |ko: &str, en: &str| page.pick(ko, en);
    TaskList::new([
        Task::new(say("한 곳에서 나누어 결제", "Split payments at one place"), "#tasks")
            .tag_if(true, Kind::Danger, page.say("severity-high"))
            .about(say("회계과", "Accounting"))
            .about(say("1,200,000원", "₩1,200,000"))
            .standing(Kind::Danger, page.say("case-late"))
            .when("2026.11.23. 18:00"),
        Task::new(say("쉬는 날의 업무추진비", "Expenses on a day off"), "#tasks")
            .about(say("회계과", "Accounting"))
            .standing(Kind::Warn, say("오늘까지", "Due today"))
            .when("2026.11.24. 18:00"),
        Task::new(say("초과근무와 겹친 출장", "Overtime during a trip"), "#tasks")
            .standing(Kind::Info, say("답변 대기", "To be answered"))
            .when("2026.12.03. 18:00"),
        Task::new(say("지난달 결과 확인", "Last month's result"), "#tasks").standing(Kind::Plain, say("완료", "Done")),
        Task::later(say("이번 달 마감", "Closing the month"))
            .standing(Kind::Plain, say("아직 시작할 수 없음", "Cannot start yet")),
    ])
}

fn stats(page: &Page) -> Stats {
    let say = |ko: &str, en: &str| page.pick(ko, en);
    Stats::new([
        Stat::new(say("기한 지남", "Overdue"), 3)
            .unit(say("건", ""))
            .link("#stats")
            .warn_if(true)
            .trend(Trend::new(say("지난주보다 2건 많음", "2 more than last week"), Some(false))),
        Stat::new(say("답변 대기", "To be answered"), 12).unit(say("건", "")).link("#stats"),
        Stat::new(say("처리율", "Handled"), 87)
            .unit("%")
            .trend(Trend::new(say("지난달보다 4 %p 높음", "4 points more than last month"), Some(true)))
            .counted(More::new(say("어떻게 세었습니까", "How is it counted?")).text(page.say("monitoring-rate-about"))),
        Stat::new(say("환수", "Recovered"), "3,450,000")
            .unit(say("원", "won"))
            .trend(Trend::new(say("지난달과 같음", "As last month"), None)),
    ])
}

fn timeline(page: &Page) -> Timeline {
    let say = |ko: &str, en: &str| page.pick(ko, en);
    Timeline::new([
        Happening::new(page.say("event-opened"), "2026.11.12. 09:00")
            .by(page.say("haechi"))
            .facts([say("자료에 적힌 담당자입니다.", "The person the data names.")]),
        Happening::new(page.say("event-answered"), "2026.11.13. 14:20")
            .by(say("김담당", "Kim"))
            .facts([say("조치", "Corrected"), say("환수 1,200,000원", "₩1,200,000 recovered")])
            .said(say(
                "중복 지급을 확인하고 전액 환수했습니다.\n증빙을 붙였습니다.",
                "It was paid twice, and all of it is recovered.\nThe record is attached.",
            )),
        Happening::new(page.say("steps"), "2026.11.27. 09:00").by(say("박과장", "Park")).planned(true),
    ])
}
