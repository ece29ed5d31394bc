"""REGISTER (RFC 3261 section 10): credentials, refresh, back-off without end, and leaving. No clock here.

Three rules. The state moves only as registration_state.py says. Credentials go out only in answer to a challenge to our
own pending REGISTER; refused twice, they rest for ten minutes or until the secret changes: no ban may hit the office.
No other phone loses its place to us: before each REGISTER we ask who is there, and after it whether they still are.
"""

from dataclasses import dataclass, field
from random import Random

from cti.address import Address, host_port
from cti.back_off import REFUSED_REST, REFUSED_TRIES, BackOff
from cti.events import Danger, SourceState
from cti.sip.compose import Fields
from cti.sip.expiry import Expiry
from cti.sip.final_response import status_line
from cti.sip.keep_alive import KeepAlive
from cti.sip.login import Login
from cti.sip.message import Response
from cti.sip.neighbours import Neighbourhood, Neighbours, Ourselves, read_neighbours
from cti.sip.outbox import Outbox
from cti.sip.register_request import Binding, RegisterRequests
from cti.sip.registration_state import MOVES, Input, State
from cti.sip.said import Said
from cti.sip.settings import is_reliable
from cti.sip.transaction import ClientTransaction

REFRESH_AT = 0.8  # of what was granted
PATIENCE = 8.0  # seconds for one REGISTER: a PBX that comes back hears the next sending within four
FETCH_PATIENCE = 2.0  # seconds for one without a Contact: who does not know such a thing must not cost the registration
CHECK_PATIENCE = 6.0  # seconds for the question whether we are still there, as for OPTIONS
_PATIENCE = {State.FETCHING: FETCH_PATIENCE, State.VERIFYING: FETCH_PATIENCE, State.CHECKING: CHECK_PATIENCE}
_REFUSALS = {401, 403, 407}
_ASKING = {State.FETCHING, State.VERIFYING, State.CHECKING}
_STANDING = {State.REGISTERED, State.CHECKING}
_GIVEN_UP_EARLY = {State.FETCHING, State.TRYING, State.LEAVING}


