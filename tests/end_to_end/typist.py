"""The real program with an operator inside who types a note, key by key, until the process is killed.

Run as a module with `--profile DIR`. DIR/keys.txt gets a line *before* each key is pressed; DIR/offered.json says what
stood in the strip when the program had started, DIR/painted.txt how many ms after its first paint a draft was drawn.
"""

import argparse
import json
import os
import time
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.call import Call
from app.credentials import Credentials
from app.paths import profile_at
from app.program import Program
from app.settings_layers import load_settings
from app.words import use_language

KEYS = [*"本日14", "時に", *" ok ", "再配達", "📦", "\n", "👨‍👩‍👧", "確認の上、", *"tel ", "か\u3099", "𠮷田様"]
EVERY_MS = 10


class Typist:
    """Begins when the call is painted; ASCII comes as keys, all else as an input method commits it."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._field = program.desktop.pop.note.body
        self._log = (folder / "keys.txt").open("ab", buffering=0)
        self._numbers = count()
        self._timer = QTimer(interval=EVERY_MS)
        self._timer.timeout.connect(self._press)

    def begin(self, _call: Call) -> None:
        self._timer.start()

    def _press(self) -> None:
        key = KEYS[next(self._numbers) % len(KEYS)]
        self._log.write(b".\n")
        if key.isascii() and key.isprintable():
            QTest.keyClicks(self._field, key)
        else:
            event = QInputMethodEvent()
            event.setCommitString(key)
            QApplication.sendEvent(self._field, event)


class FirstPaints(QObject):
    """From the first paint of any window until the name of the first draft is drawn in the strip."""

    def __init__(self, program: Program, folder: Path) -> None:
        super().__init__()
        first = next(iter(program.desk.calls), None)
        self._file = folder / "painted.txt"
        self._began = 0.0
        program.app.installEventFilter(self)
        if first is not None:
            program.desktop.pop.strip.when_painted(first.id, self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._began = self._began or time.monotonic()
        return False

    def _tell(self) -> None:
        self._file.write_text(f"{(time.monotonic() - self._began) * 1000:.1f}", encoding="utf-8")


def offered(program: Program) -> dict[str, object]:
    """The unfinished notes on the desk, and how many names the strip shows for them."""
    rows = program.desktop.pop.strip.model()
    shown = [rows.index(row, 0).data() for row in range(rows.rowCount())]
    return {
        "notes": {str(call.id): call.note.body for call in program.desk.calls},
        "shown": len([text for text in shown if "\n" in text]),  # a heading has one line
    }


def main(folder: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    use_language("en")
    profile = profile_at(folder)
    program = Program(profile, load_settings(profile.settings_file, folder / "none.toml"), Credentials())
    (folder / "offered.json").write_text(json.dumps(offered(program)), encoding="utf-8")
    paints = FirstPaints(program, folder)  # noqa: F841 -- Qt does not own it
    program.on_painted.append(Typist(program, folder).begin)
    program.run(is_main_shown=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--profile", type=Path)
    main(asked.parse_args().profile)
