"""What is inside and whose it is: each package that is shipped has its licence's text, and may be shipped with ours."""

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING, SUPPLY = ROOT / "packaging", ROOT / ".venv-supply" / "bin" / "python"


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, Any]]:
    """The scripts of packaging/, which is no package."""
    sys.path.insert(0, str(PACKAGING))
    try:
        yield {name: import_module(name) for name in ("inside", "notices", "sbom")}
    finally:
        sys.path.remove(str(PACKAGING))


@pytest.fixture(scope="module")
def shipped(scripts: dict[str, Any]) -> list[Any]:
    """Every package of the bundle's lock that is no tool, as it is installed here or as far as that can be told."""
    inside, found = scripts["inside"], []
    for name, (version, _hashes) in inside.locked().items():
        if name in inside.BUILD_TOOLS:
            continue
        try:
            found.append(inside.part_of(metadata.distribution(name)))
        except metadata.PackageNotFoundError:  # of another system, or of the softphone
            said = inside._SAID.get(name, "unknown")
            found.append(inside.Part(name, version, said, "python", "", texts=inside.texts_of(name, ())))
    return found


def test_every_package_that_is_shipped_has_a_text_of_its_licence(shipped: list[Any]) -> None:
    assert len(shipped) > 35
    assert [one.name for one in shipped if not any(len(text) > 200 for _name, text in one.texts)] == []


def test_every_licence_may_go_with_ours(scripts: dict[str, Any], shipped: list[Any]) -> None:
    allowed = scripts["inside"].is_allowed
    assert {one.name: one.licence for one in shipped if not allowed(one.licence)} == {}
    assert all(allowed(known.licence) for known in scripts["inside"]._LIBRARIES.values())


@pytest.mark.parametrize("licence", ["Apache-2.0 OR Proprietary", "MIT", "BSD-3-Clause AND PSF-2.0"])
def test_of_alternatives_one_is_enough(scripts: dict[str, Any], licence: str) -> None:
    assert scripts["inside"].is_allowed(licence)


@pytest.mark.parametrize("licence", ["unknown", "SSPL-1.0", "MIT AND SSPL-1.0", "GPL-2.0-only", "BSD-4-Clause"])
def test_what_cannot_go_with_ours_is_refused(scripts: dict[str, Any], licence: str) -> None:
    assert not scripts["inside"].is_allowed(licence)


def test_no_package_that_is_shipped_needs_a_tool_that_is_not(scripts: dict[str, Any], shipped: list[Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["softphone"]]
    wanted = {scripts["inside"].canonical(re.split(r"[ ;<>=!~\[(]", need)[0]) for need in asked}
    for one in shipped:
        try:
            needs = metadata.requires(one.name) or []
        except metadata.PackageNotFoundError:
            continue
        wanted |= {
            scripts["inside"].canonical(re.split(r"[ ;<>=!~\[(]", need)[0]) for need in needs if "extra ==" not in need
        }
    assert wanted & scripts["inside"].BUILD_TOOLS == set()


def test_the_notices_name_each_with_its_text_and_say_how_qt_is_replaced(
    scripts: dict[str, Any], shipped: list[Any]
) -> None:
    told = scripts["notices"].notices(shipped)
    assert [one.name for one in shipped if f"\n{one.name} {one.version}: {one.licence}" not in told] == []
    assert all(text.strip("\n") in told for one in shipped for _name, text in one.texts)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in told
    assert "You may replace them by builds of your own" in told
    assert "_source.tar.xz" in told


def test_the_same_artefact_gives_the_same_list_and_another_one_another(
    scripts: dict[str, Any], shipped: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    one, other = tmp_path / "omote_1.deb", tmp_path / "omote_2.deb"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    make, hashes = scripts["sbom"].bom, scripts["inside"].locked()
    first = make(one, shipped, hashes)
    assert make(one, shipped, hashes) == first
    assert first["metadata"]["timestamp"] == "2026-11-23T00:00:00+00:00"
    assert make(other, shipped, hashes)["serialNumber"] != first["serialNumber"]
    components = {told["name"]: told for told in first["components"]}
    assert components["h11"]["purl"].startswith("pkg:pypi/h11@")
    assert components["h11"]["licenses"] == [{"expression": "MIT"}]
    assert len([told for told in components["h11"]["properties"] if told["name"] == "omote:lock-sha256"]) >= 2


def test_the_list_is_valid_by_cyclonedx_own_schema(scripts: dict[str, Any], shipped: list[Any], tmp_path: Path) -> None:
    if not SUPPLY.exists():
        pytest.skip("THE SBOM IS NOT CHECKED AGAINST ITS SCHEMA: packaging/supply.sh has never been run here")
    made = scripts["sbom"].bom(ROOT / "LICENSE", shipped, scripts["inside"].locked())
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(made))
    bad.write_text(json.dumps(made | {"serialNumber": "none"}))
    status = [
        subprocess.run([SUPPLY, PACKAGING / "check_sbom.py", path], check=False).returncode for path in (good, bad)
    ]
    assert status == [0, 1]


class Osv:
    """Stands in for the service on loopback: `known` are packages with a vulnerability."""

    def __init__(self, known: set[str]) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                found = {"id": "PYSEC-2026-1", "summary": "x", "aliases": [], "affected": []}
                answer = {"vulns": [found]} if asked["package"]["name"] in known else {}
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_words: object) -> None:
                """Nobody reads it."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1/query"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def audited(url: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"OSV_URL": url, "no_proxy": "127.0.0.1"}
    return subprocess.run(
        [PACKAGING / "audit.sh"], env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )  # fmt: skip


@pytest.mark.skipif(not SUPPLY.exists(), reason="THE AUDIT IS NOT TRIED: packaging/supply.sh has never been run here")
@pytest.mark.parametrize(("known", "status"), [(set(), 0), ({"h11"}, 1)])
def test_the_audit_says_whether_anything_is_known(known: set[str], status: int) -> None:
    service = Osv(known)
    done = audited(service.url)
    service.stop()
    assert done.returncode == status, done.stderr
    assert ("PYSEC-2026-1" in done.stdout) is bool(known)


@pytest.mark.skipif(not SUPPLY.exists(), reason="THE AUDIT IS NOT TRIED: packaging/supply.sh has never been run here")
def test_an_audit_that_could_ask_nobody_is_no_clean_one() -> None:
    done = audited("http://127.0.0.1:1/v1/query")
    assert done.returncode == 3
    assert "NOTHING WAS CHECKED" in done.stderr
