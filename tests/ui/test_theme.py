"""Both palettes can be read: at least 4.5:1 (WCAG 2.2, 1.4.3) for every text on every ground it stands on."""

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

import ui.theme
from ui.note_editor import TextField
from ui.rows import Tone
from ui.theme import DARK, FONT_FAMILIES, LIGHT, Tokens, dress, tokens_for, ui_font

STYLE = Path(ui.theme.__file__).with_name("omote.qss").read_text("utf-8")
PALETTES = {"light": LIGHT, "dark": DARK}
OPEN_GROUNDS = ("ground", "surface", "selected")  # what a transparent widget or a table's row stands on
OWN_GROUNDS = [("accent", "accent_on"), ("ink", "accent_on"), ("warning", "warning_on"), ("bad", "bad_on")]
PAIRS = [*product([tone.value for tone in Tone] + ["accent"], OPEN_GROUNDS), *OWN_GROUNDS, ("on_accent", "accent")]


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def contrast(ink: QColor, ground: QColor) -> float:
    """1 to 21; a translucent ink is what the eye sees of it on this ground."""
    alpha = ink.alphaF()
    mixed = [alpha * over + (1 - alpha) * under for over, under in zip(_rgb(ink), _rgb(ground), strict=True)]
    lighter, darker = sorted((luminance(QColor.fromRgbF(*mixed)), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs_of_the_style() -> set[tuple[str, str]]:
    """(ink, ground) of every rule that sets both."""
    found = set()
    for body in re.findall(r"\{([^}]*)\}", STYLE):
        for prefix in ("", "selection-"):
            ink = re.search(rf"(?<![-\w]){prefix}color: \$(\w+)", body)
            ground = re.search(rf"(?<![-\w]){prefix}background(?:-color)?: \$(\w+)", body)
            if ink and ground:
                found.add((ink[1], ground[1]))
    return found


def colours(tokens: Tokens, pair: tuple[str, str]) -> tuple[QColor, QColor]:
    return QColor(getattr(tokens, pair[0])), QColor(getattr(tokens, pair[1]))


def test_black_on_white_is_the_measure_of_contrast() -> None:
    assert round(contrast(QColor("black"), QColor("white")), 2) == 21
    assert round(contrast(QColor("#767676"), QColor("white")), 2) == 4.54


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("pair", sorted({*PAIRS, *pairs_of_the_style()}), ids="-on-".join)
def test_text_stands_out_from_its_ground(name: str, pair: tuple[str, str]) -> None:
    assert contrast(*colours(PALETTES[name], pair)) >= 4.5


def test_the_style_sheet_was_really_read() -> None:
    assert {("on_accent", "accent"), ("bad", "bad_on"), ("ink", "surface")} <= pairs_of_the_style()


@pytest.mark.parametrize("name", PALETTES)
def test_placeholders_can_be_read_too(dressed: QApplication, name: str) -> None:
    tokens = PALETTES[name]
    try:
        dress(dressed, tokens)
        for field in (TextField(), QLineEdit()):
            field.ensurePolished()
            ink = field.palette().color(QPalette.ColorRole.PlaceholderText)
            assert contrast(ink, QColor(tokens.surface)) >= 4.5
    finally:
        dress(dressed, LIGHT)


def test_theme_follows_the_settings_and_else_the_system(dressed: QApplication) -> None:
    assert (tokens_for("light"), tokens_for("dark")) == (LIGHT, DARK)
    is_dark = QGuiApplication.styleHints().colorScheme().name == "Dark"
    assert tokens_for("system") is (DARK if is_dark else LIGHT)


def test_japanese_names_get_a_japanese_face_first(dressed: QApplication) -> None:
    families = ui_font().families()
    assert families
    japanese = [family for family in families if family in FONT_FAMILIES]
    assert families[: len(japanese)] == sorted(japanese, key=FONT_FAMILIES.index)
