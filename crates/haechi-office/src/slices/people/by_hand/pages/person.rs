//! The pages of a person: who they are, their places and absences, and the forms behind them.

use super::*;

pub(super) fn routes(routes: &mut Routes) {
    let (read, change) = (Gate::May(Action::ReadPeople), Gate::May(Action::ChangePeople));
    routes
        .get("/people/person/new", change, person_new)
        .post("/people/person/new", change, person_add)
        .get("/people/persons/{id}", read, person)
        .get("/people/persons/{id}/change", change, person_change)
        .post("/people/persons/{id}/change", change, person_changed)
        .get("/people/persons/{id}/leave", change, person_leave)
        .post("/people/persons/{id}/leave", change, person_left)
        .post("/people/persons/{id}/return", change, person_back)
        .get("/people/persons/{id}/place", change, place_new)
        .post("/people/persons/{id}/place", change, place_give)
        .get("/people/places/{id}/end", change, place_end)
        .post("/people/places/{id}/end", change, place_ended)
        .get("/people/persons/{id}/absence", change, absence_new)
        .post("/people/persons/{id}/absence", change, absence_enter)
        .post("/people/absences/{id}/remove", change, absence_remove);
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage {
    page: Page,
    title: String,
    crumbs: Crumbs,
    head: PageHead,
    about: SummaryList,
    places: Table,
    absences: Table,
}

/// Places of somebody, each with its unit and days.
fn places_table(page: &Page, me: &Actor, rows: Vec<appointment::Model>, may_change: bool) -> Table {
    let (directory, day) = (me.directory(), me.day());
    // One that was to begin and never did is not shown.
    let rows = rows.into_iter().filter(|row| row.last_day.is_none_or(|last| row.first_day <= last));
    let rows = rows.map(|row| {
        let unit = directory.unit(&row.unit, day).map(|unit| page.words(&unit.name).to_owned());
        let unit = unit.unwrap_or_else(|| row.unit.clone());
        let is_over = row.last_day.is_some_and(|last| last < day);
        let post = page.say(&format!("post-{}", row.post));
        let end = Link::to(format!("/people/places/{}/end", row.id), page.say("place-end")).of(&unit);
        Row::new([
            Value::from(Link::to(unit_address(&row.unit), unit)),
            Value::from(post).tag_if(row.acting, Kind::Info, page.say("person-acting")),
            row.duties.replace(' ', ", ").into(),
            Value::from(days(page, &row.first_day, row.last_day.as_ref()))
                .tag_if(row.first_day > day, Kind::Info, page.say("state-planned"))
                .tag_if(is_over, Kind::Plain, page.say("state-over")),
            kept(page, row.by_hand),
            if may_change && !is_over { Value::from(end) } else { Value::default() },
        ])
    });
    let columns = [
        Column::new(page.say("unit")),
        Column::new(page.say("person-post")),
        Column::new(page.say("person-duties")),
        Column::day(page.say("unit-days")),
        Column::new(page.say("unit-kept")),
        Column::new(page.say("action")).unseen(),
    ];
    Table::new(page.say("person-places"), columns).rows(rows).or(Empty::new(page.say("person-no-places")))
}

async fn person(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
) -> Result<Html, PageError> {
    generally(&me, Action::ReadPeople)?;
    let (day, may_change) = (me.day(), me.may_ever(Action::ChangePeople));
    let tx = office.db().read(me.tenant()).await?;
    let row = person_row(&tx, id).await?.ok_or(ByHandError::Gone)?;
    let at = |what: &str| format!("/people/persons/{id}/{what}");
    let mut about = SummaryList::new(&page).row(page.say("person-number"), row.employee_no.as_str());
    // How somebody is reached is for who keeps it.
    if may_change {
        about = about
            .row(page.say("person-mail"), row.mail.clone().unwrap_or_default())
            .row(page.say("person-mobile"), row.mobile.clone().unwrap_or_default());
    }
    if let Some(last) = row.left_on {
        about = about.row(page.say("person-last-day"), page.day(&last));
    }
    let roles: Vec<String> = crate::slices::people::store::roles_of(&tx, id, day).await?;
    let roles = match roles.as_slice() {
        [] => Value::from(page.say("role-none")),
        all => all.iter().fold(Value::default(), |value, role| value.line(page.say(&format!("role-{role}")))),
    };
    about = about.row(page.say("people-grants"), roles).row(page.say("unit-kept"), kept(&page, row.by_hand));
    let places = places_table(&page, &me, store::places_of(&tx, id).await?, may_change);
    let absences = store::absences_of(&tx, id).await?.into_iter().map(|away| {
        let days = days(&page, &away.first_day, Some(&away.last_day));
        let remove = Sheet::inline(&page, format!("/people/absences/{}/remove", away.id))
            .button(Button::plain(page.say("absence-remove")).of(&days));
        let is_over = away.last_day < day;
        let is_now = away.first_day <= day && !is_over;
        Row::new([
            Value::from(days).tag_if(is_now, Kind::Warn, page.say("person-away")).tag_if(
                is_over,
                Kind::Plain,
                page.say("state-over"),
            ),
            kept(&page, away.by_hand),
            if may_change && !is_over { Value::default().form(remove) } else { Value::default() },
        ])
    });
    let columns = [
        Column::day(page.say("unit-days")),
        Column::new(page.say("unit-kept")),
        Column::new(page.say("action")).unseen(),
    ];
    let absences =
        Table::new(page.say("person-absences"), columns).rows(absences).or(Empty::new(page.say("person-no-absences")));
    let is_gone = row.left_on.is_some_and(|last| last < day);
    let mut head = PageHead::new(&row.name);
    if is_gone {
        head = head.tag(Tag::new(Kind::Plain, page.say("person-gone")));
    }
    if may_change {
        head = head.link(Link::to(at("change"), page.say("person-change")));
        if !is_gone {
            head = head
                .link(Link::to(at("place"), page.say("place-give")))
                .link(Link::to(at("absence"), page.say("absence-enter")));
        }
        if !me.is(Some(id)) {
            head = head.link(Link::to(at("leave"), page.say("person-leave")));
        }
    }
    Html::of(&PersonPage {
        crumbs: Crumbs::new(&page, [Link::to("/people", page.say("menu-people"))], &row.name),
        head,
        about,
        places,
        absences,
        title: row.name,
        page,
    })
}

fn person_fields(form: Sheet, page: &Page, [name, mail, mobile]: [&str; 3]) -> Sheet {
    form.part(Field::text("name", page.say("person-name")).value(name).personal())
        .part(Field::text("mail", page.say("person-mail")).value(mail).exact().personal().optional(page))
        .part(
            Field::text("mobile", page.say("person-mobile"))
                .hint(page.say("person-mobile-hint"))
                .value(mobile)
                .short()
                .exact()
                .personal()
                .optional(page),
        )
}

fn person_said(form: &Fields) -> persons::Said<'_> {
    persons::Said { name: form.text("name"), mail: form.text("mail"), mobile: form.text("mobile") }
}

