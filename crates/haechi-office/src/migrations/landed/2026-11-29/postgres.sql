CREATE TABLE public.absence (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL
);
ALTER TABLE ONLY public.absence FORCE ROW LEVEL SECURITY;
ALTER TABLE public.absence OWNER TO haechi_owner;
CREATE TABLE public.access_log (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    whose text NOT NULL,
    case_id uuid NOT NULL,
    action text NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.access_log FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_log OWNER TO haechi_owner;
CREATE TABLE public.access_review (
    tenant uuid NOT NULL,
    month text NOT NULL,
    signed_by uuid NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    views bigint NOT NULL,
    reveals bigint NOT NULL,
    downloads bigint NOT NULL,
    note text NOT NULL
);
ALTER TABLE ONLY public.access_review FORCE ROW LEVEL SECURITY;
ALTER TABLE public.access_review OWNER TO haechi_owner;
CREATE TABLE public.account (
    tenant uuid NOT NULL,
    person uuid NOT NULL,
    login text NOT NULL,
    password text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
ALTER TABLE ONLY public.account FORCE ROW LEVEL SECURITY;
ALTER TABLE public.account OWNER TO haechi_owner;
CREATE TABLE public.alert (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    finding_key text NOT NULL,
    kind text NOT NULL,
    scenario text NOT NULL,
    scenario_version integer NOT NULL,
    scenario_digest text NOT NULL,
    title_ko text NOT NULL,
    title_en text NOT NULL,
    severity text NOT NULL,
    notify text NOT NULL,
    occurred_on date,
    amount bigint,
    currency text,
    unit_code text,
    employee_no text,
    explanation_ko text NOT NULL,
    explanation_en text NOT NULL,
    remedy_ko text NOT NULL,
    remedy_en text NOT NULL,
    basis text NOT NULL,
    personal text NOT NULL,
    deadline_days integer,
    subject text NOT NULL,
    facts text NOT NULL,
    evidence text NOT NULL,
    evidence_before text,
    first_run uuid NOT NULL,
    last_run uuid NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    times_seen integer NOT NULL,
    changed_at timestamp with time zone,
    gone_at timestamp with time zone,
    gone_why text
);
ALTER TABLE ONLY public.alert FORCE ROW LEVEL SECURITY;
ALTER TABLE public.alert OWNER TO haechi_owner;
CREATE TABLE public.api_token (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    digest text NOT NULL,
    name text NOT NULL,
    person uuid,
    scopes text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
ALTER TABLE ONLY public.api_token FORCE ROW LEVEL SECURITY;
ALTER TABLE public.api_token OWNER TO haechi_owner;
CREATE TABLE public.appointment (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    unit text NOT NULL,
    post text NOT NULL,
    duties text NOT NULL,
    first_day date NOT NULL,
    last_day date,
    acting boolean NOT NULL
);
ALTER TABLE ONLY public.appointment FORCE ROW LEVEL SECURITY;
ALTER TABLE public.appointment OWNER TO haechi_owner;
CREATE TABLE public.attachment (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    digest text NOT NULL,
    name text NOT NULL,
    media text NOT NULL,
    bytes bigint NOT NULL,
    added_by uuid NOT NULL,
    added_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.attachment FORCE ROW LEVEL SECURITY;
ALTER TABLE public.attachment OWNER TO haechi_owner;
CREATE TABLE public.audit_checkpoint (
    tenant uuid NOT NULL,
    size bigint NOT NULL,
    made_at character varying NOT NULL,
    note text NOT NULL
);
ALTER TABLE ONLY public.audit_checkpoint FORCE ROW LEVEL SECURITY;
ALTER TABLE public.audit_checkpoint OWNER TO haechi_owner;
CREATE TABLE public.audit_cosignature (
    tenant uuid NOT NULL,
    size bigint NOT NULL,
    witness character varying NOT NULL,
    line text NOT NULL
);
ALTER TABLE ONLY public.audit_cosignature FORCE ROW LEVEL SECURITY;
ALTER TABLE public.audit_cosignature OWNER TO haechi_owner;
CREATE TABLE public.audit_event (
    tenant uuid NOT NULL,
    "position" bigint NOT NULL,
    line text NOT NULL,
    about text
);
ALTER TABLE ONLY public.audit_event FORCE ROW LEVEL SECURITY;
ALTER TABLE public.audit_event OWNER TO haechi_owner;
CREATE TABLE public.audit_hash (
    tenant uuid NOT NULL,
    "position" bigint NOT NULL,
    hash bytea NOT NULL
);
ALTER TABLE ONLY public.audit_hash FORCE ROW LEVEL SECURITY;
ALTER TABLE public.audit_hash OWNER TO haechi_owner;
CREATE TABLE public.case_entry (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor uuid,
    actor_name text NOT NULL,
    event text NOT NULL,
    text text NOT NULL,
    details text NOT NULL,
    clock integer NOT NULL
);
ALTER TABLE ONLY public.case_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE public.case_entry OWNER TO haechi_owner;
CREATE TABLE public.case_file (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    alert uuid NOT NULL,
    finding_key text NOT NULL,
    state text NOT NULL,
    outcome text,
    kept boolean NOT NULL,
    outside boolean NOT NULL,
    unit text,
    handler uuid,
    routed_why text NOT NULL,
    named uuid,
    answered_by uuid,
    answer_outcome text,
    approved_by uuid,
    first_confirmed_by uuid,
    scenario text NOT NULL,
    title_ko text NOT NULL,
    title_en text NOT NULL,
    severity text NOT NULL,
    amount bigint,
    currency text,
    occurred_on date,
    deadline_days integer,
    vendor text,
    opened_at timestamp with time zone NOT NULL,
    clock integer NOT NULL,
    clock_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    due_how text NOT NULL,
    waits_for text,
    closed_at timestamp with time zone,
    gone boolean NOT NULL,
    revision integer NOT NULL,
    changed_by uuid,
    said text DEFAULT ''::text NOT NULL
);
ALTER TABLE ONLY public.case_file FORCE ROW LEVEL SECURITY;
ALTER TABLE public.case_file OWNER TO haechi_owner;
CREATE TABLE public.case_step (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    clock integer NOT NULL,
    level integer NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    status text NOT NULL,
    fired_at timestamp with time zone,
    told uuid,
    message uuid,
    acknowledged_at timestamp with time zone,
    cancelled_at timestamp with time zone
);
ALTER TABLE ONLY public.case_step FORCE ROW LEVEL SECURITY;
ALTER TABLE public.case_step OWNER TO haechi_owner;
CREATE TABLE public.exclusion (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    finding_key text NOT NULL,
    scenario text NOT NULL,
    subject text NOT NULL,
    case_id uuid NOT NULL,
    owner uuid NOT NULL,
    reason text NOT NULL,
    basis text NOT NULL,
    approver uuid NOT NULL,
    confirmed_by uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    until date NOT NULL,
    review_on date NOT NULL,
    reviewed_at timestamp with time zone,
    reviewed_by uuid,
    hidden bigint NOT NULL,
    last_hidden_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by uuid
);
ALTER TABLE ONLY public.exclusion FORCE ROW LEVEL SECURITY;
ALTER TABLE public.exclusion OWNER TO haechi_owner;
CREATE TABLE public.government (
    tenant uuid NOT NULL,
    code text NOT NULL,
    name_ko text NOT NULL,
    name_en text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    people_version bigint NOT NULL
);
ALTER TABLE ONLY public.government FORCE ROW LEVEL SECURITY;
ALTER TABLE public.government OWNER TO haechi_owner;
CREATE TABLE public.idempotency (
    tenant uuid NOT NULL,
    token text NOT NULL,
    name text NOT NULL,
    digest text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    status integer,
    media text,
    tag text,
    answer text
);
ALTER TABLE ONLY public.idempotency FORCE ROW LEVEL SECURITY;
ALTER TABLE public.idempotency OWNER TO haechi_owner;
CREATE TABLE public.known_browser (
    tenant uuid NOT NULL,
    digest text NOT NULL,
    person uuid NOT NULL,
    made_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.known_browser FORCE ROW LEVEL SECURITY;
ALTER TABLE public.known_browser OWNER TO haechi_owner;
CREATE TABLE public.message (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    channel text NOT NULL,
    template text NOT NULL,
    template_version integer NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    about uuid,
    once text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    read_at timestamp with time zone,
    fault text,
    joined uuid
);
ALTER TABLE ONLY public.message FORCE ROW LEVEL SECURITY;
ALTER TABLE public.message OWNER TO haechi_owner;
CREATE TABLE public.message_template (
    tenant uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.message_template FORCE ROW LEVEL SECURITY;
ALTER TABLE public.message_template OWNER TO haechi_owner;
CREATE TABLE public.one_time_link (
    tenant uuid NOT NULL,
    digest text NOT NULL,
    person uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
ALTER TABLE ONLY public.one_time_link FORCE ROW LEVEL SECURITY;
ALTER TABLE public.one_time_link OWNER TO haechi_owner;
CREATE TABLE public.person (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    employee_no text NOT NULL,
    name text NOT NULL,
    mail text,
    mobile text,
    left_on date
);
ALTER TABLE ONLY public.person FORCE ROW LEVEL SECURITY;
ALTER TABLE public.person OWNER TO haechi_owner;
CREATE TABLE public.recusal (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    record uuid NOT NULL,
    reason text NOT NULL,
    declared_by uuid NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
ALTER TABLE ONLY public.recusal FORCE ROW LEVEL SECURITY;
ALTER TABLE public.recusal OWNER TO haechi_owner;
CREATE TABLE public.role_grant (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    role text NOT NULL,
    first_day date NOT NULL,
    last_day date,
    granted_by text NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    ended_by text,
    ended_at timestamp with time zone
);
ALTER TABLE ONLY public.role_grant FORCE ROW LEVEL SECURITY;
ALTER TABLE public.role_grant OWNER TO haechi_owner;
CREATE TABLE public.role_request (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    role text NOT NULL,
    reason text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    granted boolean,
    answer text
);
ALTER TABLE ONLY public.role_request FORCE ROW LEVEL SECURITY;
ALTER TABLE public.role_request OWNER TO haechi_owner;
CREATE TABLE public.run (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    digest text NOT NULL,
    as_of date NOT NULL,
    received_at timestamp with time zone NOT NULL,
    received_by text NOT NULL,
    report text NOT NULL,
    findings bigint NOT NULL,
    new_alerts bigint NOT NULL,
    seen_alerts bigint NOT NULL,
    gone_alerts bigint NOT NULL,
    hidden_alerts bigint NOT NULL
);
ALTER TABLE ONLY public.run FORCE ROW LEVEL SECURITY;
ALTER TABLE public.run OWNER TO haechi_owner;
CREATE TABLE public.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);
ALTER TABLE public.seaql_migrations OWNER TO haechi_owner;
CREATE TABLE public.session (
    tenant uuid NOT NULL,
    digest text NOT NULL,
    person uuid NOT NULL,
    made_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    browser text NOT NULL,
    ended_at timestamp with time zone
);
ALTER TABLE ONLY public.session FORCE ROW LEVEL SECURITY;
ALTER TABLE public.session OWNER TO haechi_owner;
CREATE TABLE public.setting (
    tenant uuid NOT NULL,
    name text NOT NULL,
    scope text NOT NULL,
    first_day date NOT NULL,
    value text NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.setting FORCE ROW LEVEL SECURITY;
ALTER TABLE public.setting OWNER TO haechi_owner;
CREATE TABLE public.sign_in_failure (
    tenant uuid NOT NULL,
    guard text NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.sign_in_failure FORCE ROW LEVEL SECURITY;
ALTER TABLE public.sign_in_failure OWNER TO haechi_owner;
CREATE TABLE public.unit (
    tenant uuid NOT NULL,
    code text NOT NULL,
    name_ko text NOT NULL,
    name_en text NOT NULL,
    parent text,
    first_day date NOT NULL,
    last_day date,
    successor text,
    audits boolean NOT NULL
);
ALTER TABLE ONLY public.unit FORCE ROW LEVEL SECURITY;
ALTER TABLE public.unit OWNER TO haechi_owner;
CREATE TABLE public.webhook (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    secret text NOT NULL,
    events text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    place bigint NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    fault text
);
ALTER TABLE ONLY public.webhook FORCE ROW LEVEL SECURITY;
ALTER TABLE public.webhook OWNER TO haechi_owner;
CREATE TABLE public.witness_answer (
    tenant uuid NOT NULL,
    witness text NOT NULL,
    tried_at timestamp with time zone NOT NULL,
    tried_size bigint NOT NULL,
    signed_at timestamp with time zone,
    signed_size bigint,
    failed_at timestamp with time zone,
    problem text
);
ALTER TABLE ONLY public.witness_answer FORCE ROW LEVEL SECURITY;
ALTER TABLE public.witness_answer OWNER TO haechi_owner;
CREATE TABLE public.witness_seen (
    tenant uuid NOT NULL,
    origin text NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY public.witness_seen FORCE ROW LEVEL SECURITY;
ALTER TABLE public.witness_seen OWNER TO haechi_owner;
INSERT INTO public.access_log VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3ea9-7773-b618-8f669b431371', '01a2292e-3d53-769e-be88-fcabe914d37c', 'Kim', '01a2292e-3d84-7320-a927-259c18119547', 'reveal', '성과급 확인을 위해 봅니다', '2026-11-24 01:00:00+00');
INSERT INTO public.account VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d54-702e-8265-a2926c2c3fd6', 'Lee', '$argon2id$v=19$m=19456,t=2,p=1$nhvtH/eiUL7aSdsP1pdEJA$AXcPW0w8wdepXF79/Zl/TiGPv7ZatUFpEx6wn6UNhnw', '2026-11-24 01:00:00+00', NULL);
INSERT INTO public.alert VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d80-721c-ada3-af07fa33f432', '37d663fb1e8e4c8f7f4ba8157afb404bf7d5fe399d5aeb48fe914d8e788b6f98', 'finding', 'vendor.own-account', 1, 'c3867fa12db83224a5122cf9290a462001b37051b0607b40c2c8b1238342fee7', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'audit_first', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '거래처에서 나누어 결제했습니까?', 'Was it split at 거래처?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"거래처"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a2292e-3d74-733e-85f0-db1baa14abdb', '01a2292e-3d74-733e-85f0-db1baa14abdb', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d80-721c-ada3-af018b81b11a', '914a8f3054b3ed61d4e58c0bd984e253bbccd86879abe211536d316c0feb33fe', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '식당에서 나누어 결제했습니까?', 'Was it split at 식당?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"식당"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a2292e-3d74-733e-85f0-db1baa14abdb', '01a2292e-40b1-749b-9713-074e7005e41d', '2026-11-24 01:00:00+00', '2026-12-08 01:00:00+00', 2, NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d80-721c-ada3-af02044ddaa3', '9fae6c35246cefecc09a74263037d738c73df16b62692cdc1f94af345a5ee480', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '찻집에서 나누어 결제했습니까?', 'Was it split at 찻집?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"찻집"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a2292e-3d74-733e-85f0-db1baa14abdb', '01a2292e-40b1-749b-9713-074e7005e41d', '2026-11-24 01:00:00+00', '2026-12-08 01:00:00+00', 2, NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d80-721c-ada3-af03c5c685da', 'f322df1852e98a7d7b7fd000e136e609ef579cf63f3abf40fc0d314a3bfc4909', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '서점에서 나누어 결제했습니까?', 'Was it split at 서점?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"서점"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a2292e-3d74-733e-85f0-db1baa14abdb', '01a2292e-3d74-733e-85f0-db1baa14abdb', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, '2026-12-08 01:00:00+00', 'source'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d80-721c-ada3-af047dccace3', '8d6a96160d348afdf5fa031affc00cce98b24bd59e61934fc1f9574b79ee2011', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'high', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '호텔에서 나누어 결제했습니까?', 'Was it split at 호텔?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"호텔"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a2292e-3d74-733e-85f0-db1baa14abdb', '01a2292e-3d74-733e-85f0-db1baa14abdb', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, '2026-12-08 01:00:00+00', 'source'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d80-721c-ada3-af05aaf906fd', '65864569bdeddb76c0200586608d95bf90f279d9ff7478148639c15ce249d9cd', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'H', '꽃집에서 나누어 결제했습니까?', 'Was it split at 꽃집?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"꽃집"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a2292e-3d74-733e-85f0-db1baa14abdb', '01a2292e-3d74-733e-85f0-db1baa14abdb', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, '2026-12-08 01:00:00+00', 'source'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d80-721c-ada3-af064c7473be', '6f213c68f84ba71edebf545c9cbb888e99184de9c7dc2abbbf473d6d6dc85191', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', NULL, NULL, '문구점에서 나누어 결제했습니까?', 'Was it split at 문구점?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"문구점"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a2292e-3d74-733e-85f0-db1baa14abdb', '01a2292e-3d74-733e-85f0-db1baa14abdb', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, '2026-12-08 01:00:00+00', 'source');
INSERT INTO public.api_token VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3ded-7705-8dc5-de6228805344', 'b52c1368190a1950691023880b1c30b1eefe480567e5b071a9a77722fdc5ad04', '읽기', '01a2292e-3d54-702e-8265-a29751f24be0', 'read', '01a2292e-3d54-702e-8265-a29751f24be0', '2026-11-24 01:00:00+00', '2027-01-31 14:59:59+00', NULL);
INSERT INTO public.appointment VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3ae9c027ca98', '01a2292e-3d53-769e-be88-fca90076a2a7', 'hall', 'head', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3aeaa6919dc0', '01a2292e-3d54-702e-8265-a29751f24be0', 'hall', 'staff', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3aebe1c44348', '01a2292e-3d53-769e-be88-fcaa632738e2', 'audit', 'head', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3aecf53f0b1c', '01a2292e-3d53-769e-be88-fcabe914d37c', 'audit', 'staff', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3aed99532f92', '01a2292e-3d53-769e-be88-fcacee1141f6', 'audit', 'staff', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3aee57a45268', '01a2292e-3d53-769e-be88-fcad28443abe', 'bureau', 'head', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3aef470f1cfc', '01a2292e-3d54-702e-8265-a2958478dc06', 'bureau', 'staff', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3af0c1828a0b', '01a2292e-3d54-702e-8265-a29130cf2510', 'team', 'head', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3af17f9edd12', '01a2292e-3d54-702e-8265-a2926c2c3fd6', 'team', 'coordinator', '', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3af2577323b4', '01a2292e-3d54-702e-8265-a29357ec4e19', 'team', 'staff', 'card', '2020-01-01', NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d55-7490-8fb2-3af39e863b83', '01a2292e-3d54-702e-8265-a29472a3825a', 'team', 'staff', '', '2020-01-01', NULL, false);
INSERT INTO public.attachment VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e09-7753-b86a-16f94342afd7', '01a2292e-3d84-7320-a927-2593bfe05c2c', '0da1fa985d78f4c5623932227d85f1cade892b7d52365b5f0aae2bd6437514f9', '영수증.pdf', 'application/pdf', 20, '01a2292e-3d54-702e-8265-a29357ec4e19', '2026-11-24 01:00:00+00');
INSERT INTO public.audit_checkpoint VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 35, '2026-11-25T01:00:00Z', 'test.example/3000002
35
tvt4IQoBcG6vY1rssO/MOQW1ryXaCxm+A9nwdZgpCmc=
— test.example iAadNnnU/91U3F4OS/4HDts8QJmQT1W5ilUKBl6AVXpQMmUGNPW9JLQUD6vBt+OSYnoSfXLK4vsir7e4Vw7UQc2sfg0=
'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 36, '2026-11-27T01:00:00Z', 'test.example/3000002
36
zaNj6DN205BsB711LaCIm0jG9CX6wLOiU1XCBK6Ut2o=
— test.example iAadNjp9E1TBJBTJNvTqrnqGgXMgWnux09Rs+KSDydL1UeSaSkU14Husz3ED5s9UwWkEvxiDPr28vznXVgUABUdTxQM=
'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 37, '2026-12-01T01:00:00Z', 'test.example/3000002
37
+t8vgSExR+ddRrISjYpuulN5F8QPddjESMjMj9Dt2LI=
— test.example iAadNsfFE3W6fx9ENZfu7Hzjb/M2yhnxX7o6RuOB5IfK495sKfBzUIR76GIr9VmeeNeUWqzeg/5VfFJ5VJF+PK8U+gg=
'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 43, '2026-12-04T01:00:00Z', 'test.example/3000002
43
DaFmUOoMif9lXL7Q3UGPettTcWuBDBnnDTaj9ZSF7V4=
— test.example iAadNvCJ1qn+B4kyyeI4DSUgmluzv4Vrlqfh6XsVkgpgquWkJxcj40t523RPU1RtA2G4dQn3qbk9V0C/m37sKyfEug8=
'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 48, '2026-12-08T01:00:00Z', 'test.example/3000002
48
qwG2sGN4/l3hY0n3ETPDzXYyRSj+ggOsF2MphPdW2AY=
— test.example iAadNsaNBymYE7cL7/NQpC6nWoTfBK2Cj+xppc5MWM4Vk/PMYWzU2nCeh91GNvIJ8jlHwxINN9GbgqgJE+j04ra9Yg4=
');
INSERT INTO public.audit_event VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 0, '{"format":1,"position":0,"at":"2026-11-24T01:00:00Z","action":"government.found","actor":"installation","via":"cli","record":{"kind":"government","id":"01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e"},"after":"b93ba244c73ca7dea6056445fc2e87b1f50bcef6d9711380210567e9c77cc9dd"}', 'government/01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 1, '{"format":1,"position":1,"at":"2026-11-24T01:00:00Z","action":"people.take_in","actor":"installation","via":"cli","record":{"kind":"people","id":"all"},"after":"ee6c0c0dd3cabaa79866b58c49c6143b0ca4cc2eff931dbaa45df222e86315e4"}', 'people/all'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 2, '{"format":1,"position":2,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a2292e-3d5e-775a-ab62-30817348e889"},"after":"f8eaaf1d3002a5603ce77aa1a79fdab460fec357c8a8eeb2bc5826b5a555eda8"}', 'grant/01a2292e-3d5e-775a-ab62-30817348e889'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 3, '{"format":1,"position":3,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a2292e-3d61-7556-9a09-fa44b8dbfa7d"},"after":"376b175c41b83aa4cc3159c61e204991078266a903f459eef9f164dba2bd9b91"}', 'grant/01a2292e-3d61-7556-9a09-fa44b8dbfa7d'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 4, '{"format":1,"position":4,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a2292e-3d65-760e-a96a-8b982804f06f"},"after":"71e14d339a75ce3afdb182a17634bdd1b01ee084eb044be5290881cc14db37b3"}', 'grant/01a2292e-3d65-760e-a96a-8b982804f06f'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 5, '{"format":1,"position":5,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a2292e-3d66-756e-a21f-9096a1da2103"},"after":"aef232b9014e9404c0000a27adc71366c7d7ae972e6e9ddede4298d5789fa83c"}', 'grant/01a2292e-3d66-756e-a21f-9096a1da2103'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 6, '{"format":1,"position":6,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a2292e-3d6a-73c7-9378-fdd5eafee927"},"after":"11801d6711bb10471431a652a04d139475088cf936705c3385e7c824a8ed4db4"}', 'grant/01a2292e-3d6a-73c7-9378-fdd5eafee927'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 7, '{"format":1,"position":7,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a2292e-3d6f-7244-8df2-3c58cd827e11"},"after":"3f84d81a746e48aea16bc1a189ffa3fa7693056c0d3de190c1945e3dbf489dd1"}', 'grant/01a2292e-3d6f-7244-8df2-3c58cd827e11'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 8, '{"format":1,"position":8,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2593bfe05c2c"},"after":"3df7bd4d9a686cc610f9dca8486133e70a3e5c089a5b0d7f7aa86718c8155f02"}', 'case/01a2292e-3d84-7320-a927-2593bfe05c2c'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 9, '{"format":1,"position":9,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2596519065b9"},"after":"1bfa09c72c9a605781beaca7d00efc8965daf9142b986ddd3f05d171c3d09936"}', 'case/01a2292e-3d84-7320-a927-2596519065b9'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 10, '{"format":1,"position":10,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2599aa0c7454"},"after":"4553ac7eb8d97610229b0c01db14416406fbb6d36301830fa7ad85fce41cccaf"}', 'case/01a2292e-3d84-7320-a927-2599aa0c7454'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 11, '{"format":1,"position":11,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-259c18119547"},"after":"2c448385610ee23eb56585b9b655ee35ff7895e5b28c3d6abf95430cc1b39b55"}', 'case/01a2292e-3d84-7320-a927-259c18119547'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 12, '{"format":1,"position":12,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-259fe3524e5e"},"after":"0d10a96576b505b811ee6c433aa23c5175f6dacd293fac2aa2975c0ffcc3fc91"}', 'case/01a2292e-3d84-7320-a927-259fe3524e5e'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 13, '{"format":1,"position":13,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-25a2831aeaad"},"after":"bc0d475a41f6ddf3ca3ad8ca47f873937825be9bda02515fae0febdb1278921c"}', 'case/01a2292e-3d84-7320-a927-25a2831aeaad'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 14, '{"format":1,"position":14,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-25a57b16dcf7"},"after":"075b84f9229629a38db04bf360969a728207100c79632aedfa6bfdb372c9bcb0"}', 'case/01a2292e-3d84-7320-a927-25a57b16dcf7'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 15, '{"format":1,"position":15,"at":"2026-11-24T01:00:00Z","action":"run.submit","actor":"token:engine","via":"api","record":{"kind":"run","id":"01a2292e-3d74-733e-85f0-db1baa14abdb"},"after":"94c97cecdcc4f52d2144161d902e4662797ca17a8afbea67744f28562a5df20b"}', 'run/01a2292e-3d74-733e-85f0-db1baa14abdb'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 16, '{"format":1,"position":16,"at":"2026-11-24T01:00:00Z","action":"setting.change","actor":"01a2292e-3d54-702e-8265-a29751f24be0","via":"web","record":{"kind":"setting","id":"step-days"},"after":"89a4210ba6bd4a9a27cfb7ac2ac30d76761f01cd7b78492e0e818dc025f783d7"}', 'setting/step-days'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 17, '{"format":1,"position":17,"at":"2026-11-24T01:00:00Z","action":"setting.change","actor":"01a2292e-3d54-702e-8265-a29751f24be0","via":"web","record":{"kind":"webhook","id":"01a2292e-3ddf-7725-a5c8-713652c10338"},"after":"bfd10f099955ed4cd72ef7e7244e4b2a9beea86b25115bf4e8cb8e22a3810916"}', 'webhook/01a2292e-3ddf-7725-a5c8-713652c10338'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 18, '{"format":1,"position":18,"at":"2026-11-24T01:00:00Z","action":"setting.change","actor":"01a2292e-3d54-702e-8265-a29751f24be0","via":"web","record":{"kind":"token","id":"01a2292e-3ded-7705-8dc5-de6228805344"},"after":"13ca8ac08165095a03dee4ba943100af65a610cca96b9cdd3be47576c006d643"}', 'token/01a2292e-3ded-7705-8dc5-de6228805344'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 19, '{"format":1,"position":19,"at":"2026-11-24T01:00:00Z","action":"role.request","actor":"01a2292e-3d54-702e-8265-a29472a3825a","via":"web","record":{"kind":"role_request","id":"01a2292e-3dfb-7775-a7ef-7b613c99ae8a"},"after":"435df541339466a4cd166f7d068302d6fff5d301828b7267ba95d6073a3ec006"}', 'role_request/01a2292e-3dfb-7775-a7ef-7b613c99ae8a'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 20, '{"format":1,"position":20,"at":"2026-11-24T01:00:00Z","action":"case.comment","actor":"01a2292e-3d54-702e-8265-a29357ec4e19","via":"web","record":{"kind":"attachment","id":"01a2292e-3e09-7753-b86a-16f94342afd7"},"after":"0da1fa985d78f4c5623932227d85f1cade892b7d52365b5f0aae2bd6437514f9"}', 'attachment/01a2292e-3e09-7753-b86a-16f94342afd7'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 21, '{"format":1,"position":21,"at":"2026-11-24T01:00:00Z","action":"case.comment","actor":"01a2292e-3d54-702e-8265-a29357ec4e19","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2593bfe05c2c"},"after":"26113f2ab3fec0f99c1bb38487e019d0c19e608c362cad517b7a14af29cb355f"}', 'case/01a2292e-3d84-7320-a927-2593bfe05c2c'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 22, '{"format":1,"position":22,"at":"2026-11-24T01:00:00Z","action":"case.answer","actor":"01a2292e-3d54-702e-8265-a29357ec4e19","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2593bfe05c2c"},"before":"3df7bd4d9a686cc610f9dca8486133e70a3e5c089a5b0d7f7aa86718c8155f02","after":"7cc227eb30c38d133b1708356dd32dfb07c5a7c34095b04f4930c29d5f88bb2a"}', 'case/01a2292e-3d84-7320-a927-2593bfe05c2c'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 23, '{"format":1,"position":23,"at":"2026-11-24T01:00:00Z","action":"case.approve","actor":"01a2292e-3d54-702e-8265-a29130cf2510","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2593bfe05c2c"},"before":"7cc227eb30c38d133b1708356dd32dfb07c5a7c34095b04f4930c29d5f88bb2a","after":"7e9f197c8b72d2c6dee4baeda5d129a77e5101a81523c11a34899e9e32060bc2"}', 'case/01a2292e-3d84-7320-a927-2593bfe05c2c'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 25, '{"format":1,"position":25,"at":"2026-11-24T01:00:00Z","action":"case.answer","actor":"01a2292e-3d54-702e-8265-a29357ec4e19","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2596519065b9"},"before":"1bfa09c72c9a605781beaca7d00efc8965daf9142b986ddd3f05d171c3d09936","after":"117c5e49bea980312c2d9f69cb216e074bf9cbfc2f34a683fd9668f6e1326540"}', 'case/01a2292e-3d84-7320-a927-2596519065b9'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 26, '{"format":1,"position":26,"at":"2026-11-24T01:00:00Z","action":"case.return","actor":"01a2292e-3d54-702e-8265-a29130cf2510","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2596519065b9"},"before":"117c5e49bea980312c2d9f69cb216e074bf9cbfc2f34a683fd9668f6e1326540","after":"640b10dd2643d92142e5729ec6a8d95497fc7ceb0f0a97a2d2c5bacf42ed6661"}', 'case/01a2292e-3d84-7320-a927-2596519065b9'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 32, '{"format":1,"position":32,"at":"2026-11-24T01:00:00Z","action":"account.password","actor":"installation","via":"cli","record":{"kind":"account","id":"01a2292e-3d54-702e-8265-a2926c2c3fd6"}}', 'account/01a2292e-3d54-702e-8265-a2926c2c3fd6'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 37, '{"format":1,"position":37,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-259c18119547"},"after":"2c448385610ee23eb56585b9b655ee35ff7895e5b28c3d6abf95430cc1b39b55"}', 'case/01a2292e-3d84-7320-a927-259c18119547'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 24, '{"format":1,"position":24,"at":"2026-11-24T01:00:00Z","action":"case.confirm","actor":"01a2292e-3d53-769e-be88-fcabe914d37c","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2593bfe05c2c"},"before":"7e9f197c8b72d2c6dee4baeda5d129a77e5101a81523c11a34899e9e32060bc2","after":"5d06bfdb65427bf766f6d87239892240a5d59562084e1f91127dc734fbc7a9af"}', 'case/01a2292e-3d84-7320-a927-2593bfe05c2c'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 27, '{"format":1,"position":27,"at":"2026-11-24T01:00:00Z","action":"case.answer","actor":"01a2292e-3d54-702e-8265-a29357ec4e19","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2599aa0c7454"},"before":"4553ac7eb8d97610229b0c01db14416406fbb6d36301830fa7ad85fce41cccaf","after":"794c15cd011c07fb02dd6c82de00101479c720e4de01d342e83b36dc56054429"}', 'case/01a2292e-3d84-7320-a927-2599aa0c7454'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 28, '{"format":1,"position":28,"at":"2026-11-24T01:00:00Z","action":"case.approve","actor":"01a2292e-3d54-702e-8265-a29130cf2510","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2599aa0c7454"},"before":"794c15cd011c07fb02dd6c82de00101479c720e4de01d342e83b36dc56054429","after":"abe1dbddceb817f4921b21c241cc9a8400ff5ed6604bfaffb8ffac8f3b240509"}', 'case/01a2292e-3d84-7320-a927-2599aa0c7454'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 29, '{"format":1,"position":29,"at":"2026-11-24T01:00:00Z","action":"case.confirm","actor":"01a2292e-3d53-769e-be88-fcabe914d37c","via":"web","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2599aa0c7454"},"before":"abe1dbddceb817f4921b21c241cc9a8400ff5ed6604bfaffb8ffac8f3b240509","after":"09c26e68b181fcb67dae42e05d19613593910468201e345e92781595a117e320"}', 'case/01a2292e-3d84-7320-a927-2599aa0c7454'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 30, '{"format":1,"position":30,"at":"2026-11-24T01:00:00Z","action":"case.reveal","actor":"01a2292e-3d53-769e-be88-fcabe914d37c","via":"web","record":{"kind":"access","id":"01a2292e-3ea9-7773-b618-8f669b431371"},"after":"387e9980d768e97646bc7891a0ad207dada867e650508ece0cccd20af6535fd4"}', 'access/01a2292e-3ea9-7773-b618-8f669b431371'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 31, '{"format":1,"position":31,"at":"2026-11-24T01:00:00Z","action":"recusal.declare","actor":"01a2292e-3d53-769e-be88-fcabe914d37c","via":"web","record":{"kind":"recusal","id":"01a2292e-3eb0-7443-8c48-722b33bb8842"},"after":"0eda6577621f8374206270fbbb3872e99ac7276e8d3e77fac01246fdaf1361ef"}', 'recusal/01a2292e-3eb0-7443-8c48-722b33bb8842'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 33, '{"format":1,"position":33,"at":"2026-11-24T01:00:00Z","action":"session.open","actor":"01a2292e-3d54-702e-8265-a2926c2c3fd6","via":"web","record":{"kind":"session","id":"29465140c3194cda394e428b8895397c2cd64b43b5e1c311398344f3dabbdac6"}}', 'session/29465140c3194cda394e428b8895397c2cd64b43b5e1c311398344f3dabbdac6'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 34, '{"format":1,"position":34,"at":"2026-11-24T01:00:00Z","action":"account.link","actor":"01a2292e-3d54-702e-8265-a29751f24be0","via":"web","record":{"kind":"account","id":"01a2292e-3d54-702e-8265-a29472a3825a"}}', 'account/01a2292e-3d54-702e-8265-a29472a3825a'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 35, '{"format":1,"position":35,"at":"2026-11-27T01:00:00Z","action":"monitoring.tell","actor":"office","via":"job","record":{"kind":"monitoring_day","id":"2026-11-27"},"after":"4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"}', 'monitoring_day/2026-11-27'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 36, '{"format":1,"position":36,"at":"2026-12-01T01:00:00Z","action":"monitoring.tell","actor":"office","via":"job","record":{"kind":"monitoring_day","id":"2026-12-01"},"after":"4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a"}', 'monitoring_day/2026-12-01'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 38, '{"format":1,"position":38,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-259fe3524e5e"},"after":"0d10a96576b505b811ee6c433aa23c5175f6dacd293fac2aa2975c0ffcc3fc91"}', 'case/01a2292e-3d84-7320-a927-259fe3524e5e'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 39, '{"format":1,"position":39,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-25a2831aeaad"},"after":"bc0d475a41f6ddf3ca3ad8ca47f873937825be9bda02515fae0febdb1278921c"}', 'case/01a2292e-3d84-7320-a927-25a2831aeaad'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 40, '{"format":1,"position":40,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-25a57b16dcf7"},"after":"075b84f9229629a38db04bf360969a728207100c79632aedfa6bfdb372c9bcb0"}', 'case/01a2292e-3d84-7320-a927-25a57b16dcf7'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 41, '{"format":1,"position":41,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2596519065b9"},"after":"640b10dd2643d92142e5729ec6a8d95497fc7ceb0f0a97a2d2c5bacf42ed6661"}', 'case/01a2292e-3d84-7320-a927-2596519065b9'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 42, '{"format":1,"position":42,"at":"2026-12-04T01:00:00Z","action":"monitoring.tell","actor":"office","via":"job","record":{"kind":"monitoring_day","id":"2026-12-04"},"after":"4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"}', 'monitoring_day/2026-12-04'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 43, '{"format":1,"position":43,"at":"2026-12-08T01:00:00Z","action":"case.gone","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-259c18119547"},"after":"cabd73dc0c243d5aa5e831695f5bf04ac6b1c7293b80469110b5ac1b14bd38ca"}', 'case/01a2292e-3d84-7320-a927-259c18119547'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 44, '{"format":1,"position":44,"at":"2026-12-08T01:00:00Z","action":"case.gone","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-259fe3524e5e"},"after":"898f48f1e7f2a26337024b834c7fc6c14d4d2124c7f697c642ac6296d919d798"}', 'case/01a2292e-3d84-7320-a927-259fe3524e5e'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 45, '{"format":1,"position":45,"at":"2026-12-08T01:00:00Z","action":"case.gone","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-25a2831aeaad"},"after":"47bbfc822dc377463712037dbf42127871abe8b8c6ed97857ee776dd299b7b45"}', 'case/01a2292e-3d84-7320-a927-25a2831aeaad'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 46, '{"format":1,"position":46,"at":"2026-12-08T01:00:00Z","action":"case.gone","actor":"office","via":"job","record":{"kind":"case","id":"01a2292e-3d84-7320-a927-2599aa0c7454"},"after":"51976a140bc4a0a3b8a18d82ab6d58aa975fb6d3359c1c1efb835b3bd2f4f103"}', 'case/01a2292e-3d84-7320-a927-2599aa0c7454'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 47, '{"format":1,"position":47,"at":"2026-12-08T01:00:00Z","action":"run.submit","actor":"token:engine","via":"api","record":{"kind":"run","id":"01a2292e-40b1-749b-9713-074e7005e41d"},"after":"abfc0cb8a5c5d99a875013c48604fdbbb6669e9ab1ff7f00e6d2113a2ea02b93"}', 'run/01a2292e-40b1-749b-9713-074e7005e41d');
INSERT INTO public.audit_hash VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 0, '\x9b86f62e0a43fce37b597ad845c9806f6548ed3f819ed93ad09f9f2e346a601d'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 1, '\x531ed3e861be9d6898006c4b7671a781f71202154eb782dca28909cf4950a450'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 2, '\xcf90780cb9549b89cfbad833b2490f87dc218777d4a91bc1a9a510115ea0c957'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 3, '\x838ac21cd298a2c7d0aa714e44044c11a2cab33500d2420cb8ed1d719caa4ec3'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 4, '\x59c99a3118f38897996c0762a264b656844c1d1838b89166a8cfb3fc1f0afca5'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 5, '\x19a539ec7a2e64811f2a48855c6630ea2d08a251129bc0975abaa9e7cc1439fa'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 6, '\x5e854ed6c12c87c95a61ad8185ecbc572c276d570eb04e9a3457d995d8c70e46'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 7, '\x2622fbc9ea2b1d33d321e8d1bad4bf283db4420bf9d814eff0446197e7f82181'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 8, '\x5a366f255d16735e329bae2da34ab88e44a4e8b9973fc823db159e5831859c25'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 9, '\xf9cb57b25a09dbd71963b19bf0bc21b95a38dfd96d0acf934cf57d6b8f9f99ec'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 10, '\xb66476704f31802d8607e3469b790eb980e2d398beba1f5ddde76dda54e4e524'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 11, '\xf74d5baf9b7609b56a2f98a115b2063138b56b558e7a945ebdfc14268d503bee'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 12, '\x00613be0ffcc10cdc284825812450eba1b6f3846d1acc6fd3a3cf358e7096ea7'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 13, '\xe878829f7a3b983048b07f5efda5f80822ded19a3d9632b64d02f6fccd225668'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 14, '\xed3f364dba781a2a28c89714757bdaf5c545f94539dfe5062e79c06284706cf3'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 15, '\x41295c5b58d8d0666d71bc9c364516f918932259dd48a4677577e203692a3aca'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 16, '\x9ba73ba9e58309c7724bcf71f67eefcbfdc8fecf311f28c304418520243bcc92'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 17, '\x5a3d9d9ea877e495beac6a8748dda9c220ca07a60479f72d72565b72aa0e2156'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 18, '\xbe7ec10e5e470bed8e5b95f9156b0775dbb696d6c073e3e9e02b5cc2a23bd3bf'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 19, '\x0c6c6a49b943a51d50a56330511022e95b942efb65e2f7edcc60f76b5073ed17'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 20, '\xeda745f1c1cceed6fa698629797144ca8975f6bae0daac0d4c638c061edbde61'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 21, '\xdeba9c36ef633150c8c9401afcb83bad3ab64cb755caac139472e0ef0a3bd390'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 22, '\x32e900296e46f1a4162011e519af6cead1f727e540ed53b3ec25c08186d53ebc'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 23, '\x2560e9150dd027ddd2a783b2e9faa2e73946f08756e94d9e3b50c3af30ff7171'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 24, '\x694428b240bc22149717fbd13a4874ba8bbf55d0d90ebb8dcaf1ffb2a3905f05'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 25, '\x647643324f4c53144bf54928cde048849992303b849e8028d4f3bec38da0ce9f'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 26, '\xa16b452a89e6fc9da95243d23744d54cde3bb0d6a15941876366dbf47f9912c8'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 27, '\xb056fc004babeed2ecf9d889430b26a18dc21a6f1b9a7542fbb0c51eaca2f808'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 28, '\xfbaf8d22fcff2882b672a9ed99dd22afa93f186df870f248bb20f9f6ed4c0e9e'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 29, '\x7e69bafd2df2528186197cae445810fb81b20d4eed2f64a34f7dfe47d5bb9eb5'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 30, '\x4acce90c2f2cbe0e7913283b28f0ecec4aaf9f4095303724e6f4bcb4f0fa099c'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 31, '\xa6df15b68889b501426d69f1487ae78da2c64c67dcfdc99ba358cf87dc5df48a'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 32, '\x60b65b7248891715c83340d18caf3719b8698e6a58e9e5439c7474fb49c449f0'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 33, '\x5df8b3f346ee5c4e5e6ce593ce2eeae23ef7e63cb0145074d38b5bfb279db7d5'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 34, '\xb38ba8ff368ed1dea28c331df9db7abb4ac48371f2c6c939619e61a4a4749c9e'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 35, '\x3aaa0456d508150afebc5a25acf4acf90d40909428fec4092c8cdc91ceb1e7f9'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 36, '\x809efbf8c8dcea888ad6127e5fd77e11b5f7334ab5522a52a560636957fcb25e'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 37, '\xf0a3ca45a8fb681ec3f0826fb0710d7a94733b2b158ba58b2f7012846c8e2c9a'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 38, '\x06664deafe2e8deb1be6812674e8909debfccec35f7732649b0bef3d4f757553'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 39, '\xb1a9fbabcdfd919f4337bd964e1dc0061066616ac49b3c2daa3d5314e338397a'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 40, '\x46d15f3bd6a8d11abaa20c240ba9cf8bbe629084edb8907a6c19ebaae41d273d'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 41, '\x83084cea5da4fa3032d1a93099ada308b1f957319e9b737fcc9d445b44e50a79'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 42, '\x335bd89dc5cbafb5ef4e81ecabdf81dc05b7ceacc4905e1ff37ad190766288fe'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 43, '\x4cdd97793651a946d5f1a9b8c5c33e0420441b28b24cf55f4e90a7007746ae0a'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 44, '\x6e1c78612ffea162f4936e043b393ef7890af4211d6e3ea60580379a30a3c0ac'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 45, '\x67ff53fd1ca44faf45df12f4706b07f5dbf9c000c6366da79931f3437b7915f8'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 46, '\x0cf7e1b63aea6e8e58e4cd9d02813778fa1bc4bd7a09100c7ef7fa2b7c077dcd'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 47, '\x848dc88e815c4e4e77bd688ff8ddab72970f02e14dcb206a6d0cc23ccf5a039d'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 48, '\x963554c4b9ba28451dc1b9f1f7ae3692b8897ee53cad884fcf23d29044e95ab3'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 49, '\xfc5d0426f7520ffc73f1468bcb02d154da50d0b0d40b893bb499fd4d8739741c');
INSERT INTO public.audit_hash VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 50, '\xba7bd21c53f51b9c71db99ba3195f92ca30c68a998296407eff4d89237a08f0d'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 51, '\xae6dc076bf49a13a6e30a3df01dfee702bdd28983894be9d855dcfac99fbb0a6'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 52, '\xad6a448ef08bd7616f659470de1f08e8f36e9b37731a0f514fdba876b2899f65'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 53, '\xfdaab0664b2c16015bc84c42c5d9ee8a154ead3162c73c24c2fce2a50eeab2d7'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 54, '\x97ebd5b062297c7e600657959e1a2585439d680e9cd6a2a79f11c83ebd2a20dd'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 55, '\xafca03d138ff7e0813048dd2bde4905f52e51e036d455e0ad37cc5b966a59ef8'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 56, '\x5a56284a6ec46fce5403335ad3684b04da96c640bca1d6d4b3e5e0c1429ed1d5'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 57, '\x06ba3df71c207b97e1e879bf856dda1c8cefb4a6c945361eda3972d36af97609'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 58, '\xbe144c435220e0c6bede1fd8fc0a9ee0c7e636e1893587c4eaae961100bbd3f4'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 59, '\xcef0b764fdf4033bfee4eeeaa9d0629aad7dc0c9192408dde8ddf889bd3132d9'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 60, '\xf85bb68f5607723cdf6e2c090ac971c3f66ca352d74974c0409569eb43f42d6f'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 61, '\x714d8908314c2b715f0adfd02c7571e3b0ec22db666db13ce698aa89358b51de'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 62, '\x2109625345d1b3af5e20bb04c039a4a90dfb5686ffad11810c69a8bb9c5a6f34'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 63, '\x3fe0b6eac7c0f41a9c1f0294de3220778319ea9f278370594ef31fa599d82962'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 64, '\xce9ff9c81fa6ad0824f8529bee87c2bcbdc4b801d7b9b250e30cae434401139c'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 65, '\x8584944dd9d00bb0102c6eac1d1f98a01a0a00459ed08b3901dc97893cd2db56'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 66, '\x9a2f12b9b9aa1eeb73f6493501979fc0b4d41302350ebd7065258d4deb3d61df'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 67, '\x806f59878bc2e41fcb5501cfa013dfe5e9e48f94baa34545a4e8865aa2af1182'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 68, '\xf9105dc5688b56ab764ae9e153e233c055e87e03a2678a6a6e912075e4333b34'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 69, '\x1259fe0fb700f6cca2d4b4efc8780c9385eb92c6a89d2f60148801b701e2463a'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 70, '\x58844a4c6be973d208e20324ccbb470c2a48647304f96d8401c6785839584e24'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 71, '\x8383d9708672d2cb34e505b90a9226b8b153dcdd6063ca19026e86b2aa8ebefd'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 72, '\x3e687339cfdbdbf80682d524d9a952d32ccd2439061291f990245fe86c6a916d'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 73, '\x2c5d5dd1244e70c8dca962d610d90197dd7e44a9b4d4fc1f061e0f581352d260'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 74, '\x3a9082a7fe00fb14023f435843ba17647d8c3c1cbbfc343ea911b6636b66d563'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 75, '\xe8e017de02ba2ff81a5d4a6c1ac9ce509938559003814b878ade9d6b4316bb2b'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 76, '\x77f96968d32383d99d5ac6cfaaa3dd6b2934d603283812ecb5c45da7a42217a0'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 77, '\x9991a3dba2d07e689b671cd4dbfa6ec7071e522fd7d49b76a472f11d6d4bc7a3'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 78, '\x9e6dc57fe69059cbec7db4273723cf8e80e146f5bd28cdd81a0c52929e5eda68'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 79, '\x943f485dd77c7eb7e5a2cc1d5ab4f81f6500ae968a2d03e41e1252d6d1daec29'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 80, '\xb9878a75ecc09bae55bff376eb2e28b72959de6b0c1bbe53f00084b006bd1ea4'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 81, '\x71cfca3b180260fae76ee29e7dcb0b1b5132e730078699be85e45a8469c0bcf5'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 82, '\x552011b7ebc15c79be259132b84ae19ee17d04c9a7fd0c118b1fddddd1f39d1b'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 83, '\xfeb99884e6f5c431d4934f618142dc3937c19e7d58d8c3a204c8d4cb3b43d455'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 84, '\xcd9a2367965bb2145118e85dd4fc556a81c71071285e4899882415a85e1af32e'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 85, '\xbde1bb49636d5cb6f3bcf4908042c3b59c9dee0d3dc5271aa4c4ecddc59883e7'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 86, '\x94b103ad7585427a8332ac1b1f79a6d27663538386cbb551fffddd9699d9852a'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 87, '\xfdff69a7989bf367fdc17c64728de4bfcbfc6beb8d4c9d370db6d25d2bfb7b13'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 88, '\xc0e979a69c125a1ddd2a1357fcba102a640af078ea6602cfd4edcc2d63f6b049'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 89, '\x3288d719f000b5f66de0ead1b4556d2bf3fd41cfde936a78a1309afbc8664389'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 90, '\x81948d76eda809f41e5ff6bd68d270ed8843cfb6394f3e360ea4a363ebcf3a8f'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 91, '\xc90af312f90ef6bb782884b01dd95e3f263a5581918f8d3b09255873b396d366'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 92, '\xa18596c52eea8547e58c5ea02d4cb7a642f447b7bc3d3e16c6a4c1e1e34870e4'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 93, '\x98e5d26160227aad80aa4ed284063cec749a526552645cec793dd4095e9d7a5f');
INSERT INTO public.case_entry VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-2594c52374cc', '01a2292e-3d84-7320-a927-2593bfe05c2c', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25979a574314', '01a2292e-3d84-7320-a927-2596519065b9', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-259aa27e889b', '01a2292e-3d84-7320-a927-2599aa0c7454', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-259d1034ceda', '01a2292e-3d84-7320-a927-259c18119547', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25a013030336', '01a2292e-3d84-7320-a927-259fe3524e5e', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25a315ecea8f', '01a2292e-3d84-7320-a927-25a2831aeaad', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'unmapped', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25a61f8486fa', '01a2292e-3d84-7320-a927-25a57b16dcf7', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'audit-first', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e09-7753-b86a-16fabe50f66f', '01a2292e-3d84-7320-a927-2593bfe05c2c', '2026-11-24 01:00:00+00', '01a2292e-3d54-702e-8265-a29357ec4e19', 'Kim 님', 'attached', '영수증.pdf', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e15-7737-ab46-d5cd7bbda8e2', '01a2292e-3d84-7320-a927-2593bfe05c2c', '2026-11-24 01:00:00+00', '01a2292e-3d54-702e-8265-a29357ec4e19', 'Kim 님', 'comment', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e1d-7682-8d3c-b395aced4e28', '01a2292e-3d84-7320-a927-2593bfe05c2c', '2026-11-24 01:00:00+00', '01a2292e-3d54-702e-8265-a29357ec4e19', 'Kim 님', 'answered', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '{"outcome":"corrected"}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e32-77f0-afee-90f5feb13c00', '01a2292e-3d84-7320-a927-2593bfe05c2c', '2026-11-24 01:00:00+00', '01a2292e-3d54-702e-8265-a29130cf2510', 'H 님', 'approved', '확인함', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e3f-74e5-9dbc-f93fba1b09c8', '01a2292e-3d84-7320-a927-2593bfe05c2c', '2026-11-24 01:00:00+00', '01a2292e-3d53-769e-be88-fcabe914d37c', 'A1 님', 'confirmed', '', '{"outcome":"corrected"}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e4d-7365-82e4-c9661ceb3948', '01a2292e-3d84-7320-a927-2596519065b9', '2026-11-24 01:00:00+00', '01a2292e-3d54-702e-8265-a29357ec4e19', 'Kim 님', 'answered', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '{"outcome":"explained"}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e5e-7280-99db-7c960429cc86', '01a2292e-3d84-7320-a927-2596519065b9', '2026-11-24 01:00:00+00', '01a2292e-3d54-702e-8265-a29130cf2510', 'H 님', 'returned', '영수증을 붙여 주십시오.', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e88-72c7-9faa-2e7d9e1f5ef7', '01a2292e-3d84-7320-a927-2599aa0c7454', '2026-11-24 01:00:00+00', '01a2292e-3d54-702e-8265-a29357ec4e19', 'Kim 님', 'answered', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '{"outcome":"excluded","basis":"조례","until":"2027-03-01"}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e93-71cb-9a19-cd5aedc12cf6', '01a2292e-3d84-7320-a927-2599aa0c7454', '2026-11-24 01:00:00+00', '01a2292e-3d54-702e-8265-a29130cf2510', 'H 님', 'approved', '', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e9e-734b-9dda-57edebb93de7', '01a2292e-3d84-7320-a927-2599aa0c7454', '2026-11-24 01:00:00+00', '01a2292e-3d53-769e-be88-fcabe914d37c', 'A1 님', 'confirmed', '', '{"outcome":"excluded"}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-404a-7054-86f7-b532840f833e', '01a2292e-3d84-7320-a927-259c18119547', '2026-12-04 01:00:00+00', NULL, '', 'step', 'H 님', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4051-70a7-bf02-e8085c1a4e23', '01a2292e-3d84-7320-a927-259fe3524e5e', '2026-12-04 01:00:00+00', NULL, '', 'step', 'B 님', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4059-725d-84fe-9a54fd7e95d6', '01a2292e-3d84-7320-a927-25a2831aeaad', '2026-12-04 01:00:00+00', NULL, '', 'step', 'AH 님', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4068-72f5-ad37-d933dfc3b04c', '01a2292e-3d84-7320-a927-25a57b16dcf7', '2026-12-04 01:00:00+00', NULL, '', 'step', 'AH 님', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-406f-746f-a272-7a1cedb7f0d9', '01a2292e-3d84-7320-a927-2596519065b9', '2026-12-04 01:00:00+00', NULL, '', 'step', 'H 님', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-40c3-75a0-9199-ef3745c7d409', '01a2292e-3d84-7320-a927-259c18119547', '2026-12-08 01:00:00+00', NULL, '', 'gone', 'source', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-40c3-75a0-9199-ef38a40a695c', '01a2292e-3d84-7320-a927-259fe3524e5e', '2026-12-08 01:00:00+00', NULL, '', 'gone', 'source', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-40c3-75a0-9199-ef39feeedf28', '01a2292e-3d84-7320-a927-25a2831aeaad', '2026-12-08 01:00:00+00', NULL, '', 'gone', 'source', '{}', 1),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-40c3-75a0-9199-ef3ae3252840', '01a2292e-3d84-7320-a927-2599aa0c7454', '2026-12-08 01:00:00+00', NULL, '', 'gone', 'source', '{}', 1);
INSERT INTO public.case_file VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25a57b16dcf7', '01a2292e-3d80-721c-ada3-af07fa33f432', '37d663fb1e8e4c8f7f4ba8157afb404bf7d5fe399d5aeb48fe914d8e788b6f98', 'with_handler', NULL, true, false, 'audit', '01a2292e-3d53-769e-be88-fcabe914d37c', 'audit-first', '01a2292e-3d54-702e-8265-a29357ec4e19', NULL, NULL, NULL, NULL, 'vendor.own-account', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, false, 1, NULL, ''),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-2593bfe05c2c', '01a2292e-3d80-721c-ada3-af018b81b11a', '914a8f3054b3ed61d4e58c0bd984e253bbccd86879abe211536d316c0feb33fe', 'closed', 'corrected', false, false, 'team', '01a2292e-3d54-702e-8265-a29357ec4e19', 'named', '01a2292e-3d54-702e-8265-a29357ec4e19', '01a2292e-3d54-702e-8265-a29357ec4e19', 'corrected', '01a2292e-3d54-702e-8265-a29130cf2510', NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', NULL, '', NULL, '2026-11-24 01:00:00+00', false, 4, '01a2292e-3d53-769e-be88-fcabe914d37c', 'febb3eb9d7fbdd7017615a017c76c6ddb1015c004f87d415c1fdf158912dcf24'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-2596519065b9', '01a2292e-3d80-721c-ada3-af02044ddaa3', '9fae6c35246cefecc09a74263037d738c73df16b62692cdc1f94af345a5ee480', 'with_handler', NULL, false, false, 'team', '01a2292e-3d54-702e-8265-a29357ec4e19', 'named', '01a2292e-3d54-702e-8265-a29357ec4e19', NULL, NULL, NULL, NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, false, 3, '01a2292e-3d54-702e-8265-a29130cf2510', '835f5106248f98c2c0d5ad41d60eceb7f76f31ec50320eb36acc6b640270d941'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-259c18119547', '01a2292e-3d80-721c-ada3-af047dccace3', '8d6a96160d348afdf5fa031affc00cce98b24bd59e61934fc1f9574b79ee2011', 'with_handler', NULL, false, false, 'team', '01a2292e-3d54-702e-8265-a29357ec4e19', 'named', '01a2292e-3d54-702e-8265-a29357ec4e19', NULL, NULL, NULL, NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'high', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, true, 1, NULL, ''),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-259fe3524e5e', '01a2292e-3d80-721c-ada3-af05aaf906fd', '65864569bdeddb76c0200586608d95bf90f279d9ff7478148639c15ce249d9cd', 'with_handler', NULL, false, false, 'team', '01a2292e-3d54-702e-8265-a29130cf2510', 'named', '01a2292e-3d54-702e-8265-a29130cf2510', NULL, NULL, NULL, NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, true, 1, NULL, ''),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25a2831aeaad', '01a2292e-3d80-721c-ada3-af064c7473be', '6f213c68f84ba71edebf545c9cbb888e99184de9c7dc2abbbf473d6d6dc85191', 'unowned', NULL, false, false, NULL, NULL, 'unmapped', NULL, NULL, NULL, NULL, NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, true, 1, NULL, ''),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-2599aa0c7454', '01a2292e-3d80-721c-ada3-af03c5c685da', 'f322df1852e98a7d7b7fd000e136e609ef579cf63f3abf40fc0d314a3bfc4909', 'closed', 'excluded', false, false, 'team', '01a2292e-3d54-702e-8265-a29357ec4e19', 'named', '01a2292e-3d54-702e-8265-a29357ec4e19', '01a2292e-3d54-702e-8265-a29357ec4e19', 'excluded', '01a2292e-3d54-702e-8265-a29130cf2510', NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', NULL, '', NULL, '2026-11-24 01:00:00+00', true, 4, '01a2292e-3d53-769e-be88-fcabe914d37c', 'e887b1dc65540f186b78502bcf760b3172f523d1bc327bf04dcc861e62c727da');
INSERT INTO public.case_step VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-2595106b79b6', '01a2292e-3d84-7320-a927-2593bfe05c2c', 1, 0, '2026-12-03 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e1f-7415-aceb-3c99ebc69602', '01a2292e-3d84-7320-a927-2593bfe05c2c', 1, 0, '2026-11-27 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e33-72c9-a237-8603568e35d9', '01a2292e-3d84-7320-a927-2593bfe05c2c', 1, 0, '2026-12-01 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-2598d7b1eb21', '01a2292e-3d84-7320-a927-2596519065b9', 1, 0, '2026-12-03 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e4e-7097-b135-798cf470adfd', '01a2292e-3d84-7320-a927-2596519065b9', 1, 0, '2026-11-27 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-259bd862d795', '01a2292e-3d84-7320-a927-2599aa0c7454', 1, 0, '2026-12-03 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e8c-75db-be08-30ee36917e77', '01a2292e-3d84-7320-a927-2599aa0c7454', 1, 0, '2026-11-27 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e94-73d5-81c0-e84c13496520', '01a2292e-3d84-7320-a927-2599aa0c7454', 1, 0, '2026-12-01 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-259e8fb704b4', '01a2292e-3d84-7320-a927-259c18119547', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a2292e-3d54-702e-8265-a29130cf2510', '01a2292e-4049-7504-b6c5-f85b243d397d', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-404a-7054-86f7-b5311c106d97', '01a2292e-3d84-7320-a927-259c18119547', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25a1129e82e0', '01a2292e-3d84-7320-a927-259fe3524e5e', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a2292e-3d53-769e-be88-fcad28443abe', '01a2292e-4050-77ad-bd19-437cfce2e62a', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4050-77ad-bd19-437d65ce78bc', '01a2292e-3d84-7320-a927-259fe3524e5e', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25a48aee59ef', '01a2292e-3d84-7320-a927-25a2831aeaad', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a2292e-3d53-769e-be88-fcaa632738e2', '01a2292e-4058-7175-b048-fe4280094e3b', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4059-725d-84fe-9a53538e42da', '01a2292e-3d84-7320-a927-25a2831aeaad', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d84-7320-a927-25a7001a74d4', '01a2292e-3d84-7320-a927-25a57b16dcf7', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a2292e-3d53-769e-be88-fcaa632738e2', '01a2292e-4061-7751-a873-0db01f391b9d', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4068-72f5-ad37-d9329969093b', '01a2292e-3d84-7320-a927-25a57b16dcf7', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e5f-711f-89fa-777fe658371a', '01a2292e-3d84-7320-a927-2596519065b9', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a2292e-3d54-702e-8265-a29130cf2510', '01a2292e-406d-73aa-a426-698cc3525a63', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-406e-76a5-80e8-4019c0492136', '01a2292e-3d84-7320-a927-2596519065b9', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.exclusion VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e9d-74b9-bde7-d79740244b14', 'f322df1852e98a7d7b7fd000e136e609ef579cf63f3abf40fc0d314a3bfc4909', 'card.split-payment', '{"place":"서점"}', '01a2292e-3d84-7320-a927-2599aa0c7454', '01a2292e-3d54-702e-8265-a29357ec4e19', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '조례', '01a2292e-3d54-702e-8265-a29130cf2510', '01a2292e-3d53-769e-be88-fcabe914d37c', '2026-11-24 01:00:00+00', '2027-03-01', '2027-01-11', NULL, NULL, 0, NULL, NULL, NULL);
INSERT INTO public.government VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '3000002', '해치시', 'Haechi City', '2026-11-24 01:00:00+00', 2);
INSERT INTO public.known_browser VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '4c38d58f3685cbccbe8bb2f5f09ad110d261923a9e506b1de1b19c00be01f400', '01a2292e-3d54-702e-8265-a2926c2c3fd6', '2026-11-24 01:00:00+00');
INSERT INTO public.message VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d94-7779-933a-06e3cda1da72', '01a2292e-3d53-769e-be88-fcabe914d37c', 'inbox', 'assigned-many', 0, '[확인 요청] 사안 1건', '이번 점검에서 확인해 주실 사안이 1건 있습니다. 가장 이른 기한은 2026.12.03. 18:00입니다. 잘못이라는 뜻이 아니라 여쭙는 것입니다. http://127.0.0.1:8480', NULL, 'assigned-many 01a2292e-3d74-733e-85f0-db1baa14abdb 01a2292e-3d53-769e-be88-fcabe914d37c inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d96-7390-955f-1563d057979a', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'assigned-many', 0, '[확인 요청] 사안 1건', '이번 점검에서 확인해 주실 사안이 1건 있습니다. 가장 이른 기한은 2026.12.03. 18:00입니다. 잘못이라는 뜻이 아니라 여쭙는 것입니다. http://127.0.0.1:8480', NULL, 'assigned-many 01a2292e-3d74-733e-85f0-db1baa14abdb 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d97-706f-b614-de73d29f923d', '01a2292e-3d54-702e-8265-a29357ec4e19', 'inbox', 'assigned-many', 0, '[확인 요청] 사안 4건', '이번 점검에서 확인해 주실 사안이 4건 있습니다. 가장 이른 기한은 2026.12.03. 18:00입니다. 잘못이라는 뜻이 아니라 여쭙는 것입니다. http://127.0.0.1:8480', NULL, 'assigned-many 01a2292e-3d74-733e-85f0-db1baa14abdb 01a2292e-3d54-702e-8265-a29357ec4e19 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e28-756f-8c1a-2af26889e525', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'to-approve', 0, '[승인 요청] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제에 대한 답변이 올라왔습니다. 기한은 2026.11.27. 18:00까지입니다. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-2593bfe05c2c', '01a2292e-3d84-7320-a927-2593bfe05c2c', 'to-approve 01a2292e-3d84-7320-a927-2593bfe05c2c 2 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e42-7473-b571-a13708e62a34', '01a2292e-3d54-702e-8265-a29357ec4e19', 'inbox', 'closed', 0, '[완료] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안이 확인되어 끝났습니다. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-2593bfe05c2c', '01a2292e-3d84-7320-a927-2593bfe05c2c', 'closed 01a2292e-3d84-7320-a927-2593bfe05c2c 4 01a2292e-3d54-702e-8265-a29357ec4e19 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e54-7616-a213-77485120798a', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'to-approve', 0, '[승인 요청] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제에 대한 답변이 올라왔습니다. 기한은 2026.11.27. 18:00까지입니다. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-2596519065b9', '01a2292e-3d84-7320-a927-2596519065b9', 'to-approve 01a2292e-3d84-7320-a927-2596519065b9 2 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e60-72ed-987e-756f7e64180a', '01a2292e-3d54-702e-8265-a29357ec4e19', 'inbox', 'returned', 0, '[보완 요청] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제에 대한 답변이 보완 요청과 함께 돌아왔습니다. 기한은 2026.12.03. 18:00까지입니다. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-2596519065b9', '01a2292e-3d84-7320-a927-2596519065b9', 'returned 01a2292e-3d84-7320-a927-2596519065b9 3 01a2292e-3d54-702e-8265-a29357ec4e19 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e8d-7602-8057-bccc5ca1b712', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'to-approve', 0, '[승인 요청] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제에 대한 답변이 올라왔습니다. 기한은 2026.11.27. 18:00까지입니다. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-2599aa0c7454', '01a2292e-3d84-7320-a927-2599aa0c7454', 'to-approve 01a2292e-3d84-7320-a927-2599aa0c7454 2 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3e9f-71c2-a8a0-e851d76cc16e', '01a2292e-3d54-702e-8265-a29357ec4e19', 'inbox', 'closed', 0, '[완료] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안이 확인되어 끝났습니다. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-2599aa0c7454', '01a2292e-3d84-7320-a927-2599aa0c7454', 'closed 01a2292e-3d84-7320-a927-2599aa0c7454 4 01a2292e-3d54-702e-8265-a29357ec4e19 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3f95-76ce-a40b-503ce9254ff9', '01a2292e-3d53-769e-be88-fcabe914d37c', 'inbox', 'digest', 0, '점검의 날: 남은 사안 1건', '오늘은 점검의 날입니다. 남은 사안 1건 가운데 기한이 지난 것이 0건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-11-27 01a2292e-3d53-769e-be88-fcabe914d37c inbox', 'delivered', 0, '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3f96-717e-8d8b-4666355cae17', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'digest', 0, '점검의 날: 남은 사안 1건', '오늘은 점검의 날입니다. 남은 사안 1건 가운데 기한이 지난 것이 0건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-11-27 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3f9a-73de-a25d-e59aa7aaa4ff', '01a2292e-3d54-702e-8265-a29357ec4e19', 'inbox', 'digest', 0, '점검의 날: 남은 사안 2건', '오늘은 점검의 날입니다. 남은 사안 2건 가운데 기한이 지난 것이 0건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-11-27 01a2292e-3d54-702e-8265-a29357ec4e19 inbox', 'delivered', 0, '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4019-7376-98ca-cd23801fa632', '01a2292e-3d53-769e-be88-fca90076a2a7', 'inbox', 'result', 0, '2026.11. 점검 결과', '2026.11. 점검 결과입니다. 새로 6건, 끝난 것 2건, 기한이 지난 것 0건입니다. http://127.0.0.1:8480', NULL, 'result 2026.11. 01a2292e-3d53-769e-be88-fca90076a2a7 inbox', 'delivered', 0, '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-401b-76a6-b7eb-68cb6ce10293', '01a2292e-3d53-769e-be88-fcaa632738e2', 'inbox', 'result', 0, '2026.11. 점검 결과', '2026.11. 점검 결과입니다. 새로 6건, 끝난 것 2건, 기한이 지난 것 0건입니다. http://127.0.0.1:8480', NULL, 'result 2026.11. 01a2292e-3d53-769e-be88-fcaa632738e2 inbox', 'delivered', 0, '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-401b-76a6-b7eb-68cc08f7c127', '01a2292e-3d53-769e-be88-fcad28443abe', 'inbox', 'result', 0, '2026.11. 점검 결과', '2026.11. 점검 결과입니다. 새로 6건, 끝난 것 2건, 기한이 지난 것 0건입니다. http://127.0.0.1:8480', NULL, 'result 2026.11. 01a2292e-3d53-769e-be88-fcad28443abe inbox', 'delivered', 0, '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-401c-7260-80d7-2f0b2dcd5a4c', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'result', 0, '2026.11. 점검 결과', '2026.11. 점검 결과입니다. 새로 6건, 끝난 것 2건, 기한이 지난 것 0건입니다. http://127.0.0.1:8480', NULL, 'result 2026.11. 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4049-7504-b6c5-f85b243d397d', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-259c18119547', '01a2292e-3d84-7320-a927-259c18119547', 'step 01a2292e-3d84-7320-a927-259e8fb704b4 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4050-77ad-bd19-437cfce2e62a', '01a2292e-3d53-769e-be88-fcad28443abe', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-259fe3524e5e', '01a2292e-3d84-7320-a927-259fe3524e5e', 'step 01a2292e-3d84-7320-a927-25a1129e82e0 01a2292e-3d53-769e-be88-fcad28443abe inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4058-7175-b048-fe4280094e3b', '01a2292e-3d53-769e-be88-fcaa632738e2', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-25a2831aeaad', '01a2292e-3d84-7320-a927-25a2831aeaad', 'step 01a2292e-3d84-7320-a927-25a48aee59ef 01a2292e-3d53-769e-be88-fcaa632738e2 inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4074-7634-b86c-f3cee699a08d', '01a2292e-3d53-769e-be88-fcabe914d37c', 'inbox', 'digest', 0, '점검의 날: 남은 사안 1건', '오늘은 점검의 날입니다. 남은 사안 1건 가운데 기한이 지난 것이 1건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-12-04 01a2292e-3d53-769e-be88-fcabe914d37c inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4074-7634-b86c-f3cf19c235af', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'digest', 0, '점검의 날: 남은 사안 1건', '오늘은 점검의 날입니다. 남은 사안 1건 가운데 기한이 지난 것이 1건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-12-04 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4075-7017-a63f-3f25c56f6808', '01a2292e-3d54-702e-8265-a29357ec4e19', 'inbox', 'digest', 0, '점검의 날: 남은 사안 2건', '오늘은 점검의 날입니다. 남은 사안 2건 가운데 기한이 지난 것이 2건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-12-04 01a2292e-3d54-702e-8265-a29357ec4e19 inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-4061-7751-a873-0db01f391b9d', '01a2292e-3d53-769e-be88-fcaa632738e2', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-25a57b16dcf7', '01a2292e-3d84-7320-a927-25a57b16dcf7', 'step 01a2292e-3d84-7320-a927-25a7001a74d4 01a2292e-3d53-769e-be88-fcaa632738e2 inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-406d-73aa-a426-698cc3525a63', '01a2292e-3d54-702e-8265-a29130cf2510', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a2292e-3d84-7320-a927-2596519065b9', '01a2292e-3d84-7320-a927-2596519065b9', 'step 01a2292e-3e5f-711f-89fa-777fe658371a 01a2292e-3d54-702e-8265-a29130cf2510 inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL);
INSERT INTO public.one_time_link VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '8079ac83cd6a1737132283a33652c81fbb8941b700c485a1632265c17e4e5e68', '01a2292e-3d54-702e-8265-a29472a3825a', '2026-11-24 01:00:00+00', '2026-11-25 01:00:00+00', NULL);
INSERT INTO public.person VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d53-769e-be88-fca90076a2a7', 'M', 'M 님', 'm@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d53-769e-be88-fcaa632738e2', 'AH', 'AH 님', 'ah@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d53-769e-be88-fcabe914d37c', 'A1', 'A1 님', 'a1@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d53-769e-be88-fcacee1141f6', 'A2', 'A2 님', 'a2@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d53-769e-be88-fcad28443abe', 'B', 'B 님', 'b@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d54-702e-8265-a29130cf2510', 'H', 'H 님', 'h@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d54-702e-8265-a2926c2c3fd6', 'Lee', 'Lee 님', 'lee@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d54-702e-8265-a29357ec4e19', 'Kim', 'Kim 님', 'kim@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d54-702e-8265-a29472a3825a', 'Park', 'Park 님', 'park@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d54-702e-8265-a2958478dc06', 'Io', 'Io 님', 'io@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d54-702e-8265-a296f970c48f', 'X', 'X 님', 'x@city.example', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d54-702e-8265-a29751f24be0', 'S', 'S 님', 's@city.example', NULL, NULL);
INSERT INTO public.recusal VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3eb0-7443-8c48-722b33bb8842', '01a2292e-3d53-769e-be88-fcabe914d37c', '01a2292e-3d84-7320-a927-259c18119547', '회식비를 나누어 결제한 사정을 설명드립니다', '01a2292e-3d53-769e-be88-fcabe914d37c', '2026-11-24 01:00:00+00', NULL);
INSERT INTO public.role_grant VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d5e-775a-ab62-30817348e889', '01a2292e-3d53-769e-be88-fcabe914d37c', 'auditor', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d61-7556-9a09-fa44b8dbfa7d', '01a2292e-3d53-769e-be88-fcacee1141f6', 'auditor', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d65-760e-a96a-8b982804f06f', '01a2292e-3d53-769e-be88-fcaa632738e2', 'auditor', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d66-756e-a21f-9096a1da2103', '01a2292e-3d54-702e-8265-a2958478dc06', 'integrity-officer', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d6a-73c7-9378-fdd5eafee927', '01a2292e-3d54-702e-8265-a296f970c48f', 'outside-confirmer', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d6f-7244-8df2-3c58cd827e11', '01a2292e-3d54-702e-8265-a29751f24be0', 'administrator', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL);
INSERT INTO public.role_request VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3dfb-7775-a7ef-7b613c99ae8a', '01a2292e-3d54-702e-8265-a29472a3825a', 'inspector', '회식비를 나누어 결제한 사정을 설명드립니다', '2026-11-24 01:00:00+00', NULL, NULL, NULL, NULL);
INSERT INTO public.run VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3d74-733e-85f0-db1baa14abdb', 1, '94c97cecdcc4f52d2144161d902e4662797ca17a8afbea67744f28562a5df20b', '2026-11-20', '2026-11-24 01:00:00+00', 'engine', '{"format":1,"government":"3000002","as_of":"2026-11-20","calendar":"5152790e278eb89039f8bfaa354b944ec1b44c5d3fc144edc5720c3edc045c73","snapshots":[],"scenarios":[{"scenario":{"id":"card.split-payment","version":1,"digest":"4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167"},"title":{"ko":"한 곳에서 나누어 결제","en":"Split payments at one place"},"severity":"medium","notify":"handler","catalogue":[],"parameters":{},"follow_up":{"deadline_working_days":7,"remedy":{"ko":"집행 문서를 붙여 주십시오.","en":"Attach the record."},"basis":["to be confirmed"],"personal":["place"]},"outcome":{"kind":"findings","count":6,"at_risk":[],"outside_calendar":0}},{"scenario":{"id":"vendor.own-account","version":1,"digest":"c3867fa12db83224a5122cf9290a462001b37051b0607b40c2c8b1238342fee7"},"title":{"ko":"한 곳에서 나누어 결제","en":"Split payments at one place"},"severity":"medium","notify":"audit_first","catalogue":[],"parameters":{},"follow_up":{"deadline_working_days":7,"remedy":{"ko":"집행 문서를 붙여 주십시오.","en":"Attach the record."},"basis":["to be confirmed"],"personal":["place"]},"outcome":{"kind":"findings","count":1,"at_risk":[],"outside_calendar":0}}],"findings":7,"findings_digest":"ac930926be3fc136bde3bf99f788bed17a8fb5cc9710aaeaf776b8c824e1364b"}', 7, 7, 0, 0, 0),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-40b1-749b-9713-074e7005e41d', 2, 'abfc0cb8a5c5d99a875013c48604fdbbb6669e9ab1ff7f00e6d2113a2ea02b93', '2026-12-04', '2026-12-08 01:00:00+00', 'engine', '{"format":1,"government":"3000002","as_of":"2026-12-04","calendar":"5152790e278eb89039f8bfaa354b944ec1b44c5d3fc144edc5720c3edc045c73","snapshots":[],"scenarios":[{"scenario":{"id":"card.split-payment","version":1,"digest":"4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167"},"title":{"ko":"한 곳에서 나누어 결제","en":"Split payments at one place"},"severity":"medium","notify":"handler","catalogue":[],"parameters":{},"follow_up":{"deadline_working_days":7,"remedy":{"ko":"집행 문서를 붙여 주십시오.","en":"Attach the record."},"basis":["to be confirmed"],"personal":["place"]},"outcome":{"kind":"findings","count":2,"at_risk":[],"outside_calendar":0}}],"findings":2,"findings_digest":"a2d582134761501f9a7804de9b2e4fa03091f8fa624759ebc15cb90c33481137"}', 2, 0, 2, 4, 0);
INSERT INTO public.seaql_migrations VALUES
	('m20261124_000001_audit_first', 1795987225),
	('m20261124_000002_people_first', 1795987225),
	('m20261124_000003_sign_in_first', 1795987225),
	('m20261124_000004_runs_first', 1795987225),
	('m20261124_000005_alerts_first', 1795987225),
	('m20261124_000006_cases_first', 1795987225),
	('m20261124_000007_settings_first', 1795987225),
	('m20261124_000008_outbox_first', 1795987225),
	('m20261124_000020_witnesses', 1795987225),
	('m20261124_000021_access_first', 1795987225),
	('m20261124_000022_cases_said', 1795987225),
	('m20261124_000030_idempotency_first', 1795987225),
	('m20261124_000031_webhooks_first', 1795987225);
