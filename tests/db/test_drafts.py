"""What is typed is kept: through kill -9, a full disk, a damaged file and keys that come late."""

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.drafts import FILE_NAME, Draft, DraftFile
from db.errors import DatabaseUnavailable, Trouble
from db.reserve import BYTES, Reserve
from db.undo_steps import Step, Steps

NOW = datetime(2026, 11, 21, 5, 3, 22, 123456, tzinfo=UTC)
CALL = UUID("01939b1c-0000-7000-8000-000000000001")
DRAFT = Draft(
    CALL, "sato", 7, "配送業者に確認済み𠮷😀", "折り返しは携帯へ", "inquiry.delivery", NOW, {"name": "髙橋 一郎"}
)

Opener = Callable[[], DraftFile]


@pytest.fixture
def reopened(tmp_path: Path) -> Iterator[Opener]:
    """Opens the drafts of this test's folder, again and again; closes all at the end."""
    files: list[DraftFile] = []

    def open_again() -> DraftFile:
        files.append(DraftFile.open(tmp_path / "drafts", NOW))
        return files[-1]

    yield open_again
    for file in files:
        file.close()


def test_a_draft_comes_back_as_it_was_typed(reopened: Opener) -> None:
    reopened().put(DRAFT)
    assert reopened().all("sato") == (DRAFT,)


def test_drafts_belong_to_their_operator(reopened: Opener) -> None:
    file = reopened()
    file.put(DRAFT)
    assert file.all("suzuki") == ()


def test_drafts_come_oldest_change_first(reopened: Opener) -> None:
    file = reopened()
    later = replace(DRAFT, call_id=UUID(int=1), updated_at=NOW + timedelta(seconds=1))
    file.put(later)
    file.put(DRAFT)
    assert file.all("sato") == (DRAFT, later)


@pytest.mark.parametrize("late", [6, 7])
def test_a_version_that_comes_late_never_wins(reopened: Opener, late: int) -> None:
    file = reopened()
    file.put(DRAFT)
    file.put(replace(DRAFT, seq=late, body="older"))
    assert file.all("sato") == (DRAFT,)


def test_a_newer_version_replaces_the_older(reopened: Opener) -> None:
    file = reopened()
    file.put(DRAFT)
    newer = replace(DRAFT, seq=8, body=DRAFT.body + "。", disposition="")
    file.put(newer)
    assert file.all("sato") == (newer,)


def test_a_finished_note_leaves_no_draft(reopened: Opener) -> None:
    file = reopened()
    file.put(DRAFT)
    file.remove(CALL)
    assert reopened().all("sato") == ()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_only_the_owner_can_read_drafts(reopened: Opener, tmp_path: Path) -> None:
    reopened().put(DRAFT)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "drafts").glob("drafts.db*")}
    assert modes == dict.fromkeys(["drafts.db", "drafts.db-wal", "drafts.db-shm"], 0o600)


def test_sync_brings_the_draft_into_the_file_itself(reopened: Opener, tmp_path: Path) -> None:
    file = reopened()
    file.put(DRAFT)
    file.sync()
    shutil.copy(tmp_path / "drafts" / FILE_NAME, tmp_path / "alone.db")
    alone = sqlite3.connect(tmp_path / "alone.db")
    assert alone.execute("SELECT seq FROM draft").fetchall() == [(7,)]
    alone.close()


def test_the_log_stays_short_however_long_one_types(reopened: Opener, tmp_path: Path) -> None:
    file = reopened()
    for seq in range(2000):
        file.put(replace(DRAFT, seq=seq, body="あ" * seq))
        if seq % 5 == 0:
            file.sync()
    assert (tmp_path / "drafts" / f"{FILE_NAME}-wal").stat().st_size < BYTES // 2


