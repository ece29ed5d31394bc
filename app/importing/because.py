"""Why a row of a file is not taken, and what is odd about one that is; in words for people."""

from collections.abc import Sequence
from enum import StrEnum

from app.errors import UserError
from app.words import _
from db.importing.staged import Refusal

_MOST_NAMED = 10


class Because(StrEnum):
    """Why a row can't be taken."""

    RAGGED = "ragged"
    FORMULA = "formula"
    MISSING = "missing"
    TOO_LONG = "too_long"
    TWICE = "twice"
    NO_DATE = "no_date"
    NO_AMOUNT = "no_amount"
    NO_QUANTITY = "no_quantity"
    NO_RATE = "no_rate"
    NO_CURRENCY = "no_currency"
    NO_EMAIL = "no_email"
    UNKNOWN_WORD = "unknown_word"
    UNREADABLE = "unreadable"
    # the records say these, when the rows are merged
    NO_CUSTOMER = "no_customer"
    ERASED = "erased"
    OTHER_CUSTOMER = "other_customer"


class Odd(StrEnum):
    """What a person should look at in a row that was taken."""

    NUMBER = "odd_number"
    LOST_ZERO = "lost_zero"
    RANGE = "range"
    COMMA = "comma"


BREAKS_THE_FILE = frozenset({Because.RAGGED, Because.FORMULA})
"""With one of these the file is not what it seems to be: nothing of it is taken."""


def broken_file(refusals: Sequence[Refusal]) -> UserError | None:
    """What to say if one of these shows that cells stand in wrong columns, or are none."""
    found = [one for one in refusals if one.because in BREAKS_THE_FILE]
    if not found:
        return None
    alike = [one for one in found if one.because == found[0].because]
    lines = ", ".join(str(one.row) for one in alike[:_MOST_NAMED]) + (" …" if len(alike) > _MOST_NAMED else "")
    if found[0].because == Because.RAGGED:
        return UserError(
            _("Lines with more or fewer cells than the headings: {lines}.").format(lines=lines),
            _("A line end or comma inside a cell may lack its quotation marks. Export as .xlsx. Nothing was imported."),
        )
    return UserError(
        _('Lines with a formula in the column "{column}": {lines}.').format(column=alike[0].column, lines=lines),
        _("Copy the column in Excel, paste it as values and save. Nothing was imported."),
    )


def sentence(because: str) -> str:
    """The reason for people; an unknown word (from newer records) as it is."""
    told: dict[str, str] = {
        Because.RAGGED: _("has more or fewer cells than the headings; a quotation mark may be missing"),
        Because.FORMULA: _("holds a formula; copy the column and paste it as values"),
        Because.MISSING: _("is empty but needed"),
        Because.TOO_LONG: _("is too long"),
        Because.TWICE: _("stands in the file twice"),
        Because.NO_DATE: _("is no date that can be read"),
        Because.NO_AMOUNT: _("is no amount of this currency"),
        Because.NO_QUANTITY: _("is no whole number"),
        Because.NO_RATE: _("is no percentage"),
        Because.NO_CURRENCY: _("is no currency (three letters)"),
        Because.NO_EMAIL: _("is no mail address"),
        Because.UNKNOWN_WORD: _("is none of the words known for this column"),
        Because.UNREADABLE: _("cannot be read"),
        Because.OTHER_CUSTOMER: _("belongs to another customer already"),
        Because.ERASED: _("was erased on request and does not come back"),
        Because.NO_CUSTOMER: _("belongs to no customer in the records"),
        Odd.NUMBER: _("is no telephone number of any plan; kept as it is"),
        Odd.LOST_ZERO: _("has lost its first 0 (Excel does that); it was put back"),
        Odd.RANGE: _("names several numbers in short; the first was taken"),
        Odd.COMMA: _("has digits behind a comma; they were taken for an extension"),
    }
    return told.get(because, because)
