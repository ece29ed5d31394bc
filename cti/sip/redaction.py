"""A SIP message as a trace may keep it: start line and headers, without secrets and without what a caller withholds.

Two rules. Who withholds the number is nowhere in the text, in whatever header it stands: there, what is not known to
be harmless goes. What stays is understood as before, so that a replay comes to the same facts.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TypeVar

from cti.errors import PeerError
from cti.sip.caller import read_caller
from cti.sip.cut_secrets import CUT, without_passwords, without_secrets
from cti.sip.identity_text import Mask, anonymous, masked, numbers_in, with_masked_numbers, without_names
from cti.sip.message import Request, Split, parse_request, parse_response, split_message
from cti.sip.settings import Identity

Value = TypeVar("Value")
_TAIL = 8  # digits: what all ways of writing a number have in common
MOST_CALLS = 5_000  # whose numbers are remembered
_OWN = {"REGISTER", "OPTIONS", "SUBSCRIBE", "NOTIFY", "PUBLISH"}  # between telephone and PBX: nobody calls
_NAMING = {"INVITE", "UPDATE"}
_ASSERTED = {"p-asserted-identity", "remote-party-id"}
_CALLER = _ASSERTED | {"from", "p-preferred-identity", "contact", "referred-by", "reply-to"}
_DIALLED = {"to", "p-called-party-id", "diversion", "history-info"}
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
    NEEDLESS = "needless"  # of a call, but nobody needs a caller in it: a CANCEL, an answer
    WITHHELD = "withheld"
    WAS_WITHHELD = "was withheld"  # a change within a call whose first caller withheld the number


@dataclass(frozen=True, slots=True)
class _Treatment:
    """What is done to the values of each group of headers, and to every text in the end."""

    caller: Mask
    asserted: Mask
    contact: Mask
    dialled: Mask
    other: Mask
    end: Mask

    def of(self, name: str) -> Mask:
        if name == "contact":
            return self.contact
        groups = ((_ASSERTED, self.asserted), (_CALLER, self.caller), (_DIALLED, self.dialled))
        return next((treat for names, treat in groups if name in names), self.other)


class Redaction:
    """Redacts the messages of one source, in their order: a CANCEL does not say that its INVITE withheld the number."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._numbers: OrderedDict[str, frozenset[str]] = OrderedDict()  # by Call-ID: what is hidden wherever it stands
        self._withheld: OrderedDict[str, None] = OrderedDict()

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
        situation, call_id = self._judge(split), split.headers.get("call-id") or ""
        numbers = self._numbers.get(call_id, frozenset())
        if situation is _Situation.WITHHELD or self._policy.mask is not None:
            numbers |= _caller_numbers(split)
        if situation is not _Situation.NO_CALLER and numbers:
            _remember(self._numbers, call_id, numbers)
        return self._treatments(situation, numbers)

    def _judge(self, split: Split) -> _Situation:
        try:
            message = parse_response(split) if split.is_response else parse_request(split)
        except PeerError:
            return _Situation.WITHHELD  # nobody can say whether it is
        if message.method in _OWN:
            return _Situation.NO_CALLER
        if isinstance(message, Request) and message.method in _NAMING:
            return self._judge_caller(message)
        return _Situation.WITHHELD if message.call_id in self._withheld else _Situation.NEEDLESS

    def _judge_caller(self, request: Request) -> _Situation:
        if read_caller(request, self._policy.identity).withheld is not None:
            _remember(self._withheld, request.call_id, None)
            return _Situation.WITHHELD
        return _Situation.WAS_WITHHELD if request.call_id in self._withheld else _Situation.NAMED

    def _treatments(self, situation: _Situation, numbers: frozenset[str]) -> _Treatment:
        mask = self._policy.mask
        if situation is _Situation.NO_CALLER:
            return _Treatment(_same, _same, _same, _same, mask or _same, _same)
        hides = situation in {_Situation.WITHHELD, _Situation.WAS_WITHHELD}
        asserted = _same if mask is None else partial(masked, mask=mask)
        contact = _same if mask is None else partial(with_masked_numbers, mask=mask)
        dialled = without_names if hides or mask else _same
        end = _hiding(numbers, None if hides else mask)
        return _Treatment(
            caller=asserted if situation is _Situation.NAMED else anonymous,
            asserted=asserted if situation in {_Situation.NAMED, _Situation.WAS_WITHHELD} else anonymous,
            contact=anonymous if hides else contact,
            dialled=dialled,
            other=_cut if hides else mask or _same,
            end=end,
        )


def _caller_numbers(split: Split) -> frozenset[str]:
    """A caller does not call itself: a number that was dialled too is the trunk's own."""
    named = {one for name, value in split.headers.fields if name in _CALLER for one in numbers_in(value)}
    dialled = {one[-_TAIL:] for value in split.headers.all("to") for one in numbers_in(value)}
    return frozenset(one for one in named if one[-_TAIL:] not in dialled)


def _hiding(numbers: frozenset[str], mask: Mask | None) -> Mask:
    """Hides these numbers however they are written: with +81, with 0, with what the site dials before them."""
    if not numbers:
        return _same
    pattern = re.compile("|".join(rf"\+?[0-9]*{number[-_TAIL:]}" for number in sorted(numbers)))
    return lambda text: pattern.sub(lambda found: CUT if mask is None else mask(found[0]), text)


def _same(text: str) -> str:
    return text


def _cut(_text: str) -> str:
    return CUT


def _remember(book: OrderedDict[str, Value], call_id: str, value: Value) -> None:
    book[call_id] = value
    book.move_to_end(call_id)
    if len(book) > MOST_CALLS:
        book.popitem(last=False)
