"""What this PC's own files have of people who were erased: drafts, traces, the copy of what was seen lately."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.clock import utc_now
from app.paths import Profile
from app.trace import TURN, one_before
from app.trace_forgetting import calls_told_of, forget_in_all
from db.drafts import DraftFile, subjects_of_drafts
from db.engine import reading
from db.errors import DatabaseUnavailable
from db.local_cards import FILE_NAME as CARDS
from db.local_cards import LocalCards, Seen
from db.outbox import OutboxFile, Waiting
from db.person.gone import Gone, gone_among


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`is_busy`: the drafts' file could not be overwritten, since a running Omote reads it."""

    drafts: int = 0
    trace_lines: int = 0
    cards: int = 0
    is_busy: bool = False


@dataclass(frozen=True, slots=True)
class KeptHere:
    """Whom this PC's files tell of: customers and calls."""

    customers: frozenset[int]
    calls: frozenset[str]


def waiting_here(profile: Profile) -> Waiting:
    """What was written here and has not been sent."""
    if not (profile.drafts_folder / "outbox.db").exists():
        return Waiting()
    outbox = OutboxFile.open(profile.drafts_folder, utc_now())
    try:
        return outbox.waiting()
    finally:
        outbox.close()


def kept_here(profile: Profile) -> KeptHere:
    """Nothing is changed."""
    drafts = subjects_of_drafts(profile.drafts_folder)
    customers = {key for _call, about in drafts if (key := _opened(about)) is not None}
    with _cards(profile) as cards:
        seen = [one for _key, one in cards.everything()] if cards else []
        customers = customers.union(*map(_customers_in, seen))
    calls = {_call_of(call, about) for call, about in drafts} | calls_told_of(profile.trace_file)
    return KeptHere(frozenset(customers), frozenset(calls))


def clean_here(profile: Profile, gone: Gone) -> Cleaned:
    """All of it, drafts too: while no Omote runs here that has them open."""
    done = clean_files(profile, gone)
    theirs = drafts_about(profile, gone)
    if not theirs:
        return done
    file = DraftFile.open(profile.drafts_folder, utc_now())
    try:
        for call_id in theirs:
            file.remove(call_id)
        return Cleaned(len(theirs), done.trace_lines, done.cards, _is_busy(file))
    finally:
        file.close()


def clean_files(profile: Profile, gone: Gone) -> Cleaned:
    """Cards and trace lines about them go; the trace of the wire, which nobody can look through, goes whole."""
    lines = forget_in_all(profile.trace_file, gone.calls | gone.untold | gone.unknown, gone.numbers)
    with TURN:
        for path in (profile.wire_file, one_before(profile.wire_file)):
            path.unlink(missing_ok=True)
    with _cards(profile) as cards:
        kept = cards.everything() if cards else []
        theirs = [key for key, seen in kept if not gone.customers.isdisjoint(_customers_in(seen))]
        if cards is not None:
            cards.remove(theirs)
    return Cleaned(trace_lines=lines, cards=len(theirs))


def clean_all_here(engine: Any, profile: Profile) -> Cleaned:
    """Of everybody who is gone by now. Raises DatabaseUnavailable."""
    kept = kept_here(profile)
    with reading(engine) as connection:
        gone = gone_among(connection, kept.customers, kept.calls)
    return clean_here(profile, gone)


def drafts_about(profile: Profile, gone: Gone) -> list[UUID]:
    """The calls whose drafts are about one of them."""
    return [call for call, about in subjects_of_drafts(profile.drafts_folder) if is_about(call, about, gone)]


def is_about(call_id: UUID, about: Mapping[str, Any], gone: Gone) -> bool:
    """Whether a draft is: by its customer, its call, its number, or a number that the records tell no more."""
    number, call = about.get("key"), _call_of(call_id, about)
    is_untold = bool(number) and call in gone.untold
    return _opened(about) in gone.customers or call in gone.calls or number in gone.numbers or is_untold


def _call_of(key: UUID, about: Mapping[str, Any]) -> str:
    """What is said in a review has a key of its own."""
    return str(about.get("review_of") or key)


def _opened(about: Mapping[str, Any]) -> int | None:
    opened = about.get("opened_id")
    return int(str(opened)) if opened else None


@contextmanager
def _cards(profile: Profile) -> Iterator[LocalCards | None]:
    """The copy; None where there is none."""
    if not (profile.copy_folder / CARDS).exists():
        yield None
        return
    cards = LocalCards.open(profile.copy_folder, utc_now())
    try:
        yield cards
    finally:
        cards.close()


def _customers_in(seen: Seen) -> frozenset[int]:
    """Whose card it is, or who may have been meant by the number."""
    try:
        found = frozenset(_keys_in(json.loads(seen.body)))
    except ValueError:  # another version's; whose it is stands beside it
        found = frozenset()
    return found | ({seen.opened} if seen.opened is not None else set())


def _keys_in(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        if isinstance(key := value.get("customer_id"), int):
            yield key
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _keys_in(one)


def _is_busy(file: DraftFile) -> bool:
    """Whether what was removed could not be overwritten in the write-ahead log either."""
    try:
        file.scrub()
    except DatabaseUnavailable:
        return True
    return False
