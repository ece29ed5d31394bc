"""An error as a log may keep it: what it was and where, and none of the words it carried.

An error quotes what it choked on: a customer's name, a header with a password in it. What is left is its kind, the code
that systems and databases give, and the lines of our own source that led there, without the values in them.
"""

import errno
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_ROOT = Path(__file__).resolve().parents[1]
_OF_CODE = (AttributeError, NameError, UnboundLocalError, ImportError, ModuleNotFoundError)  # they name code alone
_MOST_CAUSES, _FIRST, _LAST = 8, 20, 40


class LastWords(Exception):  # noqa: N818 -- not an error of ours
    """What a library says before it ends the program: words of its own, about no person."""


def without_values(error: BaseException) -> str:
    """As Python's traceback, the cause first; several lines, no newline at the end."""
    return "\n".join(line for one in reversed(list(_with_causes(error))) for line in _lines(one))


def _way_to(error: BaseException) -> list[traceback.FrameSummary]:
    """The error's own place last; for who has none, the way here."""
    return list(traceback.extract_tb(error.__traceback__) if error.__traceback__ else traceback.extract_stack()[:-1])


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen and len(seen) < _MOST_CAUSES:
        seen.append(one)
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    steps = _way_to(error)
    if len(steps) > _FIRST + _LAST:
        yield from _steps(steps[:_FIRST])
        yield f"  ... {len(steps) - _FIRST - _LAST} more"
        steps = steps[-_LAST:]
    yield from _steps(steps)
    yield what_it_was(error)
    if isinstance(error, BaseExceptionGroup):
        yield from (f"  + {what_it_was(one)}" for one in error.exceptions[:_MOST_CAUSES])


def _steps(steps: list[traceback.FrameSummary]) -> Iterator[str]:
    for one in steps:
        yield f'  File "{near(one.filename)}", line {one.lineno}, in {one.name}'
        if one.line:
            yield f"    {one.line}"


def near(path: str) -> str:
    """A path without what it says of this PC and of whose home it is in."""
    return path.replace(f"{_ROOT}/", "").replace(f"{_ROOT}\\", "").replace(str(Path.home()), "~")


def what_it_was(error: BaseException) -> str:
    """Its kind, and what of it is certainly nobody's name and nobody's secret."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    codes = [code for code in (_system_code(error), *map(str, _database_codes(error))) if code]
    if kind in _OF_CODE or kind is LastWords:
        codes.append(str(error))
    return f"{name}: {' '.join(codes)}" if codes else name


def _system_code(error: BaseException) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return errno.errorcode.get(number, str(number)) if isinstance(number, int) else ""


def _database_codes(error: BaseException) -> Iterator[object]:
    for name in ("sqlstate", "sqlite_errorname"):
        if isinstance(code := getattr(error, name, None), str):
            yield code


def error_of(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> BaseException:
    """What hooks and log records are given, as one value."""
    return (error or kind()).with_traceback(trace)
