"""The listener killed while it rings: what comes for the dead one is no call of the living one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cti.sip.settings import TransportName
from tests.pbx.asterisk import Asterisk
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.figures import Figures
from tests.pbx.program import RegisteredFolder, listening

DIALLED = "0312345678"
PORT = 5066  # a fixed one, so that the PBX's next words to the dead reach the living
BEFORE, AFTER = Identity("0335814111"), Identity("0698765432")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("end", ["given up", "answered"])
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_listener_that_is_killed_and_started_again_while_it_rings_invents_no_call(
    *, asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, tmp_path: Path,
    how_many: Callable[[int, int], int], figures: Figures, transport: TransportName, end: str,
) -> None:  # fmt: skip
    folder = RegisteredFolder(tmp_path / "profile", None, asterisk, transport, port=PORT)
    times = how_many(1, 10)
    for _ in range(times):
        desk_phone.forget()
        with listening(folder, asterisk) as dead:
            ringing = (
                carrier.gives_up(BEFORE, DIALLED, rings=8) if end == "given up" else carrier.talks(BEFORE, DIALLED)
            )
            assert dead.next_line()["number"] == "+81335814111"
            dead.program.process.kill()
            dead.program.process.wait()
        with listening(folder, asterisk) as living:
            if end == "answered":
                desk_phone.answer()
            ringing.wait()
            later = carrier.gives_up(AFTER, DIALLED)
            first, second = living.next_line(), living.next_line()
            later.wait()
            assert living.program.stop() == 0
        assert [(line["type"], line["number"]) for line in (first, second)] == [
            ("offered", "+81698765432"), ("ended", "+81698765432"),
        ]  # fmt: skip
    figures.add(
        f"listener killed -9 while it rings over {transport}, call then {end}", f"{times} times, 0 calls invented", "0"
    )
