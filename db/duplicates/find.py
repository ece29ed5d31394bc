"""The pairs most likely to be one customer, the likeliest first. A scan of all customers, for a thread of its own.

It reads in short transactions, so that it holds up nobody; what changes meanwhile is seen at the next scan, or when the
two are compared.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace

from sqlalchemy import Connection, Engine, select, tuple_

from db.duplicates.blocks import BLOCKS, Block, Pair, pairs_of
from db.duplicates.people import people
from db.duplicates.score import WORTH_A_LOOK, Known, Sign, judge
from db.engine import reading
from db.kinds import CustomerKind
from db.models import duplicate_pair

MOST_KEPT = 2_000
_AT_ONCE = 400
_SHORTEST_RARE_NAME = 3  # a family name alone is nobody's


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two customers who may be one; `first_id` is the older record."""

    first_id: int
    first_no: str
    first_name: str
    second_id: int
    second_no: str
    second_name: str
    score: float
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan has come: `step` of `steps`, and how many pairs it has looked at."""

    step: int
    steps: int
    pairs: int


def find_duplicates(
    engine: Engine, most: int = MOST_KEPT, on_progress: Callable[[Progress], bool] = lambda _: True
) -> tuple[Suspect, ...]:
    """At most `most`. Ends early, with what it has found, when `on_progress` says False. Raises DatabaseUnavailable."""
    best: list[tuple[float, Pair, Suspect]] = []
    seen: set[int] = set()
    for step, block in enumerate(BLOCKS, start=1):
        with reading(engine) as connection:
            batches = [pair for pairs in pairs_of(connection, block) for pair in pairs if _one(pair) not in seen]
        for pairs in _slices(list(dict.fromkeys(batches))):
            seen.update(map(_one, pairs))
            if not on_progress(Progress(step, len(BLOCKS), len(seen))):
                return _sorted(best)
            with reading(engine) as connection:
                for suspect in _suspects(connection, block, pairs):
                    _keep(best, suspect, most)
    return _sorted(best)


def _suspects(connection: Connection, block: Block, pairs: Sequence[Pair]) -> Iterable[Suspect]:
    decided = _decided(connection, pairs)
    known = people(connection, list({key for pair in pairs for key in pair}))
    for pair in pairs:
        one, other = known.get(pair[0]), known.get(pair[1])
        if one is None or other is None or pair in decided:
            continue
        judged = judge(one, other, *([Sign.RARE_NAME] if block.is_name and _says_much(one) else []))
        if judged.score >= WORTH_A_LOOK:
            names = (one.customer_no, one.named.name, pair[1], other.customer_no, other.named.name)
            yield Suspect(pair[0], *names, judged.score, judged.signs)


def _says_much(one: Known) -> bool:
    return one.named.kind is CustomerKind.COMPANY or len(one.named.whole) >= _SHORTEST_RARE_NAME


def _decided(connection: Connection, pairs: Sequence[Pair]) -> set[Pair]:
    """Those of which somebody has said whether they are the same."""
    asked = tuple_(duplicate_pair.c.first_id, duplicate_pair.c.second_id).in_(pairs)
    found = connection.execute(select(duplicate_pair.c.first_id, duplicate_pair.c.second_id).where(asked))
    return {(first, second) for first, second in found}


def _keep(best: list[tuple[float, Pair, Suspect]], suspect: Suspect, most: int) -> None:
    entry = suspect.score, (-suspect.first_id, -suspect.second_id), suspect
    if len(best) < most:
        heappush(best, entry)
    elif entry > best[0]:
        heapreplace(best, entry)


def _sorted(best: list[tuple[float, Pair, Suspect]]) -> tuple[Suspect, ...]:
    return tuple([entry[2] for entry in sorted(best, reverse=True)])


def _one(pair: Pair) -> int:
    """A pair as one number: hundreds of thousands are remembered."""
    return pair[0] << 40 | pair[1]


def _slices(pairs: list[Pair]) -> Iterable[list[Pair]]:
    return (pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE))
