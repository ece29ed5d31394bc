"""Two customers side by side: a click or an arrow key says whose value each field gets, and who stays."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.duplicate_words import field_words
from app.duplicates import Choice, Comparison, Field, FieldPair, Side
from app.words import _
from ui.duplicates.words import counts, since, value
from ui.plain_text import cut
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_LONG = 14  # letters, which may be as wide as Japanese ones
_STAYS, _NUMBERS, _RECORDS = "stays", "numbers", "records"
_CHOSEN, _OTHER = "●", "○"


class Pick(StrEnum):
    """Where a value is taken from, as the two stand on the screen."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


_PLACES = (None, Pick.LEFT, Pick.RIGHT, Pick.BOTH)
_KEYS = {Qt.Key.Key_Left: Pick.LEFT, Qt.Key.Key_Right: Pick.RIGHT, Qt.Key.Key_B: Pick.BOTH}


class ComparisonView(RowsView):
    """Rows that need no choice stand below those that do.

    Signals: picked, something was chosen.
    """

    picked = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__((Column("", 116), Column(""), Column(""), Column("", 68)), tokens)
        self.setAccessibleName(_("Both customers"))
        self._comparison: Comparison | None = None
        self._picks: dict[Field, Pick] = {}
        self._stays = Pick.LEFT
        self.clicked.connect(self._on_click)

    def show_pair(self, comparison: Comparison | None) -> None:
        """Two others, with what is suggested."""
        self._comparison, self._stays = comparison, Pick.LEFT
        names = (comparison.left.name, comparison.right.name) if comparison else ("", "")
        for place, name in enumerate(names, start=1):
            self.model().setHeaderData(place, Qt.Orientation.Horizontal, cut(name))
        fields = comparison.fields if comparison else ()
        self._picks = {one.field: _pick(one.suggested) for one in fields if not one.is_same}
        self.setColumnHidden(len(_PLACES) - 1, not any(_has_both(one) and not one.is_same for one in fields))
        self._draw()
        self.scrollToTop()
        if comparison:
            self.setCurrentIndex(self.model().index(0, 0))

    def wish(self) -> tuple[Comparison, dict[Field, Choice]] | None:
        """Both, with the one that stays on the left, and whose value each field gets."""
        seen = self._comparison
        if seen is None:
            return None
        choices = {field: self._choice(pick) for field, pick in self._picks.items()}
        return (seen if self._stays is Pick.LEFT else Comparison(seen.right, seen.left, seen.fields)), choices

    def in_full(self) -> str:
        """Both values of the selected line, if they may be longer than their place."""
        one = self._line(self.current_key())
        if one is None or max(len(value(one, "left")), len(value(one, "right"))) < _LONG:
            return ""
        left, right = cut(value(one, "left")), cut(value(one, "right"))
        return left if one.is_same else f"{left}\n{right}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pick = _KEYS.get(Qt.Key(event.key()))
        if pick is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self._take(self.current_key(), pick)

    def _on_click(self, index: QModelIndex) -> None:
        if (pick := _PLACES[index.column()]) is not None:
            self._take(self.key_at(index), pick)

    def _take(self, key: object, pick: Pick) -> None:
        if key == _STAYS and pick is not Pick.BOTH:
            self._stays = pick
        elif (one := self._line(key)) is not None and _may(one, pick):
            self._picks[one.field] = pick
        else:
            return
        self._draw()
        self.picked.emit()

    def _line(self, key: object) -> FieldPair | None:
        """A key comes back from Qt as a plain text."""
        return next((one for one in self._fields() if one.field == key), None)

    def _choice(self, pick: Pick) -> Choice:
        if pick is Pick.BOTH:
            return Choice.BOTH
        return Choice.KEPT if pick is self._stays else Choice.MERGED

    def _fields(self) -> Sequence[FieldPair]:
        return self._comparison.fields if self._comparison else ()

    def _draw(self) -> None:
        if self._comparison is None:
            self.fill([])
            return
        left, right = self._comparison.left, self._comparison.right
        differing = [one for one in self._fields() if not one.is_same]
        same = [one for one in self._fields() if one.is_same and value(one, "left") != "–"]
        rows = [
            (_STAYS, self._row(_("Stays"), left.customer_no, right.customer_no, self._stays)),
            *((one.field, self._field_row(one)) for one in differing),
            (_NUMBERS, _both_row(_("Phone numbers"), _numbers(left), _numbers(right))),
            (_RECORDS, _both_row(_("Records"), Cell(counts(left), since(left)), Cell(counts(right), since(right)))),
            *((one.field, _same_row(one)) for one in same),
        ]
        self.fill([row for _key, row in rows], [key for key, _row in rows])

    def _field_row(self, one: FieldPair) -> Sequence[Cell]:
        row = self._row(field_words(one.field), value(one, "left"), value(one, "right"), self._picks[one.field])
        return (*row[:3], _mark(_("both"), is_chosen=self._picks[one.field] is Pick.BOTH)) if _has_both(one) else row

    def _row(self, name: str, left: str, right: str, pick: Pick) -> tuple[Cell, Cell, Cell, Cell]:
        is_left, is_right = pick in (Pick.LEFT, Pick.BOTH), pick in (Pick.RIGHT, Pick.BOTH)
        return Cell(name), _mark(left, is_chosen=is_left), _mark(right, is_chosen=is_right), Cell("")


def _mark(text: str, *, is_chosen: bool) -> Cell:
    sign, tone = (_CHOSEN, Tone.PLAIN) if is_chosen else (_OTHER, Tone.QUIET)
    first, _newline, rest = text.partition("\n")
    return Cell(f"{sign} {first}", " ".join(rest.split()), tone, is_strong=is_chosen)


def _may(one: FieldPair, pick: Pick) -> bool:
    return not one.is_same and (pick is not Pick.BOTH or _has_both(one))


def _has_both(one: FieldPair) -> bool:
    return Choice.BOTH in one.choices


def _pick(choice: Choice) -> Pick:
    return {Choice.KEPT: Pick.LEFT, Choice.MERGED: Pick.RIGHT, Choice.BOTH: Pick.BOTH}[choice]


def _both_row(name: str, left: Cell, right: Cell) -> Sequence[Cell]:
    return Cell(name, _("all are kept")), left, right, Cell("")


def _same_row(one: FieldPair) -> Sequence[Cell]:
    first, _newline, rest = value(one, "left").partition("\n")
    name, same = Cell(field_words(one.field), tone=Tone.QUIET), Cell("=", tone=Tone.QUIET)
    return name, Cell(first, " ".join(rest.split()), Tone.QUIET), same, Cell("")


def _numbers(side: Side) -> Cell:
    first, *rest = side.numbers or ("–",)
    return Cell(first, ", ".join(rest))
