"""Sound over real UDP on loopback, and the faults of pyVoIP 1.6.8: each shown on its own classes, and not on ours."""

import gc
import os
import socket
import threading
import time
import warnings
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
import pyVoIP.VoIP
from pyVoIP.RTP import PayloadType, RTPClient, RTPMessage, RTPPacketManager, TransmitType

from cti.errors import PeerError
from cti.sip.dialog import Offered
from cti.sip.rtp_ports import RtpPorts
from cti.sip.sdp import Agreed, Codec, Flow
from cti.sip.softphone import Stream, Voice
from tests.cti.sip.talk_wire import SOUND as SOUND_PLACE
from tests.cti.sip.talk_wire import TalkWire
from tests.fakes.rtp_phone import FRAME, RATE, TABLES, RtpPhone, encode, loudest, pcm, rms, samples_of, tone
from tests.fakes.sound_card import FakeSoundCard
from tests.fakes.talking_peer import sdp

SOUND = {0: PayloadType.PCMU}


@contextmanager
def talking(phone: RtpPhone, flow: Flow = Flow.BOTH, events: int | None = 101) -> Iterator[Voice]:
    """A voice that runs towards this telephone, which does not speak yet."""
    with RtpPorts(Random(1)).bind("127.0.0.1") as ports:
        voice = Voice(ports, Agreed(phone.address, Codec(phone.kind), events, flow))
        voice.start()
        phone.target = ports.address
        try:
            yield voice
        finally:
            voice.stop()


@contextmanager
def standing(phone: RtpPhone) -> Iterator[tuple[Voice, Stream]]:
    """A voice whose threads do not run, and its stream: the test says when something is sent or comes."""
    with RtpPorts(Random(2)).bind("127.0.0.1") as ports:
        voice = Voice(ports, Agreed(phone.address, Codec(phone.kind), 101, Flow.BOTH))
        yield voice, voice._stream


@contextmanager
def by_hand(phone: RtpPhone) -> Iterator[Stream]:
    with standing(phone) as (_, ours):
        yield ours


def stock(kind: PayloadType = PayloadType.PCMU) -> RTPClient:
    return RTPClient({int(kind): kind}, "127.0.0.1", 0, "127.0.0.1", 9, TransmitType.SENDRECV)


def sent_by(client: RTPClient, count: int) -> list[bytes]:
    """The packets of pyVoIP's own transmitter, which ends after these."""
    sent: list[bytes] = []

    class Wire:
        def sendto(self, data: bytes, _to: object) -> None:
            sent.append(data)
            client.NSD = len(sent) < count

    client.sout = Wire()  # type: ignore[assignment] # where pyVoIP has a socket
    client.trans()
    return sent


@pytest.mark.parametrize("kind", [0, 8])
def test_ten_seconds_of_a_tone_come_through_both_ways(kind: int) -> None:
    with RtpPhone(kind, 440) as phone, talking(phone) as voice:
        card = FakeSoundCard(1_000)
        running = card.open("", "", voice.speak, voice.listen)
        phone.start(phone.target)
        while phone.sent < 510:
            time.sleep(0.1)
        running.close()
        received = voice.received
    assert len(phone.sound_packets) >= 490
    assert phone.lost() <= 0.01 * len(phone.sound_packets)
    assert received.packets >= 500
    assert received.lost <= 0.01 * received.packets
    for name, heard, hertz in (("phone", phone.heard(), 1_000), ("ear", card.heard(), 440)):
        sounding = heard[RATE : 9 * RATE]
        seconds = [loudest(sounding[at : at + RATE], hertz) for at in range(0, 7 * RATE, RATE)]
        quiet = [at for at in range(0, len(sounding), FRAME) if rms(sounding[at : at + FRAME]) < 2_000]
        print(name, "Hz", seconds, "silent frames", len(quiet), "lost", phone.lost(), received)  # noqa: T201
        assert sorted(seconds)[3] == pytest.approx(hertz, abs=2)
        assert len(quiet) <= 0.1 * len(sounding) / FRAME, "a busy machine may be late, but not for long"


