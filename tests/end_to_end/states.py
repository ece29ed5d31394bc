"""The real program off-screen, with its status line's words written to DIR/states.txt whenever they change.

Run as a module with `--profile DIR`.
"""

import argparse
import os
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from app.credentials import Credentials
from app.paths import profile_at
from app.program import Program
from app.settings_layers import load_settings
from app.words import use_language


def main(folder: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    use_language("en")
    profile = profile_at(folder)
    program = Program(profile, load_settings(profile.settings_file, folder / "none.toml"), Credentials())
    file, part = folder / "states.txt", folder / "states.part"

    def look() -> None:
        shown = program.desktop.pop.status.findChildren(QLabel)
        part.write_text(" ".join(getattr(one, "whole", "") or one.text() for one in shown), "utf-8")  # also what is cut
        part.replace(file)

    timer = QTimer(interval=50)
    timer.timeout.connect(look)
    timer.start()
    program.run(is_main_shown=False)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--profile", type=Path)
    main(asked.parse_args().profile)
