"""Recorded calls, played to a listener as `omote replay` plays them, and to a watcher of dialog events."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cti.events import CallEvent
from cti.sip.replay import Replay
from cti.sip.reported import reported
from cti.sip.settings import SipSettings
from cti.sip.sip_file import messages_in, sender_of, transport_of, way_of
from cti.wire_message import Way, WireMessage
from tests.cti.sip.recorded_lives import LISTENED, WATCHED, Seen
from tests.cti.sip.watch_wire import WatchWire
from tests.fakes.notifier import FakeNotifier

START = datetime(2026, 11, 21, 5, 3, 22, tzinfo=UTC)
LISTENED_TO: Mapping[str, Path] = {"16": LISTENED.with_name("recorded_16"), "22": LISTENED}
WATCHED_BY: Mapping[str, Path] = {"16": WATCHED.with_name("recorded_dialogs_16"), "22": WATCHED}


def folder_of(version: str, seen: Seen) -> Path:
    """What the listener at this extension has recorded."""
    return LISTENED_TO[version] / seen.folder.name


def texts(folder: Path) -> list[bytes]:
    return [one for file in sorted(folder.glob("*.sip")) for one in messages_in(file.read_bytes())]


def listen(folder: Path, extension: str, **settings: Any) -> list[CallEvent]:
    """With the Contact of the recorded REGISTER: an INVITE for anybody else would not be heard."""
    messages = [
        WireMessage(
            "desk phone", way_of(text), sender_of(text), transport_of(text), text, START + timedelta(seconds=at)
        )
        for at, text in enumerate(texts(folder))
    ]
    chosen = SipSettings("desk phone", username=extension, linked_header="X-Lab-Linkedid", **settings)
    trusted = {message.peer[0] for message in messages if message.way is Way.IN}
    return [fact for step in Replay(chosen, messages, trusted) for fact in step.facts]


def watch(version: str, name: str, extension: str) -> WatchWire:
    """A watcher that has heard all that the PBX notified of."""
    first, *later = sorted((WATCHED_BY[version] / name / extension).glob("*.xml"))
    wire = WatchWire(FakeNotifier(first.read_bytes()), watch=extension)
    wire.register()
    for file in later:
        answers = wire.say(wire.notifier.notify(file.read_bytes()))
        assert [answer.status for answer in answers] == [200]
    return wire


def watched(version: str, name: str, extension: str) -> list[CallEvent]:
    """The facts that its source reports, one each second."""
    wire = watch(version, name, extension)
    facts = (reported("watcher", event, START + timedelta(seconds=at), (0, 0)) for at, event in enumerate(wire.events))
    return [fact for fact in facts if fact is not None]
