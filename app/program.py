"""The running program: builds the four layers and connects them. With `app.start` the only one that knows them all."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from app.action_runner import Actions
from app.asking import Reply, Request
from app.clock import Clock, utc_now
from app.compose import (
    build_sources,
    daily_backup,
    engine_of,
    hotkeys_of,
    lines_of,
    memory_of,
    place_of,
    settle_memory,
    supervision_place,
    talking_of,
    telephone_of,
    wire_tap,
)
from app.controls import Controls
from app.credentials import Credentials
from app.customer_numbers import CustomerNumbers
from app.db_worker import Worker
from app.desk import Desk
from app.dialling import Dialling
from app.errors import UserError
from app.first_start.first_day import FirstDay
from app.journal import Journal
from app.language_choice import language_choice
from app.opening import Opened, open_everything
from app.paths import Profile, make_folder
from app.place import Place
from app.pop import Pop, PopState
from app.records import Records
from app.requests import ALONE_AFTER_MS, RING_ME_NUMBER, RingMe, ask_to_dial, status_answer
from app.settings import Settings
from app.settings_layers import all_layers
from app.supervision import Supervision
from app.templates import TemplateBook
from app.told_by_command import ToldByCommand
from app.trace import Trace
from app.trace_file import TraceFile
from app.trying import Trying
from app.updates.running import watch_versions
from app.who_is_it import LIMIT_MS
from app.window_places import WindowPlaces
from app.words import _, language
from cti.events import CallEvent
from cti.listener import Listener
from cti.source import NeedsSecret, TakesTestCalls
from ui.desktop import Desktop
from ui.first_day import show_first_day, start_again_when_quiet
from ui.program_lock import ProgramLock, socket_name, take_lock
from ui.ring_sound import ring_sound
from ui.settings_place import RunningProgram, SettingsPlace
from ui.settings_view import SettingsView
from ui.single_instance import SingleInstance
from ui.stage import Stage

log = logging.getLogger(__name__)
LONGEST_RING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Begun:
    """What a start has done before there is a program: its window stands, nobody else runs, the records are open."""

    stage: Stage
    lock: ProgramLock
    opened: Opened


def begin_at_once(profile: Profile, settings: Settings, credentials: Credentials) -> Begun:
    """All of it, with nobody looking. Raises UserError."""
    make_folder(profile.data)
    lock = take_lock(profile.data, socket_name(str(profile.data)))
    if lock is None:
        raise UserError(_("Omote is being started already."), _("Wait a moment, then look for its window."))
    opened = open_everything(profile, settings, credentials)
    stage = Stage(settings.desk.theme, language())
    stage.prepare()
    return Begun(stage, lock, opened)


class Program:
    """The running program: builds the four layers and connects them.

    `on_listening(source)` is called, in the Qt thread, when a source that takes test calls has its port; `on_painted`
    hold what is called with a Call whose name has reached the screen.
    """

    def __init__(
        self, profile: Profile, settings: Settings, credentials: Credentials, begun: Begun | None = None
    ) -> None:
        begun = begun or begin_at_once(profile, settings, credentials)
        self._profile, self._language, self._sample = profile, language_choice(profile), Pop(PopState.NOBODY)
        stage, opened, self._lock, self._credentials = begun.stage, begun.opened, begun.lock, credentials
        self._stage, self.app, self.ui_thread = stage, stage.app, stage.ui_thread
        self._files = Worker("files", self.ui_thread.post)
        self.records = Records(opened.engine, self.ui_thread.post, beside=opened.beside)
        self.desktop = Desktop(stage.tokens, on_top_while_ringing=settings.desk.on_top_while_ringing, main=stage.main)
        file = TraceFile(profile.trace_file, self._files)
        trace = Trace(file.write_line, mask_numbers=settings.trace.mask_numbers, forget_caller=file.forget_caller)
        lines = lines_of(settings)
        self._customers = CustomerNumbers(self.records.owned_among, lines)
        place = place_of(settings, lines, trace, self.ui_thread.later, memory_of(profile))
        self.desk = Desk(self.records, self.desktop, place)
        self._journal = Journal(opened.drafts, self.desk.drafts, self.ui_thread.post)
        self.desk.drafts.keep_in(self._journal)
        self._sources = build_sources(settings, credentials, wire_tap(profile, settings, self._files), self._customers)
        self.listener = Listener(self._sources, self._report)
        self._backup = daily_backup(profile, settings, Worker("backup", self.ui_thread.post), self.desk.board)
        self._ring_me, self._told = (
            RingMe(self._place_test_call, self.ui_thread.post),
            ToldByCommand(
                self.desk.hear, place.seat, self.ui_thread.later, ALONE_AFTER_MS if self._sources else LIMIT_MS
            ),
        )
        self.on_painted = [self._ring_me.painted]
        self.on_listening: Callable[[TakesTestCalls], object] = lambda _source: None
        self.desktop.use(self.desk, self.records, self.on_painted, file.tell_why)
        if lines.have_sounds:
            self.desktop.heard.use_sounds(lines.sound_of, ring_sound())
        self.desktop.keep_places(stage.places or WindowPlaces(profile.windows_file))
        self.desktop.set_hotkeys(*hotkeys_of(settings))
        records = supervision_place(profile, settings, credentials, place.seat)
        self._supervision = Supervision.over(engine_of(profile, settings, credentials), records, self.ui_thread.post)
        self.desktop.add_supervision(self._supervision)
        self._first_day = FirstDay(profile, settings, credentials, self.ui_thread.post, self.desk.board)
        self._add_beside(settings, place)
        self._instance = SingleInstance(socket_name(str(profile.data)), self.on_request)
        self.records.close_left_open(utc_now() - LONGEST_RING, self.desk.board.records_failed)
        self.desk.restore(opened.drafts.all(place.operator))
        self.desk.board.set(fell_at=next((one.at for one in opened.crashes.new()), None))

    def _add_beside(self, settings: Settings, place: Place) -> None:
        """What an operator has besides the card."""
        self._first_day.tell(self._secret_changed, lambda: start_again_when_quiet(self.desk))
        self.desktop.add(lambda main: show_first_day(self._first_day, main))
        self.desktop.add_actions(Actions(settings.actions, self.ui_thread.post))
        telephone = telephone_of(settings, self._sources, self.listener.submit, self.ui_thread.post)
        self._dialling = Dialling(self.desk, self.records, place, telephone)
        self.desktop.add_dialling(self._dialling, Controls(place, telephone))
        self.desktop.add_headset(talking_of(self._profile, self._sources, self.listener.submit, self.ui_thread.post))
        self.desktop.add_templates(TemplateBook(settings.templates, place.seat))
        watch_versions(self._profile, settings, self.desk, self.ui_thread.later, self.ui_thread.post)

    def add_settings(self, said: Sequence[str]) -> None:
        """The page of all that the user's file can say; `said` is TABLE.KEY=VALUE of the command line."""
        path, board = self._profile.settings_file, self.desk.board
        trying = Trying(self._profile, self._credentials, self.ui_thread.post, lambda: board.status)
        running = RunningProgram(lambda: board.status, self._secret_changed, self._ring_me.ask, self._settle)
        place = SettingsPlace(path, partial(all_layers, path, said), trying, running)
        self._settings = SettingsView(self.desktop, self.desk, place)

    def run(self, *, is_main_shown: bool = True) -> int:
        """Listen and draw until the operator quits."""
        self.desktop.language.due.connect(self._spoken)
        self.app.open_links(lambda link: self.on_request({"do": "dial", "number": link}, lambda _told: None))
        self.desktop.tray.show()
        self.desktop.main.reveal()
        if is_main_shown:
            self.desktop.main.show()
        self.records.warm_up(self._open_for_calls)
        status = self._stage.play()
        self._close()
        return status

    def _spoken(self, chosen: str) -> None:
        """New windows: paid for before the next call, and none of it looked through at a ring."""
        self._language.choose(chosen)
        self._settle()

    def _settle(self) -> None:
        self.desktop.rehearse(self._sample)
        settle_memory()

    def _open_for_calls(self, sample: Pop) -> None:
        self._sample = sample
        self.desktop.rehearse(sample)
        settle_memory()
        self.listener.start()
        self.desk.quiet.begin()
        if self._backup is not None:
            self._backup.begin(self.ui_thread.later, Clock())

    def on_request(self, request: Request, reply: Reply) -> None:
        """What another start of the program, or a script, asks of this one."""
        match request.get("do"):
            case "pop":
                self._told.pop(request, utc_now())
                reply({})
            case "show":
                self.desktop.take_me_to_call()
                reply({})
            case "dial":
                reply(ask_to_dial(self._dialling, request))
                self.desktop.be_asked()
            case "ring-me":
                self._ring_me.ask(reply)
            case "status":
                reply(status_answer(self.desk.board.status))
            case "secret-changed":
                self._secret_changed(request.get("source"))
                reply({})
            case _:
                reply({"error": "unknown_request"})

    def _secret_changed(self, name: object) -> None:
        for source in self._sources:
            if isinstance(source, NeedsSecret) and source.name == name:
                self.listener.submit(source.secret_changed())

    def _report(self, event: CallEvent) -> None:
        """Called on the cti thread with every fact."""
        self.ui_thread.post(self._hear, event)

    def _hear(self, event: CallEvent) -> None:
        before = self._listening()
        self.desk.hear(event)
        self._dialling.heard(event)
        for source in self._sources:
            if isinstance(source, TakesTestCalls) and source.name in self._listening() - before:
                self.on_listening(source)

    def _listening(self) -> set[str]:
        return {one.name for one in self.desk.board.status.sources if one.state == "listening"}

    def _place_test_call(self, name: str) -> "Future[str] | None":
        for source in self._sources:
            is_meant = not name or source.name == name
            if is_meant and isinstance(source, TakesTestCalls) and source.bound_address is not None:
                return self.listener.submit(source.ring_me(RING_ME_NUMBER, _("Test call")))
        return None

    def _close(self) -> None:
        """Leave the telephone system, write what is queued, end the threads."""
        self.desktop.pop.note.commit()
        self._instance.close()
        if self._backup is not None:
            self._backup.stop()
        self.listener.stop()
        self._first_day.stop()
        self._journal.close()
        self._customers.stop()
        self._supervision.stop()
        self.records.stop()
        self._files.stop()
        self._lock.unlock()
