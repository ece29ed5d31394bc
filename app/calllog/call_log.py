"""The call log as its page sees it: pages, one call in full, what can be chosen, what was saved. Nothing here waits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from app.action_runner import Actions
from app.actions import Opening
from app.calllog.asked import Asked, Behind, LogLine, LogPage, read_page
from app.calllog.parts import Part, in_the_way
from app.calllog.recording import recording_of
from app.calllog.view import View, asked_by, told, understood
from app.clock import Clock
from app.db_worker import Post, Worker
from app.exporting.export_desk import ExportDesk
from app.importing.job import RecordsAddress
from app.seat import Seat
from db.call_log.choices import LogChoices, choices
from db.call_log.counting import count_calls
from db.call_log.story import CallStory, LegTold, ShownTold, WrapTold, story_of
from db.call_log.views import SavedView, forget_view, save_view, saved_views
from db.engine import reading, writing
from db.kinds import EndCause
from db.search import CustomerHit, search_customers

__all__ = [
    "MOST_COUNTED", "Asked", "Behind", "CallLog", "CallLogPlace", "CallStory", "CustomerHit", "EndCause", "LegTold",
    "LogChoices", "LogLine", "LogPage", "Part", "ShownTold", "View", "WrapTold",
]  # fmt: skip

Failed = Callable[[Exception], object]
Views = dict[str, View]
Result = TypeVar("Result")
_LIST = "calls"
MOST_COUNTED = 10_000
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class CallLogPlace:
    """Who looks, where the records are (asked when an export begins), and where recordings lie ("": nowhere)."""

    seat: Seat
    records: Callable[[], RecordsAddress]
    recording_url: str = ""


class CallLog:
    """Works through an engine that may take its time; `exports` are its own, beside those of whole tables."""

    def __init__(
        self,
        engine: Any,
        place: CallLogPlace,
        post: Post,
        clock: Clock | None = None,
        open_one: Callable[[Opening], None] | None = None,
    ) -> None:
        self._engine, self._seat, self._recording_url = engine, place.seat, place.recording_url
        self.clock = clock or Clock()
        self.exports = ExportDesk(post, place.records, place.seat, clock)
        self._pages, self._details = Worker("call-log", post), Worker("call-details", post)
        self._counts = Worker("call-counts", post)
        self._browser = Actions((), post, open_one)
        self._wanted = 0

    def asked(self, view: View) -> Asked:
        """What the view means today."""
        return asked_by(view, self.clock.now().astimezone().date())

    def page(
        self, asked: Asked, behind: Behind | int | None, then: Callable[[LogPage], object], failed: Failed
    ) -> None:
        """The page that begins there. Of those that wait their turn only the newest is read, and told."""
        self._wanted += 1
        mine = self._wanted

        def read() -> LogPage | None:
            return self._read(lambda on: read_page(on, asked, behind)) if mine == self._wanted else None

        self._pages.ask(read, lambda found: then(found) if found is not None else None, failed)

    def count(self, asked: Asked, then: Callable[[int], object], failed: Failed) -> None:
        """How many calls are like that, at most MOST_COUNTED; a text is looked for no further than is shown."""
        self._counts.ask(lambda: self._read(lambda on: count_calls(on, asked.wanted, MOST_COUNTED)), then, failed)

    def in_the_way(self, view: View, then: Callable[[tuple[Part, ...]], object], failed: Failed) -> None:
        """Of filters that no call meets: without which, each by itself, there are some."""
        today = self.clock.now().astimezone().date()
        self._counts.ask(lambda: self._read(lambda on: in_the_way(on, view, today)), then, failed)

    def story(self, call_id: UUID, then: Callable[[CallStory | None], object], failed: Failed) -> None:
        """All that is known of a call; None where it is gone."""
        self._details.ask(lambda: self._read(lambda on: story_of(on, call_id)), then, failed)

    def recording(self, story: CallStory) -> Opening | None:
        """The page where its recording lies."""
        return recording_of(self._recording_url, story)

    def open(self, opening: Opening, failed: Callable[[str], object]) -> None:
        """In the browser, which may be slow to come; `failed` hears in words why it does not."""
        self._browser.told = lambda words: failed(words) if words else None
        self._browser.open(opening)

    def choices(self, then: Callable[[LogChoices], object], failed: Failed) -> None:
        """What stands in the records to be chosen from."""
        self._details.ask(lambda: self._read(choices), then, failed)

    def customers(self, text: str, then: Callable[[Sequence[CustomerHit]], object], failed: Failed) -> None:
        """Who is meant by a name, a reading, a number or words of a note; the likeliest first."""
        self._details.ask(lambda: self._read(lambda on: search_customers(on, text)), then, failed)

    def views(self, then: Callable[[Views], object], failed: Failed) -> None:
        """The operator's own, by name."""
        self._details.ask(lambda: self._read(self._views), then, failed)

    def save(self, name: str, view: View, then: Callable[[Views], object], failed: Failed) -> None:
        """Keep it under this name, in place of one that has it; gives all of them."""
        kept = SavedView(name.strip()[:_LONGEST_NAME], told(view))
        self._details.ask(lambda: self._changed(lambda on: save_view(on, self._seat.login, _LIST, kept)), then, failed)

    def forget(self, name: str, then: Callable[[Views], object], failed: Failed) -> None:
        """It is not wanted any more."""
        self._details.ask(
            lambda: self._changed(lambda on: forget_view(on, self._seat.login, _LIST, name)), then, failed
        )

    def stop(self) -> None:
        """End the threads, and an export that runs."""
        self.exports.stop()
        self._pages.stop()
        self._counts.stop()
        self._details.stop()

    def _views(self, connection: Any) -> Views:
        found: Sequence[SavedView] = saved_views(connection, self._seat.login, _LIST)
        return {one.name: understood(one.told) for one in found}

    def _changed(self, job: Callable[[Any], object]) -> Views:
        with writing(self._engine) as connection:
            job(connection)
            return self._views(connection)

    def _read(self, job: Callable[[Any], Result]) -> Result:
        with reading(self._engine) as connection:
            return job(connection)
