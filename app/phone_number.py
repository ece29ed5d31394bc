"""Telephone numbers as people and networks write them -> one key to look up, one text to show.

`phonenumbers` knows the world's plans; the Japanese habits in front of it (184, carrier prefixes, 内線) are ours.
No number is ever rejected: what can't be understood keeps its raw text and has no key.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from app.extension_plan import LONGEST_SHORT, ExtensionPlan
from app.phone_uri import plain_number

_LONGEST_RAW = 250  # as in libphonenumber: longer text is no number and not worth a regular expression
_EXTENSION = re.compile(
    r"[\s(;,、]*(?P<mark>内線|内|extension|extn|ext|ｘ|x|#|,)[\s:.=,番号)]*(?P<digits>[0-9]{1,8})[\s)]*$", re.IGNORECASE
)
_LABEL = re.compile(r"(?:tel|phone|mobile|cell|fax)[\s:.]*(?=[+(0-9])", re.IGNORECASE)
_FLOAT = re.compile(r"([0-9]{9,15})\.0")  # a spreadsheet took it for a number
_PRESENTATION = re.compile(r"(18[46])(?=[0+])")  # 0184 and 0186 are area codes; after the prefix always comes a 0
_CARRIER = re.compile(  # 0081 is Europe's way to write +81
    r"(?!0081)(001(?=010)|005345(?=010)|0091[1-9][0-9](?=0)|00[2-9][0-9](?=0))"
)
_IN_FULL = re.compile(r"[0+]|18[46][0+]")  # what is dialled after an outside prefix begins so
_WRITTEN = re.compile(r"[0-9+\-()./\s]*")
_WORD = re.compile(r"[A-Za-z]")
_NO_PLAN = ExtensionPlan()
_JAPAN_SPECIAL = frozenset(map(str, (104, 110, *range(113, 120), 136, 144, 148, 171, 177, 184, 186, 188, 189)))


class NumberKind(StrEnum):
    """What sort of subscriber stands behind a number, as far as the numbering plan tells."""

    FIXED = "fixed"
    MOBILE = "mobile"
    VOIP = "voip"
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    UAN = "uan"  # 0570: one number for a whole organisation
    M2M = "m2m"
    EXTENSION = "extension"
    SPECIAL = "special"  # 110, 119, *21: services, never a customer
    INTERNATIONAL = "international"  # of another country than the line's region
    UNKNOWN = "unknown"


_KINDS = {
    PhoneNumberType.FIXED_LINE: NumberKind.FIXED,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: NumberKind.FIXED,
    PhoneNumberType.MOBILE: NumberKind.MOBILE,
    PhoneNumberType.VOIP: NumberKind.VOIP,
    PhoneNumberType.TOLL_FREE: NumberKind.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE: NumberKind.PREMIUM,
    PhoneNumberType.UAN: NumberKind.UAN,
}


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """`raw` as received, `key` for look-up (E.164 with "+", or ""), `display` for eyes; prefixes as dialled.

    `was_repaired`: it lacked its leading 0 or "+", as numbers do that went through a spreadsheet.
    """

    raw: str
    key: str
    display: str
    extension: str = ""
    kind: NumberKind = NumberKind.UNKNOWN
    presentation_prefix: str = ""
    carrier_prefix: str = ""
    was_repaired: bool = False


def parse_number(
    raw: str, region: str = "JP", outside_prefix: str = "", inside: ExtensionPlan = _NO_PLAN
) -> PhoneNumber:
    """Read a number as typed or received; `region` is the line's, `outside_prefix` what its site dials first.

    `inside` tells the site's extensions. Without need for the display `app.number_key.read_key` is fifty times faster.
    """
    text = unicodedata.normalize("NFKC", raw[:_LONGEST_RAW]).strip()
    bare, region = plain_number(text, region)
    bare, extension = _split_extension(_without_label(bare))
    if len(raw) > _LONGEST_RAW or _WORD.search(bare):
        return PhoneNumber(raw, "", _shown(text))
    digits = _digits(bare)
    if not digits.strip("+") or bare.lstrip().startswith(("*", "#")):
        return _without_number(raw, text, extension)
    short = _short(raw, digits, region, inside)
    if short is not None:
        return short
    return replace(_best_reading(raw, text, digits, region, outside_prefix), extension=extension)


def remembered_number(raw: str, key: str, extension: str, region: str = "JP") -> PhoneNumber:
    """A number that was understood before, by the rules of its line, which may be others today."""
    if not key:
        return parse_number(raw, region)
    return replace(parse_number(key, region), raw=raw, extension=extension)


def is_behind(digits: str, outside_prefix: str) -> bool:
    """Whether what follows the house's outside prefix begins as a number written in full."""
    return digits.startswith(outside_prefix) and _IN_FULL.match(digits, len(outside_prefix)) is not None


def e164_int(key: str) -> int | None:
    """The key as the records keep it: the digits as an integer (at most 15, so they fit a BIGINT), None for ""."""
    return int(key[1:]) if key else None


def digits_of(number: PhoneNumber) -> str:
    """The digits of a number that rang, whether it was understood or not; "" for an extension, a service or a word."""
    if number.key:
        return number.key[1:]
    text = unicodedata.normalize("NFKC", number.raw)
    is_outside = number.kind is NumberKind.UNKNOWN and _WRITTEN.fullmatch(text) is not None
    return re.sub(r"[^0-9]", "", text) if is_outside else ""


