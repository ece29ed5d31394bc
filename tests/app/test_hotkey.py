"""Hotkeys as the settings write them: what is understood, and what is refused before anything starts."""

from pathlib import Path

import pytest

from app.errors import UserError
from app.hotkey import Modifier, hotkey_of
from app.settings_layers import load_settings


@pytest.mark.parametrize(
    ("words", "key", "modifiers"),
    [
        ("Ctrl+Alt+O", "O", Modifier.CTRL | Modifier.ALT),
        ("ctrl + alt + o", "O", Modifier.CTRL | Modifier.ALT),
        ("Meta+1", "1", Modifier.META),
        ("F9", "F9", Modifier(0)),
        ("Shift+F24", "F24", Modifier.SHIFT),
    ],
)
def test_a_hotkey_is_read_however_it_is_written(words: str, key: str, modifiers: Modifier) -> None:
    hotkey = hotkey_of(words, "hotkey_call")
    assert hotkey is not None
    assert (hotkey.key, hotkey.modifiers) == (key, modifiers)


def test_no_words_are_no_hotkey() -> None:
    assert hotkey_of("", "hotkey_call") is None


@pytest.mark.parametrize("words", ["O", "Shift+O", "5", "Ctrl+", "Ctrl+Enter", "Hyper+O", "F25", "Ctrl+Alt", "+"])
def test_what_typing_would_press_or_no_keyboard_has_is_refused(words: str) -> None:
    with pytest.raises(UserError, match="is no hotkey"):
        hotkey_of(words, "hotkey_call")


@pytest.mark.parametrize("setting", ["hotkey_call", "hotkey_note"])
def test_a_wrong_hotkey_is_told_when_the_settings_are_read(setting: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f'[desk]\n{setting} = "O"\n', "utf-8")
    with pytest.raises(UserError, match=setting):
        load_settings(path, tmp_path / "none.toml", {})
