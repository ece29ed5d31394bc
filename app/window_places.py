"""Where the operator has put the windows, per set of screens: a small JSON file of the profile.

A laptop in its dock is another place than the same laptop at home; what was chosen there waits until it is back.
"""

import json
import logging
from pathlib import Path

log = logging.getLogger(__name__)

Box = tuple[int, int, int, int]
"""x, y, width, height."""


class WindowPlaces:
    """Kept in memory; written whole at each change. A file that cannot be used costs the places, never the start."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places = _read(path)

    def of(self, window: str, layout: str) -> Box | None:
        """Where this window stood on these screens."""
        return self._places.get(layout, {}).get(window)

    def remember(self, window: str, layout: str, box: Box) -> None:
        """It stands there now."""
        self._places.setdefault(layout, {})[window] = box
        new = self._path.with_suffix(".new")
        try:
            new.write_text(json.dumps(self._places, indent=1), encoding="utf-8")
            new.replace(self._path)
        except OSError as error:
            log.info("the windows' places cannot be kept: %s", error)


def _read(path: Path) -> dict[str, dict[str, Box]]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {layout: {name: _box(box) for name, box in boxes.items()} for layout, boxes in told.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        log.info("the windows' places cannot be read: %s", error)
        return {}


def _box(told: list[int]) -> Box:
    x, y, width, height = map(int, told)
    return x, y, width, height
