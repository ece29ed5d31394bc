"""Who may be meant where nobody has the number: of whom a note mentions it, or who is called like the caller.

Asked only for numbers that lead to nobody; each question is bounded.
"""

from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from db.customers import MOST_GUESSES, NumberOwner, Relation, told_of_customer
from db.models import customer, customer_search
from db.name_folding import fold_caller, fold_company
from db.note_search import Mention, mentioned_in
from db.prepared import ask


def owners_mentioned(connection: Connection, digits: str) -> tuple[NumberOwner, ...]:
    """The customers whose notes say this number, each with the newest sentence, and when it was written."""
    said: dict[int, Mention] = {}
    for one in mentioned_in(connection, digits):
        if one.customer_id is not None:
            said.setdefault(one.customer_id, one)
    keys = list(said)[:MOST_GUESSES]
    found: Any = connection.execute(_MENTIONED, {"keys": keys}).all() if keys else ()
    owners = [NumberOwner(*row) for row in found]
    return tuple([_saying(one, said[one.customer_id]) for one in owners])


def owners_named(connection: Connection, name: str) -> tuple[NumberOwner, ...]:
    """The customers whose whole name or reading is what the caller's telephone shows; nobody for bare digits."""
    folded = fold_caller(name)
    if not any(map(str.isalpha, folded)):
        return ()
    found = ask(connection, _NAMED, {"name": folded, "firm": fold_company(folded)})
    return tuple([NumberOwner(*row) for row in found])


def _saying(owner: NumberOwner, mention: Mention) -> NumberOwner:
    return owner._replace(sentence=mention.sentence, last_used_at=mention.at)


_searched = customer_search.c
_same_name = select(_searched.customer_id).where(
    or_(_searched.name_key == bindparam("name"), _searched.name_key == bindparam("firm"))
)
_same_reading = select(_searched.customer_id).where(_searched.reading_key == bindparam("name"))
_either = _same_name.limit(MOST_GUESSES).subquery(), _same_reading.limit(MOST_GUESSES).subquery()
_NAMED = (
    told_of_customer(Relation.NAME)
    .where(or_(*(customer.c.id.in_(select(one.c.customer_id)) for one in _either)))
    .limit(MOST_GUESSES)
)
_MENTIONED = told_of_customer(Relation.MENTION).where(customer.c.id.in_(bindparam("keys", expanding=True)))
