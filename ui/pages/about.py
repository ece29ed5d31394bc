"""About Omote: which version this is, whose work is in it, and a newer one if IT has said where to look."""

from collections.abc import Callable

from PySide6.QtCore import qVersion
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.about import About
from app.updates.manifest import Manifest
from app.updates.words import news_words, notes_of
from app.words import _
from ui.plain_text import button, label

_WIDTH = 720


class AboutPage(QWidget):
    """A page without a line on the rail: the sheet of keys and the tray lead to it.

    `newer`: what is known of a newer version, None where nothing is.
    """

    def __init__(self, about: About, newer: Callable[[], Manifest | None]) -> None:
        super().__init__()
        self._about, self._newer = about, newer
        self.news, self.notes = label("", "strong"), label()
        self.licence, self.notices = button(_("Licence")), button(_("Notices of others"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Licence"))
        self.text.setTabChangesFocus(True)
        self.text.hide()
        self.licence.clicked.connect(lambda: self._read(_("Licence"), about.licence()))
        self.notices.clicked.connect(lambda: self._read(_("Notices of others"), about.notices() or _without_bundle()))
        self._lay_out()
        self._show_newer(newer())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_newer(self._newer())

    def _show_newer(self, newer: Manifest | None) -> None:
        self.news.setHidden(newer is None)
        self.notes.setHidden(newer is None)
        if newer is not None:
            self.news.setText(news_words(newer.version))
            self.notes.setText(notes_of(newer))

    def _read(self, name: str, text: str) -> None:
        self.text.setAccessibleName(name)
        self.text.setPlainText(text)
        self.text.show()
        self.text.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(_("About Omote"), "title"))
        self.version, self.parts = label(self._version(), "strong"), label(self._parts(), "small")
        words = [self.version, self.parts, self.news, self.notes]
        words += [label(one) for one in (_licence_words(), self._source_words())]
        for one in words:
            one.setWordWrap(True)
            one.setMaximumWidth(_WIDTH)
            column.addWidget(one)
        buttons = QHBoxLayout()
        buttons.addWidget(self.licence)
        buttons.addWidget(self.notices)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.text, 1)
        column.addStretch(0)

    def _version(self) -> str:
        if not self._about.build:
            return _("Omote {version}, from a checkout").format(version=self._about.version)
        return _("Omote {version}, built {build}").format(version=self._about.version, build=self._about.build)

    def _parts(self) -> str:
        return f"{self._about.parts}, Qt {qVersion()}"

    def _source_words(self) -> str:
        words = _("Its source lies beside the packages, in {file}. Whoever gave you Omote gives you that too.")
        return words.format(file=self._about.source)


def _licence_words() -> str:
    return _(
        "Omote is free software: you may use, study, share and change it under the GNU General Public License,"
        " version 3 or any later one (GPL-3.0-or-later). It comes without any warranty."
    )


def _without_bundle() -> str:
    return _("In a checkout each library has its licence beside it, in the folder .venv.")
