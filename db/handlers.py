"""Who dealt with whom: a summary kept on write, since grouping a long history at every ring takes too long."""

from typing import Any

from sqlalchemy import Connection, delete, func, select

from db.models import customer_handler, interaction
from db.upsert import add_or_update


def count_again(connection: Connection, customer_id: int, operator_id: int | None) -> None:
    """Bring the summary of one operator and one customer up to date from their interactions."""
    if operator_id is None:
        return
    theirs = interaction.c.customer_id == customer_id, interaction.c.handler_id == operator_id
    count = connection.execute(select(func.count()).where(*theirs)).scalar_one()
    if not count:
        connection.execute(
            delete(customer_handler).where(
                customer_handler.c.customer_id == customer_id, customer_handler.c.operator_id == operator_id
            )
        )
        return
    newest = (interaction.c.started_at.desc(), interaction.c.id.desc())
    last: Any = connection.execute(
        select(interaction.c.started_at, interaction.c.subject).where(*theirs).order_by(*newest).limit(1)
    ).one()
    row = {
        "customer_id": customer_id,
        "operator_id": operator_id,
        "last_at": last.started_at,
        "count": count,
        "last_subject": last.subject,
    }
    add_or_update(connection, customer_handler, row, ("last_at", "count", "last_subject"))
