"""A PC that slept, its network gone meanwhile: how soon the PBX calls it again."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cti.sip.settings import TransportName
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.figures import Figures
from tests.pbx.network import Namespaces
from tests.pbx.program import RegisteredFolder, listening

TANAKA = Identity("0335814111")
WITHIN = 15.0  # seconds after it is awake
A_WHILE, UNTIL_FORGOTTEN = 20.0, 75.0  # seconds; Omote is registered for 60


@pytest.mark.timeout(900)
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_pc_that_was_asleep_is_called_again_within_15_seconds(
    *, asterisk: Asterisk, carrier: Carrier, cable: Namespaces, tmp_path: Path, figures: Figures,
    how_many: Callable[[int, int], int], pytestconfig: pytest.Config, transport: TransportName,
) -> None:  # fmt: skip
    asleep = UNTIL_FORGOTTEN if pytestconfig.getoption("--full") else A_WHILE
    folder, seconds = RegisteredFolder(tmp_path / "profile", None, asterisk, transport), []
    with listening(folder, asterisk) as omote:
        for _ in range(how_many(1, 3)):
            omote.program.process.send_signal(signal.SIGSTOP)
            cable.pull_cable()
            time.sleep(asleep)  # what is measured is what a sleep of this length does
            cable.plug_cable()
            said, awake = len(asterisk.log), time.monotonic()
            omote.program.process.send_signal(signal.SIGCONT)
            wait_until(lambda since=said: is_bound_again(asterisk, since), "registration after the sleep")
            asterisk.wait_for_contact("1201")
            seconds.append(time.monotonic() - awake)
            placed = carrier.gives_up(TANAKA, "1201", rings=0.2, waits=0.5)
            assert [omote.next_line()["type"] for _ in range(2)] == ["offered", "ended"]
            placed.wait()
    what = f"called again over {transport}, PC asleep for {asleep:.0f} s"
    figures.add_seconds(what, seconds, f"<= {WITHIN:.0f} s each")
    assert max(seconds) <= WITHIN


def is_bound_again(asterisk: Asterisk, since: int) -> bool:
    return any("\nContact:" in one for one in asterisk.registers(since))
