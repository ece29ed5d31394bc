"""One login at the PBX: greeting, challenge, login, signs of life, and questions with their answers. No socket here.

The password never crosses the wire: AMI's own challenge (MD5) proves that we have it.
"""

import hashlib
import math
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from cti.ami.action import Fields, compose
from cti.ami.framing import Framing
from cti.ami.packet import Packet
from cti.errors import PeerError

LOGIN_WITHIN = 5.0  # seconds from the connection to the login
ANSWER_WITHIN = 2.0  # seconds for a question
QUIET = 8.0  # seconds without a byte, then we ask whether anybody is there
PONG_WITHIN = 4.0
MOST_QUESTIONS = 1_000
CLASSES = "call,agent"  # of events: whatever else the account may read stays with the PBX


class Stage(StrEnum):
    """How far the login has come."""

    GREETING = "greeting"
    CHALLENGE = "challenge"
    LOGIN = "login"
    OPEN = "open"
    OVER = "over"


class WhyOver(StrEnum):
    """Why a session came to its end."""

    NO_AMI = "no_ami"  # what answers there speaks something else, or breaks the bounds
    SILENT = "silent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """`greeting` tells AMI's version."""

    greeting: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the PBX answered to the question `id`; None if it left it open."""

    id: str
    packet: Packet | None


@dataclass(frozen=True, slots=True)
class Over:
    """The connection is to be closed. `detail` is the bare fact."""

    why: WhyOver
    detail: str


SessionEvent = LoggedIn | Reply | Packet | Over


class Session:
    """As `username` with `secret`, over one connection that was made at `now`."""

    def __init__(self, username: str, secret: str, random: Random, now: float) -> None:
        self._username, self._secret, self._random = username, secret, random
        self._framing = Framing()
        self._stage = Stage.GREETING
        self._out = bytearray()
        self._events: deque[SessionEvent] = deque()
        self._questions: dict[str, float] = {}  # in the order of their asking
        self._heard_at, self._pinged_at, self._login_until = now, math.inf, now + LOGIN_WITHIN

    @property
    def is_open(self) -> bool:
        return self._stage is Stage.OPEN

    @property
    def greeting(self) -> str:
        """With AMI's version; "" as long as nothing has greeted."""
        return self._framing.greeting or ""

    def receive(self, data: bytes, now: float) -> None:
        """Never raises for what the PBX sends."""
        self._heard_at, self._pinged_at = now, math.inf
        if self._stage is Stage.OVER:
            return
        try:
            packets = self._framing.receive(data)
        except PeerError as error:
            self._end(WhyOver.NO_AMI, str(error))
            return
        if self._stage is Stage.GREETING and self._framing.greeting is not None:
            self._stage = Stage.CHALLENGE
            self._send("Challenge", (("AuthType", "MD5"),))
        for packet in packets:
            self._hear(packet)

    def data_to_send(self) -> bytes:
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_event(self) -> SessionEvent | None:
        return self._events.popleft() if self._events else None

    def ask(self, action: str, fields: Fields, now: float) -> str:
        """A question; its id, under which a `Reply` will come. ValueError for what no action may carry."""
        question = f"omote-{self._random.getrandbits(64):016x}"
        self._send(action, (("ActionID", question), *fields))
        self._questions[question] = now + ANSWER_WITHIN
        if len(self._questions) > MOST_QUESTIONS:
            self._leave_open(next(iter(self._questions)))
        return question

    def log_off(self) -> None:
        if self._stage is Stage.OPEN:
            self._send("Logoff")

    def get_timer(self) -> float:
        if self._stage is Stage.OVER:
            return math.inf
        if self._stage is not Stage.OPEN:
            return self._login_until
        signs = min(self._heard_at + QUIET, math.inf) if self._pinged_at == math.inf else self._pinged_at + PONG_WITHIN
        return min(signs, *self._questions.values()) if self._questions else signs

    def handle_timer(self, now: float) -> None:
        """What has been waited for long enough."""
        if now < self.get_timer() or self._stage is Stage.OVER:
            return
        if self._stage is not Stage.OPEN:
            self._end(WhyOver.SILENT, "no login")
            return
        for question in [one for one, until in self._questions.items() if until <= now]:
            self._leave_open(question)
        if self._pinged_at + PONG_WITHIN <= now:
            self._end(WhyOver.SILENT, "no answer")
        elif self._pinged_at == math.inf and self._heard_at + QUIET <= now:
            self._pinged_at = now
            self._send("Ping")

    def _hear(self, packet: Packet) -> None:
        if self._stage is Stage.OPEN:
            self._hear_open(packet)
        elif packet.event or self._stage is Stage.OVER:
            return
        elif not packet.is_success:
            self._end(WhyOver.REFUSED, packet.get("Message"))
        elif self._stage is Stage.CHALLENGE:
            self._log_in(packet.get("Challenge"))
        else:
            self._stage = Stage.OPEN
            self._events.append(LoggedIn(self.greeting))

    def _hear_open(self, packet: Packet) -> None:
        if packet.event:
            self._events.append(packet)
        elif self._questions.pop(question := packet.get("ActionID"), None) is not None:
            self._events.append(Reply(question, packet))

    def _log_in(self, challenge: str) -> None:
        proof = hashlib.md5(f"{challenge}{self._secret}".encode("utf-8", "surrogateescape"), usedforsecurity=False)
        self._stage = Stage.LOGIN
        self._send(
            "Login",
            (("AuthType", "MD5"), ("Username", self._username), ("Key", proof.hexdigest()), ("Events", CLASSES)),
        )

    def _leave_open(self, question: str) -> None:
        del self._questions[question]
        self._events.append(Reply(question, None))

    def _send(self, action: str, fields: Fields = ()) -> None:
        self._out += compose(action, fields)

    def _end(self, why: WhyOver, detail: str) -> None:
        self._stage = Stage.OVER
        self._events.append(Over(why, detail))
