"""How a cell with several telephone numbers falls into them. Cut only where each piece is a number of a plan for sure.

03/5411/0033 is one number, 090-1234-5678 / 03-5411-0033 are two, 03-5411-0033/34 stays whole: it is short for several.
"""

import re
from collections.abc import Callable, Iterator

_SEPARATORS = re.compile(r"([;；、\n|｜&＆])")
_BETWEEN = re.compile(r"\s*[/／,，]\s*")
_WORDS_BETWEEN = re.compile(r"\s+(?:または|又は|もしくは|および|及び|or|and)\s+", re.IGNORECASE)
_GAP = re.compile(r"(\s*[/／,，・]\s*|\s+)")
_SHORT_FOR = re.compile(r"([\s/／,，、・~～〜&＆|｜]+)")
_MANY = frozenset(";；、\n|｜&＆/／,，・ \u3000\t")
_FEWEST_DIGITS = 9  # of a number behind a slash or comma; fewer are a range (03-1234-5678/9) or what is dialled first
_FEWEST_APART = 4
_LOCAL_DIGITS = 8  # of a number that lacks its area code
_WEAK = frozenset("、|｜&＆")  # what stands behind one may be short for a number
_OPENS = frozenset("(（【[")  # of words that belong to what stands before them
_MOST_TOKENS = 16
IsNumber = Callable[[str], bool]


def label_before(labels: str) -> re.Pattern[str]:
    """Where a new number begins with one of these words, behind another number."""
    mark, digit = r"[:：.\s]*", r"[+＋(（]*[0-9０-９][^0-9０-９]{0,3}"
    words = rf"[(（【\[]?(?:{labels})[)）】\]]?"
    return re.compile(rf"(?<=[0-9０-９)）])[\s/／,，・]*(?={words}{mark}(?:{digit}){{9}})", re.IGNORECASE)


class Pieces:
    """`before_label` finds where a label begins another number; `is_number` says whether a text surely is one."""

    def __init__(self, before_label: re.Pattern[str], is_number: IsNumber) -> None:
        self._before_label = before_label
        self._is_number = is_number

    def of(self, cell: str) -> list[str]:
        """The numbers that the cell names, each with its words."""
        if not _MANY.intersection(cell) and digits_in(cell) < 2 * _FEWEST_DIGITS:
            return [cell]
        return [one for part in _glued(cell) for one in self._cut(part)]

    def _cut(self, part: str) -> Iterator[str]:
        if digits_in(part) < 2 * _FEWEST_DIGITS:
            yield part
            return
        pieces = [two for one in _WORDS_BETWEEN.split(part) for two in self._before_label.split(one)]
        for piece in (three for one in pieces for three in _at_marks(one)):
            yield from self._told_apart(piece) if digits_in(piece) >= 2 * _FEWEST_DIGITS else (piece,)

    def _told_apart(self, text: str) -> list[str]:
        """At the gaps, if there is just one way by which each piece is a number; else whole."""
        tokens = _GAP.split(text)
        if len(tokens) > 2 * _MOST_TOKENS:
            return [text]
        ways = {tuple(map(_digits, way)): way for way in self._ways(tokens)}  # a word may go with either neighbour
        return next(iter(ways.values())) if len(ways) == 1 else [text]

    def _ways(self, tokens: list[str]) -> Iterator[list[str]]:
        """`tokens` are words and, in between, gaps."""
        for end in range(1, len(tokens) + 1, 2):
            head = "".join(tokens[:end])
            if digits_in(head) >= _FEWEST_DIGITS and self._is_number(head):
                if end == len(tokens):
                    yield [head]
                for rest in self._ways(tokens[end + 1 :]):
                    yield [head, *rest]

    def head(self, text: str) -> str:
        """The number with which the text surely begins, or "": 0463-12-3456 7 may be a slip of the finger."""
        tokens = _SHORT_FOR.split(text)[: 2 * _MOST_TOKENS]
        for end in range(1, len(tokens) - 1, 2):
            head, gap, rest = "".join(tokens[:end]), tokens[end], "".join(tokens[end + 1 :])
            is_apart = bool(gap.strip()) or not digits_in(tokens[end + 1]) or digits_in(rest) >= _FEWEST_APART
            if is_apart and digits_in(head) >= _FEWEST_DIGITS and self._is_number(head):
                return head
        return ""


def digits_in(text: str) -> int:
    """How many digits."""
    return sum(map(str.isdecimal, text))


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _at_marks(text: str) -> list[str]:
    parts = _BETWEEN.split(text)
    return parts if all(digits_in(one) >= _FEWEST_DIGITS for one in parts) else [text]


def _glued(cell: str) -> list[str]:
    """What separators part; words by themselves belong to a number beside them, as do digits that are short for one."""
    parts: list[str] = []
    words, mark = "", ";"
    for at, text in enumerate(_SEPARATORS.split(cell)):
        if at % 2:
            mark = text
        elif not (one := text.strip()):
            continue
        elif not (digits := digits_in(one)) and parts and one[0] in _OPENS:
            parts[-1] += f" {one}"
        elif not digits:
            words += f"{one} "
        elif mark in _WEAK and digits < _LOCAL_DIGITS and parts and digits_in(parts[-1]) >= _FEWEST_DIGITS:
            parts[-1] += f"{mark}{one}"
        else:
            parts.append(words + one)
            words = ""
    if words and parts:
        parts[-1] += f" {words.strip()}"
    return parts or [cell]
