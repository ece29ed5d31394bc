"""The program, which falls as it is told (`--fall KIND`) when its window stands, and is typed into: for tests of what
it leaves behind.
"""

import argparse
import faulthandler
import logging
import os
import threading
from pathlib import Path

from PySide6.QtCore import qFatal
from PySide6.QtWidgets import QApplication, QLineEdit

from app.credentials import Credentials
from app.paths import profile_at
from app.program import Program
from app.settings_layers import load_settings


def fall(kind: str, program: Program, secret: str) -> None:
    """`secret` stands in the words of each error, and among the values of each step there."""
    match kind:
        case "main":
            raise ValueError(f"main thread: {secret}")
        case "worker":
            program._files.ask(lambda: broken(secret), lambda _done: None, program.desk.board.records_failed)
        case "cti":
            program.listener._loop.call_soon_threadsafe(broken, secret)  # type: ignore[union-attr]
        case "task":
            program.listener.submit(source_of(secret))
        case "thread":
            threading.Thread(target=broken, args=(secret,), name="journal").start()
        case "segv":
            faulthandler._sigsegv()  # type: ignore[attr-defined]
        case "qt":
            qFatal("QThread: destroyed while it runs")


def broken(secret: str) -> None:
    """A bug that quotes what it choked on."""
    header = f"Authorization: Bearer {secret}"
    raise ValueError(f"Invalid header value {header!r}")


def type_everywhere(program: Program, secret: str, marker: Path) -> None:
    """Once the marker is there, into every field for a password that the windows have, again and again."""
    if marker.exists():
        program.desktop.tray.wants_settings.emit()
        fields = [one for one in QApplication.allWidgets() if isinstance(one, QLineEdit)]
        asking = [one for one in fields if one.echoMode() == QLineEdit.EchoMode.Password and one.isEnabled()]
        for one in asking:
            one.setText(secret)
            one.returnPressed.emit()
        logging.getLogger("omote").info("typed into %d fields", len(asking))
    program.ui_thread.later(1_000, lambda: type_everywhere(program, secret, marker))


async def source_of(secret: str) -> None:
    """The same, on the loop."""
    broken(secret)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--fall", default="")
    parser.add_argument("--secret", type=Path)
    parser.add_argument("--talkative", action="store_true")
    parser.add_argument("--type-when", type=Path)
    args = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.umask(0o077)
    profile = profile_at(args.profile)
    program = Program(profile, load_settings(profile.settings_file, args.profile / "none.toml"), Credentials())
    if args.talkative:
        logging.getLogger().setLevel(logging.DEBUG)
        logging.getLogger("sqlalchemy").setLevel(logging.DEBUG)
    secret = args.secret.read_text("utf-8").strip()
    for n, kind in enumerate(one for one in args.fall.split(",") if one):
        program.ui_thread.later(1_500 + 400 * n, lambda kind=kind: fall(kind, program, secret))  # type: ignore[misc]
    if args.type_when:
        type_everywhere(program, secret, args.type_when)
    return program.run()


if __name__ == "__main__":
    raise SystemExit(main())
