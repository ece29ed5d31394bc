"""What the customer bought: newest first, returns in their place, the total in the tab."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.pop import CustomerFacts, ItemFact, Money, PurchaseFact
from app.words import _, ngettext
from ui import wording
from ui.panels.row_story import Story
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column, Tone

_TONES = {"shipping": Tone.WARNING, "returned": Tone.BAD, "cancelled": Tone.QUIET}


class Purchases(RowsPanel):
    """Orders with their items, state and amount."""

    key = "purchases"
    is_paged = True

    def name(self) -> str:
        return _("Purchases")

    def title(self, facts: CustomerFacts) -> str:
        return _("Purchases {n}").format(n=facts.purchase_count)

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Ordered"), 96),
            Column(_("Product")),
            Column(_("State"), 84),
            Column(_("Amount"), 96, is_right=True),
        )

    def empty(self) -> str:
        return _("No purchases yet. They appear here after the next import.")

    def records_of(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        return facts.purchases

    def key_of(self, record: Any) -> object:
        return record.purchase_id

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        return _row(record)

    def story(self, record: Any, now: datetime, more: Any) -> Story:
        one: PurchaseFact = record
        told = (wording.day_and_time(one.ordered_at), wording.purchase_state(one.state), wording.money(one.money))
        items = "\n".join(f"{item.name}  × {item.quantity}  {_amount(item, one)}" for item in one.items)
        return Story(_order_line(one), (("", " · ".join(told)), (_("Items"), items)))


def _amount(item: ItemFact, order: PurchaseFact) -> str:
    return wording.money(Money(item.amount, order.currency))


def _row(one: PurchaseFact) -> Sequence[Cell]:
    return (
        Cell(wording.day(one.ordered_at)),
        Cell(_what(one), _order_line(one)),
        Cell(wording.purchase_state(one.state), tone=_TONES.get(one.state, Tone.PLAIN)),
        Cell(wording.money(one.money)),
    )


def _what(purchase: PurchaseFact) -> str:
    if not purchase.items:
        return "—"
    first, more = purchase.items[0].name, len(purchase.items) - 1
    return ngettext("{name} and {n} more", "{name} and {n} more", more).format(name=first, n=more) if more else first


def _order_line(purchase: PurchaseFact) -> str:
    pieces = sum(item.quantity for item in purchase.items)
    count = ngettext("{n} piece", "{n} pieces", pieces).format(n=pieces)
    return _("Order {no}").format(no=purchase.order_no) + f" · {count}"
