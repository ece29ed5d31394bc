"""What a Mac would be given, as far as it shows without one: property lists, the spec as macOS runs it, the steps.

None of it has been run on macOS. The spec is executed with stand-ins for PyInstaller, build.sh with stand-ins for
Apple's tools, which write down how they were called.
"""

import os
import plistlib
import re
import shutil
import subprocess
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImageReader

from app.policy import in_property_list
from app.settings_layers import Layer, Origin, loaded

ROOT = Path(__file__).resolve().parents[2]
MACOS = ROOT / "packaging" / "macos"
LISTS = [*sorted(MACOS.glob("*.plist")), MACOS / "omote.mobileconfig"]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_property_list_is_one(path: Path) -> None:
    assert plistlib.loads(path.read_bytes())


def test_the_hardened_runtime_is_opened_for_two_things_only() -> None:
    assert plistlib.loads((MACOS / "entitlements.plist").read_bytes()) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.device.audio-input": True,
    }


def strings(language: str) -> dict[str, str]:
    text = (MACOS / f"{language}.lproj" / "InfoPlist.strings").read_text("utf-8")
    return dict(re.findall(r'^"(\w+)" = "([^"]+)";$', text, re.MULTILINE))


def test_what_macos_asks_in_our_name_is_said_in_both_languages() -> None:
    english, japanese = strings("en"), strings("ja")
    assert english.keys() == japanese.keys() == {"NSMicrophoneUsageDescription", "CFBundleDisplayName"}
    assert "マイク" in japanese["NSMicrophoneUsageDescription"]
    assert english["NSMicrophoneUsageDescription"] == bundle()["info_plist"]["NSMicrophoneUsageDescription"]


class _Made(list[Any]):
    """What Analysis, PYZ, EXE and COLLECT give."""

    def __init__(self, *_args: Any, **words: Any) -> None:
        super().__init__()
        self.words = words
        self.binaries: list[Any] = [
            ("PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore", "", ""),
            ("PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick", "", ""),
            ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "", ""),
        ]
        self.datas: list[Any] = list(words.get("datas", []))
        self.scripts = self.pure = ()


def run_spec(monkeypatch: pytest.MonkeyPatch, platform: str) -> tuple[dict[str, Any], list[Mapping[str, Any]]]:
    """The names of the spec as such a system would leave them, and what it was to make a bundle of."""
    bundles: list[Mapping[str, Any]] = []
    inner = ("", ".depend", ".depend.bindepend", ".utils", ".utils.hooks")
    for name in (f"PyInstaller{one}" for one in inner):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    vars(sys.modules["PyInstaller.depend.bindepend"])["get_imports"] = lambda _path: []
    for name in ("collect_data_files", "copy_metadata"):
        vars(sys.modules["PyInstaller.utils.hooks"])[name] = lambda _name: []
    monkeypatch.setattr(sys, "platform", platform)
    spec = ROOT / "packaging" / "omote.spec"
    scope: dict[str, Any] = dict.fromkeys(("Analysis", "PYZ", "EXE", "COLLECT"), _Made)
    scope |= {"BUNDLE": lambda *_args, **words: bundles.append(words), "SPECPATH": str(spec.parent)}
    exec(compile(spec.read_text("utf-8"), str(spec), "exec"), scope)
    return scope, bundles


