"""The answer to a plain INVITE while the rest of it is still unread: the very bytes that it gets in the end.

A PC at rest has dropped the program from its caches, and then all that runs for the first time takes five times as
long. Who calls and what else the INVITE says can wait until the PBX has its answer.
"""

from functools import lru_cache

from cti.address import Address
from cti.sip.compose import compose_response
from cti.sip.headers import Headers
from cti.sip.plain_invite import PlainInvite
from cti.wire_text import encode


def compose_early(
    status: int, invite: PlainInvite, peer: Address, to_tag: str, extra: tuple[tuple[str, str], ...]
) -> bytes:
    """What `compose_response` makes of the whole INVITE."""
    before, behind = _frame(status, extra)
    tag = f";tag={to_tag}" if to_tag else ""
    return encode(
        f"{before}Via: SIP/2.0/UDP {invite.host}{invite.before_rport};rport={peer[1]};received={peer[0]}"
        f"{invite.behind_rport}\r\nFrom: {invite.sender}\r\nTo: {invite.to}{tag}\r\nCall-ID: {invite.call_id}\r\n"
        f"CSeq: {invite.cseq}\r\n{behind}"
    )


@lru_cache(maxsize=16)
def _frame(status: int, extra: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """The lines that do not come from the request: the first one, and those behind the echoed ones."""
    first, end, behind = compose_response(status, Headers(()), ("", 0), "", extra).decode().partition("\r\n")
    return first + end, behind
