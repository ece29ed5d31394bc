"""A small network of the benchmark's own: two namespaces joined by a cable, so that a second address is a true one.

Needs root and iproute2; nothing outside the two namespaces is touched.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

DESK, PBX, STRANGER = "198.51.100.1", "198.51.100.2", "198.51.100.3"  # of RFC 5737: they lead nowhere


@dataclass(frozen=True, slots=True)
class Network:
    """What to put before a command so that it runs at the desk (DESK), or where PBX and STRANGER are."""

    at_desk: tuple[str, ...]
    at_pbx: tuple[str, ...]


def why_none() -> str:
    """What is missing for a network, "" if nothing is."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "it needs root, for network namespaces"
    if shutil.which("ip") is None:
        return "it needs the program ip (iproute2)"
    probe = f"omote-probe-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", probe], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        return f"network namespaces are not allowed here: {made.stderr.strip()}"
    _ip("netns", "delete", probe)
    return ""


@contextmanager
def private_network() -> Iterator[Network]:
    """Until the end of the block."""
    names = desk, pbx = f"omote-desk-{os.getpid()}", f"omote-pbx-{os.getpid()}"
    with ExitStack() as made:
        for name in names:
            _ip("netns", "add", name)
            made.callback(_ip, "netns", "delete", name)
        _ip("-n", desk, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", pbx)
        for name, addresses in ((desk, (DESK,)), (pbx, (PBX, STRANGER))):
            for address in addresses:
                _ip("-n", name, "address", "add", f"{address}/24", "dev", "cable")
            for device in ("lo", "cable"):
                _ip("-n", name, "link", "set", device, "up")
        yield Network(*(("ip", "netns", "exec", name) for name in names))


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
