"""Composes the program: the only module that knows everything. Nothing else builds anything."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import timedelta

from app import commands
from app.action_runner import Actions
from app.cli import asked_language, parser
from app.clock import Clock, utc_now
from app.compose import (
    MENDED_HERE,
    beside_records,
    build_sources,
    daily_backup,
    engine_of,
    hotkeys_of,
    language_choice,
    lines_of,
    make_folder,
    memory_of,
    open_drafts,
    open_records,
    place_of,
    role_of,
    settle_memory,
    supervision_place,
    talking_of,
    telephone_of,
    wire_tap,
)
from app.config_command import config
from app.controls import Controls
from app.crash_reports import report_crashes
from app.credentials import Credentials
from app.customer_numbers import CustomerNumbers
from app.db_worker import Worker
from app.desk import Desk
from app.dialling import Dialling
from app.errors import UserError
from app.journal import Journal
from app.logs import log_uncaught, start_log
from app.missing_secrets import MissingSecrets
from app.paths import Profile, profile_at, user_profile
from app.phone_number import warm_up
from app.place import Place
from app.pop import Pop, PopState
from app.records import Records
from app.requests import (
    ALONE_AFTER_MS,
    ANSWER_WITHIN_MS,
    RING_ME_NUMBER,
    STATUS_WITHIN_MS,
    Reply,
    Request,
    RingMe,
    ask_to_dial,
    request_of,
    status_answer,
    status_of,
    tell,
)
from app.roles import require
from app.settings import Settings
from app.settings_layers import Layers, all_layers, loaded
from app.supervision import Supervision
from app.templates import TemplateBook
from app.told_by_command import ToldByCommand
from app.trace import Trace
from app.trace_file import TraceFile
from app.who_is_it import LIMIT_MS
from app.window_places import WindowPlaces
from app.words import _, language, use_language
from cti.events import CallEvent
from cti.listener import Listener
from cti.source import NeedsSecret, TakesTestCalls

log = logging.getLogger(__name__)
LONGEST_RING = timedelta(minutes=10)


def run() -> None:
    """Entry point of `omote`."""
    log_uncaught()
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """0 done; 1 it could not be done, with one line on stderr; 2 wrong usage (argparse)."""
    use_language(asked_language(argv))
    os.umask(0o077)  # whatever we write has customers in it
    args = parser().parse_args(argv)
    try:
        return _run(args)
    except UserError as error:
        print(f"omote: {error}" + (f" ({error.option})" if error.option else ""), file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:  # whoever read our lines has enough; Python must not try to write the rest
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(args: argparse.Namespace) -> int:
    if args.command == "self-check":
        return _self_check(args)
    if args.command == "demo":
        use_language(args.language or "")
        return _demo(args)
    profile = profile_at(args.profile) if args.profile else user_profile()
    if args.command == "diagnose":
        return _diagnose(args, profile)
    use_language(args.language or "")  # for what is wrong with the settings
    if args.command == "config":
        return config(args, profile)
    settings = loaded(all_layers(profile.settings_file, args.settings)).settings
    use_language(args.language or language_choice(profile).language or settings.desk.language)
    quiet = {
        "listen": commands.listen,
        "secret": commands.secret,
        "replay": commands.replay,
        "db": commands.records,
        "import": commands.import_rows,
        "export": commands.export_rows,
        "duplicates": commands.duplicates,
        "audit": commands.audit,
        "person": commands.person,
        "retention": commands.retention,
        "update": commands.update,
    }
    require(args.command, role_of(settings))
    if args.command in quiet:
        status = quiet[args.command](args, profile, settings)
        if args.command == "secret" and args.action in {"set", "new"}:
            _ask_running(profile, {"do": "secret-changed", "source": args.source})
        return status
    return _with_window(args, profile, settings)


def _self_check(args: argparse.Namespace) -> int:
    from app.self_check import self_check  # noqa: PLC0415 -- not for every start
    from ui.self_check import WINDOW_PARTS  # noqa: PLC0415

    return self_check(WINDOW_PARTS, as_json=args.json)


def _diagnose(args: argparse.Namespace, profile: Profile) -> int:
    """Even where nothing can be started: settings that can't be read are a finding too."""
    from app.diagnosis.command import diagnose  # noqa: PLC0415 -- not for every start

    use_language(args.language or "")

    def load() -> Layers:
        layers = loaded(all_layers(profile.settings_file, args.settings))
        use_language(args.language or layers.settings.desk.language)
        return layers

    return diagnose(args, profile, load, lambda: status_of(_ask_running(profile, {"do": "status"}, STATUS_WITHIN_MS)))


