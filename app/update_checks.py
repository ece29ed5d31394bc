"""What `[updates]` may say: an address that IT's word alone can set, and the key whose signature counts there."""

import re

from app.errors import UserError
from app.settings import UpdateSettings
from app.updates.minisign import public_key
from app.words import _

_ADDRESS = re.compile(r"https://[^\s/?#@]+/\S*|file:///\S*|\\\\[^\s\\]+\\.+")


def check_updates(updates: UpdateSettings, where: object) -> None:
    """Raises UserError for an address or a key that is none."""
    if updates.manifest and not _ADDRESS.fullmatch(updates.manifest):
        raise UserError(
            _("manifest under [updates] in {path} is no address of a manifest.").format(path=where),
            _(r"Write https://host/omote.json, file:///folder/omote.json or \\server\share\omote.json."),
        )
    if updates.public_key and public_key(updates.public_key) is None:
        raise UserError(
            _("public_key under [updates] in {path} is no key of minisign.").format(path=where),
            _("Copy the second line of minisign.pub: 56 characters that begin with RW."),
        )
    if updates.manifest and not updates.public_key:
        raise UserError(
            _("[updates] in {path} has a manifest and no public_key.").format(path=where),
            _("Without a key nobody could tell whose manifest it is: add the line public_key = …"),
        )


def only_by_it(updates: UpdateSettings, by_it: UpdateSettings, machine: object) -> None:
    """Raises UserError where anybody but IT has set it."""
    if updates != by_it:
        raise UserError(
            _("[updates] counts only in the machine's settings and in the policy."),
            _("Remove it; an administrator can write it into {path}.").format(path=machine),
        )
