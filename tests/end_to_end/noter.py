"""The real program with an operator inside who writes a note about every call that pops, and finishes it.
With `--enter` he enters every caller whom nobody knows as a customer first.

Run as a module with `--profile DIR`. DIR/finished.txt gets a note's text as soon as the desk has let go of its call.
"""

import argparse
import os
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer

from app.call import Call, Note
from app.credentials import Credentials
from app.entering import NewCustomer
from app.paths import profile_at
from app.program import Program
from app.settings_layers import load_settings
from app.words import use_language

EVERY_MS = 5


class Noter:
    """Finishes a call when it is painted, and looks until it has gone."""

    def __init__(self, program: Program, folder: Path, *, enters: bool) -> None:
        self._desk, self._enters = program.desk, enters
        self._entered: list[Call] = []
        self._log = (folder / "finished.txt").open("ab", buffering=0)
        self._unfinished: dict[UUID, str] = {}
        self._timer = QTimer(interval=EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def finish(self, call: Call) -> None:
        if self._enters and call.pop.facts is None:
            self._entered.append(call)
            self._desk.entering.create(call, NewCustomer(f"新規 {call.ring.number.raw}"))
        else:
            self._note(call)

    def _note(self, call: Call) -> None:
        text = f"メモ {call.ring.number.raw}"
        self._unfinished[call.id] = text
        self._desk.write(call.id, Note(text))
        self._desk.finish(call.id)

    def _look(self) -> None:
        for call in [one for one in self._entered if one.pop.facts is not None]:
            self._entered.remove(call)
            self._note(call)
        on_desk = {call.id for call in self._desk.calls}
        for call_id in self._unfinished.keys() - on_desk:
            self._log.write(f"{self._unfinished.pop(call_id)}\n".encode())


def main(folder: Path, *, enters: bool) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    use_language("en")
    profile = profile_at(folder)
    program = Program(profile, load_settings(profile.settings_file, folder / "none.toml"), Credentials())
    noter = Noter(program, folder, enters=enters)
    program.on_painted.append(noter.finish)
    program.run(is_main_shown=False)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--profile", type=Path)
    asked.add_argument("--enter", action="store_true")
    told = asked.parse_args()
    main(told.profile, enters=told.enter)
