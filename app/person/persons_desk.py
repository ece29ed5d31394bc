"""One person's data and how long it is kept, as the page of administrators sees it; nothing here waits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from app.audit.signature import Signature
from app.audit.views import Views
from app.clock import Clock
from app.db_worker import Post, Worker
from app.person.data import ENDINGS, Erased, Kept, PersonalData
from app.person.keeping import Due, Keeping, Rule, Subject
from app.person.own_files import DeskWithDrafts, OwnFiles
from app.person.person_words import goes_and_stays
from app.pop import Candidate
from app.searching import found_by
from app.supervision_place import SupervisionPlace
from db.engine import reading
from db.person.holds import Hold

__all__ = ["Due", "Erased", "Exported", "Hold", "Kept", "PersonsDesk", "Rule", "Subject"]

Failed = Callable[[Exception], object]
Result = TypeVar("Result")


class DeskOfPersons(DeskWithDrafts, Protocol):
    """What this needs of the desk."""

    views: Views


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows are in which files."""

    rows: int
    paths: tuple[Path, ...]


class PersonsDesk:
    """Asks an engine that may take its time. `files` are this PC's own, which whoever is erased leaves."""

    def __init__(self, engine: Any, place: SupervisionPlace, post: Post, clock: Clock | None = None) -> None:
        self._engine, self._seat, self._clock = engine, place.seat, clock or Clock()
        self.files = OwnFiles(engine, place.profile, post)
        self._data = PersonalData(engine, place.profile, self._by, self.files.clean)
        self._keeping = Keeping(engine, self._by, self.files.clean_now)
        self._views: Views | None = None
        self._asking, self._keeping_worker = Worker("persons", post), Worker("retention", post)
        self._post = post

    def used_at(self, desk: DeskOfPersons) -> None:
        """Whose data somebody looks at is written down the desk's own way; its drafts are its own to remove."""
        self._views = desk.views
        self.files.kept_by(desk)

    def search(self, text: str, then: Callable[[Sequence[Candidate]], object], failed: Failed) -> None:
        """As on the page of customers."""
        self._asking.ask(lambda: self._read(lambda on: found_by(on, text)), then, failed)

    def look(self, number: str, then: Callable[[Kept], object], failed: Failed) -> None:
        """What is kept of him, in counts."""

        def looked(kept: Kept) -> None:
            if self._views is not None:
                self._views.card(kept.person.ids[0], "person")
            then(kept)

        self._asking.ask(lambda: self._data.look(number), looked, failed)

    def look_again(self, number: str, then: Callable[[Kept], object], failed: Failed) -> None:
        """After something was done: nobody sees more than before."""
        self._asking.ask(lambda: self._data.look(number), then, failed)

    def export(self, number: str, folder: Path, then: Callable[[Exported], object], failed: Failed) -> None:
        """For programs and for reading, into a folder."""
        day = self._clock.now().astimezone()
        paths = tuple(folder / f"{number}-{day:%Y%m%d}{ending}" for ending in ENDINGS)

        def exported() -> Exported:
            rows = [self._data.export(number, path) for path in paths]
            return Exported(rows[0], paths)

        self._asking.ask(exported, then, failed)

    def hold(self, number: str, reason: str, then: Callable[[None], object], failed: Failed) -> None:
        """He is not erased for the time being."""
        self._asking.ask(lambda: self._data.hold(number, reason), then, failed)

    def release(self, number: str, then: Callable[[int], object], failed: Failed) -> None:
        """End what holds him."""
        self._asking.ask(lambda: self._data.release(number), then, failed)

    def plan(self, number: str, then: Callable[[list[str]], object], failed: Failed) -> None:
        """What erasing would do, line by line; refused as erasing would be."""

        def planned() -> list[str]:
            return goes_and_stays(self._data.plan(number, ""), self._data.look(number).filters)

        self._asking.ask(planned, then, failed)

    def erase(self, number: str, reason: str, then: Callable[[Erased], object], failed: Failed) -> None:
        """For good."""
        self._asking.ask(lambda: self._data.erase(number, reason), then, failed)

    def due(self, then: Callable[[tuple[Due, ...]], object], failed: Failed) -> None:
        """The rules, with what each would remove now; nothing is changed."""
        self._keeping_worker.ask(self._keeping.due, then, failed)

    def settle(self, rule: Rule, then: Callable[[None], object], failed: Failed) -> None:
        """This rule in place of another about the same."""
        self._keeping_worker.ask(lambda: self._keeping.settle(rule), then, failed)

    def drop(self, subject: Subject, then: Callable[[bool], object], failed: Failed) -> None:
        """Keep it without an end."""
        self._keeping_worker.ask(lambda: self._keeping.drop(subject), then, failed)

    def remove_due(
        self, heard: Callable[[Due], object], then: Callable[[tuple[Due, ...]], object], failed: Failed
    ) -> None:
        """Remove what is due; `heard` is told of each rule that is done."""
        self._keeping_worker.ask(lambda: self._keeping.run(lambda one: self._post(heard, one)), then, failed)

    def stop(self) -> None:
        """End the threads; a removal that runs ends with the slice that it is in."""
        self._keeping.stop()
        for one in (self._asking, self._keeping_worker, self.files):
            one.stop()

    def _by(self) -> Signature:
        return Signature.of(self._seat, self._clock)

    def _read(self, job: Callable[[Any], Result]) -> Result:
        with reading(self._engine) as connection:
            return job(connection)
