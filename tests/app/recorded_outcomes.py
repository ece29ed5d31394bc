"""What the log has of every recorded call: seen by one source alone, at the desk of one extension.

The recordings of an extension are its day: ten minutes lie between two of them, so that none has to do with the other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from cti.events import CallAnswered, CallEnded, CallerChanged, CallEvent, CallHeld, CallOffered
from tests.app.desk_at_work import NOW, SAVE_MS, DeskAtWork
from tests.cti.ami.played import RECORDED as READ
from tests.cti.ami.played import START, play
from tests.cti.sip.played import WATCHED_BY, folder_of, listen, watched
from tests.cti.sip.recorded_lives import LIVES

VERSIONS = ("16", "22")
APART = timedelta(minutes=10)
NUMBER_HEADER = "header:X-Lab-Dnid"  # the dial plan of the lab tells the dialled number there
_ROWS = (
    "SELECT direction, coalesce(withheld, number, ''), coalesce(name, ''), coalesce(dialled, ''), coalesce(queue, ''),"
    " coalesce(diverted_from, ''), outcome, coalesce(answered_by, ''), coalesce(end_cause, ''), hold_ms IS NOT NULL"
    " FROM call WHERE offered_at >= ? ORDER BY offered_at, id"
)


class Witness(StrEnum):
    """A kind of source, alone at its desk."""

    SIP = "sip"
    DIALOGS = "sip-dialog"
    AMI = "ami"


@dataclass(frozen=True, slots=True)
class Logged:
    """One row of the log. `who` is the other party's number, or why it is withheld; `why` is the cause of the end."""

    direction: str
    who: str
    name: str
    dialled: str
    queue: str
    forwarded_by: str
    outcome: str
    by: str
    why: str
    was_held: bool


FIELDS = tuple(one.name for one in fields(Logged))


@dataclass(frozen=True, slots=True)
class Where:
    """A recorded scenario at one of its extensions."""

    scenario: str
    extension: str


_LATER = ("second-call-answered-while-first-waits", "second-call-outlives-the-first")  # seen by a watcher alone
WHERES = tuple(Where(seen.name, seen.extension) for seen in LIVES if seen.name not in _LATER)
_SEEN = {Where(seen.name, seen.extension): seen for seen in LIVES}


def is_recorded(witness: Witness, version: str, where: Where) -> bool:
    places = {
        Witness.SIP: lambda: folder_of(version, _SEEN[where]),
        Witness.DIALOGS: lambda: WATCHED_BY[version] / where.scenario / where.extension,
        Witness.AMI: lambda: READ / version / f"{where.scenario}.ami",
    }
    is_listened_to = witness is not Witness.SIP or _SEEN[where].listener is not None
    return is_listened_to and places[witness]().exists()


def facts_of(witness: Witness, version: str, where: Where) -> list[CallEvent]:
    """What this source reports of it."""
    name, extension = where.scenario, where.extension
    if witness is Witness.SIP:
        return listen(folder_of(version, _SEEN[where]), extension, dialled_from=(NUMBER_HEADER,))
    return watched(version, name, extension) if witness is Witness.DIALOGS else play(version, name, extension)


def logged(desks: Callable[..., DeskAtWork], witness: Witness, version: str) -> dict[Where, list[Logged]]:
    """By every recording that this source has."""
    found: dict[Where, list[Logged]] = {}
    there = sorted((one for one in WHERES if is_recorded(witness, version, one)), key=lambda one: one.extension)
    for extension, wheres in groupby(there, lambda one: one.extension):
        own = {} if witness is Witness.SIP else dict.fromkeys(("pbx", "watcher"), extension)
        desk = desks(own_phones=own)
        desk.empty_log()
        for number, where in enumerate(wheres):
            found[where] = _heard(desk, facts_of(witness, version, where), APART * number)
        desk.leave()
    return found


def _heard(desk: DeskAtWork, facts: Sequence[CallEvent], after: timedelta) -> list[Logged]:
    for fact in _shifted(facts, after):
        desk.desk.hear(fact)
    desk.settle()
    desk.wait(SAVE_MS)
    return [_row(row) for row in desk.rows(_ROWS, (NOW + after).astimezone(UTC).replace(tzinfo=None).isoformat(" "))]


def _row(row: tuple[Any, ...]) -> Logged:
    return Logged(*row[:-1], was_held=bool(row[-1]))


def _shifted(facts: Sequence[CallEvent], by: timedelta) -> Iterator[CallEvent]:
    for fact in facts:
        assert isinstance(fact, CallOffered | CallAnswered | CallEnded | CallHeld | CallerChanged)
        yield replace(fact, at=NOW + by + (fact.at - START), source_id=f"{by} {fact.source_id}")
