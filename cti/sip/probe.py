"""Asks a telephone system how it would treat us, and leaves nothing behind. No socket and no clock here.

It never registers a Contact, so it throws nobody off. A subscription that it was given it ends.
"""

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from random import Random

from cti.address import Address, host_port
from cti.errors import PeerError
from cti.plain_text import plain_text
from cti.sip.compose import compose_request, compose_response, contact, via
from cti.sip.login import Login
from cti.sip.message import Request, Response, parse_message
from cti.sip.neighbours import Neighbours, Ourselves, listed_contacts, new_contact_user, read_neighbours
from cti.sip.outbox import Outbox
from cti.sip.response_route import response_destination
from cti.sip.settings import TransportName
from cti.sip.transaction import ClientTransaction

PATIENCE = 2.0  # seconds for each answer
NOTIFY_WITHIN = 1.0  # seconds from the 200 to the NOTIFY that must follow it (RFC 6665 section 4.1.3)
SUBSCRIBED_FOR = 60  # seconds asked for: what is left if our end of it should get lost
REFUSALS = {401, 403, 407}


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked. `username` "": no credentials, so nothing that needs them; `watch` "": no dialog events.

    `asks_for_contacts`: whether the account is one that registers.
    """

    server: str
    username: str = ""
    watch: str = ""
    transport: TransportName = "udp"
    asks_for_contacts: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A final response, and the seconds that it took."""

    status: int
    reason: str
    took: float

    @property
    def line(self) -> str:
        """The status line, fit for a screen."""
        return plain_text(f"{self.status} {self.reason}")


@dataclass(frozen=True, slots=True)
class Findings:
    """The bare facts; None where nothing was asked, or nobody answered.

    `clock_ahead`: seconds by which our clock is before the telephone system's.
    """

    options: Answer | None = None
    bindings: Answer | None = None
    neighbours: Neighbours | None = None
    dialogs: Answer | None = None
    has_notified: bool = False
    clock_ahead: float | None = None


@dataclass(frozen=True, slots=True)
class _Question:
    """A request without what the sending adds. `dialog` are Call-ID and tag of ours; `to` stands in angle brackets."""

    method: str
    target: str
    to: str
    dialog: tuple[str, str]
    fields: tuple[tuple[str, str], ...] = ()
    patience: float = PATIENCE


@dataclass(frozen=True, slots=True)
class _Wait:
    """For the next NOTIFY."""

    seconds: float


_Script = Generator[_Question | _Wait, Response | None, None]


