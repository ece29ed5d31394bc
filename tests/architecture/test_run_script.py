"""The first command that a stranger types: what it says when it cannot go on."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pbx.where_asterisk_is import mirrors

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="run.cmd is the script for Windows")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout on which nothing was set up yet."""
    for name in ("run", "requirements.lock"):
        shutil.copy2(ROOT / name, tmp_path)
    return tmp_path


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [folder / "run", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def old_python(folder: Path) -> str:
    """A Python that refuses every version check, but can say what it depends on, as any Python can."""
    fake = folder / "python-of-old"
    fake.write_text(f'#!/bin/sh\ncase $2 in *hexdigest*) exec "{sys.executable}" "$@" ;; esac\nexit 1\n')
    fake.chmod(0o755)
    return str(fake)


def half_made_environment(checkout: Path) -> Path:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return checkout / ".venv" / "ready"


@pytest.mark.parametrize("words", [("dance",), ("soak",), ("soak", "dance")])
def test_an_unknown_word_gets_one_line_of_usage_and_sets_nothing_up(checkout: Path, words: tuple[str, ...]) -> None:
    answer = run(checkout, *words)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("usage: ./run ")
    assert answer.stderr.count("\n") == 1
    assert not (checkout / ".venv").exists()


def test_help_is_no_error() -> None:
    answer = run(ROOT, "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("usage: ./run ")


def test_a_python_that_is_too_old_is_named_with_what_to_do(checkout: Path) -> None:
    python = old_python(checkout)
    answer = run(checkout, "setup", PYTHON=python)
    assert answer.returncode == 1
    assert answer.stderr == f"run: {python} is not Python 3.11 or newer: name one that is in PYTHON, or unset it\n"


def test_a_set_up_that_is_done_is_not_done_again(checkout: Path) -> None:
    lock = hashlib.sha256((checkout / "requirements.lock").read_bytes()).hexdigest()
    half_made_environment(checkout).write_text(f"{sys.implementation.cache_tag} {lock}\n")
    answer = run(checkout, "setup", PYTHON=old_python(checkout))
    assert (answer.returncode, answer.stderr) == (0, "run: ready\n")


def test_a_set_up_that_was_cut_short_is_not_taken_for_done(checkout: Path) -> None:
    half_made_environment(checkout)
    answer = run(checkout, "setup", PYTHON=old_python(checkout))
    assert "is not Python 3.11" in answer.stderr


def test_a_set_up_of_another_lock_is_not_taken_for_done(checkout: Path) -> None:
    half_made_environment(checkout).write_text(f"{sys.implementation.cache_tag} {'0' * 64}\n")
    answer = run(checkout, "setup", PYTHON=old_python(checkout))
    assert "is not Python 3.11" in answer.stderr


def test_an_environment_that_several_checkouts_share_is_never_remade(checkout: Path) -> None:
    """`.venv` may be a link: whoever made it there runs other tests in it just now."""
    shared = checkout / "shared"
    half_made_environment(checkout).parent.rename(shared)
    (checkout / ".venv").symlink_to(shared)
    (shared / "ready").write_text("another lock")
    answer = run(checkout, "setup")
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert ".venv is a link" in answer.stderr
    assert (shared / "bin" / "python").exists()


def test_a_test_with_a_pbx_that_cannot_be_had_says_that_nothing_was_tried(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.pbx"],
        cwd=ROOT,
        env={**os.environ, "OMOTE_PBX_ROOT": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("test-pbx: NOTHING was tried. First: ")


def test_the_mirror_of_a_pbx_is_the_one_that_apt_is_set_up_with() -> None:
    one_line = "deb [signed-by=/a.gpg] http://one.example/debian/ trixie main\n# deb http://no.example/debian x\n"
    deb822 = "Types: deb\n# http://no.example/\nURIs: https://two.example/debian http://one.example/debian\nSuites: x\n"
    found = mirrors(one_line + deb822 + "deb cdrom:[Debian]/ x main\n")
    assert found == ["http://one.example/debian", "https://two.example/debian"]
