"""Which of many callers' numbers are customers': asked when more calls come than a desk can take.

On a thread of its own: the look-up of a ring never waits behind it. Where the database is known to be away it asks
nobody, as everybody else.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from app.lines import Lines
from app.phone_number import e164_int
from cti.source import Customers
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)


Owned = Callable[[Iterable[int]], set[int]]


class CustomerNumbers:
    """`owned` are those of the numbers that are somebody's; numbers are understood as `lines` would."""

    def __init__(self, owned: Owned, lines: Lines) -> None:
        self._owned, self._lines = owned, lines
        self._is_blind = False
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="flood")

    def of(self, source: str) -> Customers:
        """What the source of this name may ask."""
        return partial(self._in_background, source)

    def stop(self) -> None:
        """End the thread; what has not begun is dropped."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def among(self, source: str, numbers: Sequence[str]) -> set[str]:
        """Those of the numbers that are customers'; none while the records can't be read. Waits for the records."""
        meant = {number: self._meant(number, source) for number in numbers}
        try:
            known = self._owned({one for ones in meant.values() for one in ones})
        except DatabaseUnavailable as error:
            if not self._is_blind:  # a flood asks twenty times a second
                log.warning("%s: nobody can say whose calls these are: %s", source, error)
            self._is_blind = True
            return set()
        self._is_blind = False
        return _with_any(meant, known)

    async def _in_background(self, source: str, numbers: Sequence[str]) -> set[str]:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self.among, source, numbers)

    def _meant(self, number: str, source: str) -> set[int]:
        """More than one where the site's lines differ: it is not known yet which of them was dialled."""
        found = (e164_int(one.key) for one in self._lines.every_reading(number, source))
        return {one for one in found if one is not None}


def _with_any(meant: Mapping[str, set[int]], known: set[int]) -> set[str]:
    return {number for number, ones in meant.items() if not known.isdisjoint(ones)}