@dataclass(slots=True)
class Probe:
    """Ask everything, one question after the other, until `is_over`; `findings` fill up meanwhile."""

    target: Target
    secret: str = field(repr=False)
    random: Random
    local: Address
    peer: Address
    findings: Findings = field(default_factory=Findings)
    is_over: bool = False
    _outbox: Outbox = field(default_factory=Outbox)
    _pending: ClientTransaction | None = None
    _question: _Question | None = None
    _wait_until: float | None = None
    _cseq: int = 0
    _asked_at: float = 0.0
    _took: float = 0.0
    _notified: list[str] = field(default_factory=list)
    _script: _Script = field(init=False)
    _login: Login = field(init=False)
    _contact_user: str = field(init=False)

    def __post_init__(self) -> None:
        self._script = self._ask_all()
        self._login = Login(self.target.username, self.random)
        self._login.use(self.secret)
        self._contact_user = new_contact_user(self.random)

    def start(self, now: float) -> None:
        self._go_on(None, now)

    def receive(self, data: bytes, now: float, wall: datetime) -> None:
        """Take what the telephone system sends; `wall` is the time of the day, for its Date."""
        try:
            message = parse_message(data)
        except PeerError:
            return
        if isinstance(message, Request):
            self._receive_request(message, now)
        elif self._pending is not None and self._pending.matches(message):
            self._pending.receive(message)
            self._note_clock(message, wall)
            if self._pending.is_over:
                self._conclude(message, now)

    def datagrams_to_send(self) -> list[tuple[bytes, Address]]:
        return self._outbox.take_datagrams()

    def get_timer(self) -> float | None:
        return self._pending.get_timer() if self._pending else self._wait_until

    def handle_timer(self, now: float) -> None:
        if self._pending is not None:
            due = self._pending.handle_timer(now)
            for data in due if self.target.transport == "udp" else ():  # the others lose nothing (section 17.1.2.2)
                self._outbox.send(data, self.peer)
            if self._pending.is_over:
                self._go_on(None, now)
        elif self._wait_until is not None and now >= self._wait_until:
            self._go_on(None, now)

    # --- what is asked

    def _ask_all(self) -> _Script:
        yield from self._ask_options()
        if not self.target.username or not self.secret:
            return
        if self.target.asks_for_contacts:
            yield from self._ask_for_contacts()
        if self.target.watch and not self._is_in_vain():
            yield from self._ask_for_dialogs()

    def _is_in_vain(self) -> bool:
        """Refused once more would be one step towards a ban; and from whom is silent nothing will come."""
        if not self.target.asks_for_contacts:
            return False
        bindings = self.findings.bindings
        return (bindings or self.findings.options) is None or (bindings is not None and bindings.status in REFUSALS)

    def _ask_options(self) -> _Script:
        """As the extension that registers: some count every other OPTIONS as an attack."""
        there = f"sip:{host_port(self.peer)}"
        response = yield _Question("OPTIONS", there, f"<{there}>", self._new_dialog())
        self.findings = replace(self.findings, options=self._answer(response))

    def _ask_for_contacts(self) -> _Script:
        """REGISTER without a Contact (RFC 3261 section 10.2.3)."""
        response = yield _Question("REGISTER", f"sip:{self.target.server}", f"<{self._aor}>", self._new_dialog())
        self.findings = replace(self.findings, bindings=self._answer(response))
        if response is not None and response.status < 300:
            us = Ourselves(self._contact_user, self.local)
            self.findings = replace(self.findings, neighbours=read_neighbours(response.headers, us))

    def _ask_for_dialogs(self) -> _Script:
        """SUBSCRIBE to dialog events (RFC 4235), see whether a NOTIFY comes, and end it."""
        extension, _, domain = self.target.watch.partition("@")
        watched = f"sip:{extension}@{domain or self.target.server}"
        fields = self._subscription(SUBSCRIBED_FOR)
        asked = _Question("SUBSCRIBE", watched, f"<{watched}>", self._new_dialog(), fields)
        response = yield asked
        self.findings = replace(self.findings, dialogs=self._answer(response))
        if response is None or response.status >= 300:
            return
        yield _Wait(NOTIFY_WITHIN)
        self.findings = replace(self.findings, has_notified="active" in self._notified)
        self._notified.clear()
        yield self._end_of(asked, response)
        yield _Wait(NOTIFY_WITHIN)  # the last one: unanswered, it would be repeated for half a minute

    def _end_of(self, asked: _Question, response: Response) -> _Question:
        """Within the dialog that the response has made (section 12.1.2 of RFC 3261)."""
        contacts = listed_contacts(response.headers)
        target = contacts[0][0] if contacts else asked.target
        routes = tuple(("Route", value) for value in reversed(list(response.headers.items("record-route"))))
        to = response.headers.get("to") or asked.to
        return _Question("SUBSCRIBE", target, to, asked.dialog, (*routes, *self._subscription(0)))

    def _subscription(self, seconds: int) -> tuple[tuple[str, str], ...]:
        return (
            ("Contact", contact(self._contact_user, self.local, self.target.transport)),
            ("Event", "dialog"),
            ("Accept", "application/dialog-info+xml"),
            ("Expires", str(seconds)),
        )

    # --- how it is asked

    @property
    def _aor(self) -> str:
        return f"sip:{self.target.username or 'omote'}@{self.target.server}"

    def _new_dialog(self) -> tuple[str, str]:
        return f"{self.random.getrandbits(128):032x}", f"{self.random.getrandbits(64):016x}"

    def _go_on(self, response: Response | None, now: float) -> None:
        """The next step of the script."""
        self._pending = self._wait_until = None
        try:
            step = self._script.send(response)
        except StopIteration:
            self.is_over = True
            return
        if isinstance(step, _Question):
            self._question, self._asked_at = step, now
            self._login.begin()
            self._send(step, now)
        elif self._notified:  # a NOTIFY may come before the answer to its SUBSCRIBE
            self._go_on(None, now)
        else:
            self._wait_until = now + step.seconds

    def _conclude(self, response: Response, now: float) -> None:
        question = self._question
        is_challenge = response.status in {401, 407} and question is not None and question.method != "OPTIONS"
        if question is not None and is_challenge and self._login.answer(response):
            self._send(question, now)
        else:
            self._took = now - self._asked_at
            self._go_on(response, now)

    def _receive_request(self, request: Request, now: float) -> None:
        """A NOTIFY of our subscription gets 200, everything else that nobody has asked for gets no attention."""
        question = self._question
        if request.method != "NOTIFY" or question is None or request.call_id != question.dialog[0]:
            return
        answer = compose_response(200, request.headers, self.peer, "")
        self._outbox.send(answer, response_destination(request.via, self.peer, self.target.transport))
        self._notified.append((request.headers.get("subscription-state") or "").partition(";")[0].strip().lower())
        if self._wait_until is not None:
            self._go_on(None, now)

    def _send(self, question: _Question, now: float) -> None:
        self._cseq += 1
        branch = f"z9hG4bK{self.random.getrandbits(96):024x}"
        call_id, tag = question.dialog
        fields = [
            via(self.local, branch, self.target.transport),
            ("Max-Forwards", "70"),
            ("From", f"<{self._aor}>;tag={tag}"),
            ("To", question.to),
            ("Call-ID", call_id),
            ("CSeq", f"{self._cseq} {question.method}"),
            *question.fields,
            *self._login.fields(question.method, question.target),
            ("User-Agent", "Omote"),
        ]
        data = compose_request(question.method, question.target, fields)
        self._pending = ClientTransaction(data, self.peer, branch, question.method, now, question.patience)
        self._outbox.send(data, self.peer)

    def _answer(self, response: Response | None) -> Answer | None:
        return None if response is None else Answer(response.status, response.reason, self._took)

    def _note_clock(self, response: Response, wall: datetime) -> None:
        """Whole seconds in a header of RFC 3261 section 20.17; odd ones say nothing."""
        stated = response.headers.get("date")
        if stated and self.findings.clock_ahead is None:
            try:
                ahead = (wall - parsedate_to_datetime(stated)).total_seconds()
            except (ValueError, TypeError):  # TypeError: a time without its zone
                return
            self.findings = replace(self.findings, clock_ahead=ahead)
