"""What a customer or a note can be found by, as tokens for a full-text index. Pure: an import makes a million of them.

A token is two neighbouring characters, one kanji, or three neighbouring digits; in a note a telephone number is one.
Most surnames have one or two characters, so that an index of three-character tokens would never find them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from db.kinds import CustomerKind
from db.name_folding import fold, fold_company, fold_prose

FEWEST_DIGITS = 3
"""Fewer are in nearly every number: no token has them."""

_LONGEST_KEY = 200
_MOST_ASKED = 24  # tokens of one search: every further one would only cost time
_RUN = re.compile(r"[0-9]+|[^\x00-\x40\x5b-\x60\x7b-\x7f]+")  # no ASCII signs: FTS5 cuts there
_PROSE_RUN = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
_ALONE = re.compile(r"[^\x00-\u30ff]")  # a kanji says something by itself, a kana or a letter does not
_HOME, _TRUNK_PREFIX = "81", "0"
_WRITTEN_NUMBER = re.compile(
    r"\+?[0-9](?:[-().\u2010-\u2015\u2212\u30fc]*[0-9]){3,}|(?<![0-9])0[0-9]{1,4} [0-9]{1,4} [0-9]{3,4}(?![0-9])"
)
_NUMBER_MARK = "\ue000"


class SearchRow(NamedTuple):
    """A row of `customer_search`: `marks` has one a line. Two equal ones have the same tokens."""

    customer_id: int
    name_key: str
    reading_key: str
    marks: str


class Known(NamedTuple):
    """What the records know of a customer that somebody may type; `codes` are customer number and other systems' keys.

    `numbers` are pairs of the key's integer (None: it has none) and the number as it was recorded.
    """

    customer_id: int
    kind: str
    name: str
    reading: str | None
    company: str | None
    codes: Iterable[str]
    numbers: Iterable[tuple[int | None, str]]


def search_row(known: Known) -> SearchRow:
    """The customer as it is compared with what somebody types."""
    name = fold(known.name)
    key = fold_company(known.name) if known.kind == CustomerKind.COMPANY else name
    marks = [name] if name != key else []
    marks += [fold_company(known.company)] if known.company else []
    marks += map(fold, known.codes)
    for e164, raw in known.numbers:
        marks += _spellings(str(e164)) if e164 else [digits_of(raw)]
    lines = "\n".join(dict.fromkeys(filter(None, marks)))
    return SearchRow(known.customer_id, key[:_LONGEST_KEY], fold(known.reading or "")[:_LONGEST_KEY], lines)


def tokens_of(row: SearchRow) -> str:
    """With blanks between them, in no order that means anything."""
    fields = (row.name_key, row.reading_key, *row.marks.split("\n"))
    return " ".join(dict.fromkeys(chain.from_iterable(map(_grams, fields))))


def asked_tokens(words: Iterable[str]) -> list[str]:
    """What rows that contain all the (folded) words have among their tokens; the words must still be compared."""
    wanted: dict[str, None] = {}
    for word in words:
        grams = _grams(word)
        wanted |= dict.fromkeys([gram for gram in grams if len(gram) > 1] or grams)
    return list(wanted)[:_MOST_ASKED]


def note_tokens(text: str) -> str:
    """A note's pairs of characters, and the telephone numbers in it as whole ones."""
    return " ".join(dict.fromkeys((*_pairs(fold_prose(text)), *map(number_token, numbers_in(text)))))


def asked_note_tokens(words: Iterable[str]) -> list[str]:
    """The same for notes; a word of digits is a whole number."""
    wanted: dict[str, None] = {}
    for word in words:
        whole = [number_token(word)] if word.isascii() and word.isdigit() else _pairs(word)
        wanted |= dict.fromkeys(whole)
    return list(wanted)[:_MOST_ASKED]


def numbers_in(text: str) -> list[str]:
    """The digits of what may be telephone numbers in a text, as they are dialled at home."""
    return [at_home(digits_of(one[0])) for one in _WRITTEN_NUMBER.finditer(unicodedata.normalize("NFKC", text))]


def number_token(digits: str) -> str:
    """A whole number's token."""
    return _NUMBER_MARK + at_home(digits)


def at_home(digits: str) -> str:
    """Without Japan's country code; other countries' numbers and what is no number as they are."""
    is_ours = digits.startswith(_HOME) and 11 <= len(digits) <= 12
    return _TRUNK_PREFIX + digits.removeprefix(_HOME) if is_ours else digits


def digits_of(text: str) -> str:
    """Its ASCII digits."""
    return re.sub(r"[^0-9]+", "", unicodedata.normalize("NFKC", text))


def _spellings(key: str) -> list[str]:
    return [_TRUNK_PREFIX + key.removeprefix(_HOME), key] if key.startswith(_HOME) else [key]


def _grams(text: str) -> Sequence[str]:
    """Numbers are cut at once: each is another, and would only drive names out of what is remembered."""
    if text.isascii() and text.isdecimal():
        return [text[at : at + FEWEST_DIGITS] for at in range(len(text) - FEWEST_DIGITS + 1)]
    return _grams_of_words(text)


@lru_cache(maxsize=65536)
def _grams_of_words(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for run in _RUN.findall(text):
        if run[0] in "0123456789":
            found += [run[at : at + FEWEST_DIGITS] for at in range(len(run) - FEWEST_DIGITS + 1)]
        else:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
            found += _ALONE.findall(run)
    return tuple(found)


def _pairs(text: str) -> list[str]:
    pairs = (run[at : at + 2] for run in _PROSE_RUN.findall(text) for at in range(len(run) - 1))
    return [pair for pair in pairs if not pair.isdigit()]
