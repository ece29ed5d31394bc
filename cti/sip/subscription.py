"""SUBSCRIBE (RFC 6665) to the dialog events of a phone: credentials, refresh, back-off without end, leaving. No clock.

Three rules. The state moves only as subscription_state.py says. A NOTIFY counts only within our own subscription.
Credentials go out only in answer to a challenge to our own pending SUBSCRIBE; refused twice, they rest for ten minutes.
"""

import math
from dataclasses import dataclass, field
from random import Random

from cti.address import Address, host_port
from cti.back_off import REFUSED_REST, BackOff
from cti.errors import PeerError
from cti.events import SourceState
from cti.plain_text import plain_text
from cti.sip.dialog_keep_alive import DialogKeepAlive
from cti.sip.final_response import MAX_EXPIRES, read_seconds, status_line
from cti.sip.grammar import Params, param
from cti.sip.login import Login
from cti.sip.message import Request, Response
from cti.sip.outbox import Outbox
from cti.sip.said import Said
from cti.sip.settings import is_reliable
from cti.sip.subscribe_request import Watch
from cti.sip.subscription_dialog import SubscriptionDialog
from cti.sip.subscription_headers import check_event, read_rest, read_subscription_state
from cti.sip.subscription_state import BY_REASON, BY_STATUS, MOVES, Input, State, Verdict
from cti.sip.transaction import TIMER_F, ClientTransaction

EXPIRES = 120  # seconds asked for
REFRESH_AT = 0.8  # of what was granted
PATIENCE = 8.0  # seconds for one SUBSCRIBE, as for a REGISTER
NOTIFY_WITHIN = TIMER_F  # seconds from the 200 to the first NOTIFY: timer N of section 4.1.2
NO_EVENTS_REST = 60.0  # seconds until a PBX that does not tell of this phone is asked again


