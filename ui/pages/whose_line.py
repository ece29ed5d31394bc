"""Whose follow-ups a supervisor looks at, with how many of them are overdue; operators never see it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.follow_ups import FollowUpCount
from app.words import _
from ui.plain_text import label

_MINE, _ALL = "mine", "all"
_WIDTH = 260


class WhoseLine(QWidget):
    """Signals: changed, another operator's are wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setMinimumWidth(_WIDTH)
        self.box.setAccessibleName(_("Whose follow-ups"))
        self.box.addItem(_("mine and the team's"), _MINE)
        self.box.addItem(_("everybody's"), _ALL)
        self._counts: Sequence[FollowUpCount] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(_("Whose"), "small", buddy_of=self.box))
        row.addWidget(self.box)
        row.addStretch(1)
        self.box.currentIndexChanged.connect(self.changed)

    @property
    def is_mine(self) -> bool:
        """Whether only those of who sits here, and the team's, are wanted: as operators see them."""
        return bool(self.box.currentData() == _MINE)

    @property
    def whose(self) -> str | None:
        """A login, "" for the team, None for everybody."""
        chosen = self.box.currentData()
        return None if chosen in (_MINE, _ALL) else str(chosen)[1:]

    def be_mine(self) -> None:
        """Whoever sits here is no supervisor."""
        self.box.setCurrentIndex(0)

    def offer(self, counts: Sequence[FollowUpCount]) -> None:
        """Who has any; who is chosen stays."""
        self._counts, chosen = counts, self.box.currentData()
        self.box.blockSignals(True)
        while self.box.count() > 2:
            self.box.removeItem(2)
        for one in counts:
            name = one.name or one.login or _("the team")
            words = _("{name}: {n}, {late} overdue").format(name=name, n=one.listed, late=one.overdue)
            self.box.addItem(words if one.overdue else f"{name}: {one.listed}", f"@{one.login}")
        if self.box.findData(chosen) < 0:  # the last of theirs was done
            self.box.addItem(str(chosen)[1:] or _("the team"), chosen)
        self.box.setCurrentIndex(max(self.box.findData(chosen), 0))
        self.box.blockSignals(False)

    def counted(self) -> FollowUpCount | None:
        """Of those that are wanted, all together; None before they are known."""
        mine = [one for one in self._counts if self.whose in (None, one.login)]
        if not self._counts:
            return None
        return FollowUpCount(
            "", "", sum(one.overdue for one in mine), sum(one.today for one in mine), sum(one.listed for one in mine)
        )