def test_pyvoip_speaks_mu_law_where_a_law_is_agreed_and_we_do_not() -> None:
    samples = tone(440, FRAME)
    eight_bits = bytes(sample // 256 + 128 for sample in samples)
    theirs = stock(PayloadType.PCMA)
    assert theirs.encode_packet(eight_bits) == stock().encode_packet(eight_bits)
    with RtpPhone(8) as phone, by_hand(phone) as ours:
        heard = [TABLES[8][code] for code in ours.encode_packet(pcm(samples))]
    assert all(abs(a - b) <= max(16, abs(b) / 16) for a, b in zip(heard, samples, strict=True))


def test_pyvoip_hears_eight_bits_and_we_hear_what_was_said() -> None:
    whisper = [sample // 160 for sample in tone(440, FRAME)]  # 50 of 32,767: plain to hear in a quiet room
    with RtpPhone() as phone, by_hand(phone) as ours:
        packet = phone.packet(1, encode(whisper, 0))
        theirs = stock()
        theirs.parse_packet(packet)
        assert set(theirs.pmin.read(FRAME)) <= {127, 128, 129}
        for number in range(3):
            ours.parse_packet(phone.packet(number, encode(whisper, 0)))
        heard = samples_of(ours.jitter.take() or b"")
    assert max(abs(a - b) for a, b in zip(heard, whisper, strict=True)) <= 4


def test_pyvoip_sends_a_short_packet_when_its_numbers_begin_anew_and_we_do_not() -> None:
    theirs = stock()
    theirs.outSequence = 65_534
    assert [len(data) for data in sent_by(theirs, 4)] == [172, 172, 170, 172]
    with RtpPhone() as phone, by_hand(phone) as ours:
        ours.outSequence, ours.outTimestamp = 65_000, 2**32 - 160 * 300
        packets = []
        for _ in range(1_000):
            ours.send_next()
            packets.append(phone.socket.recv(2_048))
    assert {len(data) for data in packets} == {172}
    assert [int.from_bytes(data[2:4]) for data in packets] == [number % 65_536 for number in range(65_000, 66_000)]


def test_seventy_thousand_packets_are_all_whole_and_in_order() -> None:
    with RtpPhone() as phone, by_hand(phone) as ours:
        ours.outSequence = 0
        for number in range(70_000):
            ours.send_next()
            data = phone.socket.recv(2_048)
            assert (len(data), int.from_bytes(data[2:4])) == (172, number % 65_536)


class OfferedByPyvoip:
    """An INVITE as pyVoIP has read it."""

    type = pyVoIP.SIP.SIPMessageType.MESSAGE
    method = "INVITE"

    def __init__(self, call: str = "1", formats: tuple[str, ...] = ("0",)) -> None:
        self.headers = {"Call-ID": call}
        sound = {"type": "audio", "port": 9, "port_count": 1, "methods": list(formats), "attributes": {}}
        self.body = {"c": [{"address": "127.0.0.1", "address_count": 1}], "m": [sound]}


class SipOfPyvoip:
    """Its SIP side, which is not ours to test."""

    @property
    def out(self) -> "SipOfPyvoip":
        return self

    def gen_ringing(self, _invite: object) -> str:
        return "180"

    def sendto(self, data: bytes, to: object) -> None:
        """Nobody hears it."""


def stock_phone(**more: Any) -> Any:
    """pyVoIP's own phone, without its sockets."""
    phone: Any = object.__new__(pyVoIP.VoIP.VoIPPhone)
    begun = {
        "portsLock": threading.Lock(), "assignedPorts": [], "calls": {}, "threads": [], "threadLookup": {},
        "session_ids": [], "rtpPortLow": 17_000, "rtpPortHigh": 17_001, "NSD": False, "sip": SipOfPyvoip(),
        "server": "127.0.0.1", "port": 9, "myIP": "127.0.0.1", "sendmode": "sendrecv", "callClass": None,
    }  # fmt: skip
    for name, value in (begun | more).items():
        setattr(phone, name, value)
    return phone


def stock_call(phone: Any, name: str = "1") -> Any:
    """An incoming call of that phone, as it makes one."""
    made: Any = pyVoIP.VoIP.VoIPCall
    return made(phone, pyVoIP.VoIP.CallState.RINGING, OfferedByPyvoip(name), 1, "127.0.0.1", None, "sendrecv")


def test_pyvoip_never_gives_the_port_of_a_call_back_and_here_its_owner_does() -> None:
    phone = stock_phone()
    call = stock_call(phone)
    phone.release_ports(call)
    assert len(phone.assignedPorts) == 1, "the call that is over"
    stock_call(phone)
    assert len(phone.assignedPorts) == 2, "and there are no more"
    live = [stock_call(phone, "3")]
    phone.calls["3"] = live[0]
    phone.release_ports()
    assert phone.assignedPorts == [], "so it takes back even that of a call which is talked in"
    ports = RtpPorts(Random(1))
    with RtpPhone() as other, ports.bind("127.0.0.1") as pair:
        Voice(pair, Agreed(other.address, Codec.PCMU, None, Flow.BOTH))
    assert ports.in_use == 0


class _Lock:
    """As the `threading.Lock` of pyVoIP's phone, which tells instead of waiting for ever for who waits for itself."""

    def __init__(self) -> None:
        self.holder = 0
        self.waits_for_itself = False

    def __enter__(self) -> None:
        if self.holder == threading.get_ident():
            self.waits_for_itself = True
            raise RuntimeError("for ever")
        self.holder = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self.holder = 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of __del__: nobody else can end it
def test_pyvoip_dead_locks_when_a_call_dies_while_ports_are_released_and_ours_waits_for_nothing() -> None:
    class Swept(dict[str, Any]):
        """The garbage collector may strike at any time: here it does."""

        def __delitem__(self, name: str) -> None:
            super().__delitem__(name)
            gc.collect()

    real: Any = pyVoIP.VoIP.VoIPPhone("127.0.0.1", 5060, "201", "", None, "127.0.0.1")
    assert type(real.portsLock) is type(threading.Lock())
    lock, over = _Lock(), threading.Thread(target=int)
    phone = stock_phone(calls=Swept(), portsLock=lock)
    over.start()
    over.join()
    phone.threads.append(over)
    phone.threadLookup[over] = "1"
    phone.calls["1"] = stock_call(phone)  # nobody else knows of it
    phone.release_ports()
    assert lock.waits_for_itself
    with RtpPhone() as other, by_hand(other) as ours:
        assert ours.dtmf is not None
        of_ours = weakref.ref(ours.dtmf.__self__)  # type: ignore[attr-defined] # a bound method of the call
        del ours
    gc.collect()
    assert of_ours() is None


def test_pyvoip_lets_a_second_pass_before_it_tells_of_a_call_and_our_telling_needs_no_timer() -> None:
    told: list[object] = []
    phone = stock_phone(callCallback=told.append)
    phone.calls["1"] = None
    phone._create_Call = lambda invite, _session: phone.calls.update({invite.headers["Call-ID"]: "call"})
    phone.callback(OfferedByPyvoip("2"))
    (timer,) = [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    assert (timer.interval, told) == (1, [])
    timer.cancel()
    timer.join()
    wire = TalkWire()
    wire.ring()
    assert [type(event) for event in wire.events] == [Offered], "in the same step as the INVITE, at the same instant"
    assert wire.now == 0
    wire.answer()
    assert not any(isinstance(one, threading.Timer) for one in threading.enumerate())


class Oversleeping:
    """`time` on a busy machine: each sleep lasts a millisecond too long."""

    def __init__(self) -> None:
        self.at = 100.0

    def monotonic(self) -> float:
        return self.at

    def monotonic_ns(self) -> int:
        return round(self.at * 1_000_000_000)

    def sleep(self, seconds: float) -> None:
        self.at += seconds + 0.001


def test_pyvoip_sends_ever_later_on_a_busy_machine_and_we_keep_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Oversleeping()
    monkeypatch.setattr("pyVoIP.RTP.time", clock)
    sent_by(stock(), 1_000)
    assert clock.at - 100 == pytest.approx(21.0, abs=0.1), "a second behind after twenty"
    clock = Oversleeping()
    monkeypatch.setattr("cti.sip.softphone.time", clock)
    with RtpPhone() as phone, by_hand(phone) as ours:
        sent: list[float] = []

        def send_next() -> None:
            sent.append(clock.at)
            ours.NSD = len(sent) < 1_000

        monkeypatch.setattr(ours, "send_next", send_next)
        ours.NSD = True
        ours.trans()
    assert clock.at - 100 == pytest.approx(20.0, abs=0.01)
    assert max(at - 100 - 0.02 * number for number, at in enumerate(sent)) < 0.002


def test_pyvoip_spins_on_a_socket_that_fails_and_we_wait_for_the_next_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        """`recv` and `recvfrom` raise a hundred times; then it is over."""

        def __init__(self, client: RTPClient) -> None:
            self.client, self.left = client, 100

        def recv(self, _size: int) -> bytes:
            self.left -= 1
            self.client.NSD = self.left > 0
            raise OSError

        recvfrom = recv

    clock = Oversleeping()
    monkeypatch.setattr("pyVoIP.RTP.time", clock)
    theirs = stock()
    theirs.sin = Failing(theirs)  # type: ignore[assignment] # where pyVoIP has a socket
    theirs.recv()
    assert clock.at == 100, "a hundred times round without a rest"
    monkeypatch.setattr("cti.sip.softphone.time", clock)
    with RtpPhone() as phone, by_hand(phone) as ours:
        ours.NSD, ours._socket = True, Failing(ours)  # type: ignore[assignment] # as above
        ours.recv()
    assert clock.at - 100 == pytest.approx(100 * 0.021)


def test_pyvoip_hears_anybody_and_we_hear_whom_we_talk_to() -> None:
    with RtpPhone() as phone, RtpPhone(0, 700, "127.0.0.3") as stranger, standing(phone) as (voice, ours):
        said = stranger.packet(1, encode(tone(700, FRAME), 0))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
            door.bind(("127.0.0.1", 0))
            theirs = stock()
            theirs.sin = _OnePacket(door, theirs)  # type: ignore[assignment] # where pyVoIP has a socket
            stranger.socket.sendto(said, door.getsockname())
            theirs.recv()
        assert len(set(theirs.pmin.read(FRAME))) > 20
        assert not ours._is_theirs("127.0.0.3", stranger.address[1])
        assert voice.received.packets == 0


class _OnePacket:
    def __init__(self, door: socket.socket, client: RTPClient) -> None:
        self._door, self._client = door, client

    def recv(self, size: int) -> bytes:
        self._client.NSD = False
        self._door.settimeout(10)
        return self._door.recv(size)


def test_pyvoip_takes_a_call_whose_sound_it_can_not_do_and_we_refuse_it() -> None:
    made: Any = pyVoIP.VoIP.VoIPCall
    invite = OfferedByPyvoip("1", ("9",))
    call = made(stock_phone(), pyVoIP.VoIP.CallState.RINGING, invite, 1, "127.0.0.1", None, "sendrecv")
    assert [client.assoc for client in call.RTPClients] == [{}], "a call in which nobody hears anything"
    wire = TalkWire()
    wire.ring(sdp(formats="9"))
    assert wire.agent.answer(wire.call_id, SOUND_PLACE, wire.now) == 488


def test_pyvoip_keeps_all_that_was_ever_said_and_we_keep_a_fifth_of_a_second() -> None:
    theirs = RTPPacketManager()
    for number in range(3_000):
        theirs.write(number * FRAME, bytes(FRAME))
    assert len(theirs.log) == 3_000
    with RtpPhone() as phone, by_hand(phone) as ours:
        for number in range(3_000):
            ours.parse_packet(phone.packet(number, bytes(FRAME)))
        assert len(ours.jitter) <= 10


def test_pyvoip_takes_padding_for_sound_and_dies_of_a_short_packet() -> None:
    with RtpPhone() as phone, by_hand(phone) as ours:
        padded = bytearray(phone.packet(1, b"\xff" * FRAME) + b"\0\0\0\4")
        padded[0] |= 0x20
        assert len(RTPMessage(bytes(padded), SOUND).payload) == FRAME + 4
        with pytest.raises(TypeError):
            RTPMessage(b"", SOUND)
        for number in range(3):
            padded[3] = number
            ours.parse_packet(bytes(padded))
        assert len(ours.jitter.take() or b"") == 2 * FRAME
        with pytest.raises(PeerError):
            ours.parse_packet(b"")


def test_pyvoip_misses_a_key_whose_first_packet_is_lost_and_dies_of_one_that_is_none() -> None:
    keys: list[str] = []
    theirs = RTPClient({101: PayloadType.EVENT, 0: PayloadType.PCMU}, "", 0, "", 9, TransmitType.SENDRECV, keys.append)
    with RtpPhone() as phone, by_hand(phone) as ours:
        later = phone.packet(7, b"\x05\x0a\x01\x40", 101)
        theirs.parse_packet(later)
        assert keys == []
        with pytest.raises(IndexError):
            theirs.parse_packet(phone.packet(8, b"\x20\x0a\x01\x40", 101))
        for _ in range(3):
            ours.parse_packet(later)
        with pytest.raises(PeerError):
            ours.parse_packet(phone.packet(8, b"\x20\x0a\x01\x40", 101))
        ours.parse_packet(phone.packet(9, b"\x05\x8a\x03\x20", 101))
        assert ours.dtmf is not None
        assert ours.dtmf.__self__.get_dtmf(9) == "55"  # type: ignore[attr-defined] # a bound method of the call


def test_pyvoip_warns_where_we_only_note_that_a_packet_did_not_leave() -> None:
    class Broken:
        def sendto(self, _data: bytes, _to: object) -> None:
            theirs.NSD = False
            raise OSError

    theirs = stock()
    theirs.sout = Broken()  # type: ignore[assignment] # where pyVoIP has a socket
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        theirs.trans()
    assert [str(one.message) for one in caught] == ["RTP Packet failed to send!"]
    with RtpPhone() as phone, by_hand(phone) as ours:
        ours.agreed = Agreed(("127.0.0.1", 0), Codec.PCMU, None, Flow.BOTH)
        ours.send_next()


def test_keys_go_out_as_events_while_the_clock_of_the_sound_runs_on() -> None:
    with RtpPhone() as phone, talking(phone) as voice:
        voice.press("5#")
        packets = []
        while len([data for data in packets if data[1] & 0x7F == 101]) < 16:
            packets.append(phone.socket.recv(2_048))
    events = [data for data in packets if data[1] & 0x7F == 101]
    assert [data[12] for data in events] == [5] * 8 + [11] * 8
    assert [bool(data[1] & 0x80) for data in events] == [True, *[False] * 7, True, *[False] * 7]
    assert len({data[4:8] for data in events}) == 2
    assert [bool(data[13] & 0x80) for data in events[:8]] == [False] * 5 + [True] * 3


@pytest.mark.parametrize("act", ["mute", "hold"])
def test_who_is_muted_or_held_hears_silence_until_it_is_over(act: str) -> None:
    with RtpPhone() as phone, standing(phone) as (voice, mine):
        getattr(voice, act)()
        loud = pcm(tone(440, 4 * FRAME))
        voice.speak(loud)
        mine.send_next()
        getattr(voice, {"mute": "unmute", "hold": "resume"}[act])()
        voice.speak(loud)
        mine.send_next()
        packets = [phone.socket.recv(2_048)[12:] for _ in range(2)]
    assert set(packets[0]) == {0xFF}
    assert len(set(packets[1])) > 20


@pytest.mark.parametrize(("flow", "sends"), [(Flow.BOTH, 1), (Flow.SEND, 1), (Flow.RECEIVE, 0), (Flow.NEITHER, 0)])
def test_nothing_is_sent_to_who_wants_nothing(flow: Flow, sends: int) -> None:
    with RtpPhone() as phone, by_hand(phone) as ours:
        ours.agreed = Agreed(phone.address, Codec.PCMU, 101, flow)
        ours.send_next()
        ours.agreed = Agreed(phone.address, Codec.PCMA, 101, Flow.BOTH)
        ours.send_next()
        kinds = [phone.socket.recv(2_048)[1] & 0x7F]
        if sends:
            kinds.append(phone.socket.recv(2_048)[1] & 0x7F)
    assert kinds == [0, 8][1 - sends :]


def test_a_stranger_says_nothing_into_the_call() -> None:
    with RtpPhone(0, 440) as phone, RtpPhone(0, 700, "127.0.0.3") as stranger, talking(phone) as voice:
        for number in range(20):
            stranger.socket.sendto(stranger.packet(number, bytes(FRAME)), phone.target)
        phone.socket.sendto(phone.packet(5, bytes(FRAME)), phone.target)
        while voice.received.packets == 0:
            time.sleep(0.01)
        assert voice.received.packets == 1


def test_a_pbx_that_sends_from_another_address_is_heard_by_its_port_until_it_is_heard_itself() -> None:
    with RtpPhone() as phone, by_hand(phone) as ours:
        named, port = phone.address
        heard = [
            ours._is_theirs(*source) for source in (("192.0.2.9", port + 2), ("192.0.2.1", port), ("192.0.2.9", port))
        ]
        assert heard == [False, True, False]
        assert ours._is_theirs(named, 9)
        assert not ours._is_theirs("192.0.2.1", port)


def test_what_is_missing_fades_away() -> None:
    with RtpPhone() as phone, standing(phone) as (voice, mine):
        for number in range(3):
            mine.parse_packet(phone.packet(number, encode(tone(440, FRAME, FRAME * number), 0)))
        volumes = [rms(samples_of(voice.listen())) for _ in range(6)]
    assert volumes[0] == pytest.approx(volumes[2], rel=0.05)
    assert volumes[3] == pytest.approx(volumes[2] / 2, rel=0.05)
    assert volumes[5] == pytest.approx(volumes[2] / 8, rel=0.05)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts files as Linux shows them")
def test_a_hundred_calls_leave_no_thread_no_port_no_file_and_no_memory() -> None:
    ports = RtpPorts(Random(5))
    kept: list[weakref.ref[Voice]] = []

    def call(phone: RtpPhone) -> None:
        with ports.bind("127.0.0.1") as pair:
            voice = Voice(pair, Agreed(phone.address, Codec.PCMU, 101, Flow.BOTH))
            kept.append(weakref.ref(voice))
            voice.start()
            voice.stop()

    with RtpPhone() as phone:
        call(phone)
        threads, files = threading.active_count(), len(os.listdir("/proc/self/fd"))  # noqa: PTH208
        for _ in range(100):
            call(phone)
        assert (threading.active_count(), len(os.listdir("/proc/self/fd"))) == (threads, files)  # noqa: PTH208
    assert ports.in_use == 0
    gc.collect()
    assert [one for one in kept if one() is not None] == []


def test_ipv6_carries_sound_too() -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as phone:
        phone.bind(("::1", 0))
        phone.settimeout(10)
        with RtpPorts(Random(6)).bind("::1") as pair:
            voice = Voice(pair, Agreed(("::1", phone.getsockname()[1]), Codec.PCMU, None, Flow.BOTH))
            voice.start()
            assert len(phone.recv(2_048)) == 172
            voice.stop()
