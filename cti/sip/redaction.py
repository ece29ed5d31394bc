"""A SIP message as a trace may keep it: start line and headers, without secrets and without what a caller withholds.

Two rules. Who withholds the number is nowhere in the text, in whatever header it stands: there, what is not known to
be harmless goes. What stays is understood as before, so that a replay comes to the same facts.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from cti.errors import PeerError
from cti.sip.caller import read_caller
from cti.sip.cut_secrets import CUT, without_passwords, without_secrets
from cti.sip.headers import Headers
from cti.sip.identity_text import (
    FEWEST_DIGITS,
    Mask,
    anonymous,
    digits_of,
    has_private,
    masked,
    numbers_in,
    with_masked_numbers,
    without_names,
    without_private,
)
from cti.sip.message import Request, Response, Split, parse_request, parse_response, split_message
from cti.sip.settings import Identity
from cti.sip.withheld import forwarders, hides_history, hides_name

_TAIL = 9  # digits: what all ways of writing a number have in common, and no other number of Japan
MOST_CALLS = 5_000  # whose numbers are remembered
MOST_NUMBERS = 32  # of one call; in one that names more, which only an attack does, every number goes
_ANY_NUMBER = re.compile(rf"\+?[0-9]{{{FEWEST_DIGITS},}}")
_OWN = {"REGISTER", "OPTIONS", "SUBSCRIBE", "NOTIFY", "PUBLISH"}  # between telephone and PBX: nobody calls
_NAMING = {"INVITE", "UPDATE"}
_ASSERTED = {"p-asserted-identity", "remote-party-id"}
_CALLER = _ASSERTED | {"from", "p-preferred-identity", "contact", "referred-by", "reply-to"}
_DIALLED = {"to", "p-called-party-id"}
_HARMLESS = {
    "via", "max-forwards", "call-id", "cseq", "content-type", "content-length", "content-encoding", "allow",
    "allow-events", "supported", "require", "proxy-require", "unsupported", "user-agent", "server", "privacy", "reason",
    "date", "expires", "min-expires", "session-expires", "min-se", "event", "subscription-state", "route",
    "record-route", "accept", "accept-encoding", "accept-language", "mime-version", "retry-after", "rseq", "rack",
    "timestamp", "path", "service-route", "p-early-media",
}  # fmt: skip
_SPELLED = {
    "call-id": "Call-ID",
    "cseq": "CSeq",
    "www-authenticate": "WWW-Authenticate",
    "mime-version": "MIME-Version",
}
_FIRST_WORD = re.compile(rb"[A-Za-z]{1,20}")


@dataclass(frozen=True, slots=True)
class Policy:
    """`identity` and `kept`, headers in lower case, are what the source's settings name.

    `mask` hides a text's numbers; with None those that are not withheld stay, and the names beside them.
    """

    identity: tuple[Identity, ...] = ("pai", "rpid", "from")
    kept: frozenset[str] = frozenset()
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class Redacted:
    """Bytes that are no UTF-8 stand in `text` as surrogates; of the body only the length is left."""

    text: str
    body_length: int


class _Situation(StrEnum):
    """What a message says of a caller, and so what is done to it."""

    NO_CALLER = "no caller"  # between telephone and PBX
    NAMED = "named"
    NUMBER_ONLY = "number only"  # the name is not to be shown
    NEEDLESS = "needless"  # of a call, but nobody needs a caller in it: a CANCEL, an answer
    WITHHELD = "withheld"  # and so is whatever comes later within the call: it may name the same person


_HIDES = {_Situation.NUMBER_ONLY, _Situation.WITHHELD}


@dataclass(frozen=True, slots=True)
class _Known:
    """What one call has told so far: numbers to cut, and to mask, wherever they stand."""

    is_withheld: bool = False
    cut: frozenset[str] = frozenset()
    veiled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Treatment:
    """What is done to the values of each group of headers, and to every line in the end."""

    caller: Mask
    asserted: Mask
    contact: Mask
    diversion: Mask
    history: Mask
    dialled: Mask
    other: Mask
    end: Mask

    def of(self, name: str) -> Mask:
        groups = (
            ({"contact"}, self.contact), (_ASSERTED, self.asserted), (_CALLER, self.caller),
            ({"diversion"}, self.diversion), ({"history-info"}, self.history), (_DIALLED, self.dialled),
        )  # fmt: skip
        return next((treat for names, treat in groups if name in names), self.other)


class Redaction:
    """Redacts the messages of one source, in their order: a CANCEL does not say that its INVITE withheld the number."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._calls: OrderedDict[str, _Known] = OrderedDict()  # by Call-ID

    def redact(self, data: bytes) -> Redacted:
        try:
            split = split_message(data)
        except PeerError:  # lines that nobody can tell apart: all that is kept is that they were
            word = _FIRST_WORD.match(data.lstrip(b"\r\n"))
            return Redacted(f"{word[0].decode() if word else CUT} {CUT}\n{CUT}\r\n\r\n", 0)
        treatment = self._treatment(split)
        lines = [treatment.end(without_passwords(split.start_line))]
        lines += [self._field(name, value, treatment) for name, value in split.headers.fields]
        return Redacted("\r\n".join(lines) + ("\r\n\r\n" if split.is_whole else ""), len(split.body))

    def _field(self, name: str, value: str, treatment: _Treatment) -> str:
        """A line that is no header field becomes another such line."""
        if not name:
            return CUT
        cut = without_secrets(name, value)
        if name not in _HARMLESS and name not in self._policy.kept:
            cut = treatment.of(name)(cut)
        return treatment.end(f"{_SPELLED.get(name) or name.title()}: {cut}")

    def _treatment(self, split: Split) -> _Treatment:
        call_id = split.headers.get("call-id") or ""
        known = self._calls.get(call_id, _Known())
        try:
            message = parse_response(split) if split.is_response else parse_request(split)
        except PeerError:  # nobody can say whether it withholds
            return self._treatments(_Situation.WITHHELD, self._learn(split.headers, known, _Situation.WITHHELD))
        if message.method in _OWN and not known.is_withheld:
            return self._treatments(_Situation.NO_CALLER, _Known())
        situation = self._judge(message, known)
        known = replace(known, is_withheld=known.is_withheld or situation is _Situation.WITHHELD)
        naming = message if isinstance(message, Request) and message.method in _NAMING else None
        known = replace(known, cut=_some(known.cut | _private_numbers(naming)))
        return self._treatments(situation, self._learn(split.headers, known, situation), naming)

    def _judge(self, message: Request | Response, known: _Known) -> _Situation:
        if not isinstance(message, Request) or message.method not in _NAMING:
            return _Situation.WITHHELD if known.is_withheld else _Situation.NEEDLESS
        if known.is_withheld or read_caller(message, self._policy.identity).withheld is not None:
            return _Situation.WITHHELD
        return _Situation.NUMBER_ONLY if hides_name(message) else _Situation.NAMED

    def _learn(self, headers: Headers, known: _Known, situation: _Situation) -> _Known:
        """What is to be hidden of this call from now on."""
        numbers = _numbers_of(_CALLER, headers) - known.cut
        if situation is _Situation.WITHHELD:
            known = replace(known, cut=_some(known.cut | numbers))
        elif self._policy.mask is not None:
            known = replace(known, veiled=_some(known.veiled | numbers))
        if known != _Known():
            call_id = headers.get("call-id") or ""
            self._calls[call_id] = known
            self._calls.move_to_end(call_id)
            if len(self._calls) > MOST_CALLS:
                self._calls.popitem(last=False)
        return known

    def _treatments(self, situation: _Situation, known: _Known, naming: Request | None = None) -> _Treatment:
        mask = self._policy.mask
        if situation is _Situation.NO_CALLER:
            return _Treatment(_same, _same, _same, _same, _same, _same, mask or _same, _same)
        hides = situation in _HIDES
        kept = without_private if hides or mask else _without_private_if_any
        named = without_names if situation is _Situation.NUMBER_ONLY else _same
        named = named if mask is None else partial(masked, mask=mask)
        contact = _same if mask is None else partial(with_masked_numbers, mask=mask)
        return _Treatment(
            caller=named if situation in {_Situation.NAMED, _Situation.NUMBER_ONLY} else anonymous,
            asserted=anonymous if situation in {_Situation.WITHHELD, _Situation.NEEDLESS} else named,
            contact=anonymous if hides else contact,
            diversion=anonymous if naming is None else kept,
            history=anonymous if naming is None or hides_history(naming) else kept,
            dialled=without_names if hides or mask else _same,
            other=_cut if hides else mask or _same,
            end=_hiding(known, mask),
        )


