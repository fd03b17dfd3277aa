--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)




--
-- Name: absence; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.absence (
    tenant uuid NOT NULL,
    id uuid NOT NULL,
    person uuid NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL
);

ALTER TABLE ONLY public.absence FORCE ROW LEVEL SECURITY;


ALTER TABLE public.absence OWNER TO haechi_owner;

--
-- Name: access_log; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: access_review; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: account; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: alert; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: api_token; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: appointment; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: attachment; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: audit_checkpoint; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.audit_checkpoint (
    tenant uuid NOT NULL,
    size bigint NOT NULL,
    made_at character varying NOT NULL,
    note text NOT NULL
);

ALTER TABLE ONLY public.audit_checkpoint FORCE ROW LEVEL SECURITY;


ALTER TABLE public.audit_checkpoint OWNER TO haechi_owner;

--
-- Name: audit_cosignature; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.audit_cosignature (
    tenant uuid NOT NULL,
    size bigint NOT NULL,
    witness character varying NOT NULL,
    line text NOT NULL
);

ALTER TABLE ONLY public.audit_cosignature FORCE ROW LEVEL SECURITY;


ALTER TABLE public.audit_cosignature OWNER TO haechi_owner;

--
-- Name: audit_event; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.audit_event (
    tenant uuid NOT NULL,
    "position" bigint NOT NULL,
    line text NOT NULL,
    about text
);

ALTER TABLE ONLY public.audit_event FORCE ROW LEVEL SECURITY;


ALTER TABLE public.audit_event OWNER TO haechi_owner;

--
-- Name: audit_hash; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.audit_hash (
    tenant uuid NOT NULL,
    "position" bigint NOT NULL,
    hash bytea NOT NULL
);

ALTER TABLE ONLY public.audit_hash FORCE ROW LEVEL SECURITY;


ALTER TABLE public.audit_hash OWNER TO haechi_owner;

--
-- Name: case_entry; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: case_file; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: case_step; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: exclusion; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: government; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: idempotency; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: known_browser; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.known_browser (
    tenant uuid NOT NULL,
    digest text NOT NULL,
    person uuid NOT NULL,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.known_browser FORCE ROW LEVEL SECURITY;


ALTER TABLE public.known_browser OWNER TO haechi_owner;

--
-- Name: message; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: message_template; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: one_time_link; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: person; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: recusal; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: role_grant; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: role_request; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: run; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: seaql_migrations; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);


ALTER TABLE public.seaql_migrations OWNER TO haechi_owner;

