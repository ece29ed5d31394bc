"""`omote replay FILE…`: recorded SIP through the same engine, and in words what became of each call and why."""

import argparse
import asyncio
import json
import socket
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from random import SystemRandom
from typing import Any

from app import why
from app.compose import engine_of
from app.errors import UserError
from app.lines import Lines
from app.paths import Profile
from app.phone_number import parse_number
from app.recordings import read_recordings
from app.replay_desk import Origin, Played, PromptRecords, ReplayDesk
from app.settings import Settings
from app.terminal import say
from app.trouble_words import trouble_words
from app.why_course import what_became_of_it
from app.words import _
from cti.address import host_port
from cti.sip.host_addresses import HostAddresses
from cti.sip.message import Request, parse_message
from cti.sip.replay import Replay
from cti.sip.resolve import Resolver
from cti.sip.settings import SipSettings
from cti.sip.withheld import hides_number
from cti.wire_message import Way, WireMessage
from db.engine import FILE_NAME
from db.errors import DatabaseUnavailable
from db.migrate import is_up_to_date

Listeners = dict[str, list[WireMessage]]
Facts = dict[str, Any]
_INDENT = "    "


def replay(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Raises UserError for a file that can't be read, and for a source that is not set up."""
    if args.source is not None:
        _source_named(args.source, settings)
    found = read_recordings(args.file)
    engine, trouble = _open_records(profile, settings)
    for note in [*found.notes, *trouble]:
        print(note, file=sys.stderr)  # noqa: T201 -- beside the answer, which a machine may read
    records = PromptRecords(engine)
    desks = [_play(listeners, records, settings, args) for listeners in found.desks.values()]
    records.stop()
    if args.json:
        for line in (line for played in desks for line in played.lines):
            say(json.dumps(line, ensure_ascii=False))
    else:
        _tell(desks, list(found.desks.values()), knows_customers=records.exist)
    return 0


def _play(listeners: Listeners, records: PromptRecords, settings: Settings, args: argparse.Namespace) -> Played:
    """What belongs together, at one desk."""
    chosen = {name: _settings_of(name, settings, args.source) for name in listeners}
    lines = Lines(settings.lines, {name: one.region for name, one in chosen.items()}, site=settings.site)
    heard = [
        Replay(one, listeners[name], _trusted(one, listeners[name], args), records.customers_among(lines, name))
        for name, one in chosen.items()
    ]
    return ReplayDesk(records, lines, settings.trace).play(heard)


def _settings_of(listener: str, settings: Settings, wanted: str | None) -> SipSettings:
    """Those of the wanted source, of the one that heard it, of the first one; else the built-in ones."""
    sources = [one for one in settings.sources if isinstance(one, SipSettings)]
    if wanted is not None:
        return replace(_source_named(wanted, settings), name=listener)
    own = [one for one in sources if one.name == listener]
    return replace([*own, *sources, SipSettings("", register=False)][0], name=listener)


def _source_named(name: str, settings: Settings) -> SipSettings:
    known = {one.name: one for one in settings.sources if isinstance(one, SipSettings)}
    if name not in known:
        raise UserError(
            _('No [[source]] of the kind "sip" is named "{name}".').format(name=name),
            _("Known: {names}.").format(names=", ".join(known)) if known else _("Add a [[source]] first."),
        )
    return known[name]


def _trusted(settings: SipSettings, messages: Sequence[WireMessage], args: argparse.Namespace) -> set[str]:
    peers = {message.peer[0] for message in messages}
    return asyncio.run(_trusted_by(settings, peers)) if args.strict else peers


async def _trusted_by(settings: SipSettings, peers: set[str]) -> set[str]:
    """Whom the settings trust today."""
    found: list[set[str]] = [set()]
    hosts = HostAddresses(settings, Resolver(SystemRandom()), found.append)
    await hosts.find(socket.AF_INET6 if any(":" in peer for peer in peers) else socket.AF_INET, 0.0)
    hosts.forget()
    return found[-1]


def _open_records(profile: Profile, settings: Settings) -> tuple[Any, list[str]]:
    """The records as they are, and why there are none: nothing is made or brought up to date here."""
    if not settings.database.is_server and not (profile.database_folder / FILE_NAME).exists():
        return None, [_("This profile has no records: nobody is looked up.")]
    try:
        engine = engine_of(profile, settings)
        if is_up_to_date(engine):
            return engine, []
        engine.dispose()
    except DatabaseUnavailable as error:
        return None, [_("Nobody is looked up: {why}").format(why=trouble_words(error.reason))]
    return None, [_("The records are of another version: nobody is looked up. Start Omote once.")]


def _tell(desks: Sequence[Played], heard: Sequence[Listeners], *, knows_customers: bool) -> None:
    calls = [(lines, desk) for desk in desks for lines in desk.calls]
    attempts = [one for desk in desks for one in desk.not_shown if not one.is_call]
    for lines, desk in calls:
        origin = desk.origins[lines[0]["source"], lines[0]["source_id"]]
        say(_head(lines[0], origin))
        for sentence in _story(lines, origin, knows_customers):
            say(_INDENT + sentence)
    for one in attempts:
        told = why.not_shown_story(one)
        say(f"{one.first.astimezone():%Y-%m-%d} {told[0]}")
        for sentence in told[1:]:
            say(_INDENT + sentence)
    came = [message for listeners in heard for messages in listeners.values() for message in messages]
    came = [message for message in came if message.way is Way.IN]
    say(_("Messages that came in: {messages}. Calls: {calls}. INVITEs that became no call: {attempts}.").format(
        messages=len(came), calls=len(calls), attempts=sum(one.count for one in attempts)))  # fmt: skip
    if any(message.data.startswith(b"NOTIFY ") for message in came):
        say(_("Dialog events (NOTIFY) are not replayed."))


def _head(line: Facts, origin: Origin) -> str:
    message, at = origin.message, datetime.fromisoformat(line["at"]).astimezone()
    return f"{at:%Y-%m-%d %H:%M:%S} {host_port(message.peer)} → {message.source} ({message.transport.upper()})"


def _story(lines: Sequence[Facts], origin: Origin, knows_customers: bool) -> Iterator[str]:
    first = lines[0]
    yield from why.who_calls(first)
    if first["withheld"] is not None:
        yield _why_withheld(origin.message)
    if first["dialled"]:
        number = parse_number(first["dialled"]).display or first["dialled"]
        dialled = f"{number} ({first['line']})" if first["line"] else number
        yield _("Dialled: {number}.").format(number=dialled)
    if "*" in origin.offered.caller.number:
        yield _("The number is masked in this recording: nobody was looked up.")
    elif knows_customers:
        yield from why.who_it_may_be(first)
    yield from why.whether_it_would_pop(lines)
    yield from what_became_of_it(lines)
    if lines[-1]["type"] not in ("answered", "ended"):
        yield _("The recording ends while it rings.")


def _why_withheld(message: WireMessage) -> str:
    request = parse_message(message.data)
    if isinstance(request, Request) and hides_number(request):
        return _("The INVITE asks for it: Privacy, or privacy in Remote-Party-ID.")
    return _("No header has a number; the sender only says why.")
