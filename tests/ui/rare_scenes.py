"""What an operator meets on some days only: lists over the note, forms, what is due, a break, very long names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTableView, QWidget

from app.audit.signature import AuditAction, Signature
from app.call import Note, Ring
from app.clock import Clock
from app.draft_calls import draft_of
from app.follow_ups import FollowUpKind, FollowUpWish
from app.pop import Found
from app.records import Failed
from app.seat import Seat
from app.talking import Chosen, HeadsetNow, Talking
from app.templates import TemplateBook, TemplateSettings
from app.words import _
from cti.control import Act, Cannot
from cti.events import CallAnswered, Caller, CallOffered, Direction
from db.demo import CUSTOMER_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from tests.app.test_draft_calls import a_call
from tests.fakes.talk_here import FakeTalkHere
from tests.ui import seen
from tests.ui.busy_day import big_board, live
from tests.ui.missed_callers import waiting_callers
from tests.ui.running import NOW, OPERATOR, RunningDesk
from tests.ui.test_note_versions import sheet, twice_written
from ui.keys import BREAK
from ui.new_customer import NewCustomerForm
from ui.pages.audit import AuditPage
from ui.pages.complaints import ComplaintsPage
from ui.pages.follow_ups import FollowUpsPage
from ui.pages.headset import HeadsetPage
from ui.pages.missed import MissedPage
from ui.rows import RowsView

LONG_NAME = "髙﨑𠮷一般財団法人関東甲信越広域生活文化環境振興センター東京事務所総務部資材調達課"
LONG_READING = "ﾀｶｻｷﾖｼ ｲｯﾊﾟﾝｻﾞｲﾀﾞﾝﾎｳｼﾞﾝｶﾝﾄｳｺｳｼﾝｴﾂｺｳｲｷｾｲｶﾂﾌﾞﾝｶｶﾝｷｮｳｼﾝｺｳｾﾝﾀｰ"
_BOOK = TemplateBook(
    (TemplateSettings("配送のおわび", "{name} 様へおわび。", key=";late"), TemplateSettings("折り返し", "折り返す。")),
    Seat(OPERATOR),
    Clock(now=lambda: NOW),
)
Shown = tuple[QWidget, list[str]]


def _with_headset(desk: RunningDesk) -> FakeTalkHere:
    """The source "pbx" is talked in at this PC."""
    here = FakeTalkHere()
    here.headset.chosen = Chosen("USB headset", "USB headset", "Built-in")
    desk.desktop.add_headset(Talking({"pbx": here}, desk.loop.submit, desk.post))
    desk.control.reasons |= dict.fromkeys((Act.HAND_OVER, Act.TAKE_BACK), Cannot.NOT_NOW)
    return here


def headset(desk: RunningDesk) -> Shown:
    """Chosen, tried, and one of them pulled out."""
    here, main = _with_headset(desk), desk.desktop.main
    here.headset.chosen = replace(here.headset.chosen, microphone="Jabra Evolve2 65")
    here.headset.now = HeadsetNow(is_open=True, missing=("Jabra Evolve2 65",))
    here.headset.level, here.headset.ear_level = 0.2, 0.02
    main.show()
    main.go_to(main._titles.index(_("Headset")))
    (page,) = main.findChildren(HeadsetPage)
    QTest.mouseClick(page.try_it, Qt.MouseButton.LeftButton)

    def is_there() -> bool:
        desk.loop.run()
        return page.meters[0].shown > 0.5 and bool(page.told.text()) and len(page.ring._choices) > 4

    desk.qtbot.waitUntil(is_there, timeout=5000)
    for meter in page.meters:
        meter._turn.stop()
        meter.shown = 0.6
    return main, [page.told.text(), _("Stop trying"), _("Microphone")]


def talking_with_a_headset(desk: RunningDesk) -> Shown:
    """All that can be done with the call, its keys open."""
    here, pop = _with_headset(desk), desk.pop
    desk.control.reasons[Act.UNMUTE] = Cannot.NOT_NOW
    here.headset.level = 0.2
    caller = Caller(CUSTOMER_NUMBER, "")
    desk.desk.hear(CallOffered("pbx", "in-1", caller, "0312345678", "", "", Direction.IN, NOW, 1, 2))
    desk.desk.hear(CallAnswered("pbx", "in-1", None, NOW))
    desk.qtbot.waitUntil(lambda: pop.call is not None and pop.call.pop.facts is not None, timeout=5000)
    meter = pop.header.control.meter
    assert meter is not None
    pop.show()
    desk.qtbot.waitUntil(lambda: meter.shown > 0.5, timeout=5000)
    meter._turn.stop()
    meter.shown = 0.6
    pop.header.control.press(Act.DIGITS)
    pop.header.control.keypad.sent.setText("12#")
    return pop, [_("Mute"), _("Keypad"), "12#"]


def muted(desk: RunningDesk) -> Shown:
    """The microphone is off, and whom to hand on to is asked."""
    shown = talking_with_a_headset(desk)[0]
    del desk.control.reasons[Act.UNMUTE]
    assert desk.pop.call is not None
    desk.pop.header.control.fill(desk.pop.call)
    desk.pop.header.control.press(Act.CONSULT)
    return shown, [_("Unmute"), "⊘ " + _("Your microphone is off")]


def long_name(desk: RunningDesk) -> Shown:
    """Characters outside the first plane, half-width kana, a name that is longer than its place."""
    ask = desk.records.find_pop

    def find_long(ring: Ring, then: Callable[[Found], object], no_answer: Failed) -> None:
        def renamed(found: Found) -> None:
            assert found.pop.facts is not None
            customer = replace(found.pop.facts.customer, name=LONG_NAME, reading=LONG_READING)
            then(replace(found, pop=replace(found.pop, facts=replace(found.pop.facts, customer=customer))))

        ask(ring, renamed, no_answer)

    setattr(desk.records, "find_pop", find_long)  # noqa: B010 -- a method of theirs
    desk.ring(CUSTOMER_NUMBER)
    return desk.pop, [LONG_NAME, LONG_READING]


def many_calls(desk: RunningDesk) -> Shown:
    """More than the strip can show at once."""
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    for digit in range(9):
        desk.ring(f"0901111220{digit}")
    return desk.pop, ["髙橋 一郎"]


def empty_customer(desk: RunningDesk) -> Shown:
    """Somebody of whom nothing is known yet."""
    call = desk.ring(UNKNOWN_NUMBER)
    QTest.mouseClick(seen.button(desk.pop, _("New customer…")), Qt.MouseButton.LeftButton)
    form = desk.pop.body.question.findChild(NewCustomerForm)
    fields = [one for one in form.findChildren(QLineEdit) if not one.isHidden()]
    for field, text in zip(fields, ("森 あおい", "モリ アオイ", ""), strict=True):
        field.insert(text)
    QTest.keyClick(fields[1], Qt.Key.Key_Return)
    desk.opened(call, "森 あおい")
    return desk.pop, ["森 あおい"]


def new_customer(desk: RunningDesk) -> Shown:
    desk.ring(UNKNOWN_NUMBER)
    QTest.mouseClick(seen.button(desk.pop, _("New customer…")), Qt.MouseButton.LeftButton)
    return desk.pop, []


def lacking(desk: RunningDesk) -> Shown:
    """Finished without what the site wants to be said."""
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    desk.qtbot.waitUntil(lambda: desk.desk.dispositions.are_known)
    desk.desk.dispositions.rules._disposition_required = True
    desk.pop.note.body.insertPlainText("在庫を確認した。")
    desk.pop.note.finished.emit()
    return desk.pop, ["▲ " + _("Choose a disposition first.")]


def masked(desk: RunningDesk) -> Shown:
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    desk.pop.note.body.insertPlainText("カード 4111 1111 1111 1111 で支払い。")
    return desk.pop, ["▲ " + _("A card number was masked. Never keep one in a note.")]


def templates(desk: RunningDesk) -> Shown:
    desk.desktop.add_templates(_BOOK)
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    QTest.mouseClick(seen.button(desk.pop, _("Templates")), Qt.MouseButton.LeftButton)
    return desk.pop, []


def follow_up_form(desk: RunningDesk) -> Shown:
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    desk.pop.note.wrap_up.wants_promise.emit()
    return desk.pop, []


def due(desk: RunningDesk) -> Shown:
    """A promise whose time has come."""
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.qtbot.waitUntil(lambda: bool(desk.desk.complaints.choices.operators))
    wish = FollowUpWish(FollowUpKind.CALLBACK, NOW - timedelta(minutes=1), OPERATOR, "再配達の時間をお伝えする")
    desk.desk.obligations.promise(call.id, wish)
    desk.qtbot.waitUntil(lambda: "再配達" in desk.pop.reminder.words.whole, timeout=5000)
    return desk.pop, ["◆"]


def on_break(desk: RunningDesk) -> Shown:
    """With a call on the card that is being finished."""
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    (key,) = [one for one in desk.pop.findChildren(QShortcut) if one.key().toString() in BREAK.presses]
    key.activated.emit()
    return desk.pop, []


def covered(desk: RunningDesk) -> Shown:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.cover.turn()
    return desk.pop, [_("Hidden. {key} shows it again.").format(key="F4")]


def after_crash(desk: RunningDesk) -> Shown:
    """Three notes that were being written when the program ended, one of them the day before."""
    texts = ("再配達の件で折り返す約束。", "返品の送料はこちらで持つと伝えた。", "名義変更の書類を郵送する。")
    drafts = [
        replace(
            draft_of(a_call(CUSTOMER_NUMBER, id=UUID(int=1 + place), note=Note(text), opened_id=1), OPERATOR, Clock()),
            updated_at=at,
        )
        for place, text in enumerate(texts)
        for at in [NOW - timedelta(hours=20 if place == 0 else 0, minutes=9 - place)]
    ]
    desk.desk.restore(drafts)
    desk.pop.strip.pick_place(0)
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None and desk.pop.call.pop.facts is not None, timeout=5000)
    desk.qtbot.waitUntil(lambda: not desk.pop.body.is_waiting, timeout=5000)
    return desk.pop, [f"{_('To finish')} 3"]


def versions(desk: RunningDesk) -> Shown:
    """A note that was finished, opened again and written further."""
    twice_written(desk, "在庫を確認した。", "入荷は金曜日と伝えた。")
    QTest.mouseClick(seen.button(desk.pop, _("Earlier versions")), Qt.MouseButton.LeftButton)
    assert sheet(desk).list.count() == 2
    return desk.pop, [_("Earlier versions")]


def nine_candidates(desk: RunningDesk) -> Shown:
    """As many as there are digits to choose one by, and one more."""
    ask = desk.records.find_pop

    def find_ten(ring: Ring, then: Callable[[Found], object], no_answer: Failed) -> None:
        def grown(found: Found) -> None:
            some = found.pop.candidates * 4
            ten = tuple(replace(one, customer_no=f"C-{100 + n:06}") for n, one in enumerate(some[:10]))
            then(replace(found, pop=replace(found.pop, candidates=ten)))

        ask(ring, grown, no_answer)

    setattr(desk.records, "find_pop", find_ten)  # noqa: B010 -- a method of theirs
    desk.ring(HOUSEHOLD_NUMBER)
    return desk.pop, [_("Who is calling? Choose below.")]


def audit(desk: RunningDesk) -> Shown:
    """The log of a day on which cards were opened, two customers compared and calls exported; then it is checked."""
    main = desk.desktop.main
    by, other = (Signature(login, Clock(now=lambda: NOW - timedelta(hours=1))) for login in ("佐藤", "鈴木"))
    for number, entry in enumerate(
        (
            by.entry(AuditAction.CARD_OPENED, "customer", 1, how="list"),
            by.entry(AuditAction.CARD_OPENED, "customer", 2, how="chosen"),
            other.entry(AuditAction.CARD_OPENED, "customer", 2, how="compared"),
            other.entry(AuditAction.MERGED, "customer", 2, gone=3),
            by.entry(AuditAction.IMPORT_UNDONE, "import_batch", "20261121-1"),
            by.entry(AuditAction.EXPORT_BEGUN, what="calls", file="20261121.xlsx", first="2026-11-01"),
            by.entry(AuditAction.EXPORT_ENDED, rows=12_408),
        )
    ):
        at = entry.at + timedelta(minutes=4 * number)
        desk.desk.views.put(replace(entry, at=at, desk=f"受付{number % 3 + 1}"))
    sent: list[object] = []
    desk.records.when_sent(sent.append)
    desk.qtbot.waitUntil(lambda: bool(sent), timeout=5000)
    desk.desktop.show_main()
    main.go_to(main._titles.index(_("Audit log")))
    (table,) = main.findChild(AuditPage).findChildren(QTableView)
    desk.qtbot.waitUntil(lambda: table.model().rowCount() == 7, timeout=5000)
    QTest.mouseClick(seen.button(main, _("Check the log")), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: any("✓" in one for one in seen.labels(main, "result")), timeout=5000)
    return main, [_("Who saw and did what")]


def complaints(desk: RunningDesk) -> Shown:
    """All of them, and one opened to see what happened."""
    main = desk.desktop.main
    desk.desktop.show_main()
    main.go_to(main._titles.index(_("Complaints")))
    page = main.findChild(ComplaintsPage)
    (table,) = page.findChildren(QTableView)
    desk.qtbot.waitUntil(lambda: table.model().rowCount() > 4, timeout=5000)
    desk.qtbot.waitUntil(lambda: page.filters.handler.count() > 3, timeout=5000)
    table.selectRow(1)
    (told,) = page.detail.findChildren(QPlainTextEdit)
    desk.qtbot.waitUntil(lambda: _("What happened") in told.toPlainText(), timeout=5000)
    return main, [_("Complaints")]


def complaint_given(desk: RunningDesk) -> Shown:
    """It is to be another's: to whom, and why."""
    shown = complaints(desk)
    detail = shown[0].findChild(ComplaintsPage).detail
    desk.qtbot.waitUntil(lambda: len(detail._board.operators) > 1, timeout=5000)
    QTest.mouseClick(seen.button(detail, _("Give to…")), Qt.MouseButton.LeftButton)
    return shown


