"""Somebody else's program: a window with a text field, which keeps in a file what is typed, and takes pictures.

Run as a process: `other_window.py FILE [maximised]`; a line on stdin is the name of a picture of the whole screen to be
taken.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QPlainTextEdit


def main(file: Path, *words: str) -> None:
    app = QApplication(["other"])
    field = QPlainTextEdit()
    field.setWindowTitle("Other program")
    field.resize(500, 300)
    field.textChanged.connect(lambda: file.write_text(field.toPlainText(), "utf-8"))

    def take_picture() -> None:
        name = sys.stdin.readline().strip()
        if name:
            app.primaryScreen().grabWindow(0).save(name)
            print(name, flush=True)  # noqa: T201 -- its answer
        else:
            app.quit()

    told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    told.activated.connect(take_picture)
    if "maximised" in words:
        field.showMaximized()
    else:
        field.show()
    field.activateWindow()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
