"""What an import does and did, in words."""

from app.importing.field_words import kind_words
from app.importing.import_desk import Batch, Merged, Progress, Stage
from app.words import _, ngettext


def counted(n: int) -> str:
    """1,234."""
    return f"{n:,}"


def row_words(n: int) -> str:
    """`1 row`, `1,234 rows`."""
    return ngettext("{n} row", "{n} rows", n).format(n=counted(n))


def progress_words(told: Progress) -> str:
    """What the import is doing, and how far it is."""
    match told.stage:
        case Stage.COMPARING:
            return _("Comparing {rows} with the records…").format(rows=row_words(told.rows))
        case Stage.MERGING:
            return _("Writing to the records…")
        case _ if told.share > 0:
            share, rows = int(told.share * 100), row_words(told.rows)
            return _("Reading: {percent} %, {rows}").format(percent=share, rows=rows)
        case _:
            return _("Reading: {rows}").format(rows=row_words(told.rows))


def count_words(merged: Merged | Batch) -> str:
    """`120 new · 3 changed · 5 as before`; what is nought is not said."""
    parts = [
        (merged.created, _("{n} new")),
        (merged.updated, _("{n} changed")),
        (merged.unchanged, _("{n} as before")),
        (merged.skipped, _("{n} left out")),
        (merged.refused, _("{n} refused")),
    ]
    return " · ".join(words.format(n=counted(n)) for n, words in parts if n) or _("nothing")


def tried_words(merged: Merged) -> str:
    """After a dry run."""
    if not _taken(merged):
        return "▲ " + _nothing_words(merged)
    return "✓ " + _("This would happen: {counts}. Nothing has been changed yet.").format(counts=count_words(merged))


def done_words(merged: Merged) -> str:
    """After an import."""
    if not _taken(merged):
        return "▲ " + _nothing_words(merged)
    if not merged.batch_no:
        return "✓ " + _("Nothing to do: {counts}. The records are as they were.").format(counts=count_words(merged))
    return "✓ " + _("Imported as {batch}: {counts}.").format(batch=merged.batch_no, counts=count_words(merged))


def is_good(merged: Merged) -> bool:
    """Whether anything of the file could be taken."""
    return _taken(merged) > 0


def batch_line(batch: Batch) -> str:
    """The second line of a past import."""
    return f"{batch.batch_no} · {kind_words(batch.kind)}"


def _taken(merged: Merged) -> int:
    return merged.created + merged.updated + merged.unchanged + merged.skipped


def _nothing_words(merged: Merged) -> str:
    if merged.refused:
        return _("No row could be taken. “Refused” says why. Nothing was changed.")
    return _("The file has no rows below its headings. Nothing was changed.")
