"""Where nobody has the number: notes that say it, and names that are the caller's. Each question is bounded."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from db.customers import MOST_GUESSES, Relation
from db.engine import reading, writing
from db.guesses import owners_mentioned, owners_named
from db.keys import count_on
from db.kinds import NoteKind
from db.models import customer
from db.notes import NoteText, save_note
from db.search_index import refresh_tokens
from tests.db.conftest import ONLY_SQLITE

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _many_of_one_name(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = [
            {"id": key, "customer_no": f"C-{key}", "name": "佐藤 花子", "reading": "サトウ ハナコ"}
            for key in range(1, 41)
        ]
        more: dict[str, Any] = {"kind": "person", "lifecycle_stage": "active", "created_at": NOON}
        connection.execute(customer.insert(), [row | more for row in rows])
        count_on(connection, customer)
        refresh_tokens(connection, range(1, 41))
        for key in range(1, 41):
            text = f"{key} 番のお客様。ご連絡先は080-9999-8888。"
            at = NOON + timedelta(minutes=key)
            save_note(connection, NoteText(UUID(int=key), None, key, NoteKind.BODY, text, "sato", at))


def test_the_newest_notes_are_told_with_their_sentence_and_time(engine: Engine) -> None:
    with reading(engine) as connection:
        found = owners_mentioned(connection, "818099998888")
    assert {one.customer_id for one in found} == set(range(40, 40 - MOST_GUESSES, -1))
    newest = max(found, key=lambda one: one.customer_id)
    told = (newest.relation, newest.sentence, newest.last_used_at)
    assert told == (Relation.MENTION, "ご連絡先は080-9999-8888。", NOON + timedelta(minutes=40))


@pytest.mark.parametrize("digits", ["", "08099998889", "8888"])
def test_a_number_that_no_note_says_finds_nobody(engine: Engine, digits: str) -> None:
    with reading(engine) as connection:
        assert owners_mentioned(connection, digits) == ()


def test_of_many_with_the_callers_name_only_some_are_told(engine: Engine) -> None:
    with reading(engine) as connection:
        assert len(owners_named(connection, "佐藤花子様")) == MOST_GUESSES
        assert {one.relation for one in owners_named(connection, "さとう はなこ")} == {Relation.NAME}
        assert owners_named(connection, "佐藤") == owners_named(connection, "08099998888") == ()


@ONLY_SQLITE
def test_names_are_asked_by_key(asked: Callable[..., dict[str, list[str]]]) -> None:
    ((_statement, steps),) = asked(lambda connection: owners_named(connection, "佐藤花子")).items()
    assert [step for step in steps if "ix_customer_search_name" in step]
    assert [step for step in steps if "ix_customer_search_reading" in step]
    assert not [step for step in steps if step.startswith("SCAN customer")]
