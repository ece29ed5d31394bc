"""A field that finds one customer in the records while one types."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal

from app.calllog.call_log import CustomerHit
from app.choices import Choice
from app.words import _
from ui.choice_field import ChoiceField
from ui.plain_text import cut

_PAUSE_MS = 150


class CustomerField(ChoiceField):
    """What was found stands in its list; `key` is a customer's id, "" for none.

    Signals:
        searched: the text to look for.
    """

    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("every customer: type to find one"))
        self._names: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)

    @property
    def name(self) -> str:
        """Of who is chosen, "" for nobody."""
        return self._names.get(self.key, "")

    def show_found(self, text: str, found: Sequence[CustomerHit]) -> None:
        """The answer to a search; one to what was typed before is of no use."""
        if self.hasFocus() and text == self.text().strip():
            nobody = Choice("", (_("Nobody found for “{text}”.").format(text=cut(text, 40)),), text)
            self._names = {str(one.customer_id): one.name for one in found}
            self._choices = [Choice(str(one.customer_id), (_told(one),), text) for one in found] or [nobody]
            super()._open(text)

    def show_customer(self, key: str, name: str) -> None:
        """The one that is chosen, telling nobody."""
        self._names = {key: name}
        self._choices = [Choice(key, (cut(name, 60),))] if key else []
        self.choose(key)

    def _search(self) -> None:
        if (text := self.text().strip()) and not self.preedit:
            self.searched.emit(text)

    def _open(self, typed: str) -> None:
        """With what is known so far; the records are asked when one pauses."""
        super()._open(typed)
        if typed.strip():
            self._pause.start()


def _told(one: CustomerHit) -> str:
    """Enough to tell two of the same name apart."""
    return cut(" · ".join(filter(None, (one.name, one.reading, one.customer_no, one.group))), 80)
