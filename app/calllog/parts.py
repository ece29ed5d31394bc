"""The parts of what is set on the call log's page: each can be dropped, and some alone are in the way of all calls."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.calllog.asked import read_page
from app.calllog.view import View, asked_by


class Part(StrEnum):
    """In the order in which they stand on the page."""

    TEXT = "text"
    PERIOD = "period"
    OUTCOMES = "outcomes"
    LINES = "lines"
    OPERATORS = "operators"
    DIRECTION = "direction"
    WITHHELD = "withheld"
    QUEUES = "queues"
    DISPOSITIONS = "dispositions"
    CUSTOMER = "customer"
    TALK = "talk"


_FIELDS = {one: (one.value,) for one in Part} | {
    Part.PERIOD: ("period", "first", "last"),
    Part.CUSTOMER: ("customer_id", "customer"),
    Part.TALK: ("talk_from", "talk_to"),
}


def parts_set(view: View) -> tuple[Part, ...]:
    """Those that are not as usual."""
    usual = View()
    return tuple(one for one in Part if any(getattr(view, name) != getattr(usual, name) for name in _FIELDS[one]))


def without(view: View, part: Part) -> View:
    """The same with this one as usual."""
    return replace(view, **{name: getattr(View(), name) for name in _FIELDS[part]})


def in_the_way(connection: Any, view: View, today: date) -> tuple[Part, ...]:
    """Without which of them, each by itself, there are calls."""
    return tuple(
        one for one in parts_set(view) if read_page(connection, asked_by(without(view, one), today), None, 1).lines
    )
