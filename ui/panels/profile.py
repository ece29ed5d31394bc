"""The customer's particulars: numbers, addresses, what is due, how to be treated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.headline import MEMO_ROW, block_now
from app.phone_number import parse_number
from app.pop import CautionFact, CustomerFact, CustomerFacts, NumberFact, RefusalFact
from app.words import _
from ui import wording
from ui.panels.row_story import Story
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column, Tone


class Profile(RowsPanel):
    """Who the customer is."""

    key = "profile"

    def name(self) -> str:
        return _("Customer")

    def title(self, facts: CustomerFacts) -> str:
        return _("Customer")

    def columns(self) -> Sequence[Column]:
        return (Column(_("Field"), 150), Column(_("Value")))

    def empty(self) -> str:
        return _("Nothing more is known.")

    def records_of(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        return [one for one in _fields(facts, now) if one.text]

    def key_of(self, record: Any) -> object:
        return record.key

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        field: _Field = record
        return Cell(field.name, tone=Tone.QUIET), Cell(field.text, field.second, field.tone, dials=field.dials)

    def story(self, record: Any, now: datetime, more: Any) -> Story:
        return Story(record.name, (("", record.text), ("", record.second)))


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    text: str
    second: str = ""
    key: object = None
    tone: Tone = Tone.PLAIN
    dials: str = ""


def _fields(facts: CustomerFacts, now: datetime) -> Iterator[_Field]:
    customer = facts.customer
    yield _Field(_("Customer number"), customer.customer_no or _("not given yet"))
    for caution in facts.cautions:
        yield _Field(_("Caution"), *_caution(caution, now), ("caution", caution.caution_id), Tone.BAD)
    for place, refusal in enumerate(facts.refusals):
        yield _Field(_("Do not contact"), *_refusal(refusal), ("refusal", place), Tone.BAD)
    yield _Field(_("How to be treated"), customer.memo, key=MEMO_ROW)
    yield _Field(_("Company"), customer.company)
    for place, one in enumerate(facts.numbers):
        tone = Tone.BAD if block_now(one.block, now) else Tone.PLAIN
        yield _Field(_("Phone"), _number(one), _about_number(one, now), ("number", place), tone, _dials(one))
    for task in facts.follow_ups:
        who = f"{task.assignee} {task.text}".strip()
        yield _Field(wording.follow_up_kind(task.kind), wording.due(task.due_at, now), who, task.follow_up_id)
    yield _Field(_("Email"), customer.email)
    yield _Field(_("Address"), customer.address, customer.postal_code and f"〒{customer.postal_code}")
    yield _Field(_("Born"), _born(customer))
    yield _Field(_("Spent in all"), " · ".join(wording.money(one) for one in facts.spent))


def _caution(one: CautionFact, now: datetime) -> tuple[str, str]:
    """The reason; who said so, when, and until when."""
    said = " · ".join(part for part in (one.by, wording.day(one.created_at)) if part)
    if one.expires_at is None:
        return f"▲ {one.reason}", said
    until = _("until {day}") if one.expires_at > now else _("expired {day}")
    return f"{'▲' if one.expires_at > now else '○'} {one.reason}", said + " · " + until.format(
        day=wording.day(one.expires_at)
    )


def _refusal(one: RefusalFact) -> tuple[str, str]:
    return f"⊘ {wording.contact_refused(one)}", f"{wording.consent(one.status)} {wording.day(one.at)}"


def _about_number(one: NumberFact, now: datetime) -> str:
    """Where it rings, who else is there, and whether one is warned of it."""
    state = block_now(one.block, now)
    parts = [wording.number_label(one.label), _("shared") if one.is_shared else ""]
    parts.append(wording.blocked(state, one.block_reason) if state is not None else "")
    return " · ".join(part for part in parts if part)


def _number(one: NumberFact) -> str:
    number = parse_number(f"+{one.e164}" if one.e164 else one.raw)
    return wording.with_extension(number.display, one.extension)


def _dials(one: NumberFact) -> str:
    """A fax has nobody to talk to."""
    return "" if one.label == "fax" else f"+{one.e164}" if one.e164 else one.raw


def _born(customer: CustomerFact) -> str:
    born, precision = customer.birth_date, customer.birth_precision
    if born is None:
        return ""
    shapes = {"month": f"{born:%Y-%m}", "year": f"{born:%Y}", "no_year": f"{born:%m-%d}"}
    return shapes.get(precision or "", f"{born:%Y-%m-%d}")
