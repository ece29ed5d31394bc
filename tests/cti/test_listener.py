"""The thread of the call sources."""

import asyncio

import pytest

from cti.listener import Listener


class SystemsOwn(asyncio.SelectorEventLoop):
    """Stands for the loop that Python takes by itself: on Windows one that stops hearing UDP."""


def test_listens_on_a_loop_that_goes_on_hearing_after_a_closed_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asyncio.events.new_event_loop", SystemsOwn)
    listener = Listener([], lambda _event: None)
    listener.start()
    assert type(listener._loop) is asyncio.SelectorEventLoop
    listener.stop()
