"""One call that several desks see is one row with everybody's legs; what each desk writes stays its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from db.calls import CallListRow, CallRow, CandidateRow, LegRow, calls_between
from db.engine import reading, writing
from db.kinds import CallFact, Direction, EndCause, NoteKind, Outcome, Reason, Withheld
from db.models import call, call_candidate, call_event, call_leg, call_ref, customer, interaction, note
from db.notes import revisions
from db.same_call import NEAR, STILL_LINKED
from db.sights import Sight, known_as, save_sight
from db.uuid7 import uuid7
from db.wrap_up import WrapUp, finish_call, note_id_of

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_customer(engine: Engine) -> None:
    row = {"id": 1, "customer_no": "C-1", "kind": "person", "name": "髙橋 一郎", "lifecycle_stage": "active"}
    with writing(engine) as connection:
        connection.execute(customer.insert().values(row | {"created_at": NOON}))


def seen_by(
    who: str,
    outcome: Outcome = Outcome.OFFERED,
    at: datetime = NOON,
    linked_id: str = "",
    number: int | None = 81422511234,
) -> Sight:
    """A call as this operator's desk sees it; its key is made from operator and time."""
    key = uuid7(at, lambda _bits: sum(map(ord, who)))
    row = CallRow(
        key, "desk phone", f"{who}@pbx", Direction.IN, at, outcome, str(number or ""), number, dialled="0312345678",
        linked_id=linked_id, operator=who if outcome is Outcome.ANSWERED else "",
        answered_at=at if outcome is Outcome.ANSWERED else None,
    )  # fmt: skip
    return Sight(row, (LegRow(UUID(int=key.int + 1), key, who, at, row.answered_at, outcome=outcome),), (), False)


def save(engine: Engine, *sights: Sight) -> list[UUID]:
    keys = []
    for one in sights:
        with writing(engine) as connection:
            keys.append(save_sight(connection, one))
    return keys


@pytest.fixture
def rows(engine: Engine) -> Callable[[], list[CallListRow]]:
    def listed() -> list[CallListRow]:
        with reading(engine) as connection:
            return list(calls_between(connection, NOON - timedelta(days=1), NOON + timedelta(days=1)))

    return listed


def legs(engine: Engine) -> Iterator[tuple[UUID, str]]:
    with reading(engine) as connection:
        yield from connection.execute(select(call_leg.c.call_id, call_leg.c.who).order_by(call_leg.c.who))


def test_five_desks_of_a_ring_group_make_one_row_with_five_legs(
    engine: Engine, rows: Callable[[], list[CallListRow]]
) -> None:
    desks = "abe", "ito", "kato", "mori", "sato"
    keys = save(engine, *(seen_by(who, at=NOON + NEAR * place / 5) for place, who in enumerate(desks)))
    assert len(set(keys)) == len(rows()) == 1
    assert list(legs(engine)) == [(keys[0], who) for who in desks]


@pytest.mark.parametrize("order", list(permutations((Outcome.MISSED, Outcome.ELSEWHERE, Outcome.ANSWERED))))
def test_a_call_is_missed_only_if_nobody_answered_whoever_writes_last(
    engine: Engine, rows: Callable[[], list[CallListRow]], order: tuple[Outcome, ...]
) -> None:
    save(engine, *(seen_by(f"desk{place}", outcome) for place, outcome in enumerate(order)))
    assert [(one.outcome, one.answered_at) for one in rows()] == [(Outcome.ANSWERED, NOON)]


def test_a_call_that_everybody_missed_is_missed_once(engine: Engine, rows: Callable[[], list[CallListRow]]) -> None:
    for outcome in (Outcome.OFFERED, Outcome.MISSED):
        save(engine, seen_by("abe", outcome), seen_by("ito", outcome))
    assert [one.outcome for one in rows()] == [Outcome.MISSED]


def test_an_answer_taken_back_by_the_desk_itself_is_taken_from_the_call(
    engine: Engine, rows: Callable[[], list[CallListRow]]
) -> None:
    save(engine, seen_by("abe", Outcome.ANSWERED), seen_by("abe", Outcome.ELSEWHERE))
    assert [one.outcome for one in rows()] == [Outcome.ELSEWHERE]


@pytest.mark.parametrize(
    "other",
    [
        seen_by("ito", at=NOON + NEAR * 2),
        seen_by("ito", number=81312345678),
        seen_by("abe", at=NOON + NEAR / 2),
        seen_by("ito", number=None),
    ],
    ids=["later", "another caller", "the same desk", "withheld"],
)
def test_calls_that_may_be_two_stay_two(engine: Engine, rows: Callable[[], list[CallListRow]], other: Sight) -> None:
    save(engine, seen_by("abe"), other)
    assert len(rows()) == 2


def test_a_linked_id_is_one_call_however_late_a_queue_rings_the_next_desk(
    engine: Engine, rows: Callable[[], list[CallListRow]]
) -> None:
    first = seen_by("abe", Outcome.MISSED, linked_id="L1")
    first = replace(first, row=replace(first.row, ended_at=NOON + timedelta(minutes=5), end_cause=EndCause.CANCELLED))
    save(engine, first, seen_by("ito", Outcome.ANSWERED, at=NOON + timedelta(minutes=5, seconds=30), linked_id="L1"))
    assert [one.outcome for one in rows()] == [Outcome.ANSWERED]