--
-- Name: session; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: setting; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: sign_in_failure; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.sign_in_failure (
    tenant uuid NOT NULL,
    guard text NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.sign_in_failure FORCE ROW LEVEL SECURITY;


ALTER TABLE public.sign_in_failure OWNER TO haechi_owner;

--
-- Name: unit; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: webhook; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: witness_answer; Type: TABLE; Schema: public; Owner: haechi_owner
--

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

--
-- Name: witness_seen; Type: TABLE; Schema: public; Owner: haechi_owner
--

CREATE TABLE public.witness_seen (
    tenant uuid NOT NULL,
    origin text NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    seen_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.witness_seen FORCE ROW LEVEL SECURITY;


ALTER TABLE public.witness_seen OWNER TO haechi_owner;

--
-- Data for Name: absence; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--



--
-- Data for Name: access_log; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.access_log VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-009b-76ad-9e7e-266d854ac60d', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'Kim', '01a22959-fe81-71f6-8d55-ca8793591fb4', 'reveal', '성과급 확인을 위해 봅니다', '2026-11-24 01:00:00+00');


--
-- Data for Name: access_review; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--



--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.account VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c4414ca74d', 'Lee', '$argon2id$v=19$m=19456,t=2,p=1$LIjDO8qFfhLbRat2ZIb3Aw$UdRreTletaMu7oYoVZoQjBqgkzfsIEwijPm794z4pN0', '2026-11-24 01:00:00+00', NULL);


--
-- Data for Name: alert; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.alert VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe6c-71bc-824e-4234b2d23193', '37d663fb1e8e4c8f7f4ba8157afb404bf7d5fe399d5aeb48fe914d8e788b6f98', 'finding', 'vendor.own-account', 1, 'c3867fa12db83224a5122cf9290a462001b37051b0607b40c2c8b1238342fee7', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'audit_first', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '거래처에서 나누어 결제했습니까?', 'Was it split at 거래처?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"거래처"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a22959-fe55-7227-9144-d181cf573516', '01a22959-fe55-7227-9144-d181cf573516', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe6c-71bc-824e-422eb4e6872c', '914a8f3054b3ed61d4e58c0bd984e253bbccd86879abe211536d316c0feb33fe', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '식당에서 나누어 결제했습니까?', 'Was it split at 식당?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"식당"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a22959-fe55-7227-9144-d181cf573516', '01a2295a-027d-70d4-894a-afc861388e13', '2026-11-24 01:00:00+00', '2026-12-08 01:00:00+00', 2, NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe6c-71bc-824e-422f899ceb2c', '9fae6c35246cefecc09a74263037d738c73df16b62692cdc1f94af345a5ee480', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '찻집에서 나누어 결제했습니까?', 'Was it split at 찻집?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"찻집"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a22959-fe55-7227-9144-d181cf573516', '01a2295a-027d-70d4-894a-afc861388e13', '2026-11-24 01:00:00+00', '2026-12-08 01:00:00+00', 2, NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe6c-71bc-824e-4230ef765026', 'f322df1852e98a7d7b7fd000e136e609ef579cf63f3abf40fc0d314a3bfc4909', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '서점에서 나누어 결제했습니까?', 'Was it split at 서점?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"서점"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a22959-fe55-7227-9144-d181cf573516', '01a22959-fe55-7227-9144-d181cf573516', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, '2026-12-08 01:00:00+00', 'source'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe6c-71bc-824e-423184141c82', '8d6a96160d348afdf5fa031affc00cce98b24bd59e61934fc1f9574b79ee2011', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'high', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'Kim', '호텔에서 나누어 결제했습니까?', 'Was it split at 호텔?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"호텔"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a22959-fe55-7227-9144-d181cf573516', '01a22959-fe55-7227-9144-d181cf573516', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, '2026-12-08 01:00:00+00', 'source'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe6c-71bc-824e-4232a366e08f', '65864569bdeddb76c0200586608d95bf90f279d9ff7478148639c15ce249d9cd', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', 'team', 'H', '꽃집에서 나누어 결제했습니까?', 'Was it split at 꽃집?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"꽃집"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a22959-fe55-7227-9144-d181cf573516', '01a22959-fe55-7227-9144-d181cf573516', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, '2026-12-08 01:00:00+00', 'source'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe6c-71bc-824e-4233ccd00852', '6f213c68f84ba71edebf545c9cbb888e99184de9c7dc2abbbf473d6d6dc85191', 'finding', 'card.split-payment', 1, '4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 'handler', '2026-11-02', 1200000, 'KRW', NULL, NULL, '문구점에서 나누어 결제했습니까?', 'Was it split at 문구점?', '집행 문서를 붙여 주십시오.', 'Attach the record.', 'to be confirmed', 'place', 7, '{"place":"문구점"}', '{"payments":2}', '[{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":0,"file":"cards.csv","member":null,"sheet":null,"line":2},{"snapshot":"16a0eeb0791b6c92451fd284dd9f599e0a7dbe7f6ebea6e2d2d06c7f74aec112","table":"card_expense","row":1,"file":"cards.csv","member":null,"sheet":null,"line":3}]', NULL, '01a22959-fe55-7227-9144-d181cf573516', '01a22959-fe55-7227-9144-d181cf573516', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 1, NULL, '2026-12-08 01:00:00+00', 'source');


--
-- Data for Name: api_token; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.api_token VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-ffc6-7338-9b38-c085641995d2', '4d3848349f69fb8795161e5f9586ee2f8e3f692347ce794073c751ac20c4e502', '읽기', '01a22959-fdc4-7637-bd3b-b0c93377aa5b', 'read', '01a22959-fdc4-7637-bd3b-b0c93377aa5b', '2026-11-24 01:00:00+00', '2027-01-31 14:59:59+00', NULL);


--
-- Data for Name: appointment; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.appointment VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58b8475a251b', '01a22959-fdc3-753d-9356-0027b325fcc9', 'hall', 'head', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58b9405582ec', '01a22959-fdc4-7637-bd3b-b0c93377aa5b', 'hall', 'staff', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58baf15355b8', '01a22959-fdc4-7637-bd3b-b0bf7a04addf', 'audit', 'head', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58bb34aadd98', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'audit', 'staff', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58bc6d023f94', '01a22959-fdc4-7637-bd3b-b0c116c3976b', 'audit', 'staff', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58bd6acb737d', '01a22959-fdc4-7637-bd3b-b0c2b654d35c', 'bureau', 'head', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58bec711227e', '01a22959-fdc4-7637-bd3b-b0c77ad1a994', 'bureau', 'staff', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58bf9d2d7c0c', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'team', 'head', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58c0c9d3088f', '01a22959-fdc4-7637-bd3b-b0c4414ca74d', 'team', 'coordinator', '', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58c1456cc467', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'team', 'staff', 'card', '2020-01-01', NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc5-72a3-b27c-58c2e13f8d11', '01a22959-fdc4-7637-bd3b-b0c6fd34f13d', 'team', 'staff', '', '2020-01-01', NULL, false);


--
-- Data for Name: attachment; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.attachment VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-ffee-71fb-a6f2-9b42ef5f627a', '01a22959-fe80-75d0-ad98-68428121b964', '0da1fa985d78f4c5623932227d85f1cade892b7d52365b5f0aae2bd6437514f9', '영수증.pdf', 'application/pdf', 20, '01a22959-fdc4-7637-bd3b-b0c560b26cc0', '2026-11-24 01:00:00+00');


--
-- Data for Name: audit_checkpoint; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.audit_checkpoint VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 35, '2026-11-25T01:00:00Z', 'test.example/3000002
35
XEQBiKkJjR3H0bFInILqJIjfX2knOY0aoMSWrsOZIIw=

— test.example vMUQJNhoEhUirahpote1iTWmIoWiO8wU+s818Hzbk90fW77E5hNLwRtUycpCSKndBQ+i7ExlO9cEawdMQMBINMq3RQc=
'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 36, '2026-11-27T01:00:00Z', 'test.example/3000002
36
vBAswjWfqCyJo6MA9FKiF6SlCTgfGJ+AEE4sQAAjzZs=

— test.example vMUQJNY9c2p0fMvOVShXj5OQxF5Mu72UZN9nDLWQFxmWbmYNAVZwpBGANzwnPuV2q52he3StQ7GjVzVMtbzbPuAfqQQ=
'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 37, '2026-12-01T01:00:00Z', 'test.example/3000002
37
+uyF6cg9q5EAwQ/9i1BUEcEsJTbe26rG9BPD1MEETqo=

— test.example vMUQJFjpm9LXiiQ5rXXe+WUCG348jKhhxwUQpOh7wTx7NNlC6PreosWQArHj6Q6vzpiUJIZMwNKU5c5wy+P2+M3+SQI=
'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 43, '2026-12-04T01:00:00Z', 'test.example/3000002
43
xZXi850WUNNiDbVkQ2LS64fBu+W2OkLxCyAZHywfS2Q=

— test.example vMUQJIu49UPodh/tkMmFyZuoXftKKr7RW0UCgNZnpaxKHaYLeHRmMRktwMGMw1SB4mrVwbS5qG8eD7aloD8B5iGiNwA=
'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 48, '2026-12-08T01:00:00Z', 'test.example/3000002
48
nqQhw0XCQG98Wc5W7VHMgTJ/7IrADDI26MGcGuT/qY4=

— test.example vMUQJN32liARAmeCJGMHXzM3LvlP7dHwmXIzZ1uw0mgixvIgJPCovLwrGKtvke+dHejrZ+OB5uWNOAgZfZ5uxMWfBws=
');


--
-- Data for Name: audit_cosignature; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--



--
-- Data for Name: audit_event; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.audit_event VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 0, '{"format":1,"position":0,"at":"2026-11-24T01:00:00Z","action":"government.found","actor":"installation","via":"cli","record":{"kind":"government","id":"01a22959-fd7c-758a-b0e7-40e6bf4caaf3"},"after":"b93ba244c73ca7dea6056445fc2e87b1f50bcef6d9711380210567e9c77cc9dd"}', 'government/01a22959-fd7c-758a-b0e7-40e6bf4caaf3'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 1, '{"format":1,"position":1,"at":"2026-11-24T01:00:00Z","action":"people.take_in","actor":"installation","via":"cli","record":{"kind":"people","id":"all"},"after":"ee6c0c0dd3cabaa79866b58c49c6143b0ca4cc2eff931dbaa45df222e86315e4"}', 'people/all'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 2, '{"format":1,"position":2,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a22959-fdf2-74cb-a2b9-0fce1ec861b1"},"after":"ef0ebc9d89a0dce4e2788ad6fd00d81ad6207aaa9f96efbda8be346be60e0ab3"}', 'grant/01a22959-fdf2-74cb-a2b9-0fce1ec861b1'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 3, '{"format":1,"position":3,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a22959-fe07-7557-82b1-810064dcd03b"},"after":"12d5495ff8ff44cd2488df09d21730dd5fff30243c22045227efb29b3378515d"}', 'grant/01a22959-fe07-7557-82b1-810064dcd03b'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 4, '{"format":1,"position":4,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a22959-fe2c-71e8-9671-ca72c3d9bc9e"},"after":"2e29d2eafc9227bb1045b4a12a3885f4b3b69f41237ae6f2d650534bd553a816"}', 'grant/01a22959-fe2c-71e8-9671-ca72c3d9bc9e'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 5, '{"format":1,"position":5,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a22959-fe2e-770d-b182-073a474e4578"},"after":"71493e5c9b89545c8c4196f08565874890e063f2bd967f2ff88a9db59a25f3ac"}', 'grant/01a22959-fe2e-770d-b182-073a474e4578'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 6, '{"format":1,"position":6,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a22959-fe44-7198-912a-592b52ee6397"},"after":"72ef087b9aa1e196299b80b617d369d3e719c033ec9a8346ef1dfde38cc6e711"}', 'grant/01a22959-fe44-7198-912a-592b52ee6397'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 7, '{"format":1,"position":7,"at":"2026-11-24T01:00:00Z","action":"role.grant","actor":"installation","via":"cli","record":{"kind":"grant","id":"01a22959-fe49-718a-9970-c8d66afbdb9c"},"after":"f902a506542b07a8a5aa7af8569b1600e0b208f03d253e07e0936450cf53481c"}', 'grant/01a22959-fe49-718a-9970-c8d66afbdb9c'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 8, '{"format":1,"position":8,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-68428121b964"},"after":"ba571084dd79a344d789bbdf55872d55eb244fca3f12e3fbe9d4e210958af8b9"}', 'case/01a22959-fe80-75d0-ad98-68428121b964'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 9, '{"format":1,"position":9,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-684523f42878"},"after":"cc294401cfa76e255c3d02252d9a56cfba5c67e2c7a71921acc7031dc320329a"}', 'case/01a22959-fe80-75d0-ad98-684523f42878'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 10, '{"format":1,"position":10,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca84e0cd15ed"},"after":"74b52f9ae0af503ee9c9acbc4415b41a86d74e9864877c7aa97f1c439b9d2c67"}', 'case/01a22959-fe81-71f6-8d55-ca84e0cd15ed'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 11, '{"format":1,"position":11,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8793591fb4"},"after":"8d359f43b057b3e2940caf32e4b4892911535df2406f9d6bb03e13ea22b8c835"}', 'case/01a22959-fe81-71f6-8d55-ca8793591fb4'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 12, '{"format":1,"position":12,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8ab8249374"},"after":"e818d82f0e5739fd3d8e8cc659957abbb6d3e47cac31c1d774a34a15e8faa812"}', 'case/01a22959-fe81-71f6-8d55-ca8ab8249374'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 13, '{"format":1,"position":13,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8df1e8a589"},"after":"b85c757d7c0ec4663b7ccc2cd28acce11eb94785e330924391276a4b1cf94c86"}', 'case/01a22959-fe81-71f6-8d55-ca8df1e8a589'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 14, '{"format":1,"position":14,"at":"2026-11-24T01:00:00Z","action":"case.open","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca90738e0272"},"after":"83de6f6f808b93b496804ce4401a1b457e881b73986265786c0664bdc58a6232"}', 'case/01a22959-fe81-71f6-8d55-ca90738e0272'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 15, '{"format":1,"position":15,"at":"2026-11-24T01:00:00Z","action":"run.submit","actor":"token:engine","via":"api","record":{"kind":"run","id":"01a22959-fe55-7227-9144-d181cf573516"},"after":"94c97cecdcc4f52d2144161d902e4662797ca17a8afbea67744f28562a5df20b"}', 'run/01a22959-fe55-7227-9144-d181cf573516'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 16, '{"format":1,"position":16,"at":"2026-11-24T01:00:00Z","action":"setting.change","actor":"01a22959-fdc4-7637-bd3b-b0c93377aa5b","via":"web","record":{"kind":"setting","id":"step-days"},"after":"89a4210ba6bd4a9a27cfb7ac2ac30d76761f01cd7b78492e0e818dc025f783d7"}', 'setting/step-days'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 17, '{"format":1,"position":17,"at":"2026-11-24T01:00:00Z","action":"setting.change","actor":"01a22959-fdc4-7637-bd3b-b0c93377aa5b","via":"web","record":{"kind":"webhook","id":"01a22959-ffa1-7279-8f13-ae470c443675"},"after":"d8a6430a6906439e6c544294c183f0323587d4b50e38f284dd0b826677744959"}', 'webhook/01a22959-ffa1-7279-8f13-ae470c443675'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 18, '{"format":1,"position":18,"at":"2026-11-24T01:00:00Z","action":"setting.change","actor":"01a22959-fdc4-7637-bd3b-b0c93377aa5b","via":"web","record":{"kind":"token","id":"01a22959-ffc6-7338-9b38-c085641995d2"},"after":"617c96150081361820ae3699a84115246d94ebf7e470165ed626af3093b8d256"}', 'token/01a22959-ffc6-7338-9b38-c085641995d2'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 19, '{"format":1,"position":19,"at":"2026-11-24T01:00:00Z","action":"role.request","actor":"01a22959-fdc4-7637-bd3b-b0c6fd34f13d","via":"web","record":{"kind":"role_request","id":"01a22959-ffd3-73ed-99c2-82555c56a4ee"},"after":"d3a16dcbf96102e9e9e4186011ce87509dbe763dd08ee02ec904a2cc360138c4"}', 'role_request/01a22959-ffd3-73ed-99c2-82555c56a4ee'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 20, '{"format":1,"position":20,"at":"2026-11-24T01:00:00Z","action":"case.comment","actor":"01a22959-fdc4-7637-bd3b-b0c560b26cc0","via":"web","record":{"kind":"attachment","id":"01a22959-ffee-71fb-a6f2-9b42ef5f627a"},"after":"0da1fa985d78f4c5623932227d85f1cade892b7d52365b5f0aae2bd6437514f9"}', 'attachment/01a22959-ffee-71fb-a6f2-9b42ef5f627a'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 21, '{"format":1,"position":21,"at":"2026-11-24T01:00:00Z","action":"case.comment","actor":"01a22959-fdc4-7637-bd3b-b0c560b26cc0","via":"web","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-68428121b964"},"after":"78c4e8942b74ed0c280aa65c963890b5821c35a2c4074ff6deb034f5d1785b27"}', 'case/01a22959-fe80-75d0-ad98-68428121b964'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 22, '{"format":1,"position":22,"at":"2026-11-24T01:00:00Z","action":"case.answer","actor":"01a22959-fdc4-7637-bd3b-b0c560b26cc0","via":"web","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-68428121b964"},"before":"ba571084dd79a344d789bbdf55872d55eb244fca3f12e3fbe9d4e210958af8b9","after":"78a0c8284fcd41dd67f9fd5e0dc20769b4b0a02f6382465c60b9ed3af5c2f4e5"}', 'case/01a22959-fe80-75d0-ad98-68428121b964'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 26, '{"format":1,"position":26,"at":"2026-11-24T01:00:00Z","action":"case.return","actor":"01a22959-fdc4-7637-bd3b-b0c345b5193e","via":"web","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-684523f42878"},"before":"5f4e94eb8264df761383074c1b52958b0985decec7a8fb974f94403febd63429","after":"231da026cf59fe7c929cbb0854895049ebb26aa1a6eede6c2a6406ede0d60aca"}', 'case/01a22959-fe80-75d0-ad98-684523f42878'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 27, '{"format":1,"position":27,"at":"2026-11-24T01:00:00Z","action":"case.answer","actor":"01a22959-fdc4-7637-bd3b-b0c560b26cc0","via":"web","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca84e0cd15ed"},"before":"74b52f9ae0af503ee9c9acbc4415b41a86d74e9864877c7aa97f1c439b9d2c67","after":"ecea5a8bd7e390ec4aa321ddbecb197c98f65d1922cf2fb0461a3448008a049d"}', 'case/01a22959-fe81-71f6-8d55-ca84e0cd15ed'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 37, '{"format":1,"position":37,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8793591fb4"},"after":"8d359f43b057b3e2940caf32e4b4892911535df2406f9d6bb03e13ea22b8c835"}', 'case/01a22959-fe81-71f6-8d55-ca8793591fb4'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 38, '{"format":1,"position":38,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8ab8249374"},"after":"e818d82f0e5739fd3d8e8cc659957abbb6d3e47cac31c1d774a34a15e8faa812"}', 'case/01a22959-fe81-71f6-8d55-ca8ab8249374'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 39, '{"format":1,"position":39,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8df1e8a589"},"after":"b85c757d7c0ec4663b7ccc2cd28acce11eb94785e330924391276a4b1cf94c86"}', 'case/01a22959-fe81-71f6-8d55-ca8df1e8a589'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 41, '{"format":1,"position":41,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-684523f42878"},"after":"231da026cf59fe7c929cbb0854895049ebb26aa1a6eede6c2a6406ede0d60aca"}', 'case/01a22959-fe80-75d0-ad98-684523f42878'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 42, '{"format":1,"position":42,"at":"2026-12-04T01:00:00Z","action":"monitoring.tell","actor":"office","via":"job","record":{"kind":"monitoring_day","id":"2026-12-04"},"after":"4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"}', 'monitoring_day/2026-12-04'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 23, '{"format":1,"position":23,"at":"2026-11-24T01:00:00Z","action":"case.approve","actor":"01a22959-fdc4-7637-bd3b-b0c345b5193e","via":"web","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-68428121b964"},"before":"78a0c8284fcd41dd67f9fd5e0dc20769b4b0a02f6382465c60b9ed3af5c2f4e5","after":"681a0ffee62c4fc31bdaf8c77d0f0e5fe403704650e84740aa762891669e1217"}', 'case/01a22959-fe80-75d0-ad98-68428121b964'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 30, '{"format":1,"position":30,"at":"2026-11-24T01:00:00Z","action":"case.reveal","actor":"01a22959-fdc4-7637-bd3b-b0c0eef347c7","via":"web","record":{"kind":"access","id":"01a2295a-009b-76ad-9e7e-266d854ac60d"},"after":"9be7af765b07d4edd182350aa582d9342cc7877346b7e08f75fc042230456fe7"}', 'access/01a2295a-009b-76ad-9e7e-266d854ac60d'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 31, '{"format":1,"position":31,"at":"2026-11-24T01:00:00Z","action":"recusal.declare","actor":"01a22959-fdc4-7637-bd3b-b0c0eef347c7","via":"web","record":{"kind":"recusal","id":"01a2295a-00a0-7456-ad2d-4711a865a230"},"after":"0c2ef7135d5b8ae30c0ca628cf1be9d857090887a201ec707243f378856b3878"}', 'recusal/01a2295a-00a0-7456-ad2d-4711a865a230'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 32, '{"format":1,"position":32,"at":"2026-11-24T01:00:00Z","action":"account.password","actor":"installation","via":"cli","record":{"kind":"account","id":"01a22959-fdc4-7637-bd3b-b0c4414ca74d"}}', 'account/01a22959-fdc4-7637-bd3b-b0c4414ca74d'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 35, '{"format":1,"position":35,"at":"2026-11-27T01:00:00Z","action":"monitoring.tell","actor":"office","via":"job","record":{"kind":"monitoring_day","id":"2026-11-27"},"after":"4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"}', 'monitoring_day/2026-11-27'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 40, '{"format":1,"position":40,"at":"2026-12-04T01:00:00Z","action":"case.step","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca90738e0272"},"after":"83de6f6f808b93b496804ce4401a1b457e881b73986265786c0664bdc58a6232"}', 'case/01a22959-fe81-71f6-8d55-ca90738e0272'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 24, '{"format":1,"position":24,"at":"2026-11-24T01:00:00Z","action":"case.confirm","actor":"01a22959-fdc4-7637-bd3b-b0c0eef347c7","via":"web","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-68428121b964"},"before":"681a0ffee62c4fc31bdaf8c77d0f0e5fe403704650e84740aa762891669e1217","after":"ed155834cff9f154202a702006318c1112b536c25112d47c0a7486fe8d2995e8"}', 'case/01a22959-fe80-75d0-ad98-68428121b964'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 28, '{"format":1,"position":28,"at":"2026-11-24T01:00:00Z","action":"case.approve","actor":"01a22959-fdc4-7637-bd3b-b0c345b5193e","via":"web","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca84e0cd15ed"},"before":"ecea5a8bd7e390ec4aa321ddbecb197c98f65d1922cf2fb0461a3448008a049d","after":"57e3e38726072c7430d9a7182cd000b8cf0f503463063cc7bf214df1fea54c29"}', 'case/01a22959-fe81-71f6-8d55-ca84e0cd15ed'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 29, '{"format":1,"position":29,"at":"2026-11-24T01:00:00Z","action":"case.confirm","actor":"01a22959-fdc4-7637-bd3b-b0c0eef347c7","via":"web","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca84e0cd15ed"},"before":"57e3e38726072c7430d9a7182cd000b8cf0f503463063cc7bf214df1fea54c29","after":"6f833913f30bac31f186c214fae02a6d43356e01fc098c1ae5e4d5f5d45fd4c6"}', 'case/01a22959-fe81-71f6-8d55-ca84e0cd15ed'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 33, '{"format":1,"position":33,"at":"2026-11-24T01:00:00Z","action":"session.open","actor":"01a22959-fdc4-7637-bd3b-b0c4414ca74d","via":"web","record":{"kind":"session","id":"6f01792c43c7e7970afbadebf9149b8f41adc9cb892ee1357f753f32fe98a0bc"}}', 'session/6f01792c43c7e7970afbadebf9149b8f41adc9cb892ee1357f753f32fe98a0bc'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 36, '{"format":1,"position":36,"at":"2026-12-01T01:00:00Z","action":"monitoring.tell","actor":"office","via":"job","record":{"kind":"monitoring_day","id":"2026-12-01"},"after":"4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a"}', 'monitoring_day/2026-12-01'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 25, '{"format":1,"position":25,"at":"2026-11-24T01:00:00Z","action":"case.answer","actor":"01a22959-fdc4-7637-bd3b-b0c560b26cc0","via":"web","record":{"kind":"case","id":"01a22959-fe80-75d0-ad98-684523f42878"},"before":"cc294401cfa76e255c3d02252d9a56cfba5c67e2c7a71921acc7031dc320329a","after":"5f4e94eb8264df761383074c1b52958b0985decec7a8fb974f94403febd63429"}', 'case/01a22959-fe80-75d0-ad98-684523f42878'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 34, '{"format":1,"position":34,"at":"2026-11-24T01:00:00Z","action":"account.link","actor":"01a22959-fdc4-7637-bd3b-b0c93377aa5b","via":"web","record":{"kind":"account","id":"01a22959-fdc4-7637-bd3b-b0c6fd34f13d"}}', 'account/01a22959-fdc4-7637-bd3b-b0c6fd34f13d'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 43, '{"format":1,"position":43,"at":"2026-12-08T01:00:00Z","action":"case.gone","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8793591fb4"},"after":"8acfb1b358af602eb44c1651faad339b23f13747690b95ec5acdfb8b2dd18fbc"}', 'case/01a22959-fe81-71f6-8d55-ca8793591fb4'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 44, '{"format":1,"position":44,"at":"2026-12-08T01:00:00Z","action":"case.gone","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8ab8249374"},"after":"b0bc3d8c7130a40c6e7838546cd24ff93d415f91522750a4d3bdff21de71bb16"}', 'case/01a22959-fe81-71f6-8d55-ca8ab8249374'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 45, '{"format":1,"position":45,"at":"2026-12-08T01:00:00Z","action":"case.gone","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca8df1e8a589"},"after":"822c965bd968e365794b4db14a547e56b961224482bd4530eebbfef1e5753bdb"}', 'case/01a22959-fe81-71f6-8d55-ca8df1e8a589'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 46, '{"format":1,"position":46,"at":"2026-12-08T01:00:00Z","action":"case.gone","actor":"office","via":"job","record":{"kind":"case","id":"01a22959-fe81-71f6-8d55-ca84e0cd15ed"},"after":"078a4d2cc7db010fd6d0af3ba99d7fd4ca8219d0efe08b1ecf3227780d979b22"}', 'case/01a22959-fe81-71f6-8d55-ca84e0cd15ed'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 47, '{"format":1,"position":47,"at":"2026-12-08T01:00:00Z","action":"run.submit","actor":"token:engine","via":"api","record":{"kind":"run","id":"01a2295a-027d-70d4-894a-afc861388e13"},"after":"abfc0cb8a5c5d99a875013c48604fdbbb6669e9ab1ff7f00e6d2113a2ea02b93"}', 'run/01a2295a-027d-70d4-894a-afc861388e13');


--
-- Data for Name: audit_hash; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.audit_hash VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 0, '\x65e83bb077b570bca1ee7237dc1869da38233b6c186300a1acd0e0eace4f7ef2'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 1, '\x531ed3e861be9d6898006c4b7671a781f71202154eb782dca28909cf4950a450'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 2, '\x22ab28d5bb5210e365fe98f1142e418cce5195c4bd31906c09419f2d0de43498'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 3, '\x8170d9ce077c0f0efa0a266604f35bc85039bab5417d1f681d6e5bd8819a439c'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 4, '\x6b9f8f353abc9ebd643d94a26d4d44f79c968b1abbac34f85808d0fcc7323f36'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 5, '\x95223a3e09df0492c787b933d7a22b8a9c94749ddd1650d027402d8769cb7166'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 6, '\x7297004bb0c57ccb9f229924765aadafc8b8514b3629efca65ce41ea13a2b5f6'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 7, '\x01c1e132281c5b3691975cd6b697ebf3dbb49745a8f085ceab0419c7927269a2'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 8, '\x508854728352c6d699b6a21c3dab2841ec9823f2ed4896ea91a53f4e20f255e9'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 9, '\xb930b0baf7726ce0cd5e520314f30898667064d5b3755f7d813fa650f364bfc2'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 10, '\x12a58390e9dfd582ec39f539fae0d74f7c227d04fef1c2773351b02e95c2fdd5'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 11, '\x2181387ea66b4dec065f69ce82b62138c9922fa152eac496919571fbb764cc4b'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 12, '\x11f8d17ae619f19a5f4d6aa2247507e5efb250d2b5ab4a870567aa5e45c2e999'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 13, '\x8e315b1ca28d44de073b0ee377b68f8b3c3ce7445a791bce16d889e442f28ae9'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 14, '\xcada4be7d145bd5526e5a09886b540af29c37733f8e8095e5d3f6739eef5e16e'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 15, '\x807a6d8e291fe868d97753ffd36fbdebe8c5e4e1b29f25369fede1081ef33c6b'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 16, '\x70ef7da49f457b37efc8f4bda479573f7e60e7751c8341c5bf5f676018453e90'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 17, '\x14e798c6189c05af3440675718a70d88056f3d1c19fb9cc30218f0c5a2377d77'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 18, '\x61e76752eb63f0940dab0aa8a58021e4d4ac762f20380bc430d1935bb81331a5'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 19, '\xf93f037eb5afd8927de758b8877a0debc29a615488b51e3900c4e60c8c98315b'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 20, '\xaca36873f6a9ceb3f41098ee2b69b5478bade264fd11405cb12c86cbd243fed9'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 21, '\xeee3fad25b70536641c42bb81903c2b9c11b3e2997e869931fed66c6043c3acd'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 22, '\xc5dec55c2859d59c1f55b3c9f815ec5f3962a9952c8eb457ecccac492d72cd97'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 23, '\x09003c51655487d8c7df18b38569d529f6390e0ec0c193ccf1bc129f5fea66d1'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 24, '\x15a9196f6bca9c8c48215a9e11a5906ea79a9d2c5c44cc53a9efe154d32a451c'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 25, '\x5b2109428d11b37698bebf05daaab43b33d7c1ffebdf183826901e251604ef7f'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 26, '\x0117cc45138245b61397253cf18669e3114704f31ab0ff5adc105e4f2c5d6e09'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 27, '\x1218ce8324530758ddb32194f1db06744ee7c6c412ae0493d21b79469a1583dc'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 28, '\x8792a60c5d24f3f1707996b1020a1120d5f7e86e4a11252bc444aad85f6d8d5f'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 29, '\xb290c0bed528240d6659dbacd638d4d861807c4756b1489d2d4e94e5f63e8e9b'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 30, '\x447b0e738d1eebe647ee7c1608714c86cd5f8f1e98467e41c5a3790648e7c1e3'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 31, '\x6c61d6bfaec1f026803882927bf1cc2b46b2d1d9f97399c8135ed6c06212fced'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 32, '\x8cf2a9f9be2d0c59ff1f92539f56b6deded8da15b2ecb7d81b85324ec2eb8816'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 33, '\x40fb69c5194b2b70dda08889e758b5dfe615ade438f7536d9893560435615219'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 34, '\xe36f6b515cb4aa3db589800ee887d328a0d13fb65750855495b26cdc7a51c394'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 35, '\xc33377f2d42f88a48d5dd455b59b6308f63ef6b805a0eb6a0a15d36dd4478ad5'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 36, '\x622c876f210d631bf050f5ee3cd4b104d8ee57bfabee05a1a3c687379629a358'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 37, '\xec16080774eb26d5bf04a01f38d0cfaa720304af093bd870229c2d7769ad3617'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 38, '\x450f9eb9b80f0ebc277acd0bb9b94fed86f3fad7785b0e9f967a0641be5f7365'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 39, '\x36a99efd1ef3ae9805d030525e16817f75f192e9659ff45454b68532bffa70a2'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 40, '\x31249cbcde99e57dcb4875e08c68062197d7f6c8b045b04573a281b34b6ae3a2'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 41, '\x1abcdb04e97403a8e2dc0df8b3bd70dbf36ed26e48a57e2dc14fb3ecb4684bae'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 42, '\x8744dcaaca7b1623e2c30cb3042d2a2d9e7a2a02fe7bf073b2b03b6dec487bd4'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 43, '\xb1214dfb8ac4d41998d5c612849d70f91df3aa130c4bc455b922fafe810eff27'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 44, '\xa6ec9857bbd22db4f070e08245d1fee2ad43fe5dc5faac52f24fa321f8205592'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 45, '\xd0a2ca97e7aae0f6a6545dd4fda2656f9240eea236a8503b4d7d53d228133623'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 46, '\x2cddc554bb363f21c81b9840ec1b93b6da3223b8fc631a0346eb49c613d5cb43'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 47, '\x6deade4f2fd997d18658519084cfddba952568ac64de2bd3ceccc2b9b45bdfc3'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 48, '\x2842411c6ede08abcc22f0dce77550dc54bc372dd106c984b46617f1336993a4'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 49, '\xd887955a5f8ba731900dea35565ef437ff0adf85adfd641c8ba8e6fef00094a4');
INSERT INTO public.audit_hash VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 50, '\xadc341845b73f5f24af1dc19fb70ca2827c6b18e216c616d4d674838cec8637a'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 51, '\x7e804518f80b7b81d0042d2b8a83fd0ce74be6a0eeb39f35d7523d911cc5e922'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 52, '\xc92f5b9ae5fa695d1a9179a50e90a4f1e62f1095dd40fb8e98fb27b3de6b838b'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 53, '\xc281d66ec178c379bd9e9379a906030f2be67dfc46915e5509be9198088155d3'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 54, '\x03612926f05291543bcbb983b3e403cab5cc62a9860b21e7f1bda3d0dfab8e3f'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 55, '\x14f57693d21572c4420e2a958237d1a7f19b215f0c89deb5898747c6d3f374f4'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 56, '\xb49d8801ece3d6de1fe6e5328d5ef9c9c24a932d90bb1442756641eefb53275d'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 57, '\x591354374dd1b3a7a76d81ea56b551b8a6586408cd7a3491dec6d41830ab430e'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 58, '\x935bb140252502c7989287539bb8e315b7f1605ab212ad7e97d33e102e0053a3'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 59, '\xb13246e99966c6cf42af536d58c0e4a2addbae01af08ae128441b40b8e245158'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 60, '\x2ddcdf23218f1b9b5e4d1be2a9c5efce36928334ca8931d44ffd2d20f89b21d3'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 61, '\x0c3b04cd08d5b707a9469a247e293d0a9132593c589d6e92d889237c83f6444d'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 62, '\x191fda116124d6c0592a81722a059fe1a6addf89ca99addc6c1cee3cc0dc36fd'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 63, '\xad39d20a7398b6a131cb2ce00a2239e8a69c0d598bdc1d9a3082619b77bdbe67'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 64, '\x31c4997833bb127baa10ef7596085fb454833db0f0eccbd5b633a44516be1cd6'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 65, '\x036de8a90a9f7326e4853a5af4bfaf5670dcac0a6cc4b80a309ee7eda1070c18'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 66, '\xddd4cae0f2c1db2241b8cc74850c9ec4f6c7b73deb15ada98d58584c80314053'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 67, '\x806f59878bc2e41fcb5501cfa013dfe5e9e48f94baa34545a4e8865aa2af1182'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 68, '\x39f833ed3cd00e15bdd4a991a0212bd6a62ce661942cbf1adc1dadda268dd04b'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 69, '\x72649f5bd72f81ef8dedcc45ee6762035944618b0881b8dd7b04295273dbb825'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 70, '\x58844a4c6be973d208e20324ccbb470c2a48647304f96d8401c6785839584e24'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 71, '\x9536e060a4c01ed82520d0b60a73d4c42f565c3289ba08a1e85f0cb656eb24ab'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 72, '\x7a6eee210dfd1b649aa3930dcec62c40b773ba84399e24af279cb87d98c36b49'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 73, '\x7b4d7d117c2bc19c8e87d02fa9fce8e82a859cf45d81bf7ca0e820c519ab9fde'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 74, '\xe9d2e4dc9e82244128ce3ca5c5e34970366f91af2a07d14432ffb9a835422775'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 75, '\x7e829f1e3828c973b829d79891e6fe387b68162daea680fbb86d7a926b8e8a87'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 76, '\x92283ab36f7af6c093605834c0d34ecfa662276fde7ea6bf4c3c749354ef98f7'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 77, '\x2342475af01c565d818e00729fc965f60b5b2fca74e476b250e1710d8759a52a'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 78, '\x074e7d0dfab122172ab26bef1b13e3089af41a1079ce2393c4339abfa5768b01'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 79, '\xbe118cae65f5f4bba6c4763e00b644def7ee61c7443b54dd9c138f647489a3dd'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 80, '\x6c51f2b575cce1e2a5294cf6a7ce9cda82e228f63451d846cb23eed4c28282ec'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 81, '\x71cfca3b180260fae76ee29e7dcb0b1b5132e730078699be85e45a8469c0bcf5'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 82, '\x83edfc87897c5d517422a3ceae25b72af6d16fac444e92b80c5b768073c9ed86'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 83, '\x1375a4f7f248a94ad2fa92955ddc045459bc904c60c005057272588712482291'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 84, '\xfda415db073dd9976b7d51d65131aea0ca3c94f3e27bd0d627d81300d1568a05'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 85, '\xa285fdbfe32707a37e945bdcb42133558306d0892d86fc8b3826d72350c8e461'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 86, '\x6ed71465516484e1aa18fbe281f46bf9e91e670260761660ac37017012fc1e0a'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 87, '\xf6effd74ae7583bca587ceda6e47e4f0fad320e182d6be7e247aadb43fdf49db'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 88, '\xcd878876542d581b986faf1181b5b7bb41415528a589aed1b23438e6a48dbb5e'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 89, '\x134297e2572658cd860b2b024868a80d7b622238baddb9ed31544f906a52aad8'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 90, '\xd8fbed6db73fd12336dbc447b7711b60a43404b6a31bd79dda074c0c7c34f47f'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 91, '\xcdde3739a5533ef97bf894dc2a76219f65d6344d69ca17db7215482e4c59d68a'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 92, '\x065736d8a85b383ab2894c3aa51edd268f8e9662a34e2b6fd8306bf3d3a1f7a6'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 93, '\x8a9f066597f12585e0207bc210011e04f17e2ccae05c9abf26b547184abb849d');


--
-- Data for Name: case_entry; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.case_entry VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe80-75d0-ad98-6843c584914e', '01a22959-fe80-75d0-ad98-68428121b964', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca8267c82f43', '01a22959-fe80-75d0-ad98-684523f42878', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca859a585155', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca882ddbb89f', '01a22959-fe81-71f6-8d55-ca8793591fb4', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca8b838598ae', '01a22959-fe81-71f6-8d55-ca8ab8249374', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'named', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca8e47a3498f', '01a22959-fe81-71f6-8d55-ca8df1e8a589', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'unmapped', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca91c24a78a2', '01a22959-fe81-71f6-8d55-ca90738e0272', '2026-11-24 01:00:00+00', NULL, '', 'opened', 'audit-first', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-ffee-71fb-a6f2-9b439450c99b', '01a22959-fe80-75d0-ad98-68428121b964', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'Kim 님', 'attached', '영수증.pdf', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-000f-704c-a179-948e32f0b89f', '01a22959-fe80-75d0-ad98-68428121b964', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'Kim 님', 'comment', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0017-7086-8854-17f236ba6bd6', '01a22959-fe80-75d0-ad98-68428121b964', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'Kim 님', 'answered', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '{"outcome":"corrected"}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0021-754a-a04d-28582ebf9c07', '01a22959-fe80-75d0-ad98-68428121b964', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'H 님', 'approved', '확인함', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-006b-7546-b95d-04bfcf27da87', '01a22959-fe80-75d0-ad98-68428121b964', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'A1 님', 'confirmed', '', '{"outcome":"corrected"}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0074-7747-ab43-3557a1889548', '01a22959-fe80-75d0-ad98-684523f42878', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'Kim 님', 'answered', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '{"outcome":"explained"}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-007f-77b2-a799-0686bcfc5b1f', '01a22959-fe80-75d0-ad98-684523f42878', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'H 님', 'returned', '영수증을 붙여 주십시오.', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0086-74ae-9cc0-9bb9223a779d', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'Kim 님', 'answered', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '{"outcome":"excluded","basis":"조례","until":"2027-03-01"}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-008d-77c6-a569-e819288177ec', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'H 님', 'approved', '', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0095-71b7-9329-b7a6acec03e3', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', '2026-11-24 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'A1 님', 'confirmed', '', '{"outcome":"excluded"}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0235-7548-90f8-7051a20231fd', '01a22959-fe81-71f6-8d55-ca8793591fb4', '2026-12-04 01:00:00+00', NULL, '', 'step', 'H 님', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0239-72d2-abb1-a2a7992fa1f3', '01a22959-fe81-71f6-8d55-ca8ab8249374', '2026-12-04 01:00:00+00', NULL, '', 'step', 'B 님', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-023d-73a8-9a5c-5cff2af842a5', '01a22959-fe81-71f6-8d55-ca8df1e8a589', '2026-12-04 01:00:00+00', NULL, '', 'step', 'AH 님', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0242-72fe-a399-0ab4c3d572dd', '01a22959-fe81-71f6-8d55-ca90738e0272', '2026-12-04 01:00:00+00', NULL, '', 'step', 'AH 님', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0246-7042-89b1-bd5a7fbc0bd5', '01a22959-fe80-75d0-ad98-684523f42878', '2026-12-04 01:00:00+00', NULL, '', 'step', 'H 님', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0287-7091-a36c-2db551d0fe75', '01a22959-fe81-71f6-8d55-ca8793591fb4', '2026-12-08 01:00:00+00', NULL, '', 'gone', 'source', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0287-7091-a36c-2db64f12cf62', '01a22959-fe81-71f6-8d55-ca8ab8249374', '2026-12-08 01:00:00+00', NULL, '', 'gone', 'source', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0287-7091-a36c-2db715a5049a', '01a22959-fe81-71f6-8d55-ca8df1e8a589', '2026-12-08 01:00:00+00', NULL, '', 'gone', 'source', '{}', 1),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0287-7091-a36c-2db8cde1c3de', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', '2026-12-08 01:00:00+00', NULL, '', 'gone', 'source', '{}', 1);


