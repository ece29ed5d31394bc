"""Why a row of a file is not taken, and what is odd about one that is; in words for people."""

from enum import StrEnum

from app.words import _


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


class Odd(StrEnum):
    """What a person should look at in a row that was taken."""

    NUMBER = "odd_number"
    LOST_ZERO = "lost_zero"
    RANGE = "range"


BREAKS_THE_FILE = frozenset({Because.RAGGED, Because.FORMULA})
"""With one of these the file is not what it seems to be: nothing of it is taken."""


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
        Because.NO_CUSTOMER: _("belongs to no customer in the records"),
        Odd.NUMBER: _("is no telephone number of any plan; kept as it is"),
        Odd.LOST_ZERO: _("has lost its first 0 (Excel does that); it was put back"),
        Odd.RANGE: _("names several numbers in short; the first was taken"),
    }
    return told.get(because, because)
