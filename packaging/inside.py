"""What is in a frozen folder, and whose it is: Python packages, the libraries that they bring, and the system's.

Told from the files themselves and from the environment that they were frozen with; nothing is fetched. What cannot be
told is said so (`unknown`), never guessed.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "licences"
BUILD_TOOLS = frozenset({
    "altgraph", "babel", "hatchling", "macholib", "nfpm", "packaging", "pathspec", "pefile", "pluggy", "pyinstaller",
    "pyinstaller-hooks-contrib", "setuptools", "trove-classifiers",
})  # fmt: skip
"""In the lock of the bundle only to freeze and pack it."""

ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Attribution", "BSL-1.0", "GPL-2.0-or-later",
    "GPL-3.0-only", "GPL-3.0-or-later", "ISC", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT",
    "MIT-0", "MPL-2.0", "OLDAP-2.8", "PSF-2.0", "PostgreSQL", "Unicode-3.0", "Zlib",
})  # fmt: skip
"""What may be handed on together with a program under GPL-3.0-or-later. BSD-3-Clause-Attribution (Cyrus SASL, which
libpq's LDAP brings): its acknowledgement stands in the notices."""

_CLASSIFIERS = {
    "MIT License": "MIT", "BSD License": "BSD-3-Clause", "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0", "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
_SAID = {  # where the metadata says it in its own words
    "pyside6-essentials": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only", "tzdata": "Apache-2.0",
    "audioop-lts": "PSF-2.0",
    "pywin32-ctypes": "BSD-3-Clause", "sounddevice": "MIT", "dpkt": "BSD-3-Clause", "pyvoip": "GPL-3.0-only",
}  # fmt: skip
_TEXT = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)[^/]*$")
_LOCK = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)+(?:.*\n)?)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """`licence` is an SPDX expression or "unknown", `texts` (name, text); `sha256` of a single file, else ""."""

    name: str
    version: str
    licence: str
    kind: str  # "python", "library"
    purl: str
    brought_by: str = ""
    sha256: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    home: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    licence: str
    text: str  # a file of licences/, or "" where its own is not at hand
    mark: bytes = b""  # how the version stands in the file


_LIBRARIES = {  # what wheels bring along, by the beginning of the file's name
    "libQt6": _Known("Qt", "LGPL-3.0-only", "LGPL-3.0.txt", rb"Qt (6\.\d+\.\d+) \("),
    "Qt6": _Known("Qt", "LGPL-3.0-only", "LGPL-3.0.txt", rb"Qt (6\.\d+\.\d+) \("),
    "libpyside6": _Known("PySide6", "LGPL-3.0-only", "LGPL-3.0.txt"),
    "pyside6": _Known("PySide6", "LGPL-3.0-only", "LGPL-3.0.txt"),
    "libshiboken6": _Known("Shiboken6", "LGPL-3.0-only", "LGPL-3.0.txt"),
    "shiboken6": _Known("Shiboken6", "LGPL-3.0-only", "LGPL-3.0.txt"),
    "libicu": _Known("ICU", "Unicode-3.0", "ICU.txt"),
    "libcrypto": _Known("OpenSSL", "Apache-2.0", "Apache-2.0.txt", rb"OpenSSL (\d+\.\d+\.\d+) "),
    "libssl": _Known("OpenSSL", "Apache-2.0", "Apache-2.0.txt", rb"OpenSSL (\d+\.\d+\.\d+) "),
    "libpq": _Known("libpq", "PostgreSQL", "PostgreSQL.txt", rb"PostgreSQL (?:JDBC )?(1\d\.\d+)"),
    "libldap": _Known("OpenLDAP", "OLDAP-2.8", "OLDAP-2.8.txt", rb"OpenLDAP: [^ ]+ (\d+\.\d+\.\d+)"),
    "liblber": _Known("OpenLDAP", "OLDAP-2.8", "OLDAP-2.8.txt"),
    "libsasl2": _Known("Cyrus SASL", "BSD-3-Clause-Attribution", "Cyrus-SASL.txt"),
    "libgssapi_krb5": _Known("MIT Kerberos", "MIT", "Kerberos.txt", rb"krb5-(\d+\.\d+(?:\.\d+)?)-"),
    "libkrb5": _Known("MIT Kerberos", "MIT", "Kerberos.txt", rb"krb5-(\d+\.\d+(?:\.\d+)?)-"),
    "libk5crypto": _Known("MIT Kerberos", "MIT", "Kerberos.txt", rb"krb5-(\d+\.\d+(?:\.\d+)?)-"),
    "libcom_err": _Known("MIT Kerberos", "MIT", "Kerberos.txt", rb"krb5-(\d+\.\d+(?:\.\d+)?)-"),
    "libkeyutils": _Known("keyutils", "LGPL-2.1-or-later", "LGPL-2.1.txt"),
    "libcrypt-": _Known("libxcrypt", "LGPL-2.1-or-later", "LGPL-2.1.txt"),
    "libportaudio": _Known("PortAudio", "MIT", "PortAudio.txt"),
}  # fmt: skip
_LIBRARY = re.compile(r"\.so(\.|$)|\.dll$|\.dylib$")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: Path = HERE / "bundle.lock") -> dict[str, tuple[str, tuple[str, ...]]]:
    """Package to its version and the hashes of its files, as the lock names them."""
    found = _LOCK.finditer(lock.read_text("utf-8"))
    return {one["name"]: (one["version"], tuple(re.findall(r"sha256:([0-9a-f]{64})", one["rest"]))) for one in found}


