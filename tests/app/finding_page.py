"""Every message of `omote diagnose`, read from the source that makes them, and the page of the docs that lists them.

`python -m tests.app.finding_page` prints them as JSON: check, level, text, do, each in English and in Japanese.
"""

import ast
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "app" / "diagnosis"
FIRST = [FOLDER / f"{one}.py" for one in ("program", "machine", "sip", "ami", "ncid")]
FILES = [*FIRST, *sorted(set(FOLDER.glob("*.py")) - set(FIRST)), ROOT / "app" / "keyring_patience.py"]
BEGIN, END = "<!-- messages: written by a test -->", "<!-- end of messages -->"
LEVELS = {"ok", "attention", "fault"}
Words = tuple[str, ...]
"""Sentences that follow each other."""
UNKNOWN: Words = ("…",)


@dataclass(frozen=True, slots=True)
class Message:
    """Words as the program's source has them, with {places}."""

    check: str
    level: str
    text: Words
    do: Words


def messages() -> list[Message]:
    """In the order in which they are told, each once."""
    return list(dict.fromkeys(_Source(FILES).messages()))


Function = ast.FunctionDef | ast.AsyncFunctionDef
Place = tuple[str, str]
"""A module of FILES and a function in it."""


class _Source:
    def __init__(self, files: Sequence[Path]) -> None:
        self._trees = {one.stem: ast.parse(one.read_text("utf-8")) for one in files}
        self._functions: dict[Place, Function] = {
            (module, node.name): node
            for module, tree in self._trees.items()
            for node in ast.walk(tree)
            if isinstance(node, Function)
        }
        self._imported = {
            (module, one.asname or one.name): (str(node.module).rpartition(".")[2], one.name)
            for module, tree in self._trees.items()
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for one in node.names
        }

    def _place(self, node: ast.expr, module: str) -> Place | None:
        """Which function is meant; None if it is none of ours."""
        match node:
            case ast.Name(id=name):
                place = self._imported.get((module, name), (module, name))
            case ast.Attribute(value=ast.Name(id=other), attr=name):
                place = (other, name)
            case _:
                return None
        return place if place in self._functions else None

    def messages(self) -> Iterator[Message]:
        for module, tree in self._trees.items():
            for name, function in self._checks(tree, module):
                yield from self._told_by(name, function, ())

    def _checks(self, tree: ast.Module, module: str) -> Iterator[tuple[str, Place]]:
        """Pairs of a name and the function, or its call, that looks."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                first, second = node.elts
                second = second.value if isinstance(second, ast.Await) else second
                place = self._place(second.func if isinstance(second, ast.Call) else second, module)
                if isinstance(first, ast.Constant) and place is not None:
                    yield str(first.value), place

    def _told_by(self, check: str, place: Place, above: tuple[Place, ...]) -> Iterator[Message]:
        node = self._functions[place]
        for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
            called = self._place(call.func, place[0])
            if isinstance(call.func, ast.Name) and call.func.id in LEVELS:
                yield from self._told(check, call, place)
            elif called is not None and called not in (*above, place):
                yield from self._told_by(check, called, (*above, place))

    def _told(self, check: str, call: ast.Call, place: Place) -> Iterator[Message]:
        level = call.func.id if isinstance(call.func, ast.Name) else ""
        for pair in self._pairs(call, place):
            for text in self._words(call.args[0], place, pair):
                for do in self._words(call.args[1], place, pair) if call.args[1:] else [()]:
                    if not pair or (level == "ok") == (not pair[1][1]):
                        yield Message(check, level, text, do)

    def _pairs(self, call: ast.Call, place: Place) -> list[list[tuple[str, Words]]]:
        """What names that are unpacked from one tuple hold together; one empty list where there are none."""
        used = {one.id for one in ast.walk(call) if isinstance(one, ast.Name)}
        for node in ast.walk(self._functions[place]):
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(target, ast.Tuple) and isinstance(node, ast.Assign):
                names = [one.id for one in target.elts if isinstance(one, ast.Name)]
                if len(names) == 2 and used & set(names) and (rows := self._rows(node.value, place)):
                    return [list(zip(names, row, strict=True)) for row in rows]
        return [[]]

    def _rows(self, value: ast.expr, place: Place) -> list[tuple[Words, Words]]:
        if isinstance(value, ast.Call) and (called := self._place(value.func, place[0])) is not None:
            return [row for one in self._returned(called) for row in self._rows(one, called)]
        table = value.value if isinstance(value, ast.Subscript) else None
        pairs = [one.elts for one in table.values if isinstance(one, ast.Tuple)] if isinstance(table, ast.Dict) else []
        return [(_literal(first), _literal(second)) for first, second in pairs]

    def _returned(self, place: Place) -> list[ast.expr]:
        return [one.value for one in ast.walk(self._functions[place]) if isinstance(one, ast.Return) and one.value]

    def _words(  # noqa: C901, PLR0911 -- one line for each shape that a sentence has in the source
        self, node: ast.expr, place: Place, pair: Sequence[tuple[str, Words]]
    ) -> list[Words]:
        """Every way in which this may read."""
        match node:
            case ast.Call(func=ast.Name(id="_" | "ngettext")) | ast.Constant():
                return [_literal(node)]
            case ast.Call(func=ast.Attribute(attr="format", value=value)):
                return self._words(value, place, pair)
            case ast.Call(func=ast.Name(id="in_one_line"), args=parts):
                whole: list[Words] = [()]
                for part in parts:
                    whole = [before + one for before in whole for one in self._words(part, place, pair)]
                return whole
            case ast.IfExp(body=body, orelse=orelse):
                return self._words(body, place, pair) + self._words(orelse, place, pair)
            case ast.BoolOp(values=values):
                return [one for value in values for one in self._words(value, place, pair)]
            case ast.Name(id=name) if name in dict(pair):
                return [dict(pair)[name]]
            case ast.Name(id=name):
                every = ast.walk(self._functions[place])
                found = [one.value for one in every if isinstance(one, ast.Assign) and _assigns(one, name)]
                return [words for one in found for words in self._words(one, place, pair)] or [UNKNOWN]
            case ast.Call(func=func) if (called := self._place(func, place[0])) is not None:
                return [words for one in self._returned(called) for words in self._words(one, called, ())]
            case _:
                return [UNKNOWN]


def _assigns(node: ast.Assign, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in node.targets)


def _literal(node: ast.expr) -> Words:
    if isinstance(node, ast.Call):
        node = node.args[1 if isinstance(node.func, ast.Name) and node.func.id == "ngettext" else 0]
    return (str(node.value),) if isinstance(node, ast.Constant) and node.value else ()


def said(words: Words, language: str) -> str:
    """As it stands on the screen, places and all."""
    if language == "en":
        return " ".join(words)
    return " ".join(_translations(language)[one] if one != "…" else one for one in words)


@cache
def _translations(language: str) -> dict[str, str]:
    """Of a sentence that counts something, the one for many."""
    with (ROOT / "app" / "locale" / language / "LC_MESSAGES" / "omote.po").open("rb") as file:
        catalogue = read_po(file, language)
    ids = {one.id[-1] if isinstance(one.id, tuple | list) else one.id: one.string for one in catalogue}
    return {str(key): string if isinstance(string, str) else string[-1] for key, string in ids.items()}


def table(language: str) -> str:
    """Everything between the two marks of docs/diagnose.md or docs/diagnose.ja.md."""
    heads = {"en": "| check | level | it says | what to do |", "ja": "| 検査 | 判定 | 表示 | 対処 |"}
    levels = {
        "en": {"ok": "ok", "attention": "attention", "fault": "fault"},
        "ja": {"ok": "正常", "attention": "注意", "fault": "異常"},
    }
    rows = [
        f"| `{one.check}` | {levels[language][one.level]} | {_cell(said(one.text, language))} "
        f"| {_cell(said(one.do, language))} |"
        for one in messages()
    ]
    return "\n".join([heads[language], "|---|---|---|---|", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("[[", "\\[[") or " "


def as_json() -> str:
    """For programs."""
    return json.dumps(
        [
            asdict(one) | {f"{key}_{to}": said(getattr(one, key), to) for key in ("text", "do") for to in ("en", "ja")}
            for one in messages()
        ],
        ensure_ascii=False,
        indent=1,
    )


if __name__ == "__main__":
    print(as_json())  # noqa: T201
