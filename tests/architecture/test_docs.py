"""The documents tell the truth: every setting with its default, every command, every field of a trace line."""

import argparse
import json
import re
import shlex
import time
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints
from uuid import uuid4

import pytest

from app import trace_facts
from app.actions import ActionSettings
from app.call import Call, ring_from
from app.cli import parser
from app.compose import open_records
from app.demo import prepare
from app.desk import Desk
from app.importing.fields import FIELDS
from app.importing.mapping import read_mapping
from app.lines import Lines
from app.listen import NoScreen, PlainLoop, ReadOnlyRecords
from app.paths import profile_at
from app.phone_number import parse_number
from app.place import Place
from app.pop import Candidate, Pop, PopState, Reason, Trouble
from app.seat import Seat
from app.settings import (
    DatabaseSettings,
    DeskSettings,
    DispositionSettings,
    LineSettings,
    Settings,
    SiteSettings,
    TraceSettings,
    UpdateSettings,
)
from app.settings_layers import load_settings
from app.templates import TemplateSettings
from app.trace import Trace
from app.wire_trace import WireTrace
from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallerChanged,
    CallHeld,
    CallOffered,
    Danger,
    Direction,
    EndCause,
    IdentityFrom,
    NotOffered,
    NotOfferedBecause,
    SourceWarned,
    Verstat,
    Withheld,
)
from cti.sip.settings import SipSettings
from cti.sources import SOURCES
from cti.wire_message import Way, WireMessage
from db.demo import CUSTOMER_NUMBER
from db.kinds import ImportKind

ROOT = Path(__file__).resolve().parents[2]
DOCS = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]
TABLES: dict[str, list[type[Any]]] = {
    "[desk]": [DeskSettings],
    "[site]": [SiteSettings],
    "[database]": [DatabaseSettings],
    "[trace]": [TraceSettings],
    "[updates]": [UpdateSettings],
    "[[source]]": [kind.settings for kind in SOURCES],
    "[[line]]": [LineSettings],
    "[[disposition]]": [DispositionSettings],
    "[[template]]": [TemplateSettings],
    "[[action]]": [ActionSettings],
}
NOW = datetime(2026, 11, 21, 5, 3, 22, tzinfo=UTC)


def section(name: str) -> str:
    """The text of docs/settings.md under the heading that names this table."""
    return (ROOT / "docs/settings.md").read_text("utf-8").split(f"## `{name}`\n")[1].split("\n## ")[0]


def rows(text: str) -> dict[str, list[str]]:
    """The table rows whose first cell is `code`: that word to the other cells."""
    found = re.findall(r"^\| `([^`]+)` \| (.*) \|$", text, re.MULTILINE)
    return {key: rest.split(" | ") for key, rest in found}


def written(default: str) -> object:
    """A default as the table writes it: TOML between backticks, or the word "required"."""
    return MISSING if default == "required" else tomllib.loads(f"x = {default.strip('`')}")["x"]


def plain(one: Field[Any]) -> object:
    """A field's default in TOML's types."""
    return list(one.default) if isinstance(one.default, tuple) else one.default


@pytest.mark.parametrize("name", TABLES)
def test_every_setting_stands_in_its_table_with_its_real_default(name: str) -> None:
    real = {one.name: plain(one) for cls in TABLES[name] for one in fields(cls)}
    told = {key: written(cells[0]) for key, cells in rows(section(name)).items()}
    told.pop("kind", None)  # chooses the dataclass, so it is a field of none
    assert told == real


def test_every_table_of_the_settings_file_has_its_section() -> None:
    names = {one.name: f"[{one.name}]" for one in fields(Settings)} | {"sources": "[[source]]"}
    names |= {
        "lines": "[[line]]",
        "dispositions": "[[disposition]]",
        "templates": "[[template]]",
        "actions": "[[action]]",
    }
    assert set(names.values()) == set(TABLES)


def blocks(language: str, holding: str = "") -> list[Any]:
    """Every block of this language in the documents that begins with this, as (id, text)."""
    found = [
        (path, number, text)
        for path in DOCS
        for number, text in enumerate(
            re.findall(rf"^ *```{language}\n({holding}.*?)^ *```", path.read_text("utf-8"), re.M | re.S)
        )
    ]
    return [pytest.param(text, id=f"{path.name}-{number}") for path, number, text in found]


@pytest.mark.parametrize("text", blocks("toml", r"\[columns\]\n"))
def test_every_mapping_of_columns_in_the_documents_is_accepted(text: str, tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text, "utf-8")
    assert read_mapping(path, ImportKind.CUSTOMERS)


