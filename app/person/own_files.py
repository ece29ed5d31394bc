"""This PC's own files let go of whoever was erased, at whichever desk that was: at the next contact with the records.

The records say whether anybody was erased since this PC looked last; a desk that was away for a week finds out when it
comes back. Drafts of a running program are its own to remove: its desk does that.
"""

import logging
from collections.abc import Collection
from dataclasses import replace
from time import monotonic
from typing import Any, Protocol
from uuid import UUID

from app.call import Call, CallState
from app.calls import Calls
from app.db_worker import Post, Worker
from app.kept_json import KeptJson
from app.paths import Profile
from app.person.here import Cleaned, clean_files, drafts_about, kept_here, waiting_here
from db.engine import reading
from db.errors import DatabaseUnavailable
from db.person.gone import Gone, gone_among, gone_so_far

log = logging.getLogger(__name__)
EVERY_S = 60.0


class DraftsAtDesk(Protocol):
    """What this needs of the desk's drafts."""

    def forget_all(self, calls: Collection[UUID]) -> None:
        """Nothing of these may be left in the file."""


class DeskWithDrafts(Protocol):
    """What this needs of the desk."""

    calls: Calls

    @property
    def drafts(self) -> DraftsAtDesk: ...
    def let_go(self, call: Call) -> None:
        """Take a call off the desk."""


class OwnFiles:
    """`look` returns at once."""

    def __init__(self, engine: Any, profile: Profile, post: Post) -> None:
        self._engine, self._profile, self._post = engine, profile, post
        self._seen = KeptJson(profile.erasures_file, "who was erased so far")
        self._desk: DeskWithDrafts | None = None
        self._worker, self._is_looking, self._due_at = Worker("own-files", post), False, 0.0

    def kept_by(self, desk: DeskWithDrafts) -> None:
        """Whose drafts they are."""
        self._desk = desk

    def look(self) -> None:
        """The records have just answered: once a minute see whether anybody was erased."""
        if self._is_looking or monotonic() < self._due_at:
            return
        self._is_looking, self._due_at = True, monotonic() + EVERY_S
        self._worker.ask(self._clean_if_due, self._looked, self._not_looked)

    def clean(self, gone: Gone) -> Cleaned:
        """On a thread that may wait; drafts go in the desk's."""
        done, theirs = clean_files(self._profile, gone), drafts_about(self._profile, gone)
        if theirs:
            self._post(self._forget, theirs)
        return replace(done, drafts=len(theirs))

    def clean_now(self) -> Cleaned:
        """Of everybody who is gone."""
        kept = kept_here(self._profile)
        with reading(self._engine) as connection:
            gone, so_far = gone_among(connection, kept.customers, kept.calls), gone_so_far(connection)
        done = self.clean(gone)
        if not done.drafts:  # else look once more, when the desk has removed them
            self._seen.write({"so_far": so_far})
        return done

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()

    def _clean_if_due(self) -> Cleaned | None:
        with reading(self._engine) as connection:
            so_far = gone_so_far(connection)
        if so_far in ("", (self._seen.read() or {}).get("so_far")):
            return None
        if waiting_here(self._profile).jobs:  # calls that the records do not have yet are not unknown to them
            return None
        return self.clean_now()

    def _forget(self, theirs: Collection[UUID]) -> None:
        """A call that goes on keeps its draft until it is finished: what is sent then is emptied as it comes."""
        if self._desk is None:
            return
        asleep = [one for one in self._desk.calls if one.id in theirs and one.state is CallState.LATER]
        for call in asleep:
            self._desk.let_go(call)
        live = {one.id for one in self._desk.calls}
        self._desk.drafts.forget_all([one for one in theirs if one not in live])

    def _looked(self, done: Cleaned | None) -> None:
        self._is_looking = False
        if done is not None:
            counts = done.drafts, done.trace_lines, done.cards
            log.info("somebody was erased: %d drafts, %d trace lines, %d cards", *counts)

    def _not_looked(self, error: Exception) -> None:
        self._is_looking = False
        if not isinstance(error, DatabaseUnavailable | OSError):
            raise error
        log.info("this PC's files could not be looked through: %s", error)
