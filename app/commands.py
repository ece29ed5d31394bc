"""Commands that need no window. Each gets its arguments, the profile and the settings; returns the exit status.

Each imports what it needs when it is called: none of them is for every start.
"""

import argparse
from collections.abc import Callable

from app.paths import Profile
from app.settings import Settings

Command = Callable[[argparse.Namespace, Profile, Settings], int]


def listen(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """One JSON line per trace record until interrupted."""
    from app.listen_command import listen as do  # noqa: PLC0415 -- not for every start

    return do(args, profile, settings)


def secret(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """The password of a source, or of the database server."""
    from app.secret_command import secret as do  # noqa: PLC0415 -- not for every start

    return do(args, profile, settings)


def replay(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """What recorded calls would do at this desk."""
    from app.replay import replay as play  # noqa: PLC0415 -- reading captures is not for every start

    return play(args, profile, settings)


def records(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """What an administrator does with the records themselves."""
    from app.records_commands import records as do  # noqa: PLC0415 -- not for every start

    return do(args, profile, settings)


def import_rows(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """A file into the records, and back out again."""
    from app.importing.command import import_command  # noqa: PLC0415 -- reading files is not for every start
    from app.importing.past import list_imports, undo_import  # noqa: PLC0415

    does = {"list": list_imports, "undo": undo_import}.get(args.kind, import_command)
    return does(args, profile, settings)


def export_rows(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Records into a file."""
    from app.exporting.command import export_command  # noqa: PLC0415 -- writing files is not for every start

    return export_command(args, profile, settings)


def duplicates(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Customers who may be recorded twice."""
    from app.duplicate_commands import duplicates as do  # noqa: PLC0415 -- not for every start

    return do(args, profile, settings)


def person(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """What is kept of one person."""
    from app.person.command import person as do  # noqa: PLC0415 -- not for every start

    return do(args, profile, settings)


def retention(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """How long what is kept."""
    from app.person.retention import retention as do  # noqa: PLC0415 -- not for every start

    return do(args, profile, settings)


def update(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Whether a newer version is there."""
    from app.updates.command import update as do  # noqa: PLC0415 -- not for every start

    return do(args, profile, settings)


def audit(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Whether the audit log is whole."""
    from app.audit.command import audit as do  # noqa: PLC0415 -- not for every start

    return do(args, profile, settings)


COMMANDS: dict[str, Command] = {
    "listen": listen,
    "secret": secret,
    "replay": replay,
    "db": records,
    "import": import_rows,
    "export": export_rows,
    "duplicates": duplicates,
    "audit": audit,
    "person": person,
    "retention": retention,
    "update": update,
}
