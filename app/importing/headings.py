"""Which field a heading means: ours, what Japanese exports write, Outlook's and Google's.

A heading counts as itself after folding (NFKC, one case, no blanks and signs), never by its beginning: 氏名コード is no
name.
"""

import re
import unicodedata
from functools import cache

from app.importing.fields import FIELDS
from db.kinds import ImportKind

_SIGNS = re.compile(r"[\s_\-.・:：*※()（）\[\]【】「」/／'\"]+")

_CUSTOMER_NO = """顧客番号 顧客no 顧客コード 顧客id お客様番号 お客様no お客様コード 会員番号 会員no 会員id
会員コード 得意先コード 得意先番号 取引先コード 得意先cd 顧客cd id customerid customerno customernumber
customercode accountnumber 管理番号"""
_CUSTOMERS = {
    "customer_no": _CUSTOMER_NO,
    "kind": "種別 顧客種別 区分 顧客区分 個人法人 個人法人区分 法人個人 type customertype",
    "name": """氏名 名前 お名前 御名前 顧客名 お客様名 会員名 得意先名 得意先名1 取引先名 氏名漢字 漢字氏名 表示名
        fullname displayname customername fn 宛名 担当者名 ご担当者名 お名前漢字""",
    "family_name": "姓 苗字 名字 氏 姓漢字 漢字姓 名前姓 氏名姓 お名前姓 lastname familyname surname",
    "given_name": "名 名漢字 漢字名 名前名 氏名名 お名前名 firstname givenname forename",
    "reading": """フリガナ ふりがな カナ かな よみ 読み 読み仮名 よみがな ヨミガナ ヨミ 氏名カナ 氏名フリガナ
        カナ氏名 名前カナ 名前フリガナ 氏名ふりがな 名前ふりがな 顧客名カナ お名前カナ お名前フリガナ
        お名前ふりがな 得意先名カナ 得意先カナ フリガナ氏名 会員名カナ 氏名よみ kana phonetic yomi phoneticname
        氏名かな""",
    "family_reading": """セイ せい 姓カナ 姓フリガナ 姓ふりがな 姓よみ カナ姓 フリガナ姓 姓かな 氏名セイ
        お名前セイ 名前セイ フリガナセイ カナセイ ふりがな姓 phoneticlastname lastnamephonetic lastnameyomi
        lastnamekana familynamekana familynameyomi surnamekana""",
    "given_reading": """メイ めい 名カナ 名フリガナ 名ふりがな 名よみ カナ名 フリガナ名 名かな 氏名メイ お名前メイ
        名前メイ フリガナメイ カナメイ ふりがな名 phoneticfirstname firstnamephonetic firstnameyomi firstnamekana
        givennamekana givennameyomi""",
    "company": """会社名 会社 勤務先 勤務先名 法人名 企業名 団体名 所属 組織名 会社名団体名 companyname
        organization organizationname organization1name employer org""",
    "household": "世帯 世帯名 世帯番号 世帯コード 家族番号 family",
    "phones": """電話番号 電話 tel 電話番号1 電話1 tel1 電話番号2 電話2 tel2 電話番号3 電話3 tel3 連絡先
        連絡先電話番号 連絡先1 連絡先2 ご連絡先 お電話番号 telno 電話no phone phonenumber phoneno telephone phone1
        phone2 phone3 phone1value phone2value phone3value phone4value otherphone 日中連絡先 緊急連絡先""",
    "phone_home": """自宅電話 自宅電話番号 自宅tel 自宅 電話番号自宅 電話自宅 自宅電話2 自宅電話番号2 自宅の電話
        固定電話 固定電話番号 homephone homephone2 hometel""",
    "phone_mobile": """携帯 携帯電話 携帯電話番号 携帯番号 携帯tel 電話番号携帯 電話携帯 スマホ 携帯1 携帯2
        携帯電話1 携帯電話2 mobile mobilephone cell cellphone mobilenumber mobileno""",
    "phone_work": """勤務先電話 勤務先電話番号 勤務先tel 会社電話 会社電話番号 会社tel 電話番号勤務先 電話番号会社
        電話会社 会社の電話 会社電話2 businessphone businessphone2 workphone officephone""",
    "phone_main": "代表電話 代表電話番号 代表番号 会社代表電話 会社代表 代表tel companymainphone mainphone 代表",
    "phone_direct": "直通電話 直通電話番号 直通 直通番号 directphone directline",
    "phone_fax": """fax fax番号 ファックス ファックス番号 ファクス ファクシミリ faxno faxnumber 自宅fax 会社fax
        勤務先fax homefax businessfax""",
    "phone_other": "その他の電話 その他電話 その他電話番号 otherphone1",
    "email": """メール メールアドレス eメール eメールアドレス 電子メール 電子メールアドレス emailaddress mail
        mailaddress e-mail メールアドレス1 メール1 email1 email1value e-mail1value emailアドレス""",
    "postal_code": """郵便番号 〒 郵便 zip zipcode postcode postalcode 自宅郵便番号 自宅の郵便番号 自宅〒
        郵便番号自宅 郵便番号自宅住所 homepostalcode homezip address1postalcode 住所郵便番号""",
    "address": """住所 ご住所 住所1 住所2 住所3 住所4 自宅住所 自宅住所1 自宅住所2 自宅住所3 所在地 住所自宅
        homeaddress address1 address2 address3 address1formatted 住所全体""",
    "address_prefecture": """都道府県 都道府県名 県 prefecture state province region 自宅の都道府県 自宅都道府県
        都道府県自宅 homestate address1region""",
    "address_city": """市区町村 市区町村名 市町村 市区郡町村 city 自宅の市区町村 自宅市区町村 市区町村自宅
        homecity address1city""",
    "address_street": """番地 町名番地 町域番地 丁目番地 町域 street 自宅の番地 自宅番地 番地自宅 homestreet
        address1street 以降の住所 それ以降の住所 住所番地""",
    "address_building": """建物名 建物 ビル名 マンション名 建物名部屋番号 建物名等 マンションビル名 building
        自宅の番地2 homestreet2 homestreet3 address1extendedaddress 番地2""",
    "birth_date": "生年月日 誕生日 お誕生日 生年 生まれ birthday birthdate dateofbirth dob bday",
    "rank": "ランク 顧客ランク 会員ランク 会員種別 等級 優良区分 level customerrank",
    "memo": """備考 メモ 注意 注意事項 特記事項 備考1 備考2 備考3 メモ1 メモ2 コメント 覚書 note notes memo
        comment comments remarks""",
}
_PRODUCT = "商品 商品名 品名 製品 製品名 品目 品目名 productname item itemname 購入商品"
_HANDLER = (
    "担当 担当者 担当者名 対応者 対応者名 受付者 受付担当 オペレーター オペレータ agent operator owner assignedto"
)
_PURCHASES = {
    "customer_no": _CUSTOMER_NO.replace("管理番号", ""),
    "order_no": """注文番号 受注番号 注文no 受注no 注文id 受注id 伝票番号 伝票no オーダー番号 購入番号 orderid
        ordernumber order orderno""",
    "ordered_at": """注文日 注文日時 受注日 受注日時 購入日 購入日時 売上日 伝票日付 ご注文日 orderdate
        ordereddate createdat 注文年月日 購入年月日 date""",
    "product_code": """商品コード 商品番号 商品id 品番 品目コード 製品コード 型番 sku productid itemcode jan
        janコード 商品cd""",
    "product": _PRODUCT,
    "quantity": "数量 個数 点数 qty count 数 購入数",
    "unit_price": "単価 販売単価 価格 販売価格 税抜単価 税込単価 price unitprice",
    "currency": "通貨 通貨コード currencycode",
    "tax_rate": "税率 消費税率 tax taxrate",
    "state": "状態 状況 ステータス 注文状況 注文ステータス 受注状態 受注ステータス 配送状況 status",
    "channel": "チャネル チャンネル 経路 注文経路 受注経路 購入経路 注文方法",
}
_COMPLAINTS = {
    "customer_no": _CUSTOMER_NO.replace("管理番号", ""),
    "complaint_no": """クレーム番号 クレームno 苦情番号 苦情no 受付番号 受付no 管理番号 案件番号 申出番号
        問い合わせ番号 complaintid caseid caseno casenumber ticketid ticketno""",
    "received_at": """受付日 受付日時 受付年月日 発生日 発生日時 申出日 申出日時 受信日時 receiveddate createdat
        date 受付日付""",
    "category": """分類 種別 区分 申出内容 申し出内容 クレーム種別 苦情種別 クレーム分類 内容区分 大分類 カテゴリ
        カテゴリー type 申出区分""",
    "severity": "重大度 重要度 深刻度 緊急度 優先度 priority level レベル",
    "product": f"{_PRODUCT} 対象商品 対象製品",
    "status": "状態 状況 ステータス 対応状況 対応状態 進捗 進捗状況 state",
    "handler": _HANDLER,
    "text": "内容 詳細 クレーム内容 苦情内容 本文 受付内容 申出詳細 詳細内容 description details body content",
    "resolution": "対応内容 処置 解決内容 対応結果 回答 回答内容 処理内容 対応 是正処置 answer action",
    "resolved_at": "解決日 解決日時 完了日 完了日時 対応日 対応完了日 終了日 resolveddate closedat closeddate",
}
_INTERACTIONS = {
    "customer_no": _CUSTOMER_NO.replace("管理番号", ""),
    "at": """日時 応対日時 対応日時 受付日時 応対日 対応日 受付日 日付 履歴日時 通話日時 着信日時 開始日時
        datetime date timestamp startedat createdat""",
    "channel": "チャネル チャンネル 手段 媒体 連絡手段 連絡方法 対応方法 受付方法 経路 media medium",
    "direction": "方向 発着 発着信 受発信 発着区分 inout",
    "kind": "種類 種別 区分 応対種別 対応種別 問い合わせ種別 応対区分 type category 分類",
    "subject": "件名 題名 タイトル 用件 要件 表題 title summary topic",
    "handler": _HANDLER,
    "disposition": "結果 応対結果 対応結果 処理結果 結果コード result outcome",
    "text": """内容 詳細 応対内容 対応内容 本文 メモ 備考 対応メモ 応対メモ 記録 問い合わせ内容 note notes memo
        description body content comment""",
}


def field_of(heading: str, kind: ImportKind) -> str:
    """The field that the heading means in a file of this kind, "" if none."""
    return _known(kind).get(folded(heading), "")


def folded(heading: str) -> str:
    """The heading as it is compared."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading).casefold())


@cache
def _known(kind: ImportKind) -> dict[str, str]:
    told = {
        ImportKind.CUSTOMERS: _CUSTOMERS,
        ImportKind.PURCHASES: _PURCHASES,
        ImportKind.COMPLAINTS: _COMPLAINTS,
        ImportKind.INTERACTIONS: _INTERACTIONS,
    }[kind]
    known = {folded(word): field for field, words in told.items() for word in words.split()}
    return known | {folded(field): field for field in FIELDS[kind]}
