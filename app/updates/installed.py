"""Is the program that runs still the one that is installed? An upgrade puts other files in the place of ours.

What is loaded is ours and goes on. What would be loaded now is of another version, so it is refused in words.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from app.errors import UserError
from app.words import _

_NEEDED_DAILY = (
    "_strptime", "encodings.ascii", "encodings.cp932", "encodings.euc_jp", "encodings.idna", "encodings.iso2022_jp",
    "encodings.latin_1", "encodings.punycode", "encodings.shift_jis", "encodings.utf_16",
)  # fmt: skip
"""What Python loads late, and what goes on by itself (backups, names of servers and callers) cannot do without."""


class MixedVersionsError(UserError, ImportError):
    """A part that has not been loaded yet is of the version that was installed meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("A new version of Omote has been installed while it runs."),
            _("Start Omote again; until then what is open here goes on."),
        )


class Installation:
    """The file that the program was started from; None in a checkout, where nobody installs anything."""

    def __init__(self, program: Path | None) -> None:
        self._program = program
        self._began = self._stamp()

    def is_replaced(self) -> bool:
        """Another file stands there. Nothing there at all is no news: packages take the old one away first."""
        now = self._stamp()
        return now is not None and now != self._began

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self._program.stat() if self._program is not None else None
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns, found.st_size) if found is not None else None


def this_installation() -> Installation:
    """Of this process."""
    return Installation(Path(sys.executable) if getattr(sys, "frozen", False) else None)


class _RefusesLate:
    """Asked before all other finders, so only for what has not been loaded yet."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def find_spec(
        self, _name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if self._installation.is_replaced():
            raise MixedVersionsError
        return None


def refuse_late_parts(installation: Installation) -> Callable[[], None]:
    """From now on nothing is loaded from another version's files. Returns how to end that."""
    for name in _NEEDED_DAILY:
        import_module(name)
    finder = _RefusesLate(installation)
    sys.meta_path.insert(0, finder)
    return lambda: sys.meta_path.remove(finder)
