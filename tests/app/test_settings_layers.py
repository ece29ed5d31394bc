"""Whose word counts, from policy down to built-in, and how `omote config show` tells it."""

import json
import tomllib
from pathlib import Path

import pytest

from app.errors import UserError
from app.main import main
from app.policy import Policy, in_property_list
from app.settings import Settings
from app.settings_layers import Layers, Origin, layers_of, loaded

TRUNK = '[[source]]\nname = "trunk"\nregister = false\nallow = ["192.0.2.1"]\n'
PHONE = '[[source]]\nname = "desk phone"\nserver = "pbx.example.jp"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("user", "machine", "policy"):
        (tmp_path / f"{name}.toml").write_text("", "utf-8")
    return tmp_path


def all_of(folder: Path, *said: str, **environ: str) -> Layers:
    user, machine, policy = (folder / f"{name}.toml" for name in ("user", "machine", "policy"))
    forced = Policy(policy, tomllib.loads(policy.read_text("utf-8")))
    return loaded(layers_of(user, machine, environ, said, forced))


def test_each_layer_wins_over_those_below_it_and_each_value_has_its_origin(folder: Path) -> None:
    steps = [
        (Origin.MACHINE, "dark"),
        (Origin.USER, "light"),
        (Origin.ENVIRONMENT, "dark"),
        (Origin.COMMAND_LINE, "light"),
        (Origin.POLICY, "dark"),
    ]
    seen, said, environ = [], list[str](), dict[str, str]()
    for origin, theme in steps:
        if origin is Origin.ENVIRONMENT:
            environ["OMOTE_DESK_THEME"] = theme
        elif origin is Origin.COMMAND_LINE:
            said.append(f"desk.theme={theme}")
        else:
            (folder / f"{origin.value}.toml").write_text(f"[desk]\ntheme = '{theme}'\n", "utf-8")
        layers = all_of(folder, *said, **environ)
        seen.append((layers.origin("desk", "theme").origin, layers.settings.desk.theme))
    assert seen == steps
    assert layers.origin("desk", "language").origin is Origin.BUILT_IN


def test_what_policy_says_is_locked_and_nothing_else_is(folder: Path) -> None:
    (folder / "policy.toml").write_text(f"[desk]\ntheme = 'dark'\n{TRUNK}", "utf-8")
    (folder / "user.toml").write_text(f"[desk]\nlanguage = 'ja'\ntheme = 'light'\n{PHONE}", "utf-8")
    layers = all_of(folder)
    assert [one.name for one in layers.settings.sources] == ["trunk"]
    assert (layers.is_locked("desk", "theme"), layers.is_locked("source")) == (True, True)
    assert (layers.is_locked("desk", "language"), layers.is_locked("line")) == (False, False)


def test_policy_may_allow_programs_and_give_a_role_as_the_machines_file_may(folder: Path) -> None:
    (folder / "policy.toml").write_text("[desk]\nprograms = true\nrole = 'operator'\n", "utf-8")
    (folder / "user.toml").write_text("[desk]\nrole = 'supervisor'\n", "utf-8")
    desk = all_of(folder).settings.desk
    assert (desk.programs, desk.role) == (True, "operator")


def test_nobody_gets_more_than_it_gives_by_the_command_line(folder: Path) -> None:
    (folder / "machine.toml").write_text("[desk]\nrole = 'operator'\n", "utf-8")
    for said in ("desk.role=supervisor", "desk.programs=true"):
        with pytest.raises(UserError):
            all_of(folder, said)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("desk.thme=dark", '"thme"'),
        ("theme=dark", "--set theme=… sets nothing"),
        ("desk.theme", "--set desk.theme"),
        ("source.name=x", "--set source.name=… sets nothing"),
        ("desk.theme=blue", "desk.theme in the command line"),
        ("site.answered_within=soon", "site.answered_within in the command line"),
        ("trace.wire=1", "trace.wire in the command line"),
    ],
)
def test_what_the_command_line_cannot_mean_is_one_line_that_says_so(folder: Path, said: str, part: str) -> None:
    with pytest.raises(UserError) as caught:
        all_of(folder, said)
    assert part in str(caught.value)


