"""The group policy template: made of the settings and their page, whole, and read back by the program key by key.

The rules of its form are those of Microsoft's schema (PolicyDefinitions.xsd, PolicyDefinitionFiles.xsd).
"""

import re
import runpy
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.config_command import rows_of
from app.policy import WINDOWS, in_registry
from app.settings_layers import Origin, layers_of, loaded
from app.settings_tables import REPEATED, SINGLE, as_tables
from cti.sources import SOURCES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging" / "windows" / "policy"
MADE: dict[str, Any] = runpy.run_path(str(FOLDER / "make_policy.py"))
P = f"{{{MADE['NAMESPACE']}}}"
TEMPLATE = ET.parse(FOLDER / "Omote.admx").getroot()
POLICIES = TEMPLATE.findall(f"{P}policies/{P}policy")
WORDS = {culture: ET.parse(FOLDER / culture / "Omote.adml").getroot() for culture in ("en-US", "ja-JP")}
NAME = re.compile(r"[A-Za-z0-9_]+")


@pytest.mark.parametrize("name", ["Omote.admx", "en-US/Omote.adml", "ja-JP/Omote.adml"])
def test_the_files_are_what_make_policy_writes(name: str) -> None:
    assert (FOLDER / name).read_bytes() == MADE["files"]()[name], "run packaging/windows/policy/make_policy.py"


@pytest.mark.parametrize("culture", WORDS)
def test_every_word_and_shape_that_the_template_asks_for_is_there_once_and_no_other(culture: str) -> None:
    text = (FOLDER / "Omote.admx").read_text("utf-8")
    for kind, path in (("string", "stringTable/{p}string"), ("presentation", "presentationTable/{p}presentation")):
        ids = [one.attrib["id"] for one in WORDS[culture].findall(f"{P}resources/{P}" + path.format(p=P))]
        assert len(ids) == len(set(ids))
        assert set(ids) == set(re.findall(rf"\$\({kind}\.(\w+)\)", text))


@pytest.mark.parametrize("culture", WORDS)
def test_every_shape_fits_the_element_that_it_asks_for(culture: str) -> None:
    fits = {"enum": "dropdownList", "text": "textBox", "multiText": "multiTextBox", "decimal": "decimalTextBox"}
    shapes = {one.attrib["id"]: one for one in WORDS[culture].iter(f"{P}presentation")}
    for policy in POLICIES:
        for element in policy.findall(f"{P}elements/*"):
            shape = shapes[re.findall(r"\.(\w+)\)", policy.attrib["presentation"])[0]]
            assert [(one.tag, one.attrib["refId"]) for one in shape] == [
                (P + fits[element.tag.removeprefix(P)], element.attrib["id"])
            ]
            if element.tag == f"{P}enum":
                assert 0 <= int(shape[0].attrib["defaultItem"]) < len(element)


def test_names_are_of_the_form_that_windows_reads_and_no_two_are_the_same() -> None:
    categories = [one.attrib["name"] for one in TEMPLATE.iter(f"{P}category")]
    policies = [one.attrib["name"] for one in POLICIES]
    assert len(set(categories)) == len(categories)
    assert len(set(policies)) == len(policies)
    assert all(NAME.fullmatch(one) for one in [*categories, *policies])
    parents = {one.attrib["ref"] for one in TEMPLATE.iter(f"{P}parentCategory")}
    assert parents <= set(categories)
    supported = {one.attrib["name"] for one in TEMPLATE.iter(f"{P}definition")}
    assert {one.attrib["ref"] for policy in POLICIES for one in policy.iter(f"{P}supportedOn")} == supported


def test_what_stands_in_a_policy_stands_in_the_order_of_the_schema() -> None:
    order = ["parentCategory", "supportedOn", "enabledValue", "disabledValue", "elements"]
    for policy in POLICIES:
        tags = [one.tag.removeprefix(P) for one in policy]
        assert tags == [one for one in order if one in tags]
        assert policy.attrib["class"] == "Both"
        assert ("valueName" in policy.attrib) != (policy.find(f"{P}elements") is not None)
    assert all(len(one.text or "") <= 255 for one in TEMPLATE.iter(f"{P}string"))


