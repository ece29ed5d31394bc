"""A field in which several of the offered choices can be ticked: it says which, or how many where they do not fit."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent

from app.choices import Choice
from app.words import _
from ui.choice_field import ChoiceField
from ui.plain_text import set_tip

_EVERYTHING = "\n"  # nothing in the records is called so
_ROOM = QMargins(10, 0, 32, 0)  # the frame, and the arrow that the style draws


class SeveralField(ChoiceField):
    """Enter or a click ticks a row and leaves the list open; so does Space, while nothing is typed.

    The first row stands for all of them: nothing is ticked then. `changed` tells each tick.
    """

    def __init__(self, everything: str) -> None:
        super().__init__()
        self._everything, self._keys = Choice(_EVERYTHING, (everything,)), tuple[str, ...]()
        self.offer(())

    @property
    def keys(self) -> tuple[str, ...]:
        """Of those that are ticked; none: it does not matter."""
        return self._keys

    def offer(self, choices: Sequence[Choice]) -> None:
        """These from now on; what is ticked stays, also if it is none of them."""
        super().offer((self._everything, *choices))

    def tick(self, keys: Sequence[str]) -> None:
        """These and no others, telling nobody; a list that is open and ticked so stays open."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_typing = self.text() != self._words() or bool(self.preedit)
        if event.key() == Qt.Key.Key_Space and self.is_open and not is_typing:
            self._take()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_open:
            self._give_up()
        else:
            super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()  # what is typed looks for a row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.is_open and not self.isModified():
            self._show()

    def _chosen(self) -> str:
        names = ", ".join(self._names())
        room = self.rect().marginsRemoved(_ROOM).width()
        if len(self._keys) > 1 and self.fontMetrics().horizontalAdvance(names) > room:
            return _("{n} chosen").format(n=len(self._keys))
        return names

    def _names(self) -> list[str]:
        """Of a path its end, which the list shows under its heading."""
        if not self._keys:
            return [self._everything.words]
        known = {one.key: one.path[-1] for one in self._choices}
        return [known.get(key, key) for key in self._keys]

    def _show(self) -> None:
        super()._show()
        set_tip(self, ", ".join(self._names()) if self._keys else "")

    def _is_ticked(self, key: str) -> bool:
        return key in self._keys or (key == _EVERYTHING and not self._keys)

    def _open(self, typed: str) -> None:
        super()._open(typed)
        if self._list is not None:
            self._list.show_ticks(self._is_ticked)

    def _first_key(self, found: Sequence[Choice], typed: str) -> str:
        if not typed.strip() and self._keys:
            return self._keys[0]
        return found[0].key if found else ""

    def _take(self) -> None:
        key = self._list.current_key() if self._list is not None else ""
        if not key or self._list is None:
            return
        others = tuple(one for one in self._keys if one != key)
        self._keys = () if key == _EVERYTHING else others if key in self._keys else (*others, key)
        self._list.show_ticks(self._is_ticked)
        self.setText(self._words())
        self.selectAll()
        set_tip(self, ", ".join(self._names()) if self._keys else "")
        self._tell_row()
        self.changed.emit()
