"""Who is still to be called back: one entry per number, and what settles it."""

from datetime import timedelta
from uuid import UUID, uuid4

from app.missed_callers import SettledHow, fold
from db.kinds import Direction, Withheld
from db.missed import Answer, MarkFact, MissedCall, MissedFacts
from tests.app.desk_at_work import NOW

NUMBER = 81335814111


def missed(minutes: float, e164: int | None = NUMBER, number: str = "0335814111", **more: object) -> MissedCall:
    at = NOW + timedelta(minutes=minutes)
    plain: dict[str, object] = {"withheld": None, "customer": "", "customer_no": "", "customer_id": None, "name": ""}
    told = plain | more
    return MissedCall(uuid4(), at, number, e164, line="Main shop", dialled="", rang_here=True, **told)  # type: ignore[arg-type]


def answer(minutes: float, direction: Direction = Direction.IN, e164: int | None = NUMBER) -> Answer:
    return Answer(uuid4(), NOW + timedelta(minutes=minutes), "0335814111", e164, direction, "鈴木")


def mark(call_id: UUID, minutes: float, *, is_done: bool = True) -> MarkFact:
    return MarkFact(uuid4(), call_id, NOW + timedelta(minutes=minutes), "佐藤", is_done)


def test_five_attempts_are_one_entry_with_the_first_and_the_last() -> None:
    calls = [missed(minute) for minute in (5, 3, 1)] + [missed(4, customer="髙橋 一郎", customer_id=1), missed(2)]
    (one,) = fold(MissedFacts(tuple(calls))).to_call
    assert (one.count, one.first, one.last) == (5, NOW + timedelta(minutes=1), NOW + timedelta(minutes=5))
    assert (one.call_id, one.customer) == (calls[0].call_id, "髙橋 一郎")


def test_the_newest_caller_stands_first() -> None:
    calls = missed(1), missed(3, 81312345678, "0312345678"), missed(2, None, "999")
    assert [one.number for one in fold(MissedFacts(calls)).to_call] == ["0312345678", "999", "0335814111"]


def test_a_call_back_settles_what_came_before_it_and_not_what_comes_after() -> None:
    facts = MissedFacts((missed(1), missed(2), missed(9)), (answer(5, Direction.OUT),))
    listed = fold(facts)
    assert [(one.count, one.last) for one in listed.to_call] == [(1, NOW + timedelta(minutes=9))]
    (settled,) = listed.settled
    assert settled.settled is not None
    assert (settled.count, settled.settled.how, settled.settled.by) == (2, SettledHow.CALLED_BACK, "鈴木")


def test_an_answer_before_the_call_settles_nothing() -> None:
    assert len(fold(MissedFacts((missed(5),), (answer(1),))).to_call) == 1


def test_a_mark_settles_all_up_to_its_call_until_it_is_taken_back() -> None:
    calls = missed(3), missed(1), missed(8)
    marked = MissedFacts(calls, (), (mark(calls[0].call_id, 4),))
    assert [one.count for one in fold(marked).to_call] == [1]
    (settled,) = fold(marked).settled
    assert settled.settled is not None
    assert (settled.count, settled.settled.how, settled.settled.mark_on) == (2, SettledHow.DONE, calls[0].call_id)
    undone = marked._replace(marks=(mark(calls[0].call_id, 5, is_done=False), *marked.marks))
    assert [one.count for one in fold(undone).to_call] == [3]
    assert fold(undone).settled == ()


def test_what_was_told_twice_was_done_by_the_first() -> None:
    call = missed(1)
    facts = MissedFacts((call,), (), (mark(call.call_id, 9), mark(call.call_id, 4)))
    (settled,) = fold(facts).settled
    assert settled.settled is not None
    assert settled.settled.at == NOW + timedelta(minutes=4)


def test_a_note_written_after_the_answer_does_not_take_the_answer_from_whoever_gave_it() -> None:
    call = missed(1)
    (settled,) = fold(MissedFacts((call,), (answer(5),), (mark(call.call_id, 9),))).settled
    assert settled.settled is not None
    assert (settled.settled.how, settled.settled.by) == (SettledHow.ANSWERED, "鈴木")


def test_a_call_back_to_another_number_settles_its_customer_and_no_other() -> None:
    calls = missed(1, customer_id=7), missed(2, 81312345678, "0312345678", customer_id=8)
    back = answer(5, Direction.OUT, 819012345678)._replace(customer_id=7)
    listed = fold(MissedFacts(calls, (back,)))
    assert [one.customer_id for one in listed.to_call] == [8]
    (settled,) = listed.settled
    assert settled.settled is not None
    assert settled.settled.how is SettledHow.CALLED_BACK


def test_whoever_withholds_the_number_stands_apart_and_each_by_itself() -> None:
    hidden = [missed(minute, None, "", withheld=Withheld.ANONYMOUS) for minute in (1, 2)]
    listed = fold(MissedFacts((missed(3), *hidden)))
    assert [one.count for one in listed.withheld] == [1, 1]
    assert [one.number for one in listed.to_call] == ["0335814111"]
    gone = fold(MissedFacts(tuple(hidden), (), (mark(hidden[0].call_id, 5),)))
    assert [one.call_id for one in gone.withheld] == [hidden[1].call_id]


def test_the_key_of_an_entry_stays_when_it_rings_again() -> None:
    first, second = missed(1), missed(2)
    (before,) = fold(MissedFacts((first,))).to_call
    (after,) = fold(MissedFacts((second, first))).to_call
    assert before.key == after.key
