"""What callers and records say stands literally in every widget: nothing is opened, fetched or pushed aside.

Names come as the telephone system sends them (tests/cti/sip/hostile, through the real parser) and from the records.
"""

import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import DDL, String, Text, update
from sqlalchemy.sql.schema import Column

from app.headline import Place
from app.screen import SourceStatus, Status
from cti.events import SourceState
from cti.sip.dialog import Offered
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, UNKNOWN_NUMBER
from db.engine import open_engine, writing
from db.models import metadata
from tests.cti.sip.wire import Wire
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from tests.ui.test_main_window import ROW
from tests.ui.watched import WatchedFile, WatchedPort

HOSTILE = Path(__file__).parents[1] / "cti" / "sip" / "hostile"
STRANGE = {
    "tags": "<b>VIP</b>",
    "mnemonics": "R&D &Co && Söhne &amp; &lt;",
    "entities": "&#60;img src=x&#62;",
    "script": "<script>alert(1)</script>",
    "style": "<style>*{display:none}</style>",
    "lines": "one\ntwo\r\nthree",
    "bidi": "abc\u202e321\u202c",
    "zero-width": "Ta\u200bna\u200dka\ufeff",
    "percent": "100% {name} %s %1",
}


def hostile_names() -> dict[str, str]:
    """What our own SIP core hands on of each hostile call's name."""
    names = {}
    for file in sorted(HOSTILE.glob("*.dat")):
        wire = Wire()
        wire.say(file.read_bytes())
        for event in wire.events:
            if isinstance(event, Offered):
                names[file.stem] = event.caller.name
    return names


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[WatchedFile]:
    watched = WatchedFile(tmp_path)
    yield watched
    watched.close()


@pytest.fixture
def port() -> Iterator[WatchedPort]:
    watched = WatchedPort()
    yield watched
    watched.close()


def look_at_everything(running: RunningDesk) -> list[QWidget]:
    """Paint both windows with every panel and tooltip; all widgets that there are."""
    panels = running.pop.body.panels
    for panel in panels.panels:
        panels.go_to(Place(panel.key))
        running.pop.grab()
    running.desktop.main.show()
    running.desktop.main.grab()
    for widget in running.pop.findChildren(QWidget):
        if widget.toolTip():
            QToolTip.showText(widget.mapToGlobal(widget.rect().center()), widget.toolTip(), widget)
            QApplication.processEvents()
    QToolTip.hideText()
    windows = [running.pop, running.desktop.main, running.desktop.tray.icon.contextMenu()]
    return [one for window in windows for one in (window, *window.findChildren(QWidget))]


def rich(widgets: list[QWidget]) -> list[str]:
    """Labels and tips that would be read as markup."""
    all_labels = [one for one in widgets if isinstance(one, QLabel) and one.metaObject().className() != "QTipLabel"]
    labels = [one for one in all_labels if one.textFormat() is not Qt.TextFormat.PlainText]
    tips = [one for one in widgets if one.toolTip() and not one.toolTip().startswith("<span>")]
    return [one.text() for one in labels] + [one.toolTip() for one in tips]


def tips(window: QWidget) -> list[str]:
    """Tooltips as they are read on the screen."""
    found = [one.toolTip() for one in window.findChildren(QWidget) if one.toolTip()]
    return [read(one) for one in found]


def read(tip: str) -> str:
    """As it is read on the screen."""
    return QTextDocumentFragment.fromHtml(tip).toPlainText()


def read_name(running: RunningDesk) -> str:
    """The card's name: what stands there, or what its tooltip says where it had to be cut."""
    shown = running.pop.header.name
    if not shown.toolTip():
        return shown.text()
    whole = QTextDocumentFragment.fromHtml(shown.toolTip()).toPlainText()
    assert shown.text().endswith("…")
    assert whole.startswith(shown.text()[:-1])
    return whole


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="inotify is Linux's")
def test_the_canary_sees_a_label_that_reads_markup(qtbot: QtBot, canary: WatchedFile) -> None:
    assert not canary.was_opened
    careless = QLabel(f"<img src={canary.path}>")
    qtbot.addWidget(careless)
    careless.grab()
    assert canary.was_opened
    assert not canary.was_opened


def test_the_port_sees_a_connection(port: WatchedPort) -> None:
    assert not port.was_called
    socket.create_connection(("127.0.0.1", port.number)).close()
    assert port.was_called


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="inotify is Linux's")
@pytest.mark.parametrize("form", ["<img src={path}>", "<img src=file://{path}>", "<img src=http://127.0.0.1:{port}/x>"])
def test_picture_in_a_name_is_text_in_every_widget_and_nothing_is_fetched(
    desk: RunningDesk, canary: WatchedFile, port: WatchedPort, form: str
) -> None:
    name = form.format(path=canary.path, port=port.number)
    poison_records(desk, name)
    for number, told in ((CUSTOMER_NUMBER, ""), (COMPANY_NUMBER, ""), (UNKNOWN_NUMBER, name)):
        call = desk.ring(number, told)
        desk.desk.select(call.id)
        desk.desktop.main.calls.fill(
            [replace(ROW, customer_name=name, caller_name=name, note_excerpt=name, line_name=name)]
        )
        assert rich(look_at_everything(desk)) == []
        assert name in seen.everything(desk.pop)
    assert not canary.was_opened
    assert not port.was_called


