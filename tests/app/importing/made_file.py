"""A file that is made while it is read: as long as a test wants, slow or broken where it wants."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.errors import UserError
from app.importing.job import Checked, Chunk
from db.importing.staged import Refusal, StagedCustomer, StagedPhone


@dataclass(frozen=True, slots=True)
class MadeFile:
    """`chunks_of` rows each; every row that is divisible by `refuses` is refused. From `held_at` on nothing comes."""

    rows: int
    chunks_of: int = 500
    refuses: int = 0
    broken_at: int = 0
    dies_at: int = 0
    held_at: int = 0

    def chunks(self) -> Iterator[Chunk]:
        for first in range(0, self.rows, self.chunks_of):
            if first >= self.held_at > 0:
                time.sleep(600)
            yield Chunk(
                range(first, min(self.rows, first + self.chunks_of)), min(1, (first + self.chunks_of) / self.rows)
            )

    def check(self, content: Any) -> Checked:
        if self.broken_at in content and self.broken_at:
            raise UserError(f"Line {self.broken_at} is no text.", "Nothing was imported.")
        if self.dies_at in content and self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        refused = [one for one in content if self.refuses and one % self.refuses == 0]
        rows = [customer(one) for one in content if one not in refused]
        return Checked(rows, [Refusal(one + 2, "birth_date", "no_date", "31.2.") for one in refused])


def customer(number: int) -> StagedCustomer:
    nothing: dict[str, Any] = dict.fromkeys(StagedCustomer._fields)
    phone = StagedPhone(819000000000 + number, f"0900{number:07}", "", "mobile", "mobile")
    told = {"row": number + 2, "external_id": f"K{number:07}", "name": f"田中 {number}", "phones": (phone,)}
    return StagedCustomer(**nothing | told)
