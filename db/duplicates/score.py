"""How likely two customers are one: what speaks for it, what speaks against it, and a score that counts both.

No database here: what is known of the two is passed in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import prod

from db.duplicates.likeness import Likeness, Named, likeness, reads_otherwise
from db.kinds import BirthPrecision, CustomerKind, HouseholdRole
from db.name_folding import fold, fold_company


class Sign(StrEnum):
    """What speaks for two records being one customer, or against it."""

    SAME_NAME = "same_name"
    SAME_READING = "same_reading"
    PART_OF_NAME = "part_of_name"
    SAME_GIVEN_NAME = "same_given_name"
    RARE_NAME = "rare_name"
    SAME_NUMBER = "same_number"
    SAME_OLD_NUMBER = "same_old_number"
    SAME_SWITCHBOARD = "same_switchboard"
    SAME_EMAIL = "same_email"
    SAME_BIRTH_DATE = "same_birth_date"
    SAME_ADDRESS = "same_address"
    SAME_COMPANY = "same_company"
    SAME_EXTERNAL_ID = "same_external_id"
    OTHER_NAME = "other_name"
    OTHER_GIVEN_NAME = "other_given_name"
    OTHER_READING = "other_reading"
    OTHER_SCRIPT = "other_script"
    OTHER_BRANCH = "other_branch"
    OTHER_KIND = "other_kind"
    OTHER_BIRTH_DATE = "other_birth_date"
    OTHER_EXTERNAL_ID = "other_external_id"
    OTHER_TOWN = "other_town"
    TOLD_APART = "told_apart"


FOR = {  # how much of the doubt each takes away
    Sign.SAME_NAME: 0.4, Sign.SAME_READING: 0.2, Sign.PART_OF_NAME: 0.1, Sign.SAME_GIVEN_NAME: 0.2,
    Sign.RARE_NAME: 0.1, Sign.SAME_NUMBER: 0.65, Sign.SAME_OLD_NUMBER: 0.3, Sign.SAME_SWITCHBOARD: 0.1,
    Sign.SAME_EMAIL: 0.65, Sign.SAME_BIRTH_DATE: 0.6, Sign.SAME_ADDRESS: 0.5, Sign.SAME_COMPANY: 0.2,
    Sign.SAME_EXTERNAL_ID: 0.4,
}  # fmt: skip
AGAINST = {  # what each leaves of the score
    Sign.OTHER_NAME: 0.1, Sign.OTHER_GIVEN_NAME: 0.15, Sign.OTHER_READING: 0.4, Sign.OTHER_SCRIPT: 0.75,
    Sign.OTHER_BRANCH: 0.25, Sign.OTHER_KIND: 0.3, Sign.OTHER_BIRTH_DATE: 0.2, Sign.OTHER_EXTERNAL_ID: 0.6,
    Sign.OTHER_TOWN: 0.9, Sign.TOLD_APART: 0.3, Sign.PART_OF_NAME: 0.8, Sign.SAME_GIVEN_NAME: 0.8,
}  # fmt: skip
_OF_NAMES = {
    Likeness.SAME: (Sign.SAME_NAME,),
    Likeness.READING: (Sign.SAME_READING,),
    Likeness.PART: (Sign.PART_OF_NAME,),
    Likeness.GIVEN: (Sign.SAME_GIVEN_NAME,),
    Likeness.BRANCH: (Sign.OTHER_BRANCH,),
    Likeness.FAMILY: (Sign.OTHER_GIVEN_NAME,),
    Likeness.UNREADABLE: (Sign.OTHER_SCRIPT,),
    Likeness.OTHER: (Sign.OTHER_NAME,),
}

WORTH_A_LOOK = 0.45
"""Pairs with less are not offered."""
SURE = 0.8
"""From here on nearly every pair is one customer; what must not be taken for sure stays below."""


_DISTRICT = re.compile(r"[一二三四五六七八九](?=丁目)")
_PLACE_WORDS = re.compile(r"丁目|番地の?|番|号(?!室)")
_TOWN = 3  # digits of a postal code


class NumberUse(StrEnum):
    """How a customer has a number."""

    OWN = "own"
    OLD = "old"  # given up, or not used for long
    SHARED = "shared"  # a switchboard's


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer. `numbers` are keys of numbers with extension; `refs` other systems' keys by system.

    `homes` are households with the role in them; `staff` the customers who work for this one, or it works for.
    """

    customer_id: int
    customer_no: str
    named: Named
    company: str
    birth_date: date | None
    birth_precision: BirthPrecision | None
    postal_code: str
    address: str
    email: str
    numbers: Mapping[tuple[int, str], NumberUse]
    refs: Mapping[str, frozenset[str]]
    homes: Mapping[int, HouseholdRole]
    staff: frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A score from 0 to 1, and why."""

    score: float
    signs: tuple[Sign, ...]


def judge(one: Known, other: Known, *more: Sign) -> Judged:
    """What speaks for the two being one, and against it; `more` is what only the records as a whole can tell."""
    signs = (*_names(one, other), *_contacts(one, other), *_person(one, other), *_keys(one, other), *more)
    doubt = prod(1 - FOR[sign] for sign in signs if sign in FOR)
    left = prod(AGAINST[sign] for sign in signs if sign in AGAINST)
    return Judged(round((1 - doubt) * left, 3), signs)


def _names(one: Known, other: Known) -> list[Sign]:
    alike = likeness(one.named, other.named)
    signs = list(_OF_NAMES[alike])
    if alike is Likeness.SAME and one.named.reading and other.named.reading:
        signs.append(Sign.OTHER_READING if reads_otherwise(one.named, other.named) else Sign.SAME_READING)
    kinds = {one.named.kind, other.named.kind} - {CustomerKind.UNKNOWN}
    return [*signs, *([Sign.OTHER_KIND] if len(kinds) > 1 else [])]


def _contacts(one: Known, other: Known) -> list[Sign]:
    signs = []
    uses = [{one.numbers[key], other.numbers[key]} for key in one.numbers.keys() & other.numbers.keys()]
    switchboards = [(key, use) for key, use in one.numbers.items() if use is NumberUse.SHARED]
    if any(NumberUse.SHARED not in use and NumberUse.OLD not in use for use in uses):
        signs.append(Sign.SAME_NUMBER)
    elif any(NumberUse.OLD in use for use in uses):
        signs.append(Sign.SAME_OLD_NUMBER)
    elif any(key[1] and key in other.numbers for key, _ in switchboards):
        signs.append(Sign.SAME_NUMBER)  # one extension of it
    elif {key[0] for key, _ in switchboards} & {key[0] for key in other.numbers}:
        signs.append(Sign.SAME_SWITCHBOARD)
    if one.email and one.email.strip().casefold() == other.email.strip().casefold():
        signs.append(Sign.SAME_EMAIL)
    if _same_address(one, other):
        signs.append(Sign.SAME_ADDRESS)
    elif one.postal_code and other.postal_code and one.postal_code[:_TOWN] != other.postal_code[:_TOWN]:
        signs.append(Sign.OTHER_TOWN)
    return signs


def _same_address(one: Known, other: Known) -> bool:
    """Also where one of them leaves the building out."""
    if not one.address or not other.address:
        return False
    short, long = sorted((_plain_address(one.address), _plain_address(other.address)), key=len)
    codes = {code.replace("-", "") for code in (one.postal_code, other.postal_code) if code}
    if short == long:
        return len(codes) < 2
    return len(codes) == 1 and long.startswith(short) and not long[len(short)].isdigit()


def _plain_address(text: str) -> str:
    """丁目, 番地 and 号 are written as often as they are not."""
    plain = _DISTRICT.sub(lambda found: str("一二三四五六七八九".index(found[0]) + 1), text)
    return fold(_PLACE_WORDS.sub("-", plain))


def _person(one: Known, other: Known) -> list[Sign]:
    signs = []
    if one.birth_date and other.birth_date:
        signs += _birth(one, other)
    if one.company and other.company and fold_company(one.company) == fold_company(other.company):
        signs.append(Sign.SAME_COMPANY)
    if one.customer_id in other.staff or other.customer_id in one.staff or _live_together(one, other):
        signs.append(Sign.TOLD_APART)
    return signs


def _live_together(one: Known, other: Known) -> bool:
    """As two, not as one who came into the same home twice."""
    if not one.homes.keys() & other.homes.keys():
        return False
    roles = [{one.homes[home], other.homes[home]} for home in one.homes.keys() & other.homes.keys()]
    if any(len(both) > 1 and HouseholdRole.OTHER not in both for both in roles):
        return True
    return likeness(one.named, other.named) is not Likeness.SAME


def _birth(one: Known, other: Known) -> list[Sign]:
    """Compared as far as both are known."""
    precisions = {one.birth_precision or BirthPrecision.DAY, other.birth_precision or BirthPrecision.DAY}
    mine, theirs = one.birth_date, other.birth_date
    assert mine is not None
    assert theirs is not None
    if BirthPrecision.NO_YEAR in precisions:
        parts = slice(1, 3) if precisions <= {BirthPrecision.NO_YEAR, BirthPrecision.DAY} else slice(0, 0)
    else:
        parts = slice(0, 1 if BirthPrecision.YEAR in precisions else 2 if BirthPrecision.MONTH in precisions else 3)
    here, there = mine.timetuple()[:3][parts], theirs.timetuple()[:3][parts]
    if here != there:
        return [Sign.OTHER_BIRTH_DATE]
    return [Sign.SAME_BIRTH_DATE] if precisions == {BirthPrecision.DAY} else []


def _keys(one: Known, other: Known) -> list[Sign]:
    """Keys of one system differ on purpose; one key in two systems may be one numbering."""
    signs = []
    if any(one.refs[system].isdisjoint(other.refs[system]) for system in one.refs.keys() & other.refs.keys()):
        signs.append(Sign.OTHER_EXTERNAL_ID)
    mine = {key for keys in one.refs.values() for key in keys} | {one.customer_no}
    theirs = {key for keys in other.refs.values() for key in keys} | {other.customer_no}
    if mine & theirs:
        signs.append(Sign.SAME_EXTERNAL_ID)
    return signs
