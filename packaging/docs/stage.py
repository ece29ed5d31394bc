"""Lays the pages of docs/ out for Sphinx, one folder per language: `stage.py DOCS TARGET`.

Page X.md is English, X.ja.md Japanese; in its folder each is X.md. What has no Japanese page stands there in English
and says so. index.md is the table of contents: each `## heading` is a caption, each item with a link a page.
"""

import re
import shutil
import sys
from pathlib import Path

LANGUAGES = ("en", "ja")
ONLY_ENGLISH = "```{note}\nこのページは英語だけです。\n```\n"
_OTHER_LANGUAGE = re.compile(r"^\(?\[(?:日本語|English)\]\([a-z-]+(?:\.ja)?\.md\)\)?\n\n?", re.MULTILINE)
_JAPANESE_LINK = re.compile(r"(\]\([a-z-]+)\.ja\.md")
_OUTSIDE = re.compile(r"\[([^]]+)\]\(\.\./[^)]+\)")
_FILE_NAME = re.compile(r"\[(?:docs/)?[a-z-]+(?:\.ja)?\.md\](\(([a-z-]+)\.md)")
_ITEM = re.compile(r"^- \[([^]]+)\]\(([a-z-]+)\.md\)", re.MULTILINE)
_WIDE = "\u2010-\u2027\u3000-\u9fff\uf900-\ufaff\uff00-\uffef"
_SENTENCE_GOES_ON = re.compile(rf"[{_WIDE}]\n *[{_WIDE}]|[、。]\n *(?!- |\d+\. |[#|>]|```)\S")
_NO_SENTENCE = ("#", "|", "```")


def pages_of(docs: Path, language: str) -> dict[str, Path]:
    """Name of each page -> its file in this language, or the English one."""
    english = {path.stem: path for path in sorted(docs.glob("*.md")) if not path.stem.endswith(".ja")}
    return {name: _translated(path) if language == "ja" else path for name, path in english.items()}


def _translated(path: Path) -> Path:
    japanese = path.with_suffix(".ja.md")
    return japanese if japanese.exists() else path


def staged(text: str, titles: dict[str, str]) -> str:
    """A page as it stands in the folder of its language: links have titles, none leads out."""
    text = _OTHER_LANGUAGE.sub("", text, count=1)
    text = _OUTSIDE.sub(r"\1", _JAPANESE_LINK.sub(r"\1.md", text))
    return _FILE_NAME.sub(lambda found: f"[{titles.get(found[2], found[2])}]{found[1]}", text)


def in_english(text: str) -> str:
    """An English page among Japanese ones, whose headings have other names."""
    return re.sub(r"(\]\([a-z-]+\.md)#[^)]+", r"\1", text.replace("\n", f"\n\n{ONLY_ENGLISH}", 1))


def unbroken(text: str) -> str:
    """A Japanese page without the ends of lines inside its sentences, which a browser would show as blanks."""
    blocks = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    return "".join(one if one.startswith("```") else _joined(one) for one in blocks)


def _joined(text: str) -> str:
    told = ""
    before = "#"
    for line in text.splitlines(keepends=True):
        goes_on = not before.startswith(_NO_SENTENCE) and _SENTENCE_GOES_ON.match(before[-2:] + line)
        told = told.removesuffix("\n") + line.lstrip(" ") if goes_on else told + line
        before = line
    return told


def with_contents(text: str) -> str:
    """The index, and no other page: each of its parts followed by a hidden table of contents."""
    if not text.startswith("# Omote\n"):
        return text
    opening, *parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return opening + "".join(part.rstrip("\n") + _contents(part) for part in parts)


def _contents(part: str) -> str:
    pages = [f"{title.replace('`', '')} <{page}>" for title, page in _ITEM.findall(part)]
    caption = part.splitlines()[0].removeprefix("## ")
    return "\n".join(["\n", "```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", "", ""])


def stage(docs: Path, target: Path) -> None:
    """Both languages, each with the pictures."""
    for language in LANGUAGES:
        folder, pages = target / language, pages_of(docs, language)
        folder.mkdir(parents=True)
        shutil.copytree(docs / "pictures", folder / "pictures")
        titles = titles_of(pages["index"].read_text("utf-8"), language)
        for name, path in pages.items():
            text = with_contents(staged(path.read_text("utf-8"), titles))
            if language == "ja":
                text = unbroken(text) if path.stem.endswith(".ja") else in_english(text)
            (folder / f"{name}.md").write_text(text, "utf-8")


def titles_of(index: str, language: str) -> dict[str, str]:
    """Page -> what the index calls it, as it stands within a sentence."""
    around = "「{}」" if language == "ja" else "{}"
    return {page: around.format(title) for title, page in _ITEM.findall(_JAPANESE_LINK.sub(r"\1.md", index))}


if __name__ == "__main__":
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    stage(Path(sys.argv[1]), Path(sys.argv[2]))
