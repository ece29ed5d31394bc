"""A card without a call: its note is kept like a call's, and becomes a contact of the customer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.call import ByHand, Call, CallState, Note
from app.entering import NewCustomer
from app.finishing import Lack
from app.follow_ups import FollowUpKind, FollowUpWish
from cti.events import Direction
from db.kinds import Channel
from tests.app.desk_at_work import NOW, DeskAtWork, offered

REFUSED = "the records do not take what is written here"
WAY = ByHand(Channel.MAIL, Direction.OUT)
CONTACTS = """SELECT i.channel, i.direction, i.subject, o.login, i.call_id FROM interaction i
    JOIN operator o ON o.id = i.handler_id
    WHERE i.started_at = '2026-11-21 05:12:00.000000+00:00' AND o.login = 'sato' ORDER BY i.started_at"""


def opened(desk: DeskAtWork, customer_id: int = 1, way: ByHand = WAY) -> Call:
    call = desk.desk.by_hand.open(customer_id, way)
    desk.settle()
    return call


def finish(desk: DeskAtWork, call: Call, body: str) -> None:
    desk.desk.write(call.id, Note(body))
    assert desk.desk.finish(call.id) is None
    desk.settle()


def test_the_card_stands_on_the_desk_with_the_customers_facts(desk: DeskAtWork) -> None:
    call = opened(desk)
    assert call.pop.facts is not None
    assert call.pop.facts.customer.name == "髙橋 一郎"
    assert desk.desk.calls.selected is call


def test_what_is_written_becomes_a_contact_by_the_chosen_way_and_no_call(desk: DeskAtWork) -> None:
    calls = desk.rows("SELECT count(*) FROM call")
    call = opened(desk)
    finish(desk, call, "見積を送付")
    assert desk.rows(CONTACTS) == [("mail", "out", "見積を送付", "sato", None)]
    assert desk.rows("SELECT count(*) FROM call") == calls
    assert desk.desk.calls.get(call.id) is None
    notes = "SELECT n.customer_id, n.call_id FROM note n JOIN note_revision r ON r.note_id = n.id WHERE r.text = ?"
    assert desk.rows(notes, "見積を送付") == [(1, None)]
    again = opened(desk)
    assert again.pop.facts is not None
    assert again.pop.facts.interactions[0].subject == "見積を送付"
    assert again.pop.facts.customer.last_contact_at == NOW


def test_an_unfinished_note_comes_back_after_a_crash_with_its_customer_and_way(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    call = opened(desk)
    desk.desk.write(call.id, Note("見積の件"))
    desk.posted.run_until(lambda: (call.ring.source_id, "見積の件") in desk.screen.saved)
    drafts = desk.kept_drafts()
    desk.leave()
    other = desks()
    other.desk.restore(drafts)
    other.settle()
    (back,) = list(other.desk.calls)
    assert (back.note.body, back.by_hand, back.opened_id) == ("見積の件", WAY, 1)
    assert back.pop.facts is not None


@pytest.mark.expected_log(REFUSED)
def test_it_is_shown_in_the_history_while_the_database_takes_nothing(desk: DeskAtWork, cut: dict[str, bool]) -> None:
    cut["on"] = True
    finish(desk, opened(desk), "見積を送付")
    call = opened(desk)
    assert call.pop.facts is not None
    assert call.pop.facts.interactions[0].subject == "見積を送付"
    cut["on"] = False
    desk.settle()
    assert len(desk.rows(CONTACTS)) == 1


def test_a_card_on_which_nothing_was_written_leaves_no_trace(desk: DeskAtWork) -> None:
    before = desk.rows("SELECT count(*) FROM interaction")
    first = opened(desk)
    second = opened(desk, 2)
    assert [call.id for call in desk.desk.calls] == [second.id]
    assert first.id != second.id
    desk.desk.finish(second.id)
    desk.settle()
    assert len(desk.desk.calls) == 0
    assert desk.rows("SELECT count(*) FROM interaction") == before


def test_the_same_customer_opened_again_is_the_same_note(desk: DeskAtWork) -> None:
    call = opened(desk)
    desk.desk.write(call.id, Note("途中"))
    opened(desk, 2)
    assert opened(desk) is call
    assert call.note.body == "途中"


def test_a_ringing_call_takes_the_card_that_is_only_read_and_not_the_one_that_is_written_on(desk: DeskAtWork) -> None:
    read = opened(desk)
    desk.hear(offered("0999999999"))
    assert desk.desk.calls.selected is desk.call()
    desk.desk.select(read.id)
    desk.desk.write(read.id, Note("途中"))
    desk.hear(offered("0888888888", "b"))
    assert desk.desk.calls.selected is read


def test_it_can_be_put_aside_and_taken_up_again(desk: DeskAtWork) -> None:
    call = opened(desk)
    desk.desk.write(call.id, Note("途中"))
    desk.desk.put_aside(call.id)
    assert call.state is CallState.LATER
    desk.desk.select(call.id)
    finish(desk, call, "見積の返事")
    assert len(desk.rows(CONTACTS)) == 1


def test_without_a_customer_it_asks_for_one_and_a_new_one_is_entered_with_the_typed_number(desk: DeskAtWork) -> None:
    call = desk.desk.by_hand.open_nobody()
    desk.desk.write(call.id, Note("見積を依頼"))
    assert desk.desk.finish(call.id) is Lack.CUSTOMER
    desk.desk.by_hand.create(call, NewCustomer("榎本 澪"), "090-9876-1234")
    desk.settle()
    desk.wait(400)
    assert call.pop.facts is not None
    finish(desk, call, "見積を依頼")
    owners = """SELECT k.name FROM customer_phone o JOIN customer k ON k.id = o.customer_id
        JOIN phone_number p ON p.id = o.phone_number_id WHERE p.e164 = 819098761234"""
    assert desk.rows(owners) == [("榎本 澪",)]
    assert len(desk.rows(CONTACTS)) == 1


def test_a_follow_up_is_promised_from_it_and_names_no_call(desk: DeskAtWork) -> None:
    call = opened(desk)
    wish = FollowUpWish(FollowUpKind.SEND, NOW + timedelta(hours=2), "sato", "見本")
    desk.desk.obligations.promise(call.id, wish)
    desk.settle()
    assert desk.rows("SELECT customer_id, call_id FROM follow_up WHERE text = '見本'") == [(1, None)]


def test_the_way_is_changed_on_the_card(desk: DeskAtWork) -> None:
    call = opened(desk)
    desk.desk.by_hand.say_way(call, ByHand(Channel.VISIT, Direction.IN))
    finish(desk, call, "見積を渡す")
    assert [row[:2] for row in desk.rows(CONTACTS)] == [("visit", "in")]
