"""What a caller's number and name mean, whichever source brings them: that there is none and why, or an extension.

Japanese carriers say why in the name beside an anonymous number: "Anonymous" is 非通知, "Coin line/payphone" 公衆電話,
"Unavailable" 表示圏外, "Interaction with other service" サービス競合.
"""

import re
import unicodedata

from cti.events import Caller, Direction, Withheld

_BY_NAME = {
    "anonymous": Withheld.ANONYMOUS,
    "coin line/payphone": Withheld.PAYPHONE,
    "unavailable": Withheld.OUT_OF_AREA,
    "interaction with other service": Withheld.SERVICE_CONFLICT,
}
_BY_NUMBER = {
    "anonymous": Withheld.ANONYMOUS,
    "restricted": Withheld.ANONYMOUS,
    "unavailable": Withheld.OUT_OF_AREA,
    "unknown": Withheld.OUT_OF_AREA,
}
_NOBODY = {"asterisk"}  # what Asterisk puts where a call has no identity at all
LONGEST_EXTENSION = 5
_LONG = 8  # digits: a name of so many is a number, while 109 and 7-11 are shops


def is_no_number(number: str) -> bool:
    """Whether the text in a number's place only says that there is none."""
    return number.lower() in _BY_NUMBER or number.lower() in _NOBODY


def why_no_number(number: str, name: str, otherwise: Withheld | None = None) -> Withheld | None:
    """Why there is no number; `otherwise` where its place is empty and another sign says that it is withheld.

    The wording of the name counts only beside such a number: a CNAM "Unavailable" has one.
    """
    by_number = _BY_NUMBER.get(number.lower(), otherwise)
    if by_number is None and number:
        return None
    return _BY_NAME.get(name.lower(), by_number)


def is_no_name(name: str) -> bool:
    """Whether a name only says that there is none."""
    return name.lower() in _NOBODY or name.lower() in _BY_NAME


def is_number(name: str, number: str) -> bool:
    """A PBX without a name sends the number as one; another number would be taken for the caller's."""
    text = unicodedata.normalize("NFKC", name)
    digits = re.sub("[^0-9]", "", text)
    has_letters = any(unicodedata.category(char) in {"Lu", "Ll", "Lo"} for char in text)  # ー is Lm, and often a dash
    is_its_own = bool(digits) and digits == re.sub("[^0-9]", "", number)
    return bool(number) and not has_letters and (len(digits) >= _LONG or is_its_own)


def direction_of(caller: Caller) -> Direction:
    """A few digits are an extension of the house."""
    is_internal = caller.number.isdecimal() and len(caller.number) <= LONGEST_EXTENSION
    return Direction.INTERNAL if is_internal else Direction.IN
