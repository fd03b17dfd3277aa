//! Units and people of the invented city, as a personnel system hands them out.

use haechi_core::ids::Government;
use haechi_core::records::{AbsenceRecord, PersonRecord, PlaceRecord, PostRecord, Records, UnitRecord};
use haechi_core::words::Words;
use haechi_office::policy::Role;

use super::Trouble;

/// Who has which role in the office.
pub(crate) const GRANTS: [(&str, Role); 7] = [
    ("2005-0003", Role::Auditor),
    ("2011-0005", Role::Auditor),
    ("2016-0021", Role::Auditor),
    ("2013-0018", Role::IntegrityOfficer),
    ("2010-0009", Role::Administrator),
    ("9000-0001", Role::OutsideConfirmer),
    ("9000-0002", Role::Inspector),
];

/// Who can sign in.
pub(crate) const ACCOUNTS: [(&str, &str); 10] = [
    ("clerk", "2019-0107"),
    ("coordinator", "2017-0061"),
    ("manager", "2008-0012"),
    ("director", "1999-0002"),
    ("mayor", "0000-0001"),
    ("auditor", "2011-0005"),
    ("auditor 2", "2016-0021"),
    ("integrity officer", "2013-0018"),
    ("administrator", "2010-0009"),
    ("inspector", "9000-0002"),
];

const UNITS: [(&str, &str, &str, &str); 10] = [
    ("9999000", "", "해치시", "Haechi City"),
    ("9999010", "9999000", "감사담당관", "Audit Office"),
    ("9999100", "9999000", "행정국", "Administration Bureau"),
    ("9999110", "9999100", "회계과", "Accounting Division"),
    ("9999120", "9999100", "총무과", "General Affairs Division"),
    ("9999130", "9999100", "세무과", "Tax Division"),
    ("9999200", "9999000", "복지국", "Welfare Bureau"),
    ("9999210", "9999200", "노인복지과", "Senior Welfare Division"),
    ("9999300", "9999000", "도시국", "Urban Bureau"),
    ("9999310", "9999300", "도로과", "Roads Division"),
];

use PostRecord::{Coordinator, Head, Staff};

const PEOPLE: [(&str, &str, &str, PostRecord, &str); 21] = [
    ("0000-0001", "문해치", "9999000", Head, ""),
    ("2010-0009", "도관리", "9999000", Staff, ""),
    ("2005-0003", "정감사", "9999010", Head, ""),
    ("2011-0005", "송확인", "9999010", Staff, ""),
    ("2016-0021", "배대조", "9999010", Staff, ""),
    ("2013-0018", "나내부", "9999120", Staff, ""),
    ("1999-0002", "최행정", "9999100", Head, ""),
    ("2008-0012", "박과장", "9999110", Head, ""),
    ("2017-0061", "오서무", "9999110", Coordinator, ""),
    ("2019-0107", "김담당", "9999110", Staff, "card"),
    ("2020-0115", "이지출", "9999110", Staff, "payment"),
    ("2007-0008", "한총무", "9999120", Head, ""),
    ("2015-0044", "윤인사", "9999120", Staff, "hr"),
    ("2006-0007", "강세무", "9999130", Head, ""),
    ("2018-0083", "조징수", "9999130", Staff, "tax"),
    ("2001-0004", "장복지", "9999200", Head, ""),
    ("2009-0013", "임노인", "9999210", Head, ""),
    ("2014-0033", "신복지", "9999210", Coordinator, ""),
    ("2021-0126", "서돌봄", "9999210", Staff, "welfare"),
    ("2002-0006", "권도시", "9999300", Head, ""),
    ("2012-0014", "황도로", "9999310", Head, ""),
];

/// The records as they are handed over.
pub(crate) fn records(government: &str) -> Result<Records, Trouble> {
    let from = "2020-01-01".parse()?;
    let units = UNITS.map(|(code, parent, ko, en)| UnitRecord {
        code: code.to_owned(),
        name: Words::new(ko, en),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        from,
        to: None,
        successor: None,
        audits: code == "9999010",
    });
    let person = |number: &str, name: &str| PersonRecord {
        employee_no: number.to_owned(),
        name: name.to_owned(),
        mail: Some(format!("{number}@city.example")),
        mobile: None,
        left_on: None,
    };
    let mut persons: Vec<PersonRecord> = PEOPLE.iter().map(|(number, name, ..)| person(number, name)).collect();
    persons.push(person("9000-0001", "옴부즈만"));
    persons.push(person("9000-0002", "의회열람"));
    let places = PEOPLE.map(|(number, _, unit, post, duty)| PlaceRecord {
        employee_no: number.to_owned(),
        unit: unit.to_owned(),
        post,
        duties: (!duty.is_empty()).then(|| duty.to_owned()).into_iter().collect(),
        from,
        to: None,
        acting: false,
    });
    let away =
        AbsenceRecord { employee_no: "2018-0083".to_owned(), from: "2026-11-23".parse()?, to: "2026-11-27".parse()? };
    Ok(Records {
        format: haechi_core::records::FORMAT,
        government: Government::parse(government)?,
        as_of: "2026-11-01".parse()?,
        units: units.to_vec(),
        persons,
        places: places.to_vec(),
        absences: vec![away],
    })
}
