"""The short form of `./run soak import`."""

import random
from pathlib import Path

import pytest

from tests.soak.import_kills import Ground
from tests.soak.imports import WHO
from tests.soak.records_under_kill import records_in

_KILLS = 3


@pytest.mark.parametrize("kind", list(WHO))
def test_an_import_that_is_killed_leaves_all_or_nothing(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")  # noqa: T201 -- pytest shows it with a failure
    server = None if kind == "sqlite" else request.getfixturevalue("postgres")
    with records_in(kind, server, tmp_path / "records") as records:
        ground, chance = Ground(records, 2_000), random.Random(seed)
        kills = [ground.kill(chance, who) for who in chance.sample(WHO[kind], _KILLS)]
    assert {one.found for one in kills} <= {"nothing", "all"}
