"""Tries a place for the records: nothing is made there, and nothing brought up to date."""

import logging
import threading
from collections.abc import Callable

from app.clock import utc_now
from app.credentials import DATABASE, Credentials
from app.db_worker import Post
from app.diagnosis.finding import Level
from app.diagnosis.looking import look_at_records
from app.diagnosis.machine import Machine, check_machine
from app.errors import UserError
from app.first_start.answers import RecordsAnswer
from app.first_start.result import Result, Tone
from app.paths import Profile
from app.settings import Settings
from app.words import _, in_one_line

log = logging.getLogger(__name__)
_TONES = {Level.OK: Tone.GOOD, Level.ATTENTION: Tone.WARNING, Level.FAULT: Tone.BAD}


def try_records(profile: Profile, answer: RecordsAnswer, post: Post, told: Callable[[Result], object]) -> None:
    """`told` hears twice in the desk's thread: that it is tried, and what came of it."""
    told(Result(Tone.BUSY, _("Looking at the records…")))

    def look() -> None:
        try:
            result = _looked(profile, answer)
        except UserError as error:
            result = Result(Tone.BAD, str(error))
        except Exception:  # the root of this thread
            log.exception("a look at the records failed")
            result = Result(Tone.BAD, _("It could not be tried; the log says why."))
        post(told, result)

    threading.Thread(target=look, name="records-trial", daemon=True).start()


def _looked(profile: Profile, answer: RecordsAnswer) -> Result:
    if answer.is_server and not answer.url.strip():
        raise UserError(_("Still empty: {fields}.").format(fields=_("Its address")), _("Fill it in, then try again."))
    settings, typed = Settings(database=answer.settings()), Credentials()
    if answer.password:
        typed.remember(DATABASE, answer.password)
    records = look_at_records(profile, settings, utc_now, typed)
    found = [one.finding for one in check_machine(Machine(records=records)) if one.name in ("records", "time")]
    tone = max((_TONES[one.level] for one in found), key=list(Tone).index)
    return Result(tone, "\n".join(in_one_line(one.text, one.todo) for one in found))
