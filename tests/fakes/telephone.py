"""A telephone system at the far edge: keeps the orders as the bytes that a PBX would get, and answers as it is told."""

from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

from cti.control import Act, Cannot, Done, Order


class FakeControl:
    """Does nothing but write down; `reasons` say what it can't, `answer` what comes of an order."""

    def __init__(self) -> None:
        self.wire = b""
        self.reasons: dict[Act, Cannot] = {}
        self.answer = Done("out-1")
        self.is_broken = False

    def cannot(self, act: Act, source_id: str = "") -> Cannot | None:
        return self.reasons.get(act)

    async def do(self, order: Order) -> Done:
        if self.is_broken:
            raise RuntimeError("a fault of ours")
        self.wire += f"{order.act} {order.source_id or '-'} {order.number or '-'}\r\n".encode()
        return self.answer


class FakeLoop:
    """Stands for the thread "cti": an order runs when, and only when, the test lets it."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Coroutine[Any, Any, Done], Future[Done]]] = []

    def submit(self, work: Coroutine[Any, Any, Done]) -> "Future[Done]":
        future: Future[Done] = Future()
        self._waiting.append((work, future))
        return future

    def run(self) -> None:
        for work, future in self._waiting:
            try:
                work.send(None)
            except StopIteration as ended:
                future.set_result(ended.value)
            except Exception as error:  # noqa: BLE001 -- as asyncio does: whoever waits gets it
                future.set_exception(error)
        self._waiting.clear()

    def forget(self) -> None:
        for work, _future in self._waiting:
            work.close()
        self._waiting.clear()
