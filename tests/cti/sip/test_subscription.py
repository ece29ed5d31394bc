"""SUBSCRIBE to a PBX that checks the digest and notifies in its own way; the time is what the test says."""

import pytest

from cti.events import Danger, SourceState
from cti.sip.dialog import Endangered, Ended, Offered, RegistrationChanged
from tests.cti.sip.watch_wire import WatchWire
from tests.cti.sip.wire import HERE, PBX
from tests.fakes.notifier import IDLE, FakeNotifier, dialog, document
from tests.fakes.sip_peer import Heard

WATCHING = RegistrationChanged(SourceState.LISTENING, "192.0.2.10:5060")


def subscribes(heard: list[Heard]) -> list[Heard]:
    return [one for one in heard if one.method == "SUBSCRIBE"]


def authorized(wire: WatchWire) -> list[Heard]:
    return [one for one in wire.sent if one.field("Authorization")]


def watching(notifier: FakeNotifier | None = None) -> WatchWire:
    wire = WatchWire(notifier)
    wire.register()
    assert wire.events == [WATCHING]
    return wire


def test_subscribes_with_credentials_and_says_so_when_the_first_notify_has_come() -> None:
    wire = watching()
    asked, answered = subscribes(wire.sent)
    assert asked.first == "SUBSCRIBE sip:201@192.0.2.10 SIP/2.0"
    assert (asked.field("Event"), asked.field("Accept")) == ("dialog", "application/dialog-info+xml")
    assert asked.field("From").startswith("<sip:204@192.0.2.10>;tag=")
    assert asked.field("Contact") == f"<sip:{wire.agent.contact_user}@192.0.2.1:5062>"
    assert [one.credential("username") for one in authorized(wire)] == ["204"]
    assert asked.field("Call-ID") == answered.field("Call-ID")
    assert [one.status for one in wire.notifier.answered] == [200]


def test_without_a_username_the_watched_phones_own_account_is_used() -> None:
    wire = WatchWire(username="")
    wire.register()
    assert [one.credential("username") for one in authorized(wire)][:1] == ["201"]


def test_extension_of_another_domain_is_asked_for_there() -> None:
    wire = WatchWire(watch="201@tenant.example")
    wire.register()
    assert wire.sent[0].first == "SUBSCRIBE sip:201@tenant.example SIP/2.0"
    wire.tell(dialog("early", "sip:0312345678@x"))
    wire.tell(dialog("confirmed", direction=""))
    assert [getattr(event, "by", None) for event in wire.events][-1] == "201@tenant.example"


def test_notify_that_overtakes_the_200_makes_the_subscription() -> None:
    notifier = FakeNotifier(document(0, dialog("early", "sip:0312345678@x")))
    straight = notifier.answers
    notifier.answers = lambda data: straight(data)[::-1]  # type: ignore[method-assign]
    wire = WatchWire(notifier)
    wire.register()
    assert [type(event) for event in wire.events] == [Offered, RegistrationChanged]
    assert [one.status for one in notifier.answered] == [200]


def test_refresh_comes_at_80_percent_within_the_same_dialog() -> None:
    wire = watching(FakeNotifier(granted=50))
    assert subscribes(wire.pass_time(39.9)) == []
    (refresh,) = subscribes(wire.pass_time(0.2))
    first = wire.notifier.subscriptions[0]
    assert refresh.first == "SUBSCRIBE sip:192.0.2.10:5060 SIP/2.0", "its Contact is where a dialog's requests go"
    assert (refresh.tag("To"), refresh.tag("From")) == ("notifier-1", first.tag("From"))
    assert refresh.field("Call-ID") == first.field("Call-ID")
    counted = [int(one.field("CSeq").split()[0]) for one in wire.sent if one.method in {"SUBSCRIBE", "OPTIONS"}]
    assert counted == list(range(1, len(counted) + 1))
    assert refresh.credential("nc") == "00000002"
    assert wire.events == [WATCHING]


