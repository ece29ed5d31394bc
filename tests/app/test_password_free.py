"""No setting may hold a password, whoever says it and however; what is refused is not repeated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.main import main
from app.password_free import refuse_passwords
from app.policy import Policy
from app.settings_layers import layers_of, loaded

ROOT = Path(__file__).resolve().parents[2]
SECRET = re.compile("_?(secret|password|token)")
CANARY = "c4n4ry-refused"
HOLDS_ONE = [
    f'[database]\nurl = "postgresql://omote:{CANARY}@db.example/omote"\n',
    f'[database]\nurl = "postgresql://db.example/omote?password={CANARY}"\n',
    f'[database]\npassword = "{CANARY}"\n',
    f'[site]\nrecording_url = "https://omote:{CANARY}@rec.example/{{date}}"\n',
    f'[[source]]\nname = "x"\nserver = "pbx.example"\nusername = "201"\npassword = "{CANARY}"\n',
    f'[[source]]\nname = "x"\nserver = "pbx.example"\nusername = "201"\nsecret = "{CANARY}"\n',
    f'[[source]]\nname = "x"\nserver = "sip:201:{CANARY}@pbx.example"\nusername = "201"\n',
    f'[[source]]\nname = "x"\nserver = "201:{CANARY}@pbx.example"\nusername = "201"\n',
    f'[[source]]\nname = "x"\nserver = "pbx.example"\nusername = "201:{CANARY}@pbx.example"\n',
    f'[[action]]\nname = "crm"\nurl = "https://crm:{CANARY}@crm.example/{{number}}"\n',
    f'[[action]]\nname = "crm"\nurl = "https://crm.example/?n={{number}}&passwd={CANARY}"\n',
    f'[[action]]\nname = "crm"\nprogram = ["crm", "--password={CANARY}", "{{number}}"]\n',
    f'[[action]]\nname = "crm"\nprogram = ["crm", "--password", "{CANARY}", "{{number}}"]\n',
]
HOLDS_NONE = [
    '[[source]]\nname = "x"\nserver = "[2001:db8::1]:5060"\nusername = "201"\npassword_file = "/run/pw"\n',
    '[[source]]\nname = "x"\nkind = "sip-dialog"\nserver = "pbx.example"\nwatch = "201"\nusername = "2"\n',
    '[database]\nurl = "postgresql://omote@db.example:5432/omote?sslmode=verify-full"\n',
    '[[action]]\nname = "crm"\nurl = "https://crm.example/at:10/{number}"\n',
    '[[template]]\nname = "reset"\ntext = "reset link sent, password=changed 12:30@desk"\n',
]


@pytest.mark.parametrize("settings", HOLDS_ONE)
def test_a_password_in_any_setting_is_refused_by_every_command(
    settings: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.main._ask_running", lambda *_args: None)
    (tmp_path / "settings.toml").write_text(settings, "utf-8")
    bundle = tmp_path / "support.zip"
    for words in (["config", "show"], ["config", "check"], ["db", "stats"], ["diagnose", "--bundle", str(bundle)]):
        assert main([*words, "--profile", str(tmp_path), "--language", "en"]) == 1
    told = capsys.readouterr()
    assert told.err.count("is a password, or holds one. Take it out there, and type: omote secret set") == 3
    assert CANARY not in told.out + told.err
    assert CANARY.encode() not in bundle.read_bytes()
    bundle.unlink()


@pytest.mark.parametrize("settings", HOLDS_NONE)
def test_what_only_looks_like_one_is_taken(settings: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(settings, "utf-8")
    loaded(layers_of(file, tmp_path / "none.toml", {}))


@pytest.mark.parametrize("who", ["machine", "environment", "command line", "policy"])
def test_nobody_may_say_one(who: str, tmp_path: Path) -> None:
    url = f"postgresql://omote:{CANARY}@db.example/omote"
    machine, none = tmp_path / "machine.toml", tmp_path / "none.toml"
    if who == "machine":
        machine.write_text(f'[database]\nurl = "{url}"\n')
    environ = {"OMOTE_DATABASE_URL": url} if who == "environment" else {}
    said = [f"database.url={url}"] if who == "command line" else []
    policy = Policy("policy", {"database": {"url": url}} if who == "policy" else {})
    with pytest.raises(UserError, match="holds one") as caught:
        loaded(layers_of(none, machine, environ, said, policy))
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    "words",
    [
        ["secret", "set", "desk phone", CANARY],
        ["secret", "set", "desk phone", f"--password={CANARY}"],
        ["--set", f"source.password={CANARY}", "config", "show"],
        ["config", "show", f"--pasword={CANARY}"],
    ],
)
def test_what_is_typed_in_the_wrong_place_is_not_repeated(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main([*words, "--profile", str(tmp_path), "--language", "en"])
    except SystemExit as end:
        status = int(end.code or 0)
    told = capsys.readouterr()
    assert status in (1, 2)
    assert told.err
    assert CANARY not in told.out + told.err


def test_settings_of_any_shape_are_only_looked_through() -> None:
    refuse_passwords({"source": "no table", "desk": {"operator": 1}, "line": [{"name": "a:b@c"}, 3]}, "here")


def fields_of_secrets() -> Iterator[tuple[str, bool]]:
    """Every field of a dataclass that holds one as a text, and whether its repr hides it."""
    for path in sorted(one for layer in ("app", "cti", "db", "ui") for one in (ROOT / layer).rglob("*.py")):
        for made in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(made, ast.ClassDef):
                continue
            has_own = any(isinstance(one, ast.FunctionDef) and one.name == "__repr__" for one in made.body)
            held = (one for one in made.body if isinstance(one, ast.AnnAssign) and "str" in ast.unparse(one.annotation))
            for one in held:
                if SECRET.fullmatch(ast.unparse(one.target)):
                    hidden = has_own or (one.value is not None and "repr=False" in ast.unparse(one.value))
                    yield f"{path.name}: {made.name}.{ast.unparse(one.target)}", hidden


def test_no_value_of_ours_shows_a_password_when_it_is_printed() -> None:
    found = dict(fields_of_secrets())
    assert len(found) >= 4
    assert [name for name, is_hidden in found.items() if not is_hidden] == []
