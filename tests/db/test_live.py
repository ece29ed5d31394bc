"""What desks tell of their operators, and who waits: on both databases, several desks at once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine

from db.calls import CallRow, save_call
from db.engine import reading, writing
from db.kinds import Direction, Doing, EndCause, Outcome
from db.live.presence import Present, Sign, Waits, leave, present, sign
from db.live.waiting import ringing
from db.operators import operator_id

NOW = datetime(2026, 11, 21, 5, 12, tzinfo=UTC)


def tell(engine: Engine, who: str, doing: Doing = Doing.READY, for_s: int = 0, at: datetime = NOW) -> None:
    """`who` is a login and the name of a desk."""
    login, desk = who.split("@")
    with writing(engine) as on:
        sign(on, Sign(login, desk, doing, at - timedelta(seconds=for_s), at))


def seen(engine: Engine, at: datetime = NOW) -> list[Present]:
    with reading(engine) as on:
        return list(present(on, at))


def rings(engine: Engine, seconds_ago: int, **told: object) -> UUID:
    row = CallRow(uuid4(), "pbx", str(uuid4()), Direction.IN, NOW - timedelta(seconds=seconds_ago), Outcome.OFFERED)
    for name, value in told.items():
        object.__setattr__(row, name, value)
    with writing(engine) as on:
        save_call(on, row)
    return row.id


def who_rings(engine: Engine) -> list[Waits]:
    with reading(engine) as on:
        return sorted(ringing(on, NOW), key=lambda one: one.since)


def test_each_desk_has_its_operator_by_name_with_state_and_since(engine: Engine) -> None:
    with writing(engine) as on:
        operator_id(on, "sato")
    tell(engine, "sato@desk-1", Doing.ON_CALL, for_s=90)
    tell(engine, "tanaka@desk-2")
    sato, tanaka = seen(engine)
    assert (sato.name, sato.doing, sato.seen_at - sato.since) == ("sato", Doing.ON_CALL, timedelta(seconds=90))
    assert (tanaka.name, tanaka.desk, tanaka.since) == ("tanaka", "desk-2", tanaka.seen_at)


def test_a_sign_of_the_same_desk_renews_its_row(engine: Engine) -> None:
    tell(engine, "sato@desk-1")
    tell(engine, "sato@desk-1", Doing.BREAK)
    assert [one.doing for one in seen(engine)] == [Doing.BREAK]


def test_who_sat_there_before_has_left_the_desk(engine: Engine) -> None:
    tell(engine, "sato@desk-1")
    tell(engine, "tanaka@desk-1")
    assert [one.login for one in seen(engine)] == ["tanaka"]


def test_a_desk_that_ends_is_gone_and_others_stay(engine: Engine) -> None:
    tell(engine, "sato@desk-1")
    tell(engine, "tanaka@desk-2")
    with writing(engine) as on:
        leave(on, "desk-1")
    assert [one.login for one in seen(engine)] == ["tanaka"]


def test_a_desk_whose_clock_is_wrong_is_no_less_alive_where_a_server_has_the_time(engine: Engine) -> None:
    tell(engine, "sato@desk-1", Doing.AFTER_CALL, for_s=30, at=NOW - timedelta(days=400))
    if engine.dialect.name == "sqlite":  # one PC, one clock
        assert seen(engine) == []
        return
    (one,) = seen(engine)
    assert abs(NOW - one.seen_at) < timedelta(minutes=1)
    assert one.seen_at - one.since == timedelta(seconds=30)


def test_each_who_rings_is_told_with_queue_or_line_and_since_when_he_waits(engine: Engine) -> None:
    rings(engine, 20, queue="sales", waiting_since=NOW - timedelta(seconds=95), line="Main shop", linked_id="pbx-1.7")
    rings(engine, 40, line="Main shop")
    assert who_rings(engine) == [
        Waits("pbx-1.7", "sales", NOW - timedelta(seconds=95)),
        Waits("", "Main shop", NOW - timedelta(seconds=40)),
    ]


def test_who_waits_in_the_queues_comes_with_the_sign_by_how_long_whatever_the_desks_clock_says(engine: Engine) -> None:
    wrong = NOW - timedelta(hours=3)
    waits = Waits("pbx-1.7", "注文窓口", wrong - timedelta(seconds=95)), Waits("", "sales", wrong)
    with writing(engine) as on:
        sign(on, Sign("sato", "desk-1", Doing.READY, wrong, wrong, waits))
    with reading(engine) as on:
        (one,) = present(on, NOW)
    assert one.waiting is not None
    told = [(told.linked_id, told.where, (one.seen_at - told.since).total_seconds()) for told in one.waiting]
    assert told == [("pbx-1.7", "注文窓口", 95.0), ("", "sales", 0.0)]


def test_a_queue_that_is_empty_is_another_thing_than_one_that_is_not_seen(engine: Engine) -> None:
    for waiting in ((Waits("1", "sales", NOW),), (), None):
        with writing(engine) as on:
            sign(on, Sign("sato", "desk-1", Doing.READY, NOW, NOW, waiting))
        (one,) = seen(engine)
        assert (one.waiting is None, len(one.waiting or ())) == (waiting is None, len(waiting or ()))


def test_nobody_waits_who_was_answered_gave_up_goes_out_or_was_left_ringing_by_a_killed_desk(engine: Engine) -> None:
    rings(engine, 20, answered_at=NOW, outcome=Outcome.ANSWERED)
    rings(engine, 20, ended_at=NOW, outcome=Outcome.MISSED, end_cause=EndCause.CANCELLED)
    rings(engine, 20, direction=Direction.OUT)
    rings(engine, 601)
    assert who_rings(engine) == []
