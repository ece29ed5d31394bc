"""The colours of every window by meaning, and its fonts by name: plain values, all that the first window needs."""

from typing import NamedTuple

from PySide6.QtGui import QGuiApplication

_MIDDLE = 128
FONT_FAMILIES = (
    "Yu Gothic UI",
    "Meiryo",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
    "IPAGothic",
)


class Tokens(NamedTuple):
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


def first_tokens(theme: str) -> Tokens:
    """As `ui.theme.tokens_for`, guessed for "system": Qt's word for the system's colours takes 20 ms to be imported."""
    if theme == "system":
        return DARK if QGuiApplication.palette().window().color().lightness() < _MIDDLE else LIGHT
    return DARK if theme == "dark" else LIGHT