def licence_of(name: str, meta: "metadata.PackageMetadata") -> str:
    """As an SPDX expression."""
    if name in _SAID:
        return _SAID[name]
    if said := meta.get("License-Expression"):
        return str(said)
    told = [str(one).split(" :: ")[-1] for one in meta.get_all("Classifier") or [] if str(one).startswith("License")]
    found = {_CLASSIFIERS[one] for one in told if one in _CLASSIFIERS} or {str(meta.get("License") or "unknown")}
    return " AND ".join(sorted(found))


def is_allowed(licence: str) -> bool:
    """Of alternatives one is enough; of what holds together all."""
    return any(set(re.split(r"\s+AND\s+", one.strip("() "))) <= ALLOWED for one in re.split(r"\s+OR\s+", licence))


def texts_of(name: str, files: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """The texts of its licence: its own, else that of licences/."""
    own = sorted({one for one in files if "dist-info" in str(one) and _TEXT.search(one.name)})
    told = [(one.name, one.read_text("utf-8", "replace")) for one in own if one.is_file()]
    ours = TEXTS / f"{name}.txt"
    if not told and ours.exists():
        told = [(ours.name, ours.read_text("utf-8"))]
    if not told and name in ("pyside6-essentials", "shiboken6"):
        told = [("LGPL-3.0.txt", (TEXTS / "LGPL-3.0.txt").read_text("utf-8"))]
    return tuple(told)


def part_of(dist: metadata.Distribution) -> Part:
    """A Python package as it is installed here."""
    name = canonical(dist.metadata["Name"])
    files = [Path(str(dist.locate_file(one))) for one in dist.files or []]
    told = dist.metadata.get("Home-page")
    home = (
        told
        if told and told.startswith("http")
        else next(
            (str(one).split(", ", 1)[1] for one in dist.metadata.get_all("Project-URL") or [] if ", " in str(one)), ""
        )
    )
    return Part(
        name, dist.version, licence_of(name, dist.metadata), "python", f"pkg:pypi/{name}@{dist.version}",
        texts=texts_of(name, files), home=home,
    )  # fmt: skip


def python_itself() -> Part:
    """The interpreter and its standard library."""
    version = ".".join(map(str, sys.version_info[:3]))
    places = (
        Path(sys.base_prefix),
        Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}",
    )
    text = next((one / "LICENSE.txt" for one in places if (one / "LICENSE.txt").exists()), None)
    texts = (("LICENSE.txt", text.read_text("utf-8", "replace")),) if text else ()
    return Part(
        "CPython",
        version,
        "PSF-2.0",
        "library",
        f"pkg:generic/cpython@{version}",
        texts=texts,
        home="https://www.python.org",
    )


def parts_in(folder: Path) -> list[Part]:
    """Everything that can be told, sorted."""
    files = [one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink()]
    dists = list(_frozen(folder, files))
    brought = {Path(str(one)).name: canonical(dist.metadata["Name"]) for dist in dists for one in dist.files or []}
    libraries = [found for one in files if _is_library(one) and (found := _library(one, brought)) is not None]
    found = {*map(part_of, dists), python_itself(), *_with_their_siblings_version(libraries), *_bootloader()}
    return sorted(found, key=lambda one: (one.kind != "python", one.name.lower(), one.version, one.sha256))


