"""Every finding that `omote diagnose` can make, read from the program's text: how bad, its words, what to do about it.

What only a run can know (another program's words, a path) is "…".
"""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    *sorted((ROOT / "app/diagnosis").glob("*.py")), ROOT / "app/updates/words.py", ROOT / "app/keyring_patience.py",
    ROOT / "app/trouble_words.py", ROOT / "app/network_words.py",
]  # fmt: skip
LEVELS = ("ok", "attention", "fault")
UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class Message:
    """One finding's level and words; `todo` may be empty."""

    level: str
    text: str
    todo: str


Bound = dict[str, str]  # a variable's words
Names = dict[str, object]  # variable -> its words, or the expression that is assigned to it
Values = list[str | tuple[str, ...]]


class Program:
    """The functions of the files that make findings. `translate` gives each text in the page's language."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate
        self._functions: dict[tuple[str, str], ast.FunctionDef | ast.AsyncFunctionDef] = {}
        self._imported: dict[tuple[str, str], tuple[str, str]] = {}
        for path in FILES:
            self._read(path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."), path)

    def _read(self, module: str, path: Path) -> None:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self._functions[module, node.name] = node
            if isinstance(node, ast.ImportFrom) and node.module:
                for one in node.names:
                    self._imported[module, one.asname or one.name] = (node.module, one.name)

    def makers(self) -> set[tuple[str, str]]:
        """Every function that makes a finding itself, as (module, name)."""
        return {
            where
            for where, node in self._functions.items()
            if any(_level(one) for one in ast.walk(node)) and where[1] not in LEVELS
        }

    def reached(self, module: str, name: str) -> Iterator[tuple[str, str]]:
        """The function, and those of ours that it calls."""
        seen, waiting = set[tuple[str, str]](), [self._found(module, name)]
        while waiting:
            where = waiting.pop(0)
            if where is None or where in seen:
                continue
            seen.add(where)
            yield where
            called = [one.func for one in ast.walk(self._functions[where]) if isinstance(one, ast.Call)]
            waiting += [self._found(where[0], one.id) for one in called if isinstance(one, ast.Name)]

    def messages(self, module: str, name: str) -> list[Message]:
        """What the check can say, the gravest first, each once."""
        found = [one for where in self.reached(module, name) for one in self._own(where)]
        worded = [Message(one.level, filled(one.text), filled(one.todo).strip()) for one in found]
        return sorted(dict.fromkeys(worded), key=lambda one: LEVELS.index(one.level), reverse=True)

    def said_by(self, module: str, name: str) -> list[str]:
        """The words that a function of ours may give back."""
        return [filled(one) for one in self._given_back((module, name)) if isinstance(one, str) and one != UNKNOWN]

    def _found(self, module: str, name: str) -> tuple[str, str] | None:
        where = self._imported.get((module, name), (module, name))
        return where if where in self._functions else None

    def _own(self, where: tuple[str, str]) -> Iterator[Message]:
        node = self._functions[where]
        calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and _level(one)]
        for bound in self._bindings(where[0], node):
            names = _assigned(node, bound)
            for call in sorted(calls, key=lambda one: one.lineno):
                if _may_be(call, bound):
                    yield from (Message(_level(call), *pair) for pair in self._pairs(where[0], call.args, names))

    def _bindings(self, module: str, node: ast.AST) -> list[Bound]:
        """What `a, b = …` may mean, together; one empty binding where nothing is unpacked."""
        for one in ast.walk(node):
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Tuple):
                names = [target.id for target in one.targets[0].elts if isinstance(target, ast.Name)]
                meant = [
                    pair for pair in self._values(module, one.value, _assigned(node, {})) if isinstance(pair, tuple)
                ]
                if not isinstance(one.value, ast.Tuple) and meant:
                    return [dict(zip(names, pair, strict=True)) for pair in meant]
        return [{}]

    def _pairs(self, module: str, args: Sequence[ast.expr], names: Names) -> Iterator[tuple[str, str]]:
        if len(args) == 1 and isinstance(args[0], ast.Starred):
            for pair in self._values(module, args[0].value, names):
                yield (pair[0], pair[1]) if isinstance(pair, tuple) else (UNKNOWN, UNKNOWN)
        else:
            todos = self._words(module, args[1], names) if len(args) > 1 else [""]
            yield from product(self._words(module, args[0], names), todos)

    def _words(self, module: str, node: ast.expr, names: Names) -> list[str]:
        return [one if isinstance(one, str) else UNKNOWN for one in self._values(module, node, names)]

    def _values(self, module: str, node: ast.expr, names: Names) -> Values:
        """Each thing that the expression may say."""
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.Call():
                return self._called(module, node, names)
            case ast.Tuple(elts=parts):
                return [tuple(one) for one in product(*(self._words(module, part, names) for part in parts))]
            case ast.Name(id=name) if name in names:
                meant = names[name]
                rest = {key: value for key, value in names.items() if key != name}
                return self._values(module, meant, rest) if isinstance(meant, ast.expr) else [str(meant)]
        return self._both(module, _alternatives(node), names)

    def _both(self, module: str, nodes: Sequence[ast.expr], names: Names) -> Values:
        said = [one for node in nodes for one in self._values(module, node, names)]
        return [one for one in said if one != UNKNOWN] or [UNKNOWN]

    def _called(self, module: str, call: ast.Call, names: Names) -> Values:
        match call.func:
            case ast.Name(id="_"):
                return [self._translate(ast.literal_eval(call.args[0]))]
            case ast.Name(id="ngettext"):
                return [self._translate(ast.literal_eval(call.args[1]))]
            case ast.Name(id="in_one_line"):
                parts = [self._words(module, one, names) for one in call.args if not isinstance(one, ast.Starred)]
                return [" ".join(one) for one in product(*parts)] if parts else [UNKNOWN]
            case ast.Attribute(value=inner, attr="format"):
                known = {one.arg: names.get(one.value.id) for one in call.keywords if isinstance(one.value, ast.Name)}
                return [_with(one, known) for one in self._values(module, inner, names)]
            case ast.Name(id=name) if (where := self._found(module, name)) is not None:
                return self._given_back(where)
            case _:
                return [UNKNOWN]

    def _given_back(self, where: tuple[str, str]) -> Values:
        node = self._functions[where]
        told = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value is not None]
        every = [self._both(where[0], told, _assigned(node, bound)) for bound in self._bindings(where[0], node)]
        return [one for said in every for one in said]


def _alternatives(node: ast.expr) -> Sequence[ast.expr]:
    match node:
        case ast.Dict(values=values) | ast.BoolOp(values=values):
            return values
        case ast.Subscript(value=inner) | ast.Await(value=inner):
            return [inner]
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return [one, other]
    return []


def _assigned(node: ast.AST, bound: Bound) -> Names:
    names: Names = {}
    for one in ast.walk(node):
        if isinstance(one, ast.Assign):
            names |= dict(_each(one.targets[0], one.value))
    return {**names, **bound}


def _each(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _each(one, its)


def _may_be(call: ast.Call, bound: Bound) -> bool:
    """A pair of a fact and what to do makes a finding that wants something, one with nothing to do makes an "ok"."""
    used = [bound[one.id] for one in ast.walk(call) if isinstance(one, ast.Name) and one.id in bound]
    to_do = list(bound.values())[-1] if bound else ""
    return not used or (_level(call) == "ok") is (to_do == "")


def _with(text: str | tuple[str, ...], known: dict[str | None, object]) -> str:
    for name, value in known.items():
        if isinstance(value, str) and isinstance(text, str):
            text = text.replace(f"{{{name}}}", value.removesuffix("。"))
    return text if isinstance(text, str) else UNKNOWN


def _level(node: ast.AST) -> str:
    """Of a call that makes a finding; "" of all else."""
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return node.func.id if is_call and node.func.id in LEVELS else ""  # type: ignore[attr-defined]


def filled(text: str) -> str:
    """For the page: … in the place of what is filled in."""
    return re.sub(r"\{[^}]*\}", UNKNOWN, text)
