"""The dialog of one subscription (RFC 3261 section 12, RFC 6665 section 4.4.1): who may notify us, in which order."""

from collections import deque
from dataclasses import dataclass, field

from cti.errors import PeerError
from cti.sip.dialog_ends import remote_target
from cti.sip.headers import Headers, parse_name_addr
from cti.sip.message import Request, Response

_MAX_ROUTES = 8
_MOST_HEARD = 32  # NOTIFYs that may still be repeated


@dataclass(slots=True)
class SubscriptionDialog:
    """Begun by our SUBSCRIBE, made by whichever comes first: its 200 or a NOTIFY. `target` is the Request-URI."""

    call_id: str
    local_tag: str
    target: str
    remote_tag: str = ""
    routes: list[str] = field(default_factory=list)
    cseq: int = 0
    _remote_cseq: int = -1
    _heard: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_MOST_HEARD))

    def owns(self, request: Request) -> bool:
        """Whether a NOTIFY is ours. Of several notifiers (a forked SUBSCRIBE) the first one is."""
        is_ours = request.call_id == self.call_id and request.to.tag == self.local_tag
        return is_ours and request.sender.tag == (self.remote_tag or request.sender.tag)

    def is_repeated(self, request: Request) -> bool:
        """Whether just this NOTIFY has been heard: it gets its 200 again."""
        return (request.cseq, request.via.branch) in self._heard

    def is_out_of_order(self, request: Request) -> bool:
        """Whether a new NOTIFY has an old number (section 12.2.2).

        Asterisk 22.10.1, killed and started again, counts on from the last number that it had saved.
        """
        return request.cseq <= self._remote_cseq

    def hear(self, request: Request) -> None:
        """Take a new NOTIFY of ours."""
        self._remote_cseq = request.cseq
        self._heard.append((request.cseq, request.via.branch))
        self._be_made(request.sender.tag, request.headers, _record_route(request.headers))

    def accept(self, response: Response) -> None:
        """Take the 200 to our SUBSCRIBE."""
        self._be_made(_to_tag(response.headers), response.headers, _record_route(response.headers)[::-1])

    def _be_made(self, remote_tag: str, headers: Headers, routes: list[str]) -> None:
        if not self.remote_tag:
            self.remote_tag, self.routes = remote_tag, routes
        self.target = remote_target(headers) or self.target


def _to_tag(headers: Headers) -> str:
    try:
        return parse_name_addr(headers.get("to") or "").tag
    except PeerError:
        return ""


def _record_route(headers: Headers) -> list[str]:
    try:
        return list(headers.items("record-route"))[:_MAX_ROUTES]
    except PeerError:
        return []
