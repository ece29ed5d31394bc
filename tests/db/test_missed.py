"""Missed calls in the records: found whichever desk saw them, with answers and marks, on both databases."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, update

from db.by_hand import Contact, save_contact
from db.calls import CallRow, LegRow
from db.engine import reading, writing
from db.kinds import Channel, Direction, Outcome
from db.missed import Mark, MissedFacts, mark, missed_since
from db.models import customer
from db.sights import Sight, save_sight
from tests.db.conftest import NOW

START = NOW - timedelta(days=14)
NUMBER = 81335814111


def rung(
    connection: Connection, outcome: Outcome, minutes: float = 0, *, who: str = "sato", e164: int | None = NUMBER,
    direction: Direction = Direction.IN, number: str = "0335814111", customer_id: int | None = None,
) -> UUID:  # fmt: skip
    key, at = uuid4(), NOW + timedelta(minutes=minutes)
    row = CallRow(
        id=key, source="phone", source_id=str(key), direction=direction, offered_at=at, outcome=outcome,
        number=number, e164=e164, dialled="0312345678", line="Main shop", customer_id=customer_id,
        operator=who if outcome is Outcome.ANSWERED else "",
    )  # fmt: skip
    return save_sight(connection, Sight(row, (LegRow(uuid4(), key, who, at, outcome=outcome),), (), False))


def found(engine: Engine, login: str = "sato") -> MissedFacts:
    with reading(engine) as connection:
        return missed_since(connection, START, login)


def test_missed_calls_are_found_newest_first_and_say_where_they_rang(engine: Engine) -> None:
    with writing(engine) as connection:
        old = rung(connection, Outcome.MISSED, -1)
        new = rung(connection, Outcome.MISSED, 1, who="suzuki")
        rung(connection, Outcome.MISSED, -60 * 24 * 15)
        rung(connection, Outcome.OFFERED, 2)
        rung(connection, Outcome.MISSED, 3, direction=Direction.INTERNAL)
    assert [(one.call_id, one.rang_here) for one in found(engine).calls] == [(new, False), (old, True)]
    assert [one.rang_here for one in found(engine, "suzuki").calls] == [True, False]


def test_answers_and_calls_back_of_those_numbers_alone_are_told(engine: Engine) -> None:
    with writing(engine) as connection:
        rung(connection, Outcome.MISSED)
        rung(connection, Outcome.MISSED, e164=None, number="999")
        answered = rung(connection, Outcome.ANSWERED, 5, who="suzuki")
        back = rung(connection, Outcome.ANSWERED, 6, direction=Direction.OUT)
        short = rung(connection, Outcome.ELSEWHERE, 7, e164=None, number="999")
        rung(connection, Outcome.ANSWERED, 8, e164=81312345678, number="0312345678")
        rung(connection, Outcome.OFFERED, 9, direction=Direction.OUT)
    told = found(engine).answers
    assert [one.call_id for one in told] == [short, back, answered]
    assert [(one.direction, one.by) for one in told[1:]] == [(Direction.OUT, "sato"), (Direction.IN, "suzuki")]


def test_a_call_back_to_another_number_and_a_contact_written_by_hand_tell_whose_they_are(demo: Engine) -> None:
    with writing(demo) as connection:
        rung(connection, Outcome.MISSED, customer_id=1)
        back = rung(connection, Outcome.ANSWERED, 5, e164=819011112222, direction=Direction.OUT, customer_id=1)
        rung(connection, Outcome.ANSWERED, 6, e164=819011112222, customer_id=1)
        rung(connection, Outcome.ANSWERED, 6, e164=819011112222, direction=Direction.OUT, customer_id=2)
        for whose, channel in ((1, Channel.PHONE), (1, Channel.MAIL), (2, Channel.PHONE)):
            at = NOW + timedelta(minutes=7)
            save_contact(connection, Contact(uuid4(), whose, "suzuki", at, channel, Direction.OUT, "折り返した"))
    told = [one for one in found(demo).answers if one.at > NOW]
    assert told[0].call_id == back
    assert [(one.direction, one.customer_id, one.number) for one in told] == [
        (Direction.OUT, 1, "0335814111"),
        (Direction.OUT, 1, ""),
    ]


def test_a_mark_is_written_once_for_all_desks_and_taking_it_back_is_kept_too(engine: Engine) -> None:
    with writing(engine) as connection:
        call_id = rung(connection, Outcome.MISSED)
    done = Mark(uuid4(), call_id, NOW + timedelta(minutes=5), "suzuki", is_done=True)
    for made in (done, done, Mark(uuid4(), call_id, NOW + timedelta(minutes=6), "sato", is_done=False)):
        with writing(engine) as connection:
            mark(connection, made)
    marks = found(engine).marks
    assert [(one.call_id, one.by, one.is_done) for one in marks] == [
        (call_id, "sato", False),
        (call_id, "suzuki", True),
    ]
    assert marks[1].at == done.at


def test_what_an_erased_customer_missed_is_not_listed(demo: Engine) -> None:
    with writing(demo) as connection:
        call_id = rung(connection, Outcome.MISSED, customer_id=1)
    assert call_id in [one.call_id for one in found(demo).calls]
    with writing(demo) as connection:
        connection.execute(update(customer).where(customer.c.id == 1).values(erased_at=NOW))
    assert call_id not in [one.call_id for one in found(demo).calls]