def _with_their_siblings_version(libraries: list[Part]) -> Iterator[Part]:
    """libssl does not say which OpenSSL it is; libcrypto, which came with it, does."""
    told = {(one.brought_by, one.name.split(" (")[0]): one.version for one in libraries if one.version != "unknown"}
    for one in libraries:
        yield replace(one, version=told.get((one.brought_by, one.name.split(" (")[0]), one.version))


def _frozen(folder: Path, files: list[Path]) -> Iterator[metadata.Distribution]:
    """The packages of which a module or a file is there."""
    lib, modules = folder / "lib", _modules(folder)
    names = {one.relative_to(lib).as_posix() for one in files if one.is_relative_to(lib)}
    for dist in metadata.distributions():
        own = [str(one) for one in dist.files or [] if "dist-info" not in str(one)]
        loaded = {re.sub(r"(/__init__)?\.py$", "", one).replace("/", ".") for one in own if one.endswith(".py")}
        if canonical(dist.metadata["Name"]) not in BUILD_TOOLS | {"pip"} and (loaded & modules or names & set(own)):
            yield dist


def _modules(folder: Path) -> set[str]:
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415 -- not for the tests, which freeze nothing

    programs = [
        one for one in sorted(folder.iterdir()) if one.is_file() and one.stem in ("omote", "omote-cli", "bare-window")
    ]
    found: set[str] = set()
    for one in programs:
        archive = CArchiveReader(str(one))
        for name in archive.toc:
            if name.endswith(".pyz"):
                found |= archive.open_embedded_archive(name).toc.keys()
    return found


def _bootloader() -> Iterator[Part]:
    """PyInstaller's own beginning of the program: GPL with an exception for what it starts."""
    for dist in metadata.distributions(name="pyinstaller"):
        part = part_of(dist)
        yield Part(
            "PyInstaller bootloader",
            part.version,
            "GPL-2.0-or-later",
            "library",
            part.purl,
            texts=part.texts,
            home=part.home,
        )


def _is_library(path: Path) -> bool:
    return bool(_LIBRARY.search(path.name)) and "cpython-" not in path.name and ".abi3." not in path.name


def _library(path: Path, brought: dict[str, str]) -> Part | None:
    """A shared library that is no module of Python."""
    if path.name.startswith(("libpython", "python3")) or "lib-dynload" in path.parts or "plugins" in path.parts:
        return None  # CPython's and Qt's, which are told as a whole
    digest, by = hashlib.sha256(path.read_bytes()).hexdigest(), brought.get(path.name, "")
    if not by and (system := _of_debian(path.name)) is not None:
        package, version, text = system
        return Part(
            f"{path.name} ({package})", version, "unknown" if not text else "see its text", "library",
            f"pkg:deb/debian/{package}@{version}", "the system of the build", digest, text,
        )  # fmt: skip
    known = next((one for start, one in _LIBRARIES.items() if path.name.startswith(start)), None)
    if known is None:
        return Part(path.name, "unknown", "unknown", "library", "", by, digest)
    found = re.search(known.mark, path.read_bytes()) if known.mark else None
    version = found[1].decode() if found else _of_name(path.name)
    text = TEXTS / known.text
    texts = ((known.text, text.read_text("utf-8")),) if known.text and text.exists() else ()
    return Part(f"{known.name} ({path.name})", version, known.licence, "library", "", by, digest, texts)


def _of_name(name: str) -> str:
    """ICU's files are named after its version; of others the name tells the interface alone."""
    found = re.match(r"libicu\w+\.so\.(\d+)", name)
    return found[1] if found else "unknown"


@cache
def _of_debian(name: str) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    """The Debian package of a library of the building system, its version and its copyright."""
    if shutil.which("dpkg-query") is None:
        return None
    found = subprocess.run(["dpkg-query", "-S", f"*/{name}"], capture_output=True, text=True, check=False)  # noqa: S603, S607
    packages = sorted({line.split(":")[0] for line in found.stdout.splitlines() if line.endswith(f"/{name}")})
    if not packages:
        return None
    asked = ["dpkg-query", "-W", "-f=${Version}", packages[0]]
    version = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603
    text = Path("/usr/share/doc") / packages[0] / "copyright"
    return (
        packages[0],
        version,
        ((f"{packages[0]}/copyright", text.read_text("utf-8", "replace")),) if text.exists() else (),
    )
