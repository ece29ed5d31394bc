"""A server that wants a password which nobody has typed yet: the desk begins, and has its records once it is typed."""

from pathlib import Path

import pytest

from app.compose import MENDED_HERE, Waits, open_records
from app.credentials import DATABASE, Credentials
from app.errors import UserError
from app.paths import profile_at
from app.settings import DatabaseSettings, Settings
from db.engine import open_engine, reading
from db.errors import DatabaseUnavailable, Trouble
from db.migrate import bring_up_to_date
from tests.app.test_credentials import MemoryKeyring
from tests.postgres_server import own_server, server_programs


@pytest.mark.expected_log("the desk begins without them")
def test_the_desk_begins_and_a_typed_password_opens_its_records(tmp_path: Path) -> None:
    programs = server_programs()
    if programs is None:
        pytest.skip("NO PostgreSQL: its password was not asked for")
    with own_server(programs) as server:
        url = server.tcp_url(server.database()).replace("omote@", "desk@")
        server.run("CREATE ROLE desk SUPERUSER LOGIN PASSWORD 'c4n4ry'")
        owner = open_engine(url.replace("desk@", "omote@"), tmp_path)
        bring_up_to_date(owner)
        owner.dispose()
        (server.folder / "data" / "pg_hba.conf").write_text(
            "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n", "utf-8"
        )
        server.run("SELECT pg_reload_conf()")
        settings, keyring = Settings(database=DatabaseSettings(url)), MemoryKeyring()
        credentials, profile = Credentials(lambda: keyring), profile_at(tmp_path)
        with pytest.raises(UserError):
            open_records(profile, settings, credentials)  # a command has nobody to ask
        engine = open_records(profile, settings, credentials, waits=Waits(MENDED_HERE))
        with pytest.raises(DatabaseUnavailable) as caught, reading(engine):
            pass
        assert caught.value.reason is Trouble.REFUSED
        credentials.remember(DATABASE, "c4n4ry")
        with reading(engine) as connection:
            assert connection.exec_driver_sql("SELECT current_user").scalar_one() == "desk"
        engine.dispose()
