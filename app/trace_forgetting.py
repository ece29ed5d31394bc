"""Takes a number out of trace lines that were written before another source said that it is withheld."""

import json
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from app.trace import TURN, one_before

_NOBODY: dict[str, Any] = {"number": "", "name": "", "candidates": [], "opened": None}


def forgetting_in(path: Path) -> Callable[[str], None]:
    """For one call: its lines in the file and in the one before say no number and no name, and nobody's card."""

    def forget(call_id: str) -> None:
        with TURN:
            for file in (path, one_before(path)):
                if file.exists():
                    _rewrite(file, call_id)

    return forget


def forget_in_all(path: Path, calls: Collection[str], numbers: Collection[str]) -> int:
    """The same for whole people: their calls, and what else stands there of their numbers; how many lines."""
    with TURN:
        return sum(_forget_lines(file, calls, numbers) for file in (path, one_before(path)) if file.exists())


def calls_told_of(path: Path) -> set[str]:
    """The calls of which a line says a number or a name."""
    found: set[str] = set()
    for file in (path, one_before(path)):
        if file.exists():
            with TURN, file.open("rb") as lines:
                told = filter(_says_somebody, map(_facts, lines))
                found |= {str(facts["call"]) for facts in told if facts.get("call")}
    return found


def _says_somebody(facts: dict[str, Any]) -> bool:
    if facts.get("test"):
        return False
    said = (facts, facts.get("before") or {}, *((leg.get("said") or {}) for leg in facts.get("legs", ())))
    return any(one.get("number") or one.get("name") for one in said) or bool(facts.get("candidates"))


def _forget_lines(file: Path, calls: Collection[str], numbers: Collection[str]) -> int:
    new, count = file.with_suffix(".new"), 0
    with file.open("rb") as old, new.open("wb") as made:
        for line in old:
            facts = _facts(line)
            is_theirs = facts.get("call") in calls or bool(_numbers_in(facts) & set(numbers))
            count += is_theirs
            made.write(_blank(facts) if is_theirs else line)
    shutil.copymode(file, new)
    new.replace(file)
    return count


def _numbers_in(facts: dict[str, Any]) -> set[Any]:
    return {facts.get("number"), (facts.get("before") or {}).get("number")} - {None, ""}


def _facts(line: bytes) -> dict[str, Any]:
    try:
        facts = json.loads(line)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _rewrite(file: Path, call_id: str) -> None:
    """Whole or not at all: whoever reads meanwhile has the old file or the new one."""
    wanted, new = call_id.encode(), file.with_suffix(".new")
    with file.open("rb") as old, new.open("wb") as made:
        for line in old:
            made.write(_without_caller(line, call_id) if wanted in line else line)
    shutil.copymode(file, new)
    new.replace(file)


def _without_caller(line: bytes, call_id: str) -> bytes:
    try:
        facts = json.loads(line)
    except ValueError:
        return b""  # a damaged line about this call may hold the number
    if not isinstance(facts, dict) or facts.get("call") != call_id:
        return line
    return _blank(facts)


def _blank(facts: dict[str, Any]) -> bytes:
    facts |= {name: value for name, value in _NOBODY.items() if name in facts}
    if facts.get("direction") == "out":
        facts["dialled"] = ""  # his number, too
    if isinstance(facts.get("before"), dict):
        facts["before"] |= {"number": "", "name": ""}
    for leg in facts.get("legs", ()):
        if leg.get("said"):
            leg["said"] |= {"number": "", "name": ""}
    return json.dumps(facts, ensure_ascii=False).encode() + b"\n"
