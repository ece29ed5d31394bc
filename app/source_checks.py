"""What a `[[source]]` table must say before a source is made of it; each fault is one line that names it."""

import ipaddress
import re
from collections.abc import Sequence
from pathlib import Path

from app.credentials import DATABASE
from app.errors import UserError
from app.words import _
from cti.address import split_host_port
from cti.allow_list import parse_network
from cti.sip.settings import SipDialogSettings, SipSettings

_HOST_NAME = re.compile(r"(?=.{1,253}\Z)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.?")
_NUMERIC = re.compile(r"[0-9.]+")
_BIND = re.compile(r"(\[[0-9a-fA-F:.]+\]|[0-9.]+)(?::([0-9]{1,5}))?")
_WATCHED = re.compile(r"[A-Za-z0-9*#_.+-]+(?:@[A-Za-z0-9.-]+)?")
_PLACES = "diversion, history-info, request-uri, to, p-called-party-id, header:X-Name"
_DIALLED = re.compile(r"diversion|history-info|request-uri|to|p-called-party-id|header:[A-Za-z0-9-]+")


def check_sources(sources: Sequence[SipSettings | SipDialogSettings], path: Path) -> None:
    """Raises UserError for the first fault."""
    names = [source.name for source in sources]
    for source in sources:
        if names.count(source.name) > 1:
            raise UserError(
                _('Two [[source]] tables in {path} are named "{name}".').format(path=path, name=source.name),
                _("Give each source a name of its own: it names the password and the status."),
            )
        if source.name == DATABASE:
            raise UserError(
                _('A [[source]] in {path} is named "{name}".').format(path=path, name=DATABASE),
                _("That is the name of the database's password: choose another."),
            )
        if isinstance(source, SipDialogSettings):
            _check_watch(source, path)
        _check_peers(source.account, path)
        _check_allow(source.account, path)
        _check_bind(source.account, path)
        _check_calls_per_second(source.account, path)
        _check_dialled(source.account, path)
        _check_certificate(source.account, path)


def _check_watch(source: SipDialogSettings, path: Path) -> None:
    if _WATCHED.fullmatch(source.watch) is None:
        raise UserError(
            _('watch in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.watch
            ),
            _('It must be the extension of the desk phone: "201".'),
        )
    if not source.server:
        raise UserError(
            _('[[source]] "{name}" in {path} has no server.').format(name=source.name, path=path),
            _('Add server = "your PBX\'s host name".'),
        )


def _check_peers(source: SipSettings, path: Path) -> None:
    if source.register and not source.server:
        raise UserError(
            _('[[source]] "{name}" in {path} has no server.').format(name=source.name, path=path),
            _('Add server = "your PBX\'s host name", or register = false for a trunk that sends straight to us.'),
        )
    if not source.register and not source.server and not source.allow:
        raise UserError(
            _('[[source]] "{name}" in {path} would hear nobody.').format(name=source.name, path=path),
            _('Name the PBX: server = "host name", or allow = ["its address"].'),
        )


def _check_certificate(source: SipSettings, path: Path) -> None:
    if source.transport == "tls" and not source.register and not source.certificate:
        raise UserError(
            _('[[source]] "{name}" in {path} has no certificate.').format(name=source.name, path=path),
            _('Whoever sends us calls over TLS asks for one: certificate = "a file (PEM) with it and its key".'),
        )


def _check_allow(source: SipSettings, path: Path) -> None:
    for peer in source.allow:
        if not (_is_network(peer) if "/" in peer else _is_host(peer)):
            raise UserError(
                _('allow in [[source]] "{name}" of {path} has {value!r}.').format(
                    name=source.name, path=path, value=peer
                ),
                _('Known: an address, a host name, a network such as "192.0.2.0/24".'),
            )


def _is_network(text: str) -> bool:
    try:
        parse_network(text)
    except ValueError:
        return False
    return True


def _is_host(text: str) -> bool:
    """An address, or what a name may look like: figures and dots alone are an address or nothing."""
    try:
        host, _port = split_host_port(text, 5060)
    except ValueError:
        return False
    return _is_address(host) or (_HOST_NAME.fullmatch(host) is not None and _NUMERIC.fullmatch(host) is None)


def _check_bind(source: SipSettings, path: Path) -> None:
    found = _BIND.fullmatch(source.bind)
    if found is None or not _is_address(found[1].strip("[]")) or int(found[2] or 0) > 65535:
        raise UserError(
            _('bind in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.bind
            ),
            _('It must be an address of this PC and a port: "0.0.0.0:5060".'),
        )


def _check_calls_per_second(source: SipSettings, path: Path) -> None:
    if source.calls_per_second < 1:
        raise UserError(
            _('calls_per_second in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.calls_per_second
            ),
            _("It must be a whole number from 1 upwards."),
        )


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _check_dialled(source: SipSettings, path: Path) -> None:
    for word in source.dialled_from:
        if _DIALLED.fullmatch(word) is None:
            raise UserError(
                _('dialled_from in [[source]] "{name}" of {path} has {value!r}.').format(
                    name=source.name, path=path, value=word
                ),
                _("Known: {names}.").format(names=_PLACES),
            )
