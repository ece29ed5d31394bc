"""What scripts, softphones and a second start ask of the running program, and how it ends."""

import json
import re
import signal
import time

import pytest

from tests.end_to_end.running_program import Folder, RunningProgram, environment, omote, wait_for


@pytest.fixture
def running(offscreen: RunningProgram) -> RunningProgram:
    """The program, listening."""
    offscreen.pop("0312340000")
    return offscreen


def ask(program: RunningProgram, *words: str) -> tuple[int, str, str]:
    done = omote("--profile", program.folder.path, *words, env=program.env)
    return done.returncode, done.stdout, done.stderr


def test_ring_me_sends_a_real_invite_through_the_whole_chain_and_tells_the_time(running: RunningProgram) -> None:
    status, told, errors = ask(running, "ring-me")
    assert (status, errors) == (0, "")
    sentence, stamps = told.splitlines()
    took = re.fullmatch(r"The test call popped: (\d+\.\d) ms from packet to paint\.", sentence)
    assert took is not None
    assert list(json.loads(stamps)) == ["received", "parsed", "matched", "shown", "painted"]
    assert json.loads(stamps)["painted"] == pytest.approx(float(took[1]) * 1000, abs=51)
    (line,) = [one for one in running.folder.trace("pop") if one.get("test")]
    assert line["source"] == "trunk"
    assert line["stamps_us"] == json.loads(stamps)


def test_pop_shows_a_number_that_a_script_names(running: RunningProgram) -> None:
    words = ("pop", "03-3581-4111", "--name", "<b>Takahashi</b>", "--line", "0312345678")
    assert ask(running, *words) == (0, "", "")
    line = wait_for(
        lambda: [one for one in running.folder.trace("pop") if one["source"] == "command"], "pop of the command"
    )[0]
    assert (line["opened"], line["line"], line["name"]) == ("C-000001", "Main shop", "<b>Takahashi</b>")


@pytest.mark.parametrize("words", [(), ("show",)])
def test_a_second_start_hands_over_to_the_running_program_and_ends(
    running: RunningProgram, words: tuple[str, ...]
) -> None:
    assert ask(running, *words) == (0, "", "")
    assert running.process.poll() is None
    assert running.pop("0335814111")["opened"] == "C-000001"


def test_a_softphone_tells_of_its_call_to_the_end(running: RunningProgram) -> None:
    for told in ((), ("--answered",), ("--ended",)):
        assert ask(running, "pop", "--call", "line-1", *told, "--", "0335814111") == (0, "", "")
    lines = wait_for(lambda: [one for one in running.folder.trace("ended") if one["source"] == "command"], "the end")
    assert (lines[0]["why"], lines[0]["opened"]) == ("hung_up", "C-000001")
    assert [one["by"] for one in running.folder.trace("answered")] == [lines[0]["legs"][0]["by"]] != [None]


def test_a_number_that_looks_like_an_option_is_a_number(running: RunningProgram) -> None:
    assert ask(running, "pop", "--", "--profile=/nowhere") == (0, "", "")
    lines = wait_for(
        lambda: [one for one in running.folder.trace("pop") if one["source"] == "command"], "pop of the command"
    )
    assert lines[0]["number"] == "--profile=/nowhere"


def test_the_end_of_a_call_starts_no_program(folder: Folder) -> None:
    with RunningProgram(folder, environment(), "--offscreen", "pop", "--ended", "0335814111") as started:
        assert started.process.wait(timeout=20) == 0
    assert folder.trace("pop") == []


def test_pop_starts_the_program_where_none_runs(folder: Folder) -> None:
    with RunningProgram(folder, environment(), "--offscreen", "pop", "0335814111") as started:
        line = wait_for(lambda: folder.trace("pop"), "pop")[0]
        assert (line["source"], line["opened"]) == ("command", "C-000001")
        assert started.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_within_five_seconds_and_the_next_start_is_not_kept_out(
    running: RunningProgram, number: signal.Signals
) -> None:
    began = time.monotonic()
    running.process.send_signal(number)
    assert running.process.wait(timeout=5) == 0
    assert time.monotonic() - began < 5
    assert running.errors == ""
    assert "stopped" in running.folder.log()
    with RunningProgram(running.folder, running.env, "--offscreen") as second:
        assert second.pop("0335814111")["opened"] == "C-000001"


def test_a_killed_program_leaves_nothing_that_keeps_the_next_one_out(running: RunningProgram) -> None:
    running.process.kill()
    running.process.wait(timeout=5)
    with RunningProgram(running.folder, running.env, "--offscreen") as second:
        assert second.pop("0335814111")["opened"] == "C-000001"
        assert ask(second, "show") == (0, "", "")


def test_diagnose_asks_the_running_program_how_it_fares(running: RunningProgram) -> None:
    status, told, errors = ask(running, "diagnose", "--json")
    found = {one["check"]: one for one in json.loads(told)}
    assert (status, errors) == (0, ""), told
    assert found["program"]["text"] == "Omote is running."
    assert "the running Omote listens on" in found["port"]["text"]
    assert found["running"]["text"].startswith("in the running program: listening since")
