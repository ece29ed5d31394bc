"""All complaints as a supervisor goes through them: by state and what they are about, the most pressing first.

Read in pages, each begins behind the last row: first the open ones with a due time, the earliest first, so that what is
overdue leads; then all others, the newest first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, Table, and_, case, func, literal, select, tuple_

from db.columns import UtcDateTime
from db.facts import ComplaintFact
from db.kinds import OPEN_STATES, ComplaintState
from db.models import complaint, customer, operator, product

PAGE = 100
MOST_CHOICES = 200


class Tab(StrEnum):
    """What can be looked at beside each single state."""

    OPEN = "open"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which complaints, as of `now`. None: whichever; "" in `handler`, `product` and `cause`: those that have none.

    `handler` is a login, `product` a name.
    """

    now: datetime
    which: Tab | ComplaintState = Tab.OPEN
    severity: int | None = None
    handler: str | None = None
    product: str | None = None
    category: str | None = None
    cause: str | None = None


class BoardRow(NamedTuple):
    """A complaint with whose it is, and the login of its handler; what is unknown is ""."""

    fact: ComplaintFact
    customer_id: int
    customer_no: str
    customer: str
    product: str
    cause: str
    handler: str


class Tally(NamedTuple):
    """How many complaints there are per state, and how many of the open ones are overdue."""

    states: Mapping[ComplaintState, int]
    overdue: int

    @property
    def opened(self) -> int:
        """In one of the open states."""
        return sum(self.states.get(one, 0) for one in OPEN_STATES)


class BoardChoice(NamedTuple):
    """A value that complaints have, its name on screen, and how many of them are open. "": none."""

    value: str
    name: str
    opened: int


class BoardChoices(NamedTuple):
    """What can be asked for, that with most open complaints first."""

    handlers: tuple[BoardChoice, ...] = ()
    products: tuple[BoardChoice, ...] = ()
    categories: tuple[BoardChoice, ...] = ()
    causes: tuple[BoardChoice, ...] = ()


def board_page(connection: Connection, wanted: Wanted, last: BoardRow | None) -> tuple[BoardRow, ...]:
    """The rows behind `last`; fewer than PAGE: there are no more."""
    rows: list[BoardRow] = []
    if _open_states(wanted) and (last is None or _has_due(last.fact)):
        rows = _rows(connection, _due(wanted, last))
    if len(rows) < PAGE and wanted.which is not Tab.OVERDUE:
        behind = last if last is not None and not _has_due(last.fact) else None
        rows += _rows(connection, _others(wanted, behind, PAGE - len(rows)))
    return tuple(rows)


def board_row(connection: Connection, complaint_no: str) -> BoardRow | None:
    """One complaint as it stands now."""
    return next(iter(_rows(connection, _ROWS.where(complaint.c.complaint_no == complaint_no))), None)


def tally(connection: Connection, wanted: Wanted) -> Tally:
    """Of all that are like this, in whichever state."""
    is_late = and_(_in(OPEN_STATES), complaint.c.due_at < literal(wanted.now, UtcDateTime))
    asked = select(complaint.c.state, func.count(), func.count(case((is_late, 1)))).select_from(complaint)
    rows: Any = connection.execute(asked.where(*_like(wanted)).group_by(complaint.c.state)).all()
    return Tally({state: n for state, n, _late in rows}, sum(late for _state, _n, late in rows))


def board_choices(connection: Connection) -> BoardChoices:
    """What complaints have: all of it in one pass, then told apart here."""
    columns = [complaint.c[name] for name in ("handler_id", "product_id", "category", "cause")]
    opened = func.count(case((_in(OPEN_STATES), 1)))
    rows: Any = connection.execute(select(*columns, opened).group_by(*columns)).all()
    handlers, products, categories, causes = (_counted(rows, place) for place in range(len(columns)))
    return BoardChoices(
        _named(connection, handlers, operator, (operator.c.login, operator.c.name)),
        _named(connection, products, product, (product.c.name, product.c.name)),
        _choices(categories, {}),
        _choices(causes, {}),
    )


def _counted(rows: Sequence[Any], place: int) -> Counter[Any]:
    """How many are open, by one of the columns."""
    found: Counter[Any] = Counter()
    for row in rows:
        found[row[place]] += row[-1]
    return found


def _named(connection: Connection, counted: Counter[Any], of: Table, told: tuple[Any, Any]) -> tuple[BoardChoice, ...]:
    most = [key for key, _n in counted.most_common(MOST_CHOICES) if key is not None]
    names = connection.execute(select(of.c.id, *told).where(of.c.id.in_(most)))
    return _choices(counted, {key: (value, name) for key, value, name in names})


