SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.address (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    label character varying(20) NOT NULL,
    postal_code character varying(16),
    text text NOT NULL,
    valid_to timestamp with time zone,
    CONSTRAINT ck_address_label CHECK (((label)::text = ANY ((ARRAY['home'::character varying, 'work'::character varying, 'delivery'::character varying, 'billing'::character varying, 'other'::character varying])::text[])))
);
CREATE SEQUENCE public.address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.address_id_seq OWNED BY public.address.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.audit_log (
    id uuid NOT NULL,
    desk character varying(64) NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    operator_id bigint,
    action character varying(32) NOT NULL,
    table_name character varying(64),
    record_id text,
    why text,
    previous_hash character varying(64) NOT NULL,
    hash character varying(64) NOT NULL
);
CREATE TABLE public.call (
    id uuid NOT NULL,
    source text NOT NULL,
    source_id text NOT NULL,
    linked_id text,
    direction character varying(20) NOT NULL,
    number text,
    e164 bigint,
    extension character varying(20),
    name text,
    withheld character varying(20),
    dialled text,
    line text,
    diverted_from text,
    offered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_cause character varying(20),
    outcome character varying(20) NOT NULL,
    answered_by text,
    operator_id bigint,
    customer_id bigint,
    hold_ms integer,
    CONSTRAINT ck_call_direction CHECK (((direction)::text = ANY ((ARRAY['in'::character varying, 'out'::character varying, 'internal'::character varying])::text[]))),
    CONSTRAINT ck_call_end_cause CHECK (((end_cause)::text = ANY ((ARRAY['cancelled'::character varying, 'answered_elsewhere'::character varying, 'hung_up'::character varying, 'rejected'::character varying, 'busy'::character varying, 'timed_out'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT ck_call_outcome CHECK (((outcome)::text = ANY ((ARRAY['offered'::character varying, 'answered'::character varying, 'missed'::character varying, 'elsewhere'::character varying])::text[]))),
    CONSTRAINT ck_call_withheld CHECK (((withheld)::text = ANY ((ARRAY['anonymous'::character varying, 'payphone'::character varying, 'out_of_area'::character varying, 'service_conflict'::character varying])::text[])))
);
CREATE TABLE public.call_candidate (
    call_id uuid NOT NULL,
    rank integer NOT NULL,
    customer_id bigint NOT NULL,
    reason character varying(20) NOT NULL,
    is_chosen boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_call_candidate_reason CHECK (((reason)::text = ANY ((ARRAY['remembered'::character varying, 'extension'::character varying, 'exact'::character varying, 'household'::character varying, 'company'::character varying, 'switchboard'::character varying, 'suffix'::character varying, 'mentioned'::character varying, 'name'::character varying])::text[])))
);
CREATE TABLE public.call_event (
    id uuid NOT NULL,
    call_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    source text NOT NULL,
    facts text,
    CONSTRAINT ck_call_event_kind CHECK (((kind)::text = ANY ((ARRAY['offered'::character varying, 'answered'::character varying, 'caller_changed'::character varying, 'ended'::character varying])::text[])))
);
CREATE TABLE public.call_leg (
    id uuid NOT NULL,
    call_id uuid NOT NULL,
    who text NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_cause character varying(20),
    CONSTRAINT ck_call_leg_end_cause CHECK (((end_cause)::text = ANY ((ARRAY['cancelled'::character varying, 'answered_elsewhere'::character varying, 'hung_up'::character varying, 'rejected'::character varying, 'busy'::character varying, 'timed_out'::character varying, 'failed'::character varying])::text[])))
);
CREATE TABLE public.call_ref (
    source text NOT NULL,
    source_id text NOT NULL,
    call_id uuid NOT NULL
);
CREATE TABLE public.caution (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    reason text NOT NULL,
    created_by_id bigint,
    approved_by_id bigint,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone
);
CREATE SEQUENCE public.caution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.caution_id_seq OWNED BY public.caution.id;
CREATE TABLE public.company_link (
    company_id bigint NOT NULL,
    person_id bigint NOT NULL,
    role text
);
CREATE TABLE public.complaint (
    id bigint NOT NULL,
    complaint_no character varying(64) NOT NULL,
    customer_id bigint NOT NULL,
    category text NOT NULL,
    cause text,
    severity integer NOT NULL,
    state character varying(20) NOT NULL,
    product_id bigint,
    handler_id bigint,
    received_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    resolved_at timestamp with time zone,
    text text,
    resolution text,
    reopened_count integer DEFAULT 0 NOT NULL,
    version_id integer DEFAULT 1 NOT NULL,
    acknowledged_at timestamp with time zone,
    responded_at timestamp with time zone,
    verified_at timestamp with time zone,
    closed_at timestamp with time zone,
    CONSTRAINT ck_complaint_severity CHECK (((severity >= 1) AND (severity <= 5))),
    CONSTRAINT ck_complaint_state CHECK (((state)::text = ANY ((ARRAY['received'::character varying, 'acknowledged'::character varying, 'investigating'::character varying, 'responding'::character varying, 'resolved'::character varying, 'verified'::character varying, 'closed'::character varying])::text[])))
);
CREATE TABLE public.complaint_event (
    id uuid NOT NULL,
    complaint_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    operator_id bigint,
    from_state character varying(20),
    to_state character varying(20) NOT NULL,
    text text,
    CONSTRAINT ck_complaint_event_from_state CHECK (((from_state)::text = ANY ((ARRAY['received'::character varying, 'acknowledged'::character varying, 'investigating'::character varying, 'responding'::character varying, 'resolved'::character varying, 'verified'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_complaint_event_to_state CHECK (((to_state)::text = ANY ((ARRAY['received'::character varying, 'acknowledged'::character varying, 'investigating'::character varying, 'responding'::character varying, 'resolved'::character varying, 'verified'::character varying, 'closed'::character varying])::text[])))
);
CREATE SEQUENCE public.complaint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.complaint_id_seq OWNED BY public.complaint.id;
CREATE TABLE public.consent (
    id uuid NOT NULL,
    customer_id bigint NOT NULL,
    contact_point text,
    channel character varying(20) NOT NULL,
    purpose text NOT NULL,
    status character varying(20) NOT NULL,
    source text,
    operator_id bigint,
    at timestamp with time zone NOT NULL,
    CONSTRAINT ck_consent_channel CHECK (((channel)::text = ANY ((ARRAY['phone'::character varying, 'mail'::character varying, 'sns'::character varying, 'message'::character varying, 'visit'::character varying])::text[]))),
    CONSTRAINT ck_consent_status CHECK (((status)::text = ANY ((ARRAY['granted'::character varying, 'refused'::character varying, 'withdrawn'::character varying])::text[])))
);
CREATE TABLE public.customer (
    id bigint NOT NULL,
    customer_no character varying(64) NOT NULL,
    kind character varying(20) NOT NULL,
    name text NOT NULL,
    reading text,
    company text,
    rank character varying(20),
    lifecycle_stage character varying(20) NOT NULL,
    memo text,
    birth_date date,
    birth_precision character varying(20),
    language character varying(12) DEFAULT 'ja'::character varying NOT NULL,
    postal_code character varying(16),
    address text,
    email text,
    last_contact_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    merged_into_id bigint,
    erased_at timestamp with time zone,
    version_id integer DEFAULT 1 NOT NULL,
    preferred_channel character varying(20),
    CONSTRAINT ck_customer_birth_precision CHECK (((birth_precision)::text = ANY ((ARRAY['day'::character varying, 'month'::character varying, 'year'::character varying, 'no_year'::character varying])::text[]))),
    CONSTRAINT ck_customer_kind CHECK (((kind)::text = ANY ((ARRAY['person'::character varying, 'company'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT ck_customer_lifecycle_stage CHECK (((lifecycle_stage)::text = ANY ((ARRAY['prospect'::character varying, 'active'::character varying, 'loyal'::character varying, 'dormant'::character varying, 'former'::character varying])::text[]))),
    CONSTRAINT ck_customer_preferred_channel CHECK (((preferred_channel)::text = ANY ((ARRAY['phone'::character varying, 'mail'::character varying, 'sns'::character varying, 'message'::character varying, 'visit'::character varying])::text[])))
);
CREATE TABLE public.customer_attribute (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    def_id bigint NOT NULL,
    value text NOT NULL,
    source text,
    observed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.customer_attribute_def (
    id bigint NOT NULL,
    code character varying(64) NOT NULL,
    label_ja text NOT NULL,
    label_en text NOT NULL,
    value_type character varying(20) NOT NULL,
    sensitivity character varying(20) NOT NULL,
    purpose text,
    role text,
    "position" integer NOT NULL,
    CONSTRAINT ck_customer_attribute_def_sensitivity CHECK (((sensitivity)::text = ANY ((ARRAY['plain'::character varying, 'personal'::character varying, 'special'::character varying])::text[]))),
    CONSTRAINT ck_customer_attribute_def_value_type CHECK (((value_type)::text = ANY ((ARRAY['text'::character varying, 'number'::character varying, 'date'::character varying, 'choice'::character varying, 'yes_no'::character varying])::text[])))
);
CREATE SEQUENCE public.customer_attribute_def_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.customer_attribute_def_id_seq OWNED BY public.customer_attribute_def.id;
CREATE SEQUENCE public.customer_attribute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.customer_attribute_id_seq OWNED BY public.customer_attribute.id;
CREATE TABLE public.customer_handler (
    customer_id bigint NOT NULL,
    operator_id bigint NOT NULL,
    last_at timestamp with time zone NOT NULL,
    count integer NOT NULL,
    last_subject text
);
CREATE SEQUENCE public.customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.customer_id_seq OWNED BY public.customer.id;
CREATE TABLE public.customer_phone (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    phone_number_id bigint NOT NULL,
    extension character varying(20) DEFAULT ''::character varying NOT NULL,
    label character varying(20) NOT NULL,
    is_primary boolean DEFAULT false NOT NULL,
    confidence character varying(20) NOT NULL,
    valid_to timestamp with time zone,
    last_used_at timestamp with time zone,
    valid_from timestamp with time zone,
    source character varying(20),
    CONSTRAINT ck_customer_phone_confidence CHECK (((confidence)::text = ANY ((ARRAY['known'::character varying, 'maybe'::character varying, 'stale'::character varying])::text[]))),
    CONSTRAINT ck_customer_phone_label CHECK (((label)::text = ANY ((ARRAY['home'::character varying, 'mobile'::character varying, 'work'::character varying, 'main'::character varying, 'direct'::character varying, 'fax'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT ck_customer_phone_source CHECK (((source)::text = ANY ((ARRAY['operator'::character varying, 'import'::character varying, 'call'::character varying])::text[])))
);
CREATE SEQUENCE public.customer_phone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.customer_phone_id_seq OWNED BY public.customer_phone.id;
CREATE TABLE public.disposition (
    id bigint NOT NULL,
    parent_id bigint,
    code character varying(64) NOT NULL,
    label_ja text NOT NULL,
    label_en text NOT NULL,
    "position" integer NOT NULL,
    needs_note boolean DEFAULT false NOT NULL
);
CREATE SEQUENCE public.disposition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.disposition_id_seq OWNED BY public.disposition.id;
CREATE TABLE public.duplicate_pair (
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    decision character varying(20) NOT NULL,
    score double precision,
    operator_id bigint,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_duplicate_pair_decision CHECK (((decision)::text = ANY ((ARRAY['same'::character varying, 'not_same'::character varying])::text[]))),
    CONSTRAINT ck_duplicate_pair_order CHECK ((first_id < second_id))
);
CREATE TABLE public.erasure_request (
    id uuid NOT NULL,
    customer_no character varying(64) NOT NULL,
    suppression_hash character varying(64),
    operator_id bigint,
    requested_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    reason text
);
CREATE TABLE public.external_ref (
    system character varying(64) NOT NULL,
    external_id character varying(128) NOT NULL,
    customer_id bigint NOT NULL
);
CREATE TABLE public.follow_up (
    id uuid NOT NULL,
    customer_id bigint,
    call_id uuid,
    kind character varying(20) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    assignee_id bigint,
    text text,
    created_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    done_by_id bigint,
    version_id integer DEFAULT 1 NOT NULL,
    team text,
    attempts integer DEFAULT 0 NOT NULL,
    CONSTRAINT ck_follow_up_kind CHECK (((kind)::text = ANY ((ARRAY['callback'::character varying, 'send'::character varying, 'check'::character varying])::text[])))
);
CREATE TABLE public.household (
    id bigint NOT NULL,
    name text NOT NULL
);
CREATE SEQUENCE public.household_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.household_id_seq OWNED BY public.household.id;
CREATE TABLE public.household_member (
    household_id bigint NOT NULL,
    customer_id bigint NOT NULL,
    role character varying(20) NOT NULL,
    CONSTRAINT ck_household_member_role CHECK (((role)::text = ANY ((ARRAY['head'::character varying, 'partner'::character varying, 'child'::character varying, 'parent'::character varying, 'other'::character varying])::text[])))
);
CREATE TABLE public.import_batch (
    id bigint NOT NULL,
    batch_no character varying(32) NOT NULL,
    kind character varying(20) NOT NULL,
    file_name text NOT NULL,
    operator_id bigint,
    merged_at timestamp with time zone NOT NULL,
    created integer NOT NULL,
    updated integer NOT NULL,
    unchanged integer NOT NULL,
    skipped integer NOT NULL,
    refused integer NOT NULL,
    undone_at timestamp with time zone,
    undone_by_id bigint,
    CONSTRAINT ck_import_batch_kind CHECK (((kind)::text = ANY ((ARRAY['customers'::character varying, 'purchases'::character varying, 'complaints'::character varying, 'interactions'::character varying])::text[])))
);
CREATE SEQUENCE public.import_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.import_batch_id_seq OWNED BY public.import_batch.id;
CREATE TABLE public.import_range (
    batch_id bigint NOT NULL,
    table_name character varying(64) NOT NULL,
    first_id bigint NOT NULL,
    last_id bigint NOT NULL
);
CREATE TABLE public.import_row (
    batch_id bigint NOT NULL,
    table_name character varying(64) NOT NULL,
    record_id text NOT NULL,
    before text NOT NULL,
    after text NOT NULL
);
CREATE TABLE public.interaction (
    id uuid NOT NULL,
    customer_id bigint,
    call_id uuid,
    channel character varying(20) NOT NULL,
    direction character varying(20) NOT NULL,
    kind character varying(20) NOT NULL,
    subject text,
    excerpt text,
    handler_id bigint,
    disposition_id bigint,
    started_at timestamp with time zone NOT NULL,
    thread_id uuid,
    CONSTRAINT ck_interaction_channel CHECK (((channel)::text = ANY ((ARRAY['phone'::character varying, 'mail'::character varying, 'sns'::character varying, 'message'::character varying, 'visit'::character varying])::text[]))),
    CONSTRAINT ck_interaction_direction CHECK (((direction)::text = ANY ((ARRAY['in'::character varying, 'out'::character varying, 'internal'::character varying])::text[]))),
    CONSTRAINT ck_interaction_kind CHECK (((kind)::text = ANY ((ARRAY['inquiry'::character varying, 'order'::character varying, 'delivery'::character varying, 'return'::character varying, 'complaint'::character varying, 'callback'::character varying, 'notice'::character varying, 'other'::character varying])::text[])))
);
CREATE TABLE public.merge_log (
    id bigint NOT NULL,
    kept_id bigint NOT NULL,
    merged_id bigint NOT NULL,
    operator_id bigint,
    at timestamp with time zone NOT NULL,
    moved text NOT NULL,
    undone_at timestamp with time zone,
    undone_by_id bigint
);
CREATE SEQUENCE public.merge_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.merge_log_id_seq OWNED BY public.merge_log.id;
CREATE TABLE public.note (
    id uuid NOT NULL,
    call_id uuid,
    customer_id bigint,
    kind character varying(20) NOT NULL,
    operator_id bigint,
    created_at timestamp with time zone NOT NULL,
    version_id integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_note_kind CHECK (((kind)::text = ANY ((ARRAY['body'::character varying, 'handover'::character varying, 'resolution'::character varying, 'pinned'::character varying])::text[])))
);
CREATE TABLE public.note_revision (
    id uuid NOT NULL,
    note_id uuid NOT NULL,
    number integer NOT NULL,
    text text NOT NULL,
    operator_id bigint,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.number_choice (
    e164 bigint NOT NULL,
    extension character varying(20) DEFAULT ''::character varying NOT NULL,
    customer_id bigint NOT NULL,
    operator_id bigint,
    chosen_at timestamp with time zone NOT NULL
);
CREATE TABLE public.number_range (
    id bigint NOT NULL,
    first_e164 bigint NOT NULL,
    last_e164 bigint NOT NULL,
    customer_id bigint NOT NULL,
    note text,
    CONSTRAINT ck_number_range_order CHECK ((first_e164 <= last_e164))
);
CREATE SEQUENCE public.number_range_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.number_range_id_seq OWNED BY public.number_range.id;
CREATE TABLE public.operator (
    id bigint NOT NULL,
    login character varying(64) NOT NULL,
    name text NOT NULL,
    extension character varying(20)
);
CREATE SEQUENCE public.operator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.operator_id_seq OWNED BY public.operator.id;
CREATE TABLE public.phone_number (
    id bigint NOT NULL,
    e164 bigint,
    raw character varying(250) NOT NULL,
    digits_rev bigint,
    kind character varying(20) NOT NULL,
    is_shared boolean DEFAULT false NOT NULL,
    block_state character varying(20),
    block_reason text,
    blocked_by_id bigint,
    blocked_until timestamp with time zone,
    CONSTRAINT ck_phone_number_block_state CHECK (((block_state)::text = ANY ((ARRAY['warned'::character varying, 'blocked'::character varying])::text[]))),
    CONSTRAINT ck_phone_number_kind CHECK (((kind)::text = ANY ((ARRAY['fixed'::character varying, 'mobile'::character varying, 'voip'::character varying, 'toll_free'::character varying, 'premium'::character varying, 'uan'::character varying, 'm2m'::character varying, 'extension'::character varying, 'special'::character varying, 'international'::character varying, 'unknown'::character varying])::text[])))
);
CREATE SEQUENCE public.phone_number_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.phone_number_id_seq OWNED BY public.phone_number.id;
CREATE TABLE public.product (
    id bigint NOT NULL,
    code character varying(64) NOT NULL,
    name text NOT NULL
);
CREATE SEQUENCE public.product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.product_id_seq OWNED BY public.product.id;
CREATE TABLE public.purchase (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    order_no character varying(64) NOT NULL,
    ordered_at timestamp with time zone NOT NULL,
    state character varying(20) NOT NULL,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    returned_purchase_id bigint,
    channel text,
    CONSTRAINT ck_purchase_state CHECK (((state)::text = ANY ((ARRAY['ordered'::character varying, 'shipping'::character varying, 'completed'::character varying, 'returned'::character varying, 'cancelled'::character varying])::text[])))
);
CREATE SEQUENCE public.purchase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.purchase_id_seq OWNED BY public.purchase.id;
CREATE TABLE public.purchase_item (
    id bigint NOT NULL,
    purchase_id bigint NOT NULL,
    "position" integer NOT NULL,
    product_id bigint,
    name text NOT NULL,
    quantity integer NOT NULL,
    amount bigint NOT NULL,
    unit_price bigint,
    tax_rate integer
);
CREATE SEQUENCE public.purchase_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.purchase_item_id_seq OWNED BY public.purchase_item.id;
CREATE TABLE public.retention_rule (
    id bigint NOT NULL,
    subject character varying(64) NOT NULL,
    keep_days integer NOT NULL,
    reason text,
    CONSTRAINT ck_retention_rule_keep_days CHECK ((keep_days > 0))
);
CREATE SEQUENCE public.retention_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.retention_rule_id_seq OWNED BY public.retention_rule.id;
ALTER TABLE ONLY public.address ALTER COLUMN id SET DEFAULT nextval('public.address_id_seq'::regclass);
ALTER TABLE ONLY public.caution ALTER COLUMN id SET DEFAULT nextval('public.caution_id_seq'::regclass);
ALTER TABLE ONLY public.complaint ALTER COLUMN id SET DEFAULT nextval('public.complaint_id_seq'::regclass);
ALTER TABLE ONLY public.customer ALTER COLUMN id SET DEFAULT nextval('public.customer_id_seq'::regclass);
ALTER TABLE ONLY public.customer_attribute ALTER COLUMN id SET DEFAULT nextval('public.customer_attribute_id_seq'::regclass);
ALTER TABLE ONLY public.customer_attribute_def ALTER COLUMN id SET DEFAULT nextval('public.customer_attribute_def_id_seq'::regclass);
ALTER TABLE ONLY public.customer_phone ALTER COLUMN id SET DEFAULT nextval('public.customer_phone_id_seq'::regclass);
ALTER TABLE ONLY public.disposition ALTER COLUMN id SET DEFAULT nextval('public.disposition_id_seq'::regclass);
ALTER TABLE ONLY public.household ALTER COLUMN id SET DEFAULT nextval('public.household_id_seq'::regclass);
ALTER TABLE ONLY public.import_batch ALTER COLUMN id SET DEFAULT nextval('public.import_batch_id_seq'::regclass);
ALTER TABLE ONLY public.merge_log ALTER COLUMN id SET DEFAULT nextval('public.merge_log_id_seq'::regclass);
ALTER TABLE ONLY public.number_range ALTER COLUMN id SET DEFAULT nextval('public.number_range_id_seq'::regclass);
ALTER TABLE ONLY public.operator ALTER COLUMN id SET DEFAULT nextval('public.operator_id_seq'::regclass);
ALTER TABLE ONLY public.phone_number ALTER COLUMN id SET DEFAULT nextval('public.phone_number_id_seq'::regclass);
ALTER TABLE ONLY public.product ALTER COLUMN id SET DEFAULT nextval('public.product_id_seq'::regclass);
ALTER TABLE ONLY public.purchase ALTER COLUMN id SET DEFAULT nextval('public.purchase_id_seq'::regclass);
ALTER TABLE ONLY public.purchase_item ALTER COLUMN id SET DEFAULT nextval('public.purchase_item_id_seq'::regclass);
ALTER TABLE ONLY public.retention_rule ALTER COLUMN id SET DEFAULT nextval('public.retention_rule_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0002');
INSERT INTO public.call VALUES ('01a1fc84-bd00-7007-8000-000000000007', 'desk phone', 'abc', NULL, 'in', '090-1234-5678', 819012345678, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-21 05:12:00+00', '2026-11-21 05:12:00+00', NULL, NULL, 'answered', NULL, 1, 1, NULL);
INSERT INTO public.call_candidate VALUES ('01a1fc84-bd00-7007-8000-000000000007', 1, 1, 'exact', true);
INSERT INTO public.call_leg VALUES ('01a1fc84-bd00-7008-8000-000000000008', '01a1fc84-bd00-7007-8000-000000000007', 'sato', '2026-11-21 05:12:00+00', '2026-11-21 05:12:00+00', NULL, NULL);
INSERT INTO public.company_link VALUES (2, 3, '総務部');
INSERT INTO public.company_link VALUES (2, 4, '購買部');
INSERT INTO public.company_link VALUES (2, 5, '営業部 部長');
INSERT INTO public.company_link VALUES (16, 17, '担当');
INSERT INTO public.company_link VALUES (16, 18, '担当');
INSERT INTO public.company_link VALUES (19, 20, '担当');
INSERT INTO public.company_link VALUES (19, 21, '担当');
INSERT INTO public.company_link VALUES (22, 23, '担当');
INSERT INTO public.company_link VALUES (22, 24, '担当');
INSERT INTO public.company_link VALUES (25, 26, '担当');
INSERT INTO public.company_link VALUES (25, 27, '担当');
INSERT INTO public.company_link VALUES (28, 29, '担当');
INSERT INTO public.company_link VALUES (28, 30, '担当');
INSERT INTO public.company_link VALUES (31, 32, '担当');
INSERT INTO public.company_link VALUES (31, 33, '担当');
INSERT INTO public.company_link VALUES (34, 35, '担当');
INSERT INTO public.company_link VALUES (34, 36, '担当');
INSERT INTO public.company_link VALUES (37, 38, '担当');
INSERT INTO public.company_link VALUES (37, 39, '担当');
INSERT INTO public.company_link VALUES (40, 41, '担当');
INSERT INTO public.company_link VALUES (40, 42, '担当');
INSERT INTO public.company_link VALUES (43, 44, '担当');
INSERT INTO public.company_link VALUES (43, 45, '担当');
INSERT INTO public.company_link VALUES (46, 47, '担当');
INSERT INTO public.company_link VALUES (46, 48, '担当');
INSERT INTO public.complaint VALUES (1, '12', 1, '配送遅延', NULL, 3, 'investigating', NULL, 1, '2026-11-18 05:12:00+00', '2026-11-25 05:12:00+00', NULL, '約束の羽毛布団が届かない。運送会社に荷物の所在を確認中。', NULL, 0, 1, NULL, NULL, NULL, NULL);
INSERT INTO public.complaint VALUES (2, '7', 1, '品質', NULL, 2, 'closed', NULL, 2, '2026-05-29 05:12:00+00', '2026-06-05 05:12:00+00', '2026-06-04 05:12:00+00', '敷きパッドの縫い目がほつれた。', '返品を承り、全額を返金した。', 0, 1, NULL, NULL, NULL, NULL);
INSERT INTO public.complaint VALUES (3, '3', 1, '応対', NULL, 1, 'closed', NULL, 3, '2024-12-19 05:12:00+00', '2024-12-26 05:12:00+00', '2024-12-21 05:12:00+00', '折り返しの電話がなかった。', '責任者からおわびした。', 0, 1, NULL, NULL, NULL, NULL);
INSERT INTO public.complaint VALUES (4, '15', 10, '誤配送', NULL, 2, 'resolved', NULL, 1, '2026-10-22 05:12:00+00', '2026-10-29 05:12:00+00', '2026-10-26 05:12:00+00', 'Wrong colour was delivered.', 'Replaced free of charge.', 0, 1, NULL, NULL, NULL, NULL);
INSERT INTO public.complaint VALUES (5, '111', 11, '配送遅延', NULL, 2, 'responding', NULL, 1, '2026-09-06 20:47:49.369878+00', '2026-09-13 20:47:49.369878+00', NULL, '約束の日を過ぎても届かない。', NULL, 0, 1, NULL, NULL, NULL, NULL);
INSERT INTO public.complaint VALUES (6, '116', 16, '請求', NULL, 2, 'closed', NULL, 1, '2026-10-14 09:07:40.388318+00', '2026-10-21 09:07:40.388318+00', '2026-10-16 09:07:40.388318+00', '二重に請求されている。', '一件を取り消し、明細を送り直した。', 0, 1, NULL, NULL, NULL, NULL);
INSERT INTO public.complaint_event VALUES ('01a1ed11-a900-747e-b284-61e0593942a4', 1, '2026-11-18 05:12:00+00', 1, NULL, 'investigating', NULL);
INSERT INTO public.complaint_event VALUES ('019e7225-7d00-79bf-9599-c2c51509bb0a', 2, '2026-05-29 05:12:00+00', 1, NULL, 'closed', NULL);
INSERT INTO public.complaint_event VALUES ('0193dd54-7500-712e-bd7b-14bb01088475', 3, '2024-12-19 05:12:00+00', 1, NULL, 'closed', NULL);
INSERT INTO public.complaint_event VALUES ('01a16205-f500-784c-abf6-0e34c7f336da', 4, '2026-10-22 05:12:00+00', 1, NULL, 'resolved', NULL);
INSERT INTO public.complaint_event VALUES ('01a0787a-3279-7a28-a144-cfff814afde8', 5, '2026-09-06 20:47:49.369878+00', 1, NULL, 'responding', NULL);
INSERT INTO public.complaint_event VALUES ('01a139aa-d8e4-76b0-9de7-31ffb65fcd37', 6, '2026-10-14 09:07:40.388318+00', 1, NULL, 'closed', NULL);
INSERT INTO public.customer VALUES (2, 'C-000002', 'company', '青空商事株式会社', 'アオゾラショウジ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '530-0001', '大阪府大阪市北区梅田2-5-1 青空ビル 4階', 'info@aozora.example.jp', '2026-11-15 05:12:00+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (3, 'C-000003', 'person', '山﨑 健太', 'ヤマザキ ケンタ', '青空商事株式会社', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, '大阪府大阪市北区梅田2-5-1', NULL, '2026-08-02 05:12:00+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (4, 'C-000004', 'person', '𠮷田 愛', 'ヨシダ アイ', '青空商事株式会社', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, '大阪府大阪市北区梅田2-5-1', NULL, '2026-08-01 05:12:00+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (5, 'C-000005', 'person', '渡邉 隆', 'ワタナベ タカシ', '青空商事株式会社', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, '大阪府大阪市北区梅田2-5-1', NULL, '2026-07-19 05:12:00+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (6, 'C-000006', 'person', '田中 誠', 'タナカ マコト', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '180-0004', '東京都武蔵野市吉祥寺本町2-8-15', NULL, '2026-09-21 05:12:00+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (7, 'C-000007', 'person', '田中 由美子', 'タナカ ユミコ', NULL, 'A', 'active', '午前中のご連絡を希望', NULL, NULL, 'ja', '180-0004', '東京都武蔵野市吉祥寺本町2-8-15', NULL, '2026-11-07 05:12:00+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (8, 'C-000008', 'person', '田中 結衣', 'タナカ ユイ', NULL, NULL, 'active', NULL, NULL, NULL, 'ja', '180-0004', '東京都武蔵野市吉祥寺本町2-8-15', NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (9, 'C-000009', 'person', '佐藤 花子', 'サトウ ハナコ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '190-0012', '東京都立川市曙町1-4-9', NULL, '2026-11-12 05:12:00+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (10, 'C-000010', 'person', 'Emily Carter', 'エミリー カーター', NULL, 'A', 'active', 'English, please. Ask for the delivery time slot.', NULL, NULL, 'en', NULL, '鹿児島県鹿児島市山下町4-1', 'emily.carter@example.com', '2026-11-01 05:12:00+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (11, 'C-000011', 'person', '佐藤 文子', 'サトウ フミコ', NULL, 'B', 'active', NULL, '1997-02-27', 'day', 'ja', '060-0001', '北海道札幌市中央区北1条西8-8', NULL, '2026-02-08 12:04:19.167428+00', '2020-01-22 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (12, 'C-000012', 'person', '佐藤 由美子', 'サトウ ユミコ', NULL, NULL, 'active', NULL, NULL, NULL, 'ja', '060-0001', '北海道札幌市中央区北1条西8-8', NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (13, 'C-000013', 'person', '渡邉 さくら', 'ワタナベ サクラ', NULL, 'A', 'loyal', NULL, '1941-06-18', 'day', 'ja', '180-0004', '東京都武蔵野市吉祥寺本町7-10', NULL, '2026-10-21 11:23:53.896757+00', '2020-04-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (14, 'C-000014', 'person', '山田 健一', 'ヤマダ ケンイチ', NULL, 'B', 'active', 'ご家族が出ることが多い。本人確認を', '1968-01-15', 'day', 'ja', '530-0001', '大阪府大阪市北区梅田9-4', NULL, '2026-09-24 07:06:53.894048+00', '2020-09-27 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (15, 'C-000015', 'person', '斎藤 明美', 'サイトウ アケミ', NULL, 'C', 'loyal', NULL, '1963-11-05', 'day', 'ja', '460-0001', '愛知県名古屋市中区三の丸6-26', NULL, '2026-08-11 00:09:16.628404+00', '2020-10-19 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (16, 'C-000016', 'company', '株式会社みどり工務店', 'ミドリコウムテン', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '460-0001', '愛知県名古屋市中区三の丸5-28', NULL, '2026-07-30 22:32:09.893733+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (17, 'C-000017', 'person', '小林 美穂', 'コバヤシ ミホ', '株式会社みどり工務店', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (18, 'C-000018', 'person', '山﨑 智子', 'ヤマザキ トモコ', '株式会社みどり工務店', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (19, 'C-000019', 'company', '有限会社丸山酒店', 'マルヤマサケテン', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '810-0001', '福岡県福岡市中央区天神6-24', NULL, '2026-09-01 09:38:10.925929+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (20, 'C-000020', 'person', '長谷川 誠', 'ハセガワ マコト', '有限会社丸山酒店', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (21, 'C-000021', 'person', '勅使河原 和子', 'テシガワラ カズコ', '有限会社丸山酒店', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (22, 'C-000022', 'company', 'ひかり旅館', 'ヒカリリョカン', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '810-0001', '福岡県福岡市中央区天神3-21', NULL, '2026-11-10 11:17:54.37633+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (23, 'C-000023', 'person', '藤田 大輔', 'フジタ ダイスケ', 'ひかり旅館', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (24, 'C-000024', 'person', '石井 文子', 'イシイ フミコ', 'ひかり旅館', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (25, 'C-000025', 'company', '社会福祉法人つばさ会', 'ツバサカイ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '892-0816', '鹿児島県鹿児島市山下町7-24', NULL, '2026-08-28 05:33:31.359024+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (26, 'C-000026', 'person', '東海林 一', 'ショウジ ハジメ', '社会福祉法人つばさ会', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (27, 'C-000027', 'person', '佐藤 亮', 'サトウ リョウ', '社会福祉法人つばさ会', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (28, 'C-000028', 'company', '株式会社北斗運輸', 'ホクトウンユ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '100-0101', '東京都大島町元町8-25', NULL, '2026-11-08 12:34:52.27232+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (29, 'C-000029', 'person', '原田 翔太', 'ハラダ ショウタ', '株式会社北斗運輸', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (30, 'C-000030', 'person', '鈴木 陽子', 'スズキ ヨウコ', '株式会社北斗運輸', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (31, 'C-000031', 'company', 'ホテルさざなみ', 'ホテルサザナミ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '190-0012', '東京都立川市曙町9-8', NULL, '2026-10-24 11:24:23.980117+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (32, 'C-000032', 'person', '田村 智子', 'タムラ トモコ', 'ホテルさざなみ', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (33, 'C-000033', 'person', '藤井 和子', 'フジイ カズコ', 'ホテルさざなみ', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (34, 'C-000034', 'company', '合同会社コトノハ', 'コトノハ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '460-0001', '愛知県名古屋市中区三の丸5-22', NULL, '2026-09-01 22:16:37.824688+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (35, 'C-000035', 'person', '木村 明美', 'キムラ アケミ', '合同会社コトノハ', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (36, 'C-000036', 'person', '斎藤 美咲', 'サイトウ ミサキ', '合同会社コトノハ', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (37, 'C-000037', 'company', '医療法人社団やまびこ内科', 'ヤマビコナイカ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '015-0072', '秋田県由利本荘市裏尾崎町7-4', NULL, '2026-06-03 10:12:17.709665+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (38, 'C-000038', 'person', '小林 幸子', 'コバヤシ サチコ', '医療法人社団やまびこ内科', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (39, 'C-000039', 'person', '遠藤 久美子', 'エンドウ クミコ', '医療法人社団やまびこ内科', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (40, 'C-000040', 'company', '株式会社朝日屋', 'アサヒヤ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '810-0001', '福岡県福岡市中央区天神4-18', NULL, '2026-08-13 12:23:07.160993+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (41, 'C-000041', 'person', '渡邊 和子', 'ワタナベ カズコ', '株式会社朝日屋', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (42, 'C-000042', 'person', '後藤 恵子', 'ゴトウ ケイコ', '株式会社朝日屋', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (43, 'C-000043', 'company', '民宿はまゆう', 'ミンシュクハマユウ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '250-0408', '神奈川県足柄下郡箱根町強羅8-22', NULL, '2026-10-01 02:31:25.595449+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (44, 'C-000044', 'person', '山口 蓮', 'ヤマグチ レン', '民宿はまゆう', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (45, 'C-000045', 'person', '中村 一', 'ナカムラ ハジメ', '民宿はまゆう', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (46, 'C-000046', 'company', '一般財団法人関東甲信越広域生活文化環境振興センター東京事務所総務部資材調達課', 'カントウコウシンエツコウイキセイカツブンカカンキョウシンコウセンタートウキョウジムショ', NULL, 'B', 'active', NULL, NULL, NULL, 'ja', '460-0001', '愛知県名古屋市中区三の丸2-15', NULL, '2024-06-27 05:37:27.548247+00', '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (47, 'C-000047', 'person', '石川 文子', 'イシカワ フミコ', '一般財団法人関東甲信越広域生活文化環境振興センター東京事務所総務部資材調達課', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (48, 'C-000048', 'person', '岡田 健一', 'オカダ ケンイチ', '一般財団法人関東甲信越広域生活文化環境振興センター東京事務所総務部資材調達課', NULL, 'active', NULL, NULL, NULL, 'ja', NULL, NULL, NULL, NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (49, 'C-000049', 'person', 'John Smith', NULL, NULL, NULL, 'active', NULL, NULL, NULL, 'en', NULL, NULL, 'guest0@example.com', NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (50, 'C-000050', 'person', 'María García', NULL, NULL, NULL, 'active', NULL, NULL, NULL, 'en', NULL, NULL, 'guest1@example.com', NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (51, 'C-000051', 'person', 'Nguyễn Thị Lan', NULL, NULL, NULL, 'active', NULL, NULL, NULL, 'en', NULL, NULL, 'guest2@example.com', NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (52, 'C-000052', 'person', 'Kim Min-jun', NULL, NULL, NULL, 'active', NULL, NULL, NULL, 'en', NULL, NULL, 'guest3@example.com', NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (53, 'C-000053', 'person', 'Olivia O''Brien', NULL, NULL, NULL, 'active', NULL, NULL, NULL, 'en', NULL, NULL, 'guest4@example.com', NULL, '2024-06-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer VALUES (1, 'C-000001', 'person', '髙橋 一郎', 'タカハシ イチロウ', NULL, 'A', 'loyal', 'ゆっくり大きな声で', '1951-04-12', 'day', 'ja', '100-0013', '東京都千代田区霞が関1-2-3', 'ichiro.takahashi@example.jp', '2026-11-21 05:12:00+00', '2020-08-04 05:12:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.customer_handler VALUES (15, 3, '2026-08-11 00:09:16.628404+00', 5, '電話での注文');
INSERT INTO public.customer_handler VALUES (16, 1, '2026-01-02 12:30:02.325916+00', 4, '支払い方法');
INSERT INTO public.customer_handler VALUES (19, 3, '2024-12-16 18:13:47.373779+00', 2, '注文の変更');
INSERT INTO public.customer_handler VALUES (46, 2, '2024-06-27 05:37:27.548247+00', 1, '注文の変更');
INSERT INTO public.customer_handler VALUES (16, 3, '2025-11-17 21:12:37.808015+00', 2, '商品について');
INSERT INTO public.customer_handler VALUES (14, 2, '2026-09-24 07:06:53.894048+00', 3, '電話での注文');
INSERT INTO public.customer_handler VALUES (16, 2, '2026-03-14 20:57:09.082278+00', 3, '返品の相談');
INSERT INTO public.customer_handler VALUES (28, 2, '2026-10-25 23:53:52.306468+00', 4, '電話での注文');
INSERT INTO public.customer_handler VALUES (37, 1, '2025-08-29 03:59:01.656593+00', 4, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (31, 1, '2026-05-04 10:58:49.521683+00', 3, '折り返し');
INSERT INTO public.customer_handler VALUES (34, 1, '2024-09-09 18:36:42.233833+00', 1, '支払い方法');
INSERT INTO public.customer_handler VALUES (11, 4, '2025-08-01 04:22:02.135946+00', 2, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (37, 3, '2026-05-12 05:58:01.133342+00', 2, '支払い方法');
INSERT INTO public.customer_handler VALUES (34, 4, '2026-09-01 22:16:37.824688+00', 3, '支払い方法');
INSERT INTO public.customer_handler VALUES (22, 4, '2026-04-21 05:48:21.475677+00', 2, '商品について');
INSERT INTO public.customer_handler VALUES (25, 2, '2026-08-28 05:33:31.359024+00', 3, '電話での注文');
INSERT INTO public.customer_handler VALUES (11, 3, '2026-02-08 12:04:19.167428+00', 3, '注文の変更');
INSERT INTO public.customer_handler VALUES (31, 2, '2026-10-24 11:24:23.980117+00', 3, '折り返し');
INSERT INTO public.customer_handler VALUES (22, 3, '2026-03-23 23:08:46.395648+00', 2, '返品の相談');
INSERT INTO public.customer_handler VALUES (43, 2, '2025-01-16 08:07:49.358081+00', 1, '注文の変更');
INSERT INTO public.customer_handler VALUES (40, 3, '2025-12-20 21:37:34.821036+00', 2, '返品の相談');
INSERT INTO public.customer_handler VALUES (43, 3, '2026-10-01 02:31:25.595449+00', 3, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (19, 4, '2025-11-22 03:06:23.928442+00', 2, '返品の相談');
INSERT INTO public.customer_handler VALUES (43, 4, '2025-11-14 03:30:23.202803+00', 2, '注文の変更');
INSERT INTO public.customer_handler VALUES (28, 4, '2025-09-03 10:21:14.532912+00', 2, '返品の相談');
INSERT INTO public.customer_handler VALUES (31, 3, '2025-08-16 15:35:01.171981+00', 2, '電話での注文');
INSERT INTO public.customer_handler VALUES (34, 2, '2026-03-21 20:26:48.601244+00', 4, '電話での注文');
INSERT INTO public.customer_handler VALUES (14, 4, '2026-04-02 08:07:39.598102+00', 2, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (25, 4, '2026-02-22 10:44:59.667025+00', 4, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (25, 3, '2026-07-13 02:12:46.644819+00', 2, '電話での注文');
INSERT INTO public.customer_handler VALUES (13, 3, '2025-07-11 08:19:54.824023+00', 1, '折り返し');
INSERT INTO public.customer_handler VALUES (28, 1, '2025-07-31 12:42:24.093153+00', 1, '返品の相談');
INSERT INTO public.customer_handler VALUES (1, 2, '2026-11-19 05:12:00+00', 3, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (25, 1, '2025-10-15 21:46:00.537369+00', 1, '注文の変更');
INSERT INTO public.customer_handler VALUES (22, 1, '2026-05-25 22:07:39.785093+00', 2, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (11, 1, '2026-02-06 12:22:52.16031+00', 1, '注文の変更');
INSERT INTO public.customer_handler VALUES (13, 4, '2026-02-09 18:42:46.469171+00', 1, '商品について');
INSERT INTO public.customer_handler VALUES (13, 2, '2026-03-03 01:20:29.661336+00', 1, '支払い方法');
INSERT INTO public.customer_handler VALUES (31, 4, '2026-03-24 17:46:34.872788+00', 1, '返品の相談');
INSERT INTO public.customer_handler VALUES (14, 1, '2026-04-14 19:28:19.22275+00', 1, '商品について');
INSERT INTO public.customer_handler VALUES (13, 1, '2026-10-21 11:23:53.896757+00', 2, '電話での注文');
INSERT INTO public.customer_handler VALUES (43, 1, '2026-04-22 11:59:07.165333+00', 1, '注文の変更');
INSERT INTO public.customer_handler VALUES (40, 2, '2026-05-03 07:13:17.718046+00', 1, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (37, 4, '2026-06-03 10:12:17.709665+00', 1, '注文の変更');
INSERT INTO public.customer_handler VALUES (22, 2, '2026-11-10 11:17:54.37633+00', 2, '電話での注文');
INSERT INTO public.customer_handler VALUES (5, 4, '2026-07-19 05:12:00+00', 1, '見積もり');
INSERT INTO public.customer_handler VALUES (15, 4, '2026-07-26 04:55:03.171654+00', 1, '返品の相談');
INSERT INTO public.customer_handler VALUES (16, 4, '2026-07-30 22:32:09.893733+00', 1, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (4, 4, '2026-08-01 05:12:00+00', 1, '見積もり');
INSERT INTO public.customer_handler VALUES (3, 4, '2026-08-02 05:12:00+00', 1, '見積もり');
INSERT INTO public.customer_handler VALUES (40, 4, '2026-08-13 12:23:07.160993+00', 1, '電話での注文');
INSERT INTO public.customer_handler VALUES (19, 2, '2026-09-01 09:38:10.925929+00', 1, '返品の相談');
INSERT INTO public.customer_handler VALUES (6, 2, '2026-09-21 05:12:00+00', 1, '電話での注文');
INSERT INTO public.customer_handler VALUES (10, 1, '2026-11-01 05:12:00+00', 1, 'Delivery time');
INSERT INTO public.customer_handler VALUES (7, 3, '2026-11-07 05:12:00+00', 1, '商品について');
INSERT INTO public.customer_handler VALUES (28, 3, '2026-11-08 12:34:52.27232+00', 1, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (9, 4, '2026-11-12 05:12:00+00', 1, '配送の問い合わせ');
INSERT INTO public.customer_handler VALUES (2, 4, '2026-11-15 05:12:00+00', 1, '電話での注文');
INSERT INTO public.customer_handler VALUES (1, 1, '2026-11-21 05:12:00+00', 9, '配送の件。明日また電話する。');
INSERT INTO public.customer_phone VALUES (1, 1, 1, '', 'home', true, 'known', NULL, '2026-11-19 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (2, 1, 2, '', 'mobile', false, 'known', NULL, '2026-08-22 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (3, 2, 3, '', 'main', true, 'known', NULL, '2026-10-12 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (4, 3, 3, '101', 'work', true, 'known', NULL, '2026-05-03 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (5, 4, 3, '102', 'work', true, 'known', NULL, '2026-06-13 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (6, 5, 3, '115', 'work', true, 'known', NULL, '2026-08-19 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (7, 6, 4, '', 'home', true, 'known', NULL, '2026-01-28 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (8, 7, 4, '', 'home', true, 'known', NULL, '2026-05-02 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (9, 7, 5, '', 'mobile', false, 'known', NULL, '2026-05-12 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (10, 8, 6, '', 'mobile', true, 'known', NULL, '2026-03-20 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (11, 9, 7, '', 'home', true, 'known', NULL, '2026-02-15 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (12, 10, 8, '', 'mobile', true, 'known', NULL, '2026-01-31 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (13, 11, 9, '', 'home', true, 'known', NULL, '2026-07-14 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (14, 12, 9, '', 'home', true, 'known', NULL, '2026-10-30 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (15, 13, 10, '', 'mobile', true, 'known', NULL, '2026-05-23 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (16, 14, 11, '', 'mobile', true, 'known', NULL, '2026-06-19 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (17, 14, 12, '', 'home', false, 'known', NULL, '2026-03-02 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (18, 15, 13, '', 'home', true, 'known', NULL, '2026-02-05 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (19, 16, 14, '', 'main', true, 'known', NULL, '2026-02-02 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (20, 17, 14, '11', 'work', true, 'known', NULL, '2026-03-30 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (21, 18, 14, '12', 'work', true, 'known', NULL, '2026-11-04 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (22, 19, 15, '', 'main', true, 'known', NULL, '2026-10-26 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (23, 20, 15, '11', 'work', true, 'known', NULL, '2026-06-05 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (24, 21, 15, '12', 'work', true, 'known', NULL, '2026-05-11 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (25, 22, 16, '', 'main', true, 'known', NULL, '2026-11-11 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (26, 23, 16, '11', 'work', true, 'known', NULL, '2026-03-26 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (27, 24, 16, '12', 'work', true, 'known', NULL, '2026-01-25 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (28, 25, 17, '', 'main', true, 'known', NULL, '2026-03-30 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (29, 26, 17, '11', 'work', true, 'known', NULL, '2026-09-12 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (30, 27, 17, '12', 'work', true, 'known', NULL, '2026-05-03 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (31, 28, 18, '', 'main', true, 'known', NULL, '2026-10-09 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (32, 29, 18, '11', 'work', true, 'known', NULL, '2026-11-16 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (33, 30, 18, '12', 'work', true, 'known', NULL, '2026-04-28 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (34, 31, 19, '', 'main', true, 'known', NULL, '2026-03-11 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (35, 32, 19, '11', 'work', true, 'known', NULL, '2026-07-31 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (36, 33, 19, '12', 'work', true, 'known', NULL, '2026-09-25 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (37, 34, 20, '', 'main', true, 'known', NULL, '2026-08-04 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (38, 35, 20, '11', 'work', true, 'known', NULL, '2026-10-22 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (39, 36, 20, '12', 'work', true, 'known', NULL, '2026-08-28 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (40, 37, 21, '', 'main', true, 'known', NULL, '2026-07-07 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (41, 38, 21, '11', 'work', true, 'known', NULL, '2026-08-31 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (42, 39, 21, '12', 'work', true, 'known', NULL, '2026-09-09 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (43, 40, 22, '', 'main', true, 'known', NULL, '2026-04-18 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (44, 41, 22, '11', 'work', true, 'known', NULL, '2026-04-13 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (45, 42, 22, '12', 'work', true, 'known', NULL, '2026-03-04 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (46, 43, 23, '', 'main', true, 'known', NULL, '2026-08-21 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (47, 44, 23, '11', 'work', true, 'known', NULL, '2026-10-07 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (48, 45, 23, '12', 'work', true, 'known', NULL, '2026-03-12 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (49, 46, 24, '', 'main', true, 'known', NULL, '2026-08-20 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (50, 47, 24, '11', 'work', true, 'known', NULL, '2026-05-11 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (51, 48, 24, '12', 'work', true, 'known', NULL, '2026-08-07 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (52, 49, 25, '', 'mobile', true, 'known', NULL, '2026-03-31 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (53, 50, 26, '', 'mobile', true, 'known', NULL, '2026-11-10 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (54, 51, 27, '', 'mobile', true, 'known', NULL, '2026-09-29 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (55, 52, 28, '', 'mobile', true, 'known', NULL, '2026-04-01 05:12:00+00', NULL, NULL);
INSERT INTO public.customer_phone VALUES (56, 53, 29, '', 'mobile', true, 'known', NULL, '2026-05-10 05:12:00+00', NULL, NULL);
INSERT INTO public.disposition VALUES (1, NULL, 'inquiry', '問い合わせ', 'Inquiry', 1, false);
INSERT INTO public.disposition VALUES (2, 1, 'inquiry.delivery', '配送', 'Delivery', 2, false);
INSERT INTO public.disposition VALUES (3, 1, 'inquiry.product', '商品', 'Product', 3, false);
INSERT INTO public.disposition VALUES (4, 1, 'inquiry.payment', '支払い', 'Payment', 4, false);
INSERT INTO public.disposition VALUES (5, 1, 'inquiry.other', 'その他', 'Other', 5, true);
INSERT INTO public.disposition VALUES (6, NULL, 'order', '注文', 'Order', 6, false);
INSERT INTO public.disposition VALUES (7, 6, 'order.new', '新規注文', 'New order', 7, false);
INSERT INTO public.disposition VALUES (8, 6, 'order.change', '変更', 'Change', 8, false);
INSERT INTO public.disposition VALUES (9, 6, 'order.cancel', '取り消し', 'Cancellation', 9, false);
INSERT INTO public.disposition VALUES (10, 6, 'order.return', '返品・交換', 'Return or exchange', 10, true);
INSERT INTO public.disposition VALUES (11, NULL, 'complaint', 'クレーム', 'Complaint', 11, false);
INSERT INTO public.disposition VALUES (12, 11, 'complaint.quality', '品質', 'Quality', 12, true);
INSERT INTO public.disposition VALUES (13, 11, 'complaint.delivery', '配送', 'Delivery', 13, true);
INSERT INTO public.disposition VALUES (14, 11, 'complaint.service', '応対', 'Service', 14, true);
INSERT INTO public.disposition VALUES (15, NULL, 'callback', '折り返し', 'Callback', 15, false);
INSERT INTO public.disposition VALUES (16, 15, 'callback.promised', '折り返しを約束', 'Callback promised', 16, false);
INSERT INTO public.disposition VALUES (17, 15, 'callback.done', '折り返し済み', 'Called back', 17, false);
INSERT INTO public.disposition VALUES (18, 15, 'callback.no_answer', '不在', 'No answer', 18, false);
INSERT INTO public.disposition VALUES (19, NULL, 'none', '対応不要', 'Nothing to do', 19, false);
INSERT INTO public.disposition VALUES (20, 19, 'none.wrong_number', '間違い電話', 'Wrong number', 20, false);
INSERT INTO public.disposition VALUES (21, 19, 'none.sales', '営業電話', 'Sales call', 21, false);
INSERT INTO public.disposition VALUES (22, 19, 'none.silent', '無言', 'Silent call', 22, false);
INSERT INTO public.follow_up VALUES ('01a1fc84-bd00-75cb-b112-99bdcf25e346', 1, NULL, 'callback', '2026-11-21 06:00:00+00', 1, '再配達の時間をお伝えする', '2026-11-19 05:12:00+00', NULL, NULL, 1, NULL, 0);
INSERT INTO public.follow_up VALUES ('01a1fc84-bd00-749d-b706-0df41a4f38c5', 11, NULL, 'check', '2026-11-26 05:12:00+00', 4, '確認のうえご連絡', '2026-11-19 05:12:00+00', NULL, NULL, 1, NULL, 0);
INSERT INTO public.follow_up VALUES ('01a1fc84-bd00-7d35-910f-63687eb6c9d5', 16, NULL, 'check', '2026-11-20 05:12:00+00', 3, '確認のうえご連絡', '2026-11-19 05:12:00+00', NULL, NULL, 1, NULL, 0);
INSERT INTO public.household VALUES (1, '田中家');
INSERT INTO public.household VALUES (2, '佐藤家');
INSERT INTO public.household_member VALUES (1, 6, 'head');
INSERT INTO public.household_member VALUES (1, 7, 'partner');
INSERT INTO public.household_member VALUES (1, 8, 'child');
INSERT INTO public.household_member VALUES (2, 11, 'head');
INSERT INTO public.household_member VALUES (2, 12, 'partner');
INSERT INTO public.interaction VALUES ('01a1f1b4-2f00-72e4-9724-18562909406c', 1, NULL, 'phone', 'in', 'delivery', '配送状況', '運送会社に調査を依頼。折り返しを約束。', 1, 2, '2026-11-19 02:48:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a1f238-0500-759b-8a82-57ba2bb29976', 1, NULL, 'phone', 'in', 'delivery', '配送の問い合わせ', '佐藤へ引き継ぎ。', 2, 2, '2026-11-19 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a1ed11-a900-7985-9931-e9405d32fe61', 1, NULL, 'phone', 'in', 'delivery', 'お届け日の変更', 'お届け日の変更の件を承った。', 1, 2, '2026-11-18 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a0fb06-c500-759e-a687-902d58151a99', 1, NULL, 'phone', 'in', 'delivery', '配送先の確認', '配送先の確認の件を承った。', 1, 2, '2026-10-02 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a008fb-e100-7e69-8faa-af851d8a4eac', 1, NULL, 'phone', 'in', 'delivery', '不在時の受け取り', '不在時の受け取りの件を承った。', 1, 2, '2026-08-16 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019f16f0-fd00-768b-84f9-e0f9eb04b39b', 1, NULL, 'phone', 'in', 'delivery', '時間帯の指定', '時間帯の指定の件を承った。', 1, 2, '2026-06-30 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019e24e6-1900-7780-94ff-8ba1142c8364', 1, NULL, 'phone', 'in', 'delivery', '送り状の番号', '送り状の番号の件を承った。', 1, 2, '2026-05-14 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019d32db-3500-7260-8ec1-0590178854f2', 1, NULL, 'phone', 'in', 'delivery', '再配達', '再配達の件を承った。', 1, 2, '2026-03-28 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019c40d0-5100-7add-97b6-2af335c719c2', 1, NULL, 'phone', 'in', 'delivery', '置き配', '置き配の件を承った。', 1, 2, '2026-02-09 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019e7225-7d00-700a-967b-21c4e8e3574f', 1, NULL, 'phone', 'in', 'inquiry', '返品の相談', '手順をご案内した。', 2, NULL, '2026-05-29 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01998995-cd00-7855-b72c-2e0bc0290103', 1, NULL, 'phone', 'in', 'inquiry', '支払い方法', '手順をご案内した。', 2, NULL, '2025-09-27 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a1e7eb-4d00-7e79-9b9c-1091a4ff91e3', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2026-11-17 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a07a47-c900-7067-8c82-a23a37a788d1', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2026-09-07 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019f0ca4-4500-7de1-8b35-54a89ddbef12', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2026-06-28 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019d9f00-c100-721e-a7b0-13b34350cc17', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2026-04-18 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019c315d-3d00-7b60-a7b6-27b7d6846325', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2026-02-06 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019ac3b9-b900-75ee-97eb-272de34acb11', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2025-11-27 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01995616-3500-7627-bba2-27f96f2c7a8c', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2025-09-17 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('0197e872-b100-7954-b8ce-74c2a930d55d', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2025-07-08 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01967acf-2d00-7759-90fc-bc646e85df08', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2025-04-28 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01950d2b-a900-784e-8e07-7c8b050c86bd', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2025-02-16 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01939f88-2500-7990-bf30-7032b0cdf20a', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2024-12-07 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019231e4-a100-73e7-9df2-9126e07cb579', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2024-09-27 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('0190c441-1d00-7b5c-9e3d-b60986ea0214', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2024-07-18 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('018f569d-9900-7655-9d87-81f27b7e8913', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2024-05-08 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('018de8fa-1500-71dc-aa4b-e89cdbc52933', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2024-02-27 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('018c7b56-9100-77fe-af6f-36a69672be1a', 1, NULL, 'mail', 'out', 'notice', '発送のお知らせ', '自動送信', NULL, NULL, '2023-12-18 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019fc0e2-d900-71e2-95f9-216d761978dd', 3, NULL, 'phone', 'in', 'inquiry', '見積もり', '総務部の山﨑 健太様。見積もりを送付。', 4, NULL, '2026-08-02 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019fbbbc-7d00-7fd0-8625-2688d9855162', 4, NULL, 'phone', 'in', 'inquiry', '見積もり', '購買部の𠮷田 愛様。見積もりを送付。', 4, NULL, '2026-08-01 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019f78c9-d100-7f37-bb26-9cbc4ea9877a', 5, NULL, 'phone', 'in', 'inquiry', '見積もり', '営業部 部長の渡邉 隆様。見積もりを送付。', 4, NULL, '2026-07-19 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a1dd9e-9500-7310-807d-cac243c20f56', 2, NULL, 'phone', 'in', 'order', '電話での注文', NULL, 4, 7, '2026-11-15 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a1b46b-b500-7cf0-93b4-f667bbb3a32a', 7, NULL, 'phone', 'in', 'inquiry', '商品について', '毛布の洗い方をご説明した。', 3, 3, '2026-11-07 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a0c260-d100-7505-9e77-b67c07d3b36c', 6, NULL, 'phone', 'in', 'order', '電話での注文', NULL, 2, 7, '2026-09-21 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a1ce2b-8100-7228-b0df-b87869fa541c', 9, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 4, 2, '2026-11-12 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('01a19585-8d00-7b4a-882e-075f8e9e7bb8', 10, NULL, 'phone', 'in', 'inquiry', 'Delivery time', 'Evening slot arranged.', 1, 2, '2026-11-01 05:12:00+00', NULL);
INSERT INTO public.interaction VALUES ('019322bd-13d6-7626-849d-4135ee356d69', 11, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 3, 8, '2024-11-12 23:37:17.014993+00', NULL);
INSERT INTO public.interaction VALUES ('0193551a-8689-7395-b872-1025ad785afc', 11, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 3, 8, '2024-11-22 18:20:22.02522+00', NULL);
INSERT INTO public.interaction VALUES ('019c3d23-725f-70ca-8538-9b539b9fa2a4', 11, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 3, 8, '2026-02-08 12:04:19.167428+00', NULL);
INSERT INTO public.interaction VALUES ('0191e49a-8bc5-7082-9daa-325a44f6200e', 11, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 4, 8, '2024-09-12 05:00:19.26932+00', NULL);
INSERT INTO public.interaction VALUES ('019c32e7-b600-7131-8b29-79615f590f09', 11, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 1, 8, '2026-02-06 12:22:52.16031+00', NULL);
INSERT INTO public.interaction VALUES ('019863dd-9297-7250-b49a-7d1ad12c0c3e', 11, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 4, 2, '2025-08-01 04:22:02.135946+00', NULL);
INSERT INTO public.interaction VALUES ('019da20d-6423-7bbc-91e5-86da6a3040c0', 13, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 1, 4, '2026-04-18 19:24:39.843334+00', NULL);
INSERT INTO public.interaction VALUES ('019cb148-45dd-762b-9a57-95ce01f7fc11', 13, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 2, 4, '2026-03-03 01:20:29.661336+00', NULL);
INSERT INTO public.interaction VALUES ('019c43b6-9a45-782d-8bf1-97c1950d3d06', 13, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 4, 3, '2026-02-09 18:42:46.469171+00', NULL);
INSERT INTO public.interaction VALUES ('01a15e34-14a8-7a34-b75a-1fb5ea313e4f', 13, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 1, 7, '2026-10-21 11:23:53.896757+00', NULL);
INSERT INTO public.interaction VALUES ('0197f891-cf48-72bc-954e-42c5e6bba402', 13, NULL, 'phone', 'in', 'callback', '折り返し', '確認の結果をお伝えした。', 3, 17, '2025-07-11 08:19:54.824023+00', NULL);
INSERT INTO public.interaction VALUES ('019d8d77-4d16-7bee-970b-36ee2ae71631', 14, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 1, 3, '2026-04-14 19:28:19.22275+00', NULL);
INSERT INTO public.interaction VALUES ('019aad66-e9ff-70ad-bab3-1536f1dab549', 14, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 2, 8, '2025-11-22 21:09:54.303641+00', NULL);
INSERT INTO public.interaction VALUES ('019065c6-7d43-78f4-8557-46a90273708b', 14, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 2, 7, '2024-06-29 20:53:45.411433+00', NULL);
INSERT INTO public.interaction VALUES ('019d4d3b-d34e-7a1b-8ebd-02be4ddda872', 14, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 4, 2, '2026-04-02 08:07:39.598102+00', NULL);
INSERT INTO public.interaction VALUES ('0197d61c-9e5e-79e6-a7c0-283e265f5ea4', 14, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 4, 10, '2025-07-04 15:44:49.24695+00', NULL);
INSERT INTO public.interaction VALUES ('01a0d23d-1646-7c3c-9fff-c24b4b5efc7e', 14, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 2, 7, '2026-09-24 07:06:53.894048+00', NULL);
INSERT INTO public.interaction VALUES ('019aaf77-e112-78a9-8095-7e5bfdd261a5', 15, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 3, 3, '2025-11-23 06:47:40.562685+00', NULL);
INSERT INTO public.interaction VALUES ('019fee26-ee54-71e5-9889-a895ed7b55f9', 15, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 3, 7, '2026-08-11 00:09:16.628404+00', NULL);
INSERT INTO public.interaction VALUES ('019f9cc6-d103-7a68-8b21-573ea5b52962', 15, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 4, 10, '2026-07-26 04:55:03.171654+00', NULL);
INSERT INTO public.interaction VALUES ('019fc5e8-77da-70ec-9203-67c4844d4f3e', 15, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 3, 3, '2026-08-03 04:36:14.426104+00', NULL);
INSERT INTO public.interaction VALUES ('01900c76-f31e-746c-9d3e-ddd55b28c9bb', 15, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 3, 4, '2024-06-12 12:40:40.478016+00', NULL);
INSERT INTO public.interaction VALUES ('019797ee-cee9-71e1-abfd-74e44d06eda0', 15, NULL, 'phone', 'in', 'callback', '折り返し', '確認の結果をお伝えした。', 3, 17, '2025-06-22 13:58:19.625008+00', NULL);
INSERT INTO public.interaction VALUES ('019fb528-11a5-7e17-948d-88a0cfa6b27c', 16, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 4, 2, '2026-07-30 22:32:09.893733+00', NULL);
INSERT INTO public.interaction VALUES ('019a93a9-9cb0-73f9-9701-4a499df85803', 16, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 3, 3, '2025-11-17 21:12:37.808015+00', NULL);
INSERT INTO public.interaction VALUES ('019070ae-74e7-7f9b-a5d2-48ec3a090967', 16, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 2, 7, '2024-07-01 23:43:19.783132+00', NULL);
INSERT INTO public.interaction VALUES ('019b059c-65e0-7a68-b86a-c7da4485c754', 16, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 1, 2, '2025-12-10 00:14:54.432283+00', NULL);
INSERT INTO public.interaction VALUES ('01905dd6-34e4-7d71-93e1-3193a2db259f', 16, NULL, 'phone', 'in', 'callback', '折り返し', '確認の結果をお伝えした。', 3, 17, '2024-06-28 07:53:57.732962+00', NULL);
INSERT INTO public.interaction VALUES ('01902a0e-8e3c-7403-a3e8-2965b6006c9b', 16, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 1, 10, '2024-06-18 06:35:15.388771+00', NULL);
INSERT INTO public.interaction VALUES ('019b7eaf-b255-79e0-9532-5980f25eff2e', 16, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 1, 4, '2026-01-02 12:30:02.325916+00', NULL);
INSERT INTO public.interaction VALUES ('01975f01-9511-7eb1-bba9-9c592dddea13', 16, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 2, 7, '2025-06-11 12:40:28.689648+00', NULL);
INSERT INTO public.interaction VALUES ('019cee23-7cda-7f28-a5c3-0d1811f898e1', 16, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 2, 10, '2026-03-14 20:57:09.082278+00', NULL);
INSERT INTO public.interaction VALUES ('0196ff9d-623e-7f24-8d8b-009cf1b80c04', 16, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 1, 2, '2025-05-24 00:07:06.558327+00', NULL);
INSERT INTO public.interaction VALUES ('019aa986-ef38-7859-b6b6-a968cdd5f201', 19, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 4, 10, '2025-11-22 03:06:23.928442+00', NULL);
INSERT INTO public.interaction VALUES ('019557f1-3273-7b86-b653-ce8f4e4e4e00', 19, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 4, 2, '2025-03-02 17:39:39.763076+00', NULL);
INSERT INTO public.interaction VALUES ('0193d0ad-20ed-7864-8304-eb279c16e029', 19, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 3, 8, '2024-12-16 18:13:47.373779+00', NULL);
INSERT INTO public.interaction VALUES ('01a05c55-536d-7d77-b77d-5580a7ec034c', 19, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 2, 10, '2026-09-01 09:38:10.925929+00', NULL);
INSERT INTO public.interaction VALUES ('01904360-1d24-73c8-a02e-11df2c8a23d6', 19, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 3, 4, '2024-06-23 04:34:50.788902+00', NULL);
INSERT INTO public.interaction VALUES ('019aca57-9f4a-76a6-a5d0-c74bbdd8c7d0', 22, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 1, 4, '2025-11-28 12:02:11.402387+00', NULL);
INSERT INTO public.interaction VALUES ('019dae95-1e63-7195-af8d-fdce921752ef', 22, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 4, 3, '2026-04-21 05:48:21.475677+00', NULL);
INSERT INTO public.interaction VALUES ('019d1cf5-39bb-7c3c-883a-7d661a59cab9', 22, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 3, 10, '2026-03-23 23:08:46.395648+00', NULL);
INSERT INTO public.interaction VALUES ('01a1c52d-c848-700f-946e-031b6d70a559', 22, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 2, 7, '2026-11-10 11:17:54.37633+00', NULL);
INSERT INTO public.interaction VALUES ('019effca-124f-7c90-b8e5-87e1cebeca59', 22, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 2, 8, '2026-06-25 17:18:13.583513+00', NULL);
INSERT INTO public.interaction VALUES ('0192e6a9-291e-7239-9f9f-8d4e04e6fbaa', 22, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 4, 2, '2024-11-01 07:38:18.782524+00', NULL);
INSERT INTO public.interaction VALUES ('019e612d-eb09-70ef-b93f-79f2be6290af', 22, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 1, 2, '2026-05-25 22:07:39.785093+00', NULL);
INSERT INTO public.interaction VALUES ('019443b9-eea7-765f-87ca-e2b0eb25ab50', 22, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 3, 7, '2025-01-08 02:24:06.311214+00', NULL);
INSERT INTO public.interaction VALUES ('0199e524-09bb-7fb1-bb34-9486c262b66c', 25, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 4, 8, '2025-10-14 23:52:48.315156+00', NULL);
INSERT INTO public.interaction VALUES ('0199e9d6-4fd9-7167-8452-24fa038990d9', 25, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 1, 8, '2025-10-15 21:46:00.537369+00', NULL);
INSERT INTO public.interaction VALUES ('0197d862-c857-77da-a2c0-15e5c34b05d6', 25, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 3, 7, '2025-07-05 02:20:41.943313+00', NULL);
INSERT INTO public.interaction VALUES ('019bf734-fd70-7fb1-8701-025a7e353a76', 25, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 2, 8, '2026-01-25 22:10:03.760579+00', NULL);
INSERT INTO public.interaction VALUES ('019c84f3-da93-7090-b2ce-5e13183a6015', 25, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 4, 2, '2026-02-22 10:44:59.667025+00', NULL);
INSERT INTO public.interaction VALUES ('0192ea0c-7221-7176-87d4-ccc9b8d79b83', 25, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 2, 3, '2024-11-01 23:25:37.185939+00', NULL);
INSERT INTO public.interaction VALUES ('0197d768-5c55-7564-9116-d4ee891e191e', 25, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 4, 4, '2025-07-04 21:47:10.293306+00', NULL);
INSERT INTO public.interaction VALUES ('01a046db-e55f-7153-bc92-802e962ce686', 25, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 2, 7, '2026-08-28 05:33:31.359024+00', NULL);
INSERT INTO public.interaction VALUES ('019f593f-93b4-7226-a16a-d54b9cd515d3', 25, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 3, 7, '2026-07-13 02:12:46.644819+00', NULL);
INSERT INTO public.interaction VALUES ('019bf404-411b-7a33-af03-67a7f690fd69', 25, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 4, 8, '2026-01-25 07:17:58.171486+00', NULL);
INSERT INTO public.interaction VALUES ('01990f18-4ba4-772c-ac7b-b23b74906d6d', 28, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 4, 10, '2025-09-03 10:21:14.532912+00', NULL);
INSERT INTO public.interaction VALUES ('019c242f-f3ff-7f8b-8da0-fdd24b541d1b', 28, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 2, 10, '2026-02-03 15:47:28.383525+00', NULL);
INSERT INTO public.interaction VALUES ('01a1757c-23b2-716e-8606-12a4df88973c', 28, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 2, 7, '2026-10-25 23:53:52.306468+00', NULL);
INSERT INTO public.interaction VALUES ('01960f7a-448f-7b9c-b94d-d3f7309f249d', 28, NULL, 'phone', 'in', 'callback', '折り返し', '確認の結果をお伝えした。', 4, 17, '2025-04-07 08:59:53.359685+00', NULL);
INSERT INTO public.interaction VALUES ('01a00112-0786-70b9-8d5e-f3e363a7ea08', 28, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 2, 8, '2026-08-14 16:19:13.92614+00', NULL);
INSERT INTO public.interaction VALUES ('01986081-4fdd-7406-8500-1b4df696886a', 28, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 1, 10, '2025-07-31 12:42:24.093153+00', NULL);
INSERT INTO public.interaction VALUES ('01a1bb27-86f0-79f6-bf27-3560d4388a8b', 28, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 3, 2, '2026-11-08 12:34:52.27232+00', NULL);
INSERT INTO public.interaction VALUES ('01909251-157b-7936-a0d6-4fe881868f99', 28, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 2, 2, '2024-07-08 12:28:25.851398+00', NULL);
INSERT INTO public.interaction VALUES ('01938639-56a8-7435-8c56-832b5cffd5cb', 31, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 2, 2, '2024-12-02 07:15:24.968045+00', NULL);
INSERT INTO public.interaction VALUES ('019d20f4-9bf8-7e9e-8264-db526dcfa9ed', 31, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 4, 10, '2026-03-24 17:46:34.872788+00', NULL);
INSERT INTO public.interaction VALUES ('01a16da7-9e2c-7719-9b24-f153e28b0d64', 31, NULL, 'phone', 'in', 'callback', '折り返し', '確認の結果をお伝えした。', 2, 17, '2026-10-24 11:24:23.980117+00', NULL);
INSERT INTO public.interaction VALUES ('01961224-cd6f-75e0-8b4c-ed2e626e3765', 31, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 3, 2, '2025-04-07 21:25:23.951965+00', NULL);
INSERT INTO public.interaction VALUES ('019da726-66c5-7b92-8386-ae9d26c25ead', 31, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 1, 2, '2026-04-19 19:10:04.997402+00', NULL);
INSERT INTO public.interaction VALUES ('019df2a4-0831-70dc-a4ca-edd977e4b3ab', 31, NULL, 'phone', 'in', 'callback', '折り返し', '確認の結果をお伝えした。', 1, 17, '2026-05-04 10:58:49.521683+00', NULL);
INSERT INTO public.interaction VALUES ('0198b385-1933-717e-a5ac-75edac35a88c', 31, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 3, 7, '2025-08-16 15:35:01.171981+00', NULL);
INSERT INTO public.interaction VALUES ('0198fbf0-ca1e-7e17-8e88-7a7e2db3ebfe', 31, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 2, 2, '2025-08-30 17:05:18.366022+00', NULL);
INSERT INTO public.interaction VALUES ('01913510-62e7-7d81-aaa3-f9aec2a3035c', 31, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 1, 4, '2024-08-09 02:55:52.039105+00', NULL);
INSERT INTO public.interaction VALUES ('0192cf1f-95e1-76b7-8099-fc5045076673', 34, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 4, 7, '2024-10-27 17:56:46.689579+00', NULL);
INSERT INTO public.interaction VALUES ('01a05f0b-b4c0-74ac-b8fe-b7713cc23913', 34, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 4, 4, '2026-09-01 22:16:37.824688+00', NULL);
INSERT INTO public.interaction VALUES ('019d1214-3999-7b62-912f-254014794990', 34, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 2, 7, '2026-03-21 20:26:48.601244+00', NULL);
INSERT INTO public.interaction VALUES ('0198b992-4024-727b-86df-d72690037b40', 34, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 2, 8, '2025-08-17 19:47:06.404133+00', NULL);
INSERT INTO public.interaction VALUES ('0196aaa0-3d83-71ac-9447-5d01183bfa28', 34, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 2, 3, '2025-05-07 12:02:30.403955+00', NULL);
INSERT INTO public.interaction VALUES ('019850bc-de14-7f2c-a424-179d93978db4', 34, NULL, 'phone', 'in', 'callback', '折り返し', '確認の結果をお伝えした。', 2, 17, '2025-07-28 11:13:31.668685+00', NULL);
INSERT INTO public.interaction VALUES ('0191d812-e379-73c4-a6e2-01f348d9ed1d', 34, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 1, 4, '2024-09-09 18:36:42.233833+00', NULL);
INSERT INTO public.interaction VALUES ('019a2b12-bad5-7c15-856d-99da31cb3105', 34, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 4, 10, '2025-10-28 13:47:19.125063+00', NULL);
INSERT INTO public.interaction VALUES ('019e1ac3-82ad-7d2d-bddf-cfba05b85722', 37, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 3, 4, '2026-05-12 05:58:01.133342+00', NULL);
INSERT INTO public.interaction VALUES ('019e8cf8-36ad-7ee9-a6c6-ae76fd77216b', 37, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 4, 8, '2026-06-03 10:12:17.709665+00', NULL);
INSERT INTO public.interaction VALUES ('01938f8c-a71e-7bec-9f8d-3a64bc04a5f9', 37, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 1, 4, '2024-12-04 02:42:59.998137+00', NULL);
INSERT INTO public.interaction VALUES ('01983079-f811-72eb-b127-0db3ab0ef1c9', 37, NULL, 'phone', 'in', 'inquiry', '商品について', 'サイズと洗い方をご説明した。', 1, 3, '2025-07-22 04:52:36.497173+00', NULL);
INSERT INTO public.interaction VALUES ('0190b71c-88bb-7f0d-83eb-b149dfd478b0', 37, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 1, 4, '2024-07-15 15:56:58.939995+00', NULL);
INSERT INTO public.interaction VALUES ('0198f3fa-9218-7ecb-9c37-555f850029c9', 37, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 1, 2, '2025-08-29 03:59:01.656593+00', NULL);
INSERT INTO public.interaction VALUES ('01927fd0-a6e6-7a79-9fec-fabde73e67be', 37, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 3, 2, '2024-10-12 08:20:33.638993+00', NULL);
INSERT INTO public.interaction VALUES ('019b3db2-5065-73f3-9405-49a992ae3679', 40, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 3, 10, '2025-12-20 21:37:34.821036+00', NULL);
INSERT INTO public.interaction VALUES ('0194bd84-e21f-731d-b789-4dc75a5a0934', 40, NULL, 'phone', 'in', 'callback', '折り返し', '確認の結果をお伝えした。', 3, 17, '2025-01-31 17:59:50.047295+00', NULL);
INSERT INTO public.interaction VALUES ('019decaf-3196-75cd-8457-fe0800a25995', 40, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 2, 2, '2026-05-03 07:13:17.718046+00', NULL);
INSERT INTO public.interaction VALUES ('019ffb13-8098-70d4-937f-e6281cfc8970', 40, NULL, 'phone', 'in', 'order', '電話での注文', '在庫を確認して承った。', 4, 7, '2026-08-13 12:23:07.160993+00', NULL);
INSERT INTO public.interaction VALUES ('019a806a-0562-7d58-a51a-16c46b84af9b', 43, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 4, 8, '2025-11-14 03:30:23.202803+00', NULL);
INSERT INTO public.interaction VALUES ('01946e27-7d6e-74ea-a087-663fb062d149', 43, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 2, 8, '2025-01-16 08:07:49.358081+00', NULL);
INSERT INTO public.interaction VALUES ('019db50e-eb9d-758a-8b55-b078467d99ff', 43, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 1, 8, '2026-04-22 11:59:07.165333+00', NULL);
INSERT INTO public.interaction VALUES ('01951a4b-b75b-7880-8a3c-086a37551b8d', 43, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 3, 2, '2025-02-18 18:22:04.635045+00', NULL);
INSERT INTO public.interaction VALUES ('01955cda-3210-7655-9a9a-11d022d9ef13', 43, NULL, 'phone', 'in', 'inquiry', '支払い方法', '後払いの手順をご案内した。', 4, 4, '2025-03-03 16:32:38.416599+00', NULL);
INSERT INTO public.interaction VALUES ('01a0f54d-669b-76df-bb76-54b77a083c2c', 43, NULL, 'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。', 3, 2, '2026-10-01 02:31:25.595449+00', NULL);
INSERT INTO public.interaction VALUES ('0199f8cd-1e89-7206-a4ce-4ca046db7e1a', 43, NULL, 'phone', 'in', 'return', '返品の相談', '着払い伝票をお送りする。', 3, 10, '2025-10-18 19:30:16.329375+00', NULL);
INSERT INTO public.interaction VALUES ('01905832-dffc-71db-9951-a812270a710b', 46, NULL, 'phone', 'in', 'order', '注文の変更', 'お届け先の変更を承った。', 2, 8, '2024-06-27 05:37:27.548247+00', NULL);
INSERT INTO public.interaction VALUES ('01a1fc84-bd00-70b7-b9da-ae68cf63b17f', 1, '01a1fc84-bd00-7007-8000-000000000007', 'phone', 'in', 'inquiry', '配送の件。明日また電話する。', '配送の件。明日また電話する。', 1, 2, '2026-11-21 05:12:00+00', NULL);
INSERT INTO public.note VALUES ('01a1fc84-bd00-7933-9012-9d95a1a87ea7', '01a1fc84-bd00-7007-8000-000000000007', 1, 'body', 1, '2026-11-21 05:12:00+00', 1);
INSERT INTO public.note VALUES ('01a1fc84-bd00-7c3d-be31-d8505a154ea5', '01a1fc84-bd00-7007-8000-000000000007', 1, 'handover', 1, '2026-11-21 05:12:00+00', 1);
INSERT INTO public.note_revision VALUES ('01a1fc84-bd00-74df-aac3-db80c162317b', '01a1fc84-bd00-7933-9012-9d95a1a87ea7', 1, '配送の件。明日また電話する。', 1, '2026-11-21 05:12:00+00');
INSERT INTO public.note_revision VALUES ('01a1fc84-bd00-762e-a4ce-d0964a3e27c4', '01a1fc84-bd00-7c3d-be31-d8505a154ea5', 1, '折り返し', 1, '2026-11-21 05:12:00+00');
INSERT INTO public.operator VALUES (1, 'sato', '佐藤 美咲', '201');
INSERT INTO public.operator VALUES (2, 'suzuki', '鈴木 健', '202');
INSERT INTO public.operator VALUES (3, 'tanaka', '田中 彩', '203');
INSERT INTO public.operator VALUES (4, 'kato', '加藤 洋平', '204');
INSERT INTO public.phone_number VALUES (1, 81335814111, '03-3581-4111', 111418533180000, 'fixed', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (2, 819012340021, '090-1234-0021', 120043210918000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (3, 81663452000, '06-6345-2000', 254366180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (4, 81422511234, '0422-51-1234', 432115224180000, 'fixed', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (5, 818056780034, '080-5678-0034', 430087650818000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (6, 817012340035, '070-1234-0035', 530043210718000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (7, 81425211234, '042-521-1234', 432112524180000, 'fixed', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (8, 819012340077, '090-1234-0077', 770043210918000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (9, 81112314000, '011-231-4000', 413211180000, 'fixed', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (10, 818056783001, '080-5678-3001', 100387650818000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (11, 818056783002, '080-5678-3002', 200387650818000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (12, 81663454002, '06-6345-4002', 200454366180000, 'fixed', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (13, 81529614003, '052-961-4003', 300416925180000, 'fixed', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (14, 81529618000, '052-961-8000', 816925180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (15, 81927118001, '092-711-8001', 100811729180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (16, 81927118002, '092-711-8002', 200811729180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (17, 81992228003, '099-222-8003', 300822299180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (18, 81499228004, '04992-2-8004', 400822994180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (19, 81425218005, '042-521-8005', 500812524180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (20, 81529618006, '052-961-8006', 600816925180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (21, 81184228007, '0184-22-8007', 700822481180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (22, 81927118008, '092-711-8008', 800811729180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (23, 81460848009, '0460-84-8009', 900848064180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (24, 81529618010, '052-961-8010', 10816925180000, 'fixed', true, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (25, 819012342000, '090-1234-2000', 243210918000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (26, 819012342001, '090-1234-2001', 100243210918000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (27, 819012342002, '090-1234-2002', 200243210918000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (28, 819012342003, '090-1234-2003', 300243210918000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.phone_number VALUES (29, 819012342004, '090-1234-2004', 400243210918000, 'mobile', false, NULL, NULL, NULL, NULL);
INSERT INTO public.product VALUES (1, 'F-101', '羽毛布団 シングル');
INSERT INTO public.product VALUES (2, 'F-102', '羽毛布団 ダブル');
INSERT INTO public.product VALUES (3, 'F-201', '毛布 シングル');
INSERT INTO public.product VALUES (4, 'F-301', '電気毛布 シングル');
INSERT INTO public.product VALUES (5, 'F-401', '冷感敷きパッド');
INSERT INTO public.product VALUES (6, 'F-402', 'あったか敷きパッド');
INSERT INTO public.product VALUES (7, 'P-101', '枕');
INSERT INTO public.product VALUES (8, 'P-102', '低反発枕');
INSERT INTO public.product VALUES (9, 'P-201', '枕カバー');
INSERT INTO public.product VALUES (10, 'S-101', 'ボックスシーツ');
INSERT INTO public.product VALUES (11, 'S-102', 'フラットシーツ');
INSERT INTO public.product VALUES (12, 'T-101', 'バスタオル 2枚組');
INSERT INTO public.product VALUES (13, 'T-102', 'フェイスタオル 5枚組');
INSERT INTO public.product VALUES (14, 'C-101', '洗濯ネット');
INSERT INTO public.product VALUES (15, 'C-201', '布団収納袋');
INSERT INTO public.product VALUES (16, 'B-101', '折りたたみベッド');
INSERT INTO public.purchase VALUES (1, 1, 'A-20931', '2026-11-18 05:12:00+00', 'shipping', 48000, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (2, 1, 'A-19410', '2026-08-02 05:12:00+00', 'completed', 9240, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (3, 1, 'A-18077', '2026-05-30 05:12:00+00', 'returned', -7980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (4, 1, 'A-15522', '2025-12-11 05:12:00+00', 'completed', 12800, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (5, 1, 'A-17962', '2026-05-15 05:12:00+00', 'completed', 7980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (6, 1, 'A-14800', '2025-10-17 05:12:00+00', 'completed', 2480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (7, 1, 'A-14069', '2025-06-19 05:12:00+00', 'completed', 3980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (8, 1, 'A-13338', '2025-02-19 05:12:00+00', 'completed', 6980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (9, 1, 'A-12607', '2024-10-22 05:12:00+00', 'completed', 2780, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (10, 1, 'A-11876', '2024-06-24 05:12:00+00', 'completed', 5480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (11, 1, 'A-11145', '2024-02-25 05:12:00+00', 'completed', 3480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (12, 1, 'A-10414', '2023-10-28 05:12:00+00', 'completed', 1480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (13, 1, 'A-9683', '2023-06-30 05:12:00+00', 'completed', 18800, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (14, 1, 'A-8952', '2023-03-02 05:12:00+00', 'completed', 1300, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (15, 2, 'A-40015', '2026-10-27 05:12:00+00', 'completed', 396000, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (16, 2, 'A-40016', '2026-11-15 05:12:00+00', 'ordered', 238200, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (17, 7, 'A-40017', '2026-11-07 05:12:00+00', 'completed', 13960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (18, 6, 'A-40018', '2026-09-22 05:12:00+00', 'completed', 5480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (19, 9, 'A-40019', '2026-11-12 05:12:00+00', 'completed', 7440, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (20, 10, 'A-40020', '2026-11-01 05:12:00+00', 'completed', 18800, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (21, 11, 'A-40021', '2026-02-11 22:16:32.701982+00', 'completed', 162720, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (22, 11, 'A-40022', '2025-11-18 01:11:32.043867+00', 'completed', 24000, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (23, 11, 'A-40023', '2026-09-25 19:25:42.351834+00', 'completed', 123980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (24, 11, 'A-40024', '2026-02-20 15:37:39.283257+00', 'completed', 5980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (25, 11, 'A-40025', '2023-09-08 17:37:17.324586+00', 'completed', 111920, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (26, 11, 'A-40026', '2025-05-31 04:58:41.858588+00', 'completed', 3980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (27, 11, 'A-40027', '2024-10-07 09:28:32.763218+00', 'completed', 75200, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (28, 11, 'A-40028', '2026-01-29 22:54:54.659808+00', 'completed', 5480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (29, 11, 'A-40029', '2025-08-17 20:34:28.93969+00', 'cancelled', 96000, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (30, 13, 'A-40030', '2025-12-06 11:17:49.948502+00', 'completed', 34280, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (31, 13, 'A-40031', '2023-09-11 03:16:59.147672+00', 'completed', 3480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (32, 13, 'A-40032', '2025-02-18 19:14:08.788887+00', 'completed', 5480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (33, 13, 'A-40033', '2025-05-19 20:49:36.817609+00', 'completed', 3980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (34, 13, 'A-40034', '2025-12-10 14:55:34.299145+00', 'completed', 17940, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (35, 13, 'A-40035', '2026-07-23 15:33:52.345541+00', 'completed', 2780, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (36, 14, 'A-40036', '2024-02-15 02:15:55.579083+00', 'completed', 24000, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (37, 14, 'A-40037', '2025-10-26 23:27:27.253043+00', 'completed', 20280, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (38, 15, 'A-40038', '2026-10-27 23:29:31.753307+00', 'completed', 25400, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (39, 15, 'A-40039', '2026-02-04 13:00:11.250894+00', 'completed', 93080, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (40, 15, 'A-40040', '2024-11-03 00:23:39.171526+00', 'cancelled', 5480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (41, 15, 'A-40041', '2026-06-14 12:57:23.772928+00', 'completed', 6980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (42, 15, 'A-40042', '2026-09-26 01:35:47.137048+00', 'completed', 25200, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (43, 15, 'A-40043', '2023-10-18 23:59:08.129734+00', 'completed', 20100, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (44, 15, 'A-40044', '2023-10-28 23:59:08.129734+00', 'returned', -1300, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (45, 15, 'A-40045', '2025-01-20 13:14:57.658149+00', 'cancelled', 23920, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (46, 15, 'A-40046', '2023-08-25 15:04:58.724462+00', 'completed', 1300, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (47, 15, 'A-40047', '2023-12-26 23:25:47.338063+00', 'completed', 52460, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (48, 15, 'A-40048', '2025-11-26 02:51:55.396528+00', 'cancelled', 5480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (49, 16, 'A-40049', '2024-06-24 19:36:06.436507+00', 'completed', 13040, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (50, 16, 'A-40050', '2023-08-21 17:30:32.113066+00', 'completed', 25300, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (51, 19, 'A-40051', '2025-03-16 06:28:37.065915+00', 'completed', 43760, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (52, 19, 'A-40052', '2026-10-16 03:45:32.108883+00', 'completed', 1980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (53, 22, 'A-40053', '2023-08-28 10:22:57.52667+00', 'completed', 3960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (54, 22, 'A-40054', '2023-09-07 10:22:57.52667+00', 'returned', -3960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (55, 22, 'A-40055', '2026-10-01 07:52:33.580202+00', 'completed', 21520, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (56, 22, 'A-40056', '2024-12-06 21:45:41.638563+00', 'completed', 1300, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (57, 22, 'A-40057', '2024-12-16 21:45:41.638563+00', 'returned', -1300, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (58, 22, 'A-40058', '2023-12-22 07:05:39.438469+00', 'completed', 13920, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (59, 22, 'A-40059', '2025-12-05 20:51:09.623828+00', 'completed', 2780, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (60, 25, 'A-40060', '2023-11-06 21:28:12.090308+00', 'completed', 2780, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (61, 28, 'A-40061', '2025-02-17 15:26:55.019438+00', 'completed', 18880, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (62, 28, 'A-40062', '2025-02-12 11:27:14.292459+00', 'completed', 7920, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (63, 28, 'A-40063', '2025-08-03 02:41:32.605957+00', 'completed', 10760, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (64, 28, 'A-40064', '2026-05-03 08:48:14.982635+00', 'completed', 27920, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (65, 28, 'A-40065', '2024-09-30 00:11:21.030963+00', 'completed', 11540, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (66, 28, 'A-40066', '2025-07-04 02:33:03.374805+00', 'completed', 3480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (67, 28, 'A-40067', '2023-09-30 23:40:48.409725+00', 'completed', 25600, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (68, 28, 'A-40068', '2026-06-18 00:09:52.500912+00', 'completed', 3980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (69, 28, 'A-40069', '2026-01-20 14:56:52.594625+00', 'completed', 13400, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (70, 28, 'A-40070', '2025-11-07 15:03:11.852247+00', 'completed', 91120, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (71, 28, 'A-40071', '2024-02-28 10:28:58.837881+00', 'completed', 5480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (72, 28, 'A-40072', '2025-09-03 20:03:21.556517+00', 'completed', 75200, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (73, 31, 'A-40073', '2024-07-29 09:19:08.975803+00', 'completed', 99960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (74, 31, 'A-40074', '2026-07-15 09:34:18.905439+00', 'completed', 15500, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (75, 31, 'A-40075', '2025-03-12 15:19:02.467225+00', 'completed', 13960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (76, 31, 'A-40076', '2026-03-31 00:34:32.129188+00', 'completed', 45600, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (77, 31, 'A-40077', '2024-01-21 19:38:41.415732+00', 'completed', 7980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (78, 31, 'A-40078', '2024-10-26 09:45:14.473756+00', 'completed', 3960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (79, 31, 'A-40079', '2026-10-23 04:50:05.472363+00', 'completed', 28720, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (80, 31, 'A-40080', '2026-11-05 16:15:10.723569+00', 'completed', 9280, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (81, 34, 'A-40081', '2023-10-31 19:19:54.518489+00', 'completed', 2780, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (82, 34, 'A-40082', '2024-03-03 10:08:27.621805+00', 'completed', 71580, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (83, 34, 'A-40083', '2024-04-29 06:18:05.747539+00', 'completed', 47680, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (84, 34, 'A-40084', '2026-05-19 19:49:42.379408+00', 'completed', 5480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (85, 34, 'A-40085', '2025-12-11 12:18:05.031541+00', 'completed', 11960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (86, 34, 'A-40086', '2026-06-04 22:53:38.182444+00', 'completed', 9960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (87, 34, 'A-40087', '2025-06-01 05:43:02.857833+00', 'completed', 83480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (88, 34, 'A-40088', '2025-03-10 14:20:30.619492+00', 'completed', 5980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (89, 34, 'A-40089', '2025-03-20 14:20:30.619492+00', 'returned', -5980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (90, 34, 'A-40090', '2025-11-06 10:37:19.459733+00', 'completed', 5980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (91, 34, 'A-40091', '2024-07-17 08:48:18.706355+00', 'completed', 12460, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (92, 34, 'A-40092', '2024-07-27 08:48:18.706355+00', 'returned', -6980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (93, 37, 'A-40093', '2023-10-01 18:44:01.204856+00', 'completed', 2960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (94, 37, 'A-40094', '2026-02-27 01:44:03.751687+00', 'completed', 28740, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (95, 37, 'A-40095', '2025-05-08 10:03:30.49567+00', 'completed', 1980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (96, 40, 'A-40096', '2026-04-21 08:43:56.199959+00', 'completed', 7980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (97, 40, 'A-40097', '2024-02-29 14:28:22.835808+00', 'completed', 5200, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (98, 40, 'A-40098', '2025-12-21 00:56:36.839158+00', 'completed', 11960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (99, 40, 'A-40099', '2023-10-30 10:58:06.62757+00', 'completed', 180000, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (100, 40, 'A-40100', '2023-10-01 01:15:51.065669+00', 'completed', 1480, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (101, 40, 'A-40101', '2026-05-30 09:11:29.694057+00', 'completed', 5980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (102, 40, 'A-40102', '2024-09-10 13:06:47.859799+00', 'completed', 1300, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (103, 43, 'A-40103', '2025-04-29 11:42:44.021056+00', 'completed', 2600, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (104, 43, 'A-40104', '2025-09-26 06:01:51.761037+00', 'completed', 5980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (105, 43, 'A-40105', '2026-01-26 15:51:51.116792+00', 'completed', 8460, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (106, 43, 'A-40106', '2026-02-14 23:07:42.487199+00', 'completed', 31060, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (107, 46, 'A-40107', '2024-07-25 14:50:05.465016+00', 'completed', 37940, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (108, 46, 'A-40108', '2026-04-20 07:14:49.182469+00', 'completed', 1980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (109, 46, 'A-40109', '2026-04-30 07:14:49.182469+00', 'returned', -1980, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (110, 46, 'A-40110', '2024-08-05 14:10:36.746541+00', 'completed', 12800, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (111, 46, 'A-40111', '2025-04-20 11:16:28.136724+00', 'completed', 6780, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (112, 46, 'A-40112', '2024-04-25 11:57:34.715848+00', 'completed', 13380, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (113, 46, 'A-40113', '2025-08-04 01:51:24.81224+00', 'completed', 7920, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (114, 46, 'A-40114', '2024-12-28 14:13:46.096198+00', 'completed', 13960, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (115, 46, 'A-40115', '2024-12-12 04:17:24.033259+00', 'completed', 2600, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (116, 46, 'A-40116', '2025-01-29 21:51:23.708313+00', 'completed', 31920, 'JPY', NULL, NULL);
INSERT INTO public.purchase VALUES (117, 46, 'A-40117', '2025-06-14 22:26:38.124435+00', 'completed', 1980, 'JPY', NULL, NULL);
INSERT INTO public.purchase_item VALUES (1, 1, 1, 2, '羽毛布団 ダブル', 2, 48000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (2, 2, 1, 9, '枕カバー', 2, 3960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (3, 2, 2, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (4, 2, 3, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (5, 2, 4, NULL, 'ハンガー', 1, 500, NULL, NULL);
INSERT INTO public.purchase_item VALUES (6, 3, 1, 5, '冷感敷きパッド', 1, -7980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (7, 4, 1, 4, '電気毛布 シングル', 1, 12800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (8, 5, 1, 5, '冷感敷きパッド', 1, 7980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (9, 6, 1, 12, 'バスタオル 2枚組', 1, 2480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (10, 7, 1, 7, '枕', 1, 3980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (11, 8, 1, 3, '毛布 シングル', 1, 6980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (12, 9, 1, 11, 'フラットシーツ', 1, 2780, NULL, NULL);
INSERT INTO public.purchase_item VALUES (13, 10, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (14, 11, 1, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (15, 12, 1, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (16, 13, 1, 1, '羽毛布団 シングル', 1, 18800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (17, 14, 1, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (18, 15, 1, NULL, 'タオルセット 名入れ', 200, 396000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (19, 16, 1, 7, '枕', 30, 119400, NULL, NULL);
INSERT INTO public.purchase_item VALUES (20, 16, 2, 9, '枕カバー', 60, 118800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (21, 17, 1, 3, '毛布 シングル', 2, 13960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (22, 18, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (23, 19, 1, 12, 'バスタオル 2枚組', 3, 7440, NULL, NULL);
INSERT INTO public.purchase_item VALUES (24, 20, 1, 1, '羽毛布団 シングル', 1, 18800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (25, 21, 1, 15, '布団収納袋', 4, 5920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (26, 21, 2, 4, '電気毛布 シングル', 2, 25600, NULL, NULL);
INSERT INTO public.purchase_item VALUES (27, 21, 3, 16, '折りたたみベッド', 4, 131200, NULL, NULL);
INSERT INTO public.purchase_item VALUES (28, 22, 1, 2, '羽毛布団 ダブル', 1, 24000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (29, 23, 1, 2, '羽毛布団 ダブル', 1, 24000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (30, 23, 2, 2, '羽毛布団 ダブル', 4, 96000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (31, 23, 3, 7, '枕', 1, 3980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (32, 24, 1, 6, 'あったか敷きパッド', 1, 5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (33, 25, 1, 3, '毛布 シングル', 4, 27920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (34, 25, 2, 4, '電気毛布 シングル', 4, 51200, NULL, NULL);
INSERT INTO public.purchase_item VALUES (35, 25, 3, 16, '折りたたみベッド', 1, 32800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (36, 26, 1, 7, '枕', 1, 3980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (37, 27, 1, 1, '羽毛布団 シングル', 4, 75200, NULL, NULL);
INSERT INTO public.purchase_item VALUES (38, 28, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (39, 29, 1, 2, '羽毛布団 ダブル', 4, 96000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (40, 30, 1, 16, '折りたたみベッド', 1, 32800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (41, 30, 2, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (42, 31, 1, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (43, 32, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (44, 33, 1, 7, '枕', 1, 3980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (45, 34, 1, 3, '毛布 シングル', 2, 13960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (46, 34, 2, 7, '枕', 1, 3980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (47, 35, 1, 11, 'フラットシーツ', 1, 2780, NULL, NULL);
INSERT INTO public.purchase_item VALUES (48, 36, 1, 2, '羽毛布団 ダブル', 1, 24000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (49, 37, 1, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (50, 37, 2, 1, '羽毛布団 シングル', 1, 18800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (51, 38, 1, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (52, 38, 2, 8, '低反発枕', 4, 21920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (53, 39, 1, 16, '折りたたみベッド', 2, 65600, NULL, NULL);
INSERT INTO public.purchase_item VALUES (54, 39, 2, 2, '羽毛布団 ダブル', 1, 24000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (55, 39, 3, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (56, 40, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (57, 41, 1, 3, '毛布 シングル', 1, 6980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (58, 42, 1, 5, '冷感敷きパッド', 1, 7980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (59, 42, 2, 7, '枕', 4, 15920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (60, 42, 3, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (61, 43, 1, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (62, 43, 2, 1, '羽毛布団 シングル', 1, 18800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (63, 44, 1, 14, '洗濯ネット', 1, -1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (64, 45, 1, 11, 'フラットシーツ', 4, 11120, NULL, NULL);
INSERT INTO public.purchase_item VALUES (65, 45, 2, 4, '電気毛布 シングル', 1, 12800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (66, 46, 1, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (67, 47, 1, 2, '羽毛布団 ダブル', 2, 48000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (68, 47, 2, 12, 'バスタオル 2枚組', 1, 2480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (69, 47, 3, 13, 'フェイスタオル 5枚組', 1, 1980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (70, 48, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (71, 49, 1, 7, '枕', 2, 7960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (72, 49, 2, 12, 'バスタオル 2枚組', 1, 2480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (73, 49, 3, 14, '洗濯ネット', 2, 2600, NULL, NULL);
INSERT INTO public.purchase_item VALUES (74, 50, 1, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (75, 50, 2, 2, '羽毛布団 ダブル', 1, 24000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (76, 51, 1, 8, '低反発枕', 2, 10960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (77, 51, 2, 16, '折りたたみベッド', 1, 32800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (78, 52, 1, 13, 'フェイスタオル 5枚組', 1, 1980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (79, 53, 1, 9, '枕カバー', 2, 3960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (80, 54, 1, 9, '枕カバー', 2, -3960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (81, 55, 1, 5, '冷感敷きパッド', 2, 15960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (82, 55, 2, 11, 'フラットシーツ', 2, 5560, NULL, NULL);
INSERT INTO public.purchase_item VALUES (83, 56, 1, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (84, 57, 1, 14, '洗濯ネット', 1, -1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (85, 58, 1, 10, 'ボックスシーツ', 4, 13920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (86, 59, 1, 11, 'フラットシーツ', 1, 2780, NULL, NULL);
INSERT INTO public.purchase_item VALUES (87, 60, 1, 11, 'フラットシーツ', 1, 2780, NULL, NULL);
INSERT INTO public.purchase_item VALUES (88, 61, 1, 10, 'ボックスシーツ', 4, 13920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (89, 61, 2, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (90, 61, 3, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (91, 62, 1, 9, '枕カバー', 4, 7920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (92, 63, 1, 6, 'あったか敷きパッド', 1, 5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (93, 63, 2, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (94, 63, 3, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (95, 64, 1, 3, '毛布 シングル', 4, 27920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (96, 65, 1, 11, 'フラットシーツ', 2, 5560, NULL, NULL);
INSERT INTO public.purchase_item VALUES (97, 65, 2, 6, 'あったか敷きパッド', 1, 5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (98, 66, 1, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (99, 67, 1, 4, '電気毛布 シングル', 2, 25600, NULL, NULL);
INSERT INTO public.purchase_item VALUES (100, 68, 1, 7, '枕', 1, 3980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (101, 69, 1, 12, 'バスタオル 2枚組', 4, 9920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (102, 69, 2, 10, 'ボックスシーツ', 1, 3480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (103, 70, 1, 7, '枕', 4, 15920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (104, 70, 2, 1, '羽毛布団 シングル', 4, 75200, NULL, NULL);
INSERT INTO public.purchase_item VALUES (105, 71, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (106, 72, 1, 1, '羽毛布団 シングル', 4, 75200, NULL, NULL);
INSERT INTO public.purchase_item VALUES (107, 73, 1, 2, '羽毛布団 ダブル', 4, 96000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (108, 73, 2, 9, '枕カバー', 2, 3960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (109, 74, 1, 15, '布団収納袋', 2, 2960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (110, 74, 2, 3, '毛布 シングル', 1, 6980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (111, 74, 3, 11, 'フラットシーツ', 2, 5560, NULL, NULL);
INSERT INTO public.purchase_item VALUES (112, 75, 1, 3, '毛布 シングル', 2, 13960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (113, 76, 1, 16, '折りたたみベッド', 1, 32800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (114, 76, 2, 4, '電気毛布 シングル', 1, 12800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (115, 77, 1, 5, '冷感敷きパッド', 1, 7980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (116, 78, 1, 9, '枕カバー', 2, 3960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (117, 79, 1, 12, 'バスタオル 2枚組', 4, 9920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (118, 79, 2, 1, '羽毛布団 シングル', 1, 18800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (119, 80, 1, 5, '冷感敷きパッド', 1, 7980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (120, 80, 2, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (121, 81, 1, 11, 'フラットシーツ', 1, 2780, NULL, NULL);
INSERT INTO public.purchase_item VALUES (122, 82, 1, 6, 'あったか敷きパッド', 1, 5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (123, 82, 2, 16, '折りたたみベッド', 2, 65600, NULL, NULL);
INSERT INTO public.purchase_item VALUES (124, 83, 1, 16, '折りたたみベッド', 1, 32800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (125, 83, 2, 10, 'ボックスシーツ', 2, 6960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (126, 83, 3, 13, 'フェイスタオル 5枚組', 4, 7920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (127, 84, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (128, 85, 1, 6, 'あったか敷きパッド', 2, 11960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (129, 86, 1, 5, '冷感敷きパッド', 1, 7980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (130, 86, 2, 9, '枕カバー', 1, 1980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (131, 87, 1, 1, '羽毛布団 シングル', 4, 75200, NULL, NULL);
INSERT INTO public.purchase_item VALUES (132, 87, 2, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (133, 87, 3, 3, '毛布 シングル', 1, 6980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (134, 88, 1, 6, 'あったか敷きパッド', 1, 5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (135, 89, 1, 6, 'あったか敷きパッド', 1, -5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (136, 90, 1, 6, 'あったか敷きパッド', 1, 5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (137, 91, 1, 3, '毛布 シングル', 1, 6980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (138, 91, 2, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (139, 92, 1, 3, '毛布 シングル', 1, -6980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (140, 93, 1, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (141, 93, 2, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (142, 94, 1, 4, '電気毛布 シングル', 1, 12800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (143, 94, 2, 5, '冷感敷きパッド', 1, 7980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (144, 94, 3, 7, '枕', 2, 7960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (145, 95, 1, 13, 'フェイスタオル 5枚組', 1, 1980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (146, 96, 1, 5, '冷感敷きパッド', 1, 7980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (147, 97, 1, 14, '洗濯ネット', 4, 5200, NULL, NULL);
INSERT INTO public.purchase_item VALUES (148, 98, 1, 6, 'あったか敷きパッド', 2, 11960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (149, 99, 1, 4, '電気毛布 シングル', 4, 51200, NULL, NULL);
INSERT INTO public.purchase_item VALUES (150, 99, 2, 2, '羽毛布団 ダブル', 4, 96000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (151, 99, 3, 16, '折りたたみベッド', 1, 32800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (152, 100, 1, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (153, 101, 1, 6, 'あったか敷きパッド', 1, 5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (154, 102, 1, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (155, 103, 1, 14, '洗濯ネット', 2, 2600, NULL, NULL);
INSERT INTO public.purchase_item VALUES (156, 104, 1, 6, 'あったか敷きパッド', 1, 5980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (157, 105, 1, 3, '毛布 シングル', 1, 6980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (158, 105, 2, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (159, 106, 1, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (160, 106, 2, 4, '電気毛布 シングル', 2, 25600, NULL, NULL);
INSERT INTO public.purchase_item VALUES (161, 106, 3, 7, '枕', 1, 3980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (162, 107, 1, 3, '毛布 シングル', 1, 6980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (163, 107, 2, 2, '羽毛布団 ダブル', 1, 24000, NULL, NULL);
INSERT INTO public.purchase_item VALUES (164, 107, 3, 10, 'ボックスシーツ', 2, 6960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (165, 108, 1, 9, '枕カバー', 1, 1980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (166, 109, 1, 9, '枕カバー', 1, -1980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (167, 110, 1, 4, '電気毛布 シングル', 1, 12800, NULL, NULL);
INSERT INTO public.purchase_item VALUES (168, 111, 1, 8, '低反発枕', 1, 5480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (169, 111, 2, 14, '洗濯ネット', 1, 1300, NULL, NULL);
INSERT INTO public.purchase_item VALUES (170, 112, 1, 9, '枕カバー', 1, 1980, NULL, NULL);
INSERT INTO public.purchase_item VALUES (171, 112, 2, 12, 'バスタオル 2枚組', 4, 9920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (172, 112, 3, 15, '布団収納袋', 1, 1480, NULL, NULL);
INSERT INTO public.purchase_item VALUES (173, 113, 1, 13, 'フェイスタオル 5枚組', 4, 7920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (174, 114, 1, 3, '毛布 シングル', 2, 13960, NULL, NULL);
INSERT INTO public.purchase_item VALUES (175, 115, 1, 14, '洗濯ネット', 2, 2600, NULL, NULL);
INSERT INTO public.purchase_item VALUES (176, 116, 1, 5, '冷感敷きパッド', 4, 31920, NULL, NULL);
INSERT INTO public.purchase_item VALUES (177, 117, 1, 9, '枕カバー', 1, 1980, NULL, NULL);
SELECT pg_catalog.setval('public.address_id_seq', 1, false);
SELECT pg_catalog.setval('public.caution_id_seq', 1, false);
SELECT pg_catalog.setval('public.complaint_id_seq', 6, true);
SELECT pg_catalog.setval('public.customer_attribute_def_id_seq', 1, false);
SELECT pg_catalog.setval('public.customer_attribute_id_seq', 1, false);
SELECT pg_catalog.setval('public.customer_id_seq', 53, true);
SELECT pg_catalog.setval('public.customer_phone_id_seq', 56, true);
SELECT pg_catalog.setval('public.disposition_id_seq', 22, true);
SELECT pg_catalog.setval('public.household_id_seq', 2, true);
SELECT pg_catalog.setval('public.import_batch_id_seq', 1, false);
SELECT pg_catalog.setval('public.merge_log_id_seq', 1, false);
SELECT pg_catalog.setval('public.number_range_id_seq', 1, false);
SELECT pg_catalog.setval('public.operator_id_seq', 4, true);
SELECT pg_catalog.setval('public.phone_number_id_seq', 29, true);
SELECT pg_catalog.setval('public.product_id_seq', 16, true);
SELECT pg_catalog.setval('public.purchase_id_seq', 117, true);
SELECT pg_catalog.setval('public.purchase_item_id_seq', 177, true);
SELECT pg_catalog.setval('public.retention_rule_id_seq', 1, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.address
    ADD CONSTRAINT pk_address PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT pk_audit_log PRIMARY KEY (id);
ALTER TABLE ONLY public.call
    ADD CONSTRAINT pk_call PRIMARY KEY (id);
ALTER TABLE ONLY public.call_candidate
    ADD CONSTRAINT pk_call_candidate PRIMARY KEY (call_id, rank);
ALTER TABLE ONLY public.call_event
    ADD CONSTRAINT pk_call_event PRIMARY KEY (id);
ALTER TABLE ONLY public.call_leg
    ADD CONSTRAINT pk_call_leg PRIMARY KEY (id);
ALTER TABLE ONLY public.call_ref
    ADD CONSTRAINT pk_call_ref PRIMARY KEY (source, source_id);
ALTER TABLE ONLY public.caution
    ADD CONSTRAINT pk_caution PRIMARY KEY (id);
ALTER TABLE ONLY public.company_link
    ADD CONSTRAINT pk_company_link PRIMARY KEY (company_id, person_id);
ALTER TABLE ONLY public.complaint
    ADD CONSTRAINT pk_complaint PRIMARY KEY (id);
ALTER TABLE ONLY public.complaint_event
    ADD CONSTRAINT pk_complaint_event PRIMARY KEY (id);
ALTER TABLE ONLY public.consent
    ADD CONSTRAINT pk_consent PRIMARY KEY (id);
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT pk_customer PRIMARY KEY (id);
ALTER TABLE ONLY public.customer_attribute
    ADD CONSTRAINT pk_customer_attribute PRIMARY KEY (id);
ALTER TABLE ONLY public.customer_attribute_def
    ADD CONSTRAINT pk_customer_attribute_def PRIMARY KEY (id);
ALTER TABLE ONLY public.customer_handler
    ADD CONSTRAINT pk_customer_handler PRIMARY KEY (customer_id, operator_id);
ALTER TABLE ONLY public.customer_phone
    ADD CONSTRAINT pk_customer_phone PRIMARY KEY (id);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT pk_disposition PRIMARY KEY (id);
ALTER TABLE ONLY public.duplicate_pair
    ADD CONSTRAINT pk_duplicate_pair PRIMARY KEY (first_id, second_id);
ALTER TABLE ONLY public.erasure_request
    ADD CONSTRAINT pk_erasure_request PRIMARY KEY (id);
ALTER TABLE ONLY public.external_ref
    ADD CONSTRAINT pk_external_ref PRIMARY KEY (system, external_id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT pk_follow_up PRIMARY KEY (id);
ALTER TABLE ONLY public.household
    ADD CONSTRAINT pk_household PRIMARY KEY (id);
ALTER TABLE ONLY public.household_member
    ADD CONSTRAINT pk_household_member PRIMARY KEY (household_id, customer_id);
ALTER TABLE ONLY public.import_batch
    ADD CONSTRAINT pk_import_batch PRIMARY KEY (id);
ALTER TABLE ONLY public.import_range
    ADD CONSTRAINT pk_import_range PRIMARY KEY (batch_id, table_name, first_id);
ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT pk_import_row PRIMARY KEY (batch_id, table_name, record_id);
ALTER TABLE ONLY public.interaction
    ADD CONSTRAINT pk_interaction PRIMARY KEY (id);
ALTER TABLE ONLY public.merge_log
    ADD CONSTRAINT pk_merge_log PRIMARY KEY (id);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT pk_note PRIMARY KEY (id);
ALTER TABLE ONLY public.note_revision
    ADD CONSTRAINT pk_note_revision PRIMARY KEY (id);
ALTER TABLE ONLY public.number_choice
    ADD CONSTRAINT pk_number_choice PRIMARY KEY (e164, extension);
ALTER TABLE ONLY public.number_range
    ADD CONSTRAINT pk_number_range PRIMARY KEY (id);
ALTER TABLE ONLY public.operator
    ADD CONSTRAINT pk_operator PRIMARY KEY (id);
ALTER TABLE ONLY public.phone_number
    ADD CONSTRAINT pk_phone_number PRIMARY KEY (id);
ALTER TABLE ONLY public.product
    ADD CONSTRAINT pk_product PRIMARY KEY (id);
ALTER TABLE ONLY public.purchase
    ADD CONSTRAINT pk_purchase PRIMARY KEY (id);
ALTER TABLE ONLY public.purchase_item
    ADD CONSTRAINT pk_purchase_item PRIMARY KEY (id);
ALTER TABLE ONLY public.retention_rule
    ADD CONSTRAINT pk_retention_rule PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT uq_audit_log_desk_number UNIQUE (desk, number);
ALTER TABLE ONLY public.complaint
    ADD CONSTRAINT uq_complaint_complaint_no UNIQUE (complaint_no);
ALTER TABLE ONLY public.customer_attribute_def
    ADD CONSTRAINT uq_customer_attribute_def_code UNIQUE (code);
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT uq_customer_customer_no UNIQUE (customer_no);
ALTER TABLE ONLY public.customer_phone
    ADD CONSTRAINT uq_customer_phone_customer_id_phone_number_id_extension UNIQUE (customer_id, phone_number_id, extension);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT uq_disposition_code UNIQUE (code);
ALTER TABLE ONLY public.import_batch
    ADD CONSTRAINT uq_import_batch_batch_no UNIQUE (batch_no);
ALTER TABLE ONLY public.note_revision
    ADD CONSTRAINT uq_note_revision_note_id_number UNIQUE (note_id, number);
ALTER TABLE ONLY public.operator
    ADD CONSTRAINT uq_operator_login UNIQUE (login);
ALTER TABLE ONLY public.phone_number
    ADD CONSTRAINT uq_phone_number_e164 UNIQUE (e164);
ALTER TABLE ONLY public.product
    ADD CONSTRAINT uq_product_code UNIQUE (code);
ALTER TABLE ONLY public.purchase_item
    ADD CONSTRAINT uq_purchase_item_purchase_id_position UNIQUE (purchase_id, "position");
ALTER TABLE ONLY public.purchase
    ADD CONSTRAINT uq_purchase_order_no UNIQUE (order_no);
ALTER TABLE ONLY public.retention_rule
    ADD CONSTRAINT uq_retention_rule_subject UNIQUE (subject);
CREATE INDEX ix_address_customer_id ON public.address USING btree (customer_id);
CREATE INDEX ix_audit_log_at ON public.audit_log USING btree (at);
CREATE INDEX ix_audit_log_table_name_record_id ON public.audit_log USING btree (table_name, record_id);
CREATE INDEX ix_call_candidate_customer_id ON public.call_candidate USING btree (customer_id);
CREATE INDEX ix_call_customer_id_offered_at ON public.call USING btree (customer_id, offered_at);
CREATE INDEX ix_call_e164_offered_at ON public.call USING btree (e164, offered_at);
CREATE INDEX ix_call_event_call_id_at ON public.call_event USING btree (call_id, at);
CREATE INDEX ix_call_leg_call_id ON public.call_leg USING btree (call_id);
CREATE INDEX ix_call_offered_at ON public.call USING btree (offered_at);
CREATE INDEX ix_call_ref_call_id ON public.call_ref USING btree (call_id);
CREATE INDEX ix_caution_customer_id ON public.caution USING btree (customer_id);
CREATE INDEX ix_company_link_person_id ON public.company_link USING btree (person_id);
CREATE INDEX ix_complaint_event_complaint_id_at ON public.complaint_event USING btree (complaint_id, at);
CREATE INDEX ix_complaint_newest ON public.complaint USING btree (customer_id, received_at, id);
CREATE INDEX ix_consent_customer_id_at ON public.consent USING btree (customer_id, at);
CREATE INDEX ix_customer_attribute_customer_id_def_id ON public.customer_attribute USING btree (customer_id, def_id);
CREATE INDEX ix_customer_attribute_def_id ON public.customer_attribute USING btree (def_id);
CREATE INDEX ix_customer_merged_into_id ON public.customer USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX ix_customer_phone_ring ON public.customer_phone USING btree (phone_number_id, customer_id, extension, label, confidence, valid_to, last_used_at);
CREATE INDEX ix_duplicate_pair_second_id ON public.duplicate_pair USING btree (second_id);
CREATE INDEX ix_erasure_request_suppression_hash ON public.erasure_request USING btree (suppression_hash);
CREATE INDEX ix_external_ref_customer_id ON public.external_ref USING btree (customer_id);
CREATE INDEX ix_follow_up_call_id ON public.follow_up USING btree (call_id) WHERE (call_id IS NOT NULL);
CREATE INDEX ix_follow_up_customer_id ON public.follow_up USING btree (customer_id);
CREATE INDEX ix_follow_up_open ON public.follow_up USING btree (customer_id, due_at) WHERE (done_at IS NULL);
CREATE INDEX ix_household_member_customer_id ON public.household_member USING btree (customer_id);
CREATE INDEX ix_import_batch_merged_at ON public.import_batch USING btree (merged_at);
CREATE INDEX ix_interaction_call_id ON public.interaction USING btree (call_id);
CREATE INDEX ix_interaction_newest ON public.interaction USING btree (customer_id, started_at, id);
CREATE INDEX ix_interaction_thread_id ON public.interaction USING btree (thread_id) WHERE (thread_id IS NOT NULL);
CREATE INDEX ix_merge_log_kept_id ON public.merge_log USING btree (kept_id);
CREATE INDEX ix_merge_log_merged_id ON public.merge_log USING btree (merged_id);
CREATE INDEX ix_note_call_id ON public.note USING btree (call_id);
CREATE INDEX ix_note_customer_id_created_at ON public.note USING btree (customer_id, created_at);
CREATE INDEX ix_number_choice_customer_id ON public.number_choice USING btree (customer_id);
CREATE INDEX ix_number_range_customer_id ON public.number_range USING btree (customer_id);
CREATE INDEX ix_number_range_first_e164 ON public.number_range USING btree (first_e164);
CREATE INDEX ix_phone_number_digits_rev ON public.phone_number USING btree (digits_rev);
CREATE INDEX ix_purchase_newest ON public.purchase USING btree (customer_id, ordered_at, id);
CREATE INDEX ix_purchase_returned_purchase_id ON public.purchase USING btree (returned_purchase_id) WHERE (returned_purchase_id IS NOT NULL);
CREATE UNIQUE INDEX uq_customer_phone_live_primary ON public.customer_phone USING btree (customer_id) WHERE (is_primary AND (valid_to IS NULL));
ALTER TABLE ONLY public.address
    ADD CONSTRAINT fk_address_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT fk_audit_log_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.call_candidate
    ADD CONSTRAINT fk_call_candidate_call_id_call FOREIGN KEY (call_id) REFERENCES public.call(id);
ALTER TABLE ONLY public.call_candidate
    ADD CONSTRAINT fk_call_candidate_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.call
    ADD CONSTRAINT fk_call_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.call_event
    ADD CONSTRAINT fk_call_event_call_id_call FOREIGN KEY (call_id) REFERENCES public.call(id);
ALTER TABLE ONLY public.call_leg
    ADD CONSTRAINT fk_call_leg_call_id_call FOREIGN KEY (call_id) REFERENCES public.call(id);
ALTER TABLE ONLY public.call
    ADD CONSTRAINT fk_call_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.call_ref
    ADD CONSTRAINT fk_call_ref_call_id_call FOREIGN KEY (call_id) REFERENCES public.call(id);
ALTER TABLE ONLY public.caution
    ADD CONSTRAINT fk_caution_approved_by_id_operator FOREIGN KEY (approved_by_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.caution
    ADD CONSTRAINT fk_caution_created_by_id_operator FOREIGN KEY (created_by_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.caution
    ADD CONSTRAINT fk_caution_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.company_link
    ADD CONSTRAINT fk_company_link_company_id_customer FOREIGN KEY (company_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.company_link
    ADD CONSTRAINT fk_company_link_person_id_customer FOREIGN KEY (person_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.complaint
    ADD CONSTRAINT fk_complaint_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.complaint_event
    ADD CONSTRAINT fk_complaint_event_complaint_id_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaint(id);
ALTER TABLE ONLY public.complaint_event
    ADD CONSTRAINT fk_complaint_event_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.complaint
    ADD CONSTRAINT fk_complaint_handler_id_operator FOREIGN KEY (handler_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.complaint
    ADD CONSTRAINT fk_complaint_product_id_product FOREIGN KEY (product_id) REFERENCES public.product(id);
ALTER TABLE ONLY public.consent
    ADD CONSTRAINT fk_consent_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.consent
    ADD CONSTRAINT fk_consent_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.customer_attribute
    ADD CONSTRAINT fk_customer_attribute_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.customer_attribute
    ADD CONSTRAINT fk_customer_attribute_def_id_customer_attribute_def FOREIGN KEY (def_id) REFERENCES public.customer_attribute_def(id);
ALTER TABLE ONLY public.customer_handler
    ADD CONSTRAINT fk_customer_handler_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.customer_handler
    ADD CONSTRAINT fk_customer_handler_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.customer
    ADD CONSTRAINT fk_customer_merged_into_id_customer FOREIGN KEY (merged_into_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.customer_phone
    ADD CONSTRAINT fk_customer_phone_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.customer_phone
    ADD CONSTRAINT fk_customer_phone_phone_number_id_phone_number FOREIGN KEY (phone_number_id) REFERENCES public.phone_number(id);
ALTER TABLE ONLY public.disposition
    ADD CONSTRAINT fk_disposition_parent_id_disposition FOREIGN KEY (parent_id) REFERENCES public.disposition(id);
ALTER TABLE ONLY public.duplicate_pair
    ADD CONSTRAINT fk_duplicate_pair_first_id_customer FOREIGN KEY (first_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.duplicate_pair
    ADD CONSTRAINT fk_duplicate_pair_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.duplicate_pair
    ADD CONSTRAINT fk_duplicate_pair_second_id_customer FOREIGN KEY (second_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.erasure_request
    ADD CONSTRAINT fk_erasure_request_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.external_ref
    ADD CONSTRAINT fk_external_ref_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_assignee_id_operator FOREIGN KEY (assignee_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_call_id_call FOREIGN KEY (call_id) REFERENCES public.call(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.follow_up
    ADD CONSTRAINT fk_follow_up_done_by_id_operator FOREIGN KEY (done_by_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.household_member
    ADD CONSTRAINT fk_household_member_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.household_member
    ADD CONSTRAINT fk_household_member_household_id_household FOREIGN KEY (household_id) REFERENCES public.household(id);
ALTER TABLE ONLY public.import_batch
    ADD CONSTRAINT fk_import_batch_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.import_batch
    ADD CONSTRAINT fk_import_batch_undone_by_id_operator FOREIGN KEY (undone_by_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.import_range
    ADD CONSTRAINT fk_import_range_batch_id_import_batch FOREIGN KEY (batch_id) REFERENCES public.import_batch(id);
ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT fk_import_row_batch_id_import_batch FOREIGN KEY (batch_id) REFERENCES public.import_batch(id);
ALTER TABLE ONLY public.interaction
    ADD CONSTRAINT fk_interaction_call_id_call FOREIGN KEY (call_id) REFERENCES public.call(id);
ALTER TABLE ONLY public.interaction
    ADD CONSTRAINT fk_interaction_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.interaction
    ADD CONSTRAINT fk_interaction_disposition_id_disposition FOREIGN KEY (disposition_id) REFERENCES public.disposition(id);
ALTER TABLE ONLY public.interaction
    ADD CONSTRAINT fk_interaction_handler_id_operator FOREIGN KEY (handler_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.merge_log
    ADD CONSTRAINT fk_merge_log_kept_id_customer FOREIGN KEY (kept_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.merge_log
    ADD CONSTRAINT fk_merge_log_merged_id_customer FOREIGN KEY (merged_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.merge_log
    ADD CONSTRAINT fk_merge_log_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.merge_log
    ADD CONSTRAINT fk_merge_log_undone_by_id_operator FOREIGN KEY (undone_by_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT fk_note_call_id_call FOREIGN KEY (call_id) REFERENCES public.call(id);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT fk_note_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT fk_note_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.note_revision
    ADD CONSTRAINT fk_note_revision_note_id_note FOREIGN KEY (note_id) REFERENCES public.note(id);
ALTER TABLE ONLY public.note_revision
    ADD CONSTRAINT fk_note_revision_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.number_choice
    ADD CONSTRAINT fk_number_choice_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.number_choice
    ADD CONSTRAINT fk_number_choice_operator_id_operator FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.number_range
    ADD CONSTRAINT fk_number_range_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.phone_number
    ADD CONSTRAINT fk_phone_number_blocked_by_id_operator FOREIGN KEY (blocked_by_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.purchase
    ADD CONSTRAINT fk_purchase_customer_id_customer FOREIGN KEY (customer_id) REFERENCES public.customer(id);
ALTER TABLE ONLY public.purchase_item
    ADD CONSTRAINT fk_purchase_item_product_id_product FOREIGN KEY (product_id) REFERENCES public.product(id);
ALTER TABLE ONLY public.purchase_item
    ADD CONSTRAINT fk_purchase_item_purchase_id_purchase FOREIGN KEY (purchase_id) REFERENCES public.purchase(id);
ALTER TABLE ONLY public.purchase
    ADD CONSTRAINT fk_purchase_returned_purchase_id_purchase FOREIGN KEY (returned_purchase_id) REFERENCES public.purchase(id);
