"""What may be imported before the first window is painted: every module more is waited for at every start."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNTIL_PAINTED = """
import json, os, sys
sys.path.insert(0, {root!r})
import app.main, ui.stage
def stop(self, job):
    self.main.repaint()
    print(json.dumps([self.main.opening.words, sorted(sys.modules)]))
    sys.stdout.flush()
    os._exit(0)
ui.stage.Stage.wait_for = stop
app.main.main(["--offscreen", "--profile", {profile!r}, "--language", {language!r}])
"""
ONLY_ASKS = """
import json, sys
sys.path.insert(0, {root!r})
import app.main
app.main.main(["ring-me", "--profile", {profile!r}])
print(json.dumps(sorted(sys.modules)))
"""
OURS = {
    "app", "app.argparse_words", "app.asking", "app.cli", "app.display", "app.errors", "app.file_errors",
    "app.first_look", "app.kept_json", "app.logs", "app.main", "app.paths", "app.process_start", "app.start",
    "app.start_again", "app.terminal",
    "app.tracebacks", "app.window_places", "app.words", "ui", "ui.application", "ui.fit_screen", "ui.main_window",
    "ui.opening_view", "ui.program_lock", "ui.stage", "ui.tokens", "ui.window_place",
}  # fmt: skip
ASKING = {"ui.program_lock", "ui.single_instance"}
"""Beside those of `app`: what a start needs that hands on to the running program."""
TOO_SLOW = {"asyncio", "dataclasses", "multiprocessing", "socket", "ssl", "sqlite3", "xml", "concurrent", "hashlib"}
LIBRARIES = {"platformdirs", "PySide6", "shiboken6", "shibokensupport", "signature_bootstrap"}


def run(program: str, tmp_path: Path, language: str = "en") -> list[object]:
    told = program.format(root=str(ROOT), profile=str(tmp_path), language=language)
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", told]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, env=environ)
    assert done.stdout, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


def ours(modules: set[str]) -> set[str]:
    return {one for one in modules if one.partition(".")[0] in {"app", "cti", "db", "ui"}}


def libraries(modules: set[str]) -> set[str]:
    roots = {one.partition(".")[0] for one in modules}
    return {one for one in roots if not one.startswith("_")} - sys.stdlib_module_names - {"app", "cti", "db", "ui"}


@pytest.mark.parametrize(("language", "words"), [("en", "Opening the records…"), ("ja", "記録を開いています…")])
def test_the_first_window_speaks_and_waits_for_little(tmp_path: Path, language: str, words: str) -> None:
    said, imported = run(UNTIL_PAINTED, tmp_path, language)
    assert isinstance(imported, list)
    modules = set(imported)
    assert said == words
    assert ours(modules) <= OURS, "a module more before the first paint: import it behind the window (app/start.py)"
    assert modules & TOO_SLOW == set()
    assert libraries(modules) <= LIBRARIES
    assert {one for one in modules if one.startswith("PySide6.Qt")} == {
        "PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"
    }  # fmt: skip


def test_who_only_asks_the_running_program_waits_for_less(tmp_path: Path) -> None:
    modules = set(map(str, run(ONLY_ASKS, tmp_path)))
    assert ours(modules) <= {one for one in OURS if one.startswith("app")} | ASKING | {"ui"}
    assert "PySide6.QtWidgets" not in modules


@pytest.mark.parametrize("module", sorted(one for one in OURS if "." in one))
def test_the_way_to_the_first_window_does_not_import_qts_enums(module: str) -> None:
    """`Qt` alone takes 20 ms to be imported: as much as everything of ours before the first window."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"))
    found = [
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtCore"
        for alias in node.names
    ]
    assert "Qt" not in found
