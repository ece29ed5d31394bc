"""`omote retention …`: how long what is kept; says what is due, and with --yes removes it, audited."""

import argparse
from collections.abc import Callable
from functools import partial

from app.audit.signature import Signature
from app.compose import operator_of, records_for_command
from app.paths import Profile
from app.person.here import clean_all_here
from app.person.keeping import Due, Keeping, Rule, Subject, rule_words, subject_words
from app.settings import Settings
from app.terminal import say
from app.words import _, ngettext


def retention(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Raises UserError."""
    with records_for_command(profile, settings) as engine:
        by = partial(Signature, operator_of(settings))
        _JOBS[args.action](args, Keeping(engine, by, partial(clean_all_here, engine, profile)))
    return 0


def _set(args: argparse.Namespace, keeping: Keeping) -> None:
    rule = Rule(Subject(args.subject), args.days, args.reason)
    keeping.settle(rule)
    say(rule_words(rule))


def _drop(args: argparse.Namespace, keeping: Keeping) -> None:
    was_there = keeping.drop(Subject(args.subject))
    say(_("That is kept without an end now.") if was_there else _("There was no such rule."))


def _run(args: argparse.Namespace, keeping: Keeping) -> None:
    """Without --yes a dry run."""
    found = keeping.due()
    if not found:
        say(_("There are no rules: everything is kept. For example: omote retention set notes 1095"))
    for one in found:
        due = ngettext("{n} is due.", "{n} are due.", one.count).format(n=f"{one.count:,}")
        say(f"{rule_words(one.rule)} {due}")
    if args.yes:
        keeping.run(_say_removed)
    elif found:
        say(_("Nothing was done; --yes does it."))


def _say_removed(done: Due) -> None:
    say(_("{what}: {n} removed.").format(what=subject_words(done.rule.subject), n=f"{done.count:,}"))


_JOBS: dict[str, Callable[[argparse.Namespace, Keeping], None]] = {"run": _run, "set": _set, "drop": _drop}
