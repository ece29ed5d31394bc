"""What an NCID source's settings must say."""

from pathlib import Path

import pytest

from app.errors import UserError
from app.ncid_checks import check_ncid
from cti.ncid.settings import NcidSettings

FILE = Path("settings.toml")


@pytest.mark.parametrize("server", ["127.0.0.1", "caller-id.example:3334", "[::1]:3333"])
def test_a_server_with_or_without_a_port_is_accepted(server: str) -> None:
    check_ncid(NcidSettings("box", server, ("POTS=0312345678",)), FILE)


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        (NcidSettings("box"), "no server"),
        (NcidSettings("box", "a host"), "a host"),
        (NcidSettings("box", "127.0.0.1:99999"), "99999"),
        (NcidSettings("box", "127.0.0.1", ("0312345678",)), "0312345678"),
        (NcidSettings("box", "127.0.0.1", ("=0312345678",)), "lines"),
    ],
)
def test_what_cannot_work_is_named(settings: NcidSettings, part: str) -> None:
    with pytest.raises(UserError, match=part):
        check_ncid(settings, FILE)


def test_a_line_without_a_number_is_told_by_its_name() -> None:
    settings = NcidSettings("box", "127.0.0.1", ("POTS=0312345678",))
    assert [settings.number_of(line) for line in ("POTS", "FAX", "")] == ["0312345678", "FAX", ""]
