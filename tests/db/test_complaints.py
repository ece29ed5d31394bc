"""Complaints from a desk: received once, moved on only by events, and nobody's words are lost."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.exc import DBAPIError

from db.complaints import (
    Handover,
    NewComplaint,
    Step,
    complaint_choices,
    hand_over,
    handler_of,
    is_own_work,
    number_for,
    receive,
    received_as,
    rewrite,
    step_told,
    steps_of,
    take_step,
)
from db.engine import reading, writing
from db.facts import ComplaintFact
from db.health import look_at
from db.kinds import COMPLAINT_STEPS, OPEN_STATES, ComplaintState
from db.models import complaint, complaint_event, customer
from db.pop import customer_facts
from tests.complaint_state import put_in_state
from tests.db.conftest import NOW

S = ComplaintState


def new(product: str = "", key: UUID | None = None, complaint_no: str = "K-261121-00001") -> NewComplaint:
    due = NOW + timedelta(days=3)
    return NewComplaint(key or uuid4(), complaint_no, 1, "配送遅延", 3, product, "suzuki", NOW, due, "届かない", "sato")


def step(to: ComplaintState, version: int, operator: str = "sato", words: str = "") -> Step:
    return Step(uuid4(), "K-261121-00001", version, to, NOW + timedelta(minutes=version), operator, words)


def on_card(engine: Engine, complaint_no: str = "K-261121-00001") -> ComplaintFact:
    with reading(engine) as connection:
        facts = customer_facts(connection, 1)
    assert facts is not None
    (found,) = [one for one in facts.complaints if one.complaint_no == complaint_no]
    return found


def received(engine: Engine) -> NewComplaint:
    made = new()
    with writing(engine) as connection:
        receive(connection, made)
    return made


def test_a_complaint_sent_twice_is_one_and_stands_open_on_the_card(demo: Engine) -> None:
    made = new()
    for _again in range(2):
        with writing(demo) as connection:
            receive(connection, made)
    shown = on_card(demo)
    assert (shown.category, shown.severity, shown.state, shown.is_open) == ("配送遅延", 3, S.RECEIVED, True)
    assert (shown.text, shown.due_at, shown.version_id) == ("届かない", made.due_at, 1)
    with reading(demo) as connection:
        events = steps_of(connection, shown.complaint_no)
        last = connection.execute(select(customer.c.last_contact_at).where(customer.c.id == 1)).scalar_one()
    assert [(one.key, one.from_state, one.to_state, one.who) for one in events] == [
        (made.key, None, S.RECEIVED, "佐藤 美咲")
    ]
    assert last == NOW


def test_two_complaints_that_hit_upon_one_number_are_both_there(demo: Engine) -> None:
    first, second = new(), replace(new(), category="応対", key=uuid4())
    with writing(demo) as connection:
        receive(connection, first)
        receive(connection, second)
        receive(connection, second)
    with reading(demo) as connection:
        assert received_as(connection, first.key) == ("K-261121-00001", "配送遅延", 3, "届かない")
        assert received_as(connection, second.key) == ("K-261121-00001A", "応対", 3, "届かない")
        assert received_as(connection, uuid4()) is None


def test_a_number_is_its_day_and_five_letters_that_come_from_the_key() -> None:
    key = UUID("018f0000-0000-7000-8000-000001ffffff")
    assert number_for(key, NOW) == "K-261121-ZZZZZ"
    assert number_for(UUID(int=33), NOW) == "K-261121-00011"


def test_the_whole_life_of_a_complaint_is_told_by_its_events(demo: Engine) -> None:
    received(demo)
    way = (S.ACKNOWLEDGED, S.INVESTIGATING, S.RESPONDING, S.RESOLVED, S.VERIFIED, S.CLOSED)
    for version, state in enumerate(way, start=1):
        with writing(demo) as connection:
            assert take_step(connection, step(state, version, words=f"{state} です"))
    with reading(demo) as connection:
        told = steps_of(connection, "K-261121-00001")[::-1]
        row = connection.execute(select(complaint).where(complaint.c.complaint_no == "K-261121-00001")).one()
    assert [one.to_state for one in told] == [S.RECEIVED, *way]
    assert [one.from_state for one in told] == [None, S.RECEIVED, *way[:-1]]
    times = (row.acknowledged_at, row.responded_at, row.resolved_at, row.verified_at, row.closed_at)
    assert times == tuple(NOW + timedelta(minutes=n) for n in (1, 3, 4, 5, 6))
    assert (row.resolution, row.version_id, row.reopened_count) == ("resolved です", 7, 0)
    assert [one.wrong for one in look_at(demo) if one.wrong] == []


def test_a_complaint_that_is_reopened_is_open_again_and_counted(demo: Engine) -> None:
    received(demo)
    with writing(demo) as connection:
        assert take_step(connection, step(S.RESOLVED, 1))
        assert take_step(connection, step(S.INVESTIGATING, 2, words="また届かない"))
    with reading(demo) as connection:
        row = connection.execute(select(complaint).where(complaint.c.complaint_no == "K-261121-00001")).one()
    assert (row.state, row.reopened_count, row.resolved_at) == (S.INVESTIGATING, 1, None)
    assert on_card(demo).is_open


def test_who_comes_too_late_is_told_and_his_words_stay(demo: Engine) -> None:
    received(demo)
    mine, theirs = step(S.ACKNOWLEDGED, 1, "sato", "電話で伝えた"), step(S.INVESTIGATING, 1, "suzuki", "倉庫に確認中")
    with writing(demo) as connection:
        assert take_step(connection, mine)
        assert not take_step(connection, theirs)
        assert not take_step(connection, theirs), "sent again"
    with reading(demo) as connection:
        told = step_told(connection, theirs.key)
        count = connection.execute(select(func.count()).where(complaint_event.c.id == theirs.key)).scalar_one()
    assert told is not None
    assert (told.from_state, told.to_state, told.words, count) == (S.ACKNOWLEDGED, S.ACKNOWLEDGED, "倉庫に確認中", 1)
    assert on_card(demo).state is S.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("state", "to"), [(one, to) for one in S for to in S if to not in COMPLAINT_STEPS[one] and one is not to]
)
def test_a_step_that_is_none_changes_nothing(sqlite_demo: Engine, state: ComplaintState, to: ComplaintState) -> None:
    received(sqlite_demo)
    with writing(sqlite_demo) as connection:
        put_in_state(connection, complaint.c.complaint_no == "K-261121-00001", state, NOW)
        assert not take_step(connection, step(to, 2, words="飛ばす"))
    shown = on_card(sqlite_demo)
    assert (shown.state, shown.version_id, shown.is_open) == (state, 2, state in OPEN_STATES)


def test_a_step_of_a_complaint_that_nobody_knows_is_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        assert not take_step(connection, step(S.ACKNOWLEDGED, 1))
        assert connection.execute(select(func.count()).select_from(complaint_event)).scalar_one() == 0


def test_two_desks_that_move_one_complaint_at_once_make_one_step_and_two_events(postgres_demo: Engine) -> None:
    received(postgres_demo)
    together, moved = threading.Barrier(2), []

    def move(to: ComplaintState, who: str) -> None:
        with writing(postgres_demo) as connection:
            together.wait(timeout=20)
            moved.append(take_step(connection, step(to, 1, who, who)))

    desks = [threading.Thread(target=move, args=one) for one in ((S.ACKNOWLEDGED, "sato"), (S.INVESTIGATING, "suzuki"))]
    for one in desks:
        one.start()
    for one in desks:
        one.join(timeout=30)
    assert sorted(moved) == [False, True]
    with reading(postgres_demo) as connection:
        told = steps_of(connection, "K-261121-00001")
    assert sorted(one.words for one in told) == ["", "sato", "suzuki"]
    assert on_card(postgres_demo).version_id == 2


def test_a_product_that_no_record_has_is_kept_in_words(demo: Engine) -> None:
    with reading(demo) as connection:
        known = complaint_choices(connection).products[0]
    with writing(demo) as connection:
        receive(connection, new(known))
        receive(connection, replace(new("幻の枕"), complaint_no="K-261121-00002"))
    with reading(demo) as connection:
        assert [one.words for one in steps_of(connection, "K-261121-00001")] == [""]
        assert [one.words for one in steps_of(connection, "K-261121-00002")] == ["幻の枕"]
        asked = select(complaint.c.product_id.is_not(None)).order_by(complaint.c.complaint_no)
        rows = connection.execute(asked.where(complaint.c.complaint_no.like("K-261121-%"))).scalars().all()
    assert rows == [True, False]


def test_a_note_that_is_written_on_stays_the_complaints_text_until_somebody_else_changes_it(demo: Engine) -> None:
    made = received(demo)
    with writing(demo) as connection:
        rewrite(connection, made.key, "届かない", "届かない。再配達を手配", None)
        rewrite(connection, made.key, "届かない", "古い", None)
    assert on_card(demo).text == "届かない。再配達を手配"


def test_a_complaint_goes_with_its_call_to_the_customer_whose_it_was_after_all(demo: Engine) -> None:
    made = received(demo)
    with writing(demo) as connection:
        rewrite(connection, made.key, "届かない", "届かない", 2)
    with reading(demo) as connection:
        asked = select(complaint.c.customer_id).where(complaint.c.complaint_no == made.complaint_no)
        assert connection.execute(asked).scalar_one() == 2
    assert [one.wrong for one in look_at(demo) if one.wrong] == []


def test_what_can_be_chosen_comes_from_the_records_most_used_first(demo: Engine) -> None:
    with writing(demo) as connection:
        for number in range(3):
            receive(connection, replace(new(), key=uuid4(), category="新しい申出", complaint_no=f"K-{number}"))
    with reading(demo) as connection:
        found = complaint_choices(connection)
        said = connection.execute(select(complaint.c.category)).scalars().all()
    assert sorted(found.categories) == sorted(set(said))
    times = [said.count(one) for one in found.categories]
    assert times == sorted(times, reverse=True)
    assert "新しい申出" in found.categories
    assert len(set(found.products)) == len(found.products) > 1
    assert any(login == "suzuki" for login, _name in found.operators)


def resolved(engine: Engine) -> None:
    received(engine)
    with writing(engine) as connection:
        assert take_step(connection, step(S.RESOLVED, 1, "sato", "sent anew"))


@pytest.mark.parametrize(
    ("who", "rule", "is_taken"), [("sato", True, False), ("suzuki", True, True), ("sato", False, True)]
)
def test_who_resolved_it_may_not_verify_it_unless_the_house_allows_it(
    demo: Engine, who: str, rule: bool, is_taken: bool
) -> None:
    resolved(demo)
    made = replace(step(S.VERIFIED, 2, who, "asked the customer"), not_by_resolver=rule)
    with writing(demo) as connection:
        assert take_step(connection, made) is is_taken
    with reading(demo) as connection:
        newest = steps_of(connection, made.complaint_no)[0]
        assert is_own_work(connection, made) is (rule and who == "sato")
    assert newest.words == "asked the customer"
    assert on_card(demo).state is (S.VERIFIED if is_taken else S.RESOLVED)


def test_who_resolves_anew_after_a_reopening_is_the_one_who_may_not_verify(demo: Engine) -> None:
    resolved(demo)
    steps = (step(S.INVESTIGATING, 2, "suzuki", "it came back"), step(S.RESOLVED, 3, "suzuki", "exchanged"))
    verified = replace(step(S.VERIFIED, 4, "sato"), not_by_resolver=True)
    with writing(demo) as connection:
        assert [take_step(connection, one) for one in (*steps, verified)] == [True, True, True]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE complaint_event SET text = 'otherwise' WHERE to_state = 'resolved'",
        "UPDATE complaint_event SET text = NULL",
        "UPDATE complaint_event SET operator_id = 2",
        "UPDATE complaint_event SET at = '2026-01-01 00:00:00+00:00'",
        "DELETE FROM complaint_event",
        "TRUNCATE complaint_event",
    ],
)
def test_what_happened_can_be_neither_altered_nor_removed(demo: Engine, statement: str) -> None:
    resolved(demo)
    if statement.startswith("TRUNCATE") and demo.dialect.name == "sqlite":
        statement = "DELETE FROM complaint_event WHERE to_state = 'resolved'"
    with reading(demo) as connection:
        before = connection.execute(select(complaint_event).order_by(complaint_event.c.id)).all()
    with pytest.raises(DBAPIError, match="only grows"), writing(demo) as connection:
        connection.execute(text(statement))
    with reading(demo) as connection:
        assert connection.execute(select(complaint_event).order_by(complaint_event.c.id)).all() == before


STATE_PAST_HISTORY = [
    "UPDATE complaint SET state = 'closed'",
    "UPDATE complaint SET state = 'closed', version_id = version_id + 1",
    "UPDATE complaint SET state = 'received', version_id = version_id + 1",  # its first event leads there
    "UPDATE complaint SET state = 'resolved', version_id = 2",  # an old step, once more
]


@pytest.mark.parametrize("statement", STATE_PAST_HISTORY)
def test_a_state_can_not_be_changed_past_its_history(demo: Engine, statement: str) -> None:
    resolved(demo)
    with writing(demo) as connection:
        assert take_step(connection, step(S.INVESTIGATING, 2, words="it came back"))
    with pytest.raises(DBAPIError, match="moves with its event"), writing(demo) as connection:
        connection.execute(text(f"{statement} WHERE complaint_no = 'K-261121-00001'"))
    assert (on_card(demo).state, on_card(demo).version_id) == (S.INVESTIGATING, 3)


def given(seen: str, to: str, reason: str = "on leave") -> Handover:
    words = f"{seen} > {to}: {reason}"
    return Handover(uuid4(), "K-261121-00001", seen, to, NOW + timedelta(minutes=1), "sato", words, reason)


def test_a_complaint_is_handed_over_with_the_reason_in_its_history_and_back_again(demo: Engine) -> None:
    received(demo)
    with writing(demo) as connection:
        for made in (given("suzuki", "tanaka"), given("tanaka", ""), given("", "suzuki")):
            assert hand_over(connection, made)
            assert not hand_over(connection, made), "sent again"
            assert handler_of(connection, made.complaint_no) == made.handler
        told = steps_of(connection, "K-261121-00001")
    assert {one.words for one in told} == {
        "suzuki > tanaka: on leave", "tanaka > : on leave", " > suzuki: on leave", "",
    }  # fmt: skip
    assert {(one.from_state, one.to_state) for one in told if one.words} == {(S.RECEIVED, S.RECEIVED)}
    assert on_card(demo).version_id == 1


def test_whoever_hands_over_what_another_has_by_now_changes_nothing_and_his_reason_is_kept(demo: Engine) -> None:
    received(demo)
    with writing(demo) as connection:
        assert hand_over(connection, given("suzuki", "tanaka"))
        assert not hand_over(connection, given("suzuki", "sato", "too much"))
        assert not hand_over(connection, given("suzuki", "sato", ""))
        assert handler_of(connection, "K-261121-00001") == "tanaka"
        told = steps_of(connection, "K-261121-00001")
    assert sorted(one.words for one in told) == ["", "suzuki > tanaka: on leave", "too much"]


def test_a_step_is_not_refused_because_somebody_else_deals_with_it_now(demo: Engine) -> None:
    received(demo)
    seen = on_card(demo)
    with writing(demo) as connection:
        assert hand_over(connection, given("suzuki", "tanaka"))
        assert take_step(connection, step(S.ACKNOWLEDGED, seen.version_id))


def test_replacing_an_event_leaves_it_as_it_was(sqlite_demo: Engine) -> None:
    """REPLACE removes without asking the triggers of DELETE."""
    made = received(sqlite_demo)
    with writing(sqlite_demo) as connection:
        connection.execute(text(
            "INSERT OR REPLACE INTO complaint_event (id, complaint_id, at, to_state, text)"
            " SELECT id, complaint_id, at, to_state, 'otherwise' FROM complaint_event WHERE id = :id"
        ), {"id": made.key.hex})  # fmt: skip
    with reading(sqlite_demo) as connection:
        assert steps_of(connection, made.complaint_no)[0].words == ""


def test_the_words_about_an_erased_customer_can_be_blanked_and_nothing_else(demo: Engine) -> None:
    resolved(demo)
    mine = complaint_event.c.to_state == S.RESOLVED
    with writing(demo) as connection:
        connection.execute(update(customer).where(customer.c.id == 1).values(erased_at=NOW))
        connection.execute(
            update(complaint_event)
            .where(mine, complaint_event.c.complaint_id.in_(select(complaint.c.id).where(complaint.c.customer_id == 1)))
            .values(text=None)
        )
    with reading(demo) as connection:
        assert {one.words for one in steps_of(connection, "K-261121-00001")} == {""}
    with pytest.raises(DBAPIError, match="only grows"), writing(demo) as connection:
        connection.execute(update(complaint_event).where(mine).values(text="written anew"))


def test_the_cause_that_was_found_comes_with_a_step_and_stays_without_one(demo: Engine) -> None:
    received(demo)
    with writing(demo) as connection:
        assert take_step(connection, replace(step(S.RESOLVED, 1), cause="梱包"))
        assert take_step(connection, step(S.INVESTIGATING, 2))
        assert not take_step(connection, replace(step(S.CLOSED, 3), cause="配送会社"))
    with reading(demo) as connection:
        asked = select(complaint.c.cause).where(complaint.c.complaint_no == "K-261121-00001")
        assert connection.execute(asked).scalar_one() == "梱包"
