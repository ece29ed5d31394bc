"""The log: one line per fact, no telephone number in clear, nothing that a terminal or a parser could trip over."""

import logging
import logging.handlers
import shutil
import sys
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


def test_a_traceback_tells_where_it_was_and_not_of_whom(logged: Logged) -> None:
    with pytest.raises(ValueError, match="no such caller") as caught:
        die_of("0312345678\x1b[31m")
    text = logged("died", error=caught.value)
    assert text.endswith('in die_of\n    raise ValueError(f"no such caller: {number}")\nValueError\n')
    assert "0312345678" not in text


def test_a_folder_that_is_removed_comes_back_with_the_next_line(logged: Logged, tmp_path: Path) -> None:
    logged("before")
    shutil.rmtree(tmp_path / "logs")
    assert logged("after").endswith("cti.sip: after\n")


@pytest.mark.skipif(sys.platform != "linux", reason="a full disk is Linux' /dev/full")
def test_a_disk_that_is_full_for_a_while_costs_those_lines_alone(
    logged: Logged, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logged("before")
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one, logging.handlers.RotatingFileHandler)]
    with monkeypatch.context() as full:
        handler.stream.close()
        handler.stream = open("/dev/full", "w", encoding="utf-8")  # noqa: SIM115, PTH123 -- the handler closes it
        full.setattr(handler, "shouldRollover", lambda _record: False)
        logging.getLogger("cti.sip").info("of 0312345678, lost")
    text = logged("after")
    assert [line.rpartition(": ")[2] for line in text.splitlines()] == ["before", "after"]
    assert capfd.readouterr().err == "", "logging's own complaint would hold the line unmasked"


def test_it_turns_over_at_two_megabytes_and_keeps_five_files(logged: Logged, tmp_path: Path) -> None:
    for _line in range(6_500):
        logging.getLogger("cti.sip").info("x" * 2_000)
    files = sorted((tmp_path / "logs").iterdir())
    assert [one.name for one in files] == ["omote.log", *(f"omote.log.{n}" for n in range(1, 5))]
    assert max(one.stat().st_size for one in files) <= 2_000_000


def test_a_log_that_cannot_be_written_is_one_line_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in the folder's place")
    with pytest.raises(UserError, match="cannot be written") as caught:
        start_log(tmp_path / "logs" / "omote.log")
    assert "--profile" in caught.value.todo
