"""`omote --self-check`: everything that is loaded late is used once, and a program that lacks something says so."""

import json
from pathlib import Path

import pytest

from app.errors import UserError
from app.self_check import self_check
from tests.end_to_end.running_program import environment, omote

ROOT = Path(__file__).resolve().parents[2]
OF_THE_SYSTEM = {
    "keyring",
    "fonts",
    "authorities",
}  # may be lacking where the tests run; the program is whole all the same


def test_a_whole_program_says_what_it_consists_of_and_ends_with_0(tmp_path: Path) -> None:
    done = omote("--self-check", "--json", env=environment(HOME=str(tmp_path)))
    assert done.returncode == 0, done.stderr
    told = {one["part"]: one for one in json.loads(done.stdout)}
    assert {name for name, one in told.items() if one["level"] != "ok"} <= OF_THE_SYSTEM
    assert {"drivers", "dialects", "migrations", "process", "platforms", "window", "qt_words", "words"} <= told.keys()
    sources = [path for layer in ("app", "cti", "db", "ui") for path in (ROOT / layer).rglob("*.py")]
    ours = [path for path in sources if "migrations" not in path.parts and path.name != "__main__.py"]
    packages = len({path.parent for path in ours if path.parent.parent == ROOT})
    assert int(told["modules"]["text"]) == len(ours) - packages
    assert not list(tmp_path.iterdir())


@pytest.fixture
def _offscreen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.mark.usefixtures("_offscreen")
def test_a_part_that_is_broken_is_a_fault_and_the_others_are_looked_at_too(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> str:
        raise ImportError("libxcb-cursor.so.0: cannot open shared object file")

    assert self_check({"platforms": broken, "window": lambda: "drawn"}, as_json=False) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-2].startswith(
        "fault: platforms: ImportError: libxcb-cursor.so.0: cannot open shared object file Install"
    )
    assert said[-1] == "ok: window: drawn"


@pytest.mark.usefixtures("_offscreen")
def test_what_the_system_lacks_asks_for_attention_but_the_program_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    def lacking() -> str:
        raise UserError("There is no font.", "Install one.")

    assert self_check({"fonts": lacking}, as_json=False) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "attention: fonts: There is no font. Install one."
