"""Language and colours of the first window: the same word counts as when all settings are read."""

import json
from pathlib import Path

import pytest

from app.first_look import FirstLook, first_look
from app.paths import profile_at


@pytest.fixture(autouse=True)
def _machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = tmp_path / "machine.toml"
    machine.write_text('[desk]\ntheme = "dark"\nlanguage = "ja"\n', encoding="utf-8")
    monkeypatch.setattr("app.first_look.machine_settings_file", lambda: machine)
    monkeypatch.setattr("app.first_look._policy", dict)


def test_the_machines_word_counts_where_the_user_says_nothing(tmp_path: Path) -> None:
    assert first_look(profile_at(tmp_path), (), {}) == FirstLook("ja", "dark")


def test_the_command_line_goes_before_the_environment_and_that_before_the_user(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[desk]\ntheme = "light"\n', encoding="utf-8")
    profile = profile_at(tmp_path)
    assert first_look(profile, (), {}).theme == "light"
    assert first_look(profile, (), {"OMOTE_DESK_THEME": "dark"}).theme == "dark"
    assert first_look(profile, ("desk.theme=light",), {"OMOTE_DESK_THEME": "dark"}).theme == "light"


def test_a_language_chosen_in_the_window_goes_before_the_settings(tmp_path: Path) -> None:
    profile = profile_at(tmp_path)
    profile.language_file.write_text(json.dumps("en"), encoding="utf-8")
    assert first_look(profile, (), {}).language == "en"


@pytest.mark.parametrize("text", ["[desk\n", "desk = 1\n", '[desk]\ntheme = "pink"\n'])
def test_what_is_wrong_with_a_file_is_left_to_whoever_reads_all_of_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    assert first_look(profile_at(tmp_path), (), {}) == FirstLook("ja", "dark")
