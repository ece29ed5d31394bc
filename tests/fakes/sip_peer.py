"""A SIP telephone system for tests: writes and reads SIP in its own way and shares no code with cti."""

import hashlib
import itertools
import re
import socket
from types import TracebackType

_numbers = itertools.count(1)


def invite(
    call: str,
    *,
    caller: str = '"Tanaka" <sip:0312345678@pbx.example>',
    user: str = "201",
    method: str = "INVITE",
    branch: str | None = None,
    via_host: str = "127.0.0.1:5060",
    to_tag: str = "",
    cseq: str | None = None,
    extra: str = "",
    from_tag: str = "ft",
    uri: str | None = None,
    rport: str = ";rport",
) -> bytes:
    """Any request of the INVITE `call`, as bytes; CANCEL and ACK of the same call differ by `method` alone."""
    return (
        f"{method} {uri or f'sip:{user}@omote.example'} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {via_host}{rport};branch={branch or 'z9hG4bK' + call}\r\n"
        "Max-Forwards: 70\r\n"
        f"From: {caller};tag={from_tag}\r\n"
        f"To: <sip:{user}@omote.example>{to_tag and ';tag=' + to_tag}\r\n"
        f"Call-ID: {call}\r\n"
        f"CSeq: {cseq or '7 ' + method}\r\n"
        f"{extra}"
        "Content-Length: 0\r\n"
        "\r\n"
    ).encode("utf-8", "surrogateescape")


def new_call() -> str:
    return f"call-{next(_numbers)}"


