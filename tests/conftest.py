"""Rules for every test: a warning, a Qt message or a log line that nobody expected is a failure."""

import logging
import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from tests.postgres_server import PostgresServer, running, server_programs

# `./run test-pbx` says which network a real Asterisk runs in; without it that folder is not looked at
collect_ignore = [] if "OMOTE_PBX_NETWORK" in os.environ else ["pbx"]


class _Unexpected(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on WARNING and above unless the test is marked `expected_log("part of the line")`."""
    handler = _Unexpected()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    expected = [part for mark in request.node.iter_markers("expected_log") for part in mark.args]
    stray = [line for line in handler.lines if not any(part in line for part in expected)]
    assert not stray, "unexpected log lines:\n" + "\n".join(stray)
    for part in expected:
        assert any(part in line for line in handler.lines), f"no log line with {part!r}"


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Whichever test makes the process's one application: on no screen."""
    return ["omote", "-platform", "offscreen"]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QCoreApplication]:
    """The program's own."""
    from ui.application import Application

    return Application


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of these tests' own; they are skipped, and say so, where there is none."""
    programs = server_programs()
    if programs is None:
        pytest.skip("NO POSTGRESQL SERVER HERE: the tests against it did not run (apt-get install postgresql)")
    with running(programs) as server:
        yield server
