"""One look at the manifest: is it what its signer said, is it still true, and is there a newer version in it?

Nothing but the manifest and its signature is read, and nothing is installed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.settings import UpdateSettings
from app.updates.fetch import Fetch, fetched
from app.updates.manifest import Manifest, manifest_of, order
from app.updates.minisign import public_key, verify
from app.updates.refusal import Refused, Why

WITHIN = 8.0  # seconds, for each of the two files


@dataclass(frozen=True, slots=True)
class Here:
    """This program: its version, and the schema that it gives the records."""

    version: str
    schema: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the manifest says; `is_newer` than this program, `is_within_reach` of it by one update."""

    manifest: Manifest
    is_newer: bool
    is_within_reach: bool


Outcome = Found | Refused


def look(
    updates: UpdateSettings, here: Here, seen: Mapping[str, Any], now: datetime, fetch: Fetch = fetched
) -> Outcome:
    """`seen`: what `remembered` gave the last time, so that nobody brings back a manifest of yesterday."""
    try:
        manifest = _believed(updates, now, fetch)
        _refuse_older(manifest, seen)
    except Refused as refused:
        return refused
    is_newer = order(manifest.version) > order(here.version)
    return Found(manifest, is_newer, manifest.oldest_schema <= here.schema <= manifest.newest_schema)


def remembered(found: Found) -> dict[str, str]:
    """What has to be kept until the next look, on this channel."""
    told = found.manifest
    return {"channel": told.channel, "version": told.version, "issued": told.issued.isoformat()}


def _believed(updates: UpdateSettings, now: datetime, fetch: Fetch) -> Manifest:
    key = public_key(updates.public_key)
    if key is None:
        raise Refused(Why.OTHER_KEY)
    data, signature = fetch(updates.manifest, WITHIN)
    verify(data, signature, key)  # before anything of it is read
    manifest = manifest_of(data)
    if manifest.channel != updates.channel:
        raise Refused(Why.OTHER_CHANNEL, manifest.channel)
    if manifest.expires <= now:
        raise Refused(Why.EXPIRED, f"{manifest.expires:%Y-%m-%d}")
    return manifest


def _refuse_older(manifest: Manifest, seen: Mapping[str, Any]) -> None:
    if seen.get("channel") != manifest.channel:
        return
    before = order(str(seen["version"])), datetime.fromisoformat(str(seen["issued"]))
    if order(manifest.version) < before[0] or manifest.issued < before[1]:
        raise Refused(Why.OLDER, f"{manifest.version} < {seen['version']}")
