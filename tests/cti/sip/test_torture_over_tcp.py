"""What tortures a stream: RFC 4475 and 5118 over real TCP, our own case of each rule, every message byte by byte.

Each message has a connection of its own, and a PING after it: the PONG says that the stream is still in step. The sound
call afterwards comes on a new connection. Where the framing is what is wrong, `FRAMING` says what must happen.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from cti.events import CallEvent, CallOffered, NotOffered, SourceChanged
from cti.sip import stream_connection, stream_transport
from tests.cti.sip.played import texts
from tests.cti.sip.recorded_lives import LIVES, Seen
from tests.cti.sip.running import RunningSource
from tests.cti.sip.test_recorded_calls import lives
from tests.cti.sip.torture import each, read
from tests.fakes.pbx_on_stream import StreamPeer
from tests.fakes.sip_peer import invite, new_call

HOSTILE = Path(__file__).parent / "hostile"
PING, PONG, CLOSED = b"\r\n\r\n", "pong", "closed"
LENGTH = b"Content-Length: 0"

# statuses answered, and how the stream is left; where it is not in step the connection ends (RFC 3261 section 18.3)
FRAMING: dict[str, tuple[list[int], str]] = {
    "dblreq": ([405, 100], CLOSED),  # both requests count; the second one's body is longer than it says
    "clerr": ([], CLOSED),  # waits for the rest, and not for ever
    "ncl": ([400], CLOSED),
    "mcl01": ([400], CLOSED),
    "inv2543": ([100], CLOSED),  # states no length, so that its body is taken for the next message
    "baddn": ([], CLOSED),  # lacks its last line end, which may still come
    "test": ([], CLOSED),  # no SIP in its first line
}


Send = Callable[[StreamPeer, bytes], None]
Answers = Callable[[StreamPeer, Send, bytes, str], tuple[list[int], str]]
WAYS = pytest.mark.parametrize("send", [StreamPeer.send, StreamPeer.send_slowly], ids=["at once", "byte by byte"])


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Sends; every status until the PONG or the end of the connection, and which of the two it was."""
    monkeypatch.setattr(stream_transport, "LOOK_EVERY", 0.05)

    def ask(peer: StreamPeer, send: Send, data: bytes, end: str) -> tuple[list[int], str]:
        if end == CLOSED:  # what never becomes whole is given up soon, but not while it is still being sent
            patience = 0.2 if send is StreamPeer.send else 1.0
            monkeypatch.setattr(stream_connection, "MESSAGE_WITHIN", patience)
        with suppress(ConnectionError):  # the rest of what is refused
            send(peer, data + (PING if end == PONG else b""))
        return _heard(peer)

    return ask


def _heard(peer: StreamPeer) -> tuple[list[int], str]:
    heard: list[int] = []
    with suppress(StopIteration, ConnectionError):
        while (message := peer.hear()).text.strip():
            heard.append(message.status)
        return heard, PONG
    return heard, CLOSED


def ring_on_a_new_connection(running: RunningSource) -> list[CallOffered]:
    """The calls offered until a sound one is, without it."""
    sound = new_call()
    with StreamPeer(running.address) as peer:
        peer.send(invite(sound, via_host=peer.address))
        assert peer.hear().status == 100
    popped: list[CallOffered] = []
    while not popped or not popped[-1].source_id.startswith(f"{sound};"):
        event = running.next_call_event()
        assert isinstance(event, CallOffered)
        popped.append(event)
    assert calls_left(running) == []
    return popped[:-1]


def calls_left(running: RunningSource) -> list[CallEvent]:
    left = [running.events.get() for _ in range(running.events.qsize())]
    return [event for event in left if not isinstance(event, NotOffered | SourceChanged)]


