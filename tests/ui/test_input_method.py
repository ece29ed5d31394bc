"""Japanese input on Linux: fcitx5 is reached by ibus's protocol, with or without an ibus beside it."""

import sys
from pathlib import Path

import pytest

from ui.application import choose_input_method

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such choice")


def chosen(path: Path, **environ: str) -> dict[str, str]:
    given = {"PATH": str(path), **environ}
    choose_input_method(given)
    return {name: text for name, text in given.items() if name != "PATH"}


@pytest.mark.parametrize("asked", [{"QT_IM_MODULE": "fcitx"}, {"XMODIFIERS": "@im=fcitx"}])
def test_fcitx_alone_is_reached_by_the_portal(tmp_path: Path, asked: dict[str, str]) -> None:
    told = chosen(tmp_path, **asked)
    assert (told["QT_IM_MODULE"], told["IBUS_USE_PORTAL"]) == ("ibus", "1")


def test_beside_an_ibus_qt_finds_fcitx_by_its_file(tmp_path: Path) -> None:
    daemon = tmp_path / "ibus-daemon"
    daemon.write_text("")
    daemon.chmod(0o755)
    assert chosen(tmp_path, QT_IM_MODULE="fcitx", QT_IM_MODULES="x") == {"QT_IM_MODULE": "ibus"}


def test_other_input_methods_are_left_alone(tmp_path: Path) -> None:
    assert chosen(tmp_path, QT_IM_MODULE="ibus") == {"QT_IM_MODULE": "ibus"}
