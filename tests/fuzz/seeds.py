"""Where the fuzzer begins: the recorded calls and dialog events, the hostile messages, names in several charsets."""

import io
from collections.abc import Callable, Iterator

import dpkt

from tests.cti.ami.played import RECORDED
from tests.cti.ncid.serving import BEGINNING, call, info
from tests.cti.push.requests import BODY, SECRET, post
from tests.cti.sip.recorded_lives import LISTENED, WATCHED
from tests.cti.sip.talk_wire import SOUND, TalkWire
from tests.cti.sip.watch_wire import WatchWire
from tests.cti.sip.wire import Wire
from tests.fakes.notifier import dialog, document
from tests.fakes.sip_peer import FakeRegistrar, invite
from tests.fakes.talking_peer import sdp
from tests.fuzz.targets import END

HOSTILE = LISTENED.parent / "hostile"
NAMES = [
    "山田太郎",
    "表ソ能予十",
    "㈱髙﨑 😀",
    "José",
    "ﾀﾅｶ",
    'A "B" \\ <c>',
    "Coin line/payphone",
    "Anonymous",
    "محمد",
]
AT_ONCE, HALF_A_MINUTE, A_MINUTE = b"\x00", b"\x0a", b"\x0c"
STUN = b"\x00\x01\x00\x08!\x12\xa4B" + bytes(20)
Seeds = Callable[[], Iterator[bytes]]
SEEDS: dict[str, Seeds] = {}


def seeds(of_target: Seeds) -> Seeds:
    """They bear the name of the target that they are for."""
    SEEDS[of_target.__name__] = of_target
    return of_target


def _recorded() -> Iterator[list[bytes]]:
    for folder in sorted(LISTENED.iterdir()):
        if folder.is_dir():
            yield [file.read_bytes() for file in sorted(folder.glob("[1-9]-*.sip"))]


def _hostile() -> Iterator[bytes]:
    return (file.read_bytes() for file in sorted(HOSTILE.glob("*.dat")) if file.stat().st_size < 1_000)


def _made() -> Iterator[list[bytes]]:
    """What was never recorded: forks, retries, extensions, requests in a dialog."""
    fork = invite("a", branch="z9hG4bKfork")
    yield [invite("a"), fork, invite("a", method="CANCEL"), invite("a", method="CANCEL", branch="z9hG4bKfork")]
    yield [
        invite("a", extra="Require: 100rel\r\n"),
        invite("a", method="ACK"),
        invite("a", branch="z9hG4bKb", cseq="8"),
    ]
    yield [invite("a"), invite("a"), invite("a", method="UPDATE", to_tag="x", branch="z9hG4bKu")]
    yield [
        invite("a", method=method) for method in ("OPTIONS", "BYE", "PRACK", "INFO", "REFER", "MESSAGE", "SUBSCRIBE")
    ]


@seeds
def agent() -> Iterator[bytes]:
    for mode in (b"\x00", b"\xff"):
        for messages in [*_recorded(), *_made(), *([one] for one in _hostile())]:
            yield mode + END.join(AT_ONCE + one for one in messages)


@seeds
def registered() -> Iterator[bytes]:
    """The answers that a registrar gave when this listener refreshed, and when the password was wrong."""
    for registrar in (FakeRegistrar(), FakeRegistrar(algorithm="SHA-256"), FakeRegistrar(granted=30)):
        answers: list[bytes] = []
        wire = Wire(registrar, register=True)
        wire.register()
        sound = registrar.answer
        registrar.answer = lambda data, sound=sound, answers=answers: answers.append(sound(data)) or answers[-1]  # type: ignore[method-assign, misc]
        registrar.nonce = "nonce-2"
        wire.pass_time(64)
        wire.pass_time(64)
        yield b"\x00" + END.join([A_MINUTE, *(A_MINUTE + one for one in answers)])
        yield b"\x00" + END.join([A_MINUTE, *(AT_ONCE + one.replace(b"200 OK", b"503 Busy") for one in answers)])


@seeds
def talking() -> Iterator[bytes]:
    """A call that is answered, held by both, asked about, and hung up; and one without an offer."""
    for offer in (None, "", sdp(formats="9")):
        wire = TalkWire()
        wire.ring(offer)
        said = [wire.peer.invite(offer)]
        if wire.agent.answer(wire.call_id, SOUND, wire.now) == 200:
            wire.peer.hear_ok(wire.collect()[0])
            said += [wire.peer.ack(sdp()), wire.peer.invite(sdp(flow="sendonly")), wire.peer.ack(), wire.peer.cancel()]
            said += [wire.peer.update(), wire.peer.update(sdp()), wire.peer.info(), wire.peer.bye()]
        yield END.join(AT_ONCE + one for one in said)
        yield END.join(HALF_A_MINUTE + one for one in said)


@seeds
def sound() -> Iterator[bytes]:
    packets = [bytes.fromhex("8000") + number.to_bytes(2) + bytes(8 + 160) for number in (1, 2, 4, 3, 65_535)]
    yield END.join(
        [*packets, bytes.fromhex("b16500010000000200000003") + b"csrc" + bytes.fromhex("bede000101020304050a")]
    )
    yield END.join(sdp(flow=flow).encode() for flow in ("sendrecv", "sendonly", "inactive"))


