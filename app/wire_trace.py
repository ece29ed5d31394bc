"""The trace of the wire, if the settings want it: one JSON line per message, for `omote replay` and for IT.

Of SIP headers only, secrets and withheld numbers cut (cti/sip/redaction.py); of AMI no numbers (cti/ami/wire.py).
Nobody who talks to the network waits for it.
"""

import json
import logging
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from app.logs import masked_within
from app.settings import Settings
from cti.address import host_port
from cti.ami.settings import AmiSettings
from cti.ami.wire import redacted
from cti.sip.redaction import Policy, Redacted, Redaction
from cti.sip.settings import SipKind, SipSettings
from cti.wire_message import WireMessage

log = logging.getLogger(__name__)

MOST_WAITING = 1_000  # messages; what comes while so many wait is counted and not kept


class WireTrace:
    """`tap` may be called on any thread; `in_background` runs a job on the thread that writes files."""

    def __init__(
        self,
        settings: Settings,
        write_lines: Callable[[str], None],
        in_background: Callable[[Callable[[], None]], object],
    ) -> None:
        sip = [one for one in settings.sources if isinstance(one, SipKind)]
        self._redact: dict[str, Callable[[bytes], Redacted]] = {
            one.name: Redaction(policy_of(settings, one.account)).redact for one in sip
        }
        self._redact |= {one.name: _of_ami for one in settings.sources if isinstance(one, AmiSettings)}
        self._write_lines, self._in_background = write_lines, in_background
        self._waiting: deque[WireMessage] = deque()
        self._lost = 0
        self._is_asked = self._has_failed = False

    def tap(self, message: WireMessage) -> None:
        """Keep it for the thread that writes."""
        if not message.data.strip(b"\r\n\0 "):
            return  # a keep-alive
        if len(self._waiting) >= MOST_WAITING:
            self._lost += 1
            return
        self._waiting.append(message)
        if not self._is_asked:
            self._is_asked = True
            self._in_background(self._write_waiting)

    def _write_waiting(self) -> None:
        self._is_asked = False  # first: whoever comes from now on asks again
        lines = []
        while self._waiting:
            lines.append(self._line(self._waiting.popleft()))
        if not lines:
            return
        try:
            self._write_lines("\n".join(lines))
            self._has_failed = False
        except OSError as error:
            if not self._has_failed:
                log.error("the trace of the wire cannot be written: %s", error)  # noqa: TRY400 -- no bug of ours
            self._has_failed = True

    def _line(self, message: WireMessage) -> str:
        kept = self._redact[message.source](message.data)
        facts: dict[str, Any] = {
            "v": 1, "at": precise(message.at), "source": message.source, "way": message.way,
            "peer": host_port(message.peer), "transport": message.transport, "text": kept.text,
            "body": kept.body_length,
        }  # fmt: skip
        if self._lost:
            facts["lost"], self._lost = self._lost, 0
        return json.dumps(facts)  # ASCII: these are a stranger's bytes, and somebody will look at them in a terminal


def _of_ami(packet: bytes) -> Redacted:
    return Redacted(redacted(packet), 0)


def precise(at: datetime) -> str:
    """`2026-11-21T05:03:22.123456Z`."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def policy_of(settings: Settings, account: SipSettings) -> Policy:
    """What the trace may keep of this source's messages."""
    named = [place.removeprefix("header:") for place in account.dialled_from if place.startswith("header:")]
    kept = frozenset(name.strip().lower() for name in [*named, account.linked_header] if name)
    return Policy(account.identity, kept, masked_within if settings.trace.mask_numbers else None)
