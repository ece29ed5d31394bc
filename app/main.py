"""Where `omote` begins: reads the words it was started with and hands on to what does them.

Light to import, like all that it imports before it knows the command: the first window waits for it.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.asking import STATUS_WITHIN_MS
from app.cli import asked_language, parser
from app.errors import UserError
from app.logs import log_uncaught
from app.paths import Profile, profile_at, user_profile
from app.process_start import begin_process
from app.start import ask_running as _ask_running
from app.start import demo, start
from app.terminal import complain
from app.words import use_language

if TYPE_CHECKING:
    from app.settings_layers import Layers

STARTS = {"start", "show", "pop", "dial", "ring-me"}


def run() -> None:
    """Entry point of `omote`."""
    log_uncaught()
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """0 done; 1 it could not be done, with one line on stderr; 2 wrong usage (argparse)."""
    begin_process()
    use_language(asked_language(argv))
    args = parser().parse_args(argv)
    try:
        return _run(args)
    except UserError as error:
        complain(error)
        return 1
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:  # whoever read our lines has enough; Python must not try to write the rest
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(args: argparse.Namespace) -> int:
    if args.command == "self-check":
        return _self_check(args)
    use_language(args.language or "")  # for what is wrong with the settings
    if args.command == "demo":
        return demo(args)
    profile = profile_at(args.profile) if args.profile else user_profile()
    if args.command in STARTS:
        return start(args, profile)
    if args.command == "diagnose":
        return _diagnose(args, profile)
    if args.command in {"config", "provision"}:
        return _settings(args, profile)
    return _quiet(args, profile)


def _quiet(args: argparse.Namespace, profile: Profile) -> int:
    """What needs the settings and no window."""
    from app.commands import COMMANDS  # noqa: PLC0415 -- not for who starts the program
    from app.language_choice import language_choice  # noqa: PLC0415
    from app.roles import require, role_of  # noqa: PLC0415
    from app.settings_layers import all_layers, loaded  # noqa: PLC0415

    settings = loaded(all_layers(profile.settings_file, args.settings)).settings
    use_language(args.language or language_choice(profile).language or settings.desk.language)
    require(args.command, role_of(settings))
    status = COMMANDS[args.command](args, profile, settings)
    if args.command == "secret" and args.action in {"set", "new"}:
        _ask_running(profile, {"do": "secret-changed", "source": args.source})
    return status


def _settings(args: argparse.Namespace, profile: Profile) -> int:
    """Also where they are wrong."""
    if args.command == "provision":
        from app.provisioning.command import provision  # noqa: PLC0415 -- not for every start

        return provision(args, profile)
    from app.config_command import config  # noqa: PLC0415

    return config(args, profile)


def _self_check(args: argparse.Namespace) -> int:
    from app.self_check import self_check  # noqa: PLC0415 -- not for every start
    from ui.self_check import WINDOW_PARTS  # noqa: PLC0415

    return self_check(WINDOW_PARTS, as_json=args.json)


def _diagnose(args: argparse.Namespace, profile: Profile) -> int:
    """Even where nothing can be started: settings that can't be read are a finding too."""
    from app.diagnosis.command import diagnose  # noqa: PLC0415 -- not for every start
    from app.requests import status_of  # noqa: PLC0415
    from app.settings_layers import all_layers, loaded  # noqa: PLC0415

    def load() -> "Layers":
        layers = loaded(all_layers(profile.settings_file, args.settings))
        use_language(args.language or layers.settings.desk.language)
        return layers

    return diagnose(args, profile, load, lambda: status_of(_ask_running(profile, {"do": "status"}, STATUS_WITHIN_MS)))
