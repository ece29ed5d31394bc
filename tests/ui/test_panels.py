"""The panels beyond their first rows: read on when scrolled to, each failing alone, a row opened in its place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from sqlalchemy import insert

from app.further_rows import _PAGES, FIRST, PAGE
from app.headline import Place
from app.pop import DatabaseUnavailable, Trouble
from db.demo import CUSTOMER_NUMBER
from db.engine import open_engine, writing
from db.models import call, interaction, note, note_revision
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.panels.rows_panel import RowsPanel

MORE = 2 * PAGE + 7


def add_contacts(folder: Path, count: int) -> None:
    """Older than all that the demo's customer has."""
    row = {"customer_id": 1, "channel": "phone", "direction": "in", "kind": "inquiry", "handler_id": 1}
    rows = [
        row | {"id": UUID(int=key), "started_at": NOW - timedelta(days=5000, hours=key), "subject": f"older {key}"}
        for key in range(count)
    ]
    engine = open_engine("sqlite", folder)
    with writing(engine) as connection:
        connection.execute(insert(interaction), rows)
    engine.dispose()


def panel(desk: RunningDesk, key: str) -> RowsPanel:
    """The panel, after the operator has gone to it."""
    panels = desk.pop.body.panels
    panels.go_to(Place(key))
    return next(one for one in panels.panels if one.key == key)


def scroll_to_end(desk: RunningDesk, shown: RowsPanel) -> None:
    before = len(shown.records)
    shown.view.verticalScrollBar().setValue(shown.view.verticalScrollBar().maximum())
    desk.qtbot.waitUntil(lambda: len(shown.records) > before, timeout=5000)


@pytest.fixture
def long_history(start: Callable[[], RunningDesk], tmp_path: Path) -> RunningDesk:
    add_contacts(tmp_path, MORE)
    desk = start()
    desk.ring(CUSTOMER_NUMBER)
    return desk


def test_a_history_is_read_on_to_its_end_when_it_is_scrolled_to(long_history: RunningDesk) -> None:
    shown = panel(long_history, "history")
    assert len(seen.rows(shown.view)) == FIRST
    while len(shown.records) < 27 + MORE:
        scroll_to_end(long_history, shown)
    rows = seen.rows(shown.view)
    assert len(rows) == 27 + MORE
    assert len({one.key for one in shown.records}) == len(rows)
    assert rows[-1][1] == f"older {MORE - 1}"
    assert [one.at for one in shown.records] == sorted((one.at for one in shown.records), reverse=True)


def test_nothing_is_read_on_before_somebody_scrolls(long_history: RunningDesk) -> None:
    shown = panel(long_history, "history")
    asked: list[object] = []
    shown.wants_more.connect(lambda _customer, last: asked.append(last))
    long_history.qtbot.wait(50)
    assert asked == []
    scroll_to_end(long_history, shown)
    assert len(asked) == 1


