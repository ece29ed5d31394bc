"""`./run soak kills [--kills N] [--minutes N] [--seed S]`: kill -9 while a note is typed, a thousand times in all.

The figures are appended to artefacts/soak-kills.jsonl; a run goes on where the last one ended.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.demo_records import make_demo_records
from tests.soak.typing_kills import Kill, lane_in

_FIGURES = Path("artefacts/soak-kills.jsonl")
_LANES, _ROUNDS = 2, 10  # a fresh profile after so many: an operator has no thousand drafts
_WANTED = 1000
_OFFERED_WITHIN_MS = 1000


def main(words: Sequence[str]) -> int:
    """0 if no kill lost more than the key in flight."""
    args = _asked(words)
    before = _figures()
    wanted = max(0, (args.kills or _WANTED) - (0 if args.kills else len(before)))
    print(f"{len(before)} kills so far; up to {wanted} now, seed {args.seed}")  # noqa: T201 -- what this command is for
    until = time.monotonic() + args.minutes * 60
    with tempfile.TemporaryDirectory(prefix="soak-kills-") as place, ThreadPoolExecutor(_LANES) as pool:
        records = make_demo_records(Path(place), datetime.now(UTC).astimezone())
        number = 0
        while number < wanted and time.monotonic() < until:
            rounds = [min(_ROUNDS, wanted - number - lane * _ROUNDS) for lane in range(_LANES)]
            names = [f"{args.seed}/{number}/{lane}" for lane in range(_LANES)]
            folders = [Path(place) / f"{number}-{lane}" for lane in range(_LANES)]
            jobs = [
                pool.submit(_some, folder, records, name, count)
                for folder, name, count in zip(folders, names, rounds, strict=True)
                if count > 0
            ]
            for job in jobs:
                _keep(job.result())
            number += sum(max(0, count) for count in rounds)
    return _report(_figures())


def _some(folder: Path, records: Path, name: str, rounds: int) -> list[Kill]:
    lane = lane_in(folder, records, random.Random(name))
    try:
        lane.run(rounds)
    except AssertionError:
        print(f"seed {name}, after {len(lane.kills)} kills", file=sys.stderr)  # noqa: T201 -- to repeat it
        raise
    return lane.kills


def _keep(kills: Sequence[Kill]) -> None:
    _FIGURES.parent.mkdir(exist_ok=True)
    with _FIGURES.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(kill)) + "\n" for kill in kills)


def _figures() -> list[Kill]:
    lines = _FIGURES.read_text("utf-8").splitlines() if _FIGURES.exists() else []
    return [Kill(**json.loads(line)) for line in lines]


def _report(kills: Sequence[Kill]) -> int:
    lost = [kill.lost for kill in kills]
    offered = sorted(kill.offered_ms for kill in kills if kill.offered_ms is not None)
    print(  # noqa: T201
        f"{len(kills)} kills, {sum(kill.pressed for kill in kills)} keys; keys lost per kill: at most {max(lost)}, "
        f"one in {sum(count == 1 for count in lost)} kills; damaged databases 0, texts that are no prefix 0; "
        f"a draft stood in the strip {offered[len(offered) // 2]:.0f} ms after the first paint (p50), "
        f"{offered[-1]:.0f} ms at most"
    )
    return int(max(lost) > 1 or offered[-1] > _OFFERED_WITHIN_MS)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="./run soak kills")
    asked.add_argument("--kills", type=int, default=0, help="so many now; default: until there are 1,000")
    asked.add_argument("--minutes", type=float, default=600, help="begin no more after so long")
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    return asked.parse_args(words)
