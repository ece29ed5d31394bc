"""What `omote diagnose` says of the program as a whole. A further check is one more entry of `OF_PROGRAM`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.crash_reports import Report
from app.danger_words import warnings
from app.diagnosis.finding import Check, Finding, attention, fault, ok
from app.errors import UserError
from app.screen import Status
from app.source_words import silence_words
from app.words import _, ngettext

RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Whole:
    """The program: its settings, and the running one's states (None: it does not run)."""

    settings_file: Path
    has_file: bool
    trouble: UserError | None = None
    sources: int = 0
    running: Status | None = None
    crashes: tuple[Report, ...] = ()  # the newest first
    now: datetime | None = None


def _settings(whole: Whole) -> Finding | None:
    if whole.trouble is not None:
        return fault(whole.trouble.what, whole.trouble.todo)
    if not whole.has_file:
        return ok(_("{path} does not exist: the built-in settings apply.").format(path=whole.settings_file))
    return ok(_("{path}: the settings are well formed.").format(path=whole.settings_file))


def _sources(whole: Whole) -> Finding | None:
    if whole.trouble is not None or whole.sources:
        return None
    return fault(
        _("No [[source]] is set up in {path}.").format(path=whole.settings_file),
        _("docs/settings.md shows how to point Omote at your PBX."),
    )


def _program(whole: Whole) -> Finding | None:
    if whole.running is None:
        return ok(_("Omote is not running with this profile."))
    told = warnings(whole.running)
    if told:
        return attention(_("Omote is running and warns."), " ".join(told))
    return ok(_("Omote is running."))


def _silence(whole: Whole) -> Finding | None:
    if whole.running is None or whole.running.silence is None:
        return None
    text = _("Omote: {silence}.").format(silence=silence_words(whole.running.silence))
    return attention(text, _("Ring this desk once: omote ring-me tries the PC alone, a mobile phone the whole way."))


def _crashes(whole: Whole) -> Finding:
    recent = [one for one in whole.crashes if whole.now is None or whole.now - one.at < RECENT]
    if not recent:
        return ok(_("Omote has met no fault of its own in the last {n} days.").format(n=RECENT.days))
    n, when = len(recent), recent[0].at.astimezone().strftime("%Y-%m-%d %H:%M")
    told = ngettext(
        "Omote has met {n} fault of its own, on {when}.", "Omote has met {n} faults of its own, the last on {when}.", n
    )
    return attention(
        told.format(n=n, when=when),
        _("Hand them on: omote diagnose --bundle FILE. They lie in {path}.").format(path=recent[0].path.parent),
    )


OF_PROGRAM: list[tuple[str, Callable[[Whole], Finding | None]]] = [
    ("settings", _settings),
    ("sources", _sources),
    ("program", _program),
    ("silence", _silence),
    ("crashes", _crashes),
]


def check_whole(whole: Whole) -> list[Check]:
    """Everything there is to say about the program."""
    found = [(name, look(whole)) for name, look in OF_PROGRAM]
    return [Check(name, "", finding) for name, finding in found if finding is not None]
