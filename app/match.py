"""Who may be calling: owners of a number into ranked candidates with reasons, and whether one may open by itself.

A wrong card is worse than none: only a sole, sure owner opens. No clock here: the caller passes the time of the call.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.pop import Candidate, Reason
from cti.events import Verstat
from db.customers import NumberOwner, Relation
from db.kinds import Confidence, CustomerKind, NumberLabel
from db.name_folding import fold_caller

_RANKS = {reason: rank for rank, reason in enumerate(Reason)}
_SURE = frozenset({Reason.EXTENSION, Reason.EXACT})
_UP_TO_EXACT = _SURE | {Reason.REMEMBERED}
_BY_TIME = _UP_TO_EXACT | {Reason.MENTIONED}
_REASONS = {
    Relation.CHOSEN: Reason.REMEMBERED,
    Relation.HOUSEHOLD: Reason.HOUSEHOLD,
    Relation.COMPANY: Reason.COMPANY,
    Relation.RANGE: Reason.SWITCHBOARD,
    Relation.SUFFIX: Reason.SUFFIX,
    Relation.MENTION: Reason.MENTIONED,
    Relation.NAME: Reason.NAME,
}
_YEARS_TO_STALE = 2


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the call itself tells: when it came, the extension that its number carried and the name shown, or ""."""

    at: datetime
    extension: str = ""
    name: str = ""


def candidates(owners: Sequence[NumberOwner], call: CallFacts) -> tuple[Candidate, ...]:
    """Each customer once with the best reason, best first; whoever was chosen last time keeps the next reason too."""
    told = [_seen(owner, call) for owner in _with_switchboards(owners)]
    best = _best([one for one in told if one.candidate.reason is not Reason.REMEMBERED])
    for key, one in _best([one for one in told if one.candidate.reason is Reason.REMEMBERED]).items():
        best[key] = _remembered(best[key]) if key in best else one
    return tuple(one.candidate for one in sorted(best.values(), key=_order(call)))


def opens_by_itself(ranked: Sequence[Candidate], verstat: Verstat | None) -> Candidate | None:
    """The only candidate up to `exact`, unless its number is shared, may have changed hands or may be spoofed."""
    if verstat is Verstat.FAILED:
        return None
    sure = [one for one in ranked if one.reason in _UP_TO_EXACT]
    if len(sure) == 1 and {sure[0].reason, sure[0].besides} & _SURE and not _is_doubtful(sure[0]):
        return sure[0]
    return None


def needs_more(ranked: Sequence[Candidate]) -> bool:
    """Whether nobody has just this number, so that it pays to ask whose exchange it belongs to."""
    return not any(one.reason in _UP_TO_EXACT for one in ranked)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A candidate, and when the number last was this customer's for all that is known."""

    candidate: Candidate
    at: datetime


def _is_doubtful(one: Candidate) -> bool:
    return one.is_shared or one.is_stale or one.is_unsure


def _with_switchboards(owners: Sequence[NumberOwner]) -> Sequence[NumberOwner]:
    """A person's number that is a main number, or behind which others have extensions, serves many.

    Whether anybody has marked it so or not.
    """
    behind = {one.customer_id for one in owners if one.relation is Relation.NUMBER and one.extension}
    return [one._replace(is_shared=True) if _is_switchboard(one, behind) else one for one in owners]


def _is_switchboard(one: NumberOwner, behind: set[int]) -> bool:
    if one.relation is not Relation.NUMBER or one.kind is CustomerKind.COMPANY:
        return False
    is_main = one.label is NumberLabel.MAIN and one.kind is CustomerKind.PERSON
    return is_main or (not one.extension and bool(behind - {one.customer_id}))


def _best(told: Sequence[_Seen]) -> dict[int, _Seen]:
    """The best way to each customer."""
    best: dict[int, _Seen] = {}
    for one in told:
        known = best.get(one.candidate.customer_id)
        if known is None or _worth(one) < _worth(known):
            best[one.candidate.customer_id] = one
    return best


def _worth(seen: _Seen) -> tuple[int, bool, float]:
    return _rank(seen.candidate), _is_doubtful(seen.candidate), -seen.at.timestamp()


def _remembered(seen: _Seen) -> _Seen:
    return replace(seen, candidate=replace(seen.candidate, reason=Reason.REMEMBERED, besides=seen.candidate.reason))


def _order(call: CallFacts) -> Callable[[_Seen], tuple[object, ...]]:
    """Among equals: the fresh, then whoever is called like the caller, who has it or is mentioned last, the reading."""
    name = fold_caller(call.name) if call.name else ""

    def place(seen: _Seen) -> tuple[object, ...]:
        one = seen.candidate
        is_named = bool(name) and name in {fold_caller(one.name), fold_caller(one.reading)}
        doubts = one.is_stale, one.is_unsure
        recent = -seen.at.timestamp() if one.reason in _BY_TIME else 0.0
        return _rank(one), *doubts, not is_named, recent, one.reading, one.name, one.customer_id

    return place


def _rank(one: Candidate) -> int:
    return _RANKS[one.reason] if one.reason else len(_RANKS)


def _seen(owner: NumberOwner, call: CallFacts) -> _Seen:
    at = _last_seen(owner)
    found = Candidate(
        owner.customer_id, owner.customer_no, owner.name, owner.reading, _reason(owner, call.extension),
        owner.group, owner.extension, owner.is_shared, _is_stale(owner, at, call.at),
        is_unsure=owner.confidence is Confidence.MAYBE, sentence=owner.sentence,
    )  # fmt: skip
    return _Seen(found, at)


def _last_seen(owner: NumberOwner) -> datetime:
    """The last sign that the number was theirs; of one that never called, when the customer came into the records."""
    signs = [at for at in (owner.last_used_at, owner.last_contact_at, owner.valid_from) if at is not None]
    return max(signs, default=owner.created_at)


def _is_stale(owner: NumberOwner, last_seen: datetime, now: datetime) -> bool:
    is_given_up = owner.valid_to is not None and owner.valid_to <= now
    return owner.confidence is Confidence.STALE or is_given_up or last_seen < _years_before(now)


def _years_before(now: datetime) -> datetime:
    utc = now.astimezone(UTC)
    is_leap_day = (utc.month, utc.day) == (2, 29)
    return utc.replace(year=utc.year - _YEARS_TO_STALE, day=28 if is_leap_day else utc.day)


def _reason(owner: NumberOwner, extension: str) -> Reason:
    if owner.relation is not Relation.NUMBER:
        return _REASONS[owner.relation]
    if not owner.extension:
        return Reason.EXACT
    return Reason.EXTENSION if owner.extension == extension else Reason.SWITCHBOARD
