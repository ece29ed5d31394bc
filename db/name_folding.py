"""Names as they are compared: whatever script, width, old character, blank or sign they were written with.

For look-up alone: records and screen keep the spelling they were given. Small kana (っ, ゃ) and long vowels (ー) stay.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from db.name_variants import variants

_LONGEST = 400  # longer text is no name; folding it would only cost time
_SIGNS = "・·•‧.,、。'’‘`´\"“”-‐‑‒–—―−~〜\N{SOFT HYPHEN}"
_VARIATION_SELECTORS = chain(range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))  # other dresses
_UNSEEN = chain(
    range(0x20), range(0x7F, 0xA0), range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2060, 0x2070), [0xFEFF]
)  # fmt: skip
_BLANKS = " \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{OGHAM SPACE MARK}\u2028\u2029\u202f\u205f" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_TO_HIRAGANA = {code: chr(code - 0x60) for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_DROPPED: dict[int, str | None] = dict.fromkeys(chain(map(ord, _SIGNS + _BLANKS), _UNSEEN, _VARIATION_SELECTORS))
_FOLDED = _DROPPED | _TO_HIRAGANA | {ord(form): usual for form, usual in variants().items()}

_REPEATED = re.compile(r"(.)々")
_LEGAL_MARKS = {
    "(株)": "株式会社",
    "(有)": "有限会社",
    "(同)": "合同会社",
    "(資)": "合資会社",
    "(名)": "合名会社",
    "(社)": "社団法人",
    "(財)": "財団法人",
    "(医)": "医療法人",
    "(学)": "学校法人",
    "(宗)": "宗教法人",
    "(福)": "社会福祉法人",
    "(特非)": "特定非営利活動法人",
}
_LEGAL_MARK = re.compile("|".join(map(re.escape, _LEGAL_MARKS)))
_LEGAL_FORM = (
    r"(?:(?:一般|公益|特例)?(?:社団|財団)法人|(?:株式|有限|合同|合資|合名|相互)会社|医療法人(?:社団|財団)?"
    r"|社会福祉法人|学校法人|宗教法人|特定非営利活動法人|独立行政法人"
    r"|(?:かぶしき|ゆうげん|ごうどう)[がか]いしゃ)"
)
_COMPANY = re.compile(rf"^{_LEGAL_FORM}(?=.)|(?<=.){_LEGAL_FORM}$")
_LATIN_FORM = re.compile(r"(?<=\w)[\s,.]+(?:co\W*ltd|ltd|inc|llc|corp|gmbh|k\.?k)\W*$", re.IGNORECASE)
_TITLE_BEHIND = re.compile(r"(?<=\S)\s*(?:様|さま|サマ|御中|さん|先生|(?<=\S{2})殿)$")
_TITLE_BEFORE = re.compile(r"^(?:mr|mrs|ms|miss|dr)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """What the spellings of one name have in common, "" if nothing is left; folded again it stays the same."""
    return fold_prose(text[:_LONGEST])[:_LONGEST]


def fold_prose(text: str) -> str:
    """The same for a text of any length."""
    folded = _once(text)
    while (again := _once(folded)) != folded:  # what was dropped stood between parts of one character
        folded = again
    return folded


def fold_company(text: str) -> str:
    """The same without the legal form, at whichever end it stands; a name that is nothing else keeps it."""
    folded = fold(_LATIN_FORM.sub("", text))
    return _COMPANY.sub("", folded) or folded


def fold_caller(name: str) -> str:
    """A caller's name as a PBX shows it, without the title that somebody has put there: "山田様" is 山田."""
    return fold(without_title(name))


def without_title(name: str) -> str:
    """The name without 様, さん, 御中, 殿 at its end or Mr. at its beginning, spelt as it was otherwise."""
    plain = unicodedata.normalize("NFKC", name[:_LONGEST]).strip()
    return _TITLE_BEHIND.sub("", _TITLE_BEFORE.sub("", plain)).strip()


def _once(text: str) -> str:
    if text.isascii():
        return text.casefold().translate(_DROPPED)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_FOLDED)
    if "々" in folded:
        folded = _expanded(folded)
    return _LEGAL_MARK.sub(_in_full, folded) if "(" in folded else folded


def _expanded(text: str) -> str:
    """佐々木 is 佐佐木."""
    while (longer := _REPEATED.sub(r"\1\1", text)) != text:
        text = longer
    return text


def _in_full(mark: re.Match[str]) -> str:
    return _LEGAL_MARKS[mark[0]]
