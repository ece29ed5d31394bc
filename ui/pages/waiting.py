"""Missed callers by how long they have waited, in words: the rows of the list, and the figures under it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.missed import LOOKED_BACK, MissedNow
from app.missed_ageing import Band, WaitFigures, band_of
from app.missed_callers import MissedCaller
from app.words import _, ngettext
from ui import wording
from ui.rows import Cell, Tone

_TONES = {Band.HOUR: Tone.PLAIN, Band.TODAY: Tone.WARNING, Band.OLDER: Tone.BAD}


def wait_cell(one: MissedCaller, now: datetime) -> Cell:
    """How long, and since when."""
    band = band_of(one, now)
    since = wording.clock_time(one.first) if band is not Band.OLDER else wording.day_and_time(one.first)
    how_long = waited(now - one.first)
    return Cell(f"▲ {how_long}" if band is Band.OLDER else how_long, _("since {when}").format(when=since), _TONES[band])


def waited(length: timedelta) -> str:
    """25 min, 3 h 05 min, 2 days 4 h."""
    minutes = max(0, int(length.total_seconds()) // 60)
    hours, rest = divmod(minutes, 60)
    if hours >= 24:
        days = ngettext("{n} day {hours} h", "{n} days {hours} h", hours // 24)
        return days.format(n=hours // 24, hours=hours % 24)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=f"{rest:02}")
    return _("{minutes} min").format(minutes=rest)


def bands_line(figures: WaitFigures) -> str:
    """How many wait in each band."""
    words = (
        _("Under 1 hour: {n}").format(n=figures.waits[Band.HOUR]),
        _("today: {n}").format(n=figures.waits[Band.TODAY]),
        _("older: {n}").format(n=figures.waits[Band.OLDER]),
    )
    return " · ".join(words)


def figures_lines(figures: WaitFigures, now: MissedNow) -> str:
    """The median with its n, its period and what it is of."""
    days = LOOKED_BACK.days
    if figures.median is None:
        first = _("Called back in the last {days} days: n = 0, so no median.").format(days=days)
    else:
        first = _("Median wait until called back: {wait} (n = {n}, last {days} days).").format(
            wait=waited(figures.median), n=figures.n, days=days
        )
    others = _("Got through by themselves: {answered}. Marked as done: {marked}.").format(
        answered=figures.got_through, marked=figures.marked
    )
    meaning = _(
        "From the first missed call of an entry until somebody called back. Whoever still waits, got through or was "
        "only marked is not in the median."
    )
    return "\n".join(_with_limits((f"{first} {others}", meaning), now))


def _with_limits(lines: Sequence[str], now: MissedNow) -> list[str]:
    if now.is_cut:
        return [*lines, _("There are more: only the newest missed calls are counted.")]
    return list(lines)
