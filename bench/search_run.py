"""Searches by hand, each kind beside bare drivers that fetch as many rows by their keys."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import Engine

from bench.beside import Figure, on_both, timed
from bench.figures import quantile
from bench.search_people import COMMON, RARE, People, fill_people
from db.engine import reading
from db.search import MOST_FOUND, search_customers

KINDS = {
    "surname of one character that every fifth has": (COMMON[0],),
    "surname of one character that few have": (RARE[0],),
    "surname": ("佐藤", "渡邊", "濱田", "勅使河原", "長谷川"),
    "name and given name": ("東 愛", "佐藤 由美子", "山﨑 一", "李 蓮"),
    "first kana": ("た", "ひ", "さ", "り"),
    "two kana": ("たな", "ひが", "しょ", "てし"),
    "whole reading": ("たなか まこと", "ヒガシ アイ", "ｻﾄｳ ｻｸﾗ"),
    "given name": ("由美子", "さくら", "まこと", "レン"),
    "one character inside names": ("子", "田", "藤"),
    "two words that seldom meet": ("李 勅", "東 李", "林 森"),
    "company": ("みどり工務店", "㈱みどり工務店", "さざなみ12"),
    "last four digits": ("4567", "0000", "9182"),
    "beginning of a number": ("090", "0312", "08012"),
    "inside a number": ("345", "56789", "1234567"),
    "customer number": ("C-100123456", "100000042", "c-1009"),
    "nothing found": ("鰻谷", "ぬぬ", "99999999999999"),
}
_WARM = 2


Fetch = Callable[[list[int]], object]


def measure(people: People, rounds: int) -> dict[str, dict[str, Figure]]:
    """By kind of database and of search; every text `rounds` times, in turn with the floor."""
    made = {}
    for kind, engine in on_both(people, fill_people):
        with _floor(engine) as fetch:
            made[kind] = _measured(engine, fetch, people, rounds)
    return made


def _measured(engine: Engine, fetch: Fetch, people: People, rounds: int) -> dict[str, Figure]:
    for _ in range(_WARM):
        for texts in KINDS.values():
            for text in texts:
                _search(engine, text)
    gc.collect()
    gc.freeze()  # as the program does before it listens
    chance = Random(1)
    made = {name: _figure(engine, fetch, texts * rounds, people, chance) for name, texts in KINDS.items()}
    gc.unfreeze()
    return made


def _figure(engine: Engine, fetch: Fetch, texts: tuple[str, ...], people: People, chance: Random) -> Figure:
    ours, floor = [], []
    for text in texts:
        ours.append(timed(partial(_search, engine, text)))
        keys = [chance.randint(1, people.customers) for _ in range(MOST_FOUND)]
        floor.append(timed(partial(fetch, keys)))
    ours.sort()
    floor.sort()
    found = _search(engine, texts[0])
    beside = quantile(floor, 0.5), quantile(floor, 0.95)
    return Figure(found, quantile(ours, 0.5), quantile(ours, 0.95), ours[-1], *beside)


def _search(engine: Engine, text: str) -> int:
    with reading(engine) as connection:
        return len(search_customers(connection, text))


@contextmanager
def _floor(engine: Engine) -> Iterator[Fetch]:
    """As many rows by their keys, on the bare driver."""
    is_server = engine.dialect.name == "postgresql"
    which = "= ANY(%s)" if is_server else f"IN ({', '.join('?' * MOST_FOUND)})"
    rows = f"SELECT id, customer_no, kind, name, reading, company FROM customer WHERE id {which}"
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if is_server:
            yield lambda keys: driver.execute(rows, (keys,), prepare=True).fetchall()
        else:
            yield lambda keys: driver.execute(rows, keys).fetchall()
