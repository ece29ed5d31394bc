"""The thread "cti": one asyncio loop that runs every call source, and brings a source back that died of a bug."""

import asyncio
import logging
import threading
from collections.abc import Coroutine, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from cti.source import CallSource, Report

log = logging.getLogger(__name__)

RESTART_AFTER = 5.0  # seconds
STOP_WITHIN = 3.0  # seconds: a source gets two of them to leave its telephone system

T = TypeVar("T")


class Listener:
    """Runs `sources` and calls `report` with every event, on the thread "cti"."""

    def __init__(self, sources: Sequence[CallSource], report: Report, restart_after: float = RESTART_AFTER) -> None:
        self._sources, self._report, self._restart_after = sources, report, restart_after
        self._thread = threading.Thread(target=self._run, name="cti", daemon=True)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    def start(self) -> None:
        """Start the thread; returns when its loop runs."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Let every source leave cleanly, within STOP_WITHIN seconds; a second call does nothing."""
        if self._loop is None or self._stopping is None or not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(STOP_WITHIN)
        if self._thread.is_alive():
            log.error("the call sources did not stop in time")

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run a coroutine of a source (ring_me) on the loop, from any thread."""
        assert self._loop is not None, "start() comes first"
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _run(self) -> None:
        # Windows' own loop stops hearing UDP for good once a datagram of ours met a closed port (cpython issue 127057)
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_tell_bug)
        self._stopping = asyncio.Event()
        self._ready.set()
        tasks = [asyncio.create_task(self._keep_running(source)) for source in self._sources]
        await self._stopping.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_running(self, source: CallSource) -> None:
        while True:
            try:
                await source.run(self._report)
            except Exception:
                log.exception("the call source %s died and starts again", source.name)
            await asyncio.sleep(self._restart_after)


def _tell_bug(_loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
    """Without what asyncio would add: a callback with its arguments, which are whole messages."""
    log.error("%s", str(told["message"]).partition("(")[0].strip(), exc_info=told.get("exception"))
