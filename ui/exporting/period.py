"""Which days an export is about: the usual ones by name, others by a first and a last day."""

from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QWidget

from app.words import _
from ui.plain_text import label

_EVER, _THIS_MONTH, _LAST_MONTH, _THIS_YEAR, _DAYS = range(5)


class PeriodBox(QWidget):
    """`today` decides what "this month" is."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.choice = QComboBox()
        for words in (_("everything"), _("this month"), _("last month"), _("this year"), _("these days:")):
            self.choice.addItem(words)
        month = QDate(today.year, today.month, 1)
        self.first, self.last = _day_box(month), _day_box(QDate(today.year, today.month, today.day))
        self._to = label("–", "small")
        self.first.setAccessibleName(_("First day"))
        self.last.setAccessibleName(_("Last day"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for one in (self.choice, self.first, self._to, self.last):
            row.addWidget(one)
        row.addStretch(1)
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self._on_choice)
        self._on_choice()

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day, None without an end."""
        this_month = self._today.replace(day=1)
        before = this_month - timedelta(days=1)
        match self.choice.currentIndex():
            case index if index == _THIS_MONTH:
                return this_month, None
            case index if index == _LAST_MONTH:
                return before.replace(day=1), before
            case index if index == _THIS_YEAR:
                return self._today.replace(month=1, day=1), None
            case index if index == _DAYS:
                days = sorted(_python_day(one.date()) for one in (self.first, self.last))
                return days[0], days[1]
            case _:
                return None, None

    def _on_choice(self) -> None:
        for one in (self.first, self._to, self.last):
            one.setVisible(self.choice.currentIndex() == _DAYS)


def _day_box(day: QDate) -> QDateEdit:
    made = QDateEdit(day)
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy-MM-dd")
    return made


def _python_day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