@pytest.mark.parametrize("damage", [b"Dear diary, " * 400, b"SQLite format 3\x00" + b"\xff" * 8000])
def test_a_damaged_file_is_set_aside_and_said(reopened: Opener, tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / FILE_NAME).write_bytes(damage)
    file = reopened()
    assert file.set_aside is not None
    assert file.set_aside.name == "drafts-damaged-20261121T050322-0.db"
    assert file.set_aside.read_bytes() == damage
    file.put(DRAFT)
    again = reopened()
    assert again.set_aside is None
    assert again.all("sato") == (DRAFT,)


def test_damage_inside_a_page_is_found_and_set_aside(tmp_path: Path) -> None:
    file = DraftFile.open(tmp_path, NOW)
    for count in range(50):
        file.put(replace(DRAFT, call_id=UUID(int=count), body="あ" * 500))
    file.close()
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    first = DraftFile.open(tmp_path, NOW)
    first.close()
    assert first.set_aside is not None
    path.write_bytes(b"again damaged in the same second")
    second = DraftFile.open(tmp_path, NOW)
    second.close()
    assert second.set_aside is not None
    assert second.set_aside != first.set_aside


def test_a_later_programs_drafts_are_refused_and_left_alone(reopened: Opener, tmp_path: Path) -> None:
    reopened().put(DRAFT)
    other = sqlite3.connect(tmp_path / "drafts" / FILE_NAME)
    other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(DatabaseUnavailable) as said:
        reopened()
    assert said.value.reason is Trouble.TOO_NEW


def test_a_missing_profile_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable) as said:
        DraftFile.open(tmp_path / "nowhere" / "drafts", NOW)
    assert said.value.reason is Trouble.NO_FOLDER


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file")
    with pytest.raises(DatabaseUnavailable) as said:
        DraftFile.open(tmp_path / "drafts", NOW)
    assert said.value.reason is Trouble.READ_ONLY


def test_a_locked_file_is_said_and_the_draft_can_be_put_again(reopened: Opener, tmp_path: Path) -> None:
    file = reopened()
    other = sqlite3.connect(tmp_path / "drafts" / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable) as said:
        file.put(DRAFT)
    assert said.value.reason is Trouble.LOCKED
    other.execute("ROLLBACK")
    other.close()
    file.put(DRAFT)
    assert file.all("sato") == (DRAFT,)


_TYPES_UNTIL_KILLED = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from db.drafts import Draft, DraftFile

now = datetime(2026, 11, 21, tzinfo=UTC)
file = DraftFile.open(Path(sys.argv[1]), now)
text = sys.argv[2]
for seq in range(1, len(text) + 1):
    file.put(Draft(UUID(int=1), "sato", seq, text[:seq], "", "", now))
    sys.stdout.buffer.write(b"%d\\n" % seq)
    sys.stdout.buffer.flush()
    if seq % 10 == 0:
        file.sync()
