"""The customer's particulars: numbers, addresses, what is due, how to be treated."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.phone_number import parse_number
from app.pop import CustomerFact, CustomerFacts, NumberFact
from app.words import _
from ui import wording
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column, Tone


class Profile(RowsPanel):
    """Who the customer is."""

    key = "profile"

    def title(self, facts: CustomerFacts) -> str:
        return _("Customer")

    def columns(self) -> Sequence[Column]:
        return (Column(_("Field"), 150), Column(_("Value")))

    def empty(self) -> str:
        return _("Nothing more is known.")

    def rows(self, facts: CustomerFacts, now: datetime) -> Sequence[Sequence[Cell]]:
        return [(Cell(name, tone=Tone.QUIET), Cell(text, second)) for name, text, second in _fields(facts, now) if text]


def _fields(facts: CustomerFacts, now: datetime) -> Iterator[tuple[str, str, str]]:
    customer = facts.customer
    yield _("Customer number"), customer.customer_no or _("not given yet"), ""
    yield _("How to be treated"), customer.memo, ""
    yield _("Company"), customer.company, ""
    for one in facts.numbers:
        yield _("Phone"), _number(one), wording.number_label(one.label) + (" · " + _("shared") if one.is_shared else "")
    for task in facts.follow_ups:
        yield wording.follow_up_kind(task.kind), wording.due(task.due_at, now), f"{task.assignee} {task.text}".strip()
    yield _("Email"), customer.email, ""
    yield _("Address"), customer.address, customer.postal_code and f"〒{customer.postal_code}"
    yield _("Born"), _born(customer), ""
    yield _("Spent in all"), " · ".join(wording.money(one) for one in facts.spent), ""


def _number(one: NumberFact) -> str:
    number = parse_number(f"+{one.e164}" if one.e164 else one.raw)
    return wording.with_extension(number.display, one.extension)


def _born(customer: CustomerFact) -> str:
    born, precision = customer.birth_date, customer.birth_precision
    if born is None:
        return ""
    shapes = {"month": f"{born:%Y-%m}", "year": f"{born:%Y}", "no_year": f"{born:%m-%d}"}
    return shapes.get(precision or "", f"{born:%Y-%m-%d}")
