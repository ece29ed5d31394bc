"""`omote --self-check`: is this program whole? Uses once whatever is loaded late, and touches nothing of anybody's.

What it finds is of the installation; what a call needs (settings, PBX, passwords) is asked by `omote diagnose`.
"""

import gettext
import json
import os
import pkgutil
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from app.diagnosis.finding import Finding, Level, attention, fault, ok
from app.errors import UserError
from app.phone_number import parse_number
from app.terminal import say
from app.words import FOLDER, LANGUAGES, _, in_one_line
from db import self_check as records

Part = Callable[[], str]
"""Says in bare facts what it found. Raises UserError for what the system lacks, anything else for what we lack."""

LATE = (
    "alembic.autogenerate", "alembic.command", "defusedxml.ElementTree", "dns.asyncresolver", "dpkt", "h11",
    "multipart", "openpyxl", "psycopg_binary", "pyVoIP.RTP", "tomlkit", "vobject",
)  # fmt: skip


def self_check(window_parts: Mapping[str, Part], *, as_json: bool) -> int:
    """One line each; 0 if the program is whole, 1 if not."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory(prefix="omote-") as folder:
        found = {name: _found(part) for name, part in {**_parts(Path(folder)), **window_parts}.items()}
    if as_json:
        told = [{"part": part, "level": one.level, "text": one.text, "do": one.todo} for part, one in found.items()]
        say(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for name, one in found.items():
            say(_line(name, one))
    return int(any(one.level is Level.FAULT for one in found.values()))


def _parts(folder: Path) -> dict[str, Part]:
    return {
        "modules": modules,
        "libraries": libraries,
        "drivers": records.drivers,
        "dialects": records.dialects,
        "migrations": partial(records.migrations, folder),
        "words": words,
        "numbers": numbers,
        "time_zones": time_zones,
        "authorities": authorities,
        "keyring": keyring_backends,
        "process": partial(process, folder),
    }


def _found(part: Part) -> Finding:
    try:
        return ok(part())
    except UserError as error:
        return attention(error.what, error.todo)
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with it, the other parts are looked at too
        return fault(f"{type(error).__name__}: {error}", _("Install Omote again; if that does not help, call IT."))


def _line(name: str, finding: Finding) -> str:
    level = {Level.OK: _("ok"), Level.ATTENTION: _("attention"), Level.FAULT: _("fault")}[finding.level]
    return in_one_line(f"{level}: {name}:", finding.text, finding.todo)


def modules() -> str:
    """Every module of ours that works on this system, also those that a start does not load."""
    names = [one.name for layer in ("app", "cti", "db", "ui") for one in _within(layer)]
    for name in names:
        import_module(name)
    return str(len(names))


def _within(layer: str) -> list[pkgutil.ModuleInfo]:
    found = pkgutil.walk_packages(import_module(layer).__path__, f"{layer}.")
    return [one for one in found if not one.name.endswith(".__main__")]


def libraries() -> str:
    """Other people's modules that a function loads when it is called."""
    for name in LATE:
        import_module(name)
    return ", ".join(LATE)


def words() -> str:
    """The catalogues of all languages but English, which is in the source."""
    for language in (one for one in LANGUAGES if one != "en"):
        if gettext.translation("omote", FOLDER, [language]).gettext("Quit") == "Quit":
            raise RuntimeError(language)
    return ", ".join(LANGUAGES)


def numbers() -> str:
    """A number with its region's metadata."""
    key = parse_number("03-1234-5678").key
    if key != "+81312345678":
        raise RuntimeError(key)
    return key


def time_zones() -> str:
    """The system's, or those that the program brings along."""
    return str(datetime(2026, 11, 22, tzinfo=UTC).astimezone(ZoneInfo("Asia/Tokyo")))


def authorities() -> str:
    """Whom a PBX's or a server's certificate would be checked against."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not context.get_ca_certs() and not (paths.capath and any(Path(paths.capath).iterdir())):
        raise UserError(
            _("The system trusts no certificate authority."), _("Only for TLS; on Debian install: ca-certificates")
        )
    return f"{ssl.OPENSSL_VERSION}, {paths.cafile or paths.capath}"


def keyring_backends() -> str:
    """Those that could be used here; on a system without a desktop there may be none that keeps anything."""
    backend = import_module("keyring.backend")
    names = {f"{type(one).__module__}".removeprefix("keyring.backends.") for one in backend.get_all_keyring()}
    if not names - {"fail", "null", "chainer"}:
        raise UserError(
            _("No keyring answers here."), _("Inside a desktop session there is one; without it use password_file.")
        )
    return ", ".join(sorted(names))


def process(folder: Path) -> str:
    """A file is read by an import's process, started as the program starts all of its own."""
    from app.importing.columns import Surroundings  # noqa: PLC0415 -- not for every start of the command line
    from app.importing.reader import Question, Reader  # noqa: PLC0415

    members = folder / "members.csv"
    members.write_text("会員No,氏名\nK-1,試験 一郎\n", encoding="cp932")
    reader = Reader(folder / "columns.json")
    try:
        look = reader.look(Question(members), Surroundings(date(2026, 11, 22)))
    finally:
        reader.stop()
    if [row[3] for row in look.preview.rows] != ["試験 一郎"]:
        raise RuntimeError(str(look.preview.rows))
    return f"spawn, {look.encoding or 'cp932'}"
