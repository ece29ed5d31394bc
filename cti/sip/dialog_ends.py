"""The two ends of a dialog that an INVITE began (RFC 3261 section 12.1), and requests of ours within it."""

import re
from dataclasses import dataclass

from cti.errors import PeerError
from cti.sip.compose import Fields, compose_request
from cti.sip.headers import Headers, parse_name_addr
from cti.sip.message import Request, Response
from cti.sip.uri import parse_uri

_CONTACT = re.compile(r"[^<]*<([^<>\s]{1,400})>|([^<>\s;,\"]{1,400})")
_MAX_ROUTES = 8


@dataclass(slots=True)
class DialogEnds:
    """`local` and `remote` are whole header values, as From and To of what we send; `target` is the Request-URI."""

    call_id: str
    local: str
    remote: str
    target: str
    routes: tuple[str, ...] = ()
    cseq: int = 0

    @classmethod
    def of(cls, invite: Request, local_tag: str) -> "DialogEnds":
        """PeerError 400 for an INVITE to which nothing could be sent back."""
        target = remote_target(invite.headers)
        if not target:
            raise PeerError("no Contact to send to", 400)
        to = invite.headers.get("to") or ""
        local = to if invite.to.tag else f"{to};tag={local_tag}"
        routes = tuple(invite.headers.items("record-route"))[:_MAX_ROUTES]
        return cls(invite.call_id, local, invite.headers.get("from") or "", target, routes)

    @property
    def local_tag(self) -> str:
        return _tag(self.local)

    @property
    def remote_tag(self) -> str:
        return _tag(self.remote)

    def meet(self, ok: Response) -> None:
        """Who has answered our INVITE is the other end from now on (section 12.1.2)."""
        self.remote = ok.headers.get("to") or self.remote
        self.target = remote_target(ok.headers) or self.target
        self.routes = tuple(reversed(list(ok.headers.items("record-route"))[:_MAX_ROUTES]))

    def next_number(self) -> int:
        self.cseq += 1
        return self.cseq

    def compose(self, method: str, number: int, way: tuple[str, str], fields: Fields) -> bytes:
        """`way` is the Via; ACK and CANCEL have the number of their INVITE."""
        within = [
            way,
            ("Max-Forwards", "70"),
            *(("Route", route) for route in self.routes),
            ("From", self.local),
            ("To", self.remote),
            ("Call-ID", self.call_id),
            ("CSeq", f"{number} {method}"),
        ]
        return compose_request(method, self.target, [*within, *fields, ("User-Agent", "Omote")])


def remote_target(headers: Headers) -> str:
    """The URI of a Contact; "" if there is none that we could send to."""
    found = _CONTACT.match(headers.get("contact") or "")
    target = (found[1] or found[2]) if found else ""
    try:
        return target if parse_uri(target).scheme in {"sip", "sips"} else ""
    except PeerError:
        return ""


def _tag(value: str) -> str:
    """Of a From or To; "" where there is none, and none can be made out."""
    try:
        return parse_name_addr(value).tag
    except PeerError:
        return ""
