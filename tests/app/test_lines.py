"""Lines: found however their number is written, how a caller is read on one, and whether its calls pop."""

from collections.abc import Callable

import pytest

from app.compose import own_phones_of
from app.lines import Lines
from app.phone_number import NumberKind
from app.settings import LineSettings, Settings, SiteSettings
from cti.events import Direction
from cti.sip.settings import SipDialogSettings, SipSettings
from tests.app.desk_at_work import DeskAtWork, offered

SHOP = LineSettings("03-1234-5678", "Main shop")
FAX = LineSettings("200", "Fax", pop="never")
ABROAD = LineSettings("(650) 253-0000", "Branch", region="US", pop="answer")
LINES = Lines([SHOP, FAX, ABROAD], {"abroad": "US"})


@pytest.mark.parametrize(
    ("dialled", "line"),
    [
        ("03-1234-5678", SHOP),
        ("0312345678", SHOP),
        ("+81312345678", SHOP),
        ("sip:0312345678@pbx.example", SHOP),
        ("200", FAX),
        ("+16502530000", ABROAD),
    ],
)
def test_a_line_is_found_however_its_number_is_written(dialled: str, line: LineSettings) -> None:
    assert LINES.of(dialled, "desk phone") is line


@pytest.mark.parametrize("dialled", ["0312345679", "201", "", "anonymous"])
def test_any_other_number_is_a_line_without_a_name_that_pops_on_ring(dialled: str) -> None:
    line = LINES.of(dialled, "desk phone")
    assert (line.dialled, line.name, line.pop, line.region) == (dialled, "", "ring", "JP")


def test_a_number_that_no_line_claims_is_read_in_the_region_of_its_source() -> None:
    assert LINES.of("6502530000", "abroad") is ABROAD
    assert LINES.of("", "abroad").region == "US"


@pytest.mark.parametrize(("line", "why"), [(SHOP, None), (FAX, "line_never"), (ABROAD, "line_pops_on_answer")])
def test_the_line_says_whether_its_calls_pop(line: LineSettings, why: str | None) -> None:
    assert LINES.why_no_pop(offered(), line) == why


def test_an_internal_call_pops_on_no_line_unless_it_is_a_test() -> None:
    inside = offered("202", direction=Direction.INTERNAL)
    assert LINES.why_no_pop(inside, SHOP) == "internal_call"
    assert LINES.why_no_pop(offered("202", direction=Direction.INTERNAL, is_test=True), SHOP) is None


def test_where_there_is_no_window_nothing_pops() -> None:
    assert Lines([SHOP], why_never="no_window").why_no_pop(offered(), SHOP) == "no_window"


def test_only_a_source_that_watches_a_phone_tells_of_the_operators_own() -> None:
    sources = (SipSettings("mobile"), SipDialogSettings("watched", "201"))
    assert own_phones_of(Settings(sources=sources)) == {"watched": "201"}


PLAN = SiteSettings(("2xx", "3000-3999", "81234567"), "0")


@pytest.mark.parametrize(
    ("number", "direction", "pops"),
    [
        ("201", Direction.INTERNAL, None),
        ("3500", Direction.INTERNAL, None),
        ("81234567", Direction.IN, None),
        ("4001", Direction.INTERNAL, "ring"),
        ("0335814111", Direction.IN, "ring"),
        ("0422511234", Direction.INTERNAL, "ring"),
        ("", Direction.IN, "ring"),
    ],
)
def test_the_sites_plan_says_who_calls_from_inside_whatever_the_source_thought(
    desks: Callable[..., DeskAtWork], number: str, direction: Direction, pops: str | None
) -> None:
    desk = desks(site=PLAN)
    desk.hear(offered(number, direction=direction))
    assert desk.call().why_no_pop == (None if pops else "internal_call")


def test_a_callers_number_is_read_by_the_lines_rules_and_else_by_the_houses() -> None:
    lines = Lines([LineSettings("0312345678", outside_prefix="9")], site=PLAN)
    named, other = lines.of("0312345678", "pbx"), lines.of("0312345679", "pbx")
    assert lines.read("9-0422-51-1234", named).key == "+81422511234"
    assert lines.read("0-06-6345-2000", other).key == "+81663452000"
    assert lines.read("201", other).kind is NumberKind.EXTENSION
    assert lines.read("4001", other).kind is NumberKind.UNKNOWN


def test_while_the_line_is_not_known_a_number_may_mean_several() -> None:
    lines = Lines([LineSettings("0312345678", outside_prefix="9"), ABROAD], {"abroad": "US"}, site=PLAN)
    assert {one.key for one in lines.every_reading("6502530000", "abroad")} == {"+16502530000", ""}
    assert {one.key for one in lines.every_reading("90422511234", "pbx")} >= {"+81422511234"}
