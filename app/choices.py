"""What can be chosen from a list that typing narrows: each choice is a path, found by any part of it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@dataclass(frozen=True, slots=True)
class Choice:
    """`path` leads from its groups down to it; `also` is what it is found by beside them, and never shown."""

    key: str
    path: tuple[str, ...]
    also: str = ""
    is_offered: bool = True

    @property
    def words(self) -> str:
        """All of it in one line."""
        return " › ".join(self.path)


def narrowed(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """Those in which every typed word is found, in their order."""
    words = folded(typed).split()
    return [one for one in choices if one.is_offered and all(word in _found_by(one) for word in words)]


def folded(text: str) -> str:
    """Without what people do not tell apart: width, case, hiragana from katakana."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_TO_HIRAGANA)


def _found_by(choice: Choice) -> str:
    return folded(f"{' '.join(choice.path)} {choice.also}")
