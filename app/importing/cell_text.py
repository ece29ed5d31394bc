"""What a cell says: without characters that nobody sees, without the marks that spreadsheets need."""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LONE_MARK = re.compile("[\u3041-\u30ff][\u3099\u309a]")  # が in two pieces, as macOS writes file lists
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # ="090…": how exports keep Excel from eating the 0
_FORMULA = re.compile(r"""=\s*[-+@A-Za-z0-9("'$\[{]""")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")
_NEEDS_APOSTROPHE = re.compile(r"'*[=+\-@\t\r]")
_NOTHING = (
    "- -- ― ー － n/a na null none #n/a nil 不明 なし 無し 無 未登録 未設定 該当なし "
    "0000-00-00 0000/00/00 00000000 1900/1/0 1900/01/00 1900-01-00"
)
_SAYS_NOTHING = frozenset(_NOTHING.split())


def cleaned(text: str) -> str:
    """Without control characters and direction marks, pieces of kana joined; line ends and tabs stay."""
    text = _UNSEEN.sub("", text)
    if "\u3099" in text or "\u309a" in text:
        text = _LONE_MARK.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return text


def needs_a_look(text: str) -> bool:
    """Whether a chunk may hold cells that `unwrapped` changes or a formula: most hold none."""
    return "=" in text or "'" in text


def unwrapped(cell: str) -> str:
    """The text behind ="…" and behind the apostrophe of our own export."""
    if (kept := _KEPT_AS_TEXT.fullmatch(cell)) is not None:
        return kept[1]
    return cell[1:] if _NEUTRALISED.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute this; ===== and => are text."""
    return cell.startswith("=") and _FORMULA.match(cell) is not None and _KEPT_AS_TEXT.fullmatch(cell) is None


def neutralised(cell: str) -> str:
    """What a spreadsheet shows as text, never computes; `unwrapped` gives the cell back exactly."""
    if _NEEDS_APOSTROPHE.match(cell) or _KEPT_AS_TEXT.fullmatch(cell):
        return "'" + cell
    return cell


def says_nothing(cell: str) -> bool:
    """Whether the cell holds a word for "unknown"."""
    return cell.casefold() in _SAYS_NOTHING
