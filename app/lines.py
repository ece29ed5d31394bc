"""The dialled numbers that have a name or rules of their own, and whether a call on one pops at all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from app.call import Ring
from app.extension_plan import ExtensionPlan
from app.phone_number import NumberKind, PhoneNumber, parse_number
from app.settings import LineSettings, SiteSettings
from cti.events import CallOffered, Direction


class Lines:
    """The site's `[[line]]` tables, found by the number that was dialled however it is written.

    `regions` are the sources' own, for numbers that no line claims. `why_never` is the reason why no call pops at all
    here: `omote listen` has no window. What holds for the whole house is in `site`; numbers without a country are read
    as on the first line (`home_region`). `talked_in` are the sources whose calls are talked in here.
    """

    def __init__(
        self,
        lines: Iterable[LineSettings],
        regions: Mapping[str, str] | None = None,
        why_never: str | None = None,
        site: SiteSettings | None = None,
        talked_in: Collection[str] = (),
    ) -> None:
        self._regions, self._talked_in = regions or {}, talked_in
        self._why_never = why_never
        self._site = site or SiteSettings()
        self._inside = ExtensionPlan(self._site.extensions)
        self._by_number: dict[str, LineSettings] = {}
        every = list(lines)
        self.home_region = next((one.region for one in every), next(iter(self._regions.values()), "JP"))
        for line in every:
            self._by_number[line.dialled] = line
            if key := parse_number(line.dialled, line.region).key:
                self._by_number[key] = line

    def of(self, dialled: str, source: str) -> LineSettings:
        """The line that was dialled; one without a name when nothing is set for it."""
        region = self._regions.get(source, "JP")
        return self._found(dialled, region) or LineSettings(dialled, region=region)

    def is_ours(self, dialled: str) -> bool:
        """Whether a call on this number concerns this desk: all do, unless the settings name lines and not this one."""
        return not self._by_number or not dialled or self._found(dialled, "JP") is not None

    @property
    def are_named(self) -> bool:
        """Whether the settings name lines, so that others do not concern this desk."""
        return bool(self._by_number)

    def read(self, number: str, line: LineSettings) -> PhoneNumber:
        """A caller's number by the habits of the line that was dialled, and of the house."""
        return parse_number(number, line.region, line.outside_prefix or self._site.outside_prefix, self._inside)

    @property
    def outside_prefix(self) -> str:
        """What this house dials before a number of the network."""
        return self._site.outside_prefix

    def every_reading(self, number: str, source: str) -> set[PhoneNumber]:
        """What a caller's number may mean while it is not known which line was dialled."""
        unnamed = LineSettings("", region=self._regions.get(source, "JP"))
        ways = {(line.region, line.outside_prefix): line for line in (*self._by_number.values(), unnamed)}
        return {self.read(number, line) for line in ways.values()}

    def sound_of(self, ring: Ring) -> str:
        """The file that sounds when this line rings; "" for none."""
        return self.of(ring.dialled, ring.source).sound

    @property
    def have_sounds(self) -> bool:
        """Whether any of them sounds."""
        return any(line.sound for line in self._by_number.values())

    def seen_from_here(self, event: CallOffered) -> CallOffered:
        """The site's own plan says whether a call comes from inside; a source can only guess by the number's length."""
        if not self._inside.patterns or event.direction is Direction.OUT or not event.caller.number:
            return event
        number = self.read(event.caller.number, self.of(event.dialled, event.source))
        is_inside = number.kind is NumberKind.EXTENSION
        return replace(event, direction=Direction.INTERNAL if is_inside else Direction.IN)

    def why_no_pop(self, ring: CallOffered | Ring, line: LineSettings) -> str | None:
        """None when the call pops; else the reason that the trace gives."""
        if self._why_never is not None:
            return self._why_never
        if ring.direction is Direction.INTERNAL and not ring.is_test:
            return "internal_call"
        return {"never": "line_never", "answer": "line_pops_on_answer"}.get(line.pop)

    def is_talked_in(self, source: str) -> bool:
        """Whether there is no other telephone for its calls: what does not pop can't be answered, or hung up."""
        return source in self._talked_in

    def _found(self, dialled: str, region: str) -> LineSettings | None:
        return self._by_number.get(dialled) or self._by_number.get(parse_number(dialled, region).key)
