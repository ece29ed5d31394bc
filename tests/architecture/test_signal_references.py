"""PySide6 6.12 loses a reference to True or None at every emit, which kills CPython 3.11 after some 500 calls."""

import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

ROOT = Path(__file__).resolve().parents[2]
EMITS = 2_000
AT_ONCE = 100  # few enough for a failing assertion instead of a dead interpreter
mortal_constants = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="True and None are immortal since Python 3.12"
)


class _Lamp(QObject):
    switched = Signal(bool)
    said = Signal(object)


class _BlankRows(QAbstractListModel):
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> None:
        del index, role


def _references() -> tuple[int, int]:
    return sys.getrefcount(True), sys.getrefcount(None)


@mortal_constants
def test_emitting_a_signal_loses_no_reference_to_true_or_none() -> None:
    lamp = _Lamp()
    heard: list[object] = []
    lamp.switched.connect(heard.append)
    lamp.said.connect(heard.append)
    for _ in range(EMITS // AT_ONCE):
        heard.clear()
        before = _references()
        for _ in range(AT_ONCE):
            lamp.switched.emit(True)
            lamp.said.emit(None)
        heard_true, heard_none = heard.count(True), heard.count(None)
        heard.clear()
        assert (heard_true, heard_none) == (AT_ONCE, AT_ONCE)
        assert _lost(before) < AT_ONCE // 2


@mortal_constants
def test_a_model_that_answers_none_loses_no_reference_to_it() -> None:
    rows = _BlankRows()
    for _ in range(EMITS // AT_ONCE):
        before = _references()
        for _ in range(AT_ONCE):
            assert rows.index(0, 0).data() is None
        assert _lost(before) < AT_ONCE // 2


def test_the_lock_keeps_to_a_pyside6_that_keeps_its_references() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [Requirement(line) for line in project["dependencies"] if line.startswith("PySide6")]
    assert [one.name for one in asked] == ["PySide6-Essentials"]
    assert not asked[0].specifier.contains("6.12.0")
    assert Version(version("PySide6-Essentials")) < Version("6.12")


def _lost(before: tuple[int, int]) -> int:
    return max(was - now for was, now in zip(before, _references(), strict=True))
