"""Colours, type and spacing of every window (docs of the look: light and dark with the same hierarchy).

Own palettes on the Fusion style: Qt's own dark switch does nothing on Linux without a platform theme.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

_STYLE_FILE = Path(__file__).with_name("omote.qss")
FONT_FAMILIES = (
    "Yu Gothic UI",
    "Meiryo",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
    "IPAGothic",
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """`#rrggbb` by meaning. A pair `x`, `x_on` is ink on its own ground."""

    ground: str
    surface: str
    ink: str
    ink2: str
    line: str
    accent: str
    accent_on: str
    warning: str
    warning_on: str
    bad: str
    bad_on: str
    good: str
    selected: str
    on_accent: str


LIGHT = Tokens("#f5f6f8", "#ffffff", "#1b1f26", "#566072", "#dde1e8", "#1f5fd0", "#e8effc", "#8a4b00", "#fff3dc",
               "#a3182a", "#fdebed", "#17663a", "#eef3fd", "#ffffff")  # fmt: skip
DARK = Tokens("#14171c", "#1d2129", "#e9ecf2", "#a3adbd", "#323845", "#8db4ff", "#22304d", "#ffc670", "#3a2c12",
              "#ff9aa5", "#43191f", "#7fd6a0", "#242c3b", "#14171c")  # fmt: skip


def tokens_for(theme: str) -> Tokens:
    """LIGHT or DARK for "light", "dark" or "system"."""
    if theme == "system":
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def dress(app: QApplication, tokens: Tokens) -> None:
    """Give every window of the program its style, palette and font."""
    app.setStyle("Fusion")
    app.setPalette(_palette(tokens))
    app.setFont(ui_font())
    style = Template(_STYLE_FILE.read_text(encoding="utf-8"))
    names = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    scheme = "dark" if tokens is DARK else "light"
    app.setStyleSheet(style.substitute(names, icons=_STYLE_FILE.with_name("icons").as_posix(), scheme=scheme))


def ui_font() -> QFont:
    """The first installed Japanese face, so that no Chinese glyph form is drawn for a Japanese name."""
    installed = set(QFontDatabase.families())
    font = QFont([family for family in FONT_FAMILIES if family in installed] or [QFont().family()])
    font.setPixelSize(13)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(tokens.ink), QColor(tokens.ground))
    for which, colour in (
        (role.Window, tokens.ground), (role.Base, tokens.surface), (role.AlternateBase, tokens.ground),
        (role.Text, tokens.ink), (role.WindowText, tokens.ink), (role.ButtonText, tokens.ink),
        (role.Button, tokens.surface), (role.Highlight, tokens.selected), (role.HighlightedText, tokens.ink),
        (role.PlaceholderText, tokens.ink2), (role.Link, tokens.accent), (role.Mid, tokens.line),
        (role.Accent, tokens.accent),
    ):  # fmt: skip
        palette.setColor(which, QColor(colour))
    return palette