@dataclass(slots=True)
class Subscription:
    """Subscribes to what `watch` says and stays subscribed. `no_events` is the PBX's word that it does not tell."""

    watch: Watch
    random: Random
    outbox: Outbox
    registrar: Address = ("", 0)
    local: Address = ("", 0)
    state: State = State.OFF
    no_events: str = ""
    _dialog: SubscriptionDialog | None = None
    _expires: int = EXPIRES
    _asked_longer: bool = False
    _granted_until: float = -math.inf
    _pending: ClientTransaction | None = None
    _retry_at: float | None = None
    _notify_by: float | None = None
    _has_heard: bool = False
    _is_in_doubt: bool = False
    _said: Said = field(init=False)
    _refused: str = ""
    _login: Login = field(init=False)
    _back_off: BackOff = field(init=False)
    _keep_alive: DialogKeepAlive = field(init=False)

    def __post_init__(self) -> None:
        self._said = Said(self.outbox)
        self._login = Login(self.watch.username, self.random)
        self._back_off = BackOff(self.random)
        self._keep_alive = DialogKeepAlive(self.random, self.outbox, self.watch.aor, self.watch.transport)
        self._keep_alive.compose_within = self._compose_options

    def start(self, secret: str, now: float) -> None:
        """Subscribe anew and say how it goes, whatever came before: at the beginning, with a new secret or address."""
        if self._login.use(secret):
            self._back_off.start_anew()
        else:
            self._back_off.start()
        self._keep_alive.is_meaningless = False
        self._said.begin()
        self._forget()
        if now < self._back_off.rests_until:
            self._rest(self._back_off.rests_until, self._refused)
        else:
            self._begin(now)

    def registrar_is_gone(self, now: float) -> None:
        """Nobody listens at the PBX's port: it may have forgotten us when it is back, and hears nothing that waits."""
        self.refresh(now)
        if self._pending and self._pending.is_overdue(now) and self.state in {State.TRYING, State.LEAVING}:
            self._pending = None
            self._give_way(Verdict.LATER, host_port(self.registrar), None, now)

    def stop(self, now: float) -> None:
        """Take the subscription back; `is_off` tells when that is done or given up."""
        self._keep_alive.stop()
        self._retry_at = self._notify_by = None
        after = self._move(Input.LEAVE)
        if after is State.LEAVING and self._is_made:
            self._attempt(now)
        elif after is not None:
            self._move(Input.FAILED)
            self._forget()

    @property
    def is_off(self) -> bool:
        """The last NOTIFY is waited for: a notifier whose NOTIFY nobody answers repeats it for half a minute."""
        return self.state is State.OFF and self._dialog is None

    def refresh(self, now: float) -> None:
        """Ask for the whole state within the same subscription."""
        if self.state is State.ACTIVE:
            self._begin(now)

    def renew(self, now: float) -> None:
        """Ask for a new subscription: what comes within this one cannot be followed."""
        if self.state in {State.ACTIVE, State.TRYING, State.WAITING}:
            self._forget()
            self._begin(now)

    def receive(self, response: Response, peer: Address, now: float) -> None:
        """Take a response; one that answers nothing of ours, or comes from somebody else, is dropped."""
        if peer[0] != self.registrar[0]:
            return
        if (was_prompt := self._keep_alive.receive(response, now)) is not None:
            self._is_in_doubt = self._keep_alive.denies_dialog(response)
            if self._is_in_doubt or not was_prompt:
                self.refresh(now)
            return
        is_ours = self._dialog is not None and response.call_id == self._dialog.call_id
        if self._pending is None or not self._pending.matches(response) or not is_ours:
            return
        self._pending.receive(response)
        if self._pending.is_over:
            self._pending = None
            self._conclude(response, now)

    def owns(self, request: Request) -> bool:
        """Whether a NOTIFY belongs to the subscription that we have or ask for."""
        return self._dialog is not None and self._dialog.owns(request)

    def hear(self, notify: Request, now: float) -> bool:
        """Take a NOTIFY that `owns` has found ours; False if its body is no news. PeerError has the status for it."""
        assert self._dialog is not None, "owns() comes first"
        check_event(notify.headers)
        word, params = read_subscription_state(notify.headers)
        if self._dialog.is_repeated(notify):
            return False
        if self._dialog.is_out_of_order(notify):
            self.renew(now)
            raise PeerError("a NOTIFY with an old number: the notifier has lost count", 481)
        self._dialog.hear(notify)
        self._notify_by = None
        is_news = self.state not in {State.LEAVING, State.OFF}
        if word == "terminated":
            self._be_terminated(params, now)
        elif word == "active" and self.state is State.ACTIVE:
            self._be_granted_for(read_seconds(param(params, "expires"), MAX_EXPIRES), now)
        self._has_heard = self._has_heard or word == "active"
        self._report_listening()
        return is_news

    def get_timer(self) -> float | None:
        pending = self._pending.get_timer() if self._pending else None
        times = [pending, self._retry_at, self._notify_by, self._keep_alive.get_timer()]
        return min((at for at in times if at is not None), default=None)

    def handle_timer(self, now: float) -> None:
        self._handle_pending(now)
        if self._notify_by is not None and now >= self._notify_by:
            self._forget()
            self._give_way(Verdict.LATER, "no NOTIFY", None, now)
        if self._retry_at is not None and now >= self._retry_at:
            self._begin(now)
        if self._keep_alive.is_lost(now):
            self._said.state(SourceState.UNREACHABLE, host_port(self.registrar))
            self._begin(now)
        if self._keep_alive.is_due(now):
            self._keep_alive.send(now, self.registrar, self.local)

    def _handle_pending(self, now: float) -> None:
        if self._pending is None:
            return
        for data in self._pending.handle_timer(now):
            self.outbox.send(data, self.registrar)
        if self._pending.is_over:
            self._pending = None
            self._give_way(Verdict.LATER, host_port(self.registrar), None, now)

    @property
    def _is_made(self) -> bool:
        return self._dialog is not None and bool(self._dialog.remote_tag)

    def _begin(self, now: float) -> None:
        """Refresh the subscription while the PBX may still have it, else ask for a new one."""
        if self._move(Input.SEND) is not State.TRYING:
            return
        self._keep_alive.stop()
        self._retry_at = None
        if not self._is_made or now >= self._granted_until:
            self._forget()
            self._dialog = SubscriptionDialog(self._token(128), self._token(64), self.watch.watched)
        self._attempt(now)

    def _attempt(self, now: float) -> None:
        self._login.begin()
        self._asked_longer = False
        self._send(now)

    def _conclude(self, response: Response, now: float) -> None:
        if self._is_to_be_repeated(response):
            self._send(now)
        elif response.status < 300:
            self._be_granted(response, now)
        else:
            verdict = BY_STATUS.get(response.status, Verdict.LATER)
            if verdict is Verdict.AGAIN and not self._is_made:
                verdict = Verdict.LATER
            self._give_way(verdict, status_line(response), read_rest(response.headers.get("retry-after")), now)

    def _is_to_be_repeated(self, response: Response) -> bool:
        """With credentials, or for longer."""
        if response.status in {401, 407}:
            return self._login.answer(response)
        return response.status == 423 and self._ask_for_longer(response)

    def _ask_for_longer(self, response: Response) -> bool:
        longer = read_seconds(response.headers.get("min-expires"), 0)
        if self._asked_longer or longer <= self._expires or self.state is State.LEAVING:
            return False
        self._asked_longer = True
        self._expires = longer
        return True

    def _be_granted(self, response: Response, now: float) -> None:
        assert self._dialog is not None, "a response was matched with it"
        self._back_off.reset()
        self.no_events = ""
        if self._move(Input.GRANTED) is not State.ACTIVE:
            return
        self._dialog.accept(response)
        self._keep_alive.is_meaningless = self._keep_alive.is_meaningless or self._is_in_doubt
        self._is_in_doubt = False
        self._granted_until = self._retry_at = math.inf
        self._be_granted_for(read_seconds(response.headers.get("expires"), self._expires), now)
        self._notify_by = None if self._has_heard else now + NOTIFY_WITHIN
        self._keep_alive.start(now)
        self._report_listening()

    def _be_granted_for(self, seconds: int, now: float) -> None:
        """The 200 says how long, and a NOTIFY may shorten it (section 4.1.3)."""
        self._granted_until = min(self._granted_until, now + seconds)
        if self._retry_at is not None:
            self._retry_at = min(self._retry_at, now + max(REFRESH_AT * seconds, 1.0))

    def _be_terminated(self, params: Params, now: float) -> None:
        """The notifier has ended it, at our own wish or for its reason (section 4.1.3)."""
        self._forget()
        reason = param(params, "reason") or ""
        if self.state is not State.LEAVING:
            retry_after = read_rest(param(params, "retry-after"))
            self._give_way(BY_REASON.get(reason.lower(), Verdict.LATER), plain_text(reason), retry_after, now)

    def _give_way(self, verdict: Verdict, detail: str, retry_after: float | None, now: float) -> None:
        """No subscription for now: what `verdict` means for the next try, and what is said until then."""
        match verdict:
            case Verdict.REFUSED:
                self._be_refused(detail, self._back_off.after_refusal(now), now)
            case Verdict.REJECTED:
                self._be_refused(detail, REFUSED_REST, now)
            case Verdict.NO_EVENTS:
                self._forget()
                self.no_events = detail
                self._fail(SourceState.NOT_REPORTED, detail, retry_after or NO_EVENTS_REST, now)
            case Verdict.AGAIN:
                self._forget()
                self._wait(self._back_off.after_failure(), now)
            case Verdict.LATER:
                rest = retry_after or self._back_off.after_failure()
                self._fail(SourceState.UNREACHABLE, detail, rest, now)

    def _be_refused(self, detail: str, rest: float, now: float) -> None:
        self._forget()
        self._login.forget()
        if rest < REFUSED_REST:
            self._wait(rest, now)
        else:
            self._refused = detail
            self._rest(now + rest, detail)

    def _rest(self, until: float, detail: str) -> None:
        if self._move(Input.REFUSED) is State.REFUSED:
            self._keep_alive.stop()
            self._retry_at = until
            self._said.state(SourceState.REFUSED, detail)

    def _fail(self, state: SourceState, detail: str, rest: float, now: float) -> None:
        if self._wait(rest, now):
            self._said.state(state, detail)

    def _wait(self, rest: float, now: float) -> bool:
        if self._move(Input.FAILED) is not State.WAITING:
            self._forget()
            return False
        self._keep_alive.stop()
        self._retry_at = now + rest
        return True

    def _forget(self) -> None:
        """The next SUBSCRIBE asks for a new subscription, and whatever comes within the old one is no longer ours."""
        self._dialog = self._pending = self._notify_by = None
        self._has_heard = self._is_in_doubt = False

    def _send(self, now: float) -> None:
        assert self._dialog is not None, "_begin made it"
        branch = f"z9hG4bK{self._token(96)}"
        expires = 0 if self.state is State.LEAVING else self._expires
        fields = self.watch.subscribe_fields(self.local, expires)
        credentials = self._login.fields("SUBSCRIBE", self._dialog.target)
        way = self.watch.via(self.local, branch)
        data = self.watch.compose(self._dialog, "SUBSCRIBE", way, [*fields, *credentials])
        transport = self.watch.transport
        patience = self._back_off.patience(PATIENCE) if is_reliable(transport) else PATIENCE
        self._pending = ClientTransaction(
            data, self.registrar, branch, "SUBSCRIBE", now, patience, is_reliable=is_reliable(transport)
        )
        self.outbox.send(data, self.registrar)

    def _compose_options(self, branch: str) -> bytes | None:
        if self._dialog is None or not self._is_made:
            return None
        return self.watch.compose(self._dialog, "OPTIONS", self.watch.via(self.local, branch), [])

    def _token(self, bits: int) -> str:
        return f"{self.random.getrandbits(bits):0{bits // 4}x}"

    def _move(self, what: Input) -> State | None:
        """The state after `what`, None if it means nothing now."""
        after = MOVES.get((self.state, what))
        self.state = after or self.state
        return after

    def _report_listening(self) -> None:
        """Only a NOTIFY shows that we are told: a 200 alone may come from a PBX whose way back is closed."""
        if self.state is State.ACTIVE and self._has_heard:
            self._said.state(SourceState.LISTENING, host_port(self.registrar))
