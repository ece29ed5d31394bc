"""The telephone numbers of a cell: several with ; each with its label and extension. None is ever refused."""

import re
from typing import NamedTuple

from app.importing.because import Odd
from app.importing.cell_text import says_nothing
from app.importing.phone_pieces import Pieces, digits_in, label_before
from app.number_key import NumberKey, read_key
from app.phone_number import NumberKind
from db.importing.staged import StagedPhone
from db.kinds import NumberLabel

_PLAIN = re.compile(r"[0-9+\-() ]{9,17}")
_SLASH = re.compile(r"\s*[/／]\s*")
_SHORT = re.compile(r"[/／~～〜・、&＆|｜]")
_COMMA = re.compile(r"[0-9０-９]\s*[,，]\s*[0-9０-９]")
_FEWEST_OF_SEVERAL = 9
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
_BEFORE_LABEL = label_before(_WORDS)
_FAX_WORD = "fax|ファックス|ファクス|ＦＡＸ"
_BOTH = rf"(?:tel|電話|℡)\s*[/／・&＆]\s*(?:{_FAX_WORD})|(?:{_FAX_WORD})\s*(?:同じ|同|兼用|兼|共用)"
_ALSO_FAX = re.compile(rf"[(（]?(?:{_BOTH})[)）]?[:：]?", re.IGNORECASE)  # one number for both
_LABEL_BEHIND = re.compile(rf"\s*[(（【\[]({_WORDS})[)）】\]]\s*$", re.IGNORECASE)


class Phones(NamedTuple):
    """What a cell holds, and what a person should look at: (what is odd, the number's text)."""

    phones: tuple[StagedPhone, ...]
    odd: tuple[tuple[Odd, str], ...]


NO_PHONES = Phones((), ())
_NO_KEY = NumberKey(None, "", NumberKind.UNKNOWN, False)


def phones_in(cell: str, label: str, region: str, outside_prefix: str = "") -> Phones:
    """`label` is the column's, "" where a column holds numbers of all kinds; the prefix is the house's."""
    reading = _Reading(region, outside_prefix)
    if (plain := reading.plainly(cell)) is not None:
        return Phones((_staged(cell, plain, label),), ())
    if says_nothing(cell):
        return NO_PHONES
    found, odd = [], []
    for one in reading.pieces().of(cell):
        raw, own_label = _split_label(one)
        key, what = reading.read(raw)
        if what is not None:
            odd.append((what, raw))
        found.append(_staged(raw, key, own_label or label))
    return Phones(tuple(found), tuple(odd))


class _Reading:
    """How numbers are read in this place."""

    def __init__(self, region: str, outside_prefix: str) -> None:
        self._region, self._prefix = region, outside_prefix

    def pieces(self) -> Pieces:
        """Tells the numbers of a cell apart."""
        return Pieces(_BEFORE_LABEL, self._is_number)

    def plainly(self, text: str) -> NumberKey | None:
        """One number without words that is surely one: nearly all are."""
        key = self._key(text) if _PLAIN.fullmatch(text) else None
        return key if key is not None and _is_sure(key) else None

    def read(self, raw: str) -> tuple[NumberKey, Odd | None]:
        """The key, and what is odd. Where a text is short for several numbers, the first one's."""
        if (plain := self.plainly(raw)) is not None:
            return plain, None
        text = _ALSO_FAX.sub(" ", raw).strip()
        if not _SHORT.search(text):
            key = self._key(text)
            if key.e164 is not None and key.kind is not NumberKind.UNKNOWN:
                return key, _odd(key) or (Odd.COMMA if key.extension and _COMMA.search(text) else None)
        elif _is_sure(key := self._key(_SLASH.sub("-", text))):
            return key, None
        if digits_in(text) > _FEWEST_OF_SEVERAL and (head := self.pieces().head(text)):
            return self._key(_SLASH.sub("-", head)), Odd.RANGE
        return (_NO_KEY, Odd.NUMBER) if _SHORT.search(text) else (key, _odd(key))

    def _is_number(self, text: str) -> bool:
        raw = _split_label(text)[0]
        return _is_sure(self._key(_SLASH.sub("-", _ALSO_FAX.sub(" ", raw).strip())))

    def _key(self, text: str) -> NumberKey:
        return read_key(text, self._region, self._prefix)


def _is_sure(key: NumberKey) -> bool:
    return key.e164 is not None and key.kind is not NumberKind.UNKNOWN and not key.was_repaired


def _staged(raw: str, key: NumberKey, label: str) -> StagedPhone:
    if not label:
        label = _MOBILE if key.kind is NumberKind.MOBILE else _OTHER
    return StagedPhone(key.e164, raw[:_LONGEST], key.extension[:_LONGEST_EXTENSION], key.kind, label)


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