--
-- Data for Name: case_file; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.case_file VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca90738e0272', '01a22959-fe6c-71bc-824e-4234b2d23193', '37d663fb1e8e4c8f7f4ba8157afb404bf7d5fe399d5aeb48fe914d8e788b6f98', 'with_handler', NULL, true, false, 'audit', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'audit-first', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', NULL, NULL, NULL, NULL, 'vendor.own-account', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, false, 1, NULL, ''),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe80-75d0-ad98-68428121b964', '01a22959-fe6c-71bc-824e-422eb4e6872c', '914a8f3054b3ed61d4e58c0bd984e253bbccd86879abe211536d316c0feb33fe', 'closed', 'corrected', false, false, 'team', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'named', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'corrected', '01a22959-fdc4-7637-bd3b-b0c345b5193e', NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', NULL, '', NULL, '2026-11-24 01:00:00+00', false, 4, '01a22959-fdc4-7637-bd3b-b0c0eef347c7', '74814a22f0fbfe152fa4d87ce1399906a62a2a914a85f6889fa26ec9d9e1624f'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe80-75d0-ad98-684523f42878', '01a22959-fe6c-71bc-824e-422f899ceb2c', '9fae6c35246cefecc09a74263037d738c73df16b62692cdc1f94af345a5ee480', 'with_handler', NULL, false, false, 'team', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'named', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', NULL, NULL, NULL, NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, false, 3, '01a22959-fdc4-7637-bd3b-b0c345b5193e', '923f5273829760b016dd35eea30d0862ad56c9612edf44f7785bd026b16f71f7'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca8793591fb4', '01a22959-fe6c-71bc-824e-423184141c82', '8d6a96160d348afdf5fa031affc00cce98b24bd59e61934fc1f9574b79ee2011', 'with_handler', NULL, false, false, 'team', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'named', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', NULL, NULL, NULL, NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'high', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, true, 1, NULL, ''),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca8ab8249374', '01a22959-fe6c-71bc-824e-4232a366e08f', '65864569bdeddb76c0200586608d95bf90f279d9ff7478148639c15ce249d9cd', 'with_handler', NULL, false, false, 'team', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'named', '01a22959-fdc4-7637-bd3b-b0c345b5193e', NULL, NULL, NULL, NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, true, 1, NULL, ''),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca8df1e8a589', '01a22959-fe6c-71bc-824e-4233ccd00852', '6f213c68f84ba71edebf545c9cbb888e99184de9c7dc2abbbf473d6d6dc85191', 'unowned', NULL, false, false, NULL, NULL, 'unmapped', NULL, NULL, NULL, NULL, NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', '2026-12-03 09:00:00+00', '{"from":"2026-11-24T10:00:00","days":7,"by":"scenario","left_out":[["2026-11-28",null],["2026-11-29",null]]}', NULL, NULL, true, 1, NULL, ''),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', '01a22959-fe6c-71bc-824e-4230ef765026', 'f322df1852e98a7d7b7fd000e136e609ef579cf63f3abf40fc0d314a3bfc4909', 'closed', 'excluded', false, false, 'team', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'named', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'excluded', '01a22959-fdc4-7637-bd3b-b0c345b5193e', NULL, 'card.split-payment', '한 곳에서 나누어 결제', 'Split payments at one place', 'medium', 1200000, 'KRW', '2026-11-02', 7, NULL, '2026-11-24 01:00:00+00', 1, '2026-11-24 01:00:00+00', NULL, '', NULL, '2026-11-24 01:00:00+00', true, 4, '01a22959-fdc4-7637-bd3b-b0c0eef347c7', '3ca6cee8f0d05df7210f6d70f83664103bb2b472ce495e7888e46db93bd93706');


