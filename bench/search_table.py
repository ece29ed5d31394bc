"""The figures of the search as a table for people."""

from collections.abc import Iterator

from bench.beside import NO_SERVER, Figure

_AIMS = {"SQLite": 10, "PostgreSQL": 20}


def lines(figures: dict[str, dict[str, Figure]], customers: int) -> Iterator[str]:
    """Every kind of search beside the floor, and the slowest of them against the aim."""
    yield f"first 50 of {customers:,} customers, ms"
    for kind, searches in figures.items():
        yield ""
        yield f"{kind:48}{'found':>7}{'p50':>9}{'p95':>9}{'worst':>9}{'floor p50':>11}"
        for name, one in searches.items():
            yield f"  {name:46}{one.found:7}{one.p50:9.2f}{one.p95:9.2f}{one.worst:9.2f}{one.floor_p50:11.2f}"
        slowest = max(searches.values(), key=lambda one: one.p95)
        yield f"  highest p95 {slowest.p95:.2f} ms; the aim is {_AIMS[kind]} ms"
    if "PostgreSQL" not in figures:
        yield NO_SERVER
