"""Extensions that Omote shares with a desk phone: what it does to the phone, says of it, and finds out beforehand."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

import pytest

from cti.events import Danger, SourceState, SourceWarned
from cti.sip.probe import Findings, Target
from cti.sip.probing import Looker
from cti.sip.settings import SipSettings, TransportName
from cti.sip.tls import make_tls
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.listening import DeskSource, over

Phones = Callable[[str], DeskPhone]


@pytest.fixture
def switch_on(asterisk: Asterisk, tmp_path: Path) -> Iterator[Phones]:
    """Switches the desk phone of an extension on, and off again at the end."""
    with ExitStack() as on:

        def start(extension: str) -> DeskPhone:
            phone = on.enter_context(DeskPhone(extension, tmp_path / f"phone{extension}", asterisk))
            on.callback(phone.switch_off)
            return phone

        yield start


def share(asterisk: Asterisk, extension: str) -> DeskSource:
    return DeskSource(asterisk, f"pw{extension}", username=extension)


def look(asterisk: Asterisk, extension: str, transport: TransportName) -> Findings:
    settings = SipSettings("desk phone", asterisk.network.pbx, username=extension, **over(asterisk, transport))
    looker = Looker("0.0.0.0:0", SystemRandom(), lambda: datetime.now(UTC), make_tls(settings))
    target = Target(asterisk.network.pbx, extension, extension, transport)
    return asyncio.run(looker.look_at(target, f"pw{extension}")).findings


def test_phone_in_the_only_place_is_thrown_off_once_and_comes_back(asterisk: Asterisk, switch_on: Phones) -> None:
    phone = switch_on("204")
    (place,) = asterisk.contacts("204")
    with share(asterisk, "204") as omote:
        warned = omote.next_of(SourceWarned)
        assert [danger for danger, _ in warned.dangers] == [Danger.EVICTED_PHONE]
        assert place.startswith(f"sip:{warned.dangers[0][1]}")
        omote.wait_for_state(SourceState.NO_ROOM)
        wait_until(lambda: not asterisk.contacts("204"), "withdrawal of ours")
        phone.wait_until_registered()
        assert list(asterisk.contacts("204")) == [place]
        assert omote.state is SourceState.NO_ROOM
    assert list(asterisk.contacts("204")) == [place], "leaving takes nothing of the phone's"


@pytest.mark.timeout(300)
def test_phone_that_is_switched_on_later_keeps_our_place(asterisk: Asterisk, switch_on: Phones) -> None:
    with share(asterisk, "204") as omote:
        omote.wait_for_state(SourceState.REGISTERED)
        switch_on("204")
        (place,) = asterisk.contacts("204")
        wait_until(lambda: omote.state is SourceState.NO_ROOM, "state that says so", patience=130)
        assert list(asterisk.contacts("204")) == [place]


@pytest.mark.looks_like_an_attack
def test_extension_that_takes_no_second_phone_says_no_room(asterisk: Asterisk, switch_on: Phones) -> None:
    said = len(asterisk.log)
    switch_on("205")
    (place,) = asterisk.contacts("205")
    with share(asterisk, "205") as omote:
        assert place.startswith(f"sip:{omote.wait_for_state(SourceState.NO_ROOM).detail}")
        assert list(asterisk.contacts("205")) == [place]
    assert len(asterisk.attacks(said)) == 1, "once, and not again and again"


def test_phone_beside_us_is_warned_of(asterisk: Asterisk, switch_on: Phones) -> None:
    switch_on("207")
    with share(asterisk, "207") as omote:
        warned = omote.next_of(SourceWarned)
        assert [danger for danger, _ in warned.dangers] == [Danger.SHARED_EXTENSION]
        assert len(asterisk.contacts("207")) == 2


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_diagnosis_finds_the_phone_and_leaves_it_alone(
    asterisk: Asterisk, switch_on: Phones, transport: TransportName
) -> None:
    switch_on("204")
    before = asterisk.contacts("204")
    found = look(asterisk, "204", transport)
    assert found.options is not None
    assert found.bindings is not None
    assert found.bindings.status == 200
    assert found.neighbours is not None
    assert next(iter(before)).startswith(f"sip:{found.neighbours.named}")
    assert list(asterisk.contacts("204")) == list(before)
    assert "0 active subscriptions" in asterisk.cli("pjsip show subscriptions inbound")
    assert found.clock_ahead == pytest.approx(0, abs=2)
