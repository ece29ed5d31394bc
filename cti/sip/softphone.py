"""The voice of one answered call: the one module that imports pyVoIP.

Of pyVoIP 1.6.8 we use `VoIPCall` (payload types to codecs, the call's RTP client, its keys) and `RTPClient` (its two
threads, what they do with each kind of packet). What it does wrong is overridden, and each method says what that was.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import pyVoIP.VoIP  # first: importing pyVoIP.SIP or pyVoIP.RTP first fails
from pyVoIP.RTP import PayloadType, RTPClient, TransmitType

from cti.address import normal_address
from cti.errors import PeerError
from cti.sip import g711
from cti.sip.dtmf import Step, parse_event, steps_of
from cti.sip.jitter import JitterBuffer, Received
from cti.sip.microphone_queue import FRAME_BYTES, MicrophoneQueue
from cti.sip.rtp_packet import RtpPacket, compose_rtp, parse_rtp
from cti.sip.rtp_ports import PortPair
from cti.sip.sdp import Agreed, Codec

log = logging.getLogger(__name__)

FRAME_SECONDS = 0.02
_ASLEEP = 0.2  # seconds behind the schedule: the PC slept, and nobody wants to hear it all at once
_LOOK_UP = 0.05  # seconds after which a receiver that hears nothing looks whether the call is over
_LONGEST_PACKET = 2_048


class Stream(RTPClient):
    """One call's packets both ways, on a pair of ports that is bound already."""

    def __init__(self, codecs: dict[int, Any], ports: PortPair, agreed: Agreed, dtmf: Callable[[str], None]) -> None:
        super().__init__(codecs, *ports.address, *agreed.remote, TransmitType.SENDRECV, dtmf)
        self.agreed = agreed
        self.listen_to(frozenset({agreed.remote[0]}))
        self.microphone = MicrophoneQueue()
        self.jitter = JitterBuffer()
        self.lock = threading.Lock()
        self.keys: deque[Step] = deque()
        self.is_quiet = False
        self._socket = ports.rtp
        self._threads: list[threading.Thread] = []
        self._keys_at = self._heard_key_at = -1
        self._begins = True
        self.heard_at = time.monotonic()

    def start(self) -> None:
        """pyVoIP binds only here, with an address family of its own, and starts `Timer`s that nobody can join."""
        self._socket.settimeout(_LOOK_UP)
        for name, work in (("rtp in", self.recv), ("rtp out", self.trans)):
            self._threads.append(threading.Thread(target=work, name=name, daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        """pyVoIP closes the sockets under its running threads, one of which then spins for ever."""
        self.NSD = False
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def recv(self) -> None:
        """pyVoIP takes packets from anybody, looks every 10 ms and dies of a packet that is too short."""
        while self.NSD:
            try:
                data, source = self._socket.recvfrom(_LONGEST_PACKET)
            except TimeoutError:
                continue
            except OSError as error:  # Windows: a packet of ours met a closed port
                log.debug("rtp: %s", error)
                time.sleep(FRAME_SECONDS)
                continue
            if self._is_theirs(normal_address(source[0]), source[1]):
                self._receive(data)

    def trans(self) -> None:
        """pyVoIP sleeps a little too long each time, so that its packets come ever later."""
        due = time.monotonic()
        while self.NSD:
            self.send_next()
            due += FRAME_SECONDS
            late = time.monotonic() - due
            if late < 0:
                time.sleep(-late)
            elif late > _ASLEEP:
                due += late

    def send_next(self) -> None:
        """What goes out in these 20 ms: a step of a key, sound, or nothing.

        pyVoIP leaves the sequence number, later the timestamp, out of a packet when it passes its highest.
        """
        with self.lock:
            step = self.keys.popleft() if self.keys else None
            samples = self.microphone.take()
        if step is not None and self.agreed.events is not None:
            self._send_step(step, self.agreed.events)
        elif self.agreed.may_send:
            payload = self.encode_packet(g711.SILENCE if self.is_quiet else samples)
            self._send(int(self.agreed.codec), payload, self.outTimestamp, self._begins)
            self._begins = False
        self.outTimestamp = (self.outTimestamp + g711.FRAME) & 0xFFFF_FFFF

    def encode_packet(self, payload: bytes) -> bytes:
        """pyVoIP encodes A-law as µ-law, and either of 8 bits."""
        return g711.encode(payload, self.agreed.codec)

    def parse_packet(self, packet: bytes) -> None:
        """pyVoIP takes padding and header extensions for sound."""
        parsed = parse_rtp(packet)
        kind = self.assoc.get(parsed.payload_type)
        if kind is PayloadType.EVENT:
            self._take_key(parsed)
        elif kind is not None:
            self._put(parsed, Codec(parsed.payload_type))

    def _take_key(self, packet: RtpPacket) -> None:
        """pyVoIP misses a key whose first packet is lost, and dies of events that are no keys."""
        event = parse_event(packet.payload)
        if packet.timestamp != self._heard_key_at and self.dtmf is not None:
            self._heard_key_at = packet.timestamp
            self.dtmf(event.key)

    def listen_to(self, hosts: frozenset[str]) -> None:
        """Sound comes from these; as long as it does not, from the first other that has the port they named."""
        self.hosts, self._other, self._knows_them = hosts, "", False

    def _is_theirs(self, host: str, port: int) -> bool:
        """A PBX with several addresses may send from another one than it names, but from the port that it names."""
        if host in self.hosts:
            self._knows_them = True
            return True
        if self._knows_them or port != self.agreed.remote[1]:
            return False
        self._other = self._other or host
        return host == self._other

    def _receive(self, data: bytes) -> None:
        self.heard_at = time.monotonic()
        try:
            self.parse_packet(data)
        except PeerError as error:
            log.debug("rtp: %s", error)

    def _put(self, packet: RtpPacket, codec: Codec) -> None:
        """pyVoIP hears 8 bits, and its buffer keeps all that was ever said."""
        samples = g711.decode(packet.payload, codec)
        with self.lock:
            self.jitter.put(packet, samples)

    def _send_step(self, step: Step, kind: int) -> None:
        """All packets of one key have the timestamp of its first."""
        if step.is_first:
            self._keys_at = self.outTimestamp
        if step.payload:
            self._send(kind, step.payload, self._keys_at, step.is_first)

    def _send(self, kind: int, payload: bytes, timestamp: int, is_first: bool) -> None:
        data = compose_rtp(RtpPacket(kind, self.outSequence, timestamp, self.outSSRC, payload, is_first))
        self.outSequence = (self.outSequence + 1) & 0xFFFF
        try:
            self._socket.sendto(data, self.agreed.remote)
        except OSError as error:
            log.debug("rtp: %s", error)


class _Phone:
    """What a `VoIPCall` asks of its phone.

    pyVoIP's own gives no port of an incoming call back, and when it does, a call that dies meanwhile waits for ever for
    the lock that its own phone holds. Here ports are given back by who bound them, and there is nothing to wait for.
    """

    sip = None
    rtpPortLow = rtpPortHigh = 0  # noqa: N815 -- pyVoIP's names

    def __init__(self, port: int) -> None:
        self._port = port
        self.calls: dict[str, Any] = {}

    def request_port(self) -> int:
        return self._port

    def release_ports(self, call: object = None) -> None:
        """Called by the garbage collector, in any thread at any time."""


class _Request:
    """An INVITE as pyVoIP reads one, of what is agreed: one stream, one codec, and keys."""

    def __init__(self, agreed: Agreed) -> None:
        host, port = agreed.remote
        types = [str(int(agreed.codec)), *([] if agreed.events is None else [str(agreed.events)])]
        names = {str(agreed.events): {"rtpmap": {"name": "telephone-event"}}}
        sound = {"type": "audio", "port": port, "port_count": 1, "methods": types, "attributes": names}
        self.headers = {"Call-ID": ""}
        self.body = {"c": [{"address": host, "address_count": 1}], "m": [sound]}


class _Call(pyVoIP.VoIP.VoIPCall):
    def __init__(self, ports: PortPair, agreed: Agreed) -> None:
        self._ports, self._agreed = ports, agreed
        self.streams: list[Stream] = []
        ringing = pyVoIP.VoIP.CallState.RINGING
        phone: Any = _Phone(ports.address[1])
        request: Any = _Request(agreed)
        super().__init__(phone, ringing, request, 0, ports.address[0], None, "sendrecv")

    def create_rtp_clients(self, codecs: dict[int, Any], *_of_pyvoip: object) -> None:
        both = {int(codec): PayloadType(int(codec)) for codec in Codec}  # they may send either, if we offered both
        self.streams.append(Stream(both | codecs, self._ports, self._agreed, self.dtmf_callback))
        self.RTPClients.extend(self.streams)


class Voice:
    """What is said and heard in one call. `speak` and `listen` are for the sound card, on any thread."""

    def __init__(self, ports: PortPair, agreed: Agreed, also_from: str = "") -> None:
        """`also_from` is the PBX itself: behind a NAT its sound comes from there, whatever its description says."""
        self._call = _Call(ports, agreed)
        (self._stream,) = self._call.streams
        self._also_from = {also_from} - {""}
        self._ready = bytearray()
        self._last = g711.SILENCE
        self._is_muted = self._holds = False
        self.change(agreed)

    @property
    def received(self) -> Received:
        with self._stream.lock:
            return self._stream.jitter.received

    @property
    def heard_at(self) -> float:
        """When the last packet came, by time.monotonic()."""
        return self._stream.heard_at

    @property
    def can_press_keys(self) -> bool:
        return self._stream.agreed.events is not None

    def start(self) -> None:
        self._call.gen_ms()
        self._call.state = pyVoIP.VoIP.CallState.ANSWERED

    def stop(self) -> None:
        """Returns when both threads are gone; the ports are their owner's to close."""
        self._call.bye()

    def change(self, agreed: Agreed) -> None:
        """The two sides have agreed anew."""
        if agreed.events is not None:
            self._stream.assoc[agreed.events] = PayloadType.EVENT
        self._stream.agreed = agreed
        self._stream.listen_to(frozenset({normal_address(agreed.remote[0])} | self._also_from))

    def speak(self, samples: bytes) -> None:
        """What the microphone hears."""
        with self._stream.lock:
            self._stream.microphone.put(samples)

    def listen(self) -> bytes:
        """The next 20 ms for the ear; what is missing is the last sound, fading away."""
        while len(self._ready) < FRAME_BYTES:
            with self._stream.lock:
                samples = self._stream.jitter.take()
            self._last = samples or g711.faded(self._last)
            self._ready += self._last
        frame = bytes(self._ready[:FRAME_BYTES])
        del self._ready[:FRAME_BYTES]
        return frame

    def press(self, keys: str) -> None:
        """Send these keys; ValueError for what is none."""
        steps = list(steps_of(keys))
        with self._stream.lock:
            self._stream.keys.extend(steps)

    def pressed(self) -> str:
        """The keys that the other side has pressed since the last time."""
        return str(self._call.get_dtmf(64))

    def mute(self) -> None:
        self._is_muted = True
        self._be_quiet()

    def unmute(self) -> None:
        self._is_muted = False
        self._be_quiet()

    def hold(self) -> None:
        """Who waits hears nothing of us."""
        self._holds = True
        self._be_quiet()

    def resume(self) -> None:
        self._holds = False
        self._be_quiet()

    def _be_quiet(self) -> None:
        self._stream.is_quiet = self._is_muted or self._holds
