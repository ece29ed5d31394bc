"""What the watcher makes of dialog events, whose events it takes, and what it answers."""

import pytest

from cti.events import Caller, Danger, Direction, EndCause, IdentityFrom, Withheld
from cti.sip.dialog import AgentEvent, Answered, Endangered, Ended, Offered, Transferred
from cti.sip.dialog_info import MAX_BODY, MAX_DIALOGS
from tests.cti.sip.watch_wire import WatchWire
from tests.cti.sip.wire import PBX
from tests.fakes.notifier import IDLE, FakeNotifier, dialog, document
from tests.fakes.sip_peer import Heard, invite

TANAKA, SUZUKI = "sip:0312345678@pbx", "sip:09012345678@pbx"
CONFIRMED = dialog("confirmed", direction="")
INFO = IdentityFrom.DIALOG_INFO


def watching(*first: str) -> WatchWire:
    wire = WatchWire(FakeNotifier(document(0, *(first or (IDLE,)))))
    wire.register()
    return wire


def calls(wire: WatchWire) -> list[AgentEvent]:
    return [event for event in wire.events if isinstance(event, Offered | Answered | Transferred | Ended)]


def words(wire: WatchWire) -> list[str]:
    """The facts about calls in short, each with its caller's number or its call's place in the row."""
    ids = [event.call_id for event in calls(wire) if isinstance(event, Offered)]
    said = []
    for event in calls(wire):
        match event:
            case Offered(caller=caller):
                said.append(f"offered {caller.number}")
            case Answered(call_id, by):
                said.append(f"answered {ids.index(call_id)} by {by}")
            case Transferred(call_id, caller):
                said.append(f"changed {ids.index(call_id)} to {caller.number}")
            case Ended(call_id, why):
                said.append(f"ended {ids.index(call_id)} {why}")
    return said


def statuses(heard: list[Heard]) -> list[int]:
    return [one.status for one in heard]


def test_early_call_is_offered_answered_by_the_watched_phone_and_hung_up() -> None:
    wire = watching()
    assert statuses(wire.tell(dialog("early", TANAKA, name="田中"))) == [200]
    (offered,) = calls(wire)
    assert isinstance(offered, Offered)
    assert offered.caller == Caller("0312345678", "田中", None, INFO)
    assert (offered.dialled, offered.direction, offered.is_test) == ("", Direction.IN, False)
    assert offered.call_id.startswith("201;")
    wire.tell(CONFIRMED)
    wire.tell(CONFIRMED)
    wire.tell(IDLE)
    assert calls(wire)[1:] == [Answered(offered.call_id, "201"), Ended(offered.call_id, EndCause.HUNG_UP)]


def test_next_call_of_the_same_extension_is_another_call() -> None:
    wire = watching()
    for _call in range(2):
        wire.tell(dialog("early", TANAKA))
        wire.tell(IDLE)
    offered = [event.call_id for event in calls(wire) if isinstance(event, Offered)]
    assert len(set(offered)) == 2
    assert words(wire) == ["offered 0312345678", "ended 0 cancelled", "offered 0312345678", "ended 1 cancelled"]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("cancelled", EndCause.CANCELLED),
        ("rejected", EndCause.REJECTED),
        ("timeout", EndCause.TIMED_OUT),
        ("error", EndCause.FAILED),
        ("replaced", EndCause.ANSWERED_ELSEWHERE),
        ("local-bye", EndCause.CANCELLED),
        ("of-its-own", EndCause.CANCELLED),
    ],
)
def test_reason_of_an_early_end_is_told(event: str, why: EndCause) -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA, key="a1"))
    wire.tell(dialog("terminated", TANAKA, key="a1", event=event))
    assert words(wire) == ["offered 0312345678", f"ended 0 {why}"]


@pytest.mark.parametrize("event", ["remote-bye", "local-bye", "replaced", "error"])
def test_answered_call_is_hung_up_whatever_the_reason(event: str) -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA, key="a1"))
    wire.tell(dialog("confirmed", TANAKA, key="a1"))
    wire.tell(dialog("terminated", TANAKA, key="a1", event=event))
    assert words(wire) == ["offered 0312345678", "answered 0 by 201", "ended 0 hung_up"]


@pytest.mark.parametrize("direction", ["initiator", ""])
def test_outgoing_call_never_pops(direction: str) -> None:
    wire = watching()
    for state in ("trying", "proceeding", "early", "confirmed", "terminated"):
        wire.tell(dialog(state, TANAKA, key="a1", direction=direction))
    assert calls(wire) == []


