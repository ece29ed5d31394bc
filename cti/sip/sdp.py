"""The few lines of SDP (RFC 8866) that a G.711 call needs: read a description, answer it, offer one (RFC 3264).

No socket and no clock. Sound is the first `m=audio` line that we can do; every other one is answered with port 0.
"""

import ipaddress
import re
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from cti.address import Address
from cti.errors import PeerError
from cti.wire_text import decode

MIME = "application/sdp"
MOST_MEDIA = 16  # lines `m=`
EVENTS = 101  # our payload type for telephone-event, if we may choose
_DIRECTIONS = {"sendrecv", "sendonly", "recvonly", "inactive"}
_MEDIA = re.compile(r"([A-Za-z0-9]+) ([0-9]{1,5})(?:/[0-9]{1,3})? ([A-Za-z0-9/]+)((?: [^ ]+)+)", re.ASCII)
_RTPMAP = re.compile(r"rtpmap:([0-9]{1,3}) +telephone-event/8000(?:/1)?", re.ASCII | re.IGNORECASE)
_EVERYWHERE = ipaddress.ip_network("0.0.0.0/32"), ipaddress.ip_network("::/128")


class Codec(IntEnum):
    """G.711 by its static payload types (RFC 3551): what every telephone can."""

    PCMU = 0
    PCMA = 8


class Flow(StrEnum):
    """Which ways sound goes, seen from who says it."""

    BOTH = "sendrecv"
    SEND = "sendonly"
    RECEIVE = "recvonly"
    NEITHER = "inactive"


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound that one side describes: where it wants to receive it, and how, best first; `events` for DTMF."""

    address: Address
    codecs: tuple[Codec, ...]
    events: int | None
    flow: Flow


@dataclass(frozen=True, slots=True)
class Description:
    """The `m=` lines as (kind, protocol, formats), and which of them is the sound that we can do."""

    media: tuple[tuple[str, str, str], ...]
    chosen: int | None = None
    sound: Sound | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What goes over the wire from now on: to whom, as what, and which ways, seen from us."""

    remote: Address
    codec: Codec
    events: int | None
    flow: Flow

    @property
    def may_send(self) -> bool:
        return self.flow in {Flow.BOTH, Flow.SEND}

    @property
    def hears(self) -> bool:
        return self.flow in {Flow.BOTH, Flow.RECEIVE}


@dataclass(frozen=True, slots=True)
class Here:
    """Our side of one call: where we receive, and the name and number of our descriptions (RFC 8866 section 5.2)."""

    address: Address
    session: int
    version: int = 1

    def next(self) -> "Here":
        return replace(self, version=self.version + 1)


def read_description(body: bytes) -> Description:
    """Read an offer or an answer; PeerError 400 for what is no SDP. Without `sound` there is nothing that we can do."""
    session, media = _sections(body)
    if len(media) > MOST_MEDIA:
        raise PeerError("more media than a call has", 400)
    lines = [_media_line(section[0]) for section in media]
    for at, (kind, port, protocol, formats) in enumerate(lines):
        if kind == "audio" and protocol == "RTP/AVP" and port:
            sound = _sound(port, formats.split(), session, media[at])
            if sound is not None:
                return Description(tuple((k, p, f) for k, _, p, f in lines), at, sound)
    return Description(tuple((k, p, f) for k, _, p, f in lines))


def agree(theirs: Sound, wish: Flow) -> Agreed:
    """What their offer and our wish make together; of an answer: what it allows of our offer."""
    return Agreed(theirs.address, theirs.codecs[0], theirs.events, _meet(theirs.flow, wish))


def compose_offer(here: Here, wish: Flow, now: Agreed | None = None) -> bytes:
    """Offer what is agreed already, or all that we can."""
    codecs = (now.codec,) if now else tuple(Codec)
    events = now.events if now else EVENTS
    return _compose(here, [_audio(here.address[1], codecs, events, wish)])


def compose_answer(here: Here, offer: Description, agreed: Agreed) -> bytes:
    """Answer each line of the offer in its place: the sound as agreed, all else refused."""
    sections = []
    for at, (kind, protocol, formats) in enumerate(offer.media):
        if at == offer.chosen:
            sections.append(_audio(here.address[1], (agreed.codec,), agreed.events, agreed.flow))
        else:
            sections.append([f"m={kind} 0 {protocol}{formats}"])
    return _compose(here, sections)


