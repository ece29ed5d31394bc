"""The telephone numbers of a cell: several with ; each with its label and extension. None is ever refused."""

import re
from typing import NamedTuple

from app.importing.because import Odd
from app.number_key import NumberKey, read_key
from app.phone_number import NumberKind
from db.importing.staged import StagedPhone
from db.kinds import NumberLabel

_SEPARATOR = re.compile(r"[;；、\n]")
_SLASH = re.compile(r"\s*[/／]\s*")
_BETWEEN = re.compile(r"\s*[/／,，]\s*")
_FEWEST_DIGITS = 9  # of a number behind a slash or comma; fewer are a range (03-1234-5678/9) or what is dialled first
_LONGEST = 250
_LONGEST_EXTENSION = 20
_MOBILE, _OTHER = NumberLabel.MOBILE.value, NumberLabel.OTHER.value
_LABELS = {
    NumberLabel.HOME: ("home", "自宅", "家", "自"),
    NumberLabel.MOBILE: ("mobile", "cell", "携帯電話", "携帯", "スマホ", "携"),
    NumberLabel.WORK: ("work", "office", "勤務先", "会社", "職場", "勤"),
    NumberLabel.MAIN: ("main", "代表", "代表電話"),
    NumberLabel.DIRECT: ("direct", "直通"),
    NumberLabel.FAX: ("fax", "ファックス", "ファクス", "ＦＡＸ"),
    NumberLabel.OTHER: ("other", "tel", "電話", "その他", "℡", "電話番号"),
}
_WORD_LABELS = {word: label for label, words in _LABELS.items() for word in words}
_WORDS = "|".join(sorted(map(re.escape, _WORD_LABELS), key=len, reverse=True))
_LABEL_BEFORE = re.compile(rf"\s*[(（【\[]?({_WORDS})[)）】\]]?\s*[:：.]?\s*(?=[0-9０-９+＋(（])", re.IGNORECASE)
_LABEL_BEHIND = re.compile(rf"\s*[(（【\[]({_WORDS})[)）】\]]\s*$", re.IGNORECASE)


class Phones(NamedTuple):
    """What a cell holds, and what a person should look at: (what is odd, the number's text)."""

    phones: tuple[StagedPhone, ...]
    odd: tuple[tuple[Odd, str], ...]


NO_PHONES = Phones((), ())


def phones_in(cell: str, label: str, region: str, outside_prefix: str = "") -> Phones:
    """`label` is the column's, "" where a column holds numbers of all kinds; the prefix is the house's."""
    found, odd = [], []
    for one in _numbers(cell):
        raw, own_label = _split_label(one)
        first = _SLASH.split(raw, 1)[0] if "/" in raw or "／" in raw else raw
        key = read_key(first, region, outside_prefix)
        if (what := _odd(key) if first == raw else Odd.RANGE) is not None:
            odd.append((what, raw))
        found.append(_staged(raw, key, own_label or label))
    return Phones(tuple(found), tuple(odd))


def _staged(raw: str, key: NumberKey, label: str) -> StagedPhone:
    if not label:
        label = _MOBILE if key.kind is NumberKind.MOBILE else _OTHER
    return StagedPhone(key.e164, raw[:_LONGEST], key.extension[:_LONGEST_EXTENSION], key.kind, label)


def _numbers(cell: str) -> list[str]:
    parts = [one for part in _SEPARATOR.split(cell) if (one := part.strip())] if _SEPARATOR.search(cell) else [cell]
    return [one for part in parts for one in _split_further(part)] if _BETWEEN.search(cell) else parts


def _split_further(text: str) -> list[str]:
    parts = _BETWEEN.split(text)
    return parts if all(sum(char.isdecimal() for char in one) >= _FEWEST_DIGITS for one in parts) else [text]


def _split_label(text: str) -> tuple[str, str]:
    if text[0] in "0+":
        behind = _LABEL_BEHIND.search(text) if text[-1] in ")）】]" else None
        return (text[: behind.start()], _word(behind[1])) if behind else (text, "")
    before = _LABEL_BEFORE.match(text)
    return (text[before.end() :], _word(before[1])) if before else (text, "")


def _word(text: str) -> str:
    return _WORD_LABELS[text.casefold()].value if text.casefold() in _WORD_LABELS else NumberLabel.FAX.value


def _odd(key: NumberKey) -> Odd | None:
    if key.was_repaired:
        return Odd.LOST_ZERO
    if key.e164 is None:
        return None if key.kind is NumberKind.EXTENSION else Odd.NUMBER
    return Odd.NUMBER if key.kind is NumberKind.UNKNOWN else None