--
-- Data for Name: case_step; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.case_step VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe80-75d0-ad98-68448b5b7929', '01a22959-fe80-75d0-ad98-68428121b964', 1, 0, '2026-12-03 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0018-7416-8df3-de5d78bfd123', '01a22959-fe80-75d0-ad98-68428121b964', 1, 0, '2026-11-27 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0023-770a-b73a-2d9c1453706b', '01a22959-fe80-75d0-ad98-68428121b964', 1, 0, '2026-12-01 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca833a535cc9', '01a22959-fe80-75d0-ad98-684523f42878', 1, 0, '2026-12-03 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0076-7226-ad85-427b08276a85', '01a22959-fe80-75d0-ad98-684523f42878', 1, 0, '2026-11-27 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca869cc146fc', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', 1, 0, '2026-12-03 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0087-7576-8417-33b6d407bb09', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', 1, 0, '2026-11-27 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-008e-74f8-994c-211084ca3edf', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', 1, 0, '2026-12-01 09:00:00+00', 'cancelled', NULL, NULL, NULL, NULL, '2026-11-24 01:00:00+00'),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca89ecfca03b', '01a22959-fe81-71f6-8d55-ca8793591fb4', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c345b5193e', '01a2295a-0234-77ce-87a1-5927a6e4f733', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0235-7548-90f8-70509ccbe831', '01a22959-fe81-71f6-8d55-ca8793591fb4', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca8c929816ad', '01a22959-fe81-71f6-8d55-ca8ab8249374', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c2b654d35c', '01a2295a-0238-768e-bb14-f5aeef4567ff', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0239-72d2-abb1-a2a67edc074d', '01a22959-fe81-71f6-8d55-ca8ab8249374', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca8f08bc7d95', '01a22959-fe81-71f6-8d55-ca8df1e8a589', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0bf7a04addf', '01a2295a-023c-7559-8fa5-1cfaca334c19', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-023d-73a8-9a5c-5cfe2e4fc81d', '01a22959-fe81-71f6-8d55-ca8df1e8a589', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe81-71f6-8d55-ca92240078eb', '01a22959-fe81-71f6-8d55-ca90738e0272', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0bf7a04addf', '01a2295a-0241-75b7-b77d-0f89296227d5', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0242-72fe-a399-0ab3ae0867d5', '01a22959-fe81-71f6-8d55-ca90738e0272', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0080-72d5-ab8c-2be415f1af08', '01a22959-fe80-75d0-ad98-684523f42878', 1, 0, '2026-12-03 09:00:00+00', 'fired', '2026-12-04 01:00:00+00', '01a22959-fdc4-7637-bd3b-b0c345b5193e', '01a2295a-0246-7042-89b1-bd5890666743', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0246-7042-89b1-bd595a9cbfbf', '01a22959-fe80-75d0-ad98-684523f42878', 1, 1, '2026-12-10 09:00:00+00', 'planned', NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: exclusion; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.exclusion VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0094-75b9-840d-71f455391e6c', 'f322df1852e98a7d7b7fd000e136e609ef579cf63f3abf40fc0d314a3bfc4909', 'card.split-payment', '{"place":"서점"}', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', '900101-1234567 010-9876-5432 hong.gildong@mail.example 회식비를 나누어 결제한 사정을 설명드립니다', '조례', '01a22959-fdc4-7637-bd3b-b0c345b5193e', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', '2026-11-24 01:00:00+00', '2027-03-01', '2027-01-11', NULL, NULL, 0, NULL, NULL, NULL);


