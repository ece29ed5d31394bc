"""All that the card shows about one customer: keyed statements, each bounded; of a server asked for all at once.

Ask inside `db.engine.reading`, so that the parts belong to one moment.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam

from db.card import MOST_ROWS, card_parts
from db.facts import (
    CautionFact,
    ComplaintFact,
    CustomerFact,
    CustomerFacts,
    FollowUpFact,
    HandlerFact,
    InteractionFact,
    ItemFact,
    Money,
    NumberFact,
    PurchaseFact,
    RefusalFact,
)
from db.prepared import Direct, Parts, Row, ask_each
from db.together import ask_together

__all__ = ["MOST_ROWS", "customer_facts", "facts_from", "handlers_from", "purchases_from"]

Rows = Sequence[Row]


def customer_facts(connection: Connection | Direct, customer_id: int) -> CustomerFacts | None:
    """What is known about the customer, None if there is no such record (or it was erased or merged away)."""
    asked = ask_each if connection.dialect.name == "sqlite" else ask_together
    return facts_from(asked(connection, _PARTS, {"customer": customer_id}))


def facts_from(parts: Mapping[str, Rows | None]) -> CustomerFacts | None:
    """The facts of a card whose parts have been asked."""
    customer = parts["customer"]
    if not customer:
        return None
    rows = {name: found or () for name, found in parts.items()}
    person, totals, complaints = customer[0], rows["totals"], rows["complaints"]
    return CustomerFacts(
        customer=CustomerFact(*person[3:]),
        numbers=_made(NumberFact, rows["numbers"]),
        purchases=purchases_from(rows["purchases"], rows["items"]),
        purchase_count=sum([row[2] for row in totals]),
        spent=tuple([Money(row[1], row[0]) for row in totals]),
        complaints=tuple([ComplaintFact(*row[1:]) for row in complaints]),
        complaint_count=person[0],
        open_complaint_count=person[1],
        interactions=_made(InteractionFact, rows["interactions"]),
        interaction_count=person[2],
        handlers=handlers_from(rows["handlers"], [one for one in complaints if one[6]]),
        follow_ups=_made(FollowUpFact, rows["follow_ups"]),
        cautions=_made(CautionFact, rows["cautions"]),
        refusals=_made(RefusalFact, rows["refusals"]),
    )


def _made(fact: Any, rows: Iterable[Row]) -> tuple[Any, ...]:
    """As `fact._make` does, whose Python would take as long as SQLite takes for the rows."""
    return tuple(map(tuple.__new__, repeat(fact), rows))


def purchases_from(rows: Rows, items: Rows) -> tuple[PurchaseFact, ...]:
    """The items' rows begin with the purchase's key, and stand together."""
    lines: dict[int, tuple[ItemFact, ...]] = {}
    if items:
        keys, *values = zip(*items, strict=True)
        facts, begin = _made(ItemFact, zip(*values, strict=True)), 0
        for key, count in Counter(keys).items():
            lines[key] = facts[begin : begin + count]
            begin += count
    return _made(PurchaseFact, [(*row, lines.get(row[0], ())) for row in rows])


def handlers_from(rows: Rows, open_complaints: Rows) -> tuple[HandlerFact, ...]:
    """The complaints' rows begin with handler, key and number."""
    theirs: dict[int, list[str]] = {}
    for handler, _key, number, *_rest in open_complaints:
        theirs.setdefault(handler, []).append(number)
    return tuple(
        [
            HandlerFact(key, name, last_at, count, subject, tuple(theirs.get(key, ())))
            for key, name, last_at, count, subject in rows
        ]
    )


_asked: BindParameter[int] = bindparam("customer", type_=BigInteger)
_PARTS = Parts(card_parts(_asked))
