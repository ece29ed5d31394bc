"""A disk that takes no keys: what was acknowledged stays, typing goes on, and it is said for as long as it lasts."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from app.pop import Trouble
from db.drafts import FILE_NAME
from tests.app.desk_at_work import DeskAtWork, answered, offered

ACKNOWLEDGED = "配送業者に確認済み。"
MORE = ACKNOWLEDGED + "18時以降に折り返すと約束した。𠮷😀" * 40


def connection_of(desk: DeskAtWork) -> sqlite3.Connection:
    """The connection that puts drafts."""
    return desk.journal._drafts._connection  # type: ignore[attr-defined,no-any-return]


def on_disk(desk: DeskAtWork) -> list[tuple[str]]:
    """What another program reads there, fault or no fault."""
    other = sqlite3.connect(f"file:{desk.folder / 'drafts' / FILE_NAME}?mode=ro", uri=True)
    try:
        return other.execute("SELECT body FROM draft").fetchall()
    finally:
        other.close()


@contextmanager
def locked(desk: DeskAtWork) -> Iterator[None]:
    """A virus scanner, or a backup that takes its time."""
    other = sqlite3.connect(desk.folder / "drafts" / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def read_only(desk: DeskAtWork) -> Iterator[None]:
    connection_of(desk).execute("PRAGMA query_only = ON")
    yield
    connection_of(desk).execute("PRAGMA query_only = OFF")


@contextmanager
def full(desk: DeskAtWork) -> Iterator[None]:
    """No page more than there is, and no reserve to give up."""
    (desk.folder / "drafts" / "reserve").unlink()
    connection_of(desk).execute("PRAGMA max_page_count = 1")  # SQLite takes what is in use as the least
    yield
    connection_of(desk).execute("PRAGMA max_page_count = 1000000")


@contextmanager
def io_error(_desk: DeskAtWork) -> Iterator[None]:
    """The system refuses to write beyond the first pages of any file."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.journal.RETRY_EVERY_S", 0.05)


@pytest.mark.expected_log("drafts cannot be written")
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (locked, Trouble.LOCKED),
        (read_only, Trouble.READ_ONLY),
        (full, Trouble.DISK_FULL),
        pytest.param(
            io_error, Trouble.IO_ERROR,
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process's files"),
        ),
    ],
)  # fmt: skip
def test_no_acknowledged_key_is_lost_and_the_message_stays(
    desk: DeskAtWork, fault: Callable[[DeskAtWork], AbstractContextManager[None]], said: Trouble
) -> None:
    desk.hear(offered(), answered())
    desk.type(ACKNOWLEDGED)
    desk.wait_until_kept()
    with fault(desk):
        desk.type(MORE)
        desk.posted.run_until(lambda: desk.screen.statuses and desk.screen.statuses[-1].drafts is said)
        tries = []
        desk.posted.run_until(lambda: tries.append(1) or len(tries) > 5)
        assert desk.screen.statuses[-1].drafts is said, "it stands for as long as it lasts"
        assert desk.call().note.body == MORE
        kept = on_disk(desk)
        assert kept[0][0].startswith(ACKNOWLEDGED), "what was acknowledged is on the disk"
        assert MORE.startswith(kept[0][0])
    desk.posted.run_until(lambda: desk.screen.statuses[-1].drafts is None)
    desk.wait_until_kept()
    assert [one.body for one in desk.kept_drafts()] == [MORE]
