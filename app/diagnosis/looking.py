"""Looks at this PC for `omote diagnose`. Nothing is changed: no file is made, no database is brought up to date."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from app.compose import engine_of
from app.credentials import SERVICE, Credentials
from app.diagnosis import firewall
from app.diagnosis.machine import Folder, Machine, Records
from app.errors import UserError
from app.keyring_patience import Keyring, KeyringFailed, PatientKeyring, SecretStore
from app.paths import Profile
from app.settings import Settings
from app.words import language
from cti.ncid.settings import NcidSettings
from cti.source import SourceSettings
from db.engine import FILE_NAME
from db.errors import DatabaseUnavailable
from db.glimpse import glimpse_of
from db.pace import Pace

_NOBODY = "omote-diagnose"
_INPUT_METHODS = ("fcitx", "ibus", "uim", "scim", "kime")


def look_at_machine(
    profile: Profile,
    settings: Settings,
    now: Callable[[], datetime],
    store: Callable[[], SecretStore],
    environ: Mapping[str, str],
) -> Machine:
    """All that there is to see here."""
    doors = firewall.doors_of(settings.sources)
    return Machine(
        records=look_at_records(profile, settings, now),
        keyring=_keyring(store),
        needs_keyring=_needs_keyring(settings),
        folders=tuple(_folder(one) for one in sorted({profile.config, profile.data, profile.state}) if one.exists()),
        free=_free(profile.data),
        has_japanese_font=_has_japanese_font(),
        input_method=_input_method(environ),
        doors=doors,
        firewall=firewall.look(doors),
    )


def look_at_records(
    profile: Profile, settings: Settings, now: Callable[[], datetime], credentials: Credentials | None = None
) -> Records | None:
    """None where the settings themselves are wrong: that is told by another check."""
    file = profile.database_folder / FILE_NAME
    place = settings.database.url if settings.database.is_server else str(file)
    if not settings.database.is_server and not file.exists():
        return Records(place)
    try:
        engine = engine_of(profile, settings, credentials, Pace.DESK)
    except UserError:
        return None
    except DatabaseUnavailable as error:
        return Records(place, trouble=error.reason, detail=error.detail)
    try:
        told = glimpse_of(engine)
    except DatabaseUnavailable as error:
        return Records(place, trouble=error.reason, detail=error.detail)
    finally:
        engine.dispose()
    return Records(place, told, skew=now() - told.now if told.now else timedelta(0))


def _keyring(store: Callable[[], SecretStore]) -> Keyring:
    """On a thread that may be left behind, as a locked keyring may never answer."""
    try:
        PatientKeyring(store).ask(lambda one: one.get_password(SERVICE, _NOBODY))
    except KeyringFailed as error:
        return error.state
    return Keyring.WORKS


def _needs_keyring(settings: Settings) -> bool:
    """Whether any password is looked for there and nowhere else."""
    sources = [one for one in settings.sources if has_password(one) and not getattr(one, "password_file", "")]
    return bool(sources) or (settings.database.is_server and not settings.database.password_file)


def has_password(source: SourceSettings) -> bool:
    """A trunk and a caller-ID box need none."""
    return not isinstance(source, NcidSettings) and getattr(source, "register", True)


def _folder(path: Path) -> Folder:
    return Folder(path, os.access(path, os.W_OK), sys.platform != "win32" and _can_others_read(path))


def _can_others_read(path: Path) -> bool:
    """Whether group or others may, and no folder above keeps them out."""
    way = [one.stat().st_mode for one in (path, *path.resolve().parents)]
    group, others = (stat.S_IRGRP, stat.S_IXGRP), (stat.S_IROTH, stat.S_IXOTH)
    return any(way[0] & read and all(one & search for one in way) for read, search in (group, others))


def _free(path: Path) -> int | None:
    there = next((one for one in (path, *path.parents) if one.exists()), None)
    return shutil.disk_usage(there).free if there else None


def _has_japanese_font() -> bool | None:
    """Windows and macOS bring theirs; None also where nobody can be asked."""
    asked = shutil.which("fc-list") if sys.platform not in ("win32", "darwin") else None
    if asked is None:
        return None
    told = subprocess.run([asked, ":lang=ja", "family"], capture_output=True, timeout=20, check=False)  # noqa: S603
    return bool(told.stdout.strip())


def _input_method(environ: Mapping[str, str]) -> str | None:
    """What a desktop session of Linux says; "" for none where Japanese is written. Other systems bring theirs."""
    if sys.platform in ("win32", "darwin") or not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return None
    said = " ".join(environ.get(name, "") for name in ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS", "GTK_IM_MODULE"))
    found = next((one for one in _INPUT_METHODS if one in said), "")
    return found or ("" if language() == "ja" else None)
