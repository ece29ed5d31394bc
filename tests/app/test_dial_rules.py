"""What is dialled of what was clicked, and what is asked before."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dial_rules import Ask, to_dial
from app.lines import Lines
from app.settings import LineSettings, SiteSettings

JAPAN, OFFICE = Lines([]), Lines([], site=SiteSettings(outside_prefix="0"))


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("03-1234-5678", "0312345678"),
        ("+81 3 1234 5678", "0312345678"),
        ("０９０−１２３４−５６７８", "09012345678"),
        ("tel:+81-3-1234-5678", "0312345678"),
        ("tel:0312345678;phone-context=+81", "0312345678"),
        ("callto:+81312345678", "0312345678"),
        ("sip:0312345678@pbx.example", "0312345678"),
        ("sip:201@pbx.example", "201"),
        ("内線201", "201"),
        ("184-03-1234-5678", "1840312345678"),
        ("0312345678,,12", "0312345678"),
        ("0120-444-444", "0120444444"),
    ],
)
def test_a_number_is_dialled_as_one_would_by_hand(text: str, digits: str) -> None:
    assert (to_dial(text, JAPAN).digits, to_dial(text, JAPAN).asks) == (digits, ())


def test_the_houses_outside_prefix_goes_before_numbers_of_the_network_alone() -> None:
    dialled = {
        text: to_dial(text, OFFICE).digits for text in ("0312345678", "00312345678", "201", "110", "+12025550123")
    }
    assert dialled == {
        "0312345678": "00312345678", "00312345678": "00312345678", "201": "201", "110": "110",
        "+12025550123": "001012025550123",
    }  # fmt: skip


def test_another_country_dials_as_it_is_used_to() -> None:
    germany = Lines([LineSettings("+4930123456", region="DE")])
    assert to_dial("+4989123456", germany).digits == "089123456"
    abroad = to_dial("+81312345678", germany)
    assert (abroad.digits, abroad.asks) == ("0081312345678", (Ask.INTERNATIONAL,))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("0990-504-000", {Ask.PREMIUM}),
        ("0570-000-123", {Ask.PREMIUM}),
        ("+979 1 2345 6789", {Ask.PREMIUM, Ask.INTERNATIONAL}),
        ("+1 202 555 0123", {Ask.INTERNATIONAL}),
        ("110", {Ask.EMERGENCY}),
        ("119", {Ask.EMERGENCY}),
        ("*21*0312345678#", {Ask.CODE, Ask.LONG}),
        ("*8", {Ask.CODE}),
        ("123456789012345678", {Ask.LONG}),
    ],
)
def test_what_may_cost_or_harm_is_asked_first(text: str, asks: set[Ask]) -> None:
    assert set(to_dial(text, JAPAN).asks) == asks


def test_an_emergency_behind_the_outside_prefix_is_one_too() -> None:
    assert Ask.EMERGENCY in to_dial("0110", OFFICE).asks


@pytest.mark.parametrize(
    "text",
    [
        "", "+", "-", "alice", "sip:alice@pbx", "tel:", "tel:+++", "0312345678\r\nAction: Originate",
        "03 1234 5678 (new)",
        "tel:*21*0312345678%23", "0" * 33, "0312345678" * 30, "javascript:alert(1)", "http://03-1234-5678",
    ],
)  # fmt: skip
def test_what_is_no_number_is_not_dialled(text: str) -> None:
    assert to_dial(text, JAPAN).digits == ""


_HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text("0123456789*#+,;x()-. \r\n%&", max_size=40),
    st.builds("{}{}".format, st.sampled_from(["tel:", "callto://", "sip:", "sips:", "TEL:"]), st.text(max_size=40)),
    st.builds("tel:{}{}".format, st.from_regex(r"\+?[0-9]{2,14}", fullmatch=True), st.sampled_from(
        ["%0d%0aAction:%20Originate", ";phone-context=+81", ";ext=12", "@x", "%00", "\r\n", "?a=b", ",1", "%2A%23"])),
)  # fmt: skip


@given(_HOSTILE, st.sampled_from([JAPAN, OFFICE]))
def test_whatever_is_clicked_only_the_keys_of_a_telephone_are_sent(text: str, lines: Lines) -> None:
    assert re.fullmatch(r"(?:[0-9*#+]{1,32})?", to_dial(text, lines).digits, re.ASCII)