def test_notify_may_shorten_what_the_200_granted() -> None:
    wire = watching(FakeNotifier(granted=100))
    wire.say(wire.notifier.notify(document(1, IDLE), state="active;expires=10"))
    assert len(subscribes(wire.pass_time(8.1))) == 1


def test_requests_of_the_dialog_take_the_recorded_route() -> None:
    notifier = FakeNotifier(granted=50)
    notifier.extra = "Record-Route: <sip:a.example;lr>, <sip:b.example;lr>\r\n"
    wire = watching(notifier)
    (refresh,) = subscribes(wire.pass_time(41))
    routes = [line for line in refresh.text.split("\r\n") if line.startswith("Route:")]
    assert routes == ["Route: <sip:b.example;lr>", "Route: <sip:a.example;lr>"]
    assert set(wire.sent_to) == {PBX}, "still nowhere but to the PBX of the settings"


def test_interval_too_brief_is_asked_again_as_long_as_the_pbx_wants() -> None:
    notifier = FakeNotifier()
    notifier.min_expires = 1800
    wire = watching(notifier)
    assert subscribes(wire.sent)[-1].field("Expires") == "1800"


def test_wrong_secret_is_tried_twice_then_rests_for_ten_minutes() -> None:
    wire = WatchWire()
    wire.register("wrong")
    wire.pass_time(60)
    assert len(authorized(wire)) == 2
    assert wire.events == [RegistrationChanged(SourceState.REFUSED, "401 Unauthorized")]
    wire.pass_time(530)
    assert len(authorized(wire)) == 2
    wire.pass_time(60)
    assert len(authorized(wire)) > 2


def test_refused_secret_rests_through_new_addresses_and_a_new_start() -> None:
    wire = WatchWire()
    wire.register("wrong")
    wire.pass_time(10)
    for host in ("192.0.2.2", "192.0.2.3"):
        wire.agent.set_route((host, 5062), PBX)
        wire.register("wrong")
        wire.pass_time(10)
    wire.agent.stop_registration(wire.now)
    wire.register("wrong")
    wire.pass_time(500)
    assert len(authorized(wire)) == 2
    assert set(wire.states) == {SourceState.REFUSED}
    wire.pass_time(100)
    assert len(authorized(wire)) > 2


def test_closed_port_of_the_pbx_is_a_reason_to_ask_again_and_then_to_say_so() -> None:
    wire = watching()
    wire.agent.registrar_is_gone(wire.now)
    assert len(subscribes(wire.collect())) == 1
    wire.is_pbx_there = False
    for _ in range(2):
        wire.agent.registrar_is_gone(wire.now)
        wire.pass_time(1)
    assert wire.states == [SourceState.LISTENING, SourceState.UNREACHABLE]
    wire.is_pbx_there = True
    wire.pass_time(2)
    assert wire.states[-1] is SourceState.LISTENING


def test_new_secret_is_tried_at_once_after_a_refusal() -> None:
    wire = WatchWire()
    wire.register("wrong")
    wire.pass_time(60)
    wire.register("pw204")
    assert wire.states == [SourceState.REFUSED, SourceState.LISTENING]


@pytest.mark.parametrize("status", ["404 Not Found", "489 Bad Event", "405 Method Not Allowed", "603 Decline"])
def test_pbx_that_does_not_tell_of_the_phone_is_said_in_words_and_asked_once_a_minute(status: str) -> None:
    notifier = FakeNotifier()
    notifier.answers_with = [status] * 3
    wire = WatchWire(notifier)
    wire.register()
    wire.pass_time(59)
    assert wire.events == [
        RegistrationChanged(SourceState.NOT_REPORTED, status),
        Endangered(((Danger.NO_DIALOG_EVENTS, status),)),
    ]
    assert len(subscribes(wire.sent)) == 2
    wire.pass_time(130)
    assert wire.events[2:] == [Endangered(()), WATCHING]


