"""Dates and times as people type them."""

from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.dates import birth_date, moment
from db.kinds import BirthPrecision

TODAY = date(2026, 11, 22)
JAPAN = timezone(timedelta(hours=9))
DAY, MONTH, YEAR, NO_YEAR = BirthPrecision.DAY, BirthPrecision.MONTH, BirthPrecision.YEAR, BirthPrecision.NO_YEAR


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("1980-04-01", "1980-04-01", DAY),
        ("1980/4/1", "1980-04-01", DAY),
        ("１９８０／４／１", "1980-04-01", DAY),
        ("1980.4.1", "1980-04-01", DAY),
        ("1980年4月1日", "1980-04-01", DAY),
        ("1980年 4月 1日", "1980-04-01", DAY),
        ("1980年4月1日(火)", "1980-04-01", DAY),
        ("19800401", "1980-04-01", DAY),
        ("S55.4.1", "1980-04-01", DAY),
        ("s55/04/01", "1980-04-01", DAY),
        ("Ｓ５５．４．１", "1980-04-01", DAY),
        ("昭和55年4月1日", "1980-04-01", DAY),
        ("昭55.4.1", "1980-04-01", DAY),
        ("㍼55年4月1日", "1980-04-01", DAY),
        ("平成元年1月8日", "1989-01-08", DAY),
        ("R5.12.31", "2023-12-31", DAY),
        ("大正15年12月24日", "1926-12-24", DAY),
        ("明治45年7月1日", "1912-07-01", DAY),
        ("1980-04-01 00:00:00", "1980-04-01", DAY),
        ("1980-04-01T00:00:00", "1980-04-01", DAY),
        ("29312", "1980-04-01", DAY),
        ("29312.0", "1980-04-01", DAY),
        ("1980年4月", "1980-04-01", MONTH),
        ("1980-04", "1980-04-01", MONTH),
        ("昭和55年", "1980-01-01", YEAR),
        ("1980", "1980-01-01", YEAR),
        ("1980年", "1980-01-01", YEAR),
        ("4月1日", "1904-04-01", NO_YEAR),
        ("--04-01", "1904-04-01", NO_YEAR),
        ("--0401", "1904-04-01", NO_YEAR),
        ("2/29", "1904-02-29", NO_YEAR),
    ],
)
def test_a_birth_date_is_read_with_what_is_known_of_it(text: str, iso: str, precision: BirthPrecision) -> None:
    assert birth_date(text, TODAY) == (iso, precision)


@pytest.mark.parametrize(
    "text",
    ["", "x", "4/1/1980", "01/04/80", "80/4/1", "1980/13/1", "1980-02-30", "2026-11-23", "2980-04-01", "1700-01-01",
     "昭和55年4月31日", "S55.4.1.2", "S", "1980/4/1/2", "401", "123456", "-1", "1980-04-01 12:30", "令和99年"],
)  # fmt: skip
def test_what_is_no_birth_date_or_could_be_two_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- any message: the cell is shown beside the reason
        birth_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-21 14:03", "2026-11-21T05:03:00+00:00"),
        ("2026/11/21 14:03:22", "2026-11-21T05:03:22+00:00"),
        ("2026-11-21T14:03:22+09:00", "2026-11-21T05:03:22+00:00"),
        ("2026-11-21T05:03:22.123Z", "2026-11-21T05:03:22+00:00"),
        ("2026-11-21T00:03:22-05:00", "2026-11-21T05:03:22+00:00"),
        ("2026年11月21日 14時3分", "2026-11-21T05:03:00+00:00"),
        ("2026年11月21日14時3分22秒", "2026-11-21T05:03:22+00:00"),
        ("令和8年11月21日 午後2:03", "2026-11-21T05:03:00+00:00"),
        ("2026/11/21(土) 14:03", "2026-11-21T05:03:00+00:00"),
        ("2026/11/21 2:03 PM", "2026-11-21T05:03:00+00:00"),
        ("2026/11/21 12:03 AM", "2026-11-20T15:03:00+00:00"),
        ("２０２６／１１／２１　１４：０３", "2026-11-21T05:03:00+00:00"),
        ("2026-11-21", "2026-11-20T15:00:00+00:00"),
        ("20261121", "2026-11-20T15:00:00+00:00"),
    ],
)
def test_a_moment_is_told_in_utc(text: str, utc: str) -> None:
    assert moment(text, JAPAN) == utc


def test_without_a_zone_it_is_that_of_this_pc(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert moment("2026-11-21 14:03", None) == "2026-11-21T05:03:00+00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


NO_MOMENTS = ["", "14:03", "2026-11-21 25:00", "2026-11", "2026", "21/11/2026", "0001-01-01", "yesterday"]


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_what_is_no_moment_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        moment(text, JAPAN)


DATE_LIKE = st.text(alphabet="0123456789/-.年月日時分秒 :昭和平成令元SHRT()土午前後APMZ+", max_size=24)


@given(st.one_of(st.text(max_size=30), DATE_LIKE))
def test_nothing_but_a_value_error_ever_comes_of_a_cell(text: str) -> None:
    for read in (lambda: birth_date(text, TODAY), lambda: moment(text, JAPAN), lambda: moment(text, UTC)):
        try:
            read()
        except ValueError:
            pass
        else:
            assert text.strip()
