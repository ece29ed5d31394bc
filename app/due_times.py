"""When something is due, as an operator says it: quick choices, and what is typed, in Japanese or English.

Local time in, aware UTC out. A time of day that has passed means tomorrow; a day without a time means 10:00.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

_MORNING = time(10, 0)
_DAYS = {
    "今日": 0, "本日": 0, "きょう": 0, "today": 0, "明日": 1, "あす": 1, "あした": 1, "tomorrow": 1,
    "明後日": 2, "あさって": 2,
}  # fmt: skip
_UNITS = {"分": "minutes", "m": "minutes", "min": "minutes", "時間": "hours", "h": "hours", "日": "days", "d": "days"}
_SPAN = re.compile(r"\+?(\d{1,4})\s*(分|時間|日|min|m|h|d)\s*(?:後|で)?")
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])(?:[:時](?P<minute>[0-5]\d)?分?|(?=$))"
_TIME = re.compile(_CLOCK)
_WHEN = re.compile(rf"(?P<day>\S+?)(?:の|\s+|(?<=\D)){_CLOCK}")
_DATE = re.compile(r"(?:(?P<year>\d{4})[-/年])?(?P<month>\d{1,2})[-/月](?P<day>\d{1,2})日?")


def afternoon(now: datetime) -> datetime | None:
    """This afternoon from now, None when it is too late for that."""
    local = now.astimezone()
    for latest, due in ((time(14, 0), time(15, 0)), (time(16, 30), time(17, 0))):
        if local.time() < latest:
            return _at(local.date(), due)
    return None


def in_an_hour(now: datetime) -> datetime:
    """To the minute."""
    return (now + timedelta(hours=1)).replace(second=0, microsecond=0).astimezone(UTC)


def tomorrow_morning(now: datetime) -> datetime:
    """Tomorrow at ten."""
    local = now.astimezone()
    return _at(local.date() + timedelta(days=1), _MORNING)


def parse_due(text: str, now: datetime) -> datetime | None:
    """When it is due, None for what is no time or has passed: "15:00", "明日 10:00", "11/25", "2時間後", "+30m"."""
    said = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    local = now.astimezone()
    for read in (_span, _time_of_day, _day):
        due = read(said, local)
        if due is not None:
            return due if due > now.astimezone(UTC) else None
    return None


def _span(said: str, now: datetime) -> datetime | None:
    found = _SPAN.fullmatch(said)
    if found is None:
        return None
    return (now + timedelta(**{_UNITS[found[2]]: int(found[1])})).replace(second=0, microsecond=0).astimezone(UTC)


def _time_of_day(said: str, now: datetime) -> datetime | None:
    found = _TIME.fullmatch(said)
    if found is None:
        return None
    due = _at(now.date(), _clock(found))
    return due if due > now.astimezone(UTC) else _at(now.date() + timedelta(days=1), _clock(found))


def _day(said: str, now: datetime) -> datetime | None:
    if (whole := _named(said, now) or _dated(said, now)) is not None:
        return _at(whole, _MORNING)
    found = _WHEN.fullmatch(said)
    if found is None:
        return None
    day = _named(found["day"], now) or _dated(found["day"], now)
    return _at(day, _clock(found)) if day is not None else None


def _named(word: str, now: datetime) -> date | None:
    days = _DAYS.get(word)
    return None if days is None else now.date() + timedelta(days=days)


def _dated(word: str, now: datetime) -> date | None:
    """A day without a year is the next one of that name."""
    found = _DATE.fullmatch(word)
    if found is None:
        return None
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        return _real(int(found["year"]), month, day)
    this = _real(now.year, month, day)
    return this if this is not None and this >= now.date() else _real(now.year + 1, month, day)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time:
    return time(int(found["hour"]), int(found["minute"] or 0))


def _at(day: date, clock: time) -> datetime:
    """Local time as the clocks will show it on that day, also across a change to summer time."""
    return datetime.combine(day, clock).astimezone().astimezone(UTC)
