"""Which report is asked for: days as a wall clock of the zone has them, and the rules that are printed with it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.figures.rules import Rules
from app.words import _
from db.reports.picked import DAY_MS, HOUR_MS, QUARTER_MS, Picked

_A_WHILE = 14  # days; no summer time is shorter


@dataclass(frozen=True, slots=True)
class Asked:
    """Both days whole, in `zone` (None: this PC's); what lies after `now` has not happened yet."""

    first: date
    last: date
    now: datetime
    zone: tzinfo | None = None
    line: str | None = None
    operator_id: int | None = None
    operator: str = ""
    rules: Rules = field(default_factory=Rules)

    @property
    def start(self) -> datetime:
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        return min(self._midnight(self.last + timedelta(days=1)), self.now)

    @property
    def picked(self) -> Picked:
        """The same for the records."""
        slot_ms = HOUR_MS if self._has_whole_hours else QUARTER_MS
        return Picked(self.start, max(self.start, self.end), self.line, self.operator_id, slot_ms)

    @property
    def picked_by_day(self) -> Picked:
        """The same where only days are told apart, if all of them are of the same clock."""
        beginnings = {int(self._midnight(day).timestamp() * 1000) % DAY_MS for day in self._days}
        shift_ms = -beginnings.pop() % DAY_MS
        if beginnings or shift_ms % QUARTER_MS:
            return self.picked
        return replace(self.picked, slot_ms=DAY_MS, shift_ms=shift_ms)

    @property
    def words(self) -> str:
        """The period, and what narrows it."""
        told = [_("{first} to {last}").format(first=self.first.isoformat(), last=self.last.isoformat())]
        if self.line is not None:
            told.append(_("line {line}").format(line=self.line or _("without a name")))
        if self.operator_id is not None:
            told.append(_("operator {operator}").format(operator=self.operator))
        return " · ".join(told)

    @property
    def zone_words(self) -> str:
        """Whose clock it is, and how far it goes before UTC, in summer too."""
        days = max(0, (self.last - self.first).days)
        looked_at = {0, days, *range(0, days, _A_WHILE)}
        offsets = dict.fromkeys(
            _offset(self._midnight(self.first + timedelta(day)), self.zone) for day in sorted(looked_at)
        )
        name = str(self.zone) if self.zone is not None else _("this PC")
        zone = _("{zone} ({offsets})").format(zone=name, offsets=" / ".join(offsets))
        return _("Days and hours are those of the clock of {zone}.").format(zone=zone)

    @property
    def _has_whole_hours(self) -> bool:
        """Whether the clock was whole hours from UTC on all of the days; in some zones it is half an hour more."""
        return not any(self._midnight(day).timestamp() % 3600 for day in self._days)

    @property
    def _days(self) -> list[date]:
        """And the one after."""
        return [self.first + timedelta(days=n) for n in range(max(0, (self.last - self.first).days) + 2)]

    def _midnight(self, day: date) -> datetime:
        """The day's first moment; where clocks skip midnight, what comes after it."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def _offset(at: datetime, zone: tzinfo | None) -> str:
    told = f"{at.astimezone(zone):%z}"
    return f"UTC{told[:3]}:{told[3:5]}"
