"""What came today and did not become a pop: from where, how often, why, and what to do about it."""

from collections.abc import Sequence
from datetime import datetime

from app.not_shown import NotShown
from app.why import from_whom, what_to_do, why_no_pop, why_not_offered
from app.words import _, ngettext
from ui import wording
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens


class NotShownList(RowsView):
    """The newest first; only today's."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__((Column(_("Time"), 110), Column(_("From"), 200), Column(_("Reason"))), tokens)
        self._shown: dict[str, NotShown] = {}

    def show_today(self, entries: Sequence[NotShown]) -> int:
        """Draw them; how many calls and attempts they are."""
        midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        self._shown = {"\n".join(one.key): one for one in entries if one.last >= midnight}
        self.fill([_row(one) for one in self._shown.values()], list(self._shown))
        return sum(one.count for one in self._shown.values())

    @property
    def current(self) -> NotShown | None:
        """The one that is selected."""
        return self._shown.get(str(self.current_key()))


def _row(one: NotShown) -> Sequence[Cell]:
    n = one.count
    how_often = ngettext("{n} call", "{n} calls", n) if one.is_call else ngettext("{n} attempt", "{n} attempts", n)
    who = Cell(from_whom(one), f"{how_often.format(n=n)} · {one.source}", is_strong=True)
    if one.is_call:
        return Cell(_times(one)), who, Cell(why_no_pop(one.why), tone=Tone.QUIET)
    return Cell(_times(one)), who, Cell(why_not_offered(one.why), what_to_do(one.why))


def _times(one: NotShown) -> str:
    first, last = wording.clock_time(one.first), wording.clock_time(one.last)
    return first if first == last else f"{first}–{last}"
