"""Erases a person: words, names, numbers and addresses go, what is counted stays under a number that names nobody.

All in the caller's one transaction. The customer number and the keys of other systems stay, and a hash per telephone
number: an import does not bring the person back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Table, delete, exists, insert, or_, select, update

from db.importing.who_is_who import suppression_hash
from db.models import (
    address,
    call,
    call_candidate,
    call_event,
    caller_number,
    caution,
    company_link,
    complaint,
    complaint_event,
    consent,
    customer,
    customer_attribute,
    customer_handler,
    customer_phone,
    erasure_request,
    follow_up,
    household,
    household_member,
    import_batch,
    import_row,
    interaction,
    legal_hold,
    logged_call,
    merge_log,
    note_revision,
    number_choice,
    number_range,
    phone_number,
    purchase,
    review_event,
    saved_view,
)
from db.operators import operator_id
from db.person.naming import Naming, filters_about, naming_of
from db.person.whole import Person, among
from db.search_index import forget_note, index_note, refresh_tokens

EMPTIED: tuple[tuple[Table, str, str, Mapping[str, Any]], ...] = (
    (complaint, "customer_id", "customer", {"text": None, "resolution": None}),
    (complaint_event, "complaint_id", "complaint", {"text": None}),
    (interaction, "id", "interaction", {"subject": None, "excerpt": None}),
    (call_event, "call_id", "call", {"facts": None}),
    (note_revision, "note_id", "note", {"text": ""}),
    (follow_up, "id", "follow_up", {"text": None}),
    (customer_handler, "customer_id", "customer", {"last_subject": None}),
    (review_event, "review_id", "review", {"text": None}),
    (consent, "customer_id", "customer", {"contact_point": None, "source": None}),
    (legal_hold, "customer_id", "customer", {"reason": ""}),
)
"""What stays without its words: table, column, whose keys stand there, and what the words become."""
REMOVED: tuple[tuple[Table, str, str], ...] = (
    (address, "customer_id", "customer"),
    (customer_attribute, "customer_id", "customer"),
    (caution, "customer_id", "customer"),
    (number_choice, "customer_id", "customer"),
    (number_range, "customer_id", "customer"),
    (household_member, "customer_id", "customer"),
    (company_link, "person_id", "customer"),
    (company_link, "company_id", "customer"),
    (call_candidate, "customer_id", "customer"),
    (customer_phone, "customer_id", "customer"),
    (phone_number, "id", "phone_number"),
)
HOUSE_WORDS: tuple[tuple[Table, str, str, str], ...] = (
    (complaint, "category", "customer_id", "customer"),
    (complaint, "cause", "customer_id", "customer"),
    (follow_up, "team", "id", "follow_up"),
    (purchase, "channel", "customer_id", "customer"),
)
"""What is counted by stays, unless it names him: table, column, and whose keys stand where."""
NOT_SAID = "—"
KEPT = frozenset({purchase, call})
"""Counted still: a purchase has no words, and of a call the number and names go (`_calls`)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who erases, when, and why. The id names the request."""

    id: UUID
    operator: str
    at: datetime
    reason: str


def erase(connection: Connection, person: Person, asked: Asked) -> None:
    """Once it is decided that it may be (see `db.person.holds`)."""
    _remember_not_to_bring_back(connection, person, asked)
    empty(connection, person, asked.at)


def empty(connection: Connection, person: Person, at: datetime) -> None:
    """The same for what came later of somebody who was erased: nothing more is remembered of him."""
    _forget_house_words(connection, person, naming_of(connection, person))
    _customers(connection, person, at)  # first: a complaint's steps can be blanked for who is erased alone
    for note_id in person.keys["note"]:
        forget_note(connection, note_id)
    for table, column, parent, values in EMPTIED:
        connection.execute(update(table).where(among(table.c[column], person.keys[parent])).values(values))
    for note_id in person.keys["note"]:
        index_note(connection, note_id)
    _forget_before_and_after(connection, person)
    homes = select(household_member.c.household_id).where(among(household_member.c.customer_id, person.ids))
    left = list(connection.execute(homes).scalars())
    for table, column, parent in REMOVED:
        connection.execute(delete(table).where(among(table.c[column], person.keys[parent])))
    _calls(connection, person)
    lives_there = exists().where(household_member.c.household_id == household.c.id)
    connection.execute(delete(household).where(among(household.c.id, left), ~lives_there))


def _remember_not_to_bring_back(connection: Connection, person: Person, asked: Asked) -> None:
    """One row per name and number; one without a hash where there is none."""
    hashes = [suppression_hash(name, e164) for name in person.names for e164 in person.numbers]
    row = {
        "customer_no": person.customer_no, "operator_id": operator_id(connection, asked.operator),
        "requested_at": asked.at, "done_at": asked.at, "reason": asked.reason,
    }  # fmt: skip
    for number, told in enumerate(dict.fromkeys(hashes) or [None]):
        key = asked.id if number == 0 else uuid5(asked.id, str(number))
        connection.execute(insert(erasure_request).values(**row, id=key, suppression_hash=told))


def _forget_house_words(connection: Connection, person: Person, naming: Naming) -> None:
    """Filters that look for him go; a category, a file's name or the like that names him says nothing any more."""
    for view in filters_about(connection, naming):
        mine = [column == getattr(view, column.name) for column in saved_view.primary_key]
        connection.execute(delete(saved_view).where(*mine))
    for table, name, column, parent in HOUSE_WORDS:
        theirs = select(table.c.id, table.c[name]).where(among(table.c[column], person.keys[parent]))
        _unsay(connection, table, name, [row.id for row in connection.execute(theirs) if naming.is_in(row[1] or "")])
    files = connection.execute(select(import_batch.c.id, import_batch.c.file_name))
    _unsay(connection, import_batch, "file_name", [row.id for row in files if naming.is_in(row.file_name)])