def test_flags_numbers_and_lists_can_be_said_as_texts(folder: Path) -> None:
    said = ("trace.wire=true", "site.answered_within=30", "site.extensions=2xx, 3000-3999", "desk.operator=佐藤 花子")
    settings = all_of(folder, *said, OMOTE_SITE_EXTENSIONS="9xx").settings
    assert (settings.trace.wire, settings.site.answered_within, settings.desk.operator) == (True, 30, "佐藤 花子")
    assert settings.site.extensions == ("2xx", "3000-3999")


def test_a_policy_that_names_no_setting_is_refused_with_its_place(folder: Path) -> None:
    (folder / "policy.toml").write_text("[desk]\nthme = 'dark'\n", "utf-8")
    with pytest.raises(UserError, match="thme") as caught:
        all_of(folder)
    assert str(folder / "policy.toml") in str(caught.value)


def test_a_macs_managed_preferences_are_its_policy(tmp_path: Path) -> None:
    file = tmp_path / "omote.plist"
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>desk</key><dict><key>theme</key>'
        "<string>dark</string><key>programs</key><true/></dict></dict></plist>",
        "utf-8",
    )
    assert in_property_list(file).tables == {"desk": {"theme": "dark", "programs": True}}
    assert in_property_list(tmp_path / "none.plist").tables == {}
    file.write_text("<plist>", "utf-8")
    with pytest.raises(UserError, match=r"omote\.plist"):
        in_property_list(file)


def shown(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["config", "show", "--profile", str(folder), "--language", "en", *words]) == 0
    return capsys.readouterr().out


def test_config_show_is_a_settings_file_that_means_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"[desk]\noperator = 'sa\"to'\n[site]\nextensions = ['2xx']\n{TRUNK}[[line]]\ndialled = '0312345678'\n"
    (folder / "settings.toml").write_text(text, "utf-8")
    told = shown(folder, capsys)
    assert f"# user: {folder / 'settings.toml'}" in next(one for one in told.split("\n") if one.startswith("operator"))
    again = folder / "again"
    again.mkdir()
    (again / "settings.toml").write_text(told, "utf-8")
    rows = [json.loads(shown(one, capsys, "--json")) for one in (folder, again)]
    values = [[(row["table"], row["place"], row["key"], row["value"]) for row in told] for told in rows]
    assert values[0] == values[1]
    assert ("desk", None, "operator", 'sa"to') in values[0]
    assert ("source", 0, "allow", ["192.0.2.1"]) in values[0]


def test_config_show_has_every_setting_there_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(shown(folder, capsys, "--json", "--set", "desk.theme=dark"))
    for table in ("desk", "site", "database", "trace"):
        keys = set(type(getattr(Settings(), table)).__dataclass_fields__)
        assert {row["key"] for row in rows if row["table"] == table} == keys
    assert {row["key"]: row["origin"] for row in rows if row["origin"] != "built-in"} == {"theme": "command-line"}


def test_neither_show_nor_check_takes_an_address_with_a_password(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "settings.toml").write_text("[database]\nurl = 'postgresql://omote:CANARY-7@host/db'\n", "utf-8")
    for word in ("show", "check"):
        assert main(["config", word, "--profile", str(folder), "--language", "en"]) == 1
        told = capsys.readouterr()
        assert "CANARY-7" not in told.out + told.err
        assert "password" in told.err


def test_a_file_can_be_checked_before_it_is_anybodys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "to deliver.toml"
    check = ["config", "check", str(file), "--profile", str(folder), "--language", "en"]
    assert main(check) == 1
    assert "no file" in capsys.readouterr().err
    file.write_text(PHONE, "utf-8")
    assert main(check) == 0
    assert "to deliver.toml" in capsys.readouterr().out
    file.write_text(PHONE + "tranport = 'tls'\n", "utf-8")
    assert main(check) == 1
    assert "tranport" in capsys.readouterr().err
