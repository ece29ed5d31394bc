"""Names in Shift_JIS (cp932) and Latin-1, where old telephone systems send them in the place of UTF-8.

A kanji of Shift_JIS may end in the byte of a backslash (表 is 95 5C), so where a quoted string ends depends on the
charset, too. A wrong guess is worse than U+FFFD: what looks like neither charset stays as it was.
"""

import re

from cti.wire_text import encode

_PART = re.compile(r'[^"<>]+')  # these three never belong to a kanji, and each name is judged by itself
_UNDECODED = re.compile("[\udc80-\udcff]+")
_KANJI = re.compile(rb"(?P<backslash>[\x81-\x9f\xe0-\xfc]\\)(?P<escaped>\\?)|[\x81-\x9f\xe0-\xfc][@-\xfc]|.", re.DOTALL)
_NO_CHARACTER = re.compile("[\x80\uf8f0-\uf8f3]")  # what Python makes of bytes that are nothing in cp932
_CUT = re.compile("[\udce2-\udcf4][\udc80-\udcbf]+$")  # the beginning of a character of UTF-8
_NO_PLANE = re.compile("[\U00040000-\U000dffff]")  # Unicode has nothing there, but 二佐 is such bytes
_GAIJI = re.compile("[\ue000-\uf8ff]")  # characters of one's own: of use on that PBX only

_UPPER, _LOWER = "[À-ÖØ-Þ]", "[ß-öø-þ]"
_LETTER = "[À-ÖØ-öø-þ]"  # without ÿ: FF is the first byte of what is no text
_CAPITAL = rf"(?<![a-z]){_UPPER}(?=[A-Za-z])|(?<=[A-Z]){_UPPER}(?!{_LETTER}|[a-z])"
# Accents inside a word of matching case. A kanji's second byte may be any of @ to ~: "àV" is 澤, "ABèc" is AB鐵.
_LATIN_WORDS = re.compile(
    rf"(?:[\0-\x7f]|{_CAPITAL}|(?<=[A-Za-z]){_LOWER}{{2}}(?=[a-z])"
    rf"|(?:(?<=[a-z'])|(?<=(?<![A-Za-z])[A-Z])){_LOWER}(?![@-`{{-~]|{_LETTER}))+"
)
_LATIN_LETTERS = re.compile(
    rf"(?:[\0-\x7f]|{_CAPITAL}|(?<=[A-Za-z']){_LOWER}(?!{_LETTER})|(?<!{_LETTER}){_LOWER}(?=[A-Za-z]))+"
)
_LONE_KANA = re.compile(rb"[a-z][\xa1-\xdf](?![\x80-\xff])")  # half-width kana come in words: this is broken UTF-8


def readings(value: str) -> tuple[str, ...]:
    """What the wire text of a header may mean, the likelier reading first: as it is, or with its characters whole.

    Senders that know bytes alone escape the second byte of 表 as well; then escapes go before characters.
    """
    whole = readable(value)
    if whole == value:
        return (value,)
    backslashes = [kanji["escaped"] for kanji in _KANJI.finditer(encode(value)) if kanji["backslash"]]
    return (value, whole) if backslashes and all(backslashes) else (whole, value)


def readable(text: str) -> str:
    """The text with what is not UTF-8 read as the charset that it must be in, or left as it was."""
    return text if text.isascii() else _PART.sub(lambda part: _read(part[0]), text)


def _read(text: str) -> str:
    if not _UNDECODED.search(text) or _is_damaged_utf8(text):
        return text
    data = encode(text)
    latin, japanese = data.decode("latin-1"), _japanese(data)
    if _LATIN_WORDS.fullmatch(latin):
        return latin
    if japanese and not _GAIJI.search(japanese):
        return japanese
    return latin if _LATIN_LETTERS.fullmatch(latin) else japanese or text


def _japanese(data: bytes) -> str:
    """The bytes as cp932, "" if they can't be."""
    text = data.decode("cp932", "replace")
    is_sound = "\ufffd" not in text and not _NO_CHARACTER.search(text) and not _LONE_KANA.search(data)
    return text if is_sound else ""


def _is_damaged_utf8(text: str) -> bool:
    """Some Japanese of sound UTF-8 and one damaged place: a name that a PBX has cut in the middle of a character."""
    if _NO_PLANE.search(text) or len(_UNDECODED.findall(text)) != 1:
        return False
    wide = sum(char >= "\u0800" for char in _UNDECODED.sub("", text))
    return wide > 1 or (wide == 1 and _CUT.search(text) is not None)
