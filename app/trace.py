"""The trace: one JSON line per fact of a call, for "why did or didn't this pop?" and for scripts.

The names and shapes are those of docs/trace.md and only ever grow.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from app.logs import masked, masked_within

TURN = Lock()
"""Of whoever writes a trace, or takes somebody out of it: no line goes between reading a file and replacing it."""

_LARGEST = 20_000_000  # bytes; then it becomes calls.1.jsonl, in place of the one before
STAMPS = ("received", "parsed", "matched", "shown", "painted")


@dataclass(slots=True)
class Stamps:
    """When a ring passed each of the five stations, as `monotonic_ns` readings."""

    at_ns: dict[str, int] = field(default_factory=dict)

    def mark(self, name: str, at_ns: int) -> None:
        """The first reading of a station counts."""
        self.at_ns.setdefault(name, at_ns)

    def microseconds(self) -> dict[str, int | None]:
        """Microseconds since the datagram was read; None where the station was not reached."""
        start = self.at_ns.get("received")
        passed = {name: self.at_ns.get(name) for name in STAMPS}
        return {name: None if at is None or start is None else (at - start) // 1000 for name, at in passed.items()}


def iso(at: datetime) -> str:
    """`2026-11-21T05:03:22.123Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Trace:
    """Writes facts with `write_line`, which gets one JSON text without its line end."""

    def __init__(
        self,
        write_line: Callable[[str], None],
        *,
        mask_numbers: bool = False,
        forget_caller: Callable[[str], None] = lambda _call_id: None,
    ) -> None:
        self._write_line, self._forget_caller = write_line, forget_caller
        self._mask = mask_numbers

    def write(self, kind: str, at: datetime, **facts: Any) -> None:
        """One line; `number`, and a number that came as the name, are masked when the settings say so."""
        if self._mask:
            facts |= _masked(facts)
            facts |= {"legs": [_masked_leg(leg) for leg in facts["legs"]]} if "legs" in facts else {}
            facts |= {"before": facts["before"] | _masked(facts["before"])} if "before" in facts else {}
        self._write_line(json.dumps({"v": 1, "type": kind, "at": iso(at), **facts}, ensure_ascii=False))

    def forget_caller(self, call_id: str) -> None:
        """What was written of this call's caller before it was known that he withholds the number."""
        self._forget_caller(call_id)


def _masked_leg(leg: dict[str, Any]) -> dict[str, Any]:
    said = leg.get("said")
    return leg | {"said": said | _masked(said)} if said else leg


def _masked(who: Mapping[str, Any]) -> dict[str, Any]:
    """The number of a call or of a caller, and its name, with most digits hidden."""
    if not who.get("number"):
        return {}
    return {"number": masked(who["number"]), "name": masked_within(who.get("name", ""))}


def lines_about(path: Path, call_id: str) -> list[dict[str, Any]]:
    """The lines about one call, oldest first; [] where the file is gone. Damaged lines are passed over."""
    wanted, found = call_id.encode(), []
    for file in (one_before(path), path):
        with suppress(FileNotFoundError), file.open("rb") as lines:
            found += [line for line in lines if wanted in line]
    return [facts for line in found if (facts := _read(line)).get("call") == call_id]


def _read(line: bytes) -> dict[str, Any]:
    with suppress(ValueError):
        read = json.loads(line)
        return read if isinstance(read, dict) else {}
    return {}


def one_before(path: Path) -> Path:
    """Where its lines go when it has grown too large."""
    return path.with_suffix(f".1{path.suffix}")


def appending_to(path: Path) -> Callable[[str], None]:
    """A `write_line` for a file that is opened anew for each line: a call a minute, and IT may move the file."""
    path.parent.mkdir(parents=True, exist_ok=True)

    def write_line(line: str) -> None:
        with TURN:
            if path.exists() and path.stat().st_size > _LARGEST:
                path.replace(one_before(path))
            with path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    return write_line
