"""The real program with somebody inside who writes Japanese: in the note a conversion is open nearly all the time.

Run as a module with `--profile DIR`. It begins once the note has the keyboard, grows each conversion by a kana every
EVERY_MS, commits it and opens the next; DIR/conversions.json says how many, and what became of them.
"""

import argparse
import json
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.call import Call
from app.credentials import Credentials
from app.paths import profile_at
from app.program import Program
from app.settings_layers import load_settings
from app.words import use_language

EVERY_MS = 20
_CONVERSIONS = [("さいはいたつ", "再配達"), ("おりかえし", "折り返し"), ("かくにんずみ", "確認済み")]


class Converter(QObject):
    """Whatever Qt or the program does to the conversion between two of our own events breaks it."""

    def __init__(self, program: Program, folder: Path) -> None:
        super().__init__()
        self._field, self._file = program.desktop.pop.note.body, folder / "conversions.json"
        self._sent, self._committed, self._is_ours = "", "", False
        self._disturbed = 0
        self.told = {"conversions": 0, "broken": 0, "pops": 0}
        self._field.installEventFilter(self)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def painted(self, _call: Call) -> None:
        """A call has popped: it counts when a conversion was open at that instant."""
        self.told["pops"] += bool(self._sent)
        self._write()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An input method that is reset, or loses the keyboard, has lost its conversion."""
        is_strange = event.type() == QEvent.Type.InputMethod and not self._is_ours
        if self._sent and (is_strange or event.type() == QEvent.Type.FocusOut):
            self._disturbed += 1
        return super().eventFilter(watched, event)

    def _step(self) -> None:
        if not self._sent and not self._field.hasFocus():
            return
        if self._sent and not self._is_whole():
            self._disturbed += 1
        kana, kanji = _CONVERSIONS[self.told["conversions"] % len(_CONVERSIONS)]
        if len(self._sent) < len(kana):
            self._sent = kana[: len(self._sent) + 1]
            self._send(QInputMethodEvent(self._sent, []))
        else:
            self._commit(kanji)

    def _is_whole(self) -> bool:
        """In Qt's own layout, in the field that tells the note, and not yet in the text."""
        laid_out = self._field.textCursor().block().layout().preeditAreaText()
        return laid_out == self._field.preedit == self._sent and self._field.toPlainText() == self._committed

    def _commit(self, kanji: str) -> None:
        self._sent, self._committed = "", self._committed + kanji
        ending = QInputMethodEvent()
        ending.setCommitString(kanji)
        self._send(ending)
        self._disturbed += self._field.toPlainText() != self._committed
        self.told["conversions"] += 1
        self.told["broken"] += bool(self._disturbed)
        self._disturbed = 0
        self._write()

    def _send(self, event: QInputMethodEvent) -> None:
        self._is_ours = True
        QApplication.sendEvent(self._field, event)
        self._is_ours = False

    def _write(self) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(self.told), encoding="utf-8")
        new.replace(self._file)


def main(folder: Path) -> None:
    use_language("en")
    profile = profile_at(folder)
    program = Program(profile, load_settings(profile.settings_file, folder / "none.toml"), Credentials())
    converter = Converter(program, folder)
    program.on_painted.append(converter.painted)
    program.run()


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--profile", type=Path)
    main(asked.parse_args().profile)
