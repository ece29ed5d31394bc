"""`omote audit verify`: does the chain of the audit log hold? Changes nothing."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from app.audit.audit_words import to_note_down, verdict_words
from app.compose import records_for_command
from app.paths import Profile
from app.settings import Settings
from app.terminal import say
from db.audit.verify import Verdict, verify
from db.engine import reading


def audit(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """0: it holds; 1: it does not. Raises UserError where it can't be read."""
    with records_for_command(profile, settings) as engine, reading(engine) as connection:
        found = verify(connection, args.noted)
    if args.json:
        say(json.dumps(_told(found)))
    else:
        say(" ".join(filter(None, (verdict_words(found), to_note_down(found) if found.fault is None else ""))))
    return 0 if found.fault is None else 1


def _told(found: Verdict) -> dict[str, Any]:
    times = {
        name: at.isoformat() if at else None for name, at in (("first_at", found.first_at), ("last_at", found.last_at))
    }
    return {"holds": found.fault is None, **asdict(found), **times}
