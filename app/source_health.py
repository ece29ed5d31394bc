"""Since when a source would not have seen a call: its own word, or signs of life that it owes us. Pure."""

import logging
from dataclasses import replace
from datetime import datetime

from app.screen import SourceStatus
from cti.events import SourceChanged, SourceHeard

log = logging.getLogger(__name__)

MISSED_SIGNS = 2  # one may be late


def changed(before: SourceStatus | None, event: SourceChanged) -> SourceStatus:
    """It says itself that it can hear, or can't any more: not since the last sign of life, if it gives such."""
    now = SourceStatus(event.source, event.state, event.detail, event.at)
    if before is not None:
        now = replace(now, heard_at=before.heard_at, within=before.within, blind_since=before.blind_since)
    if now.is_open:
        return _hearing_again(now, event.at)
    was_heard = now.heard_at if now.within is not None and before is not None and before.is_open else None
    return replace(now, blind_since=now.blind_since or was_heard or event.at)


def heard(one: SourceStatus, event: SourceHeard) -> SourceStatus:
    """It lives; whether it hears calls is its own to say."""
    now = replace(one, heard_at=event.at, within=event.within)
    return _hearing_again(now, event.at) if now.is_open else now


def looked_at(one: SourceStatus, now: datetime) -> SourceStatus:
    """As it is by now: what it says of itself holds only while it gives signs of life."""
    if not one.is_open or one.blind_since is not None or one.heard_at is None or one.within is None:
        return one
    is_overdue = now - one.heard_at > one.within * MISSED_SIGNS
    return replace(one, blind_since=one.heard_at) if is_overdue else one


def _hearing_again(one: SourceStatus, at: datetime) -> SourceStatus:
    if one.blind_since is not None:
        log.info("%s: a call between %s and %s would not have been seen", one.name, one.blind_since, at)
    return replace(one, blind_since=None)
