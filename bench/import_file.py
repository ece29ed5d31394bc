"""The file that the import's benchmark reads: customers in CP932, as Japanese systems export them; kept in a cache."""

from pathlib import Path
from random import Random

from bench.big_databases import cache_folder
from db.demo.words import GIVEN, MEMOS, PLACES, SURNAMES

_MADE_BY = 1  # count up when what is written changes
_HEADINGS = "customer_no,kind,name,reading,phones,email,postal_code,address,birth_date,rank,memo"
_AT_ONCE = 10_000
_MOBILES = 90_000_000  # so many numbers begin with 090 and a valid digit
_SCATTER = 7_368_787  # a prime: numbers come once each, in no order


def cp932_file(rows: int) -> Path:
    """The file with so many rows; it is made if it is not there yet."""
    path = cache_folder() / f"customers_{rows}_{_MADE_BY}.csv"
    if not path.exists():
        cache_folder().mkdir(parents=True, exist_ok=True)
        growing, chance = path.with_suffix(".part"), Random(rows)
        with growing.open("w", encoding="cp932", newline="") as file:
            file.write(_HEADINGS + "\r\n")
            for start in range(0, rows, _AT_ONCE):
                file.writelines(_line(one, chance) for one in range(start, min(rows, start + _AT_ONCE)))
        growing.rename(path)
    return path


def _line(number: int, chance: Random) -> str:
    """One in ten has two numbers, one in eight a note how to be treated."""
    surname, given = chance.choice(_SURNAMES), chance.choice(GIVEN)
    postal_code, address, area, exchange = chance.choice(PLACES)
    mobile = f"{10_000_000 + number * _SCATTER % _MOBILES:08}"
    phones = f"090-{mobile[:4]}-{mobile[4:]}"
    if number % 10 == 0:
        phones += f"; {area}-{exchange}-{chance.randint(0, 9999):04}"
    street = address.format(chance.randint(1, 9), chance.randint(1, 30))
    born = f"{chance.randint(1935, 2005)}/{chance.randint(1, 12)}/{chance.randint(1, 28)}"
    memo = chance.choice(_MEMOS) if number % 8 == 0 else ""
    names = f"{surname[0]}　{given[0]}", f"{surname[1]}　{given[1]}"
    cells = (f"K{number:08}", "person", *names, phones, f"user{number}@example.com", postal_code, street, born)
    return ",".join((*cells, chance.choice("ABC"), memo)) + "\r\n"


def _fits(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return not set(text) & set('",\r\n')


_SURNAMES = [one for one in SURNAMES if _fits(one[0])]
_MEMOS = [one for one in MEMOS if _fits(one)]