def test_absent_pbx_is_tried_for_ever_with_a_pause_of_eight_seconds_at_most() -> None:
    wire = WatchWire()
    wire.is_pbx_there = False
    wire.register()
    wire.pass_time(3600)
    assert wire.events == [RegistrationChanged(SourceState.UNREACHABLE, "192.0.2.10:5060")]
    assert 3600 / 16 <= len({one.field("Via") for one in subscribes(wire.sent)}) <= 3600 / 11


def test_pbx_that_went_away_shows_within_seconds_and_is_watched_again_within_fifteen() -> None:
    wire = watching()
    for away in (1, 7, 33, 600):
        wire.pass_time(60)
        wire.is_pbx_there = False
        wire.pass_time(15 + away)
        assert wire.states[-1] == SourceState.UNREACHABLE
        wire.is_pbx_there = True
        wire.pass_time(15)
        assert wire.states[-1] == SourceState.LISTENING


def test_pbx_that_has_forgotten_the_subscription_gets_a_new_one_at_once() -> None:
    wire = watching(FakeNotifier(granted=50))
    wire.notifier.answers_with = ["481 Subscription Does Not Exist"]
    wire.pass_time(42)
    refused, anew = subscribes(wire.sent)[-2:]
    assert refused.tag("To")
    assert (anew.tag("To"), anew.first) == ("", "SUBSCRIBE sip:201@192.0.2.10 SIP/2.0")
    assert anew.field("Call-ID") != refused.field("Call-ID")
    assert wire.events == [WATCHING], "a second without a subscription is not worth a word"


def test_pbx_that_was_back_before_anybody_noticed_and_has_forgotten_is_asked_anew_within_nine_seconds() -> None:
    wire = watching(FakeNotifier(granted=3600))
    wire.pass_time(100)
    wire.notifier.restart()
    assert len(subscribes(wire.sent)) == 2, "one that was challenged, one that was granted"
    wire.notifier.current = document(0, dialog("early", "sip:0312345678@x"))
    wire.pass_time(9)
    assert [one.tag("To") for one in subscribes(wire.sent)[2:]] == ["notifier-1", ""]
    assert isinstance(wire.events[-1], Offered)
    wire.pass_time(100)
    assert len(subscribes(wire.sent)) == 4


def test_pbx_that_crashes_again_and_again_is_asked_anew_each_time() -> None:
    wire = watching(FakeNotifier(granted=3600))
    for _crash in range(5):
        wire.notifier.restart()
        wire.pass_time(9)
        assert len(wire.notifier.subscriptions) == 1


def test_pbx_that_knows_no_options_within_a_dialog_is_asked_outside_from_then_on() -> None:
    notifier = FakeNotifier(granted=3600)
    notifier.denies_all_dialogs = True
    wire = watching(notifier)
    options = [one for one in wire.pass_time(100) if one.method == "OPTIONS"]
    assert [one.tag("To") for one in subscribes(wire.sent)] == ["", "", "notifier-1"], (
        "it has the subscription all the same"
    )
    assert [bool(one.tag("To")) for one in options[:4]] == [True, False, False, False]
    assert wire.events == [WATCHING]


def test_481_to_a_first_subscribe_is_trouble() -> None:
    notifier = FakeNotifier()
    notifier.answers_with = ["481 Nonsense"] * 5
    wire = WatchWire(notifier)
    wire.register()
    wire.pass_time(10)
    assert wire.events == [RegistrationChanged(SourceState.UNREACHABLE, "481 Nonsense")]


def test_server_error_during_a_refresh_keeps_the_subscription_and_its_notifies() -> None:
    wire = watching(FakeNotifier(granted=50))
    wire.notifier.answers_with = ["503 Service Unavailable"]
    wire.pass_time(40.1)
    assert [answer.status for answer in wire.tell(dialog("early", "sip:0312345678@x"))] == [200]
    assert isinstance(wire.events[-1], Offered)
    wire.pass_time(2)
    assert wire.states == [SourceState.LISTENING, SourceState.UNREACHABLE, SourceState.LISTENING]
    assert len({one.field("Call-ID") for one in subscribes(wire.sent)}) == 1