INSERT INTO public.session VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '16b53c31e61a1e5cf2e6229325127fbb8d3b2b0cea4f2fac8727385c8c8df016', '01a2292e-3d54-702e-8265-a29357ec4e19', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 'e42f30e267e922c73f0bd96a059af1c8213af539a7fac70eb9c3181e1e571956', '01a2292e-3d54-702e-8265-a29130cf2510', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '5335569031dbf45534c3af20bdb803a0bc75a05e997daa926d38d218f6184c0b', '01a2292e-3d53-769e-be88-fcabe914d37c', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '3a8a178a4f4a0cc1b351a1d78d8d78820632b2b62ce568439130bae961aa0a99', '01a2292e-3d54-702e-8265-a29751f24be0', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 'dd3af04f8f16c845180b7d6f281e6496fbb9f31509bd7346093f709da57a5824', '01a2292e-3d54-702e-8265-a29472a3825a', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '797275af2ac7ab3b7ff713f36c89c817a14e1387363852e3766fb70b70188b42', '01a2292e-3d54-702e-8265-a2926c2c3fd6', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '', NULL);
INSERT INTO public.setting VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 'step-days', '', '2026-11-24', '4', '01a2292e-3d54-702e-8265-a29751f24be0', '2026-11-24 01:00:00+00');
INSERT INTO public.unit VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 'audit', '감사담당관', 'audit', 'hall', '2020-01-01', NULL, NULL, true),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 'bureau', '행정국', 'bureau', 'hall', '2020-01-01', NULL, NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 'hall', '해치시', 'hall', NULL, '2020-01-01', NULL, NULL, false),
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', 'team', '회계과', 'team', 'bureau', '2020-01-01', NULL, NULL, false);
INSERT INTO public.webhook VALUES
	('01a2292e-3d2c-74f0-9cdf-6a7ddd7a345e', '01a2292e-3ddf-7725-a5c8-713652c10338', 'https://hooks.example/haechi', 'whsec_TgF81YpUIziwMZy9cq4kk6KYrT9cLK7ZXwuX3DWOfVY=', 'never', '01a2292e-3d54-702e-8265-a29751f24be0', '2026-11-24 01:00:00+00', NULL, 48, 'active', 0, '2026-12-08 01:00:00+00', NULL, NULL);
ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.access_log
    ADD CONSTRAINT access_log_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.access_review
    ADD CONSTRAINT access_review_pkey PRIMARY KEY (tenant, month);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (tenant, person);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_tenant_login_key UNIQUE (tenant, login);
ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_tenant_finding_key_key UNIQUE (tenant, finding_key);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_tenant_digest_key UNIQUE (tenant, digest);
ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (tenant, size);
ALTER TABLE ONLY public.audit_cosignature
    ADD CONSTRAINT audit_cosignature_pkey PRIMARY KEY (tenant, size, witness);
ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (tenant, "position");
ALTER TABLE ONLY public.audit_hash
    ADD CONSTRAINT audit_hash_pkey PRIMARY KEY (tenant, "position");
