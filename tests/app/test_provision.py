"""`omote provision`: one file and a table of desks; checked whole, written once, no password in any of it."""

import io
import json
import os
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest

from app.main import main
from app.policy import Policy
from tests.app.test_credentials import MemoryKeyring

CANARY = "c4n4ry-pässwörd"
SITE = """# the shop in Osaka
[desk]
operator = "${operator}"
theme = "dark"
[[source]]
name = "desk phone"
kind = "sip-dialog"
server = "pbx.example.jp"
watch = "${extension}"
[[template]]
name = "折り返し"
text = "{name} 様へ折り返す。"
"""
DESKS = "computer,login,extension,operator\nPC-07,,207,佐藤 美咲\npc-08.example.jp,,208,鈴木 健\n,mori,209,森 あおい\n"


class Site:
    """A folder with what IT has, and a desk to set up."""

    def __init__(self, folder: Path) -> None:
        self.file, self.desks = folder / "site.toml", folder / "desks.csv"
        self.file.write_text(SITE, "utf-8")
        self.desks.write_text(DESKS, "utf-8-sig")
        self.profile, self.machine = folder / "profile", folder / "machine" / "settings.toml"
        self.settings = self.profile / "settings.toml"
        self.policy: dict[str, Any] = {}

    def run(self, *more: str, computer: str = "PC-07") -> int:
        words = ["provision", str(self.file), "--computer", computer, "--login", "nobody", "--language", "en"]
        with_desks = [] if "--no-desks" in more else ["--desks", str(self.desks)]
        rest = [one for one in more if one != "--no-desks"]
        return main([*words, *with_desks, "--profile", str(self.profile), *rest])

    @property
    def written(self) -> dict[str, Any]:
        return tomllib.loads(self.settings.read_text("utf-8"))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    made = Site(tmp_path)
    monkeypatch.setattr("app.provisioning.command.machine_settings_file", lambda: made.machine)
    monkeypatch.setattr("app.settings_layers.machine_settings_file", lambda: made.machine)
    monkeypatch.setattr("app.settings_layers.read_policy", lambda: Policy("the policy", made.policy))
    return made


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def test_a_desk_gets_its_own_values_and_the_sites(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run() == 0
    assert site.written["desk"] == {"operator": "佐藤 美咲", "theme": "dark"}
    assert site.written["source"][0]["watch"] == "207"
    assert site.written["template"][0]["text"] == "{name} 様へ折り返す。", "its braces are the note's"
    (line,) = capsys.readouterr().out.splitlines()
    assert line == f"{site.settings}: changed: desk.operator, desk.theme, [[source]], [[template]]."
    assert stat.S_IMODE(site.settings.stat().st_mode) == 0o600


def test_a_second_time_changes_nothing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.run()
    before = site.settings.stat().st_mtime_ns
    capsys.readouterr()
    assert site.run() == 0
    assert capsys.readouterr().out == f"{site.settings}: nothing had to be changed.\n"
    assert site.settings.stat().st_mtime_ns == before


def test_a_dry_run_says_it_and_writes_nothing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert site.run("--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["changed"] == ["desk.operator", "desk.theme", "[[source]]", "[[template]]"]
    assert told["written"] is False
    assert not site.settings.exists()


def test_what_the_user_has_besides_stays_with_its_comments(site: Site) -> None:
    site.profile.mkdir()
    site.settings.write_text('[desk]\ntheme = "light"\nhotkey_call = "Ctrl+Alt+O"  # mine\n', "utf-8")
    assert site.run() == 0
    assert '"Ctrl+Alt+O"  # mine' in site.settings.read_text("utf-8")
    assert site.written["desk"]["theme"] == "dark"


@pytest.mark.parametrize(
    ("computer", "login", "extension"),
    [("pc-07", "x", "207"), ("PC-08", "x", "208"), ("pc-08.other.example", "x", "208"), ("PC-99", "SHOP\\Mori", "209")],
)
def test_a_desk_is_found_by_computer_or_login_in_any_case(
    site: Site, computer: str, login: str, extension: str
) -> None:
    assert site.run("--login", login, computer=computer) == 0
    assert site.written["source"][0]["watch"] == extension


def test_a_line_that_names_both_goes_before_one_that_names_one(site: Site) -> None:
    site.desks.write_text("computer,login,extension,operator\nPC-07,,207,a\nPC-07,mori,299,b\n", "utf-8")
    assert site.run("--login", "mori") == 0
    assert site.written["source"][0]["watch"] == "299"


def test_without_a_table_computer_and_login_can_be_filled_in(site: Site) -> None:
    site.file.write_text('[desk]\noperator = "${login}@${computer}"\n', "utf-8")
    assert site.run("--no-desks") == 0
    assert site.written == {"desk": {"operator": "nobody@PC-07"}}


def test_a_table_from_a_japanese_excel_is_read(site: Site) -> None:
    site.desks.write_bytes(DESKS.encode("cp932"))
    assert site.run() == 0
    assert site.written["desk"]["operator"] == "佐藤 美咲"


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda site: site.file.unlink(), "There is no file"),
        (lambda site: site.desks.unlink(), "cannot be read"),
        (lambda site: site.desks.write_text("computer,extension\nPC-01,201\n"), "has no line for this desk"),
        (lambda site: site.desks.write_text(DESKS + "PC-07,,299,b\n", "utf-8"), "has 2 lines for this desk"),
        (lambda site: site.desks.write_text("extension\n201\n"), "names no desks"),
        (lambda site: site.desks.write_text("computer\nPC-07,207\n"), "more cells"),
        (lambda site: site.desks.write_bytes(b"computer\n\x81\xff\n"), "neither UTF-8 nor Shift_JIS"),
        (lambda site: site.desks.write_text("computer,operator\nPC-07,a\n"), "Nothing is known for ${extension}"),
        (lambda site: site.file.write_text(SITE + "[desk2]\n", "utf-8"), 'Unknown setting "desk2"'),
        (lambda site: site.file.write_text(SITE.replace('"dark"', '"blue"'), "utf-8"), "desk.theme"),
        (lambda site: site.file.write_text(SITE.replace("${extension}", "2 0 1"), "utf-8"), "watch in [[source]]"),
        (lambda site: site.file.write_text("not toml", "utf-8"), "cannot be read"),
        (lambda site: site.file.write_text('[database]\nurl = "postgresql://o:pw@h/d"\n'), "url in [database]"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    site: Site, change: Any, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site)
    assert site.run() == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert part in told.err
    assert not site.settings.exists()


@pytest.mark.parametrize(
    "text",
    [
        f'[[source]]\nname = "p"\nserver = "pbx"\npassword = "{CANARY}"\n',
        f'[database]\npassword = "{CANARY}"\n',
        f'[secrets]\n"desk phone" = "{CANARY}"\n',
        f'[[source]]\nname = "p"\nserver = "pbx"\nsip_secret = "{CANARY}"\n',
    ],
)
def test_a_password_in_the_file_is_refused_and_not_repeated(
    site: Site, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.file.write_text(text, "utf-8")
    assert site.run() == 1
    error = capsys.readouterr().err
    assert "a password never stands there" in error
    assert CANARY not in error
    assert not site.settings.exists()


@pytest.mark.parametrize("name", ["password", "SIP secret", "Passwort_password", "PIN", "パスワード"])
def test_a_column_of_passwords_is_refused(site: Site, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    site.desks.write_text(f"computer,extension,operator,{name}\nPC-07,207,a,{CANARY}\n", "utf-8")
    assert site.run() == 1
    assert CANARY not in capsys.readouterr().err


def test_where_a_password_lies_may_be_said(site: Site) -> None:
    site.file.write_text('[[source]]\nname = "p"\nserver = "pbx"\npassword_file = "/etc/omote/p"\n', "utf-8")
    assert site.run() == 0


def test_what_a_policy_has_locked_is_refused_with_where_it_stands(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.policy = {"desk": {"theme": "light"}}
    assert site.run() == 1
    error = capsys.readouterr().err
    assert "desk.theme is locked: the policy says something else." in error
    assert str(site.file) in error
    assert not site.settings.exists()


def test_what_a_policy_says_too_is_no_trouble(site: Site) -> None:
    site.policy = {"desk": {"theme": "dark"}}
    assert site.run() == 0


def test_locked_sources_are_refused_too(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.policy = {"source": [{"name": "other", "server": "pbx"}]}
    assert site.run() == 1
    assert "[[source]] is locked" in capsys.readouterr().err


def test_for_the_whole_machine_everybody_can_read_it_and_the_users_file_decides_nothing(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.profile.mkdir()
    site.settings.write_text('[desk]\ntheme = "light"\n', "utf-8")
    assert site.run("--machine") == 0
    assert tomllib.loads(site.machine.read_text("utf-8"))["desk"]["theme"] == "dark"
    assert site.written == {"desk": {"theme": "light"}}
    assert str(site.machine) in capsys.readouterr().out
    if os.name == "posix":
        assert stat.S_IMODE(site.machine.stat().st_mode) == 0o644
        assert stat.S_IMODE(site.machine.parent.stat().st_mode) == 0o755


# --- the one-time secret


def test_a_secret_from_standard_input_goes_into_the_keyring(
    site: Site, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(CANARY + "\r\n"))
    assert site.run("--secret-from-stdin") == 0
    assert ring.held == {("omote", "desk phone"): CANARY}
    told = capsys.readouterr()
    assert 'The keyring now holds the password of "desk phone".' in told.out
    assert CANARY not in told.out + told.err + site.settings.read_text("utf-8")


@pytest.fixture
def once(tmp_path: Path) -> Path:
    path = tmp_path / "once"
    path.write_text(CANARY + "\n", "utf-8")
    path.chmod(0o600)
    return path


def test_a_file_with_the_secret_is_removed_once_it_is_kept(site: Site, ring: MemoryKeyring, once: Path) -> None:
    assert site.run("--secret-file", str(once)) == 0
    assert ring.held == {("omote", "desk phone"): CANARY}
    assert not once.exists()


def test_a_keyring_that_does_not_take_it_leaves_the_file(
    site: Site, ring: MemoryKeyring, once: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ring.is_locked = True
    assert site.run("--secret-file", str(once)) == 1
    error = capsys.readouterr().err
    assert "is written, the password is kept nowhere" in error
    assert "locked" in error
    assert CANARY not in error
    assert once.exists()
    assert site.settings.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_secret_file_that_others_can_read_is_refused(site: Site, ring: MemoryKeyring, once: Path) -> None:
    once.chmod(0o644)
    assert site.run("--secret-file", str(once)) == 1
    assert (ring.held, site.settings.exists()) == ({}, False)


def test_a_dry_run_keeps_no_secret_and_removes_no_file(site: Site, ring: MemoryKeyring, once: Path) -> None:
    assert site.run("--secret-file", str(once), "--dry-run") == 0
    assert (ring.held, once.exists()) == ({}, True)


def test_whose_secret_it_is_must_be_said_where_several_need_one(
    site: Site, ring: MemoryKeyring, once: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.file.write_text(SITE + '[database]\nurl = "postgresql://omote@db/omote"\n', "utf-8")
    assert site.run("--secret-file", str(once)) == 1
    assert "one of: desk phone, database" in capsys.readouterr().err
    assert site.run("--secret-file", str(once), "--secret-for", "nobody") == 1
    assert not site.settings.exists()
    assert site.run("--secret-file", str(once), "--secret-for", "database") == 0
    assert ring.held == {("omote", "database"): CANARY}


def test_the_machine_has_no_keyring(site: Site, ring: MemoryKeyring, once: Path) -> None:
    assert site.run("--machine", "--secret-file", str(once)) == 1
    assert (ring.held, site.machine.exists(), once.exists()) == ({}, False, True)


def test_a_secret_among_the_arguments_is_wrong_usage(site: Site) -> None:
    with pytest.raises(SystemExit) as caught:
        site.run("--secret", CANARY)
    assert caught.value.code == 2
