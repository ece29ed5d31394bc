"""The pages of the main window that are the operator's own work, and how much of it waits, told on the rail."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.by_hand import ByHand, Direction
from app.clock import utc_now
from app.desk import Desk
from app.follow_up_list import FollowUpList, FollowUpsNow
from app.follow_ups import OpenFollowUp
from app.missed import MissedNow
from app.records import Records
from app.words import _
from ui.main_window import MainWindow
from ui.pages.customers import CustomersPage
from ui.pages.follow_ups import FollowUpsPage
from ui.pages.missed import MissedPage
from ui.pages.my_reviews import MyReviewsPage
from ui.theme import Tokens
from ui.versions import show_versions

_PAUSE_MS = 700
_EVERY_MS = 60_000  # what was due later is due


class DeskPages(QObject):
    """Asks soon after something has changed, once for many changes, and never while nobody looks.

    Signals:
        opened: the id of a past call that the operator opens.
        opened_by_hand: a customer's card stands on the desk.
        wants_new: an empty card stands on the desk, to enter somebody.
    """

    opened = Signal(object)
    opened_by_hand = Signal()
    wants_new = Signal()

    def __init__(self, main: MainWindow, tokens: Tokens, desk: Desk, records: Records) -> None:
        super().__init__(main)
        self._main, self._tokens, self._desk, self._records = main, tokens, desk, records
        self._missed: MissedPage | None = None
        self._follow_ups: FollowUpsPage | None = None
        self._my_reviews: MyReviewsPage | None = None
        self._reviews_now = "", False, 0
        self._missed_now, self._follow_ups_now = MissedNow(), FollowUpsNow()
        self._list = FollowUpList(desk.follow_ups, utc_now)
        self._due = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._due.timeout.connect(self.ask_now)
        self._minute = QTimer(self, interval=_EVERY_MS)
        self._minute.timeout.connect(self.ask)
        self._minute.start()
        self._missed_at = main.add_page(_("To call back"), self._build_missed)
        self._follow_ups_at = main.add_page(_("Follow-ups"), self._build_follow_ups)
        main.add_page(_("Customers"), self._build_customers)
        self._reviews_at = main.add_page(_("My reviews"), self._build_reviews)
        main.show_line(self._reviews_at, is_shown=False)  # most have none
        show_versions(main, desk)
        changed = desk.missed, desk.follow_ups, desk.shift, desk.roles, desk.reviews
        self._heard = [one.changed for one in changed]
        for told in self._heard:
            told.append(self.ask_now)
        main.seen.connect(self.ask_now)
        main.wants_card.connect(lambda customer_id: self._open_customer(customer_id, ByHand()))

    def leave(self) -> None:
        """Others have taken their place."""
        self._due.stop()
        self._minute.stop()
        for told in self._heard:
            told.remove(self.ask_now)

    def ask(self) -> None:
        """Something has changed in the records."""
        if self._main.isVisible() and not self._due.isActive():
            self._due.start()

    def ask_now(self) -> None:
        """All that the rail counts."""
        self._desk.missed.ask(self._show_missed, self._desk.board.records_failed)
        self._list.ask(self._show_follow_ups, self._desk.board.records_failed)
        self._desk.reviews.count(self._show_reviews, self._desk.board.records_failed)

    def _build_missed(self) -> MissedPage:
        page = self._missed = MissedPage(
            self._tokens, self._desk.missed, self._desk.roles, self._desk.board.records_failed
        )
        page.opened.connect(self.opened)
        page.wants_dial.connect(self._main.wants_dial)
        self._desk.missed.by_card.append(page.tell_by_card)
        page.fill(self._missed_now)
        return page

    def _build_follow_ups(self) -> FollowUpsPage:
        page = self._follow_ups = FollowUpsPage(self._tokens, self._desk)
        page.opened.connect(self._open_follow_up)
        page.wants_dial.connect(self._main.wants_dial)
        page.fill(self._follow_ups_now)
        return page

    def _build_reviews(self) -> MyReviewsPage:
        page = self._my_reviews = MyReviewsPage(self._tokens, self._desk.reviews, self._desk.board.records_failed)
        page.opened.connect(self.opened)
        page.wants_dial.connect(self._main.wants_dial)
        return page

    def _build_customers(self) -> CustomersPage:
        page = CustomersPage(self._tokens, self._records, self._desk.board.records_failed)
        page.opened.connect(lambda customer_id: self._open_customer(customer_id, ByHand()))
        page.wants_new.connect(self._open_nobody)
        return page

    def _open_customer(self, customer_id: int, way: ByHand) -> None:
        self._desk.by_hand.open(customer_id, way)
        self.opened_by_hand.emit()

    def _open_nobody(self) -> None:
        self._desk.by_hand.open_nobody()
        self.wants_new.emit()

    def _open_follow_up(self, one: OpenFollowUp) -> None:
        """What is done about it is a contact of its own, from us to them; without a customer, the call it came from."""
        if one.customer_id is not None:
            self._open_customer(one.customer_id, ByHand(direction=Direction.OUT))
        elif one.call_id is not None:
            self.opened.emit(one.call_id)

    def _show_missed(self, now: MissedNow) -> None:
        self._missed_now = now
        self._main.show_count(self._missed_at, len(now.listed.to_call) + len(now.listed.withheld))
        if self._missed is not None:
            self._missed.fill(now)

    def _show_follow_ups(self, now: FollowUpsNow) -> None:
        self._follow_ups_now = now
        self._main.show_count(self._follow_ups_at, now.pressing(utc_now()))
        if self._follow_ups is not None:
            self._follow_ups.fill(now)

    def _show_reviews(self, found: tuple[bool, int]) -> None:
        before, self._reviews_now = self._reviews_now, (self._desk.reviews.me, *found)
        self._main.show_line(self._reviews_at, is_shown=found[0])
        self._main.show_count(self._reviews_at, found[1])
        if self._my_reviews is not None and self._reviews_now != before:
            self._my_reviews.ask()