@WAYS
@each()
def test_torture_message_over_tcp_does_as_it_should_and_a_sound_call_rings_after_it(
    case: dict[str, str], send: Send, answers: Answers
) -> None:
    expected, end = FRAMING.get(case["name"], ([], PONG))
    with RunningSource(transport="tcp") as running:
        with StreamPeer(running.address) as peer:
            statuses, ended = answers(peer, send, read(case), end)
        assert ended == end
        assert statuses == expected if case["name"] in FRAMING else len(statuses) <= 1
        pops = case["pop"] == "yes" or case["name"] == "dblreq"
        assert len(ring_on_a_new_connection(running)) == pops


OTHER = invite("second", branch="z9hG4bKsecond")
OWN: dict[str, tuple[bytes, list[int], str]] = {
    "a second request behind the first": (invite("o", method="OPTIONS") + OTHER, [200, 100], PONG),
    "a length that nothing follows": (OTHER.replace(LENGTH, b"Content-Length: 9"), [], CLOSED),
    "a length below zero": (OTHER.replace(LENGTH, b"Content-Length: -999"), [400], CLOSED),
    "a length beyond 64 kB": (OTHER.replace(LENGTH, b"Content-Length: 65537"), [400], CLOSED),
    "two lengths": (OTHER.replace(LENGTH, b"l: 5\r\nContent-Length: 0") + b"body!", [400], CLOSED),
    "no length and a body": (OTHER.replace(LENGTH + b"\r\n", b"") + b"v=0\r\n", [100], CLOSED),
    "no last line end": (OTHER[:-2], [], CLOSED),
    "a head without an end": (OTHER[:-2] + b"X: y\r\n" * 11_000, [], CLOSED),
    "another protocol": (b"GET / HTTP/1.1\r\nHost: x", [], CLOSED),
    "a request of another version": (OTHER.replace(b"SIP/2.0\r\n", b"SIP/7.0\r\n", 1), [505], PONG),
    "no Call-ID": (OTHER.replace(b"Call-ID: second\r\n", b""), [400], PONG),
    "a response that nobody waits for": (b"SIP/2.0 200 OK\r\n" + OTHER.partition(b"\r\n")[2], [], PONG),
    "line ends before the request": (b"\r\n\n\r\n" + OTHER, [100], PONG),
    "a body that looks like a request": (
        OTHER.replace(LENGTH, b"Content-Length: %d" % len(OTHER)) + OTHER,
        [100],
        PONG,
    ),
}


@WAYS
@pytest.mark.parametrize("rule", [rule for rule in OWN if len(OWN[rule][0]) < 5_000])
def test_rule_of_a_stream_holds_and_a_sound_call_rings_on_a_new_connection(
    rule: str, send: Send, answers: Answers
) -> None:
    data, statuses, end = OWN[rule]
    with RunningSource(transport="tcp") as running:
        with StreamPeer(running.address) as peer:
            assert answers(peer, send, data, end) == (statuses, end)
        assert len(ring_on_a_new_connection(running)) == statuses.count(100)


@pytest.mark.parametrize("file", sorted(HOSTILE.glob("*.dat")), ids=lambda file: file.stem)
def test_hostile_message_byte_by_byte_over_tcp_leaves_a_sound_call_to_ring(file: Path, answers: Answers) -> None:
    end = CLOSED if file.stem in {"cl-huge", "nul-datagram", "keepalive-nul"} else PONG
    with RunningSource(transport="tcp") as running:
        with StreamPeer(running.address) as peer:
            statuses, ended = answers(peer, StreamPeer.send_slowly, file.read_bytes(), end)
        assert ended == end
        assert len(ring_on_a_new_connection(running)) == statuses.count(100)


HEARD = [seen for seen in LIVES if seen.listener is not None]


@pytest.mark.parametrize("seen", HEARD, ids=lambda seen: seen.folder.name)
def test_recorded_call_byte_by_byte_over_tcp_has_its_life(seen: Seen, answers: Answers) -> None:
    assert seen.listener is not None
    with RunningSource(transport="tcp") as running:
        with StreamPeer(running.address) as peer:
            assert answers(peer, StreamPeer.send_slowly, b"".join(texts(seen.folder)[1:]), PONG)[1] == PONG
        assert lives(calls_left(running)) == [life for _, life in seen.listener]
