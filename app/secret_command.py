"""`omote secret`: the password of a source, or of the database server, in the keyring."""

import argparse
import getpass
import sys
from contextlib import suppress

from app.credentials import DATABASE, Credentials
from app.errors import UserError
from app.paths import Profile
from app.push_token import new_token
from app.settings import Settings
from app.terminal import say
from app.words import _


def secret(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Set, make, check or remove the password of a source, or of the database server."""
    names = [*(source.name for source in settings.sources), *([DATABASE] if settings.database.is_server else [])]
    if args.source not in names:
        raise UserError(
            _('No [[source]] is named "{name}" in {path}.').format(name=args.source, path=profile.settings_file),
            _("Known: {names}.").format(names=", ".join(names)) if names else _("Add a [[source]] first."),
        )
    if args.action == "new":
        say(new_token(Credentials(), next((one for one in settings.sources if one.name == args.source), None)))
        return 0
    return _SECRETS[args.action](Credentials(), args.source)


def _set(credentials: Credentials, source: str) -> int:
    typed = _typed(source)
    if not typed:
        raise UserError(_("No password was given."), _("Type it, or send it on standard input."))
    credentials.save(source, typed)
    say(_('The keyring now holds the password of "{name}".').format(name=source))
    return 0


def _check(credentials: Credentials, source: str) -> int:
    if credentials.is_in_keyring(source):
        say(_('The keyring holds a password for "{name}".').format(name=source))
        return 0
    raise UserError(
        _('The keyring holds no password for "{name}".').format(name=source),
        _('Type: omote secret set "{name}"').format(name=source),
    )


def _remove(credentials: Credentials, source: str) -> int:
    credentials.remove(source)
    say(_('The password of "{name}" is no longer in the keyring.').format(name=source))
    return 0


_SECRETS = {"set": _set, "check": _check, "remove": _remove}


def _typed(source: str) -> str:
    if sys.stdin.isatty():
        with suppress(EOFError):
            return getpass.getpass(_('Password of "{source}": ').format(source=source))
        return ""
    return sys.stdin.readline().rstrip("\r\n")
