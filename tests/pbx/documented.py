"""What the documents tell administrators to write: the tests run with just that."""

import re
import tomllib
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs"


def blocks(document: str, language: str) -> list[str]:
    """The code blocks of one language in docs/`document`."""
    text = (DOCS / document).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def source_block(document: str, **sought: Any) -> str:
    """The one block of docs/`document` that sets up a `[[source]]` with these values; None: it says nothing of it."""
    (found,) = [block for block in blocks(document, "toml") if _sources(block, sought)]
    return found


def source(document: str, **sought: Any) -> dict[str, Any]:
    """The `[[source]]` of that block."""
    (found,) = _sources(source_block(document, **sought), sought)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def commands(document: str, word: str) -> str:
    """The one block of shell commands in docs/`document` in which `word` stands."""
    (found,) = [block for block in blocks(document, "sh") if word in block]
    return found


def _sources(block: str, sought: dict[str, Any]) -> list[dict[str, Any]]:
    tables = tomllib.loads(block).get("source", [])
    return [table for table in tables if all(table.get(name) == value for name, value in sought.items())]
