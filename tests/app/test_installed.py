"""An upgrade under a running program is noticed, nothing of the other version is loaded, and it can start anew."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.clock import Clock
from app.keeping import StatusBoard
from app.kept_json import KeptJson
from app.listen import NoScreen
from app.settings import UpdateSettings
from app.updates import daily
from app.updates.checking import Found, Here
from app.updates.daily import AGAIN_MS, EVERY_MS, FIRST_MS, DailyLook
from app.updates.installed import Installation, MixedVersionsError, refuse_late_parts
from app.updates.running import LOOK_EVERY_MS, watch_installation
from tests.app.test_updates import published
from tests.minisign_signer import Signer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "omote"
    path.write_bytes(b"the version before")
    return path


def replaced(program: Path) -> None:
    """As a package manager does it: another file gets the name."""
    other = program.with_name("omote.new")
    other.write_bytes(b"the version after")
    os.utime(other, ns=(program.stat().st_atime_ns, program.stat().st_mtime_ns))
    other.replace(program)


def test_another_file_in_the_programs_place_is_noticed_even_with_the_same_time(program: Path) -> None:
    installation = Installation(program)
    assert not installation.is_replaced()
    replaced(program)
    assert installation.is_replaced()


def test_a_program_that_is_gone_for_a_moment_is_no_news(program: Path) -> None:
    installation = Installation(program)
    program.unlink()
    assert not installation.is_replaced()


def test_a_checkout_is_never_replaced() -> None:
    assert not Installation(None).is_replaced()


def test_the_board_hears_of_it_within_a_minute_and_nobody_looks_any_more(program: Path) -> None:
    board, later = StatusBoard(NoScreen()), []
    watch_installation(Installation(program), board, lambda ms, fn: later.append((ms, fn)))
    replaced(program)
    ((ms, look),) = later
    assert (ms, board.status.is_replaced) == (LOOK_EVERY_MS, False)
    look()
    assert board.status.is_replaced
    assert len(later) == 1


def test_calls_and_backups_need_nothing_that_would_be_loaded_late(program: Path) -> None:
    """`strptime`, names of servers, callers' names in Shift_JIS: Python's own late parts."""
    end = refuse_late_parts(Installation(program))
    replaced(program)
    try:
        assert datetime.strptime("20261121", "%Y%m%d").replace(tzinfo=UTC).day == 21
        assert "例え.jp".encode("idna")
        assert "髙橋".encode("cp932").decode("cp932") == "髙橋"
    finally:
        end()


def test_what_is_loaded_goes_on_and_what_would_be_loaded_now_is_refused_in_words(program: Path) -> None:
    end = refuse_late_parts(Installation(program))
    try:
        sys.modules.pop("this_is_late", None)
        replaced(program)
        import json  # noqa: F401 -- it is loaded

        with pytest.raises(MixedVersionsError, match="A new version of Omote has been installed while it runs"):
            __import__("colorsys_of_another_version")
    finally:
        end()
    with pytest.raises(ModuleNotFoundError):
        __import__("colorsys_of_another_version")


# --- the daily look


class Day:
    """The desk's timers by hand."""

    def __init__(self) -> None:
        self.timers: list[tuple[int, Callable[[], object]]] = []

    def later(self, ms: int, fn: Callable[[], object]) -> None:
        self.timers.append((ms, fn))

    def go_on(self) -> None:
        self.timers.pop(0)[1]()


def test_it_looks_now_and_then_and_waits_while_somebody_is_on_the_phone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AtOnce:
        def __init__(self, target: Callable[[], None], name: str, daemon: bool) -> None:
            assert daemon
            self._target = target

        def start(self) -> None:
            self._target()

    monkeypatch.setattr(daily.threading, "Thread", AtOnce)
    day, told, busy = Day(), list[Found](), [True]
    kept = KeptJson(tmp_path / "updates.json", "updates")
    updates = published(tmp_path, Signer())
    looking = DailyLook(updates, Here("0.1.0", "0018"), kept, lambda: busy[0], told.append)
    looking.begin(day.later, lambda fn, *args: fn(*args), Clock(now=lambda: NOW), lambda most: most // 2)
    assert [ms for ms, _fn in day.timers] == [FIRST_MS + daily.FIRST_SPREAD_MS // 2]
    day.go_on()
    assert (told, [ms for ms, _fn in day.timers]) == ([], [AGAIN_MS])
    busy[0] = False
    day.go_on()
    assert [one.manifest.version for one in told] == ["1.2.0"]
    assert [ms for ms, _fn in day.timers] == [EVERY_MS + daily.SPREAD_MS // 2]
    assert kept.read()["version"] == "1.2.0"


def test_what_is_wrong_with_a_manifest_is_for_the_log_and_nobody_at_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    told: list[Found] = []
    looking = DailyLook(
        UpdateSettings(), Here("0.1.0", "0018"), KeptJson(tmp_path / "u.json", "updates"), lambda: False, told.append
    )
    (tmp_path / "omote.json").write_text("{}")
    from app.updates.refusal import Refused, Why

    looking._hear(Refused(Why.EXPIRED, "2026-01-01"))
    assert told == []
    assert "nothing is known: expired: 2026-01-01" in caplog.text
    assert not (tmp_path / "u.json").exists()
