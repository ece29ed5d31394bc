"""What the commands say to people and scripts."""

import sys

from app.errors import UserError


def say(text: str) -> None:
    """One line on stdout, at once."""
    print(text, flush=True)  # noqa: T201


def complain(error: UserError) -> None:
    """One line on stderr: what happened, and what to do."""
    print(f"omote: {error}" + (f" ({error.option})" if error.option else ""), file=sys.stderr)  # noqa: T201
