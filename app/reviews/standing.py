"""What the marks come to: of calls that were drawn by lot alone, never of few, and of nobody beside another.

Calls that were picked, or drawn because something was odd, tell of those calls: their marks measure nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.figures.report import FEWEST
from app.words import _, ngettext
from db.kinds import ReviewWay
from db.reviews.listing import Marks

PERIOD_DAYS = 90


@dataclass(frozen=True, slots=True)
class Standing:
    """`by_lot` reviews whose marks come to `mean` (None under FEWEST), and `others` of calls come by otherwise."""

    by_lot: int
    mean: float | None
    others: int


def standing_of(found: Sequence[Marks]) -> Standing:
    """The figures."""
    by_lot = sum(one.n for one in found if one.way is ReviewWay.RANDOM)
    total = sum(one.total for one in found if one.way is ReviewWay.RANDOM)
    others = sum(one.n for one in found if one.way is not ReviewWay.RANDOM)
    return Standing(by_lot, total / by_lot if by_lot >= FEWEST else None, others)


def standing_words(one: Standing) -> str:
    """One line, with n; "" where nothing was reviewed."""
    if not one.by_lot and not one.others:
        return ""
    if one.mean is None:
        words = _("{n} reviews of calls drawn at random, too few for an average (from {fewest} on)")
        first = words.format(n=one.by_lot, fewest=FEWEST)
    else:
        words = _("average mark {mean} of calls drawn at random (sum of marks ÷ reviews, n = {n})")
        first = words.format(mean=f"{one.mean:.1f}", n=one.by_lot)
    words = ngettext("{n} review of another call is not in it", "{n} reviews of other calls are not in it", one.others)
    others = words.format(n=one.others) if one.others else ""
    told = _("; ").join(filter(None, (first, others)))
    return _("Last {days} days: {told}.").format(days=PERIOD_DAYS, told=told)
