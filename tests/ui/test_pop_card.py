"""The card of the demo's first customer, whom the design's picture shows: what stands where, in both languages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabBar, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.headline import Place
from cti.events import CallAnswered, Caller, CallHeld, CallOffered, Direction
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.first_line import FirstLine, Part, laid_out_once
from ui.plain_text import CutButton

HEADER = {
    "ja": [
        "髙橋 一郎 様", "タカハシ イチロウ", "A ランク", "優良",
        "固定電話   着信: Main shop (0312345678)   一致: 完全一致",
    ],
    "en": [
        "髙橋 一郎", "タカハシ イチロウ", "Rank A", "loyal",
        "landline   Line: Main shop (0312345678)   Match: exact match",
    ],
}  # fmt: skip
FIRST_LINE = {
    "ja": "未解決のクレーム #12 (担当 佐藤 美咲、3日前) 前回 2日前: 配送の問い合わせ (鈴木 健) 折り返し約束 今日 15:00",
    "en": "Open complaint #12 (with 佐藤 美咲, 3 days ago) last contact 2 days ago: 配送の問い合わせ (鈴木 健)"
    " callback promised today 15:00",
}
PINS = {
    "ja": [
        "▲ クレーム対応中: 配送遅延(重要度 3)",
        "◆ 期限 今日 15:00: 再配達の時間をお伝えする",
        "♥ ゆっくり大きな声で",
    ],
    "en": [
        "▲ Open complaint: 配送遅延 (severity 3)",
        "◆ Due today 15:00: 再配達の時間をお伝えする",
        "♥ ゆっくり大きな声で",
    ],
}
TABS = {
    "ja": ["購入履歴 14", "クレーム 3", "応対履歴 27", "対応者 2", "お客様"],
    "en": ["Purchases 14", "Complaints 3", "History 27", "Handlers 2", "Customer"],
}
TOP_ROWS = {
    "ja": {
        "purchases": ["2026-11-18", "羽毛布団 ダブル\n注文 A-20931 · 2点", "配送中", "¥48,000"],
        "complaints": [
            "2026-11-18", "#12 配送遅延\n約束の羽毛布団が届かない。運送会社に荷物の所在を確認中。",
            "▲ 調査中\n重要度 3", "佐藤 美咲",
        ],
        "history": ["2026-11-19\n14:12", "配送の問い合わせ\n佐藤へ引き継ぎ。", "配送\n電話 ←", "鈴木 健"],
        "handlers": ["鈴木 健\n応対 3回", "2日前 配送の問い合わせ\n前回の対応者", "—"],
        "profile": ["お客様番号", "C-000001"],
    },
    "en": {
        "purchases": ["2026-11-18", "羽毛布団 ダブル\nOrder A-20931 · 2 pieces", "shipping", "¥48,000"],
        "complaints": [
            "2026-11-18", "#12 配送遅延\n約束の羽毛布団が届かない。運送会社に荷物の所在を確認中。",
            "▲ investigating\nseverity 3", "佐藤 美咲",
        ],
        "history": ["2026-11-19\n14:12", "配送の問い合わせ\n佐藤へ引き継ぎ。", "Delivery\nphone ←", "鈴木 健"],
        "handlers": ["鈴木 健\n3 contacts", "2 days ago 配送の問い合わせ\nthe last one", "—"],
        "profile": ["Customer number", "C-000001"],
    },
}  # fmt: skip
EMPTY = {
    "ja": {
        "purchases": "購入履歴はありません。次の取り込みの後に表示されます。",
        "complaints": "クレームはありません。受け付けると対応者とともにここに表示されます。",
        "history": "応対履歴はありません。この通話が最初の記録になります。",
        "handlers": "まだ誰も応対していません。",
    },
    "en": {
        "purchases": "No purchases yet. They appear here after the next import.",
        "complaints": "No complaints. A complaint that is received appears here with its handler.",
        "history": "No contact so far. This call will be the first one here.",
        "handlers": "Nobody has dealt with this customer yet.",
    },
}
BEWARE = {
    "ja": [
        "▲ 要注意: 前回、大声で長時間のお話。必ず上長へつなぐ", "⊘ 連絡不可: メール(お知らせ)",
        "▲ 前回、大声で長時間のお話。必ず上長へつなぐ\n田中 彩 · 2026-05-05", "⊘ メール(お知らせ)\n拒否 2026-05-05",
    ],
    "en": [
        "▲ Caution: 前回、大声で長時間のお話。必ず上長へつなぐ", "⊘ Do not contact: mail (お知らせ)",
        "▲ 前回、大声で長時間のお話。必ず上長へつなぐ\n田中 彩 · 2026-05-05", "⊘ mail (お知らせ)\nrefused 2026-05-05",
    ],
}  # fmt: skip
BEWARE_FIELDS = {"ja": ["要注意", "連絡不可"], "en": ["Caution", "Do not contact"]}
HANAKO_NUMBER = "0425211234"
DAUGHTER_NUMBER = "07012340035"  # 田中 結衣, of whom nothing but her number is known


@pytest.fixture
def card(language: str, start: Callable[[], RunningDesk]) -> RunningDesk:
    """The design's customer calls."""
    running = start()
    running.ring(CUSTOMER_NUMBER)
    return running


