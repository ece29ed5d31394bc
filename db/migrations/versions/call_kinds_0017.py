"""The narrow rows of calls tell what reports count, and which kind of call each is: filters ask for kinds first.

Frozen: it never imports the models.

Revision ID: 0017
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = (
    ("kind_id", "at", "call_id"),
    ("kind_id", "talk_s", "at", "call_id"),
    ("kind_id", "wait_s", "at", "call_id"),
    ("customer_id", "at", "call_id"),
    ("e164", "at", "call_id", "direction", "outcome", "line", "operator_id"),
)
WATCHED = (
    "direction", "outcome", "withheld", "line", "dialled", "queue", "operator_id", "customer_id", "e164",
    "waiting_since", "offered_at", "answered_at", "ended_at", "hold_ms",
)  # fmt: skip
KIND = {
    "direction": "{}.direction", "outcome": "{}.outcome", "withheld": "coalesce({}.withheld, '')",
    "line": "coalesce({}.line, '')", "queue": "coalesce({}.queue, '')", "operator_id": "coalesce({}.operator_id, 0)",
    "disposition_id": "coalesce({}.disposition_id, 0)",
}  # fmt: skip
NOTED, HANDED_OVER, PROMISED = 1, 2, 4


def upgrade() -> None:
    """Make the narrow rows anew from the calls that are there, and keep them in step from now on."""
    is_file = op.get_bind().dialect.name == "sqlite"
    for name in ("logged_call_added", "logged_call_changed"):
        op.execute(f"DROP TRIGGER {name}" + ("" if is_file else " ON call"))
        if not is_file:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("logged_call")
    _tables()
    _fill(is_file)
    for columns in INDEXES:
        name = "_".join(columns) if columns[0] != "e164" else "e164"
        op.create_index(f"ix_logged_call_{name}", "logged_call", list(columns))
    for statement in _for_file() if is_file else _for_server():
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "call_kind",
        sa.Column("id", BIG_KEY, nullable=False),
        sa.Column("direction", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("withheld", sa.String(20), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("disposition_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_kind"),
        sa.UniqueConstraint(
            "operator_id", "disposition_id", "line", "queue", "outcome", "direction", "withheld", name="uq_call_kind"
        ),
    )
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
        sa.Column("kind_id", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("waited_ms", sa.BigInteger()),
        sa.Column("talked_ms", sa.BigInteger()),
        sa.Column("held_ms", sa.BigInteger()),
        sa.Column("used", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("at", "call_id", name="pk_logged_call"),
        sqlite_with_rowid=False,
    )


def _fill(is_file: bool) -> None:
    """In the order of time; what was given on the way is computed once."""
    told = _values("call", is_file) | {
        "disposition_id": _last_disposition("call.id"),
        "used": _used("call.id"),
    }
    rows = ", ".join(f"{value} AS {name}" for name, value in told.items())
    op.execute(f"CREATE TEMPORARY TABLE told AS SELECT {rows} FROM call")
    kinds = ", ".join(value.format("told") for value in KIND.values())
    op.execute(f"INSERT INTO call_kind ({', '.join(KIND)}) SELECT DISTINCT {kinds} FROM told")
    op.execute(
        f"INSERT INTO logged_call ({', '.join(told)}, kind_id) SELECT {', '.join(f'told.{name}' for name in told)},"
        f" call_kind.id FROM told JOIN call_kind ON {_is_kind('told')} ORDER BY told.at, told.call_id"
    )
    op.execute("DROP TABLE told")


def _is_kind(row: str) -> str:
    return " AND ".join(f"call_kind.{name} = {value.format(row)}" for name, value in KIND.items())


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


def _between(start: str, end: str, is_file: bool) -> str:
    """Rounded to milliseconds: SQLite keeps a Julian day as whole ones, so that rounding gives just those."""
    if is_file:
        return f"CAST(round((julianday({end}) - julianday({start})) * 86400000) AS INTEGER)"
    return f"CAST(round(date_part('epoch', {end} - {start}) * 1000) AS bigint)"


def _values(row: str, is_file: bool) -> dict[str, str]:
    """The narrow row of a call; nobody has wrapped up a call that is new."""
    waited = f"coalesce({row}.waiting_since, {row}.offered_at)", f"coalesce({row}.answered_at, {row}.ended_at)"
    is_answered = f"{row}.outcome IN ('answered', 'elsewhere')"
    is_over = f"{is_answered} AND {row}.answered_at IS NOT NULL AND {row}.ended_at IS NOT NULL"
    talked = f"{_between(f'{row}.answered_at', f'{row}.ended_at', is_file)} - coalesce({row}.hold_ms, 0)"
    until = f"CASE WHEN {is_answered} THEN {row}.answered_at ELSE {row}.ended_at END"
    as_it_is = ("direction", "outcome", "withheld", "queue", "operator_id", "customer_id", "e164")
    return {
        "at": _ms(f"{row}.offered_at", is_file),
        "call_id": f"{row}.id",
        "line": f"coalesce({row}.line, {row}.dialled)",
        "wait_s": _seconds(*waited, is_file),
        "talk_s": _seconds(f"{row}.answered_at", f"{row}.ended_at", is_file),
        "waited_ms": f"CASE WHEN {until} IS NOT NULL THEN {_between(*waited, is_file)} END",
        "talked_ms": f"CASE WHEN {is_over} THEN {talked} END",
        "held_ms": f"CASE WHEN {is_over} THEN {row}.hold_ms END",
        **{name: f"{row}.{name}" for name in as_it_is},
    }


def _last_disposition(call_id: str) -> str:
    return (
        f"(SELECT wrapped.disposition_id FROM interaction AS wrapped WHERE wrapped.call_id = {call_id}"
        " AND wrapped.disposition_id IS NOT NULL ORDER BY wrapped.started_at DESC, wrapped.id DESC LIMIT 1)"
    )


def _used(call_id: str) -> str:
    """What of the program was used for the call, a bit for each."""
    there = (
        (NOTED, f"note AS one WHERE one.call_id = {call_id} AND one.kind = 'body'"),
        (HANDED_OVER, f"note AS one WHERE one.call_id = {call_id} AND one.kind = 'handover'"),
        (PROMISED, f"follow_up AS one WHERE one.call_id = {call_id}"),
    )
    return " + ".join(f"CASE WHEN EXISTS (SELECT 1 FROM {one}) THEN {bit} ELSE 0 END" for bit, one in there)


def _add(is_file: bool) -> str:
    told = _values("new", is_file)
    return f"INSERT INTO logged_call ({', '.join(told)}) VALUES ({', '.join(told.values())});"


def _change(is_file: bool) -> str:
    told = ", ".join(f"{name} = {value}" for name, value in _values("new", is_file).items())
    return f"UPDATE logged_call SET {told} WHERE at = {_ms('old.offered_at', is_file)} AND call_id = old.id;"


def _remember_number() -> str:
    number = "CAST(new.e164 AS TEXT)"
    is_ours = f"{number} LIKE '81%' AND length({number}) BETWEEN 11 AND 12"
    digits = f"CASE WHEN {is_ours} THEN '0' || substr({number}, 3) || ' ' || {number} ELSE {number} END"
    return f"INSERT INTO caller_number SELECT new.e164, {digits} WHERE new.e164 IS NOT NULL ON CONFLICT DO NOTHING;"


def _use(row: str, is_file: bool) -> str:
    """What is about a call, or is so no more."""
    at = f"(SELECT {_ms('rung.offered_at', is_file)} FROM call AS rung WHERE rung.id = {row}.call_id)"
    return f"UPDATE logged_call SET used = {_used(f'{row}.call_id')} WHERE at = {at} AND call_id = {row}.call_id;"


def _bodies(is_file: bool) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Per trigger: its name, the event and table, the columns whose change matters, what is done."""
    number = _remember_number()
    yield "logged_call_added", "INSERT ON call", (), f"{_add(is_file)} {number}"
    yield "logged_call_changed", "UPDATE ON call", WATCHED, f"{_change(is_file)} {number}"
    for table, watched in (("note", ("call_id", "kind")), ("follow_up", ("call_id",))):
        now, before = _use("new", is_file), _use("old", is_file)
        yield f"logged_call_{table}_added", f"INSERT ON {table}", (), now
        yield f"logged_call_{table}_changed", f"UPDATE ON {table}", watched, f"{before} {now}"
        yield f"logged_call_{table}_removed", f"DELETE ON {table}", (), before


