"""What `omote diagnose` says of a source as far as this PC goes: password, name, address, port, and how it runs."""

import sys

from app.diagnosis.case import Case
from app.diagnosis.finding import Finding, attention, fault, ok
from app.diagnosis.known import in_running_program, password
from app.network_words import network_words
from app.words import _
from cti.address import host_port, split_host_port
from cti.events import SourceState
from cti.sip.probing import ROOM_WANTED
from cti.sip.settings import SipSettings
from cti.sip.sound_card import Devices, SoundError, SoundFault

BURST = 1000  # calls at once that must not be lost
BYTES_PER_CALL = 2300  # of the system's count, for an INVITE of 900


def secret(case: Case) -> Finding | None:
    if case.is_trunk:
        return None
    return password(case.login, case.settings.name)


def name(case: Case) -> Finding | None:
    """Nothing to say where the settings name an address, or nobody has looked."""
    server = case.settings.server
    if (
        not server
        or case.tls_trouble
        or split_host_port(server, 5060)[0] in {host for host, _port in case.sight.addresses}
    ):
        return None
    if case.sight.addresses:
        found = ", ".join(map(host_port, case.sight.addresses))
        return ok(_("{server} is at {addresses}.").format(server=server, addresses=found))
    return fault(
        _("{server} has no address ({why}).").format(server=server, why=network_words(case.sight.trouble)),
        _("Correct server in [[source]], or ask whoever runs your name server."),
    )


def tls(case: Case) -> Finding | None:
    """Whether the files for TLS can be used; what the PBX shows is seen when we connect."""
    if case.settings.transport != "tls":
        return None
    if case.tls_trouble:
        return fault(
            _("the files for TLS can't be used ({why}).").format(why=network_words(case.tls_trouble)),
            _("Correct ca_file and certificate in [[source]]."),
        )
    return ok(_("the files for TLS can be used."))


def sound(case: Case) -> Finding | None:
    """The devices for a softphone, or what is wrong; nothing to say of any other source."""
    if isinstance(case.sound, Devices) and isinstance(case.settings, SipSettings):
        missing = _missing(case.settings, case.sound)
        if missing:
            return fault(
                _("no device is called {name}.").format(name=missing),
                _("Correct microphone and speaker in [[source]], or plug the headset in."),
            )
        found = {"microphones": ", ".join(case.sound.microphones), "speakers": ", ".join(case.sound.speakers)}
        return ok(_("microphones: {microphones}; speakers: {speakers}.").format(**found))
    if not isinstance(case.sound, SoundError):
        return None
    if case.sound.fault is SoundFault.NOT_INSTALLED:
        return fault(
            _("there is no library for sound ({why}).").format(why=case.sound.detail),
            _("Install the library for sound (docs/softphone.md); Debian and Ubuntu: also apt install libportaudio2"),
        )
    return fault(_("there is no sound device ({why}).").format(why=case.sound.detail), _("Plug the headset in."))


def _missing(settings: SipSettings, found: Devices) -> str:
    """What the settings name and nobody has plugged in; "-" where there is no device at all."""
    for wanted, names in ((settings.microphone, found.microphones), (settings.speaker, found.speakers)):
        if not any(wanted.casefold() in name.casefold() for name in names):
            return wanted or "-"
    return ""


def own_address(case: Case) -> Finding | None:
    if case.sight.answering is None:
        return None
    if case.sight.own_host:
        return ok(_("this PC is {host} to the PBX.").format(host=case.sight.own_host))
    return fault(
        _("no network leads to {address} ({why}).").format(
            address=host_port(case.sight.answering), why=network_words(case.sight.trouble)
        ),
        _("Look at the cable, the wireless network, the VPN."),
    )


def port(case: Case) -> Finding | None:
    bind = case.settings.bind
    if case.is_trunk and _is_any_port(bind):
        return fault(
            _("bind has no port, so a PBX can't know where to send calls."),
            _('Choose one: bind = "0.0.0.0:5060".'),
        )
    if case.room is not None:
        return ok(_("Omote takes any free port.") if _is_any_port(bind) else _("{bind} is free.").format(bind=bind))
    if case.running is not None and case.running.state is not SourceState.PORT_IN_USE:
        return ok(_("the running Omote listens on {bind}.").format(bind=bind))
    return fault(
        _("{bind} is taken by another program, or it is no address of this PC.").format(bind=bind),
        _("Close that program, or set another address or port with bind in [[source]]."),
    )


def _is_any_port(bind: str) -> bool:
    return split_host_port(bind, 5060)[1] == 0


def buffer(case: Case) -> Finding | None:
    """Only UDP loses what nobody has read yet."""
    if not case.room or case.settings.transport != "udp":
        return None
    calls, most = case.room // BYTES_PER_CALL, ROOM_WANTED // BYTES_PER_CALL
    text = _("the system keeps a burst of {n} calls for us; {most} were asked for.").format(n=calls, most=most)
    if calls >= BURST:
        return ok(text)
    line = _("As root: {line}").format(line="sysctl -w net.core.rmem_max=4194304")
    return attention(text, line if sys.platform == "linux" else _("A larger burst of calls may lose some."))


def running(case: Case) -> Finding | None:
    """What the running program says of this source."""
    return in_running_program(case.running)
