# 보고서의 글. 영어는 words.en.ftl에 같은 이름으로 있다.
# 찾은 것은 질문이다: 어느 문장도 누구를 탓하지 않는다.

# 머리
report-title = { $what } 내부통제 점검 보고서
report-kind = 내부통제 점검 보고서
report-is = { $what }의 업무 자료를 { $day } 기준으로 살펴, 사람이 한 번 더 확인할 일을 모았습니다.
question-title = 찾은 것은 질문입니다.
question = 각 항목은 담당자에게 묻는 질문이며, 잘못이 있었다는 뜻이 아닙니다. 설명을 듣고 자료를 확인한 뒤에 판단하십시오.
audit-first-warning = 감사부서만 먼저 보아야 하는 항목이 { $count }건 들어 있습니다. 감사부서가 공개하기 전에는 이 보고서를 다른 부서에 보내지 마십시오.
as-of = 기준일
made-at = 만든 때
government-code = 기관 코드
skip = 본문으로 건너뛰기
contents = 차례
to-top = 맨 위로

# 차례와 제목
at-a-glance = 한눈에 보기
outcomes = 시나리오별 결과
what-was-read = 무엇을 읽었나
findings = 살펴볼 것
verify = 확인하는 방법

# 주요 수치
card-findings = 살펴볼 것
card-at-risk = 확인이 필요한 금액
card-scenarios = 시나리오
card-rows = 읽은 행
at-risk-note = 통화끼리 더하지 않으며, 잘못 쓰인 금액이라는 뜻이 아닙니다.
no-amount = 금액 없음
about = 약 { $what }
rows-note = 맞지 않아 거절한 행은 버리지 않고 이유와 함께 보관합니다.
findings-count = { $count }건
scenarios-count = { $count }개
rows-count = { $count }행
rejected-count = 거절 { $count }행
set-aside-count = 따로 둠 { $count }행

severity = 중요도
severity-high = 높음
severity-medium = 보통
severity-low = 낮음

outcome = 결과
outcome-findings = 살펴볼 것 있음
outcome-clean = 깨끗함
outcome-not-judged = 판단할 수 없음
outcome-failed = 실패

# 그림
by-scenario = 시나리오별
by-unit = 부서별
by-month = 월별
chart-scenario-description = 시나리오마다 살펴볼 것이 몇 건인지 나타낸 막대그림입니다. 막대를 누르면 해당 시나리오로 갑니다. 같은 내용이 아래 표에 있습니다.
chart-unit-description = 부서마다 살펴볼 것이 몇 건인지 나타낸 막대그림입니다. 같은 내용이 아래 표에 있습니다.
chart-month-description = 일이 있었던 달마다 살펴볼 것이 몇 건인지 나타낸 기둥그림입니다. 같은 내용이 아래 표에 있습니다.
as-table = 표로 보기
count = 건수
at-risk = 확인이 필요한 금액
scenario = 시나리오
unit = 부서
month = 달
no-unit = 부서가 적혀 있지 않음
other-units = 그 밖의 { $count }개 부서
undated = 날짜가 없는 { $count }건은 월별 그림에 없습니다.
earlier-months = 이전에 있었던 { $count }건은 월별 그림에 없습니다.
total = 합계
and-others = { $what } 외

# 결과
nothing-found = 살펴볼 것이 없습니다.
nothing-found-clean = 깨끗하다는 말은 아래에 ‘깨끗함’으로 적힌 시나리오에만 해당합니다.
nothing-judged = 판단한 시나리오가 없습니다. 아무것도 찾지 못한 것을 깨끗하다고 읽지 마십시오.
not-judged-first = 판단하지 못한 시나리오가 { $count }개 있습니다. 아무것도 찾지 못한 것과 다릅니다.
outcomes-caption = 시나리오마다의 결과, 이유와 쓰인 기준값
why = 이유와 기준값
outside-calendar = 업무일 달력에 없는 해의 { $count }행은 판단하지 않았습니다.
failed-with = 실행 중에 멈추었습니다({ $what }).
from-day = { $day }부터 { $what }
parameter-government = 기관 { $what }
no-scenarios = 실행한 시나리오가 없습니다.

# 읽은 것
nothing-read = 읽은 자료가 없습니다. 그래서 이 보고서는 아무것도 말해 주지 않습니다.
read-caption = 읽은 파일마다의 행 수
file = 파일
period = 기간
rows-in = 파일의 행
rows-out = 읽은 행
rejected = 거절
set-aside = 따로 둠
set-aside-note = ‘따로 둠’은 빈 행과 합계 행입니다. 자료가 아니므로 거절로 세지 않습니다.
whole = 전체
reject-reasons = 거절한 이유
reject-reasons-caption = 거절한 이유와 행 수
reason = 이유
files-show = 파일 { $count }개 보기

# 살펴볼 것
remedy = 무엇을 하면 되나
tell-first = 누구에게 먼저 알리나
tell-handler = 담당자, 다음으로 관리자, 다음으로 감사부서
tell-audit = 감사부서만
deadline = 답할 기한
deadline-days = 업무일 { $count }일
audit-first = 감사부서만 먼저 봅니다
audit-first-why = 담당자가 당사자일 수 있습니다. 감사부서가 공개할 때까지 아래 항목을 담당 부서에 알리지 마십시오.
left-out = { $left }건은 여기에 싣지 않았습니다. 중요도와 금액이 큰 순서로 { $shown }건을 실었습니다. 모두 보려면 다음 명령을 쓰십시오:
amount = 금액
occurred-on = 일어난 날
person = 담당자
evidence = 근거 { $count }행
evidence-caption = 근거가 된 행
evidence-left-out = 근거 { $count }행은 여기에 싣지 않았습니다. 모든 행의 파일과 줄은 다음 명령의 결과에 있습니다:
place = 파일과 줄
row-unread = 행의 내용은 이 보고서에 싣지 않았습니다.
masked = 가림
key = 항목 열쇠
yes = 예
no = 아니요
nothing = 없음
unit-count = { $count }건
unit-people = { $count }명
unit-days = { $count }일
unit-hours = { $count }시간
unit-minutes = { $count }분

# 확인
verify-how = 이 보고서의 모든 항목은 원래 파일의 줄까지 거슬러 올라갈 수 있습니다. 자료와 시나리오가 그때와 같은지 다음 명령으로 확인하십시오:
verify-same = 같은 스냅샷, 같은 시나리오, 같은 기준값은 어느 컴퓨터에서나 같은 결과를 냅니다.
digest-findings = 결과의 SHA-256
digest-calendar = 업무일 달력의 SHA-256
format-versions = 형식
format-version-values = 결과 형식 { $finding }, 실행 형식 { $run }
snapshots = 스냅샷
snapshots-caption = 쓰인 스냅샷
snapshot-id = 스냅샷
table = 표
source = 출처
rows = 행
scenario-versions = 시나리오의 판
scenario-versions-caption = 쓰인 시나리오의 판과 SHA-256
scenario-id = 이름
scenario-version = 판
digest = SHA-256
made-by = 해치(Haechi)가 만들었습니다. 공개 소스 지방자치단체 내부통제 프로그램입니다.