def test_states_before_the_ringing_say_nothing() -> None:
    wire = watching()
    wire.tell(dialog("trying", TANAKA, key="a1"))
    wire.tell(dialog("proceeding", TANAKA, key="a1"))
    assert calls(wire) == []


def test_call_that_rings_when_we_begin_pops_and_one_that_is_talked_to_does_not() -> None:
    assert words(watching(dialog("early", TANAKA))) == ["offered 0312345678"]
    wire = watching(dialog("confirmed", TANAKA, key="a1"))
    wire.tell(dialog("terminated", TANAKA, key="a1"))
    assert calls(wire) == []


def test_call_that_was_answered_at_once_is_offered_and_answered_where_it_is_named() -> None:
    wire = watching()
    wire.tell(dialog("confirmed", TANAKA, key="a1"))
    assert words(wire) == ["offered 0312345678", "answered 0 by 201"]


def test_dialogs_with_ids_of_their_own_are_calls_of_their_own() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA, key="a"), state="partial")
    wire.tell(dialog("confirmed", TANAKA, key="a"), state="partial")
    wire.tell(dialog("early", SUZUKI, key="b"), state="partial")
    wire.tell(dialog("terminated", key="b"), state="partial")
    wire.tell(dialog("early", SUZUKI, key="c"), state="partial")
    wire.tell(dialog("terminated", key="a"), state="partial")
    wire.tell(dialog("confirmed", SUZUKI, key="c"), state="partial")
    assert words(wire) == [
        "offered 0312345678", "answered 0 by 201", "offered 09012345678", "ended 1 cancelled", "offered 09012345678",
        "ended 0 hung_up", "answered 2 by 201",
    ]  # fmt: skip


def test_whole_document_ends_what_it_does_not_name() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA, key="a"), dialog("early", SUZUKI, key="b"))
    wire.tell(dialog("early", SUZUKI, key="b"))
    wire.say(wire.notifier.notify(document(3)))
    assert words(wire)[2:] == ["ended 0 cancelled", "ended 1 cancelled"]


@pytest.mark.parametrize("state", ["early", "confirmed"])
def test_other_caller_in_a_dialog_is_a_transfer(state: str) -> None:
    wire = watching()
    wire.tell(dialog("early", "sip:202@pbx", key="a"))
    wire.tell(dialog("confirmed", "sip:202@pbx", key="a")) if state == "confirmed" else None
    wire.tell(dialog(state, TANAKA, key="a"))
    wire.tell(dialog(state, TANAKA, key="a", name="Tanaka"))
    assert words(wire)[-1] == "changed 0 to 0312345678"
    assert sum(isinstance(event, Transferred) for event in wire.events) == 1


def test_withheld_call_stays_withheld_whoever_is_named_later() -> None:
    wire = watching()
    wire.tell(dialog("early", "sip:anonymous@anonymous.invalid", key="a"))
    wire.tell(dialog("confirmed", TANAKA, key="a"))
    assert not any(isinstance(event, Transferred) for event in wire.events)


def test_transfer_that_is_told_with_the_answer_is_told_first() -> None:
    wire = watching()
    wire.tell(dialog("early", "sip:202@pbx", key="a"))
    wire.tell(dialog("confirmed", TANAKA, key="a"))
    assert words(wire) == ["offered 202", "changed 0 to 0312345678", "answered 0 by 201"]


def test_extension_wide_dialog_with_another_caller_is_another_call() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA))
    wire.tell(dialog("early", SUZUKI))
    wire.tell(CONFIRMED)
    wire.tell(IDLE)
    assert words(wire) == [
        "offered 0312345678", "answered 0 by None", "offered 09012345678", "answered 1 by None", "ended 0 hung_up",
        "ended 1 hung_up",
    ]  # fmt: skip


def test_extension_as_id_beside_a_call_id_is_an_ordinary_dialog() -> None:
    wire = watching()
    wire.tell(dialog("early", "sip:202@pbx", call_id="x@pbx"))
    wire.tell(dialog("early", TANAKA, call_id="x@pbx"))
    assert words(wire) == ["offered 202", "changed 0 to 0312345678"]


@pytest.mark.parametrize("own", ["sip:201@pbx", "sip:201@127.0.0.1:5060", "tel:201"])
def test_event_that_names_the_watched_phone_as_its_caller_is_no_call(
    own: str, caplog: pytest.LogCaptureFixture
) -> None:
    wire = watching()
    with caplog.at_level("INFO", "cti.sip.watched_phone"):
        wire.tell(dialog("early", own))
        wire.tell(dialog("early", own))
    assert calls(wire) == []
    assert len(caplog.messages) == 1
    wire.tell(dialog("early", TANAKA))
    wire.tell(dialog("early", own))
    assert words(wire) == ["offered 0312345678"]


