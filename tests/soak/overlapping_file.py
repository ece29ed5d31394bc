"""A file whose first rows are customers who are there already, some of them changed; the same whenever it is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.importing.job import Checked, Chunk
from db.importing.staged import StagedCustomer, StagedPhone

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class OverlappingFile:
    """Rows `first` to `last`; `rank` is what all of them tell."""

    last: int
    rank: str
    first: int = 0

    def chunks(self) -> Iterator[Chunk]:
        for start in range(self.first, self.last, _CHUNK):
            yield Chunk(range(start, min(self.last, start + _CHUNK)), start / self.last)

    def check(self, content: Any) -> Checked:
        return Checked([self._customer(one) for one in content], [])

    def _customer(self, number: int) -> StagedCustomer:
        nothing: dict[str, Any] = dict.fromkeys(StagedCustomer._fields)
        phone = StagedPhone(819000000000 + number * 7919 % 100_000_000, f"{number:011}", "", "mobile", "mobile")
        rank = self.rank if number % 3 else "A"
        told = {
            "row": number + 2,
            "external_id": f"K{number:07}",
            "name": f"田中 {number}",
            "phones": (phone,),
            "rank": rank,
        }
        return StagedCustomer(**nothing | told)
