"""Writes what the search of the site looks through: each section of each page, as a script: file:// fetches nothing.

Sphinx's own index is left out: it cuts Japanese into words that a reader need not type, and shows no line of what it
found.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

Section = tuple[str, str, str, str]  # page's address, anchor, heading, text


def sections_of(name: str, tree: nodes.document) -> Iterator[Section]:
    """The page's sections in their order, each without those below it."""
    for section in tree.findall(nodes.section):
        heading = section.next_node(nodes.title)
        own = [child for child in section.children if not isinstance(child, (nodes.section, nodes.title))]
        yield f"{name}.html", section["ids"][0], heading.astext() if heading else "", _text(own)


def _text(children: list[nodes.Node]) -> str:
    words = [word for child in children for word in _words(child)]
    return re.sub(r"\s+", " ", " ".join(words)).strip()


def _words(node: nodes.Node) -> Iterator[str]:
    """A block's text, cell by cell and item by item, so that neighbours don't grow together."""
    if isinstance(node, (nodes.TextElement, nodes.Text)):
        yield node.astext()
    else:
        for child in node.children:
            yield from _words(child)


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is None:
        pages = sorted(app.env.found_docs)
        found = [section for name in pages for section in sections_of(name, app.env.get_doctree(name))]
        told = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        (Path(app.outdir) / "search-data.js").write_text(f"const SECTIONS = {told};\n", "utf-8")


def _no_own_index(app: Sphinx) -> None:
    app.builder.search = False  # type: ignore[attr-defined]


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", _no_own_index)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
