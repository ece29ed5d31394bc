"""What makes Omote the program for tel:, callto: and sip: links, on each system: three schemes, one argument."""

import configparser
import plistlib
import shlex
from pathlib import Path

from app.asking import request_of
from app.cli import parser

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
SCHEMES = {"tel", "callto", "sip"}
HOSTILE = 'tel:0312345678" --profile /x'


def test_the_linux_entry_hands_a_link_over_as_one_argument() -> None:
    entry = configparser.RawConfigParser()
    entry.read(PACKAGING / "linux/omote-dial.desktop", "utf-8")
    kinds = entry["Desktop Entry"]["MimeType"].strip(";").split(";")
    assert {one.removeprefix("x-scheme-handler/") for one in kinds} == SCHEMES
    words = shlex.split(entry["Desktop Entry"]["Exec"])
    assert words == ["omote", "dial", "%u"]
    asked = parser().parse_args([word.replace("%u", HOSTILE) for word in words[1:]])
    assert request_of(asked) == {"do": "dial", "number": HOSTILE}


def test_the_windows_entries_register_all_three_and_take_none_by_force() -> None:
    text = (PACKAGING / "windows/dial.reg").read_text("utf-8")
    capabilities = text.partition("UrlAssociations]\n")[2].partition("\n\n")[0]
    assert {line.partition("=")[0].strip('"') for line in capabilities.splitlines()} == SCHEMES
    assert r'omote.exe\" dial \"%1\""' in text
    assert "UserChoice" not in text


def test_the_macos_bundle_names_all_three() -> None:
    told = plistlib.loads((PACKAGING / "macos/url-types.plist").read_bytes())
    assert set(told["CFBundleURLTypes"][0]["CFBundleURLSchemes"]) == SCHEMES
