"""Starting without what a desktop has: each lack is one line that says what and what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__

ROOT = Path(__file__).resolve().parents[2]
needs_x = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display here")


def omote(*words: str, profile: Path) -> subprocess.CompletedProcess[str]:
    """Run it as a person would on a machine without a display."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    line = [sys.executable, "-m", "app", *words, "--profile", str(profile), "--language", "en"]
    return subprocess.run(
        line, cwd=ROOT, env=environ, capture_output=True, encoding="utf-8", timeout=60, check=False
    )  # fmt: skip


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("omote: ")
    return done.stderr


@needs_x
@pytest.mark.parametrize("words", [[], ["show"], ["pop", "0312345678"]])
def test_without_a_display_it_names_the_command_that_needs_none(tmp_path: Path, words: list[str]) -> None:
    assert "omote listen" in one_line(omote(*words, profile=tmp_path))


def test_ring_me_without_a_running_program_says_so(tmp_path: Path) -> None:
    assert "not running" in one_line(omote("ring-me", profile=tmp_path))


@pytest.mark.parametrize("words", [["--offscreen"], ["listen"], ["secret", "check", "x"]])
def test_a_file_in_place_of_the_profile_is_one_line(tmp_path: Path, words: list[str]) -> None:
    profile = tmp_path / "profile"
    profile.write_text("")
    assert str(profile) in one_line(omote(*words, profile=profile))


def test_a_log_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    assert "logs" in one_line(omote("--offscreen", profile=tmp_path))


def test_a_trace_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "traces").write_text("")
    assert "traces" in one_line(omote("--offscreen", profile=tmp_path))


def test_a_drafts_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("")
    assert "drafts" in one_line(omote("--offscreen", profile=tmp_path))


def test_the_version_is_told_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--version"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"Omote {__version__}\n"


@needs_x
def test_a_display_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "app", "--profile", str(tmp_path), "--language", "en"]
    environ = {name: value for name, value in os.environ.items() if name not in {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    done = subprocess.run(
        line, cwd=ROOT, env=environ | {"DISPLAY": ":4711"}, capture_output=True, encoding="utf-8", timeout=60,
        check=False,
    )  # fmt: skip
    assert "omote listen" in one_line(done)


def test_what_the_start_has_made_is_not_looked_through_again_while_calls_ring() -> None:
    """In a process of its own: this one's objects are not to stay."""
    program = (
        "import gc, app.compose; app.compose.settle_memory(); print(gc.get_freeze_count() > len(gc.get_objects()))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
