"""Keys that the database counts up, after rows were written with keys of their own."""

from sqlalchemy import Connection, Integer, Table, func, select


def count_on(connection: Connection, table: Table) -> None:
    """Let the next key follow the highest one. SQLite does so by itself, PostgreSQL's sequence knows nothing of them.

    Nothing is to do for a table whose keys are not counted.
    """
    is_counted = "id" in table.c and isinstance(table.c.id.type, Integer)
    if is_counted and connection.dialect.name == "postgresql":
        highest = select(func.max(table.c.id)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))
