"""What every process of the command line sets right before it does anything.

Windows has two programs: `omote-cli.exe` has a console, `omote.exe` has windows and no standard streams at all.
"""

import io
import os
import sys
from typing import TextIO

MARK = "Global\\Omote.Running"
"""Installers look for it and change nothing while anybody on this PC has it: packaging/windows."""


def begin_process() -> None:
    """Before anything is written, said or opened."""
    os.umask(0o077)  # whatever we write has customers in it
    sys.stdin, sys.stdout, sys.stderr = streams(sys.stdin, sys.stdout, sys.stderr)
    _mark_running()


def streams(stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None) -> tuple[TextIO, TextIO, TextIO]:
    """These, or in place of one that is not there one that holds nothing.

    A file or a pipe has Windows' old encoding there: a letter that it lacks is written as `\\uXXXX`.
    """
    if isinstance(stdout, io.TextIOWrapper):
        stdout.reconfigure(errors="backslashreplace")
    return stdin or _nothing("r"), stdout or _nothing("w"), stderr or _nothing("w")


def _nothing(mode: str) -> TextIO:
    return open(os.devnull, mode, encoding="utf-8")  # type: ignore[return-value]  # noqa: PTH123 -- for the whole run


if sys.platform == "win32":
    import ctypes

    def _mark_running() -> None:
        """Until the process ends; the handle is the system's to close."""
        ctypes.windll.kernel32.CreateMutexW(None, False, MARK)

else:

    def _mark_running() -> None:
        """Nothing asks for it elsewhere: packages replace files under a program that runs."""
