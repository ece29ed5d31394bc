"""`omote diagnose` against a telephone system on real UDP: what it prints, how it ends, and that it changes nothing."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.main import main
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar

SECRET = "c4n4ry-pw201"
Diagnose = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pbx() -> Iterator[PbxOnUdp]:
    started = PbxOnUdp(FakeRegistrar(SECRET))
    yield started
    started.close()


@pytest.fixture
def diagnose(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Diagnose:
    """Runs the command with one source; the status, what it printed, and its complaint."""
    monkeypatch.setattr("app.main._ask_running", lambda *_args: None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    password = tmp_path / "password"
    password.write_text(SECRET + "\n")
    password.chmod(0o600)

    def run(*words: str, server: str = "", more: str = "", settings: str | None = None) -> tuple[int, str, str]:
        own = f'[[source]]\nname = "desk phone"\nserver = "{server}"\nusername = "201"\nbind = "127.0.0.1:0"\n'
        (tmp_path / "settings.toml").write_text(
            f'{own}password_file = "{password}"\n{more}' if settings is None else settings, encoding="utf-8"
        )
        status = main(["diagnose", "--profile", str(tmp_path), "--language", "en", *words])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_all_is_well_and_nothing_is_left_at_the_pbx(pbx: PbxOnUdp, diagnose: Diagnose) -> None:
    status, out, err = diagnose(server=pbx.server)
    assert (status, err) == (0, ""), out
    assert {line.partition(":")[0] for line in out.splitlines()} == {"ok"}
    assert "ok: desk phone: no other phone is registered as 201: an extension of its own fits." in out.splitlines()
    assert pbx.registrar.bindings == {}
    heard = pbx.registrar.heard
    assert [one for one in heard if one.method == "REGISTER" and one.field("Contact")] == []
    assert [one.field("Expires") for one in heard if one.method == "SUBSCRIBE"][-1] == "0"


def test_phone_beside_us_makes_it_end_with_1_and_say_what_to_do(pbx: PbxOnUdp, diagnose: Diagnose) -> None:
    pbx.registrar.bindings = {"sip:201-0x55@192.0.2.7:15010": 60}
    status, out, err = diagnose(server=pbx.server, more='answer = "ring"\n')
    assert status == 1
    assert err == "omote: 2 checks found something to do. The lines say what.\n"
    told = [line for line in out.splitlines() if not line.startswith("ok: ")]
    assert [line.partition(":")[0] for line in told] == ["attention", "attention"]
    assert "201-0x55@192.0.2.7 is registered as 201" in told[0]
    assert pbx.registrar.bindings.keys() == {"sip:201-0x55@192.0.2.7:15010"}


def test_json_tells_the_same_to_scripts(pbx: PbxOnUdp, diagnose: Diagnose) -> None:
    pbx.registrar.password = "another"
    status, out, _err = diagnose("--json", server=pbx.server)
    told = json.loads(out)
    assert status == 1
    assert all(list(one) == ["check", "source", "level", "text", "do"] for one in told)
    (account,) = [one for one in told if one["check"] == "account"]
    assert (account["source"], account["level"]) == ("desk phone", "fault")
    assert "401 Unauthorized" in account["text"]


def test_password_is_printed_nowhere_and_sent_in_clear_nowhere(pbx: PbxOnUdp, diagnose: Diagnose) -> None:
    assert SECRET not in "".join(map(str, diagnose(server=pbx.server)))
    assert not any(SECRET.encode() in one.data for one in pbx.registrar.heard)


def test_dumb_pbx_takes_seconds_and_not_minutes(pbx: PbxOnUdp, diagnose: Diagnose) -> None:
    pbx.is_dumb = True
    start = time.monotonic()
    status, out, _err = diagnose(server=pbx.server)
    assert status == 1
    assert f"fault: desk phone: nobody at {pbx.server} answers." in out
    assert time.monotonic() - start < 10


def test_keyring_that_waits_for_its_owner_is_not_waited_for(
    pbx: PbxOnUdp, diagnose: Diagnose, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(*_args: object) -> None:
        time.sleep(2)

    monkeypatch.setattr("app.diagnosis.command.KEYRING_WITHIN", 0.1)
    monkeypatch.setattr("app.credentials.Credentials.secret", wait)
    status, out, _err = diagnose(server=pbx.server)
    assert status == 1
    assert "fault: desk phone: the keyring does not answer" in out


def test_settings_that_cannot_be_read_are_a_finding(diagnose: Diagnose) -> None:
    status, out, err = diagnose(settings="[desk]\nopperator = 1\n")
    assert status == 1
    assert out.startswith('fault: Unknown setting "opperator"')
    assert err.count("\n") == 1


def test_desk_without_a_source_is_a_finding(diagnose: Diagnose) -> None:
    status, out, _err = diagnose(settings="")
    assert status == 1
    assert "fault: No [[source]] is set up" in out


def test_trunk_needs_neither_password_nor_answer(diagnose: Diagnose) -> None:
    trunk = '[[source]]\nname = "trunk"\nregister = false\nallow = ["192.0.2.10"]\nbind = "127.0.0.1:45061"\n'
    status, out, _err = diagnose(settings=trunk)
    assert status == 0, out
    assert "calls come straight to 127.0.0.1:45061" in out


def test_each_source_is_looked_at(pbx: PbxOnUdp, diagnose: Diagnose) -> None:
    other = f'[[source]]\nname = "other"\nserver = "{pbx.server}"\nusername = "201"\nbind = "127.0.0.1:0"\n'
    _status, out, _err = diagnose(server=pbx.server, more=other)
    assert "fault: other: there is no password." in out
    assert "ok: desk phone: the PBX accepts" in out