def test_call_without_a_caller_rings_with_a_word_to_the_administrator_until_one_is_named() -> None:
    wire = watching()
    wire.tell(dialog("early", key="a"))
    offered = calls(wire)[0]
    assert isinstance(offered, Offered)
    assert offered.caller == Caller("", "")
    assert wire.events[-1] == Endangered(((Danger.NO_IDENTITY, ""),))
    wire.tell(dialog("early", TANAKA, key="a"))
    assert words(wire) == ["offered ", "changed 0 to 0312345678"]
    assert wire.events[-1] == Endangered(())


def test_unnamed_ringing_beside_a_call_that_is_named_is_no_second_one() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA))
    wire.tell(dialog("early"))
    wire.tell(CONFIRMED)
    wire.tell(dialog("early"))
    wire.tell(CONFIRMED)
    assert words(wire) == ["offered 0312345678", "answered 0 by 201"]
    assert not any(isinstance(event, Endangered) for event in wire.events)


def test_withheld_caller_is_no_lack_of_identity() -> None:
    wire = watching()
    wire.tell(dialog("early", "sip:anonymous@anonymous.invalid", name="Coin line/payphone"))
    offered = calls(wire)[0]
    assert isinstance(offered, Offered)
    assert offered.caller == Caller("", "", Withheld.PAYPHONE, INFO)
    assert not any(isinstance(event, Endangered) for event in wire.events)


@pytest.mark.parametrize("address", ["not an address", "sip:@pbx", "", "<sip:0312345678@pbx"])
def test_address_that_is_none_costs_the_caller_but_not_the_call(address: str) -> None:
    wire = watching()
    wire.tell(dialog("early", address.replace("<", "&lt;"), key="a"))
    wire.tell(dialog("confirmed", key="a"))
    assert words(wire) == ["offered ", "answered 0 by 201"]


def test_call_that_nobody_mentions_any_more_times_out_after_three_minutes() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA))
    wire.is_pbx_there = False
    wire.pass_time(179)
    assert words(wire) == ["offered 0312345678"]
    wire.pass_time(2)
    assert words(wire) == ["offered 0312345678", "ended 0 timed_out"]


def test_call_that_rings_for_long_rings_on_as_long_as_each_refresh_names_it() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA))
    wire.pass_time(900)
    assert words(wire) == ["offered 0312345678"]


def test_second_call_that_times_out_leaves_the_first_alone() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA))
    wire.tell(CONFIRMED)
    wire.tell(dialog("early", SUZUKI))
    wire.is_pbx_there = False
    wire.pass_time(181)
    assert words(wire)[2:] == ["offered 09012345678", "ended 1 timed_out"]
    wire.is_pbx_there, wire.notifier.current = True, document(0, IDLE)
    wire.pass_time(15)
    assert words(wire)[4:] == ["ended 0 hung_up"]


def test_lost_change_is_made_good_by_asking_for_the_whole_state() -> None:
    wire = watching()
    asked = len(wire.notifier.subscriptions)
    wire.tell(dialog("early", TANAKA, key="a"), state="partial", version=1)
    assert len(wire.notifier.subscriptions) == asked
    wire.tell(dialog("early", SUZUKI, key="b"), state="partial", version=3)
    assert len(wire.notifier.subscriptions) == asked + 1
    assert wire.notifier.subscriptions[-1].tag("To"), "within the same subscription"


def test_whole_document_may_jump_ahead() -> None:
    wire = watching()
    asked = len(wire.notifier.subscriptions)
    wire.tell(dialog("early", TANAKA), version=7)
    assert words(wire) == ["offered 0312345678"]
    assert len(wire.notifier.subscriptions) == asked


def test_same_version_again_is_heard_since_some_never_count() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA), version=0)
    wire.tell(CONFIRMED, version=0)
    assert words(wire) == ["offered 0312345678", "answered 0 by 201"]


def test_older_version_is_not_heard_but_a_subscription_is_begun_anew() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA), version=8)
    older = wire.notifier.notify(document(3, IDLE))
    wire.notifier.current = document(0, dialog("early", TANAKA))
    wire.say(older)
    assert words(wire) == ["offered 0312345678"], "still rings, says the new subscription too"
    assert wire.notifier.subscriptions[-1].tag("To") == ""
    wire.tell(IDLE, version=1)
    assert words(wire)[1:] == ["ended 0 cancelled"]


