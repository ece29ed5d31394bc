"""What begins or ends with what was typed, from ordered indexes: names, readings, numbers and codes in one query.

Every place of it is a span, from its first value up to the one after the last; an empty span finds nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, union_all

from db.models import customer, customer_phone, customer_search, phone_number, purchase
from db.search_tokens import FEWEST_DIGITS

LOOKED_AT = 300  # of names: so many are put in order
CODED, NAMED, NUMBERED, ORDERED = "code", "name", "number", "order"

_MOST = 50
_HIGHEST = "\U0010ffff"
_HOME, _TRUNK_PREFIX = "81", "0"
_LENGTHS_AT_HOME = 9, 10  # digits of a Japanese number behind the 81
_LONGEST = 15  # digits of any number, and of phone_number.digits_rev
_NOTHING = 1, 0

Span = tuple[Any, Any]


def spans_of(code: str, words: Sequence[str], names: Sequence[str]) -> dict[str, object]:
    """The values of BEGINNING. `code` as it was typed or "", `words` folded, `names` what a name may begin with."""
    spelt = [code, code.upper(), code.lower()]
    spans = [_from(name) for name in _unlike(names)]
    spans += [_from(one if len(one) >= FEWEST_DIGITS else "") for one in _unlike(spelt[:2])]
    spans += _numbers(words[0] if len(words) == 1 else "")
    values: dict[str, object] = {f"code{place}": one for place, one in enumerate(spelt)}
    for place, (first, after) in zip(_PLACES, spans, strict=True):
        values |= {f"first_{place}": first, f"after_{place}": after}
    return values


_PLACES = "name0", "name1", "code0", "code1", "number0", "number1", "ending"


def _unlike(pair: Sequence[str]) -> tuple[str, str]:
    return pair[0], pair[1] if pair[1] != pair[0] else ""


def _from(beginning: str) -> Span:
    return (beginning, beginning + _HIGHEST) if beginning else (_HIGHEST, "")


def _numbers(word: str) -> Iterator[Span]:
    """Two lengths of Japanese numbers that begin so, and all that end so."""
    is_number = word.isascii() and word.isdigit() and FEWEST_DIGITS < len(word) <= _LONGEST
    behind = word.removeprefix(_TRUNK_PREFIX if word.startswith(_TRUNK_PREFIX) else _HOME)
    for length in _LENGTHS_AT_HOME:
        left = length - len(behind)
        first = int(_HOME + behind) * 10**left if is_number and behind != word and left >= 0 else None
        yield _NOTHING if first is None else (first, first + 10**left)
    first = int(word[::-1]) * 10 ** (_LONGEST - len(word)) if is_number else None
    yield _NOTHING if first is None else (first, first + 10 ** (_LONGEST - len(word)))


def _within(column: Any, place: str) -> tuple[Any, Any]:
    return column >= bindparam(f"first_{place}"), column < bindparam(f"after_{place}")


def _found(way: str, key: Any, said: Any, reading: Any = None) -> Select[Any]:
    return select(literal(way).label("way"), key, said, literal("") if reading is None else reading)


def _named() -> Iterator[Select[Any]]:
    """Without the marks, so that the index alone answers."""
    keys = customer_search.c
    for place in ("name0", "name1"):
        for column in (keys.name_key, keys.reading_key):
            found = _found(NAMED, keys.customer_id, keys.name_key, keys.reading_key)
            yield found.where(*_within(column, place)).order_by(column).limit(LOOKED_AT)


def _coded() -> Iterator[Select[Any]]:
    for place in ("code0", "code1"):
        customer_no, order_no = customer.c.customer_no, purchase.c.order_no
        mine = _found(NUMBERED, customer.c.id, literal(""))
        yield mine.where(*_within(customer_no, place)).order_by(customer_no).limit(_MOST)
        theirs = _found(ORDERED, purchase.c.customer_id, order_no)
        yield theirs.where(*_within(order_no, place)).order_by(order_no).limit(_MOST)


def _numbered() -> Iterator[Select[Any]]:
    answering = phone_number.join(customer_phone, customer_phone.c.phone_number_id == phone_number.c.id)
    found = _found(NUMBERED, customer_phone.c.customer_id, literal("")).select_from(answering)
    ways = {"number0": phone_number.c.e164, "number1": phone_number.c.e164, "ending": phone_number.c.digits_rev}
    for place, column in ways.items():
        yield found.where(*_within(column, place)).order_by(column).limit(_MOST)


_now = func.coalesce(customer.c.merged_into_id, customer.c.id)  # a number that was merged away is still asked for
_CODES: Sequence[Any] = tuple(bindparam(f"code{place}") for place in range(3))
BEGINNING = union_all(
    _found(CODED, _now, literal("")).where(customer.c.customer_no.in_(_CODES)),
    _found(CODED, purchase.c.customer_id, purchase.c.order_no).where(purchase.c.order_no.in_(_CODES)),
    *(select(*one.subquery().c) for ways in (_named(), _coded(), _numbered()) for one in ways),
)
