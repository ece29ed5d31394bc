"""What is left behind when something goes wrong that nobody foresaw: enough to mend it, and nothing of anybody."""

import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.crash_reports import MOST_BYTES, MOST_FILES, MOST_OF_ONE_RUN, CrashFolder, CrashReports
from app.diagnosis.program import Whole, check_whole
from app.tracebacks import LastWords, what_it_was, without_values
from db.errors import DatabaseUnavailable, Trouble
from tests.end_to_end.running_program import ROOT, environment

SECRET, NAME, NUMBER = "c4n4ry-secret", "佐藤 花子", "0312345678"


@pytest.fixture
def folder(tmp_path: Path) -> CrashFolder:
    return CrashFolder(tmp_path / "crashes")


@pytest.fixture
def log(folder: CrashFolder) -> Iterator[logging.Logger]:
    """A logger of its own that nobody else hears."""
    made = logging.Logger("of this test")
    made.addHandler(CrashReports(folder))
    return iter([made])


@pytest.fixture
def logger(log: Iterator[logging.Logger]) -> logging.Logger:
    return next(log)


def ring(secret: str, name: str) -> None:
    """Locals that must not be told, and words that must not either."""
    header = f"Authorization: {secret}"
    raise ValueError(f"bad caller {name} {NUMBER} {header}")


def caught(do: Callable[[], object]) -> Exception:
    try:
        do()
    except Exception as error:  # noqa: BLE001 -- whatever it is
        return error
    raise AssertionError("it raised nothing")


def chained() -> None:
    try:
        ring(SECRET, NAME)
    except ValueError as error:
        raise KeyError(NAME) from error


def test_what_it_was_and_where_is_told_and_nobody_in_it() -> None:
    text = without_values(caught(chained))
    assert [line for line in text.splitlines() if not line.startswith((" ", "Traceback"))] == ["ValueError", "KeyError"]
    assert 'File "tests/app/test_crash_reports.py"' in text
    assert "in ring" in text
    for secret in (SECRET, NAME, NUMBER):
        assert secret not in text


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            AttributeError("'NoneType' object has no attribute 'x'"),
            "AttributeError: 'NoneType' object has no attribute 'x'",
        ),
        (PermissionError(13, "denied", f"/home/{NAME}"), "PermissionError: EACCES"),
        (ValueError(NAME), "ValueError"),
        (LastWords("QThread: destroyed"), "app.tracebacks.LastWords: QThread: destroyed"),
    ],
)
def test_only_words_about_code_are_kept(error: Exception, told: str) -> None:
    assert what_it_was(error) == told


def test_a_database_tells_its_code_and_not_the_row() -> None:
    connection = sqlite3.connect(":memory:")
    error = caught(lambda: connection.execute(f"SELECT '{NAME}' FROM nowhere"))
    connection.close()
    assert what_it_was(error) == "sqlite3.OperationalError: SQLITE_ERROR"


