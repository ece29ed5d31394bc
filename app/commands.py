"""Commands that need no window. Each gets its arguments, the profile and the settings; returns the exit status."""

import argparse
import getpass
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from app.compose import (
    announcers_of,
    build_sources,
    lines_of,
    open_records,
    operator_of,
    own_phones_of,
    settle_memory,
    wire_tap,
)
from app.crash_reports import report_crashes
from app.credentials import DATABASE, Credentials
from app.customer_numbers import CustomerNumbers
from app.db_worker import Worker
from app.desk import Desk
from app.errors import UserError
from app.listen import NoScreen, PlainLoop, ReadOnlyRecords
from app.paths import Profile
from app.phone_number import warm_up
from app.place import Place
from app.pop import Pop
from app.push_token import new_token
from app.screen import Status
from app.seat import Seat
from app.settings import Settings
from app.trace import Trace
from app.words import _
from cti.events import SourceState
from cti.listener import Listener


def say(text: str) -> None:
    """One line on stdout, at once."""
    print(text, flush=True)  # noqa: T201


def listen(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """One JSON line per trace record until interrupted; ends with 1 when a port is in use."""
    if not settings.sources:
        raise UserError(
            _("No [[source]] is set up in {path}.").format(path=profile.settings_file),
            _("docs/settings.md shows how to point Omote at your PBX."),
        )
    report_crashes(profile.crash_folder)
    loop, stuck = PlainLoop(), _StopsWhenStuck()
    engine = open_records(profile, settings)
    records = ReadOnlyRecords(engine, loop.post)
    warm_up()
    trace = Trace(say, mask_numbers=settings.trace.mask_numbers)
    lines = lines_of(settings, why_never="no_window")
    place = Place(
        Seat(operator_of(settings)), lines, trace, loop.later, own_phones=own_phones_of(settings),
        announcers=announcers_of(settings),
    )  # fmt: skip
    desk = Desk(records, NoScreen(stuck.look(loop.stop)), place)
    files = Worker("files", loop.post)
    customers = CustomerNumbers(records.owned_among, lines)
    sources = build_sources(settings, Credentials(), wire_tap(profile, settings, files), customers)
    listener = Listener(sources, lambda event: loop.post(desk.hear, event))
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: loop.stop())

    def listen_now(_sample: Pop) -> None:
        settle_memory()
        listener.start()

    records.warm_up(listen_now)
    loop.run()
    listener.stop()
    files.stop()
    customers.stop()
    records.stop()
    stuck.complain()
    return 0


class _StopsWhenStuck:
    """What `listen` can't get over by waiting: a port that another program has, a password that nobody has."""

    def __init__(self) -> None:
        self._error: UserError | None = None

    def look(self, stop: Callable[[], object]) -> Callable[[Status], None]:
        def on_status(status: Status) -> None:
            for source in status.sources:
                error = _stuck(source.state, source.name, source.detail)
                if error is not None:
                    self._error = error
                    stop()

        return on_status

    def complain(self) -> None:
        if self._error is not None:
            raise self._error


def _stuck(state: SourceState, name: str, detail: str) -> UserError | None:
    if state is SourceState.PORT_IN_USE:
        return UserError(
            _('"{name}" cannot listen on {port}: another program has it, or it is not this PC\'s.').format(
                name=name, port=detail
            ),
            _("Close that program, or set another address or port with bind in [[source]]."),
        )
    if state is SourceState.NO_SECRET:
        return UserError(
            _('"{name}" has no password.').format(name=name), _('Type: omote secret set "{name}"').format(name=name)
        )
    return None


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
