"""Writes what is in an artefact as CycloneDX 1.6, beside it: dist/omote_0.1.0-1_amd64.deb.cdx.json.

    .venv-bundle/bin/python packaging/sbom.py FOLDER ARTEFACT...     FOLDER: the frozen program that all of them hold

The same artefact gives the same file: the serial number comes from its hash, the time is SOURCE_DATE_EPOCH.
`packaging/supply.sh` checks it against the schema.
"""

import hashlib
import json
import os
import sys
import tomllib
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import inside

ROOT = Path(__file__).resolve().parents[1]
_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of URLs: RFC 4122


def bom(
    artefact: Path, parts: Sequence[inside.Part], hashes: dict[str, tuple[str, tuple[str, ...]]]
) -> dict[str, object]:
    """For a file its sha256; for a folder that of all its files."""
    digest = digest_of(artefact)
    version = (
        os.environ.get("VERSION") or tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    )
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    refs = [f"{n:03d}-{one.name}" for n, one in enumerate(parts)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, f'omote {artefact.name} {digest}')}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat(),
            "component": {
                "type": "application", "bom-ref": "omote", "name": "omote", "version": version,
                "licenses": [{"expression": "GPL-3.0-or-later"}], "hashes": [{"alg": "SHA-256", "content": digest}],
                "properties": [{"name": "omote:artefact", "value": artefact.name}],
            },
        },
        "components": [_component(one, ref, hashes) for one, ref in zip(parts, refs, strict=True)],
        "dependencies": [{"ref": "omote", "dependsOn": refs}],
    }  # fmt: skip


def digest_of(artefact: Path) -> str:
    if artefact.is_file():
        return hashlib.sha256(artefact.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for one in sorted(artefact.rglob("*")):
        if one.is_file() and not one.is_symlink():
            whole.update(
                one.relative_to(artefact).as_posix().encode() + b"\0" + hashlib.sha256(one.read_bytes()).digest()
            )
    return whole.hexdigest()


def _component(one: inside.Part, ref: str, hashes: dict[str, tuple[str, tuple[str, ...]]]) -> dict[str, object]:
    told: dict[str, object] = {"type": "library", "bom-ref": ref, "name": one.name, "version": one.version}
    if one.purl:
        told["purl"] = one.purl
    if one.sha256:
        told["hashes"] = [{"alg": "SHA-256", "content": one.sha256}]
    if one.licence not in ("unknown", "see its text"):
        told["licenses"] = [{"expression": one.licence}]
    properties = [{"name": "omote:brought-by", "value": one.brought_by}] if one.brought_by else []
    version, locked = hashes.get(one.name, ("", ()))
    if version == one.version:
        properties += [{"name": "omote:lock-sha256", "value": value} for value in locked]
    return told | ({"properties": properties} if properties else {})


def main(folder: Path, artefacts: Sequence[Path]) -> None:
    parts, hashes = inside.parts_in(folder), inside.locked()
    for artefact in artefacts:
        target = artefact.with_name(artefact.name + ".cdx.json")
        target.write_text(json.dumps(bom(artefact, parts, hashes), indent=1, sort_keys=True) + "\n", "utf-8")
        sys.stdout.write(f"{target}: {len(parts)} components\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
