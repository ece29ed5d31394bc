"""What is asked about one caller before he is shown: of his channel, and of the one with which the call began.

The channel that dials may be half of a Local pair that carries his number on and not that he withholds it.
"""

from dataclasses import dataclass, field

from cti.ami.packet import Packet
from cti.ami.party import FORWARDER, FORWARDER_SHOWN, NAME_SHOWN, NUMBER_SHOWN, Party, Shown, number_in, shown_of
from cti.caller_words import LONGEST_EXTENSION
from cti.events import Caller

_GRAVEST_LAST = (Shown.YES, Shown.UNAVAILABLE, Shown.WITHHELD, Shown.NOT_TOLD, Shown.DENIED)


@dataclass(frozen=True, slots=True)
class Question:
    """`variable` of the channel `channel` ("" for none: whether we may ask at all), for the inquiry `inquiry`."""

    inquiry: int
    channel: str
    variable: str


@dataclass(slots=True)
class Inquiry:
    """About `party`, which the channel `channel` has; `root` began the call. No answer stands for None in `answers`."""

    id: int
    party: Party
    channel: str
    root: str
    answers: dict[Question, Packet | None] = field(default_factory=dict)
    _open: set[Question] = field(default_factory=set)

    def __post_init__(self) -> None:
        asked = [(self.channel, one) for one in (NUMBER_SHOWN, NAME_SHOWN, FORWARDER, FORWARDER_SHOWN)]
        if self.root not in {self.channel, ""} and not self._is_inside:
            asked.append((self.root, NUMBER_SHOWN))
        self._open = {Question(self.id, channel, variable) for channel, variable in asked}

    @property
    def questions(self) -> list[Question]:
        """Those that still have no answer."""
        return sorted(self._open, key=lambda one: (one.variable != NUMBER_SHOWN, one.channel, one.variable))

    @property
    def is_done(self) -> bool:
        return not self._open

    def take(self, question: Question, reply: Packet | None) -> None:
        if question in self._open:
            self._open.remove(question)
            self.answers[question] = reply

    def caller(self) -> Caller:
        """As he may be shown by what is known now; nobody as long as that is not enough."""
        return self.party.caller(self._number_shown(), self._shown(self.channel, NAME_SHOWN))

    def diverted_from(self) -> str:
        """Who has forwarded the call, unless he withholds his number."""
        reply = self.answers.get(Question(self.id, self.channel, FORWARDER))
        is_shown = self._shown(self.channel, FORWARDER_SHOWN) is Shown.YES
        return number_in(reply.get("Value")) if reply is not None and reply.is_success and is_shown else ""

    @property
    def _is_inside(self) -> bool:
        """A colleague who asks about somebody else's call: what that one withholds is not his."""
        return self.party.number.isdecimal() and len(self.party.number) <= LONGEST_EXTENSION

    def _number_shown(self) -> Shown:
        asked = [one for one in {*self.answers, *self._open} if one.variable == NUMBER_SHOWN]
        told = [self._shown(one.channel, NUMBER_SHOWN) for one in asked]
        return max((one for one in told if one is not Shown.GONE), key=_GRAVEST_LAST.index, default=Shown.GONE)

    def _shown(self, channel: str, variable: str) -> Shown:
        return shown_of(self.answers.get(Question(self.id, channel, variable)))
