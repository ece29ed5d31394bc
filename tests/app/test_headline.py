"""The first three seconds: which facts make the one line, and what stands pinned above all else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.headline import PROFILE, Pin, PinKind, Place, headline, pins
from app.pop import BlockState, CautionFact, CustomerFacts, NumberBlock, Pop, PopState, RefusalFact
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from db.kinds import Channel, ConsentStatus
from tests.app.desk_at_work import NOW, DeskAtWork, offered


def facts_of(desk: DeskAtWork, number: str) -> CustomerFacts:
    desk.hear(offered(number, number))
    facts = desk.call(number).pop.facts
    assert facts is not None
    return facts


def pop_of(facts: CustomerFacts | None, block: NumberBlock | None = None) -> Pop:
    return Pop(PopState.OPENED if facts else PopState.NOBODY, facts=facts, block=block)


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
    assert (line.complaint, line.last_contact, line.follow_up, pins(pop_of(nothing), NOW)) == (None, None, None, ())


def test_a_resolved_complaint_is_neither_named_nor_pinned(desk: DeskAtWork) -> None:
    emily = facts_of(desk, ENGLISH_NUMBER)
    assert emily.complaint_count == 1
    assert headline(emily).complaint is None
    assert [pin.kind for pin in pins(pop_of(emily), NOW)] == [PinKind.MEMO]


def test_pins_stand_with_the_gravest_first(takahashi: CustomerFacts) -> None:
    due = takahashi.follow_ups[0]
    assert pins(pop_of(takahashi), NOW) == (
        Pin(PinKind.COMPLAINT, "配送遅延", level=3, place=Place("complaints", takahashi.complaints[0].complaint_no)),
        Pin(PinKind.DUE, "再配達の時間をお伝えする", due.due_at, place=Place(PROFILE, due.follow_up_id)),
        Pin(PinKind.MEMO, "ゆっくり大きな声で", place=Place(PROFILE, "memo")),
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
    found = [pin.kind for pin in pins(pop_of(promised), NOW) if pin.kind in {PinKind.DUE, PinKind.OVERDUE}]
    assert found == ([kind] if kind else [])


def test_of_several_complaints_the_gravest_is_pinned_and_the_others_are_counted(takahashi: CustomerFacts) -> None:
    first = takahashi.complaints[0]
    many = tuple(first._replace(category=f"重さ{level}", severity=level) for level in (1, 5, 3, 2, 4))
    shown = pins(pop_of(replace(takahashi, complaints=many)), NOW)
    assert (shown[0].text, shown[0].more) == ("重さ5", 4)
    assert [pin.kind for pin in shown] == [PinKind.COMPLAINT, PinKind.DUE, PinKind.MEMO], "none is pushed out"


def caution(expires_at: datetime | None = None) -> CautionFact:
    return CautionFact(1, "大声", "田中", NOW - timedelta(days=9), expires_at)


def test_everything_at_once_stands_in_the_order_of_gravity(takahashi: CustomerFacts) -> None:
    refused = RefusalFact(Channel.MAIL, "", "お知らせ", ConsentStatus.REFUSED, NOW)
    due = takahashi.follow_ups[0]
    late = due._replace(due_at=NOW - timedelta(hours=1))
    number = takahashi.numbers[0]._replace(block_state=BlockState.WARNED, block_reason="無言")
    facts = replace(
        takahashi, cautions=(caution(),), refusals=(refused,), follow_ups=(late, due),
        numbers=(number, *takahashi.numbers[1:]),
    )  # fmt: skip
    block = NumberBlock(BlockState.BLOCKED, "いたずら", None)
    assert [pin.kind for pin in pins(pop_of(facts, block), NOW)] == list(PinKind)


@pytest.mark.parametrize(("expires", "is_pinned"), [(None, True), (timedelta(seconds=1), True), (timedelta(0), False)])
def test_a_caution_is_pinned_until_it_expires(
    takahashi: CustomerFacts, expires: timedelta | None, *, is_pinned: bool
) -> None:
    beware = caution(None if expires is None else NOW + expires)
    found = [pin for pin in pins(pop_of(replace(takahashi, cautions=(beware,))), NOW) if pin.kind is PinKind.CAUTION]
    assert [pin.text for pin in found] == ["大声"] * is_pinned


def test_an_annoying_number_is_pinned_also_where_it_is_nobodys_and_until_its_time_is_over() -> None:
    block = NumberBlock(BlockState.BLOCKED, "いたずら", NOW + timedelta(days=1))
    assert pins(pop_of(None, block), NOW) == (Pin(PinKind.BLOCKED, "いたずら"),)
    assert pins(pop_of(None, block), NOW + timedelta(days=1)) == ()


def test_the_customers_own_number_that_rings_is_pinned_once(takahashi: CustomerFacts) -> None:
    number = takahashi.numbers[0]._replace(block_state=BlockState.WARNED, block_reason="無言")
    facts = replace(takahashi, numbers=(number, *takahashi.numbers[1:]))
    (pin,) = [one for one in pins(pop_of(facts, number.block), NOW) if one.kind is PinKind.WARNED]
    assert (pin.more, pin.place) == (0, Place(PROFILE, ("number", 0)))
