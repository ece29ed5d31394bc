"""Everything that hangs on one person, table by table: the keys of the rows, found from the top down.

Who was merged into somebody is that person too. A call without a customer is this one's where nobody else has the
number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, exists, func, or_, select

from db.models import (
    address,
    call,
    call_candidate,
    call_event,
    caution,
    company_link,
    complaint,
    complaint_event,
    consent,
    customer,
    customer_attribute,
    customer_handler,
    customer_phone,
    external_ref,
    follow_up,
    household_member,
    interaction,
    legal_hold,
    note,
    note_revision,
    number_choice,
    number_range,
    operator,
    phone_number,
    purchase,
    purchase_item,
    review,
    review_event,
)

AT_ONCE = 500
_OF_OPERATORS: dict[Table, set[str]] = {review_event: {"mark"}}


@dataclass(frozen=True, slots=True)
class Person:
    """`ids`: the customer and those merged into him, the living one first; `numbers` are his, `alone` nobody else's."""

    customer_no: str
    ids: tuple[int, ...]
    names: tuple[str, ...]
    erased_at: datetime | None
    merged_into: str
    numbers: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()
    keys: dict[str, list[Any]] = field(default_factory=dict)
    """Table to the keys of its rows, for those that others hang on."""


def person_of(connection: Connection, customer_no: str) -> Person | None:
    """None where no customer has this number."""
    found: Any = connection.execute(select(customer).where(customer.c.customer_no == customer_no)).one_or_none()
    if found is None:
        return None
    into = select(customer.c.customer_no).where(customer.c.id == found.merged_into_id)
    merged = connection.execute(into).scalar_one_or_none() or ""
    ids, names = _merged_into(connection, found)
    person = Person(customer_no, ids, names, found.erased_at, merged)
    return _with_keys(connection, person)


def rows_of(connection: Connection, person: Person) -> Iterable[tuple[Table, list[dict[str, Any]]]]:
    """Every row, table by table, in the order in which people read them."""
    for table, statement in _statements(person):
        yield table, [dict(row) for row in connection.execute(statement).mappings()]


def counts_of(connection: Connection, person: Person) -> dict[str, int]:
    """How many rows of which table."""
    counts: dict[str, int] = {}
    for table, column, parent in TOLD:
        asked = select(func.count()).select_from(table).where(among(table.c[column], person.keys[parent]))
        counts[table.name] = connection.execute(asked).scalar_one()
    return counts


def told_of(connection: Connection, person: Person) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """The same by name, without the operators' keys: who wrote something, and how well, is another person's affair."""
    for table, rows in rows_of(connection, person):
        theirs = {column.name for column in table.c if any(one.column.table is operator for one in column.foreign_keys)}
        theirs |= _OF_OPERATORS.get(table, set())
        yield table.name, [{name: value for name, value in row.items() if name not in theirs} for row in rows]


def among(column: Any, keys: Sequence[Any]) -> Any:
    """Whether the column has one of these, however many there are."""
    slices = [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
    return or_(*(column.in_(part) for part in slices)) if slices else column.in_([])


def _merged_into(connection: Connection, found: Any) -> tuple[tuple[int, ...], tuple[str, ...]]:
    ids, names, fresh = [found.id], [found.name], [found.id]
    while fresh:
        asked = select(customer.c.id, customer.c.name).where(among(customer.c.merged_into_id, fresh))
        rows = [row for row in connection.execute(asked) if row.id not in ids]
        fresh = [row.id for row in rows]
        ids += fresh
        names += [row.name for row in rows]
    return tuple(ids), tuple(dict.fromkeys(names))


def _with_keys(connection: Connection, person: Person) -> Person:
    ids = person.ids
    theirs = select(customer_phone.c.phone_number_id).where(among(customer_phone.c.customer_id, ids))
    others = exists().where(
        customer_phone.c.phone_number_id == phone_number.c.id, customer_phone.c.customer_id.not_in(ids)
    )
    asked = select(phone_number.c.id, phone_number.c.e164, (~others).label("is_alone"))
    numbers = connection.execute(asked.where(phone_number.c.id.in_(theirs))).all()
    alone = [row.e164 for row in numbers if row.is_alone and row.e164 is not None]
    nobodys = and_(call.c.customer_id.is_(None), among(call.c.e164, alone))
    keys: dict[str, list[Any]] = {"customer": list(ids)}
    keys["phone_number"] = [row.id for row in numbers if row.is_alone]
    keys["call"] = _keys(connection, select(call.c.id).where(or_(among(call.c.customer_id, ids), nobodys)))
    for table in (purchase, complaint):
        keys[table.name] = _keys(connection, select(table.c.id).where(among(table.c.customer_id, ids)))
    for table in (interaction, note, follow_up):
        hangs = or_(among(table.c.customer_id, ids), among(table.c.call_id, keys["call"]))
        keys[table.name] = _keys(connection, select(table.c.id).where(hangs))
    keys["review"] = _keys(connection, select(review.c.id).where(among(review.c.call_id, keys["call"])))
    known = tuple(row.e164 for row in numbers if row.e164 is not None)
    return Person(
        person.customer_no, ids, person.names, person.erased_at, person.merged_into, known, tuple(alone), keys
    )


def _keys(connection: Connection, statement: Select[Any]) -> list[Any]:
    return list(connection.execute(statement).scalars())


def _statements(person: Person) -> Iterable[tuple[Table, Select[Any]]]:
    for table, column, parent in TOLD:
        keys = person.keys[parent]
        if table is customer_phone:
            numbers = [one for one in phone_number.c if one.name != "id"]
            told = select(*customer_phone.c, *numbers).join(phone_number)
            yield table, told.where(among(table.c[column], keys))
        else:
            yield table, select(table).where(among(table.c[column], keys))


TOLD: tuple[tuple[Table, str, str], ...] = (
    (customer, "id", "customer"),
    (address, "customer_id", "customer"),
    (customer_phone, "customer_id", "customer"),
    (customer_attribute, "customer_id", "customer"),
    (external_ref, "customer_id", "customer"),
    (household_member, "customer_id", "customer"),
    (company_link, "person_id", "customer"),
    (number_range, "customer_id", "customer"),
    (number_choice, "customer_id", "customer"),
    (consent, "customer_id", "customer"),
    (caution, "customer_id", "customer"),
    (purchase, "customer_id", "customer"),
    (purchase_item, "purchase_id", "purchase"),
    (complaint, "customer_id", "customer"),
    (complaint_event, "complaint_id", "complaint"),
    (interaction, "id", "interaction"),
    (call, "id", "call"),
    (call_event, "call_id", "call"),
    (call_candidate, "customer_id", "customer"),
    (note, "id", "note"),
    (note_revision, "note_id", "note"),
    (follow_up, "id", "follow_up"),
    (customer_handler, "customer_id", "customer"),
    (legal_hold, "customer_id", "customer"),
    (review_event, "review_id", "review"),
)
"""Table, its column, and the table whose keys stand there: what belongs to a person, and is handed out."""
