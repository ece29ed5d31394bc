"""What is sent about somebody who was erased meanwhile: a desk that was away did not know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any
from uuid import UUID

from db.person.late import empty_what_came_late

_NAMES = {"customer_id": int, "call_id": UUID, "complaint_no": str}


@dataclass(frozen=True, slots=True)
class Late:
    """Whom and what some parts of an outbox are about; written behind them, in their transaction."""

    customers: frozenset[int]
    calls: frozenset[UUID]
    complaints: frozenset[str]

    @classmethod
    def of(cls, parts: Iterable[object]) -> "Late":
        """By the keys that stand anywhere in them."""
        found = [pair for part in parts for pair in _keys_in(part)]
        return cls(*(frozenset(key for name, key in found if name == wanted) for wanted in _NAMES))

    def write(self, connection: Any) -> None:
        """What names somebody who is erased goes again."""
        empty_what_came_late(connection, self.customers, self.calls, self.complaints)


def _keys_in(value: object) -> Iterator[tuple[str, Any]]:
    if isinstance(value, tuple | list):
        for one in value:
            yield from _keys_in(one)
    elif is_dataclass(value):
        if isinstance(key := getattr(value, "customer_id", None), int):
            yield "customer_id", key
        for name in (one.name for one in fields(value)):
            inner = getattr(value, name)
            if name in _NAMES and isinstance(inner, _NAMES[name]):
                yield name, inner
            elif not isinstance(inner, str):
                yield from _keys_in(inner)
