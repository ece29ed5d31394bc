"""Colours, type and spacing of every window (docs of the look: light and dark with the same hierarchy).

Own palettes on the Fusion style: Qt's own dark switch does nothing on Linux without a platform theme.
"""

from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.qt_words import speak_qt
from ui.tokens import DARK, FONT_FAMILIES, LIGHT, Tokens

__all__ = ["DARK", "FONT_FAMILIES", "LIGHT", "Tokens", "dress", "dress_all", "tokens_for", "ui_font"]

_STYLE_FILE = Path(__file__).with_name("omote.qss")


def tokens_for(theme: str) -> Tokens:
    """LIGHT or DARK for "light", "dark" or "system"."""
    if theme == "system":
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def dress_all(app: QApplication, theme: str, language: str) -> Tokens:
    """Every window of the program, and Qt's own words; the tokens that `theme` means here."""
    tokens = tokens_for(theme)
    dress(app, tokens)
    speak_qt(app, language)
    return tokens


def dress(app: QApplication, tokens: Tokens) -> None:
    """Give every window of the program its style, palette and font."""
    app.setStyle("Fusion")
    app.setPalette(_palette(tokens))
    app.setFont(ui_font())
    style = Template(_STYLE_FILE.read_text(encoding="utf-8"))
    scheme = "dark" if tokens is DARK else "light"
    app.setStyleSheet(
        style.substitute(tokens._asdict(), icons=_STYLE_FILE.with_name("icons").as_posix(), scheme=scheme)
    )


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
