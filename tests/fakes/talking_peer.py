"""A PBX in a call: writes the messages of one dialog, reads ours. Shares no code with cti."""

import itertools

from tests.fakes.sip_peer import Heard

_branches = itertools.count(1)


def sdp(
    port: int = 10_514,
    flow: str = "sendrecv",
    formats: str = "0 8 101",
    host: str = "192.0.2.10",
    protocol: str = "RTP/AVP",
) -> str:
    return (
        f"v=0\r\no=- 7 7 IN IP4 {host}\r\ns=pbx\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} {protocol} {formats}\r\n"
        f"a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
        f"a=fmtp:101 0-16\r\na=ptime:20\r\na={flow}\r\n"
    )


class TalkingPeer:
    """One call of it. `ok` is our 200, once it is given to `hear_ok`."""

    def __init__(self, call: str, user: str = "201", address: str = "192.0.2.10:5060", routes: str = "") -> None:
        self.call, self.user, self.address, self.routes = call, user, address, routes
        self.caller = '"Tanaka" <sip:0312345678@pbx.example>;tag=ft'
        self.to = f"<sip:{user}@omote.example>"
        self.cseq = 100
        self.target = f"sip:{user}@omote.example"
        self.invite_branch = f"z9hG4bKi{next(_branches)}"

    def invite(self, body: str | None = None, branch: str = "") -> bytes:
        """The first INVITE, or with a To tag a re-INVITE. Without `body` as the tests' usual offer; "" for none."""
        if branch or ";tag=" not in self.to:
            return self._request("INVITE", sdp() if body is None else body, branch or self.invite_branch)
        self.cseq += 1
        return self._request("INVITE", sdp() if body is None else body, f"z9hG4bKr{next(_branches)}")

    def update(self, body: str = "", extra: str = "") -> bytes:
        self.cseq += 1
        return self._request("UPDATE", body, f"z9hG4bKu{next(_branches)}", extra)

    def hear_ok(self, ok: Heard) -> None:
        self.to = ok.field("To")
        self.target = ok.field("Contact").strip("<>")

    def ack(self, body: str = "") -> bytes:
        return self._request("ACK", body, f"z9hG4bKa{next(_branches)}")

    def cancel(self) -> bytes:
        return self._request("CANCEL", "", self.invite_branch)

    def bye(self, branch: str = "") -> bytes:
        self.cseq += 1
        return self._request("BYE", "", branch or f"z9hG4bKb{next(_branches)}")

    def info(self) -> bytes:
        self.cseq += 1
        return self._request("INFO", "", f"z9hG4bKn{next(_branches)}")

    def reply(self, heard: Heard, status: str, body: str = "", extra: str = "") -> bytes:
        contact = f"Contact: <sip:pbx@{self.address}>\r\n" if heard.method == "INVITE" else ""
        kind = "Content-Type: application/sdp\r\n" if body else ""
        echoed = "".join(f"{name}: {heard.field(name)}\r\n" for name in ("Via", "From", "To", "Call-ID", "CSeq"))
        return (f"SIP/2.0 {status}\r\n{echoed}{contact}{kind}{extra}Content-Length: {len(body)}\r\n\r\n{body}").encode()

    def _request(self, method: str, body: str, branch: str, extra: str = "") -> bytes:
        kind = "Content-Type: application/sdp\r\n" if body else ""
        return (
            f"{method} {self.target} SIP/2.0\r\nVia: SIP/2.0/UDP {self.address};branch={branch};rport\r\n{self.routes}"
            f"Max-Forwards: 70\r\nFrom: {self.caller}\r\nTo: {self.to}\r\nCall-ID: {self.call}\r\n"
            f"CSeq: {self.cseq} {method}\r\nContact: <sip:pbx@{self.address}>\r\n{kind}{extra}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
