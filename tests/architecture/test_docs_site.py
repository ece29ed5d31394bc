"""The built site: it loads nothing from elsewhere, no link is dead, it finds words, and it is built alike twice."""

import filecmp
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
LOADS = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("form", "action"),
}
UNREAD = {"next", "prev", "search"}  # relations of a link that load nothing

pytestmark = pytest.mark.skipif(
    not (ROOT / ".venv-docs" / "ready").exists(),
    reason="THE SITE OF THE DOCS IS NOT BUILT: packaging/build-docs.sh has never been run here, and it installs Sphinx",
)


def build(target: Path) -> Path:
    told = subprocess.run(
        ["packaging/build-docs.sh", target], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return target


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("site") / "docs")


class Page(HTMLParser):
    """What a page loads, where it leads, and what in it can be led to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.places: set[str] = set()
        self.undescribed: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.places |= {told[name] for name in ("id", "name") if name in told}
        if tag == "a" and "href" in told:
            self.leads.append(told["href"])
        if tag == "img" and not told.get("alt", "").strip():
            self.undescribed.append(told.get("src", ""))
        if told.get("rel") not in UNREAD:
            self.loads += [told[name] for of, name in LOADS if of == tag and name in told]


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_both_languages_have_every_page(site: Path) -> None:
    names = {path.name for path in (ROOT / "docs").glob("*.md") if not path.stem.endswith(".ja")}
    wanted = {name.replace(".md", ".html") for name in names} | {"search.html"}
    for language in ("en", "ja"):
        assert {path.name for path in (site / language).glob("*.html")} == wanted


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {load for path in pages(site) for load in Page(path).loads}
    assert loaded
    assert [load for load in loaded if re.match(r"[a-z]+:|//", load) and not load.startswith("data:")] == []
    sheets = "\n".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    fetched = re.findall(r"""(?:@import\s+|url\(\s*)["']?([^"')]+)""", sheets)
    assert [one for one in fetched if re.match(r"[a-z]+:|//", one) and not one.startswith("data:")] == []
    scripts = "\n".join(path.read_text("utf-8") for path in site.rglob("_static/**/*.js"))
    assert set(re.findall(r"(?:fetch|XMLHttpRequest|importScripts)\b", scripts)) == set()


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    read = {path: Page(path) for path in pages(site)}
    dead = [
        f"{path.relative_to(site)}: {link}"
        for path, page in read.items()
        for link in [*page.leads, *(load for load in page.loads if not load.startswith("data:"))]
        if not re.match(r"[a-z]+:", link) and not leads_somewhere(read, path, link)
    ]
    assert dead == []


def leads_somewhere(read: dict[Path, Page], path: Path, link: str) -> bool:
    file, _sign, place = unquote(link).partition("#")
    target = (path.parent / file.partition("?")[0]).resolve() if file else path
    return target.exists() and (not place or place in read[target].places)


def test_every_picture_of_the_site_is_described(site: Path) -> None:
    assert [missing for path in pages(site) for missing in Page(path).undescribed] == []


def test_what_the_search_looks_through_has_the_words_of_the_pages(site: Path) -> None:
    for language, page, words in (("en", "settings.html", "check_contact"), ("ja", "settings.html", "既定")):
        text = (site / language / "search-data.js").read_text("utf-8")
        sections = json.loads(text.removeprefix("const SECTIONS = ").rstrip(";\n"))
        assert [place for place, _anchor, _heading, told in sections if place == page and words in told]


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here: the search of the site is not tried in a browser")
@pytest.mark.parametrize(
    ("language", "asked", "found"),
    [
        ("ja", "非通知", 1), ("ja", "ＰＢＸ　ﾃﾞｽｸ", 1), ("ja", "どこにもない言葉", 0), ("en", "pg_dump RESTORE", 1),
    ],
)  # fmt: skip
def test_the_search_finds_words_in_a_browser_without_a_server(
    site: Path, tmp_path: Path, language: str, asked: str, found: int
) -> None:
    dom = shown_in_browser(f"{(site / language / 'search.html').as_uri()}?q={asked}", tmp_path)
    entries = re.findall(r"<li><a href=\"([a-z-]+\.html#[^\"]+)\"", dom)
    assert (len(entries) > 0) is (found > 0)
    read = {path: Page(path) for path in pages(site)} if entries else {}
    assert [one for one in entries if not leads_somewhere(read, site / language / "search.html", one)] == []


def shown_in_browser(address: str, home: Path) -> str:
    words = [str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={home}", "--dump-dom"]
    return subprocess.run([*words, address], capture_output=True, text=True, timeout=120, check=True).stdout


def test_two_builds_are_the_same_to_the_byte(site: Path, tmp_path: Path) -> None:
    again = build(tmp_path / "again")
    files = [path.relative_to(site) for path in site.rglob("*") if path.is_file()]
    assert {path.relative_to(again) for path in again.rglob("*") if path.is_file()} == set(files)
    _same, different, unreadable = filecmp.cmpfiles(site, again, [os.fspath(one) for one in files], shallow=False)
    assert (different, unreadable) == ([], [])
