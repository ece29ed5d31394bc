"""The credentials with the keyrings that there are: gnome-keyring on a bus of its own, locked, and no bus at all."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_NEEDED = ("gnome-keyring-daemon", "dbus-run-session")
_USE = """
import json, sys
from app.credentials import Credentials
from app.errors import UserError
from app.words import use_language
use_language("en")
told, credentials = [], Credentials()
if "lock" in sys.argv:
    import secretstorage
    secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
def note(do):
    try:
        told.append(do())
    except UserError as error:
        told.append(str(error))
for do in (
    lambda: credentials.secret("desk phone"),
    lambda: credentials.save("desk phone", "パスワード&<ü>"),
    lambda: credentials.secret("desk phone"),
    lambda: credentials.is_in_keyring("desk phone"),
    lambda: credentials.remove("desk phone"),
    lambda: credentials.secret("desk phone"),
    lambda: credentials.remove("desk phone"),
):
    note(do)
print(json.dumps([told, credentials.state]))
"""
_UNLOCKED = """
eval "$(printf 'a pass phrase' | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)"
"$@"
"""


def use(tmp_path: Path, *before: str, more: tuple[str, ...] = ()) -> tuple[list[object], str]:
    """What came of each step, and the keyring's state, in a session of its own."""
    (tmp_path / "run").mkdir(mode=0o700)
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    environ = keep | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*before, sys.executable, "-c", _USE, *more],
        env=environ,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told, state = json.loads(done.stdout)
    return told, state


def session(tmp_path: Path, script: str) -> tuple[str, ...]:
    if missing := [one for one in _NEEDED if shutil.which(one) is None]:
        pytest.skip(f"{', '.join(missing)} not installed (./run test installs them): NO real keyring was asked")
    path = tmp_path / "session.sh"
    path.write_text(script, "utf-8")
    return ("dbus-run-session", "--", "bash", str(path))


def test_gnome_keyring_keeps_gives_and_forgets(tmp_path: Path) -> None:
    told, state = use(tmp_path, *session(tmp_path, _UNLOCKED))
    assert told[:-1] == [None, None, "パスワード&<ü>", True, None, None]
    assert "holds no password" in str(told[-1])
    assert state == "works"


def test_a_locked_gnome_keyring_is_told_as_locked(tmp_path: Path) -> None:
    told, state = use(tmp_path, *session(tmp_path, _UNLOCKED), more=("lock",))
    assert state == "locked"
    assert [one for one in told if one is None] == [None] * 3
    assert all("the keyring is locked" in str(one) for one in told if one is not None)


def test_without_a_bus_there_is_no_keyring(tmp_path: Path) -> None:
    told, state = use(tmp_path)
    assert state == "none"
    assert [one for one in told if one is None] == [None] * 3
    assert all("there is no keyring here" in str(one) for one in told if one is not None)
