"""What the filters of the log can be set to: whatever stands in the records."""

from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, select

from db.models import call_kind, disposition, operator

_MOST = 200


class OperatorChoice(NamedTuple):
    operator_id: int
    login: str
    name: str


class DispositionChoice(NamedTuple):
    """The paths lead from the group down to it."""

    disposition_id: int
    path_ja: tuple[str, ...]
    path_en: tuple[str, ...]


class LogChoices(NamedTuple):
    """Lines and queues by name."""

    lines: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    operators: tuple[OperatorChoice, ...] = ()
    dispositions: tuple[DispositionChoice, ...] = ()


def choices(connection: Connection) -> LogChoices:
    """All of them."""
    people = select(operator.c.id, operator.c.login, operator.c.name).order_by(operator.c.name, operator.c.id)
    return LogChoices(
        _each(connection, call_kind.c.line),
        _each(connection, call_kind.c.queue),
        tuple([OperatorChoice(*row) for row in connection.execute(people)]),
        _dispositions(connection),
    )


def _each(connection: Connection, column: Column[Any]) -> tuple[str, ...]:
    """Of kinds of calls there are few; one that no call is of any more stays to be chosen."""
    asked = select(column).distinct().where(column != "").order_by(column).limit(_MOST)
    return tuple(sorted(connection.execute(asked).scalars()))


def _dispositions(connection: Connection) -> tuple[DispositionChoice, ...]:
    rows: Any = connection.execute(select(disposition).order_by(disposition.c.position, disposition.c.id)).all()
    by_id = {row.id: row for row in rows}
    groups = {row.parent_id for row in rows}
    found = []
    for row in rows:
        path = [row]
        while path[0].parent_id is not None:
            path.insert(0, by_id[path[0].parent_id])
        if row.id not in groups:
            place = [one.position for one in path]
            labels = tuple(one.label_ja for one in path), tuple(one.label_en for one in path)
            found.append((place, DispositionChoice(row.id, *labels)))
    return tuple(one for _place, one in sorted(found))
