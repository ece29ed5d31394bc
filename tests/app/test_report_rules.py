"""By which rules reports count: the house's, and what was chosen on this PC until the house sets others."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.figures.asked import Asked
from app.figures.house_rules import ChosenRules, rules_of
from app.figures.rules import Rules, ServiceLevel
from app.kept_json import KeptJson
from app.settings import SiteSettings

LATER = datetime(2027, 1, 1, tzinfo=UTC)
HOUSE = Rules(30, 0, ServiceLevel.FOR, 14, ZoneInfo("Asia/Tokyo"))


def kept(folder: Path) -> KeptJson:
    return KeptJson(folder / "rules.json", "rules")


def test_settings_are_the_rules_of_the_house() -> None:
    site = SiteSettings(answered_within=30, short_call=0, service_level="for", repeat_days=14, report_zone="Asia/Tokyo")
    assert rules_of(site) == HOUSE
    assert rules_of(SiteSettings()) == Rules()


def test_what_was_chosen_is_there_at_the_next_start(tmp_path: Path) -> None:
    chosen = replace(HOUSE, in_time_seconds=10)
    ChosenRules(HOUSE, kept(tmp_path)).choose(chosen)
    assert ChosenRules(HOUSE, kept(tmp_path)).now == chosen


def test_once_the_house_sets_others_they_hold(tmp_path: Path) -> None:
    ChosenRules(HOUSE, kept(tmp_path)).choose(replace(HOUSE, in_time_seconds=10))
    changed = replace(HOUSE, in_time_seconds=45)
    assert ChosenRules(changed, kept(tmp_path)).now == changed


@pytest.mark.parametrize(
    "text", ["", "[]", "7", '{"house": [30, 0, "for", 14]}', '{"house": [30, 0, "for", 14], "chosen": ["x"]}']
)
def test_a_file_that_nobody_can_read_leaves_the_rules_of_the_house(tmp_path: Path, text: str) -> None:
    (tmp_path / "rules.json").write_text(text, "utf-8")
    assert ChosenRules(HOUSE, kept(tmp_path)).now == HOUSE


@pytest.mark.parametrize(
    ("zone", "last", "said"),
    [
        ("Asia/Tokyo", date(2026, 12, 31), "Asia/Tokyo (UTC+09:00)"),
        ("Asia/Kolkata", date(2026, 1, 1), "Asia/Kolkata (UTC+05:30)"),
        ("America/New_York", date(2026, 1, 31), "America/New_York (UTC-05:00)"),
        ("Europe/Berlin", date(2026, 12, 31), "Europe/Berlin (UTC+01:00 / UTC+02:00)"),
    ],
)
def test_a_report_tells_its_zone_with_summer_time(zone: str, last: date, said: str) -> None:
    assert said in Asked(date(2026, 1, 1), last, LATER, ZoneInfo(zone)).zone_words


def test_days_begin_at_midnight_of_the_zone_also_where_clocks_change() -> None:
    spring = Asked(date(2026, 3, 29), date(2026, 3, 29), LATER, ZoneInfo("Europe/Berlin"))
    assert (spring.end - spring.start).total_seconds() == 23 * 3600
    autumn = Asked(date(2026, 10, 25), date(2026, 10, 25), LATER, ZoneInfo("Europe/Berlin"))
    assert (autumn.end - autumn.start).total_seconds() == 25 * 3600
    assert Asked(date(2026, 3, 2), date(2026, 3, 2), LATER, ZoneInfo("Asia/Tokyo")).start == datetime(
        2026, 3, 1, 15, tzinfo=UTC
    )
