"""A PBX that says anything, to a session and the extension that it watches; and what must hold whatever it says."""

import random
from unicodedata import category

from cti.ami.action import ACTIONS
from cti.ami.extension_call import Moment
from cti.ami.inquiry import Question
from cti.ami.packet import Packet
from cti.ami.queue_watch import MOST_WAITING, QueueWatch
from cti.ami.session import LoggedIn, Reply, Session
from cti.ami.watched_extension import MOST_CALLS, MOST_CHANNELS, Place, WatchedExtension
from cti.events import CallAnswered, CallEnded, CallerChanged, CallEvent, CallHeld, CallOffered, Direction
from tests.cti.ami.played import moment
from tests.fakes.ami_server import GREETING, Request, event, response

WELCOME = b"Response: Success\r\nChallenge: 1\r\n\r\nResponse: Success\r\n\r\n"
SOUND = {"Channel": "PJSIP/trunk-0000ffff", "Uniqueid": "sound.1", "Linkedid": "sound.1"}
SOUND_CALL = event("Newchannel", **SOUND, Exten="0398765432") + event(
    "DialBegin", **SOUND, CallerIDNum="0355550000", DestChannel="PJSIP/201-0000fffe", DestUniqueid="sound.2"
)


class HostilePbx:
    """`shown` is what it answers to every question for a presentation, None if it answers none."""

    def __init__(self, shown: str | None = "allowed") -> None:
        self.watched = WatchedExtension("pbx", Place("201"))
        self.queues = QueueWatch()
        self.shown = shown
        self.now = 0.0
        self.asked: dict[str, Question] = {}
        self.ended: dict[str, bool] = {}
        self.facts: list[CallEvent] = []
        self.connect()

    def connect(self) -> None:
        self.session = Session("omote", "secret", random.Random(1), self.now)
        self.watched.begin()
        self.queues.begin(self.now)
        self._hear(GREETING + WELCOME)

    def say(self, data: bytes, seconds: float = 0.001) -> None:
        """Bytes after some time; then the answers to what they made us ask."""
        self.now += seconds
        self._hear(data)
        if self.shown is not None:
            self._hear(b"".join(self._answer(request) for request in self.sent))

    def sound_call_pops(self) -> bool:
        """At a new connection, whatever came before it; the calls before are over."""
        self.shown = "allowed"
        self.connect()
        self.say(event("StatusComplete"))
        self.say(SOUND_CALL)
        self.say(b"", 1.0)
        return any(isinstance(one, CallOffered) and one.linked_id == "sound.1" for one in self.facts)

    def _hear(self, data: bytes) -> None:
        self.session.receive(data, self.now)
        self.session.handle_timer(self.now)
        while (told := self.session.next_event()) is not None:
            if isinstance(told, Packet):
                self.watched.hear(told, self._moment())
                self.queues.hear(told, self._moment())
            elif isinstance(told, Reply) and (question := self.asked.pop(told.id, None)) is not None:
                self.watched.take_answer(question, told.packet, self._moment())
            elif isinstance(told, LoggedIn):
                self.watched.begin()
        self.watched.handle_timer(self._moment())
        self._ask()
        self.sent = actions_in(self.session.data_to_send())
        self._check()

    def _moment(self) -> Moment:
        return moment(self.now)

    def _ask(self) -> None:
        while (question := self.watched.next_question()) is not None:
            fields = (("Channel", question.channel), ("Variable", question.variable))
            try:
                self.asked[self.session.ask("Getvar", fields, self.now)] = question
            except ValueError:
                self.watched.take_answer(question, None, self._moment())

    def _answer(self, request: Request) -> bytes:
        return response(request, Value=self.shown or "") if request["Action"] == "Getvar" else b""

    def _check(self) -> None:
        while (fact := self.watched.next_event()) is not None:
            self.facts.append(fact)
            self._check_life(fact)
        assert len(self.watched._calls) <= MOST_CALLS
        kept = (len(self.watched._roots), len(self.watched._queues), len(self.watched._dialling))
        assert max(kept) <= MOST_CHANNELS
        assert len(self.queues.waiting or ()) <= MOST_WAITING

    def _check_life(self, fact: CallEvent) -> None:
        """Offered once, then whatever happens to it, then at most one end."""
        assert isinstance(fact, CallOffered | CallAnswered | CallEnded | CallerChanged | CallHeld)
        if isinstance(fact, CallOffered):
            self.ended[fact.source_id] = False
            self._check_offer(fact)
        assert self.ended[fact.source_id] is False
        self.ended[fact.source_id] = isinstance(fact, CallEnded)
        if isinstance(fact, CallerChanged):
            assert self.shown == "allowed" or not fact.caller.number

    def _check_offer(self, fact: CallOffered) -> None:
        for text in (
            fact.caller.number,
            fact.caller.name,
            fact.dialled,
            fact.diverted_from,
            fact.queue,
            fact.linked_id,
        ):
            assert len(text) < 400
            assert not any(category(char) in {"Cc", "Cf", "Cs"} for char in text)
        assert self.shown == "allowed" or fact.direction is Direction.OUT or not fact.caller.number


def actions_in(sent: bytes) -> list[Request]:
    """What we send is actions of ours, line by line."""
    actions = []
    for block in sent.split(b"\r\n\r\n")[:-1]:
        lines = block.decode("utf-8", "surrogateescape").split("\r\n")
        assert not any(char in line for line in lines for char in "\r\n\0")
        fields = dict(line.partition(": ")[::2] for line in lines)
        assert len(fields) == len(lines)
        assert fields["Action"] in ACTIONS
        assert set(fields) <= {"Action", "ActionID", "AuthType", "Username", "Key", "Events", "Channel", "Variable"}
        actions.append(fields)
    assert not sent or sent.endswith(b"\r\n\r\n")
    return actions
