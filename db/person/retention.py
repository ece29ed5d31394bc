"""How long what is kept, by rules of the house; what is due by now, and how it goes. Whoever is held keeps all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, func, insert, or_, select, union_all, update

from db.kinds import OPEN_STATES
from db.models import (
    call,
    call_event,
    caller_number,
    complaint,
    customer,
    customer_phone,
    follow_up,
    interaction,
    legal_hold,
    logged_call,
    note,
    note_revision,
    phone_number,
    purchase,
    retention_rule,
    review,
    review_event,
)
from db.person.whole import among
from db.search_index import forget_note, index_note

AT_ONCE = 500
BEGINNING = UUID(int=0)
NOBODY = 0  # no customer's key


class Subject(StrEnum):
    """What a rule is about, in the order in which they are run: none changes what a later one finds due."""

    CALLS = "calls"  # number and name of calls that belong to no customer
    NOTES = "notes"  # the words of notes and contacts
    REVIEWS = "reviews"  # the words of reviews and answers
    CUSTOMERS = "customers"  # whoever has not been heard of, as by request


@dataclass(frozen=True, slots=True)
class Rule:
    """Kept for so many days, and why that long."""

    subject: Subject
    keep_days: int
    reason: str = ""

    def before(self, now: datetime) -> datetime:
        """What is older is due."""
        return now - timedelta(days=self.keep_days)


def rules(connection: Connection) -> tuple[Rule, ...]:
    """Those of the house, in the order of Subject; a later program may know more."""
    columns = retention_rule.c
    found: Any = connection.execute(select(columns.subject, columns.keep_days, columns.reason)).all()
    known = {row.subject: row for row in found}
    return tuple([Rule(one, known[one].keep_days, known[one].reason or "") for one in Subject if one.value in known])


def settle(connection: Connection, rule: Rule) -> None:
    """This rule in place of another about the same."""
    drop(connection, rule.subject)
    row = {"subject": rule.subject.value, "keep_days": rule.keep_days, "reason": rule.reason or None}
    connection.execute(insert(retention_rule).values(row))


def drop(connection: Connection, subject: Subject) -> bool:
    """Whether there was one."""
    return connection.execute(delete(retention_rule).where(retention_rule.c.subject == subject.value)).rowcount > 0


def due(connection: Connection, rule: Rule, now: datetime) -> int:
    """How many there are; nothing is changed."""
    table, is_due = _DUE[rule.subject]
    asked = select(func.count()).select_from(table).where(is_due(rule.before(now)))
    counted: int = connection.execute(asked).scalar_one()
    return counted


def due_customers(connection: Connection, before: datetime) -> list[str]:
    """The next of them, by number: each is erased by itself."""
    asked = select(customer.c.customer_no).where(_silent(before)).order_by(customer.c.id).limit(AT_ONCE)
    return list(connection.execute(asked).scalars())


def clear_calls(connection: Connection, before: datetime, last: UUID = BEGINNING) -> tuple[int, UUID]:
    """The next of them behind `last` lose number and name; how many, and the last of these. 0: there are no more."""
    asked = select(call.c.id, call.c.e164).where(_nobodys(before), call.c.id > last).order_by(call.c.id).limit(AT_ONCE)
    found = connection.execute(asked).all()
    keys, numbers = [row.id for row in found], [row.e164 for row in found if row.e164 is not None]
    nothing = dict.fromkeys(("number", "e164", "extension", "name", "diverted_from"))
    connection.execute(update(call_event).where(among(call_event.c.call_id, keys)).values(facts=None))
    connection.execute(update(call).where(among(call.c.id, keys)).values(nothing))
    rang = exists().where(logged_call.c.e164 == caller_number.c.e164)
    connection.execute(delete(caller_number).where(among(caller_number.c.e164, numbers), ~rang))
    return len(keys), keys[-1] if keys else last


def clear_notes(connection: Connection, before: datetime, last: UUID = BEGINNING) -> tuple[int, UUID]:
    """The same for every version's words, and what contacts tell of them."""
    asked = select(note.c.id, note.c.call_id).where(_worded(before), note.c.id > last)
    asked = asked.order_by(note.c.id).limit(AT_ONCE)
    rows: Sequence[Any] = connection.execute(asked).all()
    keys, calls = [row.id for row in rows], [row.call_id for row in rows if row.call_id is not None]
    for key in keys:
        forget_note(connection, key)
    connection.execute(update(note_revision).where(among(note_revision.c.note_id, keys)).values(text=""))
    for key in keys:
        index_note(connection, key)
    theirs = among(interaction.c.call_id, calls), interaction.c.started_at < before
    connection.execute(update(interaction).where(*theirs).values(subject=None, excerpt=None))
    return len(keys), keys[-1] if keys else last