def bundle() -> Mapping[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        _scope, (made,) = run_spec(patch, "darwin")
    return made


def test_the_bundle_takes_links_and_names_its_system() -> None:
    made = bundle()
    told = made["info_plist"]
    assert (made["name"], made["bundle_identifier"]) == ("Omote.app", "jp.omote.Omote")
    assert told["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == ["tel", "callto", "sip"]
    assert (told["LSMinimumSystemVersion"], told["LSUIElement"]) == ("13.0", False)
    assert told["CFBundleLocalizations"] == ["en", "ja"]
    assert f'<os-version min="{told["LSMinimumSystemVersion"]}"/>' in (MACOS / "distribution.xml").read_text()
    assert plistlib.loads(plistlib.dumps(dict(told))) == told


def test_macos_alone_gets_a_bundle_and_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform in ("linux", "darwin"):
        scope, bundles = run_spec(monkeypatch, platform)
        targets = [target for _path, target in scope["analysis"].datas]
        assert len(bundles) == (platform == "darwin")
        assert ({"en.lproj", "ja.lproj"} <= set(targets)) is (platform == "darwin")


def test_frameworks_that_nobody_needs_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    scope, _bundles = run_spec(monkeypatch, "darwin")
    kept = [Path(name).name for name, _path, _kind in scope["analysis"].binaries]
    assert kept == ["QtCore", "libqcocoa.dylib"]


def test_the_icon_is_read_by_somebody_else_than_who_wrote_it(tmp_path: Path) -> None:
    target = tmp_path / "omote.icns"
    subprocess.run([sys.executable, MACOS / "make_icns.py", target], check=True, timeout=60)
    reader = QImageReader(str(target), b"icns")
    sizes = set()
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        sizes.add(reader.read().width())
    assert {16, 32, 128, 256, 512, 1024} <= sizes


def test_the_example_for_the_mdm_holds_settings_that_are_taken(tmp_path: Path) -> None:
    (payload,) = plistlib.loads((MACOS / "omote.mobileconfig").read_bytes())["PayloadContent"]
    ours = {name: value for name, value in payload.items() if not name.startswith("Payload")}
    file = tmp_path / "jp.omote.Omote.plist"
    file.write_bytes(plistlib.dumps(ours))
    policy = in_property_list(file)
    layers = [Layer(Origin.MACHINE, tmp_path, {}), Layer(Origin.POLICY, policy.where, policy.tables)]
    found = loaded(layers)
    assert found.settings.trace.mask_numbers
    assert [one.name for one in found.settings.sources] == ["desk phone"]
    assert found.is_locked("database", "url")


STAND_INS = {
    "uname": "case $1 in -s) echo Darwin ;; -m) echo arm64 ;; esac",
    "shasum": 'cat >/dev/null </dev/null; echo "0123 $3"',
    "xcrun": 'log xcrun "$@"',
    "codesign": 'log codesign "$@"',
    "pkgbuild": 'log pkgbuild "$@"',
    "productbuild": 'log productbuild "$@"; for last; do :; done; mkdir -p dist; : >"$last"',
}
PYTHON = """
case "$*" in
  *plistlib*) echo 0.1.0 ;;
  *PyInstaller*)
    mkdir -p dist/Omote.app/Contents/MacOS dist/Omote.app/Contents/Frameworks/PySide6/Qt/lib/QtCore.framework
    : >dist/Omote.app/Contents/Frameworks/libomote.dylib
    printf '#!/bin/sh\nexit 0\n' >dist/Omote.app/Contents/MacOS/omote
    chmod +x dist/Omote.app/Contents/MacOS/omote ;;
esac
log python "$@"
"""


def build(tmp_path: Path, **environ: str) -> tuple[list[str], str]:
    """What Apple's tools were asked for, in order, and what the script said."""
    checkout, tools, calls = tmp_path / "checkout", tmp_path / "tools", tmp_path / "calls"
    shutil.copytree(MACOS, checkout / "packaging" / "macos")
    shutil.copy(MACOS.parent / "environment.sh", checkout / "packaging")
    (checkout / "packaging" / "bundle.lock").touch()
    tools.mkdir()
    ready = checkout / ".venv-bundle"
    (ready / "bin").mkdir(parents=True)
    (ready / "ready").touch()
    for path, does in [*((tools / name, does) for name, does in STAND_INS.items()), (ready / "bin" / "python", PYTHON)]:
        path.write_text(f'#!/bin/sh\nlog() {{ echo "$@" >>{calls}; }}\n{does}\n')
        path.chmod(0o755)
    env = {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "1", **environ}
    done = subprocess.run(
        [checkout / "packaging" / "macos" / "build.sh"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return calls.read_text().splitlines(), done.stdout


def test_without_an_identity_it_builds_and_says_that_nobody_signed_it(tmp_path: Path) -> None:
    calls, said = build(tmp_path)
    assert [one.split()[0] for one in calls if not one.startswith("python")] == ["pkgbuild", "productbuild"]
    for part in ("signed by nobody (ad hoc)", "the package is signed by nobody", "not notarised"):
        assert part in said
    assert "dist/Omote-0.1.0-arm64.pkg" in said


def test_what_is_inside_is_signed_before_what_holds_it_and_apple_comes_last(tmp_path: Path) -> None:
    calls, said = build(
        tmp_path,
        SIGN_APP="Developer ID Application: X",
        SIGN_PKG="Developer ID Installer: X",
        NOTARY_PROFILE="omote",
    )
    allowed = "--entitlements packaging/macos/entitlements.plist dist/Omote.app"
    steps = [
        "libomote.dylib", "QtCore.framework", f"{allowed}/Contents/MacOS/omote", allowed, "--verify --deep --strict",
        "pkgbuild", "--sign Developer ID Installer: X", "notarytool submit", "stapler staple",
    ]  # fmt: skip
    at = -1
    for step in steps:
        at = next(n for n, call in enumerate(calls) if step in call and n > at)
    assert "nobody" not in said
    assert all("--options runtime" in call for call in calls if call.startswith("codesign --force"))


@pytest.mark.parametrize("script", ["macos/build.sh", "macos/scripts/postinstall", "try-rpm.sh", "try-deb.sh"])
def test_scripts_can_be_read_by_a_shell(script: str) -> None:
    subprocess.run(["sh", "-n", ROOT / "packaging" / script], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", "-S", "warning", ROOT / "packaging" / script], check=True)