def warm_up() -> None:
    """Pay the library's first-call cost (about 10 ms of metadata and patterns) before a phone rings."""
    parse_number("+81312345678")
    parse_number("09012345678")


def _without_label(text: str) -> str:
    label = _LABEL.match(text)
    bare = text[label.end() :] if label else text
    took_for_number = _FLOAT.fullmatch(bare)
    return took_for_number[1] if took_for_number else bare


def _split_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text)
    if found is None or (found["mark"] == "#" and not text[: found.start()].strip()):
        return text, ""
    return text[: found.start()], found["digits"]


def _digits(text: str) -> str:
    """ASCII digits only, and a "+" where a number may begin with one (a second one ends nothing and means nothing)."""
    kept = re.sub(r"[^0-9+]", "", text)
    prefix, plus, rest = kept.partition("+")
    if plus and prefix in ("", "184", "186"):
        return prefix + plus + rest.replace("+", "")
    return kept.replace("+", "")


def _without_number(raw: str, text: str, extension: str) -> PhoneNumber:
    if extension:
        return PhoneNumber(raw, "", extension, extension, NumberKind.EXTENSION)
    return PhoneNumber(
        raw, "", _shown(text), kind=NumberKind.SPECIAL if text.startswith(("*", "#")) else NumberKind.UNKNOWN
    )


def _short(raw: str, digits: str, region: str, inside: ExtensionPlan) -> PhoneNumber | None:
    """An extension, a service, or a few digits that are neither; None for what may be a number of the network."""
    if digits.startswith("+") or (len(digits) > LONGEST_SHORT and not (inside.patterns and inside.has(digits))):
        return None
    special = digits in _JAPAN_SPECIAL if region == "JP" else phonenumbers.is_emergency_number(digits, region)
    if special and not (inside.patterns and inside.has(digits)):
        return PhoneNumber(raw, "", digits, kind=NumberKind.SPECIAL)
    if inside.has(digits):
        return PhoneNumber(raw, "", digits, digits, NumberKind.EXTENSION)
    return PhoneNumber(raw, "", digits)


def _best_reading(raw: str, text: str, digits: str, region: str, outside_prefix: str) -> PhoneNumber:
    """The first reading that the numbering plan calls valid; otherwise the first that could be a number at all."""
    fallback = PhoneNumber(raw, "", _shown(text))
    for reading in _readings(digits, outside_prefix):
        presentation, carrier, number = _prefixes(reading, region)
        parsed = _parsed(number, region)
        if parsed is None:
            continue
        found = PhoneNumber(
            raw, _key(parsed), _display(parsed, region), "", _kind(parsed, region), presentation, carrier,
            _lacks_its_beginning(number, region),
        )  # fmt: skip
        if phonenumbers.is_valid_number(parsed):
            return found
        if not fallback.key and _plausible(parsed, number, found.key):
            fallback = found
    return fallback


def _readings(digits: str, outside_prefix: str) -> list[str]:
    """A prefix that fits goes first: Osaka behind 0 (0-06-6345-2000) also looks like a free number (0066-…)."""
    readings = [digits]
    if outside_prefix and digits.startswith(outside_prefix):
        behind = digits.removeprefix(outside_prefix)
        readings = [behind, digits] if is_behind(digits, outside_prefix) else [digits, behind]
    if digits.startswith("00"):
        readings.append("+" + digits[2:])
    return readings


def _lacks_its_beginning(number: str, region: str) -> bool:
    return not number.startswith(("+", "0")) and phonenumbers.ndd_prefix_for_region(region, True) == "0"


def _prefixes(digits: str, region: str) -> tuple[str, str, str]:
    if region != "JP":
        return "", "", digits
    presentation = _PRESENTATION.match(digits)
    rest = digits[presentation.end() :] if presentation else digits
    carrier = _CARRIER.match(rest)
    number = rest[carrier.end() :] if carrier else rest
    return presentation[1] if presentation else "", carrier[1] if carrier else "", number


def _parsed(number: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, region)
    except NumberParseException:
        return None


def _plausible(parsed: phonenumbers.PhoneNumber, number: str, key: str) -> bool:
    """A range newer than our metadata: dialled with its full prefix and of a possible length."""
    dialled_in_full = number.startswith(("+", "0")) and not parsed.italian_leading_zero
    return dialled_in_full and phonenumbers.is_possible_number(parsed) and 9 <= len(key) - 1 <= 15


def _key(parsed: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def _display(parsed: phonenumbers.PhoneNumber, region: str) -> str:
    home = parsed.country_code == phonenumbers.country_code_for_region(region)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def _kind(parsed: phonenumbers.PhoneNumber, region: str) -> NumberKind:
    if parsed.country_code != phonenumbers.country_code_for_region(region):
        return NumberKind.INTERNATIONAL
    national = phonenumbers.national_significant_number(parsed)
    if region == "JP" and national.startswith("20") and len(national) in (10, 13):
        return NumberKind.M2M  # 020 with 11 or 14 digits; the library knows pagers or nothing
    return _KINDS.get(phonenumbers.number_type(parsed), NumberKind.UNKNOWN)


def _shown(text: str) -> str:
    """Text that is no number: without controls and direction marks, at most 64 characters."""
    return "".join(char for char in text if not unicodedata.category(char).startswith("C"))[:64]
