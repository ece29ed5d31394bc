"""A PBX that tells of a phone's dialogs, for tests: challenges SUBSCRIBE, grants it, writes NOTIFY in its own way."""

import hashlib
import itertools
from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from tests.fakes.sip_peer import FakeRegistrar, Heard

Documents = Callable[[int], bytes]


def dialog(
    state: str,
    caller: str = "",
    *,
    name: str = "",
    key: str = "201",
    direction: str = "recipient",
    event: str = "",
    call_id: str = "",
) -> str:
    """One <dialog>; without `caller` nobody is named, as Asterisk does once a call is answered."""
    identity = f"<identity display={quoteattr(name)}>{caller}</identity>" if name else f"<identity>{caller}</identity>"
    remote = f"<remote>{identity}</remote>" if caller else ""
    attributes = f" direction={quoteattr(direction)}" if direction else ""
    attributes += f" call-id={quoteattr(call_id)}" if call_id else ""
    why = f" event={quoteattr(event)}" if event else ""
    return f"<dialog id={quoteattr(key)}{attributes}>{remote}<state{why}>{state}</state></dialog>"


def document(version: int, *dialogs: str, state: str = "full", entity: str = "sip:201@192.0.2.10") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" '
        f'version="{version}" state="{state}" entity="{entity}">{"".join(dialogs)}</dialog-info>'
    ).encode()


IDLE = dialog("terminated", direction="")


class FakeNotifier(FakeRegistrar):
    """Grants SUBSCRIBE of 204 with its password and notifies at once; `current` is the last document."""

    def __init__(self, first: bytes | None = None, granted: int = 100) -> None:
        super().__init__("pw204", granted=granted)
        self.current = first or document(0, IDLE)
        self.answers_with: list[str] = []  # status lines for the next SUBSCRIBEs, instead of a grant
        self.extra = ""  # headers of a 200
        self.denies_all_dialogs = False  # of OPTIONS
        self.is_mute = False  # grants, but no NOTIFY comes
        self.subscriptions: list[Heard] = []
        self.answered: list[Heard] = []
        self.tags = (f"notifier-{number}" for number in itertools.count(1))
        self.tag = ""
        self.cseq = 100

    def answers(self, data: bytes) -> list[bytes]:
        """What comes back for what the watcher sends."""
        heard = Heard(data)
        if heard.status:
            self.answered.append(heard)
            return []
        if heard.method != "SUBSCRIBE":
            self.heard.append(heard)
            return [self._answer_options(heard)]
        self.heard.append(heard)
        return self._subscribe(heard)

    def restart(self) -> None:
        """Within an instant, and everything is forgotten."""
        self.subscriptions.clear()

    def _answer_options(self, heard: Heard) -> bytes:
        """Within a dialog as Asterisk does, or as a PBX that knows no such thing."""
        if not heard.tag("To"):
            return self.reply(heard, "404 Not Found")
        status = (
            "500 Unhandled"
            if self._knows(heard) and not self.denies_all_dialogs
            else "481 Call/Transaction Does Not Exist"
        )
        return self.reply(heard, status).replace(b";tag=registrar", b"")

    def _knows(self, heard: Heard) -> bool:
        return any(one.field("Call-ID") == heard.field("Call-ID") for one in self.subscriptions)

    def _subscribe(self, heard: Heard) -> list[bytes]:
        if self.min_expires and int(heard.field("Expires")) < self.min_expires:
            return [self.reply(heard, "423 Interval Too Brief", f"Min-Expires: {self.min_expires}\r\n")]
        if not self._is_right(heard):
            return [self.challenge(heard, "")]
        if self.answers_with:
            status, _, extra = self.answers_with.pop(0).partition("\r\n")
            return [self.reply(heard, status, extra)]
        if heard.tag("To") and not self._knows(heard):
            return [self.reply(heard, "481 Call/Transaction Does Not Exist").replace(b";tag=registrar", b"")]
        return self._grant(heard)

    def _grant(self, heard: Heard) -> list[bytes]:
        if not heard.tag("To"):
            self.tag = next(self.tags)
        self.subscriptions.append(heard)
        is_over = heard.field("Expires") == "0"
        granted = 0 if is_over else self.granted
        contact = "Contact: <sip:192.0.2.10:5060>\r\n"
        accepted = self.reply(heard, "200 OK", f"Expires: {granted}\r\n{contact}{self.extra}")
        accepted = accepted.replace(b";tag=registrar", b"" if heard.tag("To") else f";tag={self.tag}".encode())
        state = "terminated;reason=timeout" if is_over else f"active;expires={granted}"
        return [accepted] if self.is_mute else [accepted, self.notify(self.current, state=state)]

    def notify(
        self,
        body: bytes = b"",
        *,
        state: str = "active",
        event: str = "dialog",
        content_type: str = "application/dialog-info+xml",
        cseq: int | None = None,
        branch: str = "n",
        agent: str = "Asterisk PBX 22.10.1",
        **spoofed: str,
    ) -> bytes:
        """The next NOTIFY of the subscription; `spoofed` call_id, from_tag or to_tag make it a stranger's."""
        subscribed = self.subscriptions[-1]
        self.cseq += 1
        self.current = body or self.current
        head = (
            f"NOTIFY sip:204@192.0.2.1:5062 SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP 192.0.2.10:5060;rport;branch=z9hG4bK{branch}{cseq or self.cseq}\r\n"
            f"From: <sip:201@192.0.2.10>;tag={spoofed.get('from_tag', self.tag)}\r\n"
            f"To: <sip:204@192.0.2.10>;tag={spoofed.get('to_tag', subscribed.tag('From'))}\r\n"
            f"Contact: <sip:192.0.2.10:5060>\r\nCall-ID: {spoofed.get('call_id', subscribed.field('Call-ID'))}\r\n"
            f"CSeq: {cseq or self.cseq} NOTIFY\r\nEvent: {event}\r\nSubscription-State: {state}\r\n"
            f"User-Agent: {agent}\r\n"
        )
        if body:
            head += f"Content-Type: {content_type}\r\n"
        return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body

    def _is_right(self, heard: Heard) -> bool:
        if heard.credential("nonce") != self.nonce or heard.credential("username") != "204":
            return False

        def digest(*parts: str) -> str:
            return hashlib.md5(":".join(parts).encode()).hexdigest()

        first = digest("204", "lab", self.password)
        second = digest("SUBSCRIBE", heard.credential("uri"))
        given = (heard.credential("nc"), heard.credential("cnonce"), "auth")
        return heard.credential("response") == digest(first, self.nonce, *given, second)
