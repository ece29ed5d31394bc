"""The page of the call log: filters above, the calls in pages, one of them in full beside the list, and the export."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.audit.audit_desk import AuditDesk
from app.calllog.asked import PAGE, Where
from app.calllog.call_log import MOST_COUNTED, Asked, CallLog, CustomerHit, LogChoices, LogLine, LogPage, View
from app.calllog.parts import Part, parts_set
from app.error_words import error_words
from app.reviews.reviewing import Reviewing
from app.words import _, ngettext
from ui.calllog import words
from ui.calllog.columns_bar import ColumnsBar
from ui.calllog.empty_view import EmptyView
from ui.calllog.export_bar import ExportBar
from ui.calllog.filter_bar import FilterBar
from ui.calllog.headings import Headings
from ui.calllog.one_call import OneCall
from ui.calllog.saved_bar import SavedBar
from ui.panels.list_end import ListEnd
from ui.plain_text import button
from ui.rows import RowsView
from ui.theme import Tokens

_EVERY_MS = 60_000  # calls come meanwhile


class CallLogPage(QWidget):
    """Read page by page as one scrolls. Nothing here changes a record.

    Signals:
        wants_dial: a number, and the id of the customer whose it is, or None.
        wants_card: the id of the customer whose card is wanted.
    """

    wants_dial = Signal(object, object)
    wants_card = Signal(object)

    def __init__(self, tokens: Tokens, log: CallLog, audit: AuditDesk, reviewing: Reviewing) -> None:
        super().__init__()
        self._tokens, self._log = tokens, log
        self._asked = Asked()
        self._shown: dict[object, LogLine] = {}
        self._page = LogPage()
        self._is_asking = False
        self._rows_words = words.RowWords({})
        self._views: dict[str, View] = {}
        self.filters = FilterBar(log.clock.now().astimezone().date())
        self.saved, self.columns, self.exporting = SavedBar(), ColumnsBar(), ExportBar(log.exports)
        self.one, self.rows = OneCall(log, audit, reviewing), RowsView(words.columns(View().columns), tokens)
        self._lists, self._empty, self._end = QStackedWidget(), EmptyView(), ListEnd()
        self._many: int | None = None
        self._told: LogLine | None = None
        self._minute = QTimer(self, interval=_EVERY_MS)
        self._further, self._choose_columns = button(_("Look further back")), button(_("Columns"), "quiet")
        self._lay_out()
        self._connect()

    @property
    def is_at_work(self) -> bool:
        """Whether a file is being written."""
        return self.exporting.is_at_work

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._log.choices(self._offer, lambda _unavailable: None)
        self._log.views(self._offer_views, lambda _unavailable: None)
        self._minute.start()
        self._ask_if_unread()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)

    # --- what is asked

    def _ask(self) -> None:
        """Anew, from the top."""
        self._asked, self._many = self._log.asked(self.filters.view), None
        self._shown, self._page = {}, LogPage()
        self._read()

    def _ask_if_unread(self) -> None:
        """New calls have come; not while somebody has read on, whose rows would go, nor into what was searched for."""
        is_at_top = self.rows.verticalScrollBar().value() == 0 and len(self._shown) <= PAGE
        if is_at_top and not (self._is_asking or (self._shown and self.filters.view.text)):
            self._ask()

    def _read(self) -> None:
        asked, self._is_asking = self._asked, True
        self._end.wait()
        self._further.hide()

        def told(found: LogPage) -> None:
            if asked is self._asked:
                self._show(found)

        def failed(error: Exception) -> None:
            if asked is self._asked:
                self._fail(error_words(error))

        self._log.page(asked, self._page.behind, told, failed)

    def _fail(self, why: str) -> None:
        """What was there for other filters would be taken for the answer."""
        self._is_asking = False
        self._end.fail(why)
        if not self._shown:
            self.rows.fill(())
            self._empty.say(_("The calls could not be read."))
            self._lists.setCurrentWidget(self._empty)
            self.exporting.hint("")

    def _read_on(self) -> None:
        """What is behind the last row, when its end comes into sight."""
        bar = self.rows.verticalScrollBar()
        has_more = self._page.behind is not None and not self._page.is_unfinished
        if has_more and not self._is_asking and bar.value() >= bar.maximum() - bar.pageStep():
            self._read()

    def _show(self, found: LogPage) -> None:
        is_first = not self._shown
        new = [one for one in found.lines if one.call_id not in self._shown]
        self._is_asking, self._page = False, found
        self._shown |= {one.call_id: one for one in new}
        self._end.be_quiet()
        chosen = self.filters.view.columns
        cells, keys = [self._rows_words.cells(one, chosen) for one in new], [one.call_id for one in new]
        if is_first:
            self.rows.fill(cells, keys)
            self.rows.scrollToTop()
        else:
            self.rows.append(cells, keys)
        self._say_how_many()
        if is_first and not self.rows.currentIndex().isValid():
            self._told = None
            self.one.say(_("Select a call: its course, its notes and who was shown stand here."))
        if is_first and found.behind is not None and not self._asked.text:
            self._log.count(self._asked, partial(self._count, self._asked), lambda _error: None)  # the list says why

    def _count(self, asked: Asked, many: int) -> None:
        if asked is self._asked:
            self._many = many
            self._say_how_many()

    def _say_how_many(self) -> None:
        n = len(self._shown)
        self._lists.setCurrentWidget(self.rows if n else self._empty)
        if not n:
            self._say_nothing_found()
        self._further.setVisible(self._page.is_unfinished)
        is_whole = self._page.behind is None
        told = ngettext("{n} call.", "{n} calls.", n) if is_whole else _("The first {n}; scroll for more.")
        if self._page.is_unfinished:
            told = _("{n} so far; older calls have not been looked at.")
        elif self._many is not None and not is_whole:
            is_more = self._many >= MOST_COUNTED
            told = _("{n} of more than {many} calls; scroll for more.") if is_more else _("{n} of {many} calls.")
        self.exporting.hint(told.format(n=f"{n:,}", many=f"{self._many or 0:,}"))

    def _say_nothing_found(self) -> None:
        """Why, and as soon as it is known which filter is in the way."""
        view, asked = self.filters.view, self._asked

        def told(found: Sequence[Part]) -> None:
            if asked is self._asked and not self._shown:
                self._empty.offer(found)

        self._empty.say(self._empty_words(view))
        if parts_set(view) and not self._page.is_unfinished and not _is_too_short(view):
            self._log.in_the_way(view, told, lambda _error: None)  # the words stand there already

    def _empty_words(self, view: View) -> str:
        if self._page.is_unfinished:
            return _("Nothing in the newest calls. Older ones have not been looked at.")
        if _is_too_short(view):
            return _("No call is like that. In notes look for two characters or more.")
        if not parts_set(view):
            return _("No calls yet. Every call of every desk will stand here.")
        return _("No call is like that.")

    # --- one call

    def _on_selected(self) -> None:
        line = self._shown.get(self.rows.current_key())
        if line is None or line == self._told:  # the same rows again
            return
        is_same_call = self._told is not None and self._told.call_id == line.call_id
        self._told = line
        if is_same_call:
            self.one.follow(line)
        else:
            self.one.show_line(line)

    def _back_to_list(self) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _only_this_customer(self, line: LogLine) -> None:
        if line.customer_id is not None:
            self.filters.only_of(line.customer_id, line.customer)

    def _find_customers(self, text: str) -> None:
        def told(found: Sequence[CustomerHit]) -> None:
            self.filters.customer.show_found(text, found)

        self._log.customers(text, told, lambda error: self.exporting.warn(error_words(error)))

    def _on_dial(self, number: str) -> None:
        line = self._shown.get(self.rows.current_key())
        self.wants_dial.emit(number, line.customer_id if line is not None else None)

    # --- what can be chosen

    def _offer(self, found: LogChoices) -> None:
        self._rows_words = words.RowWords(words.disposition_labels(found))
        self.one.dispositions = self._rows_words.dispositions
        self.filters.offer(found)
        if "disposition" in self.filters.view.columns:
            self._fill_anew()

    def _offer_views(self, found: dict[str, View], chosen: str = "") -> None:
        self._views = found
        self.saved.offer(found, chosen)

    def _on_view(self, name: str) -> None:
        view = self._views[name]
        self.filters.show_view(view)
        self._dress_columns()
        self._ask()

    def _on_save(self, name: str) -> None:
        then = partial(self._offer_views, chosen=name)
        self._log.save(name, self.filters.view, then, lambda error: self.exporting.warn(error_words(error)))

    def _on_forget(self, name: str) -> None:
        self._log.forget(name, self._offer_views, lambda error: self.exporting.warn(error_words(error)))

    def _on_filters(self) -> None:
        self.saved.is_other()
        self._headings.show_order(self.filters.view)
        self._ask()

    def _on_columns(self) -> None:
        self.filters.show_view(replace(self.filters.view, columns=self.columns.chosen))
        self.saved.is_other()
        self._dress_columns()

    def _dress_columns(self) -> None:
        """A list with other columns in the place of the one that was."""
        old, self.rows = self.rows, RowsView(words.columns(self.filters.view.columns), self._tokens)
        self.columns.show_chosen(self.filters.view.columns)
        self._lists.insertWidget(0, self.rows)
        self._lists.removeWidget(old)
        old.deleteLater()
        self._headings = self._connect_rows()
        self._fill_anew()

    def _fill_anew(self) -> None:
        chosen, lines = self.filters.view.columns, list(self._shown.values())
        self.rows.fill([self._rows_words.cells(one, chosen) for one in lines], [one.call_id for one in lines])
        self._lists.setCurrentWidget(self.rows if lines else self._empty)

    # --- how it is made

    def _connect(self) -> None:
        self._headings = self._connect_rows()
        self.filters.changed.connect(self._on_filters)
        self.filters.customer.searched.connect(self._find_customers)
        self.columns.changed.connect(self._on_columns)
        self.saved.chosen.connect(self._on_view)
        self.saved.saved.connect(self._on_save)
        self.saved.forgotten.connect(self._on_forget)
        self._end.retried.connect(self._read)
        self._empty.dropped.connect(self.filters.drop)
        self._minute.timeout.connect(self._ask_if_unread)
        self._further.clicked.connect(self._read)
        self._choose_columns.clicked.connect(lambda: self.columns.setVisible(not self.columns.isVisibleTo(self)))
        self.exporting.wanted.connect(lambda: self.exporting.ask_where(self._asked))
        self.one.hinted.connect(self.exporting.warn)
        self.one.wants_customers_calls.connect(self._only_this_customer)
        self.one.wants_card.connect(self.wants_card)
        self.one.left.connect(self._back_to_list)

    def _connect_rows(self) -> Headings:
        self.rows.setAccessibleName(_("Call log"))
        self.rows.verticalScrollBar().valueChanged.connect(self._read_on)
        self.rows.selectionModel().currentRowChanged.connect(lambda _now, _before: self._on_selected())
        self.rows.wants_dial.connect(self._on_dial)
        self.rows.activated.connect(lambda _index: self.one.details.setFocus())
        headings = Headings(self.rows, self.filters.view.columns, self.filters.view)
        headings.wanted.connect(self.filters.order_by)
        return headings

    def _lay_out(self) -> None:
        for page in (self.rows, self._empty):
            self._lists.addWidget(page)
        self.columns.show_chosen(View().columns)
        self.columns.hide()
        self._further.hide()
        self.filters.tail.addWidget(self._choose_columns)
        self.filters.tail.addWidget(self.saved)
        left, both, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        left.setSpacing(8)
        left.addWidget(self._lists, 1)
        left.addWidget(self._end)
        left.addWidget(self._further)
        both.setSpacing(12)
        both.addLayout(left, 1)
        both.addWidget(self.one)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.filters)
        column.addWidget(self.columns)
        column.addLayout(both, 1)
        column.addWidget(self.exporting)


def _is_too_short(view: View) -> bool:
    return view.where is Where.NOTES and len(view.text) == 1
