"""The figures as a table for people."""

from collections.abc import Iterator

from bench.figures import FRAME_MS, Spread
from bench.pop_bench import PopFigures, Scene

_SCENES = {
    "mapped": "already mapped: the card of the call before is replaced",
    "hidden": "hidden → shown: the desk was empty",
    "piling": "no call is ever put away: the strip grows by one per call",
}
_STEPS = {
    "received": "sent → packet read",
    "parsed": "packet → parsed",
    "matched": "parsed → matched",
    "shown": "matched → shown",
    "painted": "shown → painted",
    "whole": "painted → the panels too",
}
HEAD = f"{'':44}{'p50':>9}{'p90':>9}{'p99':>9}{'first':>9}{'≤ ' + str(FRAME_MS):>9}"


def pop_lines(figures: PopFigures) -> Iterator[str]:
    """INVITE → painted, ours, the floor's and pyVoIP's."""
    whose = "the demo's fullest cards" if figures.customers is None else f"{figures.customers:,} customers in SQLite"
    yield f"INVITE → painted, ms, {whose}; {figures.pace} s of rest before each call"
    yield f"Drawn on {figures.display}. The first call is left out of the quantiles."
    for name, scene in figures.omote.items():
        yield from ("", f"{_SCENES[name]}, {scene.calls} calls", HEAD, *_scene_lines(scene))
        if name in figures.floor:
            yield line("  floor: bare Qt window, raw sqlite3", figures.floor[name].painted)
    if (switching := figures.switching) is not None:
        yield from ("", f"ten calls at once, {switching.painted.count + 1} keys from one card to the next", HEAD)
        yield line("  key → name painted", switching.painted)
        yield line("  key → the panels too", switching.whole)
        yield f"    p95 of that: {switching.whole_p95:.2f}"
    if figures.pyvoip is not None:
        yield from ("", f"pyVoIP 1.6.8, {figures.pyvoip.count + 1} calls", HEAD)
        yield line("  INVITE → user callback", figures.pyvoip)


def _scene_lines(scene: Scene) -> Iterator[str]:
    yield line("  INVITE → painted", scene.painted)
    if scene.whole is not None:
        yield line("  INVITE → the panels too", scene.whole)
    for name, step in scene.steps.items():
        yield line(f"    {_STEPS[name]}", step, share=False)
    if scene.early is not None and scene.late is not None:
        yield line("  the first quarter of the calls", scene.early)
        yield line("  the last quarter of the calls", scene.late)


def line(name: str, one: Spread, *, share: bool = True) -> str:
    """One spread under HEAD."""
    within = f"{one.within_frame:9.0%}" if share else ""
    return f"{name:44}{one.p50:9.2f}{one.p90:9.2f}{one.p99:9.2f}{one.first:9.2f}{within}"
