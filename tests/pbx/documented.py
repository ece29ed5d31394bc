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


def source(document: str, **sought: Any) -> dict[str, Any]:
    """The one `[[source]]` in docs/`document` that has these values."""
    tables = [table for block in blocks(document, "toml") for table in tomllib.loads(block).get("source", [])]
    (found,) = [table for table in tables if sought.items() <= table.items()]
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
