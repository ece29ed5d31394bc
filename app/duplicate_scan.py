"""The scan for customers who are recorded twice: the work of a process of its own, since it keeps Python busy."""

import os
import sys
import time
from collections.abc import Callable

from app.importing.job import RecordsAddress
from app.own_process import Line
from db.duplicates.find import MOST_KEPT, Progress, Suspect, find_duplicates
from db.engine import open_engine

_BETWEEN_PROGRESS_S = 0.1
_PATIENCE = 10  # whoever rings meanwhile comes first


def scan(line: Line, records: RecordsAddress) -> tuple[Suspect, ...]:
    """All pairs worth a look, the likeliest first; what was found so far, once that is enough."""
    if sys.platform != "win32":
        os.nice(_PATIENCE)
    engine = open_engine(records.url, records.folder, lambda: records.password)
    try:
        return find_duplicates(engine, MOST_KEPT, _telling(line))
    finally:
        engine.dispose()


def _telling(line: Line) -> Callable[[Progress], bool]:
    """Not every batch is worth a turn of the desk's thread."""
    last = 0.0

    def told(progress: Progress) -> bool:
        nonlocal last
        if time.monotonic() - last > _BETWEEN_PROGRESS_S:
            last = time.monotonic()
            line.tell(progress)
        return not line.is_enough()

    return told
