"""What the call log is read from, kept by triggers; and filters that are saved under a name.

Frozen: it never imports the models.

Revision ID: 0010
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXED = "line", "outcome", "operator_id", "customer_id", "e164", "disposition_id", "queue", "withheld"
WATCHED = (
    "direction", "outcome", "withheld", "line", "dialled", "queue", "operator_id", "customer_id", "e164",
    "waiting_since", "offered_at", "answered_at", "ended_at",
)  # fmt: skip


def upgrade() -> None:
    """Add the tables, fill them from the calls that are there, and keep them in step from now on."""
    _tables()
    is_file = op.get_bind().dialect.name == "sqlite"
    told = _values("call", is_file) | {"disposition_id": _last_disposition("call.id")}
    op.execute(f"INSERT INTO logged_call ({', '.join(told)}) SELECT {', '.join(told.values())} FROM call")
    numbers = "SELECT DISTINCT call.e164 AS e164 FROM call WHERE call.e164 IS NOT NULL"
    op.execute(f"INSERT INTO caller_number SELECT rang.e164, {_digits('rang')} FROM ({numbers}) AS rang")
    for column in INDEXED:
        op.create_index(f"ix_logged_call_{column}_at_call_id", "logged_call", [column, "at", "call_id"])
    for statement in _for_file() if is_file else _for_server():
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "logged_call",
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("withheld", sa.String(20)),
        sa.Column("line", sa.Text()),
        sa.Column("queue", sa.Text()),
        sa.Column("operator_id", sa.BigInteger()),
        sa.Column("customer_id", sa.BigInteger()),
        sa.Column("e164", sa.BigInteger()),
        sa.Column("disposition_id", sa.BigInteger()),
        sa.Column("wait_s", sa.Integer(), nullable=False),
        sa.Column("talk_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("at", "call_id", name="pk_logged_call"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "caller_number",
        sa.Column("e164", BIG_KEY, nullable=False, autoincrement=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("e164", name="pk_caller_number"),
    )
    whose = sa.ForeignKey("operator.id", name="fk_saved_view_operator_id_operator")
    op.create_table(
        "saved_view",
        sa.Column("operator_id", BIG_KEY, whose, nullable=False),
        sa.Column("list", sa.String(32), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("operator_id", "list", "name", name="pk_saved_view"),
    )


def _ms(time: str, is_file: bool) -> str:
    if is_file:
        return (
            f"(CAST(strftime('%s', substr({time}, 1, 19)) AS INTEGER) * 1000 + CAST(substr({time}, 21, 3) AS INTEGER))"
        )
    return f"CAST(floor(extract(epoch FROM {time}) * 1000) AS bigint)"


def _seconds(start: str, end: str, is_file: bool) -> str:
    """0 where one of them is not known, or a clock was set back."""
    between = f"({_ms(end, is_file)} - {_ms(start, is_file)})"
    return f"CASE WHEN {between} > 0 THEN {between} / 1000 ELSE 0 END"


def _values(row: str, is_file: bool) -> dict[str, str]:
    """The narrow row of a call; nobody has wrapped up a call that is new."""
    waited = f"coalesce({row}.waiting_since, {row}.offered_at)", f"coalesce({row}.answered_at, {row}.ended_at)"
    as_it_is = ("direction", "outcome", "withheld", "queue", "operator_id", "customer_id", "e164")
    return {
        "at": _ms(f"{row}.offered_at", is_file),
        "call_id": f"{row}.id",
        "line": f"coalesce({row}.line, {row}.dialled)",
        "wait_s": _seconds(*waited, is_file),
        "talk_s": _seconds(f"{row}.answered_at", f"{row}.ended_at", is_file),
        **{name: f"{row}.{name}" for name in as_it_is},
    }


def _last_disposition(call_id: str) -> str:
    return (
        f"(SELECT wrapped.disposition_id FROM interaction AS wrapped WHERE wrapped.call_id = {call_id}"
        " AND wrapped.disposition_id IS NOT NULL ORDER BY wrapped.started_at DESC, wrapped.id DESC LIMIT 1)"
    )


def _digits(row: str) -> str:
    number = f"CAST({row}.e164 AS TEXT)"
    is_ours = f"{number} LIKE '81%' AND length({number}) BETWEEN 11 AND 12"
    return f"CASE WHEN {is_ours} THEN '0' || substr({number}, 3) || ' ' || {number} ELSE {number} END"


def _add(is_file: bool) -> str:
    told = _values("new", is_file)
    return f"INSERT INTO logged_call ({', '.join(told)}) VALUES ({', '.join(told.values())});"


def _change(is_file: bool) -> str:
    told = ", ".join(f"{name} = {value}" for name, value in _values("new", is_file).items())
    return f"UPDATE logged_call SET {told} WHERE at = {_ms('old.offered_at', is_file)} AND call_id = old.id;"


def _remove(row: str, is_file: bool) -> str:
    return f"DELETE FROM logged_call WHERE at = {_ms(f'{row}.offered_at', is_file)} AND call_id = {row}.id;"


def _remember_number() -> str:
    known = "WHERE new.e164 IS NOT NULL"
    return f"INSERT INTO caller_number SELECT new.e164, {_digits('new')} {known} ON CONFLICT DO NOTHING;"


def _forget_number() -> str:
    """A number that turned out to be withheld, or was erased, is kept nowhere."""
    return (
        "DELETE FROM caller_number WHERE e164 = old.e164 AND NOT EXISTS"
        " (SELECT 1 FROM call AS other WHERE other.e164 = old.e164);"
    )


def _wrapped(row: str, is_file: bool) -> str:
    """The disposition of the call that an interaction is of."""
    at = f"(SELECT {_ms('rung.offered_at', is_file)} FROM call AS rung WHERE rung.id = {row}.call_id)"
    last = _last_disposition(f"{row}.call_id")
    return f"UPDATE logged_call SET disposition_id = {last} WHERE at = {at} AND call_id = {row}.call_id;"


def _bodies(is_file: bool) -> dict[str, tuple[str, str, str]]:
    """Per trigger: the event and table, the columns whose change matters, what is done."""
    return {
        "logged_call_added": ("INSERT ON call", "", f"{_add(is_file)} {_remember_number()}"),
        "logged_call_changed": ("UPDATE ON call", "call", f"{_change(is_file)} {_remember_number()}"),
        "logged_call_number_changed": ("UPDATE ON call", "e164", _forget_number()),
        "logged_call_removed": ("DELETE ON call", "", f"{_remove('old', is_file)} {_forget_number()}"),
        "logged_call_wrapped": ("INSERT ON interaction", "", _wrapped("new", is_file)),
        "logged_call_wrapped_anew": (
            "UPDATE ON interaction",
            "interaction",
            f"{_wrapped('new', is_file)} {_wrapped('old', is_file)}",
        ),
        "logged_call_unwrapped": ("DELETE ON interaction", "", _wrapped("old", is_file)),
    }


def _is_changed(about: str, differs: str) -> str:
    columns = {"call": WATCHED, "e164": ("e164",), "interaction": ("call_id", "disposition_id")}[about]
    return " OR ".join(f"old.{column} {differs} new.{column}" for column in columns)


def _for_file() -> Iterator[str]:
    for name, (when, about, body) in _bodies(is_file=True).items():
        only = f" WHEN {_is_changed(about, 'IS NOT')}" if about else ""
        yield f"CREATE TRIGGER {name} AFTER {when}{only} BEGIN {body} END"


def _for_server() -> Iterator[str]:
    for name, (when, about, body) in _bodies(is_file=False).items():
        only = f" WHEN ({_is_changed(about, 'IS DISTINCT FROM')})" if about else ""
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {body} RETURN NULL; END $body$"
        )
        yield f"CREATE TRIGGER {name} AFTER {when} FOR EACH ROW{only} EXECUTE FUNCTION {name}()"
