"""What a supervisor has set on the page of the call log; kept under a name it is the same again another day."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from app.calllog.asked import Asked, LogFilter, Order, Sorted, Where
from db.kinds import Direction, Outcome, Withheld

COLUMNS = ("time", "customer", "outcome", "line", "operator", "talk", "wait", "queue", "disposition", "note")
USUAL_COLUMNS = ("time", "customer", "outcome", "operator", "talk")
ANY_WITHHELD, NOT_WITHHELD = "any", ""
_ONE_OF = {  # as views were kept when one of each could be chosen
    "outcome": "outcomes", "line": "lines", "queue": "queues", "operator": "operators", "disposition": "dispositions",
}  # fmt: skip


class Period(StrEnum):
    """Days by this PC's clock; what is counted from today is counted anew each day."""

    EVER = "ever"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class View:
    """`first` and `last` are days of Period.DAYS. "" and None: no matter. Lengths are seconds of talk.

    `withheld`: ANY_WITHHELD, or a reason. `customer` is the name behind `customer_id`.
    """

    period: Period = Period.EVER
    first: date | None = None
    last: date | None = None
    direction: str = ""
    outcomes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    operators: tuple[int, ...] = ()
    dispositions: tuple[int, ...] = ()
    withheld: str = NOT_WITHHELD
    customer_id: int | None = None
    customer: str = ""
    talk_from: int | None = None
    talk_to: int | None = None
    text: str = ""
    where: Where = Where.PEOPLE
    order: Order = Order.TIME
    is_rising: bool = False
    columns: tuple[str, ...] = USUAL_COLUMNS

    @property
    def is_free_to_order(self) -> bool:
        """What is found in notes comes in the order of the notes."""
        return not (self.text and self.where is Where.NOTES)

    @property
    def more_set(self) -> int:
        """How many of the filters are set that stand in the second row."""
        more = (self.direction, self.queues, self.withheld, self.talk_from, self.talk_to, self.dispositions)
        return sum(one not in ("", None, ()) for one in (*more, self.customer_id))


def asked_by(view: View, today: date) -> Asked:
    """The question that it means today."""
    start, end = _span(view, today)
    wanted = LogFilter(
        start, end,
        directions=(Direction(view.direction),) if view.direction else (),
        outcomes=tuple(Outcome(one) for one in view.outcomes),
        withheld=_withheld(view.withheld),
        lines=view.lines, queues=view.queues, operators=view.operators, dispositions=view.dispositions,
        customer_id=view.customer_id, talk_from=view.talk_from, talk_to=view.talk_to,
    )  # fmt: skip
    return Asked(wanted, Sorted(view.order, view.is_rising), view.text, view.where)


def told(view: View) -> str:
    """As JSON, without what is as usual."""
    usual = asdict(View())
    changed = {name: value for name, value in asdict(view).items() if value != usual[name]}
    return json.dumps(changed, ensure_ascii=False, default=str)


def understood(text: str) -> View:
    """What `told` gave; what a later program's view has besides, or a hand has spoilt, is as usual."""
    try:
        found = json.loads(text)
    except ValueError:
        return View()
    view = View()
    if not isinstance(found, dict):
        return view
    found = {several: [found[one]] for one, several in _ONE_OF.items() if one in found} | found
    for one in fields(View):
        if one.name in found:
            view = _with(view, one.name, found)
    return view


def _with(view: View, name: str, found: Mapping[str, Any]) -> View:
    kinds: dict[str, Any] = {
        "period": Period, "where": Where, "order": Order, "first": date.fromisoformat, "last": date.fromisoformat,
        "columns": lambda names: tuple(one for one in COLUMNS if one in names) or USUAL_COLUMNS,
        "direction": Direction, "outcomes": _each(Outcome), "lines": _each(str), "queues": _each(str),
        "operators": _each(int), "dispositions": _each(int),
        "withheld": lambda value: value if value == ANY_WITHHELD else Withheld(value).value,
    }  # fmt: skip
    usual = getattr(View(), name)
    plain = int if usual is None else type(usual)
    try:
        value = None if usual is None is found[name] else kinds.get(name, plain)(found[name])
    except (TypeError, ValueError):
        return view
    changed: dict[str, Any] = {name: str(value) if isinstance(value, Direction) else value}
    return replace(view, **changed)


def _each(kind: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Of a list in JSON: all of them, each once; raises as `kind` does."""

    def read(values: Any) -> tuple[Any, ...]:
        if not isinstance(values, list):
            raise TypeError(values)
        read_ones = [kind(one) for one in values]
        return tuple(dict.fromkeys(str(one) if kind is not int else one for one in read_ones))

    return read


def _withheld(chosen: str) -> tuple[Withheld, ...]:
    if chosen == ANY_WITHHELD:
        return tuple(Withheld)
    return (Withheld(chosen),) if chosen else ()


def _span(view: View, today: date) -> tuple[datetime | None, datetime | None]:
    """From midnight until before midnight."""
    first, last = _days(view, today)
    return (_midnight(first) if first else None), (_midnight(last + timedelta(days=1)) if last else None)


def _days(view: View, today: date) -> tuple[date | None, date | None]:
    month = today.replace(day=1)
    return {
        Period.EVER: (None, None),
        Period.TODAY: (today, today),
        Period.YESTERDAY: (today - timedelta(days=1), today - timedelta(days=1)),
        Period.WEEK: (today - timedelta(days=6), today),
        Period.THIS_MONTH: (month, today),
        Period.LAST_MONTH: ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
        Period.DAYS: (view.first, view.last),
    }[view.period]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
