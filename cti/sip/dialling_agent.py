"""An agent that also places calls for the operator's own telephone; whatever is not of those is the inner agent's.

No socket and no clock. As long as no call of ours is under way, no message is looked at here.
"""

from collections.abc import Iterable
from random import Random
from urllib.parse import quote

from cti.address import Address
from cti.errors import PeerError
from cti.events import Direction, EndCause, NotOfferedBecause
from cti.sip.agent import Agent
from cti.sip.compose import contact
from cti.sip.desk_phone_call import DeskPhoneCall, Stage, Wanted
from cti.sip.dialog import AgentEvent, Answered, Ended, Offered
from cti.sip.dialog_ends import DialogEnds
from cti.sip.login import Login
from cti.sip.message import parse_request, parse_response, split_message
from cti.sip.outbox import Outbox
from cti.sip.own_request import WayOut
from cti.sip.settings import SipSettings

MOST = 4  # calls at once
MOST_NAMES = 16  # of calls that we have let go, for what the own telephone tells of them


class DiallingAgent:
    """`account` calls `account.desk_phone`, through the PBX that `agent` hears."""

    def __init__(self, agent: Agent, account: SipSettings, random: Random) -> None:
        self._agent, self._account, self._random = agent, account, random
        self.contact_user = agent.contact_user
        self._login = Login(account.username, random)
        self._outbox = Outbox()
        self._local: Address = ("", 0)
        self._registrar: Address = ("", 0)
        self._calls: dict[str, DeskPhoneCall] = {}
        self._let_go: dict[str, bool] = {}  # by name, whether it was answered
        self._rings: dict[str, str] = {}  # calls that the inner agent tells of: the own telephone that rings for ours

    def dial(self, number: str, now: float) -> DeskPhoneCall | None:
        """Let the telephone ring, and then call this number; None while there is no room or no way."""
        if len(self._calls) >= MOST or not self._registrar[0]:
            return None
        account, random = self._account, self._random
        tag, call_id = f"{random.getrandbits(64):016x}", f"{random.getrandbits(128):032x}"
        extension, _, domain = account.desk_phone.partition("@")
        phone = f"sip:{_user_part(extension)}@{domain or account.server}"
        me = f"<sip:{account.username}@{domain or account.server}>;tag={tag}"
        wanted = Wanted(number, f"sip:{_user_part(number)}@{domain or account.server}", extension)
        way = WayOut(self._outbox, random, account.transport, self._local, self._registrar, self._login)
        here = contact(self.contact_user, self._local, account.transport)
        call = DeskPhoneCall(wanted, DialogEnds(call_id, me, f"<{phone}>", phone), way, here)
        self._calls[call_id] = call
        call.start(now)
        return call

    def hang_up(self, name: str, now: float) -> None:
        if (call := self._calls.get(name)) is not None:
            call.hang_up(now)

    @property
    def stages(self) -> dict[str, Stage]:
        """Of the calls that we have placed; those that are talked are let go."""
        gone = dict.fromkeys(self._let_go, Stage.LET_GO)
        return gone | {name: call.stage for name, call in self._calls.items() if call.stage is not Stage.OVER}

    def set_peers(self, addresses: Iterable[str]) -> None:
        self._agent.set_peers(addresses)

    def trusts(self, host: str) -> bool:
        return self._agent.trusts(host)

    def set_route(self, local: Address, registrar: Address) -> None:
        self._local, self._registrar = local, registrar
        self._agent.set_route(local, registrar)

    def start_registration(self, secret: str, now: float) -> None:
        self._login.use(secret)
        self._agent.start_registration(secret, now)

    def registrar_is_gone(self, now: float) -> None:
        self._agent.registrar_is_gone(now)

    def stop_registration(self, now: float) -> None:
        """No telephone goes on ringing for a program that has left."""
        for call in self._calls.values():
            call.hang_up(now)
        self._agent.stop_registration(now)

    @property
    def is_unregistered(self) -> bool:
        return self._agent.is_unregistered and all(call.is_settled for call in self._calls.values())

    def admit_once(self, call_id: str) -> None:
        self._agent.admit_once(call_id)

    def receive_datagram(self, data: bytes, peer: Address, now: float) -> None:
        if not (self._calls and self._agent.trusts(peer[0]) and self._is_taken(data, peer, now)):
            self._agent.receive_datagram(data, peer, now)

    def note_refused(self, because: NotOfferedBecause, host: str, now: float) -> None:
        self._agent.note_refused(because, host, now)

    def take_answer(self, asked: Iterable[str], customers: set[str], now: float) -> None:
        self._agent.take_answer(asked, customers, now)

    def datagrams_to_send(self) -> list[tuple[bytes, Address]]:
        return [*self._outbox.take_datagrams(), *self._agent.datagrams_to_send()]

    def next_event(self) -> AgentEvent | None:
        if (event := self._outbox.take_event()) is not None:
            return event
        event = self._agent.next_event()
        if self._calls or self._rings:
            self._follow(event)
        return event

    def get_timer(self) -> float | None:
        times = [self._agent.get_timer(), *(call.get_timer() for call in self._calls.values())]
        return min((at for at in times if at is not None), default=None)

    def handle_timer(self, now: float) -> None:
        for name, call in list(self._calls.items()):
            call.handle_timer(now)
            if call.can_be_forgotten(now):
                del self._calls[name]
        self._agent.handle_timer(now)

    def _is_taken(self, data: bytes, peer: Address, now: float) -> bool:
        """Take what is of a call of ours; whatever is broken is the inner agent's to answer."""
        try:
            split = split_message(data)
            if split.is_response:
                response = parse_response(split)
                if (call := self._calls.get(response.call_id)) is not None:
                    call.receive_response(response, now)
            else:
                request = parse_request(split)
                call = self._calls.get(request.call_id)
                if call is None or not call.owns(request):
                    return False
                call.receive(request, peer, now)
        except PeerError:
            return False
        if call is not None and call.stage is Stage.LEAVING:
            self._remember(call)
        return call is not None

    def _remember(self, call: DeskPhoneCall) -> None:
        self._let_go[call.name] = call.is_answered
        if len(self._let_go) > MOST_NAMES:
            del self._let_go[next(iter(self._let_go))]

    def _follow(self, event: AgentEvent | None) -> None:
        """Where the own telephone is watched, its end is the end of the call that we have let go."""
        match event:
            case Offered(call_id=ring, caller=caller, direction=direction) if direction is not Direction.OUT:
                rings = [one.name for one in self._calls.values() if one.stage in {Stage.ASKING, Stage.RINGING}]
                if rings and caller.number == self._account.username:
                    self._rings[ring] = rings[-1]
            case Answered(call_id=ring, by=None):
                self._rings.pop(ring, None)  # of whoever lifted it nothing more is told
            case Ended(call_id=ring, why=why) if ring in self._rings:
                name = self._rings.pop(ring)
                if why is EndCause.HUNG_UP:
                    self._end(name)

    def _end(self, name: str) -> None:
        call = self._calls.get(name)
        is_answered = self._let_go.pop(name, False) or (call is not None and call.is_answered)
        self._outbox.events.append(Ended(name, EndCause.HUNG_UP if is_answered else EndCause.CANCELLED))


def _user_part(number: str) -> str:
    """Of a SIP URI: "#" has another meaning there."""
    return quote(number, safe="*+")
