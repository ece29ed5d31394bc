"""Blocks of the disk held back for the day it is full: given up so that what is being typed still finds room."""

import shutil
from contextlib import suppress
from pathlib import Path

FILE_NAME = "reserve"
BYTES = 1 << 20
_ROOM = 2 * BYTES  # with less, taking it back would fill the disk again under whoever is writing


class Reserve:
    """A file of BYTES bytes in `folder`. A disk with no room for it now is no reason to stop."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    @property
    def is_gone(self) -> bool:
        """Whether it was given up, or never found room."""
        return not self._path.exists()

    def take(self) -> None:
        """Fill the file with real blocks; half a reserve is removed again."""
        with suppress(OSError):
            if self._path.exists() and self._path.stat().st_size >= BYTES:
                return
            try:
                self._path.write_bytes(b"\xa5" * BYTES)
            except OSError:
                self._path.unlink(missing_ok=True)

    def take_back(self) -> None:
        """Fill it again if it is gone and the disk has room for it and as much again; cheap enough for every sync."""
        with suppress(OSError):
            if self.is_gone and shutil.disk_usage(self._path.parent).free >= _ROOM:
                self.take()

    def give_up(self) -> bool:
        """Free the blocks; False if there were none."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
