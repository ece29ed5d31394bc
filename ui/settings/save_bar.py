"""The foot of the settings: what waits to be saved, what was, and a new start where one is needed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.words import _, ngettext
from ui.plain_text import button, give_role, label
from ui.question import Question


class SaveBar(QFrame):
    """Signals:
    saved: what was changed is to be written.
    undone: it is to be let go.
    restarted: Omote is to start anew.
    left: it is to end, whatever waits here.
    """

    saved = Signal()
    undone = Signal()
    restarted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("savebar")
        self.told = label("", "line")
        self.told.setWordWrap(True)
        self.undo, self.save = button(_("Undo changes")), button(_("Save changes"), "primary")
        self.restart = button(_("Restart Omote"))
        self.question = Question(_("Quit without saving"), _("Stay here"))
        self._lay_out()
        self.save.clicked.connect(self.saved)
        self.undo.clicked.connect(self.undone)
        self.restart.clicked.connect(self.restarted)
        self.question.yes.clicked.connect(self.left)
        self.question.no.clicked.connect(self.question.hide)
        self.restart.hide()
        self._count = 0
        self.show_changes(0)

    def show_changes(self, count: int) -> None:
        """How many values wait; what was said of the last save goes with the first of them."""
        for one in (self.undo, self.save):
            one.setEnabled(count > 0)
        if self._count and not count:
            self.say("")
        self._count = count
        if count:
            words = ngettext("{n} change is not saved.", "{n} changes are not saved.", count).format(n=count)
            self.say(words)
        else:
            self.question.hide()

    def say(self, words: str, role: str = "line") -> None:
        """What became of it."""
        give_role(self.told, role)
        self.told.setText(words)

    def offer_restart(self) -> None:
        """What was saved counts after the next start."""
        self.restart.show()

    def take_over(self, before: "SaveBar") -> None:
        """What that one said."""
        self.say(before.told.text(), str(before.told.property("role")))
        self.restart.setHidden(before.restart.isHidden())

    def ask(self) -> None:
        """The program is to end, and something waits."""
        self.question.ask(_("These changes are not saved. Quit all the same?"))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        for one in (self.restart, self.undo, self.save):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(8)
        column.addWidget(self.question)
        column.addLayout(row)
