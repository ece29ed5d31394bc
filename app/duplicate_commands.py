"""`omote duplicates`: customers who may be recorded twice, for supervisors and scripts. Changes nothing."""

import argparse
import json
import sys
from dataclasses import asdict

from app.compose import open_records
from app.duplicate_words import sign_words, speaks_against
from app.paths import Profile
from app.settings import Settings
from app.terminal import say
from app.trouble_words import user_error
from app.words import _
from db.duplicates.find import Progress, Suspect, find_duplicates
from db.errors import DatabaseUnavailable
from db.pace import Pace


def duplicates(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """One line per pair, or per JSON object. Raises UserError."""
    engine = open_records(profile, settings, pace=Pace.UNHURRIED)
    try:
        found = find_duplicates(engine, args.limit, _told)
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    finally:
        engine.dispose()
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    for one in found:
        say(json.dumps(asdict(one), ensure_ascii=False) if args.json else _line(one))
    if not found and not args.json:
        say(_("No customer seems to be recorded twice."))
    return 0


def _told(progress: Progress) -> bool:
    """How far it is, where somebody watches."""
    if sys.stderr.isatty():
        words = _("step {step} of {steps}, {pairs} pairs")
        told = words.format(step=progress.step, steps=progress.steps, pairs=f"{progress.pairs:,}")
        sys.stderr.write(f"\r\033[K{told}")
        sys.stderr.flush()
    return True


def _line(one: Suspect) -> str:
    both = f"{one.first_no} {one.first_name} = {one.second_no} {one.second_name}"
    alike = _(", ").join(sign_words(sign) for sign in one.signs if not speaks_against(sign))
    other = _(", ").join(sign_words(sign) for sign in one.signs if speaks_against(sign))
    why = "; ".join(filter(None, (alike, _("but {signs}").format(signs=other) if other else "")))
    return f"{one.score:4.0%}  {both}  ({why})"