@pytest.mark.parametrize(("source", "name"), hostile_names().items(), ids=lambda text: text[:24] if text else "none")
def test_name_of_a_hostile_call_stands_literally_in_card_and_strip(desk: RunningDesk, source: str, name: str) -> None:
    call = desk.ring(UNKNOWN_NUMBER, name)
    widgets = look_at_everything(desk)
    assert rich(widgets) == []
    assert read_name(desk) == (name or "090-9876-1234")
    written = desk.pop.strip.index_of(call.id)
    assert written.data().partition("\n")[0].removeprefix("▲ ") == (name or "090-9876-1234"), source
    tip = written.data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<span>")
    assert read(tip).startswith(name or "090-9876-1234")


def test_hostile_calls_of_every_kind_were_there() -> None:
    names = hostile_names()
    assert names["html-bold"] == "<b>VIP</b>"
    assert len(names["name-8k"]) == 64
    assert len(names) > 15


@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_strange_text_of_the_records_stands_literally_in_every_panel(desk: RunningDesk, name: str) -> None:
    poison_records(desk, name)
    desk.ring(CUSTOMER_NUMBER)
    assert rich(look_at_everything(desk)) == []
    flat = " ".join(name.splitlines())
    assert read_name(desk) == flat
    for panel in desk.pop.body.panels.panels:
        cells = "\n".join(cell for row in seen.rows(panel.view) for cell in row)
        assert any(text in cells for text in (name, flat)), panel.key
    links = [seen.drawn(one.text()) for one in desk.pop.header.findChildren(QPushButton)]
    assert flat in links or name in links, "the last contact's subject"


def test_strange_names_stand_literally_among_the_candidates(desk: RunningDesk) -> None:
    poison_records(desk, STRANGE["tags"])
    desk.ring(COMPANY_NUMBER)
    assert rich(look_at_everything(desk)) == []
    assert [row[1].split("\n")[0] for row in seen.rows(desk.pop.body.question._candidates)] == [STRANGE["tags"]] * 4


@pytest.mark.parametrize("letter", ["W", "髙", "e\u0301\u0302\u0303", "👨‍👩‍👧", "a\u202e", "<table>"])
def test_a_record_of_8000_letters_neither_widens_nor_freezes_the_window(desk: RunningDesk, letter: str) -> None:
    poison_records(desk, letter * (8000 // len(letter)))
    desk.ring(CUSTOMER_NUMBER)
    look_at_everything(desk)
    assert (desk.pop.width(), desk.pop.height()) == (1080, 680)
    QApplication.processEvents()
    assert desk.pop.minimumSizeHint().width() <= 1080
    finish = seen.button(desk.pop, "Finish   Ctrl+Enter")
    assert desk.pop.rect().contains(finish.mapTo(desk.pop, finish.rect().bottomRight()))


def test_tray_and_menu_hold_no_markup(desk: RunningDesk) -> None:
    source = SourceStatus("<b>desk</b> & phone", SourceState.LISTENING, "", NOW)
    desk.desktop.show_status(Status(sources=(source,)))
    tip = desk.desktop.tray.icon.toolTip()
    assert "‹b›desk‹/b› ＆ phone" in tip
    assert "<" not in tip
    assert isinstance(desk.desktop.tray.icon.contextMenu(), QMenu)
    assert "<b>desk</b> & phone" in seen.everything(desk.pop.status)


def poison_records(running: RunningDesk, text: str) -> None:
    """Put the text into everything that people write about anybody; codes, numbers and keys stay."""
    engine = open_engine("sqlite", running.folder)
    with writing(engine) as connection:
        connection.execute(DDL("DROP TRIGGER complaint_event_changed"))  # what people wrote there only grows
        for table in metadata.sorted_tables:
            changed = {column.name: text for column in table.c if is_free_text(column)}
            if changed:
                connection.execute(update(table).values(changed))
    engine.dispose()


def is_free_text(column: Column[object]) -> bool:
    wanted = {
        "name",
        "reading",
        "memo",
        "company",
        "address",
        "email",
        "rank",
        "text",
        "resolution",
        "category",
        "subject",
        "excerpt",
        "last_subject",
        "label_ja",
        "label_en",
        "postal_code",
        "complaint_no",
        "order_no",
    }
    return column.name in wanted and isinstance(column.type, String | Text) and not column.unique
