"""The policy of Windows, as the registry has it. The registry itself is the far edge: dictionaries stand there."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.errors import UserError
from app.first_look import first_look
from app.paths import profile_at
from app.policy import Policy, in_registry
from app.settings_layers import Origin, installed, layers_of, loaded


@dataclass(frozen=True, slots=True)
class Key:
    """Names in the case in which somebody wrote them; a DWORD is an int, REG_MULTI_SZ a list."""

    told: Mapping[str, object] = field(default_factory=dict)
    inside: Mapping[str, "Key"] = field(default_factory=dict)

    def values(self) -> Mapping[str, object]:
        return self.told

    def below(self) -> Sequence[str]:
        return list(self.inside)

    def key(self, name: str) -> "Key":
        return self.inside[name]


SOURCES = Key(
    inside={
        "10": Key({"Name": "third", "server": "c.example"}),
        "2": Key({"Name": "second", "kind": "ami", "watch": "201", "server": "b.example", "username": "o", "tls": 1}),
        "1": Key({"Name": "first", "server": "a.example", "allow": ["192.0.2.1", "192.0.2.2"], "register": 0}),
    }
)
POLICY = Key(
    inside={
        "Desk": Key({"Theme": "dark", "programs": 1, "on_top_while_ringing": 0}),
        "site": Key({"answered_within": 30, "extensions": "2xx; 3000-3999"}),
        "source": SOURCES,
    }
)


def test_keys_are_tables_and_numbered_keys_the_tables_of_a_list_in_order(tmp_path: Path) -> None:
    policy = in_registry(POLICY, r"HKLM\SOFTWARE\Policies\Omote")
    settings = loaded(layers_of(tmp_path / "none", tmp_path / "none", {}, (), policy)).settings
    assert (settings.desk.theme, settings.desk.programs, settings.desk.on_top_while_ringing) == ("dark", True, False)
    assert (settings.site.answered_within, settings.site.extensions) == (30, ("2xx", "3000-3999"))
    assert [one.name for one in settings.sources] == ["first", "second", "third"]
    first, second = settings.sources[0], settings.sources[1]
    assert (first.allow, first.register) == (("192.0.2.1", "192.0.2.2"), False)  # type: ignore[attr-defined]
    assert second.tls is True  # type: ignore[attr-defined]


def test_where_there_is_no_policy_nothing_is_said() -> None:
    assert in_registry(None, r"HKLM\SOFTWARE\Policies\Omote").tables == {}


LANGUAGE = in_registry(Key(inside={"desk": Key({"language": "ja"})}), "HKLM")


def test_what_the_installer_was_told_holds_until_a_file_says_otherwise(tmp_path: Path) -> None:
    told = in_registry(Key(inside={"desk": Key({"language": "ja", "theme": "dark"})}), r"HKLM\SOFTWARE\Omote\Settings")
    machine = tmp_path / "settings.toml"
    machine.write_text('[desk]\ntheme = "light"\n', "utf-8")
    layers = loaded((*installed(told), *layers_of(tmp_path / "none", machine, {})))
    assert (layers.settings.desk.language, layers.settings.desk.theme) == ("ja", "light")
    by = layers.origin("desk", "language")
    assert (by.origin, by.where) == (Origin.MACHINE, r"HKLM\SOFTWARE\Omote\Settings")
    assert not layers.is_locked("desk", "language")


def test_what_only_the_machines_file_can_allow_is_refused_with_that_files_name(tmp_path: Path) -> None:
    user, machine = tmp_path / "user.toml", tmp_path / "machine.toml"
    user.write_text("[desk]\nprograms = true\n[[action]]\nname='CRM'\nprogram=['crm']\n", "utf-8")
    with pytest.raises(UserError) as refused:
        loaded((*installed(LANGUAGE), *layers_of(user, machine, {})))
    assert str(machine) in str(refused.value)


def test_the_first_window_speaks_as_the_installer_was_told_unless_a_file_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = tmp_path / "machine.toml"
    monkeypatch.setattr("app.first_look.machine_settings_file", lambda: machine)
    monkeypatch.setattr("app.policy.read_policy", lambda: Policy("", {}))
    monkeypatch.setattr("app.policy.read_installed", lambda: LANGUAGE)
    monkeypatch.setattr(sys, "platform", "win32")
    profile = profile_at(tmp_path)
    assert first_look(profile, environ={}).language == "ja"
    machine.write_text('[desk]\nlanguage = "en"\n', "utf-8")
    assert first_look(profile, environ={}).language == "en"
