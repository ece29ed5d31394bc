"""A customer is found by what an operator would type."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from db.engine import reading, writing
from db.models import customer, customer_phone, phone_number
from db.search import MOST_FOUND, search_customers
from db.search_index import index_everything, refresh_tokens

NOW = datetime(2026, 11, 21, 14, 12, tzinfo=UTC)


def _found(engine: Engine, text: str) -> list[str]:
    with reading(engine) as connection:
        return [one.name for one in search_customers(connection, text)]


@pytest.mark.parametrize(
    "text",
    [
        "髙橋 一郎", "髙橋　一郎", "タカハシ イチロウ", "たかはし いちろう", "ﾀｶﾊｼ ｲﾁﾛｳ", "イチロウ",
        "C-000001", "c-000001", "03-3581-4111", "0335814111", "3581-4111", "０３−３５８１ー４１１１", "髙橋 4111",
    ],
)  # fmt: skip
def test_one_customer_is_found_by_any_of_his_marks(demo: Engine, text: str) -> None:
    assert _found(demo, text) == ["髙橋 一郎"]


def test_every_word_must_match(demo: Engine) -> None:
    assert _found(demo, "髙橋 花子") == []


def test_a_company_finds_its_people_too(demo: Engine) -> None:
    assert set(_found(demo, "青空商事")) == {"青空商事株式会社", "山﨑 健太", "𠮷田 愛", "渡邉 隆"}


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_nothing_asked_is_nothing_found(demo: Engine, text: str) -> None:
    assert _found(demo, text) == []


@pytest.mark.parametrize("text", ["%", "_", "100%", "' OR 1=1 --", "\\", "髙橋%", "(", "03-35%"])
def test_signs_of_sql_are_only_signs(demo: Engine, text: str) -> None:
    assert _found(demo, text) == []


def test_a_sign_that_is_in_a_name_finds_it(demo: Engine) -> None:
    with writing(demo) as connection:
        row = {"customer_no": "X", "kind": "company", "name": "50%OFF_堂", "lifecycle_stage": "active"}
        connection.execute(customer.insert().values(row | {"created_at": NOW}))
        index_everything(connection)
    assert _found(demo, "0%off_") == ["50%OFF_堂"]


def test_a_wide_search_gives_the_first_screen_by_reading(demo: Engine) -> None:
    with reading(demo) as connection:
        found = search_customers(connection, "000")
    assert len(found) == MOST_FOUND
    assert [one.reading for one in found] == sorted(one.reading for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "0422519876", "0422-51-9876", "042251", "519876", "422519876", "+81422519876", "+81-422-51-9876",
        "81422519876", "０４２２５１９８７６",
    ],
)  # fmt: skip
@pytest.mark.parametrize("raw", ["+81422519876", "0422-51-9876", "+81 (422) 51.9876"])
def test_a_number_is_found_however_it_was_recorded_and_is_typed(engine: Engine, raw: str, text: str) -> None:
    _record(engine, 81422519876, raw)
    assert _found(engine, text) == ["髙橋 一郎"]


@pytest.mark.parametrize("text", ["0225", "0519876", "0814225", "04225198760"])
def test_a_leading_zero_stands_only_where_a_number_begins(engine: Engine, text: str) -> None:
    _record(engine, 81422519876, "+81422519876")
    assert _found(engine, text) == []


def test_an_extension_without_a_key_is_found_as_it_was_recorded(engine: Engine) -> None:
    _record(engine, None, "0201")
    assert (_found(engine, "0201"), _found(engine, "0202")) == (["髙橋 一郎"], [])


def _record(engine: Engine, e164: int | None, raw: str) -> None:
    who = {"id": 1, "customer_no": "C-1", "kind": "person", "name": "髙橋 一郎", "lifecycle_stage": "active"}
    owned = {"customer_id": 1, "phone_number_id": 1, "label": "home", "confidence": "known"}
    with writing(engine) as connection:
        connection.execute(customer.insert().values(who | {"created_at": NOW}))
        connection.execute(phone_number.insert().values(id=1, e164=e164, raw=raw, kind="fixed"))
        connection.execute(customer_phone.insert().values(owned))
        refresh_tokens(connection, [1])
