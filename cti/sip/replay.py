"""Plays what one listener once heard through a user agent, as fast as it goes: the time is that of the recording."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import cast

from cti.errors import PeerError
from cti.events import CallEvent
from cti.sip.dialog import Asked
from cti.sip.headers import parse_name_addrs
from cti.sip.message import Request, parse_message
from cti.sip.recorded_tags import RecordedTags
from cti.sip.reported import reported
from cti.sip.settings import SipSettings, TransportName
from cti.sip.user_agent import UserAgent
from cti.sip.waiting_room import ASK_EVERY
from cti.wire_message import Way, WireMessage

_NOBODY = ("0.0.0.0", 0)  # noqa: S104 -- an address that answers go to and nobody has


def _nobody(_numbers: Sequence[str]) -> set[str]:
    return set()


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one message; None is a timer. The facts are those that a live source would have reported."""

    at: datetime
    message: WireMessage | None
    facts: tuple[CallEvent, ...]


class Replay:
    """One recording of at least one message, one user agent. `trusted` are addresses and networks as in `allow`.

    `customers` tells which of many callers' numbers are customers': those of a flood.
    """

    def __init__(
        self,
        settings: SipSettings,
        messages: Sequence[WireMessage],
        trusted: Iterable[str],
        customers: Callable[[Sequence[str]], set[str]] = _nobody,
    ) -> None:
        self._customers = customers
        self._messages = sorted(messages, key=lambda message: message.at)
        self._own_users = {user for message in messages if message.way is Way.OUT for user in _registered(message)}
        self._agent = UserAgent(self._checking_contact_if_known(settings), Random(0))  # noqa: S311 -- no secrets here
        self._agent.set_peers(trusted)
        self._tags = RecordedTags(message.data for message in messages if message.way is Way.OUT)
        self._name = settings.name
        self._now = 0.0

    def __iter__(self) -> Iterator[Step]:
        for message in self._messages:
            self._agent.set_route(_NOBODY, message.peer)
            yield from self._until((message.at - self._start).total_seconds())
            if message.way is Way.IN:
                self._answer_to_name(message)
                self._agent.receive_datagram(self._tags.lead(message.data), message.peer, self._now)
                yield self._step(message)
        yield from self._until(self._now + ASK_EVERY)  # for those of whom nobody has asked yet
        self._agent.tell_rest()
        if (rest := self._step(None)).facts:
            yield rest

    @property
    def _start(self) -> datetime:
        return self._messages[0].at

    def _checking_contact_if_known(self, settings: SipSettings) -> SipSettings:
        """A recording without our REGISTER can't say which Contact was ours."""
        is_checked = settings.check_contact and bool(self._own_users)
        transport = cast("TransportName", self._messages[0].transport)
        return replace(settings, check_contact=is_checked, transport=transport)

    def _until(self, now: float) -> Iterator[Step]:
        """Let the timers run out that would have."""
        while (at := self._agent.get_timer()) is not None and at <= now:
            self._now = max(self._now, at)
            self._agent.handle_timer(self._now)
            yield self._step(None)
        self._now = max(self._now, now)

    def _step(self, message: WireMessage | None) -> Step:
        at, ns = self._start + timedelta(seconds=self._now), int(self._now * 1e9)
        self._send()
        facts = []
        while (event := self._agent.next_event()) is not None:
            if isinstance(event, Asked):
                self._agent.take_answer(event.numbers, self._customers(event.numbers), self._now)
                self._send()
            elif (fact := reported(self._name, event, at, (ns, ns))) is not None:
                facts.append(fact)
        return Step(at, message, tuple(facts))

    def _send(self) -> None:
        """To nobody."""
        for data, _peer in self._agent.datagrams_to_send():
            self._tags.sent(data)

    def _answer_to_name(self, message: WireMessage) -> None:
        """We had several in turn: one per start."""
        user = _called(message)
        if user in self._own_users:
            self._agent.contact_user = user


def _called(message: WireMessage) -> str:
    try:
        request = parse_message(message.data)
    except PeerError:
        return ""
    return request.target.user if isinstance(request, Request) else ""


def _registered(message: WireMessage) -> set[str]:
    """The users of the Contacts that a REGISTER of ours brought."""
    try:
        request = parse_message(message.data)
    except PeerError:
        return set()
    if not isinstance(request, Request) or request.method != "REGISTER":
        return set()
    return {one.uri.user for one in parse_name_addrs(request.headers, "contact") if one.uri.user}
