"""Runs a command as `omote` would, in this process: a Python of its own for each would take a second."""

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from app.main import main


class Done(NamedTuple):
    """How it ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


def omote(profile: Path, *words: str, spoken: str = "en") -> Done:
    """The command with its profile."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([*words, "--profile", str(profile), "--language", spoken])
        except SystemExit as end:  # argparse's wrong usage
            status = int(end.code or 0)
    return Done(status, out.getvalue(), err.getvalue())
