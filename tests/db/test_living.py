"""A desk that still shows a customer who was merged away writes to the one that was kept."""

from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update

from db.calls import CallRow, CandidateRow, attach, save_call, save_candidates
from db.engine import reading, writing
from db.kinds import Direction, Outcome, Reason
from db.living import living_id
from db.models import call, call_candidate, customer, customer_handler, interaction, note
from db.wrap_up import WrapUp, finish_call
from tests.db.two_customers import ALICE, BOB, CAROL, NOW, OLD, fill

CALL = UUID(int=4711)


@pytest.fixture
def merged(engine: Engine) -> Engine:
    """Bob is Alice."""
    with writing(engine) as connection:
        fill(connection)
        connection.execute(update(customer).where(customer.c.id == BOB).values(merged_into_id=ALICE))
    return engine


def _row(customer_id: int | None) -> CallRow:
    return CallRow(CALL, "desk", "a", Direction.IN, NOW, Outcome.ANSWERED, operator="sato", customer_id=customer_id)


def test_what_is_written_for_the_merged_one_is_the_kept_ones(merged: Engine) -> None:
    with writing(merged) as connection:
        save_call(connection, _row(BOB))
        save_candidates(connection, CALL, (CandidateRow(BOB, Reason.EXACT), CandidateRow(CAROL, Reason.NAME)))
        finish_call(connection, WrapUp(CALL, BOB, "sato", NOW, body="届いた"))
    with reading(merged) as connection:
        told = [
            connection.execute(select(table.c.customer_id).where(key == CALL)).scalars().all()
            for table, key in ((call, call.c.id), (interaction, interaction.c.call_id), (note, note.c.call_id),
                               (call_candidate, call_candidate.c.call_id))
        ]  # fmt: skip
        assert told == [[ALICE], [ALICE], [ALICE], [ALICE, CAROL]]
        counted = select(customer_handler.c.count).where(customer_handler.c.customer_id == ALICE)
        assert connection.execute(counted).scalar_one() == 2
        assert connection.execute(select(customer.c.last_contact_at).where(customer.c.id == ALICE)).scalar_one() == NOW


def test_a_call_attached_to_the_merged_one_is_the_kept_ones(merged: Engine) -> None:
    with writing(merged) as connection:
        save_call(connection, _row(CAROL))
        attach(connection, CALL, BOB)
        assert connection.execute(select(call.c.customer_id).where(call.c.id == CALL)).scalar_one() == ALICE
        attach(connection, CALL, None)
        assert connection.execute(select(call.c.customer_id).where(call.c.id == CALL)).scalar_one() is None


def test_whoever_was_merged_into_one_who_was_merged_is_the_last(merged: Engine) -> None:
    with reading(merged) as connection:
        assert [living_id(connection, one) for one in (ALICE, BOB, OLD, CAROL, 4711)] == [1, 1, 1, CAROL, 4711]
