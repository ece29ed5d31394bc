"""What is installed on Windows: both installers say the same, and nothing that has to stay as it was has changed.

They are put through their lives under wine by packaging/windows/try-installers.sh, which takes minutes.
"""

import hashlib
import os
import re
import runpy
import shutil
import struct
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = ROOT / "packaging" / "windows"
WXS = (WINDOWS / "omote.wxs").read_text("utf-8")
NSI = (WINDOWS / "omote.nsi").read_text("utf-8")
W = "{http://wixtoolset.org/schemas/v4/wxs}"
FIXED = {  # a PC knows these from the version that it has: a changed one leaves it there for ever
    "UpgradeCode": "BDF55061-7FDD-4ABC-923C-343E70C7E902",
    "Program": "D7E3D656-EB43-4289-94DE-C9C88369FEC0",
    "ConsoleProgram": "8B0D2F5C-55A1-4E11-A2EA-FF5AE651FEBA",
    "Remembered": "B070DC46-3ABB-440F-A82B-39263E1E7D43",
    "Links": "19105371-4F69-417E-BAF1-895BB7A8A9C3",
    "Language": "DB5CB2A4-ADBA-41B7-853A-B417D279DEF5",
    "Autostart": "A67AAFC6-EE84-4E10-8F86-91D4BB819A0F",
    "ShortcutJa": "1341F0E5-1AC9-43A4-90B1-5A553B832810",
    "ShortcutEn": "DF80B2C9-D61F-44C3-96F3-B952E1197360",
    "ShortcutDesktop": "2E94C93D-A4B4-49E9-B704-873CEC832267",
    "MachineSettings": "21A2D69F-066D-44DC-A6E7-74CF8C086311",
}


@pytest.fixture(scope="module")
def package() -> ET.Element:
    found = ET.fromstring(WXS).find(f"{W}Package")
    assert found is not None
    return found


def components(package: ET.Element) -> dict[str, ET.Element]:
    return {one.attrib["Id"]: one for one in package.iter(f"{W}Component")}


def test_no_guid_has_ever_changed(package: ET.Element) -> None:
    guids = {name: one.attrib["Guid"] for name, one in components(package).items()}
    assert {"UpgradeCode": package.attrib["UpgradeCode"], **guids} == FIXED
    assert len(set(FIXED.values())) == len(FIXED)


def test_every_component_is_in_the_feature_and_what_has_a_condition_is_looked_at_again(
    package: ET.Element,
) -> None:
    named = [one.attrib["Id"] for one in package.iter(f"{W}ComponentRef")]
    assert sorted(named) == sorted(components(package))
    for name, one in components(package).items():
        assert ("Condition" in one.attrib) == (one.attrib.get("Transitive") == "yes"), name
        assert one.attrib["Bitness"] == "always64"


def test_what_people_can_say_to_the_msi_survives_the_way_to_the_service(package: ET.Element) -> None:
    said = {one.attrib["Id"] for one in package.iter(f"{W}Property") if one.attrib.get("Secure") == "yes"}
    assert said == {"CONFIGFILE", "REMOVEDATA", "LANGUAGE", "AUTOSTART", "DESKTOPSHORTCUT", "INSTALLFOLDER"}


def test_every_refusal_is_said_in_both_languages(package: ET.Element) -> None:
    words = [one.attrib["Message"] for one in package.iter(f"{W}Launch")]
    words += [one.attrib["DowngradeErrorMessage"] for one in package.iter(f"{W}MajorUpgrade")]
    assert len(words) == 5
    for one in words:
        english, slash, japanese = one.partition(" / ")
        assert slash
        assert english.isascii()
        assert re.search("[ぁ-ん]", japanese)
    both = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", NSI, re.MULTILINE)
    names = {name for name, _language in both}
    assert sorted(both) == sorted((name, language) for name in names for language in ("JAPANESE", "ENGLISH"))


def registry_of_msi(package: ET.Element) -> set[tuple[str, str, str]]:
    """Key, name and value of what the MSI writes for links."""
    return {
        (one.attrib["Key"], one.attrib.get("Name", ""), one.attrib["Value"].replace("[INSTALLFOLDER]", "$INSTDIR\\"))
        for one in components(package)["Links"].iter(f"{W}RegistryValue")
    }


def registry_of_setup() -> set[tuple[str, str, str]]:
    """The same of setup.exe."""
    told = NSI.replace("${KEY}", r"SOFTWARE\Omote")
    found = re.findall(r"""WriteRegStr HKLM "([^"]*)" "([^"]*)" (?:"([^"]*)"|'([^']*)')""", told)
    return {(key, name, plain or quoted) for key, name, plain, quoted in found}


