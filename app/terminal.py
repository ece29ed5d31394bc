"""What the commands say to people and scripts."""

import sys
from collections.abc import Callable

from app.errors import UserError


def say(text: str) -> None:
    """One line on stdout, at once."""
    print(text, flush=True)  # noqa: T201


def complain(error: UserError, show: Callable[[str], None] | None = None) -> None:
    """One line on stderr: what happened, and what to do. Where there is none, who clicked on the program sees a box."""
    line = f"omote: {error}" + (f" ({error.option})" if error.option else "")
    if sys.__stderr__ is None:
        (show or _show_box)(line)
    else:
        print(line, file=sys.stderr)  # noqa: T201


if sys.platform == "win32":

    def _show_box(line: str) -> None:
        import ctypes  # noqa: PLC0415 -- for who has nothing else to be told by

        ctypes.windll.user32.MessageBoxW(None, line, "Omote", 0x30)
else:

    def _show_box(line: str) -> None:
        """Nobody would see it: elsewhere every program has its streams."""
