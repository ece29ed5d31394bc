"""The first three seconds: which facts make the one line, and what stands pinned above all else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.headline import Pin, PinKind, headline, pins
from app.pop import CustomerFacts
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.app.desk_at_work import NOW, DeskAtWork, offered


def facts_of(desk: DeskAtWork, number: str) -> CustomerFacts:
    desk.hear(offered(number, number))
    facts = desk.call(number).pop.facts
    assert facts is not None
    return facts


@pytest.fixture
def takahashi(desk: DeskAtWork) -> CustomerFacts:
    return facts_of(desk, CUSTOMER_NUMBER)


def test_the_line_names_the_open_complaint_the_last_contact_and_the_promise(takahashi: CustomerFacts) -> None:
    line = headline(takahashi)
    assert line.complaint is not None
    assert line.last_contact is not None
    assert line.follow_up is not None
    assert (line.complaint.complaint_no, line.complaint.handler) == ("12", "佐藤 美咲")
    assert (line.last_contact.handler, line.last_contact.subject) == ("鈴木 健", "配送の問い合わせ")
    assert line.follow_up.text == "再配達の時間をお伝えする"


def test_of_several_open_complaints_the_oldest_is_named(takahashi: CustomerFacts) -> None:
    first = takahashi.complaints[0]
    older = first._replace(complaint_no="11", received_at=first.received_at - timedelta(days=9))
    closed = older._replace(complaint_no="10", is_open=False, received_at=NOW - timedelta(days=999))
    line = headline(replace(takahashi, complaints=(first, older, closed)))
    assert line.complaint is not None
    assert line.complaint.complaint_no == "11"


def test_a_customer_without_a_past_has_an_empty_line_and_no_pins(takahashi: CustomerFacts) -> None:
    nothing = replace(
        takahashi, complaints=(), interactions=(), follow_ups=(), customer=replace(takahashi.customer, memo="")
    )
    line = headline(nothing)
    assert (line.complaint, line.last_contact, line.follow_up, pins(nothing, NOW)) == (None, None, None, ())


def test_a_resolved_complaint_is_neither_named_nor_pinned(desk: DeskAtWork) -> None:
    emily = facts_of(desk, ENGLISH_NUMBER)
    assert emily.complaint_count == 1
    assert headline(emily).complaint is None
    assert [pin.kind for pin in pins(emily, NOW)] == [PinKind.MEMO]


def test_pins_stand_with_the_gravest_first(takahashi: CustomerFacts) -> None:
    due = takahashi.follow_ups[0].due_at
    assert pins(takahashi, NOW) == (
        Pin(PinKind.COMPLAINT, "配送遅延", None, 3),
        Pin(PinKind.DUE, "再配達の時間をお伝えする", due),
        Pin(PinKind.MEMO, "ゆっくり大きな声で"),
    )


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (timedelta(seconds=-1), PinKind.OVERDUE),
        (timedelta(0), PinKind.DUE),
        (timedelta(hours=23, minutes=59), PinKind.DUE),
        (timedelta(hours=24), None),
    ],
)
def test_a_promise_is_pinned_from_a_day_before_and_overdue_from_its_minute(
    takahashi: CustomerFacts, after: timedelta, kind: PinKind | None
) -> None:
    promised = replace(takahashi, follow_ups=(takahashi.follow_ups[0]._replace(due_at=NOW + after),))
    found = [pin.kind for pin in pins(promised, NOW) if pin.kind in {PinKind.DUE, PinKind.OVERDUE}]
    assert found == ([kind] if kind else [])


def test_graver_complaints_come_before_slighter_ones_and_four_pins_are_the_most(takahashi: CustomerFacts) -> None:
    first = takahashi.complaints[0]
    many = tuple(first._replace(category=f"重さ{level}", severity=level) for level in (1, 5, 3, 2, 4))
    shown = pins(replace(takahashi, complaints=many), NOW)
    assert [pin.text for pin in shown] == ["重さ5", "重さ4", "重さ3", "重さ2"]
