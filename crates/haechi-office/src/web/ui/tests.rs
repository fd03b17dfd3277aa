//! What components render, where a slip would be seen by nobody who looks at the gallery.

use askama::Template as _;
use haechi_core::words::Words;

use super::*;
use crate::problem::Problem;
use crate::testing::TestOffice;
use crate::web::{Fields, Page};

async fn page() -> Page {
    Page::for_tests(&TestOffice::sqlite().await.office).await
}

fn typed(pairs: &[(&str, &str)]) -> Fields {
    Fields::of(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn form(page: &Page) -> Form {
    let excluded = Choice::new("excluded", "제외").reveals(DateField::new(page, "until", "언제까지", &page.today));
    Form::post(page, "/cases/1/answer")
        .part(Choices::one("outcome", "어떻게", [Choice::new("explained", "소명"), excluded]))
        .part(Field::area("text", "왜", 3))
        .part(Part::more("금액", [Field::number("recovered", "환수").into()]))
        .part(Field::password("secret", "비밀번호", "off"))
        .button(Button::new("보내기"))
}

#[tokio::test]
async fn what_was_typed_is_put_back_also_where_a_choice_or_a_click_reveals_it_and_never_a_password() {
    let page = page().await;
    let sent =
        [("outcome", "excluded"), ("until", "모레"), ("text", "<b>까닭</b>"), ("recovered", "12"), ("secret", "비밀")];
    let html = form(&page).filled(&typed(&sent)).render().unwrap();
    assert!(html.contains("value=\"excluded\" checked") && html.contains("value=\"모레\""), "{html}");
    assert!(html.contains("&#60;b&#62;까닭") && !html.contains("<b>"), "{html}");
    assert!(html.contains("<details class=\"more\" open>") && html.contains("value=\"12\""), "{html}");
    assert!(!html.contains("비밀\""), "{html}");
    // Nothing was sent: nothing is changed.
    assert!(!form(&page).filled(&typed(&[])).render().unwrap().contains("checked"));
}

#[tokio::test]
async fn an_error_is_tied_to_its_field_and_the_summary_leads_there() {
    let page = page().await;
    let problem = Problem::invalid("form.day", ("날짜를 읽을 수 없습니다.", "?")).at("until");
    let (form, errors) = form(&page).prefix("answer").refused(&page, &typed(&[("until", "모레")]), &problem);
    let (form, errors) = (form.render().unwrap(), errors.render().unwrap());
    assert!(errors.contains("href=\"#answer-until\"") && errors.contains("날짜를 읽을 수 없습니다."), "{errors}");
    assert!(form.contains("aria-describedby=\"answer-until-hint answer-until-error\""), "{form}");
    assert!(form.contains("id=\"answer-until-error\">날짜를 읽을 수 없습니다."), "{form}");
    assert_eq!(form.matches("aria-invalid").count(), 1, "{form}");
    // One of no field stands alone.
    let problem = Problem::new(409, "case.stale", ("먼저 처리했습니다.", "?"), ("새로 열어 주십시오.", "?"));
    let (_, errors) = super::tests::form(&page).refused(&page, &typed(&[]), &problem);
    assert!(!errors.render().unwrap().contains("href"));
}

#[tokio::test]
async fn a_group_of_choices_is_reached_by_its_first() {
    let page = page().await;
    let mut problem = Problem::invalid("case.missing", ("입력하지 않은 항목이 있습니다.", "?")).at("outcome");
    problem.advice = Words::new("하나를 고르십시오.", "?");
    let (form, errors) = form(&page).refused(&page, &typed(&[]), &problem);
    let errors = errors.render().unwrap();
    assert!(errors.contains("<a href=\"#outcome-1\">하나를 고르십시오.</a>"), "{errors}");
    assert!(form.render().unwrap().contains("id=\"outcome-1\""));
}

#[tokio::test]
async fn pages_far_away_are_a_gap_and_one_page_is_none() {
    let page = page().await;
    let shown = |number, pages| {
        let html = Paging::new(&page, number, pages, |at| format!("/x?page={at}")).render().unwrap();
        let numbers = html.split("page-link").skip(2).map(|part| {
            if part.starts_with(" link-dot") {
                "…"
            } else {
                part.split('>').nth(1).unwrap_or_default().split('<').next().unwrap_or_default()
            }
        });
        numbers.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(1, 9), "1 2 3 … 9");
    assert_eq!(shown(5, 9), "1 … 3 4 5 6 7 … 9");
    assert_eq!(shown(9, 9), "1 … 7 8 9");
    assert_eq!(shown(1, 1), "");
}

#[tokio::test]
async fn a_table_says_its_roles_since_cards_of_a_phone_lose_them() {
    let table = Table::new("사안", [Column::new("이름"), Column::number("금액").sort("/x", Order::Up)])
        .rows([Row::new(["<가>".into(), "1,000".into()]).pick("1", "가 고르기")])
        .picks("case", "고르기");
    let html = table.render().unwrap();
    for role in ["table", "rowgroup", "row", "columnheader", "rowheader", "cell"] {
        assert!(html.contains(&format!("role=\"{role}\"")), "{role}: {html}");
    }
    assert!(html.contains("aria-sort=\"ascending\"") && html.contains("data-name=\"금액\""), "{html}");
    assert!(html.contains("&#60;가&#62;") && html.contains("aria-label=\"가 고르기\""), "{html}");
    let nothing = Table::new("사안", []).or(Empty::new("없습니다.")).render().unwrap();
    assert!(nothing.contains("없습니다.") && !nothing.contains("<table"), "{nothing}");
}

#[tokio::test]
async fn a_task_that_cannot_start_is_no_link_and_what_is_done_is_plain() {
    let list = TaskList::new([
        Task::new("열린 것", "/cases/1").standing(Kind::Danger, "기한 지남"),
        Task::new("끝난 것", "/cases/2").standing(Kind::Plain, "완료"),
        Task::later("나중 것"),
    ]);
    let html = list.render().unwrap();
    assert_eq!(html.matches("<a href").count(), 2, "{html}");
    assert!(html.contains("<span class=\"tag danger\">기한 지남</span>"), "{html}");
    assert!(!html.contains("<span class=\"tag\">완료"), "{html}");
    assert!(html.contains("<li class=\"task cannot\">"), "{html}");
}
