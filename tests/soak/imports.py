"""`./run soak import [--kills N] [--rows N] [--on DATABASE] [--seed S]`: so many kills on each database, counted on.

The figures are appended to artefacts/soak-import.jsonl.
"""

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path

from tests.postgres_server import running, server_programs
from tests.soak.import_kills import Ground, Who
from tests.soak.records_under_kill import records_in

_FIGURES = Path("artefacts/soak-import.jsonl")
WHO = {
    "sqlite": (Who.IMPORT, Who.ALL, Who.PROGRAM),
    "postgresql": (Who.IMPORT, Who.BACKEND, Who.ALL, Who.PROGRAM, Who.CONNECTION),
}
"""Who is killed in turn: a file has no server."""


def main(words: Sequence[str]) -> int:
    """0 if every kill left all or nothing."""
    parser = argparse.ArgumentParser(prog="./run soak import")
    parser.add_argument("--on", choices=tuple(WHO), help="one database alone (both)")
    parser.add_argument("--kills", type=int, default=20, help="so many on each, those of earlier runs among them (20)")
    parser.add_argument("--rows", type=int, default=20_000, help="rows of the file (20,000)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    args = parser.parse_args(words)
    _FIGURES.parent.mkdir(exist_ok=True)
    return max(_soak(kind, args) for kind in ([args.on] if args.on else WHO))


def _soak(kind: str, args: argparse.Namespace) -> int:
    done, chance = len(_kills_on(kind)), random.Random(args.seed)
    print(f"{kind}: seed {args.seed}; {done} kills of earlier runs", flush=True)  # noqa: T201
    with ExitStack() as stack:
        server = None
        if kind != "sqlite":
            if (programs := server_programs()) is None:
                print("NOTHING was tried: there is no PostgreSQL server here")  # noqa: T201
                return 1
            server = stack.enter_context(running(programs))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="omote-soak-")))
        ground = Ground(stack.enter_context(records_in(kind, server, folder)), args.rows)
        for number, who in enumerate(islice(cycle(WHO[kind]), done, args.kills), start=done + 1):
            kill = ground.kill(chance, who)
            with _FIGURES.open("a", encoding="utf-8") as figures:
                figures.write(json.dumps({"on": kind, "rows": args.rows, "seed": args.seed, **asdict(kill)}) + "\n")
            print(f"{number}: {kill}", flush=True)  # noqa: T201
    told = Counter(one["found"] for one in _kills_on(kind))
    print(f"{kind}: {sum(told.values())} kills: {dict(told)}; a part of a file: never")  # noqa: T201
    return 0


def _kills_on(kind: str) -> list[dict[str, str]]:
    if not _FIGURES.exists():
        return []
    told = [json.loads(line) for line in _FIGURES.read_text("utf-8").splitlines()]
    return [one for one in told if one.get("on", "sqlite") == kind]
