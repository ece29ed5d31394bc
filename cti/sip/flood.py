"""More calls than a desk can take: new ones ring while the buckets allow, beyond them customers' alone.

A call beyond the buckets waits unanswered, so that the PBX sends it once more if it gets lost here, until somebody has
looked whether its number is a customer's (`Asked`). A customer's rings; any other is told "100 Trying", which keeps
the PBX from sending it again and hurts nobody's phone, is shown nowhere and counted. All that is kept of it is that it
came: its CANCEL is answered from the CANCEL alone. No clock here: `now` is seconds.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cti.address import Address
from cti.errors import PeerError
from cti.events import NotOfferedBecause
from cti.sip.buckets import Buckets
from cti.sip.compose import compose_response
from cti.sip.dialog import Asked
from cti.sip.headers import Headers
from cti.sip.message import Request
from cti.sip.outbox import Outbox
from cti.sip.plain_invite import PlainInvite
from cti.sip.refusals import Refusals
from cti.sip.response_route import response_destination
from cti.sip.settings import SipSettings
from cti.sip.transaction import Key, transaction_key
from cti.sip.waiting_room import Waiting, WaitingRoom

log = logging.getLogger(__name__)

BURST_SECONDS = 8  # a peer's burst: what comes in so many seconds
OF_ONE_CALLER = 5  # a caller gets one in so many of a peer's calls a second
CALLER_BURST = 10
MOST_UNASKED = 100  # calls that ring and of whom nobody has asked: there is always room for customers beside them
MOST_TURNED_AWAY = 4_000  # of whom it is known, for their CANCEL
_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Doors:
    """Whom the flood control needs: how many calls ring, who takes one in, and who reads the caller's number."""

    ringing: Callable[[], int]
    let_in: Callable[[Request, Address, float], None]
    number_of: Callable[[Request, Address], str]
    to_tag: Callable[[Headers], str]


