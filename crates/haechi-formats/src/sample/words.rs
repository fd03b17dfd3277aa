//! The words the city is made of.

/// The bureaus and their divisions.
pub(super) const BUREAUS: [(&str, &[&str]); 6] = [
    ("기획조정국", &["총무과", "기획예산과", "감사담당관", "회계과", "세정과", "정보통신과", "홍보담당관"]),
    ("복지국", &["복지정책과", "어르신복지과", "여성가족과", "아동청소년과", "보건행정과", "위생과"]),
    ("경제국", &["일자리경제과", "기업지원과", "농업정책과", "축산과", "관광진흥과"]),
    ("문화교육국", &["문화예술과", "체육진흥과", "평생교육과", "도서관운영과", "문화유산과"]),
    ("도시국", &["도시계획과", "건축과", "주택과", "교통행정과", "도로과", "공원녹지과"]),
    ("안전환경국", &["안전총괄과", "환경정책과", "자원순환과", "상하수도과", "하천과"]),
];

/// The first halves of the names of places and firms. `PLACES[0]` with `DISHES[0]` is where the first story happens.
pub(super) const PLACES: [&str; 16] = [
    "해치",
    "돌담",
    "달빛",
    "솔바람",
    "은하수",
    "물레",
    "들꽃",
    "옛마을",
    "느티나무",
    "무지개",
    "가온",
    "새벽",
    "나루",
    "구름",
    "반딧불",
    "온새미",
];
/// What the places serve.
pub(super) const DISHES: [&str; 9] = ["한정식", "국밥", "칼국수", "분식", "커피", "횟집", "갈비", "중화요리", "도시락"];
/// What the firms do.
pub(super) const TRADES: [&str; 10] =
    ["상사", "건설", "전기", "인쇄", "조경", "정보기술", "사무기기", "환경", "디자인", "식자재"];
/// Family names.
pub(super) const FAMILIES: [&str; 16] =
    ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황"];
/// Given names: words, and nobody's in particular.
pub(super) const GIVEN: [&str; 15] = [
    "해치", "가람", "나래", "다솔", "라온", "마루", "바다", "새벽", "아라", "누리", "한울", "미르", "보름", "여울",
    "이슬",
];
/// What card expenses were for.
pub(super) const PURPOSES: [&str; 10] = [
    "업무 협의 간담회",
    "주요 시책 추진 간담회",
    "현장 점검 직원 격려",
    "유관기관 업무 협의",
    "예산 편성 관련 회의",
    "민원 해결을 위한 주민 간담회",
    "행사 준비 회의 다과",
    "부서 업무 추진 회의",
    "자문위원 간담회",
    "내방객 다과 구입",
];
/// What days off were for.
pub(super) const EVENTS: [&str; 4] =
    ["해치축제 현장 근무", "산불 비상 근무", "시민 체육대회 지원", "주말 행사장 안전 점검"];
/// Attendees without a number.
pub(super) const UNCOUNTED: [&str; 4] = ["부서 직원", "유관기관 관계자 등", "간담회 참석자", "자문위원 등"];
/// Budget objects, and whether they are capital.
pub(super) const OBJECTS: [(&str, &str); 6] = [
    ("201-01", "경상"),
    ("201-03", "경상"),
    ("207-01", "경상"),
    ("307-04", "경상"),
    ("401-01", "자본"),
    ("405-01", "자본"),
];
/// What payments were for.
pub(super) const SUPPLIES: [&str; 8] = [
    "사무용품 구입",
    "청사 시설 보수",
    "인쇄물 제작",
    "전산장비 유지보수",
    "도로 보수 자재 구입",
    "행사 물품 임차",
    "가로수 정비 용역",
    "급식 식자재 구입",
];
