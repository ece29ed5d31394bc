"""The program once more in its own place, after it has ended cleanly: other settings count from then on."""

import argparse
import logging
import os
import sys

START_AGAIN = 75  # the status by which the windows ask for it
log = logging.getLogger(__name__)


def words_again(args: argparse.Namespace) -> list[str]:
    """What to start it with: the same profile, settings and screen; a number that was told once is not told twice."""
    words = [f"--set={one}" for one in args.settings]
    if args.profile is not None:
        words += ["--profile", str(args.profile)]
    if args.language:
        words += ["--language", args.language]
    return [*words, "--offscreen"] if args.offscreen else words


def ended(status: int, args: argparse.Namespace) -> int:
    """The status to end with, unless it starts again."""
    if status != START_AGAIN:
        return status
    start_again(args)
    return 0


def start_again(args: argparse.Namespace) -> None:
    """On Unix the same process goes on, so that whoever started it still knows it; Windows has no such way."""
    is_frozen = getattr(sys, "frozen", False)
    command = [sys.executable, *([] if is_frozen else ["-m", "app"]), *words_again(args)]
    log.info("starting again")
    logging.shutdown()
    sys.stdout.flush()
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # what is installed now may be another version
    if os.name == "posix":
        os.execv(sys.executable, command)  # noqa: S606 -- ourselves, with our own words
    import subprocess  # noqa: PLC0415 -- every start would pay for it

    subprocess.Popen(command, close_fds=True)  # noqa: S603 -- as above
