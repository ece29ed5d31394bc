"""Compares two frozen folders byte by byte, and two programs module by module: what differs, and how much of it.

.venv-bundle/bin/python packaging/compare_builds.py FOLDER FOLDER
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader


def sums(folder: Path) -> dict[str, str]:
    """Every file and link by its place."""
    return {
        str(one.relative_to(folder)): told(one)
        for one in sorted(folder.rglob("*"))
        if one.is_symlink() or one.is_file()
    }


def told(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return hashlib.sha256(path.read_bytes()).hexdigest() + ("x" if path.stat().st_mode & 0o100 else "")


def inside(one: Path, other: Path) -> Iterator[str]:
    """What differs within two programs."""
    archives = [CArchiveReader(str(path)) for path in (one, other)]
    for name in sorted(archives[0].toc.keys() | archives[1].toc.keys()):
        if name not in archives[0].toc or name not in archives[1].toc:
            yield f"{name}: in one of them only"
        elif name.endswith(".pyz"):
            yield from modules(*(archive.open_embedded_archive(name) for archive in archives))
        elif archives[0].extract(name) != archives[1].extract(name):
            yield name


def modules(one: object, other: object) -> Iterator[str]:
    for name in sorted(one.toc.keys() | other.toc.keys()):
        if name not in one.toc or name not in other.toc:
            yield f"module {name}: in one of them only"
        elif one.extract(name, raw=True) != other.extract(name, raw=True):
            yield f"module {name}"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(one: Path, other: Path) -> int:
    found = sums(one), sums(other)
    names = sorted(found[0].keys() | found[1].keys())
    differing = [name for name in names if found[0].get(name) != found[1].get(name)]
    say(f"{len(names)} files, {len(differing)} of them differ")
    for name in differing:
        if name not in found[0] or name not in found[1]:
            say(f"  {name}: in one of them only")
            continue
        sizes = [(folder / name).stat().st_size for folder in (one, other)]
        say(f"  {name}: {sizes[0]} and {sizes[1]} bytes")
        if "/" not in name:
            for part in inside(one / name, other / name):
                say(f"    {part}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