fn new_person(page: &Page) -> Shown {
    let number = Field::text("employee_no", page.say("person-number"));
    let form =
        Sheet::post(page, "/people/person/new").part(number.hint(page.say("person-number-hint")).short().exact());
    Shown {
        title: page.say("person-add"),
        lead: page.say("person-add-about"),
        above: Vec::new(),
        notice: None,
        form: person_fields(form, page, [""; 3]).button(Button::new(page.say("person-add-do"))),
    }
}

async fn person_new(Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    new_person(&page).page(page, None)
}

async fn person_add(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let tried = async {
        let id = persons::add(&office, &may, form.text("employee_no"), person_said(&form)).await?;
        Ok(person_address(id))
    };
    answered(tried.await, page, &form, async |page: &Page| Ok(new_person(page))).await
}

/// The way back to somebody's page.
async fn above(office: &Office, me: &Actor, id: PersonId) -> Result<Vec<Link>, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let row = person_row(&tx, id).await?.ok_or(ByHandError::Gone)?;
    Ok(vec![Link::to(person_address(id), row.name)])
}

async fn change_person(office: &Office, page: &Page, me: &Actor, id: PersonId) -> Result<Shown, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let row = person_row(&tx, id).await?.ok_or(ByHandError::Gone)?;
    let form = Sheet::post(page, format!("/people/persons/{id}/change"));
    let said = [&row.name, row.mail.as_deref().unwrap_or_default(), row.mobile.as_deref().unwrap_or_default()];
    Ok(Shown {
        title: page.say("person-change"),
        lead: page.say(if row.by_hand { "person-change-about" } else { "person-change-register" }),
        above: vec![Link::to(person_address(id), &row.name)],
        notice: None,
        form: person_fields(form, page, said).button(Button::new(page.say("person-change-do"))),
    })
}