def _choices(counted: Counter[Any], names: Mapping[Any, tuple[str, str]]) -> tuple[BoardChoice, ...]:
    """The keys themselves where they are words."""
    made = []
    for key, n in counted.most_common(MOST_CHOICES):
        value, name = names.get(key) or (key or "", key or "")
        made.append(BoardChoice(value, name, n))
    return tuple(sorted(made, key=lambda one: (-one.opened, one.name)))


def _has_due(fact: ComplaintFact) -> bool:
    return fact.is_open and fact.due_at is not None


def _due(wanted: Wanted, last: BoardRow | None) -> Select[Any]:
    asked = _KEYS.where(_in(_open_states(wanted)), complaint.c.due_at.is_not(None), *_like(wanted))
    if wanted.which is Tab.OVERDUE:
        asked = asked.where(complaint.c.due_at < literal(wanted.now, UtcDateTime))
    if last is not None:
        asked = asked.where(tuple_(complaint.c.due_at, complaint.c.id) > _place(last.fact.due_at, last))
    return _whole(asked, PAGE, complaint.c.due_at, complaint.c.id)


def _others(wanted: Wanted, last: BoardRow | None, most: int) -> Select[Any]:
    """Those that are open have no due time here."""
    asked = _KEYS.where(_in(_states(wanted)), *_like(wanted))
    if _open_states(wanted):
        asked = asked.where(complaint.c.due_at.is_(None))
    if last is not None:
        asked = asked.where(tuple_(complaint.c.received_at, complaint.c.id) < _place(last.fact.received_at, last))
    return _whole(asked, most, complaint.c.received_at.desc(), complaint.c.id.desc())


def _whole(asked: Select[Any], most: int, *order: ColumnElement[Any]) -> Select[Any]:
    """A page is found by the complaints alone: whose they are is looked up for its own, not for all of them."""
    return _ROWS.where(complaint.c.id.in_(asked.order_by(*order).limit(most))).order_by(*order)


def _place(at: datetime | None, last: BoardRow) -> Any:
    return tuple_(literal(at, UtcDateTime), literal(last.fact.complaint_id, BigInteger))


def _states(wanted: Wanted) -> tuple[ComplaintState, ...]:
    return (wanted.which,) if isinstance(wanted.which, ComplaintState) else OPEN_STATES


def _open_states(wanted: Wanted) -> tuple[ComplaintState, ...]:
    return tuple(one for one in _states(wanted) if one in OPEN_STATES)


def _in(states: tuple[ComplaintState, ...]) -> Any:
    return complaint.c.state.in_(states)


def _like(wanted: Wanted) -> list[Any]:
    """By the complaint's own columns, so that counting needs no other table."""
    handlers = select(operator.c.id).where(operator.c.login == wanted.handler)
    products = select(product.c.id).where(product.c.name == wanted.product)
    columns = complaint.c
    asked: list[Any] = [] if wanted.severity is None else [columns.severity == wanted.severity]
    for value, column, is_it in (
        (wanted.handler, columns.handler_id, columns.handler_id.in_(handlers)),
        (wanted.product, columns.product_id, columns.product_id.in_(products)),
        (wanted.category, columns.category, columns.category == wanted.category),
        (wanted.cause, columns.cause, columns.cause == wanted.cause),
    ):
        if value is not None:
            asked.append(is_it if value else column.is_(None))
    return asked


def _rows(connection: Connection, asked: Select[Any]) -> list[BoardRow]:
    width = len(ComplaintFact._fields)
    return [BoardRow(ComplaintFact(*row[:width]), *row[width:]) for row in connection.execute(asked)]


_KEYS = select(complaint.c.id)
_FROM = (
    complaint.join(customer, customer.c.id == complaint.c.customer_id)
    .outerjoin(operator, operator.c.id == complaint.c.handler_id)
    .outerjoin(product, product.c.id == complaint.c.product_id)
)
_ROWS = select(
    complaint.c.id,
    complaint.c.complaint_no,
    complaint.c.category,
    complaint.c.severity,
    complaint.c.state,
    complaint.c.state.in_(OPEN_STATES),
    func.coalesce(operator.c.name, ""),
    complaint.c.received_at,
    complaint.c.due_at,
    func.coalesce(complaint.c.text, ""),
    func.coalesce(complaint.c.resolution, ""),
    complaint.c.version_id,
    customer.c.id,
    customer.c.customer_no,
    customer.c.name,
    func.coalesce(product.c.name, ""),
    func.coalesce(complaint.c.cause, ""),
    func.coalesce(operator.c.login, ""),
).select_from(_FROM)