def first_line(running: RunningDesk) -> FirstLine:
    return running.pop.header.findChild(FirstLine)


def pins(running: RunningDesk) -> list[str]:
    """All that is pinned, whole words from left to right."""
    return [one.whole for one in running.pop.header.findChildren(CutButton) if one.isVisible()]


def panel_rows(running: RunningDesk, key: str) -> list[list[str]]:
    """The rows of a panel after the operator has gone to it."""
    panels = running.pop.body.panels
    panels.go_to(Place(key))
    return seen.rows(next(panel.view for panel in panels.panels if panel.key == key))


def test_header_says_who_it_is_with_which_number_on_which_line_and_why(card: RunningDesk, language: str) -> None:
    said = seen.everything(card.pop.header)
    assert [words for words in HEADER[language] if words not in said] == []
    assert seen.labels(card.pop.header, "name") == HEADER[language][:1]
    assert seen.labels(card.pop.header, "strong") == ["03-3581-4111"]


def test_first_line_says_what_matters_before_hello(card: RunningDesk, language: str) -> None:
    card.pop.resize(1500, 680)
    assert seen.line(first_line(card)) == FIRST_LINE[language]


def test_first_line_in_a_narrow_window_leaves_out_its_end_and_cuts_no_word(card: RunningDesk, language: str) -> None:
    card.pop.resize(720, 480)
    shown = seen.line(first_line(card))
    assert shown.endswith(" …"), "a sign that there is more"
    assert FIRST_LINE[language].startswith(shown.removesuffix(" …"))
    assert 2 < len(shown) < len(FIRST_LINE[language])
    line = first_line(card)
    assert all(one.geometry().right() <= line.width() for one in line.findChildren(QLabel) if one.isVisible())


def test_complaint_callback_and_caution_stand_pinned_with_sign_and_words(card: RunningDesk, language: str) -> None:
    card.pop.resize(1500, 680)
    assert pins(card) == PINS[language]


def test_tabs_count_what_is_behind_them(card: RunningDesk, language: str) -> None:
    assert seen.tabs(card.pop.body.panels.findChild(QTabBar)) == TABS[language]


@pytest.mark.parametrize("key", ["purchases", "complaints", "history", "handlers", "profile"])
def test_panel_begins_with_what_the_facts_put_first(card: RunningDesk, language: str, key: str) -> None:
    assert panel_rows(card, key)[0] == TOP_ROWS[language][key]


