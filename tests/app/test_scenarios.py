"""Every recorded call, seen by each kind of source alone: the same call in the log, but for what the protocols force.

docs/scenarios.md says so. `OMOTE_RENEW_SCENARIOS=1 ./run test tests/app/test_scenarios.py` writes its table anew.
"""

import os
from collections.abc import Callable
from pathlib import Path

from tests.app.desk_at_work import DeskAtWork
from tests.app.recorded_outcomes import VERSIONS, WHERES, Where, Witness, is_recorded, logged
from tests.app.scenario_differences import LETTERS, differences, reason_of
from tests.app.scenario_page import BEGIN, DONE, END, Log, written
from tests.cti.sip.recorded_lives import LISTENED

PAGE = Path(__file__).parents[2] / "docs/scenarios.md"
SILENT = Where("nobody-registered", "201")  # nothing rang, so there was no second phone to record anything


def log_of_all(desks: Callable[..., DeskAtWork]) -> Log:
    return {(witness, version): logged(desks, witness, version) for witness in Witness for version in VERSIONS}


def test_each_source_alone_logs_the_same_call_but_for_the_differences_that_the_page_explains(
    desks: Callable[..., DeskAtWork],
) -> None:
    log = log_of_all(desks)
    assert log[Witness.AMI, "16"] == log[Witness.AMI, "22"], "the PBX's events tell all, whatever its version"
    table, before = written(log), PAGE.read_text("utf-8")
    head, rest = before.split(BEGIN)
    renewed = f"{head}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}"
    if os.environ.get("OMOTE_RENEW_SCENARIOS"):
        PAGE.write_text(renewed, "utf-8")
    assert PAGE.read_text("utf-8") == renewed, "OMOTE_RENEW_SCENARIOS=1 writes it anew; look at what has changed"
    needed = {
        reason_of(one)
        for (witness, _version), told in log.items()
        for where, calls in told.items()
        for one in differences(witness, where, log[Witness.AMI, "22"][where], calls)
    }
    assert needed == set(LETTERS), "each reason explains something"


def test_every_scenario_is_recorded_from_every_source_and_version() -> None:
    lacking = [
        (witness, version, where)
        for witness in Witness
        for version in VERSIONS
        for where in WHERES
        if not is_recorded(witness, version, where)
    ]
    assert lacking == [(Witness.SIP, version, SILENT) for version in VERSIONS]
    assert set(DONE) == {where.scenario for where in WHERES}
    assert len(DONE) == 40
    assert {folder.name.partition("@")[0] for folder in LISTENED.iterdir() if folder.is_dir()} == set(DONE) - {
        SILENT.scenario
    }


def test_a_withheld_number_is_in_the_log_of_no_source(desks: Callable[..., DeskAtWork]) -> None:
    for witness in Witness:
        told = logged(desks, witness, "22")
        for where, calls in told.items():
            if where.scenario.startswith("withheld"):
                assert [(one.who, one.name) for one in calls] == [("anonymous", "")]
