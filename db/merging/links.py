"""Every column that refers to a customer, and how its rows come to another one when two customers become one.

A row that the other has already (the same number, the same household) stays where it is: it is told by the other's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, select, tuple_, update

from db.merging.plain import Plain, plain, typed
from db.models import (
    address,
    call,
    call_candidate,
    caution,
    company_link,
    complaint,
    consent,
    customer,
    customer_attribute,
    customer_handler,
    customer_phone,
    customer_total,
    duplicate_pair,
    external_ref,
    follow_up,
    household_member,
    interaction,
    legal_hold,
    merge_log,
    note,
    number_choice,
    number_range,
    purchase,
    purchase_total,
)

Key = Sequence[Plain]
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Link:
    """A column that refers to a customer. `once` are the columns whose values a customer has only one row of."""

    column: Column[Any]
    once: tuple[Column[Any], ...] = ()

    @property
    def table(self) -> Table:
        """Whose column it is."""
        return self.column.table

    @property
    def name(self) -> str:
        """As the log names it."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def keys(self) -> tuple[Column[Any], ...]:
        """What tells its rows apart while the column changes."""
        return tuple(one for one in self.table.primary_key if one is not self.column)


LINKS = (
    *(
        Link(table.c.customer_id)
        for table in (
            *(address, call, call_candidate, caution, complaint, consent, customer_attribute, external_ref, follow_up),
            *(interaction, legal_hold, note, number_choice, number_range, purchase),
        )
    ),
    Link(customer_phone.c.customer_id, (customer_phone.c.phone_number_id, customer_phone.c.extension)),
    Link(household_member.c.customer_id, (household_member.c.household_id,)),
    Link(company_link.c.company_id, (company_link.c.person_id,)),
    Link(company_link.c.person_id, (company_link.c.company_id,)),
    Link(customer.c.merged_into_id),  # who was merged into the one that goes: one step always finds the living
)

OTHERWISE = {customer_handler, customer_total, duplicate_pair, merge_log, purchase_total}
"""Tables that refer to customers, treated by themselves; totals follow their rows, the search index is made anew."""


def carry(connection: Connection, link: Link, source: int, target: int) -> list[Key]:
    """Hang `source`'s rows on `target`; the keys of those that went."""
    keys = _free(connection, link, source, target)
    _repoint(connection, link, keys, source, target)
    return keys


def carry_back(connection: Connection, link: Link, keys: Iterable[Key], source: int, target: int) -> None:
    """Hang these of `source`'s rows on `target` again; what has come to somebody else meanwhile stays there."""
    wanted = [tuple(key) for key in keys]
    if link.once:
        free = {tuple(key) for key in _free(connection, link, source, target)}
        wanted = [key for key in wanted if key in free]
    _repoint(connection, link, wanted, source, target)


def _free(connection: Connection, link: Link, source: int, target: int) -> list[Key]:
    """The keys of the rows of `source` that `target` has nothing like."""
    asked = select(*link.keys, *link.once)
    taken = (
        {tuple(row) for row in connection.execute(select(*link.once).where(link.column == target))}
        if link.once
        else set()
    )
    taken |= {(target,)} if link.table is company_link else set()  # nobody works for himself
    many = len(link.keys)
    rows = [tuple(row) for row in connection.execute(asked.where(link.column == source))]
    return [[plain(one) for one in row[:many]] for row in rows if not link.once or row[many:] not in taken]


def _repoint(connection: Connection, link: Link, keys: Sequence[Key], source: int, target: int) -> None:
    for some in batched_keys(keys):
        theirs = link.column == source, among(link.keys, some)
        connection.execute(update(link.table).where(*theirs).values({link.column: target}))


def batched_keys(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    """No statement of either database takes more."""
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


def among(columns: Sequence[Column[Any]], keys: Iterable[Key]) -> Any:
    """Whether a row has one of the keys."""
    if len(columns) == 1:
        return columns[0].in_([typed(columns[0], key[0]) for key in keys])
    asked = [tuple(typed(column, one) for column, one in zip(columns, key, strict=True)) for key in keys]
    return tuple_(*columns).in_(asked)
