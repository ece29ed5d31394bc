"""Takes an import back, and says what that did."""

from typing import Any

from app.audit.signature import AuditAction, Signature
from app.errors import UserError
from app.trouble_words import user_error
from app.words import _
from db.errors import DatabaseUnavailable
from db.importing.undo import AlreadyUndone, Batch, NoSuchBatch, Undone, batches, undo

__all__ = ["Batch", "Undone", "past_imports", "take_back", "undone_words"]


def past_imports(engine: Any) -> tuple[Batch, ...]:
    """The newest first. Raises UserError."""
    try:
        return batches(engine)
    except DatabaseUnavailable as error:
        raise user_error(error) from error


def take_back(engine: Any, batch_no: str, by: Signature) -> Undone:
    """Take one import back, all of it at once. Raises UserError."""
    entry = by.entry(AuditAction.IMPORT_UNDONE, "import_batch", batch_no)
    try:
        return undo(engine, batch_no, by.operator, entry.at, entry)
    except NoSuchBatch as error:
        raise UserError(
            _("There is no import {batch}.").format(batch=batch_no), _("This shows all: omote import list")
        ) from error
    except AlreadyUndone as error:
        day = f"{error.at.astimezone():%Y-%m-%d %H:%M}"
        raise UserError(
            _("The import {batch} was taken back on {day}.").format(batch=batch_no, day=day),
            _("There is nothing to do."),
        ) from error
    except DatabaseUnavailable as error:
        raise user_error(error) from error


def undone_words(undone: Undone) -> str:
    """What went, what came back, and what had to stay."""
    counts = {"removed": undone.removed, "restored": undone.restored}
    told = [
        _("Import {batch} was taken back: {removed} removed, {restored} as before.").format(
            batch=undone.batch_no, **{name: f"{value:,}" for name, value in counts.items()}
        )
    ]
    if undone.in_use:
        told.append(_("{n} are in use since and stay.").format(n=f"{undone.in_use:,}"))
    if undone.changed_since:
        told.append(_("{n} were changed since and stay as they are.").format(n=f"{undone.changed_since:,}"))
    if undone.later:
        told.append(_("Later imports touched the same: {batches}.").format(batches=", ".join(undone.later)))
    return " ".join(told)
