"""Card numbers in what is written: found by issuer, length and check digit, and masked but for their last four digits.

A mask is as long as what it hides, so that nothing else moves. No state here: the same text gives the same answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MASK = "•"
_SHORTEST, _LONGEST, _SHOWN = 13, 19, 4
_GAP = "[ \u00a0\u3000\\-\u2010-\u2015\u2212\u30fc\uff0d]"  # blanks, hyphens and what a Japanese keyboard gives for one
_RUN = re.compile(rf"\d(?:{_GAP}{{0,3}}\d){{{_SHORTEST - 1},}}")
_GROUP = re.compile(r"\d+")
_FOUR_AND_MORE = rf"(?:\d{_GAP}{{0,3}}){{3}}\d\d{{1,15}}"
_TYPED_ON = re.compile(rf"(?<!{MASK}){MASK}(?:{_GAP}{{0,3}}{MASK}){{8,14}}{_GAP}{{0,3}}{_FOUR_AND_MORE}")
_AROUND = 120  # letters: more than a card number with all its gaps
_AMAZONS_ORDER = [3, 7, 7]

_ISSUERS = tuple(
    (prefix, frozenset(lengths))
    for prefixes, lengths in (
        (("4",), (13, 16, 19)),  # Visa
        (tuple(map(str, (*range(51, 56), *range(2221, 2721)))), (16,)),  # Mastercard
        (("34", "37"), (15,)),  # American Express
        (tuple(map(str, range(3528, 3590))), range(16, 20)),  # JCB
        (("300", "301", "302", "303", "304", "305", "3095", "36", "38", "39"), range(14, 20)),  # Diners
        (("6011", "644", "645", "646", "647", "648", "649", "65"), range(16, 20)),  # Discover
        (("62", "81"), range(16, 20)),  # UnionPay
        (("50", "56", "57", "58", "63", "67", "60", "61", "66", "68", "69"), range(13, 20)),  # Maestro
    )
    for prefix in prefixes
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Where a card number stands in a text."""

    start: int
    end: int


def masked(text: str) -> str:
    """The text with every card number masked but for its last four digits; as long as before."""
    for one in card_numbers(text):
        text = text[: one.start] + _mask(text[one.start : one.end]) + text[one.end :]
    return _TYPED_ON.sub(_grown, text)


def masked_near(text: str, start: int, end: int) -> str:
    """The same, looking only where the text has just changed: cheap enough for every key of a long note."""
    start, end = max(0, start - _AROUND), end + _AROUND
    return text[:start] + masked(text[start:end]) + text[end:]


def card_numbers(text: str) -> tuple[Hidden, ...]:
    """Every card number, in order."""
    return tuple(one for run in _RUN.finditer(text) for one in _within(text, run.start(), run.end()))


def _within(text: str, start: int, end: int) -> Iterator[Hidden]:
    """The card numbers of one run of digits: the whole run, or groups of it that look like a card's."""
    if text[start - 1 : start] in ("+", "\uff0b"):
        return  # a telephone number with its country
    groups = [match.span() for match in _GROUP.finditer(text, start, end)]
    first = 0
    while first < len(groups):
        last = _last_group(text, groups, first)
        if last is not None:
            yield Hidden(groups[first][0], groups[last][1])
        first = first + 1 if last is None else last + 1


def _last_group(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """Where a card number that begins with this group ends; the longest one wins."""
    sizes: list[int] = []
    found = None
    for last in range(first, len(groups)):
        sizes.append(groups[last][1] - groups[last][0])
        if sum(sizes) > _LONGEST:
            break
        is_whole = first == 0 and last == len(groups) - 1
        if sum(sizes) >= _SHORTEST and (is_whole or _is_cards_way(sizes)) and sizes != _AMAZONS_ORDER:
            digits = "".join(str(int(one)) for start, end in groups[first : last + 1] for one in text[start:end])
            found = last if is_card_number(digits) else found
    return found


def _is_cards_way(sizes: list[int]) -> bool:
    """How cards are written among other numbers: in one piece, in fours, or as American Express and Diners are."""
    is_in_fours = all(size == 4 for size in sizes[:-1]) and sizes[-1] <= 4
    return len(sizes) == 1 or is_in_fours or sizes in ([4, 6, 5], [4, 6, 4])


def is_card_number(digits: str) -> bool:
    """Whether an issuer has numbers like this, and the check digit is right. `digits`: 0 to 9 only."""
    is_issued = any(len(digits) in lengths and digits.startswith(prefix) for prefix, lengths in _ISSUERS)
    return is_issued and _is_luhn(digits) and not _is_japanese_article(digits)


def _is_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = (sum(divmod(2 * int(one), 10)) for one in digits[-2::-2])
    return (sum(int(one) for one in digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_japanese_article(digits: str) -> bool:
    """A JAN code (45, 49, its own check digit), which every shop writes; Visa has issued no 13 digits for decades."""
    weighted = sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(digits))
    return len(digits) == _SHORTEST and digits[:2] in ("45", "49") and weighted % 10 == 0


def _mask(number: str) -> str:
    places = [place for place, letter in enumerate(number) if letter.isdigit() or letter == MASK]
    hidden = set(places[:-_SHOWN])
    return "".join(MASK if place in hidden else letter for place, letter in enumerate(number))


def _grown(match: re.Match[str]) -> str:
    """Digits typed on at the end of a masked number belong to it: never more than the last four are seen."""
    whole = match.group()
    is_one = sum(letter.isdigit() or letter == MASK for letter in whole) <= _LONGEST
    return _mask(whole) if is_one else whole
