"""Desks of a ring group on one database: one row per call whatever each desk knows of it, one winner."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from db.calls import CallRow, LegRow
from db.engine import open_engine, reading, writing
from db.kinds import CallFact, Direction, NoteKind, Outcome, Withheld
from db.models import call, call_event, call_leg, call_ref, note, operator
from db.notes import revisions
from db.sights import Sight, known_as, save_sight
from db.uuid7 import uuid7
from db.wrap_up import WrapUp, finish_call, note_id_of
from tests.postgres_server import PostgresServer

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NUMBER = 81422511234
OFFERED, ANSWERED, ELSEWHERE, MISSED = Outcome.OFFERED, Outcome.ANSWERED, Outcome.ELSEWHERE, Outcome.MISSED


def seen_by(
    who: str,
    outcome: Outcome = OFFERED,
    *,
    by: str = "",
    linked: str = "",
    dialled: str = "0312345678",
    after: float = 0,
    number: int | None = NUMBER,
    withheld: Withheld | None = None,
    call_no: int = 0,
) -> Sight:
    """A call as this operator's desk sees it; its key is made from operator and call, as it is on the desk."""
    at = NOON + timedelta(seconds=after)
    key = uuid7(at, lambda _bits: call_no * 1000 + sum(map(ord, who)))
    answered_at = at + timedelta(seconds=4) if outcome is ANSWERED else None
    row = CallRow(
        key, "desk phone", f"{who}-{call_no}", Direction.IN, at, outcome, f"0{number % 10**10}" if number else "",
        number, withheld=withheld, dialled=dialled, linked_id=linked, answered_at=answered_at, answered_by=by,
        operator=who if outcome is ANSWERED else "",
    )  # fmt: skip
    return Sight(row, (LegRow(UUID(int=key.int + 1), key, who, at, answered_at, outcome=outcome),), (), False)


def save(engine: Engine, *sights: Sight) -> list[UUID]:
    keys = []
    for one in sights:
        with writing(engine) as connection:
            keys.append(save_sight(connection, one))
    return keys


def calls(engine: Engine) -> list[tuple[Any, ...]]:
    """Each row's outcome, who answered as the source says, and whose it is."""
    asked = select(call.c.outcome, call.c.answered_by, operator.c.login).select_from(
        call.outerjoin(operator, operator.c.id == call.c.operator_id)
    )
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(asked.order_by(call.c.offered_at))]


def count(engine: Engine, table: Any) -> int:
    with reading(engine) as connection:
        found: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
        return found


# --- one row


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_desk_that_has_the_linked_id_and_one_that_has_none_see_one_call(
    engine: Engine, order: tuple[int, ...]
) -> None:
    desks = seen_by("abe", linked="1.7"), seen_by("ito", after=0.3), seen_by("kato", linked="1.7", after=0.6)
    save(engine, *(desks[place] for place in order))
    assert len(calls(engine)) == 1


@pytest.mark.parametrize(
    ("dialled", "rows"), [("", 1), ("+81312345678", 1), ("0398765432", 2)], ids=["unknown", "written so", "another"]
)
def test_the_number_that_was_rung_is_the_same_as_far_as_both_know(engine: Engine, dialled: str, rows: int) -> None:
    save(engine, seen_by("abe"), seen_by("ito", dialled=dialled))
    assert len(calls(engine)) == rows


def test_two_linked_ids_are_two_calls_however_near(engine: Engine) -> None:
    save(engine, seen_by("abe", linked="1.7"), seen_by("ito", linked="1.8"))
    assert len(calls(engine)) == 2


def test_a_header_that_never_changes_leaves_number_and_time_to_say_what_is_one(engine: Engine) -> None:
    save(engine, seen_by("abe", MISSED, linked="PBX", after=-20_000))
    save(engine, *(seen_by(who, linked="PBX", call_no=1) for who in ("abe", "ito", "kato")))
    assert len(calls(engine)) == 2


def test_a_withheld_caller_of_a_ring_group_is_one_call_and_a_numbered_one_beside_him_another(engine: Engine) -> None:
    hidden = [seen_by(who, number=None, withheld=Withheld.ANONYMOUS, call_no=1) for who in ("abe", "ito")]
    save(engine, hidden[0], seen_by("kato"), hidden[1])
    assert len(calls(engine)) == 2


def test_two_colleagues_who_ring_two_desks_are_two_calls(engine: Engine) -> None:
    first, second = (
        replace(one, row=replace(one.row, direction=Direction.INTERNAL, number=number))
        for one, number in ((seen_by("abe", number=None), "201"), (seen_by("ito", number=None), "202"))
    )
    save(engine, first, second)
    assert len(calls(engine)) == 2


def test_two_people_behind_one_number_who_ring_three_desks_are_two_rows(engine: Engine) -> None:
    sights = [seen_by(who, after=number / 2, call_no=number) for who in ("abe", "ito", "kato") for number in (0, 1)]
    save(engine, *sights)
    assert len(calls(engine)) == 2
    assert count(engine, call_leg) == 6


# --- a linked id that is learnt late