async fn person_change(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    change_person(&office, &page, &me, id).await?.page(page, None)
}

async fn person_changed(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let tried = persons::change(&office, &may, id, person_said(&form)).await;
    let tried = tried.map(|()| person_address(id)).map_err(Problem::from);
    answered(tried, page, &form, async |page: &Page| change_person(&office, page, &me, id).await).await
}

async fn leave_form(office: &Office, page: &Page, me: &Actor, id: PersonId) -> Result<Shown, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let row = person_row(&tx, id).await?.ok_or(ByHandError::Gone)?;
    let above = vec![Link::to(person_address(id), &row.name)];
    let title = page.say("person-leave");
    if row.left_on.is_some() {
        let form = Sheet::post(page, format!("/people/persons/{id}/return"))
            .part(page.say("person-return-about"))
            .button(Button::new(page.say("person-return-do")));
        return Ok(Shown { title, lead: String::new(), above, notice: None, form });
    }
    let notice = Notice::new(Kind::Warn, page.say("person-leave-then"))
        .line(page.say("person-leave-places"))
        .line(page.say("person-leave-cases"));
    let form = Sheet::post(page, format!("/people/persons/{id}/leave"))
        .part(
            DateField::new(page, "from", page.say("person-leave-from"), &page.today)
                .hint(page.say("person-leave-from-hint")),
        )
        .button(Button::danger(page.say("person-leave-do")));
    Ok(Shown { title, lead: String::new(), above, notice: Some(notice), form })
}

async fn person_leave(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    leave_form(&office, &page, &me, id).await?.page(page, None)
}

async fn person_left(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let tried = async {
        persons::leave(&office, &may, id, Some(day_of(&form, "from")?)).await?;
        Ok(person_address(id))
    };
    answered(tried.await, page, &form, async |page: &Page| leave_form(&office, page, &me, id).await).await
}

async fn person_back(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    persons::leave(&office, &may, id, None).await?;
    Ok(Redirect::to(&person_address(id)))
}

async fn give_form(office: &Office, page: &Page, me: &Actor, id: PersonId) -> Result<Shown, PageError> {
    let above = above(office, me, id).await?;
    let posts = ["staff", "coordinator", "head"];
    let posts = posts.map(|post| (post.to_owned(), page.say(&format!("post-{post}"))));
    let acting = Choice::new("yes", page.say("place-acting")).hint(page.say("place-acting-hint"));
    let form = Sheet::post(page, format!("/people/persons/{id}/place"))
        .part(Select::new("unit", page.say("unit"), choices(page, me.directory(), me.day(), "", "unit-choose")))
        .part(Select::new("post", page.say("person-post"), posts))
        .part(
            Field::text("duties", page.say("person-duties")).hint(page.say("place-duties-hint")).exact().optional(page),
        )
        .part(Choices::many("acting", page.say("place-kind"), [acting]))
        .part(DateField::new(page, "from", page.say("by-hand-from"), &page.today).day(page, Some(&page.today)))
        .part(
            DateField::new(page, "to", page.say("by-hand-to"), &page.today)
                .hint(page.say("by-hand-to-hint"))
                .optional(page),
        )
        .button(Button::new(page.say("place-give-do")));
    Ok(Shown { title: page.say("place-give"), lead: page.say("place-give-about"), above, notice: None, form })
}

