"""What this PC's own files have of people who were erased: drafts, traces, the copy of what was seen lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.clock import utc_now
from app.paths import Profile
from app.trace import one_before
from app.trace_forgetting import forget_in_all
from db.drafts import DraftFile
from db.errors import DatabaseUnavailable
from db.local_cards import LocalCards
from db.outbox import OutboxFile
from db.person.gone import Gone


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`is_busy`: the drafts' file could not be overwritten, since a running Omote reads it."""

    drafts: int
    trace_lines: int
    wire_files: int
    is_busy: bool


def waiting_here(profile: Profile) -> int:
    """How much was written here and has not been sent: it would bring back what is erased."""
    if not (profile.drafts_folder / "outbox.db").exists():
        return 0
    outbox = OutboxFile.open(profile.drafts_folder, utc_now())
    try:
        told = outbox.waiting()
        return told.jobs + told.set_aside
    finally:
        outbox.close()


def clean_here(profile: Profile, gone: Gone) -> Cleaned:
    """Drafts and trace lines about them go; the copy and the trace of the wire, which hold everybody, go whole."""
    drafts, is_busy = _drafts(profile, gone)
    lines = forget_in_all(profile.trace_file, gone.calls, gone.numbers)
    if profile.copy_folder.exists():
        cards = LocalCards.open(profile.copy_folder, utc_now())
        cards.erase_all()
        cards.close()
    return Cleaned(drafts, lines, _remove((profile.wire_file, one_before(profile.wire_file))), is_busy)


def _drafts(profile: Profile, gone: Gone) -> tuple[int, bool]:
    if not profile.drafts_folder.exists():
        return 0, False
    file = DraftFile.open(profile.drafts_folder, utc_now())
    try:
        theirs = [one for one in file.everybodys() if _is_about(one.about, gone) or str(one.call_id) in gone.calls]
        for one in theirs:
            file.remove(one.call_id)
        return len(theirs), _is_busy(file) if theirs else False
    finally:
        file.close()


def _is_about(about: object, gone: Gone) -> bool:
    told: dict[str, Any] = about if isinstance(about, dict) else {}
    opened = told.get("opened_id")
    return (bool(opened) and int(str(opened)) in gone.customers) or told.get("key") in gone.numbers


def _is_busy(file: DraftFile) -> bool:
    """Whether what was removed could not be overwritten in the write-ahead log either."""
    try:
        file.scrub()
    except DatabaseUnavailable:
        return True
    return False


def _remove(paths: Iterable[Path]) -> int:
    there = [one for one in paths if one.exists()]
    for one in there:
        one.unlink()
    return len(there)
