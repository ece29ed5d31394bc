"""`omote listen`: the desk without a window, until it is interrupted."""

import argparse
import signal
from collections.abc import Callable

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
from app.credentials import Credentials
from app.customer_numbers import CustomerNumbers
from app.db_worker import Worker
from app.desk import Desk
from app.errors import UserError
from app.listen import NoScreen, PlainLoop, ReadOnlyRecords
from app.paths import Profile
from app.phone_number import warm_up
from app.place import Place
from app.pop import Pop
from app.screen import Status
from app.seat import Seat
from app.settings import Settings
from app.terminal import say
from app.trace import Trace
from app.words import _
from cti.events import SourceState
from cti.listener import Listener


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
