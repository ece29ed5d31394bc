"""What came of contacts, who dealt with them, whom the pop knew, and what of the program is used."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, select

from db.dispositions import DispositionFact, every_disposition
from db.kinds import Channel, NoteKind
from db.models import (
    call,
    call_candidate,
    follow_up,
    interaction,
    note,
    operator,
)
from db.reports.handling import IS_IN_CALL, IS_TALKED, TALKED_MS
from db.reports.picked import IS_ANSWERED, Picked, comes_in, contacts_in, how_many, rows_of, total


class Outcome(NamedTuple):
    """`code` is "" for contacts without one; a label leads from its groups down to it."""

    code: str
    label_ja: str
    label_en: str
    contacts: int


class Person(NamedTuple):
    """Answered calls that this operator finished; `talked` and `worked`: of how many the time is known."""

    operator_id: int
    name: str
    answered: int
    talked: int
    talk_ms: int
    worked: int
    after_call_ms: int


class Recognised(NamedTuple):
    """Incoming calls by whom the pop knew; `reassigned` are those of the first two whose customer was not shown."""

    known: int
    several: int
    unknown: int
    withheld: int
    reassigned: int


class Used(NamedTuple):
    """Answered calls, and on how many of them what was used."""

    answered: int
    noted: int
    handed_over: int
    coded: int
    attached: int
    promised: int


def outcomes(connection: Connection, picked: Picked) -> Sequence[Outcome]:
    """Of contacts by telephone, in and out."""
    counted = select(interaction.c.disposition_id, func.count().label("n"))
    counted = counted.where(*contacts_in(picked), interaction.c.channel == Channel.PHONE)
    named = every_disposition(connection)
    told = rows_of(connection, counted.group_by(interaction.c.disposition_id))
    return [_outcome(named.get(key), n) for key, n in told]


def people(connection: Connection, picked: Picked) -> Sequence[Person]:
    """Whoever finished a call in the period."""
    calls = (
        select(call.c.operator_id, func.count().label("n"), *_known(TALKED_MS, IS_TALKED))
        .where(*comes_in(picked), IS_ANSWERED, call.c.operator_id.is_not(None))
        .group_by(call.c.operator_id)
    )
    after = interaction.c.after_call_ms
    work = (
        select(interaction.c.handler_id, *_known(after, after.is_not(None)))
        .where(*contacts_in(picked), *IS_IN_CALL, interaction.c.handler_id.is_not(None))
        .group_by(interaction.c.handler_id)
    )
    worked = {row[0]: (int(row[1]), int(row[2])) for row in rows_of(connection, work)}
    names = dict(rows_of(connection, select(operator.c.id, operator.c.name)))
    return [
        Person(key, names[key], int(n), int(talked), int(ms), *worked.get(key, (0, 0)))
        for key, n, talked, ms in rows_of(connection, calls)
    ]


def recognised(connection: Connection, picked: Picked) -> Recognised:
    """A call without a number shown counts as withheld whatever else was guessed."""
    first, further = _shown(picked)
    offered = _one(connection, select(func.count(), how_many(call.c.withheld.is_not(None))).where(*comes_in(picked)))
    shown, changed = _one(connection, first)
    (several,) = _one(connection, further)
    return Recognised(shown - several, several, offered[0] - offered[1] - shown, offered[1], changed)


def used(connection: Connection, picked: Picked) -> Used:
    """Each call counts once for each feature."""
    meant = [*comes_in(picked), IS_ANSWERED]
    answered, attached = _one(connection, select(func.count(), how_many(call.c.customer_id.is_not(None))).where(*meant))
    noted, handed = (_with_note(connection, meant, kind) for kind in (NoteKind.BODY, NoteKind.HANDOVER))
    coded = _calls_with(connection, interaction, meant, interaction.c.disposition_id.is_not(None))
    promised = _calls_with(connection, follow_up, meant)
    return Used(answered, noted, handed, coded, attached, promised)


def _shown(picked: Picked) -> tuple[Any, Any]:
    """Calls with somebody on the card, of whom the records now say another; and those with more than one."""
    seen = [*comes_in(picked), call.c.withheld.is_(None), call_candidate.c.call_id == call.c.id]
    theirs = call_candidate.alias()
    was_shown = exists().where(theirs.c.call_id == call.c.id, theirs.c.customer_id == call.c.customer_id)
    is_other = and_(call.c.customer_id.is_not(None), call.c.customer_id != call_candidate.c.customer_id, ~was_shown)
    first = select(func.count(), how_many(is_other)).where(*seen, call_candidate.c.rank == 1)
    return first, select(func.count()).where(*seen, call_candidate.c.rank == 2)


def _outcome(which: DispositionFact | None, contacts: int) -> Outcome:
    if which is None:
        return Outcome("", "", "", contacts)
    return Outcome(which.code, which.label("ja"), which.label("en"), contacts)


def _known(value: ColumnElement[Any], is_known: ColumnElement[bool]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    return how_many(is_known), total(case((is_known, value)))


def _with_note(connection: Connection, meant: list[ColumnElement[Any]], kind: NoteKind) -> int:
    return _calls_with(connection, note, meant, note.c.kind == kind)


def _calls_with(connection: Connection, table: Any, meant: list[ColumnElement[Any]], *told: ColumnElement[Any]) -> int:
    asked = select(func.count()).where(*meant, exists().where(table.c.call_id == call.c.id, *told))
    return int(connection.execute(asked).scalar_one())


def _one(connection: Connection, asked: Any) -> tuple[int, ...]:
    return tuple(int(one) for one in connection.execute(asked).one())
