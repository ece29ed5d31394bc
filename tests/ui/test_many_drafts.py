"""Fifty unfinished notes found at start: all are offered, with when they were written, and no live call is hidden."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from app.call import Note
from app.clock import Clock
from app.draft_calls import draft_of
from db.demo import ENGLISH_NUMBER
from tests.app.test_draft_calls import a_call
from tests.ui.running import NOW, OPERATOR, RunningDesk
from tests.ui.test_call_strip import click, clock, entries, is_in_sight, spoken

MANY = 50


def restore_many(desk: RunningDesk) -> list[str]:
    """Half of them of the day before; the texts, oldest first."""
    drafts = []
    for number in range(MANY):
        call = a_call(note=Note(f"note {number}"), opened_id=None, id=Clock().new_id())
        at = NOW - timedelta(days=1 if number < MANY // 2 else 0, minutes=MANY - number)
        drafts.append(replace(draft_of(call, OPERATOR, Clock()), updated_at=at))
    desk.desk.restore(drafts)
    return [one.body for one in drafts]


def test_all_are_offered_with_when_they_were_written(desk: RunningDesk) -> None:
    texts = restore_many(desk)
    found = list(desk.desk.calls)
    assert [call.note.body for call in found] == texts
    assert ["To finish 50"] in entries(desk)
    clocks = [clock(desk, call) for call in (found[0], found[-1])]
    assert clocks == ["11-20", (NOW - timedelta(minutes=1)).astimezone().strftime("%H:%M")]
    for told in (spoken(desk, found[0]), desk.pop.strip.index_of(found[0].id).data(Qt.ItemDataRole.ToolTipRole)):
        assert "Written 2026-11-20 at" in told


def test_a_live_call_stands_above_them_and_is_seen(desk: RunningDesk) -> None:
    restore_many(desk)
    live = desk.ring(ENGLISH_NUMBER)
    assert desk.pop.call is live, "a draft that nobody has touched leaves its place"
    assert is_in_sight(desk, live)
    assert [texts for texts in entries(desk) if len(texts) == 1] == [["On the phone 1"], ["To finish 50"]]


def test_each_can_be_taken_up(desk: RunningDesk) -> None:
    restore_many(desk)
    oldest = next(iter(desk.desk.calls))
    click(desk, oldest)
    assert (desk.pop.call, desk.pop.note.body.toPlainText()) == (oldest, "note 0")
    desk.opened(oldest, "髙橋 一郎")
