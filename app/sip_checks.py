"""What a `[[source]]` table of the kinds "sip" and "sip-dialog" must say."""

import re
from pathlib import Path

from app.address_checks import check_allow, check_server, is_own_address
from app.errors import UserError
from app.words import _
from cti.sip.settings import SipDialogSettings, SipSettings

_WATCHED = re.compile(r"[A-Za-z0-9*#_.+-]+(?:@[A-Za-z0-9.-]+)?")
_PLACES = "diversion, history-info, request-uri, to, p-called-party-id, header:X-Name"
_DIALLED = re.compile(r"diversion|history-info|request-uri|to|p-called-party-id|header:[A-Za-z0-9-]+")


def check_sip(source: SipSettings, path: Path | str) -> None:
    """Raises UserError for the first fault."""
    _check_peers(source, path)
    check_allow(source.allow, source.name, path)
    _check_bind(source, path)
    _check_calls_per_second(source, path)
    _check_dialled(source, path)
    _check_certificate(source, path)
    _check_desk_phone(source, path)


def check_sip_dialog(source: SipDialogSettings, path: Path | str) -> None:
    """Raises UserError for the first fault."""
    _check_watch(source, path)
    check_server(source.server, source.name, path)
    check_sip(source.account, path)


def _check_watch(source: SipDialogSettings, path: Path | str) -> None:
    if _WATCHED.fullmatch(source.watch) is None:
        raise UserError(
            _('watch in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.watch
            ),
            _('It must be the extension of the desk phone: "201".'),
        )


def _check_desk_phone(source: SipSettings, path: Path | str) -> None:
    """The account must be another one: registered as the telephone itself, we might be rung in its place."""
    if not source.desk_phone:
        return
    is_known = _WATCHED.fullmatch(source.desk_phone) is not None
    if not is_known or source.desk_phone.partition("@")[0] == source.username:
        raise UserError(
            _('desk_phone in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.desk_phone
            ),
            _('It must be the extension of the desk phone, "201", and username another one.'),
        )
    if not source.register or source.answer == "softphone":
        raise UserError(
            _('[[source]] "{name}" in {path} can\'t call a desk phone.').format(name=source.name, path=path),
            _('desk_phone goes with an account that only listens: without register = false or answer = "softphone".'),
        )


def _check_peers(source: SipSettings, path: Path | str) -> None:
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


def _check_certificate(source: SipSettings, path: Path | str) -> None:
    if source.transport == "tls" and not source.register and not source.certificate:
        raise UserError(
            _('[[source]] "{name}" in {path} has no certificate.').format(name=source.name, path=path),
            _('Whoever sends us calls over TLS asks for one: certificate = "a file (PEM) with it and its key".'),
        )


def _check_bind(source: SipSettings, path: Path | str) -> None:
    if not is_own_address(source.bind):
        raise UserError(
            _('bind in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.bind
            ),
            _('It must be an address of this PC and a port: "0.0.0.0:5060".'),
        )


def _check_calls_per_second(source: SipSettings, path: Path | str) -> None:
    if source.calls_per_second < 1:
        raise UserError(
            _('calls_per_second in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.calls_per_second
            ),
            _("It must be a whole number from 1 upwards."),
        )


def _check_dialled(source: SipSettings, path: Path | str) -> None:
    for word in source.dialled_from:
        if _DIALLED.fullmatch(word) is None:
            raise UserError(
                _('dialled_from in [[source]] "{name}" of {path} has {value!r}.').format(
                    name=source.name, path=path, value=word
                ),
                _("Known: {names}.").format(names=_PLACES),
            )
