"""A program of windows has no standard streams on Windows: nothing that is written into them may end it."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import UserError
from app.main import main
from app.process_start import begin_process, streams
from app.terminal import complain


@contextmanager
def without_streams() -> Iterator[None]:
    """As pythonw and PyInstaller's windowed program begin. (pytest puts its own back before and after a test.)"""
    kept = os.umask(0o022)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("stdin", "stdout", "stderr", "__stderr__"):
            patch.setattr(sys, name, None)
        yield
        for one in (sys.stdin, sys.stdout, sys.stderr):
            one.close()
    os.umask(kept)


def test_without_streams_whatever_is_asked_of_them_is_answered() -> None:
    with without_streams():
        begin_process()
        print("told to nobody")  # noqa: T201
        sys.stderr.write("the same")
        answers = (sys.stderr.isatty(), sys.stdin.isatty(), sys.stdin.readline())
    assert answers == (False, False, "")


def test_without_streams_a_command_does_its_work_and_a_fault_is_shown_in_a_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("app.terminal._show_box", shown.append)
    words = ["--language", "en", "--profile", str(tmp_path), "config"]
    with without_streams():
        status = main([*words, "show"])
    assert (status, shown) == (0, [])
    with without_streams():
        status = main([*words, "check", f"{tmp_path}/none.toml"])
    assert status == 1
    assert shown == [f"omote: There is no file {tmp_path}/none.toml. Name a settings file that exists."]


def test_with_streams_a_fault_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[str] = []
    complain(UserError("No.", "Do it."), shown.append)
    assert (capsys.readouterr().err, shown) == ("omote: No. Do it.\n", [])


def test_a_letter_that_a_windows_pipe_cannot_write_ends_nothing() -> None:
    written = io.BytesIO()
    stdout = io.TextIOWrapper(written, encoding="cp932")
    _, told, _ = streams(io.StringIO(), stdout, io.StringIO())
    print("髙橋 \U00020bb7野家 한", file=told, flush=True)
    assert written.getvalue().decode("cp932") == "髙橋 \\U00020bb7野家 \\ud55c\n"
