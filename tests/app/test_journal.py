"""The journal: every key reaches the drafts file in its order, and a disk that fails is told of and outlived."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from app.journal import Journal
from db.drafts import Draft, DraftFile
from db.errors import DatabaseUnavailable, Trouble
from tests.app.desk_at_work import NOW, Posted

FIRST, SECOND = UUID(int=1), UUID(int=2)


def draft(body: str, call_id: UUID = FIRST, seq: int | None = None) -> Draft:
    """A version of a note; its number grows with the text unless told."""
    return Draft(call_id, "sato", len(body) if seq is None else seq, body, "", "", NOW, {})


class Listening:
    """What the desk would hear of its drafts, in the test's thread."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def draft_written(self, call_id: UUID, seq: int) -> None:
        self.heard.append((call_id.int, seq))

    def drafts_failed(self, error: DatabaseUnavailable) -> None:
        self.heard.append(error.reason)

    def drafts_work_again(self) -> None:
        self.heard.append("works")


class Disk:
    """A drafts file whose disk the test can fill: the far edge. What it took stands in `kept`, in its order."""

    def __init__(self) -> None:
        self.is_full = False
        self.is_on_reserve = False
        self.refused = 0
        self.kept: list[tuple[int, str | None]] = []
        self.syncs = 0
        self.is_closed = False

    def put(self, one: Draft) -> None:
        self._take(one.call_id, one.body)

    def remove(self, call_id: UUID) -> None:
        self._take(call_id, None)

    def all(self, _operator: str) -> tuple[Draft, ...]:
        return ()

    def sync(self) -> None:
        self.syncs += 1

    def scrub(self) -> None:
        self._take(UUID(int=0), "scrubbed")

    def close(self) -> None:
        self.is_closed = True

    def _take(self, call_id: UUID, body: str | None) -> None:
        if self.is_full:
            self.refused += 1
            raise DatabaseUnavailable(Trouble.DISK_FULL, "database or disk is full")
        self.kept.append((call_id.int, body))


class AtWork:
    """A journal with its listener; `run_until` lets the listener hear."""

    def __init__(self, drafts: object) -> None:
        self.posted, self.listening = Posted(), Listening()
        self.journal = Journal(drafts, self.listening, self.posted.post)  # type: ignore[arg-type]

    def run_until(self, is_done: Callable[[list[object]], object]) -> None:
        self.posted.run_until(lambda: is_done(self.listening.heard))


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def at_work(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtWork]:
    """Retries come with the next key only: an hour is never over in a test."""
    monkeypatch.setattr("app.journal.RETRY_EVERY_S", 3600.0)
    made = AtWork(disk)
    yield made
    disk.is_full = False
    made.journal.close()


def test_every_key_is_in_the_file_when_the_journal_closes(tmp_path: Path) -> None:
    text = "再配達の件で、18時以降に折り返すと約束した。𠮷😀"
    at_work = AtWork(DraftFile.open(tmp_path / "drafts", NOW))
    for length in range(1, len(text) + 1):
        at_work.journal.write(draft(text[:length]))
    at_work.journal.write(draft("二つ目", SECOND))
    at_work.journal.close()
    file = DraftFile.open(tmp_path / "drafts", NOW)
    assert {one.call_id: one.body for one in file.all("sato")} == {FIRST: text, SECOND: "二つ目"}
    file.close()
    at_work.run_until(lambda heard: (FIRST.int, len(text)) in heard and (SECOND.int, 3) in heard)


def test_a_forgotten_draft_is_gone_and_a_late_version_does_not_bring_back_the_older(tmp_path: Path) -> None:
    at_work = AtWork(DraftFile.open(tmp_path / "drafts", NOW))
    at_work.journal.write(draft("消す"))
    at_work.journal.forget(FIRST)
    at_work.journal.write(draft("新しい", SECOND, seq=9))
    at_work.journal.write(draft("古い", SECOND, seq=8))
    at_work.journal.close()
    file = DraftFile.open(tmp_path / "drafts", NOW)
    assert [(one.call_id, one.body) for one in file.all("sato")] == [(SECOND, "新しい")]
    file.close()


def test_keys_reach_the_disk_in_the_order_they_were_pressed(at_work: AtWork, disk: Disk) -> None:
    for body in ("あ", "あい", "あいう"):
        at_work.journal.write(draft(body))
    at_work.journal.forget(FIRST)
    at_work.journal.close()
    assert disk.kept == [(1, "あ"), (1, "あい"), (1, "あいう"), (1, None)]
    assert (disk.syncs > 0, disk.is_closed) == (True, True)


@pytest.mark.expected_log("drafts cannot be written")
def test_a_full_disk_is_told_and_every_text_is_written_once_there_is_room(at_work: AtWork, disk: Disk) -> None:
    disk.is_full = True
    at_work.journal.write(draft("一"))
    at_work.run_until(lambda heard: heard == [Trouble.DISK_FULL])
    at_work.journal.write(draft("別の通話", SECOND))
    at_work.run_until(lambda heard: heard == [Trouble.DISK_FULL] * 2)
    disk.is_full = False
    at_work.journal.write(draft("一二三"))
    at_work.run_until(lambda heard: len(heard) == 5)
    assert disk.kept == [(1, "一二三"), (2, "別の通話")], "the newest text of each"
    assert at_work.listening.heard[2:] == ["works", (1, 3), (2, 4)]


