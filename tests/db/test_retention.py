"""What has been kept long enough goes, and nothing else: not what is younger, open, a customer's, or held."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, insert, select, text

from app.audit.signature import Signature
from app.clock import Clock
from app.person.here import Cleaned
from app.person.keeping import Due, Keeping
from db.engine import reading, writing
from db.health import look_at
from db.kinds import ComplaintState
from db.models import (
    call,
    complaint,
    customer,
    customer_phone,
    follow_up,
    legal_hold,
    note,
    note_revision,
    phone_number,
)
from db.person.retention import (
    Rule,
    Subject,
    clear_calls,
    clear_notes,
    drop,
    due,
    due_customers,
    rules,
    settle,
)
from db.search_index import index_note, refresh_tokens

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
OLD, YOUNG = NOW - timedelta(days=400), NOW - timedelta(days=10)
YEAR = {subject: Rule(subject, 365) for subject in Subject}


def write(engine: Engine, table: Any, **row: Any) -> None:
    with writing(engine) as connection:
        connection.execute(insert(table).values(row))


def somebody(engine: Engine, key: int, **more: Any) -> None:
    row = {"id": key, "customer_no": f"C-{key}", "kind": "person", "name": f"N{key}", "lifecycle_stage": "active"}
    write(engine, customer, **(row | {"created_at": OLD} | more))
    with writing(engine) as connection:
        refresh_tokens(connection, [key])


def rang(engine: Engine, key: int, at: datetime, customer_id: int | None = None) -> None:
    row = {"source": "pbx", "source_id": str(key), "direction": "in", "outcome": "missed", "number": f"0{key}"}
    write(engine, call, id=UUID(int=key), offered_at=at, e164=810000000 + key, customer_id=customer_id, **row)


def wrote(engine: Engine, key: int, at: datetime, words: str, customer_id: int | None = None) -> None:
    write(engine, note, id=UUID(int=key), kind="body", created_at=at, customer_id=customer_id)
    write(engine, note_revision, id=UUID(int=key + 100), note_id=UUID(int=key), number=1, text=words, at=at)
    with writing(engine) as connection:
        index_note(connection, UUID(int=key))


def counted(engine: Engine, subject: Subject) -> int:
    with reading(engine) as connection:
        return due(connection, YEAR[subject], NOW)


def test_a_rule_stands_in_place_of_another_about_the_same(engine: Engine) -> None:
    with writing(engine) as connection:
        settle(connection, Rule(Subject.NOTES, 10))
        settle(connection, Rule(Subject.NOTES, 1095, "Company policy 7"))
        assert rules(connection) == (Rule(Subject.NOTES, 1095, "Company policy 7"),)
        assert (drop(connection, Subject.NOTES), drop(connection, Subject.NOTES)) == (True, False)


def test_old_calls_of_nobody_lose_their_number(engine: Engine) -> None:
    somebody(engine, 1)
    rang(engine, 1, OLD)
    rang(engine, 2, YOUNG)
    rang(engine, 3, OLD, customer_id=1)
    assert counted(engine, Subject.CALLS) == 1
    with writing(engine) as connection:
        assert clear_calls(connection, YEAR[Subject.CALLS].before(NOW))[0] == 1
        assert clear_calls(connection, YEAR[Subject.CALLS].before(NOW))[0] == 0
        kept = connection.execute(select(call.c.number).order_by(call.c.source_id)).scalars().all()
        left = connection.execute(text("SELECT count(*) FROM caller_number")).scalar_one()
    assert (kept, left) == ([None, "02", "03"], 2)


def test_old_notes_lose_their_words_unless_somebody_is_held(engine: Engine) -> None:
    somebody(engine, 1)
    write(engine, legal_hold, customer_id=1, reason="case", operator="it", at=NOW)
    wrote(engine, 1, OLD, "old words")
    wrote(engine, 2, YOUNG, "young words")
    wrote(engine, 3, OLD, "held words", customer_id=1)
    assert counted(engine, Subject.NOTES) == 1
    with writing(engine) as connection:
        assert clear_notes(connection, YEAR[Subject.NOTES].before(NOW))[0] == 1
        assert clear_notes(connection, YEAR[Subject.NOTES].before(NOW))[0] == 0
        assert set(connection.execute(select(note_revision.c.text)).scalars()) == {"", "young words", "held words"}
    assert [found.look for found in look_at(engine) if found.wrong] == []


@pytest.mark.parametrize("why", ["heard of", "called", "promised", "held", "erased"])
def test_customers_who_are_not_silent_stay(engine: Engine, why: str) -> None:
    somebody(engine, 1)
    told = {"heard of": {"last_contact_at": YOUNG}, "erased": {"erased_at": OLD}}.get(why, {})
    somebody(engine, 2, **told)
    if why == "called":
        rang(engine, 1, YOUNG, customer_id=2)
    elif why == "promised":
        write(engine, follow_up, id=UUID(int=1), customer_id=2, kind="callback", due_at=OLD, created_at=OLD)
    elif why == "held":
        write(engine, legal_hold, customer_id=2, reason="case", operator="it", at=NOW)
    with reading(engine) as connection:
        assert due_customers(connection, YEAR[Subject.CUSTOMERS].before(NOW)) == ["C-1"]
    assert counted(engine, Subject.CUSTOMERS) == 1


def test_a_call_of_a_number_of_somebody_who_is_held_keeps_it(engine: Engine) -> None:
    somebody(engine, 1)
    write(engine, phone_number, id=1, e164=810000001, raw="01", kind="fixed")
    write(engine, customer_phone, customer_id=1, phone_number_id=1, label="home", confidence="known")
    write(engine, legal_hold, customer_id=1, reason="case", operator="it", at=NOW)
    rang(engine, 1, OLD)
    rang(engine, 2, OLD)
    assert counted(engine, Subject.CALLS) == 1


def test_notes_about_what_is_open_stay(engine: Engine) -> None:
    for key in (1, 2, 3):
        somebody(engine, key)
        wrote(engine, key, OLD, "words", customer_id=key)
    somebody(engine, 4)
    rang(engine, 4, OLD, customer_id=4)
    write(engine, note, id=UUID(int=4), kind="body", created_at=OLD, call_id=UUID(int=4))
    write(engine, note_revision, id=UUID(int=104), note_id=UUID(int=4), number=1, text="by the call", at=OLD)
    write(engine, follow_up, id=UUID(int=1), customer_id=1, kind="callback", due_at=OLD, created_at=OLD)
    write(engine, follow_up, id=UUID(int=2), customer_id=4, kind="callback", due_at=OLD, created_at=OLD)
    complains(engine, 2, ComplaintState.INVESTIGATING)
    complains(engine, 3, ComplaintState.CLOSED)
    assert counted(engine, Subject.NOTES) == 1


def complains(engine: Engine, customer_id: int, state: ComplaintState) -> None:
    row = {"complaint_no": f"K-{customer_id}", "customer_id": customer_id, "category": "other", "severity": 3}
    write(engine, complaint, **row, state=state, received_at=OLD)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_said_to_be_due_is_what_is_removed(engine: Engine, seed: int) -> None:
    """Whoever it is: silent, young, held, with something open; with notes and calls that are due by two rules."""
    chance = Random(seed)
    protected = set[int]()
    for key in range(1, 25):
        somebody(engine, key, created_at=chance.choice((OLD, OLD, YOUNG)))
        protected |= {key} if _bind(engine, chance, key) else set()
        for _ in range(chance.randrange(3)):
            number = chance.randrange(10**6)
            wrote(engine, number, chance.choice((OLD, YOUNG)), f"words {number}", chance.choice((key, None)))
    for number in chance.sample(range(10**6, 2 * 10**6), 12):
        rang(engine, number, chance.choice((OLD, YOUNG)), chance.choice((chance.randrange(1, 25), None, None)))
    with writing(engine) as connection:
        for rule in YEAR.values():
            settle(connection, rule)
    keeping = Keeping(engine, lambda: Signature("it", Clock(now=lambda: NOW)), Cleaned)
    told = keeping.due()
    assert sum(one.count for one in told) > 0
    assert keeping.run() == told
    assert keeping.due() == tuple(Due(one.rule, 0) for one in told)
    with reading(engine) as connection:
        erased = set(connection.execute(select(customer.c.id).where(customer.c.erased_at.is_not(None))).scalars())
        told_of = select(note.c.customer_id).join(note_revision).where(note_revision.c.text == "")
        emptied = set(connection.execute(told_of).scalars()) - {None}
    assert erased & protected == set()
    assert emptied & protected == set()
    assert [found.look for found in look_at(engine) if found.wrong] == []


def _bind(engine: Engine, chance: Random, key: int) -> bool:
    """Now and then something because of which nothing may go."""
    what = chance.randrange(8)
    if what == 0:
        write(engine, legal_hold, customer_id=key, reason="case", operator="it", at=NOW)
    elif what == 1:
        complains(engine, key, chance.choice((ComplaintState.RECEIVED, ComplaintState.INVESTIGATING)))
    elif what == 2:
        made = {"kind": "callback", "due_at": OLD, "created_at": OLD}
        write(engine, follow_up, id=UUID(int=key), customer_id=key, **made)
    return what <= 2
