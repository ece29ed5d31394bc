"""Words about a call that are still being written, kept where notes are: at every key, safe against a crash."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.clock import Clock
from app.keeping import DraftKeeper
from app.seat import Seat
from app.undo_history import NO_STEPS, Steps
from db.drafts import Draft

_ABOUT = "review_of"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What stands in the fields; `mark` 0: none is chosen yet."""

    words: str = ""
    mark: int = 0
    steps: Steps = NO_STEPS


def is_of_a_call(draft: Draft) -> bool:
    """Whether it is a call's note, to come back to the strip: not words about one of the past."""
    return _ABOUT not in draft.about


class ReviewDrafts:
    """Each has a key of its own: what one writes about a call, and what another answers."""

    def __init__(self, drafts: DraftKeeper, seat: Seat, clock: Clock) -> None:
        self._drafts, self._seat, self._clock = drafts, seat, clock
        self._seq: dict[UUID, int] = {}

    def write(self, key: UUID, call_id: UUID, unsaid: Unsaid) -> None:
        """This version of it: in the file before the next key."""
        self._seq[key] = self._seq.get(key, 0) + 1
        self._drafts.write_words(
            Draft(
                key, self._seat.login, self._seq[key], unsaid.words, "", str(unsaid.mark or ""), self._clock.now(),
                {_ABOUT: str(call_id)}, unsaid.steps,
            )
        )  # fmt: skip

    def read(self, key: UUID, then: Callable[[Unsaid | None], object]) -> None:
        """What was left; None where nothing was."""

        def found(drafts: Sequence[Draft]) -> None:
            mine = next((one for one in drafts if one.call_id == key), None)
            if mine is not None:
                self._seq[key] = max(self._seq.get(key, 0), mine.seq)
            then(None if mine is None else Unsaid(mine.body, int(mine.disposition or 0), mine.body_steps))

        self._drafts.read(self._seat.login, found)

    def forget(self, key: UUID) -> None:
        """It was said, or is not wanted."""
        self._drafts.forget_words(key)

    def scrub(self) -> None:
        """A card number was typed: nothing of it may be left in the file."""
        self._drafts.scrub()
