"""Writes the manifest of a release, which `omote update check` reads: version, files with their sums, notes, schema.

    python packaging/sign_manifest.py dist/omote.json --notes-ja FILE --notes-en FILE [--channel C] [--days N] FILE...

`sign-release.sh` signs it. Only the version's own files belong into it; the time is SOURCE_DATE_EPOCH, else now.
"""

import argparse
import ast
import hashlib
import json
import os
import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SYSTEMS = {
    ".msi": "windows",
    ".exe": "windows",
    ".pkg": "macos",
    ".dmg": "macos",
    ".deb": "linux",
    ".rpm": "linux",
    ".xz": "linux",
}


def head() -> str:
    """The schema of this version, read without importing it."""
    tree = ast.parse((ROOT / "db" / "migrate.py").read_text("utf-8"))
    return next(
        ast.literal_eval(one.value)
        for one in tree.body
        if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == "HEAD"
    )


def oldest() -> str:
    """The first schema that this version upgrades."""
    names = (path.name for path in (ROOT / "db/migrations/versions").glob("*_[0-9][0-9][0-9][0-9].py"))
    return min(re.search(r"(\d{4})\.py$", name)[1] for name in names)


def manifest(args: argparse.Namespace) -> dict[str, object]:
    issued = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.now(UTC).timestamp()), UTC)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return {
        "product": "omote",
        "format": 1,
        "channel": args.channel,
        "version": os.environ.get("VERSION") or version,
        "issued": issued.isoformat(),
        "expires": (issued + timedelta(days=args.days)).isoformat(),
        "schema": {"oldest": oldest(), "newest": head()},
        "files": [file(path) for path in sorted(args.files, key=lambda path: path.name)],
        "notes": {"ja": args.notes_ja.read_text("utf-8").strip(), "en": args.notes_en.read_text("utf-8").strip()},
    }


def file(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    system = "any" if "_source." in path.name else SYSTEMS.get(path.suffix, "any")
    return {"system": system, "name": path.name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--notes-ja", type=Path, required=True)
    parser.add_argument("--notes-en", type=Path, required=True)
    parser.add_argument("--channel", choices=("stable", "beta"), default="stable")
    parser.add_argument("--days", type=int, default=120, help="for how long clients believe it")
    args = parser.parse_args()
    args.target.write_text(json.dumps(manifest(args), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
