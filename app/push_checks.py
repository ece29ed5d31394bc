"""What a `[[source]]` table of kind "push" must say."""

from pathlib import Path

from app.address_checks import check_allow, is_own_address
from app.errors import UserError
from app.words import _
from cti.address import is_literal, is_loopback, split_host_port
from cti.push.settings import DEFAULT_PORT, PushSettings


def check_push(source: PushSettings, path: Path | str) -> None:
    """Raises UserError for the first fault."""
    _check_listen(source, path)
    check_allow(source.allow, source.name, path)
    _check_allowed(source, path)


def _check_listen(source: PushSettings, path: Path | str) -> None:
    if not is_own_address(source.listen):
        raise UserError(
            _('listen in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.listen
            ),
            _('It must be an address of this PC and a port: "127.0.0.1:8765".'),
        )


def _check_allowed(source: PushSettings, path: Path | str) -> None:
    """A name could be anybody's by tomorrow, and nobody is asked for it while a request waits."""
    for peer in source.allow:
        if "/" not in peer and not is_literal(peer):
            raise UserError(
                _('allow in [[source]] "{name}" of {path} has {value!r}.').format(
                    name=source.name, path=path, value=peer
                ),
                _('Here it must be an address, or a network such as "192.0.2.0/24".'),
            )
    if not source.allow and not is_loopback(split_host_port(source.listen, DEFAULT_PORT)[0]):
        raise UserError(
            _('[[source]] "{name}" in {path} would hear nobody but this PC.').format(name=source.name, path=path),
            _('Name the PBX: allow = ["its address"], or let it listen on "127.0.0.1:8765".'),
        )