--
-- Data for Name: government; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.government VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '3000002', '해치시', 'Haechi City', '2026-11-24 01:00:00+00', 2);


--
-- Data for Name: idempotency; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--



--
-- Data for Name: known_browser; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.known_browser VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '93b022f56941b5907f8dab817bd7cd3b71d667f5359d0979e5abf3d5bb907500', '01a22959-fdc4-7637-bd3b-b0c4414ca74d', '2026-11-24 01:00:00+00');


--
-- Data for Name: message; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.message VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fea1-72a5-afff-a0c3b0eec748', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'inbox', 'assigned-many', 0, '[확인 요청] 사안 1건', '이번 점검에서 확인해 주실 사안이 1건 있습니다. 가장 이른 기한은 2026.12.03. 18:00입니다. 잘못이라는 뜻이 아니라 여쭙는 것입니다. http://127.0.0.1:8480', NULL, 'assigned-many 01a22959-fe55-7227-9144-d181cf573516 01a22959-fdc4-7637-bd3b-b0c0eef347c7 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fea7-7524-abc7-36df2ec525c0', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'assigned-many', 0, '[확인 요청] 사안 1건', '이번 점검에서 확인해 주실 사안이 1건 있습니다. 가장 이른 기한은 2026.12.03. 18:00입니다. 잘못이라는 뜻이 아니라 여쭙는 것입니다. http://127.0.0.1:8480', NULL, 'assigned-many 01a22959-fe55-7227-9144-d181cf573516 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-feb4-70d9-b13c-89064d19f4a0', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'inbox', 'assigned-many', 0, '[확인 요청] 사안 4건', '이번 점검에서 확인해 주실 사안이 4건 있습니다. 가장 이른 기한은 2026.12.03. 18:00입니다. 잘못이라는 뜻이 아니라 여쭙는 것입니다. http://127.0.0.1:8480', NULL, 'assigned-many 01a22959-fe55-7227-9144-d181cf573516 01a22959-fdc4-7637-bd3b-b0c560b26cc0 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-001a-70fd-b2c6-426a9341ac77', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'to-approve', 0, '[승인 요청] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제에 대한 답변이 올라왔습니다. 기한은 2026.11.27. 18:00까지입니다. http://127.0.0.1:8480/cases/01a22959-fe80-75d0-ad98-68428121b964', '01a22959-fe80-75d0-ad98-68428121b964', 'to-approve 01a22959-fe80-75d0-ad98-68428121b964 2 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-006d-7083-b4fd-e6231cbbb49b', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'inbox', 'closed', 0, '[완료] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안이 확인되어 끝났습니다. http://127.0.0.1:8480/cases/01a22959-fe80-75d0-ad98-68428121b964', '01a22959-fe80-75d0-ad98-68428121b964', 'closed 01a22959-fe80-75d0-ad98-68428121b964 4 01a22959-fdc4-7637-bd3b-b0c560b26cc0 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0078-77a1-add4-c0d5a63a19d0', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'to-approve', 0, '[승인 요청] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제에 대한 답변이 올라왔습니다. 기한은 2026.11.27. 18:00까지입니다. http://127.0.0.1:8480/cases/01a22959-fe80-75d0-ad98-684523f42878', '01a22959-fe80-75d0-ad98-684523f42878', 'to-approve 01a22959-fe80-75d0-ad98-684523f42878 2 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0081-7755-8aa8-59cfd1a59387', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'inbox', 'returned', 0, '[보완 요청] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제에 대한 답변이 보완 요청과 함께 돌아왔습니다. 기한은 2026.12.03. 18:00까지입니다. http://127.0.0.1:8480/cases/01a22959-fe80-75d0-ad98-684523f42878', '01a22959-fe80-75d0-ad98-684523f42878', 'returned 01a22959-fe80-75d0-ad98-684523f42878 3 01a22959-fdc4-7637-bd3b-b0c560b26cc0 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0088-737a-a6ec-d9cae004d3af', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'to-approve', 0, '[승인 요청] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제에 대한 답변이 올라왔습니다. 기한은 2026.11.27. 18:00까지입니다. http://127.0.0.1:8480/cases/01a22959-fe81-71f6-8d55-ca84e0cd15ed', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', 'to-approve 01a22959-fe81-71f6-8d55-ca84e0cd15ed 2 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0096-7718-82ef-b645c9818521', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'inbox', 'closed', 0, '[완료] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안이 확인되어 끝났습니다. http://127.0.0.1:8480/cases/01a22959-fe81-71f6-8d55-ca84e0cd15ed', '01a22959-fe81-71f6-8d55-ca84e0cd15ed', 'closed 01a22959-fe81-71f6-8d55-ca84e0cd15ed 4 01a22959-fdc4-7637-bd3b-b0c560b26cc0 inbox', 'delivered', 0, '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-01c9-7491-a3f9-ef21f8bf94a8', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'inbox', 'digest', 0, '점검의 날: 남은 사안 1건', '오늘은 점검의 날입니다. 남은 사안 1건 가운데 기한이 지난 것이 0건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-11-27 01a22959-fdc4-7637-bd3b-b0c0eef347c7 inbox', 'delivered', 0, '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-01cd-712b-8593-fbd27d7d0105', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'digest', 0, '점검의 날: 남은 사안 1건', '오늘은 점검의 날입니다. 남은 사안 1건 가운데 기한이 지난 것이 0건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-11-27 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-01cd-712b-8593-fbd36d3d1be6', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'inbox', 'digest', 0, '점검의 날: 남은 사안 2건', '오늘은 점검의 날입니다. 남은 사안 2건 가운데 기한이 지난 것이 0건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-11-27 01a22959-fdc4-7637-bd3b-b0c560b26cc0 inbox', 'delivered', 0, '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', '2026-11-27 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-020d-7550-82ce-9d612a949045', '01a22959-fdc3-753d-9356-0027b325fcc9', 'inbox', 'result', 0, '2026.11. 점검 결과', '2026.11. 점검 결과입니다. 새로 6건, 끝난 것 2건, 기한이 지난 것 0건입니다. http://127.0.0.1:8480', NULL, 'result 2026.11. 01a22959-fdc3-753d-9356-0027b325fcc9 inbox', 'delivered', 0, '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-020e-7795-b165-4dd6ed9f86c5', '01a22959-fdc4-7637-bd3b-b0bf7a04addf', 'inbox', 'result', 0, '2026.11. 점검 결과', '2026.11. 점검 결과입니다. 새로 6건, 끝난 것 2건, 기한이 지난 것 0건입니다. http://127.0.0.1:8480', NULL, 'result 2026.11. 01a22959-fdc4-7637-bd3b-b0bf7a04addf inbox', 'delivered', 0, '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-020e-7795-b165-4dd70158afa2', '01a22959-fdc4-7637-bd3b-b0c2b654d35c', 'inbox', 'result', 0, '2026.11. 점검 결과', '2026.11. 점검 결과입니다. 새로 6건, 끝난 것 2건, 기한이 지난 것 0건입니다. http://127.0.0.1:8480', NULL, 'result 2026.11. 01a22959-fdc4-7637-bd3b-b0c2b654d35c inbox', 'delivered', 0, '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-020f-76c2-a589-4fb316b42261', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'result', 0, '2026.11. 점검 결과', '2026.11. 점검 결과입니다. 새로 6건, 끝난 것 2건, 기한이 지난 것 0건입니다. http://127.0.0.1:8480', NULL, 'result 2026.11. 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', '2026-12-01 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0234-77ce-87a1-5927a6e4f733', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a22959-fe81-71f6-8d55-ca8793591fb4', '01a22959-fe81-71f6-8d55-ca8793591fb4', 'step 01a22959-fe81-71f6-8d55-ca89ecfca03b 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0238-768e-bb14-f5aeef4567ff', '01a22959-fdc4-7637-bd3b-b0c2b654d35c', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a22959-fe81-71f6-8d55-ca8ab8249374', '01a22959-fe81-71f6-8d55-ca8ab8249374', 'step 01a22959-fe81-71f6-8d55-ca8c929816ad 01a22959-fdc4-7637-bd3b-b0c2b654d35c inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-023c-7559-8fa5-1cfaca334c19', '01a22959-fdc4-7637-bd3b-b0bf7a04addf', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a22959-fe81-71f6-8d55-ca8df1e8a589', '01a22959-fe81-71f6-8d55-ca8df1e8a589', 'step 01a22959-fe81-71f6-8d55-ca8f08bc7d95 01a22959-fdc4-7637-bd3b-b0bf7a04addf inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0246-7042-89b1-bd5890666743', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a22959-fe80-75d0-ad98-684523f42878', '01a22959-fe80-75d0-ad98-684523f42878', 'step 01a2295a-0080-72d5-ab8c-2be415f1af08 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-024a-72ff-98c5-23194d5143c1', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'inbox', 'digest', 0, '점검의 날: 남은 사안 1건', '오늘은 점검의 날입니다. 남은 사안 1건 가운데 기한이 지난 것이 1건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-12-04 01a22959-fdc4-7637-bd3b-b0c0eef347c7 inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-024a-72ff-98c5-231ab1815e8b', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'inbox', 'digest', 0, '점검의 날: 남은 사안 1건', '오늘은 점검의 날입니다. 남은 사안 1건 가운데 기한이 지난 것이 1건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-12-04 01a22959-fdc4-7637-bd3b-b0c345b5193e inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-024b-7409-8276-ef9e9457f021', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'inbox', 'digest', 0, '점검의 날: 남은 사안 2건', '오늘은 점검의 날입니다. 남은 사안 2건 가운데 기한이 지난 것이 2건입니다. http://127.0.0.1:8480', NULL, 'digest 2026-12-04 01a22959-fdc4-7637-bd3b-b0c560b26cc0 inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-0241-75b7-b77d-0f89296227d5', '01a22959-fdc4-7637-bd3b-b0bf7a04addf', 'inbox', 'step', 0, '[기한 경과] 한 곳에서 나누어 결제', '한 곳에서 나누어 결제 사안의 기한이 2026.12.03. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. http://127.0.0.1:8480/cases/01a22959-fe81-71f6-8d55-ca90738e0272', '01a22959-fe81-71f6-8d55-ca90738e0272', 'step 01a22959-fe81-71f6-8d55-ca92240078eb 01a22959-fdc4-7637-bd3b-b0bf7a04addf inbox', 'delivered', 0, '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', '2026-12-04 01:00:00+00', NULL, NULL, NULL);


