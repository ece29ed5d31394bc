"""Address books: vCards of old telephones, of today's, and broken ones."""

from pathlib import Path

import pytest

from app.errors import UserError
from app.importing.because import Because
from app.importing.files import open_file
from app.importing.job import Checked
from db.importing.staged import StagedCustomer, StagedPhone
from db.kinds import ImportKind
from tests.app.importing.files_to_import import checked_file


def cards(folder: Path, data: bytes | str) -> Checked:
    path = folder / "cards.vcf"
    path.write_bytes(data if isinstance(data, bytes) else data.replace("\n", "\r\n").encode())
    return checked_file(path, ImportKind.CUSTOMERS)


def one(folder: Path, data: bytes | str) -> StagedCustomer:
    found = cards(folder, data)
    assert found.refusals == []
    (row,) = found.rows
    assert isinstance(row, StagedCustomer)
    return row


def qp(text: str) -> bytes:
    return "".join(f"={byte:02X}" for byte in text.encode("cp932")).encode()


def test_a_card_of_an_old_japanese_telephone(tmp_path: Path) -> None:
    data = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
        b"N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:" + qp("髙﨑") + b";" + qp("一郎") + b";;;\r\n"
        b"SOUND;X-IRMC-N;CHARSET=SHIFT_JIS:" + "ﾀｶｻｷ;ｲﾁﾛｳ;;;".encode("cp932") + b"\r\n"
        b"TEL;CELL:09012345678\r\nTEL;HOME;VOICE:0335814111\r\nTEL;FAX:0335814112\r\n"
        b"NOTE;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:" + qp("長い") + b"=\r\n" + qp("メモ") + b"\r\n"
        b"BDAY:19800401\r\nEND:VCARD\r\n"
    )
    row = one(tmp_path, data)
    assert (row.name, row.reading, row.memo) == ("髙﨑 一郎", "ﾀｶｻｷ ｲﾁﾛｳ", "長いメモ")
    assert row.phones == (
        StagedPhone(819012345678, "09012345678", "", "mobile", "mobile"),
        StagedPhone(81335814111, "0335814111", "", "fixed", "home"),
        StagedPhone(81335814112, "0335814112", "", "fixed", "fax"),
    )
    assert (row.row, row.birth_date) == (1, "1980-04-01")


def test_a_card_of_apple(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        "BEGIN:VCARD\nVERSION:3.0\nN:山田;太郎;;;\nFN:山田 太郎\n"
        "X-PHONETIC-FIRST-NAME:タロウ\nX-PHONETIC-LAST-NAME:ヤマダ\n"
        "ORG:青空商事;営業部\nEMAIL;type=INTERNET;type=WORK;type=pref:taro@example.jp\n"
        "item1.TEL;type=pref:+81 90-1234-5678\nTEL;type=WORK;type=VOICE:06-6345-2000\n"
        "item2.ADR;type=HOME;type=pref:;;神宮前1-2-3;渋谷区;東京都;150-0001;日本\n"
        "NOTE:一行目\\n二行目\\, 続き\nUID:ABCD-1\nEND:VCARD\n",
    )
    assert (row.external_id, row.name, row.reading, row.company) == (
        "ABCD-1",
        "山田 太郎",
        "ヤマダ タロウ",
        "青空商事 営業部",
    )
    assert (row.postal_code, row.address, row.email) == ("150-0001", "東京都渋谷区神宮前1-2-3", "taro@example.jp")
    assert row.memo == "一行目\n二行目, 続き"
    assert row.phones is not None
    assert [(phone.e164, phone.label) for phone in row.phones] == [(819012345678, "mobile"), (81663452000, "work")]


def test_a_card_of_version_4(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        "BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:青空商事\n"
        'TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+81-6-6345-2000;ext=21\n'
        "BDAY:--0401\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\nEND:VCARD\n",
    )
    assert (row.kind, row.name, row.birth_date, row.birth_precision) == ("company", "青空商事", "1904-04-01", "no_year")
    assert row.phones == (StagedPhone(81663452000, "+81-6-6345-2000 x21", "21", "fixed", "work"),)


def test_a_long_uid_becomes_a_key_that_stays_the_same(tmp_path: Path) -> None:
    text = f"BEGIN:VCARD\nVERSION:3.0\nFN:x\nUID:{'u' * 100}\nEND:VCARD\n"
    first, again = one(tmp_path, text), one(tmp_path, text)
    assert first.external_id == again.external_id
    assert len(first.external_id) == 64


def test_folded_lines_and_photographs_do_not_matter(tmp_path: Path) -> None:
    photo = "\n ".join(["PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 60, *["B" * 70] * 50])
    row = one(tmp_path, f"BEGIN:VCARD\nVERSION:3.0\nFN:山\n 田\n{photo}\nTEL:03-3581-4111\nEND:VCARD\n")
    assert row.name == "山田"
    assert row.phones is not None


def test_groups_are_no_customers_and_broken_cards_are_refused(tmp_path: Path) -> None:
    group = "BEGIN:VCARD\nVERSION:3.0\nFN:友達\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n"
    good = "BEGIN:VCARD\nVERSION:3.0\nFN:山田\nEND:VCARD\n"
    nameless = "BEGIN:VCARD\nVERSION:3.0\nTEL:03-3581-4111\nEND:VCARD\n"
    broken = "BEGIN:VCARD\nVERSION:3.0\nFN山田\nEND:VCARD\n"
    found = cards(tmp_path, group + good + nameless + broken)
    assert [row.row for row in found.rows] == [6]
    assert [(one.row, one.because) for one in found.refusals] == [(10, Because.MISSING), (14, Because.UNREADABLE)]


@pytest.mark.parametrize("text", ["BEGIN:VCARD\nFN:x\n", "BEGIN:VCARD\n" + "x" * (9 << 20)])
def test_a_card_without_end_ends_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="does not end"):
        cards(tmp_path, text)


def test_only_customers_come_in_address_books(tmp_path: Path) -> None:
    (tmp_path / "cards.vcf").write_text("BEGIN:VCARD\nEND:VCARD\n", encoding="utf-8")
    with pytest.raises(UserError, match="Import it as customers"):
        open_file(tmp_path / "cards.vcf", ImportKind.PURCHASES)
