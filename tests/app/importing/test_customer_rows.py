"""Customers' rows: every way in which a name, a number, an address stands in files."""

import pickle
from pathlib import Path

import pytest

from app.importing.because import Because, Odd
from app.importing.job import Checked
from db.importing.staged import Refusal, StagedCustomer, StagedPhone
from db.kinds import ImportKind
from tests.app.importing.files_to_import import AROUND, checked_csv

ALL = "customer_no,kind,name,reading,company,household,phones,email,postal_code,address,birth_date,rank,memo\n"


def customers(folder: Path, text: str, told: dict[str, str] | None = None) -> Checked:
    return checked_csv(folder, ImportKind.CUSTOMERS, text, told)


def one(folder: Path, text: str) -> StagedCustomer:
    found = customers(folder, text)
    assert found.refusals == []
    (row,) = found.rows
    assert isinstance(row, StagedCustomer)
    return row


def test_every_column_of_the_interface_is_taken(tmp_path: Path) -> None:
    who = "C-1,person,髙橋 一郎,タカハシ イチロウ,青空商事,髙橋家,03-3581-4111;090-1234-5678x12"
    line = f"{who},a@example.jp,1000013,東京都1-2-3,1951-04-12,A,ゆっくり\n"
    phones = (
        StagedPhone(81335814111, "03-3581-4111", "", "fixed", "other"),
        StagedPhone(819012345678, "090-1234-5678x12", "12", "mobile", "mobile"),
    )
    assert one(tmp_path, ALL + line) == StagedCustomer(
        2, "C-1", "person", "髙橋 一郎", "タカハシ イチロウ", "青空商事", "髙橋家", phones, "a@example.jp", "100-0013",
        "東京都1-2-3", "1951-04-12", "day", "A", "ゆっくり", ",any,",
    )  # fmt: skip


def test_an_empty_cell_is_unknown_not_empty_text(tmp_path: Path) -> None:
    row = one(tmp_path, ALL + "C-1,,山田,\u3000, ,,,,,,,,\n")
    assert row == StagedCustomer(2, "C-1", None, "山田", *[None] * 11)


def test_family_and_given_names_make_one_name_and_one_reading(tmp_path: Path) -> None:
    row = one(tmp_path, "お客様番号,姓,名,セイ,メイ\n1,山田,太郎,ヤマダ,タロウ\n")
    assert (row.external_id, row.name, row.reading) == ("1", "山田 太郎", "ヤマダ タロウ")


def test_latin_names_stand_in_their_own_order(tmp_path: Path) -> None:
    assert one(tmp_path, "First Name,Last Name\nEmily,Carter\n").name == "Emily Carter"


def test_a_row_with_a_company_alone_is_a_company(tmp_path: Path) -> None:
    row = one(tmp_path, "氏名,会社名,電話\n,青空商事,06-6345-2000\n")
    assert (row.name, row.kind, row.company) == ("青空商事", "company", None)


def test_a_row_without_any_name_is_refused_and_a_blank_one_is_none(tmp_path: Path) -> None:
    found = customers(tmp_path, "氏名,電話\n,03-3581-4111\n,\n\n山田,\n")
    assert found.refusals == [Refusal(2, "氏名", Because.MISSING, "")]
    assert [row.row for row in found.rows] == [5]


KINDS = {"個人": "person", "法人": "company", "会社": "company", "PERSON": "person", " Company ": "company"}


@pytest.mark.parametrize(("word", "kind"), KINDS.items())
def test_kinds_may_be_japanese(tmp_path: Path, word: str, kind: str) -> None:
    assert one(tmp_path, f"氏名,区分\n山田,{word}\n").kind == kind


def test_a_word_that_is_no_kind_is_refused_with_column_and_value(tmp_path: Path) -> None:
    found = customers(tmp_path, "氏名,区分\n山田,ロボット\n鈴木,個人\n佐藤,不明\n")
    assert found.refusals == [Refusal(2, "区分", Because.UNKNOWN_WORD, "ロボット")]
    assert [(row.name, row.kind) for row in found.rows] == [("鈴木", "person"), ("佐藤", None)]


