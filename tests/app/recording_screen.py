"""A screen that draws nothing and remembers what it was told, as it stood at that moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.call import Call
from app.not_shown import NotShown
from app.screen import Status


@dataclass(frozen=True, slots=True)
class Seen:
    """A call as it was drawn. `customer` is the open card's number or ""; `candidates` are customer numbers."""

    source_id: str
    state: str
    pop: str
    number: str
    customer: str
    candidates: tuple[str, ...]
    body: str

    @classmethod
    def of(cls, call: Call) -> "Seen":
        facts, pop = call.pop.facts, call.pop
        return cls(
            call.ring.source_id, call.state.value, pop.state.value, call.ring.number.display,
            facts.customer.customer_no if facts else "", tuple(one.customer_no for one in pop.candidates),
            call.note.body,
        )  # fmt: skip


class RecordingScreen:
    """`cards`, `strips` and so on grow with every message; a rung call is reported as shown, as a window does it."""

    def __init__(self) -> None:
        self.cards: list[Seen | None] = []
        self.strips: list[tuple[str, ...]] = []
        self.rung: list[str] = []
        self.watched: list[str] = []
        self.saved: list[tuple[str, str]] = []
        self.statuses: list[Status] = []
        self.quiets = 0
        self.was_shown = False
        self.on_commit: Callable[[], None] = lambda: None
        self.records_changes = 0
        self.not_shown: tuple[NotShown, ...] = ()
        self.report_shown: Callable[[Call], None] = lambda _call: None

    @property
    def card(self) -> Seen | None:
        return self.cards[-1] if self.cards else None

    @property
    def strip(self) -> tuple[str, ...]:
        return self.strips[-1] if self.strips else ()

    def show_strip(self, calls: Sequence[Call], selected: UUID | None) -> None:
        self.strips.append(tuple(call.ring.source_id for call in calls))

    def be_seen(self) -> None:
        self.was_shown = True

    def commit_typing(self) -> None:
        self.on_commit()

    def show_card(self, call: Call | None) -> None:
        self.cards.append(Seen.of(call) if call else None)

    def ring(self, call: Call) -> None:
        self.rung.append(call.ring.source_id)
        self.report_shown(call)

    def watch_paint(self, call: Call) -> None:
        self.watched.append(call.ring.source_id)

    def quiet(self) -> None:
        self.quiets += 1

    def show_saved(self, call: Call) -> None:
        self.saved.append((call.ring.source_id, call.note.body))

    def show_status(self, status: Status) -> None:
        self.statuses.append(status)

    def show_not_shown(self, entries: Sequence[NotShown]) -> None:
        self.not_shown = tuple(entries)

    def records_changed(self) -> None:
        self.records_changes += 1
