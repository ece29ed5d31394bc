"""Pops without a database: what was seen here, what was written since, and how old it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app import call_rows
from app.local_copy import LocalCopy, with_waiting
from app.pop import NO_NUMBER, Copied, Pop, PopState, Trouble
from db.demo import HOUSEHOLD_NUMBER
from db.local_cards import LocalCards
from tests.app.desk_at_work import NOW, DeskAtWork, answered, offered

CUT = NOW + timedelta(minutes=5)


@pytest.fixture
def cards(tmp_path: Path) -> Iterator[LocalCards]:
    opened = LocalCards.open(tmp_path / "copy", NOW)
    yield opened
    opened.close()


def test_a_card_comes_back_as_it_was_and_says_of_when(desk: DeskAtWork, cards: LocalCards) -> None:
    desk.hear(offered())
    call, copy = desk.call(), LocalCopy(cards)
    copy.keep(call.ring, call.pop, NOW)
    found = copy.find(call.ring, Trouble.UNREACHABLE, CUT)
    assert found is not None
    assert found == replace(call.pop, trouble=Trouble.UNREACHABLE, copied=Copied(NOW, CUT))
    assert found.facts is not None
    assert copy.card(found.facts.customer.customer_id, Trouble.UNREACHABLE, CUT) == replace(found, candidates=())


def test_a_choice_stays_a_choice(desk: DeskAtWork, cards: LocalCards) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER))
    call, copy = desk.call(), LocalCopy(cards)
    copy.keep(call.ring, call.pop, NOW)
    found = copy.find(call.ring, Trouble.UNREACHABLE, CUT)
    assert found is not None
    assert (found.state, found.candidates, found.facts) == (PopState.CHOICE, call.pop.candidates, None)


def test_of_a_number_never_seen_nobody_can_say_anything(desk: DeskAtWork, cards: LocalCards) -> None:
    desk.hear(offered())
    assert LocalCopy(cards).find(desk.call().ring, Trouble.UNREACHABLE, CUT) is None


def test_a_copy_is_never_copied_and_nobody_is_no_fact(desk: DeskAtWork, cards: LocalCards) -> None:
    desk.hear(offered())
    call, copy = desk.call(), LocalCopy(cards)
    for pop in (replace(call.pop, copied=Copied(NOW, None)), Pop(PopState.NOBODY), NO_NUMBER):
        copy.keep(call.ring, pop, NOW)
    assert copy.find(call.ring, Trouble.UNREACHABLE, CUT) is None


def test_what_another_version_has_kept_is_no_copy(desk: DeskAtWork, cards: LocalCards) -> None:
    desk.hear(offered())
    call, copy = desk.call(), LocalCopy(cards)
    copy.keep(call.ring, call.pop, NOW)
    cards._connection.execute("UPDATE card SET body = x'00'")
    with pytest.raises(Exception, match="decompress"):
        cards.card(1)
    copy.keep(call.ring, call.pop, NOW)
    kept = cards.card(1)
    assert kept is not None
    cards.keep_card(1, replace(kept, body=kept.body.replace('"customer_no"', '"customer_number"')))
    found = copy.find(call.ring, Trouble.UNREACHABLE, CUT)
    assert found is not None
    assert found.state is PopState.CHOICE, "the candidates can still be read"


def test_what_was_written_since_stands_in_the_history(desk: DeskAtWork, engine: Engine) -> None:
    desk.hear(offered(), answered())
    desk.type("送られていない\n二行目", disposition="complaint")
    call = desk.call()
    parts = [call_rows.of(call, "sato"), call_rows.wrap_up_of(call, "sato", NOW)]
    pop = with_waiting(call.pop, parts)
    assert pop.facts is not None
    assert call.pop.facts is not None
    newest = pop.facts.interactions[0]
    assert (newest.subject, newest.kind, newest.handler) == ("送られていない", "complaint", "sato")
    assert newest.excerpt == "送られていない 二行目"
    assert pop.facts.interaction_count == call.pop.facts.interaction_count + 1
    desk.type("誰でもない", "a")
    other = replace(parts[1], done=replace(parts[1].done, customer_id=9))  # type: ignore[type-var,union-attr]
    assert with_waiting(call.pop, [parts[0], other]) == call.pop
