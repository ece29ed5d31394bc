"""The pages of docs/: every link leads somewhere, both languages say the same, every picture is made by the tests."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [
    *sorted(DOCS.glob("*.md")),
    *sorted(ROOT.glob("README*.md")),
    *(ROOT / f"{n}.md" for n in ("CHANGELOG", "CONTRIBUTING")),
]
ONLY_ENGLISH = {"scenarios"}  # its tables are written by a test; who reads it reads SIP
ENGLISH = [path.stem for path in sorted(DOCS.glob("*.md")) if not path.stem.endswith(".ja")]
PAIRS = [name for name in ENGLISH if name not in ONLY_ENGLISH]
LINK = re.compile(r"(?<!!)\[[^]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[([^]]*)\]\(pictures/([a-z-]+)-(ja|en)-(light|dark)\.webp\)")


def text_of(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def prose(text: str) -> str:
    """Without blocks of code."""
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.M | re.S)


def anchors(path: Path) -> set[str]:
    """What can stand behind # for this page: its headings as GitHub and the site name them."""
    headings = re.findall(r"^#+ (.*)$", prose(path.read_text("utf-8")), re.M)
    plain = [re.sub(r"[`*]", "", one).strip().lower() for one in headings]
    return {re.sub(r"[^\w\- ]", "", one).replace(" ", "-") for one in plain}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_and_anchor_leads_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(prose(path.read_text("utf-8"))) if "://" not in link]
    assert [link for link in links if not leads_somewhere(path, link)] == []


def leads_somewhere(path: Path, link: str) -> bool:
    file, _sign, anchor = link.partition("#")
    target = path.parent / file if file else path
    return target.exists() and (not anchor or anchor in anchors(target))


def test_an_anchor_that_is_not_there_is_seen() -> None:
    assert leads_somewhere(DOCS / "it.md", "#files")
    assert not leads_somewhere(DOCS / "it.md", "#no-such-heading")
    assert not leads_somewhere(DOCS / "it.md", "no-such-page.md")


@pytest.mark.parametrize("name", PAIRS)
def test_a_japanese_page_leads_to_japanese_pages(name: str) -> None:
    led = re.findall(r"\]\(([a-z-]+)\.md[)#]", prose(text_of(f"{name}.ja.md")))
    assert [page for page in led if page in PAIRS and page != name] == []


@pytest.mark.parametrize("name", PAIRS)
def test_a_page_reads_the_same_in_both_languages(name: str) -> None:
    english, japanese = text_of(f"{name}.md"), text_of(f"{name}.ja.md")
    for sign in (r"^#+ ", r"^ *(?:-|\d\.) ", r"^\| "):
        assert len(re.findall(sign, english, re.M)) == len(re.findall(sign, japanese, re.M)), sign


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_have_the_same_code(name: str) -> None:
    english, japanese = (code_of(text_of(f"{name}{ending}")) for ending in (".md", ".ja.md"))
    assert japanese == english


def code_of(text: str) -> list[tuple[str, list[str]]]:
    """Each block's language and lines, without what is said to the reader: comments, and names in examples."""
    blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.M | re.S)
    return [(language, [bare(line) for line in block.splitlines() if bare(line)]) for language, block in blocks]


def bare(line: str) -> str:
    """Without a comment at its end, and with … in the place of a text in either language."""
    return re.sub(r"""("|')[^"']*(?:[^\x00-\x7f]|\w \w)[^"']*\1""", "…", re.sub(r"(?:^|\s+)[#;] .*", "", line)).rstrip()


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_name_the_same_files_and_numbers_in_their_tables(name: str) -> None:
    english, japanese = (first_cells(text_of(f"{name}{ending}")) for ending in (".md", ".ja.md"))
    assert japanese == english


def first_cells(text: str) -> list[str]:
    """The code in the first cell of each row, without the words between."""
    cells = re.findall(r"^\| ([^|]*`[^|]*) \|", text, re.M)
    return [" ".join(re.findall(r"`[^`]+`", cell)) for cell in cells]


@pytest.mark.parametrize(("index", "ending"), [("index.md", ".md"), ("index.ja.md", ".ja.md")])
def test_the_index_has_every_page_once(index: str, ending: str) -> None:
    listed = re.findall(r"^- \[[^]]+\]\(([a-z-]+)(?:\.ja)?\.md\)", text_of(index), re.M)
    assert sorted(listed) == sorted(name for name in ENGLISH if name != "index")
    assert {page for page in listed if f"({page}{ending})" not in text_of(index)} in (set(), ONLY_ENGLISH)


@pytest.mark.parametrize("name", ENGLISH)
def test_every_picture_is_described_and_of_the_pages_language(name: str) -> None:
    shown = {}
    for ending, language in ((".md", "en"), (".ja.md", "ja")):
        text = text_of(f"{name}{ending}") if (DOCS / f"{name}{ending}").exists() else ""
        assert len(PICTURE.findall(text)) == len(re.findall(r"!\[", text)), "a picture that no test makes"
        assert all(alt.strip() and told == language for alt, _scene, told, _colours in PICTURE.findall(text))
        shown[language] = [(scene, colours) for _alt, scene, _told, colours in PICTURE.findall(text)]
    assert shown["ja"] == shown["en"]


def test_a_message_names_a_page_that_is_there_in_its_own_language() -> None:
    with (ROOT / "app/locale/ja/LC_MESSAGES/omote.po").open("rb") as file:
        told = [(str(one.id), str(one.string)) for one in read_po(file)]
    for english, japanese in told:
        named = re.findall(r"docs/([a-z-]+)\.md", english)
        assert [page for page in named if page not in PAIRS] == []
        assert re.findall(r"docs/([a-z-]+)\.ja\.md", japanese) == named
        assert not re.search(r"docs/[a-z-]+\.md", japanese)
