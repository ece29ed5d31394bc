"""Dates and times as people type them: 1980/4/1, 昭和55年4月1日, S55.4.1, 19800401, a year alone, Excel's days.

Raises nothing but ValueError. Ambiguous ones (4/1/1980, 80/4/1) are no dates.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, tzinfo

from db.kinds import BirthPrecision

_ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和", **{era[0]: era for era in _ERAS}}
_ERA_YEAR = rf"(?P<era>{'|'.join(_ERAS)}|[MTSHR明大昭平令])\.?\s*(?P<era_year>[0-9]{{1,2}}|元)"
_DATE = re.compile(
    rf"(?:(?P<year>[0-9]{{4}})|{_ERA_YEAR})"
    r"(?:\s*[-/.年]\s*(?:(?P<month>[0-9]{1,2})(?:\s*[-/.月]\s*(?:(?P<day>[0-9]{1,2})\s*日?)?)?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_NO_YEAR = re.compile(r"(?:--)?(?P<month>[0-9]{1,2})\s*[-/月]?\s*(?P<day>[0-9]{1,2})\s*日?")
_DAY_NAME = re.compile(r"\s*\([月火水木金土日祝A-Za-z]{1,3}\)")
_SERIAL = re.compile(r"(?P<days>[0-9]{5})(?:\.0*)?")
_TIME = re.compile(
    r"(?P<half>午前|午後|AM|PM)?\s*(?P<hour>[0-9]{1,2})(?::|時)\s*(?:(?P<minute>[0-9]{1,2})(?:分|:(?P<second>[0-9]{1,2})"
    r"(?:\.[0-9]+)?)?\s*(?:(?P<second_ja>[0-9]{1,2})秒)?)?\s*(?P<half_after>AM|PM)?",
    re.IGNORECASE,
)
_TIME_BEHIND = re.compile(r"(?:[ T]+|(?<=日))(?:(?:午前|午後|AM|PM)\s*)?[0-9]{1,2}(?::|時).*$", re.IGNORECASE)
_EARLIEST = date(1850, 1, 1)
_EXCEL_EPOCH = date(1899, 12, 30)
_NO_YEAR_YEAR = 1904  # a leap year: 29 February has its place


def birth_date(text: str, today: date) -> tuple[str, BirthPrecision]:
    """The date as ISO text, unknown parts as 1, and how much of it is known."""
    if len(text) == 10 and text[4] == "-" and _EARLIEST <= date.fromisoformat(text) <= today:
        return text, BirthPrecision.DAY  # what most files hold, in a tenth of the time
    plain = _plain(text)
    if _is_midnight(plain):
        plain = plain[:10]
    found, precision = _birth(plain)
    if not _EARLIEST <= found <= today and precision is not BirthPrecision.NO_YEAR:
        raise ValueError(text)
    return found.isoformat(), precision


def moment(text: str, zone: tzinfo | None) -> str:
    """A time as ISO text in UTC. Without an offset it is of `zone` (None: this PC's), without a clock time midnight."""
    try:
        local = datetime.fromisoformat(text) if text[:4].isdecimal() and len(text) >= 8 else _moment(_plain(text))
    except ValueError:
        local = _moment(_plain(text))
    try:
        aware = local.replace(tzinfo=zone) if local.tzinfo is None and zone else local
        return aware.astimezone(UTC).isoformat(timespec="seconds")
    except (OverflowError, OSError) as error:
        raise ValueError(text) from error


def _plain(text: str) -> str:
    return _DAY_NAME.sub("", unicodedata.normalize("NFKC", text[:64])).strip()


def _is_midnight(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[ T]0?0:00(:00)?(\.0+)?", text) is not None


def _birth(text: str) -> tuple[date, BirthPrecision]:
    if (found := _NO_YEAR.fullmatch(text)) is not None and ("--" in text or not text.isdecimal()):
        return date(_NO_YEAR_YEAR, int(found["month"]), int(found["day"])), BirthPrecision.NO_YEAR
    year, month, day = _parts(text)
    precision = BirthPrecision.DAY if day else BirthPrecision.MONTH if month else BirthPrecision.YEAR
    return date(year, month or 1, day or 1), precision


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not told."""
    if (serial := _SERIAL.fullmatch(text)) is not None:
        counted = _EXCEL_EPOCH + timedelta(days=int(serial["days"]))
        return counted.year, counted.month, counted.day
    found = _COMPACT.fullmatch(text) or _DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    month, day = (None if found[name] is None else int(found[name]) for name in ("month", "day"))
    if 0 in (month, day):
        raise ValueError(text)  # what programs write where they have no date
    return _year(found.groupdict()), month or 0, day or 0


def _year(parts: dict[str, str | None]) -> int:
    if parts["year"]:
        return int(parts["year"])
    era, year = str(parts["era"]), str(parts["era_year"])
    return _ERAS[_LETTERS.get(era.upper(), era)] + (1 if year == "元" else int(year)) - 1


def _moment(text: str) -> datetime:
    time = _TIME_BEHIND.search(text)
    year, month, day = _parts(text[: time.start()] if time else text)
    hour, minute, second = _clock(time[0].strip(" T")) if time else (0, 0, 0)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 -- moment() knows the zone


def _clock(text: str) -> tuple[int, int, int]:
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, half = int(found["hour"]), (found["half"] or found["half_after"] or "").upper()
    if half in ("午後", "PM") and hour < 12:
        hour += 12
    if half in ("午前", "AM") and hour == 12:
        hour = 0
    return hour, int(found["minute"] or 0), int(found["second"] or found["second_ja"] or 0)
