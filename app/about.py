"""What this program is, for the page about it: version, build, licence, and notices of those whose work is in it."""

import platform
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

from app import __version__

SOURCE = "omote_{version}_source.tar.xz"
"""The file beside the packages of a release (packaging/build-linux.sh)."""


@dataclass(frozen=True, slots=True)
class About:
    """`build`: day and commit, "" in a checkout. `folder` has LICENSE, and in a bundle THIRD-PARTY-NOTICES.txt."""

    version: str
    build: str
    parts: str
    source: str
    folder: Path

    def licence(self) -> str:
        """The whole text; "" where it is not."""
        return _text(self.folder / "LICENSE")

    def notices(self) -> str:
        """Of all others' work; "" in a checkout, where each library has its own beside it."""
        return _text(self.folder / "THIRD-PARTY-NOTICES.txt")


def about_this() -> About:
    """This program as it runs."""
    bundle = getattr(sys, "_MEIPASS", None)  # PyInstaller's
    folder = Path(bundle) if bundle else Path(__file__).resolve().parents[1]
    parts = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    build = _text(folder / "BUILD").strip() if bundle else ""
    return About(__version__, build, parts, SOURCE.format(version=__version__), folder)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
