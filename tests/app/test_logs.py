"""The log: one line per fact, no telephone number in clear, nothing that a terminal or a parser could trip over."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.logs import masked, masked_within, start_log

Logged = Callable[..., str]


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Logged]:
    """Logs a fact and tells what the file then holds, without the time."""
    root = logging.getLogger()
    before, level, alembic = list(root.handlers), root.level, logging.getLogger("alembic").level
    path = tmp_path / "logs" / "omote.log"
    start_log(path)

    def log(text: str, *args: object, error: BaseException | None = None) -> str:
        logging.getLogger("cti.sip").info(text, *args, exc_info=error)
        return path.read_text("utf-8")

    yield log
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.getLogger("alembic").setLevel(alembic)


def die_of(number: str) -> None:
    raise ValueError(f"no such caller: {number}")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0312345678", "03******78"),
        ("+81312345678", "+81*******78"),
        ("03-1234-5678", "03-****-**78"),
        ("201", "201"),
        ("12345", "12345"),
        ("123456", "12**56"),
        ("", ""),
    ],
)
def test_a_masked_number_can_be_recognised_but_not_called(number: str, shown: str) -> None:
    assert masked(number) == shown


@given(st.from_regex(r"\+?[0-9]{6,15}", fullmatch=True))
def test_masking_keeps_the_length_and_at_most_four_digits(number: str) -> None:
    hidden = masked(number)
    assert len(hidden) == len(number)
    assert sum(char.isdigit() for char in hidden) == 4
    assert masked_within(f"from {number} at") == f"from {hidden} at"


def test_a_fact_is_one_line_with_its_level_and_its_source(logged: Logged) -> None:
    text = logged("%s: listening on %s", "desk phone", "127.0.0.1:5060")
    assert text.endswith(" INFO    cti.sip: desk phone: listening on 127.0.0.1:5060\n")
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    "number",
    ["0312345678", "+81 3 1234 5678", "03-1234-5678", "(03)1234-5678", "sip:0312345678@pbx", "tel:+81312345678"],
)
def test_no_way_of_writing_a_number_gets_through(logged: Logged, number: str) -> None:
    text = logged("INVITE from %s refused", number)
    assert "1234" not in text
    assert "refused" in text


@pytest.mark.parametrize("address", ["192.168.100.200:5060", "10.0.0.1", "[2001:db8::1234:5678]:5060", "203.0.113.254"])
def test_addresses_stay_as_they_are(logged: Logged, address: str) -> None:
    assert f" from {address}\n" in logged("a packet from %s", address)


def test_control_characters_and_turned_text_are_escaped_and_forge_no_second_line(logged: Logged) -> None:
    text = logged("name %s", "a\r\nERROR forged\x1b[31m\u202e\u2028b\x00")
    assert text.count("\n") == 1
    assert "a\\x0d\\x0aERROR forged" in text
    assert "\\x1b[31m\\x202e\\x2028b\\x00" in text


def test_a_traceback_tells_no_number_and_forges_no_line_either(logged: Logged) -> None:
    with pytest.raises(ValueError, match="no such caller") as caught:
        die_of("0312345678\x1b[31m")
    text = logged("died", error=caught.value)
    assert "ValueError: no such caller: 03******78\\x1b[31m" in text
    assert "0312345678" not in text


def test_a_log_that_cannot_be_written_is_one_line_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in the folder's place")
    with pytest.raises(UserError, match="cannot be written") as caught:
        start_log(tmp_path / "logs" / "omote.log")
    assert "--profile" in caught.value.todo
