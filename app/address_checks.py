"""Addresses that a `[[source]]` table may name, whatever its kind: whom it hears, and where it listens."""

import ipaddress
import re
from collections.abc import Sequence
from pathlib import Path

from app.errors import UserError
from app.words import _
from cti.address import split_host_port
from cti.allow_list import parse_network

_HOST_NAME = re.compile(r"(?=.{1,253}\Z)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.?")
_NUMERIC = re.compile(r"[0-9.]+")
_OWN_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[0-9.]+)(?::([0-9]{1,5}))?")


def check_server(server: str, name: str, path: Path | str) -> None:
    """Raises UserError unless the source `name` says where its server is."""
    if not server:
        raise UserError(
            _('[[source]] "{name}" in {path} has no server.').format(name=name, path=path),
            _('Add server = "your PBX\'s host name".'),
        )


def check_allow(allow: Sequence[str], name: str, path: Path | str) -> None:
    """Raises UserError for the first entry that is neither address nor name nor network."""
    for peer in allow:
        if not (_is_network(peer) if "/" in peer else is_host(peer)):
            raise UserError(
                _('allow in [[source]] "{name}" of {path} has {value!r}.').format(name=name, path=path, value=peer),
                _('Known: an address, a host name, a network such as "192.0.2.0/24".'),
            )


def is_own_address(text: str) -> bool:
    """Whether it may be an address of this PC, with or without a port."""
    found = _OWN_ADDRESS.fullmatch(text)
    return found is not None and _is_address(found[1].strip("[]")) and int(found[2] or 0) <= 65535


def is_host(text: str) -> bool:
    """An address, or what a name may look like: figures and dots alone are an address or nothing."""
    try:
        host, _port = split_host_port(text, 5060)
    except ValueError:
        return False
    return _is_address(host) or (_HOST_NAME.fullmatch(host) is not None and _NUMERIC.fullmatch(host) is None)


def _is_network(text: str) -> bool:
    try:
        parse_network(text)
    except ValueError:
        return False
    return True


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