def _ask_running(profile: Profile, request: Request, within_ms: int = ANSWER_WITHIN_MS) -> Request | None:
    """The answer of the program that runs with this profile in this session; None if there is none."""
    from ui.single_instance import ask_for  # noqa: PLC0415 -- Qt only where it is needed

    return ask_for(profile.data, request, within_ms)


def _with_window(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """`omote`, `pop`, `show`: asks the running program, or becomes it. `ring-me` only asks."""
    request = request_of(args)
    answer = _ask_running(profile, request)
    if answer is not None:
        return tell(args, answer)
    if args.command == "ring-me":
        raise UserError(_("Omote is not running."), _("Start it first: omote"))
    if args.command == "pop" and args.what != "rings":
        return 0  # it knows of no such call
    _need_display(is_offscreen=args.offscreen)
    program = Program(profile, settings, Credentials())
    if args.command in ("pop", "dial"):
        program.on_request(request, lambda _answer: None)
    return program.run()


def _demo(args: argparse.Namespace) -> int:
    from app import demo  # noqa: PLC0415 -- the sample records are not for every start
    from ui.application import has_display, is_offscreen  # noqa: PLC0415

    profile = demo.demo_profile(args.profile)
    if (answer := _ask_running(profile, {"do": "show"})) is not None:
        commands.say(_("The demo is running already: its window has been brought to the front."))
        return tell(args, answer)
    is_headless = args.offscreen or is_offscreen(os.environ) or not has_display(os.environ)
    if is_headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        commands.say(_("No display here: running off-screen and writing a picture."))
    settings = demo.demo_settings(args.theme)
    demo.prepare(profile, settings)
    program = Program(profile, settings, Credentials())
    guide = demo.Guide(args, is_headless=is_headless, post=program.ui_thread.post)
    guide.use(program.desktop.save_picture, program.app.exit)
    program.on_painted.append(guide.painted)
    program.on_listening = lambda source: guide.place_calls(program.listener, source)
    if guide.ends_after is not None:
        program.ui_thread.later(int(guide.ends_after * 1000), program.app.exit)
    program.run(is_main_shown=not is_headless)
    return guide.result()


def _need_display(*, is_offscreen: bool) -> None:
    from ui.application import has_display  # noqa: PLC0415

    if is_offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not has_display(os.environ):
        raise UserError(
            _("There is no display to show windows on."),
            _("Start Omote inside a desktop session; without one use: omote listen"),
        )


class Program:
    """The running program: builds the four layers and connects them.

    `on_listening(source)` is called, in the Qt thread, when a source that takes test calls has its port; `on_painted`
    hold what is called with a Call whose name has reached the screen.
    """

    def __init__(self, profile: Profile, settings: Settings, credentials: Credentials) -> None:
        from ui.application import make_application  # noqa: PLC0415
        from ui.desktop import Desktop  # noqa: PLC0415
        from ui.ring_sound import RingSound, system_player  # noqa: PLC0415
        from ui.single_instance import SingleInstance, socket_name, take_lock  # noqa: PLC0415
        from ui.ui_thread import UiThread  # noqa: PLC0415

        self._profile, self._language, self._sample = profile, language_choice(profile), Pop(PopState.NOBODY)
        start_log(profile.log_file)
        crashes = report_crashes(profile.crash_folder)
        make_folder(profile.data)
        name = socket_name(str(profile.data))
        self._lock = take_lock(profile.data, name)
        if self._lock is None:
            raise UserError(_("Omote is being started already."), _("Wait a moment, then look for its window."))
        make_folder(profile.trace_file.parent)
        engine, drafts = open_records(profile, settings, credentials, waits_for=MENDED_HERE), open_drafts(profile)
        self.app, tokens = make_application(settings.desk.theme, language())
        self.ui_thread = UiThread()
        self._files = Worker("files", self.ui_thread.post)
        self.records = Records(engine, self.ui_thread.post, beside=beside_records(profile, settings, credentials))
        self.desktop = Desktop(tokens, on_top_while_ringing=settings.desk.on_top_while_ringing)
        file = TraceFile(profile.trace_file, self._files)
        trace = Trace(file.write_line, mask_numbers=settings.trace.mask_numbers, forget_caller=file.forget_caller)
        lines = lines_of(settings)
        self._customers = CustomerNumbers(self.records.owned_among, lines)
        place = place_of(settings, lines, trace, self.ui_thread.later, memory_of(profile))
        self.desk = Desk(self.records, self.desktop, place)
        self._journal = Journal(drafts, self.desk.drafts, self.ui_thread.post)
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
            self.desktop.use_sounds(lines.sound_of, RingSound(system_player()))
        self.desktop.keep_places(WindowPlaces(profile.windows_file))
        self.desktop.set_hotkeys(*hotkeys_of(settings))
        records = supervision_place(profile, settings, credentials, place.seat)
        self._supervision = Supervision.over(engine_of(profile, settings, credentials), records, self.ui_thread.post)
        self.desktop.add_supervision(self._supervision)
        self._secrets = MissingSecrets(credentials, self.ui_thread.post, self.desk.board)
        self._secrets.changed = self._secret_changed
        self.desktop.add(lambda main: main.secret.take_to(self._secrets))
        self._add_beside(settings, place)
        self._instance = SingleInstance(name, self.on_request)
        self.records.close_left_open(utc_now() - LONGEST_RING, self.desk.board.records_failed)
        self.desk.restore(drafts.all(place.operator))
        self.desk.board.set(fell_at=next((one.at for one in crashes.new()), None))

    def _add_beside(self, settings: Settings, place: Place) -> None:
        """What an operator has besides the card."""
        self.desktop.add_actions(Actions(settings.actions, self.ui_thread.post))
        telephone = telephone_of(settings, self._sources, self.listener.submit, self.ui_thread.post)
        self._dialling = Dialling(self.desk, self.records, place, telephone)
        self.desktop.add_dialling(self._dialling, Controls(place, telephone))
        self.desktop.add_headset(talking_of(self._profile, self._sources, self.listener.submit, self.ui_thread.post))
        self.desktop.add_templates(TemplateBook(settings.templates, place.seat))

    def run(self, *, is_main_shown: bool = True) -> int:
        """Listen and draw until the operator quits."""
        from ui.application import let_signals_in  # noqa: PLC0415

        warm_up()
        self.desktop.language.due.connect(self._spoken)
        self.app.open_links(lambda link: self.on_request({"do": "dial", "number": link}, lambda _told: None))
        self.desktop.tray.show()
        if is_main_shown:
            self.desktop.main.show()
        self.records.warm_up(self._open_for_calls)
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda _number, _frame: self.app.exit())
        let_signals_in(self.app)
        status = int(self.app.exec())
        self._close()
        return status

    def _spoken(self, chosen: str) -> None:
        """New windows: paid for before the next call, and none of it looked through at a ring."""
        self._language.choose(chosen)
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

    def _place_test_call(self) -> "Future[str] | None":
        for source in self._sources:
            if isinstance(source, TakesTestCalls) and source.bound_address is not None:
                return self.listener.submit(source.ring_me(RING_ME_NUMBER, _("Test call")))
        return None

    def _close(self) -> None:
        """Leave the telephone system, write what is queued, end the threads."""
        self.desktop.pop.note.commit()
        self._instance.close()
        if self._backup is not None:
            self._backup.stop()
        self.listener.stop()
        self._journal.close()
        self._customers.stop()
        self._supervision.stop()
        self.records.stop()
        self._files.stop()