def test_telephone_columns_give_their_numbers_labels(tmp_path: Path) -> None:
    numbers = "03-3581-4111,090-1234-5678,06-6345-2000 内線 21,03-3581-4112,090-1234-5678"
    row = one(tmp_path, f"氏名,自宅電話,携帯,勤務先電話,FAX,電話2\n山田,{numbers}\n")
    assert row.phones is not None
    assert [(one.e164, one.label, one.extension) for one in row.phones] == [
        (81335814111, "home", ""),
        (819012345678, "mobile", ""),
        (81663452000, "work", "21"),
        (81335814112, "fax", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("03-3581-4111;090-1234-5678", [81335814111, 819012345678]),
        ("03-3581-4111；090-1234-5678", [81335814111, 819012345678]),
        ("03-3581-4111、090-1234-5678", [81335814111, 819012345678]),
        ("03-3581-4111 / 090-1234-5678", [81335814111, 819012345678]),
        ("03-3581-4111, 090-1234-5678", [81335814111, 819012345678]),
        ("03-3581-4111，０９０−１２３４−５６７８", [81335814111, 819012345678]),
        ("03-3581-4111/12", [81335814111]),
        ("携帯:090-1234-5678;自宅 03-3581-4111", [819012345678, 81335814111]),
        ("090-1234-5678(携帯)", [819012345678]),
    ],
)
def test_a_cell_may_hold_several_numbers(tmp_path: Path, cell: str, numbers: list[int | None]) -> None:
    row = one(tmp_path, f'氏名,電話\n山田,"{cell}"\n')
    assert row.phones is not None
    assert [one.e164 for one in row.phones] == numbers


def test_a_number_is_never_refused(tmp_path: Path) -> None:
    found = customers(tmp_path, "氏名,電話\n山田,番号なしです\n鈴木,9012345678\n佐藤,020-1234-5678-901\n")
    assert found.refusals == []
    assert [(row.phones[0].e164, row.phones[0].raw) for row in found.rows] == [
        (None, "番号なしです"),
        (819012345678, "9012345678"),
        (812012345678901, "020-1234-5678-901"),
    ]
    assert found.odd == [
        Refusal(2, "電話", Odd.NUMBER, "番号なしです"),
        Refusal(3, "電話", Odd.LOST_ZERO, "9012345678"),
    ]


def test_exports_that_keep_excel_from_eating_the_zero_are_understood(tmp_path: Path) -> None:
    row = one(tmp_path, '氏名,電話,顧客番号\n山田,"=""09012345678""",\'+1\n')
    assert row.phones == (StagedPhone(819012345678, "09012345678", "", "mobile", "mobile"),)
    assert row.external_id == "+1"


@pytest.mark.parametrize("cell", ["=1+1", '"=HYPERLINK(""http://x"")"', "=cmd|' /C calc'!A0", "=A1"])
def test_a_formula_is_refused(tmp_path: Path, cell: str) -> None:
    found = customers(tmp_path, f"氏名,備考\n山田,{cell}\n")
    assert (found.rows, [(one.column, one.because) for one in found.refusals]) == ([], [("備考", Because.FORMULA)])


@pytest.mark.parametrize("cell", ["=====", "=> 折り返し", "-", "+", "@home"])
def test_text_that_only_begins_like_a_formula_is_text(tmp_path: Path, cell: str) -> None:
    assert one(tmp_path, f"氏名,備考\n山田,{cell}\n").memo == cell


def test_a_formula_in_a_column_that_is_not_taken_does_not_matter(tmp_path: Path) -> None:
    assert one(tmp_path, "氏名,年齢\n山田,=YEAR(TODAY())-1980\n").name == "山田"


def test_parts_of_an_address_follow_each_other(tmp_path: Path) -> None:
    headings = "氏名,自宅の番地,自宅の市区町村,自宅の都道府県,建物名\n"
    assert one(tmp_path, headings + "山田,神宮前1-2-3,渋谷区,東京都,202号\n").address == "東京都渋谷区神宮前1-2-3 202号"
    assert one(tmp_path, "氏名,住所1,住所2\n山田,東京都渋谷区,1-2-3\n").address == "東京都渋谷区 1-2-3"


POSTAL_CODES = {
    "1500001": "150-0001", "〒150-0001": "150-0001", "１５０－０００１": "150-0001", "600001": "060-0001",
    "SW1A 1AA": "SW1A 1AA", "94043": "94043",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "code"), POSTAL_CODES.items())
