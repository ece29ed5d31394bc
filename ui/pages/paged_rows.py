"""A list that is read page by page: anew, on when its end comes into sight, again after trouble."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from app.error_words import error_words
from ui.panels.list_end import ListEnd
from ui.rows import Cell, RowsView

Asked = TypeVar("Asked")
Row = TypeVar("Row")
Failed = Callable[[Exception], object]
Reads = Callable[[Asked, Row | None, Callable[[Sequence[Row]], object], Failed], object]
"""Asks for the page behind a row (None: the first one); one of the two functions hears of it."""


class PagedRows(Generic[Asked, Row]):
    """Fills `view`; an answer to what is not asked any more is dropped. `changed` is called after each page."""

    def __init__(
        self,
        view: RowsView,
        reads: Reads[Asked, Row],
        row_of: Callable[[Row], tuple[object, Sequence[Cell]]],
        changed: Callable[[], object],
        page: int,
    ) -> None:
        self._view, self._reads, self._row_of, self._changed, self._page = view, reads, row_of, changed, page
        self._asked: Asked | None = None
        self._is_asking = False
        self.shown, self.is_whole = list[Row](), False
        self.end = ListEnd()
        view.verticalScrollBar().valueChanged.connect(self._read_on)
        self.end.retried.connect(self._read_again)

    def ask(self, asked: Asked) -> None:
        """Anew, from the first row on."""
        self._asked = asked
        self._read(asked, None)

    def _read_on(self) -> None:
        """What is behind the last row, when its end comes into sight."""
        bar = self._view.verticalScrollBar()
        if self.shown and not (self.is_whole or self._is_asking) and bar.value() >= bar.maximum() - bar.pageStep():
            self._read_again()

    def _read_again(self) -> None:
        if self._asked is not None:
            self._read(self._asked, self.shown[-1] if self.shown else None)

    def _read(self, asked: Asked, last: Row | None) -> None:
        self._is_asking = True
        self.end.wait()

        def told(found: Sequence[Row]) -> None:
            if asked is self._asked:
                self._show(found, is_first=last is None)

        def failed(error: Exception) -> None:
            if asked is self._asked:
                self._is_asking = False
                self.end.fail(error_words(error))

        self._reads(asked, last, told, failed)

    def _show(self, found: Sequence[Row], *, is_first: bool) -> None:
        self._is_asking, self.is_whole = False, len(found) < self._page
        self.end.be_quiet()
        told = [self._row_of(one) for one in found]
        keys, rows = [key for key, _row in told], [row for _key, row in told]
        if is_first:
            self.shown = list(found)
            self._view.fill(rows, keys)
        else:
            self.shown += found
            self._view.append(rows, keys)
        self._changed()
