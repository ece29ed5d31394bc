"""Every column of words is known for what it holds: what names a person goes with him, and the rest says why."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, String, Text, insert, select, update
from sqlalchemy.sql.schema import Column

from db.engine import reading, writing
from db.models import (
    complaint,
    customer,
    customer_phone,
    import_batch,
    metadata,
    operator,
    phone_number,
    purchase,
    saved_view,
)
from db.person.erase import EMPTIED, HOUSE_WORDS, REMOVED, Asked, erase
from db.person.naming import naming_of
from db.person.whole import Person, person_of

NO, AT = "C-000001", datetime(2026, 11, 22, 5, tzinfo=UTC)
HIS_OWN = {  # of the customer and his calls: emptied by name in `erase`
    *(f"customer.{name}" for name in (
        "name", "reading", "company", "rank", "memo", "postal_code", "address", "email",
    )),
    *(f"call.{name}" for name in ("number", "extension", "name", "diverted_from", "dialled")),
    "caller_number.digits", "household.name", "import_batch.file_name", "import_row.after", "import_row.before",
    "merge_log.moved", "saved_view.name", "saved_view.told",
    "customer_search.marks", "customer_search.name_key", "customer_search.reading_key", "customer_search.tokens",
    "note_search.tokens",
}  # fmt: skip
NOT_A_PERSONS = {
    "the key that stays, of ours or another system's": {
        "customer.customer_no", "erasure_request.customer_no", "external_ref.external_id", "external_ref.system",
        "complaint.complaint_no", "purchase.order_no", "import_batch.batch_no", "import_batch.key_system",
        "import_row.record_id", "import_row.table_name", "import_range.table_name", "audit_log.record",
    },
    "a telephone system's key of a call, its line, its queue": {
        "call.source", "call.source_id", "call.linked_id", "call.line", "call.queue", "call_ref.source",
        "call_ref.source_id", "call_event.source", "logged_call.line", "logged_call.queue",
        "call_kind.line", "call_kind.queue",
    },
    "who works here, and at which desk": {
        "operator.login", "operator.name", "operator.extension", "call.answered_by", "call_leg.who",
        "operator_presence.login", "operator_presence.desk", "operator_presence.waiting", "audit_log.operator",
        "audit_log.desk", "legal_hold.operator",
    },
    "one of a few words of ours": {
        "call_kind.direction", "call_kind.outcome", "call_kind.withheld",
        "audit_log.action", "audit_log.subject", "consent.purpose", "customer.language", "logged_call.direction",
        "logged_call.outcome", "logged_call.withheld", "purchase.currency", "purchase_total.currency",
        "retention_rule.subject", "review_sample_call.reasons", "saved_view.list", "import_batch.number_columns",
    },
    "what the house sells and how it sorts": {
        "customer_attribute_def.code", "customer_attribute_def.label_en", "customer_attribute_def.label_ja",
        "customer_attribute_def.purpose", "customer_attribute_def.role",
        "disposition.code", "disposition.label_en", "disposition.label_ja", "product.code", "product.name",
        "purchase_item.name",
    },
    "made so that nobody reads a person from it": {
        "audit_log.details", "audit_log.hash", "audit_log.previous_hash", "erasure_request.suppression_hash",
    },
    "a reason of the administrator's, refused where it names the person": {
        "erasure_request.reason", "retention_rule.reason",
    },
}  # fmt: skip


def worded() -> dict[str, Column[Any]]:
    """Columns into which somebody may write words; an enum's are ours."""
    return {
        f"{table.name}.{column.name}": column
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, String | Text) and not getattr(column.type, "enums", None)
    }


def emptied() -> set[str]:
    """Those that `erase` names, and all of a row that it removes."""
    named = {f"{table.name}.{name}" for table, _column, _parent, values in EMPTIED for name in values}
    named |= {f"{table.name}.{name}" for table, name, _column, _parent in HOUSE_WORDS}
    return named | {f"{table.name}.{column.name}" for table, *_ in REMOVED for column in table.c}


def test_every_column_of_words_is_known_for_what_it_holds() -> None:
    """A new one fails here: say whether it may name a person, and if so let `db.person.erase` empty it."""
    others = {name for names in NOT_A_PERSONS.values() for name in names}
    assert set(worded()) - emptied() - HIS_OWN - others == set()
    assert (HIS_OWN | others) - set(worded()) == set(), "no such column any more"
    assert others & (emptied() | HIS_OWN) == set()


