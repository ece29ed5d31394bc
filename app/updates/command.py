"""`omote update check`: is a newer version there? Says so and installs nothing."""

import argparse
import json
from dataclasses import asdict

from app import __version__
from app.clock import utc_now
from app.errors import UserError
from app.kept_json import KeptJson
from app.paths import Profile
from app.settings import Settings
from app.terminal import say
from app.updates.checking import Found, Here, look, remembered
from app.updates.words import finding, notes_of
from app.words import _, in_one_line
from db.migrate import HEAD


def update(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """0 whether or not there is a newer one. Raises UserError where nothing can be known."""
    if not settings.updates.manifest:
        raise UserError(
            _("Nobody is asked for newer versions: [updates] names no manifest."),
            _("IT sets it in the policy or the machine's settings: docs/it.md."),
        )
    kept, here = seen_here(profile), Here(__version__, HEAD)
    outcome = look(settings.updates, here, kept.read() or {}, utc_now())
    told = finding(outcome, here)
    if not isinstance(outcome, Found):
        raise UserError(told.text, told.todo)
    kept.write(remembered(outcome))
    if args.json:
        say(json.dumps(_plain(outcome), ensure_ascii=False, indent=1))
        return 0
    say(in_one_line(told.text, told.todo))
    if outcome.is_newer:
        for one in outcome.manifest.files:
            say(f"  {one.system:<8} {one.name}  sha256 {one.sha256}")
        say(notes_of(outcome.manifest))
    return 0


def seen_here(profile: Profile) -> KeptJson:
    """The newest manifest that was believed here: an older one is refused."""
    return KeptJson(profile.updates_file, "what is known of newer versions")


def _plain(found: Found) -> dict[str, object]:
    told = asdict(found.manifest) | {"issued": found.manifest.issued.isoformat()}
    return told | {
        "expires": found.manifest.expires.isoformat(), "here": __version__, "newer": found.is_newer,
        "within_reach": found.is_within_reach,
    }  # fmt: skip
