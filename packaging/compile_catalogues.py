"""Compiles the gettext catalogues (omote.po → omote.mo): for `./run` from a checkout, for hatchling in a build.

Only what is missing or older than its source is written. A .mo appears whole or not at all.
"""

import os
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def stale_catalogues(root: Path) -> list[Path]:
    """The .po files below root/app/locale whose .mo is missing or older."""
    found = sorted(root.glob("app/locale/*/LC_MESSAGES/omote.po"))
    return [po for po in found if not _is_fresh(po.with_suffix(".mo"), po)]


def compile_catalogue(po: Path) -> Path:
    """Write the .mo beside `po`. Raises babel's PoFileError on a file that is not well-formed."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3], domain="omote", abort_invalid=True)
    unfinished = po.with_suffix(f".mo.part{os.getpid()}")  # two test runs may begin at once
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    return unfinished.replace(po.with_suffix(".mo"))


class CustomBuildHook(BuildHookInterface[Any]):
    """What hatchling calls before it collects the wheel's files (pyproject.toml names this file)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put a compiled catalogue beside each source; `artifacts` in pyproject.toml takes it into the wheel."""
        del version, build_data
        for po in stale_catalogues(Path(self.root)):
            compile_catalogue(po)


def _is_fresh(mo: Path, po: Path) -> bool:
    return mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime


if __name__ == "__main__":
    for stale in stale_catalogues(Path(__file__).resolve().parent.parent):
        sys.stderr.write(f"run: compiled {compile_catalogue(stale)}\n")