def test_two_rows_that_turn_out_to_be_one_call_become_one_with_all_that_hangs_on_them(engine: Engine) -> None:
    """A caller without a number: nothing but the linked id says that these are one."""
    first = seen_by("abe", ANSWERED, by="201", linked="1.7", number=None, dialled="0312345678")
    second = seen_by("ito", MISSED, number=None, dialled="0398765432")
    save(engine, first, second)
    assert len(calls(engine)) == 2
    with writing(engine) as connection:
        finish_call(connection, WrapUp(second.row.id, None, "ito", NOON, "rang out here"))
    (kept,) = save(engine, replace(second, row=replace(second.row, linked_id="1.7")))
    assert kept == first.row.id
    assert calls(engine) == [(ANSWERED, "201", "abe")]
    save(engine, second)
    with reading(engine) as connection:
        assert known_as(connection, second.row.id) == first.row.id
        assert set(connection.execute(select(note.c.call_id)).scalars()) == {first.row.id}
        assert revisions(connection, note_id_of(second.row.id, NoteKind.BODY))[-1].text == "rang out here"
        assert set(connection.execute(select(call_ref.c.call_id)).scalars()) == {first.row.id}
        assert set(connection.execute(select(call_leg.c.call_id)).scalars()) == {first.row.id}


@pytest.mark.parametrize("order", [1, -1])
def test_a_number_in_one_of_two_rows_that_are_one_is_forgotten_if_the_other_withholds_it(
    engine: Engine, order: int
) -> None:
    shown = seen_by("abe", dialled="0312345678")
    hidden = seen_by("ito", number=None, withheld=Withheld.ANONYMOUS, dialled="0398765432")
    both = (shown, hidden)[::order]
    save(engine, *both, *(replace(one, row=replace(one.row, linked_id="1.7")) for one in both), shown)
    with reading(engine) as connection:
        (row,) = connection.execute(select(call.c.number, call.c.e164, call.c.withheld)).all()
        facts = connection.execute(select(call_event.c.facts).where(call_event.c.kind == CallFact.OFFERED)).scalars()
        assert "422511234" not in repr([*facts])
    assert tuple(row) == (None, None, Withheld.ANONYMOUS)


# --- one winner


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_desk_that_knows_that_it_answered_is_the_winner_whoever_writes_first(
    engine: Engine, order: tuple[int, ...]
) -> None:
    """Two second contacts take the call for theirs, as they can't tell; the third is told by the PBX's events."""
    desks = seen_by("abe", ANSWERED), seen_by("ito", ANSWERED, by="202"), seen_by("kato", ANSWERED)
    save(engine, *(desks[place] for place in order), *desks)
    assert calls(engine) == [(ANSWERED, "202", "ito")]


@pytest.mark.parametrize("order", [1, -1])
def test_a_desk_that_hears_who_answered_does_not_take_it_from_the_one_who_did(engine: Engine, order: int) -> None:
    save(engine, *(seen_by("ito", ANSWERED, by="202"), seen_by("abe", ELSEWHERE, by="202"))[::order])
    assert calls(engine) == [(ANSWERED, "202", "ito")]


def test_of_desks_that_can_not_tell_the_first_is_the_winner_until_he_says_that_it_was_not_he(engine: Engine) -> None:
    save(engine, seen_by("abe", ANSWERED), seen_by("ito", ANSWERED), seen_by("abe", ANSWERED))
    assert calls(engine) == [(ANSWERED, None, "abe")]
    save(engine, seen_by("abe", ELSEWHERE))
    assert calls(engine) == [(ANSWERED, None, "ito")]
    save(engine, seen_by("ito", ELSEWHERE))
    assert calls(engine) == [(ELSEWHERE, None, None)]


# --- at once, on a server


def _shuffled(chance: Random, sights: Sequence[Sight]) -> list[Sight]:
    return chance.sample(sights, len(sights))


def _lives(chance: Random, who: str, number: int, winner: int | None, place: int, *, is_linked: bool) -> list[Sight]:
    """What this desk of a ring group writes of one call, first to last; half of the desks have no linked id."""
    linked = f"1.{number}" if is_linked and chance.random() < 0.5 else ""
    last = MISSED if winner is None else ANSWERED if winner == place else chance.choice([MISSED, ELSEWHERE])
    by = str(200 + place) if last is ANSWERED else ""
    told = {"linked": linked, "call_no": number, "number": 81900000000 + number, "after": chance.uniform(0, 2)}
    return [seen_by(who, OFFERED, **told), seen_by(who, last, by=by, **told)]  # type: ignore[arg-type]  # one dict


@pytest.mark.parametrize("desks", [3, 5])
def test_desks_that_write_at_once_make_one_row_per_call_with_one_winner(
    postgres: PostgresServer, postgres_engine: Engine, emptied_on_server: str, desks: int, tmp_path: Any
) -> None:
    chance, calls_made = Random(desks), 60
    winners = [chance.choice([None, *range(desks)]) for _ in range(calls_made)]
    together, failures = Barrier(desks), list[BaseException]()

    def work(place: int) -> None:
        mine, who = Random(place), f"desk{place}"
        own = open_engine(postgres.url(emptied_on_server), tmp_path)
        try:
            for number in range(calls_made):
                together.wait(60)
                save(own, *_lives(mine, who, number, winners[number], place, is_linked=number % 2 == 0))
        except BaseException as error:
            failures.append(error)
            together.abort()
            raise
        finally:
            own.dispose()

    threads = [Thread(target=work, args=(place,)) for place in range(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with reading(postgres_engine) as connection:
        asked = select(call.c.e164, call.c.outcome, operator.c.login).select_from(
            call.outerjoin(operator, operator.c.id == call.c.operator_id)
        )
        found = {row.e164 - 81900000000: row for row in connection.execute(asked)}
    assert count(postgres_engine, call) == calls_made == len(found)
    assert count(postgres_engine, call_leg) == calls_made * desks
    for number, winner in enumerate(winners):
        if winner is not None:
            assert (found[number].outcome, found[number].login) == (ANSWERED, f"desk{winner}")
        else:
            assert (found[number].outcome, found[number].login) == (MISSED, None)