class Heard:
    """A message that the peer received, read with a few regular expressions."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.text = data.decode("utf-8", "replace")
        self.first = self.text.split("\r\n", 1)[0]

    @property
    def status(self) -> int:
        match = re.match(r"SIP/2\.0 (\d{3}) ", self.text)
        return int(match[1]) if match else 0

    @property
    def method(self) -> str:
        return self.first.split(" ", 1)[0]

    def field(self, name: str) -> str:
        found = re.search(rf"^{name}: *(.*?)\r$", self.text, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else ""

    def tag(self, name: str) -> str:
        found = re.search(r";tag=([^;]+)", self.field(name))
        return found[1] if found else ""

    def credential(self, name: str) -> str:
        found = re.search(rf'{name}="?([^",]+)', self.field("Authorization") or self.field("Proxy-Authorization"))
        return found[1] if found else ""


class SipPeer:
    """A real UDP socket that talks to a listener."""

    def __init__(self, target: tuple[str, int], host: str = "127.0.0.1") -> None:
        self.target = target
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.settimeout(10)

    def __enter__(self) -> "SipPeer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.socket.close()

    @property
    def socket_address(self) -> tuple[str, int]:
        host, port = self.socket.getsockname()
        return host, port

    @property
    def address(self) -> str:
        host, port = self.socket_address
        return f"{host}:{port}"

    def send(self, data: bytes) -> None:
        self.socket.sendto(data, self.target)

    def hear(self) -> Heard:
        return Heard(self.socket.recv(65_536))

    def hears_nothing(self) -> bool:
        """Nothing waits now; call it after something later has been answered."""
        self.socket.setblocking(False)
        try:
            return not self.socket.recv(65_536)
        except BlockingIOError:
            return True
        finally:
            self.socket.settimeout(10)


class FakeRegistrar:
    """Answers REGISTER like a PBX: challenges, checks the digest with hashlib, grants, lists what is registered.

    `bindings` are the contacts that it holds, oldest first; beyond `max_contacts` the oldest goes, or with
    `removes_existing` false the newest is refused.
    """

    def __init__(self, password: str = "pw201", algorithm: str = "MD5", granted: int = 100) -> None:
        self.password, self.algorithm, self.granted = password, algorithm, granted
        self.nonce = "nonce-1"
        self.qop = "auth"
        self.status_of_challenge = 401
        self.min_expires = 0
        self.is_stale_next = False
        self.bindings: dict[str, int] = {}
        self.max_contacts, self.removes_existing = 9, True
        self.answers_fetch, self.lists_asker_alone = "", False
        self.answers_options, self.answers_subscribe, self.date = "404 Not Found", "200 OK", ""
        self.heard: list[Heard] = []

    def answer(self, data: bytes) -> bytes:
        heard = Heard(data)
        self.heard.append(heard)
        is_fetch = not heard.field("Contact")
        if heard.method == "OPTIONS":
            return self.reply(heard, self.answers_options) if self.answers_options else b""
        if heard.method == "SUBSCRIBE":
            return self._subscribe(heard)
        if not is_fetch and self.min_expires and int(heard.field("Expires")) < self.min_expires:
            return self.reply(heard, "423 Interval Too Brief", f"Min-Expires: {self.min_expires}\r\n")
        if self.is_stale_next and heard.credential("nonce"):
            self.is_stale_next, self.nonce = False, "nonce-2"
            return self.challenge(heard, ", stale=true")
        if is_fetch and self.answers_fetch:
            return self.reply(heard, self.answers_fetch) if self.answers_fetch != "nothing" else b""
        return self._bind_and_list(heard) if self._is_right(heard) else self.challenge(heard, "")

    def _bind_and_list(self, heard: Heard) -> bytes:
        if not self._bind(heard):
            return self.reply(heard, "403 Forbidden")
        date = f"Date: {self.date}\r\n" if self.date else ""
        return self.reply(heard, "200 OK", f"{date}{self._listed(heard)}Expires: 3600\r\n")

    def _subscribe(self, heard: Heard) -> bytes:
        if not self._is_right(heard):
            return self.challenge(heard, "")
        routes = "Record-Route: <sip:near@192.0.2.10;lr>\r\nRecord-Route: <sip:far@192.0.2.11;lr>\r\n"
        extra = f"{routes}Contact: <sip:notifier@192.0.2.10:5060;x=1>\r\nExpires: {heard.field('Expires')}\r\n"
        return self.reply(heard, self.answers_subscribe, extra if self.answers_subscribe == "200 OK" else "")

    def notify(self, subscribe: Heard, state: str, cseq: int = 1) -> bytes:
        """What follows the 200 to a SUBSCRIBE."""
        contact = subscribe.field("Contact").strip("<>")
        return (
            f"NOTIFY {contact} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKn{cseq};rport\r\n"
            f"From: {subscribe.field('To').partition(';')[0]};tag=registrar\r\nTo: {subscribe.field('From')}\r\n"
            f"Call-ID: {subscribe.field('Call-ID')}\r\nCSeq: {cseq} NOTIFY\r\nEvent: dialog\r\nMax-Forwards: 70\r\n"
            f"Contact: <sip:notifier@192.0.2.10:5060>\r\nSubscription-State: {state}\r\nContent-Length: 0\r\n\r\n"
        ).encode()

    def _bind(self, heard: Heard) -> bool:
        """Take in and take out what the request says; False if there is no room."""
        asked = re.findall(r"^Contact: *<([^>]+)>(;expires=0)?\r$", heard.text, re.MULTILINE)
        for uri, gone in asked:
            if gone or heard.field("Expires") == "0":
                self.bindings.pop(uri, None)
        for uri, gone in asked:
            if gone or heard.field("Expires") == "0":
                continue
            if len(self.bindings.keys() - {uri}) >= self.max_contacts:
                if not self.removes_existing:
                    return False
                self.bindings.pop(next(iter(self.bindings)))
            self.bindings[uri] = self.granted
        return True

    def _listed(self, heard: Heard) -> str:
        alone = heard.field("Contact") if self.lists_asker_alone else ""
        shown = [(uri, left) for uri, left in self.bindings.items() if not alone or uri in alone]
        return "".join(f"Contact: <{uri}>;expires={left}\r\n" for uri, left in shown)

    def challenge(self, heard: Heard, stale: str) -> bytes:
        qop = f', qop="{self.qop}"' if self.qop else ""
        name = "WWW-Authenticate" if self.status_of_challenge == 401 else "Proxy-Authenticate"
        lines = "".join(
            f'{name}: Digest realm="lab", nonce="{self.nonce}", opaque="op", algorithm={one}{qop}{stale}\r\n'
            for one in self.algorithm.split("+")
        )
        return self.reply(heard, f"{self.status_of_challenge} Unauthorized", lines)

    def reply(self, heard: Heard, status: str, extra: str = "") -> bytes:
        return (
            f"SIP/2.0 {status}\r\nVia: {heard.field('Via')};received=127.0.0.1\r\nCall-ID: {heard.field('Call-ID')}\r\n"
            f"From: {heard.field('From')}\r\nTo: {heard.field('To')};tag=registrar\r\nCSeq: {heard.field('CSeq')}\r\n"
            f"{extra}Content-Length:  0\r\n\r\n"
        ).encode()

    def _is_right(self, heard: Heard) -> bool:
        if heard.credential("nonce") != self.nonce:
            return False
        algorithm = heard.credential("algorithm")
        hashed = hashlib.sha256 if algorithm.startswith("SHA-256") else hashlib.md5

        def digest(*parts: str) -> str:
            return hashed(":".join(parts).encode()).hexdigest()

        first = digest("201", "lab", self.password)
        if algorithm.lower().endswith("-sess"):
            first = digest(first, self.nonce, heard.credential("cnonce"))
        second = digest(heard.method, heard.credential("uri"))
        middle = (heard.credential("nc"), heard.credential("cnonce"), "auth") if self.qop else ()
        return heard.credential("response") == digest(first, self.nonce, *middle, second)