ALTER TABLE ONLY public.case_entry
    ADD CONSTRAINT case_entry_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.case_file
    ADD CONSTRAINT case_file_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.case_file
    ADD CONSTRAINT case_file_tenant_alert_key UNIQUE (tenant, alert);
ALTER TABLE ONLY public.case_step
    ADD CONSTRAINT case_step_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.exclusion
    ADD CONSTRAINT exclusion_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.government
    ADD CONSTRAINT government_code_key UNIQUE (code);
ALTER TABLE ONLY public.government
    ADD CONSTRAINT government_pkey PRIMARY KEY (tenant);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (tenant, token, name);
ALTER TABLE ONLY public.known_browser
    ADD CONSTRAINT known_browser_pkey PRIMARY KEY (tenant, digest);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.message_template
    ADD CONSTRAINT message_template_pkey PRIMARY KEY (tenant, name, version);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_tenant_once_key UNIQUE (tenant, once);
ALTER TABLE ONLY public.one_time_link
    ADD CONSTRAINT one_time_link_pkey PRIMARY KEY (tenant, digest);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_tenant_employee_no_key UNIQUE (tenant, employee_no);
ALTER TABLE ONLY public.recusal
    ADD CONSTRAINT recusal_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.role_grant
    ADD CONSTRAINT role_grant_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.role_request
    ADD CONSTRAINT role_request_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_tenant_digest_key UNIQUE (tenant, digest);
ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_tenant_number_key UNIQUE (tenant, number);
ALTER TABLE ONLY public.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (tenant, digest);
ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (tenant, name, scope, first_day);
ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (tenant, guard);
ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (tenant, code, first_day);
ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY public.witness_answer
    ADD CONSTRAINT witness_answer_pkey PRIMARY KEY (tenant, witness);
