"""The dialled numbers that have a name or rules of their own, and whether a call on one pops at all."""

from collections.abc import Iterable, Mapping

from app.call import Ring
from app.phone_number import parse_number
from app.settings import LineSettings
from cti.events import CallOffered, Direction


class Lines:
    """The site's `[[line]]` tables, found by the number that was dialled however it is written.

    `regions` are the sources' own, for numbers that no line claims. `why_never` is the reason why no call pops at all
    here: `omote listen` has no window.
    """

    def __init__(
        self, lines: Iterable[LineSettings], regions: Mapping[str, str] | None = None, why_never: str | None = None
    ) -> None:
        self._regions = regions or {}
        self._why_never = why_never
        self._by_number: dict[str, LineSettings] = {}
        for line in lines:
            self._by_number[line.dialled] = line
            if key := parse_number(line.dialled, line.region).key:
                self._by_number[key] = line

    def of(self, dialled: str, source: str) -> LineSettings:
        """The line that was dialled; one without a name when nothing is set for it."""
        region = self._regions.get(source, "JP")
        found = self._by_number.get(dialled) or self._by_number.get(parse_number(dialled, region).key)
        return found or LineSettings(dialled, region=region)

    def ways_to_read(self, source: str) -> set[tuple[str, str]]:
        """Every region and outside prefix that a caller's number may have to be read with."""
        ways = {(line.region, line.outside_prefix) for line in self._by_number.values()}
        return {*ways, (self._regions.get(source, "JP"), "")}

    def why_no_pop(self, ring: CallOffered | Ring, line: LineSettings) -> str | None:
        """None when the call pops; else the reason that the trace gives."""
        if self._why_never is not None:
            return self._why_never
        if ring.direction is Direction.INTERNAL and not ring.is_test:
            return "internal_call"
        return {"never": "line_never", "answer": "line_pops_on_answer"}.get(line.pop)