def _unsay(connection: Connection, table: Table, name: str, keys: Sequence[Any]) -> None:
    if keys:
        connection.execute(update(table).where(among(table.c.id, keys)).values({name: NOT_SAID}))


def _forget_before_and_after(connection: Connection, person: Person) -> None:
    """What a merge or an import would put back."""
    merged = or_(among(merge_log.c.kept_id, person.ids), among(merge_log.c.merged_id, person.ids))
    connection.execute(update(merge_log).where(merged).values(moved="{}"))
    keys = dict(person.keys)
    for table in {one[0] for one in REMOVED if "id" in one[0].c}:
        column, parent = next((one[1], one[2]) for one in REMOVED if one[0] is table)
        keys[table.name] = list(
            connection.execute(select(table.c.id).where(among(table.c[column], keys[parent]))).scalars()
        )
    for name, found in keys.items():
        texts = [spelled for key in found for spelled in _spelled(key)]
        connection.execute(
            delete(import_row).where(import_row.c.table_name == name, among(import_row.c.record_id, texts))
        )


def _spelled(key: Any) -> tuple[str, ...]:
    return (str(key), key.hex) if isinstance(key, UUID) else (str(key),)


def _calls(connection: Connection, person: Person) -> None:
    """When, how long, which line, who answered: all that is counted stays."""
    values = {"number": None, "e164": None, "extension": None, "name": None, "diverted_from": None}
    theirs = among(call.c.id, person.keys["call"])
    connection.execute(update(call).where(theirs).values(values))
    connection.execute(update(call).where(theirs, call.c.direction == "out").values(dialled=None))
    rang = exists().where(logged_call.c.e164 == caller_number.c.e164)
    connection.execute(delete(caller_number).where(among(caller_number.c.e164, person.numbers), ~rang))


def _customers(connection: Connection, person: Person, at: datetime) -> None:
    """The shell keeps its number, kind and stage; nothing by which anybody is known."""
    nothing = dict.fromkeys(
        (
            "reading", "company", "rank", "memo", "birth_date", "birth_precision", "postal_code", "address", "email",
            "preferred_channel",
        )
    )  # fmt: skip
    told = {**nothing, "name": "", "erased_at": at, "version_id": customer.c.version_id + 1}
    connection.execute(update(customer).where(among(customer.c.id, person.ids)).values(told))
    refresh_tokens(connection, person.ids)
