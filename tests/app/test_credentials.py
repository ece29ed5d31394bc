"""Where a password is looked for, in which order, and who may never read it; the secret commands with a keyring."""

import io
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from app.compose import build_sources
from app.credentials import Credentials
from app.errors import UserError
from app.main import main
from app.settings import Settings
from cti.sip.settings import SipSettings

CANARY = "c4n4ry-pässwörd"


class MemoryKeyring(KeyringBackend):
    """A keyring that lives as long as the test; the real ones are the far edge."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._look()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look()
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("no such password")

    def _look(self) -> None:
        if self.is_locked:
            raise KeyringLocked("the collection is locked")


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def no_ring(ring: MemoryKeyring) -> None:
    keyring.set_keyring(NoKeyring())


def password_file(tmp_path: Path, text: str | bytes = CANARY + "\n", mode: int = 0o600) -> str:
    path = tmp_path / "password"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return str(path)


def test_the_keyring_comes_before_the_file(ring: MemoryKeyring, tmp_path: Path) -> None:
    assert Credentials().secret("desk phone", password_file(tmp_path)) == CANARY
    ring.held["omote", "desk phone"] = "from the ring"
    assert Credentials().secret("desk phone", password_file(tmp_path)) == "from the ring"


def test_each_source_has_its_own_password(ring: MemoryKeyring) -> None:
    ring.held.update({("omote", "a"): "1", ("omote", "b"): "2", ("other", "c"): "3"})
    assert [Credentials().secret(name) for name in "abc"] == ["1", "2", None]


def test_what_is_typed_in_the_window_counts_first_and_is_kept_in_memory_only(
    ring: MemoryKeyring, tmp_path: Path
) -> None:
    ring.held["omote", "p"] = "an old one"
    credentials = Credentials()
    credentials.remember("p", "typed")
    assert credentials.secret("p", password_file(tmp_path)) == "typed"
    assert ring.held == {("omote", "p"): "an old one"}
    credentials.forget("p")
    assert credentials.secret("p") == "an old one"


def test_a_locked_keyring_gives_way_to_the_file(ring: MemoryKeyring, tmp_path: Path) -> None:
    ring.held["omote", "p"] = "locked away"
    ring.is_locked = True
    assert Credentials().secret("p", password_file(tmp_path)) == CANARY
    ring.is_locked = False
    assert Credentials().secret("p", password_file(tmp_path)) == "locked away"


@pytest.mark.usefixtures("no_ring")
def test_without_any_keyring_the_file_remains(tmp_path: Path) -> None:
    assert Credentials().secret("p", password_file(tmp_path)) == CANARY
    assert Credentials().secret("p") is None


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o601])
def test_a_file_that_others_may_touch_is_refused_and_its_content_not_told(
    ring: MemoryKeyring, tmp_path: Path, mode: int
) -> None:
    path = password_file(tmp_path, mode=mode)
    with pytest.raises(UserError, match="chmod 600") as caught:
        Credentials().secret("p", path)
    assert CANARY not in str(caught.value)
    assert path in str(caught.value)


@pytest.mark.parametrize("text", [CANARY, CANARY + "\n", CANARY + "\r\n"])
def test_the_line_end_of_the_file_is_no_part_of_the_password(ring: MemoryKeyring, tmp_path: Path, text: str) -> None:
    assert Credentials().secret("p", password_file(tmp_path, text)) == CANARY


def test_spaces_in_a_password_are_kept(ring: MemoryKeyring, tmp_path: Path) -> None:
    assert Credentials().secret("p", password_file(tmp_path, " a b \n")) == " a b "


@pytest.mark.parametrize("kind", ["missing", "folder", "not text"])
def test_a_file_that_cannot_be_read_is_one_line(ring: MemoryKeyring, tmp_path: Path, kind: str) -> None:
    path = {"missing": str(tmp_path / "none"), "not text": password_file(tmp_path, b"\xff\xfe\x00")}.get(kind)
    if path is None:
        path = str(tmp_path / "folder")
        Path(path).mkdir(mode=0o700)
    with pytest.raises(UserError) as caught:
        Credentials().secret("p", path)
    assert path in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_program_refuses_an_open_file_at_start_and_not_on_the_sources_thread(
    ring: MemoryKeyring, tmp_path: Path
) -> None:
    source = SipSettings(name="p", server="pbx", password_file=password_file(tmp_path, mode=0o644))
    with pytest.raises(UserError, match="chmod 600"):
        build_sources(Settings(sources=(source,)), Credentials())


@pytest.mark.usefixtures("no_ring")
def test_saving_without_a_keyring_says_what_to_do() -> None:
    for act in (lambda: Credentials().save("p", CANARY), lambda: Credentials().is_in_keyring("p")):
        with pytest.raises(UserError, match="The keyring cannot be used: there is no keyring") as caught:
            act()
        assert CANARY not in str(caught.value)


# --- omote secret


@pytest.fixture
def profile(tmp_path: Path, ring: MemoryKeyring) -> str:
    (tmp_path / "settings.toml").write_text('[[source]]\nname = "desk phone"\nserver = "pbx"\n', "utf-8")
    return str(tmp_path)


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def secret(profile: str, action: str, source: str = "desk phone") -> int:
    return main(["secret", action, source, "--profile", profile, "--language", "en"])


def test_a_password_is_set_checked_and_removed_and_never_printed(
    profile: str, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, CANARY + "\r\n")
    assert [secret(profile, action) for action in ("check", "set", "check")] == [1, 0, 0]
    assert ring.held == {("omote", "desk phone"): CANARY}
    assert [secret(profile, action) for action in ("remove", "remove", "check")] == [0, 1, 1]
    assert ring.held == {}
    told = capsys.readouterr()
    assert CANARY not in told.out + told.err
    assert [len(told.out.splitlines()), len(told.err.splitlines())] == [3, 3]
    assert all(line.startswith("omote: ") for line in told.err.splitlines())


@pytest.mark.parametrize("typed", ["", "\n"])
def test_an_empty_password_is_refused(
    profile: str, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    type_in(monkeypatch, typed)
    assert secret(profile, "set") == 1
    assert ring.held == {}


def test_a_source_that_is_not_in_the_settings_gets_no_password(
    profile: str, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, CANARY)
    assert secret(profile, "set", "desk fone") == 1
    assert ring.held == {}
    error = capsys.readouterr().err
    assert '"desk fone"' in error
    assert "desk phone" in error


@pytest.mark.parametrize("action", ["set", "check", "remove"])
def test_a_locked_keyring_is_one_line_and_status_1(
    profile: str,
    ring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    action: str,
) -> None:
    type_in(monkeypatch, CANARY)
    ring.is_locked = True
    assert secret(profile, action) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "keyring" in error
    assert CANARY not in error


def test_a_password_on_the_command_line_is_wrong_usage(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["secret", "set", "desk phone", CANARY, "--profile", profile])
    assert caught.value.code == 2


# --- omote config check


def test_config_check_says_yes_or_names_the_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["config", "check", "--profile", str(tmp_path), "--language", "en"]
    assert main(command) == 0
    assert "built-in" in capsys.readouterr().out
    (tmp_path / "settings.toml").write_text("[desk]\ntheme = 'dark'\n", "utf-8")
    assert main(command) == 0
    (tmp_path / "settings.toml").write_text("[desk]\ntheme = 'blue'\n", "utf-8")
    assert main(command) == 1
    assert "desk.theme" in capsys.readouterr().err


def test_config_check_names_the_mistake_in_the_language_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text("[desk]\ntheme = 'blue'\n", "utf-8")
    assert main(["config", "check", "--profile", str(tmp_path), "--language", "ja"]) == 1
    said = capsys.readouterr().err
    assert "。" in said
    assert "。 " not in said, "no space after a Japanese full stop"
