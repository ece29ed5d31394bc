"""Several numbers in one cell: told apart where that is sure, named as odd where it is not, never a wrong key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.because import Odd
from app.importing.phone_cells import Phones, phones_in

MAIN, FAX, MOBILE = 81354110033, 81354110034, 819012345678


def read(cell: str) -> Phones:
    return phones_in(cell, "", "JP")


@pytest.mark.parametrize(
    "cell",
    [
        "03/5411/0033", "03/5411-0033", "03-5411/0033", "０３／５４１１／００３３", "03 5411 0033", "03(5411)0033",
        "03.5411.0033",
        "03-5411-0033 昼間", "03-5411-0033(代)", "03-5411-0033\n(代表)", "自宅\n03-5411-0033",
        "03-5411-0033\n", "03-5411-0033 / ", "03-5411-0033\n代表",
        "TEL/FAX 03-5411-0033", "TEL・FAX 03-5411-0033", "電話/FAX:03-5411-0033", "03-5411-0033 TEL/FAX",
        "03-5411-0033 (FAX同じ)", "03-5411-0033 FAX兼用",
    ],
)  # fmt: skip
def test_one_number_however_it_is_written_is_one(cell: str) -> None:
    found = read(cell)
    assert [one.e164 for one in found.phones] == [MAIN]
    assert found.odd == ()


@pytest.mark.parametrize(
    "cell",
    [
        "03-5411-0033 FAX 03-5411-0034", "03-5411-0033 ＦＡＸ03-5411-0034", "TEL 03-5411-0033 FAX 03-5411-0034",
        "TEL:03-5411-0033/FAX:03-5411-0034", "03-5411-0033(代) 03-5411-0034(FAX)",
        "電話03-5411-0033ファックス03-5411-0034",
        "03/5411/0033 fax 03/5411/0034", "03-5411-0033\nFAX\n03-5411-0034",
    ],
)  # fmt: skip
def test_a_telephone_and_a_fax_are_two(cell: str) -> None:
    found = read(cell)
    assert [(one.e164, one.label == "fax") for one in found.phones] == [(MAIN, False), (FAX, True)]
    assert found.odd == ()


@pytest.mark.parametrize(
    "between",
    [
        "、",
        "、 ",
        ";",
        "；",
        ",",
        " , ",
        "/",
        " / ",
        "／",
        "\n",
        " ",
        "\u3000",
        "・",
        "|",
        "&",
        " または ",
        " or ",
        " 昼間 ",
        " 携帯",
    ],
)
def test_two_numbers_are_told_apart(between: str) -> None:
    found = read(f"03-5411-0033{between}090-1234-5678")
    assert [(one.e164, one.label) for one in found.phones] == [(MAIN, "other"), (MOBILE, "mobile")]
    assert found.odd == ()


def test_each_number_keeps_its_own_extension_and_label() -> None:
    found = read("会社03-5411-0033 内線 5 携帯090-1234-5678")
    assert [(one.e164, one.extension, one.label) for one in found.phones] == [
        (MAIN, "5", "work"),
        (MOBILE, "", "mobile"),
    ]


def test_numbers_of_two_countries_are_told_apart() -> None:
    found = read("+1 650 253 0000 +44 20 7946 0958")
    assert [one.e164 for one in found.phones] == [16502530000, 442079460958]


@pytest.mark.parametrize(
    "cell",
    [
        "03-5411-0033/34", "03-5411-0033~4", "03-5411-0033～0035", "03-5411-0033・0034", "03-5411-0033、0034",
        "03-5411-0033&34", "03-5411-0033/5411-0034", "03/5411/0033/0034", "03-5411-0033 FAX 0034",
        "03-5411-0033 8:00-17:00",
        "03-5411-0033 9012345678",
    ],
)  # fmt: skip
def test_what_is_short_for_several_gives_the_first_and_says_so(cell: str) -> None:
    found = read(cell)
    assert [(one.e164, one.extension, one.raw) for one in found.phones] == [(MAIN, "", cell)]
    assert found.odd == ((Odd.RANGE, cell),)


@pytest.mark.parametrize("cell", ["2026/11/22", "090-1234-5678+03-5411-0033", "〒100-0001 03-5411-0033", "本人に確認"])
def test_what_cannot_be_told_is_kept_without_a_key_and_named(cell: str) -> None:
    found = read(cell)
    assert [(one.e164, one.extension, one.raw) for one in found.phones] == [(None, "", cell)]
    assert found.odd == ((Odd.NUMBER, cell),)


def test_digits_behind_a_comma_are_an_extension_and_named() -> None:
    found = read("03-5411-0033,0034")
    assert [(one.e164, one.extension) for one in found.phones] == [(MAIN, "0034")]
    assert found.odd == ((Odd.COMMA, "03-5411-0033,0034"),)


@pytest.mark.parametrize("cell", ["なし", "-", "不明", "N/A"])
def test_a_word_for_nothing_is_no_number(cell: str) -> None:
    assert read(cell) == Phones((), ())


@given(
    st.lists(
        st.sampled_from(["03", "5411", "0033", "090", "1234", "5678", "-", "/", " ", "、", ",", "FAX", "(", ")", "～"])
    )
)
def test_a_key_is_always_digits_that_stand_there_side_by_side(parts: list[str]) -> None:
    cell = "".join(parts)
    digits = "".join(filter(str.isdecimal, cell))
    for one in read(cell).phones if cell.strip() else ():
        assert one.e164 is None or str(one.e164).removeprefix("81") in digits or any(odd for odd, _ in read(cell).odd)


@given(st.text("0123456789-/ ,;、()FAX内線x#+~・\n", min_size=1, max_size=80))
def test_no_cell_is_too_odd_to_read(cell: str) -> None:
    if cell.strip():
        assert len(read(cell.strip()).phones) <= len(cell)
