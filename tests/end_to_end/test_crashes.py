"""The real program falls in each of its threads: what it leaves behind, what it says at its next start, who gets it."""

import json
import sys
import zipfile
from pathlib import Path

import pytest

from app.crash_reports import CrashFolder
from tests.end_to_end.running_program import Folder, RunningProgram, environment, omote, wait_for

SECRET = "c4n4ry-in-a-crash"
GOES_ON = {"main": "MainThread", "worker": "MainThread", "cti": "cti", "thread": "journal"}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(SECRET)
    return file


def falling(folder: Folder, secret: Path, kinds: str) -> RunningProgram:
    words = ("--fall", kinds, "--secret", str(secret))
    return RunningProgram(folder, environment(), *words, module="tests.end_to_end.faller")


def of(folder: Folder) -> CrashFolder:
    return CrashFolder(folder.path / "crashes")


@pytest.mark.timeout(120)
def test_a_bug_in_any_thread_leaves_a_report_and_the_program_goes_on(folder: Folder, secret: Path) -> None:
    with falling(folder, secret, ",".join(GOES_ON)) as program:
        reports = wait_for(lambda: found if len(found := of(folder).reports()) == len(GOES_ON) else [], "four reports")
        assert program.pop("0335814111")["opened"] is not None
        assert program.stop() == 0
        said = program.errors
    texts = [one.path.read_text("utf-8") for one in reports]
    threads = sorted(line.split()[1] for text in texts for line in text.splitlines() if line.startswith("thread:"))
    assert threads == sorted(GOES_ON.values())
    assert all("ValueError" in text and SECRET not in text for text in texts)
    assert "ValueError" in said
    assert SECRET not in said + folder.log()
    assert len(of(folder).reports()) == len(GOES_ON), "an end like any other leaves none"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", ["segv", pytest.param("qt", id="qt gives up")])
def test_a_fault_that_kills_it_is_told_at_the_next_start_and_goes_into_the_bundle(
    kind: str, folder: Folder, secret: Path, tmp_path: Path
) -> None:
    with falling(folder, secret, kind) as program:
        assert program.process.wait(30) != 0
        assert ("Qt has ended Omote." in program.errors) is (kind == "qt")
    (report,) = of(folder).reports()
    text = report.path.read_text("utf-8")
    assert ("Segmentation fault" if kind == "segv" else "QThread: destroyed while it runs") in text
    assert "tests/end_to_end/faller.py" in text

    with RunningProgram(folder, environment(), "--offscreen") as program:
        program.pop("0335814111")
        assert program.stop() == 0
    (line,) = [one for one in folder.log().splitlines() if "fault of its own" in one]
    assert "omote diagnose --bundle" in line
    with RunningProgram(folder, environment(), "--offscreen") as program:
        program.pop("0335814111")
        assert program.stop() == 0
    assert folder.log().count("fault of its own") == 1, "said once"

    target = tmp_path / "support.zip"
    done = omote("diagnose", "--json", "--bundle", target, "--profile", folder.path)
    (found,) = [one for one in json.loads(done.stdout) if one["check"] == "crashes"]
    assert (found["level"], "1 fault" in found["text"]) == ("attention", True)
    with zipfile.ZipFile(target) as bundle:
        (name,) = [one for one in bundle.namelist() if one.startswith("crashes/crash-")]
        assert str(Path.home()) not in bundle.read(name).decode()


@pytest.mark.timeout(120)
def test_the_running_programs_log_turns_over_and_is_its_owners_alone(folder: Folder) -> None:
    log = folder.path / "logs" / "omote.log"
    log.parent.mkdir()
    log.write_text("x" * 1_999_900 + "\n")
    with RunningProgram(folder, environment(), "--offscreen") as program:
        program.pop("0335814111")
        wait_for(lambda: log.with_name("omote.log.1").exists(), "older file")
        assert log.stat().st_size < 100_000
        if sys.platform != "win32":
            assert log.stat().st_mode & 0o777 == 0o600
        assert program.stop() == 0


@pytest.mark.timeout(120)
def test_who_asks_from_outside_of_any_desktop_finds_the_one_that_runs(folder: Folder) -> None:
    desktop = environment() | {"XDG_SESSION_ID": "c4n4ry"}
    with RunningProgram(folder, desktop, "--offscreen") as program:
        program.pop("0335814111")
        told = omote("diagnose", "--json", "--language", "en", "--profile", folder.path)
        (found,) = [one for one in json.loads(told.stdout) if one["check"] == "program"]
        assert found["text"] == "Omote is running."
        rung = omote("ring-me", "--language", "en", "--profile", folder.path)
        assert (rung.returncode, rung.stderr) == (0, ""), rung.stderr
        assert program.stop() == 0
