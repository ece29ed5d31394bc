"""Two customers become one, in the caller's one transaction: what hung on the one that goes hangs on the kept one.

The one that goes stays in the records, as it was, and points to the kept one; `merge_log` says what was moved.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from db.handlers import count_again
from db.kinds import AddressLabel, PairDecision
from db.merging.fields import COLUMNS, Choice, Field, chosen
from db.merging.links import LINKS, carry
from db.merging.pairs import Said, decide, decision_on, inherit
from db.merging.phones import appoint, join_numbers
from db.merging.plain import plain
from db.merging.refused import MergeRefused, Why
from db.models import address, customer, customer_handler, merge_log
from db.operators import operator_id
from db.search_index import refresh_tokens


@dataclass(frozen=True, slots=True)
class MergeOrder:
    """Whom to make one. The versions are those that were compared; `operator` is a login.

    A field without a choice keeps the kept one's value.
    """

    kept_id: int
    merged_id: int
    kept_version: int
    merged_version: int
    operator: str
    at: datetime
    choices: Mapping[Field, Choice]


def merge_customers(connection: Connection, order: MergeOrder) -> int:
    """The number of the merge, for undoing it. Raises MergeRefused."""
    kept, merged = _as_compared(connection, order)
    operator = operator_id(connection, order.operator)
    pair = order.kept_id, order.merged_id
    numbers = join_numbers(connection, *pair)
    moved = {link.name: carry(connection, link, order.merged_id, order.kept_id) for link in LINKS}
    appoint(connection, order.kept_id, numbers.given)
    log = {
        "moved": {name: [key[0] if len(key) == 1 else key for key in keys] for name, keys in moved.items() if keys},
        "numbers": asdict(numbers),
        "added": _keep_address(connection, order, merged),
        "fields": _choose(connection, order, kept, merged),
        "said": decision_on(connection, pair),
        "heirs": inherit(connection, *pair),
    }
    decide(connection, pair, PairDecision.SAME, Said(order.operator, order.at))
    gone = {"merged_into_id": order.kept_id, "version_id": order.merged_version + 1}
    connection.execute(update(customer).where(customer.c.id == order.merged_id).values(gone))
    count_handlers(connection, *pair)
    refresh_tokens(connection, pair)
    row = {"kept_id": order.kept_id, "merged_id": order.merged_id, "operator_id": operator, "at": order.at}
    written = insert(merge_log).values(**row, moved=json.dumps(log, ensure_ascii=False)).returning(merge_log.c.id)
    return int(connection.execute(written).scalar_one())


def locked(connection: Connection, ids: tuple[int, int]) -> dict[int, Any]:
    """Both customers' rows, which nobody changes or hangs anything on until we are done."""
    asked = select(customer).where(customer.c.id.in_(ids)).order_by(customer.c.id).with_for_update()
    return {row["id"]: row for row in connection.execute(asked).mappings()}


def count_handlers(connection: Connection, kept: int, merged: int) -> None:
    """Make the summary of both anew."""
    both = customer_handler.c.customer_id.in_((kept, merged))
    operators = set(connection.execute(select(customer_handler.c.operator_id).where(both)).scalars())
    connection.execute(delete(customer_handler).where(both))
    for customer_id in (kept, merged):
        for operator in operators:
            count_again(connection, customer_id, operator)


def _as_compared(connection: Connection, order: MergeOrder) -> tuple[Any, Any]:
    if order.kept_id == order.merged_id:
        raise MergeRefused(Why.SAME)
    rows = locked(connection, (order.kept_id, order.merged_id))
    expected = {order.kept_id: order.kept_version, order.merged_id: order.merged_version}
    for customer_id, version in expected.items():
        row = rows.get(customer_id)
        if row is None:
            raise MergeRefused(Why.GONE)
        if row["merged_into_id"] is not None:
            raise MergeRefused(Why.ALREADY, row["customer_no"])
        if row["erased_at"] is not None:
            raise MergeRefused(Why.ERASED, row["customer_no"])
        if row["version_id"] != version:
            raise MergeRefused(Why.CHANGED, row["customer_no"])
    return rows[order.kept_id], rows[order.merged_id]


def _choose(connection: Connection, order: MergeOrder, kept: Any, merged: Any) -> dict[str, list[Any]]:
    """Set the chosen values; what they were before, and are now."""
    values = chosen(kept, merged, order.choices)
    contacts = [one["last_contact_at"] for one in (kept, merged) if one["last_contact_at"] is not None]
    if contacts and max(contacts) != kept["last_contact_at"]:
        values["last_contact_at"] = max(contacts)
    told = {**values, "version_id": order.kept_version + 1}
    connection.execute(update(customer).where(customer.c.id == order.kept_id).values(told))
    return {name: [plain(kept[name]), plain(value)] for name, value in values.items()}


def _keep_address(connection: Connection, order: MergeOrder, merged: Any) -> dict[str, list[int]]:
    """Where both addresses are wanted, the one that goes stands among the kept one's others."""
    if order.choices.get(Field.ADDRESS) is not Choice.BOTH or not merged["address"]:
        return {}
    row = {"customer_id": order.kept_id, "label": AddressLabel.OTHER, "text": merged["address"]}
    row["postal_code"] = merged[COLUMNS[Field.ADDRESS][0]]
    made = connection.execute(insert(address).values(row).returning(address.c.id)).scalar_one()
    return {"address": [int(made)]}
