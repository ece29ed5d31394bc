"""The other language while the desk is at work: nothing that was typed is lost, and nothing takes the keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.call import CallState
from app.headline import Place
from app.language_choice import language_choice
from app.paths import profile_at
from app.window_places import WindowPlaces
from app.words import language, use_language
from db.demo import CUSTOMER_NUMBER, UNKNOWN_NUMBER
from tests.ui import seen
from tests.ui.busy_day import a_busy_day
from tests.ui.running import RunningDesk
from tests.ui.scenes import english, said
from ui.complaint_form import ComplaintForm
from ui.live.board import BoardWindow
from ui.live.page import LivePage
from ui.main_window import MainWindow
from ui.panels.complaints import Complaints
from ui.pop_window import PopWindow
from ui.qt_words import speak_qt


@pytest.fixture(autouse=True)
def _english_again(dressed: QApplication) -> Iterator[None]:
    yield
    use_language("en")
    speak_qt(dressed, "en")


def switch(desk: RunningDesk) -> None:
    desk.desktop.main.language.turn.click()


def convert(field: QWidget, preedit: str) -> None:
    """What an input method says while a conversion is open."""
    QApplication.sendEvent(field, QInputMethodEvent(preedit, []))


def windows(kind: type[QWidget]) -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


def test_a_live_call_its_note_and_an_open_conversion_are_there_in_the_other_language(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    before = desk.pop.note.body
    before.insertPlainText("再配達は明日。")
    convert(before, "げんかん")
    switch(desk)
    assert language() == "ja"
    assert desk.pop.call is call
    assert call.state is CallState.TALKING
    note = desk.pop.note.body
    assert note is not before
    assert note.toPlainText() == call.note.body == "再配達は明日。げんかん"
    assert note.textCursor().position() == len(call.note.body)
    assert note.steps == call.note.body_steps
    assert english(desk.pop) == english(desk.desktop.main) == []
    note.insertPlainText("先")
    assert call.note.body == "再配達は明日。げんかん先"


def test_one_window_of_each_kind_stands_where_the_other_stood(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    desk.pop.resize(900, 640)
    desk.pop.body.panels.go_to(Place("history"))
    desk.desktop.main.go_to(2)
    switch(desk)
    assert windows(PopWindow) == [desk.pop]
    assert windows(MainWindow) == [desk.desktop.main]
    assert desk.pop.size().toTuple() == (900, 640)
    assert desk.desktop.main.page == 2
    assert "履歴" in seen.everything(desk.pop)
    assert next(one for one in desk.pop.body.panels.panels if one.key == "history").isVisible()


def test_a_pop_that_is_not_seen_stays_so(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    switch(desk)
    assert windows(PopWindow) == []
    assert desk.pop.call is None


def test_todays_calls_are_listed_in_the_new_window(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    listed: list[object] = []
    desk.records.calls_of = lambda *_day_and_answers: listed.append(language())  # type: ignore[method-assign]
    switch(desk)
    assert "ja" in listed


def test_never_while_it_rings(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    call = desk.ring(CUSTOMER_NUMBER)
    pop = desk.pop
    switch(desk)
    assert (language(), desk.pop) == ("en", pop)
    assert "As soon as nothing rings." in seen.everything(desk.desktop.main)
    desk.answer(call)
    assert language() == "ja"
    assert desk.pop is not pop
    assert "応対中" in seen.everything(desk.pop) or "通話中" in seen.everything(desk.pop)


def test_what_was_typed_into_forms_and_not_sent_goes_along(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    panels = desk.pop.body.panels
    panels.go_to(Place("complaints", "12"))
    next(one for one in panels.panels if isinstance(one, Complaints)).steps.words.setText("折り返し済み")
    desk.pop.note.wrap_up.wants_complaint.emit()
    form = desk.pop.note.wrap_up.form
    assert isinstance(form, ComplaintForm)
    form.product.setText("羽毛布団")
    switch(desk)
    now = desk.pop.note.wrap_up.form
    assert isinstance(now, ComplaintForm)
    assert now is not form
    assert now.product.text() == "羽毛布団"
    steps = next(one for one in desk.pop.body.panels.panels if isinstance(one, Complaints)).steps
    assert (steps.complaint_no, steps.words.text()) == ("12", "折り返し済み")


def test_a_new_customer_who_is_half_entered_goes_along(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    desk.answer(desk.ring(UNKNOWN_NUMBER))
    before = desk.pop.body.question.new
    before.show_fields()
    before._name.setText("山田 花子")
    switch(desk)
    now = desk.pop.body.question.new
    assert (now._name.text(), now._name.isVisible()) == ("山田 花子", True)


def test_what_is_covered_stays_covered(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    desk.pop.cover.cover()
    switch(desk)
    assert desk.pop.cover.is_on
    assert desk.desktop.main.cover.is_on


def test_a_page_at_work_is_finished_first(desk: RunningDesk, tmp_path: Path) -> None:
    desk.desktop.show_main()
    main = desk.desktop.main
    file = tmp_path / "customers.csv"
    file.write_text("氏名,電話番号\n山田 花子,0312345678\n", encoding="utf-8")
    number = main._titles.index("Import and export")
    main.go_to(number)
    page = main._pages.widget(number)
    page._imports.open(file)  # type: ignore[attr-defined]  # the page is known as a widget only
    desk.qtbot.waitUntil(lambda: main.page_at_work is not None, timeout=10_000)
    switch(desk)
    assert (language(), desk.desktop.main) == ("en", main)
    assert "Finish with “Import and export” first." in seen.everything(main)


def test_it_comes_back_and_calls_are_heard_as_before(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    for spoken in ("ja", "en", "ja", "en"):
        switch(desk)
        assert language() == spoken
    call = desk.ring(CUSTOMER_NUMBER)
    assert "ringing" in seen.everything(desk.pop)
    assert windows(PopWindow) == [desk.pop]
    desk.give_up(call)
    heard = len(desk.desk.shift.changed)
    switch(desk)
    assert len(desk.desk.shift.changed) == heard
    desk.desk.shift.change("tanaka")
    assert "田中 彩" in seen.everything(desk.desktop.main)


def test_the_tray_speaks_it_too(desk: RunningDesk) -> None:
    switch(desk)
    assert [one.text() for one in desk.desktop.tray._menu.actions()][-1] == "終了"


def test_it_is_kept_for_the_next_start(tmp_path: Path) -> None:
    profile = profile_at(tmp_path)
    assert language_choice(profile).language == ""
    language_choice(profile).choose("ja")
    assert language_choice(profile).language == "ja"
    profile.language_file.write_text("[")
    assert language_choice(profile).language == ""


@pytest.mark.parametrize("is_full", [True, False], ids=["full screen", "a window"])
def test_a_board_on_a_second_screen_stays_there_whichever_page_is_open(
    desk: RunningDesk, tmp_path: Path, is_full: bool
) -> None:
    desk.desktop.keep_places(WindowPlaces(tmp_path / "windows.json"))
    a_busy_day(desk).findChild(LivePage).show_board()
    (before,) = windows(BoardWindow)
    before.setGeometry(40, 60, 900, 600)
    if is_full:
        before.showFullScreen()
    desk.desktop.main.go_to(0)
    switch(desk)
    (now,) = windows(BoardWindow)
    assert now is not before
    assert now.windowTitle() == "ライブボード – Omote"
    assert now.isFullScreen() is is_full
    assert now.normalGeometry().getRect() == (40, 60, 900, 600)
    assert not now.isActiveWindow()
    desk.qtbot.waitUntil(lambda: "サービスレベル" in said(now), timeout=5000)


def test_a_board_that_was_closed_stays_closed(desk: RunningDesk) -> None:
    page: LivePage = a_busy_day(desk).findChild(LivePage)
    page.show_board()
    windows(BoardWindow)[0].close()
    switch(desk)
    assert windows(BoardWindow) == []
