"""What stands first among many that match, and that nobody who matches is missed, on both databases."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, update

from db.belonging import NewCustomer, NewNumber, attach_number, create_customer
from db.engine import reading, writing
from db.kinds import NumberKind
from db.models import customer, external_ref, purchase
from db.name_folding import fold
from db.search import MOST_FOUND, search_customers
from db.search_index import forget_customers, index_everything, refresh_tokens
from db.search_slices import SLICE_BITS

NOW = datetime(2026, 11, 21, 14, 12, tzinfo=UTC)


def _add(engine: Engine, people: Sequence[tuple[str, str]], first: int = 1, **more: Any) -> None:
    row = {"kind": "person", "lifecycle_stage": "active", "created_at": NOW, **more}
    with writing(engine) as connection:
        for key, (name, reads) in enumerate(people, start=first):
            told = {"id": key, "customer_no": f"K-{key}", "name": name, "reading": reads or None}
            connection.execute(customer.insert().values(row | told))
        index_everything(connection)


def _found(engine: Engine, text: str) -> list[str]:
    with reading(engine) as connection:
        return [one.name for one in search_customers(connection, text)]


def test_exact_names_stand_before_beginnings_before_the_rest(engine: Engine) -> None:
    _add(
        engine,
        [
            ("安東 一", "アンドウ"),
            ("東山 一", "ヒガシヤマ"),
            ("東", "ヒガシ"),
            ("東 愛", "アズマ"),
            ("伊東 一", "イトウ"),
        ],
    )
    assert _found(engine, "東") == ["東", "東 愛", "東山 一", "安東 一", "伊東 一"]


@pytest.mark.parametrize(
    "text", ["李", "り", "リ", "李 小龍", "李小龍", "小竜", "竜", "しょうりゅう", "リ　ショウリュウ"]
)
def test_a_surname_of_one_character_is_found(engine: Engine, text: str) -> None:
    _add(engine, [("李 小龍", "リ ショウリュウ"), ("桃田 一", "モモタ ハジメ")])
    assert _found(engine, text) == ["李 小龍"]


@pytest.mark.parametrize(
    "text", ["た", "たな", "たなか", "タナカ", "ﾀﾅｶ", "田", "田中", "たなか　いち", "いちろ", "一郎 田中"]
)
def test_every_keystroke_of_a_name_finds_it(engine: Engine, text: str) -> None:
    _add(engine, [("田中 一郎", "タナカ イチロウ"), ("李 小龍", "リ ショウリュウ")])
    assert _found(engine, text) == ["田中 一郎"]


@pytest.mark.parametrize("text", ["渡辺", "渡邊", "渡邉", "𠮷子", "吉子", "渡 吉"])
def test_variants_of_a_character_find_each_other(engine: Engine, text: str) -> None:
    _add(engine, [("渡邉 𠮷子", "ワタナベ ヨシコ")])
    assert _found(engine, text) == ["渡邉 𠮷子"]


@pytest.mark.parametrize("text", ["青空", "(株)青空", "㈱青空商事", "株式会社青空商事", "青空商事株式会社", "あおぞら"])
def test_a_company_is_found_with_and_without_its_legal_form(engine: Engine, text: str) -> None:
    _add(engine, [("株式会社青空商事", "カブシキガイシャアオゾラショウジ")], kind="company")
    assert _found(engine, text) == ["株式会社青空商事"]


def test_pairs_of_characters_in_another_order_are_not_the_word(engine: Engine) -> None:
    _add(engine, [("かたかな", ""), ("なかた", "")])
    assert (_found(engine, "たかた"), _found(engine, "かたか")) == ([], ["かたかな"])


def test_of_very_many_the_first_screen_is_found_wherever_they_lie(engine: Engine) -> None:
    people = [("東 一", "ヒガシ ハジメ")] * (MOST_FOUND + 5) + [("南 東子", "ミナミ トウコ")]
    _add(engine, people, first=(1 << SLICE_BITS) - 20)
    assert _found(engine, "東") == ["東 一"] * MOST_FOUND
    assert _found(engine, "東子") == ["南 東子"]


def test_a_number_typed_with_blanks_is_one_number(demo: Engine) -> None:
    assert _found(demo, "03 3581 4111") == ["髙橋 一郎"]


@pytest.mark.parametrize(("text", "said"), [("A-2026-7", "A-2026-7"), ("a-2026-7", "A-2026-7"), ("A-2026", "A-2026-7")])
def test_an_order_number_finds_who_ordered_and_says_which(engine: Engine, text: str, said: str) -> None:
    _add(engine, [("田中 一郎", "タナカ")])
    order = {"customer_id": 1, "order_no": "A-2026-7", "ordered_at": NOW, "state": "completed", "amount": 1}
    with writing(engine) as connection:
        connection.execute(purchase.insert().values(order | {"currency": "JPY"}))
    with reading(engine) as connection:
        assert [(one.name, one.said) for one in search_customers(connection, text)] == [("田中 一郎", said)]


def test_another_systems_key_is_found(engine: Engine) -> None:
    _add(engine, [("田中 一郎", "タナカ")])
    with writing(engine) as connection:
        connection.execute(external_ref.insert().values(system="shop", external_id="ZX-88123", customer_id=1))
        refresh_tokens(connection, [1])
    assert _found(engine, "88123") == _found(engine, "zx-88123") == ["田中 一郎"]


def test_a_new_name_is_found_and_the_old_one_no_more(engine: Engine) -> None:
    _add(engine, [("田中 花子", "タナカ ハナコ"), ("佐藤 一", "サトウ ハジメ")])
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id == 1).values(name="鈴木 花子", reading="スズキ ハナコ"))
        refresh_tokens(connection, [1, 2])
    assert [_found(engine, text) for text in ("田中", "たなか", "鈴木", "すずき", "花子")] == [
        [], [], ["鈴木 花子"], ["鈴木 花子"], ["鈴木 花子"],
    ]  # fmt: skip


@pytest.mark.parametrize(("gone", "by_number"), [({"merged_into_id": 2}, ["佐藤 一"]), ({"erased_at": NOW}, [])])
def test_who_is_merged_or_erased_is_found_no_more(engine: Engine, gone: dict[str, Any], by_number: list[str]) -> None:
    _add(engine, [("田中 花子", "タナカ ハナコ"), ("佐藤 一", "サトウ ハジメ")])
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id == 1).values(gone))
        refresh_tokens(connection, [1])
    assert (_found(engine, "田中"), _found(engine, "K-1"), _found(engine, "佐藤")) == ([], by_number, ["佐藤 一"])


def test_who_was_forgotten_can_be_deleted_and_the_key_used_again(engine: Engine) -> None:
    _add(engine, [("田中 花子", "タナカ ハナコ")])
    with writing(engine) as connection:
        forget_customers(connection, [1])
        connection.execute(customer.delete())
    _add(engine, [("佐藤 一", "サトウ ハジメ")])
    assert (_found(engine, "中花"), _found(engine, "藤一")) == ([], ["佐藤 一"])


def test_the_full_text_index_of_sqlite_stays_sound(sqlite_engine: Engine) -> None:
    _add(sqlite_engine, [(f"田中 {number}", "タナカ") for number in range(200)])
    with writing(sqlite_engine) as connection:
        connection.execute(update(customer).values(name=customer.c.name + "子"))
        refresh_tokens(connection, range(1, 201))
        forget_customers(connection, range(100))
        connection.exec_driver_sql("INSERT INTO customer_fts (customer_fts) VALUES ('optimize')")
        held = connection.exec_driver_sql(
            "SELECT count(*) FROM customer_fts WHERE customer_fts MATCH '\"田中\"'"
        ).scalar()
    assert held == 101


_PEOPLE = ["東 太郎", "東野 花子", "安東 太郎", "太田 東", "林 林太郎", "小林 一", "木 林子", "李 林", "林", "花子"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.text(st.sampled_from("東太郎林花子野小一木李"), min_size=1, max_size=3), min_size=1, max_size=3)
)
def test_who_has_all_the_words_is_found_and_nobody_else(people: Engine, words: list[str]) -> None:
    having = {name for name in _PEOPLE if all(word in fold(name) for word in words)}
    assert set(_found(people, " ".join(words))) == having | {
        one for one in _PEOPLE if fold(one).startswith("".join(words))
    }


@pytest.fixture
def people(engine: Engine) -> Engine:
    _add(engine, [(name, "") for name in _PEOPLE])
    return engine


def test_who_was_just_entered_or_got_a_number_is_found(engine: Engine) -> None:
    number = NewNumber("090-8765-4321", 819087654321, NumberKind.MOBILE)
    with writing(engine) as connection:
        key = create_customer(connection, NewCustomer("辻 愛", "ツジ アイ"), None, "sato", NOW)
    assert _found(engine, "辻") == ["辻 愛"]
    with writing(engine) as connection:
        attach_number(connection, key, number, "sato", NOW)
    assert _found(engine, "8765-43") == ["辻 愛"]


@pytest.mark.parametrize("text", ["0909090", "090-9090", "8190909", "9999", "909099"])
def test_a_number_is_found_by_its_beginning_and_its_end_among_many_like_it(engine: Engine, text: str) -> None:
    _add(engine, [("田中 一郎", "タナカ"), ("辻 愛", "ツジ")])
    with writing(engine) as connection:
        for key, digits in ((1, 819090909999), (2, 819012309099)):
            number = NewNumber(f"0{digits - 810_000_000_000}", digits, NumberKind.MOBILE)
            attach_number(connection, key, number, "sato", NOW)
    assert _found(engine, text) == ["田中 一郎"]


def test_whoever_typed_a_whole_order_number_gets_nobody_else(engine: Engine) -> None:
    _add(engine, [("田中 一郎", "タナカ"), ("辻 2026-771", "ツジ")])
    order = {"customer_id": 1, "order_no": "2026-771", "ordered_at": NOW, "state": "completed", "amount": 1}
    with writing(engine) as connection:
        connection.execute(purchase.insert().values(order | {"currency": "JPY"}))
    assert (_found(engine, "2026-771"), _found(engine, "2026-77")) == (["田中 一郎"], ["辻 2026-771", "田中 一郎"])
