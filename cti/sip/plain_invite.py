"""The INVITE that nearly every PBX sends, recognised at one glance: what its answer needs, before all of it is read.

Rule: whatever is recognised here, the parser finds sound, and nothing in it calls for another answer than to any new
call. What is unusual (several Vias, a Require, a To tag, a folded line…) is not recognised and goes the long way.
"""

import re
from dataclasses import dataclass

from cti.sip.dialog import CallKey
from cti.sip.grammar import TOKEN
from cti.sip.headers import Headers
from cti.sip.message import MAX_FIELDS, SINGLE
from cti.sip.transaction import Key
from cti.wire_text import decode

LONGEST = 5 * MAX_FIELDS  # bytes: no room for more fields than a message may have

_HOST = r"[A-Za-z0-9.\-]+(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?"
_USER = r"[A-Za-z0-9.\-_+*]+"
_PARAMS = r"(?:;[A-Za-z0-9.\-=]+)*"
_NAME = r'(?:"[^"\\<>\r\n]*"\ ?|[A-Za-z0-9][A-Za-z0-9\ ]*)?'
_TOKEN = TOKEN.pattern
_BRANCH = rf";branch={_TOKEN}"
# Whatever parser and user agent look at before they answer
_DECISIVE = "|".join((*SINGLE, "via", "require", "date", "p-asserted-identity", "remote-party-id"))
_SPELLED = "Max-Forwards|Content-Type|P-Asserted-Identity|Remote-Party-ID"  # of those, what is looked at in its place
_OTHERS = rf"(?:\r\n(?:{_SPELLED}|(?!(?i:{_DECISIVE}):)[A-Za-z][A-Za-z0-9\-]+):[^\r\n]*)*"
_PLAIN = re.compile(
    rf"""INVITE\ sip:(?P<user>{_USER})@{_HOST}{_PARAMS}\ SIP/2\.0{_OTHERS}
    \r\nVia:\ SIP/2\.0/UDP\ (?P<host>{_HOST})(?=(?:;rport)?;branch=(?P<branch>z9hG4bK{_TOKEN}))
        (?P<before>(?:{_BRANCH})?);rport(?P<behind>(?:{_BRANCH})?){_OTHERS}
    \r\nFrom:\ (?P<sender>{_NAME}<sip:(?:(?P<caller>{_USER})@)?{_HOST}{_PARAMS}>;tag=(?P<tag>{_TOKEN})){_OTHERS}
    \r\nTo:\ (?P<to>{_NAME}<sip:(?:{_USER}@)?{_HOST}{_PARAMS}>){_OTHERS}
    \r\nCall-ID:\ (?P<call_id>[!-~]+){_OTHERS}
    \r\nCSeq:\ (?P<cseq>[0-9]{{1,9}}\ INVITE){_OTHERS}
    (?:\r\nContent-Length:\ *(?P<length>[0-9]{{1,4}}){_OTHERS})?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class PlainInvite:
    """As it stood on the wire, the Via around the place of its rport.

    `user` is that of the Request-URI; `caller` who is asserted to call, or else the user of From.
    """

    user: str
    host: str
    branch: str
    before_rport: str
    behind_rport: str
    sender: str
    tag: str
    to: str
    call_id: str
    cseq: str
    caller: str

    @property
    def key(self) -> Key:
        """As `transaction_key` makes it."""
        host = self.host.lower()
        return self.branch, host if ":" in host else f"{host}:5060", "INVITE"

    @property
    def headers(self) -> Headers:
        """Those that make the tag of the answer."""
        return Headers((("call-id", self.call_id), ("from", self.sender)))

    @property
    def call_key(self) -> CallKey:
        return self.call_id, self.tag


def read_plain_invite(data: bytes) -> PlainInvite | None:
    """What was recognised, None for anything else."""
    if len(data) > LONGEST or not data.startswith(b"INVITE "):
        return None
    head, blank, body = data.partition(b"\r\n\r\n")
    text = decode(head)
    match = _PLAIN.fullmatch(text)
    if match is None or not blank or int(match["length"] or 0) > len(body):
        return None
    if head.count(b"\r\nMax-Forwards:") > 1 or head.count(b"\r\nContent-Type:") > 1:
        return None
    found = match.group("user", "host", "branch", "before", "behind", "sender", "tag", "to", "call_id", "cseq")
    caller = _field(text, "P-Asserted-Identity") or _field(text, "Remote-Party-ID") or match["caller"] or ""
    return PlainInvite(*(*found, caller))


def _field(text: str, name: str) -> str:
    return text.partition(f"\r\n{name}:")[2].partition("\r\n")[0].strip(" \t")
