"""The whole program at a manager interface: the pop, who answered, and a withheld number in none of its files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cti.ami.running import contact, give_up, ring
from tests.end_to_end.running_program import Folder, RunningProgram, environment, wait_for
from tests.fakes.ami_server import AmiServer, event

SOURCE = (
    '[[source]]\nname = "pbx"\nkind = "ami"\nwatch = "201"\nserver = "{}"\nusername = "omote"\npassword_file = \'{}\'\n'
)


@pytest.fixture
def pbx() -> Iterator[AmiServer]:
    serving = AmiServer()
    yield serving
    serving.close()


@pytest.fixture
def reading(pbx: AmiServer, tmp_path: Path, records: Path) -> Folder:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    secret.chmod(0o600)
    return Folder(tmp_path / "profile", records, more=SOURCE.format(pbx.server, secret))


@pytest.mark.timeout(120)
def test_call_pops_and_is_known_with_its_end(pbx: AmiServer, reading: Folder) -> None:
    with RunningProgram(reading, environment(), "--offscreen") as program:
        pbx.until(lambda request: request["Action"] == "Status")
        ring(pbx, "0335814111")
        (pop,) = wait_for(lambda: reading.trace("pop"), "pop")
        pbx.tell(event("DialEnd", Uniqueid="t.1", Linkedid="t.1", DialStatus="ANSWER", **contact()))
        (answered,) = wait_for(lambda: reading.trace("answered"), "answer")
        pbx.tell(event("Hangup", Channel="PJSIP/201-1", Uniqueid="c.1", Linkedid="t.1", Cause="16"))
        (ended,) = wait_for(lambda: reading.trace("ended"), "end")
        assert program.stop() == 0
        assert program.errors == ""
    assert (pop["number"], pop["identity_from"], pop["source"]) == ("+81335814111", "ami", "pbx")
    assert pop["opened"] is not None
    assert (answered["legs"][0]["by"], ended["why"]) == ("201", "hung_up")


@pytest.mark.timeout(120)
def test_withheld_number_is_in_no_file(pbx: AmiServer, reading: Folder) -> None:
    pbx.presentation = "prohib_not_screened"
    with RunningProgram(reading, environment(), "--offscreen") as program:
        pbx.until(lambda request: request["Action"] == "Status")
        ring(pbx, "0399887766")
        (pop,) = wait_for(lambda: reading.trace("pop"), "pop")
        give_up(pbx)
        wait_for(lambda: reading.trace("ended"), "end")
        assert program.stop() == 0
        assert program.errors == ""
    assert (pop["number"], pop["withheld"]) == ("", "anonymous")
    files = [file for file in reading.path.rglob("*") if file.is_file()]
    assert len(files) > 3
    assert not [file for file in files if b"399887766" in file.read_bytes()]