@pytest.mark.parametrize("name", ["import.md", "import.ja.md"])
@pytest.mark.parametrize("kind", ImportKind)
def test_every_column_of_an_import_is_told(name: str, kind: ImportKind) -> None:
    columns = columns_told(ROOT / "docs" / name)[kind.value]
    assert set(re.findall(r"[a-z]+(?:_[a-z]+)*", columns)) >= FIELDS[kind].keys()


def columns_told(path: Path) -> dict[str, str]:
    """The table of columns: kind of file -> what stands beside it."""
    kinds = "|".join(ImportKind)
    return dict(re.findall(rf"^\| ({kinds})[^|]*\|(.*)\|$", path.read_text("utf-8"), re.M))


@pytest.mark.parametrize("text", blocks("toml", r"(?!\[columns\])"))
def test_every_settings_file_in_the_documents_is_accepted(text: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    assert load_settings(path, path, {}) != Settings()  # some of it only the machine's file may say


@pytest.mark.parametrize("text", blocks("ini"))
def test_every_piece_of_asterisks_configuration_in_the_documents_is_what_test_pbx_runs(text: str) -> None:
    files = [path.read_text("utf-8") for path in (ROOT / "tests/pbx/etc").glob("*.conf")]
    assert any(text in file for file in files)


def test_the_page_for_asterisk_has_its_configuration() -> None:
    assert len([one for one in blocks("ini") if one.id.startswith("pbx-asterisk.md")]) >= 10


def told_commands() -> dict[str, None]:
    """Every `omote …` that the documents write down, in code spans and at the start of lines of shell blocks."""
    text = "\n".join(path.read_text("utf-8") for path in DOCS)
    spans = re.findall(r"`(?:\./run )?omote( [^`]*)?`", text)
    lines = re.findall(r"^ *(?:\./run )?omote\b([^#|\n]*)", "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S)), re.M)
    return dict.fromkeys(one.strip() for one in [*spans, *lines])


@pytest.mark.parametrize("words", told_commands())
def test_every_command_in_the_documents_is_understood(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        parser().parse_args(shlex.split(words))
    except SystemExit as end:  # --version ends by itself; a command that is only named may lack its arguments
        told = capsys.readouterr().err
        assert end.code == 0 or "arguments are required" in told, told  # noqa: PT017


def test_every_command_of_the_program_is_told() -> None:
    actions = [one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)]
    commands = {word for one in actions for word in one.choices}
    assert commands
    assert commands - {words.split()[0] for words in told_commands() if words} == set()


def keys(value: object) -> Iterator[str]:
    """Every key in a JSON value, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    if isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def offered(source_id: str, **changes: Any) -> CallOffered:
    facts: dict[str, Any] = {
        "source": "desk phone", "source_id": source_id, "dialled": "0312345678", "diverted_from": "", "linked_id": "",
        "caller": Caller(CUSTOMER_NUMBER, "", None, IdentityFrom.PAI), "direction": Direction.IN, "at": NOW,
        "received_ns": time.monotonic_ns(), "parsed_ns": time.monotonic_ns(),
    }  # fmt: skip
    return CallOffered(**{**facts, **changes})


@pytest.fixture
def traced(tmp_path: Path) -> list[dict[str, Any]]:
    """What a real desk with the demo's records writes about a call that pops and is answered, and one that ends."""
    profile, written_lines, loop = profile_at(tmp_path / "profile"), [], PlainLoop()
    prepare(profile, Settings())
    records = ReadOnlyRecords(open_records(profile, Settings()), loop.post)

    def write_line(line: str) -> None:
        written_lines.append(json.loads(line))
        loop.stop()

    desk = Desk(records, NoScreen(), Place(Seat("sato"), Lines([]), Trace(write_line), lambda _ms, _fn: None))
    desk.hear(offered("one"))
    loop.run()
    desk.painted(next(iter(desk.calls)).id, time.monotonic_ns())
    desk.hear(CallerChanged("desk phone", "one", Caller("202", "Suzuki"), NOW))
    desk.hear(CallAnswered("desk phone", "one", None, NOW))
    desk.hear(CallHeld("desk phone", "one", is_held=True, at=NOW))
    desk.hear(CallHeld("desk phone", "one", is_held=False, at=NOW))
    desk.hear(offered("two", caller=Caller("", "", Withheld.PAYPHONE), is_test=True))
    desk.hear(CallEnded("desk phone", "two", EndCause.CANCELLED, NOW))
    desk.hear(SourceWarned("desk phone", ((Danger.SHARED_EXTENSION, "201@192.0.2.7"),), NOW))
    desk.hear(NotOffered("desk phone", NotOfferedBecause.STRANGER, "192.0.2.9", 1, NOW))
    records.stop()
    return written_lines


def test_every_field_of_a_trace_line_is_told(traced: list[dict[str, Any]]) -> None:
    types = [
        "offered", "pop", "caller_changed", "answered", "held", "resumed", "offered", "ended", "warned", "not_offered",
    ]  # fmt: skip
    assert [line["type"] for line in traced] == types
    ring = ring_from(offered("three"), parse_number(CUSTOMER_NUMBER), "", "JP")
    unsure = Candidate(1, "C-000001", "", "", Reason.REMEMBERED, is_shared=True, is_stale=True, besides=Reason.EXACT)
    failed = Call(uuid4(), ring, Pop(PopState.FAILED, (unsure,), trouble=Trouble.LOCKED, unsearched=Trouble.LOCKED))
    told = rows((ROOT / "docs/trace.md").read_text("utf-8"))
    real = {key for line in [*traced, trace_facts.of(failed)] for key in keys(line)}
    assert {
        "reason",
        "besides",
        "shared",
        "stale",
        "because",
        "painted",
        "legs",
        "before",
        "by",
        "why",
        "test",
        "trouble",
        "unsearched",
    } <= real
    assert real - told.keys() == set()


def test_the_example_of_a_trace_line_has_the_fields_of_a_real_one(traced: list[dict[str, Any]]) -> None:
    example = json.loads(re.findall(r"```json\n(.*?)```", (ROOT / "docs/trace.md").read_text("utf-8"), re.S)[0])
    real = next(line for line in traced if line["type"] == example["type"])
    assert list(keys(example)) == list(keys(real))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("withheld", Withheld),
        ("why", EndCause),
        ("reason", Reason),
        ("trouble", Trouble),
        ("identity_from", IdentityFrom),
        ("verstat", Verstat),
        ("danger", Danger),
    ],
)
def test_every_word_that_a_trace_field_may_hold_is_told(field: str, words: type[StrEnum]) -> None:
    told = " ".join(rows((ROOT / "docs/trace.md").read_text("utf-8"))[field])
    assert {word.value for word in words} - set(re.findall(r"`(\w+)`", told)) == set()


