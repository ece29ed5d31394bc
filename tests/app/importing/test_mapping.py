"""Which column is which field: recognised, told, remembered."""

from pathlib import Path

import pytest

from app.errors import UserError
from app.importing.fields import FIELDS
from app.importing.headings import field_of
from app.importing.mapping import RememberedMappings, checked, read_mapping, recognised
from db.kinds import ImportKind

CUSTOMERS = ImportKind.CUSTOMERS
HOME = "postal_code,address_prefecture,address_city,address_street"


def fields(line: str, kind: ImportKind = CUSTOMERS) -> list[str]:
    return list(recognised(kind, line.split(",")).fields)


@pytest.mark.parametrize("kind", ImportKind)
def test_every_name_of_the_interface_means_itself(kind: ImportKind) -> None:
    assert {name: field_of(name, kind) for name in FIELDS[kind]} == {name: name for name in FIELDS[kind]}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("顧客番号,氏名,フリガナ,電話番号,郵便番号,住所,メールアドレス,生年月日,備考,ランク",
         "customer_no,name,reading,phones,postal_code,address,email,birth_date,memo,rank"),
        ("お客様番号,お名前,ふりがな,TEL,携帯,FAX", "customer_no,name,reading,phones,phone_mobile,phone_fax"),
        ("会員No.,姓,名,セイ,メイ,自宅電話,勤務先電話番号",
         "customer_no,family_name,given_name,family_reading,given_reading,phone_home,phone_work"),
        ("氏名（漢字）,氏名（カナ）,電話番号１,電話番号２", "name,reading,phones,phones"),
        ("得意先コード,得意先名,得意先名カナ,代表電話", "customer_no,name,reading,phone_main"),
        ("都道府県,市区町村,番地,建物名", "address_prefecture,address_city,address_street,address_building"),
        ("名,ﾌﾘｶﾞﾅ,ﾃﾞﾝﾜ", "name,reading,"),
        # Outlook, Japanese and English
        ("姓,名,会社名,自宅の郵便番号,自宅の都道府県,自宅の市区町村,自宅の番地",
         "family_name,given_name,company," + HOME),
        ("Last Name,First Name,Company,Home Postal Code,Home State,Home City,Home Street",
         "family_name,given_name,company," + HOME),
        ("会社の電話,携帯電話", "phone_work,phone_mobile"),
        ("Business Phone,Mobile Phone,E-mail Address,Birthday,Notes", "phone_work,phone_mobile,email,birth_date,memo"),
        # Google contacts
        ("First Name,Last Name,Phonetic First Name,Phonetic Last Name",
         "given_name,family_name,given_reading,family_reading"),
        ("Organization Name,E-mail 1 - Value,Phone 1 - Value,Phone 2 - Value,Address 1 - Formatted",
         "company,email,phones,phones,address"),
    ],
)  # fmt: skip
def test_headings_of_usual_exports_are_recognised(line: str, found: str) -> None:
    assert fields(line) == found.split(",")


@pytest.mark.parametrize(
    "heading", ["氏名コード", "電話受付日", "住所区分", "年齢", "性別", "", "customer", "メール配信"]
)
def test_a_heading_is_not_recognised_by_a_part_of_it(heading: str) -> None:
    assert field_of(heading, CUSTOMERS) == ""


def test_history_files_have_headings_of_their_own() -> None:
    assert fields("顧客番号,受注番号,受注日時,商品コード,商品名,数量,単価,ステータス", ImportKind.PURCHASES) == [
        "customer_no", "order_no", "ordered_at", "product_code", "product", "quantity", "unit_price", "state",
    ]  # fmt: skip
    assert fields("会員番号,管理番号,受付日,申出内容,内容,対応者", ImportKind.COMPLAINTS) == [
        "customer_no", "complaint_no", "received_at", "category", "text", "handler",
    ]  # fmt: skip
    assert fields("顧客コード,対応日時,件名,担当者,対応内容,結果", ImportKind.INTERACTIONS) == [
        "customer_no", "at", "subject", "handler", "text", "disposition",
    ]  # fmt: skip


def test_a_missing_column_is_named_with_those_that_are_there() -> None:
    with pytest.raises(UserError, match=r"unit_price.*商品名") as failed:
        checked(recognised(ImportKind.PURCHASES, ["顧客番号", "注文番号", "注文日", "商品名", "金額"]))
    assert "--mapping" in failed.value.option
    assert "--" not in str(failed.value)
    with pytest.raises(UserError, match="No column of the file is name"):
        checked(recognised(CUSTOMERS, ["電話"]))


def test_two_columns_for_one_field_are_named() -> None:
    with pytest.raises(UserError, match="氏名, お名前"):
        checked(recognised(CUSTOMERS, ["氏名", "お名前"]))


def test_the_same_heading_twice_is_named_if_it_is_taken() -> None:
    with pytest.raises(UserError, match='"電話" stands in the file twice'):
        checked(recognised(CUSTOMERS, ["氏名", "電話", "電話"]))
    assert checked(recognised(CUSTOMERS, ["氏名", "謎", "謎", ""]))


def test_a_mapping_file_has_the_last_word(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text('[columns]\n"謎の番号" = "customer_no"\n"顧客番号" = ""\n"呼び名" = "name"\n', encoding="utf-8")
    told = read_mapping(path, CUSTOMERS)
    assert list(recognised(CUSTOMERS, ["謎の番号", "顧客番号", "呼び名"], told).fields) == ["customer_no", "", "name"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[columns]\n"a" = "nam"', '"nam" is no field of customers'),
        ('[columns]\n"a" = 1', '"1" is no field'),
        ("[column]\n", r"\[columns\]"),
        ("[columns", "cannot be read"),
        ("columns = 1", r"\[columns\]"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=told):
        read_mapping(path, CUSTOMERS)


def test_a_mapping_is_remembered_for_the_same_headings_in_any_order(tmp_path: Path) -> None:
    headings, told = ["謎", "呼び名", "電話"], {"謎": "customer_no", "呼び名": "name"}
    mappings = RememberedMappings(tmp_path / "mappings.json")
    assert mappings.told(CUSTOMERS, headings) == {}
    mappings.remember(recognised(CUSTOMERS, headings, told))
    again = RememberedMappings(tmp_path / "mappings.json")
    assert again.told(CUSTOMERS, list(reversed(headings))) == told
    assert again.told(CUSTOMERS, [*headings, "もう一つ"]) == {}
    assert again.told(ImportKind.PURCHASES, headings) == {}


def test_what_is_recognised_anyway_is_not_remembered(tmp_path: Path) -> None:
    mappings = RememberedMappings(tmp_path / "mappings.json")
    mappings.remember(recognised(CUSTOMERS, ["氏名", "電話"]))
    assert mappings.told(CUSTOMERS, ["氏名", "電話"]) == {}


def test_a_damaged_memory_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "mappings.json"
    path.write_text("[", encoding="utf-8")
    assert RememberedMappings(path).told(CUSTOMERS, ["a"]) == {}
