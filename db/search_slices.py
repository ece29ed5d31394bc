"""How PostgreSQL is asked for rows that hold tokens, without finding all of very many before it gives the first.

What is added to `:tokens` keeps its planner from guessing how many rows hold them together, which can be far out: a
guess of many makes it read the whole table for words that nobody has.
"""

from sqlalchemy import Table

SLICE_BITS = 14
"""Each slice of rows with neighbouring keys has a token: what many have is looked for in one slice first."""

_SLICE_MARK = 0xE001


def slice_token(key: int) -> str:
    """The token of all rows whose keys are near this one."""
    return f"{chr(_SLICE_MARK)}{key >> SLICE_BITS}"


def holding(searched: Table, slice_sql: str = "CAST(ARRAY[] AS text[])") -> str:
    """SQL: the row has all of `:tokens`, and lies in the slice."""
    asked = f"(CAST(:tokens AS text[]) || (SELECT {slice_sql}))"
    return f"string_to_array({searched.name}.tokens, ' ') @> {asked}"


def last_full_slice(searched: Table, before: int = 1) -> str:
    """SQL: the token of the slice that lies so many before the newest; nobody's while there are fewer."""
    key = next(iter(searched.primary_key)).name
    newest = f"(SELECT coalesce(max({key}), 0) FROM {searched.name}) >> {SLICE_BITS}"  # noqa: S608 -- our own names
    return f"ARRAY[chr({_SLICE_MARK}) || CAST(({newest}) - {before} AS text)]"
