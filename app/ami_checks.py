"""What a `[[source]]` table of the kind "ami" must say."""

import re
from pathlib import Path

from app.address_checks import check_server, is_host
from app.errors import UserError
from app.words import _
from cti.ami.settings import AmiSettings

_WATCHED = re.compile(r"[A-Za-z0-9_.+-]+", re.ASCII)
_CONTEXT = re.compile(r"[A-Za-z0-9_.-]{0,79}", re.ASCII)
_CHANNEL = re.compile(r"[A-Za-z0-9]+/[A-Za-z0-9_.+@-]+", re.ASCII)


def check_ami(source: AmiSettings, path: Path | str) -> None:
    """Raises UserError for the first fault."""
    check_server(source.server, source.name, path)
    context = _("Write a context of the dial plan.")
    faults = [
        ("server", source.server, is_host(source.server), _("Write the PBX's host name or address.")),
        ("username", source.username, _is_plain(source.username), _("Write the account's name in manager.conf.")),
        ("watch", source.watch, _is(_WATCHED, source.watch), _('It must be the extension of the desk phone: "201".')),
        ("dial_context", source.dial_context, _is(_CONTEXT, source.dial_context), context),
        *(("channels", one, _is(_CHANNEL, one), _('Write each like this: "PJSIP/201".')) for one in source.channels),
    ]
    for key, value, is_sound, todo in faults:
        if not is_sound:
            raise UserError(
                _('{key} in [[source]] "{name}" of {path} is {value!r}.').format(
                    key=key, name=source.name, path=path, value=value
                ),
                todo,
            )


def _is(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(text) is not None


def _is_plain(text: str) -> bool:
    return bool(text) and text.isprintable()