--
-- Data for Name: message_template; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--



--
-- Data for Name: one_time_link; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.one_time_link VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'a4aea13bb95a8bd082af21f5daef0d80aad48bd4dc057ddd7b3bf3287d11e163', '01a22959-fdc4-7637-bd3b-b0c6fd34f13d', '2026-11-24 01:00:00+00', '2026-11-25 01:00:00+00', NULL);


--
-- Data for Name: person; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.person VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc3-753d-9356-0027b325fcc9', 'M', 'M 님', 'm@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0bf7a04addf', 'AH', 'AH 님', 'ah@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'A1', 'A1 님', 'a1@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c116c3976b', 'A2', 'A2 님', 'a2@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c2b654d35c', 'B', 'B 님', 'b@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c345b5193e', 'H', 'H 님', 'h@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c4414ca74d', 'Lee', 'Lee 님', 'lee@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', 'Kim', 'Kim 님', 'kim@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c6fd34f13d', 'Park', 'Park 님', 'park@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c77ad1a994', 'Io', 'Io 님', 'io@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c8a46354d0', 'X', 'X 님', 'x@city.example', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdc4-7637-bd3b-b0c93377aa5b', 'S', 'S 님', 's@city.example', NULL, NULL);


--
-- Data for Name: recusal; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.recusal VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-00a0-7456-ad2d-4711a865a230', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', '01a22959-fe81-71f6-8d55-ca8793591fb4', '회식비를 나누어 결제한 사정을 설명드립니다', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', '2026-11-24 01:00:00+00', NULL);


