"""A small JSON file of the profile: read whole at start, written whole at each change, never in anybody's way."""

import json
import logging
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


class KeptJson:
    """`what` names it in the log. A file that cannot be used costs what is in it, never the start."""

    def __init__(self, path: Path, what: str) -> None:
        self._path, self._what = path, what

    def read(self) -> Any:
        """What it holds; None if there is nothing that can be read."""
        try:
            return json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.info("%s cannot be read: %s", self._what, error)
            return None

    def write(self, value: Any) -> None:
        """Another one takes its place: a program that is killed leaves the old one or the new one."""
        new = self._path.with_suffix(".new")
        try:
            new.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
            new.replace(self._path)
        except OSError as error:
            log.info("%s cannot be kept: %s", self._what, error)
