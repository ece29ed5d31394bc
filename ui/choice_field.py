"""A field that opens a list in place: typing narrows it, Enter takes, Escape closes.

The list is a child of the window and never has the keyboard: no window of its own comes up, nothing is grabbed, and a
call that rings meanwhile finds everything as it was.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.choices import Choice, narrowed
from ui.line_field import LineField
from ui.plain_text import cut

_MOST_SEEN, _ROW = 7, 30  # rows without scrolling, px
_ARROW = 18  # px that no text may stand in
_KEY = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _MOST_SEEN, Qt.Key.Key_PageUp: -_MOST_SEEN}


class ChoiceField(LineField):
    """One of the offered choices, or none.

    Signals:
        changed: another one was chosen, or none.
        entered: Enter, while the list is closed.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setTextMargins(0, 0, _ARROW, 0)
        self._choices: Sequence[Choice] = ()
        self._key = ""
        self._list: ChoiceList | None = None
        self.textEdited.connect(self._open)

    @property
    def key(self) -> str:
        """Of what is chosen; "" for nothing."""
        return self._key

    def offer(self, choices: Sequence[Choice]) -> None:
        """These from now on; what is chosen stays, also if it is none of them."""
        self._choices = choices
        if not self.is_open:
            self._show()

    def choose(self, key: str) -> None:
        """Show this one, telling nobody."""
        self._key = key
        self._show()

    @property
    def is_open(self) -> bool:
        """Whether the list is seen."""
        return self._list is not None and not self._list.isHidden()

    def open_list(self) -> None:
        """All that can be chosen, with what is chosen selected."""
        self._open("")
        self.selectAll()

    def close_list(self) -> None:
        """Nothing is taken."""
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in _ENTER and self.is_open:
            self._take()
        elif key in _ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.is_open:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.is_open:
            is_tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if is_tab and self.text() != self._words():  # what was typed chose it
                self._take()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.is_open:
            self.open_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_open or self.text() != self._words():
            self._give_up()

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)

    def _words(self) -> str:
        """What stands there while nobody types."""
        return self._chosen()

    def _show(self) -> None:
        self.close_list()
        if (words := self._chosen()) != self.text():
            self.setText(words)
            self.setCursorPosition(0)

    def _chosen(self) -> str:
        """What is chosen, in words."""
        return next((one.words for one in self._choices if one.key == self._key), self._key)

    def _give_up(self) -> None:
        self._show()

    def _open(self, typed: str) -> None:
        found = narrowed(self._choices, typed)
        if self._list is None:
            self._list = ChoiceList(self)
            self._list.clicked_on.connect(self._take)
        self._list.fill(found, is_tree=not typed.strip())
        self._list.select(self._first_key(found, typed))
        self._list.stand_at(self)
        self._tell_row()

    def _first_key(self, found: Sequence[Choice], typed: str) -> str:
        if not typed.strip() and any(one.key == self._key for one in found):
            return self._key
        return found[0].key if found else ""

    def _step(self, rows: int) -> None:
        if self.is_open and self._list is not None:
            self._list.step(rows)
            self._tell_row()
        else:
            self.open_list()

    def _tell_row(self) -> None:
        """A screen reader stays at the field: it hears there which row is meant."""
        self.setAccessibleDescription(self._list.current_words() if self._list is not None else "")

    def _take(self) -> None:
        """What is selected; nothing typed and nothing selected chooses nothing."""
        if self._list is None:
            return
        key = self._list.current_key()
        if not key and self.text().strip():  # nothing is called so
            return
        before, empty = self._key, not self.text().strip() and self.isModified()
        self.choose("" if empty else key)
        if self._key != before:
            self.changed.emit()


class FreeField(ChoiceField):
    """The same, but what is typed counts too: a row is taken only if an arrow key has gone to it."""

    def __init__(self) -> None:
        super().__init__()
        self.textEdited.connect(self._typed)

    @property
    def words(self) -> str:
        """What stands there."""
        return self.text().strip()

    def _typed(self, text: str) -> None:
        self._key = text.strip()
        if self._list is not None:
            self._list.select("")
            if self._list.count() == 0:
                self.close_list()
        self.changed.emit()

    def _words(self) -> str:
        return self.text()

    def _give_up(self) -> None:
        self.close_list()

    def _take(self) -> None:
        key = self._list.current_key() if self._list is not None else ""
        self.close_list()
        if key:
            self.choose(key)
            self.changed.emit()


class ChoiceList(QListWidget):
    """The open list, over whatever lies there.

    Signals: clicked_on, a row of it is selected now.
    """

    clicked_on = Signal()

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self.setObjectName("choices")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.hide()
        self.itemClicked.connect(self._clicked)

    def fill(self, choices: Sequence[Choice], *, is_tree: bool) -> None:
        """As a tree under the headings of their groups, or each with its whole path."""
        self.clear()
        group: tuple[str, ...] = ()
        for one in choices:
            if is_tree and one.path[:-1] not in ((), group):
                self._add(Choice("", (" › ".join(one.path[:-1]),)), "")
            group = one.path[:-1]
            self._add(one, ("    " if group else "") + one.path[-1] if is_tree else one.words)

    def select(self, key: str) -> None:
        """The row with this key; "" selects none."""
        rows = [row for row in range(self.count()) if key and self.item(row).data(_KEY) == key]
        self.setCurrentRow(rows[0] if rows else -1)

    def show_ticks(self, is_ticked: Callable[[str], bool]) -> None:
        """A box before each row that can be chosen, ticked where this says so."""
        for item in filter(lambda item: item.data(_KEY), map(self.item, range(self.count()))):
            state = Qt.CheckState.Checked if is_ticked(item.data(_KEY)) else Qt.CheckState.Unchecked
            item.setData(Qt.ItemDataRole.CheckStateRole, state.value)

    def step(self, rows: int) -> None:
        """So many rows on, past headings, not past an end."""
        places = [row for row in range(self.count()) if self.item(row).data(_KEY)]
        if places:
            now = places.index(self.currentRow()) if self.currentRow() in places else -1 if rows > 0 else 0
            self.setCurrentRow(places[max(0, min(len(places) - 1, now + rows))])

    def current_key(self) -> str:
        """ "" where none is selected."""
        item = self.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def current_words(self) -> str:
        """The whole path of what is selected."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.AccessibleTextRole)) if item is not None else ""

    def stand_at(self, field: QWidget) -> None:
        """Under the field or, where there is no room, above it."""
        if not self.count():
            self.hide()
            return
        height = min(self.count(), _MOST_SEEN) * _ROW + 10
        top, below = field.mapTo(self.window(), QPoint(0, 0)), field.height() + 2
        is_under = top.y() + below + height <= self.window().height()
        y = top.y() + below if is_under else max(0, top.y() - height - 2)
        self.setGeometry(top.x(), y, max(field.width(), 200), height)
        self.show()
        self.raise_()
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem(), QListWidget.ScrollHint.PositionAtCenter)

    def _add(self, choice: Choice, shown: str) -> None:
        item = QListWidgetItem(cut(shown or choice.words))
        item.setData(_KEY, choice.key)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, choice.words)
        if not choice.key:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        if item.data(_KEY):
            self.clicked_on.emit()
