"""Customers who may be recorded twice are offered, the likeliest first; relatives, twins and branches are not."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, update

from db.duplicates.find import Progress, Suspect, find_duplicates
from db.duplicates.score import SURE, WORTH_A_LOOK, Sign
from db.engine import writing
from db.kinds import PairDecision
from db.merging.pairs import Said, ask_again, decide
from db.models import (
    company_link,
    customer,
    customer_phone,
    external_ref,
    household,
    household_member,
    phone_number,
)
from db.search_index import refresh_tokens
from tests.db.duplicate_situations import SITUATIONS, TANAKA, Situation, Verdict

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SATO = Said("sato", NOW)
CASES = [pytest.param(one, id=one.name) for one in SITUATIONS]


def fill(connection: Connection, situations: Iterable[Situation]) -> None:
    """The records of the first situation are 1 and 2, of the next 3 and 4: each among themselves."""
    numbers = count(1)
    for place, one in enumerate(situations):
        pair = (2 * place + 1, 2 * place + 2)
        seen: dict[str, int] = {}
        for key, record in zip(pair, (one.one, one.other), strict=True):
            _add(connection, key, _of_its_own(record, place))
            for phone in record.get("phones", ()):
                raw, extension, use = phone if isinstance(phone, tuple) else (phone, "", "own")
                if raw not in seen:
                    seen[raw] = next(numbers)
                    row = {"id": seen[raw], "e164": 810000000 + seen[raw], "raw": raw, "kind": "fixed"}
                    connection.execute(insert(phone_number).values(**row, is_shared=use == "shared"))
                told = {"customer_id": key, "phone_number_id": seen[raw], "extension": extension, "label": "home"}
                confidence = "stale" if use == "old" else "known"
                connection.execute(insert(customer_phone).values(**told, confidence=confidence))
        _relate(connection, place + 1, pair, one)
    refresh_tokens(connection, range(1, 2 * place + 3))


def _of_its_own(record: dict[str, Any], place: int) -> dict[str, Any]:
    """Mail, birth date and postal code of each situation are no other's."""
    own = dict(record)
    if "email" in own:
        own["email"] = f"{place}{own['email']}"
    if "birth_date" in own:
        own["birth_date"] += timedelta(days=100 * place)
    if "postal_code" in own:
        own["postal_code"] = f"{own['postal_code'][:-2]}{place:02}"
    return own


def _add(connection: Connection, key: int, record: dict[str, Any]) -> None:
    columns = {name: value for name, value in record.items() if name in customer.c}
    row = {"id": key, "customer_no": f"C-{key}", "lifecycle_stage": "active", "created_at": NOW} | columns
    connection.execute(insert(customer).values(row))
    for system, ref in record.get("refs", {}).items():
        told = {"system": system, "external_id": f"{ref}-{(key + 1) // 2}", "customer_id": key}
        connection.execute(insert(external_ref).values(told))


def _relate(connection: Connection, place: int, pair: tuple[int, int], one: Situation) -> None:
    if "home" in one.one:
        connection.execute(insert(household).values(id=place, name="家"))
        for key, record in zip(pair, (one.one, one.other), strict=True):
            row = {"household_id": place, "customer_id": key, "role": record["home"]}
            connection.execute(insert(household_member).values(row))
    if "boss" in one.other:
        connection.execute(insert(company_link).values(company_id=pair[0], person_id=pair[1]))


def verdict(score: float) -> Verdict:
    if score >= SURE:
        return Verdict.SURE
    return Verdict.MAYBE if score >= WORTH_A_LOOK else Verdict.NO


def scan(engine: Engine) -> dict[tuple[int, int], Suspect]:
    return {(one.first_id, one.second_id): one for one in find_duplicates(engine)}


def test_each_situation_is_judged_as_a_careful_person_would(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection, SITUATIONS)
    found = scan(engine)
    judged = {}
    for place, one in enumerate(SITUATIONS):
        suspect = found.get((2 * place + 1, 2 * place + 2))
        judged[one.name] = verdict(suspect.score) if suspect else Verdict.NO
    wrong = {
        one.name: (judged[one.name], found.get((2 * place + 1, 2 * place + 2)))
        for place, one in enumerate(SITUATIONS)
        if judged[one.name] is not one.verdict
    }
    assert not wrong
    assert len(SITUATIONS) >= 40
    assert list(found.values()) == sorted(found.values(), key=lambda one: (-one.score, one.first_id, one.second_id))


TWICE = (Situation("", TANAKA | {"phones": ["1"]}, TANAKA | {"phones": ["1"]}, Verdict.SURE),)


@pytest.fixture
def twice(engine: Engine) -> Engine:
    """One person, twice."""
    with writing(engine) as connection:
        fill(connection, TWICE)
    return engine


def test_a_suspect_says_who_and_why(twice: Engine) -> None:
    (found,) = find_duplicates(twice)
    assert (found.first_id, found.first_no, found.second_name) == (1, "C-1", "田中 誠")
    assert found.signs == (Sign.SAME_NAME, Sign.SAME_READING, Sign.SAME_NUMBER)
    assert found.score == 0.832


def test_not_the_same_is_never_offered_again_until_somebody_takes_it_back(twice: Engine) -> None:
    with writing(twice) as connection:
        decide(connection, (2, 1), PairDecision.NOT_SAME, SATO)
    assert find_duplicates(twice) == ()
    with writing(twice) as connection:
        ask_again(connection, (1, 2))
    assert len(find_duplicates(twice)) == 1


@pytest.mark.parametrize("gone", [{"erased_at": NOW}, {"merged_into_id": 1}])
def test_who_is_gone_is_nobodys_double(twice: Engine, gone: dict[str, Any]) -> None:
    with writing(twice) as connection:
        connection.execute(update(customer).where(customer.c.id == 2).values(gone))
    assert find_duplicates(twice) == ()


def test_a_scan_can_be_given_up_and_says_how_far_it_is(twice: Engine) -> None:
    heard: list[Progress] = []

    def hear(progress: Progress) -> bool:
        heard.append(progress)
        return False

    assert find_duplicates(twice, on_progress=hear) == ()
    assert [(one.step, one.pairs) for one in heard] == [(1, 1)]


def test_of_many_the_likeliest_are_kept(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection, [one for one in SITUATIONS if one.verdict is not Verdict.NO])
    every = find_duplicates(engine)
    assert find_duplicates(engine, most=5) == every[:5]


def test_thousands_behind_one_switchboard_are_not_compared_with_each_other(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = [
            {
                "id": key,
                "customer_no": f"C-{key}",
                "kind": "person",
                "name": f"社員{key} 太郎",
                "lifecycle_stage": "active",
            }
            | {"created_at": NOW}
            for key in range(1, 2001)
        ]
        connection.execute(insert(customer), rows)
        connection.execute(update(customer).where(customer.c.id.in_([7, 1900])).values(name="青山 太郎"))
        connection.execute(insert(phone_number).values(id=1, e164=1, raw="1", kind="fixed", is_shared=False))
        phones = [
            {"customer_id": row["id"], "phone_number_id": 1, "label": "work", "confidence": "known"} for row in rows
        ]
        connection.execute(insert(customer_phone), phones)
        refresh_tokens(connection, range(1, 2001))
    heard: list[Progress] = []

    def hear(progress: Progress) -> bool:
        heard.append(progress)
        return True

    found = find_duplicates(engine, on_progress=hear)
    assert [(one.first_id, one.second_id) for one in found] == [(7, 1900)]
    assert heard[-1].pairs < 10
