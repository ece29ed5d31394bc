"""The calls that the log shows, as a table: page after page as the screen asks them, in the same order."""

from collections.abc import Iterator
from typing import Any

from app.calllog.asked import Asked, LogLine, read_page
from app.exporting.tables import Row, by_call, texts, when
from app.exporting.writers import Table
from app.words import language
from db.call_log.choices import choices
from db.engine import reading
from db.exporting import notes_of
from db.kinds import NoteKind

COLUMNS = (
    "at", "direction", "number", "withheld", "caller_name", "line", "queue", "outcome", "end_cause", "wait_seconds",
    "talk_seconds", "customer_no", "customer_name", "reading", "operator", "disposition", "note", "handover",
    "resolution",
)  # fmt: skip
_AT_A_TIME = 500


def log_table(asked: Asked, engine: Any) -> Table:
    """All of it; each page is read in a transaction of its own."""
    return Table("calls", COLUMNS, _rows(asked, engine))


def _rows(asked: Asked, engine: Any) -> Iterator[Row]:
    with reading(engine) as connection:
        is_ja = language() == "ja"
        labels = {
            one.disposition_id: " › ".join(one.path_ja if is_ja else one.path_en)
            for one in choices(connection).dispositions
        }
    seen, behind = set(), None
    while True:
        with reading(engine) as connection:
            page = read_page(connection, asked, behind, _AT_A_TIME)
            notes = by_call(notes_of([one.call_id for one in page.lines], connection))
        for one in page.lines:
            if one.call_id not in seen:  # a call with two notes that say it
                yield _row(one, labels, notes)
        if asked.text:
            seen |= {one.call_id for one in page.lines}
        if page.behind is None:
            return
        behind = page.behind


def _row(one: LogLine, labels: dict[int, str], notes: dict[Any, str]) -> Row:
    written = [notes.get((one.call_id, kind)) for kind in (NoteKind.BODY, NoteKind.HANDOVER, NoteKind.RESOLUTION)]
    return [
        *texts(
            when(one.at), one.direction, one.number, one.withheld, one.caller_name, one.line, one.queue, one.outcome,
            one.end_cause,
        ),
        one.wait_s,
        one.talk_s,
        *texts(
            one.customer_no, one.customer, one.reading, one.operator, labels.get(one.disposition_id or 0, ""), *written
        ),
    ]  # fmt: skip
