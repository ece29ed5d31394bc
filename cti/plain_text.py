"""What a caller may put on a screen: one line of plain text without controls, tricks or endless marks."""

import unicodedata

from cti.charset import readable

MAX_SHOWN = 64  # characters as a reader counts them
MAX_MARKS = 4  # combining marks on one of them: Vietnamese and Hebrew need three
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def plain_text(text: str) -> str:
    """Clean text of the wire: bytes of no charset and controls become U+FFFD, NUL, bidi and zero-width ones vanish.

    A control character leaves a visible trace because someone put it there on purpose; UTF-16 sent as UTF-8 makes NULs
    by accident.
    """
    decoded = readable(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    visible = "".join(map(_visible, unicodedata.normalize("NFC", decoded[: MAX_SHOWN * 64])))
    return _cap(" ".join(visible.split()))


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if char == "\0" or category == "Cf":
        return ""
    if category in {"Zs", "Zl", "Zp"} or char in "\t\n\r":
        return " " if char != "\N{IDEOGRAPHIC SPACE}" else char
    return _REPLACEMENT if category in {"Cc", "Cs"} else char


def _cap(text: str) -> str:
    kept: list[str] = []
    shown = marks = 0
    for char in text:
        is_mark = unicodedata.category(char).startswith("M")
        marks = marks + 1 if is_mark else 0
        shown += not is_mark
        if shown > MAX_SHOWN:
            break
        if marks <= MAX_MARKS:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).rstrip()