def test_repeated_notify_is_answered_and_not_heard_again() -> None:
    wire = watching()
    early = wire.notifier.notify(document(1, dialog("early", TANAKA)))
    wire.say(early)
    assert statuses(wire.say(early)) == [200]
    changed = early.replace(b"early", b"terminated").replace(b"Content-Length: ", b"X: ")
    assert statuses(wire.say(changed)) == [200]
    assert words(wire) == ["offered 0312345678"]
    wire.tell(IDLE, version=2)
    assert statuses(wire.say(early)) == [200], (
        "others have overtaken it: no news, and no reason to end the subscription"
    )
    assert words(wire) == ["offered 0312345678", "ended 0 cancelled"]


def test_notifier_that_has_lost_count_gets_481_and_a_new_subscription() -> None:
    wire = watching()
    counted = wire.notifier.cseq
    wire.tell(dialog("early", TANAKA))
    wire.tell(IDLE)
    again = wire.notifier.notify(document(1, dialog("early", SUZUKI)), cseq=counted + 1, branch="after-the-crash")
    wire.notifier.current = document(0, dialog("early", SUZUKI))
    answers = wire.say(again)
    assert [one.status for one in answers if one.status] == [481, 200], "and 200 for the first NOTIFY of the new one"
    assert [one.tag("To") for one in answers if one.method == "SUBSCRIBE"] == [""]
    assert words(wire) == ["offered 0312345678", "ended 0 cancelled", "offered 09012345678"]


SPOOFED = [
    ("foreign Call-ID", {"call_id": "somebody-elses@pbx"}),
    ("foreign From tag", {"from_tag": "stranger"}),
    ("no From tag", {"from_tag": ""}),
    ("foreign To tag", {"to_tag": "guessed"}),
    ("no To tag", {"to_tag": ""}),
]


@pytest.mark.parametrize("spoofed", [spoofed for _, spoofed in SPOOFED], ids=[name for name, _ in SPOOFED])
def test_notify_outside_our_subscription_gets_481_and_offers_nothing(spoofed: dict[str, str]) -> None:
    wire = watching()
    notify = wire.notifier.notify(document(1, dialog("early", TANAKA)), **spoofed)
    notify = notify.replace(b";tag=\r\n", b"\r\n")
    assert statuses(wire.say(notify)) == [481]
    assert calls(wire) == []


def test_notify_before_we_have_subscribed_gets_481() -> None:
    wire = WatchWire()
    other = watching()
    assert statuses(wire.say(other.notifier.notify(document(1, dialog("early", TANAKA))))) == [481]
    assert wire.events == []


def test_true_notify_from_another_host_hears_nothing() -> None:
    wire = watching()
    notify = wire.notifier.notify(document(1, dialog("early", TANAKA)))
    assert wire.say(notify, ("198.51.100.7", 5060)) == []
    assert calls(wire) == []
    wire.say(notify)
    assert words(wire) == ["offered 0312345678"]


@pytest.mark.parametrize("event", ["presence", "dialog.winfo", "refer"])
def test_event_that_we_did_not_ask_for_is_refused(event: str) -> None:
    wire = watching()
    assert statuses(wire.say(wire.notifier.notify(document(1, dialog("early", TANAKA)), event=event))) == [489]
    assert calls(wire) == []


def test_event_may_carry_parameters_and_another_case() -> None:
    wire = watching()
    wire.say(wire.notifier.notify(document(1, dialog("early", TANAKA)), event="Dialog ;sla"))
    assert words(wire) == ["offered 0312345678"]


EARLY = document(1, dialog("early", TANAKA))
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c '
    b'"&b;&b;&b;&b;&b;&b;&b;&b;">]>' + EARLY.partition(b"?>")[2].replace(b"0312345678", b"&c;")
)
EXTERNAL = b'<!DOCTYPE d SYSTEM "http://192.0.2.66/x.dtd">' + EARLY.partition(b"?>")[2]
REFUSED = [
    ("entity bomb", BOMB, "application/dialog-info+xml", 400),
    ("external document type", EXTERNAL, "application/dialog-info+xml", 400),
    ("no XML", b"\0\xff not XML", "application/dialog-info+xml", 400),
    ("cut XML", EARLY[:-9], "application/dialog-info+xml", 400),
    ("another document", b"<presence/>", "application/dialog-info+xml", 400),
    ("no state", EARLY.replace(b'state="full"', b""), "application/dialog-info+xml", 400),
    ("Arabic digits", EARLY.replace(b'version="1"', 'version="١"'.encode()), "application/dialog-info+xml", 400),
    ("unknown state", EARLY.replace(b">early<", b">singing<"), "application/dialog-info+xml", 400),
    ("too many", document(1, *([IDLE] * (MAX_DIALOGS + 1))), "application/dialog-info+xml", 400),
    ("other content type", EARLY, "application/pidf+xml", 415),
    ("no content type", EARLY, "", 415),
]