--
-- Data for Name: role_grant; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.role_grant VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fdf2-74cb-a2b9-0fce1ec861b1', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', 'auditor', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe07-7557-82b1-810064dcd03b', '01a22959-fdc4-7637-bd3b-b0c116c3976b', 'auditor', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe2c-71e8-9671-ca72c3d9bc9e', '01a22959-fdc4-7637-bd3b-b0bf7a04addf', 'auditor', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe2e-770d-b182-073a474e4578', '01a22959-fdc4-7637-bd3b-b0c77ad1a994', 'integrity-officer', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe44-7198-912a-592b52ee6397', '01a22959-fdc4-7637-bd3b-b0c8a46354d0', 'outside-confirmer', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe49-718a-9970-c8d66afbdb9c', '01a22959-fdc4-7637-bd3b-b0c93377aa5b', 'administrator', '2026-11-24', NULL, 'installation', '2026-11-24 01:00:00+00', 'installation', NULL, NULL);


--
-- Data for Name: role_request; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.role_request VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-ffd3-73ed-99c2-82555c56a4ee', '01a22959-fdc4-7637-bd3b-b0c6fd34f13d', 'inspector', '회식비를 나누어 결제한 사정을 설명드립니다', '2026-11-24 01:00:00+00', NULL, NULL, NULL, NULL);


--
-- Data for Name: run; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.run VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-fe55-7227-9144-d181cf573516', 1, '94c97cecdcc4f52d2144161d902e4662797ca17a8afbea67744f28562a5df20b', '2026-11-20', '2026-11-24 01:00:00+00', 'engine', '{"format":1,"government":"3000002","as_of":"2026-11-20","calendar":"5152790e278eb89039f8bfaa354b944ec1b44c5d3fc144edc5720c3edc045c73","snapshots":[],"scenarios":[{"scenario":{"id":"card.split-payment","version":1,"digest":"4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167"},"title":{"ko":"한 곳에서 나누어 결제","en":"Split payments at one place"},"severity":"medium","notify":"handler","catalogue":[],"parameters":{},"follow_up":{"deadline_working_days":7,"remedy":{"ko":"집행 문서를 붙여 주십시오.","en":"Attach the record."},"basis":["to be confirmed"],"personal":["place"]},"outcome":{"kind":"findings","count":6,"at_risk":[],"outside_calendar":0}},{"scenario":{"id":"vendor.own-account","version":1,"digest":"c3867fa12db83224a5122cf9290a462001b37051b0607b40c2c8b1238342fee7"},"title":{"ko":"한 곳에서 나누어 결제","en":"Split payments at one place"},"severity":"medium","notify":"audit_first","catalogue":[],"parameters":{},"follow_up":{"deadline_working_days":7,"remedy":{"ko":"집행 문서를 붙여 주십시오.","en":"Attach the record."},"basis":["to be confirmed"],"personal":["place"]},"outcome":{"kind":"findings","count":1,"at_risk":[],"outside_calendar":0}}],"findings":7,"findings_digest":"ac930926be3fc136bde3bf99f788bed17a8fb5cc9710aaeaf776b8c824e1364b"}', 7, 7, 0, 0, 0),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a2295a-027d-70d4-894a-afc861388e13', 2, 'abfc0cb8a5c5d99a875013c48604fdbbb6669e9ab1ff7f00e6d2113a2ea02b93', '2026-12-04', '2026-12-08 01:00:00+00', 'engine', '{"format":1,"government":"3000002","as_of":"2026-12-04","calendar":"5152790e278eb89039f8bfaa354b944ec1b44c5d3fc144edc5720c3edc045c73","snapshots":[],"scenarios":[{"scenario":{"id":"card.split-payment","version":1,"digest":"4d3ffa9da7672f2c2f0f411aa4644b89ca3dadecdaa1f061caf17523d3183167"},"title":{"ko":"한 곳에서 나누어 결제","en":"Split payments at one place"},"severity":"medium","notify":"handler","catalogue":[],"parameters":{},"follow_up":{"deadline_working_days":7,"remedy":{"ko":"집행 문서를 붙여 주십시오.","en":"Attach the record."},"basis":["to be confirmed"],"personal":["place"]},"outcome":{"kind":"findings","count":2,"at_risk":[],"outside_calendar":0}}],"findings":2,"findings_digest":"a2d582134761501f9a7804de9b2e4fa03091f8fa624759ebc15cb90c33481137"}', 2, 0, 2, 4, 0);


--
-- Data for Name: seaql_migrations; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.seaql_migrations VALUES
	('m20261124_000001_audit_first', 1795990092),
	('m20261124_000002_people_first', 1795990092),
	('m20261124_000003_sign_in_first', 1795990092),
	('m20261124_000004_runs_first', 1795990092),
	('m20261124_000005_alerts_first', 1795990092),
	('m20261124_000006_cases_first', 1795990093),
	('m20261124_000007_settings_first', 1795990093),
	('m20261124_000008_outbox_first', 1795990093),
	('m20261124_000020_witnesses', 1795990093),
	('m20261124_000021_access_first', 1795990093),
	('m20261124_000022_cases_said', 1795990093),
	('m20261124_000030_idempotency_first', 1795990093),
	('m20261124_000031_webhooks_first', 1795990093);


--
-- Data for Name: session; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.session VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'edd7f941507b77a635409a11de098805f9df9761abf9f6d2218185779351b47c', '01a22959-fdc4-7637-bd3b-b0c560b26cc0', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '93c9c95bd2c6bf4d769fa7e7c908f537140f6fb77a7689ddfe69f3f4272222e6', '01a22959-fdc4-7637-bd3b-b0c345b5193e', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '7cb2ed65b48775884ed3690a32331315d2dfc08a72743f232ca3126d925ac1b4', '01a22959-fdc4-7637-bd3b-b0c0eef347c7', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'c3ff1469ba32b55ebaae369adccb5b54f48dfcfab4004a5eaf8266d7eeef5f18', '01a22959-fdc4-7637-bd3b-b0c93377aa5b', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'e8fc234f197ad9b16666c998fbd5de21520c7b410ee3de316a1d85e1a0c4cdab', '01a22959-fdc4-7637-bd3b-b0c6fd34f13d', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', 'test', NULL),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '334cf43032a55c51430cd309796002656bcb4b889ed7659359ede22d5f39836e', '01a22959-fdc4-7637-bd3b-b0c4414ca74d', '2026-11-24 01:00:00+00', '2026-11-24 01:00:00+00', '', NULL);


--
-- Data for Name: setting; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.setting VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'step-days', '', '2026-11-24', '4', '01a22959-fdc4-7637-bd3b-b0c93377aa5b', '2026-11-24 01:00:00+00');


--
-- Data for Name: sign_in_failure; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--



--
-- Data for Name: unit; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.unit VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'audit', '감사담당관', 'audit', 'hall', '2020-01-01', NULL, NULL, true),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'bureau', '행정국', 'bureau', 'hall', '2020-01-01', NULL, NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'hall', '해치시', 'hall', NULL, '2020-01-01', NULL, NULL, false),
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', 'team', '회계과', 'team', 'bureau', '2020-01-01', NULL, NULL, false);


--
-- Data for Name: webhook; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--

INSERT INTO public.webhook VALUES
	('01a22959-fd7c-758a-b0e7-40e6bf4caaf3', '01a22959-ffa1-7279-8f13-ae470c443675', 'https://hooks.example/haechi', 'whsec_gQkTCBgsd/L8enatY9XjsQlJ8XNxCMcstp7924aDIs4=', 'never', '01a22959-fdc4-7637-bd3b-b0c93377aa5b', '2026-11-24 01:00:00+00', NULL, 48, 'active', 0, '2026-12-08 01:00:00+00', NULL, NULL);


--
-- Data for Name: witness_answer; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--



--
-- Data for Name: witness_seen; Type: TABLE DATA; Schema: public; Owner: haechi_owner
--



--
-- Name: absence absence_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_pkey PRIMARY KEY (tenant, id);


--
-- Name: access_log access_log_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.access_log
    ADD CONSTRAINT access_log_pkey PRIMARY KEY (tenant, id);


--
-- Name: access_review access_review_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.access_review
    ADD CONSTRAINT access_review_pkey PRIMARY KEY (tenant, month);


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (tenant, person);


--
-- Name: account account_tenant_login_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_tenant_login_key UNIQUE (tenant, login);


--
-- Name: alert alert_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (tenant, id);


--
-- Name: alert alert_tenant_finding_key_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_tenant_finding_key_key UNIQUE (tenant, finding_key);


--
-- Name: api_token api_token_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (tenant, id);


--
-- Name: api_token api_token_tenant_digest_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_tenant_digest_key UNIQUE (tenant, digest);


--
-- Name: appointment appointment_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_pkey PRIMARY KEY (tenant, id);


--
-- Name: attachment attachment_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (tenant, id);


--
-- Name: audit_checkpoint audit_checkpoint_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_pkey PRIMARY KEY (tenant, size);


--
-- Name: audit_cosignature audit_cosignature_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.audit_cosignature
    ADD CONSTRAINT audit_cosignature_pkey PRIMARY KEY (tenant, size, witness);


--
-- Name: audit_event audit_event_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (tenant, "position");


--
-- Name: audit_hash audit_hash_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.audit_hash
    ADD CONSTRAINT audit_hash_pkey PRIMARY KEY (tenant, "position");


--
-- Name: case_entry case_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.case_entry
    ADD CONSTRAINT case_entry_pkey PRIMARY KEY (tenant, id);


--
-- Name: case_file case_file_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.case_file
    ADD CONSTRAINT case_file_pkey PRIMARY KEY (tenant, id);


--
-- Name: case_file case_file_tenant_alert_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.case_file
    ADD CONSTRAINT case_file_tenant_alert_key UNIQUE (tenant, alert);


--
-- Name: case_step case_step_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.case_step
    ADD CONSTRAINT case_step_pkey PRIMARY KEY (tenant, id);


--
-- Name: exclusion exclusion_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.exclusion
    ADD CONSTRAINT exclusion_pkey PRIMARY KEY (tenant, id);


--
-- Name: government government_code_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.government
    ADD CONSTRAINT government_code_key UNIQUE (code);


--
-- Name: government government_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.government
    ADD CONSTRAINT government_pkey PRIMARY KEY (tenant);


--
-- Name: idempotency idempotency_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (tenant, token, name);


--
-- Name: known_browser known_browser_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.known_browser
    ADD CONSTRAINT known_browser_pkey PRIMARY KEY (tenant, digest);


--
-- Name: message message_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (tenant, id);


--
-- Name: message_template message_template_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.message_template
    ADD CONSTRAINT message_template_pkey PRIMARY KEY (tenant, name, version);


--
-- Name: message message_tenant_once_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_tenant_once_key UNIQUE (tenant, once);


--
-- Name: one_time_link one_time_link_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.one_time_link
    ADD CONSTRAINT one_time_link_pkey PRIMARY KEY (tenant, digest);


