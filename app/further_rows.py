"""What the card's lists hold behind their first twenty rows, and the whole text behind one row; asked when wanted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.call_rows import ContactSnapshot, WrapUpSnapshot
from app.outbox import Part
from app.pop import ComplaintFact, InteractionFact
from app.records import Failed, Records
from db.by_hand import Contact
from db.complaints import StepTold, steps_of
from db.further_rows import PAGE, complaints_after, handlers_after, interactions_after, purchases_after
from db.kinds import NoteKind
from db.note_versions import NoteVersion, contact_versions
from db.pop import MOST_ROWS
from db.stories import NoteTold, notes_of
from db.wrap_up import WrapUp, interaction_id_of

__all__ = ["FIRST", "PAGE", "FurtherRows", "NoteKind", "NoteTold", "StepTold"]

FIRST = MOST_ROWS

Then = Callable[[Sequence[Any]], object]
_PAGES: Mapping[str, Callable[[Any, int, Any], Sequence[Any]]] = {
    "purchases": purchases_after,
    "complaints": complaints_after,
    "history": interactions_after,
    "handlers": handlers_after,
}


class FurtherRows:
    """Pages and whole texts for the panels, which are known by their keys. Nothing here waits."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def page(self, panel: str, customer_id: int, last: Any, then: Then, failed: Failed) -> None:
        """The rows behind `last`; fewer than PAGE: there are no more."""
        ask = _PAGES[panel]
        self._records.ask(lambda connection, _waiting: ask(connection, customer_id, last), then, failed)

    def notes(self, one: InteractionFact, then: Callable[[Sequence[NoteTold]], object], failed: Failed) -> None:
        """All that was written about a contact."""
        self._records.ask(lambda connection, waiting: _notes(connection, waiting, one.key), then, failed)

    def versions(self, one: InteractionFact, then: Callable[[Sequence[NoteVersion]], object], failed: Failed) -> None:
        """Every version of what was written about a contact, as the records have them."""
        contact = UUID(one.key) if one.key else UUID(int=0)  # an older program's copy has none
        self._records.ask(lambda connection, _waiting: contact_versions(connection, contact), then, failed)

    def steps(self, one: ComplaintFact, then: Callable[[Sequence[StepTold]], object], failed: Failed) -> None:
        """What happened to a complaint, newest first."""
        self._records.ask(lambda connection, _waiting: steps_of(connection, one.complaint_no), then, failed)


def _notes(connection: Any, waiting: Sequence[Part], key: str) -> Sequence[NoteTold]:
    """What was written here and waits to be sent is newer than the records."""
    contact = UUID(key) if key else None
    mine = [one.done for one in waiting if isinstance(one, WrapUpSnapshot | ContactSnapshot) and _key(one) == contact]
    if mine:
        return _told(mine[-1])
    return notes_of(connection, contact) if contact is not None else ()


def _key(one: WrapUpSnapshot | ContactSnapshot) -> UUID:
    return interaction_id_of(one.done.call_id if isinstance(one, WrapUpSnapshot) else one.done.contact_id)


def _told(done: WrapUp | Contact) -> Sequence[NoteTold]:
    texts = ((NoteKind.BODY, done.body), (NoteKind.HANDOVER, done.handover))
    return [NoteTold(kind, text, done.operator, done.at, 1) for kind, text in texts if text.strip()]
