"""What can be done with one person's data: the same for the command line and for the page.

Everything here waits for the records, and raises UserError or DatabaseUnavailable; then nothing was done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.audit.exports import audited
from app.audit.signature import AuditAction, Signature
from app.errors import UserError
from app.exporting.command import export_one
from app.paths import Profile
from app.person.copy import PersonCopy, write_copy
from app.person.here import Cleaned, waiting_here
from app.person.refused import why_not
from app.words import _, ngettext
from db.audit.chain import append
from db.backup import Backups
from db.engine import reading, writing
from db.person.erase import Asked
from db.person.erasing import NotErased, Why, erase_person, look_at, overwrite
from db.person.gone import Gone
from db.person.holds import Hold, hold, holds_on, lift
from db.person.naming import filters_about, naming_of
from db.person.whole import Person, counts_of, person_of

ENDINGS = (".json", ".xlsx")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the records have of a person: how many rows of which table, and what holds him."""

    person: Person
    counts: dict[str, int]
    filters: int
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """`backups` is a folder that holds the person still; a server has its own. `cleaned` comes from this PC's files."""

    gone: Gone
    is_server: bool
    backups: Path | None
    cleaned: Cleaned


class PersonalData:
    """`clean` takes who is gone out of this PC's files, as it may be done at the moment."""

    def __init__(self, engine: Any, profile: Profile, by: Callable[[], Signature], clean: Callable[[Gone], Cleaned]):
        self._engine, self._profile, self._by, self._clean = engine, profile, by, clean

    def look(self, number: str) -> Kept:
        """In counts, whatever became of him."""
        with reading(self._engine) as connection:
            found = _existing(person_of(connection, number), number)
            filters = len(filters_about(connection, naming_of(connection, found)))
            return Kept(found, counts_of(connection, found), filters, holds_on(connection, found))

    def export(self, number: str, path: Path) -> int:
        """A copy: .json has every row for other programs, .xlsx is for reading. How many rows."""
        kind = path.suffix.lower()
        if kind not in ENDINGS:
            raise UserError(_("{path} is neither .json nor .xlsx.").format(path=path), _("Choose one of them."))
        found, by = self._person(number), self._by()
        told = {"what": "customer", "file": kind}  # the file may be called after him
        entry = by.entry(AuditAction.EXPORT_BEGUN, "customer", found.ids[0], **told)
        if kind == ".xlsx":
            return audited(self._engine, entry, lambda: export_one(number, path, self._engine)).rows
        return audited(self._engine, entry, lambda: self._copied(found, path, by)).rows

    def plan(self, number: str, reason: str) -> Person:
        """Whom erasing would erase; nothing is done. Refused as erasing would be."""
        try:
            return look_at(self._engine, number, reason)
        except NotErased as refused:
            raise why_not(refused, number) from refused

    def erase(self, number: str, reason: str) -> Erased:
        """For good: in the records with its entry, then on this PC."""
        self.plan(number, reason)
        by = self._by()
        asked = Asked(by.clock.new_id(), by.operator, by.clock.now(), reason)
        entry = by.entry(AuditAction.ERASED, "customer", request=str(asked.id))
        try:
            gone = _of(erase_person(self._engine, number, asked, entry))
        except NotErased as refused:
            raise why_not(refused, number) from refused
        overwrite(self._engine)
        is_server = self._engine.dialect.name != "sqlite"
        has_backups = not is_server and Backups(self._profile.backups_folder).newest is not None
        return Erased(gone, is_server, self._profile.backups_folder if has_backups else None, self._clean(gone))

    def hold(self, number: str, reason: str) -> None:
        """He is not erased until that is lifted."""
        found, by = self._person(number), self._by()
        with writing(self._engine) as connection:
            hold(connection, found, Hold(reason, by.operator, by.clock.now()))
            append(connection, by.entry(AuditAction.HELD, "customer", found.ids[0]))

    def release(self, number: str) -> int:
        """End all that hold him; how many there were."""
        found, by = self._person(number), self._by()
        with writing(self._engine) as connection:
            lifted = lift(connection, found, by.clock.now())
            if lifted:
                append(connection, by.entry(AuditAction.RELEASED, "customer", found.ids[0], holds=lifted))
        return lifted

    def require_nothing_waits(self) -> None:
        """Where no Omote runs that would send it: it lies here until one does, and is emptied only as it comes."""
        waiting = waiting_here(self._profile)
        if count := waiting.jobs + waiting.set_aside:
            words = ngettext("{n} entry waits here to be sent.", "{n} entries wait here to be sent.", count)
            raise UserError(
                words.format(n=count),
                _("Start Omote, and try again once nothing waits: it would bring back what is erased."),
            )

    def _person(self, number: str) -> Person:
        with reading(self._engine) as connection:
            return _existing(person_of(connection, number), number)

    def _copied(self, found: Person, path: Path, by: Signature) -> PersonCopy:
        with reading(self._engine) as connection:
            return write_copy(connection, found, path, by.clock.now())


def _existing(found: Person | None, number: str) -> Person:
    if found is None:
        raise why_not(NotErased(Why.NOBODY), number)
    return found


def _of(gone: Person) -> Gone:
    calls, numbers = (str(key) for key in gone.keys["call"]), (f"+{one}" for one in gone.alone)
    return Gone(frozenset(gone.ids), frozenset(calls), frozenset(numbers))
