"""One line of NCID's server, as https://ncid.sourceforge.io/doc/NCID-API.html has it: what it tells of a call.

Labels and fields that we do not know are left out, and fields come in any order, as that page asks of clients. The
lines of the log that a server sends at the beginning have labels of their own (CIDLOG:) and tell of no call.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from cti.caller_words import is_number
from cti.events import Caller, IdentityFrom, Withheld
from cti.plain_text import plain_text
from cti.wire_text import decode

_FIELD = re.compile(r"\*([A-Z]+)\*((?:\*{1,2}(?=[0-9]))?[^*]*)")  # an internal number may begin with a star or two
_LABEL = re.compile(r"\+?([A-Z]+): ?(.*)", re.DOTALL)  # + is put before what another server has sent to this one
_REASONS = {
    "private": Withheld.ANONYMOUS,
    "p": Withheld.ANONYMOUS,
    "anonymous": Withheld.ANONYMOUS,
    "withheld": Withheld.ANONYMOUS,
    "restricted": Withheld.ANONYMOUS,
    "blocked": Withheld.ANONYMOUS,
    "out-of-area": Withheld.OUT_OF_AREA,
    "out of area": Withheld.OUT_OF_AREA,
    "o": Withheld.OUT_OF_AREA,
    "unavailable": Withheld.OUT_OF_AREA,
    "unknown": Withheld.OUT_OF_AREA,
    "payphone": Withheld.PAYPHONE,
    "c": Withheld.PAYPHONE,  # the letters are those of Japan's number display
    "s": Withheld.SERVICE_CONFLICT,
}
_NOTHING = {"", "-", "no-number", "no number", "no name", "noname", "no-line"}


class Told(StrEnum):
    """What a line tells."""

    CALL = "call"
    CALL_OUT = "call out"
    RINGS = "rings"
    STOPPED = "stopped"  # ringing: somebody answered, or the caller gave up
    GAVE_UP = "gave up"
    HUNG_UP = "hung up"
    BUSY = "busy"
    REJECTED = "rejected"  # by the box itself


_CALLS = {"CID": Told.CALL, "PID": Told.CALL, "WID": Told.CALL, "OUT": Told.CALL_OUT, "PUT": Told.CALL_OUT}
_ENDS = {"CANCEL": Told.GAVE_UP, "BYE": Told.HUNG_UP}
_RINGS = {"0": Told.STOPPED, "-1": Told.GAVE_UP, "-2": Told.HUNG_UP, "-3": Told.BUSY, "-4": Told.REJECTED}


@dataclass(frozen=True, slots=True)
class ToldLine:
    """`line` is the server's name of the telephone line, `minute` when the call came by the server's clock."""

    told: Told
    line: str
    caller: Caller
    minute: str = ""


def read_line(data: bytes) -> ToldLine | None:
    """None for what tells nothing of a call."""
    found = _LABEL.fullmatch(decode(data))
    if found is None:
        return None
    label, fields = found[1], _fields(found[2])
    told = _told(label, fields)
    if told is None:
        return None
    is_call = told in {Told.CALL, Told.CALL_OUT}
    minute = plain_text(f"{fields.get('DATE', '')} {fields.get('TIME', '')}") if is_call else ""
    return ToldLine(told, _something(fields.get("LINE", "")), _caller(fields), minute)


def _told(label: str, fields: dict[str, str]) -> Told | None:
    if label == "CIDINFO":
        count = fields.get("RING", "")
        return _RINGS.get(count, Told.RINGS if count.isdecimal() else None)
    if label == "END":
        return _ENDS.get(fields.get("HTYPE", ""))
    return _CALLS.get(label)


def _fields(text: str) -> dict[str, str]:
    """Of a field that stands twice the first counts."""
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(text):
        found.setdefault(name, value.strip())
    return found


def _caller(fields: dict[str, str]) -> Caller:
    number, name = (plain_text(fields.get(label, "")) for label in ("NMBR", "NAME"))
    withheld = _REASONS.get(number.lower())
    if withheld is None and number.lower() in _NOTHING:
        withheld = _REASONS.get(name.lower())
    if withheld is not None:
        return Caller("", "", withheld, IdentityFrom.NCID)
    number = _something(number)
    is_none = name.lower() in _NOTHING or name.lower() in _REASONS or is_number(name, number)
    return Caller(number, "" if is_none else name, None, IdentityFrom.NCID if number or not is_none else None)


def _something(text: str) -> str:
    shown = plain_text(text)
    return "" if shown.lower() in _NOTHING else shown
