"""Recorded streams of AMI events, played to a watched extension, with a PBX that answers what it is asked.

The recordings hold what the PBX sent to an account that may read call and agent; what DeviceStateChange and the like
say is left out of most. What the PBX answers to Getvar was read from it once for each kind of caller.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cti.ami.extension_call import Moment
from cti.ami.framing import Framing
from cti.ami.inquiry import Question
from cti.ami.packet import Packet
from cti.ami.watched_extension import Place, WatchedExtension
from cti.events import CallEvent

RECORDED = Path(__file__).parent / "recorded"
VERSIONS = ("16", "22")
START = datetime(2026, 11, 21, 5, 3, 22, tzinfo=UTC)

# what a real PBX answers, by scenario; for all others the number may be shown
_WITHHELD = {"CALLERID(num-pres)": "prohib_not_screened", "CALLERID(name-pres)": "prohib_not_screened"}
_FORWARDED = {"REDIRECTING(from-num)": "0398765432"}
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "withheld-anonymous": _WITHHELD,
    "withheld-anonymous-defaults": _WITHHELD,
    "forwarded-by-pbx": _FORWARDED,
    "forwarded-by-carrier": _FORWARDED,
}
_SHOWN = {"CALLERID(num-pres)": "allowed_not_screened", "CALLERID(name-pres)": "allowed_not_screened"}
_NOT_FORWARDED = {"REDIRECTING(from-num)": "", "REDIRECTING(from-num-pres)": "allowed_not_screened"}


def stream(version: str, scenario: str) -> bytes:
    return (RECORDED / version / f"{scenario}.ami").read_bytes()


def answer_of(scenario: str, question: Question) -> Packet:
    value = {**_SHOWN, **_NOT_FORWARDED, **ANSWERS.get(scenario, {})}[question.variable]
    return success(question, value)


def success(question: Question, value: str) -> Packet:
    return Packet(f"Response: Success\r\nVariable: {question.variable}\r\nValue: {value}".encode())


def refusal(message: str) -> Packet:
    return Packet(f"Response: Error\r\nMessage: {message}".encode())


def moment(seconds: float) -> Moment:
    return Moment(seconds, START + timedelta(seconds=seconds), int(seconds * 1e9))


class Played:
    """A watched extension and the facts that it has told."""

    def __init__(self, extension: str, scenario: str = "", channels: tuple[str, ...] = ()) -> None:
        self.watched = WatchedExtension("pbx", Place(extension, channels))
        self.scenario = scenario
        self.facts: list[CallEvent] = []
        self.asked: list[Question] = []
        self.now = 0.0

    def hear(self, packets: Iterable[Packet]) -> None:
        """One event after the other, each with the answers to what it made us ask."""
        for packet in packets:
            self.now += 0.001
            self.watched.hear(packet, moment(self.now))
            self.answer()
            self.collect()

    def answer(self) -> None:
        for question in self.questions():
            self.watched.take_answer(question, answer_of(self.scenario, question), moment(self.now))

    def questions(self) -> list[Question]:
        asked = []
        while (question := self.watched.next_question()) is not None:
            asked.append(question)
        self.asked += asked
        return asked

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.watched.handle_timer(moment(self.now))
        self.collect()

    def collect(self) -> None:
        while (fact := self.watched.next_event()) is not None:
            self.facts.append(fact)


def play(version: str, scenario: str, extension: str) -> list[CallEvent]:
    """All facts of a recorded scenario at an extension."""
    played = Played(extension, scenario)
    played.hear(packets_of(stream(version, scenario)))
    return played.facts


def packets_of(data: bytes) -> list[Packet]:
    return Framing().receive(data)


def event(name: str, **fields: str) -> Packet:
    lines = [f"Event: {name}", *(f"{key}: {value}" for key, value in fields.items())]
    return Packet("\r\n".join(lines).encode("utf-8", "surrogateescape"))