@dataclass(slots=True)
class Registration:
    """Registers `binding` with the registrar and keeps it registered."""

    binding: Binding
    random: Random
    outbox: Outbox
    registrar: Address = ("", 0)
    local: Address = ("", 0)
    state: State = State.OFF
    _pending: ClientTransaction | None = None
    _expiry: Expiry = field(default_factory=Expiry)
    _refused: str = ""
    _retry_at: float | None = None
    _refresh_at: float = 0.0
    _bound_at: Address | None = None
    _was_away: bool = False
    _others: Neighbourhood = field(default_factory=Neighbourhood)
    _skips_fetch: bool = False
    _refused_fetches: int = 0
    _said: Said = field(init=False)
    _login: Login = field(init=False)
    _requests: RegisterRequests = field(init=False)
    _back_off: BackOff = field(init=False)
    _keep_alive: KeepAlive = field(init=False)

    def __post_init__(self) -> None:
        self._said = Said(self.outbox)
        self._login = Login(self.binding.username, self.random)
        self._requests = RegisterRequests(self.binding, self.random, self._login)
        self._back_off = BackOff(self.random)
        self._keep_alive = KeepAlive(self.random, self.outbox, self.binding.aor, self.binding.transport)

    def start(self, secret: str, now: float) -> None:
        """Register now and say how it goes, whatever came before: at the beginning, with a new secret or address.

        Where there is no room for us only a new secret means that somebody has changed something. Nor does anything
        else give a secret that is refused another try.
        """
        is_new = self._login.use(secret)
        if self.state is State.NO_ROOM and not is_new:
            self._said.again()
            return
        if is_new:
            self._back_off.start_anew()
            self._others.forget_full()
        else:
            self._back_off.start()
        if not self._back_off.has_refusal:
            self._refused_fetches, self._skips_fetch = 0, False
        self._said.begin()
        self._was_away = self._bound_at is not None
        self._requests.start()
        if now < self._back_off.rests_until:
            self._rest()
        else:
            self._begin(now)

    def registrar_is_gone(self, now: float) -> None:
        """Nobody listens at its port: it may have forgotten us when it is back, and hears nothing that waits."""
        if self.state in _STANDING:
            self._was_away = True
            self._begin_anew(now)
        elif self._pending and self._pending.is_overdue(now) and self.state in _GIVEN_UP_EARLY:
            self._pending = None
            self._fail(host_port(self.registrar), now)

    def stop(self, now: float) -> None:
        """Take the binding back; `is_off` tells when that is done or given up."""
        self._keep_alive.stop()
        self._retry_at = None
        after = self._move(Input.LEAVE)
        if after is not None:
            self._others.forget_us()
            self._said.dangers(())
        if after is State.LEAVING:
            self._send_first(now)

    @property
    def is_off(self) -> bool:
        """Whether nothing of ours is bound, or on its way."""
        return self.state in {State.OFF, State.NO_ROOM}

    def receive(self, response: Response, peer: Address, now: float) -> None:
        """Take a response; one that answers nothing of ours, or comes from somebody else, is dropped."""
        if peer[0] != self.registrar[0]:
            return
        if (was_prompt := self._keep_alive.receive(response, now)) is not None:
            if not was_prompt and self.state is State.REGISTERED:
                self._begin_anew(now)
            return
        if self._pending is None or not self._pending.matches(response) or response.call_id != self._requests.call_id:
            return
        self._pending.receive(response)
        if self._pending.is_over:
            is_late = self.state is State.CHECKING and self._pending.sendings > 1
            self._was_away = self._was_away or is_late
            self._pending = None
            self._conclude(response, now)

    def get_timer(self) -> float | None:
        pending = self._pending.get_timer() if self._pending else None
        times = [at for at in (pending, self._retry_at, self._keep_alive.get_timer()) if at is not None]
        return min(times, default=None)

    def handle_timer(self, now: float) -> None:
        self._handle_pending(now)
        if self._retry_at is not None and now >= self._retry_at:
            self._begin(now)
        if self._keep_alive.is_lost(now):
            self._be_lost(now)
        if self._keep_alive.is_due(now):
            self._check(now)

    def _handle_pending(self, now: float) -> None:
        if self._pending is None:
            return
        for data in self._pending.handle_timer(now):
            self.outbox.send(data, self.registrar)
        if self._pending.is_over:
            self._pending = None
            self._go_unanswered(now)

    def _go_unanswered(self, now: float) -> None:
        match self.state:
            case State.FETCHING:
                self._go_on(Input.FETCHED, now)
            case State.VERIFYING:
                self._withdraw(now)
            case State.CHECKING:
                self._be_lost(now)
            case _:
                self._fail(host_port(self.registrar), now)

    def _be_lost(self, now: float) -> None:
        self._was_away = True
        self._said.state(SourceState.UNREACHABLE, host_port(self.registrar))
        self._begin_anew(now)

    def _check(self, now: float) -> None:
        """Ask whether we are still registered, or at least whether anybody is there."""
        if self._keep_alive.may_ask_for_list and self._move(Input.CHECK) is State.CHECKING:
            self._keep_alive.stop()
            self._send_first(now)
        else:
            self._keep_alive.send(now, self.registrar, self.local)

    def _begin_anew(self, now: float) -> None:
        """The PBX may have been restarted and may have forgotten us."""
        self._others.forget_us()
        self._begin(now)

    def _begin(self, now: float) -> None:
        if self._move(Input.SEND) is not State.FETCHING:
            return
        self._keep_alive.stop()
        self._retry_at = None
        self._others.begin()
        if self._skips_fetch:
            self._move(Input.FETCHED)
        self._send_first(now)

    def _conclude(self, response: Response, now: float) -> None:
        status = response.status
        is_login = status in {401, 407} and self._login.answer(response)
        is_too_brief = status == 423 and self.state is State.TRYING
        if is_login or (is_too_brief and self._expiry.must_be_longer(response)):
            self._send(now)
            return
        match self.state:
            case State.FETCHING:
                self._be_told(response, now)
            case State.VERIFYING:
                self._judge(response, now)
            case State.CHECKING if status < 300:
                self._be_reminded(self._read(response), now)
            case State.CHECKING if status in _REFUSALS:
                self._be_refused_a_list(response, now)
            case _ if status < 300:
                self._be_granted(response, now)
            case _ if status in _REFUSALS:
                self._be_refused(response, now)
            case _:
                self._fail(status_line(response), now)

    def _be_told(self, response: Response, now: float) -> None:
        """The answer to our question who is registered; a PBX that refuses to tell is not asked again."""
        self._keep_alive.gives_lists = response.status < 300
        if response.status in _REFUSALS:
            self._be_refused_a_list(response, now)
            return
        if response.status < 300:
            self._refused_fetches = 0
            self._others.note_before(self._read(response))
        self._was_away = self._was_away and self._others.before.has_ours
        if self._others.is_displaced:
            self._stay_out(Input.DISPLACED)
        elif self._others.is_full:
            self._stay_out(Input.REFUSED)
            self._retry_at = now + REFUSED_REST
        elif not self._rebinds(now):
            self._go_on(Input.FETCHED, now)

    def _rebinds(self, now: float) -> bool:
        """Take back a binding that has outlived our absence.

        Asterisk calls no contact that left its OPTIONS unanswered, until the next: FreePBX sends one a minute.
        """
        was_away, self._was_away = self._was_away, False
        if was_away and not self._others.before.stale:
            self._go_on(Input.DOUBTED, now)
            return True
        return False

    def _be_refused_a_list(self, response: Response, now: float) -> None:
        self._skips_fetch = True
        self._refused_fetches += 1
        self._be_refused(response, now)

    def _be_reminded(self, listed: Neighbours, now: float) -> None:
        """Our place may have been taken meanwhile, or a PBX that was restarted in between has forgotten us."""
        if self._was_away:
            self._begin_anew(now)
        elif (
            listed.has_ours or listed.omotes
        ):  # another Omote in our place: the two would throw each other off for ever
            self._move(Input.GRANTED)
            self._keep_alive.start(now)
            if listed.has_ours:
                self._keep_alive.saw_us()
        else:
            self._keep_alive.missed_us()
            self._begin(now)

    def _be_granted(self, response: Response, now: float) -> None:
        self._back_off.reset()
        self._skips_fetch = self._refused_fetches >= REFUSED_TRIES
        if self.state is State.UNBINDING:
            self._go_on(Input.FETCHED, now)
        elif self.state is not State.TRYING:
            self._move(Input.GRANTED)
        elif not self._rebinds(now):
            self._be_bound(response, now)

    def _be_bound(self, response: Response, now: float) -> None:
        self._refresh_at = now + max(REFRESH_AT * self._expiry.granted(response, self.binding.contact_user), 1.0)
        self._others.note_after(self._read(response))
        self._bound_at = self.local
        if self._others.evicted:
            self._go_on(Input.MISSING, now)  # ask in the same way as before: some list the asker alone
        else:
            self._settle(now)

    def _judge(self, response: Response, now: float) -> None:
        if response.status < 300:
            self._others.note_after(self._read(response))
        if self._others.evicted:
            self._withdraw(now)
        else:
            self._settle(now)

    def _settle(self, now: float) -> None:
        self._move(Input.GRANTED)
        self._retry_at = self._refresh_at
        self._keep_alive.start(now)
        self._said.state(SourceState.REGISTERED, host_port(self.registrar))
        dangers = self._others.dangers(self.binding.answer)
        if dangers is not None:
            self._said.dangers(dangers)

    def _withdraw(self, now: float) -> None:
        """Our REGISTER has thrown a phone off, which is worth more than our pop: give the place back, and stay away."""
        self._others.forget_us()
        self._said.dangers(((Danger.EVICTED_PHONE, self._others.evicted),))
        self._said.state(SourceState.NO_ROOM, self._others.evicted)
        self._go_on(Input.EVICTED, now)

    def _read(self, response: Response) -> Neighbours:
        us = Ourselves(self.binding.contact_user, self.local, self._bound_at)
        return read_neighbours(response.headers, us)

    def _be_refused(self, response: Response, now: float) -> None:
        if self.state is State.TRYING and response.status == 403 and self._others.before.named:
            self._others.note_full()  # who may read the list but not be on it has the right password
            self._stay_out(Input.REFUSED)
            self._retry_at = now + REFUSED_REST
            return
        self._login.forget()
        rest = self._back_off.after_refusal(now)
        if rest < REFUSED_REST:
            self._wait(rest, now)
            return
        self._skips_fetch = self._refused_fetches >= REFUSED_TRIES
        self._refused = status_line(response)
        self._rest()

    def _rest(self) -> None:
        if self._move(Input.REFUSED) is State.REFUSED:
            self._retry_at = self._back_off.rests_until
            self._said.dangers(())
            self._said.state(SourceState.REFUSED, self._refused)

    def _stay_out(self, what: Input) -> None:
        """There is no room for us beside those who are listed."""
        self._move(what)
        self._said.dangers(())
        self._said.state(SourceState.NO_ROOM, self._others.before.named)

    def _fail(self, detail: str, now: float) -> None:
        if self._wait(self._back_off.after_failure(), now):
            self._said.state(SourceState.UNREACHABLE, detail)

    def _wait(self, rest: float, now: float) -> bool:
        self._others.forget_us()
        if self._move(Input.FAILED) is not State.WAITING:
            return False
        self._retry_at = now + rest
        return True

    def _go_on(self, what: Input, now: float) -> None:
        """The next request of the same registration."""
        self._move(what)
        self._send_first(now)

    def _send_first(self, now: float) -> None:
        """Send what the state asks for; it has not been challenged yet."""
        self._login.begin()
        self._expiry.begin()
        self._send(now)

    def _send(self, now: float) -> None:
        branch = f"z9hG4bK{self.random.getrandbits(96):024x}"
        data = self._requests.compose(branch, self.local, self._contacts())
        transport = self.binding.transport
        self._pending = ClientTransaction(
            data, self.registrar, branch, "REGISTER", now, self._patience, is_reliable=is_reliable(transport)
        )
        self.outbox.send(data, self.registrar)

    @property
    def _patience(self) -> float:
        longest = _PATIENCE.get(self.state, PATIENCE)
        return self._back_off.patience(longest) if is_reliable(self.binding.transport) else longest

    def _contacts(self) -> Fields:
        """None asks for the list (section 10.2.3). What a crash or a move of ours has left takes nobody's place."""
        if self.state in _ASKING:
            return []
        ours = self.binding.contact(self.local)
        if self.state is not State.TRYING:
            return [ours, ("Expires", "0")]
        left = [("Contact", f"<{uri}>;expires=0") for uri in self._others.before.stale]
        return [ours, *left, ("Expires", str(self._expiry.asked))]

    def _move(self, what: Input) -> State | None:
        """The state after `what`, None if it means nothing now."""
        after = MOVES.get((self.state, what))
        self.state = after or self.state
        return after
