"""Text from a caller must never be read as HTML: only ui/plain_text.py may make what detects rich text by itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THE_FACTORY = ROOT / "ui" / "plain_text.py"
RICH_CLASSES = {
    "QLabel",
    "QMessageBox",
    "QTextEdit",
    "QTextBrowser",
    "QErrorMessage",
    "QInputDialog",
    "QProgressDialog",
}
RICH_METHODS = {"setToolTip", "setWhatsThis", "showMessage", "setHtml", "insertHtml", "appendHtml", "setMarkdown"}
SOURCES = [path for path in [*sorted(ROOT.glob("ui/**/*.py")), ROOT / "app" / "main.py"] if path != THE_FACTORY]


def rich_text_doors(source: str) -> list[str]:
    """The names of what `source` makes or calls that would read HTML."""
    return [name for node in ast.walk(ast.parse(source)) for name in _doors_of(node)]


def _doors_of(node: ast.AST) -> list[str]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in RICH_CLASSES:
            return [name]
        case ast.Call(func=ast.Attribute(attr=name)) if name in RICH_CLASSES | RICH_METHODS:
            return [name]
        case ast.Call(func=ast.Attribute(value=ast.Name(id="QMessageBox" | "QToolTip" as name))):
            return [name]
        case ast.ClassDef(bases=bases):
            return [base.id for base in bases if isinstance(base, ast.Name) and base.id in RICH_CLASSES]
        case ast.Attribute(attr="ToolTipRole" as name):
            return [name]
    return []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_factory_makes_what_reads_html(path: Path) -> None:
    assert rich_text_doors(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("QLabel('x')", "QLabel"),
        ("QtWidgets.QLabel()", "QLabel"),
        ("class Name(QLabel): ...", "QLabel"),
        ("QMessageBox.warning(None, 'a', caller)", "QMessageBox"),
        ("QToolTip.showText(spot, caller)", "QToolTip"),
        ("tray.showMessage(caller, '')", "showMessage"),
        ("row.setToolTip(caller)", "setToolTip"),
        ("item.setData(Qt.ItemDataRole.ToolTipRole, caller)", "ToolTipRole"),
    ],
)
def test_every_door_to_rich_text_is_seen(source: str, found: str) -> None:
    assert rich_text_doors(source) == [found]


def test_naming_a_label_as_a_type_is_no_door() -> None:
    assert rich_text_doors("def show(where: QLabel) -> QLabel:\n    where.setText('x')\n    return where") == []
