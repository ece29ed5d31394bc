"""Two network namespaces with a cable between them, for tests that need a network to break. Needs root and iproute2."""

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parents[3]
PBX_HOST, DESK_HOST = "10.213.0.1", "10.213.0.2"
_numbers = itertools.count(1)


def need_namespaces() -> None:
    """Skip, and say so, where there can be none."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("network namespaces need root and iproute2: the network was NOT cut")
    if subprocess.run(["ip", "netns", "list"], capture_output=True, check=False).returncode:
        pytest.skip("this kernel gives no network namespaces: the network was NOT cut")


class Cable:
    """The PBX's namespace, the desk's, and what joins them; gone at the end with every program that runs inside."""

    def __init__(self) -> None:
        name = f"omote-{os.getpid()}-{next(_numbers)}"
        self.pbx, self.desk = f"{name}-pbx", f"{name}-desk"
        self._programs: list[subprocess.Popen[str]] = []

    def __enter__(self) -> "Cable":
        for one in (self.pbx, self.desk):
            ip("netns", "add", one)
            ip("-n", one, "link", "set", "lo", "up")
        ip("link", "add", "cable", "netns", self.pbx, "type", "veth", "peer", "name", "cable", "netns", self.desk)
        for one, host in ((self.pbx, PBX_HOST), (self.desk, DESK_HOST)):
            ip("-n", one, "address", "add", f"{host}/24", "dev", "cable")
            self.set_link(one, "up")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for program in self._programs:
            program.kill()
            program.wait()
            for pipe in (program.stdout, program.stdin):
                if pipe is not None:
                    pipe.close()
        for one in (self.pbx, self.desk):
            ip("netns", "delete", one)

    def set_link(self, end: str, state: str) -> None:
        ip("-n", end, "link", "set", "cable", state)

    def run(self, end: str, module: str, *arguments: str, name_server: Path | None = None) -> "subprocess.Popen[str]":
        """Run a Python module of the tests at one end; `name_server` takes the place of /etc/resolv.conf there."""
        command = [sys.executable, "-u", "-m", module, *arguments]
        if name_server is not None:  # `ip netns exec` has a mount namespace of its own
            command = ["sh", "-c", f'mount --bind {name_server} /etc/resolv.conf && exec "$@"', "sh", *command]
        program = subprocess.Popen(
            ["ip", "netns", "exec", end, *command],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._programs.append(program)
        return program


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def lines(program: "subprocess.Popen[str]") -> IO[str]:
    assert program.stdout is not None
    return program.stdout
