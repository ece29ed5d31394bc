"""Who dealt with a customer before: who is asked first, and why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.pop import CustomerFacts, HandlerFact
from app.prior_handlers import Standing, prior_handlers
from db.demo import CUSTOMER_NUMBER
from tests.app.desk_at_work import NOW, DeskAtWork, offered


@pytest.fixture
def facts(desk: DeskAtWork) -> CustomerFacts:
    desk.hear(offered(CUSTOMER_NUMBER, CUSTOMER_NUMBER))
    found = desk.call(CUSTOMER_NUMBER).pop.facts
    assert found is not None
    return found


def handler(key: int, name: str, days: int, count: int, *complaints: str) -> HandlerFact:
    return HandlerFact(key, name, NOW - timedelta(days=days), count, "配送", complaints)


def ranked(facts: CustomerFacts, *handlers: HandlerFact) -> list[tuple[str, tuple[Standing, ...]]]:
    return [(one.name, one.standings) for one in prior_handlers(replace(facts, handlers=handlers))]


def test_the_last_then_the_most_frequent_then_the_complaints_then_the_others(facts: CustomerFacts) -> None:
    nobodys = replace(facts, complaints=())
    four = (handler(1, "甲", 1, 2), handler(2, "乙", 2, 1), handler(3, "丙", 3, 9), handler(4, "丁", 4, 1, "12"))
    assert ranked(nobodys, *four) == [
        ("甲", (Standing.LAST,)), ("丙", (Standing.MOST,)), ("丁", (Standing.COMPLAINT,)), ("乙", ()),
    ]  # fmt: skip


def test_one_person_may_be_all_of_it_and_stands_once(facts: CustomerFacts) -> None:
    two = (handler(1, "甲", 1, 9, "12"), handler(2, "乙", 2, 1))
    assert ranked(replace(facts, complaints=()), *two) == [("甲", tuple(Standing)), ("乙", ())]


def test_of_a_single_handler_nobody_says_most(facts: CustomerFacts) -> None:
    assert ranked(replace(facts, complaints=()), handler(1, "甲", 1, 9)) == [("甲", (Standing.LAST,))]


def test_whoever_has_the_complaint_stands_there_though_he_never_met_the_customer(facts: CustomerFacts) -> None:
    assert facts.complaints[0].handler == "佐藤 美咲"
    assert ranked(facts, handler(1, "甲", 1, 9)) == [("甲", (Standing.LAST,)), ("佐藤 美咲", (Standing.COMPLAINT,))]
    (_first, second) = prior_handlers(replace(facts, handlers=(handler(1, "甲", 1, 9),)))
    assert (second.contact, second.complaints) == (None, ("12",))


def test_nobody_has_dealt_with_a_new_customer(facts: CustomerFacts) -> None:
    assert ranked(replace(facts, complaints=())) == []