def _sections(body: bytes) -> tuple[list[str], list[list[str]]]:
    """The lines before the first `m=`, and those of each `m=`."""
    session: list[str] = []
    media: list[list[str]] = []
    lines = decode(body).replace("\r\n", "\n").rstrip("\n").split("\n")
    if lines[0] != "v=0" or any(line[1:2] != "=" for line in lines):
        raise PeerError("malformed SDP", 400)
    for line in lines:
        if line.startswith("m="):
            media.append([line])
        else:
            (media[-1] if media else session).append(line)
    return session, media


def _media_line(line: str) -> tuple[str, int, str, str]:
    match = _MEDIA.fullmatch(line[2:])
    if match is None or int(match[2]) > 65_535:
        raise PeerError("malformed m= line", 400)
    return match[1], int(match[2]), match[3], match[4]


def _sound(port: int, formats: list[str], session: list[str], media: list[str]) -> Sound | None:
    host = _host(media) or _host(session)
    codecs = tuple(Codec(int(name)) for name in formats if name in {"0", "8"})
    if host is None or not codecs:
        return None
    mapped = {match[1] for line in media if (match := _RTPMAP.fullmatch(line.removeprefix("a=")))}
    events = next((int(name) for name in formats if name in mapped and int(name) < 128), None)
    flow = _flow(media) or _flow(session) or Flow.BOTH
    if _is_nowhere(host):  # how RFC 2543 said "hold": nothing is to be sent there
        flow = {Flow.BOTH: Flow.SEND, Flow.RECEIVE: Flow.NEITHER}.get(flow, flow)
    return Sound((host, port), codecs, events, flow)


def _host(lines: list[str]) -> str | None:
    """The address of a `c=` line; None without one, and for names and groups, to which nothing is sent."""
    for line in lines:
        words = line[2:].split(" ")
        if line.startswith("c=") and len(words) == 3 and words[0] == "IN":
            try:
                address = ipaddress.ip_address(words[2])
            except ValueError:
                return None
            return None if address.is_multicast else str(address)
    return None


def _is_nowhere(host: str) -> bool:
    return any(ipaddress.ip_address(host) in nowhere for nowhere in _EVERYWHERE)


def _flow(lines: list[str]) -> Flow | None:
    return next((Flow(line[2:]) for line in lines if line.startswith("a=") and line[2:] in _DIRECTIONS), None)


def _meet(theirs: Flow, ours: Flow) -> Flow:
    """What we do when they say `theirs` and we would do `ours` (RFC 3264 section 6.1)."""
    sends = ours in {Flow.BOTH, Flow.SEND} and theirs in {Flow.BOTH, Flow.RECEIVE}
    hears = ours in {Flow.BOTH, Flow.RECEIVE} and theirs in {Flow.BOTH, Flow.SEND}
    return {(True, True): Flow.BOTH, (True, False): Flow.SEND, (False, True): Flow.RECEIVE}.get(
        (sends, hears), Flow.NEITHER
    )


def _audio(port: int, codecs: tuple[Codec, ...], events: int | None, flow: Flow) -> list[str]:
    types = [*map(int, codecs), *([] if events is None else [events])]
    lines = [f"m=audio {port} RTP/AVP {' '.join(map(str, types))}"]
    lines += [f"a=rtpmap:{codec.value} {codec.name}/8000" for codec in codecs]
    if events is not None:
        lines += [f"a=rtpmap:{events} telephone-event/8000", f"a=fmtp:{events} 0-15"]
    return [*lines, "a=ptime:20", f"a={flow}"]


def _compose(here: Here, sections: list[list[str]]) -> bytes:
    host = here.address[0]
    place = f"IN {'IP6' if ':' in host else 'IP4'} {host}"
    head = ["v=0", f"o=- {here.session} {here.version} {place}", "s=-", f"c={place}", "t=0 0"]
    lines = [*head, *(line for section in sections for line in section)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape")
