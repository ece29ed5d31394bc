"""What notes say is found, newest first, with the sentence; numbers in them are found however they are spelt."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Engine

from db.engine import reading, writing
from db.kinds import NoteKind
from db.models import customer
from db.note_search import mentioned_in, notes_saying
from db.notes import NoteText, save_note
from db.search import search_customers
from db.search_index import index_everything
from db.uuid7 import uuid7

NOW = datetime(2026, 11, 21, 14, 12, tzinfo=UTC)


def _write(engine: Engine, *texts: str) -> list[NoteText]:
    chance = Random(1)
    written = []
    with writing(engine) as connection:
        row = {
            "customer_no": "K-1",
            "kind": "person",
            "name": "田中 一郎",
            "lifecycle_stage": "active",
            "created_at": NOW,
        }
        connection.execute(customer.insert().values(row | {"id": 1, "created_at": NOW}))
        index_everything(connection)
        for minute, text in enumerate(texts):
            at = NOW + timedelta(minutes=minute)
            one = NoteText(uuid7(at, chance.getrandbits), None, 1, NoteKind.BODY, text, "sato", at)
            save_note(connection, one)
            written.append(one)
    return written


@pytest.mark.parametrize(
    "spelt",
    [
        "03-3581-4111",
        "0335814111",
        "０３−３５８１−４１１１",
        "(03)3581-4111",
        "+81-3-3581-4111",
        "+81335814111",
        "03 3581 4111",
    ],
)
@pytest.mark.parametrize("asked", ["0335814111", "81335814111", "03-3581-4111"])
def test_a_number_in_a_note_is_found_with_its_sentence(engine: Engine, spelt: str, asked: str) -> None:
    _write(engine, f"配送の件。折り返しは{spelt}へ。よろしく。")
    with reading(engine) as connection:
        found = mentioned_in(connection, asked)
    assert [(one.customer_id, one.sentence) for one in found] == [(1, f"折り返しは{spelt}へ。")]


@pytest.mark.parametrize("asked", ["335814111", "03358141", "5814111", "", "03"])
def test_a_part_of_a_number_is_not_mentioned(engine: Engine, asked: str) -> None:
    _write(engine, "折り返しは03-3581-4111へ。")
    with reading(engine) as connection:
        assert mentioned_in(connection, asked) == ()


def test_the_newest_mention_stands_first(engine: Engine) -> None:
    _write(engine, "090-1234-5678 一回目", "関係なし", "二回目 09012345678")
    with reading(engine) as connection:
        assert [one.sentence for one in mentioned_in(connection, "09012345678")] == [
            "二回目 09012345678",
            "090-1234-5678 一回目",
        ]


def test_a_changed_note_is_found_by_its_new_words_alone(engine: Engine) -> None:
    note, *_ = _write(engine, "返金を希望。")
    with writing(engine) as connection:
        save_note(
            connection, NoteText(note.note_id, None, 1, NoteKind.BODY, "交換を希望。", "sato", NOW + timedelta(hours=1))
        )
    with reading(engine) as connection:
        assert notes_saying(connection, ["返金"], 50) == ()
        assert [one.sentence for one in notes_saying(connection, ["交換"], 50)] == ["交換を希望。"]


def test_a_customer_is_found_by_what_a_note_says(engine: Engine) -> None:
    _write(engine, "ご主人様より。渡邊様の件で返金。")
    with reading(engine) as connection:
        for text in ("返金", "渡辺 返金", "渡邉"):
            assert [(one.name, one.said != "") for one in search_customers(connection, text)] == [("田中 一郎", True)]
        assert search_customers(connection, "返金 交換") == ()


def test_the_name_itself_stands_before_the_notes(engine: Engine) -> None:
    _write(engine, "田中様より返金の件。")
    with reading(engine) as connection:
        assert [one.said for one in search_customers(connection, "田中")] == [""]
