"""What is installed on Linux: the files that the packages name, and the script of the archive on a real folder."""

import configparser
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
ENTRIES = ("omote.desktop", "omote-dial.desktop", "omote-autostart.desktop")
NFPM = (LINUX / "nfpm.yaml").read_text("utf-8")


@pytest.mark.parametrize("source", [one for one in re.findall(r"src: ([^,}]+)", NFPM) if one.startswith("packaging/")])
def test_every_file_that_the_packages_name_is_there(source: str) -> None:
    assert (ROOT / source).is_file()


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_starts_the_installed_program_and_speaks_japanese(name: str) -> None:
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment,method-assign] -- typeshed has it as a method
    entry.read(LINUX / name, "utf-8")
    words = entry["Desktop Entry"]
    assert words["Exec"].split()[0] == "omote"
    assert words["Icon"] == "omote"
    assert words["Comment[ja]"]


def test_the_metainfo_belongs_to_the_entry_and_has_both_languages() -> None:
    told = ET.parse(LINUX / "jp.omote.Omote.metainfo.xml").getroot()
    assert told.findtext("launchable") == "omote.desktop"
    languages = {one.get("{http://www.w3.org/XML/1998/namespace}lang", "en") for one in told.iter("p")}
    assert languages == {"en", "ja"}


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """The archive with a stand-in for the frozen program: it says how whole it is."""
    folder = tmp_path / "unpacked"
    (folder / "omote").mkdir(parents=True)
    for name in (*ENTRIES, "install.sh", "omote.svg", "jp.omote.Omote.metainfo.xml"):
        shutil.copy(LINUX / name, folder)
    stand_in(folder, "exit 0")
    return folder


def stand_in(folder: Path, does: str) -> None:
    program = folder / "omote" / "omote"
    program.write_text(f"#!/bin/sh\n# {does}\n{does}\n")
    program.chmod(0o755)


def install(unpacked: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """As an ordinary user: the tests may run as root, and are to leave the machine alone."""
    home = unpacked.parent / "home"
    home.mkdir(exist_ok=True)
    fake = unpacked.parent / "bin"
    fake.mkdir(exist_ok=True)
    (fake / "id").write_text("#!/bin/sh\necho 1000\n")
    (fake / "id").chmod(0o755)
    env = {"HOME": str(home), "PATH": f"{fake}:{os.environ['PATH']}"}
    return subprocess.run(
        [unpacked / "install.sh", *words], env=env, capture_output=True, text=True, check=False
    )  # fmt: skip


def test_a_user_installs_it_for_himself_and_it_begins_with_the_session_if_he_likes(unpacked: Path) -> None:
    assert install(unpacked, "--autostart").returncode == 0
    home = unpacked.parent / "home"
    assert subprocess.run([home / ".local/bin/omote"], check=False).returncode == 0
    assert (
        f"Exec={home}/.local/bin/omote dial %u" in (home / ".local/share/applications/omote-dial.desktop").read_text()
    )
    assert f"TryExec={home}/.local/bin/omote\n" in (home / ".config/autostart/omote.desktop").read_text()


def test_what_is_taken_away_leaves_the_users_own_files(unpacked: Path) -> None:
    install(unpacked, "--autostart")
    home = unpacked.parent / "home"
    records = home / ".local/share/Omote/omote.db"
    records.parent.mkdir()
    records.write_text("notes")
    assert install(unpacked, "--uninstall").returncode == 0
    assert [path for path in home.rglob("*") if path.is_file() or path.is_symlink()] == [records]


def test_a_newer_one_takes_the_place_of_the_older_one(unpacked: Path) -> None:
    install(unpacked)
    (unpacked.parent / "home/.local/lib/omote/of-yesterday").touch()
    stand_in(unpacked, "true")
    assert install(unpacked).returncode == 0
    assert [path.name for path in (unpacked.parent / "home/.local/lib/omote").iterdir()] == ["omote"]
    assert not (unpacked.parent / "home/.local/lib/omote.old").exists()


def test_one_that_does_not_run_here_says_why_and_replaces_nothing(unpacked: Path) -> None:
    install(unpacked)
    stand_in(unpacked, "echo 'fault: platforms: libxcb-cursor.so.0'; exit 1")
    refused = install(unpacked)
    assert (refused.returncode, refused.stderr) == (1, "fault: platforms: libxcb-cursor.so.0\n")
    assert "exit 0" in (unpacked.parent / "home/.local/lib/omote/omote").read_text()
