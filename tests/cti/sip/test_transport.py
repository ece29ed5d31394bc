"""The UDP port under a burst, over real sockets: what an ordinary user's kernel grants is what these tests grant."""

import asyncio
import socket
import struct
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from cti.sip import transport as transport_module
from cti.sip.port_sockets import PortSockets
from cti.sip.transport import UdpTransport, open_udp

ORDINARY = 212_992  # bytes: net.core.rmem_max of a Linux that nobody has tuned
ATTACH_PROGRAM = 51
TIMESTAMPNS = 35
LOOPBACK = ("127.0.0.1", 0)
Peer = socket.socket
Scene = Callable[[UdpTransport, Peer], Awaitable[None]]


@pytest.fixture(scope="module", autouse=True)
def _kernel_notes_times() -> Iterator[None]:
    """Linux begins to note times a moment after the first socket asked for them, and goes on while there is one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.bind(LOOPBACK)
        asking.settimeout(10)
        asking.setsockopt(socket.SOL_SOCKET, TIMESTAMPNS, 1)
        noted = asked = 0.0
        while noted >= asked:
            asking.sendto(b"", asking.getsockname())
            time.sleep(0.001)
            asked = time.time()
            seconds, nanoseconds = struct.unpack("@qq", asking.recvmsg(1, 64)[1][0][2])
            noted = seconds + nanoseconds / 1e9
        yield


@pytest.fixture
def ordinary_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    granted_by_kernel = socket.socket.setsockopt

    def setsockopt(self: socket.socket, level: int, name: int, value: Any) -> None:
        is_room = (level, name) == (socket.SOL_SOCKET, socket.SO_RCVBUF)
        granted_by_kernel(self, level, name, min(value, ORDINARY) if is_room else value)

    monkeypatch.setattr(socket.socket, "setsockopt", setsockopt)


@pytest.fixture
def no_sharing(ordinary_kernel: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that knows no program that picks a socket."""
    ordinary = socket.socket.setsockopt

    def setsockopt(self: socket.socket, level: int, name: int, value: Any) -> None:
        if name == ATTACH_PROGRAM:
            raise OSError(92, "Protocol not available")
        ordinary(self, level, name, value)

    monkeypatch.setattr(socket.socket, "setsockopt", setsockopt)


def message(number: int) -> bytes:
    return f"{number:<900}".encode()


