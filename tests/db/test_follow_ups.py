"""Follow-ups: written once, listed for whom they are, done by whoever is first."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, select, update

from db.calls import CallRow, LegRow
from db.demo import CUSTOMER_NUMBER
from db.engine import reading, writing
from db.follow_ups import (
    _LISTED,
    Kept,
    OpenFollowUp,
    Promise,
    PutOff,
    Reassigned,
    Tried,
    all_open_follow_ups,
    count_by_operator,
    follow_ups_of,
    keep,
    open_follow_ups,
    promise,
    put_off,
    reassign,
    reopen,
    tried,
)
from db.kinds import Direction, FollowUpKind, Outcome
from db.models import customer, follow_up, operator
from db.sights import Sight, save_sight
from tests.db.conftest import NOW


def promised(hours: float = 1, assignee: str = "sato", call_id: UUID | None = None, who: int | None = 1) -> Promise:
    due = NOW + timedelta(hours=hours)
    return Promise(uuid4(), call_id, who, FollowUpKind.CALLBACK, due, assignee, "配送日の確認", NOW)


def rung(connection: Connection, call_id: UUID, who: str) -> UUID:
    row = CallRow(
        id=call_id, source=f"phone of {who}", source_id=str(call_id), direction=Direction.IN, offered_at=NOW,
        outcome=Outcome.ANSWERED, number="0335814111", e164=81335814111,
    )  # fmt: skip
    legs = (LegRow(uuid4(), call_id, who, NOW, None, None, None, Outcome.ANSWERED),)
    return save_sight(connection, Sight(row, legs, (), False))


def test_a_follow_up_sent_twice_is_one(demo: Engine) -> None:
    new = promised()
    for _again in range(2):
        with writing(demo) as connection:
            promise(connection, new)
    with reading(demo) as connection:
        rows = connection.execute(select(follow_up).where(follow_up.c.id == new.follow_up_id)).all()
    assert [(row.kind, row.due_at, row.text) for row in rows] == [("callback", new.due_at, "配送日の確認")]


def test_an_operator_sees_his_own_and_the_teams_by_their_due_time(engine: Engine) -> None:
    with writing(engine) as connection:
        for one in (
            promised(3, "sato", who=None), promised(1, "", who=None), promised(2, "suzuki", who=None),
        ):  # fmt: skip
            promise(connection, one)
    with reading(engine) as connection:
        found = open_follow_ups(connection, "sato")
    assert [one.login for one in found] == ["", "sato"]


def test_the_list_names_the_customer_and_the_number_to_call_back(demo: Engine) -> None:
    with writing(demo) as connection:
        key = rung(connection, uuid4(), "sato")
        with_call, without = promised(1, "newcomer", key), promised(2, "newcomer")
        promise(connection, with_call)
        promise(connection, without)
    with reading(demo) as connection:
        found = open_follow_ups(connection, "newcomer")
        name = connection.execute(select(customer.c.name).where(customer.c.id == 1)).scalar_one()
    mine = [one for one in found if one.login == "newcomer"]
    assert mine[0].number == "0335814111"
    assert mine[1].number.replace("-", "").endswith(CUSTOMER_NUMBER[-8:])
    assert {one.customer for one in mine} == {name}


def test_who_is_first_has_done_it(demo: Engine) -> None:
    new = promised()
    with writing(demo) as connection:
        promise(connection, new)
        assert keep(connection, Kept(new.follow_up_id, "suzuki", NOW + timedelta(hours=1)))
        assert not keep(connection, Kept(new.follow_up_id, "sato", NOW + timedelta(hours=2)))
    with reading(demo) as connection:
        asked = select(operator.c.login, follow_up.c.done_at, follow_up.c.version_id).join_from(
            follow_up, operator, follow_up.c.done_by_id == operator.c.id
        )
        row = connection.execute(asked.where(follow_up.c.id == new.follow_up_id)).one()
        left = {one.follow_up_id for one in open_follow_ups(connection, "sato")}
    assert tuple(row) == ("suzuki", NOW + timedelta(hours=1), 2)
    assert new.follow_up_id not in left


def test_a_follow_up_of_a_call_that_another_desk_made_hangs_on_its_row(demo: Engine) -> None:
    first, second = uuid4(), uuid4()
    with writing(demo) as connection:
        rung(connection, first, "sato")
        row = rung(connection, second, "suzuki")
        promise(connection, promised(call_id=second))
    assert row == first
    with reading(demo) as connection:
        assert [one.call_id for one in follow_ups_of(connection, second)] == [first]


def test_a_follow_up_for_a_customer_who_was_merged_is_the_kept_ones(demo: Engine) -> None:
    new = replace(promised(), customer_id=3)
    with writing(demo) as connection:
        connection.execute(update(customer).where(customer.c.id == 3).values(merged_into_id=1))
        promise(connection, new)
    with reading(demo) as connection:
        asked = select(follow_up.c.customer_id).where(follow_up.c.id == new.follow_up_id)
        assert connection.execute(asked).scalar_one() == 1


def test_what_was_promised_to_an_erased_customer_is_not_listed(demo: Engine) -> None:
    with writing(demo) as connection:
        promise(connection, promised(assignee="newcomer"))
        connection.execute(update(customer).where(customer.c.id == 1).values(erased_at=NOW))
    with reading(demo) as connection:
        assert [one for one in open_follow_ups(connection, "newcomer") if one.customer_id == 1] == []


def test_a_follow_up_is_put_off_unless_it_is_done_and_is_open_again_when_that_was_a_mistake(engine: Engine) -> None:
    new, later = promised(who=None), NOW + timedelta(days=1)
    with writing(engine) as connection:
        promise(connection, new)
        assert put_off(connection, PutOff(new.follow_up_id, later)) is True
        assert put_off(connection, PutOff(new.follow_up_id, later)) is False
        assert [one.due_at for one in open_follow_ups(connection, "sato")] == [later]
        assert reopen(connection, new.follow_up_id) is False
        keep(connection, Kept(new.follow_up_id, "sato", NOW))
        assert put_off(connection, PutOff(new.follow_up_id, NOW)) is False
        assert reopen(connection, new.follow_up_id) is True
        assert [one.due_at for one in open_follow_ups(connection, "sato")] == [later]


def test_an_attempt_is_counted_once_however_often_it_is_sent_and_never_after_it_was_done(engine: Engine) -> None:
    made = promised(1, who=None)
    later = Tried(made.follow_up_id, 2, NOW + timedelta(hours=3))
    with writing(engine) as connection:
        promise(connection, made)
        assert [tried(connection, later), tried(connection, later)] == [True, False]
    with reading(engine) as connection:
        (one,) = open_follow_ups(connection, "sato")
    assert (one.attempts, one.due_at) == (2, later.due_at)
    with writing(engine) as connection:
        keep(connection, Kept(made.follow_up_id, "sato", NOW))
        assert not tried(connection, replace(later, attempts=3))


def test_a_supervisor_sees_everybodys_by_operator_page_by_page(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three due at the same instant lie on two pages."""
    made = [promised(hours, who, who=None) for who in ("sato", "suzuki", "") for hours in (-2, 1, 1, 1, 40)]
    with writing(engine) as connection:
        for one in made:
            promise(connection, one)
        keep(connection, Kept(made[0].follow_up_id, "sato", NOW))
    monkeypatch.setattr("db.follow_ups._LISTED", _LISTED.limit(2))
    for whose in (None, "sato", "suzuki", ""):
        listed: list[OpenFollowUp] = []
        with reading(engine) as connection:
            while page := all_open_follow_ups(connection, whose, listed[-1] if listed else None):
                listed += page
        meant = [one for one in made[1:] if whose in (None, one.assignee)]
        assert {one.follow_up_id for one in listed} == {one.follow_up_id for one in meant}
        assert [one.due_at for one in listed] == sorted(one.due_at for one in meant)
    with reading(engine) as connection:
        counted = count_by_operator(connection, NOW, NOW + timedelta(hours=10))
    assert sorted((one.login, one.overdue, one.today, one.listed) for one in counted) == [
        ("", 1, 3, 5), ("sato", 0, 3, 4), ("suzuki", 1, 3, 5),
    ]  # fmt: skip
    assert counted[-1].login == "sato", "whoever is latest stands first"


def test_one_is_given_to_another_or_the_team_while_it_is_open(demo: Engine) -> None:
    one = promised(1, "sato")
    with writing(demo) as connection:
        promise(connection, one)
        assert reassign(connection, Reassigned(one.follow_up_id, "suzuki"))
        assert not reassign(connection, Reassigned(one.follow_up_id, "suzuki"))
    for login, sees in (("sato", False), ("suzuki", True)):
        with reading(demo) as connection:
            assert (one.follow_up_id in {each.follow_up_id for each in open_follow_ups(connection, login)}) is sees
    with writing(demo) as connection:
        assert reassign(connection, Reassigned(one.follow_up_id, ""))
        keep(connection, Kept(one.follow_up_id, "sato", NOW))
        assert not reassign(connection, Reassigned(one.follow_up_id, "sato"))
