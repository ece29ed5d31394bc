"""What is fuzzed: each target takes any bytes and fails by an exception. No fuzzer is needed to call one.

An input of `agent`, `registered`, `watcher` and `ami` is a list of messages with the time between: see `messages_of`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from unicodedata import category
from urllib.parse import unquote_to_bytes

from cti.charset import readable
from cti.errors import PeerError
from cti.events import CallEvent, CallOffered
from cti.ncid.line_state import MOST_LINES, TelephoneLines
from cti.ncid.line_state import Moment as NcidMoment
from cti.ncid.session import NcidSession
from cti.ncid.settings import NcidSettings
from cti.plain_text import MAX_SHOWN, plain_text
from cti.push.call_state import MOST_KEPT, PushedCalls
from cti.push.conversation import MAX_BODY, MAX_HEAD, Conversation
from cti.push.form import read_form
from cti.push.pushed import read_pushed
from cti.push.reception import Reception
from cti.push.settings import PushSettings
from cti.sip.capture import Capture
from cti.sip.dialog import Ended, Offered
from cti.sip.dialog_info import parse_dialog_info
from cti.sip.dtmf import parse_event
from cti.sip.headers import parse_name_addr
from cti.sip.jitter import JitterBuffer
from cti.sip.message import MAX_MESSAGE, parse_message, split_message
from cti.sip.redaction import Policy, Redaction
from cti.sip.rtp_packet import parse_rtp
from cti.sip.sdp import Flow, Here, agree, compose_answer, read_description
from cti.sip.sip_file import messages_in, sender_of, transport_of, way_of
from cti.sip.stream import PING, StreamBuffer
from cti.wire_text import decode
from tests.cti.ami.hostile_pbx import HostilePbx
from tests.cti.push.requests import AT, BODY, MOMENT, SECRET, post
from tests.cti.sip.promises import Promises
from tests.cti.sip.talk_wire import SOUND, TalkWire
from tests.cti.sip.watch_wire import WatchWire
from tests.cti.sip.wire import HERE, PBX, Wire
from tests.fakes.sip_peer import FakeRegistrar, invite
from tests.fakes.talking_peer import TalkingPeer

END = b"\xff\xfe"  # between two messages: no text holds it
STRANGER = ("198.51.100.7", 5060)
SECONDS = (0, 0, 0, 0.1, 0.5, 1, 2, 4, 10, 20, 32, 33, 64, 181, 300, 3_601)
_FROM_STRANGER = 0x40
SOUND_CALL = invite("the-sound-call")
Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {}


def target(tried: Target) -> Target:
    TARGETS[tried.__name__] = tried
    return tried


def messages_of(data: bytes) -> Iterator[tuple[float, bool, bytes]]:
    """Seconds before it, whether a stranger sends it, and the message; its first byte holds the first two."""
    for part in data.split(END):
        if part:
            yield SECONDS[part[0] & 0x0F], bool(part[0] & _FROM_STRANGER), part[1:]


@target
def agent(data: bytes) -> None:
    """A listener in its two modes hears messages; afterwards a sound call pops."""
    wire = Wire(answer="ring" if data[:1] < b"\x80" else "silent", linked_header="X-Lab-Linkedid")
    _hear(wire, data[1:])


@target
def registered(data: bytes) -> None:
    """A listener that registers hears messages; its own answers come from a registrar, mangled by the messages."""
    wire = Wire(FakeRegistrar(), register=True, check_contact=data[:1] < b"\x80")
    wire.register()
    wire.registrar = None  # what it sends now is answered by the messages alone
    _hear(wire, data[1:], user=wire.agent.contact_user)


@target
def talking(data: bytes) -> None:
    """A softphone that answers every call hears messages; its sound comes from nowhere."""
    wire = TalkWire()
    for seconds, is_strange, message in messages_of(data):
        wire.pass_time(seconds)
        wire.say(message, STRANGER if is_strange else PBX)
        for ringing in [event for event in wire.events if isinstance(event, Offered)][-3:]:
            wire.agent.answer(ringing.call_id, SOUND, wire.now)
        wire.collect()
    wire.pass_time(1)
    wire.agent.hang_up_all(wire.now)
    wire.pass_time(400)
    begun, ended = ([one.call_id for one in wire.events if isinstance(one, kind)] for kind in (Offered, Ended))
    assert Counter(begun) == Counter(ended), "each call ends once, as often as it began"
    wire.peer = TalkingPeer("the-sound-call", user="201")
    wire.ring()
    wire.answer()


@target
def sound(data: bytes) -> None:
    """What comes at the port of a call's sound, and what a description of it says."""
    buffer = JitterBuffer()
    for part in data.split(END):
        with suppress(PeerError):
            packet = parse_rtp(part)
            buffer.put(packet, packet.payload * 2)
            parse_event(packet.payload)
        buffer.take()
        assert len(buffer) <= 65
        with suppress(PeerError):
            offer = read_description(part)
            if offer.sound is not None:
                answer = compose_answer(Here(HERE, 1), offer, agree(offer.sound, Flow.BOTH))
                assert read_description(answer).sound is not None


