"""A blocking call on a daemon thread of its own: neither the end of the loop nor that of the program waits for it."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def call_aside(work: Callable[[], T], name: str) -> T:
    """What `work` returns or raises. A caller that is cancelled leaves the thread called `name` behind."""
    done: Future[T] = Future()
    threading.Thread(target=_settle, args=(done, work), name=name, daemon=True).start()
    return await asyncio.wrap_future(done)


def _settle(done: "Future[T]", work: Callable[[], T]) -> None:
    if not done.set_running_or_notify_cancel():
        return
    try:
        done.set_result(work())
    except Exception as error:  # noqa: BLE001 -- the root of a thread: whoever awaits it hears of it
        done.set_exception(error)
