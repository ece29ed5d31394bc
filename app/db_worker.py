"""One thread that owns one way to the records: jobs in, results posted back to the desk's thread.

No query ever runs on the Qt thread: a lost database host blocks for seconds.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")
Post = Callable[..., None]

log = logging.getLogger(__name__)


class Worker:
    """A one-thread executor. `post` runs a callable in the desk's thread."""

    def __init__(self, name: str, post: Post) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._post = post

    def ask(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Run `job` on this thread; `then(result)` or `failed(error)` follows in the desk's thread."""
        self._executor.submit(job).add_done_callback(lambda done: self._hand_back(done, then, failed))

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        self._executor.shutdown(wait=True)

    def _hand_back(
        self, done: "Future[Any]", then: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None:
        error = done.exception()
        if error is None:
            self._post(then, done.result())
        elif isinstance(error, Exception):
            log.info("a job failed: %s", type(error).__name__)
            self._post(failed, error)