class Flood:
    """Stands before the calls that ring; retransmissions and legs of those never come here."""

    def __init__(self, settings: SipSettings, doors: Doors, outbox: Outbox, refusals: Refusals) -> None:
        self._doors, self._outbox, self._refusals = doors, outbox, refusals
        self._transport = settings.transport
        calls_per_second = settings.calls_per_second
        per_caller = calls_per_second / OF_ONE_CALLER
        self._peers = Buckets(BURST_SECONDS * calls_per_second, calls_per_second)
        self._callers = Buckets(max(CALLER_BURST, 2 * calls_per_second), per_caller)
        self._customers = Buckets(max(CALLER_BURST, 2 * calls_per_second), per_caller)
        self._room = WaitingRoom()
        self._turned_away: dict[int, None] = {}  # hashes of transactions, as a set that keeps its order

    def receive(self, request: Request, peer: Address, now: float) -> None:
        """A new call."""
        key = transaction_key(request)
        if key in self._room:
            return
        if hash(key) in self._turned_away:
            self._say_trying(request, peer)
            return
        caller = _caller_key(request)
        if self._has_room(peer[0], caller, now):
            self._peers.take(peer[0], now)
            self._callers.take(caller, now)
            self._doors.let_in(request, peer, now)
            return
        number = self._doors.number_of(request, peer)
        if number and self._room.has_room_for(number):
            left = self._room.add(key, Waiting(request, peer, number), now)
            if left is not None:  # unanswered: the PBX will send it again
                self._refusals.note(NotOfferedBecause.FLOOD, left.peer[0], now)
            self._ask(now)
        else:
            self._turn_away(request, peer, now)

    def lets_in(self, invite: PlainInvite, host: str, now: float) -> bool:
        """Whether `receive` will let this one in at once."""
        key = invite.key
        is_known = key in self._room or hash(key) in self._turned_away
        return not is_known and self._has_room(host, invite.caller[:_LONGEST_KEY], now)

    def take_answer(self, asked: Iterable[str], customers: set[str], now: float) -> None:
        """Of the numbers that were asked for, `customers` belong to some: they ring however late that is known."""
        numbers = tuple(asked)
        for one in self._room.answered_late(numbers):
            if self._may_ring(one, customers, now):
                self._let_in_late(one, now)
        for one in self._room.answered(numbers, now):
            if self._may_ring(one, customers, now):
                self._let_in(one, now)
            else:
                self._turn_away(one.request, one.peer, now)
        self._ask(now)

    def cancel(self, request: Request, peer: Address, now: float) -> bool:
        """End what was not shown: 200 to the CANCEL, 487 to its INVITE. False if no such call has come lately."""
        key, invite = transaction_key(request), _of_invite(request)
        self._room.forget(key)
        if key in self._room:
            invite = self._room.leave(key).request.headers
            self._refusals.note(NotOfferedBecause.FLOOD, peer[0], now)
            self._remember(key)
        elif hash(key) not in self._turned_away:
            return False
        tag, destination = self._doors.to_tag(request.headers), response_destination(request.via, peer, self._transport)
        for status, headers in ((200, request.headers), (487, invite)):
            self._outbox.send(compose_response(status, headers, peer, tag), destination)
        return True

    def get_timer(self) -> float | None:
        return self._room.get_timer()

    def handle_timer(self, now: float) -> None:
        """Ask, or go on without an answer."""
        if asked := self._room.unanswered(now):
            for one in self._room.give_up(asked, now):
                self._turn_away(one.request, one.peer, now)
        self._ask(now)

    def _may_ring(self, one: Waiting, customers: set[str], now: float) -> bool:
        if one.number not in customers or not self._customers.has(one.number, now):
            return False
        self._customers.take(one.number, now)
        return True

    def _let_in_late(self, one: Waiting, now: float) -> None:
        """It was turned away meanwhile, or its proxy has sent it once more and that waits."""
        key = transaction_key(one.request)
        self._turned_away.pop(hash(key), None)
        if key in self._room:
            self._room.leave(key)
        self._let_in(one, now)

    def _let_in(self, one: Waiting, now: float) -> None:
        """What is wrong with a request may show only now."""
        try:
            self._doors.let_in(one.request, one.peer, now)
        except PeerError as error:
            log.debug("dropped a call from %s: %s", one.peer[0], error)
            self._refusals.note(NotOfferedBecause.MALFORMED, one.peer[0], now)

    def _has_room(self, host: str, caller: str, now: float) -> bool:
        is_calm = self._doors.ringing() < MOST_UNASKED
        return is_calm and self._peers.has(host, now) and self._callers.has(caller, now)

    def _ask(self, now: float) -> None:
        if numbers := self._room.question(now):
            self._outbox.events.append(Asked(numbers))

    def _turn_away(self, request: Request, peer: Address, now: float) -> None:
        self._refusals.note(NotOfferedBecause.FLOOD, peer[0], now)
        if len(request.headers.all("via")) > 1:
            return  # a CANCEL has one Via (section 9.1), and the 487 would have to have all: let its proxy ask again
        self._remember(transaction_key(request))
        self._say_trying(request, peer)

    def _say_trying(self, request: Request, peer: Address) -> None:
        trying = compose_response(100, request.headers, peer, "")
        self._outbox.send(trying, response_destination(request.via, peer, self._transport))

    def _remember(self, key: Key) -> None:
        """Beyond the bound the first is forgotten: its CANCEL gets 481, and the PBX ends it by itself (section 9.1)."""
        self._turned_away[hash(key)] = None
        if len(self._turned_away) > MOST_TURNED_AWAY:
            del self._turned_away[next(iter(self._turned_away))]


def _caller_key(request: Request) -> str:
    """Whose bucket it is: cheaper than who calls, and read before the answer leaves. All who withhold share one."""
    headers = request.headers
    said = headers.get("p-asserted-identity") or headers.get("remote-party-id") or request.sender.uri.user
    return said[:_LONGEST_KEY]


def _of_invite(cancel: Request) -> Headers:
    """The INVITE's own header fields, as far as an answer needs them: RFC 3261 section 9.1 has them copied."""
    kept = tuple((name, value) for name, value in cancel.headers.fields if name != "cseq")
    return Headers((*kept, ("cseq", f"{cancel.cseq} INVITE")))
