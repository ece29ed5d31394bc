"""Files with recorded SIP: the trace of the wire, single messages, captures. Told apart by what is in them.

A part that can't be read is named and passed over; a file that can't be is a UserError.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.errors import UserError
from app.file_errors import file_words
from app.words import _, ngettext
from cti.address import host_port, split_host_port
from cti.errors import PeerError
from cti.sip import capture
from cti.sip.capture import Capture, Carried
from cti.sip.sip_file import messages_in, sender_of, transport_of, way_of
from cti.wire_message import Way, WireMessage

_STEP = timedelta(seconds=1)  # between messages whose times nobody wrote down
_LATEST = 2.0**32  # seconds since 1970: what a pcap can say
_OF_AMI = (b"Event: ", b"Action: ", b"Response: ")
_MOST_NAMED = 5  # damaged lines


@dataclass(slots=True)
class Recordings:
    """`desks`: what belongs together, each by the name of the listener that heard it. `notes` are for people."""

    desks: dict[str, dict[str, list[WireMessage]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, desk: str, message: WireMessage) -> None:
        self.desks.setdefault(desk, {}).setdefault(message.source, []).append(message)


def read_recordings(paths: list[Path]) -> Recordings:
    """All files and folders. Raises UserError for one that can't be read or holds nothing."""
    found = Recordings()
    for path in paths:
        before = _count(found)
        for file in _files(path):
            _read(file, found)
        if _count(found) == before:
            raise UserError(
                _("{path} holds no SIP message.").format(path=path),
                _("Give the trace of the wire, .sip files or a folder of them, or a pcap or pcapng capture."),
            )
    return found


def _count(found: Recordings) -> int:
    return sum(len(messages) for listeners in found.desks.values() for messages in listeners.values())


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(path.rglob("*.sip"))


def _read(path: Path, found: Recordings) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(64)
            file.seek(0)
            if start.startswith(capture.MAGIC):
                _add_capture(Capture(file), path, found)
            elif start.lstrip().startswith(b"{"):
                _add_lines(file.read(), path, found)
            else:
                _add_messages(file.read(), path, found)
    except (OSError, PeerError) as error:
        why = file_words(error) if isinstance(error, OSError) else _("it is no whole capture")
        raise UserError(
            _("{path} cannot be read: {error}.").format(path=path, error=why),
            _("Give the trace of the wire, .sip files or a folder of them, or a pcap or pcapng capture."),
        ) from error


def _add_lines(data: bytes, path: Path, found: Recordings) -> None:
    damaged, others = [], 0
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            message = _message_of(line)
        except (ValueError, KeyError, TypeError):
            damaged.append(str(number))
            continue
        if message.data.startswith(_OF_AMI):
            others += 1
        else:
            found.add("", message)
    if others:
        found.notes.append(_("{path}: the packets of Asterisk's events are not replayed.").format(path=path))
    if damaged:
        n, named = len(damaged), ", ".join(damaged[:_MOST_NAMED])
        more = "…" if n > _MOST_NAMED else ""
        words = ngettext(
            "{path}: {n} line is damaged and was passed over: {lines}.",
            "{path}: {n} lines are damaged and were passed over: {lines}.",
            n,
        )
        found.notes.append(words.format(path=path, n=n, lines=named + more))


def _message_of(line: bytes) -> WireMessage:
    """A line that app.wire_trace wrote, its body as long as it was. ValueError, KeyError, TypeError for any other."""
    facts = json.loads(line)
    text = facts["text"].encode("utf-8", "surrogateescape")
    at = datetime.fromisoformat(facts["at"]).astimezone(UTC)
    peer, body = split_host_port(facts["peer"], 5060), b" " * min(int(facts["body"]), 65_536)
    return WireMessage(str(facts["source"]), Way(facts["way"]), peer, str(facts["transport"]), text + body, at)


def _add_messages(data: bytes, path: Path, found: Recordings) -> None:
    """One listener per folder, its messages in the order of the file names."""
    folder = path.absolute().parent
    heard = found.desks.get(str(folder), {}).get(folder.name, [])
    start = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    for message in messages_in(data):
        at = heard[-1].at + _STEP if heard else start
        sender, transport = sender_of(message), transport_of(message)
        found.add(str(folder), WireMessage(folder.name, way_of(message), sender, transport, message, at))
        heard = found.desks[str(folder)][folder.name]


def _add_capture(packets: Capture, path: Path, found: Recordings) -> None:
    """Whoever gets a message is a listener, and whoever sends one too: nobody says which of them is an Omote."""
    for one in packets:
        for message in _both_ends(one):
            found.add(f"{path} {message.source}", message)
    if packets.encrypted:
        n = packets.encrypted
        words = ngettext(
            "{path}: {n} TLS connection cannot be read; the trace of the wire of Omote can.",
            "{path}: {n} TLS connections cannot be read; the trace of the wire of Omote can.",
            n,
        )
        found.notes.append(words.format(path=path, n=n))
    if packets.damaged:
        found.notes.append(_damaged(path, packets.damaged))


def _damaged(path: Path, n: int) -> str:
    words = ngettext(
        "{path}: {n} packet is damaged or cut and was passed over (tcpdump -s 0 keeps packets whole).",
        "{path}: {n} packets are damaged or cut and were passed over (tcpdump -s 0 keeps packets whole).",
        n,
    )
    return words.format(path=path, n=n)


def _both_ends(one: Carried) -> Iterator[WireMessage]:
    at = datetime.fromtimestamp(min(max(one.at, 0), _LATEST), UTC)
    here, there = host_port(one.destination), host_port(one.origin)
    yield WireMessage(here, Way.IN, one.origin, one.transport, one.data, at)
    yield WireMessage(there, Way.OUT, one.destination, one.transport, one.data, at)
