"""Registered beside a real Asterisk: refused, restarted, killed, cut off, moved; and how soon a call arrives again."""

import time
from collections.abc import Callable

import pytest

from cti.events import SourceState
from cti.sip.settings import TransportName
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.figures import Figures
from tests.pbx.listening import DeskSource, RegisteredSource, over
from tests.pbx.network import Namespaces

TANAKA = Identity("0335814111")
WITHIN = 15.0  # seconds after the PBX is back
SAME = 3.0  # seconds during which nothing further may be tried
each_transport = pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])


@pytest.mark.looks_like_an_attack
@pytest.mark.parametrize(
    "wrong", [{"secret": "not-the-password"}, {"username": "1299"}], ids=["wrong password", "unknown extension"]
)
def test_refused_credentials_are_tried_twice_and_no_more(asterisk: Asterisk, wrong: dict[str, str]) -> None:
    said = len(asterisk.log)
    with DeskSource(asterisk, **wrong) as omote:
        refused = omote.wait_for_state(SourceState.REFUSED)
        time.sleep(SAME)
        tries = [one for one in asterisk.registers(said) if "Authorization: Digest" in one]
    assert refused.detail == "401 Unauthorized"
    assert len(tries) == 2


def test_a_listener_at_rest_is_no_attacker_in_the_pbxs_log(asterisk: Asterisk) -> None:
    said = len(asterisk.log)
    with RegisteredSource(asterisk):
        wait_until(lambda: len(asterisk.registers(said)) > 3, "further word to the PBX")
    assert asterisk.attacks(said) == []


def measure(asterisk: Asterisk, omote: RegisteredSource) -> float:
    """Seconds from now until both sides say that Omote is registered."""
    start = time.monotonic()

    def look() -> bool:
        # A contact that left Asterisk's OPTIONS unanswered is Unavail, and is not called.
        # After kill -9 it may come back with what it knew seconds earlier: the contact of another listener.
        contacts = asterisk.contacts(omote.settings.username)
        is_ours = all(omote.source.contact_user in uri for uri in contacts)
        is_called = bool(contacts) and "Unavail" not in contacts.values()
        return omote.state is SourceState.REGISTERED and is_ours and is_called

    wait_until(look, "registration after the PBX is back", patience=120)
    return time.monotonic() - start


def check_that_a_call_pops(omote: RegisteredSource, carrier: Carrier) -> None:
    placed = carrier.gives_up(TANAKA, omote.settings.username, rings=0.2, waits=0.5)
    omote.end_of(omote.offered())
    placed.wait()


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("end", ["stopped", "killed -9"])
@each_transport
def test_a_pbx_that_is_back_has_us_within_15_seconds(
    *, asterisk: Asterisk, carrier: Carrier, figures: Figures, how_many: Callable[[int, int], int],
    transport: TransportName, end: str,
) -> None:  # fmt: skip
    seconds = []
    with RegisteredSource(asterisk, **over(asterisk, transport)) as omote:
        for _ in range(how_many(2, 20)):
            (asterisk.stop if end == "stopped" else asterisk.kill)()
            asterisk.start()
            seconds.append(measure(asterisk, omote))
            check_that_a_call_pops(omote, carrier)
    figures.add_seconds(f"registered again over {transport}, PBX {end} and started", seconds, f"<= {WITHIN:.0f} s each")
    assert max(seconds) <= WITHIN


@pytest.mark.timeout(1500)
def test_a_pbx_that_has_forgotten_our_registration_has_us_within_15_seconds(
    asterisk: Asterisk, carrier: Carrier, figures: Figures, how_many: Callable[[int, int], int]
) -> None:
    seconds = []
    with RegisteredSource(asterisk) as omote:
        for _ in range(how_many(2, 20)):
            asterisk.stop()
            asterisk.forget("registrar/contact/1201")
            asterisk.start()
            seconds.append(measure(asterisk, omote))
            check_that_a_call_pops(omote, carrier)
    figures.add_seconds("registered again, PBX that forgot us", seconds, f"<= {WITHIN:.0f} s each")
    assert max(seconds) <= WITHIN


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("extension", "transport"),
    [("1201", "udp"), ("1203", "udp"), ("1201", "tcp"), ("1201", "tls")],
    ids=["as documented", "as FreePBX writes it", "tcp", "tls"],
)
def test_a_cable_that_is_back_brings_the_registration_within_15_seconds(
    *, asterisk: Asterisk, carrier: Carrier, cable: Namespaces, figures: Figures,
    how_many: Callable[[int, int], int], extension: str, transport: TransportName,
) -> None:  # fmt: skip
    seconds = []
    with RegisteredSource(asterisk, username=extension, **over(asterisk, transport)) as omote:
        for _ in range(how_many(1, 5)):
            cable.pull_cable()
            time.sleep(20)  # what is measured is what a cut of this length does
            assert omote.state is SourceState.UNREACHABLE
            cable.plug_cable()
            seconds.append(measure(asterisk, omote))
            check_that_a_call_pops(omote, carrier)
    figures.add_seconds(
        f"registered again over {transport}, cable out for 20 s ({extension})", seconds, f"<= {WITHIN:.0f} s each"
    )
    assert max(seconds) <= WITHIN


def is_bound(asterisk: Asterisk, host: str) -> bool:
    return any(place.startswith(f"{host}:") for place in asterisk.places("1201"))


@each_transport
def test_a_pc_with_another_address_is_reached_there(
    asterisk: Asterisk, carrier: Carrier, cable: Namespaces, figures: Figures, transport: TransportName
) -> None:
    moved, seconds = f"{cable.prefix}32", []
    with RegisteredSource(asterisk, **over(asterisk, transport)) as omote:
        for address in (moved, cable.desk):
            cable.move_desk(address)
            start = time.monotonic()
            wait_until(lambda host=address: is_bound(asterisk, host), "contact at the new address")
            seconds.append(time.monotonic() - start)
            check_that_a_call_pops(omote, carrier)
    figures.add_seconds(f"registered again over {transport}, PC with another address", seconds, f"<= {WITHIN:.0f} s")
    assert max(seconds) <= WITHIN
