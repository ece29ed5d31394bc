"""`./run soak import [--kills N] [--seed S]`: as many kills as asked for, counted on over several runs.

The figures are appended to artefacts/soak-import.jsonl.
"""

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from tests.soak.import_kills import Ground

_FIGURES = Path("artefacts/soak-import.jsonl")


def main() -> int:
    """0 if every kill left all or nothing."""
    parser = argparse.ArgumentParser(prog="soak", description="Omote's long proofs")
    parser.add_argument("what", choices=("import",))
    parser.add_argument("--kills", type=int, default=20, help="so many in all, those of earlier runs among them (20)")
    parser.add_argument("--rows", type=int, default=20_000, help="rows of the file (20,000)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args()
    _FIGURES.parent.mkdir(exist_ok=True)
    done = len(_FIGURES.read_text("utf-8").splitlines()) if _FIGURES.exists() else 0
    chance = random.Random(args.seed)
    print(f"seed {args.seed}; {done} kills of earlier runs", flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory(prefix="omote-soak-") as folder:
        ground = Ground(Path(folder), args.rows)
        for number in range(done, args.kills):
            kill = ground.kill(chance)
            with _FIGURES.open("a", encoding="utf-8") as figures:
                figures.write(json.dumps({"seed": args.seed, **asdict(kill)}) + "\n")
            print(f"{number + 1}: {kill}", flush=True)  # noqa: T201
    told = Counter(json.loads(line)["found"] for line in _FIGURES.read_text("utf-8").splitlines())
    print(f"{sum(told.values())} kills: {dict(told)}; a part of a file: never")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
