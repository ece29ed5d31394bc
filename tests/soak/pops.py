"""`./run soak pops [--pops N]`: the keyboard stays where it was through N pops, and N/3 more during conversions.

Counted on over several runs: the figures of every round are appended to artefacts/soak-pops.jsonl.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.demo_records import make_demo_records
from tests.end_to_end.screen import Screen, missing_programs
from tests.soak.pop_rounds import Kind, PopGround, Round

_FIGURES = Path("artefacts/soak-pops.jsonl")
_ROUND = 50


def main(words: Sequence[str]) -> int:
    """0 if nobody was disturbed in any round, 1 if somebody was, 2 if there is no screen to be had."""
    parser = argparse.ArgumentParser(prog="./run soak pops")
    parser.add_argument("--pops", type=int, default=1000, help="so many in all, with those of earlier runs (1000)")
    wanted = parser.parse_args(words).pops
    if missing := missing_programs():
        print(f"not installed: {', '.join(missing)} (./run test installs them)")  # noqa: T201
        return 2
    _FIGURES.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="omote-soak-") as name:
        folder = Path(name)
        records = make_demo_records(folder, datetime.now(UTC).astimezone())
        with Screen(folder) as screen:
            ground = PopGround(screen, folder, records)
            while (kind := next_kind(done(), wanted)) is not None:
                _keep(ground.play(kind, min(_ROUND, shares(wanted)[kind] - done()[kind])))
    return _tell()


def shares(wanted: int) -> dict[Kind, int]:
    """Half of the pops while somebody types elsewhere, half into the note; a third as many during a conversion."""
    return {Kind.ELSEWHERE: wanted - wanted // 2, Kind.NOTE: wanted // 2, Kind.CONVERSION: wanted // 3}


def next_kind(so_far: Counter[str], wanted: int) -> Kind | None:
    """What lacks most; None when all is done."""
    missing = {kind: share - so_far[kind] for kind, share in shares(wanted).items()}
    kind = max(missing, key=lambda one: missing[one])
    return kind if missing[kind] > 0 else None


def done() -> Counter[str]:
    """Pops of earlier rounds by their kind."""
    counted: Counter[str] = Counter()
    for one in _rounds():
        counted[one.kind] += one.pops
    return counted


def _rounds() -> list[Round]:
    lines = _FIGURES.read_text("utf-8").splitlines() if _FIGURES.exists() else []
    return [Round(**json.loads(line)) for line in lines]


def _keep(one: Round) -> None:
    with _FIGURES.open("a", encoding="utf-8") as figures:
        figures.write(json.dumps(asdict(one)) + "\n")
    print(one, flush=True)  # noqa: T201


def _tell() -> int:
    total: Counter[str] = Counter()
    for one in _rounds():
        total.update({name: value for name, value in asdict(one).items() if name != "kind"})
    print(f"{dict(done())}: {dict(total)}")  # noqa: T201
    return 0 if all(one.is_clean for one in _rounds()) else 1