def test_every_fact_of_the_customer_has_its_row(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    sizes = {"purchases": 14, "complaints": 3, "history": 20, "handlers": 2}
    assert {key: len(panel_rows(desk, key)) for key in sizes} == sizes
    assert panel_rows(desk, "purchases")[2][3] == "−¥7,980"
    assert panel_rows(desk, "profile") == [
        ["Customer number", "C-000001"],
        ["How to be treated", "ゆっくり大きな声で"],
        ["Phone", "03-3581-4111\nhome"],
        ["Phone", "090-1234-0021\nmobile"],
        ["callback promised", "today 15:00\n佐藤 美咲 再配達の時間をお伝えする"],
        ["Email", "ichiro.takahashi@example.jp"],
        ["Address", "東京都千代田区霞が関1-2-3\n〒100-0013"],
        ["Born", "1951-04-12"],
        ["Spent in all", "¥116,800"],
    ]


def test_prior_handlers_stand_at_the_foot_of_every_panel_but_their_own(card: RunningDesk, language: str) -> None:
    for key, is_there in (("purchases", True), ("handlers", False)):
        card.pop.body.panels.go_to(Place(key))
        tables = [view for view in card.pop.body.panels.findChildren(QTableView) if view.isVisible()]
        assert len(tables) == 1 + is_there
        *who, complaint = TOP_ROWS[language]["handlers"]
        assert seen.rows(tables[-1])[0] == [*who, "" if is_there else complaint]  # — says nothing without a heading


def test_a_link_of_the_first_line_leads_to_its_source(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    bar = desk.pop.body.panels.findChild(QTabBar)
    for link, place in (("Open complaint #12", 1), ("配送の問い合わせ", 2)):
        desk.qtbot.mouseClick(seen.button(desk.pop.header, link), Qt.MouseButton.LeftButton)
        assert bar.currentIndex() == place


def selected_row(running: RunningDesk, key: str) -> list[str]:
    view = next(panel.view for panel in running.pop.body.panels.panels if panel.key == key)
    return seen.rows(view)[view.currentIndex().row()] if view.currentIndex().isValid() else []


def test_links_and_pins_select_the_very_record(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.resize(1500, 680)
    clicks = {
        "Open complaint #12": ("complaints", "#12 配送遅延"), "配送の問い合わせ": ("history", "配送の問い合わせ"),
        "callback promised today 15:00": ("profile", "today 15:00"),
    }  # fmt: skip
    for link, (panel, words) in clicks.items():
        desk.qtbot.mouseClick(seen.button(desk.pop.header, link), Qt.MouseButton.LeftButton)
        assert any(cell.startswith(words) for cell in selected_row(desk, panel)), link
    desk.qtbot.mouseClick(seen.button(desk.pop.header, PINS["en"][2]), Qt.MouseButton.LeftButton)
    assert selected_row(desk, "profile") == ["How to be treated", "ゆっくり大きな声で"]
    assert not desk.pop.body.panels.panels[4].view.hasFocus(), "a click on a pin leaves the keyboard in the note"


def test_a_caution_and_a_refusal_are_pinned_and_told_of_in_the_customers_panel(
    language: str, start: Callable[[], RunningDesk]
) -> None:
    running = start()
    running.ring(HANAKO_NUMBER)
    running.pop.resize(1500, 680)
    assert pins(running) == BEWARE[language][:2]
    rows = {row[0]: row[1] for row in panel_rows(running, "profile")}
    assert [rows[name] for name in BEWARE_FIELDS[language]] == BEWARE[language][2:]


def test_pins_that_find_no_room_are_cut_then_counted(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.resize(720, 560)
    assert pins(desk) == [*PINS["en"][:2], "+1"]
    shown = [one for one in desk.pop.header.findChildren(CutButton) if one.isVisible()]
    assert any(one.text().endswith("…") for one in shown)
    assert shown[-1].accessibleName() == PINS["en"][2]
    assert all(one.geometry().right() <= one.parentWidget().width() for one in shown)


def test_panel_without_records_says_what_will_be_there(language: str, start: Callable[[], RunningDesk]) -> None:
    running = start()
    running.ring(DAUGHTER_NUMBER)
    for key, words in EMPTY[language].items():
        assert panel_rows(running, key) == []
        assert seen.labels(running.pop.body.panels, "empty") == [words]


def test_another_customer_fills_every_panel_anew(desk: RunningDesk) -> None:
    first = desk.ring(CUSTOMER_NUMBER)
    for panel in desk.pop.body.panels.panels:
        desk.pop.body.panels.go_to(Place(panel.key))
    desk.give_up(first)
    desk.ring(ENGLISH_NUMBER)
    assert panel_rows(desk, "purchases") == [
        ["2026-11-01", "羽毛布団 シングル\nOrder A-40020 · 1 piece", "completed", "¥18,800"]
    ]
    assert [row[3] for row in panel_rows(desk, "history")] == ["佐藤 美咲"]


def test_tabs_keep_whole_words_where_there_is_little_room(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    bar = desk.pop.body.panels.findChild(QTabBar)
    desk.pop.resize(960, 540)
    assert seen.tabs(bar) == ["Purchases", "Complaints", "History", "Handlers", "Customer"]
    assert bar.tabRect(4).right() <= bar.width(), "no tab has to be scrolled to"
    assert "History 27" in bar.tabToolTip(2)
    desk.pop.resize(1080, 680)
    assert seen.tabs(bar) == TABS["en"]


def test_words_of_the_first_line_that_lead_to_a_link_do_not_stand_without_it(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    for width in range(720, 1300, 20):
        desk.pop.resize(width, 680)
        assert not seen.line(first_line(desk)).endswith(":")


def test_a_first_line_that_was_out_of_sight_when_it_changed_is_laid_out_when_it_comes_back(qtbot: QtBot) -> None:
    window, line = QWidget(), FirstLine()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(line)
    window.resize(800, 80)
    line.fill([Part("short"), Part("words")])
    window.show()
    line.hide()
    line.fill([Part("something longer"), Part("and more")])
    qtbot.wait(10)  # Qt asks it to lay itself out, and nobody sees it
    with laid_out_once(window, line):
        line.fill([Part("the words of the next caller"), Part("and what became of it")])
        line.show()
    qtbot.wait(10)
    shown = [one for one in line.findChildren(QLabel) if one.isVisible()]
    assert [one.width() for one in shown] == [one.sizeHint().width() for one in shown]
    assert len(shown) == 2


def test_a_queue_with_its_wait_and_a_caller_who_is_held_are_said(desk: RunningDesk) -> None:
    caller, since = Caller(CUSTOMER_NUMBER, ""), NOW - timedelta(minutes=2, seconds=5)
    desk.desk.hear(
        CallOffered(
            "pbx", "queued", caller, "0312345678", "", "", Direction.IN, NOW, 1, 2, queue="sales", waiting_since=since
        )
    )
    desk.qtbot.waitUntil(lambda: "一郎" in desk.pop.header.name.text(), timeout=5000)
    assert "Queue: sales · waiting since 14:09" in seen.line(desk.pop.header)
    desk.desk.hear(CallAnswered("pbx", "queued", None, NOW))
    assert "Queue: sales · waited 02:05" in seen.line(desk.pop.header)
    for is_held, words in ((True, "‖ on hold"), (False, "● on the phone")):
        desk.desk.hear(CallHeld("pbx", "queued", is_held, NOW))
        assert seen.labels(desk.pop.header, "state") == [words]
