"""Under the form of a source: its password, and buttons that try it as it stands there, saved or not."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from app.diagnosis.finding import Finding, attention, fault, ok
from app.errors import UserError
from app.screen import SourceStatus
from app.settings_draft import source_of
from app.source_words import state_words
from app.trying import findings_of
from app.words import _
from ui.settings.password_row import PasswordRow
from ui.settings.try_box import TryBox
from ui.settings_place import SettingsPlace

_LOOK_EVERY_MS, _LOOKS = 500, 20
_RINGS_WITHIN_MS = 8_000


class SourceTries(QWidget):
    """`show_row` says which source stands in the form."""

    def __init__(self, place: SettingsPlace) -> None:
        super().__init__()
        self._place = place
        self._row: Mapping[str, Any] = {}
        self.password, self.box = PasswordRow(place.trying), TryBox()
        self.try_it = self.box.add(_("Try this connection"))
        self.register = self.box.add(_("Register now"))
        self.ring = self.box.add(_("Ring me"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        column.addWidget(self.password)
        column.addWidget(self.box)
        self.try_it.clicked.connect(self._try)
        self.register.clicked.connect(self._register)
        self.ring.clicked.connect(self._ring)
        self.password.kept.connect(place.running.register)

    def show_row(self, row: Mapping[str, Any]) -> None:
        """Another source, or another word of it."""
        if row.get("name") != self._row.get("name"):
            self.box.clear()
        self._row = row
        kind, name = str(row.get("kind", "sip")), str(row.get("name", ""))
        self.password.setVisible(kind != "ncid")
        self.password.stand_for(name if kind != "ncid" else "")
        runs = self._status() is not None
        self.register.setVisible(kind in ("sip", "sip-dialog") and bool(row.get("register", True)))
        self.ring.setVisible(kind == "sip")
        self.register.setEnabled(runs)
        self.ring.setEnabled(runs)
        self.try_it.setEnabled(bool(name))

    def _status(self) -> SourceStatus | None:
        """Of the running program's source of this name."""
        return next((one for one in self._place.running.status().sources if one.name == self._row.get("name")), None)

    def _try(self) -> None:
        try:
            source = source_of(self._row)
        except UserError as error:
            self.box.tell(self.box.begin(), findings_of(error))
            return
        asked = self.box.begin(_("Looking at the server, which may take some seconds…"))
        self._place.trying.source(source, self.password.typed, lambda told: self._tell(asked, findings_of(told)))

    def _register(self) -> None:
        asked = self.box.begin()
        self._place.running.register(str(self._row.get("name", "")))
        QTimer.singleShot(_LOOK_EVERY_MS, self, partial(self._look, asked, _LOOKS))

    def _look(self, asked: int, left: int) -> None:
        """Until it hears calls, or nobody believes in it any more."""
        status = self._status() if isValid(self) else None
        if status is None:
            return
        if not status.hears_calls and left:
            QTimer.singleShot(_LOOK_EVERY_MS, self, partial(self._look, asked, left - 1))
            return
        words = _("in the running program: {state}.").format(state=state_words(status))
        self._tell(
            asked, [ok(words) if status.hears_calls else fault(words, _("See what “Try this connection” finds."))]
        )

    def _ring(self) -> None:
        asked = self.box.begin(_("A test call is on its way…"))
        self._place.running.ring_me(lambda answer: self._rung(asked, answer), str(self._row.get("name", "")))
        QTimer.singleShot(_RINGS_WITHIN_MS, self, partial(self._silent, asked))

    def _rung(self, asked: int, answer: Mapping[str, Any]) -> None:
        if "error" in answer:
            found = fault(_("This source takes no test call now."), _("See its state on the first page."))
        else:
            ms = answer["stamps_us"]["painted"] / 1000
            found = ok(_("The test call popped: {ms} ms from packet to paint.").format(ms=f"{ms:.1f}"))
        self._tell(asked, [found])

    def _silent(self, asked: int) -> None:
        silent = attention(_("The test call did not pop."), _("See “Not shown” on the first page for why."))
        if self.box.is_waiting(asked):
            self._tell(asked, [silent])

    def _tell(self, asked: int, findings: Sequence[Finding]) -> None:
        if isValid(self):
            self.box.tell(asked, findings)