def test_what_is_said_to_go_goes(demo: Engine) -> None:
    """A word that stands nowhere else is put into every row of his, column by column, and looked for everywhere."""
    canary = "隠語カナリア"
    person = of(demo)
    theirs = [(table, column, parent) for table, column, parent, _values in EMPTIED] + list(REMOVED)
    with writing(demo) as connection:
        for table, column, parent in [*theirs, (customer, "id", "customer")]:
            keys = person.keys[parent]
            names = [one.name for one in table.c if f"{table.name}.{one.name}" in emptied() | HIS_OWN]
            free = {name: canary for name in names if _takes(table.c[name], canary)}
            if free and table.name not in ("complaint_event", "call_event"):
                connection.execute(update(table).where(table.c[column].in_(keys)).values(free))
        person = person_of(connection, NO)  # type: ignore[assignment]
    assert canary in dump(demo)
    with writing(demo) as connection:
        erase(connection, person, Asked(UUID(int=77), "it", AT, "request 7"))
    assert canary not in dump(demo)


def _takes(column: Column[Any], text: str) -> bool:
    kind = column.type
    return isinstance(kind, String | Text) and not getattr(kind, "enums", None) and (kind.length or 99) >= len(text)


def of(engine: Engine) -> Person:
    with reading(engine) as connection:
        found = person_of(connection, NO)
    assert found is not None
    return found


def dump(engine: Engine) -> str:
    with reading(engine) as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


VIEWS = {
    "by name": ("mine", '{"text": "髙橋 一郎"}', True),
    "by another spelling": ("mine", '{"text": "タカハシ"}', True),
    "by a part of the number": ("mine", '{"text": "3581-4111"}', True),
    "in its own name": ("髙橋様の件", "{}", True),
    "by its customer": ("mine", '{"customer_id": 1, "customer": "—"}', True),
    "of all missed calls": ("missed", '{"outcome": "missed"}', False),
    "by a word of notes": ("returns", '{"text": "返品", "where": "notes"}', False),
    "of another": ("other", '{"customer_id": 2, "customer": "佐藤 花子"}', False),
    "spoilt by a hand": ("spoilt", "[", False),
}


@pytest.mark.parametrize(("name", "told", "goes"), VIEWS.values(), ids=VIEWS)
def test_a_filter_that_looks_for_an_erased_person_goes(demo: Engine, name: str, told: str, goes: bool) -> None:
    with writing(demo) as connection:
        whose = connection.execute(select(operator.c.id)).scalars().first()
        row = {"operator_id": whose, "list": "calls", "name": name, "told": told}
        connection.execute(insert(saved_view).values(row))
        erase(connection, of(demo), Asked(UUID(int=77), "it", AT, "request 7"))
        assert connection.execute(select(saved_view.c.name)).scalars().all() == ([] if goes else [name])


def test_what_is_counted_by_stays_unless_it_names_him(demo: Engine) -> None:
    person = of(demo)
    first, *_others = person.keys["complaint"]
    with writing(demo) as connection:
        connection.execute(update(complaint).where(complaint.c.id == first).values(cause="髙橋様のお宅の段差"))
        connection.execute(update(purchase).where(purchase.c.customer_id == 1).values(channel="web"))
        row = {"batch_no": "B-1", "kind": "customers", "file_name": "髙橋一郎.csv", "merged_at": AT}
        counts = dict.fromkeys(("created", "updated", "unchanged", "skipped", "refused"), 0)
        connection.execute(insert(import_batch).values(row | counts))
        category = connection.execute(select(complaint.c.category).where(complaint.c.id == first)).scalar_one()
        erase(connection, person, Asked(UUID(int=77), "it", AT, "request 7"))
        left = connection.execute(select(complaint.c.category, complaint.c.cause).where(complaint.c.id == first)).one()
        channels = set(connection.execute(select(purchase.c.channel).where(purchase.c.customer_id == 1)).scalars())
        files = connection.execute(select(import_batch.c.file_name)).scalars().all()
    assert (tuple(left), channels) == ((category, "—"), {"web"})
    assert "—" in files
    assert not any("髙橋" in one for one in files)


def test_short_parts_of_a_name_name_nobody(engine: Engine) -> None:
    row = {"id": 9, "customer_no": "X-9", "kind": "person", "name": "Ng Tan Abbott", "lifecycle_stage": "active"}
    with writing(engine) as connection:
        connection.execute(insert(customer).values(row | {"created_at": AT}))
        connection.execute(insert(phone_number).values(id=9, e164=81312345678, raw="03-1234-5678", kind="fixed"))
        link = {"customer_id": 9, "phone_number_id": 9, "label": "home", "confidence": "known"}
        connection.execute(insert(customer_phone).values(link))
        person = person_of(connection, "X-9")
        assert person is not None
        naming = naming_of(connection, person)
    assert not naming.is_in("Retention standard: things long done")
    assert naming.is_in("Ms Abbott, again")
    assert naming.is_in("call 03(1234)5678")
    assert not naming.is_found_by("missed yesterday")