--
-- Name: person person_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (tenant, id);


--
-- Name: person person_tenant_employee_no_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_tenant_employee_no_key UNIQUE (tenant, employee_no);


--
-- Name: recusal recusal_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.recusal
    ADD CONSTRAINT recusal_pkey PRIMARY KEY (tenant, id);


--
-- Name: role_grant role_grant_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.role_grant
    ADD CONSTRAINT role_grant_pkey PRIMARY KEY (tenant, id);


--
-- Name: role_request role_request_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.role_request
    ADD CONSTRAINT role_request_pkey PRIMARY KEY (tenant, id);


--
-- Name: run run_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_pkey PRIMARY KEY (tenant, id);


--
-- Name: run run_tenant_digest_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_tenant_digest_key UNIQUE (tenant, digest);


--
-- Name: run run_tenant_number_key; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.run
    ADD CONSTRAINT run_tenant_number_key UNIQUE (tenant, number);


--
-- Name: seaql_migrations seaql_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (tenant, digest);


--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (tenant, name, scope, first_day);


--
-- Name: sign_in_failure sign_in_failure_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (tenant, guard);


--
-- Name: unit unit_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (tenant, code, first_day);


--
-- Name: webhook webhook_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_pkey PRIMARY KEY (tenant, id);


--
-- Name: witness_answer witness_answer_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.witness_answer
    ADD CONSTRAINT witness_answer_pkey PRIMARY KEY (tenant, witness);


--
-- Name: witness_seen witness_seen_pkey; Type: CONSTRAINT; Schema: public; Owner: haechi_owner
--

ALTER TABLE ONLY public.witness_seen
    ADD CONSTRAINT witness_seen_pkey PRIMARY KEY (tenant, origin);


--
-- Name: access_log_at; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX access_log_at ON public.access_log USING btree (tenant, at);


--
-- Name: access_log_noted; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX access_log_noted ON public.access_log USING btree (tenant, person, case_id, at);


--
-- Name: alert_scenario; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX alert_scenario ON public.alert USING btree (tenant, scenario, last_run);


--
-- Name: appointment_person; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX appointment_person ON public.appointment USING btree (tenant, person);


--
-- Name: attachment_case; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX attachment_case ON public.attachment USING btree (tenant, case_id);


--
-- Name: audit_event_about; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX audit_event_about ON public.audit_event USING btree (tenant, about);


--
-- Name: case_entry_case; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_entry_case ON public.case_entry USING btree (tenant, case_id);


--
-- Name: case_file_handler; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_file_handler ON public.case_file USING btree (tenant, handler, state, due_at);


--
-- Name: case_file_named; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_file_named ON public.case_file USING btree (tenant, named);


--
-- Name: case_file_scenario; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_file_scenario ON public.case_file USING btree (tenant, scenario, state);


--
-- Name: case_file_state; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_file_state ON public.case_file USING btree (tenant, state, due_at);


--
-- Name: case_file_unit; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_file_unit ON public.case_file USING btree (tenant, unit, state, due_at);


--
-- Name: case_file_vendor; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_file_vendor ON public.case_file USING btree (tenant, vendor);


--
-- Name: case_step_case; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_step_case ON public.case_step USING btree (tenant, case_id);


--
-- Name: case_step_due; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX case_step_due ON public.case_step USING btree (tenant, status, planned_at);


--
-- Name: exclusion_finding; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX exclusion_finding ON public.exclusion USING btree (tenant, finding_key);


--
-- Name: idempotency_by_age; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX idempotency_by_age ON public.idempotency USING btree (tenant, made_at);


--
-- Name: message_due; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX message_due ON public.message USING btree (tenant, state, next_at);


--
-- Name: message_joined; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX message_joined ON public.message USING btree (tenant, joined);


--
-- Name: message_person; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX message_person ON public.message USING btree (tenant, person, channel, made_at);


--
-- Name: recusal_record; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX recusal_record ON public.recusal USING btree (tenant, record);


--
-- Name: role_grant_person; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX role_grant_person ON public.role_grant USING btree (tenant, person);


--
-- Name: session_person; Type: INDEX; Schema: public; Owner: haechi_owner
--

CREATE INDEX session_person ON public.session USING btree (tenant, person);


--
-- Name: absence; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.absence ENABLE ROW LEVEL SECURITY;

--
-- Name: access_log; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.access_log ENABLE ROW LEVEL SECURITY;

--
-- Name: access_review; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.access_review ENABLE ROW LEVEL SECURITY;

--
-- Name: account; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.account ENABLE ROW LEVEL SECURITY;

--
-- Name: alert; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.alert ENABLE ROW LEVEL SECURITY;

--
-- Name: api_token; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.api_token ENABLE ROW LEVEL SECURITY;

--
-- Name: appointment; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.appointment ENABLE ROW LEVEL SECURITY;

--
-- Name: attachment; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.attachment ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_checkpoint; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.audit_checkpoint ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_cosignature; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.audit_cosignature ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_event; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.audit_event ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_hash; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.audit_hash ENABLE ROW LEVEL SECURITY;

--
-- Name: case_entry; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.case_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: case_file; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.case_file ENABLE ROW LEVEL SECURITY;

--
-- Name: case_step; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.case_step ENABLE ROW LEVEL SECURITY;

--
-- Name: exclusion; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.exclusion ENABLE ROW LEVEL SECURITY;

--
-- Name: government; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.government ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.idempotency ENABLE ROW LEVEL SECURITY;

--
-- Name: known_browser; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.known_browser ENABLE ROW LEVEL SECURITY;

--
-- Name: message; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.message ENABLE ROW LEVEL SECURITY;

--
-- Name: message_template; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.message_template ENABLE ROW LEVEL SECURITY;

--
-- Name: one_time_link; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.one_time_link ENABLE ROW LEVEL SECURITY;

--
-- Name: absence own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.absence USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: access_log own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.access_log USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: access_review own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.access_review USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: account own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.account USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: alert own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.alert USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: api_token own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.api_token USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: appointment own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.appointment USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: attachment own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.attachment USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: audit_checkpoint own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.audit_checkpoint USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: audit_cosignature own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.audit_cosignature USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: audit_event own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.audit_event USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: audit_hash own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.audit_hash USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: case_entry own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.case_entry USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: case_file own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.case_file USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: case_step own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.case_step USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: exclusion own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.exclusion USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: government own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.government USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: idempotency own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.idempotency USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: known_browser own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.known_browser USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: message own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.message USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: message_template own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.message_template USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: one_time_link own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.one_time_link USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: person own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.person USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: recusal own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.recusal USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: role_grant own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.role_grant USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: role_request own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.role_request USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: run own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.run USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: session own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.session USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: setting own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.setting USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: sign_in_failure own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.sign_in_failure USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: unit own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.unit USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: webhook own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.webhook USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: witness_answer own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.witness_answer USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: witness_seen own_tenant; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY own_tenant ON public.witness_seen USING ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));


--
-- Name: person; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.person ENABLE ROW LEVEL SECURITY;

--
-- Name: recusal; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.recusal ENABLE ROW LEVEL SECURITY;

--
-- Name: role_grant; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.role_grant ENABLE ROW LEVEL SECURITY;

--
-- Name: role_request; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.role_request ENABLE ROW LEVEL SECURITY;

--
-- Name: run; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.run ENABLE ROW LEVEL SECURITY;

--
-- Name: government seen_by_all; Type: POLICY; Schema: public; Owner: haechi_owner
--

CREATE POLICY seen_by_all ON public.government FOR SELECT USING (true);


--
-- Name: session; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.session ENABLE ROW LEVEL SECURITY;

--
-- Name: setting; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.setting ENABLE ROW LEVEL SECURITY;

--
-- Name: sign_in_failure; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.sign_in_failure ENABLE ROW LEVEL SECURITY;

--
-- Name: unit; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.unit ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.webhook ENABLE ROW LEVEL SECURITY;

--
-- Name: witness_answer; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.witness_answer ENABLE ROW LEVEL SECURITY;

--
-- Name: witness_seen; Type: ROW SECURITY; Schema: public; Owner: haechi_owner
--

ALTER TABLE public.witness_seen ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

GRANT ALL ON SCHEMA public TO haechi_owner;


--
-- Name: TABLE absence; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.absence TO haechi_app;


--
-- Name: TABLE access_log; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.access_log TO haechi_app;


--
-- Name: TABLE access_review; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.access_review TO haechi_app;


--
-- Name: TABLE account; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.account TO haechi_app;


--
-- Name: TABLE alert; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.alert TO haechi_app;


--
-- Name: TABLE api_token; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.api_token TO haechi_app;


--
-- Name: TABLE appointment; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.appointment TO haechi_app;


--
-- Name: TABLE attachment; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.attachment TO haechi_app;


--
-- Name: TABLE audit_checkpoint; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_checkpoint TO haechi_app;


--
-- Name: TABLE audit_cosignature; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_cosignature TO haechi_app;


--
-- Name: TABLE audit_event; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_event TO haechi_app;


--
-- Name: TABLE audit_hash; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_hash TO haechi_app;


--
-- Name: TABLE case_entry; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.case_entry TO haechi_app;


--
-- Name: TABLE case_file; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.case_file TO haechi_app;


--
-- Name: TABLE case_step; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.case_step TO haechi_app;


--
-- Name: TABLE exclusion; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.exclusion TO haechi_app;


--
-- Name: TABLE government; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.government TO haechi_app;


--
-- Name: TABLE idempotency; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.idempotency TO haechi_app;


--
-- Name: TABLE known_browser; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.known_browser TO haechi_app;


--
-- Name: TABLE message; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.message TO haechi_app;


--
-- Name: TABLE message_template; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.message_template TO haechi_app;


--
-- Name: TABLE one_time_link; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.one_time_link TO haechi_app;


--
-- Name: TABLE person; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.person TO haechi_app;


--
-- Name: TABLE recusal; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.recusal TO haechi_app;


--
-- Name: TABLE role_grant; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.role_grant TO haechi_app;


--
-- Name: TABLE role_request; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.role_request TO haechi_app;


--
-- Name: TABLE run; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT ON TABLE public.run TO haechi_app;


--
-- Name: TABLE seaql_migrations; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT ON TABLE public.seaql_migrations TO haechi_app;


--
-- Name: TABLE session; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO haechi_app;


--
-- Name: TABLE setting; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.setting TO haechi_app;


--
-- Name: TABLE sign_in_failure; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_failure TO haechi_app;


--
-- Name: TABLE unit; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.unit TO haechi_app;


--
-- Name: TABLE webhook; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.webhook TO haechi_app;


--
-- Name: TABLE witness_answer; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.witness_answer TO haechi_app;


--
-- Name: TABLE witness_seen; Type: ACL; Schema: public; Owner: haechi_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.witness_seen TO haechi_app;


--
-- PostgreSQL database dump complete
--