def test_the_japanese_words_are_japanese_and_the_english_ones_are_not() -> None:
    explained = {
        culture: [one.text or "" for one in root.iter(f"{P}string") if one.attrib["id"].endswith("_explain")]
        for culture, root in WORDS.items()
    }
    assert all(re.search("[ぁ-んァ-ヶ]", one) for one in explained["ja-JP"])
    assert not any(re.search("[ぁ-んァ-ヶ]", one) for one in explained["en-US"])
    assert not any("`" in one for texts in explained.values() for one in texts)


def in_template() -> set[tuple[str, str]]:
    """(table, key) of every policy; of tables that may stand several times those of each number."""
    found = set()
    for policy in POLICIES:
        element = policy.find(f"{P}elements/*")
        name = policy.attrib["valueName"] if element is None else element.attrib["valueName"]
        table = policy.attrib["key"].removeprefix(f"{WINDOWS}\\").partition("\\")[0]
        found.add((table, name))
    return found


def in_documents(page: str) -> set[tuple[str, str]]:
    """(table, key) of every row of the tables of a page; read here by itself, not as make_policy does it."""
    found, table = set(), ""
    for line in (ROOT / "docs" / page).read_text("utf-8").splitlines():
        if line.startswith("## "):
            table = (re.findall(r"^## `\[+(\w+)\]+`$", line) or [""])[0]
        elif table and line.startswith("| `"):
            found.add((table, line.split("`")[1]))
    return found


def in_config_show(tmp_path: Path) -> set[tuple[str, str]]:
    """(table, key) of every row of `omote config show --json` with one of each table, and a source of each kind."""
    path = tmp_path / "settings.toml"
    path.write_text(
        '[[line]]\ndialled = "0312345678"\n[[disposition]]\ncode = "a"\nja = "a"\nen = "a"\n'
        '[[template]]\nname = "a"\ntext = "a"\n[[action]]\nname = "a"\nurl = "https://a.example/"\n'
        + "".join(f'[[source]]\nname = "{kind}"\nkind = "{kind}"\n{rest}\n' for kind, rest in NEEDED_IN_FILE.items()),
        "utf-8",
    )
    return {(row["table"], row["key"]) for row in rows_of(loaded(layers_of(path, tmp_path / "none", {})))}


NEEDED: dict[str, dict[str, str]] = {
    "sip": {"server": "pbx.example", "username": "301"},
    "sip-dialog": {"server": "pbx.example", "watch": "201", "username": "301"},
    "ami": {"server": "pbx.example", "watch": "201", "username": "omote"},
    "push": {},
    "ncid": {"server": "box.example"},
}
NEEDED_IN_FILE = {kind: "\n".join(f'{key} = "{value}"' for key, value in keys.items()) for kind, keys in NEEDED.items()}


def test_every_key_of_the_settings_is_in_the_documents_in_the_template_and_in_config_show(tmp_path: Path) -> None:
    shown = in_config_show(tmp_path)
    assert {table for table, _key in shown} == {*SINGLE, *REPEATED}
    assert NEEDED.keys() == {one.kind for one in SOURCES}
    assert in_documents("settings.md") == shown
    assert in_documents("settings.ja.md") == shown
    assert in_template() == shown


