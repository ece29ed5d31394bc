"""What an operator does beside the card: opens another system with it, copies from it by one key."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from app.action_runner import Actions
from app.call import Call, CallState
from app.clock import utc_now
from app.words import _
from ui import wording
from ui.card_text import card_text
from ui.keys import COPY_CARD, COPY_NAME, COPY_NUMBER, bind
from ui.plain_text import cut
from ui.pop_window import PopWindow

_LONGEST_TOLD = 40


class BesideCard(QObject):
    """For the call on the card."""

    def __init__(self, pop: PopWindow, actions: Actions, before: "BesideCard | None" = None) -> None:
        super().__init__(pop)
        self._pop, self._actions = pop, actions
        # calls of which it is known that somebody took them, also while another language was spoken
        self._taken: set[UUID] = before._taken if before is not None else set()
        bar = pop.header.beside
        bar.use(actions.buttons)
        bar.wanted.connect(actions.open)
        actions.told = self._told
        bind(COPY_NUMBER, pop, lambda: self._copy(_number))
        bind(COPY_NAME, pop, lambda: self._copy(_name))
        bind(COPY_CARD, pop, lambda: self._copy(self._card))

    def rang(self, call: Call) -> None:
        """Its name stands on the screen."""
        self._actions.rang(call)

    def see(self, calls: Sequence[Call]) -> None:
        """A call that was taken opens what answers open, once however often it is drawn."""
        talking = {call.id: call for call in calls if call.state is CallState.TALKING}
        new = talking.keys() - self._taken
        self._taken = set(talking)
        for call_id in new:
            self._actions.answered(talking[call_id])

    def _copy(self, text_of: Callable[[Call], str]) -> None:
        call = self._pop.call
        if text := text_of(call) if call is not None else "":
            QGuiApplication.clipboard().setText(text)
            first = cut(text.partition("\n")[0], _LONGEST_TOLD)
            self._pop.header.beside.tell(_("✓ copied: {text}").format(text=first), "small")
        elif call is not None:
            self._pop.header.beside.tell(_("There is nothing to copy."), "small")

    def _card(self, call: Call) -> str:
        return card_text(call, self._pop.body.panels.panels, utc_now())

    def _told(self, words: str) -> None:
        if words:
            self._pop.header.beside.tell(f"▲ {words}", "warning")


def _number(call: Call) -> str:
    """The one that rings, else the customer's own."""
    if call.ring.withheld is None and call.ring.number.display:
        return wording.number_text(call.ring.number)
    facts = call.pop.facts
    return wording.call_number(facts.numbers[0].raw, None) if facts is not None and facts.numbers else ""


def _name(call: Call) -> str:
    return call.pop.facts.customer.name if call.pop.facts is not None else call.ring.name
