"""What a release says of itself: version, files, notes, which records it can open, and until when it is to be believed.

`packaging/sign_manifest.py` writes it.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.updates.refusal import Refused, Why

FORMAT = 1
_VERSION = re.compile(r"(\d{1,5})\.(\d{1,5})(?:\.(\d{1,5}))?(?:b(\d{1,5}))?")
_SCHEMA = re.compile(r"\d{4}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """One to install from. `system`: windows, linux or macos; `size` in bytes."""

    system: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`oldest_schema` to `newest_schema`: the records that this version can open, and brings to the newest.

    `notes`: what is new, by language.
    """

    channel: str
    version: str
    issued: datetime
    expires: datetime
    oldest_schema: str
    newest_schema: str
    files: tuple[ReleaseFile, ...]
    notes: dict[str, str]


def order(version: str) -> tuple[int, ...]:
    """For comparing: 1.10 comes after 1.9, and 1.2b1 before 1.2. Raises ValueError for what is no version."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise ValueError(version)
    major, minor, patch, beta = found.groups()
    return int(major), int(minor), int(patch or 0), int(beta) if beta else 100_000


def manifest_of(data: bytes) -> Manifest:
    """Read strictly: whoever signs writes it by program. Raises Refused."""
    try:
        told = json.loads(data)
        return _made(told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(Why.MALFORMED, f"{type(error).__name__}: {error}"[:200]) from error


def _made(told: dict[str, Any]) -> Manifest:
    if (told["product"], told["format"]) != ("omote", FORMAT):
        raise ValueError(f"product {told['product']!r}, format {told['format']!r}")
    order(told["version"])
    schema = told["schema"]
    return Manifest(
        channel=_text(told["channel"]), version=told["version"], issued=_instant(told["issued"]),
        expires=_instant(told["expires"]), oldest_schema=_like(_SCHEMA, schema["oldest"]),
        newest_schema=_like(_SCHEMA, schema["newest"]), files=tuple(_file(one) for one in told["files"]),
        notes={_text(name): _text(notes) for name, notes in told["notes"].items()},
    )  # fmt: skip


def _file(one: dict[str, Any]) -> ReleaseFile:
    if type(one["size"]) is not int or one["size"] < 0:
        raise ValueError(f"size {one['size']!r}")
    return ReleaseFile(_text(one["system"]), _text(one["name"]), one["size"], _like(_SHA256, one["sha256"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _like(form: re.Pattern[str], value: object) -> str:
    if form.fullmatch(_text(value)) is None:
        raise ValueError(f"{value!r}")
    return str(value)


def _instant(value: object) -> datetime:
    at = datetime.fromisoformat(_text(value))
    if at.tzinfo is None:
        raise ValueError(f"{value!r} has no zone")
    return at
