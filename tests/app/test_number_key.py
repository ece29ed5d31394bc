"""The fast way to a number's key says what the long way says, for whatever stands in a file."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extension_plan import ExtensionPlan
from app.number_key import NumberKey, read_key
from app.phone_number import NumberKind, e164_int, parse_number

DIGITS = "0123456789"


def the_long_way(raw: str, region: str = "JP", outside: str = "", inside: ExtensionPlan | None = None) -> NumberKey:
    number = parse_number(raw, region, outside, inside or ExtensionPlan())
    return NumberKey(e164_int(number.key), number.extension, number.kind, number.was_repaired)


def tail(head: int, length: int) -> str:
    """Digits that differ from head to head."""
    return str(head * 7_919_993 + 1_234_567_891_234)[-length:]


@pytest.mark.parametrize(("before", "length"), list(itertools.product(["0", "+81", "+810", "81", ""], [9, 10])))
def test_every_beginning_of_a_japanese_number_has_the_same_key_both_ways(before: str, length: int) -> None:
    """The plan looks at four digits at most; that other digits do not matter was tried once over six."""
    step = 1 if before == "0" else 7
    numbers = [f"{before}{head:04}{tail(head, length - 4)}" for head in range(0, 10_000, step)]
    assert [read_key(one) for one in numbers] == [the_long_way(one) for one in numbers]


@pytest.mark.parametrize("length", [*range(9), 11, 12, 13, 14, 15, 16])
def test_numbers_of_any_other_length_have_the_same_key_both_ways(length: int) -> None:
    numbers = [f"{head:03}{tail(head, 13)}0"[:length] for head in range(0, 1000, 3)]
    assert [read_key(one) for one in numbers] == [the_long_way(one) for one in numbers]


PLAIN = st.builds(
    lambda before, digits, places, sign: "".join(
        [before, *(digit + sign if at in places else digit for at, digit in enumerate(digits))]
    ),
    st.sampled_from(
        ["", "0", "+81", "+81(0)", "81", "184", "1860", "0033", "0081", "00", "010", "+", "＋81", "９", "TEL "]
    ),
    st.text("0123456789０１９", min_size=1, max_size=13),
    st.sets(st.integers(0, 9), max_size=3),
    st.sampled_from(["-", "ー", " ", "−", "(", "）", "・", ".", "　", "‐", "x", "内線", ",", "+", ";ext="]),
)


@given(PLAIN, st.sampled_from(["JP", "JP", "US", ""]), st.sampled_from(["", "", "0", "9"]))
def test_whatever_is_written_has_the_same_key_both_ways(raw: str, region: str, outside: str) -> None:
    assert read_key(raw, region, outside) == the_long_way(raw, region, outside)


@given(st.text(max_size=40))
def test_any_text_has_the_same_key_both_ways(raw: str) -> None:
    assert read_key(raw) == the_long_way(raw)


@given(st.text(DIGITS, min_size=1, max_size=12))
def test_a_sites_plan_is_heeded_both_ways(raw: str) -> None:
    plan = ExtensionPlan(("2xx", "3000-3999", "0422511234", "312345678"))
    assert read_key(raw, inside=plan) == the_long_way(raw, inside=plan)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("090-1234-5678", NumberKey(819012345678, "", NumberKind.MOBILE, was_repaired=False)),
        ("9012345678", NumberKey(819012345678, "", NumberKind.MOBILE, was_repaired=True)),
        ("9012345678.0", NumberKey(819012345678, "", NumberKind.MOBILE, was_repaired=True)),
        ("819012345678", NumberKey(819012345678, "", NumberKind.MOBILE, was_repaired=True)),
        ("312345678", NumberKey(81312345678, "", NumberKind.FIXED, was_repaired=True)),
        ("+8109012345678", NumberKey(819012345678, "", NumberKind.MOBILE, was_repaired=False)),
        ("０３ー１２３４−５６７８", NumberKey(81312345678, "", NumberKind.FIXED, was_repaired=False)),
        ("03-1234-5678 内線 123", NumberKey(81312345678, "123", NumberKind.FIXED, was_repaired=False)),
        ("201", NumberKey(None, "201", NumberKind.EXTENSION, was_repaired=False)),
        ("unlisted", NumberKey(None, "", NumberKind.UNKNOWN, was_repaired=False)),
    ],
)
def test_an_import_is_told_key_kind_extension_and_what_had_to_be_guessed(raw: str, key: NumberKey) -> None:
    assert read_key(raw) == key


def test_where_no_zero_is_dialled_none_is_missing() -> None:
    assert read_key("6502530000", "US").was_repaired is False
    assert read_key("2079460958", "GB").was_repaired is True
