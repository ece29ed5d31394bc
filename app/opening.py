"""What is opened while the first window says so: the log, the records, the drafts. Knows no window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.compose import MENDED_HERE, Waits, beside_records, open_drafts, open_records
from app.crash_reports import CrashFolder, report_crashes
from app.credentials import Credentials
from app.logs import start_log
from app.paths import Profile, make_folder
from app.phone_number import warm_up
from app.records import Beside
from app.settings import Settings
from app.words import _
from db.drafts import DraftFile
from db.migrate import Step

Tell = Callable[[str], object]
"""Given a sentence for whoever waits."""


@dataclass(frozen=True, slots=True)
class Opened:
    """All that the program needs of the disk and of the server; `engine` may be that of a server that is away."""

    engine: Any
    beside: Beside
    drafts: DraftFile
    crashes: CrashFolder


def open_everything(
    profile: Profile, settings: Settings, credentials: Credentials, tell: Tell = lambda _words: None
) -> Opened:
    """May last: as long as a server keeps us waiting, or an upgrade takes. Raises UserError."""
    start_log(profile.log_file)
    crashes = report_crashes(profile.crash_folder)
    make_folder(profile.trace_file.parent)
    if settings.database.is_server:
        tell(_("Asking the records' server…"))
    engine = open_records(profile, settings, credentials, waits=Waits(MENDED_HERE, lambda step: tell(step_words(step))))
    drafts = open_drafts(profile)
    beside = beside_records(profile, settings, credentials)
    warm_up()
    return Opened(engine, beside, drafts, crashes)


def step_words(step: Step) -> str:
    """What the records are being made ready by."""
    return {
        Step.CREATE: _("Making the records…"),
        Step.COPY: _("Copying the records before they are upgraded…"),
        Step.UPGRADE: _("Upgrading the records…"),
    }[step]
