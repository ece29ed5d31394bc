"""Which digits are extensions of the house: by the site's plan or, without one, whatever is short enough."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.errors import UserError
from app.words import _

LONGEST_SHORT = 5
"""Without a plan, more digits than these are never an extension."""
_PATTERN = re.compile(r"[0-9xX]{1,10}")
_RANGE = re.compile(r"([0-9]{1,10})-([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class ExtensionPlan:
    """`patterns` as the settings write them: "201", "2xx" (x is any digit), "3000-3999". None: up to five digits."""

    patterns: tuple[str, ...] = ()

    def has(self, digits: str) -> bool:
        """Whether these bare digits are an extension."""
        if not self.patterns:
            return len(digits) <= LONGEST_SHORT
        single, ranges = _meant(self.patterns)
        return single.fullmatch(digits) is not None or any(
            low <= digits <= high for low, high in ranges if len(digits) == len(low)
        )


def check_extensions(patterns: Sequence[str], path: Path | str) -> None:
    """Raises UserError for the first pattern that says nothing."""
    for one in patterns:
        found = _RANGE.fullmatch(one)
        if found is not None and len(found[1]) == len(found[2]) and found[1] <= found[2]:
            continue
        if found is not None or _PATTERN.fullmatch(one) is None:
            raise UserError(
                _('extensions in [site] of {path} has "{value}".').format(path=path, value=one),
                _('Write an extension "201", a pattern "2xx" or a range "3000-3999".'),
            )


@cache
def _meant(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    """All patterns as one expression, and the ranges: digits of one length compare as text."""
    ranges = [found for one in patterns if (found := _RANGE.fullmatch(one)) is not None]
    singles = [one.lower().replace("x", "[0-9]") for one in patterns if "-" not in one]
    return re.compile("|".join(singles) or r"(?!)"), tuple((one[1], one[2]) for one in ranges)
