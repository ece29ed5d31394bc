"""A question to the call log and its answer, a page at a time; asked on a thread or in a process that may wait."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, NamedTuple

from db.call_log.by_notes import calls_with_notes
from db.call_log.by_people import calls_of_people
from db.call_log.filters import LogFilter
from db.call_log.lines import LogLine, lines_of
from db.call_log.pages import Behind, Order, Sorted, page, place_of
from db.search import words_of

__all__ = ["PAGE", "Asked", "Behind", "LogFilter", "LogLine", "LogPage", "Order", "Sorted", "Where", "read_page"]

PAGE = 60


class Where(StrEnum):
    """In what a text is looked for. In notes the newest note comes first, whatever the order."""

    PEOPLE = "people"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which calls, in which order; `text` as it was typed, "" for none."""

    wanted: LogFilter = field(default_factory=LogFilter)
    order: Sorted = field(default_factory=Sorted)
    text: str = ""
    where: Where = Where.PEOPLE

    @property
    def set_parts(self) -> tuple[str, ...]:
        """Which parts of the filter are set, without saying to what: it may be whose calls."""
        usual = LogFilter()
        parts = [one.name for one in fields(usual) if getattr(self.wanted, one.name) != getattr(usual, one.name)]
        return (*parts, *(["text"] if self.text.strip() else []))


class LogPage(NamedTuple):
    """`behind` is where the next page begins, None where there is none.

    `is_unfinished`: so many calls were looked at that the rest is left until somebody wants it.
    """

    lines: tuple[LogLine, ...] = ()
    behind: Behind | int | None = None
    is_unfinished: bool = False


def read_page(connection: Any, asked: Asked, behind: Behind | int | None, most: int = PAGE) -> LogPage:
    """The page that begins there."""
    words = words_of(asked.text) if asked.text.strip() else ()
    if asked.text.strip() and not words:
        return LogPage()
    if words and asked.where is Where.NOTES:
        before = behind if isinstance(behind, int) else None
        found = calls_with_notes(connection, words, asked.wanted, before, most)
        return LogPage(lines_of(connection, found.rows), found.behind, found.is_unfinished)
    last = behind if isinstance(behind, Behind) else None
    if words:
        found = calls_of_people(connection, words, (asked.wanted, asked.order, last), most)
        return LogPage(lines_of(connection, found.rows), found.behind, found.is_unfinished)
    rows = page(connection, asked.wanted, asked.order, last, most)
    return LogPage(lines_of(connection, rows), place_of(rows[-1], asked.order) if len(rows) == most else None)
