"""What a card counts: totals that triggers keep in step with contacts, complaints and purchases.

Frozen: it never imports the models. SQLite's triggers run for each row; PostgreSQL's run once for a statement, so that
an import of a million rows adds them up at once.

Revision ID: 0004
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


@dataclass(frozen=True)
class Counted:
    """What each row of `table` adds to the row of `total` that has the same `keys`; {row} stands before its columns."""

    table: str
    total: str
    keys: tuple[str, ...]
    adds: dict[str, str]

    @property
    def watched(self) -> tuple[str, ...]:
        """The columns whose change changes a total."""
        return {"interaction": ("customer_id",), "complaint": ("customer_id", "state")}.get(
            self.table, ("customer_id", "currency", "state", "amount")
        )


IS_OPEN = "{row}.state IN ('received', 'acknowledged', 'investigating', 'responding')"
COUNTED = (
    Counted("interaction", "customer_total", ("customer_id",), {"contacts": "1"}),
    Counted(
        "complaint", "customer_total", ("customer_id",),
        {"complaints": "1", "open_complaints": f"CASE WHEN {IS_OPEN} THEN 1 ELSE 0 END"},
    ),
    Counted(
        "purchase", "purchase_total", ("customer_id", "currency"),
        {"purchases": "1", "amount": "CASE WHEN {row}.state = 'cancelled' THEN 0 ELSE {row}.amount END"},
    ),
)  # fmt: skip


def upgrade() -> None:
    """Add the totals, count what is there, and keep them in step from now on."""
    _tables()
    is_file = op.get_bind().dialect.name == "sqlite"
    for counted in COUNTED:
        op.execute(_added_up(counted, f"SELECT {_row(counted, counted.table, 1)} FROM {counted.table}"))
        for statement in _for_each_row(counted) if is_file else _for_each_statement(counted):
            op.execute(statement)


def _tables() -> None:
    for table, more in (
        ("customer_total", [_number("contacts"), _number("complaints"), _number("open_complaints")]),
        ("purchase_total", [sa.Column("currency", sa.String(3), nullable=False), _number("purchases"), _amount()]),
    ):
        gone = sa.ForeignKey("customer.id", name=f"fk_{table}_customer_id_customer", ondelete="CASCADE")
        keys = ["customer_id", "currency"] if table == "purchase_total" else ["customer_id"]
        op.create_table(
            table,
            sa.Column("customer_id", BIG_KEY, gone, nullable=False, autoincrement=False),
            *more,
            sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"),
        )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _amount() -> sa.Column[int]:
    return sa.Column("amount", sa.BigInteger(), nullable=False, server_default="0")


def _row(counted: Counted, row: str, times: int) -> str:
    """What a row adds, or with -1 takes away."""
    keys = [f"{row}.{key} AS {key}" for key in counted.keys]
    adds = [f"{times} * ({what.format(row=row)}) AS {name}" for name, what in counted.adds.items()]
    return ", ".join(keys + adds)


def _added_up(counted: Counted, rows: str) -> str:
    """Always in the order of the customers: two writers never wait for each other."""
    keys, names = ", ".join(counted.keys), list(counted.adds)
    sums = ", ".join(f"sum({name})" for name in names)
    changes = " OR ".join(f"sum({name}) <> 0" for name in names)
    more = ", ".join(f"{name} = {counted.total}.{name} + excluded.{name}" for name in names)
    return (
        f"INSERT INTO {counted.total} ({keys}, {', '.join(names)}) SELECT {keys}, {sums} FROM ({rows}) AS changed"
        f" WHERE customer_id IS NOT NULL GROUP BY {keys} HAVING {changes} ORDER BY {keys}"
        f" ON CONFLICT ({keys}) DO UPDATE SET {more}"
    )


def _without_nothing(counted: Counted, rows: str) -> str:
    """A total of no rows goes, so that what is undone leaves nothing behind."""
    is_nothing = {"customer_total": "contacts = 0 AND complaints = 0", "purchase_total": "purchases = 0"}[counted.total]
    return (
        f"DELETE FROM {counted.total} WHERE customer_id IN (SELECT customer_id FROM ({rows}) AS gone) AND {is_nothing}"
    )


def _for_each_row(counted: Counted) -> Iterator[str]:
    table = counted.table
    new, old = f"SELECT {_row(counted, 'new', 1)}", f"SELECT {_row(counted, 'old', -1)}"
    changes = " OR ".join(f"old.{column} IS NOT new.{column}" for column in counted.watched)
    for name, when, rows in (
        ("added", f"AFTER INSERT ON {table}", new),
        ("removed", f"AFTER DELETE ON {table}", old),
        ("changed", f"AFTER UPDATE ON {table} WHEN {changes}", f"{new} UNION ALL {old}"),
    ):
        gone = "" if name == "added" else f"{_without_nothing(counted, old)};"
        yield f"CREATE TRIGGER total_{table}_{name} {when} BEGIN {_added_up(counted, rows)}; {gone} END"


def _for_each_statement(counted: Counted) -> Iterator[str]:
    table = counted.table
    new = f"SELECT {_row(counted, 'added', 1)} FROM added"
    old = f"SELECT {_row(counted, 'removed', -1)} FROM removed"
    seen, were = "NEW TABLE AS added", "OLD TABLE AS removed"
    for name, event, tables, rows in (
        ("added", "INSERT", seen, new),
        ("removed", "DELETE", were, old),
        ("changed", "UPDATE", f"{seen} {were}", f"{new} UNION ALL {old}"),
    ):
        trigger = f"total_{table}_{name}"
        gone = "" if name == "added" else f"{_without_nothing(counted, old)};"
        body = f"BEGIN {_added_up(counted, rows)}; {gone} RETURN NULL; END"
        yield f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$"
        yield (
            f"CREATE TRIGGER {trigger} AFTER {event} ON {table} REFERENCING {tables}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {trigger}()"
        )
