"""The tray icon: shows whether calls would be seen, and brings the windows back."""

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.manual import manual_page, open_manual
from app.screen import Status
from app.words import _, language, ngettext
from ui.plain_text import set_tray_tip, show_tray_notice
from ui.status_line import break_words, source_words
from ui.theme import Tokens

_MOST_COUNTED = 99


class Tray(QObject):
    """Signals: wants_pop, wants_main, wants_break (or its end), wants_switch (operator), wants_settings,
    wants_about (what this program is), wants_quit."""

    wants_pop = Signal()
    wants_main = Signal()
    wants_break = Signal()
    wants_switch = Signal()
    wants_settings = Signal()
    wants_quit = Signal()
    wants_about = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._menu = QMenu()
        self._has_settings = False
        self.speak()
        self._status, self._due = Status(), 0
        self.icon = QSystemTrayIcon(omote_icon(tokens, tokens.ink2))
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)

    def speak(self) -> None:
        """The menu in the language now in use."""
        self._menu.clear()
        self._menu.addAction(_("Take me to the call"), self.wants_pop.emit)
        self._menu.addAction(_("Today's calls"), self.wants_main.emit)
        self.on_break = self._menu.addAction(_("On a break"), self.wants_break.emit)
        self.on_break.setCheckable(True)
        self._menu.addAction(_("Switch operator…"), self.wants_switch.emit)
        self._settings = self._menu.addAction(_("Settings"), self.wants_settings.emit)
        self._settings.setVisible(self._has_settings)
        self._menu.addAction(_("About Omote"), self.wants_about.emit)
        self._menu.addSeparator()
        if (page := manual_page(language())) is not None:
            self._menu.addAction(_("Help"), lambda: open_manual(page))
        self._menu.addAction(_("Quit"), self.wants_quit.emit)

    def wear(self, tokens: Tokens) -> None:
        """Other colours."""
        self._tokens = tokens
        self.show_status(self._status)

    def offer_settings(self) -> None:
        """There is a page of them."""
        self._has_settings = True
        self._settings.setVisible(True)

    def show(self) -> None:
        """Stand in the tray, where the desktop has one."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def show_status(self, status: Status) -> None:
        """The icon's colour and its tooltip's words say the same."""
        self._status = status
        hears = bool(status.sources) and all(one.hears_calls for one in status.sources)
        is_well = hears and status.database is None
        dot = self._tokens.good if is_well else self._tokens.bad
        self.on_break.setChecked(status.break_since is not None)
        if status.break_since is not None:
            dot = self._tokens.warning
        self.icon.setIcon(omote_icon(self._tokens, dot, _badge(status) or self._due_badge()))
        sources = [source_words(one) for one in status.sources] or [_("○ no phone is set up")]
        due = [ngettext("◆ {n} follow-up is due", "◆ {n} follow-ups are due", self._due).format(n=self._due)]
        words = "\n".join([*break_words(status), *(due if self._due else ()), *sources])
        set_tray_tip(self.icon, f"Omote\n{words}")

    def show_due(self, count: int) -> None:
        """How many follow-ups are due."""
        if count != self._due:
            self._due = count
            self.show_status(self._status)

    def notice(self, words: str) -> None:
        """The desktop's own quiet notice, where it has one; it takes no keyboard and goes by itself."""
        if self.icon.isVisible() and QSystemTrayIcon.supportsMessages():
            show_tray_notice(self.icon, words)

    def _due_badge(self) -> str:
        return str(min(self._due, _MOST_COUNTED)) if self._due else ""

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.wants_pop.emit()


def _badge(status: Status) -> str:
    """On a break: how many calls came, or the sign of a pause; "" otherwise."""
    if status.break_since is None:
        return ""
    return str(min(status.break_calls, _MOST_COUNTED)) if status.break_calls else "Ⅱ"


def omote_icon(tokens: Tokens, dot: str, badge: str = "") -> QIcon:
    """A card with a dot that tells the state, and in it what `badge` says."""
    picture = QPixmap(64, 64)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent))
    painter.drawRoundedRect(2, 10, 60, 44, 8, 8)
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(10, 20, 28, 6, 3, 3)
    painter.drawRoundedRect(10, 32, 40, 4, 2, 2)
    painter.drawRoundedRect(10, 41, 32, 4, 2, 2)
    painter.setBrush(QColor(dot))
    painter.drawEllipse(QRect(30, 0, 34, 34) if badge else QRect(42, 4, 20, 20))
    if badge:
        font = QFont()
        font.setPixelSize(24)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.surface))
        painter.drawText(QRect(30, 0, 34, 34), Qt.AlignmentFlag.AlignCenter, badge)
    painter.end()
    return QIcon(picture)
