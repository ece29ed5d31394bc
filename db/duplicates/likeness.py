"""How alike two names are, whatever script, order or legal form they were written in."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from db.kinds import CustomerKind
from db.name_folding import fold, fold_company, without_title


class Likeness(StrEnum):
    """The best that can be said of two names."""

    SAME = "same"
    READING = "reading"  # spelt otherwise, read alike
    PART = "part"  # one is the other's family name alone
    GIVEN = "given"  # the given name and another family name: married, perhaps
    BRANCH = "branch"  # two places of one company
    FAMILY = "family"  # the family name and another given name: a relative
    UNREADABLE = "unreadable"  # in scripts that can't be compared without readings
    OTHER = "other"


_HEAD_OFFICE = re.compile(r"(?:本社|本店|本部)$")
_BRANCH = re.compile(
    r"(?:支店|営業所|事業所|出張所|支社|支部|工場|店|支局|センター|せんたー|研究所|物流|倉庫|branch|office)$"
)
_KANA = re.compile(r"[ぁ-ゖーゝゞ]+")
_SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ", strict=True))
_VOICED = dict(
    zip("がぎぐげござじずぜぞだぢづでどばびぶべぼをゔ", "かきくけこさしすせそたちつてとはひふへほおう", strict=True)
) | dict(zip("ぱぴぷぺぽ", "はひふへほ", strict=True))
_LOOSE = str.maketrans(_SMALL | _VOICED | {"ー": None})
_LONG_VOWEL = re.compile(r"(?<=[おこそとのほもよろ])[うお]|(?<=[うくすつぬふむゆる])う|(?<=[えけせてねへめれ])[いえ]")
_ROWS = (("", "あいうえお"), ("k", "かきくけこ"), ("s", "さしすせそ"), ("t", "たちつてと"), ("n", "なにぬねの"),
         ("h", "はひふへほ"), ("m", "まみむめも"), ("r", "らりるれろ"))  # fmt: skip
_IN_LATIN = str.maketrans(
    {kana: consonant + vowel for consonant, row in _ROWS for kana, vowel in zip(row, "aiueo", strict=True)}
    | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ん": "n"}
)
_SPELLINGS = tuple(
    (re.compile(spelling), usual)
    for spelling, usual in (
        ("sh", "sy"), ("ch", "ty"), ("j", "zy"), ("tsu", "tu"), ("f", "h"), ("m(?=[bp])", "n"), ("y(?=i)", ""),
        ("(?<=o)(?:[uo]|h(?![aiueoy]))|(?<=u)u|(?<=e)[ie]", ""), (r"([kstp])(?=\1)", "tu"),
        ("(?<=[kgsztdnhbpmr])y", "iy"), ("g", "k"), ("z", "s"), ("d", "t"), ("[bp]", "h"), ("l", "r"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A name as it is compared."""

    kind: CustomerKind
    name: str
    reading: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Family and given name, in the order of their writing."""
        return _words(self.name)

    @cached_property
    def whole(self) -> str:
        """The name as one word, without what companies are called as such."""
        if self.kind is CustomerKind.COMPANY:
            return _HEAD_OFFICE.sub("", fold_company(self.name)) or fold_company(self.name)
        return "".join(self.words)

    @cached_property
    def sound(self) -> str:
        """How it is read, loosely: long vowels and voicing are written this way and that. "" if nobody knows."""
        return _loose("".join(self.sounds))

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """The reading's words, or those of a name that can be read as it stands."""
        told = fold_company(self.reading) if self.kind is CustomerKind.COMPANY else self.reading
        return _words(told) if told else self.words if _is_read(self.words) else ()


def likeness(one: Named, other: Named) -> Likeness:
    """What two names have in common."""
    if one.whole == other.whole or sorted(one.words) == sorted(other.words):
        return Likeness.SAME
    if CustomerKind.COMPANY in (one.kind, other.kind):
        return _of_companies(one, other)
    if one.sound and _same_sound(one, other):
        return Likeness.READING
    found = _of_words(one.words, other.words)
    if found is not Likeness.OTHER or not (one.sounds and other.sounds):
        return found if found is not Likeness.OTHER or _is_readable(one, other) else Likeness.UNREADABLE
    return _of_words(tuple(map(_loose, one.sounds)), tuple(map(_loose, other.sounds)))


def reads_otherwise(one: Named, other: Named) -> bool:
    """Whether both readings are known, and differ: 幸子 is さちこ or ゆきこ."""
    return bool(one.reading and other.reading) and not _same_sound(one, other)


def _same_sound(one: Named, other: Named) -> bool:
    if one.sound == other.sound:
        return True
    return sorted(map(_loose, one.sounds)) == sorted(map(_loose, other.sounds))


def _of_companies(one: Named, other: Named) -> Likeness:
    if one.sound and one.sound == other.sound:
        return Likeness.READING
    short, long = sorted((one.whole, other.whole), key=len)
    if short and long.startswith(short) and _BRANCH.search(long):
        return Likeness.BRANCH
    shared = next((at for at, pair in enumerate(zip(short, long, strict=False)) if len(set(pair)) > 1), len(short))
    both = _BRANCH.search(short) and _BRANCH.search(long)
    return Likeness.BRANCH if both and shared > 1 else Likeness.OTHER


def _of_words(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Family name first, as in Japan; of Latin names nobody knows which is which."""
    short, long = sorted(("".join(one), "".join(other)), key=len)
    alone = min(one, other, key=len)
    if len(alone) == 1 and len(short) > 1 and long.startswith(short):
        return Likeness.PART
    if len(alone) == 1:
        return Likeness.FAMILY if len(short) > 1 and long[:2] == short[:2] else Likeness.OTHER
    if short.isascii():
        return Likeness.FAMILY if set(one) & set(other) else Likeness.OTHER
    if one[0] == other[0]:
        return Likeness.FAMILY
    return Likeness.GIVEN if one[-1] == other[-1] else Likeness.OTHER


def _is_readable(one: Named, other: Named) -> bool:
    """Whether the two are in scripts that can be compared."""
    if not one.whole or not other.whole:
        return False
    return one.whole.isascii() == other.whole.isascii() and _is_read(one.words) == _is_read(other.words)


def _is_read(words: tuple[str, ...]) -> bool:
    return bool(words) and all(_KANA.fullmatch(word) or word.isascii() for word in words)


def _words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", without_title(name))
    return tuple(filter(None, map(fold, re.split(r"[\s,・]+", plain))))


def _loose(sound: str) -> str:
    """In Latin letters, so that Tarō, たろう and TAROU are one."""
    if not sound.isascii():
        return _LONG_VOWEL.sub("", sound.translate(_LOOSE)).translate(_IN_LATIN)
    for spelling, usual in _SPELLINGS:
        sound = spelling.sub(usual, sound)
    return sound
