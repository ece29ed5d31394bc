"""How many calls are to be drawn, of which days, how, and whose."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.reviews.reviewing import MOST_DRAWN, DrawWish, ReviewWay
from app.words import _, ngettext
from ui.plain_text import button
from ui.reports.rules_box import keep_narrow

_MANY = (5, 10, 20, 30, 50, MOST_DRAWN)
_USUAL = 20
_DAYS = (1, 7, 14, 31, 92)
_USUAL_DAYS = 7


class DrawBar(QWidget):
    """Signals: wanted, a DrawWish."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.many, self.days, self.way, self.whose = (QComboBox() for _field in range(4))
        self.go = button(_("Draw calls"))
        for n in _MANY:
            self.many.addItem(ngettext("{n} call", "{n} calls", n).format(n=n), n)
        self.many.setCurrentIndex(_MANY.index(_USUAL))
        for days in _DAYS:
            words = _("of the last 24 hours") if days == 1 else _("of the last {n} days").format(n=days)
            self.days.addItem(words, days)
        self.days.setCurrentIndex(_DAYS.index(_USUAL_DAYS))
        self.way.addItem(_("at random"), ReviewWay.RANDOM)
        self.way.addItem(_("by risk"), ReviewWay.RISK)
        self.whose.addItem(_("as many of each operator"), "")
        self._lay_out()
        self.go.clicked.connect(self._wish)

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Operators as (login, name); who is chosen stays."""
        chosen = self.whose.currentData()
        while self.whose.count() > 1:
            self.whose.removeItem(1)
        for login, name in people:
            self.whose.addItem(_("of {name} alone").format(name=name), login)
        self.whose.setCurrentIndex(max(self.whose.findData(chosen), 0))

    def _wish(self) -> None:
        way = ReviewWay(self.way.currentData())
        self.wanted.emit(DrawWish(way, self.many.currentData(), self.days.currentData(), self.whose.currentData()))

    def _lay_out(self) -> None:
        names = _("How many"), _("Days"), _("How they are drawn"), _("Whose calls")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, name in zip((self.many, self.days, self.way, self.whose), names, strict=True):
            field.setAccessibleName(name)
            row.addWidget(field)
        keep_narrow(self.whose, 22)
        row.addWidget(self.go)
        row.addStretch(1)
