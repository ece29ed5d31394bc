"""What a second start of the program asks of the running one, as small JSON objects, and the answer in words.

Light to import: who only asks is not to wait for what the running program needs.
"""

import argparse
import json
from collections.abc import Callable
from typing import Any

from app.errors import UserError
from app.terminal import say
from app.words import _

Request = dict[str, Any]
Reply = Callable[[Request], None]

ANSWER_WITHIN_MS = 8_000
STATUS_WITHIN_MS = 1_500
_LONGEST_SHOWN = 60


def request_of(args: argparse.Namespace) -> Request:
    """What these arguments ask of a running program."""
    if args.command == "pop":
        told = {"number": args.number, "name": args.name, "line": args.line, "call": args.call, "what": args.what}
        return {"do": "pop"} | told
    if args.command == "dial":
        return {"do": "dial", "number": args.number}
    return {"do": "ring-me" if args.command == "ring-me" else "show"}


def tell(args: argparse.Namespace, answer: Request) -> int:
    """The running program's answer in words. Raises UserError for what it could not do."""
    match answer.get("error"):
        case None:
            if args.command == "ring-me":
                _tell_stamps(answer["stamps_us"])
            return 0
        case "no_source":
            raise UserError(
                _("No SIP source is listening."), _("Look at the states in the main window, or at the log.")
            )
        case "not_a_number":
            raise UserError(
                _("“{text}” is no number that can be dialled.").format(text=args.number[:_LONGEST_SHOWN]),
                _("Digits, * and #, or a tel:, callto: or sip: address of them."),
            )
        case _:
            raise UserError(
                _("The running program did not answer in time."),
                _("Look at its states and at the log; end it and start it again."),
            )


def _tell_stamps(stamps: dict[str, int]) -> None:
    say(_("The test call popped: {ms} ms from packet to paint.").format(ms=f"{stamps['painted'] / 1000:.1f}"))
    say(json.dumps(stamps))
