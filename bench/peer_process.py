"""Starts the peer and speaks to it: commands go without waiting, so that the caller's thread never blocks on it."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.peer import Address


class PeerProcess:
    """A running bench/peer.py. Without `target` it waits for a phone that registers."""

    def __init__(self, folder: Path, target: Address | None = None) -> None:
        self._log = folder / "sent.jsonl"
        self._log.touch()
        where = [f"{target[0]}:{target[1]}"] if target else []
        command = [sys.executable, "-m", "bench.peer", str(self._log), *where]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port: int = self._heard()["port"]

    def tell(self, do: str, **more: Any) -> None:
        """Send a command and go on."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()

    def wait(self, commands: int = 1) -> None:
        """Until so many commands have been carried out. RuntimeError when the peer died of one."""
        for _one in range(commands):
            self._heard()

    def sent_ns(self) -> dict[str, int]:
        """When each INVITE left, by Call-ID."""
        lines = map(json.loads, self._log.read_text(encoding="utf-8").splitlines())
        return {line["call"]: line["sent_ns"] for line in lines}

    def __enter__(self) -> "PeerProcess":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the peer ended early")
        heard: dict[str, Any] = json.loads(line)
        return heard
