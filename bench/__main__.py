"""`python -m bench`: measures what bench/README.md says, prints a table or JSON."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from app import demo
from app.paths import profile_at
from app.words import use_language
from bench import (
    beside,
    db_run,
    db_table,
    flood_bench,
    import_bench,
    pop_bench,
    scroll_bench,
    search_run,
    search_table,
    sip_bench,
)
from bench.beside import Theme
from bench.big_calls import Log, fill_log
from bench.board_questions import board_themes
from bench.display import off_screen, private_display
from bench.extent import Extent
from bench.flood_bench import FULL, Hall, Length
from bench.log_questions import log_themes
from bench.network import private_network, why_none
from bench.pop_ground import big_ground
from bench.report_questions import report_themes
from bench.search_people import People
from bench.sip_table import flood_lines, sip_lines
from bench.table import pop_lines

_CALLS, _RINGS = 60, 200
_ROWS, _HISTORY = 1_000_000, 20_000
_SIZES = 10_000, 1_000_000
_SIZES_FULL = *_SIZES, 10_000_000
_REPORT_ROUNDS = 3
_LOG_ROUNDS = 20
_LOG_CALLS = 20_000
_LOOK_UPS = 50  # per call asked for: a look-up is so much shorter


def main() -> int:
    """0 when all was measured; failures end with a traceback, for nobody but developers runs this."""
    args = _parser().parse_args()
    use_language("en")
    if args.what in ("db", "log", "boards", "search", "import", "scroll", "reports"):
        asked: dict[str, Callable[[argparse.Namespace], None]] = {
            "db": _bench_db,
            "log": lambda args: _bench_records(Log(args.customers or _ROWS), args, _log(args)),
            "boards": lambda args: _bench_records(Log(args.customers or _ROWS), args, _boards(args)),
            "search": _bench_search,
            "import": _bench_import,
            "scroll": _bench_scroll,
            "reports": lambda args: _bench_records(Log(args.customers or _ROWS), args, _reports(args)),
        }
        asked[args.what](args)
        return 0
    with tempfile.TemporaryDirectory(prefix="omote-bench-") as folder:
        root = Path(folder)
        profile = profile_at(root / "demo")
        demo.prepare(profile, demo.demo_settings("light"))
        {"pop": _bench_pop, "sip": _bench_sip, "flood": _bench_flood}[args.what](args, profile.data, root)
    return 0


def _bench_sip(args: argparse.Namespace, profile: Path, root: Path) -> None:
    with nullcontext(off_screen()) if args.offscreen else private_display() as display:
        figures = sip_bench.measure(profile, root, display, args.calls or _RINGS, args.pace)
    print(json.dumps(asdict(figures), indent=1) if args.json else "\n".join(sip_lines(figures)))


def _bench_flood(args: argparse.Namespace, profile: Path, root: Path) -> None:
    if why_none():
        print(f"bench flood was skipped: {why_none()}")
        return
    with nullcontext(off_screen()) if args.offscreen else private_display() as display, private_network() as network:
        hall = Hall(network, display, profile, root)
        figures = flood_bench.measure(hall, FULL if args.full else Length())
        words = display.words
    told = {name: asdict(one) for name, one in figures.items()}
    print(json.dumps(told, indent=1) if args.json else "\n".join(flood_lines(figures, words)))


def _bench_pop(args: argparse.Namespace, profile: Path, root: Path) -> None:
    with nullcontext(off_screen()) if args.offscreen else private_display() as display:
        ground = big_ground(root / "big", args.customers) if args.customers else profile
        calls = args.calls or (_RINGS if args.customers else _CALLS)
        figures = replace(pop_bench.measure(ground, root, display, calls, args.pace), customers=args.customers)
    print(json.dumps(asdict(figures), indent=1) if args.json else "\n".join(pop_lines(figures)))


def _bench_db(args: argparse.Namespace) -> None:
    themes = {**_log(args), **_boards(args), **_reports(args)}
    if args.log:
        _bench_records(Log(args.log), args, themes)
        return
    if args.customers:
        extents = [Extent(args.customers, rung=args.customers // 10, many=args.customers, many_orders=args.customers)]
    else:
        extents = [Extent(size) for size in (_SIZES_FULL if args.full else _SIZES)]
    figures = db_run.measure(extents, (args.calls or _CALLS) * _LOOK_UPS, args.pace)
    if not args.json:
        print("\n".join(db_table.lines(figures)), "\n", sep="", flush=True)
    log = Log(args.customers or (_ROWS if args.full else _LOG_CALLS))
    pages = _records(log, args, themes)
    if args.json:
        print(json.dumps({"look-up": db_table.told(figures), "records": pages}, indent=1))


def _bench_records(log: Log, args: argparse.Namespace, themes: dict[str, Theme]) -> None:
    pages = _records(log, args, themes)
    if args.json:
        print(json.dumps(pages, indent=1))


def _records(log: Log, args: argparse.Namespace, themes: dict[str, Theme]) -> Any:
    """What supervisors read."""
    figures = beside.measure(themes, log, fill_log)
    if not args.json:
        print(f"what supervisors read, {log.calls:,} calls, each with a note, and {log.complaints:,} complaints; ms")
        print("\n".join(beside.lines(themes, figures)))
    return {
        kind: {theme: {name: asdict(one) for name, one in each.items()} for theme, each in answers.items()}
        for kind, answers in figures.items()
    }


def _log(args: argparse.Namespace) -> dict[str, Theme]:
    return log_themes(args.calls or _LOG_ROUNDS)


def _boards(args: argparse.Namespace) -> dict[str, Theme]:
    return board_themes(args.calls or _LOG_ROUNDS)


def _reports(args: argparse.Namespace) -> dict[str, Theme]:
    return report_themes(args.calls or _REPORT_ROUNDS)


def _bench_import(args: argparse.Namespace) -> None:
    told = {}
    for name, one in import_bench.measure(args.customers or _ROWS):
        told[name] = {**asdict(one), "ratio": one.ratio}
        if not args.json:
            print("\n".join(import_bench.lines(name, one)), flush=True)
    if args.json:
        print(json.dumps(told, indent=1))


def _bench_scroll(args: argparse.Namespace) -> None:
    with nullcontext(off_screen()) if args.offscreen else private_display() as display:
        figures = scroll_bench.measure(display, args.customers or _HISTORY)
    print(json.dumps(figures, indent=1) if args.json else "\n".join(scroll_bench.lines(figures, display.words)))


def _bench_search(args: argparse.Namespace) -> None:
    people = People(args.customers or (_SIZES_FULL if args.full else _SIZES)[-1])
    figures = search_run.measure(people, args.calls or _CALLS)
    told = {kind: {name: asdict(one) for name, one in each.items()} for kind, each in figures.items()}
    print(json.dumps(told, indent=1) if args.json else "\n".join(search_table.lines(figures, people.customers)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Omote's benchmarks")
    parser.add_argument(
        "what",
        nargs="?",
        choices=("pop", "db", "log", "boards", "reports", "search", "scroll", "import", "sip", "flood"),
        default="pop",
        help="INVITE → painted; the look-up and what supervisors read; the call log, boards and reports alone; "
        "searches; a long history; a file imported; INVITE → 180; floods",
    )
    parser.add_argument("--calls", type=_at_least_one, metavar="N", help="calls per scenario (60; sip: 200)")
    parser.add_argument("--pace", type=float, default=0.1, metavar="SECONDS", help="rest before each call (0.1)")
    parser.add_argument("--offscreen", action="store_true", help="no Xvfb, even where it is installed")
    parser.add_argument(
        "--full",
        action="store_true",
        help="flood: a minute each, as the aims have it; db: 10 million customers and 1 million calls too",
    )
    parser.add_argument(
        "--log", type=_at_least_one, metavar="N", help="db: what supervisors read over so many calls, and nothing else"
    )
    parser.add_argument(
        "--customers",
        type=_at_least_one,
        metavar="N",
        help="pop, db: a database of so many (and calls) alone; log, boards, reports: calls; scroll: contacts; import: "
        "rows of the file",
    )
    parser.add_argument("--json", action="store_true", help="for machines; times in milliseconds")
    return parser


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one")
    return number


if __name__ == "__main__":
    sys.exit(main())
