"""Who has refused to be called: the last word about a contact point and purpose, of those whose number it is now."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert, update

from db.consents import phone_refusals
from db.engine import reading, writing
from db.kinds import Channel, ConsentStatus
from db.models import consent, customer, customer_phone, phone_number
from tests.db.conftest import NOW

NUMBER = 81335814111
REFUSED, GRANTED = ConsentStatus.REFUSED, ConsentStatus.GRANTED


def _prepare(engine: Engine) -> None:
    """Two customers share a number."""
    with writing(engine) as connection:
        for key, name in ((1, "髙橋 一郎"), (2, "髙橋 花子"), (3, "別人")):
            row = {"id": key, "customer_no": f"C-{key}", "kind": "person", "name": name}
            connection.execute(insert(customer).values(row | {"lifecycle_stage": "active", "created_at": NOW}))
        row = {"id": 1, "e164": NUMBER, "raw": "0335814111", "kind": "fixed"}
        connection.execute(insert(phone_number).values(row))
        for key in (1, 2):
            phone = {"customer_id": key, "phone_number_id": 1, "label": "home", "confidence": "known"}
            connection.execute(insert(customer_phone).values(phone))


def _say(engine: Engine, key: int, who: int, status: ConsentStatus, days_ago: float = 1, **changes: Any) -> None:
    row = {"id": UUID(int=key), "customer_id": who, "channel": Channel.PHONE, "purpose": "", "status": status}
    with writing(engine) as connection:
        connection.execute(insert(consent).values(row | {"at": NOW - timedelta(days=days_ago)} | changes))


def _refusals(engine: Engine, e164: int | None = None, who: int | None = None) -> list[tuple[int, str]]:
    with reading(engine) as connection:
        return [(one.customer_id, one.contact_point) for one in phone_refusals(connection, e164, who, NOW)]


def test_a_refusal_of_any_who_shares_the_number_is_told_where_nobody_knows_who_will_answer(engine: Engine) -> None:
    _prepare(engine)
    _say(engine, 1, 2, REFUSED)
    _say(engine, 2, 3, REFUSED)
    assert _refusals(engine, NUMBER) == [(2, "")]
    assert _refusals(engine, NUMBER, 1) == []
    assert _refusals(engine, None, 2) == [(2, "")]


def test_only_the_last_word_counts_and_only_about_the_telephone(engine: Engine) -> None:
    _prepare(engine)
    _say(engine, 1, 1, REFUSED, 5)
    _say(engine, 2, 1, GRANTED, 4)
    _say(engine, 3, 1, REFUSED, 3, channel=Channel.MAIL)
    assert _refusals(engine, NUMBER) == []
    _say(engine, 4, 1, ConsentStatus.WITHDRAWN, 2, contact_point="0335814111")
    _say(engine, 5, 1, REFUSED, 1, purpose="sales")
    assert _refusals(engine, NUMBER) == [(1, ""), (1, "0335814111")]


def test_whose_number_it_was_long_ago_is_not_asked(engine: Engine) -> None:
    _prepare(engine)
    _say(engine, 1, 1, REFUSED)
    with writing(engine) as connection:
        connection.execute(
            update(customer_phone).where(customer_phone.c.customer_id == 1).values(valid_to=NOW - timedelta(days=1))
        )
    assert _refusals(engine, NUMBER) == []


def test_a_customer_who_became_another_has_refused_for_that_one(engine: Engine) -> None:
    _prepare(engine)
    _say(engine, 1, 2, REFUSED)
    with writing(engine) as connection:
        connection.execute(update(customer).where(customer.c.id == 1).values(merged_into_id=2))
    assert _refusals(engine, None, 1) == [(2, "")]


def test_nobody_is_asked_about_a_number_that_nobody_understands(engine: Engine) -> None:
    _prepare(engine)
    _say(engine, 1, 1, REFUSED)
    assert _refusals(engine) == []