ALTER TABLE ONLY public.witness_seen
    ADD CONSTRAINT witness_seen_pkey PRIMARY KEY (tenant, origin);
CREATE INDEX access_log_at ON public.access_log USING btree (tenant, at);
CREATE INDEX access_log_noted ON public.access_log USING btree (tenant, person, case_id, at);
CREATE INDEX alert_scenario ON public.alert USING btree (tenant, scenario, last_run);
CREATE INDEX appointment_person ON public.appointment USING btree (tenant, person);
CREATE INDEX attachment_case ON public.attachment USING btree (tenant, case_id);
CREATE INDEX audit_event_about ON public.audit_event USING btree (tenant, about);
CREATE INDEX case_entry_case ON public.case_entry USING btree (tenant, case_id);
CREATE INDEX case_file_handler ON public.case_file USING btree (tenant, handler, state, due_at);
CREATE INDEX case_file_named ON public.case_file USING btree (tenant, named);
CREATE INDEX case_file_scenario ON public.case_file USING btree (tenant, scenario, state);
CREATE INDEX case_file_state ON public.case_file USING btree (tenant, state, due_at);
CREATE INDEX case_file_unit ON public.case_file USING btree (tenant, unit, state, due_at);
CREATE INDEX case_file_vendor ON public.case_file USING btree (tenant, vendor);
CREATE INDEX case_step_case ON public.case_step USING btree (tenant, case_id);
CREATE INDEX case_step_due ON public.case_step USING btree (tenant, status, planned_at);
CREATE INDEX exclusion_finding ON public.exclusion USING btree (tenant, finding_key);
CREATE INDEX idempotency_by_age ON public.idempotency USING btree (tenant, made_at);
CREATE INDEX message_due ON public.message USING btree (tenant, state, next_at);
CREATE INDEX message_joined ON public.message USING btree (tenant, joined);
CREATE INDEX message_person ON public.message USING btree (tenant, person, channel, made_at);
CREATE INDEX recusal_record ON public.recusal USING btree (tenant, record);
CREATE INDEX role_grant_person ON public.role_grant USING btree (tenant, person);
CREATE INDEX session_person ON public.session USING btree (tenant, person);
ALTER TABLE public.absence ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.access_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.access_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.account ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.alert ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.appointment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_cosignature ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_hash ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.case_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.case_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.case_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.exclusion ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.government ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.known_browser ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.message ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.message_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.one_time_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON public.absence USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.access_log USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.access_review USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.account USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.alert USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.api_token USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.appointment USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.attachment USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.audit_checkpoint USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.audit_cosignature USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.audit_event USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.audit_hash USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.case_entry USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.case_file USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.case_step USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.exclusion USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.government USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.idempotency USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.known_browser USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.message USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.message_template USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.one_time_link USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.person USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.recusal USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.role_grant USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.role_request USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.run USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.session USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.setting USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.sign_in_failure USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.unit USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.webhook USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.witness_answer USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
CREATE POLICY own_tenant ON public.witness_seen USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
ALTER TABLE public.person ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.recusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.role_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.role_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.run ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen_by_all ON public.government FOR SELECT USING (true);
ALTER TABLE public.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.sign_in_failure ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.unit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.webhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.witness_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.witness_seen ENABLE ROW LEVEL SECURITY;
GRANT ALL ON SCHEMA public TO haechi_owner;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.absence TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.access_log TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.access_review TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.account TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.alert TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.api_token TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.appointment TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.attachment TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.audit_checkpoint TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.audit_cosignature TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.audit_event TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.audit_hash TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.case_entry TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.case_file TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.case_step TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.exclusion TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.government TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.idempotency TO haechi_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.known_browser TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.message TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.message_template TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.one_time_link TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.person TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.recusal TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.role_grant TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.role_request TO haechi_app;
GRANT SELECT,INSERT ON TABLE public.run TO haechi_app;
GRANT SELECT ON TABLE public.seaql_migrations TO haechi_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.setting TO haechi_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_failure TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.unit TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.webhook TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.witness_answer TO haechi_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.witness_seen TO haechi_app;
