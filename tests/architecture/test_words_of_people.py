"""No English reaches a screen or a terminal past the translations: neither ours as a bare literal nor a library's."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.english import SENTENCE, WORD

ROOT = Path(__file__).resolve().parents[2]
FILES = [path for layer in ("app", "ui") for path in sorted((ROOT / layer).rglob("*.py"))]
SHOWN = {  # what they are given is read as it stands, even one word
    "label", "button", "set_text", "set_tip", "setText", "setToolTip", "setPlaceholderText", "hint",
    "setAccessibleName", "setAccessibleDescription", "setWindowTitle", "addAction", "addTab", "UserError", "Column",
}  # fmt: skip
SAME_EVERYWHERE = {"Omote", "Esc"}
TRANSLATORS, FOR_THE_LOG = {"_", "ngettext", "pgettext"}, {"log", "logging"}
BUGS = {"TypeError", "ValueError", "LookupError", "RuntimeError"}  # what they say goes to the log with its traceback
NAMED_IN_THE_LOG = {"KeptJson"}
NOT_SAID = {  # file -> why its words are for nobody to read
    "app/importing/cell_text.py": "what files say",
    "app/importing/cell_words.py": "what files say",
    "app/importing/headings.py": "what files say",
    "app/argparse_words.py": "turns what libraries say into our words",
    "app/file_errors.py": "turns what libraries say into our words",
}
NO_WORDS = {  # literal -> why it needs no translation
    "by hand": "a source's name in the records",
    'SIP;cause=200;text="Call completed elsewhere"': "SIP",
    "omote import customers": "to be typed",
    "db backup": "to be typed",
    "db rollback": "to be typed",
    "--mapping, docs/import.md": "to be typed",
    "diversion, history-info, request-uri, to, p-called-party-id, header:X-Name": "to be typed",
    "/Library/Managed Preferences/jp.omote.Omote.plist": "a path",
    "import files": "a thread's name",
    "import records": "a thread's name",
    "import reader": "a process's name",
    "import worker ": "a process's name",
    "journal sync": "a thread's name",
    "ufw allow ": "to be typed",
    "nft add rule inet filter input ": "to be typed",
    'netsh advfirewall firewall add rule name="Omote" dir=in action=allow program="': "to be typed",
    "hook input": "what nft says",
    "policy drop": "what nft says",
    "Traceback (most recent call last):": "Python's own words, for the log",
    "Fatal Python error|Windows fatal exception": "what faulthandler says",
    "this desk has no copy either": "the detail of a trouble, for the log",
    "trusted comment: ": "how a line of minisign begins",
    "Yu Gothic UI": "a font",
    "Hiragino Sans": "a font",
    "Noto Sans CJK JP": "a font",
    "Noto Sans JP": "a font",
}


def bare_sentences(source: str) -> list[str]:
    """Literals of two words or more that go through no translation and to no log."""
    return [text for text in _literals(ast.parse(source)) if SENTENCE.search(text)]


def bare_words(source: str) -> list[str]:
    """The first argument of what shows its text, a literal with a word in it."""
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call) and _name(one.func) in SHOWN]
    firsts = [text for call in calls for shown in call.args[:1] for text in _literals(shown)]
    return [text for text in firsts if set(WORD.findall(text)) - SAME_EVERYWHERE]


def borrowed_sentences(source: str) -> list[int]:
    """Lines that fill in what a library said of its error: `error`, `str(error)` or its words."""
    tree = ast.parse(source)
    caught = {node.name for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)}
    fillings = [
        filling.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "format"
        for filling in call.keywords
    ]
    return [one.lineno for one in fillings if _is_borrowed(one, caught)]


def _literals(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and (
        _name(node.func) in TRANSLATORS | BUGS | NAMED_IN_THE_LOG or _is_for_the_log(node.func)
    ):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _literals(child)


def _is_for_the_log(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute):
        return False
    whose = called.value.func if isinstance(called.value, ast.Call) else called.value
    return _name(whose) in FOR_THE_LOG | {"getLogger"}


def _is_borrowed(filling: ast.expr, caught: set[str | None]) -> bool:
    asks_it = any(isinstance(one, ast.Attribute) and one.attr == "strerror" for one in ast.walk(filling))
    is_text = isinstance(filling, ast.Call) and _name(filling.func) == "str"
    bare = filling.args[0] if isinstance(filling, ast.Call) and is_text and filling.args else filling
    return asks_it or (isinstance(bare, ast.Name) and bare.id in caught)


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sentence_goes_through_the_translations(path: Path) -> None:
    source, name = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
    if name not in NOT_SAID:
        assert [text for text in bare_sentences(source) if text not in NO_WORDS] == []
        assert bare_words(source) == []
        assert borrowed_sentences(source) == [], "say it with app.file_errors.file_words"


def test_every_exception_is_still_needed() -> None:
    assert [name for name in NOT_SAID if not (ROOT / name).exists()] == []
    said = {text for path in FILES for text in bare_sentences(path.read_text("utf-8"))}
    assert NO_WORDS.keys() - said == set()


@pytest.mark.parametrize(
    "source",
    [
        'label("Not found")',
        'set_tip(one, f"Ask {who} for it")',
        'raise UserError("It is gone.", _("Look again."))',
        'words = {State.ON: "On a break"}',
    ],
)
def test_a_bare_sentence_is_seen(source: str) -> None:
    assert len(bare_sentences(source)) == 1


@pytest.mark.parametrize("source", ['label("Later")', 'one.setText(f"Later {when}")', 'button("Go" if a else "Stay")'])
def test_even_one_bare_word_on_a_label_is_seen(source: str) -> None:
    assert len(bare_words(source)) == 1


@pytest.mark.parametrize(
    "filling", ["error=error", "error=str(error)", "error=error.strerror", "why=error.strerror or error"]
)
def test_what_a_library_says_is_seen(filling: str) -> None:
    assert borrowed_sentences(f"try:\n  a()\nexcept OSError as error:\n  b(_('{{why}}').format({filling}))") == [4]


def test_what_people_never_read_is_not_complained_about() -> None:
    lines = ['"""A sentence."""', 'log.info("has gone")', '_("It is gone.")', 'raise ValueError("a bug")']
    assert bare_sentences("\n".join([*lines, 'logging.getLogger("a b").info("c d")'])) == []
