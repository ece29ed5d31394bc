"""The locks: every package pinned and hashed, no host named, and nothing of pyproject.toml left out."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8") + (ROOT / "packaging" / "fuzz.lock").read_text("utf-8")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)+(?:.*\n)?)", re.MULTILINE)
PINS = {found["name"]: found for found in PIN.finditer(LOCK)}
TABLES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT, GROUPS = TABLES["project"], TABLES["dependency-groups"]
ASKED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"], *GROUPS["fuzz"]]


def test_the_lock_names_no_host() -> None:
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|--trusted-host| @ ", LOCK) == []


def test_every_line_that_starts_a_package_is_a_pin() -> None:
    starts = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(starts) == len(PINS) > 20


@pytest.mark.parametrize("name", PINS)
def test_every_pin_has_hashes(name: str) -> None:
    assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", PINS[name]["rest"])


@pytest.mark.parametrize("line", ASKED)
def test_what_the_project_asks_for_is_locked_in_a_version_that_it_takes(line: str) -> None:
    asked = Requirement(line)
    pin = PINS[canonicalize_name(asked.name)]
    assert asked.specifier.contains(pin["version"], prereleases=True)


BUNDLE = (ROOT / "packaging" / "bundle.lock").read_text("utf-8")
BUNDLED = {found["name"]: found for found in PIN.finditer(BUNDLE)}
SOFTPHONE = {found["name"]: found for found in PIN.finditer((ROOT / "packaging" / "softphone.lock").read_text("utf-8"))}


def test_the_lock_of_the_bundle_names_no_host_and_has_hashes() -> None:
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|--trusted-host| @ ", BUNDLE) == []
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", found["rest"]) for found in BUNDLED.values())


def test_what_is_frozen_is_what_was_tested() -> None:
    versions = {name: found["version"] for name, found in {**SOFTPHONE, **PINS}.items()}
    other = {name for name, found in BUNDLED.items() if versions.get(name, found["version"]) != found["version"]}
    assert other == set()


@pytest.mark.parametrize("line", [*PROJECT["dependencies"], *GROUPS["bundle"]])
def test_what_a_bundle_needs_is_locked_for_it_in_a_version_that_the_project_takes(line: str) -> None:
    asked = Requirement(line)
    assert asked.specifier.contains(BUNDLED[canonicalize_name(asked.name)]["version"], prereleases=True)


DOCS = (ROOT / "packaging" / "docs.lock").read_text("utf-8")
BUILDS_DOCS = {found["name"]: found for found in PIN.finditer(DOCS)}


def test_the_lock_of_the_docs_names_no_host_and_has_hashes() -> None:
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|--trusted-host| @ ", DOCS) == []
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", found["rest"]) for found in BUILDS_DOCS.values())


@pytest.mark.parametrize("line", GROUPS["docs"])
def test_what_builds_the_docs_is_locked_in_a_version_that_the_project_takes(line: str) -> None:
    asked = Requirement(line)
    assert asked.specifier.contains(BUILDS_DOCS[canonicalize_name(asked.name)]["version"], prereleases=True)
