"""The page of the first day on the real window: fields by kind, skipping, another language, what IT has answered."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.credentials import Credentials
from app.first_start.answers import PhoneField, PhoneKind
from app.first_start.first_day import FirstDay
from app.first_start.first_start import Part
from app.paths import profile_at
from app.settings import Settings
from cti.sip.settings import SipSettings
from tests.app.test_credentials import MemoryKeyring
from tests.ui import seen
from tests.ui.running import RunningDesk
from tests.ui.start_scenes import first_page
from ui.first_day import show_first_day
from ui.pages.first_start import FirstStartPage


def test_it_stands_in_front_on_the_first_day_with_the_keyboard_in_the_name(desk: RunningDesk) -> None:
    page = first_page(desk)
    assert page.isVisible()
    assert desk.desktop.main.focusWidget() is page.name


def test_where_a_phone_is_set_up_there_is_no_line_of_it(desk: RunningDesk) -> None:
    settings = Settings(sources=(SipSettings("desk phone", "pbx"),))
    keyring = MemoryKeyring()
    day = FirstDay(profile_at(desk.folder), settings, Credentials(lambda: keyring), desk.post, desk.desk.board)
    desk.desktop.add(lambda main: show_first_day(day, main))
    desk.desktop.show_main()
    assert "First steps" not in desk.desktop.main._titles
    assert desk.desktop.main.page == 0


def test_only_the_fields_that_a_kind_needs_are_seen_and_what_was_typed_stays(desk: RunningDesk) -> None:
    page = first_page(desk)
    page.fields[PhoneField.SERVER].setText("pbx.example.jp")
    for kind, wanted in (
        (PhoneKind.BOX, {PhoneField.SERVER}),
        (PhoneKind.PUSH, set()),
        (PhoneKind.DESK_PHONE, set(PhoneField)),
        (PhoneKind.EXTENSION, set(PhoneField) - {PhoneField.USER}),
    ):
        page.kind.choose(kind.value)
        page.kind.changed.emit()
        assert {one for one, field in page.fields.items() if field.isVisible()} == wanted
    assert page.fields[PhoneField.SERVER].text() == "pbx.example.jp"


def test_the_address_of_a_server_is_asked_only_of_a_server(desk: RunningDesk) -> None:
    page = first_page(desk)
    assert not page.url.isVisible()
    QTest.mouseClick(page.place.buttons[1], Qt.MouseButton.LeftButton)
    assert page.url.isVisible()
    QTest.keyClicks(page.url, "postgresql://db")
    assert page.url.text() == page._first.records.url == "postgresql://db", "typing moves nothing away"


def test_a_question_is_skipped_and_answered_after_all(desk: RunningDesk) -> None:
    page = first_page(desk)
    card = page.cards[Part.PHONE]
    QTest.mouseClick(card.skip, Qt.MouseButton.LeftButton)
    assert not card.try_it.isVisible()
    assert Part.PHONE in page._first.skipped
    QTest.mouseClick(seen.button(card, "Answer it after all"), Qt.MouseButton.LeftButton)
    assert card.try_it.isVisible()
    assert page._first.skipped == set()


def test_another_language_keeps_what_was_typed(desk: RunningDesk) -> None:
    page = first_page(desk)
    page.name.setText("鈴木")
    page.fields[PhoneField.SERVER].setText("pbx.example.jp")
    page.cards[Part.RECORDS].skip.click()
    page.wants_language.emit("ja")
    (other,) = desk.desktop.main.findChildren(FirstStartPage)
    assert other is not page
    assert other.name.text() == "鈴木"
    assert other.fields[PhoneField.SERVER].text() == "pbx.example.jp"
    assert Part.RECORDS in other._first.skipped
    assert "あとで" in other.later.text()
    desk.desktop.speak("en")


def test_later_leaves_and_it_does_not_come_by_itself_again(desk: RunningDesk) -> None:
    page = first_page(desk)
    QTest.mouseClick(page.later, Qt.MouseButton.LeftButton)
    assert desk.desktop.main.page == 0
    assert not page._first.is_wanted
    assert page._first.is_offered


def test_the_page_of_imports_is_one_click_away(desk: RunningDesk) -> None:
    page = first_page(desk)
    QTest.mouseClick(page.bring_in, Qt.MouseButton.LeftButton)
    main = desk.desktop.main
    assert main._titles[main.page] == "Import and export"
