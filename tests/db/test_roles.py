"""Which role a server gives: the highest that its user is a member of, and none where it knows of none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import open_engine, reading
from db.kinds import Role
from db.roles import ON_SERVER, role_on
from tests.db.conftest import ONLY_SQLITE
from tests.postgres_server import PostgresServer


@pytest.fixture
def given(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server that knows the three roles."""
    for name in ON_SERVER.values():
        postgres.run(f"CREATE ROLE {name}")
    yield postgres
    for name in ON_SERVER.values():
        postgres.run(f"DROP ROLE {name}")


def role_of(server: PostgresServer, user: str, *roles: str, folder: Path) -> Role | None:
    """What a user who is a member of these is."""
    server.run(f"CREATE ROLE {user} LOGIN")
    for role in roles:
        server.run(f"GRANT {role} TO {user}")
    engine = open_engine(server.url("postgres").replace("omote@", f"{user}@", 1), folder)
    try:
        with reading(engine) as connection:
            return role_on(connection)
    finally:
        engine.dispose()
        server.run(f"DROP ROLE {user}")


@ONLY_SQLITE
def test_a_file_gives_none(engine: Engine) -> None:
    with reading(engine) as connection:
        assert role_on(connection) is None


def test_a_server_without_these_roles_gives_none(postgres_engine: Engine) -> None:
    with reading(postgres_engine) as connection:
        assert role_on(connection) is None


@pytest.mark.parametrize(
    ("members", "role"),
    [
        ((), Role.OPERATOR),
        (("omote_operator",), Role.OPERATOR),
        (("omote_operator", "omote_supervisor"), Role.SUPERVISOR),
        (("omote_administrator",), Role.ADMINISTRATOR),
    ],
)
def test_a_member_is_what_the_highest_of_them_says(
    given: PostgresServer, tmp_path: Path, members: tuple[str, ...], role: Role
) -> None:
    assert role_of(given, "sato", *members, folder=tmp_path) is role
