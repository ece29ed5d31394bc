"""kill -9 at random instants while a note is typed: at most the key in flight is lost, and the draft comes back.

`./run soak kills` does it a thousand times. The seed is printed; OMOTE_SEED=… repeats its instants.
"""

import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.end_to_end.typist import KEYS
from tests.soak.typing_kills import keys_in, lane_in

KILLS, LANES = 20, 2


def test_a_text_that_is_no_prefix_or_ends_inside_a_key_is_seen() -> None:
    assert keys_in("".join(KEYS[:9])) == 9
    for wrong in ("日本", "本日14時", "本日14時に ok 再配"):
        with pytest.raises(AssertionError):
            keys_in(wrong)


@pytest.mark.timeout(400)  # each kill is a start of the program, and a slow machine is waited for
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL; its TerminateProcess is tried by hand")
def test_kill_9_while_typing_loses_at_most_the_key_in_flight_and_the_draft_is_offered_again(
    tmp_path: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("OMOTE_SEED") or random.SystemRandom().randrange(2**32))
    with capsys.disabled():
        sys.stdout.write(f"\n{KILLS} kills while typing: OMOTE_SEED={seed}\n")
    lanes = [lane_in(tmp_path / str(n), records, random.Random(f"{seed}/{n}")) for n in range(LANES)]
    with ThreadPoolExecutor(LANES) as pool:
        for done in [pool.submit(lane.run, KILLS // LANES) for lane in lanes]:
            done.result(timeout=300)
    lost = [kill.lost for lane in lanes for kill in lane.kills]
    assert len(lost) == KILLS
    assert min(lost) >= 0
    assert max(lost) <= 1, f"keys lost per kill: {lost}"
    assert sum(len(lane.kept) for lane in lanes) >= KILLS - 2, "hardly anything was typed"
