"""The shape of the source: no drawers for homeless things, no file that grew a second idea, nothing named packaging."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRAWERS = {"util", "utils", "misc", "helper", "helpers", "manager", "managers", "service", "services", "base", "common"}
MOST_LINES = 400
SOURCES = [path for layer in ("app", "cti", "db", "ui") for path in sorted((ROOT / layer).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def is_a_drawer(path: Path) -> bool:
    """Whether a part of the path is a name for things that have no home yet."""
    return any(word in DRAWERS for part in path.with_suffix("").parts for word in re.split(r"[_.]", part.lower()))


def test_all_four_layers_are_looked_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in SOURCES} == {"app", "cti", "db", "ui"}


def test_no_file_is_a_drawer_for_homeless_things() -> None:
    assert [path for path in (one.relative_to(ROOT) for one in [*SOURCES, *TESTS]) if is_a_drawer(path)] == []


@pytest.mark.parametrize("name", ["app/utils.py", "cti/sip/call_manager.py", "db/base.py", "ui/common/rows.py"])
def test_a_drawer_is_known_by_its_name(name: str) -> None:
    assert is_a_drawer(Path(name))


@pytest.mark.parametrize("name", ["db/database.py", "cti/sip/user_agent.py"])
def test_a_name_that_only_sounds_like_a_drawer_is_none(name: str) -> None:
    assert not is_a_drawer(Path(name))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_hides_a_second_idea(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_with_code_first_says_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not text.strip() or text.startswith('"""')


def test_the_packaging_folder_never_shadows_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