def test_every_reason_why_an_invite_is_no_call_is_told() -> None:
    told = rows((ROOT / "docs/trace.md").read_text("utf-8")).keys()
    assert {because.value for because in NotOfferedBecause} - told == set()


def test_every_field_of_the_trace_of_the_wire_is_told() -> None:
    lines: list[str] = []
    wire = WireTrace(Settings(sources=(SipSettings("desk phone"),)), lines.append, lambda job: job())
    message = WireMessage("desk phone", Way.IN, ("192.0.2.9", 5060), "udp", b"OPTIONS sip:1@h SIP/2.0\r\n\r\n", NOW)
    wire._lost = 1
    wire.tap(message)
    told = rows((ROOT / "docs/trace.md").read_text("utf-8").split("## The wire")[1]).keys()
    assert json.loads(lines[0]).keys() == told


def test_every_reason_why_a_call_does_not_pop_is_told() -> None:
    choices = get_args(get_type_hints(LineSettings)["pop"])
    calls = [offered("one"), offered("two", direction=Direction.INTERNAL)]
    reasons = {Lines([]).why_no_pop(call, LineSettings("1", pop=pop)) for call in calls for pop in choices}
    assert len(reasons) == 4  # None, the extension's, and two of the line
    reasons |= set(re.findall(r'why_never="(\w+)"', (ROOT / "app/listen_command.py").read_text("utf-8")))
    assert len(reasons) == 5  # and that of `omote listen`
    assert reasons - {None} - rows((ROOT / "docs/trace.md").read_text("utf-8")).keys() == set()


def settings_told(name: str) -> list[tuple[str, ...]]:
    """What a page of settings says in any language, in its order: its tables, and each row's key and default."""
    text = (ROOT / "docs" / name).read_text("utf-8").replace("| 必須 |", "| required |")
    return [told_by(line) for line in text.splitlines() if line.startswith(("| ", "|---", "## `"))]


def told_by(line: str) -> tuple[str, ...]:
    """Of a setting's row the key and the default; of any other line its code, and how many cells it has."""
    cells = line.strip("| ").split(" | ")
    if cells[0].startswith("`"):
        return cells[0], cells[1]
    return (*re.findall(r"`[^`]+`", line), str(line.count("|")))


def test_both_pages_of_settings_have_the_same_tables_with_the_same_keys_and_defaults_in_the_same_order() -> None:
    english, japanese = settings_told("settings.md"), settings_told("settings.ja.md")
    assert [line[0] for line in english if line[0].startswith("`[")] == [f"`{name}`" for name in TABLES]
    assert ("`username`", '`""`') in english
    assert japanese == english
