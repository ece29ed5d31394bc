"""What an export has in its columns: the names of the import's files, so that what goes out can come in again.

Text is text, amounts are numbers, times are times of this PC: text with its offset where the clock says an hour twice.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from app.importing.amounts import digits_of
from app.number_key import read_key
from app.phone_number import NumberKind
from db import exporting
from db.exporting import NoteOut, PhoneOut, Span
from db.kinds import BirthPrecision, NoteKind, NumberLabel

Cell = str | int | Decimal | date
Row = list[Cell]


class ExportKind(StrEnum):
    """What can be exported."""

    CALLS = "calls"
    CUSTOMERS = "customers"
    PURCHASES = "purchases"
    COMPLAINTS = "complaints"
    INTERACTIONS = "interactions"


class Export(NamedTuple):
    """The columns of a kind, and its rows."""

    columns: tuple[str, ...]
    rows: Callable[[Any, Span], Iterator[Row]]


def _customers(engine: Any, span: Span) -> Iterator[Row]:
    for page, phones in exporting.customers(engine, span):
        numbers = {of: ";".join(map(_phone, some)) for of, some in groupby(phones, lambda one: one.customer_id)}
        for row in page:
            birth = _birth(row.birth_date, row.birth_precision)
            yield texts(
                row.customer_no, row.kind, row.name, row.reading, row.company, row.household, numbers.get(row.id),
                row.email, row.postal_code, row.address, birth, row.rank, row.memo,
            )  # fmt: skip


def _purchases(engine: Any, span: Span) -> Iterator[Row]:
    for page, _none in exporting.purchases(engine, span):
        for row in page:
            rate = "" if row.tax_rate is None else f"{row.tax_rate / 100:g}%"
            quantity, price = _pieces(row)
            yield [
                *texts(row.customer_no, row.order_no, when(row.ordered_at), row.code, row.name),
                quantity,
                _money(price, row.currency),
                *texts(row.currency, rate, row.state, row.channel),
            ]


def _complaints(engine: Any, span: Span) -> Iterator[Row]:
    for page, _none in exporting.complaints(engine, span):
        for row in page:
            yield [
                *texts(row.customer_no, row.complaint_no, when(row.received_at), row.category),
                row.severity,
                *texts(row.product, row.state, row.login, row.text, row.resolution, when(row.resolved_at)),
            ]


def _interactions(engine: Any, span: Span) -> Iterator[Row]:
    for page, _none in exporting.interactions(engine, span):
        for row in page:
            yield texts(
                row.customer_no, when(row.at), row.channel, row.direction, row.kind, row.subject, row.login, row.code,
                row.excerpt,
            )  # fmt: skip


def _calls(engine: Any, span: Span) -> Iterator[Row]:
    for page, notes in exporting.calls(engine, span):
        written = by_call(notes)
        for row in page:
            waited = _seconds(row.at, row.answered_at or row.ended_at)
            talked = _seconds(row.answered_at, row.ended_at)
            told = [written.get((row.id, kind)) for kind in (NoteKind.BODY, NoteKind.HANDOVER, NoteKind.RESOLUTION)]
            yield [
                *texts(
                    when(row.at), row.direction, row.number, row.withheld, row.caller_name, row.dialled, row.line,
                    row.diverted_from, row.outcome, row.end_cause, when(row.answered_at), when(row.ended_at),
                ),
                waited,
                talked,
                *texts(row.customer_no, row.customer_name, row.operator, *told),
            ]  # fmt: skip


EXPORTS = {
    ExportKind.CUSTOMERS: Export(
        (
            "customer_no", "kind", "name", "reading", "company", "household", "phones", "email", "postal_code",
            "address", "birth_date", "rank", "memo",
        ),
        _customers,
    ),
    ExportKind.PURCHASES: Export(
        (
            "customer_no", "order_no", "ordered_at", "product_code", "product", "quantity", "unit_price", "currency",
            "tax_rate", "state", "channel",
        ),
        _purchases,
    ),
    ExportKind.COMPLAINTS: Export(
        (
            "customer_no", "complaint_no", "received_at", "category", "severity", "product", "status", "handler",
            "text", "resolution", "resolved_at",
        ),
        _complaints,
    ),
    ExportKind.INTERACTIONS: Export(
        ("customer_no", "at", "channel", "direction", "kind", "subject", "handler", "disposition", "text"),
        _interactions,
    ),
    ExportKind.CALLS: Export(
        (
            "at", "direction", "number", "withheld", "caller_name", "dialled", "line", "diverted_from", "outcome",
            "end_cause", "answered_at", "ended_at", "wait_seconds", "talk_seconds", "customer_no", "customer_name",
            "operator", "note", "handover", "resolution",
        ),
        _calls,
    ),
}  # fmt: skip


def when(at: datetime | None) -> Cell:
    """As a clock on this PC's wall showed it."""
    if at is None:
        return ""
    here = at.astimezone()
    plain = here.replace(tzinfo=None)
    is_told_twice = plain.astimezone(UTC) != at.astimezone(UTC).replace(fold=0)
    return here.isoformat(" ", "seconds") if is_told_twice else plain.replace(microsecond=0)


def texts(*values: object) -> list[Cell]:
    """What is unknown is an empty cell; times stay times."""
    return ["" if value is None else value if isinstance(value, datetime) else str(value) for value in values]


def _phone(phone: PhoneOut) -> str:
    """As it was given to us, if it would be read like that again; the label where it would not be guessed."""
    key = read_key(phone.raw)
    is_understood = key.e164 == phone.e164 and key.extension == phone.extension and ";" not in phone.raw
    text = phone.raw if is_understood or phone.e164 is None else _in_full(phone)
    guessed = NumberLabel.MOBILE if key.kind is NumberKind.MOBILE else NumberLabel.OTHER
    return text if phone.label == guessed else f"{phone.label}:{text}"


def _in_full(phone: PhoneOut) -> str:
    return f"+{phone.e164}" + (f" x{phone.extension}" if phone.extension else "")


def _birth(date: Any, precision: BirthPrecision | None) -> str:
    if date is None:
        return ""
    iso = str(date.isoformat())
    return {
        BirthPrecision.MONTH: iso[:7],
        BirthPrecision.YEAR: iso[:4],
        BirthPrecision.NO_YEAR: f"--{iso[5:]}",
    }.get(precision or BirthPrecision.DAY, iso)


def _pieces(row: Any) -> tuple[int, int]:
    """How many, and the price of one. Items from before they had a price of their own tell their whole amount alone."""
    quantity = row.quantity or 1
    if row.unit_price is not None:
        return quantity, int(row.unit_price)
    whole = int(row.whole if row.amount is None else row.amount)
    return (1, whole) if whole % quantity else (quantity, whole // quantity)


def _money(minor: int, currency: str) -> Cell:
    digits = digits_of(currency)
    return Decimal(minor).scaleb(-digits) if digits else minor


def _seconds(start: datetime | None, end: datetime | None) -> Cell:
    return "" if start is None or end is None else round((end - start).total_seconds())


def by_call(notes: list[NoteOut]) -> dict[tuple[Any, NoteKind], str]:
    """The texts by call and kind."""
    return {(one.call_id, one.kind): one.text for one in notes}
