"""What came of contacts, who dealt with them, whom the pop knew, and what of the program is used."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from db.dispositions import DispositionFact, every_disposition
from db.kinds import Channel
from db.models import call_candidate, interaction, operator
from db.models.call_log import Used as Feature
from db.reports.handling import IS_IN_CALL
from db.reports.picked import IS_ANSWERED, ROW, Picked, comes_in, contacts_in, how_many, rows_of, total


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
        select(ROW.operator_id, func.count().label("n"), *_known(ROW.talked_ms))
        .where(*comes_in(picked), IS_ANSWERED, ROW.operator_id.is_not(None))
        .group_by(ROW.operator_id)
    )
    after = interaction.c.after_call_ms
    work = (
        select(interaction.c.handler_id, *_known(after))
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
    offered = _one(connection, select(func.count(), how_many(ROW.withheld.is_not(None))).where(*comes_in(picked)))
    shown, changed, several = _one(connection, _shown(picked))
    return Recognised(shown - several, several, offered[0] - offered[1] - shown, offered[1], changed)


def used(connection: Connection, picked: Picked) -> Used:
    """Each call counts once for each feature."""
    told = [ROW.used.op("&")(bit.value) != 0 for bit in (Feature.NOTED, Feature.HANDED_OVER)]
    told += [
        ROW.disposition_id.is_not(None),
        ROW.customer_id.is_not(None),
        ROW.used.op("&")(Feature.PROMISED.value) != 0,
    ]
    asked = select(func.count(), *map(how_many, told)).where(*comes_in(picked), IS_ANSWERED)
    return Used(*_one(connection, asked))


def _shown(picked: Picked) -> Any:
    """Calls with somebody on the card, those of whom the records now say another, and those with more than one."""
    seen = [*comes_in(picked), ROW.withheld.is_(None), call_candidate.c.call_id == ROW.call_id]
    theirs = call_candidate.alias()
    was_shown = exists().where(theirs.c.call_id == ROW.call_id, theirs.c.customer_id == ROW.customer_id)
    is_other = and_(ROW.customer_id.is_not(None), ROW.customer_id != call_candidate.c.customer_id, ~was_shown)
    rank = call_candidate.c.rank
    counted = how_many(rank == 1), how_many(and_(rank == 1, is_other)), how_many(rank == 2)
    return select(*counted).where(*seen, rank <= 2)


def _outcome(which: DispositionFact | None, contacts: int) -> Outcome:
    if which is None:
        return Outcome("", "", "", contacts)
    return Outcome(which.code, which.label("ja"), which.label("en"), contacts)


def _known(value: ColumnElement[Any]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    return func.count(value), total(value)


def _one(connection: Connection, asked: Any) -> tuple[int, ...]:
    return tuple(int(one) for one in connection.execute(asked).one())
