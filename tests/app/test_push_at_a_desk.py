"""What a PBX pushes, at a desk: one card and one row however often it is told, beside other sources too."""

import json
from typing import Any

from app.compose import announcers_of, own_phones_of
from app.settings import Settings
from cti.call_merge import CallMerge
from cti.events import CallAnswered, CallEvent, CallOffered, LegAdded, Withheld
from cti.push.call_state import Moment, PushedCalls
from cti.push.form import read_form
from cti.push.pushed import read_pushed
from cti.push.settings import PushSettings
from tests.app.desk_at_work import NOW, SAVE_MS, DeskAtWork, offered

NEW = {"event": "newCall", "from": "0335814111", "to": "0312345678", "direction": "in", "callId": "c-1"}


class Pbx:
    """Pushes; `settings` as the test wants them."""

    def __init__(self, **settings: Any) -> None:
        self.settings = PushSettings("pbx", **settings)
        self.calls = PushedCalls(self.settings)

    def push(self, **said: str) -> list[CallEvent]:
        form = read_form("application/json", json.dumps(NEW | said).encode())
        return self.calls.hear(read_pushed(form), Moment(NOW, 0.0, 0))


def test_ten_thousand_pushes_are_one_pop_and_one_row(desk: DeskAtWork) -> None:
    desk.empty_log()
    pbx = Pbx()
    for _ in range(10_000):
        for fact in pbx.push():
            desk.hear(fact)
    assert desk.screen.rung == ["c-1"]
    assert desk.trace("offered")[0]["identity_from"] == "push"
    desk.hear(*pbx.push(event="answer"), *pbx.push(event="hangup", cause="normalClearing"))
    desk.wait(SAVE_MS)
    assert desk.rows("SELECT count(*) FROM call") == [(1,)]


def test_a_push_and_a_phone_that_rings_are_one_card(desk: DeskAtWork) -> None:
    desk.hear(*Pbx().push(), offered("0335814111", "sip"))
    assert desk.screen.rung == ["c-1"]


def test_the_number_of_a_push_is_forgotten_once_sip_withholds_it(desk: DeskAtWork) -> None:
    desk.hear(*Pbx(linked=True).push(), offered("", "sip", linked="c-1", withheld=Withheld.ANONYMOUS))
    ring = desk.call("c-1").ring
    assert (ring.number.raw, ring.withheld) == ("", Withheld.ANONYMOUS)


def test_a_push_for_this_operator_still_only_announces() -> None:
    """It comes when the caller enters a queue; his telephone rings a minute later, and it is one call."""
    pbx = Pbx(users=("Sato Hanako", "201"))
    settings = Settings(sources=(pbx.settings,))
    merge = CallMerge(own_phones_of(settings), announcers_of(settings))
    (first,) = [told for fact in pbx.push(queue="support") for told in merge.hear(fact)]
    (leg, *_rest) = merge.hear(offered("0335814111", "sip", after=60))
    assert isinstance(first, CallOffered)
    assert isinstance(leg, LegAdded)


def test_who_answered_is_this_operator_by_any_of_his_names() -> None:
    pbx = Pbx(users=("Sato Hanako", "201"))
    pbx.push()
    (answered,) = pbx.push(event="answer", answeringNumber="201")
    assert isinstance(answered, CallAnswered)
    settings = Settings(sources=(pbx.settings,))
    assert answered.by in own_phones_of(settings).values()
