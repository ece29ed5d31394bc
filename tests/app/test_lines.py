"""Lines: found however their number is written, and whether a call on one pops."""

import pytest

from app.compose import own_phones_of
from app.lines import Lines
from app.settings import LineSettings, Settings
from cti.events import Direction
from cti.sip.settings import SipDialogSettings, SipSettings
from tests.app.desk_at_work import offered

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