async fn place_new(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    give_form(&office, &page, &me, id).await?.page(page, None)
}

async fn place_give(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let tried = async {
        let place = persons::Place {
            unit: &form.need::<String>("unit")?,
            post: form.text("post"),
            duties: form.text("duties"),
            acting: form.text("acting") == "yes",
            from: day_of(&form, "from")?,
            to: form.day("to")?,
        };
        persons::give(&office, &may, id, place).await?;
        Ok(person_address(id))
    };
    answered(tried.await, page, &form, async |page: &Page| give_form(&office, page, &me, id).await).await
}

async fn end_form(office: &Office, page: &Page, me: &Actor, id: AppointmentId) -> Result<(PersonId, Shown), PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let row = store::place(&tx, id).await?.ok_or(ByHandError::Gone)?;
    drop(tx);
    let unit = me.directory().unit(&row.unit, me.day()).map(|unit| page.words(&unit.name).to_owned());
    let said = format!("{} · {}", unit.unwrap_or(row.unit), page.say(&format!("post-{}", row.post)));
    let form = Sheet::post(page, format!("/people/places/{id}/end"))
        .part(DateField::new(page, "from", page.say("place-end-from"), &page.today).hint(page.say("place-end-hint")))
        .button(Button::danger(page.say("place-end-do")));
    let above = above(office, me, row.person).await?;
    let shown = Shown { title: page.say("place-end"), lead: said, above, notice: None, form };
    Ok((row.person, shown))
}

async fn place_end(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<AppointmentId>,
) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    end_form(&office, &page, &me, id).await?.1.page(page, None)
}

async fn place_ended(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<AppointmentId>,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let (person, _) = end_form(&office, &page, &me, id).await?;
    let tried = async {
        persons::end(&office, &may, id, day_of(&form, "from")?).await?;
        Ok(person_address(person))
    };
    answered(tried.await, page, &form, async |page: &Page| Ok(end_form(&office, page, &me, id).await?.1)).await
}

async fn away_form(office: &Office, page: &Page, me: &Actor, id: PersonId) -> Result<Shown, PageError> {
    let above = above(office, me, id).await?;
    let form = Sheet::post(page, format!("/people/persons/{id}/absence"))
        .part(DateField::new(page, "from", page.say("absence-from"), &page.today).day(page, Some(&page.today)))
        .part(DateField::new(page, "to", page.say("absence-to"), &page.today))
        .button(Button::new(page.say("absence-enter-do")));
    Ok(Shown { title: page.say("absence-enter"), lead: page.say("absence-about"), above, notice: None, form })
}

async fn absence_new(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
) -> Result<Html, PageError> {
    generally(&me, Action::ChangePeople)?;
    away_form(&office, &page, &me, id).await?.page(page, None)
}

async fn absence_enter(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Path(id): Path<PersonId>,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let tried = async {
        persons::away(&office, &may, id, (day_of(&form, "from")?, day_of(&form, "to")?)).await?;
        Ok(person_address(id))
    };
    answered(tried.await, page, &form, async |page: &Page| away_form(&office, page, &me, id).await).await
}

async fn absence_remove(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<AbsenceId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    let may = generally(&me, Action::ChangePeople)?;
    let tx = office.db().read(me.tenant()).await?;
    let person = store::absence(&tx, id).await?.ok_or(ByHandError::Gone)?.person;
    drop(tx);
    persons::back(&office, &may, id).await?;
    Ok(Redirect::to(&person_address(person)))
}
