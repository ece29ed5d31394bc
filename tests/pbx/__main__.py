"""`./run test-pbx [--full] [--count N] [pytest arguments]`: finds or fetches a real Asterisk, makes a network of its
own and runs the tests of this folder there."""

import os
import shutil
import sys
from pathlib import Path

from tests.pbx.network import way_into_namespaces
from tests.pbx.where_asterisk_is import NoAsteriskError, find_or_fetch

PROGRAMS = {"baresip": "baresip-core", "sipp": "sip-tester", "openssl": "openssl", "ip": "iproute2"}


def main(words: list[str]) -> int:
    """Becomes pytest; returns only if nothing can be tried."""
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if missing:
        return _nothing(f"sudo apt-get install --no-install-recommends {' '.join(missing)}")
    try:
        root = find_or_fetch()
    except NoAsteriskError as reason:
        return _nothing(str(reason))
    way = way_into_namespaces()
    if way is None:
        _say("no network namespaces (root may make them): on loopback, NOTHING is cut or moved")
    if way is None and str(root) != "/":
        return _nothing("sudo apt-get install asterisk, or run this as root")
    environment = os.environ | {"OMOTE_PBX_ROOT": str(root), "OMOTE_PBX_NETWORK": "namespaces" if way else "loopback"}
    chosen = [] if any(Path(word.partition("::")[0]).exists() for word in words) else ["tests/pbx"]
    command = [*(way or ()), sys.executable, "-m", "pytest", *chosen, *words]
    return os.execvpe(command[0], command, environment)


def _nothing(what_to_type: str) -> int:
    _say(f"NOTHING was tried. First: {what_to_type}")
    return 2


def _say(line: str) -> None:
    sys.stderr.write(f"test-pbx: {line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
