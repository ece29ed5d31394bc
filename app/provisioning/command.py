"""`omote provision FILE`: checked whole, then written; the desk's one-time secret into the keyring."""

import argparse
import getpass
import json
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.credentials import DATABASE, Credentials, read_password_file
from app.diagnosis.looking import has_password
from app.errors import UserError
from app.file_errors import file_words
from app.paths import Profile, machine_settings_file
from app.provisioning.desks import Here, desk_here
from app.provisioning.filling import filled
from app.provisioning.no_passwords import refuse_passwords
from app.provisioning.plan import Plan, plan
from app.settings import Settings
from app.settings_layers import Origin, all_layers
from app.settings_tables import tables_in
from app.terminal import say
from app.words import _, in_one_line


def provision(args: argparse.Namespace, profile: Profile) -> int:
    """0 done, or nothing to do. Raises UserError, and then nothing was written (a secret apart, which says so)."""
    made, target = _plan(args, profile), _target(args, profile)
    name, secret = _secret(args, made.settings)
    if not args.dry_run:
        made.write()
        if args.machine:
            _let_all_read(target)
    if secret and not args.dry_run:
        _hand_over(name, secret, args.secret_file, target)
    _tell(args, made, target, name if secret else "")
    return 0


def _plan(args: argparse.Namespace, profile: Profile) -> Plan:
    if not args.file.exists():
        raise UserError(_("There is no file {path}.").format(path=args.file), _("Name a settings file that exists."))
    here = Here(args.computer or platform.node(), args.login or getpass.getuser())
    values = desk_here(args.desks, here) if args.desks else here.values
    tables = tables_in(args.file)
    refuse_passwords(tables, args.file)
    origin = Origin.MACHINE if args.machine else Origin.USER
    layers = all_layers(profile.settings_file, args.settings)
    return plan(filled(tables, values, args.file), args.file, _target(args, profile), layers, origin)


def _target(args: argparse.Namespace, profile: Profile) -> Path:
    return machine_settings_file() if args.machine else profile.settings_file


def _let_all_read(path: Path) -> None:
    """The machine's settings are for everybody who sits there."""
    if sys.platform != "win32" and path.exists():
        path.chmod(0o644)
        path.parent.chmod(0o755)


def _secret(args: argparse.Namespace, settings: Settings) -> tuple[str, str]:
    """Whose it is, and what; both "" if none is handed over."""
    if args.secret_file is None and not args.secret_from_stdin:
        return "", ""
    if args.machine:
        raise UserError(
            _("A password goes into a user's keyring, and --machine has none."),
            _("Hand it over as that user, without --machine; or let it be typed at the first start."),
        )
    name = _whose(args.secret_for, settings)
    secret = read_password_file(str(args.secret_file)) if args.secret_file else sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise UserError(_("No password was given."), _("Type it, or send it on standard input."))
    return name, secret


def _whose(wanted: str, settings: Settings) -> str:
    names = [one.name for one in settings.sources if has_password(one)]
    names += [DATABASE] if settings.database.is_server else []
    if wanted in names or (not wanted and len(names) == 1):
        return wanted or names[0]
    raise UserError(
        _("Whose password it is must be said.") if not wanted else _('Nothing named "{name}" has a password.').format(
            name=wanted
        ),
        _("Name it with --secret-for, one of: {names}.").format(names=", ".join(names) or "-"),
    )  # fmt: skip


def _hand_over(name: str, secret: str, file: Path | None, target: Path) -> None:
    try:
        Credentials().save(name, secret)
    except UserError as error:
        written = _("{path} is written, the password is kept nowhere.").format(path=target)
        raise UserError(in_one_line(written, error.what), error.todo) from error
    if file is None:
        return
    try:
        file.unlink()
    except OSError as error:
        raise UserError(
            _("The password is in the keyring, but {path} cannot be removed: {error}.").format(
                path=file, error=file_words(error)
            ),
            _("Remove it by hand."),
        ) from error


def _tell(args: argparse.Namespace, made: Plan, target: Path, name: str) -> None:
    told: Mapping[str, Any] = {
        "file": str(target), "changed": list(made.changed), "written": bool(made.changed) and not args.dry_run,
        "secret": name,
    }  # fmt: skip
    if args.json:
        say(json.dumps(told, ensure_ascii=False))
        return
    if not made.changed:
        words = _("{path}: nothing had to be changed.")
    elif args.dry_run:
        words = _("{path}: would be changed: {names}. Nothing was written.")
    else:
        words = _("{path}: changed: {names}.")
    line = words.format(path=target, names=", ".join(made.changed))
    kept = _('The keyring now holds the password of "{name}".').format(name=name) if name and not args.dry_run else ""
    say(in_one_line(line, kept))
