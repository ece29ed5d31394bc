"""Who may be calling: owners of a number into ranked candidates with reasons, and whether one may open by itself.

A wrong card is worse than none: only a sole, sure owner opens.
"""

from collections.abc import Sequence

from app.pop import Candidate, Reason
from cti.events import Verstat
from db.customers import NumberOwner, Relation

_RANKS = {reason: rank for rank, reason in enumerate(Reason)}
_SURE = frozenset({Reason.EXTENSION, Reason.EXACT})


def candidates(owners: Sequence[NumberOwner], extension: str) -> tuple[Candidate, ...]:
    """Each customer once with the best reason, best first; `extension` is what the caller's number carried, or ""."""
    best: dict[int, Candidate] = {}
    for owner in owners:
        found = _candidate(owner, extension)
        known = best.get(found.customer_id)
        if known is None or _rank(found) < _rank(known):
            best[found.customer_id] = found
    return tuple(sorted(best.values(), key=lambda one: (_rank(one), one.is_stale, one.reading, one.name)))


def opens_by_itself(ranked: Sequence[Candidate], verstat: Verstat | None) -> Candidate | None:
    """The only candidate up to `exact`, unless its number is shared, may have changed hands or may be spoofed."""
    if verstat is Verstat.FAILED:
        return None
    sure = [one for one in ranked if one.reason in _SURE]
    if len(sure) == 1 and not sure[0].is_shared and not sure[0].is_stale:
        return sure[0]
    return None


def _rank(one: Candidate) -> int:
    return _RANKS[one.reason] if one.reason else len(_RANKS)


def _candidate(owner: NumberOwner, extension: str) -> Candidate:
    return Candidate(
        owner.customer_id, owner.customer_no, owner.name, owner.reading, _reason(owner, extension),
        owner.group, owner.extension, owner.is_shared, owner.is_stale,
    )  # fmt: skip


def _reason(owner: NumberOwner, extension: str) -> Reason:
    if owner.relation is Relation.HOUSEHOLD:
        return Reason.HOUSEHOLD
    if owner.relation is Relation.COMPANY:
        return Reason.COMPANY
    if not owner.extension:
        return Reason.EXACT
    return Reason.EXTENSION if owner.extension == extension else Reason.SWITCHBOARD
