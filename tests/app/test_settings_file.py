import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.settings_file import SettingsFile, change, put_list

OWN = """\
# my settings
[desk]
operator = "sato"  # me
theme = "light"

# the phone
[[source]]
# on my desk
name = "desk phone"   # as on the label
server = "pbx"
allow = [
  "192.0.2.1", # trunk
]

[[source]]
name = "box"
kind = "ncid"
server = "box.example"

[[line]]
dialled = "03-1234-5678"
name = "Main shop"
# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_changed_value_is_the_only_difference(path: Path) -> None:
    change(path, "desk", "theme", "dark")
    assert path.read_text("utf-8") == OWN.replace('theme = "light"', 'theme = "dark"')


def test_a_value_taken_back_leaves_its_line_alone_out(path: Path) -> None:
    change(path, "desk", "theme", None)
    assert path.read_text("utf-8") == OWN.replace('theme = "light"\n', "")


def test_what_is_said_already_is_not_written(path: Path) -> None:
    before = path.stat()
    change(path, "desk", "theme", "light")
    change(path, "site", "outside_prefix", None)
    put_list(path, "line", [{"dialled": "03-1234-5678", "name": "Main shop"}])
    assert path.stat().st_ino == before.st_ino


def test_a_table_that_is_not_there_comes_after_all_else(path: Path) -> None:
    change(path, "site", "extensions", ("2xx", "3000-3999"))
    assert path.read_text("utf-8") == OWN + '\n[site]\nextensions = ["2xx", "3000-3999"]\n'


def test_sources_that_change_places_take_their_comments_along(path: Path) -> None:
    phone = {"name": "desk phone", "server": "pbx.example", "allow": ["192.0.2.1"]}
    box = {"name": "box", "kind": "ncid", "server": "box.example"}
    put_list(path, "source", [box, phone, {"name": "push", "kind": "push"}])
    text = path.read_text("utf-8")
    assert tomllib.loads(text)["source"] == [box, phone, {"name": "push", "kind": "push"}]
    for kept in ("# my settings", "# on my desk", "# as on the label", '"192.0.2.1", # trunk', "# the end"):
        assert kept in text
    assert text.index('"box"') < text.index("# on my desk") < text.index('"push"')


def test_a_source_with_another_name_keeps_its_comments(path: Path) -> None:
    rows = tomllib.loads(OWN)["source"]
    put_list(path, "source", [rows[0] | {"name": "telephone"}, rows[1]])
    assert 'name = "telephone"   # as on the label' in path.read_text("utf-8")


def test_a_list_taken_out_leaves_the_rest(path: Path) -> None:
    put_list(path, "source", None)
    assert tomllib.loads(path.read_text("utf-8")).keys() == {"desk", "line"}
    assert "# the end" in path.read_text("utf-8")


def test_a_missing_file_is_made_for_its_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    put_list(path, "template", [{"name": "Late", "text": 'Said "sorry".\nC:\\ {cursor}'}])
    change(path, "desk", "programs", False)
    assert tomllib.loads(path.read_text("utf-8")) == {
        "template": [{"name": "Late", "text": 'Said "sorry".\nC:\\ {cursor}'}],
        "desk": {"programs": False},
    }
    assert os.name != "posix" or path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["settings.toml"]


def test_a_file_that_somebody_else_changed_is_not_overwritten(path: Path) -> None:
    file = SettingsFile(path)
    file.change("desk", "theme", "dark")
    path.write_text(OWN + "# added meanwhile\n", encoding="utf-8")
    with pytest.raises(UserError, match="was changed meanwhile"):
        file.save()
    assert path.read_text("utf-8") == OWN + "# added meanwhile\n"
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_read_is_refused_in_one_line(path: Path) -> None:
    path.write_text("[desk\n", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read: line 1, column 6"):
        change(path, "desk", "theme", "dark")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_refused_in_one_line(path: Path) -> None:
    path.parent.chmod(0o500)
    with pytest.raises(UserError):
        change(path, "desk", "theme", "dark")
    path.parent.chmod(0o700)


def test_a_link_stays_and_what_it_leads_to_is_written(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    change(link, "desk", "theme", "dark")
    assert link.is_symlink()
    assert 'theme = "dark"' in path.read_text("utf-8")


@pytest.mark.parametrize(
    "written",
    [
        'desk.theme = "light"\n',
        'desk = { theme = "light" }\n',
        '\ufeff[desk]\r\ntheme = "light"\r\n\r\n[[source]]\r\nname = "a"\r\nport = 1\r\nallow = ["192.0.2.1"]\r\n',
        'source = [{ name = "a", server = "b" }]\n[desk]\ntheme = "light"',
        "[desk]\ntheme = 'light'\n[desk.unknown]\nx = 1\n",
    ],
    ids=["dotted", "inline", "windows", "inline list", "unknown"],
)
def test_however_a_file_is_written_it_says_afterwards_what_was_wanted(path: Path, written: str) -> None:
    path.write_bytes(written.encode())
    before = tomllib.loads(path.read_text("utf-8-sig"))
    change(path, "desk", "theme", "dark")
    put_list(path, "source", [*before.get("source", []), {"name": "new", "server": "pbx"}])
    after = tomllib.loads(path.read_text("utf-8-sig"))
    assert after["desk"] == before["desk"] | {"theme": "dark"}
    assert after["source"] == [*before.get("source", []), {"name": "new", "server": "pbx"}]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == written.startswith("\ufeff")
    assert (b"\r\n" in path.read_bytes()) == ("\r\n" in written)


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=12)
VALUE = TEXT | st.booleans() | st.integers(-(10**9), 10**9) | st.lists(TEXT, max_size=3)
ROWS = st.lists(st.fixed_dictionaries({"name": TEXT}, optional={"a": VALUE, "b": VALUE}), max_size=3)


@settings(deadline=None, max_examples=60)
@given(
    steps=st.lists(st.tuples(st.sampled_from(["desk", "site"]), st.sampled_from("xyz"), VALUE | st.none())), rows=ROWS
)
def test_whatever_is_written_in_whatever_order_reads_as_it_was_meant(
    steps: list[tuple[str, str, Any]], rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "settings.toml"
    wanted: dict[str, Any] = {"desk": {}, "site": {}}
    for n, (table, key, value) in enumerate(steps):
        if n == 1:
            put_list(path, "action", rows)
        change(path, table, key, value)
        wanted[table].pop(key, None)
        wanted[table] |= {} if value is None else {key: value}
    put_list(path, "action", rows)
    said = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    assert said.get("action", []) == rows
    assert {name: said.get(name, {}) for name in wanted} == wanted
