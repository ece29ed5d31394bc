"""The one factory of all that shows text: what a caller or a record says is never read as markup.

Qt's labels, tooltips and message boxes detect HTML by themselves and load what it links to; nothing else may make them.
"""

from html import escape
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QStandardItem
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSystemTrayIcon, QWidget

_MOST_LETTERS = 200
PressedButton = TypeVar("PressedButton", bound=QPushButton)


class CutLabel(QLabel):
    """One line that is cut with … where its place ends: no name, however long, pushes anything off the window."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""

    @property
    def whole(self) -> str:
        """All its words."""
        return self._whole

    def setText(self, text: str) -> None:
        whole = cut(" ".join(text.splitlines()))
        if whole != self._whole:
            self._whole = whole
            self._fit()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        shown, missing = self.text(), 0
        if shown != self._whole:
            advance = self.fontMetrics().horizontalAdvance
            missing = advance(self._whole) - advance(shown)
        return super().sizeHint() + QSize(missing + 2, 0)  # advances are rounded, the room that eliding needs is not

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = elided(self._whole, self.fontMetrics(), self.contentsRect().width())
        if shown != self.text():
            super().setText(shown)
        if shown != self._whole or self.toolTip():
            set_tip(self, self._whole if shown != self._whole else "")


class CutButton(QPushButton):
    """A button of one line whose words are cut with … where its place ends; `setText` takes the words themselves."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""

    @property
    def whole(self) -> str:
        """All its words."""
        return self._whole

    def setText(self, text: str) -> None:
        whole = cut(" ".join(text.splitlines()))
        if whole != self._whole:
            self._whole = whole
            self.setAccessibleName(whole)
            super().setText(without_mnemonic(whole))
            self._fit()

    def wanted_width(self) -> int:
        """What all its words need."""
        return self.fontMetrics().horizontalAdvance(self._whole) + self._frame() + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _frame(self) -> int:
        """Style sheets alone know padding and border."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))

    def _fit(self) -> None:
        room = self.width() - self._frame()
        shown = elided(self._whole, self.fontMetrics(), room)
        super().setText(without_mnemonic(shown))
        set_tip(self, self._whole if shown != self._whole else "")


def label(text: str = "", role: str = "body", *, buddy_of: QWidget | None = None) -> QLabel:
    """A plain label; `role` names its type style in ui/theme.py."""
    return _plain(QLabel(), text, role, buddy_of)


def cut_label(role: str = "body") -> CutLabel:
    """A plain label of one line for what callers and records say."""
    made = CutLabel()
    _plain(made, "", role)
    return made


def _plain(made: QLabel, text: str, role: str, buddy_of: QWidget | None = None) -> QLabel:
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setOpenExternalLinks(False)
    made.setProperty("role", role)
    if role.startswith("chip"):
        made.setIndent(0)  # Qt would add one at the left of what has a ground
    if role == "empty":
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setWordWrap(True)
    made.setText(text)
    if buddy_of is not None:
        made.setBuddy(buddy_of)
    return made


def value(role: str = "body") -> QLabel:
    """A label for a fact that can be selected and copied with the mouse."""
    made = cut_label(role)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def button(text: str, role: str = "button") -> QPushButton:
    """A button that only a click or a key on it presses: never the window's default."""
    return _pressed(QPushButton(without_mnemonic(text)), role)


def cut_button(role: str) -> CutButton:
    """The same for what records say, without words yet."""
    return _pressed(CutButton(), role)


def _pressed(made: PressedButton, role: str) -> PressedButton:
    made.setAutoDefault(False)
    made.setDefault(False)
    made.setProperty("role", role)
    if role in ("link", "quiet") or role.startswith("pin"):  # a click on it must not take the keyboard from the note
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def set_text(widget: QPushButton, text: str) -> None:
    """Change a button's text."""
    widget.setText(without_mnemonic(text))


def give_role(widget: QWidget, role: str) -> None:
    """Another type style; style sheets notice a property only when they are told."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # a label asks for its padding only then


def set_tip(widget: QWidget | QStandardItem, text: str) -> None:
    """A tooltip, shown literally."""
    tip = tip_of(text)
    if tip != widget.toolTip():
        widget.setToolTip(tip)


def tip_of(text: str) -> str:
    """For what is no widget of its own, a tab."""
    return f"<span>{escape(text)}</span>" if text else ""


def set_tray_tip(tray: QSystemTrayIcon, text: str) -> None:
    """The tray's tooltip, shown literally wherever the desktop would read markup or mnemonics in it."""
    tray.setToolTip(without_mnemonic(_without_brackets(text)))


def show_tray_notice(tray: QSystemTrayIcon, text: str) -> None:
    """A notice of the desktop, shown literally wherever it would read markup."""
    tray.showMessage("Omote", _without_brackets(cut(text)), tray.icon())


def elided(text: str, metrics: QFontMetrics, width: int) -> str:
    """Cut with … where it is wider than so many pixels; measured only where it may be: no letter is wider than high."""
    if len(text) * metrics.height() <= width:
        return text
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    if shown == text or not shown.endswith("…"):
        return shown
    return shown[:-1].rstrip(" ·") + "…"  # a dot parts two things: no second one, no dot


def cut(text: str, most: int = _MOST_LETTERS) -> str:
    """At most so many letters: shaping thousands of them would freeze the window."""
    return text if len(text) <= most else text[: most - 1] + "…"


def without_mnemonic(text: str) -> str:
    """`&` doubled, so that Qt draws it instead of making the next letter a key."""
    return text.replace("&", "&&")


def _without_brackets(text: str) -> str:
    return text.translate({ord("<"): "‹", ord(">"): "›", ord("&"): "＆"})
