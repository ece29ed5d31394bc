"""SIP requests of the benchmarks' own making, as a PBX sends them; shares nothing with what it measures."""

import re
from dataclasses import dataclass

SDP = (
    "v=0\r\no=- 20 20 IN IP4 127.0.0.1\r\ns=call\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 18000 RTP/AVP 0 8 101\r\n"
    "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
    "a=ptime:20\r\na=maxptime:140\r\na=sendrecv\r\n"
)
_PBX = (
    "Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE, PRACK, UPDATE\r\n"
    "Supported: replaces, timer, path\r\nSession-Expires: 1800\r\nMin-SE: 90\r\n"
    "Content-Type: application/sdp\r\nUser-Agent: bench\r\n"
)
_CALL_ID = re.compile(rb"^Call-ID: *(\S+)\r$", re.MULTILINE | re.IGNORECASE)
_TO = re.compile(rb"^To: *(.*?)\r$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialling:
    """One call: who calls (`number`), whom (`user`), from where (`here`, host:port)."""

    call: str
    number: str
    user: str
    here: str

    def request(self, method: str, to: str = "") -> bytes:
        """INVITE (about 900 bytes), CANCEL, ACK (with the To of the answer) or OPTIONS."""
        body = SDP if method == "INVITE" else ""
        asserted = f"P-Asserted-Identity: <sip:{self.number}@{self.here}>\r\n"
        more = f"Contact: <sip:pbx@{self.here}>\r\n{asserted}{_PBX}" if method == "INVITE" else ""
        return (
            f"{method} sip:{self.user}@127.0.0.1 SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {self.here};branch=z9hG4bK-{self.call};rport\r\nMax-Forwards: 70\r\n"
            f"From: <sip:{self.number}@{self.here}>;tag=pbx-{self.call}\r\n"
            f"To: {to or f'<sip:{self.user}@omote.example>'}\r\nCall-ID: {self.call}\r\nCSeq: 1 {method}\r\n"
            f"{more}Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def status_of(data: bytes) -> int:
    """The status of a response, 0 for anything else."""
    return int(data[8:11]) if data.startswith(b"SIP/2.0 ") else 0


def call_of(data: bytes) -> str:
    """The Call-ID."""
    found = _CALL_ID.search(data)
    return found[1].decode() if found else ""


def to_of(data: bytes) -> str:
    """The To, whose tag an ACK needs."""
    found = _TO.search(data)
    return found[1].decode() if found else ""
