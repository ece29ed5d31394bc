"""Call after call to the whole program: every one pops, and each has its own end."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cti.sip.settings import TransportName
from tests.end_to_end.running_program import RunningProgram, environment, wait_for
from tests.pbx.asterisk import Asterisk
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.figures import Figures
from tests.pbx.program import RegisteredFolder

DIALLED = "0312345678"


def number(call: int) -> str:
    """Another caller each time."""
    return f"0355{call:06}"


def place(call: int, carrier: Carrier, desk_phone: DeskPhone) -> None:
    """Even calls are answered by the desk phone, odd ones given up."""
    desk_phone.forget()
    if call % 2:
        carrier.gives_up(Identity(number(call)), DIALLED, rings=0.4).wait()
    else:
        placed = carrier.talks(Identity(number(call)), DIALLED, seconds=0.2)
        desk_phone.answer()
        placed.wait()


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_every_call_pops_and_has_its_own_end(
    *, asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, tmp_path: Path, records: Path,
    how_many: Callable[[int, int], int], figures: Figures, transport: TransportName,
) -> None:  # fmt: skip
    calls = how_many(10, 100)
    folder = RegisteredFolder(tmp_path / "profile", records, asterisk, transport)
    with RunningProgram(folder, environment(), "--offscreen") as program:
        asterisk.wait_for_contact("1201")
        start = time.monotonic()
        for call in range(calls):
            place(call, carrier, desk_phone)
        seconds = time.monotonic() - start
        wait_for(lambda: len(folder.trace("answered") + folder.trace("ended")) >= calls, "end of the last call")
        assert program.stop() == 0
        assert program.errors == ""
    pops = {line["call"]: line for line in folder.trace("pop")}
    ends = {
        pops[line["call"]]["number"]: line.get("why") or line["type"]
        for kind in ("answered", "ended")
        for line in folder.trace(kind)
    }
    right = [
        call for call in range(calls) if ends["+81" + number(call)[1:]] == ("cancelled" if call % 2 else "answered")
    ]
    painted = sorted(line["stamps_us"]["painted"] / 1000 for line in pops.values())
    figures.add(
        f"calls in a row over {transport}",
        f"{calls} calls, {len(folder.trace('pop'))} pops, {len(right)} right ends in {seconds:.0f} s; "
        f"INVITE to name on the screen: median {painted[len(painted) // 2]:.0f} ms, at worst {painted[-1]:.0f} ms",
        "all",
    )
    assert (len(folder.trace("pop")), len(right)) == (calls, calls)
