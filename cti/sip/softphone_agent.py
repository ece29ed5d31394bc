"""A user agent that can answer and call: the listener's, with the calls that are talked in here. No socket, no clock.

It answers and calls only when the operator says so, and never by itself.
"""

import math
from random import Random

from cti.address import Address
from cti.errors import PeerError
from cti.events import Caller, Direction
from cti.sip.answered_calls import AnsweredCalls, Place
from cti.sip.answered_dialog import AnsweredDialog, Ours
from cti.sip.dialog import Call, CallInput, CallState, Offered
from cti.sip.dialog_ends import DialogEnds
from cti.sip.handing_on import user_part
from cti.sip.login import Login
from cti.sip.message import Request, Response
from cti.sip.own_request import WayOut
from cti.sip.placed_call import PlacedCall
from cti.sip.settings import SipSettings
from cti.sip.user_agent import Timed, UserAgent
from cti.wire_id import call_identity

BUSY, NOT_ACCEPTABLE = 486, 488


class SoftphoneAgent(UserAgent):
    """`answer`, `decline`, `dial` and what `talk` gives are for the operator's orders; all else is the listener's."""

    def __init__(self, settings: SipSettings, random: Random) -> None:
        super().__init__(settings, random)
        self._random = random
        self._talks = AnsweredCalls()
        self._login = Login(settings.username, random)

    def start_registration(self, secret: str, now: float) -> None:
        self._login.use(secret)
        super().start_registration(secret, now)

    @property
    def is_at_rest(self) -> bool:
        """Whether no BYE of ours waits for its answer."""
        return self._talks.is_at_rest

    def rings(self, call_id: str) -> Address | None:
        """Where the INVITE of a call that can be answered came from; None if none can."""
        self._catch_up()
        found = self._calls.ringing(call_id) if self._talks.has_room else None
        return None if found is None else found[1].source

    def answer(self, call_id: str, place: Place, now: float) -> int:
        """Answer a call that rings: 200, or the status that it was refused with."""
        self._catch_up()
        found = self._calls.ringing(call_id)
        if found is None:
            return 481
        call, leg = found
        way = self._way_to(leg.destination)
        ours = self._ours(self._to_tag(leg.request.headers), way)
        try:
            self._talks.answer(call, leg, place, ours, now)
        except PeerError as error:
            status = error.status if error.status in {400, 415} else NOT_ACCEPTABLE
            self._calls.refuse_call(call, status, CallInput.GIVE_UP, now)
            return status
        self._calls.answered(call, self._settings.watch, now)
        return 200

    def decline(self, call_id: str, now: float) -> bool:
        """Let a call that rings ring on elsewhere, and not here."""
        self._catch_up()
        found = self._calls.ringing(call_id)
        if found is not None:
            self._calls.refuse_call(found[0], BUSY, CallInput.DECLINE, now)
        return found is not None

    def dial(self, number: str, place: Place, now: float) -> str:
        """Call this number through our registrar; the call's name. It is told as offered, going out."""
        tag, call_id = f"{self._random.getrandbits(64):016x}", f"{self._random.getrandbits(128):032x}"
        me, server = self._settings.username, self._settings.server
        target = f"sip:{user_part(number)}@{server}"
        ends = DialogEnds(call_id, f"<sip:{me}@{server}>;tag={tag}", f"<{target}>", target)
        name = call_identity(call_id, tag, "")
        self._outbox.events.append(Offered(name, Caller(number, ""), "", "", "", Direction.OUT, is_test=False))
        call = Call((call_id, tag), name, math.inf, CallState.ANSWERED)
        self._talks.place(call, ends, place, self._ours(tag, self._way_to(self.registrar)), now)
        return name

    @property
    def registrar(self) -> Address:
        """Where our calls go out."""
        return self._registration.registrar

    def placed(self, call_id: str) -> PlacedCall | None:
        """A call that we place, until it is answered."""
        return self._talks.placed(call_id)

    def talk(self, call_id: str) -> AnsweredDialog | None:
        """A call that is talked in: to hang up, hold, resume."""
        return self._talks.find(call_id)

    def hang_up_all(self, now: float) -> None:
        self._talks.hang_up_all(now)

    def _take_request(self, request: Request, peer: Address, now: float) -> None:
        if not (self._peers.trusts(peer[0]) and self._talks.receive(request, peer, now)):
            super()._take_request(request, peer, now)

    def _receive_response(self, response: Response, peer: Address, now: float) -> None:
        if not self._talks.receive_response(response, now):
            super()._receive_response(response, peer, now)

    def _parts(self) -> tuple[Timed, ...]:
        return *super()._parts(), self._talks

    def _ours(self, tag: str, way: WayOut) -> Ours:
        return Ours(tag, self._contact, way, self._settings.identity, self._settings.watch)

    def _way_to(self, peer: Address) -> WayOut:
        transport = self._settings.transport
        return WayOut(self._outbox, self._random, transport, self._registration.local, peer, self._login)
