"""What the command line says in Japanese: help, wrong usage, and why a file can't be used."""

import argparse
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli
from app.credentials import read_password_file
from app.errors import UserError
from app.paths import make_folder
from app.settings_layers import load_settings
from app.words import use_language
from tests.english import english_in

TO_BE_TYPED = re.compile(r"--?[a-z][\w-]*|\b[A-Z][A-Z]+\b|\{[^}]*\}|\[\[?\w+\]\]?|\bomote( [a-z-]+)*|/\S+|docs/\S+")


@pytest.fixture(autouse=True)
def _in_japanese() -> Iterator[None]:
    use_language("ja")
    yield
    use_language("en")


def words_of(text: str) -> list[str]:
    """What is left of English without what is typed as it stands."""
    return english_in(TO_BE_TYPED.sub(" ", text))


def all_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from all_of(one)


def test_every_help_is_japanese() -> None:
    helps = [one.format_help() for one in all_of(cli.parser())]
    assert len(helps) > 20
    for text in helps:
        assert words_of(text) == []
        assert "usage" not in text
        assert "options" not in text


@pytest.mark.parametrize(
    "words",
    [
        ["dance"], ["pop"], ["listen", "now"], ["--profile"], ["import", "customers"], ["demo", "--theme", "red"],
        ["export", "calls", "--from", "noon", "x.csv"], ["duplicates", "--limit", "none"], ["replay"],
        ["demo", "--exit-after", "soon"], ["listen", "--offscreen=1"], ["import", "purchases", "--en"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_told_in_japanese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.parser().parse_args(words)
    told = capsys.readouterr().err
    assert told.startswith("使い方: omote")
    assert words_of(told.rpartition("エラー")[2]) == []


@pytest.mark.parametrize("words", [["--language", "ja"], ["--language=ja", "pop"], ["pop", "--lang", "ja"]])
def test_the_language_that_is_asked_for_is_known_before_anything_is_said(words: list[str]) -> None:
    assert cli.asked_language(words) == "ja"


@pytest.mark.parametrize("words", [[], ["--language"], ["pop", "123"]])
def test_without_it_the_system_decides(words: list[str]) -> None:
    assert cli.asked_language(words) == ""


@pytest.mark.parametrize(
    "content", [b"[desk", b"[desk]\nlanguage = ", b"= 1", b"[desk]\na = 1 b", b"[desk]\na = '\xff'", b"[desk]\nfoo = 1"]
)
def test_settings_that_cannot_be_read_are_told_in_japanese(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        load_settings(path, tmp_path / "none.toml", {})
    assert words_of(str(caught.value)) == []


def test_what_the_system_refuses_is_told_in_japanese(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.touch()
    folder = tmp_path / "a-folder"
    folder.mkdir(mode=0o700)
    told = []
    for do in (
        lambda: make_folder(file / "below"),
        lambda: make_folder(tmp_path / ("long" * 100)),
        lambda: read_password_file(str(tmp_path / "none")),
        lambda: read_password_file(str(folder)),
        lambda: load_settings(folder, file, {}),
    ):
        with pytest.raises(UserError) as caught:
            do()
        told.append(str(caught.value))
    assert [words for one in told for words in words_of(one)] == []
    assert all(os.strerror(code) not in one for one in told for code in (2, 20, 21, 36))
