"""A note typed in the real program, which is killed at a random instant again and again: what it kept must be whole."""

import json
import random
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from app.undo_history import Steps, undone
from db.demo import CUSTOMER_NUMBER, UNKNOWN_NUMBER
from db.drafts import DraftFile
from tests.end_to_end.running_program import OPERATOR, Folder, RunningProgram, environment, wait_for
from tests.end_to_end.typist import KEYS

LONGEST = 0.4  # seconds of typing
_FILES = ("drafts/drafts.db", "drafts/outbox.db", "omote.db")


@dataclass(frozen=True, slots=True)
class Kill:
    """What one kill left: keys pressed, keys lost, and how long after its first paint the next start had them."""

    after_s: float
    pressed: int
    lost: int
    offered_ms: float | None


class Lane:
    """One profile whose program is killed again and again; the drafts of all rounds stay in it."""

    def __init__(self, folder: Folder, chance: random.Random) -> None:
        self._folder, self._chance = folder, chance
        self._keys = folder.path / "keys.txt"
        self.kept: dict[str, str] = {}
        self.kills: list[Kill] = []

    def run(self, rounds: int) -> None:
        """So many kills, and one more start that looks at the last one's draft."""
        for _round in range(rounds):
            self.kills.append(self._type_until_killed())
        with self._start():
            self._look_at_what_is_offered()

    def _start(self) -> RunningProgram:
        for name in ("offered.json", "painted.txt"):
            (self._folder.path / name).unlink(missing_ok=True)
        return RunningProgram(self._folder, environment(), module="tests.end_to_end.typist")

    def _type_until_killed(self) -> Kill:
        self._keys.unlink(missing_ok=True)
        with self._start() as program:
            known = self._look_at_what_is_offered()
            program.ring(self._chance.choice([CUSTOMER_NUMBER, UNKNOWN_NUMBER]))
            wait_for(self._pressed, "first key")
            offered_ms = self._offered_ms() if self.kept else None
            after = self._chance.uniform(0, LONGEST)
            time.sleep(after)
            program.process.kill()
            program.process.wait(timeout=10)
        return Kill(round(after, 4), self._pressed(), self._lost(known), offered_ms)

    def _look_at_what_is_offered(self) -> set[str]:
        """Every earlier draft stands in the strip, as it was kept."""
        file = self._folder.path / "offered.json"
        wait_for(lambda: file.exists() and file.read_text("utf-8").endswith("}"), "started program")
        told = json.loads(file.read_text("utf-8"))
        assert told["notes"] == self.kept
        assert told["shown"] == len(self.kept)
        return set(told["notes"])

    def _offered_ms(self) -> float:
        file = self._folder.path / "painted.txt"
        return float(wait_for(lambda: file.exists() and file.read_text("utf-8"), "painted draft"))

    def _pressed(self) -> int:
        return self._keys.read_bytes().count(b"\n") if self._keys.exists() else 0

    def _lost(self, known: set[str]) -> int:
        """AssertionError for a damaged file, a text that is no prefix, an older draft that is another now."""
        look_for_damage(self._folder)
        drafts = self._folder.drafts()
        new = drafts.keys() - known
        assert {call: drafts[call] for call in known} == self.kept, "an older draft has changed"
        text = drafts[new.pop()] if new else ""
        self.kept = drafts
        return self._pressed() - keys_in(text)


def look_for_damage(folder: Folder) -> None:
    """Every database of the profile is sound, and each draft's undo leads back to the empty note."""
    for name in _FILES:
        with closing(sqlite3.connect(folder.path / name)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], name
    copy = folder.path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder.path / "drafts", copy)
    drafts = DraftFile.open(copy, datetime.now(UTC))
    assert drafts.set_aside is None
    for draft in drafts.all(OPERATOR):
        look_at_undo(draft.call_id, draft.body, draft.body_steps)
    drafts.close()


def look_at_undo(call_id: UUID, text: str, steps: Steps) -> None:
    """Step by step back to where the note began; only a bounded history may begin later."""
    is_bounded = bool(steps.first)
    while (moved := undone(text, steps)) is not None:
        text, steps = moved.text, moved.steps
    assert not steps.done, f"{call_id}: a step of undo fits no text"
    assert is_bounded or not text, f"{call_id}: undo ends at {text!r}"


def keys_in(text: str) -> int:
    """How many of the typed keys the text is; a text that is no prefix of what was typed fails."""
    number, rest = 0, text
    while rest:
        key = KEYS[number % len(KEYS)]
        assert rest.startswith(key), f"not a prefix: {text!r}"
        rest = rest.removeprefix(key)
        number += 1
    return number


def lane_in(folder: Path, records: Path, chance: random.Random) -> Lane:
    """A lane with a profile of its own."""
    return Lane(Folder(folder, records), chance)
