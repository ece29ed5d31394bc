"""A call of the log is taken up again as it stands: its facts, the newest words about it, its disposition."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from db.calls import CallRow, save_call
from db.engine import reading, writing
from db.kinds import Channel, CustomerKind, Direction, EndCause, InteractionKind, LifecycleStage, Outcome, Withheld
from db.models import customer, disposition, interaction
from db.past_call import PastCall, past_call
from db.uuid7 import uuid7
from db.wrap_up import WrapUp, finish_call

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CALL = uuid7(NOON, lambda bits: 7)
BARE = CallRow(CALL, "desk phone", "abc@pbx", Direction.IN, NOON, Outcome.OFFERED)
FULL = replace(
    BARE, outcome=Outcome.ANSWERED, number="0422511234", e164=81422511234, extension="12", name="TANAKA",
    dialled="0312345678", line="本店", diverted_from="0398765432", linked_id="linked-1",
    answered_at=NOON + timedelta(seconds=3), ended_at=NOON + timedelta(minutes=2), end_cause=EndCause.HUNG_UP,
    answered_by="201", operator="sato", customer_id=1, queue="support",
    waiting_since=NOON - timedelta(seconds=20), hold_ms=7_000,
)  # fmt: skip
DONE = WrapUp(CALL, 1, "sato", NOON + timedelta(minutes=3), "再配達で合意。", "折り返しは携帯へ", "inquiry.delivery")


@pytest.fixture(autouse=True)
def _a_customer(engine: Engine) -> None:
    with writing(engine) as connection:
        row = {"id": 1, "customer_no": "C-1", "kind": CustomerKind.PERSON, "name": "髙橋 一郎", "created_at": NOON}
        connection.execute(customer.insert().values(row | {"lifecycle_stage": LifecycleStage.ACTIVE}))


def _taken_up(engine: Engine, row: CallRow, *finished: WrapUp) -> PastCall:
    with writing(engine) as connection:
        save_call(connection, row)
        for done in finished:
            finish_call(connection, done)
    with reading(engine) as connection:
        found = past_call(connection, row.id)
    assert found is not None
    return found


@pytest.mark.parametrize("row", [BARE, FULL], ids=["what every call has", "every field"])
def test_a_call_comes_back_as_it_was_written(engine: Engine, row: CallRow) -> None:
    assert _taken_up(engine, row) == PastCall(row, "", "", "")


def test_a_withheld_number_comes_back_as_none_with_its_reason(engine: Engine) -> None:
    row = _taken_up(engine, replace(BARE, withheld=Withheld.PAYPHONE)).row
    assert (row.number, row.e164, row.name, row.withheld) == ("", None, "", Withheld.PAYPHONE)


def test_its_words_come_back_as_values_of_their_kinds(engine: Engine) -> None:
    row = _taken_up(engine, replace(FULL, withheld=Withheld.ANONYMOUS)).row
    assert [type(word) for word in (row.direction, row.outcome, row.end_cause, row.withheld)] == [
        Direction, Outcome, EndCause, Withheld,
    ]  # fmt: skip
    assert row.offered_at.utcoffset() == timedelta(0)


def test_a_finished_call_comes_back_with_note_handover_and_disposition(engine: Engine) -> None:
    assert _taken_up(engine, FULL, DONE) == PastCall(FULL, DONE.body, DONE.handover, DONE.disposition)


def test_the_newest_version_of_each_text_comes_back(engine: Engine) -> None:
    versions = [replace(DONE, body=f"第{number}版", at=DONE.at + timedelta(hours=number)) for number in range(1, 13)]
    past = _taken_up(engine, FULL, DONE, *versions)
    assert (past.body, past.handover) == ("第12版", DONE.handover)


def test_the_last_version_counts_even_when_the_desks_clock_went_back(engine: Engine) -> None:
    earlier = replace(DONE, body="訂正", at=DONE.at - timedelta(days=1))
    assert _taken_up(engine, FULL, DONE, earlier).body == "訂正"


def test_a_text_that_was_emptied_comes_back_empty(engine: Engine) -> None:
    past = _taken_up(engine, FULL, DONE, replace(DONE, handover="", at=DONE.at + timedelta(hours=1)))
    assert (past.body, past.handover) == (DONE.body, "")


def test_the_disposition_chosen_last_comes_back(engine: Engine) -> None:
    assert _taken_up(engine, FULL, DONE, replace(DONE, disposition="complaint")).disposition == "complaint"


def test_a_call_finished_without_a_disposition_has_none(engine: Engine) -> None:
    assert _taken_up(engine, FULL, replace(DONE, disposition="")).disposition == ""


def test_the_operator_who_finished_it_comes_back(engine: Engine) -> None:
    assert _taken_up(engine, replace(FULL, operator=""), replace(DONE, operator="suzuki")).row.operator == "suzuki"


def test_another_interaction_of_the_call_does_not_hide_what_the_operator_chose(engine: Engine) -> None:
    _taken_up(engine, FULL, DONE)
    with writing(engine) as connection:
        other = connection.execute(disposition.select().where(disposition.c.code == "complaint")).one()
        row = {"id": UUID(int=1), "call_id": CALL, "customer_id": 1, "channel": Channel.PHONE, "started_at": NOON}
        row |= {"direction": Direction.IN, "kind": InteractionKind.OTHER, "disposition_id": other.id}
        connection.execute(interaction.insert().values(row))
    assert _taken_up(engine, FULL).disposition == DONE.disposition


def test_the_notes_of_another_call_stay_with_it(engine: Engine) -> None:
    _taken_up(engine, FULL, DONE)
    another = replace(BARE, id=UUID(int=CALL.int + 1))
    assert _taken_up(engine, another) == PastCall(another, "", "", "")


def test_a_call_that_was_never_written_is_none(engine: Engine) -> None:
    with reading(engine) as connection:
        assert past_call(connection, CALL) is None
