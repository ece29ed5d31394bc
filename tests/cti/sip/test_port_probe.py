"""A closed port of the registrar is heard of at once, over real sockets; and a firewall that lies is not believed."""

import asyncio
import socket

import pytest

from cti.events import SourceState
from cti.sip import port_probe
from cti.sip.port_probe import Alarms, PortProbe
from tests.cti.sip.running import RunningSource
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar


def port(host: str = "127.0.0.1", number: int = 0) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    opened.bind((host, number))
    opened.settimeout(10)
    return opened


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(port_probe, "INTERVAL", 0.02)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_open_port_gets_empty_lines_and_a_closed_one_is_told(host: str) -> None:
    async def main() -> None:
        closed = asyncio.Event()
        probe = PortProbe(closed.set)
        with port(host) as pbx:
            address = pbx.getsockname()[:2]
            await probe.aim(host, address)
            heard = [await asyncio.to_thread(pbx.recv, 99) for _ in range(3)]
            assert heard == [b"\r\n\r\n"] * 3
            assert not closed.is_set()
        await asyncio.wait_for(closed.wait(), 10)
        probe.stop()

    asyncio.run(main())


def test_new_aim_leaves_the_old_one_and_a_stopped_probe_sends_nothing() -> None:
    async def main() -> None:
        probe = PortProbe(lambda: None)
        with port() as old, port() as new:
            await probe.aim("127.0.0.1", old.getsockname())
            await asyncio.to_thread(old.recv, 99)
            await probe.aim("127.0.0.1", new.getsockname())
            await asyncio.to_thread(new.recv, 99)
            probe.stop()
            for one in (old, new):
                one.setblocking(False)
                while True:
                    try:
                        one.recv(99)
                    except BlockingIOError:
                        break
            await asyncio.sleep(0.1)
            for one in (old, new):
                with pytest.raises(BlockingIOError):
                    one.recv(99)

    asyncio.run(main())


def test_address_that_is_not_ours_is_an_error_of_the_network() -> None:
    with pytest.raises(OSError, match="assign"):
        asyncio.run(PortProbe(lambda: None).aim("192.0.2.1", ("127.0.0.1", 9)))


def believed(alarms: Alarms, until: float, standing: SourceState, since: float = 0.0) -> list[float]:
    """When an alarm four times a second is believed."""
    times = [since + number / 4 for number in range(int((until - since) * 4))]
    return [now for now in times if alarms.believe(now, standing)]


def test_alarms_that_never_end_beside_a_standing_registration_are_a_firewalls() -> None:
    alarms = Alarms()
    assert believed(alarms, 600, SourceState.REGISTERED) == [0, 1, 2, 3, 4, 5]
    assert believed(alarms, 700, SourceState.REGISTERED, since=650) == [650, 651, 652, 653, 654, 655]


def test_alarms_of_an_absent_pbx_are_believed_once_a_second() -> None:
    assert len(believed(Alarms(), 1000, SourceState.UNREACHABLE)) == 1000


def test_pbx_that_restarts_every_five_seconds_is_always_believed() -> None:
    alarms = Alarms()
    for start in range(0, 500, 5):
        assert believed(alarms, start + 0.75, SourceState.REGISTERED, since=start) == [start]


def test_pbx_that_restarts_between_two_options_and_forgets_is_registered_with_at_once() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    number = pbx.socket.getsockname()[1]
    with RunningSource(server=pbx.server, username="201", register=True) as running:
        running.wait_for_state(SourceState.REGISTERED)
        pbx.close()
        assert running.wait_for_state(SourceState.UNREACHABLE).detail == pbx.server
        again = PbxOnUdp(FakeRegistrar(), number)
        running.wait_for_state(SourceState.REGISTERED)
        assert [one.method for one in again.registrar.heard if one.method != "REGISTER"] == [], "no OPTIONS was needed"
    again.close()
