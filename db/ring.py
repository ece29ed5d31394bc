"""What the records know about a number that rings: asked as it is needed, or of a server all at once.

Whose card it is, others decide. The one question to a server guesses it, so that no second trip is needed; a wrong
guess costs that trip and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from sqlalchemy import BigInteger, String, and_, bindparam, case, exists, func, literal_column, not_, or_, select

from db.card import card_parts
from db.customers import (
    OWNERS,
    RANGES,
    SUFFIXES,
    NumberOwner,
    Relation,
    ending,
    owners_from,
    owners_of,
    owners_of_range,
    owners_of_suffix,
)
from db.facts import CustomerFacts, NumberBlock
from db.models import phone_number
from db.pop import customer_facts, facts_from
from db.prepared import Parts, Row, ask, direct
from db.together import as_json, ask_together


@dataclass(frozen=True, slots=True)
class RungNumber:
    """`e164`: the key's digits as an integer, None where it has no key; `digits` as they were received."""

    e164: int | None
    extension: str
    digits: str


class Known:
    """What is known about the number; each thing is asked for when it is needed."""

    def __init__(self, connection: Any, number: RungNumber) -> None:
        self._connection = direct(connection)
        self._number = number

    def owners(self) -> tuple[NumberOwner, ...]:
        """Everybody behind the number itself."""
        number = self._number
        return owners_of(self._connection, number.e164, number.extension) if number.e164 else ()

    def owners_of_range(self) -> tuple[NumberOwner, ...]:
        """The companies to whose exchange it belongs."""
        return owners_of_range(self._connection, self._number.e164) if self._number.e164 else ()

    def owners_of_suffix(self) -> tuple[NumberOwner, ...]:
        """Whose numbers end alike."""
        return owners_of_suffix(self._connection, self._number.digits)

    def block(self) -> NumberBlock | None:
        """Whether somebody annoys from it, whoever's it is."""
        return _block(ask(self._connection, BLOCK, {"e164": self._number.e164})) if self._number.e164 else None

    def facts(self, customer_id: int) -> CustomerFacts | None:
        """The customer's card."""
        return customer_facts(self._connection, customer_id)


class KnownAtOnce(Known):
    """The same, asked in one statement; what that did not answer is asked after all."""

    def __init__(self, connection: Any, number: RungNumber) -> None:
        super().__init__(connection, number)
        told = {"e164": number.e164, "extension": number.extension, **ending(number.digits)}
        self._told = ask_together(connection, _RING, told)

    def owners(self) -> tuple[NumberOwner, ...]:
        return owners_from(self._told["owners"] or ())

    def owners_of_range(self) -> tuple[NumberOwner, ...]:
        found = self._told["ranges"]
        return super().owners_of_range() if found is None else _owners(found)

    def owners_of_suffix(self) -> tuple[NumberOwner, ...]:
        found = self._told["suffixes"]
        return super().owners_of_suffix() if found is None else _owners(found)

    def block(self) -> NumberBlock | None:
        return _block(self._told["block"] or ())

    def facts(self, customer_id: int) -> CustomerFacts | None:
        guessed = facts_from(self._told)
        is_right = guessed is not None and guessed.customer.customer_id == customer_id
        return guessed if is_right else super().facts(customer_id)


def known_about(connection: Any, number: RungNumber) -> Known:
    """A file answers one keyed question after the other in no time, a server pays for each trip."""
    return Known(connection, number) if connection.dialect.name == "sqlite" else KnownAtOnce(connection, number)


def _block(rows: Sequence[Row]) -> NumberBlock | None:
    return NumberBlock(*rows[0]) if rows else None


def _owners(rows: Sequence[Row]) -> tuple[NumberOwner, ...]:
    return tuple(starmap(NumberOwner, rows))


def _asked_at_once() -> Parts:
    """The owners; the card of whoever seems to be the sole one; where nobody owns the number, who may all the same."""
    behind = OWNERS.cte("behind")
    who = dict(behind.c.items())
    guessed = _sole_owner(who)
    is_owned = exists().where(or_(who["relation"] == Relation.NUMBER, who["relation"] == Relation.CHOSEN))
    ranges, suffixes = as_json(RANGES), as_json(SUFFIXES)
    none: Any = literal_column("'[]'::json")
    wanted = {
        "owners": as_json(behind),
        "ranges": case((not_(is_owned), func.coalesce(ranges, none))),
        "suffixes": case((and_(not_(exists().select_from(behind)), ranges.is_(None)), func.coalesce(suffixes, none))),
        "block": as_json(BLOCK),
    }
    card = card_parts(guessed)
    parts: Mapping[str, Any] = {"owners": OWNERS, "ranges": RANGES, "suffixes": SUFFIXES, "block": BLOCK, **card}
    told = wanted | {name: as_json(part) for name, part in card.items()}
    return Parts(parts, select(func.json_build_array(*(told[name] for name in parts))))


def _sole_owner(who: Mapping[str, Any]) -> Any:
    """The only customer who has the number to himself, none if there are others."""
    key, extension = who["customer_id"], who["extension"]
    is_his = or_(extension == "", extension == bindparam("extension", type_=String))
    is_sure = and_(who["relation"] == Relation.NUMBER, not_(who["is_shared"]), is_his)
    sole = select(func.min(key, type_=BigInteger)).where(is_sure).having(func.count(key.distinct()) == 1)
    return sole.scalar_subquery()


BLOCK = select(
    phone_number.c.block_state, func.coalesce(phone_number.c.block_reason, ""), phone_number.c.blocked_until
).where(phone_number.c.e164 == bindparam("e164", type_=BigInteger), phone_number.c.block_state.is_not(None))
_RING = _asked_at_once()
