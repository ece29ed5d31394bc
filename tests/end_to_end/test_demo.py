"""`omote demo` without a screen, as `./run` starts it on a bare machine: a picture, what popped, and the end."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.end_to_end.running_program import environment, omote

POPPED = r"Popped: 髙橋 一郎 \(C-000001\), 03-3581-4111, \d+\.\d ms from packet to paint\."


@pytest.mark.parametrize(
    ("words", "more"),
    [([], {}), (["--offscreen"], {}), ([], {"QT_QPA_PLATFORM": "offscreen"})],
    ids=["no display", "--offscreen", "as ./run does it"],
)
def test_demo_without_a_screen_says_what_popped_leaves_its_picture_and_ends(
    tmp_path: Path, words: list[str], more: dict[str, str]
) -> None:
    picture = tmp_path / "pictures" / "pop.png"
    done = omote(
        *words, "demo", "--profile", tmp_path / "profile", "--language", "en", "--screenshot", picture,
        env=environment(**more),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0] == "No display here: running off-screen and writing a picture."
    assert re.fullmatch(POPPED, said[1])
    assert said[2:] == [f"Picture of the pop: {picture}"]
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1080, 680)
    assert len({image.pixel(x, y) for x in range(0, 1080, 3) for y in range(0, 680, 3)}) > 200


def test_demo_touches_nothing_but_its_own_profile(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = environment(HOME=str(home), XDG_DATA_HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_STATE_HOME=str(home))
    picture = tmp_path / "pop.png"
    done = omote("--offscreen", "demo", "--profile", tmp_path / "profile", "--screenshot", picture, env=env)
    assert done.returncode == 0, done.stderr
    left = {path.name for path in home.rglob("*") if "omote" in path.name.casefold()}
    assert left == set()
