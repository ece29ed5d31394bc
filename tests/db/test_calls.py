"""Calls, candidates, notes and the wrap-up: written again they add nothing; nothing ever overwrites a text."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError

from db.calls import (
    CallRow,
    CandidateRow,
    LegRow,
    answered_elsewhere,
    attach,
    calls_between,
    change_caller,
    close_left_open,
    save_call,
    save_candidates,
    save_leg,
)
from db.engine import reading, writing
from db.kinds import Direction, EndCause, NoteKind, Outcome, Reason, Withheld
from db.models import call_candidate, call_leg, customer, interaction
from db.notes import NoteText, revisions, save_note
from db.pop import customer_facts
from db.uuid7 import uuid7
from db.wrap_up import WrapUp, finish_call, note_id_of

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CALL = uuid7(NOON, lambda bits: 7)
OFFERED = CallRow(
    CALL, "desk phone", "abc@pbx", Direction.IN, NOON, Outcome.OFFERED, "0422511234", 81422511234, name="TANAKA",
    dialled="0312345678", line="本店",
)  # fmt: skip
LEG = LegRow(UUID(int=5), CALL, "sato", NOON)
DONE = WrapUp(
    CALL, 1, "sato", NOON + timedelta(minutes=3), "再配達で合意。\n写真を待つ", "折り返しは携帯へ", "inquiry.delivery"
)


@pytest.fixture(autouse=True)
def _two_customers(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = [
            {"id": key, "customer_no": f"C-{key}", "kind": "person", "name": name, "lifecycle_stage": "active"}
            for key, name in ((1, "髙橋 一郎"), (2, "田中 誠"))
        ]
        connection.execute(customer.insert(), [row | {"created_at": NOON} for row in rows])


def _counts(engine: Engine) -> dict[str, int]:
    names = ("call", "call_leg", "note", "note_revision", "interaction", "customer_handler", "operator")
    with reading(engine) as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}


def _write(engine: Engine, *jobs: object) -> None:
    with writing(engine) as connection:
        for job in jobs:
            if isinstance(job, CallRow):
                save_call(connection, job)
            elif isinstance(job, LegRow):
                save_leg(connection, job)
            elif isinstance(job, WrapUp):
                finish_call(connection, job)


def _listed(engine: Engine) -> list[object]:
    with reading(engine) as connection:
        return list(calls_between(connection, NOON - timedelta(hours=12), NOON + timedelta(hours=12)))


def test_a_call_comes_back_in_the_log_as_it_was_offered(engine: Engine) -> None:
    _write(engine, OFFERED)
    (row,) = _listed(engine)
    assert (row.call_id, row.at, row.number, row.caller_name, row.line_name, row.outcome) == (
        CALL, NOON, "0422511234", "TANAKA", "本店", Outcome.OFFERED,
    )  # fmt: skip
    assert (row.customer_name, row.operator, row.note_excerpt, row.withheld) == ("", "", "", None)


def test_a_call_written_again_is_one_row_with_the_newest_facts(engine: Engine) -> None:
    ended = replace(OFFERED, outcome=Outcome.MISSED, ended_at=NOON, end_cause=EndCause.CANCELLED, customer_id=2)
    _write(engine, OFFERED, OFFERED, ended, ended)
    (row,) = _listed(engine)
    assert (row.outcome, row.ended_at, row.customer_no, row.customer_name) == (Outcome.MISSED, NOON, "C-2", "田中 誠")
    assert row.end_cause is EndCause.CANCELLED


def test_what_is_no_longer_known_does_not_erase_what_was_written(engine: Engine) -> None:
    _write(engine, replace(OFFERED, customer_id=2, answered_at=NOON), OFFERED)
    (row,) = _listed(engine)
    assert (row.customer_id, row.answered_at) == (2, NOON)


def test_the_log_is_newest_first_and_ends_before_its_end(engine: Engine) -> None:
    times = [NOON - timedelta(hours=12), NOON, NOON + timedelta(hours=12)]
    _write(engine, *(replace(OFFERED, id=UUID(int=key), offered_at=at) for key, at in enumerate(times, start=1)))
    assert [row.at for row in _listed(engine)] == [times[1], times[0]]


def test_a_withheld_number_leaves_no_number_in_the_records(engine: Engine) -> None:
    _write(engine, replace(OFFERED, number="", e164=None, name="", withheld=Withheld.PAYPHONE))
    with reading(engine) as connection:
        assert connection.execute(text("SELECT number, e164, name, withheld FROM call")).one() == (
            None, None, None, "payphone",
        )  # fmt: skip


def _leg(engine: Engine) -> LegRow:
    with reading(engine) as connection:
        return LegRow(*connection.execute(select(call_leg)).one())


def test_a_leg_is_one_row_with_the_newest_facts_however_often_it_is_written(engine: Engine) -> None:
    over = replace(LEG, answered_at=NOON, ended_at=NOON, end_cause=EndCause.HUNG_UP)
    _write(engine, OFFERED, LEG, LEG, over, LEG)
    assert _leg(engine) == over


def test_whose_leg_it_was_stays_whoever_finishes_the_call_later(engine: Engine) -> None:
    _write(engine, OFFERED, LEG, replace(LEG, who="suzuki"))
    assert _leg(engine).who == "sato"


def test_an_answer_that_turns_out_to_be_anothers_is_taken_from_the_leg(engine: Engine) -> None:
    _write(engine, OFFERED, replace(LEG, answered_at=NOON))
    with writing(engine) as connection:
        answered_elsewhere(connection, LEG.id)
    assert _leg(engine) == LEG


def test_a_transferred_call_has_the_new_caller_and_nothing_of_the_one_before(engine: Engine) -> None:
    now = replace(OFFERED, number="0666660001", e164=81666660001, name="", direction=Direction.IN)
    withheld = replace(OFFERED, number="", e164=None, name="", withheld=Withheld.ANONYMOUS)
    for row, told in ((now, ("0666660001", 81666660001, None, None)), (withheld, (None, None, None, "anonymous"))):
        _write(engine, OFFERED)
        with writing(engine) as connection:
            change_caller(connection, row)
            columns = text("SELECT number, e164, name, withheld FROM call")
            assert tuple(connection.execute(columns).one()) == told
    assert _listed(engine)[0].line_name == OFFERED.line


@contextmanager
def _refused_rows(engine: Engine, table: str) -> Iterator[None]:
    refuse, accept = {
        "sqlite": (
            f"CREATE TRIGGER boom BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'boom'); END",
            "DROP TRIGGER boom",
        ),
        "postgresql": (
            f"ALTER TABLE {table} ADD CONSTRAINT boom CHECK (false) NOT VALID",
            f"ALTER TABLE {table} DROP CONSTRAINT boom",
        ),
    }[engine.dialect.name]
    with writing(engine) as connection:
        connection.execute(text(refuse))
    yield
    with writing(engine) as connection:
        connection.execute(text(accept))


def test_a_leg_that_can_not_be_written_takes_its_call_back(engine: Engine) -> None:
    with _refused_rows(engine, "call_leg"), pytest.raises(IntegrityError, match="boom"):
        _write(engine, OFFERED, LEG)
    assert _counts(engine)["call"] == 0


def test_a_call_that_a_killed_program_left_ringing_counts_as_missed(engine: Engine) -> None:
    later = replace(OFFERED, id=uuid7(NOON, lambda bits: 8), source_id="b", offered_at=NOON + timedelta(minutes=9))
    talking = replace(OFFERED, id=uuid7(NOON, lambda bits: 9), source_id="c", outcome=Outcome.ANSWERED)
    _write(engine, OFFERED, later, talking)
    with writing(engine) as connection:
        assert close_left_open(connection, NOON + timedelta(minutes=5)) == 1
    with reading(engine) as connection:
        outcomes = {row.call_id: row.outcome for row in calls_between(connection, NOON, NOON + timedelta(hours=1))}
    assert outcomes == {CALL: Outcome.MISSED, later.id: Outcome.OFFERED, talking.id: Outcome.ANSWERED}


def test_candidates_are_kept_in_their_order_with_the_chosen_one(engine: Engine) -> None:
    shown = (CandidateRow(2, Reason.EXACT), CandidateRow(1, Reason.HOUSEHOLD))
    chosen = (shown[0], replace(shown[1], is_chosen=True))
    with writing(engine) as connection:
        save_call(connection, OFFERED)
        save_candidates(connection, CALL, shown)
        save_candidates(connection, CALL, chosen)
    with reading(engine) as connection:
        columns = call_candidate.c
        rows = connection.execute(
            select(columns.rank, columns.customer_id, columns.reason, columns.is_chosen).order_by(columns.rank)
        ).all()
    assert [tuple(row) for row in rows] == [(1, 2, Reason.EXACT, False), (2, 1, Reason.HOUSEHOLD, True)]


def test_a_finished_call_leaves_notes_an_interaction_and_a_handler(engine: Engine) -> None:
    _write(engine, OFFERED, DONE)
    with reading(engine) as connection:
        facts = customer_facts(connection, 1)
        body = revisions(connection, note_id_of(CALL, NoteKind.BODY))
        handover = revisions(connection, note_id_of(CALL, NoteKind.HANDOVER))
    assert facts is not None
    (contact,) = facts.interactions
    assert (contact.at, contact.subject, contact.handler, contact.disposition_en, contact.excerpt) == (
        NOON, "再配達で合意。", "sato", "Delivery", "再配達で合意。 写真を待つ",
    )  # fmt: skip
    assert [(one.name, one.count, one.last_at, one.last_subject) for one in facts.handlers] == [
        ("sato", 1, NOON, "再配達で合意。")
    ]
    assert facts.customer.last_contact_at == DONE.at
    assert [(one.number, one.text) for one in body] == [(1, DONE.body)]
    assert [(one.number, one.text, one.operator) for one in handover] == [(1, DONE.handover, "sato")]
    (row,) = _listed(engine)
    assert (row.operator, row.note_excerpt, row.customer_id) == ("sato", "再配達で合意。 写真を待つ", 1)


def test_finishing_again_after_a_cut_connection_adds_nothing(engine: Engine) -> None:
    _write(engine, OFFERED, LEG, DONE)
    before = _counts(engine)
    _write(engine, OFFERED, LEG, DONE, replace(DONE, at=DONE.at + timedelta(seconds=9)))
    assert _counts(engine) == before
    assert before == {
        "call": 1, "call_leg": 1, "note": 2, "note_revision": 2, "interaction": 1, "customer_handler": 1, "operator": 1,
    }  # fmt: skip


def test_a_text_changed_later_is_the_next_version_and_the_first_stays(engine: Engine) -> None:
    _write(engine, OFFERED, DONE, replace(DONE, body="訂正", at=DONE.at + timedelta(hours=1)))
    with reading(engine) as connection:
        kept = revisions(connection, note_id_of(CALL, NoteKind.BODY))
    assert [(one.number, one.text) for one in kept] == [(1, DONE.body), (2, "訂正")]


def test_a_text_emptied_later_is_a_version_too(engine: Engine) -> None:
    _write(engine, OFFERED, DONE, replace(DONE, handover=""))
    with reading(engine) as connection:
        kept = revisions(connection, note_id_of(CALL, NoteKind.HANDOVER))
    assert [one.text for one in kept] == [DONE.handover, ""]


def test_a_text_typed_back_to_an_earlier_one_is_a_version_of_its_own(engine: Engine) -> None:
    later = (replace(DONE, body="訂正", at=DONE.at + timedelta(1)), replace(DONE, at=DONE.at + timedelta(2)))
    _write(engine, OFFERED, DONE, *later)
    with reading(engine) as connection:
        kept = revisions(connection, note_id_of(CALL, NoteKind.BODY))
    assert [one.text for one in kept] == [DONE.body, "訂正", DONE.body]


def test_a_wrap_up_without_words_begins_no_note(engine: Engine) -> None:
    _write(engine, OFFERED, replace(DONE, body=" ", handover=""))
    assert _counts(engine)["note"] == 0
    assert _counts(engine)["interaction"] == 1


def test_an_unknown_caller_is_wrapped_up_and_attached_later(engine: Engine) -> None:
    _write(engine, OFFERED, replace(DONE, customer_id=None))
    with writing(engine) as connection:
        attach(connection, CALL, 2)
    with reading(engine) as connection:
        facts = customer_facts(connection, 2)
        owners = connection.execute(text("SELECT DISTINCT customer_id FROM note")).scalars().all()
    assert facts is not None
    assert (facts.interaction_count, [one.count for one in facts.handlers], owners) == (1, [1], [2])
    assert _listed(engine)[0].customer_name == "田中 誠"


def test_a_call_attached_to_another_customer_leaves_nothing_with_the_first(engine: Engine) -> None:
    _write(engine, OFFERED, DONE)
    with writing(engine) as connection:
        attach(connection, CALL, 2)
    with reading(engine) as connection:
        first, second = customer_facts(connection, 1), customer_facts(connection, 2)
    assert first is not None
    assert second is not None
    assert (first.interactions, first.handlers) == ((), ())
    assert (second.interaction_count, len(second.handlers)) == (1, 1)


def test_a_call_finished_again_for_another_customer_leaves_nothing_with_the_first(engine: Engine) -> None:
    _write(engine, OFFERED, DONE, replace(DONE, customer_id=2, operator="suzuki"))
    with reading(engine) as connection:
        first, second = customer_facts(connection, 1), customer_facts(connection, 2)
    assert first is not None
    assert second is not None
    assert (first.interactions, first.handlers) == ((), ())
    assert [(one.name, one.count) for one in second.handlers] == [("suzuki", 1)]


def test_a_note_about_a_customer_needs_no_call(engine: Engine) -> None:
    pinned = NoteText(UUID(int=9), None, 1, NoteKind.PINNED, "大きな声で", "sato", NOON)
    with writing(engine) as connection:
        assert save_note(connection, pinned)
        assert not save_note(connection, pinned)
    with reading(engine) as connection:
        assert [one.text for one in revisions(connection, pinned.note_id)] == ["大きな声で"]


def test_a_failure_in_the_middle_of_a_wrap_up_leaves_nothing(engine: Engine) -> None:
    _write(engine, OFFERED)
    with _refused_rows(engine, "interaction"), pytest.raises(IntegrityError, match="boom"):
        _write(engine, DONE)
    assert _counts(engine)["note"] == 0
    assert _counts(engine)["operator"] == 0


def test_the_last_contact_never_goes_back_in_time(engine: Engine) -> None:
    _write(engine, OFFERED, DONE, replace(DONE, at=NOON - timedelta(days=3)))
    with reading(engine) as connection:
        assert connection.execute(select(func.max(customer.c.last_contact_at))).scalar_one() == DONE.at
        assert connection.execute(select(func.count()).select_from(interaction)).scalar_one() == 1
