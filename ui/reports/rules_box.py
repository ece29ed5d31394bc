"""What a house sets for its reports: each field is seen only where the report depends on it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.figures.asked import Rules, ServiceLevel
from app.figures.report_desk import ReportKind
from app.words import _, ngettext

_IN_TIME, _SHORT, _DAYS = (10, 15, 20, 30, 45, 60), (0, 3, 5, 10, 15), (1, 3, 7, 14, 30)
_USUAL = Rules()
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
    """Signals of its fields are `changed` of the page: it connects them itself."""

    def __init__(self) -> None:
        super().__init__()
        self.in_time, self.short, self.level, self.days = (QComboBox() for _field in range(4))
        for seconds in _IN_TIME:
            self.in_time.addItem(_("in time: within {n} s").format(n=seconds), seconds)
        for seconds in _SHORT:
            self.short.addItem(_("short: under {n} s").format(n=seconds), seconds)
        for which in ServiceLevel:
            self.level.addItem(_level_words(which), which.value)
        keep_narrow(self.level, _LEVEL_LETTERS)
        for days in _DAYS:
            self.days.addItem(ngettext("again within {n} day", "again within {n} days", days).format(n=days), days)
        self.in_time.setCurrentIndex(_IN_TIME.index(_USUAL.in_time_seconds))
        self.short.setCurrentIndex(_SHORT.index(_USUAL.short_seconds))
        self.days.setCurrentIndex(_DAYS.index(_USUAL.repeat_days))
        names = _("In time"), _("Short"), _("Service level"), _("Again within")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, name in zip(self.fields, names, strict=True):
            field.setAccessibleName(name)
            row.addWidget(field)

    @property
    def fields(self) -> tuple[QComboBox, ...]:
        """All of them."""
        return self.in_time, self.short, self.level, self.days

    @property
    def rules(self) -> Rules:
        """As they are chosen."""
        return Rules(
            int(self.in_time.currentData()),
            int(self.short.currentData()),
            ServiceLevel(str(self.level.currentData())),
            int(self.days.currentData()),
        )

    def show_for(self, kind: ReportKind) -> None:
        """Those that this report depends on."""
        for field in (self.in_time, self.short, self.level):
            field.setVisible(kind is ReportKind.ANSWERING)
        self.days.setVisible(kind in (ReportKind.REPEATS, ReportKind.FIRST_CONTACT))
