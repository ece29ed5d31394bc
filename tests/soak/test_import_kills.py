"""The short form of `./run soak import`."""

import random
from pathlib import Path

from tests.soak.import_kills import Ground

_KILLS = 4


def test_an_import_that_is_killed_leaves_all_or_nothing(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")  # noqa: T201 -- pytest shows it with a failure
    ground, chance = Ground(tmp_path, 2_000), random.Random(seed)
    kills = [ground.kill(chance) for _ in range(_KILLS)]
    assert {one.found for one in kills} <= {"nothing", "all"}
