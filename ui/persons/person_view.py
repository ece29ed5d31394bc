"""One person: what is kept in counts, a copy, what holds him, and erasing with its consequences told first."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.error_words import error_words
from app.person.person_words import cleaned_words, kept_words, left_words, released_words
from app.person.persons_desk import Erased, Exported, Hold, Kept, PersonsDesk
from app.words import _
from ui import wording
from ui.persons.counts import Counts
from ui.persons.reason_form import ReasonForm
from ui.plain_text import button, give_role, label

_COUNTS, _HOLD, _ERASE = range(3)


class PersonView(QWidget):
    """Empty until somebody is chosen.

    Signals:
        erased: he is found by no search any more.
    """

    erased = Signal()

    def __init__(self, desk: PersonsDesk) -> None:
        super().__init__()
        self._desk, self._number = desk, ""
        self.is_at_work = False
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._title, self._state, self._said = label("", "title"), label("", "small"), label("", "line")
        self._counts, self._parts = Counts(), QStackedWidget()
        self.holding, self.erasing = ReasonForm(_("Set the hold"), "primary"), ReasonForm(_("Erase for good"), "danger")
        self.copy, self.hold = button(_("Hand out a copy…")), button(_("Hold…"))
        self.release, self.erase = button(_("End the hold")), button(_("Erase…"))
        self._lay_out()
        self._connect()
        self._show_nobody()

    def look(self, number: str) -> None:
        """Whom somebody has chosen."""
        if self.is_at_work:
            return
        self._number = number
        self._say("", "line")
        self._desk.look(number, self._show, self._not_found)

    # --- how it stands

    def _look_again(self) -> None:
        self._desk.look_again(self._number, self._show, self._failed)

    def _show(self, kept: Kept) -> None:
        person = kept.person
        if person.customer_no != self._number:
            return
        names = [wording.honoured(one) for one in person.names[:1] if one]
        self._title.setText("  ".join([*names, person.customer_no]))
        is_gone = person.erased_at is not None or bool(person.merged_into)
        self._state.setText(_state_words(kept))
        self._counts.fill(kept_words(kept))
        for one, is_shown in (
            (self.copy, True), (self.hold, not is_gone), (self.release, bool(kept.holds)),
            (self.erase, not is_gone),
        ):  # fmt: skip
            one.setVisible(is_shown)
        self._go(_COUNTS)

    def _show_nobody(self) -> None:
        self._title.setText("")
        self._state.setText(_("Whoever is chosen on the left stands here: what is kept, and what can be done."))
        self._counts.fill(())
        for one in (self.copy, self.hold, self.release, self.erase):
            one.hide()

    def _not_found(self, error: Exception) -> None:
        self._show_nobody()
        self._say("▲ " + error_words(error), "alarm")

    # --- what is done

    def _on_copy(self) -> None:
        dialog = QFileDialog(self, _("Folder for the copy"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(self._folder)
        dialog.fileSelected.connect(lambda chosen: self.copy_to(Path(chosen)))
        dialog.show()

    def copy_to(self, folder: Path) -> None:
        """Two files, for programs and for reading."""
        self._folder = str(folder)
        self._begin(_("Writing the copy…"))
        self._desk.export(self._number, folder, self._copied, self._failed)

    def _copied(self, done: Exported) -> None:
        names = " · ".join(path.name for path in done.paths)
        words = _("✓ {rows} rows written to {folder}: {names}")
        told = words.format(rows=f"{done.rows:,}", folder=done.paths[0].parent, names=names)
        self._end([told, _("The files are readable by you alone. Delete them once they have served.")])

    def _on_hold(self) -> None:
        self._say("", "line")
        self._go(_HOLD)
        self.holding.ask([_("While a hold stands nobody erases this person, and no rule of keeping removes anything.")])

    def _hold(self, reason: str) -> None:
        number = self._number
        self._begin(_("Writing…"))
        held = _("✓ {number} is held: it can't be erased until the hold is lifted.").format(number=number)
        self._desk.hold(number, reason, lambda _none: self._end([held]), self._failed)

    def _on_release(self) -> None:
        number = self._number
        self._begin(_("Writing…"))
        self._desk.release(number, lambda n: self._end(["✓ " + released_words(number, n)]), self._failed)

    def _on_erase(self) -> None:
        """The consequences first, in numbers."""
        self._begin(_("Counting…"))
        self._desk.plan(self._number, self._planned, self._failed)

    def _planned(self, lines: list[str]) -> None:
        self._end([])
        self._go(_ERASE)
        heading = _("▲ There is no way back. Erasing {number} means:").format(number=self._number)
        self.erasing.ask([heading, *(f"    {one}" for one in lines)], self._number)

    def _erase(self, reason: str) -> None:
        number = self._number
        self._begin(_("Erasing…"))

        def done(end: Erased) -> None:
            self._end(
                [_("✓ {number} was erased.").format(number=number), *cleaned_words(end.cleaned), *left_words(end)]
            )
            self.erased.emit()

        self._desk.erase(number, reason, done, self._failed)

    # --- what is said

    def _begin(self, words: str) -> None:
        self.is_at_work = True
        self._hold_still(is_still=True)
        self._say(words, "line")

    def _end(self, lines: Sequence[str]) -> None:
        self.is_at_work = False
        self._hold_still(is_still=False)
        self._say("\n".join(lines), "result")
        if lines:
            self._look_again()

    def _failed(self, error: Exception) -> None:
        self.is_at_work = False
        self._hold_still(is_still=False)
        self._say("▲ " + error_words(error), "alarm")

    def _hold_still(self, *, is_still: bool) -> None:
        for one in (self.copy, self.hold, self.release, self.erase):
            one.setDisabled(is_still)
        for form in (self.holding, self.erasing):
            form.be_busy(is_busy=is_still)

    def _say(self, words: str, role: str) -> None:
        give_role(self._said, role)
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _leave_form(self) -> None:
        self._say("", "line")
        self._go(_COUNTS)
        next((one for one in (self.erase, self.copy) if not one.isHidden()), self.copy).setFocus()

    def _go(self, part: int) -> None:
        """The buttons are for the counts: a form has its own."""
        self._parts.setCurrentIndex(part)
        for one in (self._row, self._state):
            one.setVisible(part == _COUNTS)

    def _connect(self) -> None:
        pairs: tuple[tuple[QWidget, Callable[[], None]], ...] = (
            (self.copy, self._on_copy), (self.hold, self._on_hold), (self.release, self._on_release),
            (self.erase, self._on_erase),
        )  # fmt: skip
        for one, do in pairs:
            one.clicked.connect(do)  # type: ignore[attr-defined]  # all are buttons
        self.holding.said.connect(self._hold)
        self.erasing.said.connect(self._erase)
        for form in (self.holding, self.erasing):
            form.left.connect(self._leave_form)

    def _lay_out(self) -> None:
        kept, self._row = QWidget(), QWidget()
        inner, buttons, column = QVBoxLayout(kept), QHBoxLayout(self._row), QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._counts)
        inner.addStretch(1)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        for one in (self.copy, self.hold, self.release, self.erase):
            buttons.addWidget(one)
        buttons.addStretch(1)
        for part in (kept, self.holding, self.erasing):
            self._parts.addWidget(part)
        for told in (self._title, self._state, self._said):
            told.setWordWrap(True)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._state)
        column.addWidget(self._parts, 1)
        column.addWidget(self._said)
        column.addWidget(self._row)


def _state_words(kept: Kept) -> str:
    person = kept.person
    if person.erased_at is not None:
        return _("⊘ Erased on {day}: what stands below is counted, and names nobody.").format(
            day=wording.day(person.erased_at)
        )
    if person.merged_into:
        return _("Merged into {other}: look there.").format(other=person.merged_into)
    return "\n".join(map(_hold_words, kept.holds)) or _("This is kept:")


def _hold_words(one: Hold) -> str:
    told = _("⚑ Held since {day} by {operator}: {reason}")
    return told.format(day=wording.day(one.at), operator=one.operator, reason=one.reason)
