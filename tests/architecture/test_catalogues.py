"""Every sentence on the screen has its Japanese: extracted, translated, with the same places to fill in."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
JAPANESE = ROOT / "app" / "locale" / "ja" / "LC_MESSAGES" / "omote.po"
WORDS = ROOT / "app" / "words.py"
CALLERS = [path for layer in ("app", "ui") for path in sorted((ROOT / layer).rglob("*.py")) if path != WORDS]
LITERALS = {"_": 1, "ngettext": 2, "pgettext": 2}  # how many arguments the extractor must be able to read

Sentence = tuple[str | None, str]


def sentences_in_the_source() -> set[Sentence]:
    """(context, English) of every string that app and ui hand to a translation function."""
    return {
        (context, message if isinstance(message, str) else message[0])
        for layer in ("app", "ui")
        for _file, _line, message, _comments, context in extract_from_dir(ROOT / layer)
    }


def translations() -> list[Message]:
    if not JAPANESE.exists():
        return []
    with JAPANESE.open("rb") as source:
        return [message for message in read_po(source, locale="ja", abort_invalid=True) if message.id]


def variable_sentences(source: str) -> list[int]:
    """Lines that hand a translation function something that no extractor can read."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if _translator(call) in LITERALS and not _is_literal(call)]


def places(text: str) -> set[str]:
    """The names of the {places} to fill in."""
    return {name for _before, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def test_every_sentence_of_the_source_is_in_the_japanese_catalogue() -> None:
    translated = {(message.context, _english(message)) for message in translations()}
    assert sentences_in_the_source() - translated == set()


def test_every_sentence_of_the_catalogue_is_translated_and_checked() -> None:
    unfinished = [_english(message) for message in translations() if message.fuzzy or not all(_japanese(message))]
    assert unfinished == []


def test_a_translation_has_the_places_of_its_english() -> None:
    wrong = [
        _english(message)
        for message in translations()
        for text in _japanese(message)
        if text and places(text) != places(_english(message))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", CALLERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_translation_functions_get_plain_strings(path: Path) -> None:
    assert variable_sentences(path.read_text("utf-8")) == []


@pytest.mark.parametrize("source", ["_(f'{n} calls')", "_('a' + b)", "words._(reason)", "ngettext('one', many, n)"])
def test_a_sentence_that_no_extractor_can_read_is_seen(source: str) -> None:
    assert variable_sentences(source) == [1]


def test_a_plain_sentence_is_not_complained_about() -> None:
    assert variable_sentences("_('a'); ngettext('one', 'many', n); pgettext('where', 'word')") == []


def _translator(call: ast.Call) -> str | None:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def _is_literal(call: ast.Call) -> bool:
    wanted = call.args[: LITERALS[_translator(call) or ""]]
    return all(isinstance(arg, ast.Constant) and isinstance(arg.value, str) for arg in wanted)


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _japanese(message: Message) -> Iterator[str]:
    yield from [message.string] if isinstance(message.string, str) else message.string or ()
