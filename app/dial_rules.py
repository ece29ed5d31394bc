"""What may be dialled, in which digits, and what is asked before: pure rules over a number that somebody clicked on."""

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumberType

from app.lines import Lines
from app.phone_number import NumberKind, PhoneNumber
from app.settings import LineSettings
from cti.control import is_dialable

_COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN})
_LONGEST_E164 = 15
_LONGEST_UNKNOWN = 11  # digits of a number that nobody understands: more than a national one has


class Ask(StrEnum):
    """Why the operator is asked before it is dialled."""

    EMERGENCY = "emergency"
    CODE = "code"  # *21*…: it switches something in the telephone system, and so can a link in a mail
    PREMIUM = "premium"  # the callee earns by it, or it costs more than a call to a telephone
    INTERNATIONAL = "international"
    LONG = "long"
    UNCHECKED = "unchecked"  # the records can't say whether the customer has refused to be called


@dataclass(frozen=True, slots=True)
class Dialled:
    """`digits` are what a telephone would send, "" for what can't be dialled at all."""

    number: PhoneNumber
    digits: str
    asks: tuple[Ask, ...] = ()


def to_dial(text: str, lines: Lines) -> Dialled:
    """Read what was clicked, typed, selected, or stands in a tel:, callto: or sip: URI."""
    region = lines.home_region
    number = lines.read(text, LineSettings("", region=region))
    digits = _digits(number, region, lines.outside_prefix)
    if not is_dialable(digits) or digits == "+":
        return Dialled(number, "")
    return Dialled(number, digits, tuple(_asks(number, digits, lines.outside_prefix, region)))


def _digits(number: PhoneNumber, region: str, outside_prefix: str) -> str:
    if not number.key:
        return _as_it_is(number)
    parsed = phonenumbers.parse(number.key)
    is_home = parsed.country_code == phonenumbers.country_code_for_region(region)
    if is_home:
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    else:
        national = phonenumbers.format_out_of_country_calling_number(parsed, region)
    bare = _only_digits(national)
    return outside_prefix + number.presentation_prefix + number.carrier_prefix + bare


def _as_it_is(number: PhoneNumber) -> str:
    """An extension, 110, *8, and what nobody understands: the keys that were meant, without what stands between."""
    shown = number.extension or number.display
    return "".join(char for char in shown if char not in " -().\u3000")


def _only_digits(text: str) -> str:
    kept = "".join(char for char in text if "0" <= char <= "9")
    return ("+" if text.startswith("+") else "") + kept


def _asks(number: PhoneNumber, digits: str, outside_prefix: str, region: str) -> list[Ask]:
    short = {digits, digits.removeprefix(outside_prefix)}
    reasons = {
        Ask.EMERGENCY: any(phonenumbers.is_emergency_number(one, region) for one in short),
        Ask.CODE: any(sign in digits for sign in "*#"),
        Ask.PREMIUM: _is_costly(number),
        Ask.INTERNATIONAL: number.kind is NumberKind.INTERNATIONAL,
        Ask.LONG: _is_long(number, digits),
    }
    return [why for why, is_so in reasons.items() if is_so]


def _is_costly(number: PhoneNumber) -> bool:
    return bool(number.key) and phonenumbers.number_type(phonenumbers.parse(number.key)) in _COSTLY


def _is_long(number: PhoneNumber, digits: str) -> bool:
    if number.extension and not number.key:
        return False
    return len(digits) > (_LONGEST_E164 if number.key else _LONGEST_UNKNOWN)
