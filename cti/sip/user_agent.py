"""A SIP user agent that only listens: datagrams in, datagrams and facts out. No socket and no clock here.

The shell calls `receive_datagram` and `handle_timer`, then sends `datagrams_to_send()`, reports every `next_event()`
and calls `handle_timer` again at `get_timer()`. Times are seconds of any steady clock. No datagram makes it raise.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable
from functools import partial
from random import Random
from typing import Protocol

from cti.address import Address
from cti.caller_words import direction_of
from cti.errors import PeerError
from cti.events import Caller, NotOfferedBecause
from cti.sip.answers import answer_request, unsupported_extensions
from cti.sip.caller import read_caller, read_claim
from cti.sip.compose import REASONS, Fields, compose_response, contact
from cti.sip.dialled import read_dialled, read_diverted_from, read_linked_id
from cti.sip.dialog import AgentEvent, Offered
from cti.sip.flood import Doors, Flood
from cti.sip.headers import Headers, Via
from cti.sip.in_dialog import InDialog
from cti.sip.live_calls import LiveCalls, Ringing
from cti.sip.message import Request, Response, Split, parse_request, parse_response, split_message
from cti.sip.neighbours import new_contact_user
from cti.sip.outbox import Outbox
from cti.sip.peers import Peers
from cti.sip.plain_invite import read_plain_invite
from cti.sip.refusals import Refusals
from cti.sip.register_request import Binding
from cti.sip.registration import Registration
from cti.sip.response_route import response_destination
from cti.sip.settings import SipSettings
from cti.sip.stream import is_stun
from cti.sip.transaction import has_cookie

log = logging.getLogger(__name__)

_INVITE = b"INVITE "

Begin = Callable[[Request, Address, float], None]


class Timed(Protocol):
    """A part of the agent that wants to be called at times."""

    def get_timer(self) -> float | None:
        """When, None for never."""

    def handle_timer(self, now: float) -> None:
        """Do what is due."""


class UserAgent:
    """One listener: registers if told to, offers the calls of its peers, is silent to everybody else."""

    def __init__(self, settings: SipSettings, random: Random) -> None:
        self._settings = settings
        self._tag_key = random.getrandbits(128).to_bytes(16, "big")
        self.contact_user = new_contact_user(random)
        self._outbox = Outbox()
        self._peers = Peers()
        self._put_off: tuple[bytes, Address, float, bytes] | None = None
        domain = settings.server or "invalid"
        binding = Binding(settings.username, domain, self.contact_user, settings.answer, settings.transport)
        self._registration = Registration(binding, random, self._outbox)
        self._refusals = Refusals(self._outbox.events.append)
        ringing = Ringing(settings.answer, settings.transport, self._contact, self._to_tag)
        self._calls = LiveCalls(ringing, self._outbox, self._refusals)
        self._in_dialog = InDialog(self._calls, settings.identity, self._contact, random)
        doors = Doors(self._calls.__len__, self._let_in, self._number_of, self._to_tag)
        self._flood = Flood(settings, doors, self._outbox, self._refusals)

    def set_peers(self, addresses: Iterable[str]) -> None:
        """Accept INVITEs from these addresses only, and trust what they assert about a caller."""
        self._peers.set(addresses)

    def trusts(self, host: str) -> bool:
        return self._peers.trusts(host)

    def set_route(self, local: Address, registrar: Address) -> None:
        """Say where we are reached and where the registrar is."""
        self._registration.local, self._registration.registrar = local, registrar

    def start_registration(self, secret: str, now: float) -> None:
        self._registration.start(secret, now)

    def registrar_is_gone(self, now: float) -> None:
        """Nobody listens at its port just now."""
        self._registration.registrar_is_gone(now)

    def stop_registration(self, now: float) -> None:
        self._registration.stop(now)

    @property
    def is_unregistered(self) -> bool:
        return self._registration.is_off

    def admit_once(self, call_id: str) -> None:
        """Let one INVITE with this Call-ID in from this machine itself; it is offered as a test."""
        self._peers.admit_once(call_id)

    def receive_datagram(self, data: bytes, peer: Address, now: float) -> None:
        """Take whatever the network brings; a plain INVITE is answered first and understood afterwards."""
        self._catch_up()
        early = self._answer_early(data, peer, now)
        if early is None:
            self._receive(data, peer, now)
        else:
            self._outbox.send(early, peer)
            self._put_off = data, peer, now, early

    def _answer_early(self, data: bytes, peer: Address, now: float) -> bytes | None:
        """The answer that `_receive` would give, None for all that takes understanding."""
        invite = read_plain_invite(data) if self._peers.trusts(peer[0]) else None
        if invite is None or self._is_for_somebody_else(invite.user):
            return None
        is_taken = self._calls.takes(invite) and self._flood.lets_in(invite, peer[0], now)
        return self._calls.answer_early(invite, peer) if is_taken else None

    def _catch_up(self) -> None:
        """Understand what has been answered: the same answer comes again, and does not leave twice."""
        if self._put_off is None:
            return
        (data, peer, now, early), self._put_off = self._put_off, None
        sent = self._outbox.datagrams
        before = len(sent)
        self._receive(data, peer, now)
        if sent[before:] == [(early, peer)]:
            del sent[before:]
        else:
            log.error("%s: an early answer was not the right one", peer[0])

    def _receive(self, data: bytes, peer: Address, now: float) -> None:
        """Strangers are dropped, malformed requests answered if they can be."""
        if is_stun(data) or not data.strip(b"\r\n\0 "):
            return
        if not self._peers.may_be_heard(peer[0], self._registration.local[0]):
            if data.startswith(_INVITE):
                self.note_refused(NotOfferedBecause.STRANGER, peer[0], now)
            return
        try:
            split = split_message(data)
            if split.is_response:
                self._receive_response(parse_response(split), peer, now)
            else:
                self._receive_request_text(split, peer, now)
        except PeerError as error:
            log.debug("dropped a datagram from %s: %s", peer[0], error)
            if data.startswith(_INVITE) and self._peers.trusts(peer[0]):
                self._refusals.note(NotOfferedBecause.MALFORMED, peer[0], now)

    def note_refused(self, because: NotOfferedBecause, host: str, now: float) -> None:
        """Somebody has called, or may have, and was not heard."""
        self._refusals.note(because, host, now)

    def take_answer(self, asked: Iterable[str], customers: set[str], now: float) -> None:
        """Of the numbers that an `Asked` asked for, `customers` are some customer's."""
        self._flood.take_answer(asked, customers, now)

    def tell_rest(self) -> None:
        """Tell what is only counted as yet: nothing more will come."""
        self._refusals.tell_rest()

    def datagrams_to_send(self) -> list[tuple[bytes, Address]]:
        return self._outbox.take_datagrams()

    def next_event(self) -> AgentEvent | None:
        self._catch_up()
        return self._outbox.take_event()

    def get_timer(self) -> float | None:
        self._catch_up()
        times = (part.get_timer() for part in self._parts())
        return min((at for at in times if at is not None), default=None)

    def handle_timer(self, now: float) -> None:
        self._catch_up()
        for part in self._parts():
            part.handle_timer(now)

    def _parts(self) -> tuple[Timed, ...]:
        return self._registration, self._calls, self._flood, self._refusals

    def _receive_response(self, response: Response, peer: Address, now: float) -> None:
        self._registration.receive(response, peer, now)

    def _receive_request_text(self, split: Split, peer: Address, now: float) -> None:
        try:
            request = parse_request(split)
        except PeerError as error:
            self._answer_malformed(split, error, peer)
            raise
        self._take_request(request, peer, now)

    def _take_request(self, request: Request, peer: Address, now: float) -> None:
        is_test = self._peers.admits(request)
        if not is_test and not self._peers.trusts(peer[0]):
            if request.method == "INVITE":
                self.note_refused(NotOfferedBecause.STRANGER, peer[0], now)
        elif request.method == "INVITE":
            self._receive_invite(request, peer, now, self._let_in_test if is_test else self._flood.receive)
        elif request.method == "CANCEL":
            self._receive_cancel(request, peer, now)
        elif request.method == "ACK":
            self._calls.receive_ack(request, now)
        else:
            answer = self._in_dialog.receive(request, now) or answer_request(request, self._contact())
            self._answer(request.headers, request.via, peer, answer)

    def _answer_malformed(self, split: Split, error: PeerError, peer: Address) -> None:
        """Answer to where it came from: the Via may be what is broken."""
        is_answerable = split.headers.get("via") and split.start_line.partition(" ")[0] != "ACK"
        if error.status in REASONS and is_answerable and self._peers.trusts(peer[0]):
            tag = self._to_tag(split.headers)
            self._outbox.send(compose_response(error.status, split.headers, peer, tag), peer)

    def _receive_invite(self, request: Request, peer: Address, now: float, begin: Begin) -> None:
        """`begin` takes a new call; what belongs to one that we have joins it."""
        if self._calls.repeat(request):
            return
        if self._is_for_somebody_else(request.target.user):
            self._refusals.note(NotOfferedBecause.WRONG_CONTACT, peer[0], now)
        elif (answer := self._in_dialog.receive(request, now)) is not None:
            self._answer(request.headers, request.via, peer, answer)
        elif _is_in_dialog(request):
            self._refusals.note(NotOfferedBecause.IN_DIALOG, peer[0], now)
            self._answer(request.headers, request.via, peer, (481, []))
        elif not request.target.is_telephony:
            self._refusals.note(NotOfferedBecause.NOT_TELEPHONY, peer[0], now)
            self._answer(request.headers, request.via, peer, (416, []))
        elif self._calls.has(request):
            self._let_in(request, peer, now)
        else:
            begin(request, peer, now)

    def _let_in(self, request: Request, peer: Address, now: float) -> None:
        self._ring(request, peer, now, partial(self._offer, request, peer, is_test=False))

    def _let_in_test(self, request: Request, peer: Address, now: float) -> None:
        self._ring(request, peer, now, partial(self._offer, request, peer, is_test=True))

    def _ring(self, request: Request, peer: Address, now: float, offer: "partial[Offered]") -> None:
        if unsupported := unsupported_extensions(request):
            self._calls.refuse(request, peer, now, offer, unsupported)
        else:
            self._calls.ring(request, peer, now, offer)

    def _receive_cancel(self, request: Request, peer: Address, now: float) -> None:
        leg = self._calls.find(request)
        if leg is None:
            if not self._flood.cancel(request, peer, now):
                self._answer(request.headers, request.via, peer, (481, []))
            return
        response = compose_response(200, request.headers, peer, self._to_tag(leg.request.headers))
        self._outbox.send(response, response_destination(request.via, peer, self._settings.transport))
        self._calls.cancel(request, now)

    def _is_for_somebody_else(self, user: str) -> bool:
        """Only the registrar knows our Contact user: whoever calls another one has scanned for us."""
        is_checked = self._settings.register and self._settings.check_contact
        return is_checked and user != self.contact_user

    def _caller_of(self, request: Request, peer: Address) -> Caller:
        read = read_caller if self._peers.trusts(peer[0]) else read_claim
        return read(request, self._settings.identity)

    def _number_of(self, request: Request, peer: Address) -> str:
        return self._caller_of(request, peer).number

    def _offer(self, request: Request, peer: Address, call_id: str, *, is_test: bool) -> Offered:
        caller = self._caller_of(request, peer)
        return Offered(
            call_id,
            caller,
            read_dialled(request, self._settings.dialled_from, (self.contact_user, self._settings.username)),
            read_diverted_from(request),
            read_linked_id(request, self._settings.linked_header),
            direction_of(caller),
            is_test,
        )

    def _answer(self, headers: Headers, via: Via, peer: Address, answer: tuple[int, Fields]) -> None:
        """Answer statelessly: the same request gets the same bytes again (RFC 3261 section 8.2.7)."""
        response = compose_response(answer[0], headers, peer, self._to_tag(headers), answer[1])
        self._outbox.send(response, response_destination(via, peer, self._settings.transport))

    def _contact(self) -> str:
        return contact(self.contact_user, self._registration.local, self._settings.transport)

    def _to_tag(self, headers: Headers) -> str:
        """The same tag for every response to one call, without remembering it."""
        text = f"{headers.get('call-id')}\n{headers.get('from')}".encode("utf-8", "surrogateescape")
        return hashlib.blake2s(text, key=self._tag_key, digest_size=8).hexdigest()


def _is_in_dialog(request: Request) -> bool:
    """A re-INVITE of a dialog (RFC 3261 section 12.2.2) that we do not have.

    A peer of RFC 2543 may send a first INVITE with a To tag: RFC 4475 section 3.1.1.1 wants it accepted.
    """
    return bool(request.to.tag) and has_cookie(request)
