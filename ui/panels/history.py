"""Every contact over all channels on one timeline, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.further_rows import NoteKind, NoteTold
from app.pop import CustomerFacts, InteractionFact
from app.words import _, language
from ui import wording
from ui.panels.row_story import Story
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column


class History(RowsPanel):
    """Interactions."""

    key = "history"
    is_paged = True

    def name(self) -> str:
        return _("History")

    def title(self, facts: CustomerFacts) -> str:
        return _("History {n}").format(n=facts.interaction_count)

    def columns(self) -> Sequence[Column]:
        return (Column(_("When"), 96), Column(_("About")), Column(_("Result"), 112), Column(_("Handler"), 92))

    def empty(self) -> str:
        return _("No contact so far. This call will be the first one here.")

    def records_of(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        return facts.interactions

    def key_of(self, record: Any) -> object:
        return record.key

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        return _row(record)

    def has_more_to_tell(self, record: Any) -> bool:
        return bool(record.key)

    def story(self, record: Any, now: datetime, more: Any) -> Story:
        """The excerpt, until the notes have come; a contact without notes has no more."""
        one: InteractionFact = record
        notes: Sequence[NoteTold] = more or ()
        title = f"{wording.day_and_time(one.at)}  {one.subject or wording.interaction_kind(one.kind)}"
        told = [("", _particulars(one)), *([(_heading(note), note.text) for note in notes] or [("", one.excerpt)])]
        return Story(title, told, has_earlier=any(note.version > 1 for note in notes))


def _particulars(one: InteractionFact) -> str:
    told = [wording.channel(one.channel, one.direction), wording.interaction_kind(one.kind), _result(one)]
    told.append(_("handler: {who}").format(who=one.handler) if one.handler else "")
    return " · ".join(part for part in told if part)


def _heading(note: NoteTold) -> str:
    kind = _("For the next handler") if note.kind is NoteKind.HANDOVER else _("Note")
    told = [kind, note.by, wording.day_and_time(note.at)]
    if note.version > 1:
        told.append(_("changed, version {n}").format(n=note.version))
    return " · ".join(part for part in told if part)


def _result(one: InteractionFact) -> str:
    return one.disposition_ja if language() == "ja" else one.disposition_en


def _row(one: InteractionFact) -> Sequence[Cell]:
    subject = one.subject or wording.interaction_kind(one.kind)
    return (
        Cell(wording.day(one.at), wording.clock_time(one.at)),
        Cell(subject, one.excerpt.replace("\n", " ")),
        Cell(_result(one) or "—", wording.channel(one.channel, one.direction)),
        Cell(one.handler or "—"),
    )
