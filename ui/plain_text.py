"""The one factory of all that shows text: what a caller or a record says is never read as markup.

Qt's labels, tooltips and message boxes detect HTML by themselves and load what it links to; nothing else may make them.
"""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSystemTrayIcon, QWidget


def label(text: str = "", role: str = "body", *, buddy_of: QWidget | None = None) -> QLabel:
    """A plain label; `role` names its type style in ui/theme.py."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setOpenExternalLinks(False)
    made.setProperty("role", role)
    made.setText(text)
    if buddy_of is not None:
        made.setBuddy(buddy_of)
    return made


def value(role: str = "body") -> QLabel:
    """A label for a fact that can be selected and copied with the mouse."""
    made = label("", role)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def button(text: str, role: str = "button") -> QPushButton:
    """A button that only a click or a key on it presses: never the window's default."""
    made = QPushButton(without_mnemonic(text))
    made.setAutoDefault(False)
    made.setDefault(False)
    made.setProperty("role", role)
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


def set_tip(widget: QWidget, text: str) -> None:
    """A tooltip, shown literally."""
    widget.setToolTip(f"<span>{escape(text)}</span>" if text else "")


def set_tray_tip(tray: QSystemTrayIcon, text: str) -> None:
    """The tray's tooltip, shown literally wherever the desktop would read markup or mnemonics in it."""
    tray.setToolTip(without_mnemonic(_without_brackets(text)))


def notify(tray: QSystemTrayIcon, title: str, text: str) -> None:
    """A message beside the tray. Some desktops read markup in it, so brackets go."""
    tray.showMessage(_without_brackets(title), _without_brackets(text), tray.icon(), 5_000)


def without_mnemonic(text: str) -> str:
    """`&` doubled, so that Qt draws it instead of making the next letter a key."""
    return text.replace("&", "&&")


def _without_brackets(text: str) -> str:
    return text.translate({ord("<"): "‹", ord(">"): "›", ord("&"): "＆"})
