"""`omote person …`: hand out or erase what is kept of one person, hold it back, clean this PC of who was erased."""

import argparse
from collections.abc import Callable
from functools import partial

from app.audit.signature import Signature
from app.compose import operator_of, records_for_command
from app.paths import Profile
from app.person.data import PersonalData
from app.person.here import clean_all_here, clean_here
from app.person.person_words import cleaned_words, goes_and_stays, left_words, released_words
from app.settings import Settings
from app.terminal import say
from app.words import _


def person(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Raises UserError; then nothing was done."""
    with records_for_command(profile, settings) as engine:
        if args.action == "clean":
            _say_all(cleaned_words(clean_all_here(engine, profile)))
        else:
            by = partial(Signature, operator_of(settings))
            _JOBS[args.action](args, PersonalData(engine, profile, by, partial(clean_here, profile)))
    return 0


def _export(args: argparse.Namespace, data: PersonalData) -> None:
    rows = data.export(args.number, args.file)
    say(_("{rows} rows written to {path}.").format(rows=f"{rows:,}", path=args.file))


def _erase(args: argparse.Namespace, data: PersonalData) -> None:
    """Without --yes it only says what would go."""
    data.require_nothing_waits()
    if not args.yes:
        found, filters = data.plan(args.number, args.reason), data.look(args.number).filters
        say(_("{number} would be erased (nothing was done; --yes does it):").format(number=args.number))
        _say_all([f"  {line}" for line in goes_and_stays(found, filters)])
        return
    done = data.erase(args.number, args.reason)
    say(_("{number} was erased.").format(number=args.number))
    _say_all([*cleaned_words(done.cleaned), *left_words(done)])


def _hold(args: argparse.Namespace, data: PersonalData) -> None:
    data.hold(args.number, args.reason)
    say(_("{number} is held: it can't be erased until the hold is lifted.").format(number=args.number))


def _release(args: argparse.Namespace, data: PersonalData) -> None:
    say(released_words(args.number, data.release(args.number)))


def _say_all(lines: list[str]) -> None:
    for line in lines:
        say(line)


_JOBS: dict[str, Callable[[argparse.Namespace, PersonalData], None]] = {
    "export": _export, "erase": _erase, "hold": _hold, "release": _release,
}  # fmt: skip
