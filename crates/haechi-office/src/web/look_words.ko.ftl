masthead = 이 누리집은 대한민국 공식 전자정부 누리집입니다.
menu-open = 메뉴
menu-group-control = 점검과 기록
menu-group-office = 기관 관리
theme = 화면 색
theme-system = 시스템 설정
theme-light = 밝게
theme-dark = 어둡게
theme-contrast = 고대비
print-by = 출력: { $what } · { $of }
close = 닫기
line-cut = 연결이 끊겼습니다. 적은 글은 이 창에 남아 있습니다. 연결되면 다시 보내 주십시오.
draft-back = 보내지 못한 글을 되살렸습니다.
draft-drop = 되살린 글 지우기
keys = 단축키
keys-about = 글을 적고 있지 않을 때 쓸 수 있습니다. ‘?’를 누르면 어느 페이지에서나 이 표가 열리고, 거기에서 단축키를 끌 수 있습니다.
keys-on = 단축키 쓰기 (글자 하나로 된 단축키를 끄려면 지우십시오)
key-help = 이 표 열기
key-search = 찾기 칸으로
key-home = 오늘 할 일로
key-cases = 사안 목록으로
key-inbox = 받은 알림으로
key-next = 목록에서 다음 줄로
key-before = 목록에서 앞 줄로
key-pick = 그 줄 고르기
key-answer = 사안에서 답변으로
help = 도움말
help-lead = 해치는 행정 자료에서 확인이 필요한 것을 찾아 담당자에게 여쭙고, 그 답을 부서장과 감사부서가 차례로 확인하게 합니다.
help-question = 알림은 무엇입니까
help-question-text =
    자료에서 규칙에 걸린 것을 찾으면 담당자에게 질문 하나로 옵니다. 잘못했다는 뜻이 아닙니다.
    많은 경우 그럴 만한 까닭이 있고, 그 까닭을 적어 주시면 됩니다.
help-answer = 어떻게 답합니까
help-answer-text =
    조치: 잘못된 것을 고쳤거나 돌려받았습니다. 무엇을 했는지와 금액을 적습니다.
    소명: 문제가 없는 까닭이 있습니다. 까닭을 적습니다.
    제외: 정한 날까지 같은 것을 다시 묻지 않기를 신청합니다. 근거와 기한을 적습니다.
    혼자 답할 수 없으면 회신을 기다린다고 적거나, 답할 수 있는 사람에게 넘길 수 있습니다.
help-due = 기한은 어떻게 셉니까
help-due-text =
    알림을 받은 첫날은 빼고 근무일로 세며, 마지막 날 18:00까지입니다. 토요일과 일요일, 공휴일은 세지 않습니다.
    사안마다 기한 아래에 어떻게 세었는지와 뺀 날이 적혀 있습니다.
help-climb = 기한이 지나면 어떻게 됩니까
help-climb-text =
    정한 근무일이 지날 때마다 바로 위 상급자에게 알립니다. 누구에게 언제 알렸는지는 사안의 ‘상향보고’에 모두 보입니다.
help-seen = 누가 무엇을 봅니까
help-seen-text =
    담당자는 자기 사안을, 부서장은 자기 부서의 사안을, 감사부서는 확인할 사안을 봅니다.
    개인정보는 가려져 있고, 사유를 적어야 한 시간 동안 보입니다. 누가 왜 보았는지는 기록되어 다달이 점검됩니다.
help-drafts = 적던 글은 어떻게 됩니까
help-drafts-text =
    보내기 전에 연결이 끊기거나 창이 닫혀도, 같은 창에서 그 페이지를 다시 열면 적던 글이 되살아납니다.
    글은 이 브라우저의 이 창에만 남고, 보내고 나면 또는 로그아웃하면 지워집니다. 개인정보를 적는 칸의 글은 남기지 않습니다.
help-ask = 더 물을 것이 있으면
help-ask-text = 사안의 내용은 감사부서에, 부서와 담당자의 연결은 내부통제 담당에게, 로그인과 권한은 관리자에게 물어 주십시오.
accessibility = 접근성 안내
accessibility-lead = 누구나 마우스나 색, 글자 크기, 장치에 매이지 않고 해치를 쓸 수 있게 만듭니다.
accessibility-aim = 지키려는 기준
accessibility-aim-text = 한국형 웹 콘텐츠 접근성 지침 2.2와 WCAG 2.2 AA입니다.
accessibility-can = 할 수 있는 것
accessibility-can-text =
    모든 일을 키보드만으로, 그리고 스크립트 없이 할 수 있습니다.
    글자를 400 %까지 키워도, 폭이 320픽셀인 화면에서도 빠지는 것이 없습니다.
    화면 아래에서 밝은 색, 어두운 색, 고대비를 고를 수 있습니다. 고르지 않으면 시스템의 설정을 따릅니다.
    화면 낭독기가 표와 양식, 오류를 읽을 수 있습니다.
accessibility-checked = 확인한 방법
accessibility-checked-text = 모든 페이지를 두 언어와 세 가지 색으로 자동 검사(axe)하고, 키보드만으로, 좁은 화면과 크게 키운 화면으로 써 봅니다.
accessibility-limits = 아직 부족한 것
accessibility-limits-text =
    올린 파일의 접근성은 파일마다 다릅니다.
    감사기록의 지문처럼 긴 부호는 화면 낭독기로 듣기 어렵습니다. 파일로 내려받을 수 있습니다.
accessibility-tell = 불편을 알려 주십시오
accessibility-tell-text = 기관의 내부통제 담당이나 관리자에게 어느 페이지에서 무엇이 안 되는지 알려 주시면 고칩니다.
about = 해치에 대하여
about-lead = 해치는 지방자치단체의 내부통제를 돕는 공개 소프트웨어입니다. MIT 또는 Apache-2.0 조건으로 누구나 쓸 수 있습니다.
about-version = 판: { $what }
about-others = 다른 이들의 것
about-others-text = 화면에는 다음이 들어 있습니다. 이름을 누르면 알림과 조건을 읽을 수 있습니다.
about-plain = 이 프로그램은 꾸밈(디자인 토큰, 글꼴, 아이콘) 없이 만들어졌습니다. 기능은 같습니다.
gallery = 화면 조각 모음
gallery-tags = 상태와 알림
gallery-errors = 고칠 것이 있는 양식
gallery-tasks = 할 일
gallery-summary = 요약과 확인
gallery-forms = 양식
gallery-filters = 찾을 조건
gallery-tables = 표와 쪽
gallery-stats = 수와 진행
gallery-timeline = 과정과 갈래
gallery-states = 마침과 비어 있음
filter-only = 이것만