def clear_reviews(connection: Connection, before: datetime, last: UUID = BEGINNING) -> tuple[int, UUID]:
    """The same for what was said of calls and answered; marks stay."""
    asked = select(review_event.c.id).where(_said(before), review_event.c.id > last)
    keys = list(connection.execute(asked.order_by(review_event.c.id).limit(AT_ONCE)).scalars())
    connection.execute(update(review_event).where(among(review_event.c.id, keys)).values(text=None))
    return len(keys), keys[-1] if keys else last


def _held(key: Any) -> ColumnElement[bool]:
    return exists().where(legal_hold.c.customer_id == key, legal_hold.c.lifted_at.is_(None))


def _kept_whole() -> Select[Any]:
    """Whoever is held, or has something open: few, asked once and not for each note."""
    held = select(legal_hold.c.customer_id).where(legal_hold.c.lifted_at.is_(None))
    complains = select(complaint.c.customer_id).where(complaint.c.state.in_(OPEN_STATES))
    awaits = select(follow_up.c.customer_id).where(follow_up.c.done_at.is_(None), follow_up.c.customer_id.is_not(None))
    everybody = union_all(held, complains, awaits).subquery()
    return select(everybody.c.customer_id)


def _is_busy(key: Any) -> ColumnElement[bool]:
    """Something is open that somebody may have to look up."""
    is_open = exists().where(complaint.c.customer_id == key, complaint.c.state.in_(OPEN_STATES))
    return is_open | exists().where(follow_up.c.customer_id == key, follow_up.c.done_at.is_(None))


def _nobodys(before: datetime) -> ColumnElement[bool]:
    """Of a number that nobody has who is held."""
    has_something = or_(call.c.number.is_not(None), call.c.e164.is_not(None), call.c.name.is_not(None))
    held = select(legal_hold.c.customer_id).where(legal_hold.c.lifted_at.is_(None))
    theirs = select(customer_phone.c.phone_number_id).where(customer_phone.c.customer_id.in_(held))
    has_key = phone_number.c.e164.is_not(None)
    is_held = call.c.e164.in_(select(phone_number.c.e164).where(phone_number.c.id.in_(theirs), has_key))
    old = (call.c.offered_at < before) & call.c.customer_id.is_(None) & has_something
    return old & or_(call.c.e164.is_(None), ~is_held)


def _worded(before: datetime) -> ColumnElement[bool]:
    """Neither the customer's own nor of his call."""
    has_words = exists().where(note_revision.c.note_id == note.c.id, note_revision.c.text != "")
    of_call = select(call.c.customer_id).where(call.c.id == note.c.call_id).correlate(note).scalar_subquery()
    whose = func.coalesce(note.c.customer_id, of_call, NOBODY)
    return (note.c.created_at < before) & has_words & whose.not_in(_kept_whole())


def _said(before: datetime) -> ColumnElement[bool]:
    is_theirs = review.c.id == review_event.c.review_id, call.c.id == review.c.call_id
    has_words = review_event.c.text.is_not(None) & (review_event.c.at < before)
    return has_words & ~exists().where(*is_theirs, call.c.customer_id.in_(_kept_whole()))


def _silent(before: datetime) -> ColumnElement[bool]:
    """Nothing open, and nothing since."""
    contacts = (call, call.c.offered_at), (interaction, interaction.c.started_at), (purchase, purchase.c.ordered_at)
    since = [exists().where(table.c.customer_id == customer.c.id, at >= before) for table, at in contacts]
    living = customer.c.erased_at.is_(None) & customer.c.merged_into_id.is_(None)
    heard = func.coalesce(customer.c.last_contact_at, customer.c.created_at) < before
    return living & heard & ~or_(*since, _is_busy(customer.c.id), _held(customer.c.id))


_DUE: dict[Subject, tuple[Any, Any]] = {
    Subject.CALLS: (call, _nobodys),
    Subject.NOTES: (note, _worded),
    Subject.REVIEWS: (review_event, _said),
    Subject.CUSTOMERS: (customer, _silent),
}
