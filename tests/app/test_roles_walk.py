"""Every way into the program is known for whom it is: a new command, or a new request, must be thought of here."""

import argparse
import inspect
import re
from pathlib import Path

import pytest

from app.asking import request_of
from app.cli import parser
from app.errors import UserError
from app.program import Program
from app.roles import LEAST, Role, require
from tests.app.command_line import omote

FOR_EVERYBODY = {
    "demo", "pop", "dial", "secret", "replay", "db", "listen", "show", "ring-me", "diagnose", "config",
    "provision", "update",
}  # fmt: skip
WITHIN_DB = {"db backup", "db rollback"}
ASKED = {"pop", "show", "dial", "ring-me", "status", "secret-changed"}
"""What another program of this session may ask of the running one: none leads to a page, or tells of a customer."""


def commands() -> set[str]:
    (found,) = [one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)]
    return set(found.choices)


def test_every_command_is_known_for_whom_it_is() -> None:
    assert commands() == FOR_EVERYBODY | set(LEAST) - WITHIN_DB
    assert FOR_EVERYBODY & set(LEAST) == set()


@pytest.mark.parametrize("command", sorted(LEAST))
@pytest.mark.parametrize("role", Role)
def test_a_command_asks_for_its_role(command: str, role: Role) -> None:
    ranks = list(Role)
    if ranks.index(role) >= ranks.index(LEAST[command]):
        require(command, role)
    else:
        with pytest.raises(UserError):
            require(command, role)


CALLS = {
    "import": ("import", "list"), "export": ("export", "customers", "FILE.csv"), "duplicates": ("duplicates",),
    "audit": ("audit", "verify"), "person": ("person", "erase", "C-1", "--reason", "no"),
    "retention": ("retention", "run"), "db backup": ("db", "backup", "FILE.db"),
    "db rollback": ("db", "rollback", "--yes"),
}  # fmt: skip


@pytest.mark.parametrize("command", sorted(LEAST))
def test_an_operators_profile_is_refused_each_of_them(command: str, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[desk]\nrole = "operator"\n', encoding="utf-8")
    done = omote(tmp_path, *(word.replace("FILE", str(tmp_path / "out")) for word in CALLS[command]))
    assert (done.returncode, f"omote {command} is for " in done.stderr) == (1, True), done
    assert not list(tmp_path.glob("out*"))


def test_the_running_program_is_asked_for_nothing_else() -> None:
    assert set(re.findall(r'case "([\w-]+)"', inspect.getsource(Program.on_request))) == ASKED
    words = {"pop": ("pop", "0312345678"), "dial": ("dial", "1"), "show": ("show",), "ring-me": ("ring-me",)}
    for command, typed in words.items():
        assert request_of(parser().parse_args(typed))["do"] == command
