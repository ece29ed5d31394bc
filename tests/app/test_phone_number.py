"""Every row of the numbering rules, with real Japanese exchanges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phone_number import NumberKind, e164_int, parse_number, warm_up


@pytest.mark.parametrize(
    "raw",
    [
        "0422-51-1234",
        "０４２２ー５１−１２３４",
        "(0422)51-1234",
        "+81 422 51 1234",
        "+81(0)422-51-1234",
        "0422‐51‐1234",
        " 0422 51 1234 ",
        "0422・51・1234",
        "0422.51.1234",
        "0081-422-51-1234",
        "tel:+81-422-51-1234",
        "tel:0422511234;phone-context=+81",
        "tel:422511234;phone-context=+81",
        "sip:0422511234;npdi@pbx.example.jp;user=phone",
        "sips:+81422511234@pbx.example.jp",
        "callto://0422511234",
    ],
)
def test_every_spelling_of_one_number_gives_one_key(raw: str) -> None:
    number = parse_number(raw)
    assert (number.key, number.display, number.kind) == ("+81422511234", "0422-51-1234", NumberKind.FIXED)
    assert number.raw == raw


@pytest.mark.parametrize(
    ("raw", "display"),
    [
        ("0312345678", "03-1234-5678"),
        ("0425211234", "042-521-1234"),
        ("0460841234", "0460-84-1234"),
        ("0499221234", "04992-2-1234"),
        ("0992221234", "099-222-1234"),
    ],
)
def test_real_exchanges_are_grouped_as_japanese_people_write_them(raw: str, display: str) -> None:
    assert parse_number(raw).display == display


@pytest.mark.parametrize(
    ("raw", "key", "kind"),
    [
        ("+8109012345678", "+819012345678", NumberKind.MOBILE),
        ("9012345678", "+819012345678", NumberKind.MOBILE),
        ("010 1 650 253 0000", "+16502530000", NumberKind.INTERNATIONAL),
        ("+85221234567", "+85221234567", NumberKind.INTERNATIONAL),
        ("0120-444-444", "+81120444444", NumberKind.TOLL_FREE),
        ("0800-123-4567", "+818001234567", NumberKind.TOLL_FREE),
        ("060-1234-5678", "+816012345678", NumberKind.MOBILE),
        ("070-1234-5678", "+817012345678", NumberKind.MOBILE),
        ("050-5812-3456", "+815058123456", NumberKind.VOIP),
        ("0570-012-345", "+81570012345", NumberKind.UAN),
        ("0990-123-456", "+81990123456", NumberKind.PREMIUM),
        ("02012345678901", "+812012345678901", NumberKind.M2M),
        ("020-0123-4567", "+812001234567", NumberKind.M2M),
    ],
)
def test_a_number_is_known_by_its_plan(raw: str, key: str, kind: NumberKind) -> None:
    number = parse_number(raw)
    assert (number.key, number.kind) == (key, kind)


@pytest.mark.parametrize("raw", ["03-1234-5678", "０３ー１２３４−５６７８", "(03)1234-5678", "+81 3 1234 5678"])
def test_tokyos_spellings_are_one_number(raw: str) -> None:
    number = parse_number(raw)
    assert (number.key, number.display, number.was_repaired) == ("+81312345678", "03-1234-5678", False)


@pytest.mark.parametrize("raw", ["9012345678", "9012345678.0", "90-1234-5678", "819012345678"])
def test_a_beginning_that_a_spreadsheet_ate_is_put_back_and_told(raw: str) -> None:
    number = parse_number(raw)
    assert (number.raw, number.key, number.was_repaired) == (raw, "+819012345678", True)


@pytest.mark.parametrize("raw", ["TEL 0422-51-1234", "Tel.0422-51-1234", "FAX：0422-51-1234", "0422-51-1234（自宅）"])
def test_a_label_beside_a_number_is_no_part_of_it(raw: str) -> None:
    assert parse_number(raw).key == "+81422511234"


@pytest.mark.parametrize("prefix", ["184", "186"])
@pytest.mark.parametrize("rest", ["-0422-51-1234", "0422511234", "+81422511234", " 0422-51-1234"])
def test_the_presentation_prefix_is_stripped_and_remembered(prefix: str, rest: str) -> None:
    number = parse_number(prefix + rest)
    assert (number.key, number.presentation_prefix) == ("+81422511234", prefix)


@pytest.mark.parametrize(
    ("raw", "key"), [("0184-22-1234", "+81184221234"), ("184221234", "+81184221234"), ("0186-42-1234", "+81186421234")]
)
def test_akitas_area_codes_are_not_taken_for_presentation_prefixes(raw: str, key: str) -> None:
    number = parse_number(raw)
    assert (number.key, number.presentation_prefix) == (key, "")


@pytest.mark.parametrize("carrier", ["0031", "0033", "0036", "0039", "0077", "0088", "009130"])
def test_the_carrier_prefix_is_stripped_and_remembered(carrier: str) -> None:
    number = parse_number(f"{carrier}-0422-51-1234")
    assert (number.key, number.carrier_prefix) == ("+81422511234", carrier)


@pytest.mark.parametrize("carrier", ["001", "0033", "0061", "005345", "009130"])
def test_a_carrier_prefix_before_an_international_number_is_stripped_too(carrier: str) -> None:
    number = parse_number(f"{carrier}-010-1-650-253-0000")
    assert (number.key, number.carrier_prefix) == ("+16502530000", carrier)


def test_presentation_and_carrier_prefix_can_stand_together_before_a_foreign_number() -> None:
    number = parse_number("184-0033-010-1-650-253-0000")
    assert (number.key, number.presentation_prefix, number.carrier_prefix) == ("+16502530000", "184", "0033")


@pytest.mark.parametrize(
    "suffix",
    [
        " 内線 123",
        "内線123",
        "(内)123",
        "（内123）",
        "（内線：１２３）",
        " 内線番号 123",
        " ext. 123",
        " ext 123",
        "x123",
        " #123",
        " Extension 123",
    ],
)
def test_an_extension_is_split_from_its_number(suffix: str) -> None:
    number = parse_number("0422-51-1234" + suffix)
    assert (number.key, number.extension) == ("+81422511234", "123")


def test_an_extension_in_a_tel_uri_is_split_too() -> None:
    number = parse_number("tel:+81-422-51-1234;ext=123")
    assert (number.key, number.extension) == ("+81422511234", "123")


@pytest.mark.parametrize("raw", ["201", "2001", "sip:201@pbx.example.jp", "内線201", "80123", "101"])
def test_an_internal_number_is_an_extension_without_a_key(raw: str) -> None:
    number = parse_number(raw)
    assert (number.key, number.kind) == ("", NumberKind.EXTENSION)
    assert number.extension == number.display
    assert raw.find(number.extension) >= 0


@pytest.mark.parametrize("raw", ["110", "119", "117", "#9110", "*21"])
def test_services_are_special_and_have_no_key(raw: str) -> None:
    number = parse_number(raw)
    assert (number.key, number.kind, number.display) == ("", NumberKind.SPECIAL, raw)


@pytest.mark.parametrize(
    ("raw", "outside", "key"),
    [
        ("0-0422-51-1234", "0", "+81422511234"),
        ("00120444444", "0", "+81120444444"),
        ("9-090-1234-5678", "9", "+819012345678"),
        ("0-010-1-650-253-0000", "0", "+16502530000"),
        ("0-06-6345-2000", "0", "+81663452000"),
        ("0-078-331-1234", "0", "+81783311234"),
        ("0-0247-62-1234", "0", "+81247621234"),
        ("0-184-03-3581-4111", "0", "+81335814111"),
        ("0-0800-123-4567", "0", "+818001234567"),
        ("9-184-0422-51-1234", "9", "+81422511234"),
    ],
)
def test_the_sites_outside_prefix_is_stripped(raw: str, outside: str, key: str) -> None:
    assert parse_number(raw, outside_prefix=outside).key == key


@pytest.mark.parametrize(
    ("raw", "outside", "key"),
    [
        ("0422511234", "0", "+81422511234"),
        ("0033-0422-51-1234", "0", "+81422511234"),
        ("9012345678", "9", "+819012345678"),
        ("0422511234", "9", "+81422511234"),
        ("0081-3-1234-5678", "0", "+81312345678"),
        ("0081-90-1234-5678", "0", "+819012345678"),
        ("0044 20 7946 0958", "0", "+442079460958"),
        ("0184-22-1234", "0", "+81184221234"),
        ("06-6345-2000", "0", "+81663452000"),
    ],
)
def test_a_number_that_merely_begins_like_the_outside_prefix_is_left_whole(raw: str, outside: str, key: str) -> None:
    assert parse_number(raw, outside_prefix=outside).key == key


@pytest.mark.parametrize(
    "raw",
    ["", "   ", "anonymous", "Coin line/payphone", "51-1234", "03-1234-5678 090-1234-5678", "+", "1" * 5000, "٣٤٥"],
)
def test_what_is_no_number_keeps_its_text_and_has_no_key(raw: str) -> None:
    number = parse_number(raw)
    assert (number.raw, number.key, number.extension) == (raw, "", "")
    assert len(number.display) <= 64


def test_what_is_no_number_is_shown_without_direction_marks() -> None:
    assert parse_number("ab\u202e\u200bcd\x07").display == "abcd"


def test_the_region_of_the_line_decides_what_national_digits_mean() -> None:
    assert parse_number("(650) 253-0000", region="US").key == "+16502530000"
    assert parse_number("0422-51-1234", region="JP").key == "+81422511234"
    assert parse_number("911", region="US").kind is NumberKind.SPECIAL
    assert parse_number("184-0422-51-1234", region="US").presentation_prefix == ""


def test_an_unknown_region_still_reads_international_numbers() -> None:
    assert parse_number("+81422511234", region="").key == "+81422511234"
    assert parse_number("0422511234", region="").key == ""


def test_the_records_keep_a_key_as_an_integer() -> None:
    assert e164_int("+81422511234") == 81422511234
    assert e164_int("") is None


def test_warming_up_does_the_work_that_a_first_call_would_do() -> None:
    warm_up()
    assert parse_number("0422-51-1234").key == "+81422511234"


_TELEPHONE_ALPHABET = st.text("0123456789０９+-ー−()（） .,;:@#*x内線extipsl=%\u202e\u3000a", max_size=60)


@given(st.one_of(st.text(max_size=300), _TELEPHONE_ALPHABET), st.sampled_from(["JP", "US", "GB", "", "ZZ"]))
def test_no_text_at_all_raises_or_gives_a_malformed_key(raw: str, region: str) -> None:
    number = parse_number(raw, region, "0")
    assert number.raw == raw
    assert number.key == "" or (number.key[0] == "+" and number.key[1:].isascii() and number.key[1:].isdigit())
    assert len(number.key) <= 16


@given(
    st.integers(min_value=0, max_value=9999), st.sampled_from(["042251", "042521", "046084", "099222", "09012345"[:7]])
)
def test_reading_a_key_or_a_display_again_gives_the_same_key(line: int, exchange: str) -> None:
    first = parse_number(f"{exchange}{line:04}")
    assert parse_number(first.key).key == first.key
    assert parse_number(first.display).key == first.key