"""
_LONG_TEXT = "配送業者に確認済み。11/23 午前に再配達で合意😀𠮷野家👨‍👩‍👧 " * 400


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_kill_9_while_typing_loses_at_most_the_key_in_flight(tmp_path: Path) -> None:
    kills = int(os.environ.get("OMOTE_KILLS", "20"))
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"{kills} kills, seed {seed}")  # noqa: T201 -- shown when it fails
    chance = random.Random(seed)
    for count in range(kills):
        acknowledged, recovered = _killed_while_typing(tmp_path / str(count), chance.uniform(0, 0.2))
        assert recovered == _LONG_TEXT[: len(recovered)], f"kill {count} of seed {seed}"
        assert acknowledged <= len(recovered) <= acknowledged + 1, f"kill {count} of seed {seed}"


def _killed_while_typing(folder: Path, delay_s: float) -> tuple[int, str]:
    """How many keys the typist was told are safe, and the text that the next start finds."""
    command = [sys.executable, "-c", _TYPES_UNTIL_KILLED, str(folder), _LONG_TEXT]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as typist:
        assert typist.stdout is not None
        first = typist.stdout.readline()
        time.sleep(delay_s)  # the random instant is the point of it
        typist.send_signal(signal.SIGKILL)
        told = (first + typist.stdout.read()).split(b"\n")
    file = DraftFile.open(folder, NOW)
    assert file.set_aside is None
    (draft,) = file.all("sato")
    file.close()
    return int(told[-2]), draft.body


_FILLS_THE_DISK = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from db.drafts import Draft, DraftFile
from db.errors import DatabaseUnavailable, Trouble

now = datetime(2026, 11, 21, tzinfo=UTC)
disk = Path(sys.argv[1])
file = DraftFile.open(disk / "drafts", now)
assert not file.is_on_reserve
with open(disk / "hog", "wb", buffering=0) as hog:
    try:
        while True:
            hog.write(bytes(4096))
    except OSError:
        pass
kept = 0
for seq in range(1, 2001):
    try:
        file.put(Draft(UUID(int=1), "sato", seq, "x" * seq * 400, "", "", now))
        kept = seq
        if seq % 10 == 0:
            file.sync()
    except DatabaseUnavailable as error:
        assert error.reason is Trouble.DISK_FULL, error
        break
assert file.is_on_reserve
assert len(file.all("sato")[0].body) == kept * 400
again = DraftFile.open(disk / "drafts", now)
assert len(again.all("sato")[0].body) == kept * 400
os.truncate(disk / "hog", os.stat(disk / "hog").st_size - 1536 * 1024)
file.sync()
assert file.is_on_reserve, "the little room there is was taken from the writer"
(disk / "hog").unlink()
file.put(Draft(UUID(int=1), "sato", 9999, "all is well", "", "", now))
assert again.all("sato")[0].body == "all is well"
assert file.is_on_reserve
file.sync()
assert not file.is_on_reserve, "there is room again"
print(kept)
"""