@seeds
def watcher() -> Iterator[bytes]:
    for folder in sorted(WATCHED.glob("*/*")):
        bodies = [file.read_bytes() for file in sorted(folder.glob("*.xml"))]
        yield _notified(bodies[1:])
    early, talk = dialog("early", "sip:0312345678@x", name="田中"), dialog("confirmed")
    yield _notified([document(1, early, state="partial"), document(3, talk, state="partial"), document(2, talk)])


def _notified(bodies: list[bytes]) -> bytes:
    wire = WatchWire()
    wire.register()
    return END.join(HALF_A_MINUTE + wire.notifier.notify(body) for body in bodies)


@seeds
def stream() -> Iterator[bytes]:
    for messages in [*_recorded(), *_made()]:
        yield b"\r\n\r\n".join(messages)
        yield STUN.join(messages)
        yield b"".join(messages) + b"\r\n"
    yield from _hostile()


@seeds
def dialog_info() -> Iterator[bytes]:
    return (file.read_bytes() for file in sorted(WATCHED.rglob("*.xml")))


@seeds
def caller_text() -> Iterator[bytes]:
    for name in NAMES:
        for charset in ("utf-8", "cp932", "latin-1"):
            written = name.encode(charset, "ignore")
            yield b'"' + written + b'" <sip:0312345678@192.0.2.10;user=phone>;tag=1'
            yield written + b" <tel:+81312345678;verstat=TN-Validation-Passed>;reason=unconditional"


@seeds
def file() -> Iterator[bytes]:
    for messages in [*_recorded()][:6]:
        yield b"".join(messages)
        yield _pcap(messages)


def _pcap(messages: list[bytes]) -> bytes:
    written = io.BytesIO()
    packets = dpkt.pcap.Writer(written)
    for at, message in enumerate(messages):
        datagram = dpkt.udp.UDP(sport=5060, dport=5062, data=message, ulen=8 + len(message))
        packet = dpkt.ip.IP(src=b"\xc0\0\x02\x0a", dst=b"\xc0\0\x02\x01", p=17, data=datagram, len=28 + len(message))
        packets.writepkt(bytes(dpkt.ethernet.Ethernet(type=0x0800, data=packet)), ts=at)
    return written.getvalue()


FORM = b"application/x-www-form-urlencoded"
LIVES = [
    [BODY, BODY.replace(b"newCall", b"answer"), BODY.replace(b"newCall", b"hangup")],
    [BODY.replace(b'"user"', b'"cause":"noAnswer","x"').replace(b"newCall", b"hangup"), BODY],
    [BODY.replace(b'"in"', b'"out"'), BODY.replace(b"0312345678", b"anonymous").replace(b"c-1", b"c-2")],
]
AS_FORM = b"event=newCall&from=0312345678&to=0666661111&direction=in&callId=c-1&user[]=Sato&user%5B%5D=%E9%88%B4"
PART = b'--lim\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


@seeds
def push() -> Iterator[bytes]:
    for users in (b"\x00", b"\xff"):
        for bodies in LIVES:
            yield users + b"".join(map(post, bodies))
            yield users + END.join(map(post, bodies))
        yield users + post(AS_FORM, FORM) + post(AS_FORM, FORM, b"/api/v1/cti/%74guess")
    chunked = b"POST /api/v1/cti/%s HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
    yield b"\x00" + chunked % (SECRET.encode(), len(BODY), BODY)
    yield b"\x00" + post(BODY).replace(b"Host: h", b"Host: h\r\nExpect: 100-continue").replace(b"1.1", b"1.0")


@seeds
def push_body() -> Iterator[bytes]:
    for users in (b"\x00", b"\xff"):
        yield from (users + END.join(b"\x01" + body for body in bodies) for bodies in LIVES)
        yield users + b"\x02" + AS_FORM
    fields = [pair.split(b"=") for pair in AS_FORM.split(b"&")]
    yield b"\x00\x03" + b"".join(PART % (name, text) for name, text in fields) + b"--lim--\r\n"


@seeds
def ncid() -> Iterator[bytes]:
    for end in (0, -1, -2, -3, -4):
        yield AT_ONCE + b"".join(BEGINNING) + call() + info(1) + END + AT_ONCE + info(2) + info(end)
    bye = b"END: *HTYPE*BYE*LINE*POTS*NMBR*0312345678*NAME*X*\n"
    yield END.join([AT_ONCE + call("PRIVATE", "P"), A_MINUTE + call("**622", line="-"), A_MINUTE + bye])
    yield AT_ONCE + call().replace(b"CID", b"OUT") + b"+" + call() + call(line="FAX") + bye


@seeds
def ami() -> Iterator[bytes]:
    """What is told of 201 alone: whole recordings are longer than an input may be."""
    for file in sorted(RECORDED.glob("*/*.ami")):
        packets = [one + b"\r\n\r\n" for one in file.read_bytes().split(b"\r\n\r\n") if b"PJSIP/201" in one]
        for answers in (b"\x00", b"\x01"):
            yield (answers + END.join(AT_ONCE + one for one in packets))[:8_000]
