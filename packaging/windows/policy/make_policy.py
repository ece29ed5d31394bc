"""Writes the group policy template from the settings and what docs/settings.md says of them: `make_policy.py [FOLDER]`.

One policy for each key, so that what is not configured stays the desk's. Of a table that may stand several times the
first few have policies; the registry takes as many as one likes. tests/architecture/test_policy_template.py holds the
files to their sources and reads every policy back through the program.
"""

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.policy import WINDOWS  # noqa: E402
from app.settings_tables import REPEATED, SINGLE, hints_of  # noqa: E402
from cti.sources import SOURCES  # noqa: E402

NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
REVISION = "1.0"
LARGEST = 1_000_000
LONGEST = 4096
HOW_MANY = {"source": 3}
OTHERWISE = 5
PAGES = {"en-US": "settings.md", "ja-JP": "settings.ja.md"}
TITLES = {
    "en-US": {
        "desk": "Desk", "site": "Site", "database": "Records", "trace": "Traces", "updates": "Updates",
        "source": "Call source", "line": "Line",
        "disposition": "Disposition", "template": "Template", "action": "Action",
    },
    "ja-JP": {
        "desk": "席", "site": "職場", "database": "記録", "trace": "トレース", "updates": "更新",
        "source": "通話ソース", "line": "回線", "disposition": "応対結果", "template": "定型文", "action": "アクション",
    },
}  # fmt: skip
WORDS = {
    "en-US": {
        "supported": "Omote for Windows", "default": "Default: {default}", "where": "Registry: {key}, value {value}",
        "on": "Enabled: true. Disabled: false.", "lines": "One entry per line.",
        "about": "Settings of Omote that nobody at the desk can change.",
    },
    "ja-JP": {
        "supported": "Windows 版の Omote", "default": "既定値: {default}", "where": "レジストリ: {key} の値 {value}",
        "on": "有効: true。無効: false。", "lines": "一行に一つずつ書きます。",
        "about": "席では変更できない Omote の設定です。",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of a table; `choices` if only these texts are allowed."""

    table: str
    key: str
    hint: Any
    choices: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.table}_{self.key}"

    @property
    def name(self) -> str:
        """As documents and messages write it."""
        return f"[[{self.table}]] {self.key}" if self.table in REPEATED else f"[{self.table}] {self.key}"


def settings() -> Iterator[Setting]:
    """Every key that a settings file may hold, in its order."""
    for table in SINGLE:
        yield from (Setting(table, key, hint, _choices([hint])) for key, hint in hints_of(table).items())
    for table in REPEATED:
        kinds = [one.kind for one in SOURCES] if table == "source" else [""]
        hints: dict[str, list[Any]] = {}
        for kind in kinds:
            for key, hint in hints_of(table, kind).items():
                hints.setdefault(key, []).append(hint)
        for key, found in hints.items():
            is_kind = (table, key) == ("source", "kind")
            yield Setting(table, key, found[0], tuple(kinds) if is_kind else _choices(found))


def _choices(hints: Sequence[Any]) -> tuple[str, ...]:
    """Those of all kinds of a source; an empty text is what not configuring it means."""
    found = [one for hint in hints if get_origin(hint) is Literal for one in get_args(hint)]
    return tuple(dict.fromkeys(one for one in found if one))


def told(page: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(table, key) -> default and meaning, without the marks of a document."""
    text, found = (ROOT / "docs" / page).read_text("utf-8"), {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        table = re.match(r"`\[+(\w+)\]+`", part)
        rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \| (.*) \|$", part, re.MULTILINE) if table else []
        for key, default, meaning in rows:
            assert table is not None
            found[table.group(1), key] = (_plain(default), _plain(meaning))
    return found


def _plain(text: str) -> str:
    """Without links, marks of code, and stars of emphasis outside it."""
    parts = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", text).split("`")
    parts[::2] = [re.sub(r"\*([^*]+)\*", r"\1", one) for one in parts[::2]]
    return "".join(parts).strip()


def template() -> ET.Element:
    """The .admx: categories and policies, in no language."""
    root = ET.Element("policyDefinitions", {"xmlns": NAMESPACE, "revision": REVISION, "schemaVersion": "1.0"})
    ET.SubElement(
        ET.SubElement(root, "policyNamespaces"), "target", {"prefix": "omote", "namespace": "Omote.Policies.Omote"}
    )
    ET.SubElement(root, "resources", {"minRequiredRevision": REVISION, "fallbackCulture": "en-US"})
    definitions = ET.SubElement(ET.SubElement(root, "supportedOn"), "definitions")
    ET.SubElement(definitions, "definition", {"name": "supported", "displayName": "$(string.supported)"})
    categories, policies = ET.SubElement(root, "categories"), ET.SubElement(root, "policies")
    ET.SubElement(
        categories, "category", {"name": "Omote", "displayName": "$(string.Omote)", "explainText": "$(string.about)"}
    )
    for name, parent in _categories():
        one = ET.SubElement(categories, "category", {"name": name, "displayName": f"$(string.category_{name})"})
        ET.SubElement(one, "parentCategory", {"ref": parent})
    for setting in settings():
        for place in _places(setting.table):
            policies.append(_policy(setting, place))
    return root


def _places(table: str) -> Sequence[str]:
    """The numbers of a table that may stand several times, "" for one that may not."""
    return [str(n + 1) for n in range(HOW_MANY.get(table, OTHERWISE))] if table in REPEATED else [""]


def _categories() -> Iterator[tuple[str, str]]:
    """Each with the one in which it lies."""
    yield from ((table, "Omote") for table in SINGLE)
    for table in REPEATED:
        yield f"{table}s", "Omote"
        yield from ((f"{table}{place}", f"{table}s") for place in _places(table))


def _policy(setting: Setting, place: str) -> ET.Element:
    key = "\\".join(filter(None, (WINDOWS, setting.table, place)))
    about = {
        "name": f"{setting.table}{place}_{setting.key}", "class": "Both", "displayName": f"$(string.{setting.id})",
        "explainText": f"$(string.{setting.id}_explain)", "key": key,
    }  # fmt: skip
    is_flag = setting.hint is bool
    about |= {"valueName": setting.key} if is_flag else {"presentation": f"$(presentation.{setting.id})"}
    made = ET.Element("policy", about)
    ET.SubElement(made, "parentCategory", {"ref": f"{setting.table}{place}"})
    ET.SubElement(made, "supportedOn", {"ref": "supported"})
    if is_flag:
        for state, value in (("enabledValue", "1"), ("disabledValue", "0")):
            ET.SubElement(ET.SubElement(made, state), "decimal", {"value": value})
    else:
        ET.SubElement(made, "elements").append(_element(setting))
    return made


def _element(setting: Setting) -> ET.Element:
    about = {"id": setting.id, "valueName": setting.key, "required": "true"}
    if setting.choices:
        made = ET.Element("enum", about)
        for one in setting.choices:
            item = ET.SubElement(made, "item", {"displayName": f"$(string.{_choice_id(setting, one)})"})
            ET.SubElement(ET.SubElement(item, "value"), "string").text = one
        return made
    if setting.hint is int:
        return ET.Element("decimal", about | {"minValue": "0", "maxValue": str(LARGEST)})
    if get_origin(setting.hint) is tuple:
        return ET.Element("multiText", about | {"maxLength": str(LONGEST)})
    return ET.Element("text", about | {"maxLength": str(LONGEST)})


def _choice_id(setting: Setting, choice: str) -> str:
    return f"{setting.id}_is_{re.sub('[^a-z0-9]', '_', choice)}"


def words(culture: str) -> ET.Element:
    """The .adml of a language. Raises KeyError for a setting of which its page does not tell."""
    page, said = told(PAGES[culture]), WORDS[culture]
    root = ET.Element("policyDefinitionResources", {"xmlns": NAMESPACE, "revision": REVISION, "schemaVersion": "1.0"})
    ET.SubElement(root, "displayName").text = "Omote"
    ET.SubElement(root, "description").text = said["about"]
    resources = ET.SubElement(root, "resources")
    strings, shapes = ET.SubElement(resources, "stringTable"), ET.SubElement(resources, "presentationTable")
    for name, text in {**_titles(culture), **_texts(page, said)}.items():
        ET.SubElement(strings, "string", {"id": name}).text = text
    for setting in settings():
        if setting.hint is not bool:
            shape = ET.SubElement(shapes, "presentation", {"id": setting.id})
            shape.append(_shape(setting, page[setting.table, setting.key][0]))
    return root


def _titles(culture: str) -> dict[str, str]:
    titles, said = TITLES[culture], WORDS[culture]
    found = {"Omote": "Omote", "about": said["about"], "supported": said["supported"]}
    found |= {f"category_{table}": f"{titles[table]} [{table}]" for table in SINGLE}
    for table in REPEATED:
        found[f"category_{table}s"] = f"{titles[table]} [[{table}]]"
        found |= {f"category_{table}{place}": f"{titles[table]} {place}" for place in _places(table)}
    return found


def _texts(page: Mapping[tuple[str, str], tuple[str, str]], said: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for setting in settings():
        default, meaning = page[setting.table, setting.key]
        key = "\\".join(filter(None, (WINDOWS, setting.table, "1" if setting.table in REPEATED else "")))
        hints = [said["on"]] if setting.hint is bool else [said["lines"]] if get_origin(setting.hint) is tuple else []
        where = said["where"].format(key=key, value=setting.key)
        found[setting.id] = setting.name
        found[f"{setting.id}_explain"] = "\n\n".join([meaning, *hints, said["default"].format(default=default), where])
        found |= {_choice_id(setting, one): one for one in setting.choices}
    return found


def _shape(setting: Setting, default: str) -> ET.Element:
    """What the editor of policies draws; it begins with the built-in value."""
    about = {"refId": setting.id}
    if setting.choices:
        plain = default.strip('"')
        chosen = setting.choices.index(plain) if plain in setting.choices else 0
        made = ET.Element("dropdownList", about | {"noSort": "true", "defaultItem": str(chosen)})
        made.text = setting.key
    elif setting.hint is int:
        made = ET.Element("decimalTextBox", about | {"defaultValue": default})
        made.text = setting.key
    elif get_origin(setting.hint) is tuple:
        made = ET.Element("multiTextBox", about | {"defaultHeight": "5"})
        made.text = setting.key
    else:
        made = ET.Element("textBox", about)
        ET.SubElement(made, "label").text = setting.key
    return made


def files() -> dict[str, bytes]:
    """Each file's name below the folder, and what is in it."""
    made = {"Omote.admx": template()} | {f"{culture}/Omote.adml": words(culture) for culture in PAGES}
    for root in made.values():
        ET.indent(root)
    return {name: ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n" for name, root in made.items()}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, content in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