def test_a_really_full_disk_takes_the_reserve_and_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    probe = ["unshare", "-rm", "sh", "-c", f"mount -t tmpfs -o size=4m tmpfs {disk}"]
    if shutil.which("unshare") is None or subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED: a full disk needs a user namespace that may mount a tmpfs")
    typing = f'{probe[-1]} && exec {sys.executable} -c "$0" {disk}'
    done = subprocess.run([*probe[:-1], typing, _FILLS_THE_DISK], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20  # some hundred keys of a long note after the disk was full


def test_a_reserve_that_was_given_up_is_taken_back_at_the_next_sync(reopened: Opener, tmp_path: Path) -> None:
    file = reopened()
    (tmp_path / "drafts" / "reserve").unlink()
    file.put(DRAFT)
    assert file.is_on_reserve
    file.sync()
    assert not file.is_on_reserve
    assert (tmp_path / "drafts" / "reserve").stat().st_size == BYTES


def test_a_reserve_in_a_folder_that_is_gone_is_no_reason_to_stop(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path / "nowhere")
    reserve.take_back()
    assert reserve.is_gone


# --- undo


def steps_of(*inserted: str, done: int | None = None, first: int = 0) -> Steps:
    made = tuple(Step(place, "", text) for place, text in enumerate(inserted))
    return Steps(made, len(made) if done is None else done, first)


def test_what_can_be_taken_back_comes_back_with_the_draft(reopened: Opener) -> None:
    draft = replace(DRAFT, body_steps=steps_of("配送", "業者", done=1), handover_steps=steps_of("折り返し"))
    reopened().put(draft)
    assert reopened().all("sato") == (draft,)


def test_only_steps_that_have_changed_are_written_and_what_was_dropped_goes(reopened: Opener) -> None:
    file, steps = reopened(), steps_of("a", "b", "c")
    file.put(replace(DRAFT, body_steps=steps))
    longer = Steps((*steps.steps[1:], Step(3, "", "d")), 3, 1)
    file.put(replace(DRAFT, seq=8, body_steps=longer))
    back = Steps((longer.steps[0], Step(1, "x", "")), 2, 1)
    file.put(replace(DRAFT, seq=9, body_steps=back))
    assert reopened().all("sato")[0].body_steps == back
    again = reopened()
    (draft,) = again.all("sato")
    again.put(replace(draft, seq=10, body_steps=Steps((*draft.body_steps.steps, Step(2, "", "e")), 3, 1)))
    assert [step.inserted for step in reopened().all("sato")[0].body_steps.steps] == ["b", "", "e"]


def test_steps_of_another_version_are_not_taken(reopened: Opener, tmp_path: Path) -> None:
    reopened().put(replace(DRAFT, body_steps=steps_of("a")))
    older = sqlite3.connect(tmp_path / "drafts" / FILE_NAME)
    older.execute("UPDATE draft SET seq = seq + 1, body = 'an older program wrote on'")
    older.commit()
    older.close()
    assert reopened().all("sato")[0].body_steps == Steps()


def test_a_finished_note_leaves_no_steps(reopened: Opener, tmp_path: Path) -> None:
    file = reopened()
    file.put(replace(DRAFT, body_steps=steps_of("a")))
    file.remove(CALL)
    other = sqlite3.connect(tmp_path / "drafts" / FILE_NAME)
    assert other.execute("SELECT (SELECT count(*) FROM undo) + (SELECT count(*) FROM undo_mark)").fetchone() == (0,)
    other.close()


# --- nothing left of what was taken out

NUMBER = "4111111111111111"


def raw(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


@pytest.mark.parametrize("long", ["", "あ" * 20_000])
def test_a_scrub_leaves_nothing_of_a_number_in_any_file(reopened: Opener, tmp_path: Path, long: str) -> None:
    file = reopened()
    for seq in range(1, len(NUMBER) + 1):
        text = f"{long}カード {NUMBER[:seq]}"
        steps = steps_of(f"カード {NUMBER[:seq]}")
        file.put(replace(DRAFT, seq=seq, body=text, handover=text, body_steps=steps))
        if seq == 10:
            file.sync()
    assert NUMBER[:12].encode() in raw(tmp_path / "drafts")
    clean = f"{long}カード ••••••••••••1111"
    file.put(replace(DRAFT, seq=99, body=clean, handover=clean, body_steps=steps_of("カード ••••••••••••1111")))
    file.scrub()
    assert NUMBER[:6].encode() not in raw(tmp_path / "drafts")
    assert reopened().all("sato")[0].body == clean


def test_the_logs_old_blocks_are_overwritten_before_they_are_let_go(
    reopened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, log, seen = reopened(), tmp_path / "drafts" / f"{FILE_NAME}-wal", []
    file.put(replace(DRAFT, body=NUMBER))
    file.put(replace(DRAFT, seq=8, body="gone"))
    monkeypatch.setattr("db.drafts.os.fsync", lambda _number: seen.append(set(log.read_bytes())))
    file.scrub()
    assert seen == [{0}]
    assert log.stat().st_size == 0


def test_a_kill_before_the_scrub_is_made_good_at_the_next_start(reopened: Opener, tmp_path: Path) -> None:
    file = reopened()
    file.put(replace(DRAFT, body=NUMBER))
    file.put(replace(DRAFT, seq=8, body="gone"))
    left = tmp_path / "left"
    shutil.copytree(tmp_path / "drafts", left)
    assert NUMBER.encode() in raw(left)
    again = DraftFile.open(left, NOW)
    assert NUMBER.encode() not in raw(left)
    assert again.all("sato")[0].body == "gone"
    again.close()


def test_a_scrub_waits_while_somebody_reads(reopened: Opener, tmp_path: Path) -> None:
    file = reopened()
    file.put(DRAFT)
    other = sqlite3.connect(tmp_path / "drafts" / FILE_NAME, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM draft").fetchall()
    file.put(replace(DRAFT, seq=8, body="newer"))
    with pytest.raises(DatabaseUnavailable) as said:
        file.scrub()
    assert said.value.reason is Trouble.LOCKED
    other.execute("COMMIT")
    other.close()
    file.scrub()
    assert file.all("sato")[0].body == "newer"