@pytest.mark.parametrize(
    ("body", "content_type", "status"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_body_that_is_not_what_we_asked_for_is_refused_and_the_next_one_heard(
    body: bytes, content_type: str, status: int
) -> None:
    wire = watching()
    (answer,) = wire.say(wire.notifier.notify(body, content_type=content_type))
    assert answer.status == status
    assert (answer.field("Accept") == "application/dialog-info+xml") == (status == 415)
    assert calls(wire) == []
    wire.tell(dialog("early", TANAKA), version=2)
    assert words(wire) == ["offered 0312345678"]


def test_seventy_kilobytes_are_dropped_or_refused() -> None:
    wire = watching()
    long = document(1, dialog("early", TANAKA, name="x" * 70_000))
    assert wire.say(wire.notifier.notify(long)) == [], "no datagram is that long"
    assert len(long) > MAX_BODY
    assert calls(wire) == []


def test_deeply_nested_document_is_heard_for_what_it_says() -> None:
    wire = watching()
    deep = EARLY.replace(b"</dialog-info>", b"<x>" * 7_000 + b"</x>" * 7_000 + b"</dialog-info>")
    wire.say(wire.notifier.notify(deep))
    assert words(wire) == ["offered 0312345678"]


def test_flood_of_dialogs_in_changes_is_bounded() -> None:
    wire = watching()
    for version in range(1, 4 * MAX_DIALOGS):
        wire.tell(dialog("early", TANAKA, key=f"d{version}"), state="partial")
    assert len(calls(wire)) == MAX_DIALOGS
    wire.tell(IDLE)
    assert len(calls(wire)) == 2 * MAX_DIALOGS


def test_hostile_names_come_out_as_plain_text() -> None:
    wire = watching()
    wire.tell(dialog("early", TANAKA, name="<b>\u202eevil\u200b</b>\x85"))
    offered = calls(wire)[0]
    assert isinstance(offered, Offered)
    assert offered.caller.name == "<b>evil</b>\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(("agent", "name"), [("Asterisk PBX 22.10.1", 'A "B" \\'), ("Other 1.0", 'A "B" \\\\')])
def test_escapes_are_taken_off_once_more_for_those_who_put_them_on_twice(agent: str, name: str) -> None:
    wire = watching()
    twice = 'A \\"B\\" \\\\' if agent.startswith("Asterisk") else name
    wire.say(wire.notifier.notify(document(1, dialog("early", TANAKA, name=twice)), agent=agent))
    offered = calls(wire)[0]
    assert isinstance(offered, Offered)
    assert offered.caller.name == name


def test_options_are_answered_and_a_call_that_the_pbx_sends_here_is_not_declined() -> None:
    wire = watching()
    assert statuses(wire.say(invite("o", method="OPTIONS"))) == [200]
    assert wire.say(invite("guess", user="201")) == []
    assert calls(wire) == []


def test_malformed_request_of_the_pbx_is_answered_and_one_of_a_stranger_is_not() -> None:
    wire = watching()
    broken = wire.notifier.notify(EARLY).replace(b"CSeq: ", b"CSeq: x")
    assert statuses(wire.say(broken)) == [400]
    assert wire.say(broken, ("198.51.100.7", 5060)) == []
    assert wire.say(b"\r\n\r\n") == []


def test_test_call_to_ourselves_is_offered_as_a_test() -> None:
    wire = watching()
    wire.agent.admit_once("ring-me-1")
    wire.say(invite("ring-me-1", user=wire.agent.contact_user), ("192.0.2.1", 40_000))
    offered = calls(wire)[0]
    assert isinstance(offered, Offered)
    assert offered.is_test


def test_nothing_is_ever_sent_anywhere_but_to_the_pbx() -> None:
    wire = watching()
    wire.notifier.extra = "Record-Route: <sip:198.51.100.66;lr>\r\n"
    notify = wire.notifier.notify(EARLY).replace(
        b"Contact: <sip:192.0.2.10:5060>", b"Contact: <sip:198.51.100.66:5060>"
    )
    wire.say(notify)
    wire.pass_time(300)
    assert set(wire.sent_to) == {PBX}
