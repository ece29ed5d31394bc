"""Watches a desk phone by its dialog events: no second contact, so that nobody's phone rings otherwise than before.

No socket and no clock here, as in `UserAgent`, which answers everything that is no NOTIFY of ours: OPTIONS, test calls.
A NOTIFY counts only from a peer of ours and only within our own subscription; any other gets 481.
"""

import logging
from collections.abc import Iterable
from functools import partial
from random import Random

from cti.address import Address
from cti.errors import PeerError
from cti.events import Danger, NotOfferedBecause
from cti.sip.caller import read_party
from cti.sip.compose import compose_response
from cti.sip.dialog import AgentEvent, Endangered
from cti.sip.dialog_info import CONTENT_TYPE, parse_dialog_info
from cti.sip.message import Request, parse_request, parse_response, split_message
from cti.sip.outbox import Outbox
from cti.sip.peers import Peers
from cti.sip.response_route import response_destination
from cti.sip.settings import SipDialogSettings
from cti.sip.subscribe_request import Watch
from cti.sip.subscription import Subscription
from cti.sip.user_agent import UserAgent
from cti.sip.watched_phone import Gap, WatchedPhone

log = logging.getLogger(__name__)


class DialogWatcher:
    """Subscribes to the phone of `settings.watch` and tells its calls."""

    def __init__(self, settings: SipDialogSettings, random: Random) -> None:
        self._others = UserAgent(settings.account, random)
        self.contact_user = self._others.contact_user
        self._peers = Peers()
        self._outbox = Outbox()
        extension, _, domain = settings.watch.partition("@")
        watched = f"sip:{extension}@{domain or settings.server}"
        username = settings.account.username
        watch = Watch(watched, f"sip:{username}@{settings.server}", username, self.contact_user, settings.transport)
        self._subscription = Subscription(watch, random, self._outbox)
        self._phone = WatchedPhone(settings.watch, random, self._outbox.events.append)
        self._heard_in = ""
        self._warned: tuple[tuple[Danger, str], ...] = ()

    def set_peers(self, addresses: Iterable[str]) -> None:
        trusted = list(addresses)
        self._peers.set(trusted)
        self._others.set_peers(trusted)

    def trusts(self, host: str) -> bool:
        return self._peers.trusts(host)

    def set_route(self, local: Address, registrar: Address) -> None:
        self._subscription.local, self._subscription.registrar = local, registrar
        self._others.set_route(local, registrar)

    def start_registration(self, secret: str, now: float) -> None:
        self._subscription.start(secret, now)

    def registrar_is_gone(self, now: float) -> None:
        self._subscription.registrar_is_gone(now)

    def stop_registration(self, now: float) -> None:
        self._subscription.stop(now)

    @property
    def is_unregistered(self) -> bool:
        return self._subscription.is_off

    def admit_once(self, call_id: str) -> None:
        self._others.admit_once(call_id)

    def receive_datagram(self, data: bytes, peer: Address, now: float) -> None:
        if not self._peers.trusts(peer[0]) or not self._is_taken(data, peer, now):
            self._others.receive_datagram(data, peer, now)
        self._warn()

    def note_refused(self, because: NotOfferedBecause, host: str, now: float) -> None:
        self._others.note_refused(because, host, now)

    def take_answer(self, asked: Iterable[str], customers: set[str], now: float) -> None:
        self._others.take_answer(asked, customers, now)

    def datagrams_to_send(self) -> list[tuple[bytes, Address]]:
        return [*self._outbox.take_datagrams(), *self._others.datagrams_to_send()]

    def next_event(self) -> AgentEvent | None:
        return self._outbox.take_event() or self._others.next_event()

    def get_timer(self) -> float | None:
        times = (part.get_timer() for part in (self._subscription, self._phone, self._others))
        return min((at for at in times if at is not None), default=None)

    def handle_timer(self, now: float) -> None:
        for part in (self._subscription, self._phone, self._others):
            part.handle_timer(now)
        self._warn()

    def _is_taken(self, data: bytes, peer: Address, now: float) -> bool:
        """Take what belongs to our subscription; whatever is broken is answered as elsewhere."""
        try:
            split = split_message(data)
            if split.is_response:
                self._subscription.receive(parse_response(split), peer, now)
                return True
            notify = parse_request(split)
        except PeerError:
            return False
        if notify.method != "NOTIFY" or not self._subscription.owns(notify):
            return False
        status = self._status_of(notify, now)
        extra = [("Accept", CONTENT_TYPE)] if status == 415 else []
        response = compose_response(status, notify.headers, peer, "", extra)
        self._outbox.send(response, response_destination(notify.via, peer, self._subscription.watch.transport))
        return True

    def _status_of(self, notify: Request, now: float) -> int:
        try:
            if self._subscription.hear(notify, now) and notify.body:
                self._hear(notify, now)
        except PeerError as error:
            log.debug("a NOTIFY refused: %s", error)
            return error.status or 400
        return 200

    def _hear(self, notify: Request, now: float) -> None:
        content_type = (notify.headers.get("content-type") or "").partition(";")[0].strip().lower()
        if content_type != CONTENT_TYPE:
            raise PeerError("not a dialog-info", 415)
        if notify.call_id != self._heard_in:
            self._heard_in = notify.call_id
            self._phone.begin()
        match self._phone.hear(parse_dialog_info(notify.body), partial(read_party, notify), now):
            case Gap.MISSED:
                self._subscription.refresh(now)
            case Gap.STALE:
                self._subscription.renew(now)

    def _warn(self) -> None:
        """Say the dangers when they have changed."""
        dangers = []
        if self._subscription.no_events:
            dangers.append((Danger.NO_DIALOG_EVENTS, self._subscription.no_events))
        if self._phone.is_unnamed:
            dangers.append((Danger.NO_IDENTITY, ""))
        if tuple(dangers) != self._warned:
            self._warned = tuple(dangers)
            self._outbox.events.append(Endangered(self._warned))