@target
def watcher(data: bytes) -> None:
    """A watcher that is subscribed hears messages."""
    wire = WatchWire()
    wire.register()
    promises = Promises(wire, [PBX[0]])
    _say_all(wire, data, promises)
    promises.check_end(may_talk_on=True)


def _hear(wire: Wire, data: bytes, user: str = "201") -> None:
    promises = Promises(wire, [PBX[0]])
    _say_all(wire, data, promises)
    promises.check_end()
    sound = invite("the-sound-call", user=user)
    wire.say(sound)
    promises.check()
    assert isinstance(wire.events[-1], Offered), "a sound call must pop whatever came before"


def _say_all(wire: Wire, data: bytes, promises: Promises) -> None:
    redaction = Redaction(Policy())
    for seconds, is_strange, message in messages_of(data):
        wire.pass_time(seconds)
        wire.say(message, STRANGER if is_strange else PBX)
        redaction.redact(message)
        promises.check()


@target
def stream(data: bytes) -> None:
    """However the bytes are cut, the same messages come out, and none is longer than a message may be."""
    whole, by_byte, halves = StreamBuffer(), StreamBuffer(), StreamBuffer()
    expected = list(whole.feed(data))
    step = 1 + len(data) // 500
    assert [one for at in range(0, len(data), step) for one in by_byte.feed(data[at : at + step])] == expected
    middle = len(data) // 2
    assert [*halves.feed(data[:middle]), *halves.feed(data[middle:])] == expected
    assert whole.is_broken == by_byte.is_broken == halves.is_broken
    for message in expected:
        assert message == PING or (message.strip(b"\r\n") and len(message) <= MAX_MESSAGE)
        _check_length(message)


def _check_length(message: bytes) -> None:
    """Who cuts the stream and who reads the message must mean the same body, or one could be smuggled in another."""
    with suppress(PeerError):
        parse_message(message)
        split = split_message(message)
        assert len(split.body) == int(split.headers.get("content-length") or 0)


@target
def dialog_info(data: bytes) -> None:
    """A body that says what calls the watched phone has."""
    with suppress(PeerError):
        parse_dialog_info(data)


@target
def caller_text(data: bytes) -> None:
    """What is shown of a caller is one clean line, and cleaning it again changes nothing."""
    text = decode(data.replace(b"\r", b"").replace(b"\n", b""))
    shown = plain_text(text)
    assert plain_text(shown) == shown
    assert sum(not category(char).startswith("M") for char in shown) <= MAX_SHOWN
    assert not any(category(char) in {"Cc", "Cf", "Cs"} for char in shown)
    assert readable(readable(text)) == readable(text)
    with suppress(PeerError):
        parse_name_addr(text)
    wire = Wire()
    for header in ("P-Asserted-Identity", "Remote-Party-ID", "Diversion", "History-Info", "Privacy"):
        wire.say(invite(header, extra=f"{header}: {text}\r\n"))
    wire.say(invite("From", caller=text))


@target
def file(data: bytes) -> None:
    """A recording that somebody sends in."""
    for message in messages_in(data):
        way_of(message), sender_of(message), transport_of(message)
    with suppress(PeerError):
        for carried in Capture(BytesIO(data)):
            assert carried.data


