"""Where the operator has put the windows, per set of screens: a small JSON file of the profile.

A laptop in its dock is another place than the same laptop at home; what was chosen there waits until it is back.
"""

import logging
from pathlib import Path
from typing import Any

from app.kept_json import KeptJson

log = logging.getLogger(__name__)

Box = tuple[int, int, int, int]
"""x, y, width, height."""


class WindowPlaces:
    """Kept in memory; written whole at each change. A file that cannot be used costs the places, never the start."""

    def __init__(self, path: Path) -> None:
        self._file = KeptJson(path, "the windows' places")
        self._places = _places(self._file.read())

    def of(self, window: str, layout: str) -> Box | None:
        """Where this window stood on these screens."""
        return self._places.get(layout, {}).get(window)

    def remember(self, window: str, layout: str, box: Box) -> None:
        """It stands there now."""
        self._places.setdefault(layout, {})[window] = box
        self._file.write(self._places)


def _places(told: Any) -> dict[str, dict[str, Box]]:
    try:
        return {layout: {name: _box(box) for name, box in boxes.items()} for layout, boxes in (told or {}).items()}
    except (ValueError, TypeError, AttributeError) as error:
        log.info("the windows' places cannot be understood: %s", error)
        return {}


def _box(told: list[int]) -> Box:
    x, y, width, height = map(int, told)
    return x, y, width, height
