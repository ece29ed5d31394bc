"""Writes lib/THIRD-PARTY-NOTICES.txt into a frozen folder: whose work Omote contains, and under which licence.

.venv-bundle/bin/python packaging/notices.py dist/omote
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import inside

NAME = "THIRD-PARTY-NOTICES.txt"
HEAD = """Omote contains the work of others
=================================

Omote itself is free software under the GNU General Public License, version 3 or (at your option) any later version;
its text is in the file LICENSE beside this one. Its source is published beside every release, as
omote_VERSION_source.tar.xz, and whoever has received Omote may ask the person it came from for that source, for three
years, at the cost of sending it.

Qt and PySide6 (LGPL-3.0) are shared libraries in the folder PySide6 beside this file (on Windows the files Qt6*.dll,
on macOS the frameworks). You may replace them by builds of your own with the same interface: put your files in their
place; nothing checks them. Their source: https://download.qt.io/official_releases/QtForPython/ and
https://download.qt.io/official_releases/qt/. Qt itself contains further works, listed at
https://doc.qt.io/qt-6/licenses-used-in-qt.html. The same holds for every other library here under an LGPL: psycopg, and
libraries of the system that the program was built on.

This product includes software developed by Computing Services at Carnegie Mellon University
(http://www.cmu.edu/computing/).
"""
_RULE = "-" * 100


def notices(parts: Sequence[inside.Part]) -> str:
    """A list, then every text once, with all whose it is."""
    lines = [HEAD, "What is inside", "--------------", *(_line(one) for one in parts), ""]
    texts: dict[str, list[str]] = {}
    for one in parts:
        for _name, text in one.texts:
            told = texts.setdefault(text.strip("\n"), [])
            told.extend([] if one.name in told else [one.name])
    for text, names in texts.items():
        lines += [_RULE, ", ".join(names), _RULE, "", text, ""]
    return "\n".join(lines)


def _line(one: inside.Part) -> str:
    by = f", brought by {one.brought_by}" if one.brought_by else ""
    return f"{one.name} {one.version}: {one.licence}{by}" + (f" <{one.home}>" if one.home else "")


def main(folder: Path) -> None:
    parts = inside.parts_in(folder)
    target = folder / "lib" / NAME
    target.write_text(notices(parts), "utf-8")
    without = [one.name for one in parts if not one.texts]
    sys.stdout.write(f"{target}: {len(parts)} parts; without a text: {', '.join(without) or 'none'}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
