"""The demo's people: the same every time, with numbers that a telephone would send, among them the picture's card."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from app.figures.asked import Asked
from app.figures.reports import REPORTS, ReportKind
from app.phone_number import e164_int, parse_number
from db.customers import Relation, owners_of
from db.demo import (
    COMPANY_NUMBER,
    CUSTOMER_NUMBER,
    ENGLISH_NUMBER,
    HOUSEHOLD_NUMBER,
    UNKNOWN_NUMBER,
    History,
    fill_demo,
)
from db.dispositions import dispositions
from db.engine import open_engine, reading, writing
from db.facts import CustomerFacts, Money
from db.kinds import ComplaintState, Confidence, FollowUpKind
from db.models import (
    call,
    call_leg,
    complaint,
    complaint_event,
    customer,
    customer_handler,
    customer_phone,
    disposition,
    follow_up,
    interaction,
    metadata,
    note_revision,
    phone_number,
)
from db.pop import customer_facts

NOW = datetime(2026, 11, 21, 14, 12, tzinfo=timezone(timedelta(hours=9)))


LINES = (("0312345678", "本店"), ("0312345679", "採用"))


@pytest.fixture
def past(engine: Engine) -> Engine:
    """Four weeks of calls before NOW."""
    with writing(engine) as connection:
        fill_demo(connection, NOW, History(28, LINES))
    return engine


def _owners(engine: Engine, number: str) -> list[Any]:
    key = e164_int(parse_number(number).key)
    assert key is not None
    with reading(engine) as connection:
        return list(owners_of(connection, key))


def _takahashi(engine: Engine) -> CustomerFacts:
    (owner,) = _owners(engine, CUSTOMER_NUMBER)
    with reading(engine) as connection:
        facts = customer_facts(connection, owner.customer_id)
    assert facts is not None
    return facts


def test_there_are_a_few_hundred_customers_with_a_history(demo: Engine) -> None:
    with reading(demo) as connection:
        for table, least in ((customer, 300), (interaction, 1000), (phone_number, 300)):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() >= least


def test_the_same_seed_and_time_give_the_same_records(engine: Engine, filled: Path) -> None:
    with writing(engine) as connection:
        fill_demo(connection, NOW)
    other = open_engine("sqlite", filled.parent)
    for table in metadata.sorted_tables:
        kept = select(*(one for one in table.c if one.name != "tokens"))  # SQLite has them in its full-text index
        with reading(other) as first, reading(engine) as second:
            assert set(first.execute(kept).all()) == set(second.execute(kept).all()), table.name
    other.dispose()


def test_every_number_reads_as_the_telephone_network_would_send_it(demo: Engine) -> None:
    with reading(demo) as connection:
        rows = connection.execute(select(phone_number.c.raw, phone_number.c.e164, phone_number.c.kind)).all()
    for raw, e164, kind in rows:
        number = parse_number(raw)
        assert (number.display, e164_int(number.key), number.kind.value) == (raw, e164, kind.value)


def test_the_pictures_card_is_there(demo: Engine) -> None:
    facts = _takahashi(demo)
    assert (facts.customer.name, facts.customer.reading, facts.customer.rank) == ("髙橋 一郎", "タカハシ イチロウ", "A")
    assert facts.customer.memo == "ゆっくり大きな声で"
    assert (facts.purchase_count, facts.complaint_count, facts.interaction_count) == (14, 3, 27)
    assert [(one.order_no, one.items[0].name, one.money) for one in facts.purchases[:3]] == [
        ("A-20931", "羽毛布団 ダブル", Money(48000, "JPY")),
        ("A-19410", "枕カバー", Money(9240, "JPY")),
        ("A-18077", "冷感敷きパッド", Money(-7980, "JPY")),
    ]
    complaint = facts.complaints[0]
    assert (complaint.complaint_no, complaint.category, complaint.severity, complaint.handler) == (
        "12", "配送遅延", 3, "佐藤 美咲",
    )  # fmt: skip
    assert (complaint.state, complaint.received_at) == (ComplaintState.INVESTIGATING, NOW - timedelta(days=3))
    assert {one.name: (one.count, one.complaints) for one in facts.handlers} == {
        "佐藤 美咲": (8, ("12",)),
        "鈴木 健": (3, ()),
    }


def test_the_callback_is_promised_for_this_afternoon_where_the_desk_is(demo: Engine) -> None:
    (promised,) = _takahashi(demo).follow_ups
    assert promised.kind is FollowUpKind.CALLBACK
    assert promised.due_at == datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


def test_the_customers_call_has_one_sure_owner(demo: Engine) -> None:
    (owner,) = _owners(demo, CUSTOMER_NUMBER)
    assert (owner.relation, owner.is_shared, owner.confidence) == (Relation.NUMBER, False, Confidence.KNOWN)


def test_the_companys_call_has_the_company_and_three_extensions(demo: Engine) -> None:
    owners = _owners(demo, COMPANY_NUMBER)
    assert [one.extension for one in owners] == ["", "101", "102", "115"]
    assert all(one.is_shared for one in owners)


def test_the_households_call_has_two_owners_and_a_daughter(demo: Engine) -> None:
    assert [one.relation for one in _owners(demo, HOUSEHOLD_NUMBER)] == [
        Relation.NUMBER, Relation.NUMBER, Relation.HOUSEHOLD,
    ]  # fmt: skip


def test_the_english_call_has_one_and_the_unknown_call_nobody(demo: Engine) -> None:
    assert [one.name for one in _owners(demo, ENGLISH_NUMBER)] == ["Emily Carter"]
    assert _owners(demo, UNKNOWN_NUMBER) == []


def test_nothing_happens_in_the_future(demo: Engine) -> None:
    with reading(demo) as connection:
        for column in (interaction.c.started_at, customer_phone.c.last_used_at, customer_handler.c.last_at):
            assert connection.execute(select(func.max(column))).scalar_one() <= NOW


def test_the_summary_of_handlers_agrees_with_the_history(demo: Engine) -> None:
    grouped = (
        select(interaction.c.customer_id, interaction.c.handler_id, func.count(), func.max(interaction.c.started_at))
        .where(interaction.c.handler_id.is_not(None))
        .group_by(interaction.c.customer_id, interaction.c.handler_id)
    )
    columns = customer_handler.c
    with reading(demo) as connection:
        kept = connection.execute(select(columns.customer_id, columns.operator_id, columns.count, columns.last_at))
        assert {tuple(row) for row in kept} == {tuple(row) for row in connection.execute(grouped)}


def test_a_new_database_has_outcomes_to_choose_from_in_both_languages(engine: Engine) -> None:
    with reading(engine) as connection:
        found = dispositions(connection)
    labels = {one.code: (one.label("ja"), one.label("en")) for one in found}
    assert labels["inquiry.delivery"] == ("問い合わせ › 配送", "Inquiry › Delivery")
    assert "inquiry" not in labels
    assert found[0].code == "inquiry.delivery"


def test_a_sites_own_outcomes_are_left_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(disposition.delete())
        row = {"code": "ours", "label_ja": "自社", "label_en": "Ours", "position": 1}
        connection.execute(disposition.insert().values(row))
        fill_demo(connection, NOW)
        assert [one.code for one in dispositions(connection)] == ["ours"]


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_report_has_figures_of_four_weeks(past: Engine, kind: ReportKind) -> None:
    asked = Asked(date(2026, 10, 24), date(2026, 11, 21), NOW, NOW.tzinfo)
    with reading(past) as connection:
        report = REPORTS[kind].report(connection, asked)
    assert report.n >= 40
    assert report.chart is not None
    figures = [cell for table in report.tables for row in table.rows for cell in row]
    assert sum(cell is not None for cell in figures) > 0.7 * len(figures)


def test_weeks_of_calls_change_nothing_on_the_cards_of_the_cast(past: Engine) -> None:
    with reading(past) as connection:
        of_the_cast = [owner.customer_id for number in _CAST for owner in _owners(past, number)]
        assert connection.execute(select(func.count()).where(call.c.customer_id.in_(of_the_cast))).scalar_one() == 0
        assert 600 < connection.execute(select(func.count()).select_from(call)).scalar_one() < 2000
    test_the_pictures_card_is_there(past)
    assert _owners(past, UNKNOWN_NUMBER) == []


def test_of_the_past_calls_nothing_lies_in_the_future(past: Engine) -> None:
    columns = [
        *(call.c[name] for name in ("offered_at", "answered_at", "ended_at")), note_revision.c.at, call_leg.c.ended_at,
        complaint_event.c.at, complaint.c.resolved_at, follow_up.c.done_at, interaction.c.started_at,
    ]  # fmt: skip
    with reading(past) as connection:
        for column in columns:
            assert connection.execute(select(func.max(column))).scalar_one() <= NOW, column


def test_the_numbers_of_past_callers_read_as_the_telephone_network_would_send_them(past: Engine) -> None:
    with reading(past) as connection:
        rows = connection.execute(select(call.c.number, call.c.e164).where(call.c.number != "").distinct()).all()
    assert all(e164_int(parse_number(number).key) == e164 for number, e164 in rows)


_CAST = CUSTOMER_NUMBER, COMPANY_NUMBER, HOUSEHOLD_NUMBER, ENGLISH_NUMBER
