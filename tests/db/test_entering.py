"""Customers whom a desk has entered under a key of its own: once, and found by all that is written after them."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update

from db.belonging import Choice, Entered, NewCustomer, NewNumber, attach_number, choose, enter, remember
from db.calls import CallRow, CandidateRow, save_call, save_candidates
from db.customers import owners_of
from db.duplicates.find import find_duplicates
from db.duplicates.score import Sign
from db.engine import reading, writing
from db.kinds import Direction, NumberKind, Outcome, Reason
from db.living import desk_key, living_id
from db.models import call, call_candidate, customer, customer_phone, interaction, metadata, note, number_choice
from db.search import search_customers
from db.search_index import refresh_tokens
from db.wrap_up import WrapUp, finish_call

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
E164 = 819098761234
NUMBER = NewNumber("090-9876-1234", E164, NumberKind.MOBILE)
KEY, CALL = desk_key(UUID(int=4711)), UUID(int=1)
MIO = Entered(KEY, NewCustomer("榎本 澪", "エノモト ミオ"), NUMBER, "sato", NOON)


def entered(engine: Engine, who: Entered = MIO) -> int:
    with writing(engine) as connection:
        return enter(connection, who)


def everything(engine: Engine) -> list[object]:
    with reading(engine) as connection:
        return [connection.execute(select(table)).all() for table in metadata.sorted_tables]


def test_a_desks_own_key_is_below_zero_and_fits_a_column() -> None:
    keys = [desk_key(UUID(int=number)) for number in (0, 1, (1 << 128) - 1)]
    assert len(set(keys)) == 3
    assert all(-(1 << 62) <= key < 0 for key in keys)


def test_the_same_customer_entered_again_adds_nothing(engine: Engine) -> None:
    key = entered(engine)
    before = everything(engine)
    assert entered(engine) == key > 0
    assert everything(engine) == before


def test_all_that_is_written_with_the_desks_key_is_that_customers(engine: Engine) -> None:
    key = entered(engine)
    rang = CallRow(CALL, "desk", "a", Direction.IN, NOON, Outcome.ANSWERED, "09098761234", E164, customer_id=KEY)
    choice = Choice(E164, "", KEY, "sato", NOON)
    with writing(engine) as connection:
        save_call(connection, rang)
        save_candidates(connection, CALL, (CandidateRow(KEY, Reason.REMEMBERED, True),))
        remember(connection, choice)
        finish_call(connection, WrapUp(CALL, KEY, "sato", NOON, "メモ"))
        choose(connection, choice)
        attach_number(connection, KEY, replace(NUMBER, raw="0422-51-1234", e164=81422511234), "sato", NOON)
    tables = (call, call_candidate, note, interaction, number_choice, customer_phone)
    with reading(engine) as connection:
        whose = [set(connection.execute(select(table.c.customer_id)).scalars()) for table in tables]
        assert {one.customer_id for one in owners_of(connection, 81422511234)} == {key}
    assert whose == [{key}] * len(tables)


def test_the_desks_key_leads_to_whom_the_customer_was_merged_into(engine: Engine) -> None:
    kept, merged = entered(engine, replace(MIO, key=KEY - 1)), entered(engine)
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id == merged).values(merged_into_id=kept))
    with reading(engine) as connection:
        assert living_id(connection, KEY) == kept


def test_nothing_is_written_for_somebody_who_was_not_entered(engine: Engine) -> None:
    with pytest.raises(LookupError), writing(engine) as connection:
        finish_call(connection, WrapUp(CALL, KEY, "sato", NOON, "メモ"))
    with reading(engine) as connection:
        assert living_id(connection, KEY) == KEY


def test_nobody_is_found_by_a_desks_key(engine: Engine) -> None:
    key = entered(engine)
    with writing(engine) as connection:
        refresh_tokens(connection, [key])
    with reading(engine) as connection:
        assert [one.customer_id for one in search_customers(connection, "榎本")] == [key]
        assert not search_customers(connection, str(KEY))


def test_who_was_entered_at_two_desks_is_a_suspect_like_any_other(engine: Engine) -> None:
    keys = {entered(engine, replace(MIO, key=KEY - desk)) for desk in range(2)}
    assert len(keys) == 2, "each desk enters its own: nobody is waited for"
    (one,) = find_duplicates(engine)
    assert {one.first_id, one.second_id} == keys
    assert one.signs == (Sign.SAME_NAME, Sign.SAME_READING, Sign.SAME_NUMBER), "two keys do not speak against it"
