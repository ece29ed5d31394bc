"""Looks at a SIP source of either kind and judges what it saw, in the order in which a call needs it.

A further check is one more entry.
"""

import asyncio
from collections.abc import Callable
from random import SystemRandom

from app.clock import utc_now
from app.diagnosis import here, pbx
from app.diagnosis.case import Case
from app.diagnosis.finding import Check, Finding
from app.diagnosis.known import Known
from cti.sip.portaudio import PortAudioCard
from cti.sip.probe import Target
from cti.sip.probing import Looker, Sight, room_at
from cti.sip.settings import SipDialogSettings, SipKind, SipSettings
from cti.sip.sound_card import Devices, SoundError
from cti.sip.tls import make_tls
from cti.tls import TlsFileError

CHECKS: list[tuple[str, Callable[[Case], Finding | None]]] = [
    ("secret", here.secret),
    ("tls", here.tls),
    ("name", here.name),
    ("own_address", here.own_address),
    ("port", here.port),
    ("sound", here.sound),
    ("buffer", here.buffer),
    ("answer", pbx.answer),
    ("account", pbx.account),
    ("phones", pbx.phones),
    ("ringing", pbx.ringing),
    ("dialogs", pbx.dialogs),
    ("clock", pbx.clock),
    ("running", here.running),
]


async def look(source: SipKind, known: Known) -> list[Check]:
    """Everything there is to say about it."""
    return check_source(await _look_at(source, known))


def check_source(case: Case) -> list[Check]:
    """What was seen, in words."""
    found = [(name, judge(case)) for name, judge in CHECKS]
    return [Check(name, case.settings.name, finding) for name, finding in found if finding is not None]


async def _look_at(source: SipKind, known: Known) -> Case:
    try:
        tls, target = make_tls(source), _target(source)
    except TlsFileError as error:
        return Case(source, known.login, Sight(), _room(source), known.running, str(error), await _sound(source))
    looker = Looker(source.bind, SystemRandom(), utc_now, tls)
    sight = await looker.look_at(target, known.secret) if target.server else Sight()
    return Case(source, known.login, sight, _room(source), known.running, sound=await _sound(source))


def _target(source: SipKind) -> Target:
    if isinstance(source, SipDialogSettings):
        user = source.account.username
        return Target(source.server, user, source.watch, source.transport, asks_for_contacts=False)
    if not source.register:
        return Target(source.server, transport=source.transport)
    return Target(source.server, source.username, source.username, source.transport)


async def _sound(source: SipKind) -> Devices | SoundError | None:
    if not isinstance(source, SipSettings) or source.answer != "softphone":
        return None
    try:
        return await asyncio.to_thread(PortAudioCard().devices)
    except SoundError as error:
        return error


def _room(source: SipKind) -> int | None:
    try:
        return room_at(source.bind, source.transport)
    except OSError:
        return None
