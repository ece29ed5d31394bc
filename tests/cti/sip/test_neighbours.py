"""Other phones of the same extension: seen in the registrar's lists, warned of, never thrown off for long."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from cti.events import Danger, SourceState
from cti.sip.dialog import Endangered, RegistrationChanged
from cti.sip.headers import Headers
from cti.sip.neighbours import Neighbours, Ourselves, read_neighbours
from tests.cti.sip.wire import HERE, PBX, Wire
from tests.fakes.sip_peer import FakeRegistrar, Heard

PHONE = "sip:201-0x5590de7644f0@192.0.2.7:15010"
SHOWN = "201-0x5590de7644f0@192.0.2.7"
SECOND = "sip:soft@192.0.2.8:5060"
ELSEWHERE = "sip:omote-00112233445566aa@192.0.2.9:5060"
CRASHED = f"sip:omote-00112233445566bb@{HERE[0]}:41000"

ME = Ourselves("me", HERE)

SHARED = (Danger.SHARED_EXTENSION, SHOWN)
RINGING = (Danger.KEEPS_RINGING, SHOWN)
EVICTED = (Danger.EVICTED_PHONE, SHOWN)
ANOTHER = (Danger.ANOTHER_OMOTE, "192.0.2.9")
REGISTERED = (SourceState.REGISTERED, "192.0.2.10:5060")
NO_ROOM = (SourceState.NO_ROOM, SHOWN)


def office(*contacts: str, room: int = 9, settings: dict[str, Any] | None = None, **registrar: Any) -> Wire:
    """A wire to a registrar that holds these contacts already."""
    fake = FakeRegistrar()
    fake.bindings = dict.fromkeys(contacts, 100)
    fake.max_contacts = room
    for name, value in registrar.items():
        setattr(fake, name, value)
    return Wire(fake, register=True, **(settings or {}))


def bound(wire: Wire) -> set[str]:
    assert wire.registrar is not None
    return set(wire.registrar.bindings)


def ours(wire: Wire) -> str:
    return f"sip:{wire.agent.contact_user}@{HERE[0]}:{HERE[1]}"


def dangers(wire: Wire) -> list[tuple[tuple[Danger, str], ...]]:
    return [event.dangers for event in wire.events if isinstance(event, Endangered)]


def states(wire: Wire) -> list[tuple[SourceState, str]]:
    return [(event.state, event.detail) for event in wire.events if isinstance(event, RegistrationChanged)]


def binds(heard: list[Heard]) -> list[Heard]:
    return [one for one in heard if one.method == "REGISTER" and one.field("Contact") and one.field("Expires") != "0"]


RING = {"settings": {"answer": "ring"}}
WAYS: list[tuple[str, Wire, list[Any], list[Any]]] = [
    ("extension of our own", office(), [REGISTERED], []),
    ("a phone beside us", office(PHONE), [REGISTERED], [(SHARED,)]),
    ("a phone beside us, and our 180", office(PHONE, **RING), [REGISTERED], [(SHARED, RINGING)]),
    ("our 180 on an extension of our own", office(**RING), [REGISTERED], []),
    ("another Omote beside us", office(ELSEWHERE), [REGISTERED], [(ANOTHER,)]),
    ("a phone and another Omote", office(PHONE, ELSEWHERE), [REGISTERED], [(SHARED, ANOTHER)]),
    ("a phone and our own contact of before a crash", office(PHONE, CRASHED, room=2), [REGISTERED], [(SHARED,)]),
    ("our own contact of before a crash", office(CRASHED, room=1), [REGISTERED], []),
    ("one that is full of it", office(CRASHED, room=1, removes_existing=False), [REGISTERED], []),
    ("another Omote in the only place", office(ELSEWHERE, room=1), [REGISTERED], [(ANOTHER,)]),
    ("a phone in the only place", office(PHONE, room=1), [NO_ROOM], [(EVICTED,)]),
    ("two phones in two places", office(PHONE, SECOND, room=2), [NO_ROOM], [(EVICTED,)]),
    ("a phone in the only place, kept", office(PHONE, room=1, removes_existing=False), [NO_ROOM], []),
    ("a list of the asker alone", office(PHONE, lists_asker_alone=True), [REGISTERED], [(SHARED,)]),
    ("a PBX that does not answer the question", office(PHONE, answers_fetch="nothing"), [REGISTERED], [(SHARED,)]),
    ("a PBX that knows no such question", office(PHONE, answers_fetch="400 Bad"), [REGISTERED], [(SHARED,)]),
    ("a PBX that is out of order then", office(PHONE, answers_fetch="503 Out"), [REGISTERED], [(SHARED,)]),
    ("a PBX that refuses to tell", office(PHONE, answers_fetch="403 No"), [REGISTERED], [(SHARED,)]),
]


@pytest.mark.parametrize(("wire", "said", "warned"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_first_registration_says_what_it_does_to_others(wire: Wire, said: list[Any], warned: list[Any]) -> None:
    wire.register()
    wire.pass_time(20)
    assert (states(wire), dangers(wire)) == (said, warned)


def test_phone_that_we_threw_off_gets_its_place_back_and_we_stay_away_for_good() -> None:
    wire = office(PHONE, room=1)
    wire.register()
    assert bound(wire) == set(), "ours is withdrawn at once"
    wire.registrar.bindings[PHONE] = 100  # type: ignore[union-attr] -- the phone refreshes
    assert wire.pass_time(7200) == []
    wire.register()  # the network came back, say: nobody has changed a setting
    assert bound(wire) == {PHONE}
    assert states(wire) == [NO_ROOM, NO_ROOM]


def test_new_secret_is_reason_enough_to_try_again() -> None:
    wire = office(PHONE, room=1)
    wire.register("pw201")
    assert wire.registrar is not None
    wire.registrar.password, wire.registrar.max_contacts = "other", 2
    wire.registrar.bindings[PHONE] = 100
    wire.register("other")
    assert states(wire) == [NO_ROOM, REGISTERED]
    assert dangers(wire) == [(EVICTED,), (SHARED,)]


def test_refresh_without_a_change_warns_of_nothing_new() -> None:
    wire = office(PHONE)
    wire.register()
    wire.pass_time(1000)
    assert (states(wire), dangers(wire)) == ([REGISTERED], [(SHARED,)])


def test_phone_that_comes_and_goes_is_warned_of_and_cleared() -> None:
    wire = office()
    wire.register()
    wire.registrar.bindings[PHONE] = 100  # type: ignore[union-attr]
    wire.pass_time(100)
    del wire.registrar.bindings[PHONE]  # type: ignore[union-attr]
    wire.pass_time(100)
    assert (states(wire), dangers(wire)) == ([REGISTERED], [(SHARED,), ()])


def test_phone_that_took_our_place_keeps_it() -> None:
    wire = office(room=1)
    wire.register()
    wire.registrar.bindings = {PHONE: 100}  # type: ignore[union-attr] -- the desk phone was switched on
    already = len(binds(wire.sent))
    wire.pass_time(1000)
    assert bound(wire) == {PHONE}
    assert len(binds(wire.sent)) == already
    assert (states(wire), dangers(wire)) == ([REGISTERED, NO_ROOM], [])


def test_registration_that_a_restarted_pbx_forgot_is_made_again_beside_the_phone() -> None:
    wire = office(PHONE, room=2)
    wire.register()
    wire.registrar.bindings = {PHONE: 100}  # type: ignore[union-attr]
    wire.pass_time(100)
    assert bound(wire) == {PHONE, ours(wire)}
    assert states(wire) == [REGISTERED]


def test_pbx_that_was_away_may_have_forgotten_us_so_that_a_phone_alone_has_not_taken_our_place() -> None:
    wire = office()
    wire.register()
    wire.is_pbx_there = False
    wire.pass_time(60)
    wire.registrar.bindings = {PHONE: 100}  # type: ignore[union-attr]
    wire.is_pbx_there = True
    wire.pass_time(20)
    assert bound(wire) == {PHONE, ours(wire)}
    assert states(wire)[-1] == REGISTERED


def test_another_omote_in_the_only_place_is_warned_of_steadily_and_not_a_reason_to_stay_away() -> None:
    wire = office(ELSEWHERE, room=1)
    wire.register()
    for _ in range(5):
        wire.registrar.bindings = {ELSEWHERE: 100}  # type: ignore[union-attr] -- it comes back as we do
        wire.pass_time(80)
    assert (states(wire), dangers(wire)) == ([REGISTERED], [(ANOTHER,)])


def test_contact_user_of_another_omote_is_its_secret() -> None:
    wire = office(ELSEWHERE)
    wire.register()
    assert "00112233445566aa" not in repr(wire.events)


def test_contact_of_a_crash_is_taken_back_as_it_was_written() -> None:
    written = CRASHED + ";transport=UDP;x-ast-orig-host=192.0.2.1:41000"
    wire = office(PHONE, written, room=2)
    wire.register()
    assert bound(wire) == {PHONE, ours(wire)}


def test_move_to_another_address_of_ours_throws_nobody_off() -> None:
    wire = office(PHONE, room=2)
    wire.register()
    left = ours(wire)
    wire.agent.set_route(("192.0.2.99", 5062), PBX)
    wire.register()
    assert bound(wire) == {PHONE, left.replace(HERE[0], "192.0.2.99")}
    wire.pass_time(300)
    assert (states(wire), dangers(wire)) == ([REGISTERED, REGISTERED], [(SHARED,)])


def test_refused_question_costs_one_refusal_and_is_asked_twice_at_most() -> None:
    wire = office(PHONE, answers_fetch="403 No")
    wire.register()
    wire.pass_time(2000)
    fetches = [one for one in wire.sent if one.method == "REGISTER" and not one.field("Contact")]
    assert len(fetches) == 2
    assert states(wire) == [REGISTERED]


def test_silence_about_the_question_does_not_cost_the_registration_at_any_refresh() -> None:
    wire = office(answers_fetch="nothing", granted=20)
    wire.register()
    bound_at = [wire.now]
    while wire.now < 1000:
        if binds(wire.pass_time(0.5)):
            bound_at.append(wire.now)
    assert max(after - before for before, after in pairwise(bound_at)) < 20
    assert states(wire) == [REGISTERED]


def test_full_extension_is_tried_again_after_ten_minutes_since_that_harms_nobody() -> None:
    wire = office(PHONE, room=1, removes_existing=False)
    wire.register()
    wire.pass_time(500)
    wire.registrar.bindings.clear()  # type: ignore[union-attr]
    wire.pass_time(200)
    assert states(wire) == [NO_ROOM, REGISTERED]


def test_full_extension_is_tried_once_since_each_try_looks_like_an_attack() -> None:
    wire = office(PHONE, room=1, removes_existing=False)
    wire.register()
    wire.pass_time(7200)
    assert len(binds(wire.sent)) == 1
    assert states(wire) == [NO_ROOM]


def test_leaving_ends_the_warnings() -> None:
    wire = office(PHONE)
    wire.register()
    wire.agent.stop_registration(wire.now)
    wire.collect()
    assert dangers(wire) == [(SHARED,), ()]
    assert bound(wire) == {PHONE}


@pytest.mark.parametrize("when", ["401", "200"])
def test_leaving_in_the_middle_of_the_question_leaves_nothing_behind(when: str) -> None:
    wire = office(PHONE)
    wire.agent.start_registration("pw201", wire.now)
    if when == "200":
        (first, _), *_ = wire.agent.datagrams_to_send()
        wire.say(wire.registrar.answer(first))  # type: ignore[union-attr]
    wire.agent.stop_registration(wire.now)
    wire.pass_time(30)
    assert wire.agent.is_unregistered
    assert bound(wire) == {PHONE}


def test_verdict_that_gets_no_answer_is_the_first_one() -> None:
    wire = office(PHONE, room=1)
    answer = wire.registrar.answer  # type: ignore[union-attr]

    def only_before(data: bytes) -> bytes:
        told = answer(data)
        if binds([Heard(data)]) and wire.registrar is not None:
            wire.registrar.answers_fetch = "nothing"
        return told

    wire.registrar.answer = only_before  # type: ignore[method-assign, union-attr]
    wire.register()
    wire.pass_time(10)
    assert (states(wire), bound(wire)) == ([NO_ROOM], set())


def contacts(*lines: str) -> Headers:
    return Headers(tuple(("contact", line) for line in lines))


LISTED = [
    # as Asterisk 22.10.1 lists them: every contact a line of its own, in any order
    (f"<{PHONE}>;expires=71", f"<sip:me@{HERE[0]}:41422>;expires=119"),
    (f"<sip:me@{HERE[0]}:41422>;expires=119", f"<{PHONE}>;expires=57"),
    # as others do: one line, names, no brackets
    (f'"Desk, <1>" <{PHONE}>;q=0.5;expires=71, <sip:me@{HERE[0]}:41422>',),
    (f"sip:me@{HERE[0]}:41422;expires=5,{PHONE};expires=71",),
]


@pytest.mark.parametrize("lines", LISTED)
def test_phone_is_found_in_every_way_of_listing(lines: tuple[str, ...]) -> None:
    found = read_neighbours(contacts(*lines), ME)
    assert (found.has_ours, found.named, found.count) == (True, SHOWN, 2)


ONE = read_neighbours(contacts(f"<{PHONE}>;expires=60"), ME)
GONE: list[tuple[str, Callable[[], Neighbours], Neighbours, int]] = [
    ("same list", lambda: ONE, ONE, 0),
    ("other port", lambda: read_neighbours(contacts(f"<{PHONE[:-1]}>"), ME), ONE, 0),
    ("one more", lambda: read_neighbours(contacts(f"<{PHONE}>", f"<{SECOND}>"), ME), ONE, 0),
    ("nobody", Neighbours, ONE, 1),
    ("somebody else", lambda: read_neighbours(contacts(f"<{SECOND}>"), ME), ONE, 1),
    ("about to end", Neighbours, read_neighbours(contacts(f"<{PHONE}>;expires=2"), ME), 0),
]


@pytest.mark.parametrize(("after", "before", "missing"), [row[1:] for row in GONE], ids=[row[0] for row in GONE])
def test_phone_is_missing_only_if_nothing_of_it_is_left(
    after: Callable[[], Neighbours], before: Neighbours, missing: int
) -> None:
    assert len(before.missing_in(after())) == missing


HOSTILE = ["<sip:omote-%0d%0aX@192.0.2.1>", '"<sip:omote-1@192.0.2.1', "<sip:omote-1@192.0.2.1>;expires=99999999999"]


@pytest.mark.parametrize("listed", HOSTILE)
def test_odd_list_breaks_nothing(listed: str) -> None:
    wire = office(PHONE)
    reply = wire.registrar.reply  # type: ignore[union-attr]
    wire.registrar.reply = lambda heard, status, extra="": reply(  # type: ignore[method-assign, union-attr]
        heard, status, f"Contact: {listed}\r\n{extra}" if status == "200 OK" else extra
    )
    wire.register()
    assert states(wire) == [REGISTERED]


def test_long_list_is_named_in_part() -> None:
    many = [f"<sip:phone{n}@192.0.2.{n}>" for n in range(20, 40)]
    found = read_neighbours(contacts(*many), ME)
    assert found.named == "phone20@192.0.2.20, phone21@192.0.2.21, phone22@192.0.2.22, …"
