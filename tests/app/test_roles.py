"""Roles: everything where nobody has said; a user never more than his machine; a server's answer only lessens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.roles import LEAST, Role, Roles, limited, require
from app.seat import Seat
from app.settings_layers import load_settings
from tests.app.command_line import omote


class Records:
    """Answers when the test lets it."""

    def __init__(self, *, is_shared: bool) -> None:
        self.is_shared = is_shared
        self.then: Callable[[Any], object] | None = None

    def ask(self, _job: object, then: Callable[[Any], object], _failed: object) -> None:
        self.then = then


def settings_of(folder: Path, user: str, machine: str) -> str:
    for name, text in (("user.toml", user), ("machine.toml", machine)):
        (folder / name).write_text(f'[desk]\nrole = "{text}"\n' if text else "", encoding="utf-8")
    return load_settings(folder / "user.toml", folder / "machine.toml", {}).desk.role


def test_who_has_set_nothing_loses_nothing(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "", "") == ""
    assert limited("", "", "") is Role.ADMINISTRATOR
    for command in LEAST:
        require(command, limited("", "", ""))


@pytest.mark.parametrize(
    ("user", "machine", "role"),
    [("operator", "", "operator"), ("", "supervisor", "supervisor"), ("operator", "supervisor", "operator")],
)
def test_a_user_may_have_less_than_the_machine_gives(tmp_path: Path, user: str, machine: str, role: str) -> None:
    assert settings_of(tmp_path, user, machine) == role


def test_a_user_may_not_have_more_than_the_machine_gives(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="more than the machine"):
        settings_of(tmp_path, "administrator", "operator")


def test_the_environment_may_not_either(tmp_path: Path) -> None:
    (tmp_path / "machine.toml").write_text('[desk]\nrole = "operator"\n', encoding="utf-8")
    with pytest.raises(UserError, match="more than the machine"):
        load_settings(tmp_path / "none.toml", tmp_path / "machine.toml", {"OMOTE_DESK_ROLE": "supervisor"})


def test_an_operators_profile_exports_nothing_by_command(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[desk]\nrole = "operator"\n', encoding="utf-8")
    done = omote(tmp_path, "export", "customers", str(tmp_path / "out.csv"))
    assert done.returncode == 1
    assert "omote export is for supervisors; this profile is set up for operators." in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_one_desks_file_is_never_asked() -> None:
    records = Records(is_shared=False)
    roles = Roles(Role.SUPERVISOR, records, Seat("sato"))
    roles.ask()
    assert (roles.sees_all, roles.whose_calls, records.then) == (True, "", None)


def test_until_a_server_has_answered_whoever_works_here_is_an_operator() -> None:
    records, changes = Records(is_shared=True), list[Role]()
    roles = Roles(Role.ADMINISTRATOR, records, Seat("sato"))
    roles.changed.append(lambda: changes.append(roles.role))
    assert (roles.sees_all, roles.whose_calls) == (False, "sato")
    roles.ask()
    assert records.then is not None
    records.then(Role.SUPERVISOR)
    records.then(Role.SUPERVISOR)
    assert (roles.sees_all, roles.whose_calls, changes) == (True, "", [Role.SUPERVISOR])


@pytest.mark.parametrize(
    ("said", "given", "role"),
    [
        (Role.OPERATOR, Role.ADMINISTRATOR, Role.OPERATOR),
        (Role.ADMINISTRATOR, Role.OPERATOR, Role.OPERATOR),
        (Role.SUPERVISOR, None, Role.SUPERVISOR),
    ],
)
def test_a_server_only_lessens_what_the_settings_say(said: Role, given: Role | None, role: Role) -> None:
    records = Records(is_shared=True)
    roles = Roles(said, records, Seat("sato"))
    roles.ask()
    assert records.then is not None
    records.then(given)
    assert roles.role is role
