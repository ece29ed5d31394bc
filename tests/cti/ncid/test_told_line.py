"""What a line of an NCID server tells, in whatever order and with whatever fields it comes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cti.events import Withheld
from cti.ncid.told_line import Told, ToldLine, read_line
from tests.cti.ncid.serving import BEGINNING, call, info


def told(line: bytes) -> ToldLine:
    found = read_line(line.strip())
    assert found is not None
    return found


def test_fields_are_found_by_name_and_unknown_ones_left_out() -> None:
    swapped = b"CID: *NAME*SATO HANAKO*JJJJ*new*NMBR*0312345678*LINE*WORK 1*TIME*1412*DATE*11212026*"
    straight = b"CID: *DATE*11212026*TIME*1412*LINE*WORK 1*NMBR*0312345678*MESG*NONE*NAME*SATO HANAKO*"
    assert told(swapped) == told(straight)
    assert (told(swapped).caller.name, told(swapped).line, told(swapped).minute) == (
        "SATO HANAKO",
        "WORK 1",
        "11212026 1412",
    )


@pytest.mark.parametrize("line", BEGINNING)
def test_the_beginning_of_a_connection_tells_of_no_call(line: bytes) -> None:
    assert read_line(line.strip()) is None


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (call(), Told.CALL),
        (b"+" + call(), Told.CALL),
        (call().replace(b"CID:", b"WID:"), Told.CALL),
        (call().replace(b"CID:", b"OUT:"), Told.CALL_OUT),
        (info(3), Told.RINGS),
        (info(0), Told.STOPPED),
        (info(-1), Told.GAVE_UP),
        (info(-2), Told.HUNG_UP),
        (info(-3), Told.BUSY),
        (info(-4), Told.REJECTED),
        (b"END: *HTYPE*BYE*DATE*11212026*TIME*1415*CTYPE*IN*LINE*POTS*NMBR*0312345678*NAME*X*", Told.HUNG_UP),
        (b"END: *HTYPE*CANCEL*LINE*POTS*NMBR*0312345678*NAME*X*", Told.GAVE_UP),
    ],
)
def test_each_kind_of_line_is_told_apart(line: bytes, what: Told) -> None:
    assert (told(line).told, told(line).line) == (what, "POTS")


@pytest.mark.parametrize("label", [b"HUP", b"BLK", b"RID", b"MWI", b"MSG", b"NOT", b"CIDLOG", b"XYZ"])
def test_what_does_not_ring_here_is_no_call(label: bytes) -> None:
    assert read_line(call().strip().replace(b"CID", label)) is None


@pytest.mark.parametrize(
    ("number", "name", "withheld"),
    [
        ("PRIVATE", "PRIVATE", Withheld.ANONYMOUS),
        ("P", "NO NAME", Withheld.ANONYMOUS),
        ("ANONYMOUS", "TANAKA", Withheld.ANONYMOUS),
        ("OUT-OF-AREA", "OUT-OF-AREA", Withheld.OUT_OF_AREA),
        ("O", "-", Withheld.OUT_OF_AREA),
        ("C", "-", Withheld.PAYPHONE),
        ("S", "-", Withheld.SERVICE_CONFLICT),
        ("NO-NUMBER", "PRIVATE", Withheld.ANONYMOUS),
        ("-", "P", Withheld.ANONYMOUS),
    ],
)
def test_reasons_for_no_number_are_the_carriers(number: str, name: str, withheld: Withheld) -> None:
    caller = told(call(number, name)).caller
    assert (caller.number, caller.name, caller.withheld) == ("", "", withheld)


@pytest.mark.parametrize("name", ["NO NAME", "NONAME", "-", "UNKNOWN", "0312345678"])
def test_a_name_that_says_nothing_is_none(name: str) -> None:
    caller = told(call(name=name)).caller
    assert (caller.number, caller.name, caller.withheld) == ("0312345678", "", None)


def test_no_number_and_no_reason_is_nobody() -> None:
    caller = told(call("NO-NUMBER", "NO NAME")).caller
    assert (caller.number, caller.withheld, caller.identity_from) == ("", None, None)


def test_an_internal_number_keeps_its_stars_and_no_line_is_no_name() -> None:
    assert told(call("**622", line="-")).caller.number == "**622"
    assert told(call(line="NO-LINE")).line == ""


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=60).map(lambda text: call(name=text))))
def test_any_line_is_read_or_left(line: bytes) -> None:
    found = read_line(line)
    for text in (found.line, found.minute, found.caller.name, found.caller.number) if found else ():
        assert "\n" not in text
        assert len(text) < 200
