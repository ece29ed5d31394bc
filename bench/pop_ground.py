"""Whose records a pop is measured on: the demo's fullest cards, or whole cards scattered over a big database."""

import json
import os
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.big_customers import fill
from bench.big_databases import sqlite_database
from bench.customers import fullest_numbers
from bench.extent import Extent
from bench.raw_bundle import fetch, open_raw
from db.backup import Backups
from db.engine import FILE_NAME

_NUMBERS = "numbers-to-ring.json"
_BIG = 100_000_000  # bytes
_RUNG = 200


def big_ground(folder: Path, customers: int) -> Path:
    """A profile's data with this many customers, made from the cache; nobody writes into the cache itself."""
    extent = Extent(customers)
    made = sqlite_database(extent, fill)
    source = Path(str(made.url.database))
    made.dispose()
    (folder / "backups").mkdir(parents=True)
    shutil.copyfile(source, folder / FILE_NAME)
    with (folder / FILE_NAME).open("rb+") as file:
        os.fsync(file)  # gigabytes on their way to the disk would be measured with the first calls
    # as if today's copy had been made: one of gigabytes would run into the calls
    Backups(folder / "backups").path_at(datetime.now(UTC)).touch()
    numbers = [extent.number_to_ring(place) for place in range(1, _RUNG + 1)]
    (folder / _NUMBERS).write_text(json.dumps(numbers), encoding="ascii")
    return folder


def copied(ground: Path, folder: Path) -> Path:
    """The same ground for one scenario; a big database is shared, and holds the calls of the scenarios before.

    Whom one rings for is read once: else whoever is measured first waits for the disk, and warms it for the next.
    """
    shutil.copytree(ground, folder, copy_function=_copy)
    if (folder / _NUMBERS).exists():
        with closing(open_raw(str(folder / FILE_NAME))) as connection:
            for number in numbers_to_ring(folder):
                fetch(connection, number)
    return folder


def _copy(source: str, target: str) -> str:
    if Path(source).stat().st_size > _BIG:
        os.link(source, target)
        return target
    return shutil.copy2(source, target)


def numbers_to_ring(folder: Path) -> list[str]:
    """E.164 numbers, each of one customer whose card opens by itself."""
    told = folder / _NUMBERS
    if told.exists():
        listed: list[str] = json.loads(told.read_text(encoding="ascii"))
        return listed
    return fullest_numbers(folder)
