"""The page of duplicates with real records: a pair side by side, made one, two again, or told apart for good."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from sqlalchemy import insert, update

from app.words import use_language
from db.demo import CUSTOMER_NUMBER
from db.engine import FILE_NAME, open_engine, writing
from db.models import customer, customer_phone, phone_number
from db.search_index import refresh_tokens
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.pages.duplicates import DuplicatesPage
from ui.rows import RowsView

OLD, NEW = 9001, 9002
NAMES = "一口 鷹也 × 2"


@pytest.fixture
def twice(desk: RunningDesk, tmp_path: Path) -> Iterator[Path]:
    """Somebody who was written down twice, with two memos."""
    engine = open_engine("sqlite", tmp_path)
    with writing(engine) as connection:
        connection.execute(insert(phone_number).values(id=9000, e164=819012345670, raw="090-1234-5670", kind="mobile"))
        for key, memo in ((OLD, "話は短く"), (NEW, "折り返しは夕方")):
            row = {"id": key, "customer_no": f"X-{key}", "kind": "person", "name": "一口 鷹也", "created_at": NOW}
            row |= {
                "reading": "イモアライ タカヤ",
                "lifecycle_stage": "active",
                "memo": memo,
                "rank": "A" if key == NEW else None,
            }
            connection.execute(insert(customer).values(row))
            number = {"customer_id": key, "phone_number_id": 9000, "extension": "", "label": "mobile"}
            connection.execute(insert(customer_phone).values(**number, is_primary=True, confidence="known"))
        refresh_tokens(connection, [OLD, NEW])
    yield tmp_path
    engine.dispose()


@pytest.fixture
def page(desk: RunningDesk, twice: Path) -> DuplicatesPage:
    """The page, with that pair side by side."""
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Duplicates").click()
    page = desk.desktop.main.findChild(DuplicatesPage)
    look(desk, page)
    return page


def look(desk: RunningDesk, page: DuplicatesPage) -> None:
    seen.button(page, "Look for duplicates").click()
    desk.qtbot.waitUntil(page.comparison.isVisible, timeout=30_000)
    choose_pair(desk, page)


def choose_pair(desk: RunningDesk, page: DuplicatesPage) -> None:
    """Ours, wherever it stands."""
    place = [row[0].split("\n")[0] for row in seen.rows(pairs(page))].index(NAMES)
    pairs(page).selectRow(place)
    wait_for_side_by_side(desk, page)


def wait_for_side_by_side(desk: RunningDesk, page: DuplicatesPage) -> None:
    desk.qtbot.waitUntil(lambda: "X-9001" in str(compared(page)) and can_merge(page), timeout=10_000)


def can_merge(page: DuplicatesPage) -> bool:
    return seen.button(page, "Make them one").isEnabled()


def pairs(page: DuplicatesPage) -> RowsView:
    (found,) = [one for one in page.findChildren(RowsView) if one.accessibleName() == "Pairs to decide"]
    return found


def compared(page: DuplicatesPage) -> dict[str, list[str]]:
    """Line by line, what stands left, right and beside."""
    return {row[0]: row[1:] for row in seen.rows(page.comparison)}


def click(page: DuplicatesPage, line: str, column: int) -> None:
    """On a cell of the comparison."""
    view = page.comparison
    row = list(compared(page)).index(line)
    index = view.model().index(row, column)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def press(page: QWidget, text: str) -> None:
    QTest.mouseClick(seen.button(page, text), Qt.MouseButton.LeftButton)


def said(page: DuplicatesPage) -> str:
    return " ".join(text for role in ("result", "alarm", "line") for text in seen.labels(page, role))


def wait_for(desk: RunningDesk, page: DuplicatesPage, words: str) -> None:
    desk.qtbot.waitUntil(lambda: words in said(page), timeout=10_000)


def stored(folder: Path, key: int) -> tuple[object, ...]:
    """Memo, rank, and whom the customer was merged into, as a bare reader sees them."""
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        asked = "SELECT memo, rank, merged_into_id FROM customer WHERE id = ?"
        return tuple(connection.execute(asked, (key,)).fetchone())
    finally:
        connection.close()


def test_before_a_search_the_page_says_what_will_be_here(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Duplicates").click()
    page = desk.desktop.main.findChild(DuplicatesPage)
    assert seen.labels(page, "empty") == [
        "Customers who are recorded twice will stand here in pairs, with what speaks for it."
    ]
    page._tabs.setCurrentIndex(1)
    assert seen.labels(page, "empty") == ["No merges yet. Each one is listed here and can be undone."]


def test_a_pair_stands_with_its_score_as_word_and_figure_and_what_speaks_for_it(page: DuplicatesPage) -> None:
    (why,) = [text for text in seen.labels(page, "line") if "%" in text]
    assert why.startswith("very likely ")
    assert "same name" in why
    assert "same number" in why


def test_both_stand_side_by_side_with_what_is_suggested(page: DuplicatesPage) -> None:
    lines = compared(page)
    assert lines["Stays"] == ["● X-9001", "○ X-9002", ""]
    assert lines["Rank"] == ["○ –", "● A", ""]
    assert lines["Memo"] == ["● 話は短く", "● 折り返しは夕方", "● both"]
    assert lines["Phone numbers\nall are kept"] == ["090-1234-5670", "090-1234-5670", ""]
    assert lines["Name"] == ["一口 鷹也", "=", ""]


def test_what_was_chosen_is_what_the_one_customer_has_and_undo_makes_two_again(
    desk: RunningDesk, page: DuplicatesPage, twice: Path
) -> None:
    click(page, "Memo", 2)
    assert compared(page)["Memo"] == ["○ 話は短く", "● 折り返しは夕方", "○ both"]
    press(page, "Make them one")
    wait_for(desk, page, "✓ X-9002 一口 鷹也 is now part of X-9001 一口 鷹也.")
    assert stored(twice, OLD) == ("折り返しは夕方", "A", None)
    assert stored(twice, NEW)[2] == OLD
    assert NAMES not in str(seen.rows(pairs(page)))
    press(page, "Undo")
    wait_for(desk, page, "✓ They are two customers again.")
    assert [stored(twice, OLD), stored(twice, NEW)] == [("話は短く", None, None), ("折り返しは夕方", "A", None)]


def test_the_other_one_may_stay(desk: RunningDesk, page: DuplicatesPage, twice: Path) -> None:
    click(page, "Stays", 2)
    click(page, "Rank", 1)
    press(page, "Make them one")
    wait_for(desk, page, "✓ X-9001 一口 鷹也 is now part of X-9002 一口 鷹也.")
    assert stored(twice, NEW) == ("折り返しは夕方\n話は短く", None, None)
    assert stored(twice, OLD)[2] == NEW


def test_arrow_keys_choose_a_side_and_b_chooses_both(page: DuplicatesPage) -> None:
    view = page.comparison
    view.setFocus()
    view.selectRow(list(compared(page)).index("Memo"))
    for key, line in (
        (Qt.Key.Key_Right, ["○ 話は短く", "● 折り返しは夕方", "○ both"]),
        (Qt.Key.Key_Left, ["● 話は短く", "○ 折り返しは夕方", "○ both"]),
        (Qt.Key.Key_B, ["● 話は短く", "● 折り返しは夕方", "● both"]),
    ):
        QTest.keyClick(view, key)
        assert compared(page)["Memo"] == line
    view.selectRow(list(compared(page)).index("Rank"))
    QTest.keyClick(view, Qt.Key.Key_B)  # there are no two ranks
    assert compared(page)["Rank"] == ["○ –", "● A", ""]


def test_not_the_same_is_remembered_until_it_is_taken_back(desk: RunningDesk, page: DuplicatesPage) -> None:
    press(page, "Not the same")
    wait_for(desk, page, "not the same. They will not be offered again.")
    press_again(desk, page)
    assert NAMES not in str(seen.rows(pairs(page)))


def press_again(desk: RunningDesk, page: DuplicatesPage) -> None:
    """Look for duplicates once more."""
    texts = seen.buttons(page)
    press(page, "Look again" if "Look again" in texts else "Look for duplicates")
    found = page.waiting
    desk.qtbot.waitUntil(
        lambda: page.comparison.isVisible() or "No two customers" in seen.everything(found), timeout=30_000
    )


def test_not_the_same_can_be_taken_back(desk: RunningDesk, page: DuplicatesPage) -> None:
    press(page, "Not the same")
    wait_for(desk, page, "will not be offered again")
    press(page, "Undo")
    wait_for(desk, page, "to decide again")
    press_again(desk, page)
    assert NAMES in str(seen.rows(pairs(page)))


def test_later_puts_a_pair_behind_the_others(desk: RunningDesk, page: DuplicatesPage, twice: Path) -> None:
    press(page, "Later")
    assert seen.rows(pairs(page))[-1][0].startswith(NAMES)
    assert stored(twice, NEW)[2] is None


def test_who_comes_second_is_told_and_sees_both_as_they_are_now(
    desk: RunningDesk, page: DuplicatesPage, twice: Path
) -> None:
    engine = open_engine("sqlite", twice)
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id == NEW).values(rank="B", version_id=2))
    engine.dispose()
    press(page, "Make them one")
    wait_for(desk, page, "▲ X-9002 was changed by somebody else meanwhile. Compare the two again.")
    desk.qtbot.waitUntil(lambda: compared(page)["Rank"] == ["○ –", "● B", ""] and can_merge(page), timeout=10_000)
    assert stored(twice, NEW)[2] is None
    press(page, "Make them one")
    wait_for(desk, page, "is now part of")


def test_a_past_merge_is_undone_from_its_list(desk: RunningDesk, page: DuplicatesPage, twice: Path) -> None:
    press(page, "Make them one")
    wait_for(desk, page, "is now part of")
    page._tabs.setCurrentIndex(1)
    (past,) = page.past.findChildren(RowsView)
    desk.qtbot.waitUntil(past.isVisible, timeout=10_000)
    assert seen.rows(past)[0][1] == "X-9002 一口 鷹也 → X-9001 一口 鷹也"
    past.selectRow(0)
    press(page, "Undo…")
    assert "Make X-9002 a customer of its own again?" in said(page)
    assert seen.button(page, "Leave it").hasFocus()
    press(page, "Make them two")
    wait_for(desk, page, "✓ They are two customers again.")
    assert stored(twice, NEW)[2] is None
    desk.qtbot.waitUntil(lambda: "↩ undone" in str(seen.rows(past)), timeout=10_000)


def test_a_call_pops_beside_it_as_always(desk: RunningDesk, page: DuplicatesPage) -> None:
    assert page.isVisible()
    assert desk.ring(CUSTOMER_NUMBER).pop.facts is not None


def test_everything_is_reached_with_the_tab_key(desk: RunningDesk, page: DuplicatesPage) -> None:
    wanted: set[QWidget] = {
        seen.button(page, text) for text in ("Later", "Not the same", "Make them one", "Look again")
    }
    wanted |= {pairs(page), page.comparison, page._tabs}
    desk.desktop.main.activateWindow()
    found: set[QWidget] = set()
    while (now := QApplication.focusWidget() or desk.desktop.main) not in found:
        found.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert wanted <= found


def test_the_page_speaks_japanese(start: Callable[[], RunningDesk]) -> None:
    use_language("ja")
    desk = start()
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "重複").click()
    page = desk.desktop.main.findChild(DuplicatesPage)
    assert seen.labels(page, "empty") == [
        "二重に登録されているかもしれないお客様が、理由とともに 2 件ずつここに並びます。"
    ]
    assert [one.text() for one in page.findChildren(QPushButton) if one.text().isascii()] == []