def _without_private_if_any(value: str) -> str:
    return without_private(value) if has_private(value) else value


def _numbers_of(names: set[str], headers: Headers) -> frozenset[str]:
    """A caller does not call itself: a number that was dialled too is the trunk's own."""
    named = {one for name, value in headers.fields if name in names for one in numbers_in(value)}
    return _not_dialled(named, headers)


def _private_numbers(naming: Request | None) -> frozenset[str]:
    """Of the forwarders who are not to be shown."""
    if naming is None:
        return frozenset()
    entries = [
        entry for header in ("diversion", "history-info") for entry, number in forwarders(naming, header) if not number
    ]
    return _not_dialled({digits for entry in entries for digits in digits_of(entry)}, naming.headers)


def _not_dialled(numbers: set[str], headers: Headers) -> frozenset[str]:
    dialled = {one[-_TAIL:] for value in headers.all("to") for one in numbers_in(value)}
    return frozenset(one for one in numbers if one[-_TAIL:] not in dialled)


def _hiding(known: _Known, mask: Mask | None) -> Mask:
    """Hides numbers however they are written: with +81, with 0, with what the site dials before them."""
    has_all = len(known.veiled) <= MOST_NUMBERS
    cut, veiled = _any_of(known.cut), _any_of(known.veiled - known.cut if has_all else known.veiled)

    def hide(text: str) -> str:
        if cut is not None:
            text = cut.sub(CUT, text)
        return text if veiled is None or mask is None else veiled.sub(lambda found: mask(found[0]), text)

    return hide


def _any_of(numbers: frozenset[str]) -> "re.Pattern[str] | None":
    if len(numbers) > MOST_NUMBERS:
        return _ANY_NUMBER
    return re.compile("|".join(rf"\+?[0-9]*{one[-_TAIL:]}" for one in sorted(numbers))) if numbers else None


def _some(numbers: frozenset[str]) -> frozenset[str]:
    """One more than the most shows that there are more."""
    return numbers if len(numbers) <= MOST_NUMBERS else frozenset(sorted(numbers)[: MOST_NUMBERS + 1])


def _same(text: str) -> str:
    return text


def _cut(_text: str) -> str:
    return CUT
