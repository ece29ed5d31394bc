"""The rules by which a house counts: its settings, and what a supervisor chose on the page of reports instead."""

from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from app.errors import UserError
from app.figures.rules import Rules, ServiceLevel
from app.kept_json import KeptJson
from app.words import _
from db.reports.limits import LONGEST_DAYS

_LONGEST_SECONDS = 3600
_BOUNDS = {
    "answered_within": (1, _LONGEST_SECONDS),
    "short_call": (0, _LONGEST_SECONDS),
    "repeat_days": (1, LONGEST_DAYS),
}


class SiteRules(Protocol):
    """What `[site]` says of them."""

    @property
    def answered_within(self) -> int: ...
    @property
    def short_call(self) -> int: ...
    @property
    def service_level(self) -> str: ...
    @property
    def repeat_days(self) -> int: ...
    @property
    def report_zone(self) -> str: ...


def check_rules(site: SiteRules, path: Path | str) -> None:
    """Raises UserError for what cannot be counted by."""
    for key, (least, most) in _BOUNDS.items():
        if not least <= (value := getattr(site, key)) <= most:
            raise UserError(
                _("{key} under [site] in {path} is {value}.").format(key=key, path=path, value=value),
                _("It must be: {allowed}.").format(allowed=f"{least} … {most}"),
            )
    if site.report_zone and _zone(site.report_zone) is None:
        raise UserError(
            _('report_zone under [site] in {path} is "{zone}".').format(path=path, zone=site.report_zone),
            _('Write a zone as the IANA names it, e.g. "Asia/Tokyo"; empty: this PC\'s.'),
        )


def rules_of(site: SiteRules) -> Rules:
    """As the house sets them."""
    level = ServiceLevel(site.service_level)
    return Rules(site.answered_within, site.short_call, level, site.repeat_days, _zone(site.report_zone))


class ChosenRules:
    """The house's, until others are chosen on this PC: those are kept until the house sets other ones."""

    def __init__(self, house: Rules | None = None, file: KeptJson | None = None) -> None:
        self.house, self._file = house or Rules(), file
        self.now = _recalled(file.read(), self.house) if file is not None else self.house

    def choose(self, rules: Rules) -> None:
        """From now on, and at the next start."""
        self.now = rules
        if self._file is not None:
            self._file.write({"house": _told(self.house), "chosen": _told(rules)})


def _recalled(told: Any, house: Rules) -> Rules:
    try:
        if told is None or told["house"] != _told(house):
            return house
        seconds, short, level, days = told["chosen"]
        return replace(
            house, in_time_seconds=int(seconds), short_seconds=int(short), service_level=ServiceLevel(level),
            repeat_days=int(days),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        return house


def _told(rules: Rules) -> list[object]:
    """The zone is nobody's choice but the house's."""
    return [rules.in_time_seconds, rules.short_seconds, rules.service_level.value, rules.repeat_days]


def _zone(name: str) -> tzinfo | None:
    """None for none, and for one that nobody knows."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # not found, or no name at all
        return None