def _is_changed(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"old.{column} {differs} new.{column}" for column in columns)


def _for_file() -> Iterator[str]:
    for name, when, watched, body in _bodies(is_file=True):
        only = f" WHEN {_is_changed(watched, 'IS NOT')}" if watched else ""
        yield f"CREATE TRIGGER {name} AFTER {when}{only} BEGIN {body} END"
    kind = f"(SELECT call_kind.id FROM call_kind WHERE {_is_kind('new')})"
    told = ", ".join(value.format("new") for value in KIND.values())
    body = (
        f"INSERT INTO call_kind ({', '.join(KIND)}) SELECT {told} WHERE {kind} IS NULL;"
        f" UPDATE logged_call SET kind_id = {kind} WHERE at = new.at AND call_id = new.call_id;"
    )
    yield f"CREATE TRIGGER logged_call_kind_added AFTER INSERT ON logged_call BEGIN {body} END"
    only = _is_changed(tuple(KIND), "IS NOT")
    yield f"CREATE TRIGGER logged_call_kind_changed AFTER UPDATE ON logged_call WHEN {only} BEGIN {body} END"


def _for_server() -> Iterator[str]:
    for name, when, watched, body in _bodies(is_file=False):
        only = f" WHEN ({_is_changed(watched, 'IS DISTINCT FROM')})" if watched else ""
        yield _function(name, f"{body} RETURN NULL;")
        yield f"CREATE TRIGGER {name} AFTER {when} FOR EACH ROW{only} EXECUTE FUNCTION {name}()"
    kind = f"SELECT call_kind.id INTO new.kind_id FROM call_kind WHERE {_is_kind('new')};"
    told = ", ".join(value.format("new") for value in KIND.values())
    add = f"INSERT INTO call_kind ({', '.join(KIND)}) VALUES ({told}) ON CONFLICT DO NOTHING;"
    yield _function("logged_call_kind", f"{kind} IF NOT FOUND THEN {add} {kind} END IF; RETURN new;")
    when = f"BEFORE INSERT OR UPDATE OF {', '.join(KIND)} ON logged_call"
    yield f"CREATE TRIGGER logged_call_kind {when} FOR EACH ROW EXECUTE FUNCTION logged_call_kind()"


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {body} END $body$"