def test_postal_codes_are_written_in_one_way(tmp_path: Path, cell: str, code: str) -> None:
    assert one(tmp_path, f"氏名,郵便番号\n山田,{cell}\n").postal_code == code


@pytest.mark.parametrize("cell", ["a@example.jp", "山田 <a@example.jp>", "a＠example.jp"])
def test_mail_addresses_are_looked_at_leniently(tmp_path: Path, cell: str) -> None:
    assert one(tmp_path, f"氏名,メール\n山田,{cell}\n").email == "a@example.jp"


@pytest.mark.parametrize("cell", ["なし", "-", ""])
def test_no_mail_address_is_none(tmp_path: Path, cell: str) -> None:
    assert one(tmp_path, f"氏名,メール\n山田,{cell}\n").email is None


def test_bad_cells_refuse_their_row_with_line_column_and_value(tmp_path: Path) -> None:
    lines = f"山田,x,,\n鈴木,,1980/13/1,\n佐藤,,,{'長' * 21}\n田中,,,A\n{'名' * 201},,,\n"
    found = customers(tmp_path, "氏名,メール,生年月日,ランク\n" + lines)
    assert found.refusals == [
        Refusal(2, "メール", Because.NO_EMAIL, "x"),
        Refusal(3, "生年月日", Because.NO_DATE, "1980/13/1"),
        Refusal(4, "ランク", Because.TOO_LONG, "長" * 21),
        Refusal(6, "氏名", Because.TOO_LONG, "名" * 64),
    ]
    assert [row.row for row in found.rows] == [5]


@pytest.mark.parametrize("cell", ["0000-00-00", "1900/1/0", "不明", "-", ""])
def test_what_programs_write_for_no_date_is_none(tmp_path: Path, cell: str) -> None:
    assert one(tmp_path, f"氏名,生年月日\n山田,{cell}\n").birth_date is None


def test_a_row_of_another_width_is_ragged_and_surplus_empty_cells_are_not(tmp_path: Path) -> None:
    found = customers(tmp_path, "氏名,電話\n山田,,,\n鈴木,1,2\n佐藤\n田中,\n")
    assert [(one.row, one.column, one.because) for one in found.refusals] == [
        (3, "3/2", Because.RAGGED),
        (4, "1/2", Because.RAGGED),
    ]
    assert [row.row for row in found.rows] == [2, 5]


def test_what_nobody_sees_is_taken_out(tmp_path: Path) -> None:
    row = one(tmp_path, "氏名,備考\n\u202e山\u200b田\x07\ufeff, か\u3099き\x85 \n")
    assert (row.name, row.memo) == ("山田", "がき")


def test_line_ends_stay_in_texts_and_leave_names(tmp_path: Path) -> None:
    row = one(tmp_path, '氏名,備考\n"山田\r\n太郎","一\r\n二\r三"\n')
    assert (row.name, row.memo) == ("山田 太郎", "一\n二\n三")


def test_a_spelling_is_never_changed(tmp_path: Path) -> None:
    assert one(tmp_path, "氏名\n髙﨑 神 ﾀﾛｳ 𠮷\n").name == "髙﨑 神 ﾀﾛｳ 𠮷"


def test_several_memos_are_one(tmp_path: Path) -> None:
    assert one(tmp_path, "氏名,備考1,備考2,メモ\n山田,a,,b\n").memo == "a\nb"


def test_what_a_worker_gets_and_gives_crosses_between_processes(tmp_path: Path) -> None:
    found = customers(tmp_path, "氏名,電話,区分\n山田,x,\n鈴木,,ロボット\n")
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(AROUND)) == AROUND


def test_a_row_says_which_of_its_columns_told_numbers(tmp_path: Path) -> None:
    text = "氏名,携帯,自宅電話,電話番号,FAX\n田中,090-1234-5678,,,\n林,090-1234-5678,090-1234-5678,,\n"
    text += "森,,,,\n原,,,03-3581-4111,03-3581-4112\n"
    told = [row.number_columns for row in customers(tmp_path, text).rows if isinstance(row, StagedCustomer)]
    assert told == [",mobile,", ",home,mobile,", None, ",any,fax,"]
