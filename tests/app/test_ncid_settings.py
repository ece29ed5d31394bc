"""What an NCID source's settings must say, and what `omote diagnose` says of its server."""

import asyncio
from pathlib import Path

import pytest

from app.diagnosis.finding import Check, Level
from app.diagnosis.known import Known
from app.diagnosis.source import look_at
from app.errors import UserError
from app.ncid_checks import check_ncid
from cti.ncid.settings import NcidSettings
from tests.cti.ncid.serving import Box

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


def said(server: str) -> Check:
    (check,) = asyncio.run(look_at(NcidSettings("box", server), Known()))
    return check


@pytest.mark.parametrize(
    ("beginning", "level", "part"),
    [(None, Level.OK, "is a caller-ID server"), ([b"SSH-2.0-OpenSSH_9.2\r\n"], Level.FAULT, "no caller-ID server")],
)
def test_diagnosis_asks_the_server_and_for_no_password(beginning: list[bytes] | None, level: Level, part: str) -> None:
    box = Box(beginning)
    check = said(box.server)
    box.close()
    assert (check.name, check.source, check.finding.level) == ("server", "box", level)
    assert part in check.finding.text


def test_a_server_that_is_not_there_is_a_fault_with_a_way_out() -> None:
    box = Box()
    server = box.server
    box.close()
    finding = said(server).finding
    assert (finding.level, finding.text) == (Level.FAULT, f"{server} does not answer.")
    assert "ncidd" in finding.todo