def test_both_installers_offer_the_program_for_the_same_links(package: ET.Element) -> None:
    wanted = registry_of_msi(package)
    assert len(wanted) == 10
    assert wanted <= registry_of_setup()


def test_the_links_are_those_of_the_file_for_hand_work(package: ET.Element) -> None:
    """dial.reg is for who installs neither."""
    told = (WINDOWS / "dial.reg").read_text("utf-8").lower()
    for key, name, _value in registry_of_msi(package):
        if "DefaultIcon" not in key:
            assert f"hkey_local_machine\\{key.lower()}]" in told
            assert f'"{name.lower()}"=' in told or not name


def test_the_programs_name_their_mark_as_the_installers_look_for_it() -> None:
    from app.process_start import MARK

    assert f'!define MARK "{MARK}"' in NSI
    in_c = MARK.replace("\\", "\\\\")
    assert f'RUNNING L"{in_c}"' in (WINDOWS / "checks.c").read_text("utf-8")


def test_every_status_of_setup_is_told_to_it() -> None:
    told = (ROOT / "docs" / "it.md").read_text("utf-8")
    statuses = set(re.findall(r"^!define (?:REFUSED_SETTINGS|WRONG_PARAMETER|RUNS|ANOTHER_VERSION) (\d+)", NSI, re.M))
    assert statuses == {"13", "87", "1618", "1638"}
    for status in statuses:
        assert f"| {status} |" in told


@pytest.fixture(scope="module")
def for_wixl() -> dict[str, Any]:
    return runpy.run_path(str(WINDOWS / "for_wixl.py"))


def test_what_wixl_is_given_has_every_value_and_every_condition_of_the_real_source(
    for_wixl: dict[str, Any], package: ET.Element
) -> None:
    made, sql = for_wixl["rewritten"](WXS)
    old = "{http://schemas.microsoft.com/wix/2006/wi}"
    root = ET.fromstring(made)
    assert made.isascii()
    assert [one.attrib["Id"] for one in root.iter(f"{old}Component")] == list(components(package))
    for name in ("RegistryValue", "RegistrySearch", "Shortcut", "File", "Custom", "ComponentRef"):
        assert len(list(root.iter(f"{old}{name}"))) == len(list(package.iter(f"{W}{name}"))), name
    conditions = [one.attrib["Condition"] for one in package.iter(f"{W}Component") if "Condition" in one.attrib]
    assert all(any(f"`Condition` = '{one}'" in row for row in sql) for one in conditions)
    assert any("'CONFIGFILE', 'DATAFOLDER'" in row for row in sql)
    assert any("'REMOVEDATAFOLDER', 2)" in row for row in sql)
    assert any("REMOVEDATA" in row and "SecureCustomProperties" in row for row in sql)


def test_the_icon_has_every_size_that_windows_draws(tmp_path: Path) -> None:
    target = tmp_path / "omote.ico"
    subprocess.run([sys.executable, WINDOWS / "render_ico.py", target], check=True, capture_output=True)
    data = target.read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", data)
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * n) for n in range(count)]
    assert (reserved, kind) == (0, 1)
    assert [entry[0] or 256 for entry in entries] == [16, 20, 24, 32, 40, 48, 64, 256]
    for width, *_between, length, start in entries:
        picture = data[start : start + length]
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack_from(">II", picture, 16) == (width or 256, width or 256)


def manifests() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((WINDOWS / "winget").glob("*.yaml"))}


def field(manifest: str, name: str) -> str:
    """The one value of a line `name: value` at any depth."""
    (found,) = re.findall(rf"^[- ]*{name}: (.*)$", manifest, re.MULTILINE)
    return str(found).strip('"')


def test_the_winget_manifests_belong_together_and_name_the_msi() -> None:
    told = manifests()
    kinds = {field(one, "ManifestType") for one in told.values()}
    assert kinds == {"version", "installer", "defaultLocale", "locale"}
    for name in ("PackageIdentifier", "PackageVersion", "ManifestVersion"):
        assert len({field(one, name) for one in told.values()}) == 1, name
    installer = told["Omote.Omote.installer.yaml"]
    assert field(installer, "UpgradeCode") == f"{{{FIXED['UpgradeCode']}}}"
    assert set(re.findall(r"^  - (tel|callto|sip)$", installer, re.M)) == {"tel", "callto", "sip"}
    assert re.search("[ぁ-ん]", field(told["Omote.Omote.locale.ja-JP.yaml"], "ShortDescription"))