@target
def push(data: bytes) -> None:
    """Connections in pieces, one after the other: without the secret nobody is heard. Afterwards a sound call pops."""
    settings_ = PushSettings("pbx", users=("Sato",) if data[:1] < b"\x80" else ())
    reception = Reception(settings_, PushedCalls(settings_), SECRET)
    knows_secret = SECRET.encode() in unquote_to_bytes(data)
    for connection in data[1:].split(END):
        facts = _push(reception, [connection[at : at + 97] for at in range(0, len(connection), 97)])
        assert knows_secret or not facts
        assert all(map(_is_clean, facts))
    (offered,) = _push(reception, [post(BODY.replace(b"c-1", b"the-sound-call"))])
    assert isinstance(offered, CallOffered), "a sound call must pop whatever came before"


def _push(reception: Reception, pieces: list[bytes]) -> list[CallEvent]:
    talk, facts = Conversation(0), list[CallEvent]()
    for piece in pieces:
        if talk.is_over:
            break
        talk.receive(piece, 0)
        while (request := talk.next_request()) is not None:
            assert len(request.body) <= MAX_BODY
            assert len(request.target) <= MAX_HEAD
            verdict = reception.take(request, MOMENT)
            talk.answer(verdict.answer)
            facts += verdict.facts
        sent = talk.data_to_send()
        assert not sent or sent.startswith(b"HTTP/1.1 ")
        assert SECRET.encode() not in sent
    return facts


@target
def push_body(data: bytes) -> None:
    """The bodies of requests with the right secret; between two of them stands END, the first byte is the type."""
    calls = PushedCalls(PushSettings("pbx", users=("Sato",) if data[:1] < b"\x80" else ()))
    for body in data[1:].split(END):
        with suppress(PeerError):
            form = read_form(BODY_TYPES[body[0] % len(BODY_TYPES)] if body else "", body[1:])
            assert all(map(_is_clean, calls.hear(read_pushed(form), MOMENT)))
    assert len(calls._calls) <= MOST_KEPT
    calls.give_up(AT, 10_000.0)


@target
def ncid(data: bytes) -> None:
    """What a caller-ID server sends, in pieces with time between them; afterwards a sound call pops."""
    lines, session, now = TelephoneLines(NcidSettings("box", lines=("POTS=0666661111",))), NcidSession(0.0), 0.0
    session.receive(b"200 Server: x\n210 API: 1.13 Feature Set 1 4\n", 0.0)
    for part in data.split(END):
        now += SECONDS[part[0] & 0x0F] if part else 0
        with suppress(PeerError):
            session.handle_timer(now)
            facts = [
                fact for told in session.receive(part[1:], now) for fact in lines.hear(told, NcidMoment(AT, now, 0))
            ]
            assert all(map(_is_clean, [*facts, *lines.handle_timer(AT, now)]))
        assert not set(session.data_to_send().split(b"\n")) - {b"", b"REQ: YO"}
    assert len(lines._lines) <= MOST_LINES
    told = NcidSession(now)
    told.receive(b"200 Server: x\n", now)
    (sound,) = told.receive(b"CID: *DATE*1*TIME*2*LINE*sound call*NMBR*0335814111*MESG*NONE*NAME*-*\n", now)
    assert isinstance(lines.hear(sound, NcidMoment(AT, now, 0))[-1], CallOffered)


BODY_TYPES = ("", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=lim")


def _is_clean(fact: CallEvent) -> bool:
    texts = _texts(fact)
    return all(len(text) < 400 and not any(category(char) in {"Cc", "Cs"} for char in text) for text in texts)


def _texts(fact: CallEvent) -> list[str]:
    caller = [fact.caller.number, fact.caller.name, fact.dialled, fact.queue] if isinstance(fact, CallOffered) else []
    return [*caller, getattr(fact, "source_id", ""), getattr(fact, "by", "") or ""]


@target
def ami(data: bytes) -> None:
    """A manager interface says anything, a read at a time; afterwards, at a new connection, a sound call pops.

    The first byte says what it answers when it is asked whether a number may be shown.
    """
    pbx = HostilePbx(("allowed", "prohib_not_screened", "", None)[data[0] & 3] if data else None)
    for seconds, _, read in messages_of(data[1:]):
        pbx.say(read, seconds)
    assert pbx.sound_call_pops()