def test_a_header_that_says_the_same_of_every_call_is_no_linked_id(
    engine: Engine, rows: Callable[[], list[CallListRow]]
) -> None:
    first = seen_by("abe", Outcome.MISSED, linked_id="PBX")
    first = replace(first, row=replace(first.row, ended_at=NOON))
    another_caller = seen_by("ito", linked_id="PBX", number=81312345678)
    again = seen_by("mori", linked_id="PBX", at=NOON + STILL_LINKED * 2)
    save(engine, first, another_caller, again)
    assert len(rows()) == 3


def test_who_hands_a_call_on_and_who_takes_it_each_keep_a_note(
    engine: Engine, rows: Callable[[], list[CallListRow]]
) -> None:
    sights = [seen_by(who, Outcome.ANSWERED, linked_id="L1") for who in ("abe", "ito")]
    (call_id, _same) = save(engine, *sights)
    for one, text in zip(sights, ("abe's words", "ito's words"), strict=True):
        with writing(engine) as connection:
            finish_call(connection, WrapUp(one.row.id, 1, one.legs[0].who, NOON, text))
    with reading(engine) as connection:
        texts = [revisions(connection, note_id_of(one.row.id, NoteKind.BODY))[-1].text for one in sights]
        assert texts == ["abe's words", "ito's words"]
        assert set(connection.execute(select(note.c.call_id)).scalars()) == {call_id}
        assert connection.execute(select(func.count()).select_from(interaction)).scalar_one() == 2
        assert known_as(connection, sights[1].row.id) == call_id
    assert len(rows()) == 1, "two contacts, one call"


def test_the_desk_that_chose_is_not_overruled_by_one_that_only_rang(engine: Engine) -> None:
    chosen = replace(seen_by("abe"), candidates=(CandidateRow(1, Reason.EXACT, is_chosen=True),))
    chosen = replace(chosen, row=replace(chosen.row, customer_id=1))
    save(engine, chosen, replace(seen_by("ito"), candidates=(CandidateRow(1, Reason.EXACT),)))
    with reading(engine) as connection:
        assert connection.execute(select(call.c.customer_id)).scalar_one() == 1
        assert connection.execute(select(call_candidate.c.is_chosen)).scalar_one()


def test_what_sources_said_is_kept_once_however_often_it_is_written(engine: Engine) -> None:
    over = seen_by("abe", Outcome.ANSWERED)
    over = replace(over, row=replace(over.row, ended_at=NOON + NEAR, end_cause=EndCause.HUNG_UP))
    save(engine, seen_by("abe"), over, over, seen_by("ito"))
    with reading(engine) as connection:
        told = connection.execute(select(call_event.c.kind).order_by(call_event.c.at, call_event.c.kind)).scalars()
        assert list(told) == [CallFact.ANSWERED, CallFact.OFFERED, CallFact.OFFERED, CallFact.ENDED]


def test_desks_that_write_at_the_same_moment_make_one_row(
    engine: Engine, rows: Callable[[], list[CallListRow]]
) -> None:
    together = Barrier(4)

    def write(who: str) -> None:
        together.wait()
        save(engine, seen_by(who))

    threads = [Thread(target=write, args=(f"desk{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows()) == 1
    assert len(list(legs(engine))) == 4


# --- withheld wins

HIDING = {"number": "", "e164": None, "withheld": Withheld.ANONYMOUS}


def test_a_number_that_one_desk_is_told_and_another_not_stays_in_no_table(engine: Engine) -> None:
    shown, hidden = seen_by("abe", linked_id="1.7"), seen_by("ito", linked_id="1.7")
    shown = replace(shown, candidates=(CandidateRow(1, Reason.SUFFIX),))
    hidden = replace(hidden, row=replace(hidden.row, **HIDING))
    for order in ((shown, hidden, shown), (hidden, shown, hidden)):
        with writing(engine) as connection:
            for table in (call_candidate, call_event, call_leg, call_ref, call):
                connection.execute(table.delete())
        save(engine, *order)
        with reading(engine) as connection:
            (row,) = connection.execute(select(call)).all()
            facts = connection.execute(select(call_event.c.facts)).scalars().all()
            guessed = connection.execute(select(call_candidate)).all()
        assert (row.number, row.e164, row.withheld, guessed) == (None, None, Withheld.ANONYMOUS, [])
        assert facts
        assert "422511234" not in repr(facts)


def test_an_operators_own_calls_are_those_that_rang_there_or_were_taken_there(
    engine: Engine, rows: Callable[[], list[CallListRow]]
) -> None:
    save(engine, seen_by("abe", at=NOON), seen_by("sato", at=NOON + NEAR / 2))
    save(engine, seen_by("ito", at=NOON + timedelta(hours=2)))

    def own(login: str) -> list[UUID]:
        with reading(engine) as connection:
            day = NOON - timedelta(days=1), NOON + timedelta(days=1)
            return [one.call_id for one in calls_between(connection, *day, login)]

    later, first = (one.call_id for one in rows())
    assert (own("abe"), own("sato"), own("ito"), own("mori")) == ([first], [first], [later], [])
