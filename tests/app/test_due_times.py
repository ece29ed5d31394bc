"""When something is due, as operators say it, in local time."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.due_times import afternoon, in_an_hour, parse_due, tomorrow_morning

JST = timezone(timedelta(hours=9))
NOW = datetime(2026, 11, 21, 14, 12, 30, tzinfo=JST)


@pytest.fixture(autouse=True)
def _in_japan(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("15:00", "11-21 15:00"),
        ("１５：３０", "11-21 15:30"),
        ("15時", "11-21 15:00"),
        ("15時30分", "11-21 15:30"),
        ("16", "11-21 16:00"),
        ("9:00", "11-22 09:00"),
        ("明日", "11-22 10:00"),
        ("明日 9:30", "11-22 09:30"),
        ("明日の15時", "11-22 15:00"),
        ("明日15時", "11-22 15:00"),
        ("Tomorrow 11:00", "11-22 11:00"),
        ("あさって", "11-23 10:00"),
        ("今日 17:00", "11-21 17:00"),
        ("11/25", "11-25 10:00"),
        ("11/25 16:00", "11-25 16:00"),
        ("11月25日 16時", "11-25 16:00"),
        ("2026-12-01 8:00", "12-01 08:00"),
        ("30分後", "11-21 14:42"),
        ("2時間後", "11-21 16:12"),
        ("+2h", "11-21 16:12"),
        ("3日後", "11-24 14:12"),
        ("90m", "11-21 15:42"),
    ],
)
def test_what_is_typed_is_understood(said: str, due: str) -> None:
    assert parse_due(said, NOW) == datetime.strptime(f"2026-{due} +0900", "%Y-%m-%d %H:%M %z")


def test_a_day_that_has_passed_is_next_years() -> None:
    assert parse_due("1/5", NOW) == datetime(2027, 1, 5, 10, 0, tzinfo=JST)


@pytest.mark.parametrize(
    "said", ["", "いつか", "25:00", "13/40", "2/30", "10:61", "2020-01-01", "今日 9:00", "99999h", "-3h", "11//25"]
)
def test_what_is_no_time_or_has_passed_is_none(said: str) -> None:
    assert parse_due(said, NOW) is None


@given(st.text(max_size=40))
def test_anything_typed_is_a_time_to_come_or_none(said: str) -> None:
    due = parse_due(said, NOW)
    assert due is None or due > NOW


def test_the_quick_choices_are_ahead() -> None:
    assert in_an_hour(NOW) == datetime(2026, 11, 21, 15, 12, tzinfo=JST)
    assert tomorrow_morning(NOW) == datetime(2026, 11, 22, 10, 0, tzinfo=JST)
    assert [afternoon(NOW.replace(hour=hour, minute=0)) for hour in (9, 15, 17)] == [
        datetime(2026, 11, 21, 15, 0, tzinfo=JST).astimezone(UTC),
        datetime(2026, 11, 21, 17, 0, tzinfo=JST).astimezone(UTC),
        None,
    ]