def test_every_numbered_table_has_every_key() -> None:
    for table in REPEATED:
        keys = {key for one, key in in_template() if one == table}
        numbers = {one.attrib["key"].rpartition("\\")[2] for one in POLICIES if f"\\{table}\\" in one.attrib["key"]}
        assert sorted(numbers, key=int) == [str(n + 1) for n in range(len(numbers))]
        policies = [one for one in POLICIES if f"\\{table}\\" in one.attrib["key"]]
        assert len(policies) == len(keys) * len(numbers)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the registry as the client of group policy leaves it."""

    told: dict[str, object] = field(default_factory=dict)
    inside: "dict[str, Key]" = field(default_factory=dict)

    def values(self) -> Mapping[str, object]:
        return self.told

    def below(self) -> Sequence[str]:
        return list(self.inside)

    def key(self, name: str) -> "Key":
        return self.inside[name]

    def write(self, path: str, values: Mapping[str, object]) -> None:
        """Makes what is missing on the way."""
        at = self
        for part in path.removeprefix(f"{WINDOWS}\\").split("\\"):
            at = at.inside.setdefault(part, Key())
        at.told.update(values)


TEXTS = {  # of texts that are looked at more closely
    "desk_hotkey_call": "Ctrl+Alt+O", "desk_hotkey_note": "Ctrl+Alt+N", "desk_hotkey_dial": "Ctrl+Alt+D",
    "site_report_zone": "Asia/Tokyo", "site_recording_url": "https://rec.example/{source_id}",
    "database_url": "postgresql://omote@db.example/omote", "updates_manifest": "https://it.example/omote.json",
    "updates_public_key": "RWQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "source_bind": "192.0.2.1:5060",
    "source_listen": "127.0.0.1:9000", "source_server": "pbx2.example", "source_region": "US", "line_region": "US",
    "action_url": "https://crm.example/", "disposition_parent": "",
}  # fmt: skip
LISTS = {
    "site_extensions": ["2xx", "3000-3999"], "source_allow": ["192.0.2.7", "192.0.2.8"],
    "source_identity": ["rpid", "from"], "source_dialled_from": ["to", "request-uri"],
    "source_channels": ["PJSIP/201", "SIP/201"], "source_lines": ["POTS=0312345678"],
    "action_program": ["crm.exe", "{number}"],
}  # fmt: skip
REQUIRED = {
    "line": {"dialled": "0312345678"}, "disposition": {"code": "a", "ja": "a", "en": "a"},
    "template": {"name": "a", "text": "a"},
}  # fmt: skip


def enabled(policy: ET.Element) -> Iterator[tuple[str, object, object]]:
    """Each way to set it: the value's name, what the registry holds then, and what the settings should."""
    element = policy.find(f"{P}elements/*")
    if element is None:
        yield policy.attrib["valueName"], 1, True
        yield policy.attrib["valueName"], 0, False
        return
    name, one = element.attrib["valueName"], element.attrib["id"]
    match element.tag.removeprefix(P):
        case "enum":
            for choice in element.iter(f"{P}string"):
                yield name, choice.text, choice.text
        case "decimal":
            assert int(element.attrib["minValue"]) <= 7 <= int(element.attrib["maxValue"])
            yield name, 7, 7
        case "multiText":
            value = LISTS.get(one, ["first", "second"])
            yield name, value, tuple(value)
        case "text":
            value = TEXTS.get(one, "201")
            yield name, value, value


def kinds_with(key: str) -> list[str]:
    return [one.kind for one in SOURCES if key in {"kind", *one.settings.__dataclass_fields__}]


BESIDE: dict[str, dict[str, dict[str, object]]] = {  # what else a key needs, in its own table or another
    "action_program": {"desk": {"programs": 1}},
    "template_line": {"line\\1": {"dialled": "0312345678", "name": "201"}},
    "updates_manifest": {"updates": {"public_key": TEXTS["updates_public_key"]}},
}


def needed_by(table: str, name: str, written: object) -> list[dict[str, object]]:
    """What else such a table needs, once for each kind that has the key."""
    if table == "action":
        return [{"name": "a"} if name in {"program", "url"} else {"name": "a", "url": "https://crm.example/"}]
    if table != "source":
        return [dict(REQUIRED.get(table, {}))]
    kinds = [str(written)] if name == "kind" else kinds_with(name)
    return [{"name": "desk", "kind": kind, **NEEDED[kind]} for kind in kinds]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.attrib["name"])
def test_a_policy_as_windows_writes_it_is_what_the_program_reads_and_nobody_can_change(
    policy: ET.Element, tmp_path: Path
) -> None:
    table, _slash, place = policy.attrib["key"].removeprefix(f"{WINDOWS}\\").partition("\\")
    tried = 0
    for name, written, wanted in enabled(policy):
        for needed in needed_by(table, name, written):
            root = Key()
            for other, values in BESIDE.get(f"{table}_{name}", {}).items():
                root.write(other, values)
            root.write(policy.attrib["key"], needed | {name: written})
            layers = loaded(
                layers_of(tmp_path / "none", tmp_path / "none", {}, policy=in_registry(root, f"HKLM\\{WINDOWS}"))
            )
            assert as_tables(layers.settings, table)[0][name] == wanted
            assert layers.origin(table, "" if place else name).origin is Origin.POLICY
            assert layers.is_locked(table, "" if place else name)
            tried += 1
    assert tried