def test_a_release_fills_in_version_address_and_hash_and_refuses_what_is_none(tmp_path: Path) -> None:
    filled = runpy.run_path(str(WINDOWS / "winget.py"))["filled"]
    msi = tmp_path / "Omote-1.2.3-x64.msi"
    msi.write_bytes(b"an installer")
    made = filled(msi, "https://it.example/Omote-1.2.3-x64.msi")
    assert made.keys() == manifests().keys()
    assert {field(one, "PackageVersion") for one in made.values()} == {"1.2.3"}
    assert not any("@" in one for one in made.values())
    installer = made["Omote.Omote.installer.yaml"]
    assert field(installer, "InstallerUrl") == "https://it.example/Omote-1.2.3-x64.msi"
    assert field(installer, "InstallerSha256") == hashlib.sha256(b"an installer").hexdigest().upper()
    with pytest.raises(ValueError, match=r"other\.msi"):
        filled(tmp_path / "other.msi", "https://it.example/")
    with pytest.raises(ValueError, match="http:"):
        filled(msi, "http://it.example/")


WORKFLOW = (ROOT / ".github" / "workflows" / "packages.yml").read_text("utf-8")


def test_what_the_workflow_uses_is_pinned_and_what_it_runs_is_there() -> None:
    used = re.findall(r"uses: (\S+)", WORKFLOW)
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one)] == []
    scripts = re.findall(r"run: (packaging[\w/\\.-]+)", WORKFLOW)
    assert len(scripts) == 4
    assert [one for one in scripts if not (ROOT / one.replace("\\", "/")).is_file()] == []
    assert "permissions:\n  contents: read\n" in WORKFLOW
    assert "://" not in WORKFLOW


def test_the_real_build_makes_what_the_trial_makes() -> None:
    """build.ps1 gives the two sources every variable that they ask for."""
    real, trial = ((WINDOWS / name).read_text("utf-8") for name in ("build.ps1", "build-on-linux.sh"))
    for name in set(re.findall(r"\$\(var\.(\w+)\)", WXS)):
        assert f'"{name}=' in real
        assert f"-D {name}=" in trial
    for name in set(re.findall(r"\$\{(VERSION|PAYLOAD|BUILD|OUT|SIGN)\}", NSI)):
        assert f'"-D{name}=' in real
        assert f"-D{name}=" in trial


def test_the_uninstaller_takes_away_by_name_what_the_payload_has_at_its_top(tmp_path: Path) -> None:
    removal = runpy.run_path(str(WINDOWS / "payload_names.py"))["removal"]
    (tmp_path / "lib").mkdir()
    (tmp_path / "omote.exe").touch()
    assert removal(tmp_path) == 'RMDir /r "$INSTDIR\\lib"\nDelete "$INSTDIR\\omote.exe"\n'
    (tmp_path / "$SYSDIR").mkdir()
    with pytest.raises(ValueError, match="SYSDIR"):
        removal(tmp_path)


TOOLS = ("makensis", "wixl", "wixl-heat", "msibuild", "msiinfo", "x86_64-w64-mingw32-gcc")


@pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)),
    reason="NO INSTALLERS FOR WINDOWS ARE BUILT: needs nsis, wixl, msitools and gcc-mingw-w64-x86-64",
)
def test_both_are_built_around_a_stand_in_and_tell_windows_this_version(tmp_path: Path) -> None:
    """What they do then is tried by try-installers.sh."""
    env = os.environ | {"WORK": os.path.relpath(tmp_path, ROOT), "OUT": str(tmp_path), "PYTHON": sys.executable}
    subprocess.run([WINDOWS / "build-on-linux.sh"], env=env, check=True, capture_output=True, timeout=110)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    msi, setup = tmp_path / f"Omote-{version}-x64.msi", tmp_path / f"Omote-{version}-setup.exe"
    assert setup.read_bytes()[:2] == b"MZ"
    assert table(msi, "Property")["ProductVersion"] == version
    assert table(msi, "Property")["UpgradeCode"] == f"{{{FIXED['UpgradeCode']}}}"
    ids = table(msi, "Component")
    assert {name: ids[name] for name in FIXED if name in ids} == {
        name: f"{{{guid}}}" for name, guid in FIXED.items() if name != "UpgradeCode"
    }
    assert {"LookAround", "MoveFiles"} <= table(msi, "InstallExecuteSequence").keys()


def table(msi: Path, name: str) -> dict[str, str]:
    """First column -> second column."""
    told = subprocess.run(["msiinfo", "export", msi, name], check=True, capture_output=True, text=True).stdout
    rows = [line.split("\t") for line in told.splitlines()[3:]]
    return {row[0]: row[1] for row in rows}