def test_a_bug_leaves_one_file_that_only_its_owner_reads(folder: CrashFolder, logger: logging.Logger) -> None:
    for _again in range(3):
        logger.error("a job failed", exc_info=caught(lambda: ring(SECRET, NAME)))
    (report,) = folder.reports()
    text = report.path.read_text("utf-8")
    assert text.startswith("Omote ")
    assert {"at:", "python:", "qt:", "system:", "thread:"} <= {line.partition(" ")[0] for line in text.splitlines()}
    assert not [one for one in (SECRET, NAME, NUMBER) if one in text]
    if os.name == "posix":
        assert (report.path.stat().st_mode & 0o777, folder.folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_was_foreseen_leaves_none(folder: CrashFolder, logger: logging.Logger) -> None:
    logger.error("the disk", exc_info=OSError(28, "full"))
    logger.error("the records", exc_info=DatabaseUnavailable(Trouble.LOCKED))
    logger.error("no traceback at all")
    logger.warning("not so bad", exc_info=caught(lambda: ring(SECRET, NAME)))
    assert folder.reports() == []
    logger.critical("nobody caught it", exc_info=OSError(28, "full"))
    assert len(folder.reports()) == 1


def different_bugs(n: int) -> Iterator[Exception]:
    for number in range(n):
        yield AttributeError(f"no attribute {chr(97 + number)}")


def test_they_are_few_and_small(folder: CrashFolder, logger: logging.Logger) -> None:
    for bug in different_bugs(MOST_OF_ONE_RUN + 3):
        logger.error("bug", exc_info=bug)
    assert len(folder.reports()) == MOST_OF_ONE_RUN
    at = datetime(2026, 11, 23, tzinfo=UTC)
    later = iter(at + timedelta(seconds=n) for n in range(100))
    many = CrashFolder(folder.folder, lambda: next(later))
    for n in range(MOST_FILES + 5):
        many.write(f"{n}" * MOST_BYTES)
    kept = many.reports()
    assert len(kept) == MOST_FILES
    assert max(one.path.stat().st_size for one in kept) <= MOST_BYTES


def deeper(n: int) -> None:
    if n:
        deeper(n - 1)
    else:
        deeper(1 << 30)


def test_a_fall_without_a_bottom_is_cut_in_its_middle() -> None:
    text = without_values(caught(lambda: deeper(1 << 30)))
    assert "more" in text
    assert len(text.splitlines()) < 140


def test_a_full_disk_costs_the_report_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("a file in the folder's place")
    CrashReports(CrashFolder(tmp_path / "crashes")).handle(
        logging.LogRecord("x", logging.ERROR, "x", 1, "bug", None, (ValueError, ValueError(), None))
    )


def test_what_is_new_is_told_once(folder: CrashFolder) -> None:
    folder.write("one")
    assert len(folder.new()) == 1
    assert folder.new() == []
    folder.write("two")
    assert len(folder.new()) == 1


FALLS = {
    "segv": "import faulthandler; faulthandler._sigsegv()",
    "abort": "import os; os.abort()",
    "thread": "import threading; t = threading.Thread(target=lambda: 1 / 0, name='cti'); t.start(); t.join()",
    "main": "1 / 0",
    "unraisable": "class A:\n    def __del__(self): 1 / 0\nA()",
    "fine": "pass",
}


@pytest.mark.parametrize("kind", FALLS)
def test_each_way_to_fall_leaves_one_report(kind: str, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from app.crash_reports import report_crashes\n"
        f"report_crashes(Path({str(tmp_path / 'crashes')!r}))\nsecret = {SECRET!r}\n{FALLS[kind]}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, timeout=60, check=False
    )
    found = CrashFolder(tmp_path / "crashes")
    assert len(found.reports()) == (kind != "fine"), done.stderr.decode()
    found.settle()
    texts = [one.path.read_text("utf-8") for one in found.reports()]
    assert len(texts) == (kind != "fine")
    assert list((tmp_path / "crashes").glob("fault-*")) == []
    for text in texts:
        assert text.startswith("Omote ")
        assert SECRET not in text
        assert str(Path.home()) not in text
    assert SECRET.encode() not in done.stderr


def test_a_fault_of_a_program_that_still_runs_is_left_to_it(folder: CrashFolder) -> None:
    folder.folder.mkdir()
    alive = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        (folder.folder / f"fault-{alive.pid}.txt").write_text("Omote\n\n")
        folder.settle()
        assert list(folder.folder.glob("fault-*")) != []
    finally:
        alive.communicate(b"\n", timeout=20)
    folder.settle()
    assert list(folder.folder.glob("fault-*")) == []
    assert folder.reports() == []


def test_diagnose_tells_of_recent_ones(folder: CrashFolder, tmp_path: Path) -> None:
    now = datetime.now(UTC)

    def told(at: datetime) -> str:
        whole = Whole(tmp_path / "settings.toml", has_file=True, crashes=tuple(folder.reports()), now=at)
        (found,) = [one.finding for one in check_whole(whole) if one.name == "crashes"]
        return f"{found.level}: {found.text} {found.todo}"

    assert told(now).startswith("ok: ")
    folder.write("one")
    assert "1 fault of its own" in told(now)
    assert "omote diagnose --bundle" in told(now)
    assert told(now + timedelta(days=15)).startswith("ok: ")
