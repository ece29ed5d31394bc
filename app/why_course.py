"""What became of a call, in sentences: answered, ended, and what came between."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.phone_number import parse_number
from app.words import _

Facts = Mapping[str, Any]


def what_became_of_it(lines: Sequence[Facts]) -> list[str]:
    """In the order in which it came."""
    return [_COURSE[line["type"]](line) for line in lines if line["type"] in _COURSE]


def shown(number: str) -> str:
    """For eyes; a masked one stays as it is."""
    return number if "*" in number else parse_number(number).display or number


def _answered(line: Facts) -> str:
    if line.get("direction") == "out":
        return _("{when}: the other end answered.").format(when=_clock(line))
    if line.get("by") is None:
        return _("{when}: answered; this source cannot tell by whom.").format(when=_clock(line))
    return _("{when}: answered by {who}.").format(when=_clock(line), who=line["by"])


def _ended(line: Facts) -> str:
    words = {
        "cancelled": _("{when}: the caller or the PBX gave up."),
        "answered_elsewhere": _("{when}: answered elsewhere."),
        "hung_up": _("{when}: hung up."),
        "rejected": _("{when}: rejected."),
        "busy": _("{when}: busy."),
        "timed_out": _("{when}: no word of it for three minutes; taken as over."),
        "failed": _("{when}: it could not be set up."),
    }
    words |= _otherwise(line)
    return words.get(line["why"], "{when}: " + str(line["why"])).format(when=_clock(line))


def _otherwise(line: Facts) -> dict[str, str]:
    """Of a call that went out, and where the PBX says itself that the ringing took too long."""
    if line.get("direction") == "out":
        return {
            "cancelled": _("{when}: given up before anybody answered."),
            "timed_out": _("{when}: nobody answered."),
        }
    is_told = any(leg["why"] == "timed_out" and _is_of_ami(leg["said"]) for leg in line.get("legs", ()))
    return {"timed_out": _("{when}: nobody answered in time.")} if is_told else {}


def _is_of_ami(said: Facts | None) -> bool:
    return said is not None and said["identity_from"] == "ami"


def _rang_again(line: Facts) -> str:
    return _("{when}: it rang again.").format(when=_clock(line))


def _hidden(line: Facts) -> str:
    return _("{when}: another source says that the caller withholds the number.").format(when=_clock(line))


def _held(line: Facts) -> str:
    return _("{when}: on hold.").format(when=_clock(line))


def _resumed(line: Facts) -> str:
    return _("{when}: talking again.").format(when=_clock(line))


def _caller_changed(line: Facts) -> str:
    """Transferred, or told late."""
    if line["withheld"] is not None or not line["number"]:
        return _("{when}: another caller, without a number.").format(when=_clock(line))
    return _("{when}: the caller is now {number}.").format(when=_clock(line), number=shown(line["number"]))


def _clock(line: Facts) -> str:
    return f"{datetime.fromisoformat(line['at']).astimezone():%H:%M:%S}"


_COURSE: Mapping[str, Callable[[Facts], str]] = {
    "answered": _answered, "ended": _ended, "rang_again": _rang_again, "caller_changed": _caller_changed,
    "withheld": _hidden, "held": _held, "resumed": _resumed,
}  # fmt: skip
