"""`omote diagnose --bundle FILE`: what support needs to see, without personal data and without secrets.

In it: the findings, the settings with who said each, versions, the log, in which numbers are masked, and what was left
behind where the program met a fault of its own. Not in it: records, drafts, traces, and what names a person in the
settings.
"""

import json
import platform
import sys
import zipfile
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from app import __version__
from app.crash_reports import text_of
from app.errors import UserError
from app.file_errors import file_words
from app.words import _

_OF_PEOPLE = frozenset({("desk", "operator"), ("source", "users"), ("template", "text")})
_LEFT_OUT = "…"


def write_bundle(
    target: Path, checks: Sequence[dict[str, str]], settings: Sequence[dict[str, Any]], kept: Sequence[Path]
) -> list[str]:
    """The names of what is in it; `kept` are logs and crash reports. Raises UserError for a file that is there already
    or can't be written.
    """
    parts = {
        "findings.json": _as_text(list(checks)),
        "settings.json": _as_text([_without_people(row) for row in settings]),
        "versions.json": _as_text(_versions()),
    }
    try:
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as bundle:
            for name, text in parts.items():
                bundle.writestr(name, text)
            for one in kept:
                bundle.writestr(f"{one.parent.name}/{one.name}", text_of(one))
            return bundle.namelist()
    except FileExistsError as error:
        raise UserError(
            _("{path} is there already.").format(path=target), _("Choose another name, or remove it.")
        ) from error
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {error}.").format(path=target, error=file_words(error)),
            _("Choose another place."),
        ) from error


def _without_people(row: dict[str, Any]) -> dict[str, Any]:
    if (row["table"], row["key"]) in _OF_PEOPLE and row["value"]:
        return row | {"value": _LEFT_OUT}
    return row


def _versions() -> dict[str, Any]:
    packages = {one.metadata["Name"]: one.version for one in distributions()}
    return {
        "omote": __version__,
        "python": sys.version,
        "system": platform.platform(),
        "packages": dict(sorted(packages.items())),
    }


def _as_text(value: object) -> str:
    """Paths without the login that a home folder is named after."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace(json.dumps(str(Path.home()))[1:-1], "~")
