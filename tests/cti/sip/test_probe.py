"""Asking a telephone system how it would treat us: what is found, what is sent, and that nothing is left behind."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.sip.probe import Probe, Target
from tests.fakes.sip_peer import FakeRegistrar, Heard

PBX, HERE = ("192.0.2.10", 5060), ("192.0.2.1", 40_000)
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PHONE = "sip:201-0x5590de7644f0@192.0.2.7:15010"
OWN = Target("pbx.example", "201", "201")
WATCHER = Target("pbx.example", "201", "333", asks_for_contacts=False)
TRUNK = Target("pbx.example")


class Asked:
    """A probe against a registrar that answers at once, or not at all; the time is what the timers want."""

    def __init__(self, target: Target = OWN, secret: str = "pw201", notifies: bool = True, **registrar: Any) -> None:
        self.pbx = FakeRegistrar()
        for name, value in registrar.items():
            setattr(self.pbx, name, value)
        self.notifies, self.is_there = notifies, True
        self.probe = Probe(target, secret, Random(5), HERE, PBX)
        self.now, self.sent = 0.0, list[Heard]()

    def run(self) -> "Asked":
        self.probe.start(self.now)
        self._carry()
        while not self.probe.is_over:
            at = self.probe.get_timer()
            assert at is not None, "nothing is waited for, and it is not over"
            self.now = max(self.now, at)
            self.probe.handle_timer(self.now)
            self._carry()
        return self

    def _carry(self) -> None:
        while sent := self.probe.datagrams_to_send():
            for data, peer in sent:
                assert peer == PBX
                self.sent.append(Heard(data))
                if self.is_there and not data.startswith(b"SIP/2.0"):
                    self._answer(self.sent[-1])

    def _answer(self, heard: Heard) -> None:
        answer = self.pbx.answer(heard.data)
        self.say(answer)
        if heard.method == "SUBSCRIBE" and Heard(answer).status == 200 and self.notifies:
            is_end = heard.field("Expires") == "0"
            self.say(self.pbx.notify(heard, "terminated;reason=timeout" if is_end else "active;expires=60"))

    def say(self, data: bytes) -> None:
        self.probe.receive(data, self.now, NOON)

    @property
    def methods(self) -> list[str]:
        return [one.method for one in self.sent if one.method != "SIP/2.0"]


def status_of(answer: Any) -> int | None:
    return None if answer is None else answer.status


Found = tuple[int | None, int | None, int | None, bool]
FOUND: list[tuple[str, dict[str, Any], Found]] = [
    # what, how it is asked, then the status of OPTIONS, REGISTER and SUBSCRIBE, and whether a NOTIFY came
    ("all is well", {}, (404, 200, 200, True)),
    ("wrong password", {"secret": "wrong"}, (404, 401, None, False)),
    ("unknown extension", {"answers_fetch": "404 Not Found"}, (404, 404, 200, True)),
    ("forbidden", {"answers_fetch": "403 Forbidden"}, (404, 403, None, False)),
    ("no such question", {"answers_fetch": "nothing"}, (404, None, 200, True)),
    ("OPTIONS unanswered", {"answers_options": ""}, (None, 200, 200, True)),
    ("no hint", {"answers_subscribe": "404 Not Found"}, (404, 200, 404, False)),
    ("no such event", {"answers_subscribe": "489 Bad Event"}, (404, 200, 489, False)),
    ("subscriptions forbidden", {"answers_subscribe": "403 Forbidden"}, (404, 200, 403, False)),
    ("NOTIFY lost", {"notifies": False}, (404, 200, 200, False)),
    ("another phone is watched", {"target": WATCHER}, (404, None, 200, True)),
    ("watched with a wrong password", {"target": WATCHER, "secret": "wrong"}, (404, None, 401, False)),
    ("no password", {"secret": ""}, (404, None, None, False)),
    ("trunk", {"target": TRUNK, "secret": ""}, (404, None, None, False)),
]


@pytest.mark.parametrize(("asks", "found"), [one[1:] for one in FOUND], ids=[one[0] for one in FOUND])
def test_answers_are_found_and_nothing_is_registered(asks: dict[str, Any], found: Found) -> None:
    asked = Asked(**asks).run()
    told = asked.probe.findings
    assert (*map(status_of, (told.options, told.bindings, told.dialogs)), told.has_notified) == found
    registers = [one for one in asked.sent if one.method == "REGISTER"]
    assert [one for one in registers if one.field("Contact") or one.field("Expires")] == []


def test_silence_costs_seconds_and_then_nothing_more_is_asked() -> None:
    asked = Asked()
    asked.is_there = False
    asked.run()
    assert set(asked.methods) == {"OPTIONS", "REGISTER"}
    assert asked.now <= 4.0
    assert asked.probe.findings.options is None


def test_contacts_of_others_are_found() -> None:
    neighbours = Asked(bindings={PHONE: 60}).run().probe.findings.neighbours
    assert neighbours is not None
    assert neighbours.named == "201-0x5590de7644f0@192.0.2.7"


def test_subscription_is_ended_within_its_dialog_and_its_notifies_are_answered() -> None:
    asked = Asked().run()
    begin, end = [one for one in asked.sent if one.method == "SUBSCRIBE"][-2:]
    assert (begin.field("Expires"), end.field("Expires")) == ("60", "0")
    assert end.first == "SUBSCRIBE sip:notifier@192.0.2.10:5060;x=1 SIP/2.0"
    assert [line for line in end.text.split("\r\n") if line.startswith("Route")] == [
        "Route: <sip:far@192.0.2.11;lr>",
        "Route: <sip:near@192.0.2.10;lr>",
    ]
    assert end.field("To").endswith(";tag=registrar")
    assert (end.field("Call-ID"), end.tag("From")) == (begin.field("Call-ID"), begin.tag("From"))
    assert [one.status for one in asked.sent if one.status] == [200, 200]
    assert asked.now == 0, "nothing is waited for"


def test_credentials_go_to_challenges_of_our_own_and_never_for_options() -> None:
    asked = Asked(answers_options="401 Unauthorized").run()
    given = [one.method for one in asked.sent if one.field("Authorization")]
    assert given == ["REGISTER", "SUBSCRIBE", "SUBSCRIBE"]
    assert not any(b"pw201" in one.data for one in asked.sent)


def test_wrong_password_is_given_once() -> None:
    assert len([one for one in Asked(secret="wrong").run().sent if one.field("Authorization")]) == 1


@pytest.mark.parametrize(
    ("stated", "ahead"),
    [("Sat, 21 Nov 2026 11:59:30 GMT", 30), ("Sat, 21 Nov 2026 12:10:00 GMT", -600), ("tomorrow", None), ("", None)],
)
def test_clock_of_the_telephone_system_is_compared_with_ours(stated: str, ahead: int | None) -> None:
    assert Asked(date=stated).run().probe.findings.clock_ahead == ahead


def test_time_to_answer_is_that_of_the_whole_question() -> None:
    asked = Asked()
    asked.is_there = False
    asked.probe.start(0.0)
    (sent, _), *_ = asked.probe.datagrams_to_send()
    asked.now = 0.25
    asked.say(asked.pbx.answer(sent))
    options = asked.probe.findings.options
    assert options is not None
    assert options.took == timedelta(seconds=0.25).total_seconds()


def test_requests_of_others_get_no_answer() -> None:
    asked = Asked()
    asked.probe.start(0.0)
    asked.probe.datagrams_to_send()
    stray = asked.pbx.notify(Heard(b"SUBSCRIBE x SIP/2.0\r\nCall-ID: stray\r\nFrom: <sip:a@b>\r\n\r\n"), "active")
    asked.say(stray.replace(b"NOTIFY  SIP", b"NOTIFY sip:x@y SIP"))
    assert asked.probe.datagrams_to_send() == []


@given(st.one_of(st.binary(), st.binary().map(lambda tail: b"SIP/2.0 200 OK\r\n" + tail)))
def test_whatever_comes_breaks_nothing(data: bytes) -> None:
    asked = Asked()
    asked.probe.start(0.0)
    asked.say(data)
    assert not asked.probe.is_over
