"""The board of complaints as its page sees it: read page by page and counted; nothing here waits.

Moves go the desk's own way, as those from a card do: kept here while the records are away, seen on open cards.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from app.audit.views import Views
from app.clock import Clock
from app.complaints import Complaints, HandoverWish, StepThen, StepWish
from app.db_worker import Post, Worker
from app.obligations import Obligations
from db.complaint_board import (
    PAGE,
    BoardChoice,
    BoardChoices,
    BoardRow,
    Tab,
    Tally,
    Wanted,
    board_choices,
    board_page,
    board_row,
    tally,
)
from db.complaints import StepTold, steps_of
from db.engine import reading

__all__ = ["PAGE", "BoardChoice", "BoardChoices", "BoardRow", "ComplaintBoard", "Tab", "Tally", "Wanted"]

Failed = Callable[[Exception], object]
Result = TypeVar("Result")
Opened = tuple[BoardRow | None, Sequence[StepTold]]


class MovingDesk(Protocol):
    """What this needs of the desk."""

    complaints: Complaints
    obligations: Obligations
    views: Views


class ComplaintBoard:
    """Asks an engine that may take its time."""

    def __init__(self, engine: Any, post: Post, clock: Clock | None = None) -> None:
        self._engine = engine
        self.clock = clock or Clock()
        self._desk: MovingDesk | None = None
        self._reading, self._counting = Worker("complaints", post), Worker("complaint-counts", post)

    def moved_by(self, desk: MovingDesk) -> None:
        """Who writes the steps, and that a complaint was opened."""
        self._desk = desk

    def page(
        self, wanted: Wanted, last: BoardRow | None, then: Callable[[Sequence[BoardRow]], object], failed: Failed
    ) -> None:
        """Those behind `last`; fewer than PAGE: there are no more."""
        self._reading.ask(lambda: self._read(lambda on: board_page(on, wanted, last)), then, failed)

    def count(self, wanted: Wanted, then: Callable[[Tally], object], failed: Failed) -> None:
        """How many there are in each state."""
        self._counting.ask(lambda: self._read(lambda on: tally(on, wanted)), then, failed)

    def choices(self, then: Callable[[BoardChoices], object], failed: Failed) -> None:
        """What can be asked for."""
        self._counting.ask(lambda: self._read(board_choices), then, failed)

    def open(self, complaint_no: str, then: Callable[[Opened], object], failed: Failed) -> None:
        """One as it stands, with all that happened to it, newest first."""

        def job(connection: Any) -> Opened:
            return board_row(connection, complaint_no), steps_of(connection, complaint_no)

        self._reading.ask(lambda: self._read(job), then, failed)

    def saw(self, row: BoardRow) -> None:
        """Somebody reads it."""
        if self._desk is not None:
            self._desk.views.card(row.customer_id, "complaint")

    def step(self, wish: StepWish, then: StepThen) -> None:
        """Move it on; who comes too late is told."""
        assert self._desk is not None  # the page comes after the desk
        self._desk.obligations.step(wish, then)

    def hand_over(self, wish: HandoverWish, then: StepThen) -> None:
        """Give it to another; who comes too late is told."""
        assert self._desk is not None  # the page comes after the desk
        self._desk.obligations.hand_over(wish, then)

    @property
    def operators(self) -> Sequence[tuple[str, str]]:
        """Who can deal with a complaint, as (login, name)."""
        return self._desk.complaints.choices.operators if self._desk is not None else ()

    def stop(self) -> None:
        """End the threads."""
        self._reading.stop()
        self._counting.stop()

    def _read(self, job: Callable[[Any], Result]) -> Result:
        with reading(self._engine) as connection:
            return job(connection)
