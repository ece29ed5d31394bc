"""Where a real Asterisk comes from: a folder that is named, this system's own, or Debian's, fetched once into a cache.

Debian stable has no package of it, so forky's is unpacked into a folder of its own, from the mirror that this
machine's apt is set up with. Nothing here names a host.
"""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

SUITES = ("forky", "sid")
EXECUTABLE = "usr/sbin/asterisk"
_SEARCHED = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"
# The mirror may be a copy that stands still: a testing suite's Release file runs out after a week
_INSTALL = """\
set -eu; cd "$1"
printf '#!/bin/sh\\nexit 101\\n' >usr/sbin/policy-rc.d; chmod +x usr/sbin/policy-rc.d  # start nothing
cat >etc/apt/apt.conf.d/99omote <<'END'
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
APT::Install-Recommends "false";
END
printf 'path-exclude=/usr/share/%s/*\\n' doc man locale >etc/dpkg/dpkg.cfg.d/omote
cp /etc/resolv.conf /etc/hosts etc/
in_there() { chroot . /usr/bin/env DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
in_there apt-get update
in_there apt-get install --yes asterisk asterisk-modules
in_there apt-get clean; rm -rf var/lib/apt/lists
"""


class NoAsteriskError(Exception):
    """There is none and none can be had: the text says what to type."""


def find_or_fetch() -> Path:
    """The root under which Asterisk is installed: "/" for the system's own."""
    if named := os.environ.get("OMOTE_PBX_ROOT"):
        if not (Path(named) / EXECUTABLE).exists():
            raise NoAsteriskError(f"OMOTE_PBX_ROOT={named} has no {EXECUTABLE}")
        return Path(named)
    if shutil.which("asterisk", path=_SEARCHED):
        return Path("/")
    root = _cache() / "asterisk-root"
    if not (root / EXECUTABLE).exists():
        _fetch(root)
    return root


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "omote-pbx"


def _fetch(root: Path) -> None:
    """Unpack beside, move into place when whole: a fetch that was cut short is begun again."""
    if shutil.which("debootstrap", path=_SEARCHED) is None or not _may_be_root():
        raise NoAsteriskError(
            "no Asterisk here: sudo apt-get install asterisk, or debootstrap and a sudo that asks nothing"
        )
    partial = root.with_name("asterisk-root.partial")
    root.parent.mkdir(parents=True, exist_ok=True)
    with (root.parent / "fetch.log").open("w", encoding="utf-8") as log:
        for suite, mirror in _offers():
            sys.stderr.write(f"test-pbx: fetching Asterisk of Debian {suite} into {root} (330 MB)\n")
            _as_root("rm", "-rf", "--one-file-system", str(partial), log=log)
            if _unpack(partial, suite, mirror, log):
                _as_root("mv", str(partial), str(root), log=log)
                return
    raise NoAsteriskError(f"Asterisk could not be fetched; the reason is in {log.name}")


def _unpack(folder: Path, suite: str, mirror: str, log: object) -> bool:
    known = Path("/usr/share/debootstrap/scripts") / suite
    script = suite if known.exists() else "sid"  # an older debootstrap does not know a younger suite by name
    debootstrap = ("debootstrap", "--variant=minbase", "--exclude=tzdata", suite, str(folder), mirror, script)
    return _as_root(*debootstrap, log=log) and _as_root("sh", "-c", _INSTALL, "sh", str(folder), log=log)


def _offers() -> Iterator[tuple[str, str]]:
    """Every suite that a mirror of this machine has."""
    for suite in SUITES:
        for mirror in mirrors(_apt_sources()):
            try:
                with urllib.request.urlopen(f"{mirror}/dists/{suite}/InRelease", timeout=30):
                    yield suite, mirror
            except OSError:
                continue


def _apt_sources() -> str:
    folder = Path("/etc/apt")
    files = [folder / "sources.list", *sorted(folder.glob("sources.list.d/*"))]
    return "\n".join(file.read_text("utf-8", "replace") for file in files if file.is_file())


def mirrors(sources: str) -> list[str]:
    """The addresses in apt's sources, both ways of writing them; the order stays."""
    deb822 = r"^URIs:[ \t]*(.+)$"
    one_line = r"^deb(?:[ \t]+\[[^]]*\])?[ \t]+(\S+)"
    found = [
        word
        for match in re.finditer(f"{deb822}|{one_line}", sources, re.M)
        for word in "".join(filter(None, match.groups())).split()
    ]
    return list(dict.fromkeys(word.rstrip("/") for word in found if word.startswith(("http:", "https:", "file:"))))


def _may_be_root() -> bool:
    return os.geteuid() == 0 or subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def _as_root(*command: str, log: object) -> bool:
    words: Sequence[str] = command if os.geteuid() == 0 else ("sudo", "-n", *command)
    environment = os.environ | {"PATH": _SEARCHED, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, check=False)  # type: ignore[call-overload]
    return bool(done.returncode == 0)
