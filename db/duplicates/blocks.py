"""Who may be whom at all: customers that share a key, in groups so small that each pair can be looked at.

A key that many share (a switchboard, a common name) says nothing by itself; with a second key it does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, String, cast, func, literal, select

from db.models import customer, customer_phone, customer_search, external_ref

Pair = tuple[int, int]  # the smaller key first
_BATCH = 2_000
_PART, _NEXT = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True)
class Block:
    """Groups of customers who share a key. `is_name`: the key is a name that hardly anybody has.

    `tells_names`: most who share the key are relatives, so that each comes with name and reading for a first glance.
    """

    statement: Select[Any]
    is_name: bool = False
    tells_names: bool = False


def pairs_of(connection: Connection, block: Block) -> Iterator[list[Pair]]:
    """The pairs of each group, in batches; a pair that shares two keys comes twice."""
    found = connection.execution_options(yield_per=_BATCH).execute(block.statement)
    pairs = _pairs_alike if block.tells_names else _pairs
    for rows in found.partitions():
        yield [pair for (members,) in rows for pair in pairs(members)]


def _pairs(members: str) -> Iterator[Pair]:
    return combinations(sorted({int(key) for key in members.split(_NEXT)}), 2)


def _pairs_alike(members: str) -> Iterator[Pair]:
    people = sorted({_Member(*member.split(_PART)) for member in members.split(_NEXT)}, key=lambda one: int(one.key))
    return ((int(one.key), int(other.key)) for one, other in combinations(people, 2) if _may_be_one(one, other))


class _Member(NamedTuple):
    key: str
    name: str
    reading: str


def _may_be_one(one: _Member, other: _Member) -> bool:
    """At a glance: brothers and couples, most of those who share a number, are told apart by how their names end."""
    if one.name.isascii() or other.name.isascii():
        return True
    here, there = one.reading or one.name, other.reading or other.name
    if one.name[-1:] == other.name[-1:] or here[-2:] == there[-2:]:
        return True
    return any(a.startswith(b) or b.startswith(a) for a, b in ((one.name, other.name), (here, there)))


def _groups(
    person: ColumnElement[Any], keys: Sequence[ColumnElement[Any]], source: FromClause, most: int
) -> Select[Any]:
    members = func.aggregate_strings(cast(person, String), _NEXT)
    count = func.count()
    return select(members).select_from(source).group_by(*keys).having(count > 1, count <= most)


_name = customer_search.c.name_key
_sound = func.coalesce(func.nullif(customer_search.c.reading_key, ""), _name)
_people = customer_search.join(customer, customer.c.id == customer_search.c.customer_id)
_phones = customer_phone.join(customer_search, customer_search.c.customer_id == customer_phone.c.customer_id)
_refs = external_ref.join(customer_search, customer_search.c.customer_id == external_ref.c.customer_id)
_number, _person = customer_phone.c.phone_number_id, customer_search.c.customer_id
_FAMILY, _NAMESAKES, _FEW = 8, 6, 3
_named = cast(_person, String) + literal(_PART) + _name + literal(_PART) + customer_search.c.reading_key

_crowded = select(_number).group_by(_number).having(func.count() > _FAMILY)
_born, _post = customer.c.birth_date, func.replace(customer.c.postal_code, "-", "")
_email = func.lower(customer.c.email)


def _among_people(*keys: ColumnElement[Any], most: int) -> Select[Any]:
    return _groups(_person, keys, _people, most)


BLOCKS = (
    Block(_groups(_named, [_number], _phones, _FAMILY), tells_names=True),
    Block(_groups(_person, [_number, _name], _phones, _NAMESAKES).where(_number.in_(_crowded))),
    Block(_groups(_person, [_number, _sound], _phones, _NAMESAKES).where(_number.in_(_crowded))),
    Block(_among_people(_email, most=_NAMESAKES).where(_email != "")),
    Block(_among_people(_name, _born, most=_NAMESAKES).where(_born.is_not(None))),
    Block(_among_people(_sound, _born, most=_NAMESAKES).where(_born.is_not(None))),
    Block(
        _groups(_named, [_born, _post], _people, _NAMESAKES).where(_born.is_not(None), _post != ""), tells_names=True
    ),
    Block(_among_people(_name, _post, most=_NAMESAKES).where(_post != "")),
    Block(_among_people(_sound, _post, most=_NAMESAKES).where(_post != "")),
    Block(_groups(_person, [external_ref.c.external_id, _name], _refs, _NAMESAKES)),
    Block(_groups(_person, [_name], customer_search, _FEW), is_name=True),
    Block(_groups(_person, [_sound], customer_search, _FEW), is_name=True),
)
"""The surest first: what a later one finds again is not looked at twice."""