def test_retry_after_of_a_503_is_kept() -> None:
    notifier = FakeNotifier()
    notifier.answers_with = ["503 Service Unavailable\r\nRetry-After: 40 (later, please)\r\n"]
    wire = WatchWire(notifier)
    wire.register()
    sent = len(wire.sent)
    assert wire.pass_time(39.9) == []
    wire.pass_time(0.2)
    assert len(wire.sent) > sent
    assert wire.states[-1] == SourceState.LISTENING


def test_first_subscribe_over_tcp_that_a_starting_pbx_swallows_is_asked_again_soon() -> None:
    wire = WatchWire(transport="tcp")
    wire.is_pbx_there = False
    wire.register()
    wire.pass_time(3.5)
    wire.is_pbx_there = True
    wire.pass_time(1.0)
    assert wire.states == [SourceState.UNREACHABLE, SourceState.LISTENING]


def test_silent_way_back_is_trouble_although_every_subscribe_is_granted() -> None:
    notifier = FakeNotifier()
    notifier.is_mute = True
    wire = WatchWire(notifier)
    wire.register()
    assert wire.events == []
    wire.pass_time(33)
    assert wire.events == [RegistrationChanged(SourceState.UNREACHABLE, "no NOTIFY")]
    notifier.is_mute = False
    wire.pass_time(40)
    assert wire.events[1:] == [WATCHING]


@pytest.mark.parametrize("reason", ["deactivated", "timeout"])
def test_subscription_that_the_notifier_ends_is_begun_anew_at_once(reason: str) -> None:
    wire = watching()
    answers = wire.say(wire.notifier.notify(document(1, IDLE), state=f"terminated;reason={reason}"))
    assert [one.status for one in answers] == [200]
    wire.pass_time(1)
    assert [one.tag("To") for one in subscribes(wire.sent)[-1:]] == [""]
    assert wire.events == [WATCHING]


@pytest.mark.parametrize("reason", ["probation", "giveup", "of-its-own", ""])
def test_notifier_may_send_us_away_for_a_while(reason: str) -> None:
    wire = watching()
    words = f";reason={reason}" if reason else ""
    wire.say(wire.notifier.notify(state=f"terminated{words};retry-after=30"))
    assert wire.events[-1] == RegistrationChanged(SourceState.UNREACHABLE, reason)
    assert wire.pass_time(29.9) == []
    wire.pass_time(0.2)
    assert wire.events[-1] == WATCHING


def test_rejected_subscription_rests_for_ten_minutes() -> None:
    wire = watching()
    wire.say(wire.notifier.notify(state="terminated;reason=rejected"))
    assert wire.events[-1] == RegistrationChanged(SourceState.REFUSED, "rejected")
    assert subscribes(wire.pass_time(580)) == []
    assert len(subscribes(wire.pass_time(30))) >= 1


def test_phone_that_exists_no_more_is_said() -> None:
    wire = watching()
    wire.say(wire.notifier.notify(state="terminated;reason=noresource"))
    assert wire.events[1:] == [
        RegistrationChanged(SourceState.NOT_REPORTED, "noresource"),
        Endangered(((Danger.NO_DIALOG_EVENTS, "noresource"),)),
    ]


def test_pending_subscription_hears_nothing_yet_and_says_so() -> None:
    notifier = FakeNotifier()
    notifier.is_mute = True
    wire = WatchWire(notifier)
    wire.register()
    assert [one.status for one in wire.say(notifier.notify(state="pending"))] == [200]
    wire.pass_time(35)
    assert wire.events == []
    wire.say(notifier.notify(document(1, IDLE)))
    assert wire.events == [WATCHING]