class Heard:
    """Numbers of the messages in the order in which they were handed on."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.peers: set[tuple[str, int]] = set()
        self.on_message: Callable[[int], object] = lambda _number: None

    def receive(self, data: bytes, peer: tuple[str, int], received_ns: int) -> None:
        assert received_ns > 0
        self.numbers.append(int(data))
        self.peers.add(peer)
        self.on_message(int(data))

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.numbers) < count:
                await asyncio.sleep(0)


def play(heard: Heard, scene: Scene, bind: tuple[str, int] = LOOPBACK, new_loop: Any = None) -> None:
    async def main() -> None:
        transport = await open_udp(bind, heard.receive)
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
                peer.connect(("127.0.0.1", transport.address[1]))
                peer.settimeout(10)
                await scene(transport, peer)
        finally:
            transport.close()
            await asyncio.sleep(0)

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(main())


def burst(first: int, last: int, peer: Peer) -> list[int]:
    """Send while nobody reads: the loop has no turn before this returns."""
    for number in range(first, last):
        peer.send(message(number))
    return list(range(last))


@pytest.mark.usefixtures("ordinary_kernel")
@pytest.mark.parametrize("bind", [LOOPBACK, ("0.0.0.0", 0), ("::", 0)])
def test_burst_of_a_thousand_reaches_an_ordinary_user_whole_and_in_order(bind: tuple[str, int]) -> None:
    heard = Heard()

    async def scene(_transport: UdpTransport, peer: Peer) -> None:
        sent = burst(0, 1000, peer)
        await heard.until(1000)
        assert heard.numbers == sent
        assert heard.peers == {peer.getsockname()}, "an IPv4 address stays one"

    play(heard, scene, bind)


def test_burst_of_a_thousand_is_whole_with_whatever_this_machine_grants() -> None:
    heard = Heard()

    async def scene(_transport: UdpTransport, peer: Peer) -> None:
        sent = burst(0, 1000, peer)
        await heard.until(1000)
        assert heard.numbers == sent

    play(heard, scene)


@pytest.mark.usefixtures("no_sharing")
def test_all_that_waits_is_read_before_the_first_is_handed_on_and_again_before_the_next() -> None:
    heard = Heard()

    async def scene(_transport: UdpTransport, peer: Peer) -> None:
        burst(0, 150, peer)  # one ordinary socket has room for no more than 184
        heard.on_message = lambda number: burst(150, 300, peer) if number == 0 else None
        await heard.until(300)
        assert heard.numbers == list(range(300))

    play(heard, scene)


@pytest.mark.usefixtures("no_sharing")
def test_system_that_lets_no_sockets_share_a_port_listens_with_one() -> None:
    sockets = PortSockets(LOOPBACK)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(b"a", sockets.address)
        assert sockets.fileno() == sockets.first.fileno()
        assert sockets.read_all(1000) == [(b"a", ("127.0.0.1", peer.getsockname()[1]))]
        assert sockets.read_all(1000) == []
    sockets.close()


@pytest.mark.usefixtures("ordinary_kernel")
def test_shared_port_still_belongs_to_one_program_until_it_is_let_go() -> None:
    sockets = PortSockets(LOOPBACK)
    address = sockets.address
    with pytest.raises(OSError, match="in use"):
        PortSockets(address)
    sockets.close()
    PortSockets(address).close()


@pytest.mark.usefixtures("ordinary_kernel")
def test_empty_and_largest_datagrams_are_read_within_the_limit() -> None:
    sockets = PortSockets(LOOPBACK)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        sent = [b"", b"x" * 65_000, b"", b"y"]
        for data in sent:
            peer.sendto(data, sockets.address)
        first = sockets.read_all(1)
        assert len(first) == 1
        rest = sockets.read_all(1_000_000)
        assert sorted(data for data, _address in [*first, *rest]) == sorted(sent)
    sockets.close()


def test_others_on_the_loop_get_their_turn_between_two_messages() -> None:
    heard = Heard()
    seen: list[int] = []

    async def scene(_transport: UdpTransport, peer: Peer) -> None:
        async def look() -> None:
            while len(heard.numbers) < 50:
                seen.append(len(heard.numbers))
                await asyncio.sleep(0)

        burst(0, 50, peer)
        await asyncio.gather(look(), heard.until(50))
        assert set(seen) >= set(range(1, 50))

    play(heard, scene)


def test_what_waits_beyond_the_bound_comes_when_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "MOST_WAITING", 5_000)
    heard = Heard()

    async def scene(_transport: UdpTransport, peer: Peer) -> None:
        sent = burst(0, 100, peer)
        await heard.until(100)
        assert heard.numbers == sent

    play(heard, scene)


def test_nothing_is_handed_on_or_sent_after_close() -> None:
    heard = Heard()

    async def scene(transport: UdpTransport, peer: Peer) -> None:
        burst(0, 10, peer)
        heard.on_message = lambda number: transport.close() if number == 3 else None
        await heard.until(4)
        transport.send(b"late", peer.getsockname())
        for _turn in range(20):
            await asyncio.sleep(0)
        assert heard.numbers == [0, 1, 2, 3]

    play(heard, scene)


class LoopWithoutReaders(asyncio.SelectorEventLoop):
    """As Windows' proactor loop: no add_reader, datagram endpoints only."""

    def add_reader(self, *_args: Any) -> None:
        raise NotImplementedError


def test_loop_without_readers_reads_one_by_one_and_answers() -> None:
    heard = Heard()

    async def scene(transport: UdpTransport, peer: Peer) -> None:
        sent = burst(0, 100, peer)
        await heard.until(100)
        assert heard.numbers == sent
        transport.send(b"answer", peer.getsockname())
        assert peer.recv(100) == b"answer"

    play(heard, scene, new_loop=LoopWithoutReaders)


def test_message_that_cannot_be_sent_is_lost_and_nothing_else() -> None:
    heard = Heard()

    async def scene(transport: UdpTransport, peer: Peer) -> None:
        transport.send(b"to nobody's port", ("127.0.0.1", 0))
        transport.send(b"x" * 70_000, peer.getsockname())
        transport.send(b"short", peer.getsockname())
        assert peer.recv(100) == b"short"

    play(heard, scene)
