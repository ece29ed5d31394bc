"""Who is at the other end of a channel: what its events say, and whether that may be shown, which only Getvar tells.

AMI names a caller who withholds the number as if he did not: `CALLERID(num-pres)` of his channel alone tells.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from cti.ami.packet import Packet
from cti.caller_words import is_no_name, is_no_number, is_number, why_no_number
from cti.events import Caller, IdentityFrom, Withheld
from cti.plain_text import plain_text

NUMBER_SHOWN, NAME_SHOWN = "CALLERID(num-pres)", "CALLERID(name-pres)"
FORWARDER, FORWARDER_SHOWN = "REDIRECTING(from-num)", "REDIRECTING(from-num-pres)"
NOBODY = Caller("", "", None, IdentityFrom.AMI)

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CONTROLS = dict.fromkeys("abfnrtv", " ")
_UNKNOWN = "<unknown>"
_NUMBER = re.compile(r"[0-9*#+]+", re.ASCII)


class Shown(StrEnum):
    """What the PBX answers to a question for the presentation."""

    YES = "yes"
    WITHHELD = "withheld"
    UNAVAILABLE = "unavailable"
    GONE = "gone"  # there is no such channel any more
    DENIED = "denied"  # our account may not ask
    NOT_TOLD = "not_told"


def shown_of(reply: Packet | None) -> Shown:
    """Whatever is not plainly allowed is not."""
    if reply is None:
        return Shown.NOT_TOLD
    if not reply.is_success:
        message = reply.get("Message").lower()
        return Shown.DENIED if "denied" in message else Shown.GONE if "no such channel" in message else Shown.NOT_TOLD
    value = reply.get("Value")
    if value.startswith("prohib"):
        return Shown.WITHHELD
    return Shown.YES if value.startswith("allowed") else Shown.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Party:
    """A number and a name as the events of a channel tell them, clean text, not yet to be shown."""

    number: str
    name: str

    @property
    def withheld(self) -> Withheld | None:
        """Why there is no number, if the number's place says so."""
        return why_no_number(self.number, self.name)

    def caller(self, number_shown: Shown, name_shown: Shown) -> Caller:
        """As it may be shown."""
        if number_shown in {Shown.WITHHELD, Shown.UNAVAILABLE}:
            otherwise = Withheld.ANONYMOUS if number_shown is Shown.WITHHELD else Withheld.OUT_OF_AREA
            if number_shown is Shown.WITHHELD or self.number or self.name:
                why = why_no_number("" if not is_no_number(self.number) else self.number, self.name, otherwise)
                return Caller("", "", why, IdentityFrom.AMI)
        if number_shown is not Shown.YES:
            return NOBODY
        if self.withheld is not None:
            return Caller("", "", self.withheld, IdentityFrom.AMI)
        number = "" if is_no_number(self.number) else self.number
        is_name = bool(self.name) and not is_no_name(self.name) and not is_number(self.name, number)
        return Caller(number, self.name if is_name and name_shown is Shown.YES else "", None, IdentityFrom.AMI)


def party_of(packet: Packet, prefix: str = "", kind: str = "CallerID") -> Party:
    """The party that the channel `prefix` of an event has, as `kind`: CallerID or ConnectedLine."""
    return Party(_text(packet.get(f"{prefix}{kind}Num")), _name(packet.get(f"{prefix}{kind}Name")))


def number_in(text: str) -> str:
    """A number that can be dialled, "" for all else: s, i, a name."""
    return text if _NUMBER.fullmatch(text) and len(text) <= 32 else ""


def _text(value: str) -> str:
    return "" if value == _UNKNOWN else plain_text(_unescaped(value))


def _name(value: str) -> str:
    """AMI escapes what chan_pjsip has left escaped (recorded/name-quotes-emoji): a quote that still is tells."""
    if value == _UNKNOWN:
        return ""
    once = _unescaped(value)
    return plain_text(once.replace('\\"', '"').replace("\\\\", "\\") if '\\"' in once else once)


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: _CONTROLS.get(found[1], found[1]), value)