def test_a_page_that_fails_says_so_in_its_own_panel_and_can_be_tried_again(
    long_history: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = panel(long_history, "history")

    def away(*_args: object) -> None:
        raise DatabaseUnavailable(Trouble.UNREACHABLE, "gone")

    with monkeypatch.context() as patch:
        patch.setitem(_PAGES, "history", away)
        shown.view.verticalScrollBar().setValue(shown.view.verticalScrollBar().maximum())
        long_history.qtbot.waitUntil(lambda: "Try again" in seen.buttons(shown), timeout=5000)
    assert any("cannot be reached" in words for words in seen.labels(shown, "warning"))
    assert len(seen.rows(shown.view)) == FIRST, "what was read stays"
    assert seen.rows(panel(long_history, "purchases").view), "the others stand"
    assert long_history.pop.header.isVisible()
    panel(long_history, "history")
    long_history.qtbot.mouseClick(seen.button(shown, "Try again"), Qt.MouseButton.LeftButton)
    long_history.qtbot.waitUntil(lambda: len(shown.records) == FIRST + PAGE, timeout=5000)
    assert seen.labels(shown, "warning") == []


def test_a_page_that_comes_after_the_next_customer_is_let_go(long_history: RunningDesk) -> None:
    shown = panel(long_history, "history")
    shown.view.verticalScrollBar().setValue(shown.view.verticalScrollBar().maximum())
    long_history.ring("09012340077")
    second = long_history.desk.calls.by_source("desk phone", long_history.painted[-1].ring.source_id)
    assert second is not None
    long_history.desk.select(second.id)
    panel(long_history, "history")
    long_history.qtbot.wait(100)
    assert [row[3] for row in seen.rows(shown.view)] == ["佐藤 美咲"]


def opened_text(shown: RowsPanel) -> str:
    (story,) = [one for one in shown.findChildren(QPlainTextEdit) if one.isVisible()]
    return story.toPlainText()


def test_a_complaint_opens_in_its_place_with_what_happened_and_closes_again(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    shown = panel(desk, "complaints")
    desk.pop.take_me_there()
    shown.view.select("12")
    shown.view.setFocus()
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert "約束の羽毛布団が届かない。運送会社に荷物の所在を確認中。" in opened_text(shown)
    desk.qtbot.waitUntil(lambda: "2026-11-19 04:12 佐藤 美咲: investigating" in opened_text(shown), timeout=5000)
    assert seen.labels(shown, "strong") == ["#12 配送遅延"]
    QTest.keyClick(desk.pop.focusWidget(), Qt.Key.Key_Escape)
    assert shown.view.isVisible()
    assert shown.view.hasFocus()
    assert shown.view.current_key() == "12"


def test_a_contact_opens_with_its_whole_note(start: Callable[[], RunningDesk], tmp_path: Path) -> None:
    call_id, words = UUID(int=5), "一行目\n" + "長い" * 400
    engine = open_engine("sqlite", tmp_path)
    with writing(engine) as connection:
        row = {"id": call_id, "source": "x", "source_id": "x", "direction": "in", "offered_at": NOW}
        connection.execute(call.insert().values(row | {"outcome": "answered"}))
        contact = {"id": UUID(int=6), "customer_id": 1, "call_id": call_id, "channel": "phone", "direction": "in"}
        connection.execute(
            interaction.insert().values(contact | {"kind": "inquiry", "started_at": NOW, "excerpt": "一行目"})
        )
        written = {"id": UUID(int=7), "call_id": call_id, "customer_id": 1, "kind": "body", "created_at": NOW}
        connection.execute(note.insert().values(written | {"operator_id": 1}))
        version = {"id": UUID(int=8), "note_id": UUID(int=7), "number": 1, "text": words, "operator_id": 1, "at": NOW}
        connection.execute(note_revision.insert().values(version))
    engine.dispose()
    desk = start()
    desk.ring(CUSTOMER_NUMBER)
    shown = panel(desk, "history")
    shown.view.activated.emit(shown.view.model().index(0, 0))
    desk.qtbot.waitUntil(lambda: words in opened_text(shown), timeout=5000)
    assert "Note · 佐藤 美咲 · 2026-11-21 14:12" in opened_text(shown)


def test_a_story_that_fails_is_told_in_its_place_with_what_is_known(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.ring(CUSTOMER_NUMBER)
    shown = panel(desk, "history")

    def away(*_args: object) -> None:
        raise DatabaseUnavailable(Trouble.LOCKED, "busy")

    with monkeypatch.context() as patch:
        patch.setattr("app.further_rows.notes_of", away)
        shown.view.activated.emit(shown.view.model().index(0, 0))
        desk.qtbot.waitUntil(lambda: "Try again" in seen.buttons(shown), timeout=5000)
    assert "佐藤へ引き継ぎ。" in opened_text(shown)
    desk.qtbot.mouseClick(seen.button(shown, "Try again"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "Try again" not in seen.buttons(shown), timeout=5000)


@pytest.mark.parametrize("key", ["purchases", "complaints", "history", "handlers", "profile"])
def test_a_row_of_every_panel_opens(desk: RunningDesk, key: str) -> None:
    desk.ring(CUSTOMER_NUMBER)
    shown = panel(desk, key)
    first = seen.rows(shown.view)[0]
    shown.view.activated.emit(shown.view.model().index(0, 0))
    told = opened_text(shown) + "".join(seen.labels(shown, "strong"))
    assert all(line in told or line.startswith("#") for cell in first[:2] for line in cell.split("\n"))


def test_who_reads_on_keeps_rows_place_and_opened_text_when_something_of_the_customer_changes(
    long_history: RunningDesk,
) -> None:
    desk, shown = long_history, panel(long_history, "history")
    scroll_to_end(desk, shown)
    desk.qtbot.waitUntil(lambda: len(shown.records) == FIRST + PAGE, timeout=5000)
    shown.view.activated.emit(shown.view.model().index(30, 0))
    place, read = shown.view.verticalScrollBar().value(), opened_text(shown)
    assert place > 0
    seen_call = desk.pop.call
    assert seen_call is not None
    facts = seen_call.pop.facts
    assert facts is not None
    newest = facts.interactions[0]._replace(key="f" * 32, subject="new", at=NOW)
    changed = replace(facts, interactions=(newest, *facts.interactions[:-1]))
    desk.pop.body.panels.fill(changed, NOW)
    assert len(shown.records) == 1 + FIRST + PAGE
    assert [one.at for one in shown.records] == sorted((one.at for one in shown.records), reverse=True)
    assert opened_text(shown) == read
    assert shown.view.verticalScrollBar().value() == place
