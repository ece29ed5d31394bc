BEGIN TRANSACTION;
CREATE TABLE address (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	label VARCHAR(20) NOT NULL, 
	postal_code VARCHAR(16), 
	text TEXT NOT NULL, 
	valid_to VARCHAR(32), 
	CONSTRAINT pk_address PRIMARY KEY (id), 
	CONSTRAINT ck_address_label CHECK (label IN ('home', 'work', 'delivery', 'billing', 'other')), 
	CONSTRAINT fk_address_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE audit_log (
	id CHAR(32) NOT NULL, 
	desk VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	operator_id INTEGER, 
	action VARCHAR(32) NOT NULL, 
	table_name VARCHAR(64), 
	record_id TEXT, 
	why TEXT, 
	previous_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_log PRIMARY KEY (id), 
	CONSTRAINT uq_audit_log_desk_number UNIQUE (desk, number), 
	CONSTRAINT fk_audit_log_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
CREATE TABLE call (
	id CHAR(32) NOT NULL, 
	source TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	linked_id TEXT, 
	direction VARCHAR(20) NOT NULL, 
	number TEXT, 
	e164 BIGINT, 
	extension VARCHAR(20), 
	name TEXT, 
	withheld VARCHAR(20), 
	dialled TEXT, 
	line TEXT, 
	diverted_from TEXT, 
	offered_at VARCHAR(32) NOT NULL, 
	answered_at VARCHAR(32), 
	ended_at VARCHAR(32), 
	end_cause VARCHAR(20), 
	outcome VARCHAR(20) NOT NULL, 
	answered_by TEXT, 
	operator_id INTEGER, 
	customer_id INTEGER, hold_ms INTEGER, 
	CONSTRAINT pk_call PRIMARY KEY (id), 
	CONSTRAINT ck_call_direction CHECK (direction IN ('in', 'out', 'internal')), 
	CONSTRAINT ck_call_withheld CHECK (withheld IN ('anonymous', 'payphone', 'out_of_area', 'service_conflict')), 
	CONSTRAINT ck_call_end_cause CHECK (end_cause IN ('cancelled', 'answered_elsewhere', 'hung_up', 'rejected', 'busy', 'timed_out', 'failed')), 
	CONSTRAINT ck_call_outcome CHECK (outcome IN ('offered', 'answered', 'missed', 'elsewhere')), 
	CONSTRAINT fk_call_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id), 
	CONSTRAINT fk_call_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
INSERT INTO "call" VALUES('01a1fc84bd0070078000000000000007','desk phone','abc',NULL,'in','090-1234-5678',819012345678,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-21 05:12:00.000000+00:00','2026-11-21 05:12:00.000000+00:00',NULL,NULL,'answered',NULL,1,1,NULL);
CREATE TABLE call_candidate (
	call_id CHAR(32) NOT NULL, 
	rank INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	reason VARCHAR(20) NOT NULL, 
	is_chosen BOOLEAN DEFAULT false NOT NULL, 
	CONSTRAINT pk_call_candidate PRIMARY KEY (call_id, rank), 
	CONSTRAINT ck_call_candidate_reason CHECK (reason IN ('remembered', 'extension', 'exact', 'household', 'company', 'switchboard', 'suffix', 'mentioned', 'name')), 
	CONSTRAINT fk_call_candidate_call_id_call FOREIGN KEY(call_id) REFERENCES call (id), 
	CONSTRAINT fk_call_candidate_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
INSERT INTO "call_candidate" VALUES('01a1fc84bd0070078000000000000007',1,1,'exact',1);
CREATE TABLE call_event (
	id CHAR(32) NOT NULL, 
	call_id CHAR(32) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	source TEXT NOT NULL, 
	facts TEXT, 
	CONSTRAINT pk_call_event PRIMARY KEY (id), 
	CONSTRAINT ck_call_event_kind CHECK (kind IN ('offered', 'answered', 'caller_changed', 'ended')), 
	CONSTRAINT fk_call_event_call_id_call FOREIGN KEY(call_id) REFERENCES call (id)
);
CREATE TABLE call_leg (
	id CHAR(32) NOT NULL, 
	call_id CHAR(32) NOT NULL, 
	who TEXT NOT NULL, 
	offered_at VARCHAR(32) NOT NULL, 
	answered_at VARCHAR(32), 
	ended_at VARCHAR(32), 
	end_cause VARCHAR(20), 
	CONSTRAINT pk_call_leg PRIMARY KEY (id), 
	CONSTRAINT ck_call_leg_end_cause CHECK (end_cause IN ('cancelled', 'answered_elsewhere', 'hung_up', 'rejected', 'busy', 'timed_out', 'failed')), 
	CONSTRAINT fk_call_leg_call_id_call FOREIGN KEY(call_id) REFERENCES call (id)
);
INSERT INTO "call_leg" VALUES('01a1fc84bd0070088000000000000008','01a1fc84bd0070078000000000000007','sato','2026-11-21 05:12:00.000000+00:00','2026-11-21 05:12:00.000000+00:00',NULL,NULL);
CREATE TABLE call_ref (
	source TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	call_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_call_ref PRIMARY KEY (source, source_id), 
	CONSTRAINT fk_call_ref_call_id_call FOREIGN KEY(call_id) REFERENCES call (id)
);
CREATE TABLE caution (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	created_by_id INTEGER, 
	approved_by_id INTEGER, 
	created_at VARCHAR(32) NOT NULL, 
	expires_at VARCHAR(32), 
	CONSTRAINT pk_caution PRIMARY KEY (id), 
	CONSTRAINT fk_caution_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_caution_created_by_id_operator FOREIGN KEY(created_by_id) REFERENCES operator (id), 
	CONSTRAINT fk_caution_approved_by_id_operator FOREIGN KEY(approved_by_id) REFERENCES operator (id)
);
CREATE TABLE company_link (
	company_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	role TEXT, 
	CONSTRAINT pk_company_link PRIMARY KEY (company_id, person_id), 
	CONSTRAINT fk_company_link_company_id_customer FOREIGN KEY(company_id) REFERENCES customer (id), 
	CONSTRAINT fk_company_link_person_id_customer FOREIGN KEY(person_id) REFERENCES customer (id)
);
INSERT INTO "company_link" VALUES(2,3,'総務部');
INSERT INTO "company_link" VALUES(2,4,'購買部');
INSERT INTO "company_link" VALUES(2,5,'営業部 部長');
INSERT INTO "company_link" VALUES(16,17,'担当');
INSERT INTO "company_link" VALUES(16,18,'担当');
INSERT INTO "company_link" VALUES(19,20,'担当');
INSERT INTO "company_link" VALUES(19,21,'担当');
INSERT INTO "company_link" VALUES(22,23,'担当');
INSERT INTO "company_link" VALUES(22,24,'担当');
INSERT INTO "company_link" VALUES(25,26,'担当');
INSERT INTO "company_link" VALUES(25,27,'担当');
INSERT INTO "company_link" VALUES(28,29,'担当');
INSERT INTO "company_link" VALUES(28,30,'担当');
INSERT INTO "company_link" VALUES(31,32,'担当');
INSERT INTO "company_link" VALUES(31,33,'担当');
INSERT INTO "company_link" VALUES(34,35,'担当');
INSERT INTO "company_link" VALUES(34,36,'担当');
INSERT INTO "company_link" VALUES(37,38,'担当');
INSERT INTO "company_link" VALUES(37,39,'担当');
INSERT INTO "company_link" VALUES(40,41,'担当');
INSERT INTO "company_link" VALUES(40,42,'担当');
INSERT INTO "company_link" VALUES(43,44,'担当');
INSERT INTO "company_link" VALUES(43,45,'担当');
INSERT INTO "company_link" VALUES(46,47,'担当');
INSERT INTO "company_link" VALUES(46,48,'担当');
CREATE TABLE complaint (
	id INTEGER NOT NULL, 
	complaint_no VARCHAR(64) NOT NULL, 
	customer_id INTEGER NOT NULL, 
	category TEXT NOT NULL, 
	cause TEXT, 
	severity INTEGER NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	product_id INTEGER, 
	handler_id INTEGER, 
	received_at VARCHAR(32) NOT NULL, 
	due_at VARCHAR(32), 
	resolved_at VARCHAR(32), 
	text TEXT, 
	resolution TEXT, 
	reopened_count INTEGER DEFAULT '0' NOT NULL, 
	version_id INTEGER DEFAULT '1' NOT NULL, acknowledged_at VARCHAR(32), responded_at VARCHAR(32), verified_at VARCHAR(32), closed_at VARCHAR(32), 
	CONSTRAINT pk_complaint PRIMARY KEY (id), 
	CONSTRAINT ck_complaint_state CHECK (state IN ('received', 'acknowledged', 'investigating', 'responding', 'resolved', 'verified', 'closed')), 
	CONSTRAINT uq_complaint_complaint_no UNIQUE (complaint_no), 
	CONSTRAINT ck_complaint_severity CHECK (severity BETWEEN 1 AND 5), 
	CONSTRAINT fk_complaint_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_complaint_product_id_product FOREIGN KEY(product_id) REFERENCES product (id), 
	CONSTRAINT fk_complaint_handler_id_operator FOREIGN KEY(handler_id) REFERENCES operator (id)
);
INSERT INTO "complaint" VALUES(1,'12',1,'配送遅延',NULL,3,'investigating',NULL,1,'2026-11-18 05:12:00.000000+00:00','2026-11-25 05:12:00.000000+00:00',NULL,'約束の羽毛布団が届かない。運送会社に荷物の所在を確認中。',NULL,0,1,NULL,NULL,NULL,NULL);
INSERT INTO "complaint" VALUES(2,'7',1,'品質',NULL,2,'closed',NULL,2,'2026-05-29 05:12:00.000000+00:00','2026-06-05 05:12:00.000000+00:00','2026-06-04 05:12:00.000000+00:00','敷きパッドの縫い目がほつれた。','返品を承り、全額を返金した。',0,1,NULL,NULL,NULL,NULL);
INSERT INTO "complaint" VALUES(3,'3',1,'応対',NULL,1,'closed',NULL,3,'2024-12-19 05:12:00.000000+00:00','2024-12-26 05:12:00.000000+00:00','2024-12-21 05:12:00.000000+00:00','折り返しの電話がなかった。','責任者からおわびした。',0,1,NULL,NULL,NULL,NULL);
INSERT INTO "complaint" VALUES(4,'15',10,'誤配送',NULL,2,'resolved',NULL,1,'2026-10-22 05:12:00.000000+00:00','2026-10-29 05:12:00.000000+00:00','2026-10-26 05:12:00.000000+00:00','Wrong colour was delivered.','Replaced free of charge.',0,1,NULL,NULL,NULL,NULL);
INSERT INTO "complaint" VALUES(5,'111',11,'配送遅延',NULL,2,'responding',NULL,1,'2026-09-06 20:47:49.369878+00:00','2026-09-13 20:47:49.369878+00:00',NULL,'約束の日を過ぎても届かない。',NULL,0,1,NULL,NULL,NULL,NULL);
INSERT INTO "complaint" VALUES(6,'116',16,'請求',NULL,2,'closed',NULL,1,'2026-10-14 09:07:40.388318+00:00','2026-10-21 09:07:40.388318+00:00','2026-10-16 09:07:40.388318+00:00','二重に請求されている。','一件を取り消し、明細を送り直した。',0,1,NULL,NULL,NULL,NULL);
CREATE TABLE complaint_event (
	id CHAR(32) NOT NULL, 
	complaint_id INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	operator_id INTEGER, 
	from_state VARCHAR(20), 
	to_state VARCHAR(20) NOT NULL, 
	text TEXT, 
	CONSTRAINT pk_complaint_event PRIMARY KEY (id), 
	CONSTRAINT ck_complaint_event_from_state CHECK (from_state IN ('received', 'acknowledged', 'investigating', 'responding', 'resolved', 'verified', 'closed')), 
	CONSTRAINT ck_complaint_event_to_state CHECK (to_state IN ('received', 'acknowledged', 'investigating', 'responding', 'resolved', 'verified', 'closed')), 
	CONSTRAINT fk_complaint_event_complaint_id_complaint FOREIGN KEY(complaint_id) REFERENCES complaint (id), 
	CONSTRAINT fk_complaint_event_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
INSERT INTO "complaint_event" VALUES('01a1ed11a900747eb28461e0593942a4',1,'2026-11-18 05:12:00.000000+00:00',1,NULL,'investigating',NULL);
INSERT INTO "complaint_event" VALUES('019e72257d0079bf9599c2c51509bb0a',2,'2026-05-29 05:12:00.000000+00:00',1,NULL,'closed',NULL);
INSERT INTO "complaint_event" VALUES('0193dd547500712ebd7b14bb01088475',3,'2024-12-19 05:12:00.000000+00:00',1,NULL,'closed',NULL);
INSERT INTO "complaint_event" VALUES('01a16205f500784cabf60e34c7f336da',4,'2026-10-22 05:12:00.000000+00:00',1,NULL,'resolved',NULL);
INSERT INTO "complaint_event" VALUES('01a0787a32797a28a144cfff814afde8',5,'2026-09-06 20:47:49.369878+00:00',1,NULL,'responding',NULL);
INSERT INTO "complaint_event" VALUES('01a139aad8e476b09de731ffb65fcd37',6,'2026-10-14 09:07:40.388318+00:00',1,NULL,'closed',NULL);
CREATE TABLE consent (
	id CHAR(32) NOT NULL, 
	customer_id INTEGER NOT NULL, 
	contact_point TEXT, 
	channel VARCHAR(20) NOT NULL, 
	purpose TEXT NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	source TEXT, 
	operator_id INTEGER, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_consent PRIMARY KEY (id), 
	CONSTRAINT ck_consent_channel CHECK (channel IN ('phone', 'mail', 'sns', 'message', 'visit')), 
	CONSTRAINT ck_consent_status CHECK (status IN ('granted', 'refused', 'withdrawn')), 
	CONSTRAINT fk_consent_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_consent_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
CREATE TABLE customer (
	id INTEGER NOT NULL, 
	customer_no VARCHAR(64) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	name TEXT NOT NULL, 
	reading TEXT, 
	company TEXT, 
	rank VARCHAR(20), 
	lifecycle_stage VARCHAR(20) NOT NULL, 
	memo TEXT, 
	birth_date DATE, 
	birth_precision VARCHAR(20), 
	language VARCHAR(12) DEFAULT 'ja' NOT NULL, 
	postal_code VARCHAR(16), 
	address TEXT, 
	email TEXT, 
	last_contact_at VARCHAR(32), 
	created_at VARCHAR(32) NOT NULL, 
	merged_into_id INTEGER, 
	erased_at VARCHAR(32), 
	version_id INTEGER DEFAULT '1' NOT NULL, preferred_channel VARCHAR(20) CONSTRAINT ck_customer_preferred_channel CHECK (preferred_channel IN ('phone', 'mail', 'sns', 'message', 'visit')), 
	CONSTRAINT pk_customer PRIMARY KEY (id), 
	CONSTRAINT ck_customer_kind CHECK (kind IN ('person', 'company', 'unknown')), 
	CONSTRAINT ck_customer_lifecycle_stage CHECK (lifecycle_stage IN ('prospect', 'active', 'loyal', 'dormant', 'former')), 
	CONSTRAINT ck_customer_birth_precision CHECK (birth_precision IN ('day', 'month', 'year', 'no_year')), 
	CONSTRAINT uq_customer_customer_no UNIQUE (customer_no), 
	CONSTRAINT fk_customer_merged_into_id_customer FOREIGN KEY(merged_into_id) REFERENCES customer (id)
);
INSERT INTO "customer" VALUES(1,'C-000001','person','髙橋 一郎','タカハシ イチロウ',NULL,'A','loyal','ゆっくり大きな声で','1951-04-12','day','ja','100-0013','東京都千代田区霞が関1-2-3','ichiro.takahashi@example.jp','2026-11-21 05:12:00.000000+00:00','2020-08-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(2,'C-000002','company','青空商事株式会社','アオゾラショウジ',NULL,'B','active',NULL,NULL,NULL,'ja','530-0001','大阪府大阪市北区梅田2-5-1 青空ビル 4階','info@aozora.example.jp','2026-11-15 05:12:00.000000+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(3,'C-000003','person','山﨑 健太','ヤマザキ ケンタ','青空商事株式会社',NULL,'active',NULL,NULL,NULL,'ja',NULL,'大阪府大阪市北区梅田2-5-1',NULL,'2026-08-02 05:12:00.000000+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(4,'C-000004','person','𠮷田 愛','ヨシダ アイ','青空商事株式会社',NULL,'active',NULL,NULL,NULL,'ja',NULL,'大阪府大阪市北区梅田2-5-1',NULL,'2026-08-01 05:12:00.000000+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(5,'C-000005','person','渡邉 隆','ワタナベ タカシ','青空商事株式会社',NULL,'active',NULL,NULL,NULL,'ja',NULL,'大阪府大阪市北区梅田2-5-1',NULL,'2026-07-19 05:12:00.000000+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(6,'C-000006','person','田中 誠','タナカ マコト',NULL,'B','active',NULL,NULL,NULL,'ja','180-0004','東京都武蔵野市吉祥寺本町2-8-15',NULL,'2026-09-21 05:12:00.000000+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(7,'C-000007','person','田中 由美子','タナカ ユミコ',NULL,'A','active','午前中のご連絡を希望',NULL,NULL,'ja','180-0004','東京都武蔵野市吉祥寺本町2-8-15',NULL,'2026-11-07 05:12:00.000000+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(8,'C-000008','person','田中 結衣','タナカ ユイ',NULL,NULL,'active',NULL,NULL,NULL,'ja','180-0004','東京都武蔵野市吉祥寺本町2-8-15',NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(9,'C-000009','person','佐藤 花子','サトウ ハナコ',NULL,'B','active',NULL,NULL,NULL,'ja','190-0012','東京都立川市曙町1-4-9',NULL,'2026-11-12 05:12:00.000000+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(10,'C-000010','person','Emily Carter','エミリー カーター',NULL,'A','active','English, please. Ask for the delivery time slot.',NULL,NULL,'en',NULL,'鹿児島県鹿児島市山下町4-1','emily.carter@example.com','2026-11-01 05:12:00.000000+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(11,'C-000011','person','佐藤 文子','サトウ フミコ',NULL,'B','active',NULL,'1997-02-27','day','ja','060-0001','北海道札幌市中央区北1条西8-8',NULL,'2026-02-08 12:04:19.167428+00:00','2020-01-22 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(12,'C-000012','person','佐藤 由美子','サトウ ユミコ',NULL,NULL,'active',NULL,NULL,NULL,'ja','060-0001','北海道札幌市中央区北1条西8-8',NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(13,'C-000013','person','渡邉 さくら','ワタナベ サクラ',NULL,'A','loyal',NULL,'1941-06-18','day','ja','180-0004','東京都武蔵野市吉祥寺本町7-10',NULL,'2026-10-21 11:23:53.896757+00:00','2020-04-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(14,'C-000014','person','山田 健一','ヤマダ ケンイチ',NULL,'B','active','ご家族が出ることが多い。本人確認を','1968-01-15','day','ja','530-0001','大阪府大阪市北区梅田9-4',NULL,'2026-09-24 07:06:53.894048+00:00','2020-09-27 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(15,'C-000015','person','斎藤 明美','サイトウ アケミ',NULL,'C','loyal',NULL,'1963-11-05','day','ja','460-0001','愛知県名古屋市中区三の丸6-26',NULL,'2026-08-11 00:09:16.628404+00:00','2020-10-19 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(16,'C-000016','company','株式会社みどり工務店','ミドリコウムテン',NULL,'B','active',NULL,NULL,NULL,'ja','460-0001','愛知県名古屋市中区三の丸5-28',NULL,'2026-07-30 22:32:09.893733+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(17,'C-000017','person','小林 美穂','コバヤシ ミホ','株式会社みどり工務店',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(18,'C-000018','person','山﨑 智子','ヤマザキ トモコ','株式会社みどり工務店',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(19,'C-000019','company','有限会社丸山酒店','マルヤマサケテン',NULL,'B','active',NULL,NULL,NULL,'ja','810-0001','福岡県福岡市中央区天神6-24',NULL,'2026-09-01 09:38:10.925929+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(20,'C-000020','person','長谷川 誠','ハセガワ マコト','有限会社丸山酒店',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(21,'C-000021','person','勅使河原 和子','テシガワラ カズコ','有限会社丸山酒店',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(22,'C-000022','company','ひかり旅館','ヒカリリョカン',NULL,'B','active',NULL,NULL,NULL,'ja','810-0001','福岡県福岡市中央区天神3-21',NULL,'2026-11-10 11:17:54.376330+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(23,'C-000023','person','藤田 大輔','フジタ ダイスケ','ひかり旅館',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(24,'C-000024','person','石井 文子','イシイ フミコ','ひかり旅館',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(25,'C-000025','company','社会福祉法人つばさ会','ツバサカイ',NULL,'B','active',NULL,NULL,NULL,'ja','892-0816','鹿児島県鹿児島市山下町7-24',NULL,'2026-08-28 05:33:31.359024+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(26,'C-000026','person','東海林 一','ショウジ ハジメ','社会福祉法人つばさ会',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(27,'C-000027','person','佐藤 亮','サトウ リョウ','社会福祉法人つばさ会',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(28,'C-000028','company','株式会社北斗運輸','ホクトウンユ',NULL,'B','active',NULL,NULL,NULL,'ja','100-0101','東京都大島町元町8-25',NULL,'2026-11-08 12:34:52.272320+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(29,'C-000029','person','原田 翔太','ハラダ ショウタ','株式会社北斗運輸',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(30,'C-000030','person','鈴木 陽子','スズキ ヨウコ','株式会社北斗運輸',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(31,'C-000031','company','ホテルさざなみ','ホテルサザナミ',NULL,'B','active',NULL,NULL,NULL,'ja','190-0012','東京都立川市曙町9-8',NULL,'2026-10-24 11:24:23.980117+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(32,'C-000032','person','田村 智子','タムラ トモコ','ホテルさざなみ',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(33,'C-000033','person','藤井 和子','フジイ カズコ','ホテルさざなみ',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(34,'C-000034','company','合同会社コトノハ','コトノハ',NULL,'B','active',NULL,NULL,NULL,'ja','460-0001','愛知県名古屋市中区三の丸5-22',NULL,'2026-09-01 22:16:37.824688+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(35,'C-000035','person','木村 明美','キムラ アケミ','合同会社コトノハ',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(36,'C-000036','person','斎藤 美咲','サイトウ ミサキ','合同会社コトノハ',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(37,'C-000037','company','医療法人社団やまびこ内科','ヤマビコナイカ',NULL,'B','active',NULL,NULL,NULL,'ja','015-0072','秋田県由利本荘市裏尾崎町7-4',NULL,'2026-06-03 10:12:17.709665+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(38,'C-000038','person','小林 幸子','コバヤシ サチコ','医療法人社団やまびこ内科',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(39,'C-000039','person','遠藤 久美子','エンドウ クミコ','医療法人社団やまびこ内科',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(40,'C-000040','company','株式会社朝日屋','アサヒヤ',NULL,'B','active',NULL,NULL,NULL,'ja','810-0001','福岡県福岡市中央区天神4-18',NULL,'2026-08-13 12:23:07.160993+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(41,'C-000041','person','渡邊 和子','ワタナベ カズコ','株式会社朝日屋',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(42,'C-000042','person','後藤 恵子','ゴトウ ケイコ','株式会社朝日屋',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(43,'C-000043','company','民宿はまゆう','ミンシュクハマユウ',NULL,'B','active',NULL,NULL,NULL,'ja','250-0408','神奈川県足柄下郡箱根町強羅8-22',NULL,'2026-10-01 02:31:25.595449+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(44,'C-000044','person','山口 蓮','ヤマグチ レン','民宿はまゆう',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(45,'C-000045','person','中村 一','ナカムラ ハジメ','民宿はまゆう',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(46,'C-000046','company','一般財団法人関東甲信越広域生活文化環境振興センター東京事務所総務部資材調達課','カントウコウシンエツコウイキセイカツブンカカンキョウシンコウセンタートウキョウジムショ',NULL,'B','active',NULL,NULL,NULL,'ja','460-0001','愛知県名古屋市中区三の丸2-15',NULL,'2024-06-27 05:37:27.548247+00:00','2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(47,'C-000047','person','石川 文子','イシカワ フミコ','一般財団法人関東甲信越広域生活文化環境振興センター東京事務所総務部資材調達課',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(48,'C-000048','person','岡田 健一','オカダ ケンイチ','一般財団法人関東甲信越広域生活文化環境振興センター東京事務所総務部資材調達課',NULL,'active',NULL,NULL,NULL,'ja',NULL,NULL,NULL,NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(49,'C-000049','person','John Smith',NULL,NULL,NULL,'active',NULL,NULL,NULL,'en',NULL,NULL,'guest0@example.com',NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(50,'C-000050','person','María García',NULL,NULL,NULL,'active',NULL,NULL,NULL,'en',NULL,NULL,'guest1@example.com',NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(51,'C-000051','person','Nguyễn Thị Lan',NULL,NULL,NULL,'active',NULL,NULL,NULL,'en',NULL,NULL,'guest2@example.com',NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(52,'C-000052','person','Kim Min-jun',NULL,NULL,NULL,'active',NULL,NULL,NULL,'en',NULL,NULL,'guest3@example.com',NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
INSERT INTO "customer" VALUES(53,'C-000053','person','Olivia O''Brien',NULL,NULL,NULL,'active',NULL,NULL,NULL,'en',NULL,NULL,'guest4@example.com',NULL,'2024-06-04 05:12:00.000000+00:00',NULL,NULL,1,NULL);
CREATE TABLE customer_attribute (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	def_id INTEGER NOT NULL, 
	value TEXT NOT NULL, 
	source TEXT, 
	observed_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_customer_attribute PRIMARY KEY (id), 
	CONSTRAINT fk_customer_attribute_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_customer_attribute_def_id_customer_attribute_def FOREIGN KEY(def_id) REFERENCES customer_attribute_def (id)
);
CREATE TABLE customer_attribute_def (
	id INTEGER NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	label_ja TEXT NOT NULL, 
	label_en TEXT NOT NULL, 
	value_type VARCHAR(20) NOT NULL, 
	sensitivity VARCHAR(20) NOT NULL, 
	purpose TEXT, 
	role TEXT, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_customer_attribute_def PRIMARY KEY (id), 
	CONSTRAINT ck_customer_attribute_def_value_type CHECK (value_type IN ('text', 'number', 'date', 'choice', 'yes_no')), 
	CONSTRAINT ck_customer_attribute_def_sensitivity CHECK (sensitivity IN ('plain', 'personal', 'special')), 
	CONSTRAINT uq_customer_attribute_def_code UNIQUE (code)
);
CREATE TABLE customer_handler (
	customer_id INTEGER NOT NULL, 
	operator_id INTEGER NOT NULL, 
	last_at VARCHAR(32) NOT NULL, 
	count INTEGER NOT NULL, 
	last_subject TEXT, 
	CONSTRAINT pk_customer_handler PRIMARY KEY (customer_id, operator_id), 
	CONSTRAINT fk_customer_handler_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_customer_handler_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
INSERT INTO "customer_handler" VALUES(15,3,'2026-08-11 00:09:16.628404+00:00',5,'電話での注文');
INSERT INTO "customer_handler" VALUES(16,1,'2026-01-02 12:30:02.325916+00:00',4,'支払い方法');
INSERT INTO "customer_handler" VALUES(19,3,'2024-12-16 18:13:47.373779+00:00',2,'注文の変更');
INSERT INTO "customer_handler" VALUES(46,2,'2024-06-27 05:37:27.548247+00:00',1,'注文の変更');
INSERT INTO "customer_handler" VALUES(16,3,'2025-11-17 21:12:37.808015+00:00',2,'商品について');
INSERT INTO "customer_handler" VALUES(14,2,'2026-09-24 07:06:53.894048+00:00',3,'電話での注文');
INSERT INTO "customer_handler" VALUES(16,2,'2026-03-14 20:57:09.082278+00:00',3,'返品の相談');
INSERT INTO "customer_handler" VALUES(28,2,'2026-10-25 23:53:52.306468+00:00',4,'電話での注文');
INSERT INTO "customer_handler" VALUES(37,1,'2025-08-29 03:59:01.656593+00:00',4,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(31,1,'2026-05-04 10:58:49.521683+00:00',3,'折り返し');
INSERT INTO "customer_handler" VALUES(34,1,'2024-09-09 18:36:42.233833+00:00',1,'支払い方法');
INSERT INTO "customer_handler" VALUES(11,4,'2025-08-01 04:22:02.135946+00:00',2,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(37,3,'2026-05-12 05:58:01.133342+00:00',2,'支払い方法');
INSERT INTO "customer_handler" VALUES(34,4,'2026-09-01 22:16:37.824688+00:00',3,'支払い方法');
INSERT INTO "customer_handler" VALUES(22,4,'2026-04-21 05:48:21.475677+00:00',2,'商品について');
INSERT INTO "customer_handler" VALUES(25,2,'2026-08-28 05:33:31.359024+00:00',3,'電話での注文');
INSERT INTO "customer_handler" VALUES(11,3,'2026-02-08 12:04:19.167428+00:00',3,'注文の変更');
INSERT INTO "customer_handler" VALUES(31,2,'2026-10-24 11:24:23.980117+00:00',3,'折り返し');
INSERT INTO "customer_handler" VALUES(22,3,'2026-03-23 23:08:46.395648+00:00',2,'返品の相談');
INSERT INTO "customer_handler" VALUES(43,2,'2025-01-16 08:07:49.358081+00:00',1,'注文の変更');
INSERT INTO "customer_handler" VALUES(40,3,'2025-12-20 21:37:34.821036+00:00',2,'返品の相談');
INSERT INTO "customer_handler" VALUES(43,3,'2026-10-01 02:31:25.595449+00:00',3,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(19,4,'2025-11-22 03:06:23.928442+00:00',2,'返品の相談');
INSERT INTO "customer_handler" VALUES(43,4,'2025-11-14 03:30:23.202803+00:00',2,'注文の変更');
INSERT INTO "customer_handler" VALUES(28,4,'2025-09-03 10:21:14.532912+00:00',2,'返品の相談');
INSERT INTO "customer_handler" VALUES(31,3,'2025-08-16 15:35:01.171981+00:00',2,'電話での注文');
INSERT INTO "customer_handler" VALUES(34,2,'2026-03-21 20:26:48.601244+00:00',4,'電話での注文');
INSERT INTO "customer_handler" VALUES(14,4,'2026-04-02 08:07:39.598102+00:00',2,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(25,4,'2026-02-22 10:44:59.667025+00:00',4,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(25,3,'2026-07-13 02:12:46.644819+00:00',2,'電話での注文');
INSERT INTO "customer_handler" VALUES(13,3,'2025-07-11 08:19:54.824023+00:00',1,'折り返し');
INSERT INTO "customer_handler" VALUES(28,1,'2025-07-31 12:42:24.093153+00:00',1,'返品の相談');
INSERT INTO "customer_handler" VALUES(1,2,'2026-11-19 05:12:00.000000+00:00',3,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(25,1,'2025-10-15 21:46:00.537369+00:00',1,'注文の変更');
INSERT INTO "customer_handler" VALUES(22,1,'2026-05-25 22:07:39.785093+00:00',2,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(11,1,'2026-02-06 12:22:52.160310+00:00',1,'注文の変更');
INSERT INTO "customer_handler" VALUES(1,1,'2026-11-21 05:12:00.000000+00:00',9,'配送の件。明日また電話する。');
INSERT INTO "customer_handler" VALUES(13,4,'2026-02-09 18:42:46.469171+00:00',1,'商品について');
INSERT INTO "customer_handler" VALUES(13,2,'2026-03-03 01:20:29.661336+00:00',1,'支払い方法');
INSERT INTO "customer_handler" VALUES(31,4,'2026-03-24 17:46:34.872788+00:00',1,'返品の相談');
INSERT INTO "customer_handler" VALUES(14,1,'2026-04-14 19:28:19.222750+00:00',1,'商品について');
INSERT INTO "customer_handler" VALUES(13,1,'2026-10-21 11:23:53.896757+00:00',2,'電話での注文');
INSERT INTO "customer_handler" VALUES(43,1,'2026-04-22 11:59:07.165333+00:00',1,'注文の変更');
INSERT INTO "customer_handler" VALUES(40,2,'2026-05-03 07:13:17.718046+00:00',1,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(37,4,'2026-06-03 10:12:17.709665+00:00',1,'注文の変更');
INSERT INTO "customer_handler" VALUES(22,2,'2026-11-10 11:17:54.376330+00:00',2,'電話での注文');
INSERT INTO "customer_handler" VALUES(5,4,'2026-07-19 05:12:00.000000+00:00',1,'見積もり');
INSERT INTO "customer_handler" VALUES(15,4,'2026-07-26 04:55:03.171654+00:00',1,'返品の相談');
INSERT INTO "customer_handler" VALUES(16,4,'2026-07-30 22:32:09.893733+00:00',1,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(4,4,'2026-08-01 05:12:00.000000+00:00',1,'見積もり');
INSERT INTO "customer_handler" VALUES(3,4,'2026-08-02 05:12:00.000000+00:00',1,'見積もり');
INSERT INTO "customer_handler" VALUES(40,4,'2026-08-13 12:23:07.160993+00:00',1,'電話での注文');
INSERT INTO "customer_handler" VALUES(19,2,'2026-09-01 09:38:10.925929+00:00',1,'返品の相談');
INSERT INTO "customer_handler" VALUES(6,2,'2026-09-21 05:12:00.000000+00:00',1,'電話での注文');
INSERT INTO "customer_handler" VALUES(10,1,'2026-11-01 05:12:00.000000+00:00',1,'Delivery time');
INSERT INTO "customer_handler" VALUES(7,3,'2026-11-07 05:12:00.000000+00:00',1,'商品について');
INSERT INTO "customer_handler" VALUES(28,3,'2026-11-08 12:34:52.272320+00:00',1,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(9,4,'2026-11-12 05:12:00.000000+00:00',1,'配送の問い合わせ');
INSERT INTO "customer_handler" VALUES(2,4,'2026-11-15 05:12:00.000000+00:00',1,'電話での注文');
CREATE TABLE customer_phone (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	phone_number_id INTEGER NOT NULL, 
	extension VARCHAR(20) DEFAULT '' NOT NULL, 
	label VARCHAR(20) NOT NULL, 
	is_primary BOOLEAN DEFAULT false NOT NULL, 
	confidence VARCHAR(20) NOT NULL, 
	valid_to VARCHAR(32), 
	last_used_at VARCHAR(32), valid_from VARCHAR(32), source VARCHAR(20) CONSTRAINT ck_customer_phone_source CHECK (source IN ('operator', 'import', 'call')), 
	CONSTRAINT pk_customer_phone PRIMARY KEY (id), 
	CONSTRAINT ck_customer_phone_label CHECK (label IN ('home', 'mobile', 'work', 'main', 'direct', 'fax', 'other')), 
	CONSTRAINT ck_customer_phone_confidence CHECK (confidence IN ('known', 'maybe', 'stale')), 
	CONSTRAINT uq_customer_phone_customer_id_phone_number_id_extension UNIQUE (customer_id, phone_number_id, extension), 
	CONSTRAINT fk_customer_phone_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_customer_phone_phone_number_id_phone_number FOREIGN KEY(phone_number_id) REFERENCES phone_number (id)
);
INSERT INTO "customer_phone" VALUES(1,1,1,'','home',1,'known',NULL,'2026-11-19 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(2,1,2,'','mobile',0,'known',NULL,'2026-08-22 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(3,2,3,'','main',1,'known',NULL,'2026-10-12 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(4,3,3,'101','work',1,'known',NULL,'2026-05-03 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(5,4,3,'102','work',1,'known',NULL,'2026-06-13 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(6,5,3,'115','work',1,'known',NULL,'2026-08-19 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(7,6,4,'','home',1,'known',NULL,'2026-01-28 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(8,7,4,'','home',1,'known',NULL,'2026-05-02 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(9,7,5,'','mobile',0,'known',NULL,'2026-05-12 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(10,8,6,'','mobile',1,'known',NULL,'2026-03-20 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(11,9,7,'','home',1,'known',NULL,'2026-02-15 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(12,10,8,'','mobile',1,'known',NULL,'2026-01-31 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(13,11,9,'','home',1,'known',NULL,'2026-07-14 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(14,12,9,'','home',1,'known',NULL,'2026-10-30 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(15,13,10,'','mobile',1,'known',NULL,'2026-05-23 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(16,14,11,'','mobile',1,'known',NULL,'2026-06-19 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(17,14,12,'','home',0,'known',NULL,'2026-03-02 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(18,15,13,'','home',1,'known',NULL,'2026-02-05 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(19,16,14,'','main',1,'known',NULL,'2026-02-02 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(20,17,14,'11','work',1,'known',NULL,'2026-03-30 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(21,18,14,'12','work',1,'known',NULL,'2026-11-04 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(22,19,15,'','main',1,'known',NULL,'2026-10-26 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(23,20,15,'11','work',1,'known',NULL,'2026-06-05 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(24,21,15,'12','work',1,'known',NULL,'2026-05-11 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(25,22,16,'','main',1,'known',NULL,'2026-11-11 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(26,23,16,'11','work',1,'known',NULL,'2026-03-26 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(27,24,16,'12','work',1,'known',NULL,'2026-01-25 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(28,25,17,'','main',1,'known',NULL,'2026-03-30 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(29,26,17,'11','work',1,'known',NULL,'2026-09-12 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(30,27,17,'12','work',1,'known',NULL,'2026-05-03 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(31,28,18,'','main',1,'known',NULL,'2026-10-09 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(32,29,18,'11','work',1,'known',NULL,'2026-11-16 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(33,30,18,'12','work',1,'known',NULL,'2026-04-28 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(34,31,19,'','main',1,'known',NULL,'2026-03-11 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(35,32,19,'11','work',1,'known',NULL,'2026-07-31 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(36,33,19,'12','work',1,'known',NULL,'2026-09-25 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(37,34,20,'','main',1,'known',NULL,'2026-08-04 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(38,35,20,'11','work',1,'known',NULL,'2026-10-22 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(39,36,20,'12','work',1,'known',NULL,'2026-08-28 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(40,37,21,'','main',1,'known',NULL,'2026-07-07 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(41,38,21,'11','work',1,'known',NULL,'2026-08-31 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(42,39,21,'12','work',1,'known',NULL,'2026-09-09 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(43,40,22,'','main',1,'known',NULL,'2026-04-18 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(44,41,22,'11','work',1,'known',NULL,'2026-04-13 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(45,42,22,'12','work',1,'known',NULL,'2026-03-04 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(46,43,23,'','main',1,'known',NULL,'2026-08-21 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(47,44,23,'11','work',1,'known',NULL,'2026-10-07 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(48,45,23,'12','work',1,'known',NULL,'2026-03-12 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(49,46,24,'','main',1,'known',NULL,'2026-08-20 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(50,47,24,'11','work',1,'known',NULL,'2026-05-11 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(51,48,24,'12','work',1,'known',NULL,'2026-08-07 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(52,49,25,'','mobile',1,'known',NULL,'2026-03-31 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(53,50,26,'','mobile',1,'known',NULL,'2026-11-10 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(54,51,27,'','mobile',1,'known',NULL,'2026-09-29 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(55,52,28,'','mobile',1,'known',NULL,'2026-04-01 05:12:00.000000+00:00',NULL,NULL);
INSERT INTO "customer_phone" VALUES(56,53,29,'','mobile',1,'known',NULL,'2026-05-10 05:12:00.000000+00:00',NULL,NULL);
CREATE TABLE disposition (
	id INTEGER NOT NULL, 
	parent_id INTEGER, 
	code VARCHAR(64) NOT NULL, 
	label_ja TEXT NOT NULL, 
	label_en TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	needs_note BOOLEAN DEFAULT false NOT NULL, 
	CONSTRAINT pk_disposition PRIMARY KEY (id), 
	CONSTRAINT uq_disposition_code UNIQUE (code), 
	CONSTRAINT fk_disposition_parent_id_disposition FOREIGN KEY(parent_id) REFERENCES disposition (id)
);
INSERT INTO "disposition" VALUES(1,NULL,'inquiry','問い合わせ','Inquiry',1,0);
INSERT INTO "disposition" VALUES(2,1,'inquiry.delivery','配送','Delivery',2,0);
INSERT INTO "disposition" VALUES(3,1,'inquiry.product','商品','Product',3,0);
INSERT INTO "disposition" VALUES(4,1,'inquiry.payment','支払い','Payment',4,0);
INSERT INTO "disposition" VALUES(5,1,'inquiry.other','その他','Other',5,1);
INSERT INTO "disposition" VALUES(6,NULL,'order','注文','Order',6,0);
INSERT INTO "disposition" VALUES(7,6,'order.new','新規注文','New order',7,0);
INSERT INTO "disposition" VALUES(8,6,'order.change','変更','Change',8,0);
INSERT INTO "disposition" VALUES(9,6,'order.cancel','取り消し','Cancellation',9,0);
INSERT INTO "disposition" VALUES(10,6,'order.return','返品・交換','Return or exchange',10,1);
INSERT INTO "disposition" VALUES(11,NULL,'complaint','クレーム','Complaint',11,0);
INSERT INTO "disposition" VALUES(12,11,'complaint.quality','品質','Quality',12,1);
INSERT INTO "disposition" VALUES(13,11,'complaint.delivery','配送','Delivery',13,1);
INSERT INTO "disposition" VALUES(14,11,'complaint.service','応対','Service',14,1);
INSERT INTO "disposition" VALUES(15,NULL,'callback','折り返し','Callback',15,0);
INSERT INTO "disposition" VALUES(16,15,'callback.promised','折り返しを約束','Callback promised',16,0);
INSERT INTO "disposition" VALUES(17,15,'callback.done','折り返し済み','Called back',17,0);
INSERT INTO "disposition" VALUES(18,15,'callback.no_answer','不在','No answer',18,0);
INSERT INTO "disposition" VALUES(19,NULL,'none','対応不要','Nothing to do',19,0);
INSERT INTO "disposition" VALUES(20,19,'none.wrong_number','間違い電話','Wrong number',20,0);
INSERT INTO "disposition" VALUES(21,19,'none.sales','営業電話','Sales call',21,0);
INSERT INTO "disposition" VALUES(22,19,'none.silent','無言','Silent call',22,0);
CREATE TABLE duplicate_pair (
	first_id INTEGER NOT NULL, 
	second_id INTEGER NOT NULL, 
	decision VARCHAR(20) NOT NULL, 
	score FLOAT, 
	operator_id INTEGER, 
	decided_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_duplicate_pair PRIMARY KEY (first_id, second_id), 
	CONSTRAINT ck_duplicate_pair_decision CHECK (decision IN ('same', 'not_same')), 
	CONSTRAINT ck_duplicate_pair_order CHECK (first_id < second_id), 
	CONSTRAINT fk_duplicate_pair_first_id_customer FOREIGN KEY(first_id) REFERENCES customer (id), 
	CONSTRAINT fk_duplicate_pair_second_id_customer FOREIGN KEY(second_id) REFERENCES customer (id), 
	CONSTRAINT fk_duplicate_pair_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
CREATE TABLE erasure_request (
	id CHAR(32) NOT NULL, 
	customer_no VARCHAR(64) NOT NULL, 
	suppression_hash VARCHAR(64), 
	operator_id INTEGER, 
	requested_at VARCHAR(32) NOT NULL, 
	done_at VARCHAR(32), 
	reason TEXT, 
	CONSTRAINT pk_erasure_request PRIMARY KEY (id), 
	CONSTRAINT fk_erasure_request_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
CREATE TABLE external_ref (
	system VARCHAR(64) NOT NULL, 
	external_id VARCHAR(128) NOT NULL, 
	customer_id INTEGER NOT NULL, 
	CONSTRAINT pk_external_ref PRIMARY KEY (system, external_id), 
	CONSTRAINT fk_external_ref_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE follow_up (
	id CHAR(32) NOT NULL, 
	customer_id INTEGER, 
	call_id CHAR(32), 
	kind VARCHAR(20) NOT NULL, 
	due_at VARCHAR(32) NOT NULL, 
	assignee_id INTEGER, 
	text TEXT, 
	created_at VARCHAR(32) NOT NULL, 
	done_at VARCHAR(32), 
	done_by_id INTEGER, 
	version_id INTEGER DEFAULT '1' NOT NULL, team TEXT, attempts INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_follow_up PRIMARY KEY (id), 
	CONSTRAINT ck_follow_up_kind CHECK (kind IN ('callback', 'send', 'check')), 
	CONSTRAINT fk_follow_up_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_follow_up_call_id_call FOREIGN KEY(call_id) REFERENCES call (id), 
	CONSTRAINT fk_follow_up_assignee_id_operator FOREIGN KEY(assignee_id) REFERENCES operator (id), 
	CONSTRAINT fk_follow_up_done_by_id_operator FOREIGN KEY(done_by_id) REFERENCES operator (id)
);
INSERT INTO "follow_up" VALUES('01a1fc84bd0075cbb11299bdcf25e346',1,NULL,'callback','2026-11-21 06:00:00.000000+00:00',1,'再配達の時間をお伝えする','2026-11-19 05:12:00.000000+00:00',NULL,NULL,1,NULL,0);
INSERT INTO "follow_up" VALUES('01a1fc84bd00749db7060df41a4f38c5',11,NULL,'check','2026-11-26 05:12:00.000000+00:00',4,'確認のうえご連絡','2026-11-19 05:12:00.000000+00:00',NULL,NULL,1,NULL,0);
INSERT INTO "follow_up" VALUES('01a1fc84bd007d35910f63687eb6c9d5',16,NULL,'check','2026-11-20 05:12:00.000000+00:00',3,'確認のうえご連絡','2026-11-19 05:12:00.000000+00:00',NULL,NULL,1,NULL,0);
CREATE TABLE household (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_household PRIMARY KEY (id)
);
INSERT INTO "household" VALUES(1,'田中家');
INSERT INTO "household" VALUES(2,'佐藤家');
CREATE TABLE household_member (
	household_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_household_member PRIMARY KEY (household_id, customer_id), 
	CONSTRAINT ck_household_member_role CHECK (role IN ('head', 'partner', 'child', 'parent', 'other')), 
	CONSTRAINT fk_household_member_household_id_household FOREIGN KEY(household_id) REFERENCES household (id), 
	CONSTRAINT fk_household_member_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
INSERT INTO "household_member" VALUES(1,6,'head');
INSERT INTO "household_member" VALUES(1,7,'partner');
INSERT INTO "household_member" VALUES(1,8,'child');
INSERT INTO "household_member" VALUES(2,11,'head');
INSERT INTO "household_member" VALUES(2,12,'partner');
CREATE TABLE import_batch (
	id INTEGER NOT NULL, 
	batch_no VARCHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	file_name TEXT NOT NULL, 
	operator_id INTEGER, 
	merged_at VARCHAR(32) NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	skipped INTEGER NOT NULL, 
	refused INTEGER NOT NULL, 
	undone_at VARCHAR(32), 
	undone_by_id INTEGER, 
	CONSTRAINT pk_import_batch PRIMARY KEY (id), 
	CONSTRAINT ck_import_batch_kind CHECK (kind IN ('customers', 'purchases', 'complaints', 'interactions')), 
	CONSTRAINT uq_import_batch_batch_no UNIQUE (batch_no), 
	CONSTRAINT fk_import_batch_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id), 
	CONSTRAINT fk_import_batch_undone_by_id_operator FOREIGN KEY(undone_by_id) REFERENCES operator (id)
);
CREATE TABLE import_range (
	batch_id INTEGER NOT NULL, 
	table_name VARCHAR(64) NOT NULL, 
	first_id BIGINT NOT NULL, 
	last_id BIGINT NOT NULL, 
	CONSTRAINT pk_import_range PRIMARY KEY (batch_id, table_name, first_id), 
	CONSTRAINT fk_import_range_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE TABLE import_row (
	batch_id INTEGER NOT NULL, 
	table_name VARCHAR(64) NOT NULL, 
	record_id TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	CONSTRAINT pk_import_row PRIMARY KEY (batch_id, table_name, record_id), 
	CONSTRAINT fk_import_row_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE TABLE interaction (
	id CHAR(32) NOT NULL, 
	customer_id INTEGER, 
	call_id CHAR(32), 
	channel VARCHAR(20) NOT NULL, 
	direction VARCHAR(20) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	subject TEXT, 
	excerpt TEXT, 
	handler_id INTEGER, 
	disposition_id INTEGER, 
	started_at VARCHAR(32) NOT NULL, thread_id CHAR(32), 
	CONSTRAINT pk_interaction PRIMARY KEY (id), 
	CONSTRAINT ck_interaction_channel CHECK (channel IN ('phone', 'mail', 'sns', 'message', 'visit')), 
	CONSTRAINT ck_interaction_direction CHECK (direction IN ('in', 'out', 'internal')), 
	CONSTRAINT ck_interaction_kind CHECK (kind IN ('inquiry', 'order', 'delivery', 'return', 'complaint', 'callback', 'notice', 'other')), 
	CONSTRAINT fk_interaction_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_interaction_call_id_call FOREIGN KEY(call_id) REFERENCES call (id), 
	CONSTRAINT fk_interaction_handler_id_operator FOREIGN KEY(handler_id) REFERENCES operator (id), 
	CONSTRAINT fk_interaction_disposition_id_disposition FOREIGN KEY(disposition_id) REFERENCES disposition (id)
);
INSERT INTO "interaction" VALUES('01a1f1b42f0072e4972418562909406c',1,NULL,'phone','in','delivery','配送状況','運送会社に調査を依頼。折り返しを約束。',1,2,'2026-11-19 02:48:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1f2380500759b8a8257ba2bb29976',1,NULL,'phone','in','delivery','配送の問い合わせ','佐藤へ引き継ぎ。',2,2,'2026-11-19 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1ed11a90079859931e9405d32fe61',1,NULL,'phone','in','delivery','お届け日の変更','お届け日の変更の件を承った。',1,2,'2026-11-18 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a0fb06c500759ea687902d58151a99',1,NULL,'phone','in','delivery','配送先の確認','配送先の確認の件を承った。',1,2,'2026-10-02 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a008fbe1007e698faaaf851d8a4eac',1,NULL,'phone','in','delivery','不在時の受け取り','不在時の受け取りの件を承った。',1,2,'2026-08-16 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019f16f0fd00768b84f9e0f9eb04b39b',1,NULL,'phone','in','delivery','時間帯の指定','時間帯の指定の件を承った。',1,2,'2026-06-30 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019e24e61900778094ff8ba1142c8364',1,NULL,'phone','in','delivery','送り状の番号','送り状の番号の件を承った。',1,2,'2026-05-14 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019d32db350072608ec10590178854f2',1,NULL,'phone','in','delivery','再配達','再配達の件を承った。',1,2,'2026-03-28 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019c40d051007add97b62af335c719c2',1,NULL,'phone','in','delivery','置き配','置き配の件を承った。',1,2,'2026-02-09 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019e72257d00700a967b21c4e8e3574f',1,NULL,'phone','in','inquiry','返品の相談','手順をご案内した。',2,NULL,'2026-05-29 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01998995cd007855b72c2e0bc0290103',1,NULL,'phone','in','inquiry','支払い方法','手順をご案内した。',2,NULL,'2025-09-27 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1e7eb4d007e799b9c1091a4ff91e3',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2026-11-17 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a07a47c90070678c82a23a37a788d1',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2026-09-07 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019f0ca445007de18b3554a89ddbef12',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2026-06-28 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019d9f00c100721ea7b013b34350cc17',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2026-04-18 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019c315d3d007b60a7b627b7d6846325',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2026-02-06 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019ac3b9b90075ee97eb272de34acb11',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2025-11-27 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('0199561635007627bba227f96f2c7a8c',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2025-09-17 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('0197e872b1007954b8ce74c2a930d55d',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2025-07-08 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01967acf2d00775990fcbc646e85df08',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2025-04-28 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01950d2ba900784e8e077c8b050c86bd',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2025-02-16 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01939f8825007990bf307032b0cdf20a',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2024-12-07 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019231e4a10073e79df29126e07cb579',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2024-09-27 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('0190c4411d007b5c9e3db60986ea0214',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2024-07-18 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('018f569d990076559d8781f27b7e8913',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2024-05-08 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('018de8fa150071dcaa4be89cdbc52933',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2024-02-27 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('018c7b56910077feaf6f36a69672be1a',1,NULL,'mail','out','notice','発送のお知らせ','自動送信',NULL,NULL,'2023-12-18 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019fc0e2d90071e295f9216d761978dd',3,NULL,'phone','in','inquiry','見積もり','総務部の山﨑 健太様。見積もりを送付。',4,NULL,'2026-08-02 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019fbbbc7d007fd086252688d9855162',4,NULL,'phone','in','inquiry','見積もり','購買部の𠮷田 愛様。見積もりを送付。',4,NULL,'2026-08-01 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019f78c9d1007f37bb269cbc4ea9877a',5,NULL,'phone','in','inquiry','見積もり','営業部 部長の渡邉 隆様。見積もりを送付。',4,NULL,'2026-07-19 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1dd9e95007310807dcac243c20f56',2,NULL,'phone','in','order','電話での注文',NULL,4,7,'2026-11-15 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1b46bb5007cf093b4f667bbb3a32a',7,NULL,'phone','in','inquiry','商品について','毛布の洗い方をご説明した。',3,3,'2026-11-07 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a0c260d10075059e77b67c07d3b36c',6,NULL,'phone','in','order','電話での注文',NULL,2,7,'2026-09-21 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1ce2b81007228b0dfb87869fa541c',9,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',4,2,'2026-11-12 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('01a195858d007b4a882e075f8e9e7bb8',10,NULL,'phone','in','inquiry','Delivery time','Evening slot arranged.',1,2,'2026-11-01 05:12:00.000000+00:00',NULL);
INSERT INTO "interaction" VALUES('019322bd13d67626849d4135ee356d69',11,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',3,8,'2024-11-12 23:37:17.014993+00:00',NULL);
INSERT INTO "interaction" VALUES('0193551a86897395b8721025ad785afc',11,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',3,8,'2024-11-22 18:20:22.025220+00:00',NULL);
INSERT INTO "interaction" VALUES('019c3d23725f70ca85389b539b9fa2a4',11,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',3,8,'2026-02-08 12:04:19.167428+00:00',NULL);
INSERT INTO "interaction" VALUES('0191e49a8bc570829daa325a44f6200e',11,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',4,8,'2024-09-12 05:00:19.269320+00:00',NULL);
INSERT INTO "interaction" VALUES('019c32e7b60071318b2979615f590f09',11,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',1,8,'2026-02-06 12:22:52.160310+00:00',NULL);
INSERT INTO "interaction" VALUES('019863dd92977250b49a7d1ad12c0c3e',11,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',4,2,'2025-08-01 04:22:02.135946+00:00',NULL);
INSERT INTO "interaction" VALUES('019da20d64237bbc91e586da6a3040c0',13,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',1,4,'2026-04-18 19:24:39.843334+00:00',NULL);
INSERT INTO "interaction" VALUES('019cb14845dd762b9a5795ce01f7fc11',13,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',2,4,'2026-03-03 01:20:29.661336+00:00',NULL);
INSERT INTO "interaction" VALUES('019c43b69a45782d8bf197c1950d3d06',13,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',4,3,'2026-02-09 18:42:46.469171+00:00',NULL);
INSERT INTO "interaction" VALUES('01a15e3414a87a34b75a1fb5ea313e4f',13,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',1,7,'2026-10-21 11:23:53.896757+00:00',NULL);
INSERT INTO "interaction" VALUES('0197f891cf4872bc954e42c5e6bba402',13,NULL,'phone','in','callback','折り返し','確認の結果をお伝えした。',3,17,'2025-07-11 08:19:54.824023+00:00',NULL);
INSERT INTO "interaction" VALUES('019d8d774d167bee970b36ee2ae71631',14,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',1,3,'2026-04-14 19:28:19.222750+00:00',NULL);
INSERT INTO "interaction" VALUES('019aad66e9ff70adbab31536f1dab549',14,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',2,8,'2025-11-22 21:09:54.303641+00:00',NULL);
INSERT INTO "interaction" VALUES('019065c67d4378f4855746a90273708b',14,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',2,7,'2024-06-29 20:53:45.411433+00:00',NULL);
INSERT INTO "interaction" VALUES('019d4d3bd34e7a1b8ebd02be4ddda872',14,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',4,2,'2026-04-02 08:07:39.598102+00:00',NULL);
INSERT INTO "interaction" VALUES('0197d61c9e5e79e6a7c0283e265f5ea4',14,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',4,10,'2025-07-04 15:44:49.246950+00:00',NULL);
INSERT INTO "interaction" VALUES('01a0d23d16467c3c9fffc24b4b5efc7e',14,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',2,7,'2026-09-24 07:06:53.894048+00:00',NULL);
INSERT INTO "interaction" VALUES('019aaf77e11278a980957e5bfdd261a5',15,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',3,3,'2025-11-23 06:47:40.562685+00:00',NULL);
INSERT INTO "interaction" VALUES('019fee26ee5471e59889a895ed7b55f9',15,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',3,7,'2026-08-11 00:09:16.628404+00:00',NULL);
INSERT INTO "interaction" VALUES('019f9cc6d1037a688b21573ea5b52962',15,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',4,10,'2026-07-26 04:55:03.171654+00:00',NULL);
INSERT INTO "interaction" VALUES('019fc5e877da70ec920367c4844d4f3e',15,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',3,3,'2026-08-03 04:36:14.426104+00:00',NULL);
INSERT INTO "interaction" VALUES('01900c76f31e746c9d3eddd55b28c9bb',15,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',3,4,'2024-06-12 12:40:40.478016+00:00',NULL);
INSERT INTO "interaction" VALUES('019797eecee971e1abfd74e44d06eda0',15,NULL,'phone','in','callback','折り返し','確認の結果をお伝えした。',3,17,'2025-06-22 13:58:19.625008+00:00',NULL);
INSERT INTO "interaction" VALUES('019fb52811a57e17948d88a0cfa6b27c',16,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',4,2,'2026-07-30 22:32:09.893733+00:00',NULL);
INSERT INTO "interaction" VALUES('019a93a99cb073f997014a499df85803',16,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',3,3,'2025-11-17 21:12:37.808015+00:00',NULL);
INSERT INTO "interaction" VALUES('019070ae74e77f9ba5d248ec3a090967',16,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',2,7,'2024-07-01 23:43:19.783132+00:00',NULL);
INSERT INTO "interaction" VALUES('019b059c65e07a68b86ac7da4485c754',16,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',1,2,'2025-12-10 00:14:54.432283+00:00',NULL);
INSERT INTO "interaction" VALUES('01905dd634e47d7193e13193a2db259f',16,NULL,'phone','in','callback','折り返し','確認の結果をお伝えした。',3,17,'2024-06-28 07:53:57.732962+00:00',NULL);
INSERT INTO "interaction" VALUES('01902a0e8e3c7403a3e82965b6006c9b',16,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',1,10,'2024-06-18 06:35:15.388771+00:00',NULL);
INSERT INTO "interaction" VALUES('019b7eafb25579e095325980f25eff2e',16,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',1,4,'2026-01-02 12:30:02.325916+00:00',NULL);
INSERT INTO "interaction" VALUES('01975f0195117eb1bba99c592dddea13',16,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',2,7,'2025-06-11 12:40:28.689648+00:00',NULL);
INSERT INTO "interaction" VALUES('019cee237cda7f28a5c30d1811f898e1',16,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',2,10,'2026-03-14 20:57:09.082278+00:00',NULL);
INSERT INTO "interaction" VALUES('0196ff9d623e7f248d8b009cf1b80c04',16,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',1,2,'2025-05-24 00:07:06.558327+00:00',NULL);
INSERT INTO "interaction" VALUES('019aa986ef387859b6b6a968cdd5f201',19,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',4,10,'2025-11-22 03:06:23.928442+00:00',NULL);
INSERT INTO "interaction" VALUES('019557f132737b86b653ce8f4e4e4e00',19,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',4,2,'2025-03-02 17:39:39.763076+00:00',NULL);
INSERT INTO "interaction" VALUES('0193d0ad20ed78648304eb279c16e029',19,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',3,8,'2024-12-16 18:13:47.373779+00:00',NULL);
INSERT INTO "interaction" VALUES('01a05c55536d7d77b77d5580a7ec034c',19,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',2,10,'2026-09-01 09:38:10.925929+00:00',NULL);
INSERT INTO "interaction" VALUES('019043601d2473c8a02e11df2c8a23d6',19,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',3,4,'2024-06-23 04:34:50.788902+00:00',NULL);
INSERT INTO "interaction" VALUES('019aca579f4a76a6a5d0c74bbdd8c7d0',22,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',1,4,'2025-11-28 12:02:11.402387+00:00',NULL);
INSERT INTO "interaction" VALUES('019dae951e637195af8dfdce921752ef',22,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',4,3,'2026-04-21 05:48:21.475677+00:00',NULL);
INSERT INTO "interaction" VALUES('019d1cf539bb7c3c883a7d661a59cab9',22,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',3,10,'2026-03-23 23:08:46.395648+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1c52dc848700f946e031b6d70a559',22,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',2,7,'2026-11-10 11:17:54.376330+00:00',NULL);
INSERT INTO "interaction" VALUES('019effca124f7c90b8e587e1cebeca59',22,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',2,8,'2026-06-25 17:18:13.583513+00:00',NULL);
INSERT INTO "interaction" VALUES('0192e6a9291e72399f9f8d4e04e6fbaa',22,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',4,2,'2024-11-01 07:38:18.782524+00:00',NULL);
INSERT INTO "interaction" VALUES('019e612deb0970efb93f79f2be6290af',22,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',1,2,'2026-05-25 22:07:39.785093+00:00',NULL);
INSERT INTO "interaction" VALUES('019443b9eea7765f87cae2b0eb25ab50',22,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',3,7,'2025-01-08 02:24:06.311214+00:00',NULL);
INSERT INTO "interaction" VALUES('0199e52409bb7fb1bb349486c262b66c',25,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',4,8,'2025-10-14 23:52:48.315156+00:00',NULL);
INSERT INTO "interaction" VALUES('0199e9d64fd97167845224fa038990d9',25,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',1,8,'2025-10-15 21:46:00.537369+00:00',NULL);
INSERT INTO "interaction" VALUES('0197d862c85777daa2c015e5c34b05d6',25,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',3,7,'2025-07-05 02:20:41.943313+00:00',NULL);
INSERT INTO "interaction" VALUES('019bf734fd707fb18701025a7e353a76',25,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',2,8,'2026-01-25 22:10:03.760579+00:00',NULL);
INSERT INTO "interaction" VALUES('019c84f3da937090b2ce5e13183a6015',25,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',4,2,'2026-02-22 10:44:59.667025+00:00',NULL);
INSERT INTO "interaction" VALUES('0192ea0c7221717687d4ccc9b8d79b83',25,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',2,3,'2024-11-01 23:25:37.185939+00:00',NULL);
INSERT INTO "interaction" VALUES('0197d7685c5575649116d4ee891e191e',25,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',4,4,'2025-07-04 21:47:10.293306+00:00',NULL);
INSERT INTO "interaction" VALUES('01a046dbe55f7153bc92802e962ce686',25,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',2,7,'2026-08-28 05:33:31.359024+00:00',NULL);
INSERT INTO "interaction" VALUES('019f593f93b47226a16ad54b9cd515d3',25,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',3,7,'2026-07-13 02:12:46.644819+00:00',NULL);
INSERT INTO "interaction" VALUES('019bf404411b7a33af0367a7f690fd69',25,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',4,8,'2026-01-25 07:17:58.171486+00:00',NULL);
INSERT INTO "interaction" VALUES('01990f184ba4772cac7bb23b74906d6d',28,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',4,10,'2025-09-03 10:21:14.532912+00:00',NULL);
INSERT INTO "interaction" VALUES('019c242ff3ff7f8b8da0fdd24b541d1b',28,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',2,10,'2026-02-03 15:47:28.383525+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1757c23b2716e860612a4df88973c',28,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',2,7,'2026-10-25 23:53:52.306468+00:00',NULL);
INSERT INTO "interaction" VALUES('01960f7a448f7b9cb94dd3f7309f249d',28,NULL,'phone','in','callback','折り返し','確認の結果をお伝えした。',4,17,'2025-04-07 08:59:53.359685+00:00',NULL);
INSERT INTO "interaction" VALUES('01a00112078670b98d5ef3e363a7ea08',28,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',2,8,'2026-08-14 16:19:13.926140+00:00',NULL);
INSERT INTO "interaction" VALUES('019860814fdd740685001b4df696886a',28,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',1,10,'2025-07-31 12:42:24.093153+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1bb2786f079f6bf273560d4388a8b',28,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',3,2,'2026-11-08 12:34:52.272320+00:00',NULL);
INSERT INTO "interaction" VALUES('01909251157b7936a0d64fe881868f99',28,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',2,2,'2024-07-08 12:28:25.851398+00:00',NULL);
INSERT INTO "interaction" VALUES('0193863956a874358c56832b5cffd5cb',31,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',2,2,'2024-12-02 07:15:24.968045+00:00',NULL);
INSERT INTO "interaction" VALUES('019d20f49bf87e9e8264db526dcfa9ed',31,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',4,10,'2026-03-24 17:46:34.872788+00:00',NULL);
INSERT INTO "interaction" VALUES('01a16da79e2c77199b24f153e28b0d64',31,NULL,'phone','in','callback','折り返し','確認の結果をお伝えした。',2,17,'2026-10-24 11:24:23.980117+00:00',NULL);
INSERT INTO "interaction" VALUES('01961224cd6f75e08b4ced2e626e3765',31,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',3,2,'2025-04-07 21:25:23.951965+00:00',NULL);
INSERT INTO "interaction" VALUES('019da72666c57b928386ae9d26c25ead',31,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',1,2,'2026-04-19 19:10:04.997402+00:00',NULL);
INSERT INTO "interaction" VALUES('019df2a4083170dca4caedd977e4b3ab',31,NULL,'phone','in','callback','折り返し','確認の結果をお伝えした。',1,17,'2026-05-04 10:58:49.521683+00:00',NULL);
INSERT INTO "interaction" VALUES('0198b3851933717ea5ac75edac35a88c',31,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',3,7,'2025-08-16 15:35:01.171981+00:00',NULL);
INSERT INTO "interaction" VALUES('0198fbf0ca1e7e178e887a7e2db3ebfe',31,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',2,2,'2025-08-30 17:05:18.366022+00:00',NULL);
INSERT INTO "interaction" VALUES('0191351062e77d81aaa3f9aec2a3035c',31,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',1,4,'2024-08-09 02:55:52.039105+00:00',NULL);
INSERT INTO "interaction" VALUES('0192cf1f95e176b78099fc5045076673',34,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',4,7,'2024-10-27 17:56:46.689579+00:00',NULL);
INSERT INTO "interaction" VALUES('01a05f0bb4c074acb8feb7713cc23913',34,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',4,4,'2026-09-01 22:16:37.824688+00:00',NULL);
INSERT INTO "interaction" VALUES('019d121439997b62912f254014794990',34,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',2,7,'2026-03-21 20:26:48.601244+00:00',NULL);
INSERT INTO "interaction" VALUES('0198b9924024727b86dfd72690037b40',34,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',2,8,'2025-08-17 19:47:06.404133+00:00',NULL);
INSERT INTO "interaction" VALUES('0196aaa03d8371ac94475d01183bfa28',34,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',2,3,'2025-05-07 12:02:30.403955+00:00',NULL);
INSERT INTO "interaction" VALUES('019850bcde147f2ca424179d93978db4',34,NULL,'phone','in','callback','折り返し','確認の結果をお伝えした。',2,17,'2025-07-28 11:13:31.668685+00:00',NULL);
INSERT INTO "interaction" VALUES('0191d812e37973c4a6e201f348d9ed1d',34,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',1,4,'2024-09-09 18:36:42.233833+00:00',NULL);
INSERT INTO "interaction" VALUES('019a2b12bad57c15856d99da31cb3105',34,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',4,10,'2025-10-28 13:47:19.125063+00:00',NULL);
INSERT INTO "interaction" VALUES('019e1ac382ad7d2dbddfcfba05b85722',37,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',3,4,'2026-05-12 05:58:01.133342+00:00',NULL);
INSERT INTO "interaction" VALUES('019e8cf836ad7ee9a6c6ae76fd77216b',37,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',4,8,'2026-06-03 10:12:17.709665+00:00',NULL);
INSERT INTO "interaction" VALUES('01938f8ca71e7bec9f8d3a64bc04a5f9',37,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',1,4,'2024-12-04 02:42:59.998137+00:00',NULL);
INSERT INTO "interaction" VALUES('01983079f81172ebb1270db3ab0ef1c9',37,NULL,'phone','in','inquiry','商品について','サイズと洗い方をご説明した。',1,3,'2025-07-22 04:52:36.497173+00:00',NULL);
INSERT INTO "interaction" VALUES('0190b71c88bb7f0d83ebb149dfd478b0',37,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',1,4,'2024-07-15 15:56:58.939995+00:00',NULL);
INSERT INTO "interaction" VALUES('0198f3fa92187ecb9c37555f850029c9',37,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',1,2,'2025-08-29 03:59:01.656593+00:00',NULL);
INSERT INTO "interaction" VALUES('01927fd0a6e67a799fecfabde73e67be',37,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',3,2,'2024-10-12 08:20:33.638993+00:00',NULL);
INSERT INTO "interaction" VALUES('019b3db2506573f3940549a992ae3679',40,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',3,10,'2025-12-20 21:37:34.821036+00:00',NULL);
INSERT INTO "interaction" VALUES('0194bd84e21f731db7894dc75a5a0934',40,NULL,'phone','in','callback','折り返し','確認の結果をお伝えした。',3,17,'2025-01-31 17:59:50.047295+00:00',NULL);
INSERT INTO "interaction" VALUES('019decaf319675cd8457fe0800a25995',40,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',2,2,'2026-05-03 07:13:17.718046+00:00',NULL);
INSERT INTO "interaction" VALUES('019ffb13809870d4937fe6281cfc8970',40,NULL,'phone','in','order','電話での注文','在庫を確認して承った。',4,7,'2026-08-13 12:23:07.160993+00:00',NULL);
INSERT INTO "interaction" VALUES('019a806a05627d58a51a16c46b84af9b',43,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',4,8,'2025-11-14 03:30:23.202803+00:00',NULL);
INSERT INTO "interaction" VALUES('01946e277d6e74eaa087663fb062d149',43,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',2,8,'2025-01-16 08:07:49.358081+00:00',NULL);
INSERT INTO "interaction" VALUES('019db50eeb9d758a8b55b078467d99ff',43,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',1,8,'2026-04-22 11:59:07.165333+00:00',NULL);
INSERT INTO "interaction" VALUES('01951a4bb75b78808a3c086a37551b8d',43,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',3,2,'2025-02-18 18:22:04.635045+00:00',NULL);
INSERT INTO "interaction" VALUES('01955cda321076559a9a11d022d9ef13',43,NULL,'phone','in','inquiry','支払い方法','後払いの手順をご案内した。',4,4,'2025-03-03 16:32:38.416599+00:00',NULL);
INSERT INTO "interaction" VALUES('01a0f54d669b76dfbb7654b77a083c2c',43,NULL,'phone','in','inquiry','配送の問い合わせ','到着予定日をご案内した。',3,2,'2026-10-01 02:31:25.595449+00:00',NULL);
INSERT INTO "interaction" VALUES('0199f8cd1e897206a4ce4ca046db7e1a',43,NULL,'phone','in','return','返品の相談','着払い伝票をお送りする。',3,10,'2025-10-18 19:30:16.329375+00:00',NULL);
INSERT INTO "interaction" VALUES('01905832dffc71db9951a812270a710b',46,NULL,'phone','in','order','注文の変更','お届け先の変更を承った。',2,8,'2024-06-27 05:37:27.548247+00:00',NULL);
INSERT INTO "interaction" VALUES('01a1fc84bd0070b7b9daae68cf63b17f',1,'01a1fc84bd0070078000000000000007','phone','in','inquiry','配送の件。明日また電話する。','配送の件。明日また電話する。',1,2,'2026-11-21 05:12:00.000000+00:00',NULL);
CREATE TABLE merge_log (
	id INTEGER NOT NULL, 
	kept_id INTEGER NOT NULL, 
	merged_id INTEGER NOT NULL, 
	operator_id INTEGER, 
	at VARCHAR(32) NOT NULL, 
	moved TEXT NOT NULL, 
	undone_at VARCHAR(32), 
	undone_by_id INTEGER, 
	CONSTRAINT pk_merge_log PRIMARY KEY (id), 
	CONSTRAINT fk_merge_log_kept_id_customer FOREIGN KEY(kept_id) REFERENCES customer (id), 
	CONSTRAINT fk_merge_log_merged_id_customer FOREIGN KEY(merged_id) REFERENCES customer (id), 
	CONSTRAINT fk_merge_log_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id), 
	CONSTRAINT fk_merge_log_undone_by_id_operator FOREIGN KEY(undone_by_id) REFERENCES operator (id)
);
CREATE TABLE note (
	id CHAR(32) NOT NULL, 
	call_id CHAR(32), 
	customer_id INTEGER, 
	kind VARCHAR(20) NOT NULL, 
	operator_id INTEGER, 
	created_at VARCHAR(32) NOT NULL, 
	version_id INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_note PRIMARY KEY (id), 
	CONSTRAINT ck_note_kind CHECK (kind IN ('body', 'handover', 'resolution', 'pinned')), 
	CONSTRAINT fk_note_call_id_call FOREIGN KEY(call_id) REFERENCES call (id), 
	CONSTRAINT fk_note_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_note_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
INSERT INTO "note" VALUES('01a1fc84bd00793390129d95a1a87ea7','01a1fc84bd0070078000000000000007',1,'body',1,'2026-11-21 05:12:00.000000+00:00',1);
INSERT INTO "note" VALUES('01a1fc84bd007c3dbe31d8505a154ea5','01a1fc84bd0070078000000000000007',1,'handover',1,'2026-11-21 05:12:00.000000+00:00',1);
CREATE TABLE note_revision (
	id CHAR(32) NOT NULL, 
	note_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	operator_id INTEGER, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_note_revision PRIMARY KEY (id), 
	CONSTRAINT uq_note_revision_note_id_number UNIQUE (note_id, number), 
	CONSTRAINT fk_note_revision_note_id_note FOREIGN KEY(note_id) REFERENCES note (id), 
	CONSTRAINT fk_note_revision_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
INSERT INTO "note_revision" VALUES('01a1fc84bd0074dfaac3db80c162317b','01a1fc84bd00793390129d95a1a87ea7',1,'配送の件。明日また電話する。',1,'2026-11-21 05:12:00.000000+00:00');
INSERT INTO "note_revision" VALUES('01a1fc84bd00762ea4ced0964a3e27c4','01a1fc84bd007c3dbe31d8505a154ea5',1,'折り返し',1,'2026-11-21 05:12:00.000000+00:00');
CREATE TABLE number_choice (
	e164 BIGINT NOT NULL, 
	extension VARCHAR(20) DEFAULT '' NOT NULL, 
	customer_id INTEGER NOT NULL, 
	operator_id INTEGER, 
	chosen_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_number_choice PRIMARY KEY (e164, extension), 
	CONSTRAINT fk_number_choice_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_number_choice_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
CREATE TABLE number_range (
	id INTEGER NOT NULL, 
	first_e164 BIGINT NOT NULL, 
	last_e164 BIGINT NOT NULL, 
	customer_id INTEGER NOT NULL, 
	note TEXT, 
	CONSTRAINT pk_number_range PRIMARY KEY (id), 
	CONSTRAINT ck_number_range_order CHECK (first_e164 <= last_e164), 
	CONSTRAINT fk_number_range_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE operator (
	id INTEGER NOT NULL, 
	login VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	extension VARCHAR(20), 
	CONSTRAINT pk_operator PRIMARY KEY (id), 
	CONSTRAINT uq_operator_login UNIQUE (login)
);
INSERT INTO "operator" VALUES(1,'sato','佐藤 美咲','201');
INSERT INTO "operator" VALUES(2,'suzuki','鈴木 健','202');
INSERT INTO "operator" VALUES(3,'tanaka','田中 彩','203');
INSERT INTO "operator" VALUES(4,'kato','加藤 洋平','204');
CREATE TABLE phone_number (
	id INTEGER NOT NULL, 
	e164 BIGINT, 
	raw VARCHAR(250) NOT NULL, 
	digits_rev BIGINT, 
	kind VARCHAR(20) NOT NULL, 
	is_shared BOOLEAN DEFAULT false NOT NULL, block_state VARCHAR(20) CONSTRAINT ck_phone_number_block_state CHECK (block_state IN ('warned', 'blocked')), block_reason TEXT, blocked_by_id INTEGER CONSTRAINT fk_phone_number_blocked_by_id_operator REFERENCES operator (id), blocked_until VARCHAR(32), 
	CONSTRAINT pk_phone_number PRIMARY KEY (id), 
	CONSTRAINT ck_phone_number_kind CHECK (kind IN ('fixed', 'mobile', 'voip', 'toll_free', 'premium', 'uan', 'm2m', 'extension', 'special', 'international', 'unknown')), 
	CONSTRAINT uq_phone_number_e164 UNIQUE (e164)
);
INSERT INTO "phone_number" VALUES(1,81335814111,'03-3581-4111',111418533180000,'fixed',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(2,819012340021,'090-1234-0021',120043210918000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(3,81663452000,'06-6345-2000',254366180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(4,81422511234,'0422-51-1234',432115224180000,'fixed',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(5,818056780034,'080-5678-0034',430087650818000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(6,817012340035,'070-1234-0035',530043210718000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(7,81425211234,'042-521-1234',432112524180000,'fixed',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(8,819012340077,'090-1234-0077',770043210918000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(9,81112314000,'011-231-4000',413211180000,'fixed',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(10,818056783001,'080-5678-3001',100387650818000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(11,818056783002,'080-5678-3002',200387650818000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(12,81663454002,'06-6345-4002',200454366180000,'fixed',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(13,81529614003,'052-961-4003',300416925180000,'fixed',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(14,81529618000,'052-961-8000',816925180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(15,81927118001,'092-711-8001',100811729180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(16,81927118002,'092-711-8002',200811729180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(17,81992228003,'099-222-8003',300822299180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(18,81499228004,'04992-2-8004',400822994180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(19,81425218005,'042-521-8005',500812524180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(20,81529618006,'052-961-8006',600816925180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(21,81184228007,'0184-22-8007',700822481180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(22,81927118008,'092-711-8008',800811729180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(23,81460848009,'0460-84-8009',900848064180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(24,81529618010,'052-961-8010',10816925180000,'fixed',1,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(25,819012342000,'090-1234-2000',243210918000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(26,819012342001,'090-1234-2001',100243210918000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(27,819012342002,'090-1234-2002',200243210918000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(28,819012342003,'090-1234-2003',300243210918000,'mobile',0,NULL,NULL,NULL,NULL);
INSERT INTO "phone_number" VALUES(29,819012342004,'090-1234-2004',400243210918000,'mobile',0,NULL,NULL,NULL,NULL);
CREATE TABLE product (
	id INTEGER NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_product PRIMARY KEY (id), 
	CONSTRAINT uq_product_code UNIQUE (code)
);
INSERT INTO "product" VALUES(1,'F-101','羽毛布団 シングル');
INSERT INTO "product" VALUES(2,'F-102','羽毛布団 ダブル');
INSERT INTO "product" VALUES(3,'F-201','毛布 シングル');
INSERT INTO "product" VALUES(4,'F-301','電気毛布 シングル');
INSERT INTO "product" VALUES(5,'F-401','冷感敷きパッド');
INSERT INTO "product" VALUES(6,'F-402','あったか敷きパッド');
INSERT INTO "product" VALUES(7,'P-101','枕');
INSERT INTO "product" VALUES(8,'P-102','低反発枕');
INSERT INTO "product" VALUES(9,'P-201','枕カバー');
INSERT INTO "product" VALUES(10,'S-101','ボックスシーツ');
INSERT INTO "product" VALUES(11,'S-102','フラットシーツ');
INSERT INTO "product" VALUES(12,'T-101','バスタオル 2枚組');
INSERT INTO "product" VALUES(13,'T-102','フェイスタオル 5枚組');
INSERT INTO "product" VALUES(14,'C-101','洗濯ネット');
INSERT INTO "product" VALUES(15,'C-201','布団収納袋');
INSERT INTO "product" VALUES(16,'B-101','折りたたみベッド');
CREATE TABLE purchase (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	order_no VARCHAR(64) NOT NULL, 
	ordered_at VARCHAR(32) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	amount BIGINT NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	returned_purchase_id INTEGER, channel TEXT, 
	CONSTRAINT pk_purchase PRIMARY KEY (id), 
	CONSTRAINT ck_purchase_state CHECK (state IN ('ordered', 'shipping', 'completed', 'returned', 'cancelled')), 
	CONSTRAINT uq_purchase_order_no UNIQUE (order_no), 
	CONSTRAINT fk_purchase_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id), 
	CONSTRAINT fk_purchase_returned_purchase_id_purchase FOREIGN KEY(returned_purchase_id) REFERENCES purchase (id)
);
INSERT INTO "purchase" VALUES(1,1,'A-20931','2026-11-18 05:12:00.000000+00:00','shipping',48000,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(2,1,'A-19410','2026-08-02 05:12:00.000000+00:00','completed',9240,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(3,1,'A-18077','2026-05-30 05:12:00.000000+00:00','returned',-7980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(4,1,'A-15522','2025-12-11 05:12:00.000000+00:00','completed',12800,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(5,1,'A-17962','2026-05-15 05:12:00.000000+00:00','completed',7980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(6,1,'A-14800','2025-10-17 05:12:00.000000+00:00','completed',2480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(7,1,'A-14069','2025-06-19 05:12:00.000000+00:00','completed',3980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(8,1,'A-13338','2025-02-19 05:12:00.000000+00:00','completed',6980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(9,1,'A-12607','2024-10-22 05:12:00.000000+00:00','completed',2780,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(10,1,'A-11876','2024-06-24 05:12:00.000000+00:00','completed',5480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(11,1,'A-11145','2024-02-25 05:12:00.000000+00:00','completed',3480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(12,1,'A-10414','2023-10-28 05:12:00.000000+00:00','completed',1480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(13,1,'A-9683','2023-06-30 05:12:00.000000+00:00','completed',18800,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(14,1,'A-8952','2023-03-02 05:12:00.000000+00:00','completed',1300,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(15,2,'A-40015','2026-10-27 05:12:00.000000+00:00','completed',396000,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(16,2,'A-40016','2026-11-15 05:12:00.000000+00:00','ordered',238200,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(17,7,'A-40017','2026-11-07 05:12:00.000000+00:00','completed',13960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(18,6,'A-40018','2026-09-22 05:12:00.000000+00:00','completed',5480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(19,9,'A-40019','2026-11-12 05:12:00.000000+00:00','completed',7440,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(20,10,'A-40020','2026-11-01 05:12:00.000000+00:00','completed',18800,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(21,11,'A-40021','2026-02-11 22:16:32.701982+00:00','completed',162720,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(22,11,'A-40022','2025-11-18 01:11:32.043867+00:00','completed',24000,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(23,11,'A-40023','2026-09-25 19:25:42.351834+00:00','completed',123980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(24,11,'A-40024','2026-02-20 15:37:39.283257+00:00','completed',5980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(25,11,'A-40025','2023-09-08 17:37:17.324586+00:00','completed',111920,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(26,11,'A-40026','2025-05-31 04:58:41.858588+00:00','completed',3980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(27,11,'A-40027','2024-10-07 09:28:32.763218+00:00','completed',75200,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(28,11,'A-40028','2026-01-29 22:54:54.659808+00:00','completed',5480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(29,11,'A-40029','2025-08-17 20:34:28.939690+00:00','cancelled',96000,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(30,13,'A-40030','2025-12-06 11:17:49.948502+00:00','completed',34280,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(31,13,'A-40031','2023-09-11 03:16:59.147672+00:00','completed',3480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(32,13,'A-40032','2025-02-18 19:14:08.788887+00:00','completed',5480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(33,13,'A-40033','2025-05-19 20:49:36.817609+00:00','completed',3980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(34,13,'A-40034','2025-12-10 14:55:34.299145+00:00','completed',17940,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(35,13,'A-40035','2026-07-23 15:33:52.345541+00:00','completed',2780,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(36,14,'A-40036','2024-02-15 02:15:55.579083+00:00','completed',24000,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(37,14,'A-40037','2025-10-26 23:27:27.253043+00:00','completed',20280,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(38,15,'A-40038','2026-10-27 23:29:31.753307+00:00','completed',25400,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(39,15,'A-40039','2026-02-04 13:00:11.250894+00:00','completed',93080,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(40,15,'A-40040','2024-11-03 00:23:39.171526+00:00','cancelled',5480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(41,15,'A-40041','2026-06-14 12:57:23.772928+00:00','completed',6980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(42,15,'A-40042','2026-09-26 01:35:47.137048+00:00','completed',25200,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(43,15,'A-40043','2023-10-18 23:59:08.129734+00:00','completed',20100,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(44,15,'A-40044','2023-10-28 23:59:08.129734+00:00','returned',-1300,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(45,15,'A-40045','2025-01-20 13:14:57.658149+00:00','cancelled',23920,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(46,15,'A-40046','2023-08-25 15:04:58.724462+00:00','completed',1300,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(47,15,'A-40047','2023-12-26 23:25:47.338063+00:00','completed',52460,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(48,15,'A-40048','2025-11-26 02:51:55.396528+00:00','cancelled',5480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(49,16,'A-40049','2024-06-24 19:36:06.436507+00:00','completed',13040,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(50,16,'A-40050','2023-08-21 17:30:32.113066+00:00','completed',25300,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(51,19,'A-40051','2025-03-16 06:28:37.065915+00:00','completed',43760,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(52,19,'A-40052','2026-10-16 03:45:32.108883+00:00','completed',1980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(53,22,'A-40053','2023-08-28 10:22:57.526670+00:00','completed',3960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(54,22,'A-40054','2023-09-07 10:22:57.526670+00:00','returned',-3960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(55,22,'A-40055','2026-10-01 07:52:33.580202+00:00','completed',21520,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(56,22,'A-40056','2024-12-06 21:45:41.638563+00:00','completed',1300,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(57,22,'A-40057','2024-12-16 21:45:41.638563+00:00','returned',-1300,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(58,22,'A-40058','2023-12-22 07:05:39.438469+00:00','completed',13920,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(59,22,'A-40059','2025-12-05 20:51:09.623828+00:00','completed',2780,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(60,25,'A-40060','2023-11-06 21:28:12.090308+00:00','completed',2780,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(61,28,'A-40061','2025-02-17 15:26:55.019438+00:00','completed',18880,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(62,28,'A-40062','2025-02-12 11:27:14.292459+00:00','completed',7920,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(63,28,'A-40063','2025-08-03 02:41:32.605957+00:00','completed',10760,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(64,28,'A-40064','2026-05-03 08:48:14.982635+00:00','completed',27920,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(65,28,'A-40065','2024-09-30 00:11:21.030963+00:00','completed',11540,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(66,28,'A-40066','2025-07-04 02:33:03.374805+00:00','completed',3480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(67,28,'A-40067','2023-09-30 23:40:48.409725+00:00','completed',25600,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(68,28,'A-40068','2026-06-18 00:09:52.500912+00:00','completed',3980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(69,28,'A-40069','2026-01-20 14:56:52.594625+00:00','completed',13400,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(70,28,'A-40070','2025-11-07 15:03:11.852247+00:00','completed',91120,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(71,28,'A-40071','2024-02-28 10:28:58.837881+00:00','completed',5480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(72,28,'A-40072','2025-09-03 20:03:21.556517+00:00','completed',75200,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(73,31,'A-40073','2024-07-29 09:19:08.975803+00:00','completed',99960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(74,31,'A-40074','2026-07-15 09:34:18.905439+00:00','completed',15500,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(75,31,'A-40075','2025-03-12 15:19:02.467225+00:00','completed',13960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(76,31,'A-40076','2026-03-31 00:34:32.129188+00:00','completed',45600,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(77,31,'A-40077','2024-01-21 19:38:41.415732+00:00','completed',7980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(78,31,'A-40078','2024-10-26 09:45:14.473756+00:00','completed',3960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(79,31,'A-40079','2026-10-23 04:50:05.472363+00:00','completed',28720,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(80,31,'A-40080','2026-11-05 16:15:10.723569+00:00','completed',9280,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(81,34,'A-40081','2023-10-31 19:19:54.518489+00:00','completed',2780,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(82,34,'A-40082','2024-03-03 10:08:27.621805+00:00','completed',71580,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(83,34,'A-40083','2024-04-29 06:18:05.747539+00:00','completed',47680,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(84,34,'A-40084','2026-05-19 19:49:42.379408+00:00','completed',5480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(85,34,'A-40085','2025-12-11 12:18:05.031541+00:00','completed',11960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(86,34,'A-40086','2026-06-04 22:53:38.182444+00:00','completed',9960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(87,34,'A-40087','2025-06-01 05:43:02.857833+00:00','completed',83480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(88,34,'A-40088','2025-03-10 14:20:30.619492+00:00','completed',5980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(89,34,'A-40089','2025-03-20 14:20:30.619492+00:00','returned',-5980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(90,34,'A-40090','2025-11-06 10:37:19.459733+00:00','completed',5980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(91,34,'A-40091','2024-07-17 08:48:18.706355+00:00','completed',12460,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(92,34,'A-40092','2024-07-27 08:48:18.706355+00:00','returned',-6980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(93,37,'A-40093','2023-10-01 18:44:01.204856+00:00','completed',2960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(94,37,'A-40094','2026-02-27 01:44:03.751687+00:00','completed',28740,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(95,37,'A-40095','2025-05-08 10:03:30.495670+00:00','completed',1980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(96,40,'A-40096','2026-04-21 08:43:56.199959+00:00','completed',7980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(97,40,'A-40097','2024-02-29 14:28:22.835808+00:00','completed',5200,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(98,40,'A-40098','2025-12-21 00:56:36.839158+00:00','completed',11960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(99,40,'A-40099','2023-10-30 10:58:06.627570+00:00','completed',180000,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(100,40,'A-40100','2023-10-01 01:15:51.065669+00:00','completed',1480,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(101,40,'A-40101','2026-05-30 09:11:29.694057+00:00','completed',5980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(102,40,'A-40102','2024-09-10 13:06:47.859799+00:00','completed',1300,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(103,43,'A-40103','2025-04-29 11:42:44.021056+00:00','completed',2600,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(104,43,'A-40104','2025-09-26 06:01:51.761037+00:00','completed',5980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(105,43,'A-40105','2026-01-26 15:51:51.116792+00:00','completed',8460,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(106,43,'A-40106','2026-02-14 23:07:42.487199+00:00','completed',31060,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(107,46,'A-40107','2024-07-25 14:50:05.465016+00:00','completed',37940,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(108,46,'A-40108','2026-04-20 07:14:49.182469+00:00','completed',1980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(109,46,'A-40109','2026-04-30 07:14:49.182469+00:00','returned',-1980,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(110,46,'A-40110','2024-08-05 14:10:36.746541+00:00','completed',12800,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(111,46,'A-40111','2025-04-20 11:16:28.136724+00:00','completed',6780,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(112,46,'A-40112','2024-04-25 11:57:34.715848+00:00','completed',13380,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(113,46,'A-40113','2025-08-04 01:51:24.812240+00:00','completed',7920,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(114,46,'A-40114','2024-12-28 14:13:46.096198+00:00','completed',13960,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(115,46,'A-40115','2024-12-12 04:17:24.033259+00:00','completed',2600,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(116,46,'A-40116','2025-01-29 21:51:23.708313+00:00','completed',31920,'JPY',NULL,NULL);
INSERT INTO "purchase" VALUES(117,46,'A-40117','2025-06-14 22:26:38.124435+00:00','completed',1980,'JPY',NULL,NULL);
CREATE TABLE purchase_item (
	id INTEGER NOT NULL, 
	purchase_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	product_id INTEGER, 
	name TEXT NOT NULL, 
	quantity INTEGER NOT NULL, 
	amount BIGINT NOT NULL, unit_price BIGINT, tax_rate INTEGER, 
	CONSTRAINT pk_purchase_item PRIMARY KEY (id), 
	CONSTRAINT uq_purchase_item_purchase_id_position UNIQUE (purchase_id, position), 
	CONSTRAINT fk_purchase_item_purchase_id_purchase FOREIGN KEY(purchase_id) REFERENCES purchase (id), 
	CONSTRAINT fk_purchase_item_product_id_product FOREIGN KEY(product_id) REFERENCES product (id)
);
INSERT INTO "purchase_item" VALUES(1,1,1,2,'羽毛布団 ダブル',2,48000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(2,2,1,9,'枕カバー',2,3960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(3,2,2,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(4,2,3,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(5,2,4,NULL,'ハンガー',1,500,NULL,NULL);
INSERT INTO "purchase_item" VALUES(6,3,1,5,'冷感敷きパッド',1,-7980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(7,4,1,4,'電気毛布 シングル',1,12800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(8,5,1,5,'冷感敷きパッド',1,7980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(9,6,1,12,'バスタオル 2枚組',1,2480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(10,7,1,7,'枕',1,3980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(11,8,1,3,'毛布 シングル',1,6980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(12,9,1,11,'フラットシーツ',1,2780,NULL,NULL);
INSERT INTO "purchase_item" VALUES(13,10,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(14,11,1,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(15,12,1,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(16,13,1,1,'羽毛布団 シングル',1,18800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(17,14,1,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(18,15,1,NULL,'タオルセット 名入れ',200,396000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(19,16,1,7,'枕',30,119400,NULL,NULL);
INSERT INTO "purchase_item" VALUES(20,16,2,9,'枕カバー',60,118800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(21,17,1,3,'毛布 シングル',2,13960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(22,18,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(23,19,1,12,'バスタオル 2枚組',3,7440,NULL,NULL);
INSERT INTO "purchase_item" VALUES(24,20,1,1,'羽毛布団 シングル',1,18800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(25,21,1,15,'布団収納袋',4,5920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(26,21,2,4,'電気毛布 シングル',2,25600,NULL,NULL);
INSERT INTO "purchase_item" VALUES(27,21,3,16,'折りたたみベッド',4,131200,NULL,NULL);
INSERT INTO "purchase_item" VALUES(28,22,1,2,'羽毛布団 ダブル',1,24000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(29,23,1,2,'羽毛布団 ダブル',1,24000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(30,23,2,2,'羽毛布団 ダブル',4,96000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(31,23,3,7,'枕',1,3980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(32,24,1,6,'あったか敷きパッド',1,5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(33,25,1,3,'毛布 シングル',4,27920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(34,25,2,4,'電気毛布 シングル',4,51200,NULL,NULL);
INSERT INTO "purchase_item" VALUES(35,25,3,16,'折りたたみベッド',1,32800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(36,26,1,7,'枕',1,3980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(37,27,1,1,'羽毛布団 シングル',4,75200,NULL,NULL);
INSERT INTO "purchase_item" VALUES(38,28,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(39,29,1,2,'羽毛布団 ダブル',4,96000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(40,30,1,16,'折りたたみベッド',1,32800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(41,30,2,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(42,31,1,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(43,32,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(44,33,1,7,'枕',1,3980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(45,34,1,3,'毛布 シングル',2,13960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(46,34,2,7,'枕',1,3980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(47,35,1,11,'フラットシーツ',1,2780,NULL,NULL);
INSERT INTO "purchase_item" VALUES(48,36,1,2,'羽毛布団 ダブル',1,24000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(49,37,1,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(50,37,2,1,'羽毛布団 シングル',1,18800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(51,38,1,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(52,38,2,8,'低反発枕',4,21920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(53,39,1,16,'折りたたみベッド',2,65600,NULL,NULL);
INSERT INTO "purchase_item" VALUES(54,39,2,2,'羽毛布団 ダブル',1,24000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(55,39,3,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(56,40,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(57,41,1,3,'毛布 シングル',1,6980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(58,42,1,5,'冷感敷きパッド',1,7980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(59,42,2,7,'枕',4,15920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(60,42,3,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(61,43,1,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(62,43,2,1,'羽毛布団 シングル',1,18800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(63,44,1,14,'洗濯ネット',1,-1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(64,45,1,11,'フラットシーツ',4,11120,NULL,NULL);
INSERT INTO "purchase_item" VALUES(65,45,2,4,'電気毛布 シングル',1,12800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(66,46,1,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(67,47,1,2,'羽毛布団 ダブル',2,48000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(68,47,2,12,'バスタオル 2枚組',1,2480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(69,47,3,13,'フェイスタオル 5枚組',1,1980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(70,48,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(71,49,1,7,'枕',2,7960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(72,49,2,12,'バスタオル 2枚組',1,2480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(73,49,3,14,'洗濯ネット',2,2600,NULL,NULL);
INSERT INTO "purchase_item" VALUES(74,50,1,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(75,50,2,2,'羽毛布団 ダブル',1,24000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(76,51,1,8,'低反発枕',2,10960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(77,51,2,16,'折りたたみベッド',1,32800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(78,52,1,13,'フェイスタオル 5枚組',1,1980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(79,53,1,9,'枕カバー',2,3960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(80,54,1,9,'枕カバー',2,-3960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(81,55,1,5,'冷感敷きパッド',2,15960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(82,55,2,11,'フラットシーツ',2,5560,NULL,NULL);
INSERT INTO "purchase_item" VALUES(83,56,1,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(84,57,1,14,'洗濯ネット',1,-1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(85,58,1,10,'ボックスシーツ',4,13920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(86,59,1,11,'フラットシーツ',1,2780,NULL,NULL);
INSERT INTO "purchase_item" VALUES(87,60,1,11,'フラットシーツ',1,2780,NULL,NULL);
INSERT INTO "purchase_item" VALUES(88,61,1,10,'ボックスシーツ',4,13920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(89,61,2,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(90,61,3,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(91,62,1,9,'枕カバー',4,7920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(92,63,1,6,'あったか敷きパッド',1,5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(93,63,2,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(94,63,3,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(95,64,1,3,'毛布 シングル',4,27920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(96,65,1,11,'フラットシーツ',2,5560,NULL,NULL);
INSERT INTO "purchase_item" VALUES(97,65,2,6,'あったか敷きパッド',1,5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(98,66,1,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(99,67,1,4,'電気毛布 シングル',2,25600,NULL,NULL);
INSERT INTO "purchase_item" VALUES(100,68,1,7,'枕',1,3980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(101,69,1,12,'バスタオル 2枚組',4,9920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(102,69,2,10,'ボックスシーツ',1,3480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(103,70,1,7,'枕',4,15920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(104,70,2,1,'羽毛布団 シングル',4,75200,NULL,NULL);
INSERT INTO "purchase_item" VALUES(105,71,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(106,72,1,1,'羽毛布団 シングル',4,75200,NULL,NULL);
INSERT INTO "purchase_item" VALUES(107,73,1,2,'羽毛布団 ダブル',4,96000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(108,73,2,9,'枕カバー',2,3960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(109,74,1,15,'布団収納袋',2,2960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(110,74,2,3,'毛布 シングル',1,6980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(111,74,3,11,'フラットシーツ',2,5560,NULL,NULL);
INSERT INTO "purchase_item" VALUES(112,75,1,3,'毛布 シングル',2,13960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(113,76,1,16,'折りたたみベッド',1,32800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(114,76,2,4,'電気毛布 シングル',1,12800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(115,77,1,5,'冷感敷きパッド',1,7980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(116,78,1,9,'枕カバー',2,3960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(117,79,1,12,'バスタオル 2枚組',4,9920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(118,79,2,1,'羽毛布団 シングル',1,18800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(119,80,1,5,'冷感敷きパッド',1,7980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(120,80,2,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(121,81,1,11,'フラットシーツ',1,2780,NULL,NULL);
INSERT INTO "purchase_item" VALUES(122,82,1,6,'あったか敷きパッド',1,5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(123,82,2,16,'折りたたみベッド',2,65600,NULL,NULL);
INSERT INTO "purchase_item" VALUES(124,83,1,16,'折りたたみベッド',1,32800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(125,83,2,10,'ボックスシーツ',2,6960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(126,83,3,13,'フェイスタオル 5枚組',4,7920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(127,84,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(128,85,1,6,'あったか敷きパッド',2,11960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(129,86,1,5,'冷感敷きパッド',1,7980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(130,86,2,9,'枕カバー',1,1980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(131,87,1,1,'羽毛布団 シングル',4,75200,NULL,NULL);
INSERT INTO "purchase_item" VALUES(132,87,2,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(133,87,3,3,'毛布 シングル',1,6980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(134,88,1,6,'あったか敷きパッド',1,5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(135,89,1,6,'あったか敷きパッド',1,-5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(136,90,1,6,'あったか敷きパッド',1,5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(137,91,1,3,'毛布 シングル',1,6980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(138,91,2,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(139,92,1,3,'毛布 シングル',1,-6980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(140,93,1,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(141,93,2,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(142,94,1,4,'電気毛布 シングル',1,12800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(143,94,2,5,'冷感敷きパッド',1,7980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(144,94,3,7,'枕',2,7960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(145,95,1,13,'フェイスタオル 5枚組',1,1980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(146,96,1,5,'冷感敷きパッド',1,7980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(147,97,1,14,'洗濯ネット',4,5200,NULL,NULL);
INSERT INTO "purchase_item" VALUES(148,98,1,6,'あったか敷きパッド',2,11960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(149,99,1,4,'電気毛布 シングル',4,51200,NULL,NULL);
INSERT INTO "purchase_item" VALUES(150,99,2,2,'羽毛布団 ダブル',4,96000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(151,99,3,16,'折りたたみベッド',1,32800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(152,100,1,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(153,101,1,6,'あったか敷きパッド',1,5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(154,102,1,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(155,103,1,14,'洗濯ネット',2,2600,NULL,NULL);
INSERT INTO "purchase_item" VALUES(156,104,1,6,'あったか敷きパッド',1,5980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(157,105,1,3,'毛布 シングル',1,6980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(158,105,2,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(159,106,1,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(160,106,2,4,'電気毛布 シングル',2,25600,NULL,NULL);
INSERT INTO "purchase_item" VALUES(161,106,3,7,'枕',1,3980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(162,107,1,3,'毛布 シングル',1,6980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(163,107,2,2,'羽毛布団 ダブル',1,24000,NULL,NULL);
INSERT INTO "purchase_item" VALUES(164,107,3,10,'ボックスシーツ',2,6960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(165,108,1,9,'枕カバー',1,1980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(166,109,1,9,'枕カバー',1,-1980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(167,110,1,4,'電気毛布 シングル',1,12800,NULL,NULL);
INSERT INTO "purchase_item" VALUES(168,111,1,8,'低反発枕',1,5480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(169,111,2,14,'洗濯ネット',1,1300,NULL,NULL);
INSERT INTO "purchase_item" VALUES(170,112,1,9,'枕カバー',1,1980,NULL,NULL);
INSERT INTO "purchase_item" VALUES(171,112,2,12,'バスタオル 2枚組',4,9920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(172,112,3,15,'布団収納袋',1,1480,NULL,NULL);
INSERT INTO "purchase_item" VALUES(173,113,1,13,'フェイスタオル 5枚組',4,7920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(174,114,1,3,'毛布 シングル',2,13960,NULL,NULL);
INSERT INTO "purchase_item" VALUES(175,115,1,14,'洗濯ネット',2,2600,NULL,NULL);
INSERT INTO "purchase_item" VALUES(176,116,1,5,'冷感敷きパッド',4,31920,NULL,NULL);
INSERT INTO "purchase_item" VALUES(177,117,1,9,'枕カバー',1,1980,NULL,NULL);
CREATE TABLE retention_rule (
	id INTEGER NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	keep_days INTEGER NOT NULL, 
	reason TEXT, 
	CONSTRAINT pk_retention_rule PRIMARY KEY (id), 
	CONSTRAINT ck_retention_rule_keep_days CHECK (keep_days > 0), 
	CONSTRAINT uq_retention_rule_subject UNIQUE (subject)
);
CREATE INDEX ix_household_member_customer_id ON household_member (customer_id);
CREATE INDEX ix_company_link_person_id ON company_link (person_id);
CREATE INDEX ix_phone_number_digits_rev ON phone_number (digits_rev);
CREATE INDEX ix_customer_phone_ring ON customer_phone (phone_number_id, customer_id, extension, label, confidence, valid_to, last_used_at);
CREATE UNIQUE INDEX uq_customer_phone_live_primary ON customer_phone (customer_id) WHERE is_primary AND valid_to IS NULL;
CREATE INDEX ix_purchase_newest ON purchase (customer_id, ordered_at, id);
CREATE INDEX ix_complaint_newest ON complaint (customer_id, received_at, id);
CREATE INDEX ix_complaint_event_complaint_id_at ON complaint_event (complaint_id, at);
CREATE INDEX ix_call_customer_id_offered_at ON call (customer_id, offered_at);
CREATE INDEX ix_call_e164_offered_at ON call (e164, offered_at);
CREATE INDEX ix_call_offered_at ON call (offered_at);
CREATE INDEX ix_call_leg_call_id ON call_leg (call_id);
CREATE INDEX ix_call_candidate_customer_id ON call_candidate (customer_id);
CREATE INDEX ix_interaction_call_id ON interaction (call_id);
CREATE INDEX ix_interaction_newest ON interaction (customer_id, started_at, id);
CREATE INDEX ix_follow_up_open ON follow_up (customer_id, due_at) WHERE done_at IS NULL;
CREATE INDEX ix_note_call_id ON note (call_id);
CREATE INDEX ix_note_customer_id_created_at ON note (customer_id, created_at);
CREATE INDEX ix_customer_merged_into_id ON customer (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX ix_interaction_thread_id ON interaction (thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX ix_follow_up_call_id ON follow_up (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX ix_follow_up_customer_id ON follow_up (customer_id);
CREATE INDEX ix_purchase_returned_purchase_id ON purchase (returned_purchase_id) WHERE returned_purchase_id IS NOT NULL;
CREATE INDEX ix_address_customer_id ON address (customer_id);
CREATE INDEX ix_customer_attribute_customer_id_def_id ON customer_attribute (customer_id, def_id);
CREATE INDEX ix_customer_attribute_def_id ON customer_attribute (def_id);
CREATE INDEX ix_external_ref_customer_id ON external_ref (customer_id);
CREATE INDEX ix_consent_customer_id_at ON consent (customer_id, at);
CREATE INDEX ix_caution_customer_id ON caution (customer_id);
CREATE INDEX ix_number_range_customer_id ON number_range (customer_id);
CREATE INDEX ix_number_range_first_e164 ON number_range (first_e164);
CREATE INDEX ix_number_choice_customer_id ON number_choice (customer_id);
CREATE INDEX ix_call_ref_call_id ON call_ref (call_id);
CREATE INDEX ix_call_event_call_id_at ON call_event (call_id, at);
CREATE INDEX ix_import_batch_merged_at ON import_batch (merged_at);
CREATE INDEX ix_audit_log_at ON audit_log (at);
CREATE INDEX ix_audit_log_table_name_record_id ON audit_log (table_name, record_id);
CREATE INDEX ix_merge_log_kept_id ON merge_log (kept_id);
CREATE INDEX ix_merge_log_merged_id ON merge_log (merged_id);
CREATE INDEX ix_duplicate_pair_second_id ON duplicate_pair (second_id);
CREATE INDEX ix_erasure_request_suppression_hash ON erasure_request (suppression_hash);
COMMIT;
