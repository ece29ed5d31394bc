"""`omote db …`: what an administrator does with the records themselves. Nothing here needs a window."""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from app import __version__
from app.backup_words import why_no_backup
from app.compose import engine_of
from app.credentials import DATABASE, Credentials
from app.errors import UserError
from app.paths import Profile, make_folder
from app.records_rollback import rollback
from app.roles import require, role_of
from app.settings import Settings
from app.terminal import say
from app.trouble_words import user_error
from app.words import _, ngettext
from db.backup import Backups, copy_verified
from db.engine import FILE_NAME
from db.errors import DatabaseUnavailable, Trouble
from db.health import Found, Look, look_at
from db.migrate import bring_up_to_date
from db.sizes import Sizes, sizes_of

Job = Callable[[argparse.Namespace, Profile, Settings], int]


def records(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """One of upgrade, check, backup, stats, rollback. Raises UserError."""
    try:
        return _JOBS[args.action](args, profile, settings)
    except DatabaseUnavailable as error:
        raise user_error(error) from error


def _upgrade(_args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """The schema of today; an embedded database is copied first."""
    make_folder(profile.database_folder)
    engine = engine_of(profile, settings)
    bring_up_to_date(engine, __version__)
    engine.dispose()
    say(_("The records have the schema of this program."))
    return 0


def _check(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """One line per look. Raises UserError unless all is well."""
    engine = _existing(profile, settings)
    try:
        found = look_at(engine)
    finally:
        engine.dispose()
    if args.json:
        say(json.dumps([_plain(one) for one in found], ensure_ascii=False))
    for one in () if args.json else found:
        say(_line(one))
    faults = sum(1 for one in found if one.wrong)
    if faults:
        what = ngettext("{n} check found a fault.", "{n} checks found faults.", faults).format(n=faults)
        raise UserError(what, _("Take a backup as it is now, then call IT: docs/database.md."))
    return 0


def _plain(found: Found) -> dict[str, Any]:
    level = "not_here" if found.wrong is None else "fault" if found.wrong else "ok"
    return {"check": found.look.value, "level": level, "facts": list(found.wrong or ())}


def _line(found: Found) -> str:
    name = look_words(found.look)
    if found.wrong is None:
        return _("-      {check}: the server's own affair").format(check=name)
    if not found.wrong:
        return _("ok     {check}").format(check=name)
    return _("fault  {check}: {facts}").format(check=name, facts="; ".join(found.wrong))


def look_words(look: Look) -> str:
    """What a look looks at."""
    return {
        Look.INTEGRITY: _("pages and indexes of the file"),
        Look.REFERENCES: _("references between rows"),
        Look.REVISION: _("version of the schema"),
        Look.SCHEMA: _("tables, columns and indexes"),
        Look.SEARCH: _("what search finds customers and notes by"),
        Look.TOTALS: _("totals of contacts, complaints and purchases"),
        Look.CALL_LOG: _("what the call log says of calls"),
    }[look]


def _backup(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """A verified copy in a new file: all of the records at once, so not for operators."""
    require("db backup", role_of(settings))
    if args.file is None:
        raise UserError(_("No file was named."), _("Type: omote db backup FILE"))
    target: Path = args.file.expanduser().absolute()
    if target.exists():
        raise UserError(_("{path} is there already.").format(path=target), _("Choose another name, or remove it."))
    _existing(profile, settings).dispose()
    if settings.database.is_server:
        return _dump(target, settings)
    try:
        copy_verified(profile.database_folder / FILE_NAME, target)
    except DatabaseUnavailable as error:
        why = why_no_backup(error.reason, error.detail)
        raise UserError(_("The records were not copied: {why}").format(why=why), "") from error
    size = target.stat().st_size
    say(_("The records are in {path}: {size}, verified.").format(path=target, size=size_words(size)))
    return 0


def _dump(target: Path, settings: Settings) -> int:
    """A server's own program writes the copy; without it we say what to type where it is."""
    program = shutil.which("pg_dump")
    command = ["pg_dump", "--format=custom", f"--file={target}", settings.database.url]
    if program is None:
        raise UserError(
            _("pg_dump is not installed here."), _("Type where it is: {command}").format(command=shlex.join(command))
        )
    secret = Credentials().secret(DATABASE, settings.database.password_file)
    with _passwords(secret) as (named, handed_on):
        done = subprocess.run(  # noqa: S603 -- pg_dump itself, with the address of our own settings
            [program, *command[1:]], env=_environment() | named, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False, pass_fds=handed_on,
        )  # fmt: skip
    if done.returncode:
        target.unlink(missing_ok=True)
        raise UserError(_("pg_dump has failed: {why}").format(why=done.stderr.strip()), "")
    target.chmod(0o600)
    say(_("The records are in {path}: {size}.").format(path=target, size=size_words(target.stat().st_size)))
    return 0


def _environment() -> dict[str, str]:
    """Less a password that somebody's shell has: pg_dump would take it before the one that is right here."""
    return {name: value for name, value in os.environ.items() if name != "PGPASSWORD"}


@contextmanager
def _passwords(secret: str | None) -> Iterator[tuple[dict[str, str], tuple[int, ...]]]:
    """The variable that names pg_dump's password file, and what it inherits: a file that has no name any more.

    Never the password itself: a process's environment is read by whoever runs as this user, and kept in crash dumps.
    """
    if not secret:
        yield {}, ()
        return
    line = "*:*:*:*:" + secret.replace("\\", r"\\").replace(":", r"\:")
    with NamedTemporaryFile("w", encoding="utf-8", delete=False) as file:  # 0600
        file.write(line + "\n")
    try:
        if sys.platform == "win32":
            yield {"PGPASSFILE": file.name}, ()
            return
        with Path(file.name).open(encoding="utf-8") as nameless:
            Path(file.name).unlink()
            yield {"PGPASSFILE": f"/dev/fd/{nameless.fileno()}"}, (nameless.fileno(),)
    finally:
        Path(file.name).unlink(missing_ok=True)


def _stats(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    engine = _existing(profile, settings)
    try:
        sizes = sizes_of(engine)
    finally:
        engine.dispose()
    told = _told(sizes, Backups(profile.backups_folder) if not settings.database.is_server else None)
    if args.json:
        say(json.dumps(told, ensure_ascii=False))
    else:
        _say_stats(sizes, told["backup"])
    return 0


def _told(sizes: Sizes, backups: Backups | None) -> dict[str, Any]:
    told = asdict(sizes)
    newest = backups.newest if backups else None
    told["backup"] = (
        None
        if backups is None
        else {
            "folder": str(backups.folder),
            "newest": newest.at.isoformat() if newest else None,
            "size": newest.size if newest else None,
        }
    )
    return told


def _say_stats(sizes: Sizes, backup: dict[str, Any] | None) -> None:
    say(f"{sizes.place}: {size_words(sizes.size)}")
    say(_("schema {revision}").format(revision=sizes.revision))
    for name, count in sizes.rows.items():
        if count:
            say(f"  {name:<24}{count:>12,}")
    if backup is None:
        say(_("backups: the server's administrator takes them"))
    elif backup["newest"] is None:
        say(_("no backup yet; they go to {folder}").format(folder=backup["folder"]))
    else:
        say(_("last backup {when}, in {folder}").format(when=backup["newest"], folder=backup["folder"]))


def size_words(size: int) -> str:
    """Bytes for people."""
    return f"{size / 1_000_000:,.1f} MB"


def _existing(profile: Profile, settings: Settings) -> Any:
    """The engine of records that are there: looking must not create any."""
    if not settings.database.is_server and not (profile.database_folder / FILE_NAME).exists():
        raise user_error(DatabaseUnavailable(Trouble.NO_FOLDER, str(profile.database_folder / FILE_NAME)))
    return engine_of(profile, settings)


_JOBS: dict[str, Job] = {
    "upgrade": _upgrade, "check": _check, "backup": _backup, "stats": _stats, "rollback": rollback
}  # fmt: skip
