"""`omote`, `show`, `pop`, `dial`: asks the running program or becomes it. `ring-me` and what else only asks.

The window comes first, then what it needs: until it is painted nothing is imported that it can do without.
"""

import argparse
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from app.asking import ANSWER_WITHIN_MS, Request, request_of, tell
from app.display import has_display, is_offscreen
from app.errors import UserError
from app.first_look import FirstLook, first_look
from app.paths import Profile, demo_profile, make_folder
from app.start_again import ended
from app.terminal import complain, say
from app.words import _, language, use_language

if TYPE_CHECKING:
    from app.credentials import Credentials
    from app.opening import Opened, Tell
    from app.program import Program
    from app.settings import Settings
    from ui.program_lock import ProgramLock
    from ui.stage import Stage

_BEGINS_WITHIN = 10.0  # seconds; who asks a program that is being started waits so long for it
_ASKED_AGAIN = 0.1


class Loaded(NamedTuple):
    """What a program is made of."""

    settings: "Settings"
    credentials: "Credentials"
    opened: "Opened"


def ask_running(profile: Profile, request: Request, within_ms: int = ANSWER_WITHIN_MS) -> Request | None:
    """The answer of the program that runs with this profile in this session; None if there is none."""
    from ui.single_instance import ask_for  # noqa: PLC0415 -- Qt only where it is needed

    return ask_for(profile.data, request, within_ms)


def start(args: argparse.Namespace, profile: Profile) -> int:
    """The exit status, once it has ended. Raises UserError."""
    request = request_of(args)
    if args.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    only_asks = args.command == "ring-me" or (args.command == "pop" and args.what != "rings")
    if only_asks or not has_display(os.environ):
        answer = ask_running(profile, request)
        return tell(args, answer) if answer is not None else _unanswered(args)
    found = _lock_or_answer(profile, request)
    if isinstance(found, dict):
        return tell(args, found)

    def use(program: "Program") -> None:
        program.add_settings(args.settings)
        if args.command in ("pop", "dial"):
            program.on_request(request, lambda _answer: None)

    look = first_look(profile, args.settings)
    stage = _stage(profile, look._replace(language=args.language or look.language), is_shown=True)
    return ended(_play(profile, found, stage, lambda say: _load(args, profile, say), use), args)


def demo(args: argparse.Namespace) -> int:
    """As `start`, with records and a phone of its own."""
    profile = demo_profile(args.profile)
    found = _lock_or_answer(profile, {"do": "show"})
    if isinstance(found, dict):
        say(_("The demo is running already: its window has been brought to the front."))
        return tell(args, found)
    is_headless = args.offscreen or is_offscreen(os.environ) or not has_display(os.environ)
    if is_headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        say(_("No display here: running off-screen and writing a picture."))
    stage = _stage(profile, FirstLook(args.language or "", args.theme), is_shown=not is_headless)
    return _play_demo(args, profile, found, stage)


def _unanswered(args: argparse.Namespace) -> int:
    if args.command == "ring-me":
        raise UserError(_("Omote is not running."), _("Start it first: omote"))
    if args.command == "pop" and args.what != "rings":
        return 0  # it knows of no such call
    raise UserError(
        _("There is no display to show windows on."),
        _("Start Omote inside a desktop session; without one use: omote listen"),
    )


def _lock_or_answer(profile: Profile, request: Request) -> "ProgramLock | Request":
    """The right to be the program, or what the one that runs answers. Raises UserError if it neither goes nor comes."""
    from ui.program_lock import socket_name, take_lock  # noqa: PLC0415 -- Qt only where it is needed

    make_folder(profile.data)
    name, until = socket_name(str(profile.data)), time.monotonic() + _BEGINS_WITHIN
    while time.monotonic() < until:
        if (lock := take_lock(profile.data, name)) is not None:
            return lock
        if (answer := ask_running(profile, request)) is not None:
            return answer
        time.sleep(_ASKED_AGAIN)
    raise UserError(_("Omote is being started already."), _("Wait a moment, then look for its window."))


def _stage(profile: Profile, look: FirstLook, *, is_shown: bool) -> "Stage":
    """The first window, in the language and the colours of all that follow."""
    from ui.stage import Stage  # noqa: PLC0415 -- Qt only where it is needed

    use_language(look.language)
    stage = Stage(look.theme, language())
    if is_shown:
        stage.show(profile.windows_file)
    return stage


def _load(args: argparse.Namespace, profile: Profile, say: "Tell") -> Loaded:
    """In a thread, while the window stands."""
    from app.settings_layers import all_layers, loaded  # noqa: PLC0415 -- after the window

    settings = loaded(all_layers(profile.settings_file, args.settings)).settings
    import app.program  # noqa: F401, PLC0415 -- after the window: half a second
    from app.credentials import Credentials  # noqa: PLC0415
    from app.opening import open_everything  # noqa: PLC0415

    credentials = Credentials()
    return Loaded(settings, credentials, open_everything(profile, settings, credentials, say))


def _play(
    profile: Profile,
    lock: "ProgramLock",
    stage: "Stage",
    load: "Callable[[Tell], Loaded]",
    use: "Callable[[Program], object]",
) -> int:
    """Load, build, run. What goes wrong before there is a program is said in its window too."""
    try:
        loaded = stage.wait_for(load)
        from app.program import Begun, Program  # noqa: PLC0415 -- has just been loaded

        program = Program(profile, loaded.settings, loaded.credentials, Begun(stage, lock, loaded.opened))
    except UserError as error:
        complain(error)
        stage.fail(str(error))
        return 1
    use(program)
    return program.run(is_main_shown=False)


def _play_demo(args: argparse.Namespace, profile: Profile, lock: "ProgramLock", stage: "Stage") -> int:
    is_headless = is_offscreen(os.environ)
    guides = []

    def load(say: "Tell") -> Loaded:
        import app.program  # noqa: F401, PLC0415 -- after the window
        from app import demo  # noqa: PLC0415
        from app.credentials import Credentials  # noqa: PLC0415
        from app.opening import open_everything  # noqa: PLC0415

        settings, credentials = demo.demo_settings(args.theme), Credentials()
        say(_("Making the sample records…"))
        demo.prepare(profile, settings)
        return Loaded(settings, credentials, open_everything(profile, settings, credentials, say))

    def use(program: "Program") -> None:
        from app.demo import Guide  # noqa: PLC0415

        guide = Guide(args, is_headless=is_headless, post=program.ui_thread.post)
        guide.use(program.desktop.save_picture, program.app.exit)
        program.on_painted.append(guide.painted)
        program.on_listening = lambda source: guide.place_calls(program.listener, source)
        if guide.ends_after is not None:
            program.ui_thread.later(int(guide.ends_after * 1000), program.app.exit)
        guides.append(guide)

    status = _play(profile, lock, stage, load, use)
    return guides[0].result() if guides else status
