"""Everybody behind a number is told, with how they come to be there; never one picked in secret."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, update

from db.customers import (
    MOST_OWNERS,
    NumberOwner,
    Relation,
    customers_among,
    digits_rev,
    owners_of,
    owners_of_range,
    owners_of_suffix,
)
from db.engine import reading, writing
from db.kinds import Confidence, NumberLabel
from db.models import (
    company_link,
    customer,
    customer_phone,
    household,
    household_member,
    number_choice,
    number_range,
    phone_number,
)
from tests.db.conftest import ONLY_SQLITE

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SWITCHBOARD, HOME = 81663452000, 81422511234
COMPANY, DIRECTOR, CLERK, MAKOTO, YUMIKO, YUI = 1, 2, 3, 4, 5, 6
NAMES = {
    COMPANY: "青空商事",
    DIRECTOR: "渡邉 隆",
    CLERK: "𠮷田 愛",
    MAKOTO: "田中 誠",
    YUMIKO: "田中 由美子",
    YUI: "田中 結衣",
}


def _phone(who: int, number: int, **changes: Any) -> dict[str, Any]:
    row = {"customer_id": who, "phone_number_id": number, "extension": "", "label": "home", "is_primary": False}
    return row | {"confidence": "known", "valid_to": None, "last_used_at": None} | changes


@pytest.fixture(autouse=True)
def _a_company_and_a_family(engine: Engine) -> None:
    with writing(engine) as connection:
        people = [
            {"id": key, "customer_no": f"C-{key}", "kind": "company" if key == COMPANY else "person", "name": name}
            | {"lifecycle_stage": "active", "created_at": NOW}
            for key, name in NAMES.items()
        ]
        connection.execute(customer.insert(), people)
        numbers = [
            {"id": 1, "e164": SWITCHBOARD, "raw": "06-6345-2000", "kind": "fixed", "is_shared": True},
            {"id": 2, "e164": HOME, "raw": "0422-51-1234", "kind": "fixed", "is_shared": False},
        ]
        connection.execute(
            phone_number.insert(), [one | {"digits_rev": digits_rev(str(one["e164"]))} for one in numbers]
        )
        phones = [_phone(COMPANY, 1, label="main"), _phone(DIRECTOR, 1, extension="115")]
        connection.execute(customer_phone.insert(), [*phones, _phone(MAKOTO, 2), _phone(YUMIKO, 2, last_used_at=NOW)])
        links = [{"company_id": COMPANY, "person_id": person, "role": "営業"} for person in (DIRECTOR, CLERK)]
        connection.execute(company_link.insert(), links)
        connection.execute(household.insert().values(id=1, name="田中家"))
        members = [{"household_id": 1, "customer_id": who, "role": "other"} for who in (MAKOTO, YUMIKO, YUI)]
        connection.execute(household_member.insert(), members)


def _owners(engine: Engine, number: int) -> dict[int, NumberOwner]:
    with reading(engine) as connection:
        owners = owners_of(connection, number)
    assert len({one.customer_id for one in owners}) == len(owners)
    return {one.customer_id: one for one in owners}


def test_a_number_of_two_has_two_owners_and_their_household(engine: Engine) -> None:
    owners = _owners(engine, HOME)
    assert [(key, one.relation) for key, one in owners.items()] == [
        (MAKOTO, Relation.NUMBER),
        (YUMIKO, Relation.NUMBER),
        (YUI, Relation.HOUSEHOLD),
    ]
    assert owners[YUI].group == "田中家"
    assert owners[YUI].label is None
    assert owners[YUMIKO].last_used_at == NOW


def test_a_switchboard_tells_its_company_its_extensions_and_its_staff(engine: Engine) -> None:
    owners = _owners(engine, SWITCHBOARD)
    assert [(key, one.relation, one.extension, one.is_shared) for key, one in owners.items()] == [
        (COMPANY, Relation.NUMBER, "", True),
        (DIRECTOR, Relation.NUMBER, "115", True),
        (CLERK, Relation.COMPANY, "", True),
    ]
    assert owners[CLERK].group == "青空商事"
    assert owners[COMPANY].label is NumberLabel.MAIN


def test_a_switchboard_does_not_bring_the_families_of_its_people(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(household_member.insert().values(household_id=1, customer_id=DIRECTOR, role="other"))
    assert set(_owners(engine, SWITCHBOARD)) == {COMPANY, DIRECTOR, CLERK}


def test_a_number_of_nobody_has_no_owner(engine: Engine) -> None:
    assert _owners(engine, 819098761234) == {}


@pytest.mark.parametrize("change", [{"confidence": Confidence.STALE}, {"valid_to": NOW}])
def test_how_sure_a_number_is_and_when_it_was_given_up_is_told(engine: Engine, change: dict[str, Any]) -> None:
    with writing(engine) as connection:
        connection.execute(update(customer_phone).where(customer_phone.c.customer_id == MAKOTO).values(change))
    owners = _owners(engine, HOME)
    told = [(one.confidence, one.valid_to) for one in (owners[MAKOTO], owners[YUMIKO])]
    assert told == [(change.get("confidence", Confidence.KNOWN), change.get("valid_to")), (Confidence.KNOWN, None)]


@pytest.mark.parametrize("change", [{"erased_at": NOW}, {"merged_into_id": YUMIKO}])
def test_the_erased_and_the_merged_never_pop(engine: Engine, change: dict[str, Any]) -> None:
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id.in_([MAKOTO, YUI])).values(change))
    assert set(_owners(engine, HOME)) == {YUMIKO}


def test_a_company_of_thousands_gives_no_more_than_a_screen(engine: Engine) -> None:
    with writing(engine) as connection:
        people = [
            {"id": key, "customer_no": f"C-{key}", "kind": "person", "name": f"社員 {key}", "lifecycle_stage": "active"}
            | {"created_at": NOW}
            for key in range(100, 3100)
        ]
        connection.execute(customer.insert(), people)
        links = [{"company_id": COMPANY, "person_id": one["id"], "role": None} for one in people]
        connection.execute(company_link.insert(), links)
    owners = _owners(engine, SWITCHBOARD)
    assert COMPANY in owners
    assert len(owners) <= MOST_OWNERS


@ONLY_SQLITE
def test_a_ring_costs_one_statement_and_walks_no_table(asked: Callable[..., dict[str, list[str]]]) -> None:
    (steps,) = asked(lambda connection: owners_of(connection, HOME)).values()
    assert len([step for step in steps if "customer_phone USING INDEX ix_customer_phone_ring" in step]) == 3
    assert not [step for step in steps if step.startswith("SCAN")]


def _one_range(engine: Engine, first: int, last: int, who: int) -> None:
    with writing(engine) as connection:
        connection.execute(number_range.insert().values(first_e164=first, last_e164=last, customer_id=who))


def test_a_number_within_a_companys_exchange_tells_the_company(engine: Engine) -> None:
    _one_range(engine, 81663452000, 81663452999, COMPANY)
    _one_range(engine, 81663452500, 81663452599, DIRECTOR)
    with reading(engine) as connection:
        assert [one.customer_id for one in owners_of_range(connection, 81663452550)] == [DIRECTOR, COMPANY]
        (one,) = owners_of_range(connection, 81663452999)
        assert (one.customer_id, one.relation, one.group) == (COMPANY, Relation.RANGE, "青空商事")
        assert owners_of_range(connection, 81663453000) == owners_of_range(connection, 81663451999) == ()


@pytest.mark.parametrize("change", [{"erased_at": NOW}, {"merged_into_id": YUMIKO}])
def test_the_exchange_of_the_erased_and_the_merged_tells_nobody(engine: Engine, change: dict[str, Any]) -> None:
    _one_range(engine, 81663452000, 81663452999, COMPANY)
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id == COMPANY).values(change))
    with reading(engine) as connection:
        assert owners_of_range(connection, 81663452550) == ()


def test_an_exchange_is_found_among_thousands_without_walking_them(engine: Engine) -> None:
    with writing(engine) as connection:
        many = [{"first_e164": first, "last_e164": first + 9, "customer_id": COMPANY} for first in range(0, 30_000, 10)]
        connection.execute(number_range.insert(), many)
    with reading(engine) as connection:
        assert len(owners_of_range(connection, 12_345)) == 1


@ONLY_SQLITE
def test_ranges_and_endings_are_asked_by_key(asked: Callable[..., dict[str, list[str]]]) -> None:
    told = asked(lambda connection: (owners_of_range(connection, HOME), owners_of_suffix(connection, str(HOME))))
    assert len(told) == 2
    steps = [step for steps in told.values() for step in steps]
    assert [step for step in steps if "number_range USING INDEX ix_number_range_first_e164" in step]
    assert [step for step in steps if "phone_number USING INDEX ix_phone_number_digits_rev" in step]
    assert not [step for step in steps if step.startswith("SCAN") and "anon" not in step]


@pytest.mark.parametrize("digits", ["81422511234", "22511234", "9922511234"])
def test_the_last_eight_digits_find_whose_number_ends_so(engine: Engine, digits: str) -> None:
    with reading(engine) as connection:
        found = owners_of_suffix(connection, digits)
    assert {(one.customer_id, one.relation) for one in found} == {(MAKOTO, Relation.SUFFIX), (YUMIKO, Relation.SUFFIX)}


@pytest.mark.parametrize("digits", ["", "2511234", "22511235", "32511234"])
def test_fewer_digits_or_others_find_nobody(engine: Engine, digits: str) -> None:
    with reading(engine) as connection:
        assert owners_of_suffix(connection, digits) == ()


@pytest.mark.parametrize(("extension", "found"), [("", {YUI}), ("7", {DIRECTOR}), ("8", set())])
def test_whoever_was_chosen_for_a_number_with_an_extension_is_told(
    engine: Engine, extension: str, found: set[int]
) -> None:
    with writing(engine) as connection:
        rows = [(819098761234, "", YUI), (819098761234, "7", DIRECTOR)]
        told = [{"e164": e164, "extension": behind, "customer_id": who} for e164, behind, who in rows]
        connection.execute(number_choice.insert(), [one | {"chosen_at": NOW} for one in told])
    with reading(engine) as connection:
        owners = owners_of(connection, 819098761234, extension)
    assert {one.customer_id for one in owners} == found
    assert {one.relation for one in owners} <= {Relation.CHOSEN}


def test_whoever_was_chosen_and_has_the_number_stands_there_twice(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(number_choice.insert().values(e164=HOME, extension="", customer_id=YUMIKO, chosen_at=NOW))
    with reading(engine) as connection:
        told = [(one.customer_id, one.relation) for one in owners_of(connection, HOME)]
    assert told == [
        (YUMIKO, Relation.CHOSEN),
        (MAKOTO, Relation.NUMBER),
        (YUMIKO, Relation.NUMBER),
        (YUI, Relation.HOUSEHOLD),
    ]


@pytest.mark.parametrize("used", [None, NOW])
def test_when_a_number_was_recorded_is_told_where_it_never_rang(engine: Engine, used: datetime | None) -> None:
    told = {"valid_from": NOW, "last_used_at": used}
    with writing(engine) as connection:
        connection.execute(update(customer_phone).where(customer_phone.c.customer_id == MAKOTO).values(told))
    assert _owners(engine, HOME)[MAKOTO].valid_from == (NOW if used is None else None)


def test_of_many_numbers_those_with_somebody_behind_them_are_told(engine: Engine) -> None:
    with reading(engine) as connection:
        assert customers_among(connection, [819098761234, HOME, SWITCHBOARD, 1]) == {HOME, SWITCHBOARD}
        assert customers_among(connection, []) == set()
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id.in_([MAKOTO, YUMIKO, YUI])).values(erased_at=NOW))
    with reading(engine) as connection:
        assert customers_among(connection, [HOME]) == set()