@pytest.mark.expected_log("drafts cannot be written")
def test_a_full_disk_is_tried_again_without_another_key(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.journal.RETRY_EVERY_S", 0.01)
    disk.is_full = True
    at_work = AtWork(disk)
    at_work.journal.write(draft("ひとり"))
    at_work.run_until(lambda _heard: disk.refused >= 3)
    disk.is_full = False
    at_work.run_until(lambda heard: (1, 3) in heard)
    at_work.journal.close()
    assert disk.kept == [(1, "ひとり")]
    assert at_work.listening.heard[-2:] == ["works", (1, 3)]


@pytest.mark.expected_log("drafts cannot be written")
def test_a_draft_forgotten_while_the_disk_was_full_does_not_come_back(at_work: AtWork, disk: Disk) -> None:
    disk.is_full = True
    at_work.journal.write(draft("済み"))
    at_work.journal.forget(FIRST)
    at_work.run_until(lambda _heard: disk.refused >= 2)
    disk.is_full = False
    at_work.journal.close()
    assert disk.kept == [(1, None)]


@pytest.mark.expected_log("drafts cannot be written")
def test_living_on_the_reserve_is_told_for_as_long_as_it_lasts(at_work: AtWork, disk: Disk) -> None:
    disk.is_on_reserve = True
    at_work.journal.write(draft("予備"))
    at_work.run_until(lambda heard: Trouble.DISK_FULL in heard)
    assert disk.kept == [(1, "予備")], "kept all the same"
    at_work.journal.write(draft("予備で"))
    at_work.run_until(lambda heard: (1, 3) in heard)
    assert "works" not in at_work.listening.heard
    disk.is_on_reserve = False
    at_work.journal.write(draft("空きあり"))
    at_work.run_until(lambda heard: (1, 4) in heard)
    assert "works" in at_work.listening.heard


def test_a_key_is_in_the_file_before_the_next_one(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.journal.KEY_WAITS_S", 20.0)
    at_work = AtWork(disk)
    seen = []
    for body in ("一", "一二", "一二三"):
        at_work.journal.write_key(draft(body))
        seen.append(disk.kept[-1])
    assert seen == [(1, "一"), (1, "一二"), (1, "一二三")]
    at_work.journal.close()


def test_writing_returns_at_once_even_while_the_disk_hangs(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.journal.KEY_WAITS_S", 0.001)
    hangs, goes_on = threading.Event(), threading.Event()
    take = disk.put

    def hang(one: Draft) -> None:
        hangs.set()
        goes_on.wait(20)
        take(one)

    disk.put = hang  # type: ignore[method-assign]
    at_work = AtWork(disk)
    at_work.journal.write_key(draft("一"))
    assert hangs.wait(20)
    monkeypatch.setattr("app.journal.KEY_WAITS_S", 3600.0)  # who waited now would never come back
    at_work.journal.write_key(draft("一二"))
    at_work.journal.write(draft("一二三"))
    assert disk.kept == []
    goes_on.set()
    at_work.journal.close()
    assert disk.kept[-1] == (1, "一二三")


@pytest.mark.expected_log("drafts cannot be written")
def test_no_key_waits_for_a_file_that_refuses_until_it_takes_one_again(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.journal.RETRY_EVERY_S", 0.01)
    monkeypatch.setattr("app.journal.KEY_WAITS_S", 3600.0)
    hangs, goes_on = threading.Event(), threading.Event()
    disk.is_full = True
    at_work = AtWork(disk)
    at_work.journal.write_key(draft("一"))
    take = disk.put

    def hang(one: Draft) -> None:
        hangs.set()
        goes_on.wait(20)
        take(one)

    disk.put = hang  # type: ignore[method-assign]
    assert hangs.wait(20), "it is tried again"
    at_work.journal.write_key(draft("一二"))
    assert not goes_on.is_set()
    assert disk.kept == []
    disk.put = take  # type: ignore[method-assign]
    disk.is_full = False
    goes_on.set()
    answers: list[object] = []
    at_work.journal.read("sato", answers.append)
    at_work.run_until(lambda _heard: answers)
    at_work.journal.write_key(draft("一二三"))
    assert disk.kept[-1] == (1, "一二三"), "from now on each waits again"
    at_work.journal.close()


@pytest.mark.expected_log("drafts cannot be written")
def test_a_scrub_comes_after_what_was_written_and_is_tried_until_it_is_done(at_work: AtWork, disk: Disk) -> None:
    disk.is_full = True
    at_work.journal.write(draft("伏せた"))
    at_work.journal.scrub()
    at_work.run_until(lambda heard: Trouble.DISK_FULL in heard)
    assert disk.kept == []
    disk.is_full = False
    at_work.journal.write(draft("伏せた後"))
    at_work.run_until(lambda heard: (1, 4) in heard)
    at_work.journal.close()
    assert disk.kept == [(1, "伏せた後"), (0, "scrubbed")]


@pytest.mark.expected_log("a draft cannot be written")
@pytest.mark.expected_log("drafts cannot be written")
def test_a_draft_that_no_file_can_hold_does_not_stop_the_others(tmp_path: Path) -> None:
    at_work = AtWork(DraftFile.open(tmp_path / "drafts", NOW))
    at_work.journal.write(draft("half a character: \ud83d"))
    at_work.journal.write(draft("二つ目", SECOND))
    at_work.run_until(lambda heard: (SECOND.int, 3) in heard)
    assert Trouble.IO_ERROR in at_work.listening.heard, "the operator is told"
    at_work.journal.close()
    file = DraftFile.open(tmp_path / "drafts", NOW)
    assert [one.body for one in file.all("sato")] == ["二つ目"]
    file.close()
