"""What the demo's shop sold in the weeks of its calls, and what was wrong with it."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from db.demo.book import Book
from db.demo.words import CAUSES, COMPLAINTS, PRODUCTS
from db.kinds import ComplaintState, PurchaseState

_ORDERS = (0, 1, 2, 2, 3)  # of a company
_PIECES = (20, 40, 60, 80, 120)
_COMPLAINTS = 52
_FIRST_COMPLAINT = 700
_HOW_OFTEN = (17, 11, 5, 10, 6, 3)  # the categories, as they stand in the words
_WEIGHTS = [3 if place in (0, 3, 7) else 1 for place in range(len(PRODUCTS))]  # a few are complained of more
_STEPS = tuple(ComplaintState)
_TO_RESOLVED = _STEPS.index(ComplaintState.RESOLVED)


def add_sales(book: Book, days: int, companies: Sequence[int], people: Sequence[int]) -> None:
    """Hotels, clinics and builders buy many at once."""
    for who in companies:
        for _order in range(book.chance.choice(_ORDERS)):
            lines = [_line(book) for _piece in range(4)]
            age = book.chance.uniform(1, days)
            book.order(who, age, lines, PurchaseState.COMPLETED if age > 5 else PurchaseState.SHIPPING)
    numbers = count(_FIRST_COMPLAINT)
    for _complaint in range(round(_COMPLAINTS * days / 28)):
        _complain(book, book.chance.choice(people), str(next(numbers)), book.chance.uniform(0.3, days))


def _line(book: Book) -> tuple[str, int, int]:
    _code, name, price = book.chance.choice(PRODUCTS)
    pieces = book.chance.choice(_PIECES)
    return name, pieces, price * pieces


def _complain(book: Book, who: int, number: str, age: float) -> None:
    """Each takes its own time for a step; where that has not come yet, it is open."""
    chance = book.chance
    category, text, resolution = chance.choices(COMPLAINTS, _HOW_OFTEN)[0]
    pace = timedelta(days=min(9.0, chance.lognormvariate(0, 0.6) * 0.9))
    steps = min(int(timedelta(days=age) / pace), len(_STEPS) - 1)
    more: dict[str, Any] = {"product_id": 1 + chance.choices(range(len(PRODUCTS)), _WEIGHTS)[0]}
    if steps >= _TO_RESOLVED:
        more |= {"resolution": resolution, "resolved_at": book.ago(age) + _TO_RESOLVED * pace}
    if steps >= 2:
        more["cause"] = CAUSES[category]
    book.complains(
        who, number, age, _STEPS[steps], pace=pace, category=category, text=text,
        severity=chance.choices((1, 2, 3, 4), (3, 5, 4, 1))[0], handler_id=1 + chance.randrange(4), **more,
    )  # fmt: skip
