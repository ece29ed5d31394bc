"""Questions about times that SQLite and PostgreSQL spell each in its own way.

On PostgreSQL `date_part`, which counts in doubles: `extract` gives decimals, which are slower.
"""

from typing import Any

from sqlalchemy import BigInteger, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

QUARTER_SECONDS = 900


class QuarterOf(FunctionElement[int]):
    """Which quarter of an hour since 1970 (UTC) a time lies in: every zone's hours begin with one."""

    type = Integer()
    inherit_cache = True
    name = "quarter_of"


class MillisecondsBetween(FunctionElement[int]):
    """From the first time to the second, rounded to milliseconds."""

    type = BigInteger()
    inherit_cache = True
    name = "milliseconds_between"


class MillisecondsOf(FunctionElement[int]):
    """Since 1970 (UTC), rounded: windows over numbers sort faster than over times."""

    type = BigInteger()
    inherit_cache = True
    name = "milliseconds_of"


@compiles(MillisecondsOf, "sqlite")
def _of_in_file(made: MillisecondsOf, compiler: Any, **kept: Any) -> str:
    return f"CAST(round((julianday({compiler.process(made.clauses, **kept)}) - 2440587.5) * 86400000) AS INTEGER)"


@compiles(MillisecondsOf, "postgresql")
def _of_on_server(made: MillisecondsOf, compiler: Any, **kept: Any) -> str:
    return f"round(date_part('epoch', {compiler.process(made.clauses, **kept)}) * 1000)::bigint"


@compiles(QuarterOf, "sqlite")
def _quarter_in_file(made: QuarterOf, compiler: Any, **kept: Any) -> str:
    return f"(CAST(strftime('%s', {compiler.process(made.clauses, **kept)}) AS INTEGER) / {QUARTER_SECONDS})"


@compiles(QuarterOf, "postgresql")
def _quarter_on_server(made: QuarterOf, compiler: Any, **kept: Any) -> str:
    return f"floor(date_part('epoch', {compiler.process(made.clauses, **kept)}) / {QUARTER_SECONDS})::int"


@compiles(MillisecondsBetween, "sqlite")
def _between_in_file(made: MillisecondsBetween, compiler: Any, **kept: Any) -> str:
    """SQLite keeps a Julian day as whole milliseconds, so that rounding gives just those."""
    earlier, later = (compiler.process(one, **kept) for one in made.clauses)
    return f"CAST(round((julianday({later}) - julianday({earlier})) * 86400000) AS INTEGER)"


@compiles(MillisecondsBetween, "postgresql")
def _between_on_server(made: MillisecondsBetween, compiler: Any, **kept: Any) -> str:
    earlier, later = (compiler.process(one, **kept) for one in made.clauses)
    return f"round(date_part('epoch', {later} - {earlier}) * 1000)::bigint"
