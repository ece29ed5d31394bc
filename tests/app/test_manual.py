"""The manual beside the program: found where it is installed, in the language of the screen, and opened."""

import logging
from pathlib import Path

import pytest

from app.manual import manual_page, open_manual


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """An installed program with its manual."""
    for language in ("en", "ja"):
        page = tmp_path / "docs" / language / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("<p>", "utf-8")
    return tmp_path / "omote"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_manual_is_found_in_the_language_of_the_screen(program: Path, language: str) -> None:
    assert manual_page(language, program) == program.parent / "docs" / language / "index.html"


def test_where_none_is_installed_there_is_none(tmp_path: Path) -> None:
    assert manual_page("ja", tmp_path / "omote") is None
    assert manual_page("ja") is None, "tests run from a checkout"


def test_it_is_opened_as_a_file_without_a_network(program: Path) -> None:
    opened: list[str] = []
    page = program.parent / "docs" / "ja" / "index.html"
    open_manual(page, lambda address: not opened.append(address)).join(5)
    assert opened == [page.as_uri()]
    assert opened[0].startswith("file:///")


@pytest.mark.expected_log("the manual could not be opened")
def test_without_a_browser_the_log_says_where_it_lies(program: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        open_manual(program.parent / "docs" / "ja" / "index.html", lambda _address: False).join(5)
    assert str(program.parent) in caplog.text