def test_options_go_to_the_pbx_about_every_eight_seconds_without_credentials() -> None:
    wire = watching(FakeNotifier(granted=3600))
    options = [one for one in wire.pass_time(80) if one.method == "OPTIONS"]
    assert 10 <= len(options) <= 11
    assert {one.tag("To") for one in options} == {"notifier-1"}, "within the subscription: who has forgotten it says so"
    assert not any(one.field("Authorization") for one in options)


def test_leaving_takes_the_subscription_back_and_waits_for_the_last_notify() -> None:
    wire = watching()
    wire.notifier.is_mute = True
    wire.agent.stop_registration(wire.now)
    assert [one.field("Expires") for one in wire.collect()] == ["0"]
    assert not wire.agent.is_unregistered
    (answer,) = wire.say(wire.notifier.notify(document(0, IDLE), state="terminated;reason=timeout"))
    assert answer.status == 200
    assert wire.agent.is_unregistered
    assert wire.pass_time(3600) == []


def test_call_that_the_last_notify_mentions_is_not_offered() -> None:
    wire = watching()
    wire.notifier.current = document(1, dialog("early", "sip:0312345678@x"))
    wire.agent.stop_registration(wire.now)
    wire.collect()
    assert wire.events == [WATCHING]
    assert wire.agent.is_unregistered


@pytest.mark.parametrize("is_there", [True, False])
def test_leaving_before_anything_was_granted_sends_no_more(is_there: bool) -> None:
    wire = WatchWire()
    wire.is_pbx_there = is_there
    wire.agent.start_registration("wrong" if is_there else "pw204", wire.now)
    wire.collect()
    wire.agent.stop_registration(wire.now)
    assert wire.agent.is_unregistered
    assert wire.pass_time(700) == []


def test_leaving_an_absent_pbx_is_given_up() -> None:
    wire = watching()
    wire.is_pbx_there = False
    wire.agent.stop_registration(wire.now)
    wire.pass_time(10)
    assert wire.agent.is_unregistered


def test_can_watch_again_after_leaving() -> None:
    wire = watching()
    wire.agent.stop_registration(wire.now)
    wire.collect()
    wire.register()
    assert not wire.agent.is_unregistered
    assert wire.events == [WATCHING, WATCHING]


def test_new_address_gets_a_subscription_of_its_own_and_the_calls_go_on() -> None:
    wire = watching()
    wire.tell(dialog("early", "sip:0312345678@x"))
    old = wire.notifier.notify(document(2, dialog("terminated", direction="")))
    wire.notifier.current = document(0, dialog("early", "sip:0312345678@x"))
    wire.agent.set_route(("192.0.2.2", HERE[1]), PBX)
    wire.register()
    assert "192.0.2.2" in subscribes(wire.sent)[-1].field("Contact")
    assert [one.status for one in wire.say(old)] == [481], "whatever still comes within the old one ends it"
    wire.tell()
    assert [type(event) for event in wire.events if not isinstance(event, RegistrationChanged)] == [Offered, Ended]


def test_true_challenge_from_somebody_elses_address_gets_no_credentials() -> None:
    wire = WatchWire()
    wire.agent.set_peers([PBX[0], "198.51.100.1"])
    wire.is_pbx_there = False
    wire.register()
    challenge = wire.notifier.challenge(wire.sent[0], "")
    assert wire.say(challenge, ("198.51.100.1", 5060)) == []
    assert authorized(wire) == []
    assert [one.method for one in wire.say(challenge)] == ["SUBSCRIBE"]
    assert wire.say(challenge) == []


def test_secret_is_in_no_datagram() -> None:
    notifier = FakeNotifier(granted=50)
    notifier.password = "canary-4711"
    wire = WatchWire(notifier)
    wire.register("canary-4711")
    wire.pass_time(500)
    assert wire.events == [WATCHING]
    assert not any(b"canary-4711" in one.data for one in wire.sent)
