"""`omote diagnose`: looks at everything that a call needs and says what it finds, one line each. It changes nothing."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from app.clock import utc_now
from app.config_command import rows_of
from app.crash_reports import CrashFolder
from app.credentials import Credentials, read_password_file, system_keyring
from app.diagnosis.bundle import write_bundle
from app.diagnosis.finding import Check, Level
from app.diagnosis.known import Known, Login
from app.diagnosis.looking import look_at_machine
from app.diagnosis.machine import check_machine
from app.diagnosis.newer import check_newer
from app.diagnosis.program import Whole, check_whole
from app.diagnosis.source import look_at
from app.errors import UserError
from app.keyring_patience import Keyring, keyring_words
from app.paths import Profile
from app.screen import Status
from app.settings import Settings
from app.settings_layers import Layers
from app.terminal import say
from app.words import _, in_one_line, ngettext
from cti.aside import call_aside
from cti.source import SourceSettings

KEYRING_WITHIN = 5.0  # seconds: longer than any source waits for a keyring, even behind another one


def diagnose(
    args: argparse.Namespace, profile: Profile, load: Callable[[], Layers], running: Callable[[], Status | None]
) -> int:
    """0 if all is well; UserError if not. `load` reads the settings, `running` asks the program that runs."""
    layers, trouble = Layers((), Settings()), None
    try:
        layers = load()
    except UserError as error:
        trouble = error
    settings, status = layers.settings, running()
    has_file = profile.settings_file.exists()
    crashes = CrashFolder(profile.crash_folder).reports()
    whole = Whole(profile.settings_file, has_file, trouble, len(settings.sources), status, tuple(crashes), utc_now())
    checks = check_whole(whole)
    checks += check_machine(look_at_machine(profile, settings, utc_now, system_keyring, os.environ))
    checks += check_newer(profile, settings.updates, utc_now())
    checks += asyncio.run(_look_at_all(settings.sources, Credentials(), status or Status()))
    if args.bundle is not None:
        _bundle(args.bundle, checks, layers, profile)
    _tell(checks, as_json=args.json)
    return 0


def _bundle(target: Path, checks: Sequence[Check], layers: Layers, profile: Profile) -> None:
    findings, rows = [_plain(one) for one in checks], list(rows_of(layers))
    kept = [*sorted(profile.log_file.parent.glob(f"{profile.log_file.name}*"))]
    kept += [one.path for one in CrashFolder(profile.crash_folder).reports()]
    told = write_bundle(target, findings, rows, kept)
    sys.stderr.write(_("{path} holds: {names}.").format(path=target, names=", ".join(told)) + "\n")


async def _look_at_all(sources: Sequence[SourceSettings], credentials: Credentials, status: Status) -> list[Check]:
    found = await asyncio.gather(*(look_at_one(source, credentials, status) for source in sources))
    return list(chain.from_iterable(found))


async def look_at_one(source: SourceSettings, credentials: Credentials, status: Status) -> list[Check]:
    """Everything there is to say about one source, whether or not it runs."""
    login, secret = await _find_secret(source, credentials)
    running = next((one for one in status.sources if one.name == source.name), None)
    return await look_at(source, Known(login, secret, running))


async def _find_secret(source: SourceSettings, credentials: Credentials) -> tuple[Login, str]:
    find = partial(_find, source, credentials)
    try:
        async with asyncio.timeout(KEYRING_WITHIN):
            return await call_aside(find, "secret")
    except UserError as error:
        return Login(trouble=error.what), ""
    except TimeoutError:
        return Login(trouble=keyring_words(Keyring.SILENT)[0]), ""


def _find(source: SourceSettings, credentials: Credentials) -> tuple[Login, str]:
    """As the program finds it, but nobody is asked."""
    if secret := credentials.secret(source.name):
        return Login("keyring"), secret
    if secret := read_password_file(source.password_file):
        return Login(source.password_file), secret
    return Login(trouble="" if credentials.state is Keyring.WORKS else keyring_words(credentials.state)[0]), ""


def _tell(checks: Sequence[Check], *, as_json: bool) -> None:
    if as_json:
        say(json.dumps([_plain(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        for check in checks:
            say(_line(check))
    n = sum(check.finding.level is not Level.OK for check in checks)
    if n:
        raise UserError(
            ngettext("{n} check found something to do.", "{n} checks found something to do.", n).format(n=n),
            _("The lines say what."),
        )


def _plain(check: Check) -> dict[str, str]:
    finding = check.finding
    return {
        "check": check.name, "source": check.source, "level": finding.level, "text": finding.text, "do": finding.todo
    }  # fmt: skip


def _line(check: Check) -> str:
    words = {Level.OK: _("ok"), Level.ATTENTION: _("attention"), Level.FAULT: _("fault")}
    parts = (
        f"{words[check.finding.level]}:",
        check.source and f"{check.source}:",
        check.finding.text,
        check.finding.todo,
    )
    return in_one_line(*(part for part in parts if part))
