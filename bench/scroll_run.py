"""How long the window's thread is held up while a long history is scrolled to its end, page by page from the records.

Beside it, as the floor, the same rows in a bare list of Qt that has all of them from the start. Looked at is how late
an event of every 4 ms came (a stall counts once for each of those that it held up), and how much the thread itself
worked meanwhile, which other programs of the machine do not lengthen.
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import insert

from app.further_rows import FurtherRows
from app.headline import Place
from app.records import Records
from bench.figures import FRAME_MS, Spread, spread
from db.demo import fill_demo
from db.engine import open_engine, reading, writing
from db.migrate import bring_up_to_date
from db.models import interaction
from db.pop import customer_facts
from ui.application import make_application
from ui.card import PanelTabs
from ui.panels.reading_on import ReadingOn
from ui.theme import dress_all
from ui.ui_thread import UiThread

_STEP_PX, _FRAME_MS, _TICK_MS = 10 * 48, 16, 4
_GIVE_UP_S = 300.0
_SIZE = (760, 620)


@dataclass(frozen=True, slots=True)
class Scrolled:
    """How late, and what the thread itself worked between two looks, in ms; `rows` that were there in the end."""

    rows: int
    seconds: float
    late: Spread
    longest: float
    over_a_frame: int
    worked: Spread
    most_worked: float


def measure(rows: int) -> dict[str, Scrolled]:
    """By name."""
    app = make_application()
    tokens = dress_all(app, "light", "ja")
    with tempfile.TemporaryDirectory(prefix="omote-bench-") as folder:
        engine = open_engine("sqlite", Path(folder))
        bring_up_to_date(engine)
        now = datetime.now(UTC)
        with writing(engine) as connection:
            fill_demo(connection, now.astimezone())
            connection.execute(insert(interaction), [_contact(key, now) for key in range(rows)])
        with reading(engine) as connection:
            facts = customer_facts(connection, 1)
        assert facts is not None
        thread = UiThread()
        records = Records(engine, thread.post)
        panels = PanelTabs(tokens)
        reading_on = ReadingOn(panels, FurtherRows(records))
        panels.resize(*_SIZE)
        panels.fill(facts, now)
        panels.go_to(Place("history"))
        panels.show()
        gc.collect()
        gc.freeze()  # as the program does before it listens
        history = next(one for one in panels.panels if one.key == "history")
        most = facts.interaction_count
        paged = _scroll(app, history.view, lambda: len(history.records), most)
        panels.hide()
        records.stop()
        engine.dispose()
        reading_on.deleteLater()
    return {"omote": paged, "bare list, filled before": _scroll(app, *_bare(most))}


def _contact(key: int, now: datetime) -> dict[str, object]:
    row = {"id": UUID(int=key), "customer_id": 1, "channel": "phone", "direction": "in", "kind": "inquiry"}
    words = {"subject": f"配送の問い合わせ {key}", "excerpt": "到着予定日をご案内した。", "handler_id": 1 + key % 4}
    return row | words | {"disposition_id": 1, "started_at": now - timedelta(days=3000, hours=key)}


def _bare(rows: int) -> tuple[QTableView, Callable[[], int], int]:
    view, model = QTableView(), QStandardItemModel(0, 4)
    for key in range(rows):
        model.appendRow([QStandardItem(f"{key} 配送の問い合わせ") for _column in range(4)])
    model.setParent(view)
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(48)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.resize(*_SIZE)
    view.show()
    return view, lambda: rows, rows


def _scroll(app: QApplication, view: QTableView, there: Callable[[], int], most: int) -> Scrolled:
    """Downwards by a few rows each frame, until the last row stands there."""
    bar, late, worked = view.verticalScrollBar(), list[float](), list[float]()
    started = time.perf_counter()
    wheel = QTimer(interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
    wheel.timeout.connect(lambda: bar.setValue(bar.value() + _STEP_PX))
    tick = QTimer(interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    due, spent = started + _TICK_MS / 1000, time.thread_time()

    def look() -> None:
        nonlocal due, spent
        now, spent_now = time.perf_counter(), time.thread_time()
        worked.append((spent_now - spent) * 1000)
        spent = spent_now
        while due <= now:
            late.append((now - due) * 1000)
            due += _TICK_MS / 1000
        is_there = there() >= most and 0 < bar.maximum() <= bar.value()
        if is_there or now - started > _GIVE_UP_S:
            app.exit()

    tick.timeout.connect(look)
    wheel.start()
    tick.start()
    app.exec()
    wheel.stop()
    tick.stop()
    over = sum(one > FRAME_MS for one in late)
    took = time.perf_counter() - started
    return Scrolled(there(), took, spread(late), max(late), over, spread(worked), max(worked))


def main() -> None:
    """For the parent process, which has the words."""
    print(json.dumps({name: asdict(one) for name, one in measure(int(sys.argv[1])).items()}), flush=True)


if __name__ == "__main__":
    main()
