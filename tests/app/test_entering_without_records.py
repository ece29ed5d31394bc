"""A customer who is entered, and a number that is recorded, while the records take nothing: shown, kept, sent once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from threading import Event
from typing import Any
from uuid import UUID

import pytest

from app.entering import NewCustomer
from app.pop import PopState, Reason, Trouble, Unsent
from cti.events import Verstat
from db.demo import CUSTOMER_NUMBER, UNKNOWN_NUMBER
from db.engine import FILE_NAME
from db.local_cards import LocalCards
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered

MIO = NewCustomer("榎本 澪", "エノモト ミオ", "青空商事")
REFUSED = "the records do not take what is written here"
ASIDE = "cannot be written, and is set aside"
CUSTOMERS = "SELECT id, customer_no, name FROM customer WHERE name LIKE '榎本 澪%' ORDER BY id"
NOTES = """SELECT k.name, r.text FROM note_revision r JOIN note n ON n.id = r.note_id
    LEFT JOIN customer k ON k.id = n.customer_id WHERE n.call_id IN (SELECT id FROM call WHERE source = 'desk phone')
    ORDER BY r.at, r.text"""
OWNERS = """SELECT k.name FROM customer_phone o JOIN customer k ON k.id = o.customer_id
    JOIN phone_number p ON p.id = o.phone_number_id WHERE p.e164 = 819098761234"""
TABLES = (
    "customer", "customer_phone", "phone_number", "number_choice", "external_ref", "customer_search", "call",
    "call_leg", "call_candidate", "note", "note_revision", "interaction", "customer_handler",
)  # fmt: skip


def enter(desk: DeskAtWork, source_id: str = "a", new: NewCustomer = MIO) -> None:
    desk.desk.entering.create(desk.call(source_id), new)
    desk.settle()


def finish(desk: DeskAtWork, body: str, source_id: str = "a") -> None:
    desk.type(body, source_id)
    desk.desk.finish(desk.call(source_id).id)
    desk.settle()


def told(desk: DeskAtWork) -> list[list[tuple[Any, ...]]]:
    return [desk.rows(f"SELECT * FROM {table}") for table in TABLES]


@pytest.fixture
def with_copy(desks: Callable[..., DeskAtWork], tmp_path: Any) -> DeskAtWork:
    """A desk that keeps what it has seen."""
    return desks(cards=LocalCards.open(tmp_path / "copy", NOW))


@pytest.mark.expected_log(REFUSED)
def test_the_card_opens_with_what_was_typed_and_says_that_it_waits(desk: DeskAtWork, cut: dict[str, bool]) -> None:
    cut["on"] = True
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    enter(desk)
    call = desk.call()
    assert call.pop.facts is not None
    customer = call.pop.facts.customer
    assert (customer.name, customer.reading, customer.company) == ("榎本 澪", "エノモト ミオ", "青空商事")
    assert (customer.customer_no, [one.e164 for one in call.pop.facts.numbers]) == ("", [819098761234])
    assert (call.pop.state, call.pop.unsent) == (PopState.OPENED, Unsent.CUSTOMER)
    assert desk.rows(CUSTOMERS) == []
    status = desk.screen.statuses[-1]
    assert (status.waiting, status.database) == (1, Trouble.READ_ONLY)


@pytest.mark.expected_log(REFUSED)
def test_a_note_finished_before_its_customer_is_in_the_records_is_that_customers(
    desk: DeskAtWork, cut: dict[str, bool]
) -> None:
    desk.empty_log()
    desk.hear(offered(UNKNOWN_NUMBER, "earlier"), ended("earlier"))
    cut["on"] = True
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    enter(desk)
    finish(desk, "新しいお客様のメモ")
    assert desk.screen.statuses[-1].waiting == 2
    cut["on"] = False
    desk.settle()
    ((key, number, name),) = desk.rows(CUSTOMERS)
    assert (number[:2], name) == ("C-", "榎本 澪")
    assert desk.rows(NOTES) == [("榎本 澪", "新しいお客様のメモ")]
    assert desk.rows("SELECT count(*) FROM call WHERE customer_id = ?", key) == [(2,)], "the past call followed"
    assert desk.rows(OWNERS) == [("榎本 澪",)]
    assert desk.rows("SELECT customer_id FROM number_choice WHERE e164 = 819098761234") == [(key,)]
    assert (desk.screen.statuses[-1].waiting, desk.screen.statuses[-1].set_aside) == (0, 0)


@pytest.mark.expected_log(REFUSED)
def test_a_card_that_still_stands_becomes_the_records_own(desk: DeskAtWork, cut: dict[str, bool]) -> None:
    cut["on"] = True
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    enter(desk)
    cut["on"] = False
    desk.settle()
    desk.posted.run_until(lambda: desk.call().pop.unsent is None)
    desk.settle()
    ((key, number, _name),) = desk.rows(CUSTOMERS)
    call = desk.call()
    assert call.pop.facts is not None
    assert (call.opened_id, call.pop.facts.customer.customer_no) == (key, number)
    finish(desk, "続き")
    assert desk.rows(NOTES) == [("榎本 澪", "続き")]


@pytest.mark.expected_log(REFUSED)
def test_the_next_call_of_the_number_offers_whom_waits_and_opens_him(desk: DeskAtWork, cut: dict[str, bool]) -> None:
    cut["on"] = True
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    enter(desk)
    finish(desk, "一度目")
    desk.hear(offered(UNKNOWN_NUMBER, "b", after=60), offered(UNKNOWN_NUMBER, "c", after=90, verstat=Verstat.FAILED))
    pop = desk.call("b").pop
    assert pop.facts is not None
    assert (pop.facts.customer.name, pop.unsent) == ("榎本 澪", Unsent.CUSTOMER)
    assert [one.subject for one in pop.facts.interactions] == ["一度目"]
    assert [(one.name, one.reason, one.besides) for one in pop.candidates] == [
        ("榎本 澪", Reason.REMEMBERED, Reason.EXACT)
    ]
    assert (desk.call("c").pop.state, desk.call("c").opened_id) == (PopState.CHOICE, None), "it may be spoofed"
    desk.hear(answered("b"))
    finish(desk, "二度目", "b")
    cut["on"] = False
    desk.settle()
    assert len(desk.rows(CUSTOMERS)) == 1
    assert desk.rows(NOTES) == [("榎本 澪", "一度目"), ("榎本 澪", "二度目")]
    chosen = "SELECT k.name FROM call_candidate c JOIN customer k ON k.id = c.customer_id WHERE c.is_chosen"
    assert ("榎本 澪",) in desk.rows(chosen)


@pytest.mark.expected_log(REFUSED)
def test_beside_another_customer_of_that_number_whom_waits_is_offered_first(
    desk: DeskAtWork, cut: dict[str, bool]
) -> None:
    cut["on"] = True
    desk.hear(offered(CUSTOMER_NUMBER), answered())
    desk.desk.back_to_choice(desk.call().id)
    enter(desk)
    desk.hear(offered(CUSTOMER_NUMBER, "b", after=60))
    pop = desk.call("b").pop
    assert (pop.state, [one.name for one in pop.candidates]) == (PopState.CHOICE, ["榎本 澪", "髙橋 一郎"])
    desk.desk.choose(desk.call("b").id, pop.candidates[0].customer_id)
    desk.settle()
    assert desk.call("b").pop.unsent is Unsent.CUSTOMER


@pytest.mark.expected_log(REFUSED)
def test_a_program_started_again_shows_the_waiting_customer_and_sends_him_before_his_note(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork], cut: dict[str, bool]
) -> None:
    cut["on"] = True
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    desk.type("書きかけ")
    enter(desk)
    desk.wait_until_kept()
    desk.leave()
    again = desks()
    again.desk.restore(again.kept_drafts())
    again.settle()
    call = again.call()
    assert (call.pop.unsent, call.note.body) == (Unsent.CUSTOMER, "書きかけ")
    again.desk.finish(call.id)
    again.settle()
    cut["on"] = False
    again.settle()
    assert again.rows(NOTES) == [("榎本 澪", "書きかけ")]
    assert len(again.rows(CUSTOMERS)) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # it is the kill
def test_a_kill_between_commit_and_removal_enters_nobody_twice(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    """The sender ends, as in a kill, where it is about to remove what the records have just taken."""

    gone = Event()

    def killed(_number: int) -> None:
        gone.set()
        raise SystemExit

    desk.hear(offered(UNKNOWN_NUMBER), answered())
    desk.outbox_file.remove = killed  # type: ignore[method-assign]
    desk.desk.entering.create(desk.call(), MIO)
    assert gone.wait(10)
    desk.leave()
    assert len(desk.rows(CUSTOMERS)) == 1, "it was committed"
    with closing(sqlite3.connect(desk.folder / "drafts" / "outbox.db")) as outbox:
        assert outbox.execute("SELECT count(*) FROM job").fetchone() == (1,), "and not removed"
    before = told(desk)
    again = desks()
    again.settle()
    assert again.outbox_file.waiting().jobs == 0
    assert told(again) == before


def test_what_was_sent_and_is_sent_again_adds_nothing(desk: DeskAtWork) -> None:
    put, bodies = desk.outbox_file.put, []

    def listen(about: UUID, body: str, notes: int, now: datetime) -> None:
        bodies.append((about, body))
        put(about, body, notes, now)

    desk.outbox_file.put = listen  # type: ignore[method-assign]
    desk.hear(offered(UNKNOWN_NUMBER), answered(), offered("0312349999", "b"), answered("b"))
    enter(desk)
    desk.desk.choose(desk.call("b").id, 1)
    desk.settle()
    desk.desk.entering.attach(desk.call("b"))
    desk.settle()
    finish(desk, "一度だけ")
    finish(desk, "これも", "b")
    before = told(desk)
    assert sum('"kind": "customer"' in body or '"kind": "number"' in body for _about, body in bodies) == 2
    for about, body in bodies:
        put(about, body, 0, NOW)
    desk.hear(offered("0312348888", "c"))
    desk.hear(ended("c"))
    after = told(desk)
    changed = {table for table, old, new in zip(TABLES, before, after, strict=True) if old != new}
    assert changed == {"call", "call_leg"}, "the third call alone"


@pytest.mark.expected_log(REFUSED)
def test_two_presses_enter_one_customer_and_so_does_the_same_typed_again(
    desk: DeskAtWork, cut: dict[str, bool]
) -> None:
    cut["on"] = True
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    desk.desk.entering.create(desk.call(), MIO)
    enter(desk)
    desk.desk.back_to_choice(desk.call().id)
    enter(desk)
    cut["on"] = False
    desk.settle()
    assert len(desk.rows(CUSTOMERS)) == 1
    enter(desk, new=NewCustomer("榎本 澪子"))
    assert len(desk.rows(CUSTOMERS)) == 2, "another name is another customer"


def test_the_card_waits_no_longer_than_a_ring_for_an_import_that_holds_the_records(desk: DeskAtWork) -> None:
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    with closing(sqlite3.connect(desk.folder / FILE_NAME, isolation_level=None)) as importer:
        importer.execute("BEGIN IMMEDIATE")
        before = desk.timers.waiting
        desk.desk.entering.create(desk.call(), MIO)
        desk.posted.run_until(lambda: desk.timers.waiting > before)
        assert desk.call().pop.facts is None
        desk.timers.pass_time(300)
        assert desk.call().pop.unsent is Unsent.CUSTOMER
        importer.execute("ROLLBACK")
    desk.posted.run_until(lambda: desk.call().pop.facts and desk.call().pop.unsent is None)
    ((key, _number, _name),) = desk.rows(CUSTOMERS)
    assert desk.call().opened_id == key


def test_while_the_records_take_it_at_once_no_card_ever_says_that_it_waits(desk: DeskAtWork) -> None:
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    seen: list[Unsent | None] = []
    show = desk.screen.show_card
    desk.screen.show_card = lambda call: (seen.append(call.pop.unsent if call else None), show(call))  # type: ignore[method-assign,assignment]
    enter(desk)
    desk.posted.run_until(lambda: desk.call().pop.facts)
    desk.wait(300)
    ((key, _number, _name),) = desk.rows(CUSTOMERS)
    assert (desk.call().opened_id, set(seen)) == (key, {None})


@pytest.mark.expected_log(ASIDE)
def test_a_customer_who_can_never_be_written_is_told_and_kept_with_all_that_is_his(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    """A later program may write him: then his note follows, in its order."""
    with closing(sqlite3.connect(desk.folder / FILE_NAME)) as other:
        other.execute("CREATE TRIGGER never BEFORE INSERT ON customer BEGIN SELECT RAISE(ABORT, 'never'); END")
        other.commit()
        desk.hear(offered(UNKNOWN_NUMBER), answered())
        enter(desk)
        desk.posted.run_until(lambda: desk.call().pop.facts)
        assert desk.call().pop.unsent is Unsent.CUSTOMER
        finish(desk, "待つメモ")
        desk.hear(offered(CUSTOMER_NUMBER, "b"), answered("b"))
        finish(desk, "通る", "b")
        assert desk.rows(NOTES) == [("髙橋 一郎", "通る")]
        status = desk.screen.statuses[-1]
        assert status.set_aside >= 2
        assert (status.waiting, status.database) == (0, None)
        desk.leave()
        other.execute("DROP TRIGGER never")
        other.commit()
    again = desks()
    again.outbox_file.take_up_again()
    again.settle()
    assert again.rows(NOTES) == [("榎本 澪", "待つメモ"), ("髙橋 一郎", "通る")]
    assert len(again.rows(CUSTOMERS)) == 1


@pytest.mark.expected_log(REFUSED)
def test_a_number_recorded_for_a_known_customer_stands_on_the_card_and_waits(
    with_copy: DeskAtWork, cut: dict[str, bool]
) -> None:
    desk = with_copy
    cut["on"] = True
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    desk.desk.choose(desk.call().id, 1)
    desk.settle()
    desk.desk.entering.attach(desk.call())
    desk.settle()
    pop = desk.call().pop
    assert pop.facts is not None
    assert (pop.facts.customer.customer_id, pop.unsent) == (1, Unsent.NUMBER)
    assert 819098761234 in [one.e164 for one in pop.facts.numbers]
    desk.hear(offered(UNKNOWN_NUMBER, "b", after=60))
    assert (desk.call("b").opened_id, desk.call("b").pop.unsent) == (1, Unsent.NUMBER)
    assert desk.rows(OWNERS) == []
    cut["on"] = False
    desk.settle()
    desk.posted.run_until(lambda: desk.call().pop.unsent is None)
    assert desk.rows(OWNERS) == [("髙橋 一郎",)]


@pytest.mark.expected_log(REFUSED)
def test_a_number_can_be_recorded_for_a_customer_who_still_waits(desk: DeskAtWork, cut: dict[str, bool]) -> None:
    cut["on"] = True
    desk.hear(offered("0312349999"), answered())
    enter(desk)
    waiting = desk.call().opened_id
    assert waiting is not None
    desk.hear(offered(UNKNOWN_NUMBER, "b"), answered("b"))
    desk.desk.choose(desk.call("b").id, waiting)
    desk.settle()
    desk.desk.entering.attach(desk.call("b"))
    desk.settle()
    pop = desk.call("b").pop
    assert pop.facts is not None
    assert ([one.e164 for one in pop.facts.numbers], pop.unsent) == ([81312349999, 819098761234], Unsent.CUSTOMER)
    cut["on"] = False
    desk.settle()
    assert desk.rows(OWNERS) == [("榎本 澪",)]


@pytest.mark.expected_log("the outbox cannot be written")
def test_a_disk_that_is_full_keeps_nobody_from_records_that_can_be_written(desk: DeskAtWork) -> None:
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    desk.refuse_outbox()
    enter(desk)
    desk.posted.run_until(lambda: desk.call().pop.facts)
    assert len(desk.rows(CUSTOMERS)) == 1
    assert desk.call().pop.unsent is None