def everybodys_follow_ups(desk: RunningDesk) -> Shown:
    """A supervisor gives one to another operator."""
    main = desk.desktop.main
    desk.desktop.show_main()
    main.go_to(main._titles.index(_("Follow-ups")))
    page = main.findChild(FollowUpsPage)
    desk.qtbot.waitUntil(lambda: page._whose.box.count() > 4, timeout=5000)
    page._whose.box.setCurrentIndex(1)
    view = page.findChild(RowsView)
    desk.qtbot.waitUntil(lambda: len(page._others) > 4, timeout=5000)
    page._tabs.setCurrentIndex(0)
    view.selectRow(1)
    QTest.mouseClick(seen.button(page, _("Give to…")), Qt.MouseButton.LeftButton)
    return main, [_("Give to…")]


def waiting_longest(desk: RunningDesk) -> Shown:
    """Missed callers by how long they have waited, with a supervisor's figures."""
    main = desk.desktop.main
    waiting_callers(desk._engine)
    desk.desktop.show_main()
    main.go_to(main._titles.index(_("To call back")))
    page = main.findChild(MissedPage)
    desk.qtbot.waitUntil(lambda: page._lists[3].model().rowCount() == 4, timeout=5000)
    page._tabs.setCurrentIndex(3)
    page._lists[3].selectRow(0)
    return main, ["n = 2"]


RARE: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (
    ("live", live), ("big-board", big_board),
    ("long-name", long_name), ("many-calls", many_calls), ("empty-customer", empty_customer),
    ("new-customer", new_customer), ("lacking", lacking), ("masked", masked), ("templates", templates),
    ("follow-up-form", follow_up_form), ("due", due), ("on-break", on_break), ("covered", covered),
    ("after-crash", after_crash), ("versions", versions), ("nine-candidates", nine_candidates),
    ("headset", headset), ("talking-here", talking_with_a_headset), ("muted", muted), ("audit", audit),
    ("complaints", complaints),
    ("complaint-given", complaint_given),
    ("everybodys-follow-ups", everybodys_follow_ups), ("waiting-longest", waiting_longest),
)  # fmt: skip
