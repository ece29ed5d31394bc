"""By which rules is counted: the house's, or what is chosen here. Each field is seen only where a report needs it."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.figures.house_rules import ChosenRules
from app.figures.report_desk import ReportKind
from app.figures.rules import Rules, ServiceLevel
from app.words import _, ngettext
from ui.plain_text import button

_IN_TIME, _SHORT, _DAYS = (10, 15, 20, 30, 45, 60), (0, 3, 5, 10, 15), (1, 3, 7, 14, 30)
_LEVEL_LETTERS = 17


def _level_words(which: ServiceLevel) -> str:
    return {
        ServiceLevel.AGAINST: _("abandoned: against it"),
        ServiceLevel.LEFT_OUT: _("abandoned in time: left out"),
        ServiceLevel.FOR: _("abandoned in time: for it"),
    }[which]


def keep_narrow(box: QComboBox, letters: int) -> None:
    """What does not fit is cut; its list shows it whole."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    box.view().setTextElideMode(Qt.TextElideMode.ElideNone)


class RulesBox(QWidget):
    """Begins with what was chosen last; `house` takes that back."""

    changed = Signal()

    def __init__(self, rules: ChosenRules) -> None:
        super().__init__()
        self._rules, self._kind = rules, ReportKind.VOLUME
        self.in_time, self.short, self.level, self.days = (QComboBox() for _field in range(4))
        self.house = button(_("As the house has it"))
        self._fill()
        names = _("In time"), _("Short"), _("Service level"), _("Again within")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, name in zip(self.fields, names, strict=True):
            field.setAccessibleName(name)
            field.activated.connect(self._chosen)
            row.addWidget(field)
        row.addWidget(self.house)
        self.house.clicked.connect(self._as_the_house)
        self._show(rules.now)

    @property
    def fields(self) -> tuple[QComboBox, ...]:
        """All of them."""
        return self.in_time, self.short, self.level, self.days

    def show_for(self, kind: ReportKind) -> None:
        """Those that this report depends on."""
        self._kind = kind
        for field in (self.in_time, self.short, self.level):
            field.setVisible(kind is ReportKind.ANSWERING)
        self.days.setVisible(kind in (ReportKind.REPEATS, ReportKind.FIRST_CONTACT))
        self._offer_house()

    def _fill(self) -> None:
        both = self._rules.house, self._rules.now
        for seconds in _with(_IN_TIME, (one.in_time_seconds for one in both)):
            self.in_time.addItem(_("in time: within {n} s").format(n=seconds), seconds)
        for seconds in _with(_SHORT, (one.short_seconds for one in both)):
            self.short.addItem(_("short: under {n} s").format(n=seconds), seconds)
        for which in ServiceLevel:
            self.level.addItem(_level_words(which), which.value)
        keep_narrow(self.level, _LEVEL_LETTERS)
        for days in _with(_DAYS, (one.repeat_days for one in both)):
            self.days.addItem(ngettext("again within {n} day", "again within {n} days", days).format(n=days), days)

    def _show(self, rules: Rules) -> None:
        told = rules.in_time_seconds, rules.short_seconds, rules.service_level.value, rules.repeat_days
        for field, value in zip(self.fields, told, strict=True):
            field.setCurrentIndex(field.findData(value))
        self._offer_house()

    def _chosen(self) -> None:
        seconds, short, level, days = (field.currentData() for field in self.fields)
        self._keep(
            replace(
                self._rules.house, in_time_seconds=int(seconds), short_seconds=int(short),
                service_level=ServiceLevel(str(level)), repeat_days=int(days),
            )
        )  # fmt: skip

    def _as_the_house(self) -> None:
        self._keep(self._of_the_house)
        self._show(self._rules.now)

    def _keep(self, rules: Rules) -> None:
        self._rules.choose(rules)
        self._offer_house()
        self.changed.emit()

    def _offer_house(self) -> None:
        """Only where the report is counted by other rules."""
        is_needed = any(not field.isHidden() for field in self.fields)
        self.house.setVisible(is_needed and self._rules.now != self._of_the_house)

    @property
    def _of_the_house(self) -> Rules:
        """What this report does not depend on stays as it was chosen."""
        now, house = self._rules.now, self._rules.house
        if self._kind is ReportKind.ANSWERING:
            return replace(house, repeat_days=now.repeat_days)
        return replace(now, repeat_days=house.repeat_days)


def _with(usual: Iterable[int], further: Iterable[int]) -> list[int]:
    """In their order."""
    return sorted({*usual, *further})
