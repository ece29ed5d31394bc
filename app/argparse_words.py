"""What argparse says by itself, in the language now in use.

It asks gettext's one global domain, by the environment alone: `--language` and Windows have no say there, so the
function that it asks is ours.
"""

import argparse

from app.words import _


def speak_our_language() -> None:
    """From now on, help and refusals are ours too."""
    vars(argparse)["_"] = said


def said(message: str) -> str:
    """What people can come to see of argparse; the rest is for whoever writes a parser."""
    return {
        "usage: ": _("usage: "),
        "positional arguments": _("positional arguments"),
        "options": _("options"),
        "show this help message and exit": _("show this help message and exit"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "not allowed with argument %s": _("not allowed with argument %s"),
        "ignored explicit argument %r": _("ignored explicit argument %r"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "expected one argument": _("expected one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "ambiguous option: %(option)s could match %(matches)s": _(
            "ambiguous option: %(option)s could match %(matches)s"
        ),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
        "invalid choice: %(value)r (choose from %(choices)s)": _("invalid choice: %(value)r (choose from %(choices)s)"),
        "%(prog)s: error: %(message)s\n": _("%(prog)s: error: %(message)s\n"),
    }.get(message, message)
